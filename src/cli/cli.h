/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "catalogue.h"
#include "terminal.h"

G_BEGIN_DECLS

/**
 * HoldfastExit: exit statuses beside those of the causes (10 and more, see failure.h).
 */
typedef enum {
  HOLDFAST_EXIT_OK = 0,
  HOLDFAST_EXIT_ERROR = 1,        /* what was asked cannot be done */
  HOLDFAST_EXIT_USAGE = 2,        /* the command's words are off */
  HOLDFAST_EXIT_NEEDS_ANSWER = 3, /* a question that only a person may answer, and nobody there */
  HOLDFAST_EXIT_CANCELLED = 130,  /* Ctrl-C, or "q" */
} HoldfastExit;

/**
 * HoldfastCli: what every command is given. Commands end by holdfast_cli_quit().
 */
typedef struct {
  GMainLoop *loop;
  int status;
  HoldfastCatalogue *catalogue;
  HoldfastTerminal *terminal;
} HoldfastCli;

/** @argv: (array length=argc): the command's name first; borrowed until the program ends */
typedef void (*HoldfastCommandFunc) (HoldfastCli *cli, int argc, char **argv);

void holdfast_command_list (HoldfastCli *cli, int argc, char **argv);
void holdfast_command_show (HoldfastCli *cli, int argc, char **argv);
void holdfast_command_check (HoldfastCli *cli, int argc, char **argv);
void holdfast_command_pair (HoldfastCli *cli, int argc, char **argv);
void holdfast_command_status (HoldfastCli *cli, int argc, char **argv);
void holdfast_command_remove (HoldfastCli *cli, int argc, char **argv);

/** Ends the program with a status once control is back in the main loop. */
void holdfast_cli_quit (HoldfastCli *cli, int status);

/** Prints to standard error and ends with a status. */
void holdfast_cli_fail (HoldfastCli *cli, int status, const char *format, ...) G_GNUC_PRINTF (3, 4);

/**
 * holdfast_cli_parse:
 * @context: (transfer full): options of the command
 * @ret_words: (out) (transfer full): what is left, without the command's name
 *
 * Returns: FALSE if the words are off; the program is ending then
 */
gboolean holdfast_cli_parse (
    HoldfastCli *cli, GOptionContext *context, int argc, char **argv, char ***ret_words);

/**
 * holdfast_cli_find_headset:
 *
 * Finds a model by id, name, other name, or a search with one answer; says so if it cannot.
 *
 * Returns: (transfer none) (nullable): NULL when the program is ending
 */
HoldfastHeadset *holdfast_cli_find_headset (HoldfastCli *cli, const char *text);

/** Says that the Bluetooth hardware that was named is not there. */
void holdfast_cli_warn_of_adapter (const char *adapter);

/** Prints a JSON value on one line, or indented. */
void holdfast_cli_print_json (HoldfastCli *cli, JsonBuilder *builder, gboolean pretty);

G_END_DECLS
