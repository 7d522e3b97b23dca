/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cli.h"
#include "failure.h"
#include "sentences.h"
#include "world.h"

/* Sony's vendor id in a PnP record. Source: usb.org's list; the record names the USB list. */
#define VENDOR_SONY 0x054c

/* bluetoothd 5.82 may die of a removal; it is started again within seconds. */
#define COMES_BACK_US (15 * G_USEC_PER_SEC)

typedef struct {
  HoldfastCli *cli;
  gboolean json;
  gboolean yes;
  char *adapter;
  char *target; /* what to remove; NULL for "status" */
  HoldfastWorld *world;
  GArray *known; /* of HoldfastSighting */
  gulong line_handler;
  gulong closed_handler;
  gulong back_handler; /* waits for a service that died of our removal */
  guint alarm;
  gboolean died;
  char address[18]; /* of whom it was to forget */
} Command;

static void
stop_asking (Command *command)
{
  g_clear_signal_handler (&command->line_handler, command->cli->terminal);
  g_clear_signal_handler (&command->closed_handler, command->cli->terminal);
}

static void
stop_waiting (Command *command)
{
  if (command->back_handler != 0)
    g_clear_signal_handler (&command->back_handler, holdfast_world_get_radio (command->world));
  if (command->alarm != 0)
    holdfast_clock_clear_alarm (holdfast_world_get_clock (command->world), &command->alarm);
}

static void
command_end (Command *command, int status)
{
  HoldfastCli *cli = command->cli;

  stop_asking (command);
  stop_waiting (command);
  g_clear_object (&command->world);
  g_clear_pointer (&command->known, g_array_unref);
  g_free (command->adapter);
  g_free (command->target);
  g_free (command);
  holdfast_cli_quit (cli, status);
}

static void
end_with_failure (Command *command, HoldfastFailure failure)
{
  holdfast_terminal_warn (holdfast_failure_get_sentence (failure));
  command_end (command, holdfast_failure_get_exit_status (failure));
}

static HoldfastHeadset *
model_of (Command *command, const HoldfastSighting *sighting)
{
  HoldfastHeadset *model = NULL;

  holdfast_sighting_judge (sighting, command->cli->catalogue, NULL, &model);
  return model;
}

static void
collect_cb (const HoldfastSighting *sighting, gpointer user_data)
{
  Command *command = user_data;
  gboolean audio
      = (sighting->services
         & (HOLDFAST_SERVICE_A2DP_SINK | HOLDFAST_SERVICE_HANDSFREE | HOLDFAST_SERVICE_LE_AUDIO))
        != 0;

  if (!sighting->paired)
    return;
  if (model_of (command, sighting) != NULL || (sighting->vendor == VENDOR_SONY && audio))
    g_array_append_val (command->known, *sighting);
}

static void
add_sighting (Command *command, JsonBuilder *builder, const HoldfastSighting *sighting)
{
  HoldfastHeadset *model = model_of (command, sighting);

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "name");
  json_builder_add_string_value (builder, sighting->name);
  json_builder_set_member_name (builder, "address");
  json_builder_add_string_value (builder, sighting->address);
  json_builder_set_member_name (builder, "model");
  if (model != NULL)
    json_builder_add_string_value (builder, holdfast_headset_get_id (model));
  else
    json_builder_add_null_value (builder);
  json_builder_set_member_name (builder, "connected");
  json_builder_add_boolean_value (builder, sighting->connected);
  json_builder_set_member_name (builder, "music");
  json_builder_add_boolean_value (builder, sighting->transport);
  json_builder_set_member_name (builder, "battery");
  if (sighting->battery_percent >= 0)
    json_builder_add_int_value (builder, sighting->battery_percent);
  else
    json_builder_add_null_value (builder);
  json_builder_end_object (builder);
}

static char *
describe (const HoldfastSighting *sighting)
{
  g_autofree char *name = holdfast_display_name (sighting->name);
  const char *state = sighting->transport   ? _ ("connected, ready for music")
                      : sighting->connected ? _ ("connected")
                                            : _ ("not connected");
  g_autofree char *battery = NULL;

  if (sighting->connected && sighting->battery_percent >= 0)
    /* Translators: %d is a number from 0 to 100 */
    battery = g_strdup_printf (_ (", battery %d %%"), sighting->battery_percent);
  return g_strdup_printf (
      /* Translators: a headset's name, its state, perhaps its battery, its address */
      _ ("%s: %s%s (%s)"),
      name,
      state,
      battery != NULL ? battery : "",
      sighting->address);
}

static void
print_status (Command *command)
{
  HoldfastTerminal *terminal = command->cli->terminal;

  if (command->json) {
    g_autoptr (JsonBuilder) builder = json_builder_new ();

    json_builder_begin_array (builder);
    for (guint i = 0; i < command->known->len; i++)
      add_sighting (command, builder, &g_array_index (command->known, HoldfastSighting, i));
    json_builder_end_array (builder);
    holdfast_cli_print_json (command->cli, builder, TRUE);
  } else if (command->known->len == 0) {
    holdfast_terminal_say (terminal, _ ("This computer knows no Sony headphones yet."));
  } else {
    for (guint i = 0; i < command->known->len; i++) {
      g_autofree char *line = describe (&g_array_index (command->known, HoldfastSighting, i));

      holdfast_terminal_print_line (terminal, line);
    }
  }
  command_end (command, HOLDFAST_EXIT_OK);
}

static const HoldfastSighting *
find_target (Command *command, guint *ret_n)
{
  const HoldfastSighting *found = NULL;

  *ret_n = 0;
  for (guint i = 0; i < command->known->len; i++) {
    const HoldfastSighting *known = &g_array_index (command->known, HoldfastSighting, i);
    HoldfastHeadset *model = model_of (command, known);

    if (g_ascii_strcasecmp (known->address, command->target) == 0
        || g_ascii_strcasecmp (known->name, command->target) == 0
        || (model != NULL
            && model == holdfast_catalogue_find (command->cli->catalogue, command->target))) {
      found = known;
      (*ret_n)++;
    }
  }
  return found;
}

/* What is known can be told, and forgotten, also while Bluetooth is off. */
static gboolean
can_be_told (HoldfastFailure readiness)
{
  return readiness == HOLDFAST_FAILURE_NONE || readiness == HOLDFAST_FAILURE_POWERED_OFF
         || readiness == HOLDFAST_FAILURE_BLOCKED;
}

static void
tell_forgotten (Command *command)
{
  holdfast_terminal_say (command->cli->terminal,
                         _ ("Forgotten. They can be paired again any time."));
  command_end (command, HOLDFAST_EXIT_OK);
}

static void remove_known (Command *command, const HoldfastSighting *target);

/* It may have been removed before the service died, or not. */
static void
back_cb (HoldfastRadio *radio, Command *command)
{
  const HoldfastSighting *target = NULL;

  if (!can_be_told (holdfast_radio_get_readiness (radio)))
    return;
  stop_waiting (command);
  g_array_set_size (command->known, 0);
  holdfast_radio_foreach (radio, collect_cb, command);
  for (guint i = 0; i < command->known->len; i++) {
    const HoldfastSighting *known = &g_array_index (command->known, HoldfastSighting, i);

    if (g_str_equal (known->address, command->address))
      target = known;
  }
  if (target != NULL)
    remove_known (command, target);
  else
    tell_forgotten (command);
}

static void
stays_away_cb (gpointer user_data)
{
  Command *command = user_data;

  command->alarm = 0;
  end_with_failure (command, HOLDFAST_FAILURE_NO_SERVICE);
}

static void
wait_for_service (Command *command)
{
  HoldfastClock *clock = holdfast_world_get_clock (command->world);

  command->died = TRUE;
  command->back_handler = g_signal_connect (holdfast_world_get_radio (command->world),
                                            "readiness-changed",
                                            G_CALLBACK (back_cb),
                                            command);
  command->alarm = holdfast_clock_set_alarm (
      clock, holdfast_clock_get_now_us (clock) + COMES_BACK_US, stays_away_cb, command);
}

static void
removed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Command *command = user_data;
  HoldfastFailure failure = holdfast_radio_run_finish (HOLDFAST_RADIO (source), result, NULL);

  if (failure == HOLDFAST_FAILURE_NONE)
    tell_forgotten (command);
  else if (failure == HOLDFAST_FAILURE_NO_SERVICE && !command->died)
    wait_for_service (command);
  else
    end_with_failure (command, failure);
}

static void
remove_known (Command *command, const HoldfastSighting *target)
{
  g_strlcpy (command->address, target->address, sizeof command->address);
  holdfast_radio_run_async (holdfast_world_get_radio (command->world),
                            HOLDFAST_VERB_REMOVE,
                            target->id,
                            0,
                            NULL,
                            removed_cb,
                            command);
}

static void
remove_target (Command *command)
{
  guint n = 0;
  const HoldfastSighting *target = find_target (command, &n);

  if (target == NULL) {
    holdfast_terminal_warn (_ ("These headphones are gone already."));
    command_end (command, HOLDFAST_EXIT_ERROR);
    return;
  }
  remove_known (command, target);
}

static void
line_cb (HoldfastTerminal *terminal, const char *line, Command *command)
{
  stop_asking (command);
  if (holdfast_answer_is (TRUE, line))
    remove_target (command);
  else
    command_end (command, HOLDFAST_EXIT_CANCELLED);
}

static void
closed_cb (HoldfastTerminal *terminal, Command *command)
{
  command_end (command, HOLDFAST_EXIT_CANCELLED);
}

static void
ask_to_remove (Command *command)
{
  guint n = 0;
  const HoldfastSighting *target = find_target (command, &n);
  g_autofree char *name = NULL;
  g_autofree char *question = NULL;

  if (target == NULL || n > 1) {
    holdfast_terminal_warn (
        target == NULL ? _ ("This computer knows no Sony headphones of that name or address.")
                       : _ ("Several headphones have that name. Please give the address that "
                            "“holdfastctl status” shows."));
    command_end (command, HOLDFAST_EXIT_ERROR);
    return;
  }
  if (command->yes) {
    remove_target (command);
    return;
  }
  if (!holdfast_terminal_is_interactive (command->cli->terminal)) {
    holdfast_terminal_warn (_ ("Nobody is here to say yes. Add --yes if you are sure."));
    command_end (command, HOLDFAST_EXIT_NEEDS_ANSWER);
    return;
  }

  name = holdfast_display_name (target->name);
  question = g_strdup_printf (
      /* Translators: first %s is the name of headphones, the second the letter that means "yes" */
      _ ("This computer will forget %s. To use them here again they must be paired again. Type %s "
         "and Enter to go on."),
      name,
      holdfast_answer_get_letter (TRUE));
  holdfast_terminal_say (command->cli->terminal, question);
  command->line_handler
      = g_signal_connect (command->cli->terminal, "line", G_CALLBACK (line_cb), command);
  command->closed_handler
      = g_signal_connect (command->cli->terminal, "closed", G_CALLBACK (closed_cb), command);
  holdfast_terminal_listen (command->cli->terminal);
}

static void
world_open_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Command *command = user_data;
  g_autoptr (GError) error = NULL;
  HoldfastRadio *radio = NULL;
  HoldfastFailure failure = HOLDFAST_FAILURE_NO_BUS;

  command->world = holdfast_world_open_finish (result, &error);
  if (command->world == NULL) {
    holdfast_terminal_warn (error->message);
    command_end (command, HOLDFAST_EXIT_ERROR);
    return;
  }

  if (holdfast_world_lacks_adapter (command->world)) {
    holdfast_cli_warn_of_adapter (command->adapter);
    command_end (command, holdfast_failure_get_exit_status (HOLDFAST_FAILURE_NO_ADAPTER));
    return;
  }

  radio = holdfast_world_get_radio (command->world);
  if (radio != NULL)
    failure = holdfast_radio_get_readiness (radio);
  if (radio == NULL || !can_be_told (failure)) {
    end_with_failure (command, failure);
    return;
  }

  command->known = g_array_new (FALSE, FALSE, sizeof (HoldfastSighting));
  holdfast_radio_foreach (radio, collect_cb, command);
  if (command->target != NULL)
    ask_to_remove (command);
  else
    print_status (command);
}

static void
open_world (Command *command)
{
  HoldfastWorldOptions options = { .adapter = command->adapter };

  holdfast_world_open_async (&options, NULL, world_open_cb, command);
}

void
holdfast_command_status (HoldfastCli *cli, int argc, char **argv)
{
  Command *command = g_new0 (Command, 1);
  const GOptionEntry entries[] = {
    { "json",    0, 0, G_OPTION_ARG_NONE, &command->json,    N_ ("Write JSON"), NULL },
    { "adapter",
     0,             0,
     G_OPTION_ARG_STRING,                 &command->adapter,
     N_ ("Use this Bluetooth hardware: hci0, or its address"),
     "NAME"                                                                          },
    G_OPTION_ENTRY_NULL,
  };
  GOptionContext *context = g_option_context_new (NULL);
  g_auto (GStrv) words = NULL;

  command->cli = cli;
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (holdfast_cli_parse (cli, context, argc, argv, &words))
    open_world (command);
  else
    command_end (command, cli->status);
}

void
holdfast_command_remove (HoldfastCli *cli, int argc, char **argv)
{
  Command *command = g_new0 (Command, 1);
  const GOptionEntry entries[] = {
    { "yes",     0, 0, G_OPTION_ARG_NONE, &command->yes,     N_ ("Do not ask"), NULL },
    { "adapter",
     0,             0,
     G_OPTION_ARG_STRING,                 &command->adapter,
     N_ ("Use this Bluetooth hardware: hci0, or its address"),
     "NAME"                                                                          },
    G_OPTION_ENTRY_NULL,
  };
  GOptionContext *context = g_option_context_new (_ ("NAME|ADDRESS"));
  g_auto (GStrv) words = NULL;

  command->cli = cli;
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!holdfast_cli_parse (cli, context, argc, argv, &words)) {
    command_end (command, cli->status);
    return;
  }
  if (g_strv_length (words) != 1) {
    holdfast_terminal_warn (_ ("Which headphones? Give one name or address."));
    command_end (command, HOLDFAST_EXIT_USAGE);
    return;
  }
  command->target = g_strdup (words[0]);
  open_world (command);
}
