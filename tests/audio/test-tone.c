/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The test tone startles nobody: its loudness, its beginning and its end, sample by sample. */

#include "config.h"

#include <math.h>

#include "tone.h"

#define CHUNK 777

typedef struct {
  GArray *left;
  GArray *right;
} Heard;

static void
listen_to (HoldfastTone *tone, Heard *heard)
{
  float frames[2 * CHUNK];
  guint n = 0;

  while ((n = holdfast_tone_read (tone, frames, CHUNK)) > 0)
    for (guint i = 0; i < n; i++) {
      g_array_append_val (heard->left, frames[2 * i]);
      g_array_append_val (heard->right, frames[2 * i + 1]);
    }
}

static void
heard_init (Heard *heard)
{
  heard->left = g_array_new (FALSE, FALSE, sizeof (float));
  heard->right = g_array_new (FALSE, FALSE, sizeof (float));
}

static void
heard_clear (Heard *heard)
{
  g_array_unref (heard->left);
  g_array_unref (heard->right);
}

static double
peak_between (GArray *samples, guint from, guint to)
{
  double peak = 0;

  for (guint i = from; i < MIN (to, samples->len); i++)
    peak = MAX (peak, fabs (g_array_index (samples, float, i)));
  return peak;
}

static void
test_loudness (void)
{
  HoldfastTone tone;
  Heard heard;
  /* Samples are of single precision. */
  double allowed = pow (10.0, -20.0 / 20.0) * (1 + 1e-6);

  heard_init (&heard);
  holdfast_tone_init (&tone, HOLDFAST_SIDE_BOTH);
  listen_to (&tone, &heard);
  g_assert_cmpuint (heard.left->len, ==, HOLDFAST_TONE_RATE * 2);
  g_assert_cmpfloat (peak_between (heard.left, 0, G_MAXUINT), <=, allowed);
  g_assert_cmpfloat (peak_between (heard.left, 0, G_MAXUINT), >, allowed * 0.99);
  /* Half a second of rising: each tenth of it louder than the one before. */
  for (guint i = 1; i < 10; i++) {
    guint tenth = HOLDFAST_TONE_RATE / 20;

    g_assert_cmpfloat (peak_between (heard.left, i * tenth, (i + 1) * tenth),
                       >,
                       peak_between (heard.left, (i - 1) * tenth, i * tenth));
  }
  g_assert_cmpfloat (fabs (g_array_index (heard.left, float, heard.left->len - 1)), <, 0.001);
  heard_clear (&heard);
}

static void
test_sides (void)
{
  HoldfastTone tone;
  Heard heard;

  heard_init (&heard);
  holdfast_tone_init (&tone, HOLDFAST_SIDE_LEFT);
  listen_to (&tone, &heard);
  g_assert_cmpfloat (peak_between (heard.left, 0, G_MAXUINT), >, 0.05);
  g_assert_cmpfloat (peak_between (heard.right, 0, G_MAXUINT), ==, 0.0);
  heard_clear (&heard);

  heard_init (&heard);
  holdfast_tone_init (&tone, HOLDFAST_SIDE_RIGHT);
  listen_to (&tone, &heard);
  g_assert_cmpfloat (peak_between (heard.left, 0, G_MAXUINT), ==, 0.0);
  g_assert_cmpfloat (peak_between (heard.right, 0, G_MAXUINT), >, 0.05);
  heard_clear (&heard);
}

/* Neighbouring samples of a tone that was ended early differ no more than those of the tone. */
static void
test_early_end (void)
{
  HoldfastTone tone;
  Heard heard;
  float frames[2 * CHUNK];
  double steepest = 2 * G_PI * 440.0 / HOLDFAST_TONE_RATE * 0.1 * 1.1;

  heard_init (&heard);
  holdfast_tone_init (&tone, HOLDFAST_SIDE_BOTH);
  for (guint i = 0; i < 50; i++)
    holdfast_tone_read (&tone, frames, CHUNK);
  holdfast_tone_end (&tone);
  listen_to (&tone, &heard);
  g_assert_cmpuint (heard.left->len, <=, HOLDFAST_TONE_RATE / 10 + 1);
  for (guint i = 1; i < heard.left->len; i++)
    g_assert_cmpfloat (
        fabs (g_array_index (heard.left, float, i) - g_array_index (heard.left, float, i - 1)),
        <=,
        steepest);
  g_assert_cmpfloat (fabs (g_array_index (heard.left, float, heard.left->len - 1)), <, 0.001);
  heard_clear (&heard);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/audio/tone/loudness", test_loudness);
  g_test_add_func ("/audio/tone/sides", test_sides);
  g_test_add_func ("/audio/tone/early-end", test_early_end);

  return g_test_run ();
}
