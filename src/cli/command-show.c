/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cli.h"
#include "sentences.h"

static void
say (HoldfastCli *cli, const char *text)
{
  if (text != NULL && *text != '\0')
    holdfast_terminal_say (cli->terminal, text);
}

static void
show_gesture (HoldfastCli *cli, HoldfastHeadset *headset, const HoldfastGesture *gesture)
{
  g_auto (GStrv) lines = NULL;

  if (gesture == NULL)
    return;
  holdfast_terminal_print_line (cli->terminal, "");
  say (cli, holdfast_gesture_kind_get_title (gesture->kind));
  if (gesture->kind != HOLDFAST_GESTURE_PAIR)
    say (cli, holdfast_gesture_kind_get_sentence (gesture->kind));
  lines = holdfast_gesture_get_lines (cli->catalogue, headset, gesture);
  for (guint i = 0; lines[i] != NULL; i++)
    holdfast_terminal_say_item (cli->terminal, lines[i]);
}

static void
show_fact (HoldfastCli *cli, const HoldfastFact *fact)
{
  const char *confidence = holdfast_confidence_get_label (fact->confidence);
  g_autofree char *line = g_strdup_printf ("  [%s] %s = %s", fact->group, fact->key, fact->value);
  g_autofree char *evidence = g_strdup_printf ("      %s%s%s: %s",
                                               holdfast_fact_kind_get_label (fact->kind),
                                               *confidence != '\0' ? ", " : "",
                                               confidence,
                                               fact->source);

  holdfast_terminal_print_line (cli->terminal, line);
  holdfast_terminal_print_line (cli->terminal, evidence);
  if (fact->note != NULL) {
    g_autofree char *note = g_strdup_printf ("      %s", fact->note);

    holdfast_terminal_print_line (cli->terminal, note);
  }
}

static void
show (HoldfastCli *cli, HoldfastHeadset *headset)
{
  GPtrArray *ways = holdfast_headset_get_pairing_ways (headset);
  GPtrArray *facts = holdfast_headset_get_facts (headset);
  g_autofree char *no_bluetooth = holdfast_headset_get_no_bluetooth_sentence (headset);
  g_autofree char *guide = holdfast_headset_get_guide_sentence (headset);

  holdfast_terminal_print_line (cli->terminal, holdfast_headset_get_name (headset));
  say (cli, holdfast_form_get_label (holdfast_headset_get_form (headset)));
  say (cli, no_bluetooth);
  if (no_bluetooth == NULL) {
    say (cli, holdfast_headset_get_multipoint_sentence (headset));
    say (cli, holdfast_headset_get_first_time_sentence (headset));
  }
  if (holdfast_headset_get_question (headset) != HOLDFAST_QUESTION_NONE)
    say (cli, holdfast_question_get_text (holdfast_headset_get_question (headset)));
  for (guint i = 0; i < ways->len; i++)
    show_gesture (cli, headset, g_ptr_array_index (ways, i));
  show_gesture (cli, headset, holdfast_headset_get_restart (headset));
  show_gesture (cli, headset, holdfast_headset_get_factory_reset (headset));
  say (cli, guide);

  holdfast_terminal_print_line (cli->terminal, "");
  say (cli, _ ("Every value, and where it is from:"));
  for (guint i = 0; i < facts->len; i++)
    show_fact (cli, g_ptr_array_index (facts, i));
}

void
holdfast_command_show (HoldfastCli *cli, int argc, char **argv)
{
  GOptionContext *context = g_option_context_new (_ ("MODEL"));
  g_auto (GStrv) words = NULL;
  HoldfastHeadset *headset = NULL;

  if (!holdfast_cli_parse (cli, context, argc, argv, &words))
    return;
  if (g_strv_length (words) != 1) {
    holdfast_cli_fail (
        cli, HOLDFAST_EXIT_USAGE, "%s", _ ("Which model? Give its name, such as WH-1000XM4."));
    return;
  }
  headset = holdfast_cli_find_headset (cli, words[0]);
  if (headset == NULL)
    return;
  show (cli, headset);
  holdfast_cli_quit (cli, HOLDFAST_EXIT_OK);
}
