/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "machine-private.h"

#define SECONDS(n) HOLDFAST_MACHINE_SECONDS (n)

/* Where the catalogue is silent; longest as the cap for headsets whose erasing time is unknown. */
#define FALLBACK_STEP_US SECONDS (2)
#define FALLBACK_LONGEST_US SECONDS (8)
#define FALLBACK_WINDOW_US SECONDS (300)

/* To read "let go", to do it, and for the headset to notice that a hold is over. */
#define LETTING_GO_US SECONDS (3)

static const char *const event_names[HOLDFAST_EVENT_MAX] = {
  [HOLDFAST_EVENT_BEGIN] = "BEGIN",
  [HOLDFAST_EVENT_CONTINUE] = "CONTINUE",
  [HOLDFAST_EVENT_BACK] = "BACK",
  [HOLDFAST_EVENT_CANCEL] = "CANCEL",
  [HOLDFAST_EVENT_START] = "START",
  [HOLDFAST_EVENT_HOLDING_NOW] = "HOLDING_NOW",
  [HOLDFAST_EVENT_AGAIN] = "AGAIN",
  [HOLDFAST_EVENT_ANSWER_WAY] = "ANSWER_WAY",
  [HOLDFAST_EVENT_ANSWER_LIGHT] = "ANSWER_LIGHT",
  [HOLDFAST_EVENT_MINE] = "MINE",
  [HOLDFAST_EVENT_NOT_MINE] = "NOT_MINE",
  [HOLDFAST_EVENT_REPAIR] = "REPAIR",
  [HOLDFAST_EVENT_SOMETHING_ELSE] = "SOMETHING_ELSE",
  [HOLDFAST_EVENT_PAIR_AGAIN] = "PAIR_AGAIN",
  [HOLDFAST_EVENT_PIN] = "PIN",
  [HOLDFAST_EVENT_RADIO] = "RADIO",
  [HOLDFAST_EVENT_KNOWN_DEVICE] = "KNOWN_DEVICE",
  [HOLDFAST_EVENT_VERDICT] = "VERDICT",
  [HOLDFAST_EVENT_DEVICE] = "DEVICE",
  [HOLDFAST_EVENT_GONE] = "GONE",
  [HOLDFAST_EVENT_DISCOVERY_STARTED] = "DISCOVERY_STARTED",
  [HOLDFAST_EVENT_DISCOVERY_STOPPED] = "DISCOVERY_STOPPED",
  [HOLDFAST_EVENT_AGENT_REGISTERED] = "AGENT_REGISTERED",
  [HOLDFAST_EVENT_AGENT_GONE] = "AGENT_GONE",
  [HOLDFAST_EVENT_PAIRED] = "PAIRED",
  [HOLDFAST_EVENT_PAIRING_CANCELLED] = "PAIRING_CANCELLED",
  [HOLDFAST_EVENT_TRUSTED] = "TRUSTED",
  [HOLDFAST_EVENT_CONNECTED] = "CONNECTED",
  [HOLDFAST_EVENT_REMOVED] = "REMOVED",
  [HOLDFAST_EVENT_UNBLOCKED] = "UNBLOCKED",
  [HOLDFAST_EVENT_POWERED] = "POWERED",
  [HOLDFAST_EVENT_PIN_ASKED] = "PIN_ASKED",
  [HOLDFAST_EVENT_RESUMED] = "RESUMED",
  [HOLDFAST_EVENT_DEADLINE] = "DEADLINE",
};

/* By bit, which is the order in which they are to be done. */
static const char *const effect_names[] = {
  "CANCEL_PAIRING", "STOP_DISCOVERY",  "UNREGISTER_AGENT", "REMOVE", "POWER_ON",
  "REGISTER_AGENT", "START_DISCOVERY", "UNBLOCK",          "PAIR",   "TRUST",
  "CONNECT",        "RESET_DETECTOR",  "REJUDGE",
};

static const char *const want_words[] = {
  [HOLDFAST_WANT_OFF] = "off",
  [HOLDFAST_WANT_AS_IT_WAS] = "as it was",
  [HOLDFAST_WANT_ON] = "on",
};

static const char *const deadline_words[] = {
  [HOLDFAST_DEADLINE_NONE] = "-",
  [HOLDFAST_DEADLINE_AFTER] = NULL, /* told in seconds */
  [HOLDFAST_DEADLINE_LEAD_IN] = "the lead-in; 3 s at least when it begins again",
  [HOLDFAST_DEADLINE_STEP] = "end of the running step",
  [HOLDFAST_DEADLINE_LOOKING] = "15 s, 30 s to come nearer, or end of the pairing window",
  [HOLDFAST_DEADLINE_WINDOW] = "end of the pairing window, if it began",
  [HOLDFAST_DEADLINE_PAIR] = "150 s, then 10 s for the Paired flag",
  [HOLDFAST_DEADLINE_PAUSE] = "2, 3 or 10 s, by the cause",
};

gboolean
holdfast_machine_has_radio (const HoldfastMachine *self)
{
  return self->config.guide || self->radio == HOLDFAST_FAILURE_NONE
         || self->radio == HOLDFAST_FAILURE_SOUND_NOT_READY
         || self->radio == HOLDFAST_FAILURE_INACTIVE_SEAT;
}

const HoldfastGesture *
holdfast_machine_get_gesture (const HoldfastMachine *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (self->config.ways == NULL || self->way >= self->config.ways->len)
    return NULL;
  return g_ptr_array_index (self->config.ways, self->way);
}

const HoldfastGesture *
holdfast_machine_get_chosen_gesture (const HoldfastMachine *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (self->config.question != HOLDFAST_QUESTION_NONE
      && (!self->continued || self->state == HOLDFAST_STATE_ASK_WAY))
    return NULL;
  return holdfast_machine_get_gesture (self);
}

int
holdfast_machine_get_last_step (const HoldfastMachine *self)
{
  const HoldfastGesture *gesture = holdfast_machine_get_gesture (self);

  for (guint i = gesture != NULL ? holdfast_gesture_get_n_steps (gesture) : 0; i > 0; i--) {
    if (holdfast_gesture_get_step (gesture, i - 1)->action == HOLDFAST_ACTION_HOLD)
      return (int) i - 1;
  }
  return -1;
}

/* What comes before the first counted step is done before START: the invitation shows it. */
int
holdfast_machine_get_first_step (const HoldfastMachine *self)
{
  const HoldfastGesture *gesture = holdfast_machine_get_gesture (self);
  int last = holdfast_machine_get_last_step (self);

  for (int i = 0; i <= last; i++) {
    HoldfastAction action = holdfast_gesture_get_step (gesture, (guint) i)->action;

    if (action == HOLDFAST_ACTION_HOLD || action == HOLDFAST_ACTION_WAIT)
      return i;
  }
  return -1;
}

gint64
holdfast_machine_get_step_length_us (const HoldfastMachine *self)
{
  const HoldfastGesture *gesture = holdfast_machine_get_gesture (self);
  int last = holdfast_machine_get_last_step (self);
  const HoldfastStep *step;

  if (gesture == NULL || (int) self->step > last)
    return FALLBACK_STEP_US;

  step = holdfast_gesture_get_step (gesture, self->step);
  if (step->action == HOLDFAST_ACTION_WAIT)
    return (gint64) step->earliest_ms * 1000;
  if (step->action != HOLDFAST_ACTION_HOLD)
    return -1;
  if ((int) self->step == last)
    return step->longest_ms > 0 ? (gint64) step->longest_ms * 1000 : FALLBACK_LONGEST_US;
  return step->usual_ms > 0 ? (gint64) step->usual_ms * 1000 : FALLBACK_STEP_US;
}

gint64
holdfast_machine_get_window_length_us (const HoldfastMachine *self)
{
  const HoldfastGesture *gesture = NULL;

  g_return_val_if_fail (self != NULL, FALLBACK_WINDOW_US);

  gesture = holdfast_machine_get_gesture (self);
  if (gesture == NULL || gesture->window_ms == 0)
    return FALLBACK_WINDOW_US;
  return (gint64) gesture->window_ms * 1000;
}

gint64
holdfast_machine_get_window_end_us (const HoldfastMachine *self)
{
  g_return_val_if_fail (self != NULL, G_MAXINT64);

  if (self->window_began_us < 0)
    return G_MAXINT64;
  return self->window_began_us + holdfast_machine_get_window_length_us (self);
}

gboolean
holdfast_machine_find_untried_way (const HoldfastMachine *self, guint *ret_way)
{
  guint n_ways = self->config.ways != NULL ? MIN (self->config.ways->len, 32) : 0;

  for (guint i = 0; i < n_ways; i++) {
    if ((self->ways_tried & (1u << i)) == 0) {
      *ret_way = i;
      return TRUE;
    }
  }
  return FALSE;
}

static gboolean
is_about_to_hold (HoldfastState state)
{
  return state == HOLDFAST_STATE_LEAD_IN || state == HOLDFAST_STATE_HOLD;
}

static void
enter (HoldfastTurn *turn, HoldfastState next)
{
  HoldfastMachine *self = turn->machine;
  const HoldfastStateRow *row = holdfast_machine_get_state_row (next);
  HoldfastState from = self->state;

  if ((row->traits & HOLDFAST_STATE_NEEDS_RADIO) != 0 && !holdfast_machine_has_radio (self)) {
    next = HOLDFAST_STATE_WAIT_RADIO;
    row = holdfast_machine_get_state_row (next);
    self->failure = self->radio;
  }
  self->state = next;
  self->entered_us = turn->now_us;
  /* Whatever comes next, the hand has let go. Where nothing is held, what is done instead takes its
   * time now. */
  if (is_about_to_hold (from) && !is_about_to_hold (next)
      && !holdfast_machine_if_nothing_to_hold (turn))
    holdfast_machine_end_hold (turn);
  if ((row->traits & HOLDFAST_STATE_KEEPS_FAILURE) == 0)
    self->failure = HOLDFAST_FAILURE_NONE;
  if ((row->traits & HOLDFAST_STATE_REJUDGES) != 0 && !self->config.guide)
    turn->effects |= HOLDFAST_EFFECT_REJUDGE;
  if (row->enter != NULL)
    row->enter (turn);
}

static gboolean
take_row (HoldfastTurn *turn, HoldfastEventKind event)
{
  const HoldfastRow *row = holdfast_machine_find_row (turn, event);

  if (row == NULL)
    return FALSE;
  if (row->action != NULL)
    row->action (turn);
  if (row->next != HOLDFAST_STATE_MAX)
    enter (turn, row->next);
  return TRUE;
}

/* Reconciling: what is wanted against what is. */

static HoldfastResource
reconcile_resource (HoldfastTurn *turn,
                    HoldfastResource resource,
                    HoldfastWant want,
                    HoldfastEffects start,
                    HoldfastEffects stop)
{
  gboolean at_the_end = turn->machine->state == HOLDFAST_STATE_ENDED;

  if (want == HOLDFAST_WANT_ON && resource == HOLDFAST_RESOURCE_OFF) {
    turn->effects |= start;
    return HOLDFAST_RESOURCE_STARTING;
  }
  /* There is no later: at the end the stop is sent before the start was answered. */
  if (want == HOLDFAST_WANT_OFF
      && (resource == HOLDFAST_RESOURCE_ON
          || (at_the_end && resource == HOLDFAST_RESOURCE_STARTING))) {
    turn->effects |= stop;
    return HOLDFAST_RESOURCE_STOPPING;
  }
  return resource;
}

static void
reconcile_resources (HoldfastTurn *turn, const HoldfastStateRow *row)
{
  HoldfastMachine *self = turn->machine;
  gboolean guide = self->config.guide;
  HoldfastResource discovery;

  discovery = reconcile_resource (turn,
                                  self->discovery,
                                  guide ? HOLDFAST_WANT_OFF : row->discovery,
                                  HOLDFAST_EFFECT_START_DISCOVERY,
                                  HOLDFAST_EFFECT_STOP_DISCOVERY);
  if (discovery != self->discovery)
    holdfast_machine_set_discovery (turn, discovery);
  self->agent = reconcile_resource (turn,
                                    self->agent,
                                    guide ? HOLDFAST_WANT_OFF : row->agent,
                                    HOLDFAST_EFFECT_REGISTER_AGENT,
                                    HOLDFAST_EFFECT_UNREGISTER_AGENT);
}

static void
reconcile_bonds (HoldfastTurn *turn, const HoldfastStateRow *row)
{
  HoldfastMachine *self = turn->machine;

  /* With the pairing made there is nothing left to cancel, even if Pair has not replied. */
  if (self->pair_due && !self->pair_abandoned && !self->keep_bond
      && !(self->made_bond && self->bond_device == self->pair_device)
      && (row->traits & HOLDFAST_STATE_KEEPS_PAIR) == 0) {
    self->pair_abandoned = TRUE;
    if (self->pair_pending)
      turn->effects |= HOLDFAST_EFFECT_CANCEL_PAIRING;
  }
  if (self->made_bond && self->bond_device != 0 && !self->keep_bond
      && (row->traits & HOLDFAST_STATE_KEEPS_BOND) == 0) {
    holdfast_machine_undo_bond (self, self->bond_device);
    self->made_bond = FALSE;
  }
  if (self->remove_device != 0 && !self->removing) {
    self->removing = TRUE;
    turn->effects |= HOLDFAST_EFFECT_REMOVE;
  }
}

static void
reconcile_calls (HoldfastTurn *turn)
{
  HoldfastMachine *self = turn->machine;

  if (self->device == 0 || self->removing)
    return;
  if (self->state == HOLDFAST_STATE_PAIR && !self->pair_asked && !self->pair_due
      && (self->flags & HOLDFAST_DEVICE_PAIRED) == 0 && self->agent == HOLDFAST_RESOURCE_ON) {
    self->pair_asked = TRUE;
    self->pair_due = TRUE;
    self->pair_pending = TRUE;
    self->pair_abandoned = FALSE;
    self->pair_device = self->device;
    if (self->keep_bond)
      self->made_bond = FALSE; /* the one that was kept; from here on it is about this one */
    self->keep_bond = FALSE;
    turn->effects |= HOLDFAST_EFFECT_PAIR;
  }
  /* Searching starves the link, so it has to be over first. */
  if (self->state == HOLDFAST_STATE_CONNECT && !self->connect_asked && !self->connecting
      && self->discovery == HOLDFAST_RESOURCE_OFF) {
    self->connect_asked = TRUE;
    self->connecting = TRUE;
    self->connect_device = self->device;
    turn->effects |= HOLDFAST_EFFECT_CONNECT;
  }
}

static void
reconcile (HoldfastTurn *turn)
{
  const HoldfastStateRow *row = holdfast_machine_get_state_row (turn->machine->state);

  reconcile_bonds (turn, row);
  reconcile_resources (turn, row);
  reconcile_calls (turn);
}

static gint64
get_deadline_us (const HoldfastMachine *self)
{
  const HoldfastStateRow *row = holdfast_machine_get_state_row (self->state);
  gint64 length_us;

  switch (row->deadline) {
  case HOLDFAST_DEADLINE_NONE:
    return G_MAXINT64;
  case HOLDFAST_DEADLINE_AFTER:
    return self->entered_us + (gint64) row->deadline_ms * 1000;
  case HOLDFAST_DEADLINE_LEAD_IN:
    return self->entered_us
           + (self->let_go ? MAX (self->config.lead_in_us, LETTING_GO_US)
                           : self->config.lead_in_us);
  case HOLDFAST_DEADLINE_STEP:
    length_us = holdfast_machine_get_step_length_us (self);
    return length_us < 0 ? G_MAXINT64 : self->step_began_us + length_us;
  case HOLDFAST_DEADLINE_LOOKING:
    if (self->config.guide)
      return self->entered_us;
    length_us = self->hint == HOLDFAST_HINT_COME_NEARER ? SECONDS (30) : SECONDS (15);
    return MIN (self->entered_us + length_us, holdfast_machine_get_window_end_us (self));
  case HOLDFAST_DEADLINE_WINDOW:
    return holdfast_machine_get_window_end_us (self);
  case HOLDFAST_DEADLINE_PAIR:
    return self->entered_us + (self->pair_replied ? SECONDS (10) : SECONDS (150));
  case HOLDFAST_DEADLINE_PAUSE:
    return self->entered_us + self->pause_us;
  }
  g_return_val_if_reached (G_MAXINT64);
}

static gboolean
looks_the_same (const HoldfastMachine *a, const HoldfastMachine *b)
{
  return a->state == b->state && a->failure == b->failure && a->entered_us == b->entered_us
         && a->deadline_us == b->deadline_us && a->hold_began_us == b->hold_began_us
         && a->hold_ended_us == b->hold_ended_us && a->way == b->way
         && a->ways_tried == b->ways_tried && a->step == b->step
         && a->step_began_us == b->step_began_us && a->let_go == b->let_go
         && a->window_began_us == b->window_began_us && a->hint == b->hint && a->device == b->device
         && a->flags == b->flags && a->made_bond == b->made_bond
         && a->pair_pending == b->pair_pending && a->pair_device == b->pair_device
         && a->remove_device == b->remove_device && a->radio == b->radio
         && holdfast_verdict_equal (&a->verdict, &b->verdict);
}

void
holdfast_machine_init (HoldfastMachine *self, const HoldfastMachineConfig *config)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (config != NULL);

  *self = (HoldfastMachine) {
    .state = HOLDFAST_STATE_IDLE,
    .deadline_us = G_MAXINT64,
    .hold_began_us = -1,
    .hold_ended_us = -1,
    .window_began_us = -1,
    .config = *config,
    .discovery_on_us = -1,
    .asked_from = HOLDFAST_STATE_INVITE,
  };
}

gboolean
holdfast_machine_step (HoldfastMachine *self,
                       const HoldfastEvent *event,
                       gint64 now_us,
                       HoldfastEffects *ret_effects)
{
  HoldfastTurn turn = { self, event, now_us, 0, 0 };
  HoldfastMachine before;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (event != NULL, FALSE);
  g_return_val_if_fail (ret_effects != NULL, FALSE);

  *ret_effects = 0;
  g_return_val_if_fail ((guint) event->kind < HOLDFAST_EVENT_MAX, FALSE);

  before = *self;
  if (holdfast_machine_settle (&turn))
    take_row (&turn, event->kind);
  reconcile (&turn);
  if (take_row (&turn, HOLDFAST_EVENT_MAX))
    reconcile (&turn);
  self->deadline_us = MAX (get_deadline_us (self), now_us);

  *ret_effects = turn.effects;
  return !looks_the_same (&before, self);
}

gboolean
holdfast_machine_accepts (const HoldfastMachine *self, HoldfastEventKind intent)
{
  HoldfastEvent event = { .kind = intent };
  HoldfastMachine copy;
  HoldfastTurn turn = { &copy, &event, 0, 0, 0 };

  g_return_val_if_fail (self != NULL, FALSE);

  if (intent > HOLDFAST_EVENT_PIN)
    return FALSE;
  copy = *self;
  event.device = self->verdict.device;
  /* No time has passed: who sees the light flash may let go before the longest mark, but that is
   * no button, and nothing to be pressed for anybody. */
  turn.now_us = G_MININT64;
  return holdfast_machine_find_row (&turn, intent) != NULL;
}

HoldfastFailure
holdfast_machine_get_warning (const HoldfastMachine *self)
{
  g_return_val_if_fail (self != NULL, HOLDFAST_FAILURE_NONE);

  return self->state == HOLDFAST_STATE_DONE && (self->flags & HOLDFAST_DEVICE_UNSTORED) != 0
             ? HOLDFAST_FAILURE_NOT_STORED
             : HOLDFAST_FAILURE_NONE;
}

gboolean
holdfast_state_is_listening (HoldfastState state)
{
  g_return_val_if_fail ((guint) state < HOLDFAST_STATE_MAX, FALSE);

  return holdfast_machine_get_state_row (state)->discovery == HOLDFAST_WANT_ON
         || state == HOLDFAST_STATE_FOUND;
}

void
holdfast_state_get_rules (HoldfastState state, HoldfastStateRules *ret_rules)
{
  const HoldfastStateRow *row;

  g_return_if_fail ((guint) state < HOLDFAST_STATE_MAX);
  g_return_if_fail (ret_rules != NULL);

  row = holdfast_machine_get_state_row (state);
  *ret_rules = (HoldfastStateRules) {
    .name = row->name,
    .discovery = want_words[row->discovery],
    .agent = want_words[row->agent],
    .deadline = deadline_words[row->deadline],
    .deadline_ms = row->deadline_ms,
    .needs_radio = (row->traits & HOLDFAST_STATE_NEEDS_RADIO) != 0,
    .keeps_pair = (row->traits & HOLDFAST_STATE_KEEPS_PAIR) != 0,
    .keeps_bond = (row->traits & HOLDFAST_STATE_KEEPS_BOND) != 0,
  };
}

const char *
holdfast_state_to_string (HoldfastState state)
{
  g_return_val_if_fail ((guint) state < HOLDFAST_STATE_MAX, NULL);

  return holdfast_machine_get_state_row (state)->name;
}

const char *
holdfast_event_to_string (HoldfastEventKind kind)
{
  g_return_val_if_fail ((guint) kind < HOLDFAST_EVENT_MAX, NULL);

  return event_names[kind];
}

char *
holdfast_effects_to_string (HoldfastEffects effects)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (effect_names); i++) {
    if ((effects & (1u << i)) != 0)
      g_string_append_printf (text, "%s%s", text->len > 0 ? "|" : "", effect_names[i]);
  }
  return g_string_free (text, FALSE);
}
