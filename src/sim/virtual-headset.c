/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "virtual-private.h"

#define WINDOW_MS 300000
#define MEMORY_SIZE 8
/* How long a headset takes to come back by itself after it was initialised. */
#define START_UP_MS 3000
#define LOWEST_BATTERY 5

#define A_PHONE "5C:CA:1A:00:00:01"

/* Illustrations, where the catalogue has no pattern: what a person would see. */
#define LIGHT_PAIRING "blue:150 off:150 blue:150 off:850"
#define LIGHT_ON "blue:100 off:4900"
#define LIGHT_EMPTY "red:500 off:500"
#define LIGHT_CHARGING "orange:1000"

G_DEFINE_FINAL_TYPE (HoldfastVirtualHeadset, holdfast_virtual_headset, G_TYPE_OBJECT)

enum { PROP_CLOCK = 1, PROP_MODEL, N_PROPS };

enum { CHANGED, SPOKE, N_SIGNALS };

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

gboolean
virtual_is_earbuds (HoldfastVirtualHeadset *self)
{
  HoldfastForm form = holdfast_headset_get_form (self->model);

  return form == HOLDFAST_FORM_EARBUDS || form == HOLDFAST_FORM_GAMING_EARBUDS;
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
void
virtual_enter_pairing (HoldfastVirtualHeadset *self, const HoldfastGesture *gesture)
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

void
virtual_switch_on (HoldfastVirtualHeadset *self)
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
  if (self->memory->len == 0 && (!virtual_is_earbuds (self) || !self->in_case))
    virtual_enter_pairing (self, NULL);
}

void
virtual_switch_off (HoldfastVirtualHeadset *self)
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
  if (virtual_is_earbuds (self) && self->memory->len == 0) {
    /* initialised in its case: there is nobody to take it out */
    enter (self, HOLDFAST_VIRTUAL_ON);
    virtual_enter_pairing (self, NULL);
    return;
  }
  virtual_switch_on (self);
}

void
virtual_restart (HoldfastVirtualHeadset *self, const char *illustration)
{
  gint64 now_us = holdfast_clock_get_now_us (self->clock);

  self->phone = FALSE;
  enter (self, HOLDFAST_VIRTUAL_OFF);
  show (self, NULL, illustration);
  self->start_alarm
      = holdfast_clock_set_alarm (self->clock, now_us + START_UP_MS * 1000, started_again, self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
holdfast_virtual_headset_constructed (GObject *object)
{
  HoldfastVirtualHeadset *self = HOLDFAST_VIRTUAL_HEADSET (object);
  GPtrArray *ways = holdfast_headset_get_pairing_ways (self->model);
  guint i;

  G_OBJECT_CLASS (holdfast_virtual_headset_parent_class)->constructed (object);
  for (i = 0; i < ways->len; i++)
    virtual_watch (self, g_ptr_array_index (ways, i));
  virtual_watch (self, holdfast_headset_get_first_time (self->model));
  virtual_watch (self, holdfast_headset_get_restart (self->model));
  virtual_watch (self, holdfast_headset_get_factory_reset (self->model));
  virtual_add_power_button (self);
  self->in_case = virtual_is_earbuds (self);
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
    virtual_let_hand_go (self);
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
  self->watches = g_array_new (FALSE, FALSE, sizeof (VirtualWatch));
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

/* Earbuds have no power button: the case is it. */
static void
settle_case (HoldfastVirtualHeadset *self)
{
  if (!virtual_is_earbuds (self))
    return;
  if (self->in_case && !self->lid_open)
    virtual_switch_off (self);
  else
    virtual_switch_on (self);
}

void
holdfast_virtual_headset_set_in_case (HoldfastVirtualHeadset *self, gboolean in_case)
{
  g_return_if_fail (HOLDFAST_IS_VIRTUAL_HEADSET (self));

  if (self->in_case == in_case || !virtual_is_earbuds (self))
    return;
  self->in_case = in_case;
  settle_case (self);
  if (!in_case && self->memory->len == 0 && self->mode == HOLDFAST_VIRTUAL_ON)
    virtual_enter_pairing (self, NULL);
  g_signal_emit (self, signals[CHANGED], 0);
}

void
holdfast_virtual_headset_set_lid_open (HoldfastVirtualHeadset *self, gboolean open)
{
  g_return_if_fail (HOLDFAST_IS_VIRTUAL_HEADSET (self));

  if (self->lid_open == open || !virtual_is_earbuds (self))
    return;
  self->lid_open = open;
  settle_case (self);
  g_signal_emit (self, signals[CHANGED], 0);
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
  g_signal_emit (self, signals[CHANGED], 0);
}

void
holdfast_virtual_headset_set_charging (HoldfastVirtualHeadset *self, gboolean charging)
{
  g_return_if_fail (HOLDFAST_IS_VIRTUAL_HEADSET (self));

  if (self->charging == charging)
    return;
  self->charging = charging;
  if (charging && holdfast_headset_usb_blocks_pairing (self->model) == HOLDFAST_TRISTATE_YES)
    virtual_switch_off (self);
  if (self->mode == HOLDFAST_VIRTUAL_OFF)
    show_rest (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

gboolean
holdfast_virtual_headset_get_in_case (HoldfastVirtualHeadset *self)
{
  g_return_val_if_fail (HOLDFAST_IS_VIRTUAL_HEADSET (self), FALSE);

  return self->in_case;
}

gboolean
holdfast_virtual_headset_get_lid_open (HoldfastVirtualHeadset *self)
{
  g_return_val_if_fail (HOLDFAST_IS_VIRTUAL_HEADSET (self), FALSE);

  return self->lid_open;
}

gboolean
holdfast_virtual_headset_get_cable (HoldfastVirtualHeadset *self)
{
  g_return_val_if_fail (HOLDFAST_IS_VIRTUAL_HEADSET (self), FALSE);

  return self->cable;
}

gboolean
holdfast_virtual_headset_get_charging (HoldfastVirtualHeadset *self)
{
  g_return_val_if_fail (HOLDFAST_IS_VIRTUAL_HEADSET (self), FALSE);

  return self->charging;
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
    virtual_switch_off (self);
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
    virtual_enter_pairing (self, NULL);
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
