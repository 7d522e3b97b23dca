/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ring-words.h"

G_BEGIN_DECLS

/**
 * holdfast_ring_draw_face:
 * @ring: whose colour, font and direction it has
 * @snapshot: its origin is the middle of the ring, its unit that of the ring (see ring-arc.h)
 * @scale: pixels in a unit of the ring: letters have the size that the person has chosen
 * @count: the number and its caption, which is left out where it does not fit
 * @widest: the largest number of this count: the digits keep one size throughout
 * @step: for the marks of a HOLD; there are none where its longest time is unknown
 *
 * Draws what stands still in a #HoldfastHoldRing.
 */
void holdfast_ring_draw_face (GtkWidget *ring,
                              GtkSnapshot *snapshot,
                              float scale,
                              const HoldfastRingCount *count,
                              int widest,
                              const HoldfastStep *step);

G_END_DECLS
