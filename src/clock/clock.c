/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "clock.h"

G_DEFINE_ABSTRACT_TYPE (HoldfastClock, holdfast_clock, G_TYPE_OBJECT)

static gint64
holdfast_clock_real_get_asleep_us (HoldfastClock *self)
{
  return 0;
}

static void
holdfast_clock_class_init (HoldfastClockClass *klass)
{
  klass->get_asleep_us = holdfast_clock_real_get_asleep_us;
}

static void
holdfast_clock_init (HoldfastClock *self)
{
}

gint64
holdfast_clock_get_now_us (HoldfastClock *self)
{
  g_return_val_if_fail (HOLDFAST_IS_CLOCK (self), 0);

  return HOLDFAST_CLOCK_GET_CLASS (self)->get_now_us (self);
}

gint64
holdfast_clock_get_asleep_us (HoldfastClock *self)
{
  g_return_val_if_fail (HOLDFAST_IS_CLOCK (self), 0);

  return HOLDFAST_CLOCK_GET_CLASS (self)->get_asleep_us (self);
}

guint
holdfast_clock_set_alarm (HoldfastClock *self,
                          gint64 at_us,
                          HoldfastAlarmFunc func,
                          gpointer user_data)
{
  g_return_val_if_fail (HOLDFAST_IS_CLOCK (self), 0);
  g_return_val_if_fail (func, 0);

  return HOLDFAST_CLOCK_GET_CLASS (self)->set_alarm (self, at_us, func, user_data);
}

void
holdfast_clock_clear_alarm (HoldfastClock *self, guint *alarm)
{
  g_return_if_fail (HOLDFAST_IS_CLOCK (self));
  g_return_if_fail (alarm);

  if (*alarm)
    HOLDFAST_CLOCK_GET_CLASS (self)->clear_alarm (self, g_steal_handle_id (alarm));
}
