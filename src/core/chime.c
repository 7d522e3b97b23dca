/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "chime.h"

#include <math.h>

#define MAX_NOTES 3

/* A struck bar: it swells within moments and dies away by itself. */
typedef struct {
  guint begins_ms;
  double pitch_hz;
  double decay_ms; /* to a third, about */
} Note;

typedef struct {
  guint length_ms;
  double peak_dbfs;
  guint n_notes;
  Note notes[MAX_NOTES];
} Score;

#define ATTACK_MS 4.0
#define RELEASE_MS 20.0

/* Two notes may ring together; a second voice an octave higher makes them a bell. */
#define OVERTONE_GAIN 0.25
#define HEADROOM (1.0 / ((1.0 + OVERTONE_GAIN) * 1.6))

static const Score scores[HOLDFAST_CHIME_MAX] = {
  [HOLDFAST_CHIME_TICK] = { 60,   -26,               1, { { 0, 1100, 7 } }                           },
  [HOLDFAST_CHIME_LET_GO] = { 700,  -18,               2, { { 0, 622.25, 110 }, { 220, 415.30, 150 } } },
  [HOLDFAST_CHIME_FOUND] = { 1300,
                           HOLDFAST_CHIME_PEAK_DBFS, 3,
                           { { 0, 523.25, 120 }, { 130, 659.26, 140 }, { 260, 1046.50, 320 } }       },
};

static double
sound_note (const Note *note, double ms)
{
  double age = ms - note->begins_ms;
  double turn = 2.0 * G_PI * note->pitch_hz * age / 1000.0;

  if (age < 0.0)
    return 0.0;
  return MIN (1.0, age / ATTACK_MS) * exp (-age / note->decay_ms)
         * (sin (turn) + OVERTONE_GAIN * sin (2.0 * turn) * exp (-age / note->decay_ms));
}

guint
holdfast_chime_get_n_samples (HoldfastChime self)
{
  g_return_val_if_fail ((guint) self < HOLDFAST_CHIME_MAX, 0);

  return scores[self].length_ms * (HOLDFAST_CHIME_RATE / 1000);
}

guint
holdfast_chime_read (HoldfastChime self, guint first, float *samples, guint n_samples)
{
  guint length = holdfast_chime_get_n_samples (self);
  double gain = 0.0;
  guint n = 0;

  g_return_val_if_fail ((guint) self < HOLDFAST_CHIME_MAX, 0);
  g_return_val_if_fail (samples != NULL, 0);

  gain = pow (10.0, scores[self].peak_dbfs / 20.0) * HEADROOM;
  for (; n < n_samples && first + n < length; n++) {
    double ms = (first + n) * 1000.0 / HOLDFAST_CHIME_RATE;
    double sum = 0.0;

    for (guint i = 0; i < scores[self].n_notes; i++)
      sum += sound_note (&scores[self].notes[i], ms);
    samples[n] = (float) (gain * sum * MIN (1.0, (scores[self].length_ms - ms) / RELEASE_MS));
  }
  return n;
}
