/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * HoldfastClock:
 *
 * The only source of time. Everything else gets time as an argument or asks a clock, so that five
 * minutes pass in no time in a test, a demonstration or a replay.
 */
#define HOLDFAST_TYPE_CLOCK (holdfast_clock_get_type ())
G_DECLARE_DERIVABLE_TYPE (HoldfastClock, holdfast_clock, HOLDFAST, CLOCK, GObject)

typedef void (*HoldfastAlarmFunc) (gpointer user_data);

struct _HoldfastClockClass {
  GObjectClass parent_class;

  gint64 (*get_now_us) (HoldfastClock *self);
  gint64 (*get_asleep_us) (HoldfastClock *self);
  guint (*set_alarm) (HoldfastClock *self,
                      gint64 at_us,
                      HoldfastAlarmFunc func,
                      gpointer user_data);
  void (*clear_alarm) (HoldfastClock *self, guint alarm);
};

/** Returns: monotonic time, in microseconds; stands still while the computer sleeps */
gint64 holdfast_clock_get_now_us (HoldfastClock *self);

/**
 * holdfast_clock_get_asleep_us:
 *
 * Returns: how long the computer has slept since it started, in microseconds (CLOCK_BOOTTIME ahead
 * of CLOCK_MONOTONIC); a jump between two calls means that it was suspended in between. 0 where
 * the platform cannot tell.
 */
gint64 holdfast_clock_get_asleep_us (HoldfastClock *self);

/**
 * holdfast_clock_set_alarm:
 * @at_us: monotonic time, in microseconds; in the past means as soon as possible, never at once
 * @func: called once from the main context that was the thread's default when the alarm was set
 *
 * Returns: an alarm to clear, never 0; it is spent once @func was called
 */
guint holdfast_clock_set_alarm (HoldfastClock *self,
                                gint64 at_us,
                                HoldfastAlarmFunc func,
                                gpointer user_data);

/**
 * holdfast_clock_clear_alarm:
 * @alarm: (inout): an alarm or 0; becomes 0
 */
void holdfast_clock_clear_alarm (HoldfastClock *self, guint *alarm);

/** Returns: (transfer full): the computer's clock */
HoldfastClock *holdfast_clock_new_system (void);

/**
 * holdfast_clock_hurry:
 * @self: the computer's clock; as long as it is hurried it must not be hurried from another thread
 * @hurried: TRUE makes time pass about twenty times as fast, FALSE as fast as in life again
 *
 * For what is simulated: a way through it that nobody wants to wait for. Alarms come in their order
 * and in time. What was gained is never given back.
 */
void holdfast_clock_hurry (HoldfastClock *self, gboolean hurried);

/** A clock that stands still until it is moved. Starts at 1 s. */
#define HOLDFAST_TYPE_MANUAL_CLOCK (holdfast_manual_clock_get_type ())
G_DECLARE_FINAL_TYPE (
    HoldfastManualClock, holdfast_manual_clock, HOLDFAST, MANUAL_CLOCK, HoldfastClock)

HoldfastClock *holdfast_manual_clock_new (void);

/**
 * holdfast_manual_clock_advance:
 * @by_us: how far, in microseconds; not negative
 *
 * Moves time on. Alarms that fall due are called in the order of their times, each with the clock
 * standing at its time; alarms they set are called too when they fall due within @by_us.
 */
void holdfast_manual_clock_advance (HoldfastManualClock *self, gint64 by_us);

/** Returns: when the next alarm is due, G_MAXINT64 if there is none */
gint64 holdfast_manual_clock_get_next_alarm_us (HoldfastManualClock *self);

/** The computer sleeps for @by_us: asleep time grows, monotonic time does not. */
void holdfast_manual_clock_sleep (HoldfastManualClock *self, gint64 by_us);

G_END_DECLS
