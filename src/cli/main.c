/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <locale.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "cli.h"

typedef struct {
  const char *name;
  const char *arguments;
  const char *summary;
  HoldfastCommandFunc run;
} Command;

/* clang-format off: one command a line */
static const Command commands[] = {
  { "pair",   N_ ("[MODEL]"), N_ ("Pair headphones, step by step"),           holdfast_command_pair   },
  { "status", "",             N_ ("Show the headphones this computer knows"), holdfast_command_status },
  { "remove",
   N_ ("NAME|ADDRESS"),
   N_ ("Make this computer forget headphones"),
   holdfast_command_remove                                                                            },
  { "list",   "",             N_ ("List the models"),                         holdfast_command_list   },
  { "show",
   N_ ("MODEL"),
   N_ ("Show what is known of a model, and from where"),
   holdfast_command_show                                                                              },
  { "check",
   N_ ("[FILE…]"),
   N_ ("Check the built-in facts, or headset files of your own"),
   holdfast_command_check                                                                             },
};
/* clang-format on */

typedef struct {
  HoldfastCli cli;
  const Command *command;
  int argc;
  char **argv;
} Program;

void
holdfast_cli_quit (HoldfastCli *cli, int status)
{
  cli->status = status;
  g_main_loop_quit (cli->loop);
}

void
holdfast_cli_fail (HoldfastCli *cli, int status, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  holdfast_terminal_warn (text);
  holdfast_cli_quit (cli, status);
}

gboolean
holdfast_cli_parse (
    HoldfastCli *cli, GOptionContext *context, int argc, char **argv, char ***ret_words)
{
  g_autoptr (GOptionContext) owned = context;
  g_autoptr (GError) error = NULL;
  g_autofree char **words = g_new0 (char *, argc + 1);
  int n = argc;

  memcpy (words, argv, sizeof (char *) * argc);
  if (!g_option_context_parse (context, &n, &words, &error)) {
    holdfast_cli_fail (cli, HOLDFAST_EXIT_USAGE, "holdfastctl %s: %s", argv[0], error->message);
    return FALSE;
  }
  *ret_words = g_strdupv (words + 1);
  return TRUE;
}

HoldfastHeadset *
holdfast_cli_find_headset (HoldfastCli *cli, const char *text)
{
  HoldfastHeadset *found = holdfast_catalogue_find (cli->catalogue, text);
  g_autoptr (GPtrArray) matches = NULL;
  g_autofree char *shown = g_utf8_make_valid (text, -1);
  GString *names = NULL;

  if (found != NULL)
    return found;

  matches = holdfast_catalogue_search (cli->catalogue, shown);
  if (matches->len == 1)
    return g_ptr_array_index (matches, 0);
  if (matches->len == 0) {
    holdfast_cli_fail (cli,
                       HOLDFAST_EXIT_USAGE,
                       /* Translators: %s is what the person typed as a model's name */
                       _ ("No model is called “%s”. “holdfastctl list” shows them all."),
                       shown);
    return NULL;
  }

  names = g_string_new (NULL);
  for (guint i = 0; i < MIN (matches->len, 8); i++)
    g_string_append_printf (names,
                            "%s%s",
                            i > 0 ? ", " : "",
                            holdfast_headset_get_name (g_ptr_array_index (matches, i)));
  holdfast_cli_fail (
      cli,
      HOLDFAST_EXIT_USAGE,
      /* Translators: first %s is what the person typed, the second a list of models */
      _ ("“%s” may be one of: %s. Please say which."),
      shown,
      names->str);
  g_string_free (names, TRUE);
  return NULL;
}

void
holdfast_cli_warn_of_adapter (const char *adapter)
{
  g_autofree char *text = g_strdup_printf (
      /* Translators: %s is what the person typed, such as hci1 */
      _ ("This computer has no Bluetooth hardware “%s”. “bluetoothctl list” shows what it has."),
      adapter);

  holdfast_terminal_warn (text);
}

void
holdfast_cli_print_json (HoldfastCli *cli, JsonBuilder *builder, gboolean pretty)
{
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  g_autofree char *raw = json_to_string (root, pretty);
  g_autofree char *text = holdfast_terminal_escape_json (raw);

  holdfast_terminal_print_line (cli->terminal, text);
}

static void
print_help (FILE *stream)
{
  fprintf (stream, "%s\n\n", _ ("Usage: holdfastctl COMMAND [OPTION…]"));
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++) {
    g_autofree char *words = g_strdup_printf (
        "%s %s", commands[i].name, *commands[i].arguments ? _ (commands[i].arguments) : "");

    fprintf (stream, "  %-22s %s\n", words, _ (commands[i].summary));
  }
  fprintf (stream, "\n%s\n", _ ("“holdfastctl COMMAND --help” tells a command’s options."));
}

static void
folder_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Program *program = user_data;
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (GError) error = NULL;

  if (!holdfast_catalogue_load_folder_finish (
          HOLDFAST_CATALOGUE (source), result, &problems, &error))
    holdfast_terminal_warn (error->message);
  for (guint i = 0; problems != NULL && i < problems->len; i++)
    holdfast_terminal_warn (g_ptr_array_index (problems, i));

  program->command->run (&program->cli, program->argc, program->argv);
}

static int
run (Program *program)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (g_get_user_data_dir (), "holdfast", "headsets", NULL);
  g_autoptr (GFile) folder = g_file_new_for_path (path);
  HoldfastCli *cli = &program->cli;

  cli->catalogue = holdfast_catalogue_new (&error);
  if (cli->catalogue == NULL) {
    holdfast_terminal_warn (error->message);
    return HOLDFAST_EXIT_ERROR;
  }
  cli->terminal = holdfast_terminal_new ();
  cli->loop = g_main_loop_new (NULL, FALSE);
  holdfast_catalogue_load_folder_async (cli->catalogue, folder, NULL, folder_loaded_cb, program);
  g_main_loop_run (cli->loop);
  g_clear_pointer (&cli->loop, g_main_loop_unref);
  g_clear_object (&cli->terminal);
  g_clear_object (&cli->catalogue);
  return cli->status;
}

int
main (int argc, char **argv)
{
  Program program = { .argc = argc - 1, .argv = argv + 1 };

  setlocale (LC_ALL, "");
  /* What is said for debugging does not belong between the lines of --json. */
  g_log_writer_default_set_use_stderr (TRUE);
  bindtextdomain (GETTEXT_PACKAGE, HOLDFAST_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_set_prgname ("holdfastctl");

  if (argc < 2) {
    print_help (stderr);
    return HOLDFAST_EXIT_USAGE;
  }
  if (g_str_equal (argv[1], "--help") || g_str_equal (argv[1], "help")) {
    print_help (stdout);
    return HOLDFAST_EXIT_OK;
  }
  if (g_str_equal (argv[1], "--version")) {
    g_print ("holdfastctl %s (GLib %u.%u.%u)\n",
             HOLDFAST_VERSION,
             glib_major_version,
             glib_minor_version,
             glib_micro_version);
    return HOLDFAST_EXIT_OK;
  }

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (argv[1], commands[i].name))
      program.command = &commands[i];
  if (program.command == NULL) {
    g_autofree char *text = g_strdup_printf (
        /* Translators: %s is what the person typed */
        _ ("holdfastctl: there is no command “%s”."),
        argv[1]);

    holdfast_terminal_warn (text);
    print_help (stderr);
    return HOLDFAST_EXIT_USAGE;
  }
  return run (&program);
}
