/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rehearsal.h"

#include "helping-hand.h"

/* Longer than any way that ends: the longest waits are for an answer to Pair, 150 s, and for the
 * end of a pairing window, 5 minutes. */
#define PATIENCE_US (10 * 60 * G_USEC_PER_SEC)

#define LOSES_BLUETOOTH                                                                            \
  (HOLDFAST_SIM_FAULT_NO_SERVICE | HOLDFAST_SIM_FAULT_NO_ADAPTER | HOLDFAST_SIM_FAULT_OFF          \
   | HOLDFAST_SIM_FAULT_BLOCKED)

struct _HoldfastRehearsal {
  GObject parent_instance;

  HoldfastSession *session;
  HoldfastSim *sim;
  HoldfastHelpingHand *hand;
  HoldfastState until;
  HoldfastSimFaults late_faults;
  guint alarm;
};

enum {
  OVER,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (HoldfastRehearsal, holdfast_rehearsal, G_TYPE_OBJECT)

static void
stop (HoldfastRehearsal *self)
{
  if (self->session == NULL)
    return;
  holdfast_clock_clear_alarm (holdfast_session_get_clock (self->session), &self->alarm);
  g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_object (&self->hand);
  g_clear_object (&self->session);
  g_clear_object (&self->sim);
}

static void
end (HoldfastRehearsal *self, gboolean reached)
{
  g_object_ref (self);
  stop (self);
  g_signal_emit (self, signals[OVER], 0, reached);
  g_object_unref (self);
}

static void
impatient_cb (gpointer user_data)
{
  HoldfastRehearsal *self = user_data;

  self->alarm = 0;
  end (self, FALSE);
}

static gboolean
is_leaving (HoldfastRehearsal *self)
{
  return self->until == HOLDFAST_STATE_ENDING || self->until == HOLDFAST_STATE_ENDED;
}

static void
identify (HoldfastRehearsal *self)
{
  const char *address = holdfast_sim_get_headset_address (self->sim);
  g_autoptr (GArray) candidates = holdfast_session_get_candidates (self->session);

  for (guint i = 0; i < candidates->len; i++) {
    const HoldfastSighting *candidate = &g_array_index (candidates, HoldfastSighting, i);

    if (g_str_equal (candidate->address, address)) {
      holdfast_session_send_device (self->session, HOLDFAST_EVENT_MINE, candidate->id);
      return;
    }
  }
  /* Only others so far. */
  if (candidates->len > 0)
    holdfast_session_send_device (
        self->session, HOLDFAST_EVENT_NOT_MINE, g_array_index (candidates, HoldfastSighting, 0).id);
}

/* Does the next thing, if there is one to do. Returns FALSE where no way leads on. */
static gboolean
go_on (HoldfastRehearsal *self)
{
  HoldfastSession *session = self->session;
  const HoldfastMachine *machine = holdfast_session_get_machine (session);

  switch (machine->state) {
  case HOLDFAST_STATE_KNOWN:
    holdfast_session_send (session, HOLDFAST_EVENT_PAIR_AGAIN);
    return TRUE;
  case HOLDFAST_STATE_GET_READY:
  case HOLDFAST_STATE_HOLD: /* a step without a time: somebody must say that it is done */
    if (holdfast_machine_accepts (machine, HOLDFAST_EVENT_CONTINUE))
      holdfast_session_send (session, HOLDFAST_EVENT_CONTINUE);
    else if (machine->state == HOLDFAST_STATE_GET_READY)
      return FALSE;
    return TRUE;
  case HOLDFAST_STATE_ASK_WAY:
    holdfast_session_send_answer (session, HOLDFAST_EVENT_ANSWER_WAY, TRUE);
    return TRUE;
  case HOLDFAST_STATE_INVITE:
    if (is_leaving (self))
      holdfast_session_send (session, HOLDFAST_EVENT_CANCEL);
    else if (self->late_faults != 0)
      holdfast_sim_set_fault (self->sim, self->late_faults, TRUE);
    else
      holdfast_session_send (session, HOLDFAST_EVENT_START);
    return TRUE;
  case HOLDFAST_STATE_ASK_LIGHT:
    if (!holdfast_rehearsal_is_guide (self->until))
      return FALSE;
    holdfast_session_send_answer (
        session, HOLDFAST_EVENT_ANSWER_LIGHT, HOLDFAST_LIGHT_ANSWER_PAIRS);
    return TRUE;
  case HOLDFAST_STATE_IDENTIFY:
    identify (self);
    return TRUE;
  case HOLDFAST_STATE_ASK_FORGET:
  case HOLDFAST_STATE_ASK_UNBLOCK:
    holdfast_session_send (session, HOLDFAST_EVENT_CONTINUE);
    return TRUE;
  case HOLDFAST_STATE_ASK_PIN:
    holdfast_session_send_pin (session, "7777");
    return TRUE;
  case HOLDFAST_STATE_DONE:
  case HOLDFAST_STATE_GUIDE_DONE:
  case HOLDFAST_STATE_FAILED:
  case HOLDFAST_STATE_ENDED:
    return FALSE;
  case HOLDFAST_STATE_IDLE:
  case HOLDFAST_STATE_WAIT_RADIO:
  case HOLDFAST_STATE_LEAD_IN:
  case HOLDFAST_STATE_LOOKING:
  case HOLDFAST_STATE_FOUND:
  case HOLDFAST_STATE_FORGET:
  case HOLDFAST_STATE_PAIR:
  case HOLDFAST_STATE_PAIR_WAIT:
  case HOLDFAST_STATE_TRUST:
  case HOLDFAST_STATE_CONNECT:
  case HOLDFAST_STATE_CONNECT_WAIT:
  case HOLDFAST_STATE_VERIFY:
  case HOLDFAST_STATE_ENDING:
  case HOLDFAST_STATE_MAX:
    break;
  }
  return TRUE;
}

static void
changed_cb (HoldfastSession *session, HoldfastRehearsal *self)
{
  if (!go_on (self))
    end (self, FALSE);
}

/* Some states are passed within one step of the session; "changed" tells of settled ones only. */
static void
stepped_cb (HoldfastSession *session, const HoldfastStepRecord *record, HoldfastRehearsal *self)
{
  if (record->to == self->until && record->from != record->to)
    end (self, TRUE);
}

static void
holdfast_rehearsal_dispose (GObject *object)
{
  stop (HOLDFAST_REHEARSAL (object));

  G_OBJECT_CLASS (holdfast_rehearsal_parent_class)->dispose (object);
}

static void
holdfast_rehearsal_class_init (HoldfastRehearsalClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = holdfast_rehearsal_dispose;

  signals[OVER] = g_signal_new ("over",
                                HOLDFAST_TYPE_REHEARSAL,
                                G_SIGNAL_RUN_LAST,
                                0,
                                NULL,
                                NULL,
                                NULL,
                                G_TYPE_NONE,
                                1,
                                G_TYPE_BOOLEAN);
}

static void
holdfast_rehearsal_init (HoldfastRehearsal *self)
{
}

HoldfastRehearsal *
holdfast_rehearsal_new (HoldfastSession *session,
                        HoldfastSim *sim,
                        HoldfastState until,
                        HoldfastSimFaults faults)
{
  HoldfastRehearsal *self = NULL;
  HoldfastClock *clock = NULL;

  g_return_val_if_fail (HOLDFAST_IS_SESSION (session), NULL);
  g_return_val_if_fail (HOLDFAST_IS_SIM (sim), NULL);

  self = g_object_new (HOLDFAST_TYPE_REHEARSAL, NULL);
  self->session = g_object_ref (session);
  self->sim = g_object_ref (sim);
  self->until = until;
  self->late_faults = faults & ~holdfast_rehearsal_get_first_faults (until, faults);
  if (until == HOLDFAST_STATE_WAIT_RADIO && self->late_faults == 0)
    self->late_faults = HOLDFAST_SIM_FAULT_OFF;
  self->hand = holdfast_helping_hand_new (session, holdfast_sim_get_headset (sim));
  g_signal_connect_object (session, "stepped", G_CALLBACK (stepped_cb), self, 0);
  g_signal_connect_object (session, "changed", G_CALLBACK (changed_cb), self, 0);
  clock = holdfast_session_get_clock (session);
  self->alarm = holdfast_clock_set_alarm (
      clock, holdfast_clock_get_now_us (clock) + PATIENCE_US, impatient_cb, self);
  return self;
}

HoldfastSimFaults
holdfast_rehearsal_get_first_faults (HoldfastState until, HoldfastSimFaults faults)
{
  return until == HOLDFAST_STATE_WAIT_RADIO ? faults & ~LOSES_BLUETOOTH : faults;
}

gboolean
holdfast_rehearsal_is_guide (HoldfastState until)
{
  return until == HOLDFAST_STATE_GUIDE_DONE;
}

gboolean
holdfast_rehearsal_parse_state (const char *text, HoldfastState *ret_state)
{
  g_autofree char *name = NULL;

  g_return_val_if_fail (text != NULL, FALSE);

  name = g_strdelimit (g_ascii_strup (text, -1), "-", '_');
  for (HoldfastState state = 0; state < HOLDFAST_STATE_MAX; state++) {
    if (g_str_equal (name, holdfast_state_to_string (state))) {
      *ret_state = state;
      return TRUE;
    }
  }
  return FALSE;
}
