/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A session without a radio: the same states, and the person's eyes judge. */

#include "config.h"

#include "holdfast-test.h"
#include "session.h"

static HoldfastSession *
new_guide (HoldfastCatalogue *catalogue, HoldfastHeadset *headset, HoldfastClock *clock)
{
  HoldfastSession *session = holdfast_session_new (catalogue, headset, NULL, clock);

  holdfast_session_send (session, HOLDFAST_EVENT_BEGIN);
  return session;
}

static void
advance_to (HoldfastSession *session, HoldfastClock *clock, HoldfastState state)
{
  for (guint i = 0; i < 200 && holdfast_session_get_state (session) != state; i++) {
    const HoldfastMachine *machine = holdfast_session_get_machine (session);

    if (machine->state == HOLDFAST_STATE_ASK_WAY)
      holdfast_session_send_answer (session, HOLDFAST_EVENT_ANSWER_WAY, TRUE);
    else if (holdfast_machine_accepts (machine, HOLDFAST_EVENT_CONTINUE))
      holdfast_session_send (session, HOLDFAST_EVENT_CONTINUE);
    holdfast_manual_clock_advance (HOLDFAST_MANUAL_CLOCK (clock), G_USEC_PER_SEC / 2);
  }
  g_assert_cmpstr (holdfast_state_to_string (holdfast_session_get_state (session)),
                   ==,
                   holdfast_state_to_string (state));
}

static void
test_every_model (void)
{
  g_autoptr (HoldfastCatalogue) catalogue = holdfast_catalogue_new (NULL);
  GListModel *models = holdfast_catalogue_get_models (catalogue);
  guint n_guided = 0;

  for (guint i = 0; i < g_list_model_get_n_items (models); i++) {
    g_autoptr (HoldfastHeadset) headset = g_list_model_get_item (models, i);
    g_autoptr (HoldfastClock) clock = holdfast_manual_clock_new ();
    HoldfastSession *session = NULL;

    if (holdfast_headset_get_pairing_ways (headset)->len == 0)
      continue;
    session = new_guide (catalogue, headset, clock);
    advance_to (session, clock, HOLDFAST_STATE_INVITE);
    holdfast_session_send (session, HOLDFAST_EVENT_START);
    advance_to (session, clock, HOLDFAST_STATE_ASK_LIGHT);
    holdfast_session_send_answer (
        session, HOLDFAST_EVENT_ANSWER_LIGHT, HOLDFAST_LIGHT_ANSWER_PAIRS);
    g_assert_cmpint (holdfast_session_get_state (session), ==, HOLDFAST_STATE_GUIDE_DONE);
    holdfast_session_send (session, HOLDFAST_EVENT_CONTINUE);
    advance_to (session, clock, HOLDFAST_STATE_ENDED);
    holdfast_test_assert_finalize (session);
    n_guided++;
  }
  g_test_message ("%u models guided", n_guided);
  g_assert_cmpuint (n_guided, >, 30);
}

/* Answers what leads to HOLD, and says which control is then held. */
static HoldfastControl
get_control (HoldfastCatalogue *catalogue, HoldfastTristate case_button, gboolean *ret_asked)
{
  g_autoptr (HoldfastClock) clock = holdfast_manual_clock_new ();
  GListModel *families = holdfast_catalogue_get_families (catalogue);
  HoldfastControl control = HOLDFAST_CONTROL_NONE;
  HoldfastSession *session = NULL;

  for (guint i = 0; session == NULL && i < g_list_model_get_n_items (families); i++) {
    g_autoptr (HoldfastHeadset) family = g_list_model_get_item (families, i);

    if (g_str_equal (holdfast_headset_get_id (family), "family-wf-1000x"))
      session = holdfast_session_new (catalogue, family, NULL, clock);
  }
  g_assert_nonnull (session);
  if (case_button != HOLDFAST_TRISTATE_UNKNOWN)
    holdfast_session_set_case_button (session, case_button);
  holdfast_session_send (session, HOLDFAST_EVENT_BEGIN);
  holdfast_session_send (session, HOLDFAST_EVENT_CONTINUE);
  *ret_asked = holdfast_session_get_state (session) == HOLDFAST_STATE_ASK_WAY;
  if (!*ret_asked) {
    const HoldfastGesture *way
        = holdfast_machine_get_chosen_gesture (holdfast_session_get_machine (session));

    g_assert_cmpint (holdfast_session_get_state (session), ==, HOLDFAST_STATE_INVITE);
    g_assert_nonnull (way);
    for (guint i = 0; i < holdfast_gesture_get_n_steps (way); i++) {
      if (holdfast_gesture_get_step (way, i)->action == HOLDFAST_ACTION_HOLD)
        control = holdfast_gesture_get_step (way, i)->control;
    }
  }
  holdfast_test_assert_finalize (session);
  return control;
}

/* What was answered before the session is not asked again, and what it rules out is not tried. */
static void
test_answered_before (void)
{
  g_autoptr (HoldfastCatalogue) catalogue = holdfast_catalogue_new (NULL);
  gboolean asked = FALSE;

  get_control (catalogue, HOLDFAST_TRISTATE_UNKNOWN, &asked);
  g_assert_true (asked);
  g_assert_cmpint (
      get_control (catalogue, HOLDFAST_TRISTATE_YES, &asked), ==, HOLDFAST_CONTROL_CASE_BUTTON);
  g_assert_false (asked);
  g_assert_cmpint (
      get_control (catalogue, HOLDFAST_TRISTATE_NO, &asked), ==, HOLDFAST_CONTROL_EARBUD_TOUCH);
  g_assert_false (asked);
}

static void
test_leave_at_once (void)
{
  g_autoptr (HoldfastCatalogue) catalogue = holdfast_catalogue_new (NULL);
  g_autoptr (HoldfastClock) clock = holdfast_manual_clock_new ();
  HoldfastSession *session
      = new_guide (catalogue, holdfast_catalogue_find (catalogue, "wh-1000xm4"), clock);

  holdfast_session_send (session, HOLDFAST_EVENT_CANCEL);
  g_assert_cmpint (holdfast_session_get_state (session), ==, HOLDFAST_STATE_ENDED);
  g_assert_cmpint (
      holdfast_manual_clock_get_next_alarm_us (HOLDFAST_MANUAL_CLOCK (clock)), ==, G_MAXINT64);
  holdfast_test_assert_finalize (session);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/session/guide/every-model", test_every_model);
  g_test_add_func ("/session/guide/answered-before", test_answered_before);
  g_test_add_func ("/session/guide/leave-at-once", test_leave_at_once);

  return g_test_run ();
}
