/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "detector.h"

#include <string.h>

#define SECONDS(n) ((gint64) ((n) * G_USEC_PER_SEC))
#define BEFORE SECONDS (5)
#define HOLD SECONDS (10)
#define DURING SECONDS (15)
#define NO_HOLD ((gint64) - 1)

static HoldfastCatalogue *catalogue;

static HoldfastDetector *
new_detector (void)
{
  return holdfast_detector_new (catalogue, holdfast_catalogue_find (catalogue, "wh-1000xm4"));
}

static HoldfastSighting
make (guint id, const char *name, int rssi)
{
  HoldfastSighting sighting = {
    .id = id,
    .address_public = TRUE,
    .class_of_device = 0x240404,
    .has_rssi = TRUE,
    .rssi = (gint16) rssi,
    .services = HOLDFAST_SERVICE_A2DP_SINK,
    .fast_pair_bytes = -1,
    .advertising_flags = -1,
    .battery_percent = -1,
  };

  g_snprintf (sighting.address,
              sizeof sighting.address,
              "38:18:4C:%02X:%02X:%02X",
              (id >> 16) & 0xff,
              (id >> 8) & 0xff,
              id & 0xff);
  holdfast_sighting_set_name (&sighting, name);
  return sighting;
}

static void
see (HoldfastDetector *detector, guint id, const char *name, int rssi, gint64 now_us)
{
  HoldfastSighting sighting = make (id, name, rssi);

  holdfast_detector_observe (detector, &sighting, now_us);
}

#define assert_verdict(detector, hold, now, expected_kind, expected_device)                        \
  G_STMT_START                                                                                     \
  {                                                                                                \
    HoldfastVerdict verdict_;                                                                      \
    holdfast_detector_judge (detector, hold, now, &verdict_);                                      \
    g_assert_cmpint (verdict_.kind, ==, HOLDFAST_VERDICT_##expected_kind);                         \
    g_assert_cmpuint (verdict_.device, ==, expected_device);                                       \
  }                                                                                                \
  G_STMT_END

static void
test_their_own (void)
{
  g_autoptr (HoldfastDetector) detector = new_detector ();
  HoldfastVerdict verdict;

  assert_verdict (detector, HOLD, DURING, NOTHING, 0);
  see (detector, 1, "WH-1000XM4", -50, DURING);
  g_assert_cmpint (holdfast_detector_judge (detector, HOLD, DURING, &verdict), ==, G_MAXINT64);
  g_assert_cmpint (verdict.kind, ==, HOLDFAST_VERDICT_CERTAIN);
  g_assert_cmpuint (verdict.device, ==, 1);
  g_assert_cmpuint (verdict.n_candidates, ==, 1);
  g_assert_true (verdict.new_since_hold);
  g_assert_false (verdict.paired || verdict.blocked || verdict.familiar);

  /* Without a hold nothing is certain. */
  assert_verdict (detector, NO_HOLD, DURING, ASK, 1);
}

static void
test_there_before (void)
{
  g_autoptr (HoldfastDetector) detector = new_detector ();
  HoldfastVerdict verdict;

  see (detector, 1, "WH-1000XM4", -40, BEFORE);
  see (detector, 1, "WH-1000XM4", -40, DURING);
  holdfast_detector_judge (detector, HOLD, DURING, &verdict);
  g_assert_cmpint (verdict.kind, ==, HOLDFAST_VERDICT_ASK);
  g_assert_false (verdict.new_since_hold);

  /* At the very moment of the beginning is "after". */
  assert_verdict (detector, BEFORE, DURING, CERTAIN, 1);
}

/* Strong, alone, and long after anybody held anything: a neighbour's may be just that. */
static void
test_after_the_hold (void)
{
  g_autoptr (HoldfastDetector) detector = new_detector ();
  gint64 ended_us = DURING;
  gint64 last_us = ended_us + HOLDFAST_AFTER_HOLD_US;

  holdfast_detector_set_hold_ended (detector, ended_us);
  see (detector, 1, "WH-1000XM4", -40, last_us);
  assert_verdict (detector, HOLD, last_us, CERTAIN, 1);
  holdfast_detector_lose (detector, 1, last_us);

  see (detector, 2, "WH-1000XM4", -40, last_us + 1);
  assert_verdict (detector, HOLD, last_us + 1, ASK, 2);
  /* Nor does it become theirs by coming nearer. */
  see (detector, 2, "WH-1000XM4", -30, last_us + 2);
  assert_verdict (detector, HOLD, last_us + 2, ASK, 2);

  /* Another hold is another matter. */
  holdfast_detector_set_hold_ended (detector, -1);
  assert_verdict (detector, last_us + 3, last_us + 4, ASK, 2);
  assert_verdict (detector, HOLD, last_us + 4, CERTAIN, 2);
}

/* Heard in time, named afterwards. */
static void
test_named_after_the_hold (void)
{
  g_autoptr (HoldfastDetector) detector = new_detector ();

  holdfast_detector_set_hold_ended (detector, DURING);
  see (detector, 1, "", -40, DURING + 1);
  assert_verdict (detector, HOLD, DURING + 1, NOTHING, 0);
  see (detector, 1, "WH-1000XM4", -40, DURING + HOLDFAST_AFTER_HOLD_US + 1);
  assert_verdict (detector, HOLD, DURING + HOLDFAST_AFTER_HOLD_US + 1, CERTAIN, 1);
}

static void
test_weak (void)
{
  g_autoptr (HoldfastDetector) detector = new_detector ();

  see (detector, 1, "WH-1000XM4", -66, DURING);
  assert_verdict (detector, HOLD, DURING, ASK, 1);
  see (detector, 1, "WH-1000XM4", 127, DURING);
  assert_verdict (detector, HOLD, DURING, ASK, 1);
  see (detector, 1, "WH-1000XM4", -65, DURING + 1);
  assert_verdict (detector, HOLD, DURING + 1, CERTAIN, 1);
  /* A hand in the way does not make it somebody else's. */
  see (detector, 1, "WH-1000XM4", -80, DURING + 2);
  assert_verdict (detector, HOLD, DURING + 2, CERTAIN, 1);
}

static void
test_several (void)
{
  g_autoptr (HoldfastDetector) detector = new_detector ();
  g_autoptr (GArray) candidates = NULL;
  HoldfastVerdict verdict;

  see (detector, 1, "WH-1000XM4", -60, DURING);
  see (detector, 2, "WH-1000XM4", -40, DURING);
  see (detector, 3, "WH-1000XM4", -30, BEFORE);
  holdfast_detector_judge (detector, HOLD, DURING, &verdict);
  g_assert_cmpint (verdict.kind, ==, HOLDFAST_VERDICT_ASK);
  g_assert_cmpuint (verdict.n_candidates, ==, 3);
  /* The nearest of those that are new. */
  g_assert_cmpuint (verdict.device, ==, 2);
  g_assert_true (verdict.new_since_hold);

  candidates = holdfast_detector_get_candidates (detector, HOLD, DURING);
  g_assert_cmpuint (candidates->len, ==, 3);
  g_assert_cmpuint (g_array_index (candidates, HoldfastSighting, 0).id, ==, 3);
  g_assert_cmpuint (g_array_index (candidates, HoldfastSighting, 2).id, ==, 1);

  /* "Not mine" tells which it is not: the one that is left is no more certain by that. */
  holdfast_detector_refuse (detector, 3);
  holdfast_detector_refuse (detector, 2);
  holdfast_detector_judge (detector, HOLD, DURING, &verdict);
  g_assert_cmpint (verdict.kind, ==, HOLDFAST_VERDICT_ASK);
  g_assert_cmpuint (verdict.device, ==, 1);
  g_assert_cmpuint (verdict.n_candidates, ==, 1);

  /* Once they are gone there is one. */
  holdfast_detector_lose (detector, 3, DURING);
  assert_verdict (detector, HOLD, DURING, ASK, 1);
  holdfast_detector_lose (detector, 2, DURING);
  assert_verdict (detector, HOLD, DURING, CERTAIN, 1);
}

static void
test_refused_for_ever (void)
{
  g_autoptr (HoldfastDetector) detector = new_detector ();
  HoldfastSighting again = make (1, "WH-1000XM4", -40);

  see (detector, 1, "WH-1000XM4", -40, BEFORE);
  holdfast_detector_refuse (detector, 1);
  assert_verdict (detector, HOLD, DURING, NOTHING, 0);

  /* Its object expired; the next one has another id, and the same address. */
  holdfast_detector_lose (detector, 1, DURING);
  g_assert_null (holdfast_detector_find (detector, 1));
  again.id = 77;
  holdfast_detector_observe (detector, &again, DURING + SECONDS (60));
  assert_verdict (detector, HOLD, DURING + SECONDS (60), NOTHING, 0);
  holdfast_detector_reset (detector);
  holdfast_detector_observe (detector, &again, DURING + SECONDS (61));
  assert_verdict (detector, HOLD, DURING + SECONDS (61), NOTHING, 0);
}

static void
test_away_for_a_moment (void)
{
  g_autoptr (HoldfastDetector) detector = new_detector ();
  HoldfastSighting sighting = make (1, "WH-1000XM4", -40);

  holdfast_detector_observe (detector, &sighting, HOLD - SECONDS (5));
  holdfast_detector_lose (detector, 1, HOLD - SECONDS (4));
  assert_verdict (detector, HOLD, HOLD - SECONDS (4), NOTHING, 0);
  sighting.id = 2;
  holdfast_detector_observe (detector, &sighting, HOLD + SECONDS (6));
  assert_verdict (detector, HOLD, HOLD + SECONDS (6), ASK, 2);

  /* Longer than 10 s: it was switched off and on. Losing the RSSI is leaving as well. */
  sighting.has_rssi = FALSE;
  holdfast_detector_observe (detector, &sighting, HOLD + SECONDS (7));
  sighting.has_rssi = TRUE;
  holdfast_detector_observe (detector, &sighting, HOLD + SECONDS (17) + 1);
  assert_verdict (detector, HOLD, HOLD + SECONDS (18), CERTAIN, 2);
}

static void
test_reset_does_not_make_new (void)
{
  g_autoptr (HoldfastDetector) detector = new_detector ();

  see (detector, 1, "WH-1000XM4", -40, HOLD - SECONDS (5));
  holdfast_detector_reset (detector);
  g_assert_null (holdfast_detector_find (detector, 1));
  assert_verdict (detector, HOLD, HOLD, NOTHING, 0);
  see (detector, 1, "WH-1000XM4", -40, HOLD + SECONDS (2));
  assert_verdict (detector, HOLD, HOLD + SECONDS (2), ASK, 1);
}

static void
test_twins (void)
{
  g_autoptr (HoldfastDetector) detector = new_detector ();
  HoldfastSighting twin = make (2, "LE_WH-1000XM4", -40);
  HoldfastVerdict verdict;

  /* The LE side comes first: on, but not in pairing mode yet. */
  twin.address_public = FALSE;
  twin.class_of_device = 0;
  twin.services = 0;
  holdfast_detector_observe (detector, &twin, DURING);
  assert_verdict (detector, HOLD, DURING, HINT, 2);
  see (detector, 1, "WH-1000XM4", -50, DURING + 1);
  assert_verdict (detector, HOLD, DURING + 1, CERTAIN, 1);

  /* An LE object that tells of music and of being discoverable is still the same headset. */
  twin.services = HOLDFAST_SERVICE_A2DP_SINK;
  twin.advertising_flags = 0x06;
  holdfast_detector_observe (detector, &twin, DURING + 2);
  holdfast_detector_judge (detector, HOLD, DURING + 2, &verdict);
  g_assert_cmpint (verdict.kind, ==, HOLDFAST_VERDICT_CERTAIN);
  g_assert_cmpuint (verdict.device, ==, 1);
  g_assert_cmpuint (verdict.n_candidates, ==, 1);

  /* Alone it is the one. */
  holdfast_detector_lose (detector, 1, DURING + 3);
  assert_verdict (detector, HOLD, DURING + 3, CERTAIN, 2);
}

static void
test_dual_mode_named_le (void)
{
  g_autoptr (HoldfastDetector) detector = new_detector ();

  see (detector, 1, "LE_WH-1000XM4", -50, DURING);
  assert_verdict (detector, HOLD, DURING, CERTAIN, 1);
  /* Two with a class are two, whatever they are called. */
  see (detector, 2, "WH-1000XM4", -50, DURING);
  assert_verdict (detector, HOLD, DURING, ASK, 1);
}

static void
test_name_comes_late (void)
{
  g_autoptr (HoldfastDetector) detector = new_detector ();
  HoldfastVerdict verdict;
  gint64 next_us;

  see (detector, 1, "", -50, DURING);
  next_us = holdfast_detector_judge (detector, HOLD, DURING, &verdict);
  g_assert_cmpint (verdict.kind, ==, HOLDFAST_VERDICT_NOTHING);
  g_assert_cmpint (next_us, ==, DURING + HOLDFAST_NAME_DELAY_US);

  see (detector, 1, "WH-1000XM4", -50, DURING + SECONDS (2.9));
  assert_verdict (detector, HOLD, DURING + SECONDS (2.9), CERTAIN, 1);
}

static void
test_name_comes_late_but_it_was_before (void)
{
  g_autoptr (HoldfastDetector) detector = new_detector ();

  see (detector, 1, "", -50, HOLD - 1);
  see (detector, 1, "WH-1000XM4", -50, HOLD + SECONDS (2));
  assert_verdict (detector, HOLD, HOLD + SECONDS (2), ASK, 1);
}

static void
test_nameless (void)
{
  g_autoptr (HoldfastDetector) detector = new_detector ();
  g_autoptr (GArray) candidates = NULL;
  gint64 named_us = DURING + HOLDFAST_NAME_DELAY_US;

  see (detector, 1, "", -50, DURING);
  assert_verdict (detector, HOLD, named_us - 1, NOTHING, 0);
  assert_verdict (detector, HOLD, named_us, OFFER, 1);
  candidates = holdfast_detector_get_candidates (detector, HOLD, named_us);
  g_assert_cmpuint (candidates->len, ==, 1);
  g_assert_cmpuint (g_array_index (candidates, HoldfastSighting, 0).id, ==, 1);
}

static void
test_offers (void)
{
  g_autoptr (HoldfastDetector) detector = new_detector ();

  see (detector, 1, "Kitchen radio", -40, BEFORE);
  see (detector, 2, "Bob's cans", -80, DURING);
  assert_verdict (detector, HOLD, DURING, NOTHING, 0);
  see (detector, 3, "Bob's cans", -60, DURING);
  assert_verdict (detector, HOLD, DURING, OFFER, 3);
  assert_verdict (detector, NO_HOLD, DURING, NOTHING, 0);
  /* The wrong model was chosen on the first page. */
  see (detector, 4, "WH-1000XM5", -50, DURING);
  assert_verdict (detector, HOLD, DURING, OFFER, 4);
  see (detector, 5, "WH-1000XM4", -60, DURING);
  assert_verdict (detector, HOLD, DURING, CERTAIN, 5);
}

static void
test_impostor (void)
{
  g_autoptr (HoldfastDetector) detector = new_detector ();
  HoldfastSighting keyboard = make (1, "WH-1000XM4", -30);

  keyboard.class_of_device = 0x002540;
  holdfast_detector_observe (detector, &keyboard, DURING);
  assert_verdict (detector, HOLD, DURING + SECONDS (9), NOTHING, 0);
  see (detector, 2, "WH-1000XM4", -50, DURING);
  assert_verdict (detector, HOLD, DURING, CERTAIN, 2);

  /* It showed its true face later. */
  keyboard = make (2, "WH-1000XM4", -50);
  keyboard.services |= HOLDFAST_SERVICE_INPUT;
  holdfast_detector_observe (detector, &keyboard, DURING + 1);
  assert_verdict (detector, HOLD, DURING + 1, NOTHING, 0);
}

static void
test_stale_and_familiar (void)
{
  g_autoptr (HoldfastDetector) detector = new_detector ();
  HoldfastSighting sighting = make (1, "WH-1000XM4", -50);
  HoldfastVerdict verdict;

  sighting.paired = TRUE;
  sighting.blocked = TRUE;
  sighting.has_rssi = FALSE;
  holdfast_detector_observe (detector, &sighting, BEFORE);
  assert_verdict (detector, HOLD, DURING, NOTHING, 0);
  sighting.has_rssi = TRUE;
  holdfast_detector_observe (detector, &sighting, DURING);
  holdfast_detector_judge (detector, HOLD, DURING, &verdict);
  g_assert_cmpint (verdict.kind, ==, HOLDFAST_VERDICT_CERTAIN);
  g_assert_true (verdict.paired && verdict.blocked);
  g_assert_false (verdict.familiar);

  /* Removed, and seen again as another object. */
  holdfast_detector_lose (detector, 1, DURING + 1);
  holdfast_detector_reset (detector);
  see (detector, 2, "WH-1000XM4", -50, DURING + 2);
  holdfast_detector_judge (detector, HOLD, DURING + 2, &verdict);
  g_assert_false (verdict.familiar);
  sighting = make (1, "WH-1000XM4", -50);
  sighting.id = 3;
  holdfast_detector_lose (detector, 2, DURING + 3);
  holdfast_detector_observe (detector, &sighting, DURING + 3);
  holdfast_detector_judge (detector, HOLD, DURING + 3, &verdict);
  g_assert_cmpuint (verdict.device, ==, 3);
  g_assert_true (verdict.familiar);
}

static void
test_address_changes (void)
{
  g_autoptr (HoldfastDetector) detector = new_detector ();
  HoldfastSighting sighting = make (1, "WH-1000XM4", -50);

  holdfast_detector_observe (detector, &sighting, DURING);
  g_strlcpy (sighting.address, "38:18:4C:AA:AA:AA", sizeof sighting.address);
  holdfast_detector_observe (detector, &sighting, DURING + 1);
  assert_verdict (detector, HOLD, DURING + 1, CERTAIN, 1);
  holdfast_detector_lose (detector, 1, DURING + 2);
  assert_verdict (detector, HOLD, DURING + 2, NOTHING, 0);
}

static void
test_stadium (void)
{
  g_autoptr (HoldfastDetector) detector = new_detector ();
  g_autoptr (GArray) candidates = NULL;
  HoldfastVerdict verdict;
  guint n_known = 0;
  gint64 begin_us = g_get_monotonic_time ();
  gint64 first_us;
  gint64 last_us;

  see (detector, 1, "WH-1000XM4", -70, BEFORE);
  holdfast_detector_refuse (detector, 1);
  holdfast_detector_lose (detector, 1, BEFORE);
  see (detector, 2, "WH-1000XM4", -50, DURING);
  for (guint i = 3; i < 10003; i++) {
    if (i == 5003)
      first_us = g_get_monotonic_time ();
    see (detector, i, i % 2 ? "Bob's cans" : "", -20 - (int) (i % 60), DURING + i);
    holdfast_detector_judge (detector, HOLD, DURING + i, &verdict);
    g_assert_cmpint (verdict.kind, ==, HOLDFAST_VERDICT_CERTAIN);
    g_assert_cmpuint (verdict.device, ==, 2);
  }
  last_us = g_get_monotonic_time ();
  for (guint i = 1; i < 10003; i++)
    n_known += holdfast_detector_find (detector, i) != NULL;
  g_assert_cmpuint (n_known, ==, 512);

  g_test_message ("10,000 devices: %.0f ms, the second half %.0f ms",
                  (double) (last_us - begin_us) / 1000,
                  (double) (last_us - first_us) / 1000);

  /* Ten thousand of the right kind: eight are shown. */
  for (guint i = 20000; i < 30000; i++)
    see (detector, i, "WH-1000XM4", -20 - (int) (i % 60), DURING + i);
  holdfast_detector_judge (detector, HOLD, DURING + 30000, &verdict);
  g_assert_cmpint (verdict.kind, ==, HOLDFAST_VERDICT_ASK);
  g_assert_cmpuint (verdict.n_candidates, <=, 512);
  candidates = holdfast_detector_get_candidates (detector, HOLD, DURING + 30000);
  g_assert_cmpuint (candidates->len, ==, 8);
  g_assert_cmpint (g_array_index (candidates, HoldfastSighting, 0).rssi, ==, -20);

  /* All of them leave, and nothing is left over. */
  for (guint i = 1; i < 30000; i++)
    holdfast_detector_lose (detector, i, DURING + SECONDS (1));
  assert_verdict (detector, HOLD, DURING + SECONDS (1), NOTHING, 0);
}

int
main (int argc, char *argv[])
{
  g_autoptr (GError) error = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);

  catalogue = holdfast_catalogue_new (&error);
  g_assert_no_error (error);

  g_test_add_func ("/core/detector/their-own", test_their_own);
  g_test_add_func ("/core/detector/there-before", test_there_before);
  g_test_add_func ("/core/detector/weak", test_weak);
  g_test_add_func ("/core/detector/after-the-hold", test_after_the_hold);
  g_test_add_func ("/core/detector/named-after-the-hold", test_named_after_the_hold);
  g_test_add_func ("/core/detector/several", test_several);
  g_test_add_func ("/core/detector/refused-for-ever", test_refused_for_ever);
  g_test_add_func ("/core/detector/away-for-a-moment", test_away_for_a_moment);
  g_test_add_func ("/core/detector/reset-does-not-make-new", test_reset_does_not_make_new);
  g_test_add_func ("/core/detector/twins", test_twins);
  g_test_add_func ("/core/detector/dual-mode-named-le", test_dual_mode_named_le);
  g_test_add_func ("/core/detector/name-comes-late", test_name_comes_late);
  g_test_add_func ("/core/detector/name-comes-late-but-it-was-before",
                   test_name_comes_late_but_it_was_before);
  g_test_add_func ("/core/detector/nameless", test_nameless);
  g_test_add_func ("/core/detector/offers", test_offers);
  g_test_add_func ("/core/detector/impostor", test_impostor);
  g_test_add_func ("/core/detector/stale-and-familiar", test_stale_and_familiar);
  g_test_add_func ("/core/detector/address-changes", test_address_changes);
  g_test_add_func ("/core/detector/stadium", test_stadium);

  status = g_test_run ();
  g_object_unref (catalogue);
  return status;
}
