/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <signal.h>

#include "autopilot.h"
#include "cli.h"
#include "pair-events.h"
#include "pair-view.h"
#include "sentences.h"
#include "world.h"
#if HOLDFAST_HAVE_BLUETOOTH
#include "helping-hand.h"
#endif

/* How long an unattended run listens; a person may take as long as they like. In seconds. */
#define UNATTENDED_SECONDS 120

typedef struct {
  HoldfastCli *cli;

  char *adapter;
  char *address;
  gboolean simulate;
  guint faults;
  gboolean guide;
  gboolean json;
  gboolean forget;
  int lead_in_s;
  int timeout_s;

  HoldfastHeadset *headset;
  HoldfastWorld *world;
  HoldfastSession *session;
  GObject *view;
  GObject *driver;
  GObject *hand;
  guint alarm;
  guint sigint;
  guint sigterm;
  gulong line_handler;
  gulong closed_handler;

  gboolean interrupted;
  gboolean succeeded;
  int status;
} Pair;

/* Leaving before bluetoothd has answered: what was sent must at least go out. */
typedef struct {
  HoldfastCli *cli;
  int status;
  HoldfastClock *clock;
  guint alarm;
  gboolean over;
} Flush;

/* For how long a bus that takes nothing is waited for. */
#define FLUSH_US (2 * G_USEC_PER_SEC)

static void start_world (Pair *pair);

static void
stop_asking (Pair *pair)
{
  g_clear_signal_handler (&pair->line_handler, pair->cli->terminal);
  g_clear_signal_handler (&pair->closed_handler, pair->cli->terminal);
}

/* Lets go of everything; the session, if it still runs, sends what undoes its work. */
static void
pair_free (Pair *pair)
{
  stop_asking (pair);
  if (pair->world != NULL)
    holdfast_clock_clear_alarm (holdfast_world_get_clock (pair->world), &pair->alarm);
  g_clear_handle_id (&pair->sigint, g_source_remove);
  g_clear_handle_id (&pair->sigterm, g_source_remove);
  if (pair->session != NULL)
    g_signal_handlers_disconnect_by_data (pair->session, pair);
  g_clear_object (&pair->hand);
  g_clear_object (&pair->driver);
  g_clear_object (&pair->view);
  g_clear_object (&pair->session);
  g_clear_object (&pair->world);
  g_clear_object (&pair->headset);
  g_free (pair->adapter);
  g_free (pair->address);
  g_free (pair);
}

static void
pair_end (Pair *pair, int status)
{
  HoldfastCli *cli = pair->cli;

  pair_free (pair);
  holdfast_cli_quit (cli, status);
}

#if HOLDFAST_HAVE_BLUETOOTH
static void
flush_over_cb (gpointer user_data)
{
  Flush *flush = user_data;

  flush->alarm = 0;
  flush->over = TRUE;
  holdfast_cli_quit (flush->cli, flush->status);
}

static void
flushed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Flush *flush = user_data;

  g_dbus_connection_flush_finish (G_DBUS_CONNECTION (source), result, NULL);
  holdfast_clock_clear_alarm (flush->clock, &flush->alarm);
  if (!flush->over)
    holdfast_cli_quit (flush->cli, flush->status);
  g_object_unref (flush->clock);
  g_free (flush);
}
#endif

static void
pair_end_at_once (Pair *pair, int status)
{
#if HOLDFAST_HAVE_BLUETOOTH
  HoldfastClient *client = holdfast_world_get_client (pair->world);

  if (client != NULL) {
    g_autoptr (GDBusConnection) connection = g_object_ref (holdfast_client_get_connection (client));
    Flush *flush = g_new0 (Flush, 1);

    flush->cli = pair->cli;
    flush->status = status;
    flush->clock = g_object_ref (holdfast_world_get_clock (pair->world));
    flush->alarm = holdfast_clock_set_alarm (
        flush->clock, holdfast_clock_get_now_us (flush->clock) + FLUSH_US, flush_over_cb, flush);
    pair_free (pair);
    g_dbus_connection_flush (connection, NULL, flushed_cb, flush);
    return;
  }
#endif
  pair_end (pair, status);
}

/* The session did not begin; a sentence has been said, or is in @sentence. */
static void
end_unbegun (Pair *pair, HoldfastFailure failure, const char *sentence)
{
  if (pair->json)
    holdfast_pair_events_print_end (pair->cli, failure);
  else if (sentence != NULL)
    holdfast_terminal_say (pair->cli->terminal, sentence);
  pair_end (pair, holdfast_failure_get_exit_status (failure));
}

static gboolean
interrupted_cb (gpointer user_data)
{
  Pair *pair = user_data;

  /* The second time means it: whoever waits for bluetoothd to answer may stop waiting. */
  if (pair->interrupted) {
    pair_end_at_once (pair, pair->status);
    return G_SOURCE_REMOVE;
  }
  pair->interrupted = TRUE;
  if (!pair->succeeded)
    pair->status = HOLDFAST_EXIT_CANCELLED;
  holdfast_session_send (pair->session, HOLDFAST_EVENT_CANCEL);
  return G_SOURCE_CONTINUE;
}

static void
stuck_cb (Pair *pair)
{
  const HoldfastMachine *machine = holdfast_session_get_machine (pair->session);

  if (machine->state == HOLDFAST_STATE_GUIDE_DONE) {
    pair->succeeded = TRUE;
    pair->status = HOLDFAST_EXIT_OK;
  } else if (machine->state == HOLDFAST_STATE_GET_READY) {
    pair->status = holdfast_failure_get_exit_status (machine->radio);
  } else if (machine->state == HOLDFAST_STATE_FAILED) {
    pair->status = holdfast_failure_get_exit_status (machine->failure);
  } else {
    pair->status = HOLDFAST_EXIT_NEEDS_ANSWER;
  }
  holdfast_session_send (pair->session, HOLDFAST_EVENT_CANCEL);
}

/* TRUE while it still depends on the headphones being heard; a Pair or Connect that is under way
 * ends by itself, one way or the other. */
static gboolean
is_still_listening (HoldfastState state)
{
  if (state == HOLDFAST_STATE_FOUND || state == HOLDFAST_STATE_FORGET)
    return FALSE;
  return state == HOLDFAST_STATE_GET_READY || state == HOLDFAST_STATE_WAIT_RADIO
         || holdfast_state_is_listening (state);
}

static void
timed_out_cb (gpointer user_data)
{
  Pair *pair = user_data;
  HoldfastClock *clock = holdfast_world_get_clock (pair->world);
  HoldfastState state = holdfast_session_get_state (pair->session);
  HoldfastFailure failure = HOLDFAST_FAILURE_NOT_SEEN;

  pair->alarm = 0;
  if (pair->succeeded || state == HOLDFAST_STATE_ENDING || state == HOLDFAST_STATE_ENDED)
    return;
  if (!is_still_listening (state)) {
    /* It may fail and come back to listening. */
    pair->alarm = holdfast_clock_set_alarm (
        clock, holdfast_clock_get_now_us (clock) + G_USEC_PER_SEC, timed_out_cb, pair);
    return;
  }
  if (state == HOLDFAST_STATE_WAIT_RADIO)
    failure = holdfast_session_get_machine (pair->session)->radio;
  pair->status = holdfast_failure_get_exit_status (failure);
  if (!pair->json)
    holdfast_terminal_say (pair->cli->terminal, holdfast_failure_get_sentence (failure));
  holdfast_session_send (pair->session, HOLDFAST_EVENT_CANCEL);
}

static void
ended_idle_cb (gpointer user_data)
{
  Pair *pair = user_data;

  pair->alarm = 0;
  pair_end (pair, pair->status);
}

static void
changed_cb (HoldfastSession *session, Pair *pair)
{
  const HoldfastMachine *machine = holdfast_session_get_machine (session);
  HoldfastClock *clock = holdfast_world_get_clock (pair->world);

  if (machine->state == HOLDFAST_STATE_DONE || machine->state == HOLDFAST_STATE_GUIDE_DONE) {
    pair->succeeded = TRUE;
    pair->status = HOLDFAST_EXIT_OK;
  } else if (machine->state == HOLDFAST_STATE_FAILED) {
    pair->succeeded = FALSE;
    pair->status = holdfast_failure_get_exit_status (machine->failure);
  }
  if (machine->state != HOLDFAST_STATE_ENDED)
    return;

  if (!pair->succeeded && pair->status == HOLDFAST_EXIT_OK)
    pair->status = HOLDFAST_EXIT_CANCELLED;
  /* Not from inside the session's own signal: others still listen to this step. */
  holdfast_clock_clear_alarm (clock, &pair->alarm);
  pair->alarm = holdfast_clock_set_alarm (clock, 0, ended_idle_cb, pair);
}

static void
start_session (Pair *pair)
{
  HoldfastRadio *radio = pair->guide ? NULL : holdfast_world_get_radio (pair->world);
  HoldfastClock *clock = holdfast_world_get_clock (pair->world);
  HoldfastConsent consent = { .address = pair->address, .forget = pair->forget };
  gboolean attended = holdfast_terminal_is_interactive (pair->cli->terminal) && !pair->json;

  pair->session = holdfast_session_new (pair->cli->catalogue, pair->headset, radio, clock);
  holdfast_session_set_lead_in_us (pair->session, pair->lead_in_s * G_USEC_PER_SEC);
  pair->sigint = g_unix_signal_add (SIGINT, interrupted_cb, pair);
  pair->sigterm = g_unix_signal_add (SIGTERM, interrupted_cb, pair);

  if (pair->json)
    pair->view = G_OBJECT (holdfast_pair_events_new (pair->session, pair->cli));
  else
    pair->view = G_OBJECT (
        holdfast_pair_view_new (pair->session, pair->cli->terminal, attended, pair->simulate));
#if HOLDFAST_HAVE_BLUETOOTH
  if (pair->simulate)
    pair->hand = G_OBJECT (holdfast_helping_hand_new (
        pair->session, holdfast_sim_get_headset (holdfast_world_get_sim (pair->world))));
#endif
  g_signal_connect (pair->session, "changed", G_CALLBACK (changed_cb), pair);
  if (!attended) {
    pair->driver = G_OBJECT (holdfast_autopilot_new (pair->session, &consent));
    g_signal_connect_swapped (pair->driver, "stuck", G_CALLBACK (stuck_cb), pair);
    pair->alarm = holdfast_clock_set_alarm (clock,
                                            holdfast_clock_get_now_us (clock)
                                                + pair->timeout_s * G_USEC_PER_SEC,
                                            timed_out_cb,
                                            pair);
  }
  holdfast_session_send (pair->session, HOLDFAST_EVENT_BEGIN);
}

#if HOLDFAST_HAVE_BLUETOOTH
static void
simulate_answer_cb (HoldfastTerminal *terminal, const char *line, Pair *pair)
{
  stop_asking (pair);
  if (!holdfast_answer_is (TRUE, line)) {
    pair_end (pair, pair->status);
    return;
  }
  pair->status = HOLDFAST_EXIT_OK;
  pair->simulate = TRUE;
  g_clear_object (&pair->world);
  start_world (pair);
}

static void
simulate_closed_cb (HoldfastTerminal *terminal, Pair *pair)
{
  pair_end (pair, pair->status);
}

static void
offer_simulation (Pair *pair, HoldfastFailure failure)
{
  HoldfastTerminal *terminal = pair->cli->terminal;
  g_autofree char *offer = NULL;

  pair->status = holdfast_failure_get_exit_status (failure);
  holdfast_terminal_say (terminal, holdfast_failure_get_sentence (failure));
  if (!holdfast_terminal_is_interactive (terminal)) {
    holdfast_terminal_say (terminal,
                           _ ("To see how it goes with simulated headphones, add --simulate."));
    pair_end (pair, pair->status);
    return;
  }
  offer = g_strdup_printf (
      /* Translators: %s is the letter that means "yes" on the keyboard */
      _ ("You can try everything with simulated headphones. Type %s and Enter to do that."),
      holdfast_answer_get_letter (TRUE));
  holdfast_terminal_say (terminal, offer);
  pair->line_handler = g_signal_connect (terminal, "line", G_CALLBACK (simulate_answer_cb), pair);
  pair->closed_handler
      = g_signal_connect (terminal, "closed", G_CALLBACK (simulate_closed_cb), pair);
  holdfast_terminal_listen (terminal);
}

static gboolean
has_bluetooth (Pair *pair, HoldfastFailure *ret_failure)
{
  HoldfastRadio *radio = holdfast_world_get_radio (pair->world);

  *ret_failure = radio != NULL ? holdfast_radio_get_readiness (radio) : HOLDFAST_FAILURE_NO_BUS;
  return *ret_failure != HOLDFAST_FAILURE_NO_BUS && *ret_failure != HOLDFAST_FAILURE_NO_SERVICE
         && *ret_failure != HOLDFAST_FAILURE_NO_ADAPTER;
}
#endif

static void
world_open_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Pair *pair = user_data;
  g_autoptr (GError) error = NULL;

  pair->world = holdfast_world_open_finish (result, &error);
  if (pair->world == NULL) {
    holdfast_terminal_warn (error->message);
    pair_end (pair, HOLDFAST_EXIT_ERROR);
    return;
  }
  if (!pair->guide && holdfast_world_lacks_adapter (pair->world)) {
    holdfast_cli_warn_of_adapter (pair->adapter);
    end_unbegun (pair, HOLDFAST_FAILURE_NO_ADAPTER, NULL);
    return;
  }
#if HOLDFAST_HAVE_BLUETOOTH
  {
    HoldfastFailure failure = HOLDFAST_FAILURE_NONE;

    if (!pair->guide && !pair->simulate && !pair->json && !has_bluetooth (pair, &failure)) {
      offer_simulation (pair, failure);
      return;
    }
  }
#endif
  if (holdfast_world_get_radio (pair->world) == NULL && pair->json && !pair->guide) {
    end_unbegun (pair, HOLDFAST_FAILURE_NO_BUS, NULL);
    return;
  }
  start_session (pair);
}

static void
start_world (Pair *pair)
{
  HoldfastWorldOptions options = {
    .simulate = pair->simulate ? pair->headset : NULL,
    .faults = pair->faults,
    .adapter = pair->adapter,
  };

  holdfast_world_open_async (&options, NULL, world_open_cb, pair);
}

static void
take_model (Pair *pair, HoldfastHeadset *headset)
{
  pair->headset = g_object_ref (headset);
  if (holdfast_headset_get_radio (headset) != HOLDFAST_RADIO_CLASSIC) {
    g_autofree char *text = holdfast_headset_get_no_bluetooth_sentence (headset);

    end_unbegun (pair, HOLDFAST_FAILURE_NO_CLASSIC_BLUETOOTH, text);
    return;
  }
  start_world (pair);
}

static void
model_line_cb (HoldfastTerminal *terminal, const char *line, Pair *pair)
{
  HoldfastHeadset *found = holdfast_catalogue_find (pair->cli->catalogue, line);
  g_autoptr (GPtrArray) matches = holdfast_catalogue_search (pair->cli->catalogue, line);

  if (found == NULL && matches->len == 1)
    found = g_ptr_array_index (matches, 0);
  if (found != NULL) {
    stop_asking (pair);
    take_model (pair, found);
    return;
  }

  if (matches->len == 0 || *line == '\0') {
    holdfast_terminal_say (terminal,
                           _ ("No model found. The name is printed inside the headband or on the "
                              "case, such as WH-1000XM4. “LinkBuds” and “XM5” will do too."));
    return;
  }
  holdfast_terminal_say (terminal, _ ("Which of these?"));
  for (guint i = 0; i < MIN (matches->len, 12); i++)
    holdfast_terminal_print_line (terminal,
                                  holdfast_headset_get_name (g_ptr_array_index (matches, i)));
}

static void
model_closed_cb (HoldfastTerminal *terminal, Pair *pair)
{
  pair_end (pair, HOLDFAST_EXIT_CANCELLED);
}

static void
ask_model (Pair *pair)
{
  HoldfastTerminal *terminal = pair->cli->terminal;

  if (!holdfast_terminal_is_interactive (terminal) || pair->json) {
    holdfast_terminal_warn (_ ("Which model? Give its name, such as WH-1000XM4."));
    pair_end (pair, HOLDFAST_EXIT_USAGE);
    return;
  }
  holdfast_terminal_say (terminal, _ ("Which headphones do you have? Type the name and Enter."));
  pair->line_handler = g_signal_connect (terminal, "line", G_CALLBACK (model_line_cb), pair);
  pair->closed_handler = g_signal_connect (terminal, "closed", G_CALLBACK (model_closed_cb), pair);
  holdfast_terminal_listen (terminal);
}

static gboolean
simulate_option_cb (const char *name, const char *value, gpointer data, GError **error)
{
#if HOLDFAST_HAVE_BLUETOOTH
  Pair *pair = data;
  HoldfastSimFaults fault = HOLDFAST_SIM_FAULT_NONE;
  g_autofree char *names = NULL;

  pair->simulate = TRUE;
  if (value == NULL)
    return TRUE;
  fault = holdfast_sim_fault_from_string (value);
  pair->faults |= fault;
  if (fault != HOLDFAST_SIM_FAULT_NONE)
    return TRUE;

  names = g_strjoinv (", ", (char **) holdfast_sim_get_fault_names ());
  g_set_error (error,
               G_OPTION_ERROR,
               G_OPTION_ERROR_BAD_VALUE,
               /* Translators: first %s is what was typed, the second a list of words */
               _ ("“%s” is none of the faults that can be simulated: %s"),
               value,
               names);
#else
  g_set_error_literal (
      error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED, _ ("this build has no simulated headphones"));
#endif
  return FALSE;
}

static gboolean
parse (Pair *pair, int argc, char **argv, char ***ret_words)
{
  const GOptionEntry entries[] = {
    { "adapter",
     0, 0,
     G_OPTION_ARG_STRING,   &pair->adapter,
     N_ ("Use this Bluetooth hardware: hci0, or its address"),
     N_ ("NAME")    },
    { "simulate",
     0, G_OPTION_FLAG_OPTIONAL_ARG,
     G_OPTION_ARG_CALLBACK, simulate_option_cb,
     N_ ("Simulated headphones, perhaps with something going wrong"),
     N_ ("FAULT")   },
    { "guide",
     0, 0,
     G_OPTION_ARG_NONE,     &pair->guide,
     N_ ("Do not listen: your eyes judge the light"),
     NULL           },
    { "address",
     0, 0,
     G_OPTION_ARG_STRING,   &pair->address,
     N_ ("The headphones with this address are yours"),
     N_ ("ADDRESS") },
    { "forget",
     0, 0,
     G_OPTION_ARG_NONE,     &pair->forget,
     N_ ("Pair afresh; the old pairing may be removed when it has to go"),
     NULL           },
    { "lead-in",
     0, 0,
     G_OPTION_ARG_INT,      &pair->lead_in_s,
     N_ ("Seconds before the count starts, to get both hands free"),
     N_ ("SECONDS") },
    { "timeout",
     0, 0,
     G_OPTION_ARG_INT,      &pair->timeout_s,
     N_ ("With nobody at the keyboard: how long to listen"),
     N_ ("SECONDS") },
    { "json",
     0, 0,
     G_OPTION_ARG_NONE,     &pair->json,
     N_ ("Write events as JSON, one object a line"),
     NULL           },
    G_OPTION_ENTRY_NULL,
  };
  GOptionContext *context = g_option_context_new (_ ("[MODEL]"));
  GOptionGroup *group = g_option_group_new ("pair", NULL, NULL, pair, NULL);

  g_option_group_add_entries (group, entries);
  g_option_group_set_translation_domain (group, GETTEXT_PACKAGE);
  g_option_context_set_main_group (context, group);
  return holdfast_cli_parse (pair->cli, context, argc, argv, ret_words);
}

void
holdfast_command_pair (HoldfastCli *cli, int argc, char **argv)
{
  Pair *pair = g_new0 (Pair, 1);
  g_auto (GStrv) words = NULL;
  HoldfastHeadset *headset = NULL;

  pair->cli = cli;
  pair->lead_in_s = 3;
  pair->timeout_s = UNATTENDED_SECONDS;
  if (!parse (pair, argc, argv, &words)) {
    pair_end (pair, cli->status);
    return;
  }
  if (g_strv_length (words) > 1 || pair->lead_in_s < 0 || pair->lead_in_s > 60
      || pair->timeout_s < 1 || pair->timeout_s > 3600) {
    holdfast_terminal_warn (
        _ ("One model, a lead-in up to 60 seconds and a time up to 3600, please."));
    pair_end (pair, HOLDFAST_EXIT_USAGE);
    return;
  }
#if !HOLDFAST_HAVE_BLUETOOTH
  pair->guide = TRUE;
#endif
  if (*words == NULL) {
    ask_model (pair);
    return;
  }
  headset = holdfast_cli_find_headset (cli, words[0]);
  if (headset == NULL)
    pair_end (pair, cli->status);
  else
    take_model (pair, headset);
}
