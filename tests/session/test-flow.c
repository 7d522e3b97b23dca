/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whole pairings against the simulated BlueZ, on a clock that is moved by hand, with everything
 * between them real: client, agent, radio, session. Each flow's steps are compared with a text in
 * flows/, reviewed like code. HOLDFAST_TEST_GOLDEN=write writes them anew. */

#include "config.h"

#include "autopilot.h"
#include "helping-hand.h"
#include "holdfast-test.h"
#include "radio-bluez.h"
#include "sim.h"

#define STEP_US (100 * 1000)
#define LONGEST_US (240 * G_USEC_PER_SEC)

typedef struct {
  const char *name;
  const char *model;
  const char *fault;
  gboolean forget;
  HoldfastState end; /* the last state before leaving */
  HoldfastFailure failure;
} Flow;

#define DONE HOLDFAST_STATE_DONE
#define FAILED HOLDFAST_STATE_FAILED

/* clang-format off: one flow a line */
static const Flow flows[] = {
  { "good",              "wh-1000xm4", NULL,            FALSE, DONE,                     HOLDFAST_FAILURE_NONE              },
  { "good-case-button",  "linkbuds-s", NULL,            FALSE, DONE,                     HOLDFAST_FAILURE_NONE              },
  { "reject-once",       "wh-1000xm4", "reject-once",   FALSE, DONE,                     HOLDFAST_FAILURE_NONE              },
  { "reject",            "wh-1000xm4", "reject",        FALSE, FAILED,                   HOLDFAST_FAILURE_REJECTED          },
  { "interrupted",       "wh-1000xm4", "interrupted",   FALSE, DONE,                     HOLDFAST_FAILURE_NONE              },
  { "refuse-once",       "wh-1000xm4", "refuse-once",   FALSE, DONE,                     HOLDFAST_FAILURE_NONE              },
  { "refuse",            "wh-1000xm4", "refuse",        FALSE, FAILED,                   HOLDFAST_FAILURE_CONNECT_REFUSED   },
  { "connect-hangs",
   "wh-1000xm4",                       "connect-hangs",
   FALSE,                                                      FAILED,
   HOLDFAST_FAILURE_CONNECT_TIMEOUT                                                                                         },
  { "auth-failed",       "wh-1000xm4", "auth-failed",   FALSE, FAILED,                   HOLDFAST_FAILURE_STALE_BOND        },
  { "no-answer",         "wh-1000xm4", "no-answer",     FALSE, FAILED,                   HOLDFAST_FAILURE_NO_ANSWER         },
  { "vanish",            "wh-1000xm4", "vanish",        FALSE, FAILED,                   HOLDFAST_FAILURE_LEFT_PAIRING_MODE },
  { "stale-bond",        "wh-1000xm4", "stale-bond",    FALSE, FAILED,                   HOLDFAST_FAILURE_OUT_OF_RANGE      },
  { "stale-bond-forget", "wh-1000xm4", "stale-bond",    TRUE,  DONE,                     HOLDFAST_FAILURE_NONE              },
  { "neighbour",         "wh-1000xm4", "neighbour",     FALSE, HOLDFAST_STATE_IDENTIFY,  HOLDFAST_FAILURE_NONE              },
  { "weak",              "wh-1000xm4", "weak",          FALSE, HOLDFAST_STATE_IDENTIFY,  HOLDFAST_FAILURE_NONE              },
  { "pin",               "wh-1000xm4", "pin",           FALSE, HOLDFAST_STATE_ASK_PIN,   HOLDFAST_FAILURE_NONE              },
  { "reply-first",       "wh-1000xm4", "reply-first",   FALSE, DONE,                     HOLDFAST_FAILURE_NONE              },
  { "not-pairing",
   "wh-1000xm4",                       "not-pairing",
   FALSE,                                                      HOLDFAST_STATE_ASK_LIGHT,
   HOLDFAST_FAILURE_NONE                                                                                                    },
  { "off",               "wh-1000xm4", "off",           FALSE, HOLDFAST_STATE_GET_READY, HOLDFAST_FAILURE_NONE              },
  { "blocked",           "wh-1000xm4", "blocked",       FALSE, HOLDFAST_STATE_GET_READY, HOLDFAST_FAILURE_NONE              },
  { "no-adapter",
   "wh-1000xm4",                       "no-adapter",
   FALSE,                                                      HOLDFAST_STATE_GET_READY,
   HOLDFAST_FAILURE_NONE                                                                                                    },
  { "not-stored",        "wh-1000xm4", "not-stored",    FALSE, DONE,                     HOLDFAST_FAILURE_NONE              },
  { "no-sound",          "wh-1000xm4", "no-sound",      FALSE, FAILED,                   HOLDFAST_FAILURE_SOUND_NOT_READY   },
};
/* clang-format on */

typedef struct {
  const Flow *flow;
  HoldfastClock *clock;
  HoldfastSim *sim;
  HoldfastClient *client;
  HoldfastRadio *radio;
  HoldfastSession *session;
  HoldfastAutopilot *pilot;
  HoldfastHelpingHand *hand;
  GString *transcript;
  gint64 began_us;
  gboolean stuck;
  HoldfastState last;
  HoldfastFailure failure;
  HoldfastState cancel_at; /* leave the moment this state is entered; IDLE for never */
} World;

static void
settle (World *world)
{
  holdfast_test_settle_connection (holdfast_client_get_connection (world->client));
}

static void
stepped_cb (HoldfastSession *session, const HoldfastStepRecord *record, World *world)
{
  const HoldfastMachine *machine = holdfast_session_get_machine (session);
  g_autofree char *effects = holdfast_effects_to_string (record->effects);

  if (record->to != HOLDFAST_STATE_ENDING && record->to != HOLDFAST_STATE_ENDED) {
    world->last = record->to;
    world->failure = machine->failure;
  }
  g_string_append_printf (world->transcript,
                          "%8.1f  %-14s %-20s -> %-14s %s%s%s\n",
                          (double) (record->now_us - world->began_us) / G_USEC_PER_SEC,
                          holdfast_state_to_string (record->from),
                          holdfast_event_to_string (record->event.kind),
                          holdfast_state_to_string (record->to),
                          effects,
                          machine->failure != HOLDFAST_FAILURE_NONE ? "  failure=" : "",
                          machine->failure != HOLDFAST_FAILURE_NONE
                              ? holdfast_failure_to_string (machine->failure)
                              : "");
  if (world->cancel_at != HOLDFAST_STATE_IDLE && record->to == world->cancel_at
      && record->from != record->to)
    holdfast_session_send (session, HOLDFAST_EVENT_CANCEL);
}

static void
stuck_cb (World *world)
{
  world->stuck = TRUE;
}

static void
world_open (World *world, const Flow *flow)
{
  g_autoptr (HoldfastCatalogue) catalogue = holdfast_catalogue_new (NULL);
  HoldfastHeadset *model = holdfast_catalogue_find (catalogue, flow->model);
  HoldfastConsent consent = { .forget = flow->forget };
  g_autoptr (GDBusConnection) connection = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *result = NULL;
  g_autoptr (GAsyncResult) connected = NULL;
  g_autoptr (GAsyncResult) ready = NULL;

  world->flow = flow;
  world->transcript = g_string_new (NULL);
  world->clock = holdfast_manual_clock_new ();
  world->sim = holdfast_sim_new (world->clock,
                                 model,
                                 flow->fault != NULL ? holdfast_sim_fault_from_string (flow->fault)
                                                     : HOLDFAST_SIM_FAULT_NONE);
  holdfast_sim_connect_async (world->sim, NULL, holdfast_test_result_cb, &result);
  connected = holdfast_test_wait_result (&result, "a connection to the simulator");
  connection = holdfast_sim_connect_finish (world->sim, connected, &error);
  g_assert_no_error (error);
  result = NULL;
  holdfast_client_new_async (connection, NULL, NULL, holdfast_test_result_cb, &result);
  ready = holdfast_test_wait_result (&result, "the client");
  world->client = holdfast_client_new_finish (ready, &error);
  g_assert_no_error (error);
  world->radio = HOLDFAST_RADIO (holdfast_bluez_radio_new (world->client));
  world->session = holdfast_session_new (catalogue, model, world->radio, world->clock);
  world->began_us = holdfast_clock_get_now_us (world->clock);
  g_signal_connect (world->session, "stepped", G_CALLBACK (stepped_cb), world);
  world->hand = holdfast_helping_hand_new (world->session, holdfast_sim_get_headset (world->sim));
  world->pilot = holdfast_autopilot_new (world->session, &consent);
  g_signal_connect_swapped (world->pilot, "stuck", G_CALLBACK (stuck_cb), world);
  settle (world);
}

static gboolean
is_over (World *world)
{
  HoldfastState state = holdfast_session_get_state (world->session);

  return world->stuck || state == HOLDFAST_STATE_ENDED || state == world->flow->end;
}

static void
run_until_over (World *world)
{
  gint64 until_us = holdfast_clock_get_now_us (world->clock) + LONGEST_US;

  while (!is_over (world)) {
    g_assert_cmpint (holdfast_clock_get_now_us (world->clock), <, until_us);
    holdfast_manual_clock_advance (HOLDFAST_MANUAL_CLOCK (world->clock), STEP_US);
    settle (world);
  }
}

static void
let_pass (World *world, guint seconds)
{
  for (guint i = 0; i < seconds * 2; i++) {
    holdfast_manual_clock_advance (HOLDFAST_MANUAL_CLOCK (world->clock), G_USEC_PER_SEC / 2);
    settle (world);
  }
}

/* One agent a connection: if ours were still registered, another would be refused. */
static void
assert_no_agent (World *world)
{
  GDBusConnection *connection = holdfast_client_get_connection (world->client);
  static const char *const methods[] = { "RegisterAgent", "UnregisterAgent" };

  for (guint i = 0; i < G_N_ELEMENTS (methods); i++) {
    GAsyncResult *result = NULL;
    g_autoptr (GAsyncResult) owned = NULL;
    g_autoptr (GVariant) reply = NULL;
    g_autoptr (GError) error = NULL;

    g_dbus_connection_call (connection,
                            NULL,
                            "/org/bluez",
                            "org.bluez.AgentManager1",
                            methods[i],
                            i == 0 ? g_variant_new ("(os)", "/probe", "")
                                   : g_variant_new ("(o)", "/probe"),
                            NULL,
                            G_DBUS_CALL_FLAGS_NONE,
                            -1,
                            NULL,
                            holdfast_test_result_cb,
                            &result);
    owned = holdfast_test_wait_result (&result, methods[i]);
    reply = g_dbus_connection_call_finish (connection, owned, &error);
    if (error != NULL && !g_str_equal (world->flow->name, "no-adapter"))
      g_assert_no_error (error);
  }
}

static void
leave (World *world)
{
  gint64 until_us = holdfast_clock_get_now_us (world->clock) + 30 * G_USEC_PER_SEC;
  g_autofree char *state = NULL;

  holdfast_session_send (world->session, HOLDFAST_EVENT_CANCEL);
  settle (world);
  while (holdfast_session_get_state (world->session) != HOLDFAST_STATE_ENDED) {
    g_assert_cmpint (holdfast_clock_get_now_us (world->clock), <, until_us);
    holdfast_manual_clock_advance (HOLDFAST_MANUAL_CLOCK (world->clock), STEP_US);
    settle (world);
  }
  state = holdfast_sim_command (world->sim, "state");
  g_assert_nonnull (strstr (state, "discovering=no"));
  assert_no_agent (world);
}

static void
world_close (World *world)
{
  g_clear_object (&world->hand);
  g_clear_object (&world->pilot);
  if (world->session != NULL)
    holdfast_test_assert_finalize (g_steal_pointer (&world->session));
  /* What it released on its way out takes its time. */
  let_pass (world, 3);
  holdfast_test_assert_finalize (g_steal_pointer (&world->radio));
  holdfast_test_assert_finalize (g_steal_pointer (&world->client));
  holdfast_test_assert_finalize (g_steal_pointer (&world->sim));
  holdfast_test_assert_finalize (g_steal_pointer (&world->clock));
  g_string_free (world->transcript, TRUE);
}

static void
compare_with_golden (World *world)
{
  g_autofree char *name = g_strconcat (world->flow->name, ".txt", NULL);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "session", "flows", name, NULL);
  g_autofree char *golden = NULL;
  g_autoptr (GError) error = NULL;

  if (g_strcmp0 (g_getenv ("HOLDFAST_TEST_GOLDEN"), "write") == 0)
    g_file_set_contents (path, world->transcript->str, -1, &error);
  else
    g_file_get_contents (path, &golden, NULL, &error);
  g_assert_no_error (error);
  if (golden != NULL && !g_str_equal (golden, world->transcript->str)) {
    g_test_message ("what happened:\n%s", world->transcript->str);
    g_test_message ("what was expected (%s):\n%s", name, golden);
    g_test_fail ();
  }
}

static void
test_flow (gconstpointer data)
{
  World world = { 0 };

  world_open (&world, data);
  holdfast_session_send (world.session, HOLDFAST_EVENT_BEGIN);
  settle (&world);
  run_until_over (&world);
  if (world.last != world.flow->end || world.failure != world.flow->failure)
    g_test_message ("what happened:\n%s", world.transcript->str);
  g_assert_cmpstr (
      holdfast_state_to_string (world.last), ==, holdfast_state_to_string (world.flow->end));
  g_assert_cmpstr (holdfast_failure_to_string (world.failure),
                   ==,
                   holdfast_failure_to_string (world.flow->failure));
  leave (&world);
  compare_with_golden (&world);
  world_close (&world);
}

static gboolean
nothing_is_paired (gpointer user_data)
{
  GListModel *devices = holdfast_client_get_devices (((World *) user_data)->client);

  for (guint i = 0; i < g_list_model_get_n_items (devices); i++) {
    g_autoptr (HoldfastDevice) device = g_list_model_get_item (devices, i);

    if (holdfast_device_get_paired (device))
      return FALSE;
  }
  return TRUE;
}

/* Leaving at every moment of a good pairing: nothing stays behind, whatever was going on. */
static void
test_cancel_anywhere (void)
{
  static const HoldfastState stages[] = {
    HOLDFAST_STATE_GET_READY, HOLDFAST_STATE_INVITE,  HOLDFAST_STATE_LEAD_IN,
    HOLDFAST_STATE_HOLD,      HOLDFAST_STATE_FOUND,   HOLDFAST_STATE_PAIR,
    HOLDFAST_STATE_TRUST,     HOLDFAST_STATE_CONNECT, HOLDFAST_STATE_DONE,
  };

  for (guint i = 0; i < G_N_ELEMENTS (stages); i++) {
    Flow flow = { .name = "cancel", .model = "wh-1000xm4", .end = HOLDFAST_STATE_ENDED };
    World world = { .cancel_at = stages[i] };
    g_autofree char *state = NULL;

    world_open (&world, &flow);
    holdfast_session_send (world.session, HOLDFAST_EVENT_BEGIN);
    run_until_over (&world);
    leave (&world);
    g_assert_cmpstr (
        holdfast_state_to_string (world.last), ==, holdfast_state_to_string (stages[i]));
    state = holdfast_sim_command (world.sim, "state");
    if (stages[i] == HOLDFAST_STATE_DONE)
      g_assert_nonnull (strstr (state, "paired=yes"));
    else
      holdfast_test_wait (nothing_is_paired,
                          &world,
                          HOLDFAST_TEST_DEADLINE_MS,
                          holdfast_state_to_string (stages[i]));
    world_close (&world);
  }
}

/* Letting go of a session in the middle of it, as a crash of the page would. */
static void
test_dispose_anywhere (void)
{
  static const Flow stages[] = {
    { "dispose", "wh-1000xm4", NULL,            FALSE, HOLDFAST_STATE_LEAD_IN, 0 },
    { "dispose", "wh-1000xm4", NULL,            FALSE, HOLDFAST_STATE_HOLD,    0 },
    { "dispose", "wh-1000xm4", NULL,            FALSE, HOLDFAST_STATE_FOUND,   0 },
    { "dispose", "wh-1000xm4", "no-answer",     FALSE, HOLDFAST_STATE_PAIR,    0 },
    { "dispose", "wh-1000xm4", "connect-hangs", FALSE, HOLDFAST_STATE_CONNECT, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (stages); i++) {
    World world = { 0 };

    g_autofree char *state = NULL;

    world_open (&world, &stages[i]);
    holdfast_session_send (world.session, HOLDFAST_EVENT_BEGIN);
    run_until_over (&world);
    g_assert_cmpint (holdfast_session_get_state (world.session), ==, stages[i].end);
    g_clear_object (&world.hand);
    g_clear_object (&world.pilot);
    holdfast_test_assert_finalize (g_steal_pointer (&world.session));
    let_pass (&world, 5);
    state = holdfast_sim_command (world.sim, "state");
    g_assert_nonnull (strstr (state, "discovering=no"));
    assert_no_agent (&world);
    holdfast_test_wait (
        nothing_is_paired, &world, HOLDFAST_TEST_DEADLINE_MS, "the half-made pairing to be gone");
    world_close (&world);
  }
}

/* What may happen at any moment: the command that does it to the simulated world, and the one that
 * puts it right. */
typedef struct {
  const char *name;
  const char *begin;
  const char *end;
  gint64 asleep_us;
} Disturbance;

static const Disturbance disturbances[] = {
  { "service-restarts",  "restart-bluetoothd", NULL,           0                    },
  { "adapter-off",       "adapter off",        "adapter on",   0                    },
  { "adapter-unplugged", "adapter unplug",     "adapter plug", 0                    },
  { "headset-vanishes",  "vanish",             "return",       0                    },
  { "computer-sleeps",   NULL,                 NULL,           600 * G_USEC_PER_SEC },
};

static void
disturb (World *world, const char *command)
{
  g_autofree char *answer = NULL;

  if (command == NULL)
    return;
  answer = holdfast_sim_command (world->sim, command);
  g_assert_true (g_str_has_prefix (answer, "ok"));
  settle (world);
}

static gboolean
has_a_way_on (HoldfastSession *session)
{
  const HoldfastMachine *machine = holdfast_session_get_machine (session);

  for (HoldfastEventKind intent = HOLDFAST_EVENT_CONTINUE; intent <= HOLDFAST_EVENT_PIN; intent++)
    if (intent != HOLDFAST_EVENT_CANCEL && intent != HOLDFAST_EVENT_BACK
        && holdfast_machine_accepts (machine, intent))
      return TRUE;
  /* Nothing to press where a deadline or the radio leads on. */
  return machine->state == HOLDFAST_STATE_WAIT_RADIO || machine->deadline_us != G_MAXINT64
         || machine->state == HOLDFAST_STATE_ENDED;
}

static void
test_disturbance (gconstpointer data)
{
  static const Flow stages[] = {
    { "disturbed", "wh-1000xm4", NULL,            FALSE, HOLDFAST_STATE_LEAD_IN, 0 },
    { "disturbed", "wh-1000xm4", NULL,            FALSE, HOLDFAST_STATE_HOLD,    0 },
    { "disturbed", "wh-1000xm4", NULL,            FALSE, HOLDFAST_STATE_FOUND,   0 },
    { "disturbed", "wh-1000xm4", "no-answer",     FALSE, HOLDFAST_STATE_PAIR,    0 },
    { "disturbed", "wh-1000xm4", "connect-hangs", FALSE, HOLDFAST_STATE_CONNECT, 0 },
  };
  const Disturbance *disturbance = data;

  for (guint i = 0; i < G_N_ELEMENTS (stages); i++) {
    World world = { 0 };

    world_open (&world, &stages[i]);
    holdfast_session_send (world.session, HOLDFAST_EVENT_BEGIN);
    run_until_over (&world);
    g_assert_cmpint (holdfast_session_get_state (world.session), ==, stages[i].end);
    g_clear_object (&world.pilot);
    disturb (&world, disturbance->begin);
    if (disturbance->asleep_us > 0)
      holdfast_manual_clock_sleep (HOLDFAST_MANUAL_CLOCK (world.clock), disturbance->asleep_us);
    let_pass (&world, 30);
    disturb (&world, disturbance->end);
    let_pass (&world, 60);
    if (!has_a_way_on (world.session))
      g_test_message ("what happened:\n%s", world.transcript->str);
    g_assert_true (has_a_way_on (world.session));
    leave (&world);
    world_close (&world);
  }
}

/* A person who was in the middle of it can go on to the end once the world is right again. */
static void
test_goes_on (gconstpointer data)
{
  static const Flow flow
      = { "goes-on", "wh-1000xm4", NULL, FALSE, HOLDFAST_STATE_HOLD, HOLDFAST_FAILURE_NONE };
  const Disturbance *disturbance = data;
  /* It may be asked whose headset it is: this person knows. */
  HoldfastConsent consent = { .address = "38:18:4C:00:00:42" };
  World world = { 0 };
  gint64 until_us;

  world_open (&world, &flow);
  holdfast_session_send (world.session, HOLDFAST_EVENT_BEGIN);
  run_until_over (&world);
  g_clear_object (&world.pilot);
  disturb (&world, disturbance->begin);
  if (disturbance->asleep_us > 0)
    holdfast_manual_clock_sleep (HOLDFAST_MANUAL_CLOCK (world.clock), disturbance->asleep_us);
  let_pass (&world, 5);
  disturb (&world, disturbance->end);
  let_pass (&world, 5);

  holdfast_virtual_headset_set_mode (holdfast_sim_get_headset (world.sim), HOLDFAST_VIRTUAL_OFF);
  world.pilot = holdfast_autopilot_new (world.session, &consent);
  if (holdfast_session_get_state (world.session) != HOLDFAST_STATE_INVITE)
    holdfast_session_send (world.session, HOLDFAST_EVENT_BACK);
  holdfast_session_send (world.session, HOLDFAST_EVENT_START);
  until_us = holdfast_clock_get_now_us (world.clock) + 60 * G_USEC_PER_SEC;
  while (world.last != HOLDFAST_STATE_DONE && holdfast_clock_get_now_us (world.clock) < until_us) {
    holdfast_manual_clock_advance (HOLDFAST_MANUAL_CLOCK (world.clock), STEP_US);
    settle (&world);
  }
  if (world.last != HOLDFAST_STATE_DONE)
    g_test_message ("what happened:\n%s", world.transcript->str);
  g_assert_cmpstr (holdfast_state_to_string (world.last), ==, "DONE");
  leave (&world);
  world_close (&world);
}

static void
run_until (World *world, HoldfastState state)
{
  gint64 until_us = holdfast_clock_get_now_us (world->clock) + LONGEST_US;

  while (world->last != state && holdfast_clock_get_now_us (world->clock) < until_us) {
    holdfast_manual_clock_advance (HOLDFAST_MANUAL_CLOCK (world->clock), STEP_US);
    settle (world);
  }
  if (world->last != state)
    g_test_message ("what happened:\n%s", world->transcript->str);
  g_assert_cmpstr (holdfast_state_to_string (world->last), ==, holdfast_state_to_string (state));
}

/* bluetoothd 5.82 may die of RemoveDevice. It is started again, with or without the device, and the
 * person, who said "forget it", gets to the end all the same. */
static void
test_crash_at_remove (gconstpointer data)
{
  static const Flow flow
      = { "crash", "wh-1000xm4", "stale-bond", TRUE, DONE, HOLDFAST_FAILURE_NONE };
  HoldfastConsent consent = { .forget = TRUE };
  World world = { 0 };
  g_autoptr (GArray) candidates = NULL;

  world_open (&world, &flow);
  holdfast_sim_set_faults (world.sim,
                           HOLDFAST_SIM_FAULT_STALE_BOND | holdfast_sim_fault_from_string (data));
  holdfast_session_send (world.session, HOLDFAST_EVENT_BEGIN);
  run_until (&world, HOLDFAST_STATE_WAIT_RADIO);
  g_assert_nonnull (strstr (world.transcript->str, "-> FORGET         REMOVE"));
  g_clear_object (&world.pilot);

  /* The headset is still in pairing mode; whose it is has to be asked, since nobody holds now. */
  let_pass (&world, 5);
  g_assert_cmpint (world.last, ==, HOLDFAST_STATE_IDENTIFY);
  candidates = holdfast_session_get_candidates (world.session);
  g_assert_cmpuint (candidates->len, ==, 1);
  world.pilot = holdfast_autopilot_new (world.session, &consent);
  holdfast_session_send_device (
      world.session, HOLDFAST_EVENT_MINE, g_array_index (candidates, HoldfastSighting, 0).id);
  settle (&world);
  run_until (&world, DONE);
  leave (&world);
  world_close (&world);
}

/* The same, where what is to go is the half-made pairing of somebody who leaves: it does not stay.
 */
static void
test_crash_at_undoing (gconstpointer data)
{
  static const Flow flow = { "crash", "wh-1000xm4", NULL, FALSE, HOLDFAST_STATE_ENDED, 0 };
  World world = { .cancel_at = HOLDFAST_STATE_CONNECT };

  world_open (&world, &flow);
  holdfast_sim_set_faults (world.sim, holdfast_sim_fault_from_string (data));
  holdfast_session_send (world.session, HOLDFAST_EVENT_BEGIN);
  run_until_over (&world);
  leave (&world);
  g_test_message ("what happened:\n%s", world.transcript->str);
  g_assert_nonnull (strstr (world.transcript->str, "ENDING         REMOVED"));
  if (g_str_equal (data, "remove-crashes"))
    g_assert_nonnull (
        strstr (world.transcript->str, "KNOWN_DEVICE         -> ENDING         REMOVE"));
  holdfast_test_wait (
      nothing_is_paired, &world, HOLDFAST_TEST_DEADLINE_MS, "the half-made pairing to be gone");
  world_close (&world);
}

/* A key for one connection only: it is said while it still works, and why when it does not. */
static void
test_not_stored (void)
{
  static const Flow flow = { "not-stored", "wh-1000xm4",           "not-stored",
                             FALSE,        HOLDFAST_STATE_CONNECT, HOLDFAST_FAILURE_NONE };
  World world = { 0 };
  const HoldfastMachine *machine;

  world_open (&world, &flow);
  machine = holdfast_session_get_machine (world.session);
  holdfast_session_send (world.session, HOLDFAST_EVENT_BEGIN);
  run_until_over (&world);
  g_clear_object (&world.pilot);
  let_pass (&world, 3);
  g_assert_cmpstr (holdfast_state_to_string (machine->state), ==, "DONE");
  g_assert_cmpint (holdfast_machine_get_warning (machine), ==, HOLDFAST_FAILURE_NOT_STORED);
  disturb (&world, "vanish");
  let_pass (&world, 30);
  g_assert_cmpstr (holdfast_state_to_string (machine->state), ==, "FAILED");
  g_assert_cmpstr (holdfast_failure_to_string (machine->failure), ==, "not-stored");
  g_assert_cmpint (holdfast_machine_get_warning (machine), ==, HOLDFAST_FAILURE_NONE);
  g_assert_true (holdfast_machine_accepts (machine, HOLDFAST_EVENT_REPAIR));
  leave (&world);
  world_close (&world);
}

/* The Bluetooth hardware that was asked for is pulled out in the middle: the person is told which,
 * and it goes on with the same one. */
static void
test_only_adapter (void)
{
  static const Flow flow
      = { "only-adapter", "wh-1000xm4", NULL, FALSE, HOLDFAST_STATE_HOLD, HOLDFAST_FAILURE_NONE };
  World world = { 0 };

  world_open (&world, &flow);
  holdfast_client_restrict_to_adapter (world.client, "hci0");
  holdfast_session_send (world.session, HOLDFAST_EVENT_BEGIN);
  run_until_over (&world);
  g_clear_object (&world.pilot);
  disturb (&world, "adapter unplug");
  g_assert_cmpint (holdfast_session_get_state (world.session), ==, HOLDFAST_STATE_WAIT_RADIO);
  g_assert_cmpstr (holdfast_failure_to_string (world.failure), ==, "adapter-gone");
  let_pass (&world, 5);
  disturb (&world, "adapter plug");
  let_pass (&world, 5);
  g_assert_cmpint (holdfast_session_get_state (world.session), ==, HOLDFAST_STATE_INVITE);
  leave (&world);
  world_close (&world);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (flows); i++) {
    g_autofree char *path = g_strconcat ("/session/flow/", flows[i].name, NULL);

    g_test_add_data_func (path, &flows[i], test_flow);
  }
  g_test_add_func ("/session/cancel-anywhere", test_cancel_anywhere);
  g_test_add_func ("/session/dispose-anywhere", test_dispose_anywhere);
  g_test_add_data_func ("/session/crash-at-remove/kept", "remove-crashes", test_crash_at_remove);
  g_test_add_data_func (
      "/session/crash-at-remove/removed", "crash-after-remove", test_crash_at_remove);
  g_test_add_data_func ("/session/crash-at-undoing/kept", "remove-crashes", test_crash_at_undoing);
  g_test_add_data_func (
      "/session/crash-at-undoing/removed", "crash-after-remove", test_crash_at_undoing);
  g_test_add_func ("/session/not-stored", test_not_stored);
  g_test_add_func ("/session/only-adapter", test_only_adapter);
  for (guint i = 0; i < G_N_ELEMENTS (disturbances); i++) {
    g_autofree char *path = g_strconcat ("/session/disturbed/", disturbances[i].name, NULL);
    g_autofree char *on = g_strconcat ("/session/goes-on/", disturbances[i].name, NULL);

    g_test_add_data_func (path, &disturbances[i], test_disturbance);
    g_test_add_data_func (on, &disturbances[i], test_goes_on);
  }

  return g_test_run ();
}
