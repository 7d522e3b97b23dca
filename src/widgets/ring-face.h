/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hold-ring.h"

G_BEGIN_DECLS

/* What stands still in a #HoldfastHoldRing. All lengths are in units of the ring, whose middle is
 * the origin of @snapshot; see ring-arc.h. */

/**
 * HoldfastRingFace:
 * @number: seconds to show, -1 for none
 * @widest: the largest number of this count: the digits keep one size throughout
 * @caption: (nullable): a word or two below the number; left out where it does not fit
 * @below_symbol: TRUE to leave room above the number
 */
typedef struct {
  int number;
  int widest;
  const char *caption;
  gboolean below_symbol;
} HoldfastRingFace;

void holdfast_ring_draw_track (GtkSnapshot *snapshot, const GdkRGBA *ink, float width);
/** The times of a HOLD; nothing for another step, or where the longest time is unknown */
void holdfast_ring_draw_marks (GtkSnapshot *snapshot, const GdkRGBA *ink, const HoldfastStep *step);
/**
 * holdfast_ring_draw_face:
 * @widget: whose font and direction the words have
 * @scale: pixels in a unit of the ring: the caption has the person's own size of letters
 */
void holdfast_ring_draw_face (GtkWidget *widget,
                              GtkSnapshot *snapshot,
                              const GdkRGBA *ink,
                              float scale,
                              const HoldfastRingFace *face);

G_END_DECLS
