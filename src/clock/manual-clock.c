/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "clock.h"

struct _HoldfastManualClock {
  HoldfastClock parent_instance;

  GArray *alarms; /* Alarm, the next one last, so that it is taken off cheaply */
  gint64 now_us;
  gint64 asleep_us;
  guint last_alarm;
  gboolean advancing;
};

typedef struct {
  gint64 at_us;
  HoldfastAlarmFunc func;
  gpointer user_data;
  guint alarm;
} Alarm;

G_DEFINE_FINAL_TYPE (HoldfastManualClock, holdfast_manual_clock, HOLDFAST_TYPE_CLOCK)

static gint64
holdfast_manual_clock_get_now_us (HoldfastClock *clock)
{
  return HOLDFAST_MANUAL_CLOCK (clock)->now_us;
}

static gint64
holdfast_manual_clock_get_asleep_us (HoldfastClock *clock)
{
  return HOLDFAST_MANUAL_CLOCK (clock)->asleep_us;
}

static guint
holdfast_manual_clock_set_alarm (HoldfastClock *clock,
                                 gint64 at_us,
                                 HoldfastAlarmFunc func,
                                 gpointer user_data)
{
  HoldfastManualClock *self = HOLDFAST_MANUAL_CLOCK (clock);
  Alarm alarm = {
    .at_us = MAX (at_us, self->now_us), /* time never goes back for an alarm that is late */
    .func = func,
    .user_data = user_data,
    .alarm = ++self->last_alarm,
  };
  guint i = self->alarms->len;

  g_assert (alarm.alarm); /* four thousand million alarms are no test */
  /* Of two alarms for the same time the one set first is called first. */
  while (i > 0 && g_array_index (self->alarms, Alarm, i - 1).at_us <= alarm.at_us)
    i--;
  g_array_insert_val (self->alarms, i, alarm);

  return alarm.alarm;
}

static void
holdfast_manual_clock_clear_alarm (HoldfastClock *clock, guint alarm)
{
  HoldfastManualClock *self = HOLDFAST_MANUAL_CLOCK (clock);

  for (guint i = 0; i < self->alarms->len; i++) {
    if (g_array_index (self->alarms, Alarm, i).alarm == alarm) {
      g_array_remove_index (self->alarms, i);
      return;
    }
  }
  g_critical ("Alarm %u is not set", alarm);
}

static void
holdfast_manual_clock_finalize (GObject *object)
{
  HoldfastManualClock *self = HOLDFAST_MANUAL_CLOCK (object);

  g_array_unref (self->alarms);
  G_OBJECT_CLASS (holdfast_manual_clock_parent_class)->finalize (object);
}

static void
holdfast_manual_clock_class_init (HoldfastManualClockClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  HoldfastClockClass *clock_class = HOLDFAST_CLOCK_CLASS (klass);

  object_class->finalize = holdfast_manual_clock_finalize;
  clock_class->get_now_us = holdfast_manual_clock_get_now_us;
  clock_class->get_asleep_us = holdfast_manual_clock_get_asleep_us;
  clock_class->set_alarm = holdfast_manual_clock_set_alarm;
  clock_class->clear_alarm = holdfast_manual_clock_clear_alarm;
}

static void
holdfast_manual_clock_init (HoldfastManualClock *self)
{
  self->alarms = g_array_new (FALSE, FALSE, sizeof (Alarm));
  self->now_us = G_USEC_PER_SEC;
}

HoldfastClock *
holdfast_manual_clock_new (void)
{
  return g_object_new (HOLDFAST_TYPE_MANUAL_CLOCK, NULL);
}

void
holdfast_manual_clock_advance (HoldfastManualClock *self, gint64 by_us)
{
  gint64 until_us;

  g_return_if_fail (HOLDFAST_IS_MANUAL_CLOCK (self));
  g_return_if_fail (by_us >= 0 && by_us <= G_MAXINT64 - self->now_us);
  g_return_if_fail (!self->advancing);

  g_object_ref (self); /* an alarm may drop the last reference but ours */
  self->advancing = TRUE;
  until_us = self->now_us + by_us;
  while (holdfast_manual_clock_get_next_alarm_us (self) <= until_us && self->alarms->len > 0) {
    Alarm alarm = g_array_index (self->alarms, Alarm, self->alarms->len - 1);

    g_array_set_size (self->alarms, self->alarms->len - 1);
    self->now_us = alarm.at_us;
    alarm.func (alarm.user_data);
  }
  self->now_us = until_us;

  self->advancing = FALSE;
  g_object_unref (self);
}

gint64
holdfast_manual_clock_get_next_alarm_us (HoldfastManualClock *self)
{
  g_return_val_if_fail (HOLDFAST_IS_MANUAL_CLOCK (self), G_MAXINT64);

  if (self->alarms->len == 0)
    return G_MAXINT64;
  return g_array_index (self->alarms, Alarm, self->alarms->len - 1).at_us;
}

void
holdfast_manual_clock_sleep (HoldfastManualClock *self, gint64 by_us)
{
  g_return_if_fail (HOLDFAST_IS_MANUAL_CLOCK (self));
  g_return_if_fail (by_us >= 0);

  self->asleep_us += by_us;
}
