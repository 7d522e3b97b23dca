/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cli.h"

/* As for the files of a person's own folder; facts about a headset are a few KiB. */
#define LARGEST_FILE (64 * 1024)

typedef struct {
  HoldfastCli *cli;
  guint pending;
  guint refused;
} Check;

typedef struct {
  Check *check;
  GFile *file;
  GInputStream *stream;
  char *shown;
  guint8 *contents;
} File;

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
file_free (File *file)
{
  g_clear_object (&file->file);
  g_clear_object (&file->stream);
  g_free (file->shown);
  g_free (file->contents);
  g_free (file);
}

static void
refuse (File *file, const char *reason)
{
  /* Translators: first %s is the name of a file, the second what is wrong with it */
  g_autofree char *line = g_strdup_printf (_ ("%s: %s"), file->shown, reason);

  holdfast_terminal_warn (line);
  file->check->refused++;
}

static void
judge (File *file, gsize size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *line = NULL;

  if (size > LARGEST_FILE) {
    refuse (file, _ ("larger than 64 KiB, so it is no headset file"));
    return;
  }
  bytes = g_bytes_new (file->contents, size);
  if (!holdfast_catalogue_add_file (file->check->cli->catalogue, file->shown, bytes, &error)) {
    /* It names the file already. */
    holdfast_terminal_warn (error->message);
    file->check->refused++;
    return;
  }
  /* Translators: %s is the name of a file */
  line = g_strdup_printf (_ ("%s: good"), file->shown);
  holdfast_terminal_print_line (file->check->cli->terminal, line);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  File *file = user_data;
  Check *check = file->check;
  g_autoptr (GError) error = NULL;
  gsize size = 0;

  if (g_input_stream_read_all_finish (G_INPUT_STREAM (source), result, &size, &error))
    judge (file, size);
  else
    refuse (file, error->message);
  file_free (file);
  finish_one (check);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  File *file = user_data;
  Check *check = file->check;
  g_autoptr (GError) error = NULL;

  file->stream = G_INPUT_STREAM (g_file_read_finish (G_FILE (source), result, &error));
  if (file->stream == NULL) {
    refuse (file, error->message);
    file_free (file);
    finish_one (check);
    return;
  }
  file->contents = g_malloc (LARGEST_FILE + 1);
  g_input_stream_read_all_async (
      file->stream, file->contents, LARGEST_FILE + 1, G_PRIORITY_DEFAULT, NULL, read_cb, file);
}

static void
check_file (Check *check, const char *word)
{
  File *file = g_new0 (File, 1);
  g_autofree char *name = NULL;
  g_autofree char *valid = NULL;

  file->check = check;
  file->file = g_file_new_for_commandline_arg (word);
  name = g_file_get_basename (file->file);
  valid = g_filename_display_name (name);
  file->shown = holdfast_terminal_clean (valid, FALSE);
  g_file_read_async (file->file, G_PRIORITY_DEFAULT, NULL, opened_cb, file);
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
  for (guint i = 0; words[i] != NULL; i++)
    check_file (check, words[i]);
}
