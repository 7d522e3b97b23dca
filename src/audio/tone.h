/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "audio.h"

G_BEGIN_DECLS

/** Frames a second of the test tone; two channels of float. */
#define HOLDFAST_TONE_RATE 48000

/**
 * HoldfastTone:
 *
 * A test tone as a function of the frame: fades in, peaks at -20 dBFS, fades out, ends. Pure.
 * @ended_at: frame from which it fades out early; G_MAXUINT64 for never
 */
typedef struct {
  HoldfastSide side;
  guint64 position;
  guint64 ended_at;
} HoldfastTone;

void holdfast_tone_init (HoldfastTone *self, HoldfastSide side);

/** Ends it early, without a click. */
void holdfast_tone_end (HoldfastTone *self);

/**
 * holdfast_tone_read:
 * @frames: (out): room for @n_frames pairs of samples, left first
 *
 * Returns: how many frames were written; fewer than @n_frames at the end, then 0
 */
guint holdfast_tone_read (HoldfastTone *self, float *frames, guint n_frames);

G_END_DECLS
