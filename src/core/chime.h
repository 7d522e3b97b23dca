/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** Samples a second of a chime; one channel of float. */
#define HOLDFAST_CHIME_RATE 48000

/** No chime is louder than this; ticks are softer. */
#define HOLDFAST_CHIME_PEAK_DBFS (-14)

/**
 * HoldfastChime: what can be heard of a hold, for eyes that are on the headphones. None can be
 * taken for another one: a tick has no pitch to speak of, "let go now" falls, "got it" rises.
 */
typedef enum {
  HOLDFAST_CHIME_TICK,   /* a second has passed */
  HOLDFAST_CHIME_LET_GO, /* the longest time: let go now; nothing was found yet */
  HOLDFAST_CHIME_FOUND,  /* got it, let go */
  HOLDFAST_CHIME_MAX,
} HoldfastChime;

/** Returns: its length in samples, less than two seconds */
guint holdfast_chime_get_n_samples (HoldfastChime self);

/**
 * holdfast_chime_read:
 * @first: the sample to begin with
 * @samples: (out): room for @n_samples
 *
 * A chime as a function of time; it begins and ends in silence, so that nothing clicks. Pure.
 *
 * Returns: how many samples were written; fewer than @n_samples at the end, then 0
 */
guint holdfast_chime_read (HoldfastChime self, guint first, float *samples, guint n_samples);

G_END_DECLS
