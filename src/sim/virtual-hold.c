/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "virtual-private.h"

/* Which gesture the fingers are doing, and what a power button means meanwhile. */

/* A power button does its work a little before anybody has counted to two. */
#define POWER_HOLD_MS 1500

static void arm (HoldfastVirtualHeadset *self);

static guint
bit (HoldfastControl control)
{
  return control == HOLDFAST_CONTROL_NONE ? 0 : 1u << control;
}

static guint
power_bits (void)
{
  return bit (HOLDFAST_CONTROL_POWER) | bit (HOLDFAST_CONTROL_POWER_PLAY)
         | bit (HOLDFAST_CONTROL_POWER_PAIR);
}

static guint
step_bits (const HoldfastStep *step)
{
  return bit (step->control) | bit (step->control2);
}

/* Is the world as the steps before @hold made it? Only where each thing was left counts. */
static gboolean
surroundings_fit (HoldfastVirtualHeadset *self, const HoldfastGesture *gesture, guint hold)
{
  gboolean cable = self->cable;
  gboolean charging = self->charging;
  gboolean in_case = self->in_case;
  gboolean lid_open = self->lid_open;
  gboolean switched = self->switched_to_bluetooth;
  guint i;

  for (i = 0; i < hold; i++) {
    switch (holdfast_gesture_get_step (gesture, i)->action) {
    case HOLDFAST_ACTION_UNPLUG_CABLE:
      cable = FALSE;
      break;
    case HOLDFAST_ACTION_UNPLUG_USB:
      charging = FALSE;
      break;
    case HOLDFAST_ACTION_PLUG_USB:
      charging = TRUE;
      break;
    case HOLDFAST_ACTION_BUDS_IN_CASE:
      in_case = TRUE;
      break;
    case HOLDFAST_ACTION_BUDS_OUT:
    case HOLDFAST_ACTION_WEAR:
      in_case = FALSE;
      break;
    case HOLDFAST_ACTION_OPEN_LID:
      lid_open = TRUE;
      break;
    case HOLDFAST_ACTION_CLOSE_LID:
      lid_open = FALSE;
      break;
    case HOLDFAST_ACTION_SLIDE_SWITCH:
      switched = TRUE;
      break;
    case HOLDFAST_ACTION_HOLD:
    case HOLDFAST_ACTION_PRESS:
    case HOLDFAST_ACTION_WAIT:
    case HOLDFAST_ACTION_MAX:
      break;
    }
  }
  return cable == self->cable && charging == self->charging && in_case == self->in_case
         && lid_open == self->lid_open && switched == self->switched_to_bluetooth;
}

static gboolean
start_fits (HoldfastVirtualHeadset *self, HoldfastStartState start)
{
  switch (start) {
  case HOLDFAST_START_OFF:
    return !self->was_on;
  case HOLDFAST_START_ON:
    return self->was_on;
  case HOLDFAST_START_IN_CASE:
    return self->in_case && self->lid_open;
  case HOLDFAST_START_OUT_OF_CASE:
    return !self->in_case;
  case HOLDFAST_START_CHARGING:
    return self->charging;
  case HOLDFAST_START_ANY:
  case HOLDFAST_START_UNKNOWN:
  case HOLDFAST_START_MAX:
    break;
  }
  return TRUE;
}

/* Returns: index of the hold that @watch waits for, or the number of steps if there is none */
static guint
next_hold (const VirtualWatch *watch)
{
  guint n = holdfast_gesture_get_n_steps (watch->gesture);
  guint done = 0;
  guint i;

  for (i = 0; i < n; i++) {
    const HoldfastStep *step = holdfast_gesture_get_step (watch->gesture, i);

    if (step->only_if_on
        || (step->action != HOLDFAST_ACTION_HOLD && step->action != HOLDFAST_ACTION_PRESS))
      continue;
    if (done++ == watch->done)
      return i;
  }
  return n;
}

/* Returns: the step of @watch that the fingers are now doing, or NULL */
static const HoldfastStep *
step_under_finger (HoldfastVirtualHeadset *self, const VirtualWatch *watch)
{
  guint index = next_hold (watch);
  const HoldfastStep *step;

  if (index == holdfast_gesture_get_n_steps (watch->gesture))
    return NULL;
  step = holdfast_gesture_get_step (watch->gesture, index);
  if (step_bits (step) != self->down || !surroundings_fit (self, watch->gesture, index))
    return NULL;
  if (watch->done == 0 && !start_fits (self, watch->gesture->start))
    return NULL;
  return step;
}

static void
take_effect (HoldfastVirtualHeadset *self, const HoldfastGesture *gesture)
{
  switch (gesture->kind) {
  case HOLDFAST_GESTURE_PAIR:
    virtual_enter_pairing (self, gesture);
    break;
  case HOLDFAST_GESTURE_FACTORY_RESET:
    holdfast_virtual_headset_forget_all (self);
    virtual_restart (self, VIRTUAL_LIGHT_ERASED);
    break;
  case HOLDFAST_GESTURE_RESTART:
    virtual_restart (self, NULL);
    break;
  case HOLDFAST_GESTURE_FIRST_TIME:
  case HOLDFAST_GESTURE_KIND_MAX:
    break;
  }
}

static gboolean
is_power_alone (HoldfastVirtualHeadset *self)
{
  return self->down != 0 && (self->down & ~power_bits ()) == 0 && !virtual_is_earbuds (self);
}

/* A longer hold of the same button from the same state means something else: then the short one
 * takes effect when the finger goes up. */
static gboolean
power_waits_for_release (HoldfastVirtualHeadset *self)
{
  guint i;

  if (!self->was_on)
    return FALSE;
  for (i = 0; i < self->watches->len; i++) {
    const HoldfastStep *step
        = step_under_finger (self, &g_array_index (self->watches, VirtualWatch, i));

    if (step != NULL && step->action == HOLDFAST_ACTION_HOLD && step->usual_ms > POWER_HOLD_MS)
      return TRUE;
  }
  return FALSE;
}

static void
toggle_power (HoldfastVirtualHeadset *self)
{
  if (self->was_on)
    virtual_switch_off (self);
  else
    virtual_switch_on (self);
}

/* Does all that the hold has been long enough for since it was looked at last. */
static void
hold_on (HoldfastVirtualHeadset *self, gint64 held_ms)
{
  gint64 since_ms = self->handled_ms;
  guint i;

  self->handled_ms = held_ms;
  if (is_power_alone (self) && since_ms < POWER_HOLD_MS && held_ms >= POWER_HOLD_MS
      && !power_waits_for_release (self))
    toggle_power (self);
  for (i = 0; i < self->watches->len; i++) {
    VirtualWatch *watch = &g_array_index (self->watches, VirtualWatch, i);
    const HoldfastStep *step = step_under_finger (self, watch);

    if (step == NULL || step->action != HOLDFAST_ACTION_HOLD || since_ms >= step->usual_ms
        || held_ms < step->usual_ms)
      continue;
    watch->done++;
    if (next_hold (watch) == holdfast_gesture_get_n_steps (watch->gesture)) {
      watch->done = 0;
      take_effect (self, watch->gesture);
    }
  }
}

static void
held_longer (gpointer user_data)
{
  HoldfastVirtualHeadset *self = user_data;
  gint64 held_us = holdfast_clock_get_now_us (self->clock) - self->hold_began_us;

  self->hold_alarm = 0;
  hold_on (self, held_us / 1000);
  arm (self);
}

static void
sooner (gint64 *at_ms, gint64 after_ms, gint64 candidate_ms)
{
  if (candidate_ms > after_ms && candidate_ms < *at_ms)
    *at_ms = candidate_ms;
}

static void
arm (HoldfastVirtualHeadset *self)
{
  gint64 at_ms = G_MAXINT64;
  guint i;

  holdfast_clock_clear_alarm (self->clock, &self->hold_alarm);
  if (self->down == 0 || self->slipped)
    return;
  if (is_power_alone (self))
    sooner (&at_ms, self->handled_ms, POWER_HOLD_MS);
  for (i = 0; i < self->watches->len; i++) {
    const HoldfastStep *step
        = step_under_finger (self, &g_array_index (self->watches, VirtualWatch, i));

    if (step != NULL && step->action == HOLDFAST_ACTION_HOLD)
      sooner (&at_ms, self->handled_ms, step->usual_ms);
  }
  if (at_ms != G_MAXINT64)
    self->hold_alarm = holdfast_clock_set_alarm (
        self->clock, self->hold_began_us + at_ms * 1000, held_longer, self);
}

static void
finish_tap (HoldfastVirtualHeadset *self)
{
  guint i;

  for (i = 0; i < self->watches->len; i++) {
    VirtualWatch *watch = &g_array_index (self->watches, VirtualWatch, i);
    const HoldfastStep *step = step_under_finger (self, watch);

    if (step != NULL && step->action == HOLDFAST_ACTION_PRESS) {
      watch->done++;
      if (next_hold (watch) == holdfast_gesture_get_n_steps (watch->gesture)) {
        watch->done = 0;
        take_effect (self, watch->gesture);
      }
    }
  }
}

/* A control that a gesture does not ask for next breaks it off. */
static void
forget_broken_gestures (HoldfastVirtualHeadset *self)
{
  guint i;

  for (i = 0; i < self->watches->len; i++) {
    VirtualWatch *watch = &g_array_index (self->watches, VirtualWatch, i);
    guint index = next_hold (watch);

    if (watch->done > 0
        && (step_bits (holdfast_gesture_get_step (watch->gesture, index)) & self->down)
               != self->down)
      watch->done = 0;
  }
}

/* A headset that no gesture gives a power button has one all the same, unless its case is it. */
void
virtual_add_power_button (HoldfastVirtualHeadset *self)
{
  if (!virtual_is_earbuds (self) && (self->controls & power_bits ()) == 0)
    self->controls |= bit (HOLDFAST_CONTROL_POWER);
}

void
virtual_watch (HoldfastVirtualHeadset *self, const HoldfastGesture *gesture)
{
  VirtualWatch watch = { gesture, 0 };
  guint i;

  if (gesture == NULL)
    return;
  for (i = 0; i < holdfast_gesture_get_n_steps (gesture); i++)
    self->controls |= step_bits (holdfast_gesture_get_step (gesture, i));
  if (gesture->kind != HOLDFAST_GESTURE_FIRST_TIME && holdfast_gesture_get_last_hold (gesture))
    g_array_append_val (self->watches, watch);
}

void
holdfast_virtual_headset_press (HoldfastVirtualHeadset *self, HoldfastControl control)
{
  g_return_if_fail (HOLDFAST_IS_VIRTUAL_HEADSET (self));

  if ((self->controls & bit (control)) == 0 || (self->down & bit (control)) != 0)
    return;
  if (self->down == 0) {
    self->was_on = self->mode != HOLDFAST_VIRTUAL_OFF;
    self->slipped = FALSE;
  }
  self->down |= bit (control);
  self->hold_began_us = holdfast_clock_get_now_us (self->clock);
  self->handled_ms = 0;
  if (control == HOLDFAST_CONTROL_MODE_SWITCH)
    holdfast_virtual_headset_act (self, HOLDFAST_ACTION_SLIDE_SWITCH);
  forget_broken_gestures (self);
  arm (self);
}

void
holdfast_virtual_headset_release (HoldfastVirtualHeadset *self, HoldfastControl control)
{
  gint64 held_ms;

  g_return_if_fail (HOLDFAST_IS_VIRTUAL_HEADSET (self));

  if ((self->down & bit (control)) == 0)
    return;
  holdfast_clock_clear_alarm (self->clock, &self->hold_alarm);
  held_ms = (holdfast_clock_get_now_us (self->clock) - self->hold_began_us) / 1000;
  if (!self->slipped) {
    if (held_ms > self->handled_ms)
      hold_on (self, held_ms);
    if (held_ms >= POWER_HOLD_MS && is_power_alone (self) && power_waits_for_release (self)
        && self->mode != HOLDFAST_VIRTUAL_PAIRING)
      toggle_power (self);
    if (held_ms < POWER_HOLD_MS)
      finish_tap (self);
  }
  self->down &= ~bit (control);
  /* one of two fingers came off: what the other one still holds means nothing any more */
  self->slipped = TRUE;
}
