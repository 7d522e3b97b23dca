/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hold-ring.h"

G_BEGIN_DECLS

/**
 * HoldfastRingCount:
 * @seconds: the number that is shown, -1 if there is none
 * @usual: the number that is promised, 0 if there is none
 * @waits: REST: the step to come is a WAIT, not a HOLD
 *
 * What a #HoldfastHoldRing has to put into words.
 */
typedef struct {
  HoldfastHoldRingPhase phase;
  int seconds;
  int usual;
  gboolean waits;
} HoldfastRingCount;

/** Returns: (transfer full) (nullable): a word or two below the number */
char *holdfast_ring_get_caption (const HoldfastRingCount *count);
/** Returns: (transfer full): all of it, for a screen reader: "Hold: 3 of about 7 seconds" */
char *holdfast_ring_get_label (const HoldfastRingCount *count);

G_END_DECLS
