/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "chime.h"

#include <math.h>

/* In one piece; the caller frees it. */
static float *
read_whole (HoldfastChime chime)
{
  guint length = holdfast_chime_get_n_samples (chime);
  float *samples = g_new (float, length + 1);

  g_assert_cmpuint (holdfast_chime_read (chime, 0, samples, length + 1), ==, length);
  return samples;
}

static void
test_levels (void)
{
  double loudest = pow (10.0, HOLDFAST_CHIME_PEAK_DBFS / 20.0);

  for (HoldfastChime chime = 0; chime < HOLDFAST_CHIME_MAX; chime++) {
    g_autofree float *samples = read_whole (chime);
    guint length = holdfast_chime_get_n_samples (chime);
    float peak = 0.0f;
    float step = 0.0f;

    for (guint i = 0; i < length; i++) {
      peak = MAX (peak, fabsf (samples[i]));
      step = i > 0 ? MAX (step, fabsf (samples[i] - samples[i - 1])) : 0.0f;
    }
    g_test_message ("%d: peak %.1f dBFS", (int) chime, 20.0 * log10 (peak));
    g_assert_cmpfloat (peak, <=, loudest);
    /* Heard at all, and never by a click: from silence to silence, without a jump. */
    g_assert_cmpfloat (peak, >, 0.01f);
    g_assert_cmpfloat (fabsf (samples[0]), <, 0.001f);
    g_assert_cmpfloat (fabsf (samples[length - 1]), <, 0.001f);
    g_assert_cmpfloat (step, <, 0.06f);
    g_assert_cmpuint (length, <, 2 * HOLDFAST_CHIME_RATE);
  }
}

/* Ticks must not run into each other. */
static void
test_tick_is_short (void)
{
  g_assert_cmpuint (
      holdfast_chime_get_n_samples (HOLDFAST_CHIME_TICK), <, HOLDFAST_CHIME_RATE / 10);
}

static void
test_in_pieces (void)
{
  for (HoldfastChime chime = 0; chime < HOLDFAST_CHIME_MAX; chime++) {
    g_autofree float *whole = read_whole (chime);
    guint length = holdfast_chime_get_n_samples (chime);
    float piece[777];
    guint position = 0;
    guint n = 0;

    while ((n = holdfast_chime_read (chime, position, piece, G_N_ELEMENTS (piece))) > 0) {
      for (guint i = 0; i < n; i++)
        g_assert_cmpfloat (piece[i], ==, whole[position + i]);
      position += n;
    }
    g_assert_cmpuint (position, ==, length);
  }
}

/* Which way the pitch goes, by how often it crosses zero soon after the first and the last note
 * began. */
static guint
count_crossings (const float *samples, guint from_ms, guint to_ms)
{
  guint crossings = 0;

  for (guint i = from_ms * 48 + 1; i < to_ms * 48; i++)
    crossings += (samples[i - 1] < 0.0f) != (samples[i] < 0.0f);
  return crossings;
}

static void
test_directions (void)
{
  g_autofree float *let_go = read_whole (HOLDFAST_CHIME_LET_GO);
  g_autofree float *found = read_whole (HOLDFAST_CHIME_FOUND);

  g_assert_cmpuint (
      count_crossings (let_go, 20, 120), >, count_crossings (let_go, 500, 600) * 5 / 4);
  g_assert_cmpuint (count_crossings (found, 20, 120) * 5 / 4, <, count_crossings (found, 700, 800));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/chime/levels", test_levels);
  g_test_add_func ("/core/chime/tick-is-short", test_tick_is_short);
  g_test_add_func ("/core/chime/in-pieces", test_in_pieces);
  g_test_add_func ("/core/chime/directions", test_directions);
  return g_test_run ();
}
