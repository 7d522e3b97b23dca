/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "virtual-headset.h"

/* A power button does its work a little before anybody has counted to two. */
#define POWER_HOLD_MS 1500
#define WINDOW_MS 300000
#define MEMORY_SIZE 8
/* How long a headset takes to come back by itself after it was initialised. */
#define START_UP_MS 3000
#define TAP_MS 200
#define BETWEEN_STEPS_MS 300
#define LOWEST_BATTERY 5

#define A_PHONE "5C:CA:1A:00:00:01"

/* Illustrations, where the catalogue has no pattern: what a person would see. */
#define LIGHT_PAIRING "blue:150 off:150 blue:150 off:850"
#define LIGHT_ON "blue:100 off:4900"
#define LIGHT_EMPTY "red:500 off:500"
#define LIGHT_CHARGING "orange:1000"
#define LIGHT_ERASED "blue:250 off:250"

typedef struct {
  const HoldfastGesture *gesture;
  guint done; /* holds of it that were done, in order */
} Watch;

struct _HoldfastVirtualHeadset {
  GObject parent_instance;

  HoldfastClock *clock;
  HoldfastHeadset *model;

  HoldfastVirtualMode mode;
  gboolean phone;
  gboolean in_case;
  gboolean lid_open;
  gboolean cable;
  gboolean charging;
  gboolean switched_to_bluetooth;
  int battery;
  GPtrArray *memory;

  guint controls; /* bit per control that there is */
  guint down;     /* bit per control under a finger */
  gboolean slipped;
  gboolean was_on; /* when the first finger came down */
  gint64 hold_began_us;
  gint64 handled_ms; /* of this hold, so far */
  GArray *watches;
  guint hold_alarm;
  guint window_alarm;
  guint start_alarm;

  const HoldfastGesture *performing;
  guint performing_step;
  guint hand_alarm;

  HoldfastTimeline *light;
  gint64 light_began_us;
};

G_DEFINE_FINAL_TYPE (HoldfastVirtualHeadset, holdfast_virtual_headset, G_TYPE_OBJECT)

enum { PROP_CLOCK = 1, PROP_MODEL, N_PROPS };

enum { CHANGED, SPOKE, N_SIGNALS };

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void arm (HoldfastVirtualHeadset *self);
static void hand_goes_on (gpointer user_data);

static gboolean
is_earbuds (HoldfastVirtualHeadset *self)
{
  HoldfastForm form = holdfast_headset_get_form (self->model);

  return form == HOLDFAST_FORM_EARBUDS || form == HOLDFAST_FORM_GAMING_EARBUDS;
}

static guint
bit (HoldfastControl control)
{
  return control == HOLDFAST_CONTROL_NONE ? 0 : 1u << control;
}

static guint
step_bits (const HoldfastStep *step)
{
  return bit (step->control) | bit (step->control2);
}

static guint
power_bits (void)
{
  return bit (HOLDFAST_CONTROL_POWER) | bit (HOLDFAST_CONTROL_POWER_PLAY)
         | bit (HOLDFAST_CONTROL_POWER_PAIR);
}

static void
speak (HoldfastVirtualHeadset *self, const char *phrase)
{
  g_signal_emit (self, signals[SPOKE], 0, phrase);
}

static void
show (HoldfastVirtualHeadset *self, const HoldfastTimeline *light, const char *illustration)
{
  g_clear_pointer (&self->light, holdfast_timeline_unref);
  if (light != NULL)
    self->light = holdfast_timeline_ref ((HoldfastTimeline *) light);
  else if (illustration != NULL)
    self->light = holdfast_timeline_parse (illustration, NULL);
  self->light_began_us = holdfast_clock_get_now_us (self->clock);
}

static void
show_rest (HoldfastVirtualHeadset *self)
{
  switch (self->mode) {
  case HOLDFAST_VIRTUAL_OFF:
    show (self, NULL, self->charging ? LIGHT_CHARGING : NULL);
    break;
  case HOLDFAST_VIRTUAL_ON:
  case HOLDFAST_VIRTUAL_CONNECTED:
    show (self, NULL, LIGHT_ON);
    break;
  case HOLDFAST_VIRTUAL_PAIRING:
    show (self, NULL, LIGHT_PAIRING);
    break;
  }
}

static void
enter (HoldfastVirtualHeadset *self, HoldfastVirtualMode mode)
{
  if (mode != HOLDFAST_VIRTUAL_PAIRING)
    holdfast_clock_clear_alarm (self->clock, &self->window_alarm);
  holdfast_clock_clear_alarm (self->clock, &self->start_alarm);
  if (self->mode == mode)
    return;
  self->mode = mode;
  show_rest (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
window_ended (gpointer user_data)
{
  HoldfastVirtualHeadset *self = user_data;

  self->window_alarm = 0;
  speak (self, "Power off");
  enter (self, HOLDFAST_VIRTUAL_OFF);
}

static const HoldfastGesture *
first_way (HoldfastVirtualHeadset *self)
{
  GPtrArray *ways = holdfast_headset_get_pairing_ways (self->model);

  return ways->len > 0 ? g_ptr_array_index (ways, 0) : NULL;
}

static gboolean
is_kept_from_pairing (HoldfastVirtualHeadset *self)
{
  if (self->battery < LOWEST_BATTERY)
    return TRUE;
  if (self->cable && holdfast_headset_cable_blocks_pairing (self->model) != HOLDFAST_TRISTATE_NO)
    return TRUE;
  return self->charging
         && holdfast_headset_usb_blocks_pairing (self->model) == HOLDFAST_TRISTATE_YES;
}

/* @gesture: (nullable): the way that was taken; NULL for none, as when it is new */
static void
enter_pairing (HoldfastVirtualHeadset *self, const HoldfastGesture *gesture)
{
  const HoldfastGesture *way = gesture != NULL ? gesture : first_way (self);
  guint window_ms = way != NULL && way->window_ms > 0 ? way->window_ms : WINDOW_MS;
  gint64 now_us = holdfast_clock_get_now_us (self->clock);

  if (is_kept_from_pairing (self))
    return;
  self->phone = FALSE;
  holdfast_clock_clear_alarm (self->clock, &self->window_alarm);
  self->window_alarm = holdfast_clock_set_alarm (
      self->clock, now_us + window_ms * G_GINT64_CONSTANT (1000), window_ended, self);
  holdfast_clock_clear_alarm (self->clock, &self->start_alarm);
  self->mode = HOLDFAST_VIRTUAL_PAIRING;
  show (self, way != NULL ? way->light : NULL, LIGHT_PAIRING);
  if (way != NULL && way->voice == HOLDFAST_VOICE_BLUETOOTH_PAIRING)
    speak (self, "Bluetooth pairing");
  else if (way != NULL && way->voice != HOLDFAST_VOICE_UNKNOWN)
    speak (self, "Pairing");
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
switch_on (HoldfastVirtualHeadset *self)
{
  if (self->mode != HOLDFAST_VIRTUAL_OFF)
    return;
  if (self->battery < LOWEST_BATTERY) {
    show (self, NULL, LIGHT_EMPTY);
    g_signal_emit (self, signals[CHANGED], 0);
    return;
  }
  if (self->charging && holdfast_headset_usb_blocks_pairing (self->model) == HOLDFAST_TRISTATE_YES)
    return;
  speak (self, "Power on");
  enter (self, HOLDFAST_VIRTUAL_ON);
  if (self->memory->len == 0 && (!is_earbuds (self) || !self->in_case))
    enter_pairing (self, NULL);
}

static void
switch_off (HoldfastVirtualHeadset *self)
{
  if (self->mode == HOLDFAST_VIRTUAL_OFF)
    return;
  speak (self, "Power off");
  self->phone = FALSE;
  enter (self, HOLDFAST_VIRTUAL_OFF);
}

static void
started_again (gpointer user_data)
{
  HoldfastVirtualHeadset *self = user_data;

  self->start_alarm = 0;
  if (is_earbuds (self) && self->memory->len == 0) {
    /* initialised in its case: there is nobody to take it out */
    enter (self, HOLDFAST_VIRTUAL_ON);
    enter_pairing (self, NULL);
    return;
  }
  switch_on (self);
}

static void
restart (HoldfastVirtualHeadset *self, const char *illustration)
{
  gint64 now_us = holdfast_clock_get_now_us (self->clock);

  self->phone = FALSE;
  enter (self, HOLDFAST_VIRTUAL_OFF);
  show (self, NULL, illustration);
  self->start_alarm
      = holdfast_clock_set_alarm (self->clock, now_us + START_UP_MS * 1000, started_again, self);
  g_signal_emit (self, signals[CHANGED], 0);
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
next_hold (const Watch *watch)
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
step_under_finger (HoldfastVirtualHeadset *self, const Watch *watch)
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
    enter_pairing (self, gesture);
    break;
  case HOLDFAST_GESTURE_FACTORY_RESET:
    holdfast_virtual_headset_forget_all (self);
    restart (self, LIGHT_ERASED);
    break;
  case HOLDFAST_GESTURE_RESTART:
    restart (self, NULL);
    break;
  case HOLDFAST_GESTURE_FIRST_TIME:
  case HOLDFAST_GESTURE_KIND_MAX:
    break;
  }
}

static gboolean
is_power_alone (HoldfastVirtualHeadset *self)
{
  return self->down != 0 && (self->down & ~power_bits ()) == 0 && !is_earbuds (self);
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
    const HoldfastStep *step = step_under_finger (self, &g_array_index (self->watches, Watch, i));

    if (step != NULL && step->action == HOLDFAST_ACTION_HOLD && step->usual_ms > POWER_HOLD_MS)
      return TRUE;
  }
  return FALSE;
}

static void
toggle_power (HoldfastVirtualHeadset *self)
{
  if (self->was_on)
    switch_off (self);
  else
    switch_on (self);
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
    Watch *watch = &g_array_index (self->watches, Watch, i);
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
    const HoldfastStep *step = step_under_finger (self, &g_array_index (self->watches, Watch, i));

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
    Watch *watch = &g_array_index (self->watches, Watch, i);
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
    Watch *watch = &g_array_index (self->watches, Watch, i);
    guint index = next_hold (watch);

    if (watch->done > 0
        && (step_bits (holdfast_gesture_get_step (watch->gesture, index)) & self->down)
               != self->down)
      watch->done = 0;
  }
}

static void
let_hand_go (HoldfastVirtualHeadset *self)
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

static void
watch_gesture (HoldfastVirtualHeadset *self, const HoldfastGesture *gesture)
{
  Watch watch = { gesture, 0 };
  guint i;

  if (gesture == NULL)
    return;
  for (i = 0; i < holdfast_gesture_get_n_steps (gesture); i++)
    self->controls |= step_bits (holdfast_gesture_get_step (gesture, i));
  if (gesture->kind != HOLDFAST_GESTURE_FIRST_TIME && holdfast_gesture_get_last_hold (gesture))
    g_array_append_val (self->watches, watch);
}

static void
holdfast_virtual_headset_constructed (GObject *object)
{
  HoldfastVirtualHeadset *self = HOLDFAST_VIRTUAL_HEADSET (object);
  GPtrArray *ways = holdfast_headset_get_pairing_ways (self->model);
  guint i;

  G_OBJECT_CLASS (holdfast_virtual_headset_parent_class)->constructed (object);
  for (i = 0; i < ways->len; i++)
    watch_gesture (self, g_ptr_array_index (ways, i));
  watch_gesture (self, holdfast_headset_get_first_time (self->model));
  watch_gesture (self, holdfast_headset_get_restart (self->model));
  watch_gesture (self, holdfast_headset_get_factory_reset (self->model));
  if (!is_earbuds (self) && (self->controls & power_bits ()) == 0)
    self->controls |= bit (HOLDFAST_CONTROL_POWER);
  self->in_case = is_earbuds (self);
  holdfast_virtual_headset_remember (self, A_PHONE);
}

static void
holdfast_virtual_headset_set_property (GObject *object,
                                       guint prop_id,
                                       const GValue *value,
                                       GParamSpec *pspec)
{
  HoldfastVirtualHeadset *self = HOLDFAST_VIRTUAL_HEADSET (object);

  switch (prop_id) {
  case PROP_CLOCK:
    self->clock = g_value_dup_object (value);
    break;
  case PROP_MODEL:
    self->model = g_value_dup_object (value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
holdfast_virtual_headset_dispose (GObject *object)
{
  HoldfastVirtualHeadset *self = HOLDFAST_VIRTUAL_HEADSET (object);

  if (self->clock != NULL) {
    let_hand_go (self);
    holdfast_clock_clear_alarm (self->clock, &self->hold_alarm);
    holdfast_clock_clear_alarm (self->clock, &self->window_alarm);
    holdfast_clock_clear_alarm (self->clock, &self->start_alarm);
  }
  g_clear_object (&self->clock);
  g_clear_object (&self->model);
  g_clear_pointer (&self->memory, g_ptr_array_unref);
  g_clear_pointer (&self->watches, g_array_unref);
  g_clear_pointer (&self->light, holdfast_timeline_unref);
  G_OBJECT_CLASS (holdfast_virtual_headset_parent_class)->dispose (object);
}

static void
holdfast_virtual_headset_class_init (HoldfastVirtualHeadsetClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  object_class->constructed = holdfast_virtual_headset_constructed;
  object_class->set_property = holdfast_virtual_headset_set_property;
  object_class->dispose = holdfast_virtual_headset_dispose;

  properties[PROP_CLOCK] = g_param_spec_object ("clock", NULL, NULL, HOLDFAST_TYPE_CLOCK, flags);
  properties[PROP_MODEL] = g_param_spec_object ("model", NULL, NULL, HOLDFAST_TYPE_HEADSET, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[CHANGED] = g_signal_new (
      "changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SPOKE] = g_signal_new ("spoke",
                                 G_TYPE_FROM_CLASS (klass),
                                 G_SIGNAL_RUN_LAST,
                                 0,
                                 NULL,
                                 NULL,
                                 NULL,
                                 G_TYPE_NONE,
                                 1,
                                 G_TYPE_STRING);
}

static void
holdfast_virtual_headset_init (HoldfastVirtualHeadset *self)
{
  self->memory = g_ptr_array_new_with_free_func (g_free);
  self->watches = g_array_new (FALSE, FALSE, sizeof (Watch));
  self->battery = 80;
}

HoldfastVirtualHeadset *
holdfast_virtual_headset_new (HoldfastClock *clock, HoldfastHeadset *model)
{
  g_return_val_if_fail (HOLDFAST_IS_CLOCK (clock), NULL);
  g_return_val_if_fail (HOLDFAST_IS_HEADSET (model), NULL);

  return g_object_new (HOLDFAST_TYPE_VIRTUAL_HEADSET, "clock", clock, "model", model, NULL);
}

HoldfastHeadset *
holdfast_virtual_headset_get_model (HoldfastVirtualHeadset *self)
{
  g_return_val_if_fail (HOLDFAST_IS_VIRTUAL_HEADSET (self), NULL);

  return self->model;
}

HoldfastVirtualMode
holdfast_virtual_headset_get_mode (HoldfastVirtualHeadset *self)
{
  g_return_val_if_fail (HOLDFAST_IS_VIRTUAL_HEADSET (self), HOLDFAST_VIRTUAL_OFF);

  return self->mode;
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

void
holdfast_virtual_headset_act (HoldfastVirtualHeadset *self, HoldfastAction action)
{
  g_return_if_fail (HOLDFAST_IS_VIRTUAL_HEADSET (self));

  switch (action) {
  case HOLDFAST_ACTION_UNPLUG_CABLE:
    holdfast_virtual_headset_set_cable (self, FALSE);
    break;
  case HOLDFAST_ACTION_UNPLUG_USB:
    holdfast_virtual_headset_set_charging (self, FALSE);
    break;
  case HOLDFAST_ACTION_PLUG_USB:
    holdfast_virtual_headset_set_charging (self, TRUE);
    break;
  case HOLDFAST_ACTION_BUDS_IN_CASE:
    holdfast_virtual_headset_set_in_case (self, TRUE);
    break;
  case HOLDFAST_ACTION_BUDS_OUT:
  case HOLDFAST_ACTION_WEAR:
    holdfast_virtual_headset_set_in_case (self, FALSE);
    break;
  case HOLDFAST_ACTION_OPEN_LID:
    holdfast_virtual_headset_set_lid_open (self, TRUE);
    break;
  case HOLDFAST_ACTION_CLOSE_LID:
    holdfast_virtual_headset_set_lid_open (self, FALSE);
    break;
  case HOLDFAST_ACTION_SLIDE_SWITCH:
    self->switched_to_bluetooth = TRUE;
    break;
  case HOLDFAST_ACTION_HOLD:
  case HOLDFAST_ACTION_PRESS:
  case HOLDFAST_ACTION_WAIT:
  case HOLDFAST_ACTION_MAX:
    break;
  }
}

void
holdfast_virtual_headset_perform (HoldfastVirtualHeadset *self, const HoldfastGesture *gesture)
{
  g_return_if_fail (HOLDFAST_IS_VIRTUAL_HEADSET (self));
  g_return_if_fail (gesture != NULL);

  let_hand_go (self);
  self->performing = gesture;
  self->performing_step = 0;
  if (gesture->kind == HOLDFAST_GESTURE_FIRST_TIME && !is_earbuds (self))
    switch_on (self);
  hand_next (self, 0);
}

/* Earbuds have no power button: the case is it. */
static void
settle_case (HoldfastVirtualHeadset *self)
{
  if (!is_earbuds (self))
    return;
  if (self->in_case && !self->lid_open)
    switch_off (self);
  else
    switch_on (self);
}

void
holdfast_virtual_headset_set_in_case (HoldfastVirtualHeadset *self, gboolean in_case)
{
  g_return_if_fail (HOLDFAST_IS_VIRTUAL_HEADSET (self));

  if (self->in_case == in_case || !is_earbuds (self))
    return;
  self->in_case = in_case;
  settle_case (self);
  if (!in_case && self->memory->len == 0 && self->mode == HOLDFAST_VIRTUAL_ON)
    enter_pairing (self, NULL);
}

void
holdfast_virtual_headset_set_lid_open (HoldfastVirtualHeadset *self, gboolean open)
{
  g_return_if_fail (HOLDFAST_IS_VIRTUAL_HEADSET (self));

  if (self->lid_open == open || !is_earbuds (self))
    return;
  self->lid_open = open;
  settle_case (self);
}

void
holdfast_virtual_headset_set_cable (HoldfastVirtualHeadset *self, gboolean plugged)
{
  g_return_if_fail (HOLDFAST_IS_VIRTUAL_HEADSET (self));

  if (self->cable == plugged)
    return;
  self->cable = plugged;
  if (plugged && self->mode == HOLDFAST_VIRTUAL_PAIRING && is_kept_from_pairing (self))
    enter (self, HOLDFAST_VIRTUAL_ON);
}

void
holdfast_virtual_headset_set_charging (HoldfastVirtualHeadset *self, gboolean charging)
{
  g_return_if_fail (HOLDFAST_IS_VIRTUAL_HEADSET (self));

  if (self->charging == charging)
    return;
  self->charging = charging;
  if (charging && holdfast_headset_usb_blocks_pairing (self->model) == HOLDFAST_TRISTATE_YES)
    switch_off (self);
  if (self->mode == HOLDFAST_VIRTUAL_OFF) {
    show_rest (self);
    g_signal_emit (self, signals[CHANGED], 0);
  }
}

void
holdfast_virtual_headset_set_battery (HoldfastVirtualHeadset *self, int percent)
{
  g_return_if_fail (HOLDFAST_IS_VIRTUAL_HEADSET (self));
  g_return_if_fail (percent >= 0 && percent <= 100);

  if (self->battery == percent)
    return;
  self->battery = percent;
  if (percent < LOWEST_BATTERY && self->mode != HOLDFAST_VIRTUAL_OFF) {
    switch_off (self);
    show (self, NULL, LIGHT_EMPTY);
  }
  g_signal_emit (self, signals[CHANGED], 0);
}

int
holdfast_virtual_headset_get_battery (HoldfastVirtualHeadset *self)
{
  g_return_val_if_fail (HOLDFAST_IS_VIRTUAL_HEADSET (self), 0);

  return self->battery;
}

void
holdfast_virtual_headset_set_phone (HoldfastVirtualHeadset *self, gboolean connected)
{
  g_return_if_fail (HOLDFAST_IS_VIRTUAL_HEADSET (self));

  self->phone = connected;
}

gboolean
holdfast_virtual_headset_has_phone (HoldfastVirtualHeadset *self)
{
  g_return_val_if_fail (HOLDFAST_IS_VIRTUAL_HEADSET (self), FALSE);

  return self->phone;
}

void
holdfast_virtual_headset_set_mode (HoldfastVirtualHeadset *self, HoldfastVirtualMode mode)
{
  g_return_if_fail (HOLDFAST_IS_VIRTUAL_HEADSET (self));

  if (mode == HOLDFAST_VIRTUAL_PAIRING)
    enter_pairing (self, NULL);
  else
    enter (self, mode);
}

const HoldfastTimeline *
holdfast_virtual_headset_get_light (HoldfastVirtualHeadset *self)
{
  g_return_val_if_fail (HOLDFAST_IS_VIRTUAL_HEADSET (self), NULL);

  return self->light;
}

gint64
holdfast_virtual_headset_get_light_began_us (HoldfastVirtualHeadset *self)
{
  g_return_val_if_fail (HOLDFAST_IS_VIRTUAL_HEADSET (self), 0);

  return self->light_began_us;
}

static gboolean
find_remembered (HoldfastVirtualHeadset *self, const char *address, guint *ret_index)
{
  return g_ptr_array_find_with_equal_func (self->memory, address, g_str_equal, ret_index);
}

gboolean
holdfast_virtual_headset_remembers (HoldfastVirtualHeadset *self, const char *address)
{
  g_return_val_if_fail (HOLDFAST_IS_VIRTUAL_HEADSET (self), FALSE);

  return find_remembered (self, address, NULL);
}

void
holdfast_virtual_headset_remember (HoldfastVirtualHeadset *self, const char *address)
{
  guint size;

  g_return_if_fail (HOLDFAST_IS_VIRTUAL_HEADSET (self));

  holdfast_virtual_headset_forget (self, address);
  g_ptr_array_insert (self->memory, 0, g_strdup (address));
  size = holdfast_headset_get_memory_size (self->model);
  if (self->memory->len > (size > 0 ? size : MEMORY_SIZE))
    g_ptr_array_remove_index (self->memory, self->memory->len - 1);
}

void
holdfast_virtual_headset_forget (HoldfastVirtualHeadset *self, const char *address)
{
  guint index;

  g_return_if_fail (HOLDFAST_IS_VIRTUAL_HEADSET (self));

  if (find_remembered (self, address, &index))
    g_ptr_array_remove_index (self->memory, index);
}

void
holdfast_virtual_headset_forget_all (HoldfastVirtualHeadset *self)
{
  g_return_if_fail (HOLDFAST_IS_VIRTUAL_HEADSET (self));

  g_ptr_array_set_size (self->memory, 0);
}

guint
holdfast_virtual_headset_count_remembered (HoldfastVirtualHeadset *self)
{
  g_return_val_if_fail (HOLDFAST_IS_VIRTUAL_HEADSET (self), 0);

  return self->memory->len;
}
