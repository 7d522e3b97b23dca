/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * HoldfastTimeline:
 *
 * A light pattern as a function of time. Immutable and reference counted; knows no clock.
 */
typedef struct _HoldfastTimeline HoldfastTimeline;

typedef enum {
  HOLDFAST_LED_OFF,
  HOLDFAST_LED_BLUE,
  HOLDFAST_LED_RED,
  HOLDFAST_LED_ORANGE,
  HOLDFAST_LED_GREEN,
  HOLDFAST_LED_WHITE,
} HoldfastLed;

/**
 * HoldfastLedSample:
 * @led: the colour at that moment
 * @phase: position within the repeating pattern, 0.0 <= phase < 1.0
 * @next_change_us: microseconds until @led changes; G_MAXINT64 if it never does
 *
 * What the light shows at one moment.
 */
typedef struct {
  HoldfastLed led;
  double phase;
  gint64 next_change_us;
} HoldfastLedSample;

/**
 * holdfast_timeline_parse:
 * @text: steps as "blue:150 off:150 blue:150 off:850", durations in milliseconds, repeated for ever
 * @error: return location, domain HOLDFAST_CATALOGUE_ERROR
 *
 * Parses a light pattern from a catalogue file.
 *
 * Rejects zero durations, unknown colours, periods above 10 s, and anything faster than three
 * flashes in any one second (WCAG 2.3.1): an unsafe pattern cannot be expressed.
 *
 * Returns: (transfer full): the pattern, or NULL with @error set
 */
HoldfastTimeline *holdfast_timeline_parse (const char *text,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

HoldfastTimeline *holdfast_timeline_ref (HoldfastTimeline *self);
void holdfast_timeline_unref (HoldfastTimeline *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HoldfastTimeline, holdfast_timeline_unref)

/**
 * holdfast_timeline_sample:
 * @at_us: time since the pattern began, in microseconds; any non-negative value, days included
 * @ret_sample: (out): filled in
 *
 * Answers what the light shows at a time. Pure: same arguments, same answer.
 */
void holdfast_timeline_sample (const HoldfastTimeline *self,
                               gint64 at_us,
                               HoldfastLedSample *ret_sample);

/**
 * holdfast_timeline_get_period_us:
 *
 * Returns: length of the repeating pattern, in microseconds
 */
gint64 holdfast_timeline_get_period_us (const HoldfastTimeline *self);

/**
 * holdfast_timeline_to_text:
 *
 * Returns: (transfer full): the pattern in the form holdfast_timeline_parse() reads
 */
char *holdfast_timeline_to_text (const HoldfastTimeline *self);

/**
 * holdfast_timeline_count_flashes_per_second:
 *
 * Counts each change to a lit colour, from dark or from another colour.
 *
 * Returns: the most flashes that any window of one second of the pattern holds
 */
guint holdfast_timeline_count_flashes_per_second (const HoldfastTimeline *self);

G_END_DECLS
