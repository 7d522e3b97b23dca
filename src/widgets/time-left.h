/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "clock.h"

G_BEGIN_DECLS

/**
 * HoldfastTimeLeft:
 *
 * How long the headphones can still be found: a bar that empties, and words. In the last minute the
 * words say what to do when the time is over. Calm: it has no seconds and no colour of alarm.
 *
 * It is not visible while there is no end, or once it has passed. It wakes every few seconds, and
 * only while it is mapped.
 *
 * Property, read-only: "words" (string, nullable): what it says now
 */
#define HOLDFAST_TYPE_TIME_LEFT (holdfast_time_left_get_type ())
G_DECLARE_FINAL_TYPE (HoldfastTimeLeft, holdfast_time_left, HOLDFAST, TIME_LEFT, GtkBox)

GtkWidget *holdfast_time_left_new (void);

/** @clock: (nullable): the only source of time */
void holdfast_time_left_set_clock (HoldfastTimeLeft *self, HoldfastClock *clock);

/**
 * holdfast_time_left_set_end:
 * @end_us: by the clock, in microseconds; G_MAXINT64 if there is no end
 * @length_us: of the whole time, in microseconds
 */
void holdfast_time_left_set_end (HoldfastTimeLeft *self, gint64 end_us, gint64 length_us);

const char *holdfast_time_left_get_words (HoldfastTimeLeft *self);

G_END_DECLS
