/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hold-ring.h"

G_BEGIN_DECLS

/* Lengths of the ring, in parts of a ring that is RING_UNITS wide. */
#define RING_UNITS 240.0f
#define RING_RADIUS 100.0f /* of the middle of the line */
#define RING_WIDTH 14.0f
#define RING_THIN_WIDTH 7.0f
/* What is drawn inside must stay within this radius. */
#define RING_INNER_RADIUS 88.0f

/**
 * HoldfastRingArc:
 *
 * What moves in a #HoldfastHoldRing, and its symbols, in one colour: that of this widget. It has no
 * time of its own, so it is drawn again only when it is told something new, and nothing else of
 * the ring with it.
 */
#define HOLDFAST_TYPE_RING_ARC (holdfast_ring_arc_get_type ())
G_DECLARE_FINAL_TYPE (HoldfastRingArc, holdfast_ring_arc, HOLDFAST, RING_ARC, GtkWidget)

GtkWidget *holdfast_ring_arc_new (void);

/**
 * holdfast_ring_arc_show:
 * @phase: what to draw
 * @part: how much of the time has passed, 0.0 to 1.0
 * @turn: LOOK: how far the arcs have turned, 0.0 <= turn < 1.0
 * @swell: how much the line swells at a beat, 0.0 to 1.0
 */
void holdfast_ring_arc_show (
    HoldfastRingArc *self, HoldfastHoldRingPhase phase, float part, float turn, float swell);

/** Appends to @builder, clockwise, the arc from @from to @to, in turns from the top. */
void holdfast_ring_add_arc (
    GskPathBuilder *builder, const graphene_point_t *center, float radius, float from, float to);

G_END_DECLS
