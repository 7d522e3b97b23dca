/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "clock.h"

#include <time.h>

#define HOLDFAST_TYPE_SYSTEM_CLOCK (holdfast_system_clock_get_type ())
G_DECLARE_FINAL_TYPE (
    HoldfastSystemClock, holdfast_system_clock, HOLDFAST, SYSTEM_CLOCK, HoldfastClock)

/* Hurried, each of these in real time passes as each of those, but never beyond the next alarm. */
#define BEAT_US (5 * 1000)
#define STRIDE_US (100 * 1000)

struct _HoldfastSystemClock {
  HoldfastClock parent_instance;

  GHashTable *alarms; /* guint → GSource, owned */
  guint last_alarm;
  gint64 ahead_us; /* of the computer's time */
  GSource *hurry;
};

typedef struct {
  HoldfastSystemClock *clock; /* not owned: the clock destroys its alarms when it goes */
  HoldfastAlarmFunc func;
  gpointer user_data;
  guint alarm;
} Alarm;

G_DEFINE_FINAL_TYPE (HoldfastSystemClock, holdfast_system_clock, HOLDFAST_TYPE_CLOCK)

static gboolean
alarm_source_dispatch (GSource *source, GSourceFunc callback, gpointer user_data)
{
  return callback (user_data);
}

/* A ready time is in microseconds and monotonic, unlike the milliseconds of g_timeout_add (). */
static GSourceFuncs alarm_source_funcs = {
  .dispatch = alarm_source_dispatch,
};

static gboolean
alarm_cb (gpointer user_data)
{
  Alarm *alarm = user_data;
  HoldfastAlarmFunc func = alarm->func;
  gpointer data = alarm->user_data;

  /* Frees the alarm; the function may then set and clear alarms, or drop the clock. */
  g_hash_table_remove (alarm->clock->alarms, GUINT_TO_POINTER (alarm->alarm));
  func (data);
  return G_SOURCE_REMOVE;
}

static void
alarm_source_free (gpointer data)
{
  GSource *source = data;

  g_source_destroy (source);
  g_source_unref (source);
}

static gint64
holdfast_system_clock_get_now_us (HoldfastClock *clock)
{
  return g_get_monotonic_time () + HOLDFAST_SYSTEM_CLOCK (clock)->ahead_us;
}

static gint64
holdfast_system_clock_get_asleep_us (HoldfastClock *clock)
{
#ifdef CLOCK_BOOTTIME
  struct timespec boot;
  gint64 now_us = g_get_monotonic_time ();

  if (clock_gettime (CLOCK_BOOTTIME, &boot) == 0)
    return MAX (0, boot.tv_sec * G_USEC_PER_SEC + boot.tv_nsec / 1000 - now_us);
#endif
  return 0;
}

static guint
holdfast_system_clock_set_alarm (HoldfastClock *clock,
                                 gint64 at_us,
                                 HoldfastAlarmFunc func,
                                 gpointer user_data)
{
  HoldfastSystemClock *self = HOLDFAST_SYSTEM_CLOCK (clock);
  GSource *source = g_source_new (&alarm_source_funcs, sizeof (GSource));
  Alarm *alarm = g_new (Alarm, 1);

  do
    self->last_alarm++;
  while (!self->last_alarm
         || g_hash_table_contains (self->alarms, GUINT_TO_POINTER (self->last_alarm)));

  *alarm = (Alarm) {
    .clock = self,
    .func = func,
    .user_data = user_data,
    .alarm = self->last_alarm,
  };
  g_source_set_callback (source, alarm_cb, alarm, g_free);
  /* A negative ready time would mean never. */
  g_source_set_ready_time (source, MAX (0, at_us - self->ahead_us));
  g_source_set_static_name (source, "[holdfast] alarm");
  g_source_attach (source, g_main_context_get_thread_default ());
  g_hash_table_insert (self->alarms, GUINT_TO_POINTER (alarm->alarm), source);

  return alarm->alarm;
}

static void
holdfast_system_clock_clear_alarm (HoldfastClock *clock, guint alarm)
{
  HoldfastSystemClock *self = HOLDFAST_SYSTEM_CLOCK (clock);

  if (!g_hash_table_remove (self->alarms, GUINT_TO_POINTER (alarm)))
    g_critical ("Alarm %u is not set", alarm);
}

static gboolean
hurry_cb (gpointer user_data)
{
  HoldfastSystemClock *self = user_data;
  gint64 stride_us = STRIDE_US;
  gint64 real_us = g_get_monotonic_time ();
  GHashTableIter iter;
  gpointer source = NULL;

  g_hash_table_iter_init (&iter, self->alarms);
  while (g_hash_table_iter_next (&iter, NULL, &source))
    stride_us = CLAMP (g_source_get_ready_time (source) - real_us, 0, stride_us);
  self->ahead_us += stride_us;
  g_hash_table_iter_init (&iter, self->alarms);
  while (g_hash_table_iter_next (&iter, NULL, &source))
    g_source_set_ready_time (source, MAX (0, g_source_get_ready_time (source) - stride_us));
  g_source_set_ready_time (self->hurry, real_us + BEAT_US);
  return G_SOURCE_CONTINUE;
}

void
holdfast_clock_hurry (HoldfastClock *clock, gboolean hurried)
{
  HoldfastSystemClock *self = NULL;

  g_return_if_fail (HOLDFAST_IS_SYSTEM_CLOCK (clock));

  self = HOLDFAST_SYSTEM_CLOCK (clock);
  if (hurried == (self->hurry != NULL))
    return;
  if (!hurried) {
    g_clear_pointer (&self->hurry, alarm_source_free);
    return;
  }
  self->hurry = g_source_new (&alarm_source_funcs, sizeof (GSource));
  g_source_set_callback (self->hurry, hurry_cb, self, NULL);
  g_source_set_ready_time (self->hurry, g_get_monotonic_time () + BEAT_US);
  g_source_set_static_name (self->hurry, "[holdfast] hurried time");
  g_source_attach (self->hurry, g_main_context_get_thread_default ());
}

static void
holdfast_system_clock_finalize (GObject *object)
{
  HoldfastSystemClock *self = HOLDFAST_SYSTEM_CLOCK (object);

  g_clear_pointer (&self->hurry, alarm_source_free);

  g_hash_table_unref (self->alarms);
  G_OBJECT_CLASS (holdfast_system_clock_parent_class)->finalize (object);
}

static void
holdfast_system_clock_class_init (HoldfastSystemClockClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  HoldfastClockClass *clock_class = HOLDFAST_CLOCK_CLASS (klass);

  object_class->finalize = holdfast_system_clock_finalize;
  clock_class->get_now_us = holdfast_system_clock_get_now_us;
  clock_class->get_asleep_us = holdfast_system_clock_get_asleep_us;
  clock_class->set_alarm = holdfast_system_clock_set_alarm;
  clock_class->clear_alarm = holdfast_system_clock_clear_alarm;
}

static void
holdfast_system_clock_init (HoldfastSystemClock *self)
{
  self->alarms = g_hash_table_new_full (NULL, NULL, NULL, alarm_source_free);
}

HoldfastClock *
holdfast_clock_new_system (void)
{
  return g_object_new (HOLDFAST_TYPE_SYSTEM_CLOCK, NULL);
}
