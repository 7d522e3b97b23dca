/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tone.h"

#include <math.h>

#define LENGTH ((guint64) HOLDFAST_TONE_RATE * HOLDFAST_TONE_MS / 1000)
#define FADE_IN ((guint64) HOLDFAST_TONE_RATE * HOLDFAST_TONE_FADE_MS / 1000)
/* Short enough to be "at once", long enough not to click. */
#define FADE_OUT ((guint64) HOLDFAST_TONE_RATE / 10)
#define PITCH_HZ 440.0

void
holdfast_tone_init (HoldfastTone *self, HoldfastSide side)
{
  *self = (HoldfastTone) { .side = side, .ended_at = LENGTH - FADE_OUT };
}

void
holdfast_tone_end (HoldfastTone *self)
{
  self->ended_at = MIN (self->ended_at, self->position);
}

static double
get_gain (const HoldfastTone *self)
{
  double peak = pow (10.0, HOLDFAST_TONE_PEAK_DBFS / 20.0);
  double gain = MIN (1.0, (double) self->position / FADE_IN);

  if (self->position > self->ended_at)
    gain *= 1.0 - (double) (self->position - self->ended_at) / FADE_OUT;
  return peak * MAX (gain, 0.0);
}

guint
holdfast_tone_read (HoldfastTone *self, float *frames, guint n_frames)
{
  guint n = 0;

  while (n < n_frames && self->position < self->ended_at + FADE_OUT) {
    double sample = get_gain (self)
                    * sin (2.0 * G_PI * PITCH_HZ * (double) self->position / HOLDFAST_TONE_RATE);

    frames[2 * n] = self->side == HOLDFAST_SIDE_RIGHT ? 0.0f : (float) sample;
    frames[2 * n + 1] = self->side == HOLDFAST_SIDE_LEFT ? 0.0f : (float) sample;
    self->position++;
    n++;
  }
  return n;
}
