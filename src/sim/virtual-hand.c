/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "virtual-private.h"

/* The invisible hand: a gesture done on the clock, as a person does it who does it right. */

#define TAP_MS 200
#define BETWEEN_STEPS_MS 300

static void hand_goes_on (gpointer user_data);

void
virtual_let_hand_go (HoldfastVirtualHeadset *self)
{
  holdfast_clock_clear_alarm (self->clock, &self->hand_alarm);
  if (self->performing != NULL) {
    self->performing = NULL;
    self->down = 0;
    holdfast_clock_clear_alarm (self->clock, &self->hold_alarm);
  }
}

static void
hand_next (HoldfastVirtualHeadset *self, gint64 in_ms)
{
  gint64 now_us = holdfast_clock_get_now_us (self->clock);

  self->hand_alarm
      = holdfast_clock_set_alarm (self->clock, now_us + in_ms * 1000, hand_goes_on, self);
}

static void
hand_lets_go (gpointer user_data)
{
  HoldfastVirtualHeadset *self = user_data;
  const HoldfastStep *step = holdfast_gesture_get_step (self->performing, self->performing_step);

  self->hand_alarm = 0;
  if (step->control2 != HOLDFAST_CONTROL_NONE)
    holdfast_virtual_headset_release (self, step->control2);
  holdfast_virtual_headset_release (self, step->control);
  self->performing_step++;
  hand_next (self, BETWEEN_STEPS_MS);
}

static void
hand_goes_on (gpointer user_data)
{
  HoldfastVirtualHeadset *self = user_data;
  const HoldfastStep *step;
  gint64 now_us = holdfast_clock_get_now_us (self->clock);

  self->hand_alarm = 0;
  if (self->performing_step == holdfast_gesture_get_n_steps (self->performing)) {
    self->performing = NULL;
    return;
  }
  step = holdfast_gesture_get_step (self->performing, self->performing_step);
  if (step->only_if_on && self->mode == HOLDFAST_VIRTUAL_OFF) {
    self->performing_step++;
    hand_next (self, 0);
  } else if (step->action == HOLDFAST_ACTION_HOLD || step->action == HOLDFAST_ACTION_PRESS) {
    gint64 hold_ms = step->action == HOLDFAST_ACTION_HOLD ? step->usual_ms : TAP_MS;

    holdfast_virtual_headset_press (self, step->control);
    if (step->control2 != HOLDFAST_CONTROL_NONE)
      holdfast_virtual_headset_press (self, step->control2);
    self->hand_alarm
        = holdfast_clock_set_alarm (self->clock, now_us + hold_ms * 1000, hand_lets_go, self);
  } else {
    holdfast_virtual_headset_act (self, step->action);
    self->performing_step++;
    hand_next (
        self, step->action == HOLDFAST_ACTION_WAIT ? (gint64) step->earliest_ms : BETWEEN_STEPS_MS);
  }
}

void
holdfast_virtual_headset_perform (HoldfastVirtualHeadset *self, const HoldfastGesture *gesture)
{
  g_return_if_fail (HOLDFAST_IS_VIRTUAL_HEADSET (self));
  g_return_if_fail (gesture != NULL);

  virtual_let_hand_go (self);
  self->performing = gesture;
  self->performing_step = 0;
  if (gesture->kind == HOLDFAST_GESTURE_FIRST_TIME && !virtual_is_earbuds (self))
    virtual_switch_on (self);
  hand_next (self, 0);
}
