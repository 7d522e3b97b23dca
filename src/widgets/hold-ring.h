/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "clock.h"
#include "gesture.h"

G_BEGIN_DECLS

/**
 * HoldfastHoldRingPhase: what the ring says. Each looks different without its colour, too.
 */
typedef enum {
  HOLDFAST_HOLD_RING_REST,       /* before a hold: marks and the usual seconds */
  HOLDFAST_HOLD_RING_COUNT_DOWN, /* lead-in: a thin ring that empties */
  HOLDFAST_HOLD_RING_HOLD,       /* an arc that fills */
  HOLDFAST_HOLD_RING_HOLD_ON,    /* the same after the usual time: "keep holding" */
  HOLDFAST_HOLD_RING_FULL,       /* longest time reached, "let go now": full ring, open hand */
  HOLDFAST_HOLD_RING_WAIT,       /* hand off: dots that go out, a small open hand */
  HOLDFAST_HOLD_RING_LOOK,       /* "looking for it": three arcs that turn slowly, a lens */
  HOLDFAST_HOLD_RING_FOUND,      /* "got it": a full disc and a check mark */
  HOLDFAST_HOLD_RING_IDLE,       /* a step without a time */
} HoldfastHoldRingPhase;

#define HOLDFAST_TYPE_HOLD_RING_PHASE (holdfast_hold_ring_phase_get_type ())
GType holdfast_hold_ring_phase_get_type (void);

/**
 * HoldfastHoldRing:
 *
 * The ring that counts a hold. It always turns clockwise, also where words run from right to left.
 *
 * The arc of a hold ends at the step's longest time, at the top. Of the step's times only the usual
 * one is shown as a number; the others are marks. A step whose usual time is 0, or that is only for
 * headphones that are on (it ends when they are off), gets no number: the ring counts and promises
 * nothing.
 *
 * It wakes only while it is mapped and something moves: once a second, and with animations each
 * frame while it counts or looks. While it is not mapped the properties stand still, and are right
 * again as soon as it is. Nothing in it flashes: the beat of each second is a swelling of the arc.
 *
 * It is a timer to a screen reader, whose value and words change once a second; it never speaks by
 * itself, that is the page's business.
 *
 * Properties, read-only, notified on change only:
 *   "phase" (HoldfastHoldRingPhase)
 *   "seconds" (int): the number that is shown, -1 if there is none: whole seconds held so far, or
 *     seconds left when it counts down or waits, or the usual seconds at rest
 */
#define HOLDFAST_TYPE_HOLD_RING (holdfast_hold_ring_get_type ())
G_DECLARE_FINAL_TYPE (HoldfastHoldRing, holdfast_hold_ring, HOLDFAST, HOLD_RING, GtkWidget)

GtkWidget *holdfast_hold_ring_new (void);

/** @clock: (nullable): the only source of time; without one nothing moves */
void holdfast_hold_ring_set_clock (HoldfastHoldRing *self, HoldfastClock *clock);

/** @step: (nullable): the step to come, shown at rest; copied */
void holdfast_hold_ring_show_step (HoldfastHoldRing *self, const HoldfastStep *step);
/**
 * holdfast_hold_ring_count_down:
 * @until_us: when the hold is to begin, by the clock
 * @length_us: of the whole lead-in, in microseconds
 */
void holdfast_hold_ring_count_down (HoldfastHoldRing *self, gint64 until_us, gint64 length_us);
/**
 * holdfast_hold_ring_count_hold:
 * @step: a HOLD; copied
 * @began_us: when the hold began, by the clock
 *
 * Counts up to the step's longest time, and then asks to let go. Without a longest time it counts
 * on and the ring stays empty.
 */
void
holdfast_hold_ring_count_hold (HoldfastHoldRing *self, const HoldfastStep *step, gint64 began_us);
/**
 * holdfast_hold_ring_wait:
 * @until_us: when something is to be done again, by the clock
 * @length_us: of the whole wait, in microseconds
 */
void holdfast_hold_ring_wait (HoldfastHoldRing *self, gint64 until_us, gint64 length_us);
void holdfast_hold_ring_look (HoldfastHoldRing *self);
void holdfast_hold_ring_found (HoldfastHoldRing *self);
void holdfast_hold_ring_idle (HoldfastHoldRing *self);

HoldfastHoldRingPhase holdfast_hold_ring_get_phase (HoldfastHoldRing *self);
/** Returns: the number that is shown, -1 if there is none */
int holdfast_hold_ring_get_seconds (HoldfastHoldRing *self);

G_END_DECLS
