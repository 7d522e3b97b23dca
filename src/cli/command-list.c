/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cli.h"

static const char *
form_word (HoldfastForm form)
{
  static const char *const words[] = {
    [HOLDFAST_FORM_OVER_EAR] = "over-ear",
    [HOLDFAST_FORM_ON_EAR] = "on-ear",
    [HOLDFAST_FORM_EARBUDS] = "earbuds",
    [HOLDFAST_FORM_NECKBAND] = "neckband",
    [HOLDFAST_FORM_GAMING_OVER_EAR] = "gaming-over-ear",
    [HOLDFAST_FORM_GAMING_EARBUDS] = "gaming-earbuds",
  };

  return words[form];
}

static const char *
radio_word (HoldfastRadioKind radio)
{
  static const char *const words[] = {
    [HOLDFAST_RADIO_CLASSIC] = "classic",
    [HOLDFAST_RADIO_LE_AUDIO_ONLY] = "le-audio-only",
    [HOLDFAST_RADIO_WIRED] = "wired",
    [HOLDFAST_RADIO_USB_DONGLE] = "usb-dongle",
  };

  return words[radio];
}

static const char *
gate_word (HoldfastGate gate)
{
  static const char *const words[] = {
    [HOLDFAST_GATE_SHOW] = "show",
    [HOLDFAST_GATE_CHECK_FIRST] = "check-first",
    [HOLDFAST_GATE_HOLD_BACK] = "hold-back",
    [HOLDFAST_GATE_NO_BLUETOOTH] = "no-bluetooth",
  };

  return words[gate];
}

static void
add_strings (JsonBuilder *builder, const char *name, const char *const *values)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (guint i = 0; values != NULL && values[i] != NULL; i++)
    json_builder_add_string_value (builder, values[i]);
  json_builder_end_array (builder);
}

static void
add_string (JsonBuilder *builder, const char *name, const char *value)
{
  json_builder_set_member_name (builder, name);
  if (value != NULL)
    json_builder_add_string_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

static void
add_headset (JsonBuilder *builder, HoldfastHeadset *headset)
{
  json_builder_begin_object (builder);
  add_string (builder, "id", holdfast_headset_get_id (headset));
  add_string (builder, "name", holdfast_headset_get_name (headset));
  add_string (builder, "form", form_word (holdfast_headset_get_form (headset)));
  add_string (builder, "radio", radio_word (holdfast_headset_get_radio (headset)));
  add_string (builder, "gate", gate_word (holdfast_headset_get_gate (headset)));
  add_strings (builder, "other_names", holdfast_headset_get_other_names (headset));
  add_strings (builder, "bluetooth_names", holdfast_headset_get_bluetooth_names (headset));
  json_builder_set_member_name (builder, "ways");
  json_builder_add_int_value (builder, holdfast_headset_get_pairing_ways (headset)->len);
  add_string (builder, "guide", holdfast_headset_get_guide (headset));
  json_builder_end_object (builder);
}

static void
print_table (HoldfastCli *cli, GListModel *models)
{
  for (guint i = 0; i < g_list_model_get_n_items (models); i++) {
    g_autoptr (HoldfastHeadset) headset = g_list_model_get_item (models, i);
    const char *const *names = holdfast_headset_get_other_names (headset);
    g_autofree char *also = g_strjoinv (", ", (char **) names);
    g_autofree char *line = g_strdup_printf ("%-16s %s", holdfast_headset_get_name (headset), also);

    holdfast_terminal_print_line (cli->terminal, g_strchomp (line));
  }
}

void
holdfast_command_list (HoldfastCli *cli, int argc, char **argv)
{
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
    { "json",
     0, 0,
     G_OPTION_ARG_NONE, &json,
     N_ ("Write JSON: an array, one object a model"),
     NULL },
    G_OPTION_ENTRY_NULL,
  };
  GOptionContext *context = g_option_context_new (NULL);
  g_auto (GStrv) words = NULL;
  GListModel *models = holdfast_catalogue_get_models (cli->catalogue);

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!holdfast_cli_parse (cli, context, argc, argv, &words))
    return;

  if (json) {
    g_autoptr (JsonBuilder) builder = json_builder_new ();

    json_builder_begin_array (builder);
    for (guint i = 0; i < g_list_model_get_n_items (models); i++) {
      g_autoptr (HoldfastHeadset) headset = g_list_model_get_item (models, i);

      add_headset (builder, headset);
    }
    json_builder_end_array (builder);
    holdfast_cli_print_json (cli, builder, TRUE);
  } else {
    print_table (cli, models);
  }
  holdfast_cli_quit (cli, HOLDFAST_EXIT_OK);
}
