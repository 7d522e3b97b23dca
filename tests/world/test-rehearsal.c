/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Each command of the table in docs/debugging.md gets to its state, on a clock that is moved by
 * hand, with everything between the scripted person and the simulated headset real. */

#include "config.h"

#include "holdfast-test.h"
#include "rehearsal.h"
#include "world.h"

#define STEP_US (100 * 1000)
#define LONGEST_US (11 * 60 * G_USEC_PER_SEC)

typedef struct {
  HoldfastCatalogue *catalogue;
  HoldfastClock *clock;
  HoldfastWorld *world;
  HoldfastSession *session;
  HoldfastRehearsal *rehearsal;
  GString *states;
  gboolean over;
  gboolean reached;
} Stage;

static void
settle (Stage *stage)
{
  holdfast_test_settle_connection (
      holdfast_client_get_connection (holdfast_world_get_client (stage->world)));
}

static void
over_cb (HoldfastRehearsal *rehearsal, gboolean reached, Stage *stage)
{
  g_assert_false (stage->over);
  stage->over = TRUE;
  stage->reached = reached;
}

static void
stepped_cb (HoldfastSession *session, const HoldfastStepRecord *record, Stage *stage)
{
  if (record->to != record->from)
    g_string_append_printf (stage->states, " %s", holdfast_state_to_string (record->to));
}

static void
open_stage (Stage *stage, const char *model, HoldfastState until, HoldfastSimFaults faults)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) opened = NULL;
  GAsyncResult *result = NULL;
  HoldfastWorldOptions options = { 0 };

  stage->catalogue = holdfast_catalogue_new (&error);
  g_assert_no_error (error);
  stage->clock = holdfast_manual_clock_new ();
  stage->states = g_string_new (NULL);
  options.simulate = holdfast_catalogue_find (stage->catalogue, model);
  g_assert_nonnull (options.simulate);
  options.clock = stage->clock;
  options.faults = holdfast_rehearsal_get_first_faults (until, faults);
  holdfast_world_open_async (&options, NULL, holdfast_test_result_cb, &result);
  opened = holdfast_test_wait_result (&result, "the simulated world");
  stage->world = holdfast_world_open_finish (opened, &error);
  g_assert_no_error (error);
  stage->session = holdfast_session_new (
      stage->catalogue,
      options.simulate,
      holdfast_rehearsal_is_guide (until) ? NULL : holdfast_world_get_radio (stage->world),
      stage->clock);
  stage->rehearsal = holdfast_rehearsal_new (
      stage->session, holdfast_world_get_sim (stage->world), until, faults);
  g_signal_connect (stage->rehearsal, "over", G_CALLBACK (over_cb), stage);
  g_signal_connect (stage->session, "stepped", G_CALLBACK (stepped_cb), stage);
  holdfast_session_send (stage->session, HOLDFAST_EVENT_BEGIN);
}

static void
run_until_over (Stage *stage)
{
  gint64 until_us = holdfast_clock_get_now_us (stage->clock) + LONGEST_US;

  while (!stage->over) {
    settle (stage);
    if (stage->over)
      break;
    g_assert_cmpint (holdfast_clock_get_now_us (stage->clock), <, until_us);
    holdfast_manual_clock_advance (HOLDFAST_MANUAL_CLOCK (stage->clock), STEP_US);
  }
}

static void
close_stage (Stage *stage)
{
  holdfast_test_assert_finalize (stage->rehearsal);
  g_clear_object (&stage->session);
  settle (stage);
  holdfast_test_assert_finalize (stage->world);
  g_clear_object (&stage->clock);
  g_clear_object (&stage->catalogue);
  g_string_free (stage->states, TRUE);
}

/* Returns: (transfer full) (nullable): what follows @option in @command */
static char *
get_option (const char *command, const char *option)
{
  const char *at = strstr (command, option);

  if (at == NULL)
    return NULL;
  at += strlen (option);
  return g_strndup (at, strcspn (at, " `"));
}

static char *
find_command (const char *state)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "docs", "debugging.md", NULL);
  g_autofree char *row = g_strdup_printf ("\n| `%s` | `holdfast ", state);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  const char *at = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  at = strstr (text, row);
  if (at == NULL) {
    g_test_fail_printf ("docs/debugging.md has no command for %s", state);
    return NULL;
  }
  at += strlen (row);
  return g_strndup (at, strcspn (at, "`"));
}

static void
test_documented (gconstpointer data)
{
  HoldfastState state = GPOINTER_TO_INT (data);
  g_autofree char *command = find_command (holdfast_state_to_string (state));
  g_autofree char *until = NULL;
  g_autofree char *model = NULL;
  g_autofree char *fault = NULL;
  HoldfastState parsed = HOLDFAST_STATE_MAX;
  Stage stage = { 0 };

  if (command == NULL)
    return;
  g_assert_nonnull (strstr (command, "--simulate"));
  until = get_option (command, "--until=");
  model = get_option (command, "--pair=");
  fault = get_option (command, "--fault=");
  g_assert_true (holdfast_rehearsal_parse_state (until, &parsed));
  g_assert_cmpint (parsed, ==, state);
  if (state == HOLDFAST_STATE_IDLE) {
    g_assert_null (model); /* nothing is begun */
    return;
  }
  open_stage (&stage,
              model,
              state,
              fault != NULL ? holdfast_sim_fault_from_string (fault) : HOLDFAST_SIM_FAULT_NONE);
  run_until_over (&stage);
  if (!stage.reached)
    g_test_message ("came by%s", stage.states->str);
  g_assert_true (stage.reached);
  close_stage (&stage);
}

/* Where there is no way it ends, too, and says so. */
static void
test_no_way (void)
{
  Stage stage = { 0 };

  open_stage (&stage, "WH-1000XM4", HOLDFAST_STATE_DONE, HOLDFAST_SIM_FAULT_REJECT);
  run_until_over (&stage);
  g_assert_false (stage.reached);
  g_assert_cmpint (holdfast_session_get_state (stage.session), ==, HOLDFAST_STATE_FAILED);
  close_stage (&stage);
}

/* Once it is over nobody holds the headset's buttons, and nobody answers. */
static void
test_hands_over (void)
{
  Stage stage = { 0 };

  open_stage (&stage, "WH-1000XM4", HOLDFAST_STATE_HOLD, HOLDFAST_SIM_FAULT_NONE);
  run_until_over (&stage);
  g_assert_true (stage.reached);
  for (guint i = 0; i < 600; i++) {
    holdfast_manual_clock_advance (HOLDFAST_MANUAL_CLOCK (stage.clock), STEP_US);
    settle (&stage);
  }
  g_assert_cmpint (holdfast_virtual_headset_get_mode (
                       holdfast_sim_get_headset (holdfast_world_get_sim (stage.world))),
                   ==,
                   HOLDFAST_VIRTUAL_OFF);
  g_assert_cmpint (holdfast_session_get_state (stage.session), ==, HOLDFAST_STATE_ASK_LIGHT);
  close_stage (&stage);
}

static void
test_names (void)
{
  static const char *const good[] = { "GET_READY", "get-ready", "Get_Ready", "get_ready" };
  HoldfastState state = HOLDFAST_STATE_IDLE;

  for (guint i = 0; i < G_N_ELEMENTS (good); i++) {
    g_assert_true (holdfast_rehearsal_parse_state (good[i], &state));
    g_assert_cmpint (state, ==, HOLDFAST_STATE_GET_READY);
  }
  g_assert_false (holdfast_rehearsal_parse_state ("", &state));
  g_assert_false (holdfast_rehearsal_parse_state ("ready", &state));
  g_assert_false (holdfast_rehearsal_parse_state ("GET READY", &state));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/rehearsal/names", test_names);
  g_test_add_func ("/rehearsal/no-way", test_no_way);
  g_test_add_func ("/rehearsal/hands-over", test_hands_over);
  for (HoldfastState state = 0; state < HOLDFAST_STATE_MAX; state++) {
    g_autofree char *path
        = g_strconcat ("/rehearsal/documented/", holdfast_state_to_string (state), NULL);

    g_test_add_data_func (path, GINT_TO_POINTER (state), test_documented);
  }
  return g_test_run ();
}
