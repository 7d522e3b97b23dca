/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cli.h"

typedef struct {
  HoldfastCli *cli;
  guint pending;
  guint refused;
} Check;

static void
finish_one (Check *check)
{
  HoldfastCli *cli = check->cli;
  gboolean refused = check->refused > 0;

  if (--check->pending > 0)
    return;
  g_free (check);
  holdfast_cli_quit (cli, refused ? HOLDFAST_EXIT_ERROR : HOLDFAST_EXIT_OK);
}

static void
file_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Check *check = user_data;
  g_autofree char *name = g_file_get_basename (G_FILE (source));
  g_autofree char *shown = g_filename_display_name (name);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) contents = g_file_load_bytes_finish (G_FILE (source), result, NULL, &error);

  if (contents != NULL
      && holdfast_catalogue_add_file (check->cli->catalogue, shown, contents, &error)) {
    /* Translators: %s is the name of a file */
    g_autofree char *line = g_strdup_printf (_ ("%s: good"), shown);

    holdfast_terminal_print_line (check->cli->terminal, line);
  } else {
    g_printerr ("%s\n", error->message);
    check->refused++;
  }
  finish_one (check);
}

void
holdfast_command_check (HoldfastCli *cli, int argc, char **argv)
{
  GOptionContext *context = g_option_context_new (_ ("[FILE…]"));
  g_auto (GStrv) words = NULL;
  Check *check = NULL;
  guint n_models = g_list_model_get_n_items (holdfast_catalogue_get_models (cli->catalogue));

  if (!holdfast_cli_parse (cli, context, argc, argv, &words))
    return;

  if (*words == NULL) {
    /* The built-in facts were checked when they were loaded: the program would not be here. */
    g_autofree char *line = g_strdup_printf (
        /* Translators: %u is a number of headphone models */
        ngettext ("%u model is good.", "%u models are good.", n_models),
        n_models);

    holdfast_terminal_print_line (cli->terminal, line);
    holdfast_cli_quit (cli, HOLDFAST_EXIT_OK);
    return;
  }

  check = g_new0 (Check, 1);
  check->cli = cli;
  check->pending = g_strv_length (words);
  for (guint i = 0; words[i] != NULL; i++) {
    g_autoptr (GFile) file = g_file_new_for_commandline_arg (words[i]);

    g_file_load_bytes_async (file, NULL, file_read_cb, check);
  }
}
