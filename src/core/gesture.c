/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gesture.h"

#include "names-private.h"

static const char *const control_names[HOLDFAST_CONTROL_MAX] = {
  [HOLDFAST_CONTROL_NONE] = "none",
  [HOLDFAST_CONTROL_POWER] = "power",
  [HOLDFAST_CONTROL_POWER_PLAY] = "power-play",
  [HOLDFAST_CONTROL_POWER_PAIR] = "power-pair",
  [HOLDFAST_CONTROL_BLUETOOTH] = "bluetooth",
  [HOLDFAST_CONTROL_NC_AMBIENT] = "nc-ambient",
  [HOLDFAST_CONTROL_CUSTOM] = "custom",
  [HOLDFAST_CONTROL_VOLUME_DOWN] = "volume-down",
  [HOLDFAST_CONTROL_CASE_BUTTON] = "case-button",
  [HOLDFAST_CONTROL_EARBUD_TOUCH] = "earbud-touch",
  [HOLDFAST_CONTROL_EARBUD_BUTTON] = "earbud-button",
  [HOLDFAST_CONTROL_MODE_SWITCH] = "mode-switch",
};

static const char *const action_names[HOLDFAST_ACTION_MAX] = {
  [HOLDFAST_ACTION_HOLD] = "hold",
  [HOLDFAST_ACTION_PRESS] = "press",
  [HOLDFAST_ACTION_WAIT] = "wait",
  [HOLDFAST_ACTION_UNPLUG_CABLE] = "unplug-cable",
  [HOLDFAST_ACTION_UNPLUG_USB] = "unplug-usb",
  [HOLDFAST_ACTION_PLUG_USB] = "plug-usb",
  [HOLDFAST_ACTION_BUDS_IN_CASE] = "buds-in-case",
  [HOLDFAST_ACTION_BUDS_OUT] = "buds-out",
  [HOLDFAST_ACTION_WEAR] = "wear",
  [HOLDFAST_ACTION_OPEN_LID] = "open-lid",
  [HOLDFAST_ACTION_CLOSE_LID] = "close-lid",
  [HOLDFAST_ACTION_SLIDE_SWITCH] = "slide-switch",
};

static const char *const start_names[HOLDFAST_START_MAX] = {
  [HOLDFAST_START_ANY] = "any",
  [HOLDFAST_START_OFF] = "off",
  [HOLDFAST_START_ON] = "on",
  [HOLDFAST_START_IN_CASE] = "in-case",
  [HOLDFAST_START_OUT_OF_CASE] = "out-of-case",
  [HOLDFAST_START_CHARGING] = "charging",
  [HOLDFAST_START_UNKNOWN] = "unknown",
};

static const char *const question_names[HOLDFAST_QUESTION_MAX] = {
  [HOLDFAST_QUESTION_NONE] = "none",
  [HOLDFAST_QUESTION_CASE_BUTTON] = "case-button",
  [HOLDFAST_QUESTION_BLUETOOTH_BUTTON] = "bluetooth-button",
};

static const char *const voice_names[HOLDFAST_VOICE_MAX] = {
  [HOLDFAST_VOICE_UNKNOWN] = "unknown",
  [HOLDFAST_VOICE_BLUETOOTH_PAIRING] = "bluetooth-pairing",
  [HOLDFAST_VOICE_PAIRING] = "pairing",
  [HOLDFAST_VOICE_EITHER] = "either",
};

static const char *const place_names[HOLDFAST_PLACE_MAX] = {
  [HOLDFAST_PLACE_UNKNOWN] = "unknown",
  [HOLDFAST_PLACE_LEFT_CUP] = "left-cup",
  [HOLDFAST_PLACE_LEFT_CUP_REAR] = "left-cup-rear",
  [HOLDFAST_PLACE_RIGHT_CUP] = "right-cup",
  [HOLDFAST_PLACE_RIGHT_CUP_MIDDLE] = "right-cup-middle",
  [HOLDFAST_PLACE_EARBUDS_OUTSIDE] = "earbuds-outside",
  [HOLDFAST_PLACE_CASE] = "case",
  [HOLDFAST_PLACE_CASE_FRONT] = "case-front",
  [HOLDFAST_PLACE_CASE_BACK] = "case-back",
  [HOLDFAST_PLACE_CASE_BESIDE_USB] = "case-beside-usb",
  [HOLDFAST_PLACE_NECKBAND_LEFT] = "neckband-left",
  [HOLDFAST_PLACE_CONTROL_BLOCK] = "control-block",
  [HOLDFAST_PLACE_BESIDE_CONTROL] = "beside-control",
};

static const char *const light_names[HOLDFAST_LIGHT_MAX] = {
  [HOLDFAST_LIGHT_UNKNOWN] = "unknown",
  [HOLDFAST_LIGHT_BLUE_DOUBLE] = "blue-double",
  [HOLDFAST_LIGHT_BLUE_FLASHING] = "blue-flashing",
  [HOLDFAST_LIGHT_BLUE_PULSE] = "blue-pulse",
  [HOLDFAST_LIGHT_BLUE_ORANGE] = "blue-orange",
  [HOLDFAST_LIGHT_BLUE_FOUR] = "blue-four",
};

static const char *const kind_names[HOLDFAST_GESTURE_KIND_MAX] = {
  [HOLDFAST_GESTURE_FIRST_TIME] = "first-time",
  [HOLDFAST_GESTURE_PAIR] = "pair",
  [HOLDFAST_GESTURE_RESTART] = "restart",
  [HOLDFAST_GESTURE_FACTORY_RESET] = "factory-reset",
};

/* clang-format off */
HOLDFAST_DEFINE_NAMES (control, HoldfastControl, control_names)
HOLDFAST_DEFINE_NAMES (action, HoldfastAction, action_names)
HOLDFAST_DEFINE_NAMES (start_state, HoldfastStartState, start_names)
HOLDFAST_DEFINE_NAMES (question, HoldfastQuestion, question_names)
HOLDFAST_DEFINE_NAMES (voice, HoldfastVoice, voice_names)
HOLDFAST_DEFINE_NAMES (place, HoldfastPlace, place_names)
HOLDFAST_DEFINE_NAMES (light, HoldfastLight, light_names)
/* clang-format on */

const char *
holdfast_gesture_kind_to_string (HoldfastGestureKind kind)
{
  return holdfast_names_get (kind_names, G_N_ELEMENTS (kind_names), (guint) kind);
}

static void
clear_step (gpointer data)
{
  HoldfastStep *step = data;

  g_clear_pointer (&step->light, holdfast_timeline_unref);
}

HoldfastGesture *
holdfast_gesture_new (const char *id, HoldfastGestureKind kind)
{
  HoldfastGesture *self;

  g_return_val_if_fail (id != NULL, NULL);

  self = g_new0 (HoldfastGesture, 1);
  self->id = g_strdup (id);
  self->kind = kind;
  self->start = HOLDFAST_START_UNKNOWN;
  self->evidence = HOLDFAST_FACT_UNKNOWN;
  self->erases_pairings = kind == HOLDFAST_GESTURE_FACTORY_RESET;
  self->steps = g_array_new (FALSE, TRUE, sizeof (HoldfastStep));
  g_array_set_clear_func (self->steps, clear_step);
  return self;
}

HoldfastGesture *
holdfast_gesture_copy (const HoldfastGesture *self)
{
  HoldfastGesture *copy;
  GArray *steps;

  g_return_val_if_fail (self != NULL, NULL);

  copy = holdfast_gesture_new (self->id, self->kind);
  steps = copy->steps;
  g_free (copy->id);
  *copy = *self;
  copy->id = g_strdup (self->id);
  copy->steps = steps;
  copy->light = self->light != NULL ? holdfast_timeline_ref (self->light) : NULL;
  for (guint i = 0; i < self->steps->len; i++)
    holdfast_gesture_add_step (copy, holdfast_gesture_get_step (self, i));
  return copy;
}

void
holdfast_gesture_free (HoldfastGesture *self)
{
  if (self == NULL)
    return;

  g_free (self->id);
  g_array_unref (self->steps);
  g_clear_pointer (&self->light, holdfast_timeline_unref);
  g_free (self);
}

void
holdfast_gesture_add_step (HoldfastGesture *self, const HoldfastStep *step)
{
  HoldfastStep copy;

  g_return_if_fail (self != NULL);
  g_return_if_fail (step != NULL);

  copy = *step;
  if (copy.light != NULL)
    holdfast_timeline_ref (copy.light);
  g_array_append_val (self->steps, copy);
}

guint
holdfast_gesture_get_n_steps (const HoldfastGesture *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->steps->len;
}

const HoldfastStep *
holdfast_gesture_get_step (const HoldfastGesture *self, guint index)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (index < self->steps->len, NULL);

  return &g_array_index (self->steps, HoldfastStep, index);
}

const HoldfastStep *
holdfast_gesture_get_last_hold (const HoldfastGesture *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = self->steps->len; i > 0; i--) {
    const HoldfastStep *step = holdfast_gesture_get_step (self, i - 1);

    if (step->action == HOLDFAST_ACTION_HOLD)
      return step;
  }
  return NULL;
}
