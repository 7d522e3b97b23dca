/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "catalogue.h"
#include "timeline.h"

#define MS G_GINT64_CONSTANT (1000)
#define DAY_US (24 * 60 * 60 * (gint64) G_USEC_PER_SEC)

static void
test_sample (void)
{
  static const struct {
    gint64 at_us;
    HoldfastLed led;
    gint64 next_us;
  } rows[] = {
    { 0,                         HOLDFAST_LED_BLUE, 150 * MS     },
    { 150 * MS - 1,              HOLDFAST_LED_BLUE, 1            },
    { 150 * MS,                  HOLDFAST_LED_OFF,  150 * MS     },
    { 299 * MS,                  HOLDFAST_LED_OFF,  1 * MS       },
    { 300 * MS,                  HOLDFAST_LED_BLUE, 150 * MS     },
    { 450 * MS,                  HOLDFAST_LED_OFF,  850 * MS     },
    { 1300 * MS - 1,             HOLDFAST_LED_OFF,  1            },
    { 1300 * MS,                 HOLDFAST_LED_BLUE, 150 * MS     },
    { 1300 * MS * 500000000 + 1, HOLDFAST_LED_BLUE, 150 * MS - 1 },
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (HoldfastTimeline) timeline
      = holdfast_timeline_parse ("blue:150 off:150 blue:150 off:850", &error);

  g_assert_no_error (error);
  g_assert_cmpint (holdfast_timeline_get_period_us (timeline), ==, 1300 * MS);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    HoldfastLedSample sample;

    holdfast_timeline_sample (timeline, rows[i].at_us, &sample);
    g_assert_cmpint (sample.led, ==, rows[i].led);
    g_assert_cmpint (sample.next_change_us, ==, rows[i].next_us);
    g_assert_cmpfloat_with_epsilon (
        sample.phase, (double) (rows[i].at_us % (1300 * MS)) / (1300.0 * MS), 1e-12);
  }
}

/* The promise of next_change_us: nothing changes before it, something does at it. */
static void
test_next_change_is_exact (void)
{
  static const char *const patterns[] = {
    "blue:150 off:150 blue:150 off:850",
    "off:200 red:100 off:700",
    "blue:500 orange:500",
    "blue:300 off:400 blue:200",
    "off:10000",
  };

  for (guint p = 0; p < G_N_ELEMENTS (patterns); p++) {
    g_autoptr (HoldfastTimeline) timeline = holdfast_timeline_parse (patterns[p], NULL);

    g_assert_nonnull (timeline);
    for (gint64 at = 0; at < 4 * G_USEC_PER_SEC; at += 7 * MS) {
      HoldfastLedSample now;
      HoldfastLedSample later;

      holdfast_timeline_sample (timeline, at, &now);
      if (now.next_change_us == G_MAXINT64) {
        holdfast_timeline_sample (timeline, at + 3 * DAY_US, &later);
        g_assert_cmpint (later.led, ==, now.led);
        continue;
      }
      g_assert_cmpint (now.next_change_us, >, 0);
      holdfast_timeline_sample (timeline, at + now.next_change_us - 1, &later);
      g_assert_cmpint (later.led, ==, now.led);
      holdfast_timeline_sample (timeline, at + now.next_change_us, &later);
      g_assert_cmpint (later.led, !=, now.led);
    }
  }
}

static void
test_one_colour_never_changes (void)
{
  g_autoptr (HoldfastTimeline) timeline = holdfast_timeline_parse ("blue:400 blue:600", NULL);
  HoldfastLedSample sample;
  g_autofree char *text = NULL;

  g_assert_nonnull (timeline);
  holdfast_timeline_sample (timeline, 3 * DAY_US + 1, &sample);
  g_assert_cmpint (sample.led, ==, HOLDFAST_LED_BLUE);
  g_assert_cmpint (sample.next_change_us, ==, G_MAXINT64);
  g_assert_cmpuint (holdfast_timeline_count_flashes_per_second (timeline), ==, 0);

  text = holdfast_timeline_to_text (timeline);
  g_assert_cmpstr (text, ==, "blue:1000");
}

static void
test_text_round_trip (void)
{
  static const char *const patterns[] = {
    "blue:150 off:150 blue:150 off:850",
    "off:500 red:500",
    "orange:1000 green:1000 white:1000 off:3000",
  };

  for (guint i = 0; i < G_N_ELEMENTS (patterns); i++) {
    g_autoptr (HoldfastTimeline) timeline = holdfast_timeline_parse (patterns[i], NULL);
    g_autofree char *text = NULL;

    g_assert_nonnull (timeline);
    text = holdfast_timeline_to_text (timeline);
    g_assert_cmpstr (text, ==, patterns[i]);
  }
}

static void
test_counts_flashes (void)
{
  static const struct {
    const char *text;
    guint flashes;
  } rows[] = {
    { "blue:150 off:150 blue:150 off:850",                   2 },
    { "blue:167 off:167",                                    3 },
    { "blue:500 off:500",                                    1 },
    { "blue:2000 off:8000",                                  1 },
    { "blue:250 off:250",                                    2 },
    { "off:250 blue:250",                                    2 },
    /* Three in a row, then a pause: no second holds more, wherever it begins. */
    { "blue:100 off:100 blue:100 off:100 blue:100 off:600",  3 },
    /* From colour to colour counts too. */
    { "blue:500 orange:500",                                 2 },
    /* The window reaches over the end of the pattern: last flash, first two. */
    { "blue:100 off:200 blue:100 off:1500 blue:100 off:200", 3 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (HoldfastTimeline) timeline = holdfast_timeline_parse (rows[i].text, &error);

    g_assert_no_error (error);
    g_assert_cmpuint (holdfast_timeline_count_flashes_per_second (timeline), ==, rows[i].flashes);
  }
}

static void
test_rejects (void)
{
  static const struct {
    const char *text;
    int code;
  } rows[] = {
    { "",                                                                     HOLDFAST_CATALOGUE_ERROR_VALUE  },
    { "   ",                                                                  HOLDFAST_CATALOGUE_ERROR_VALUE  },
    { "blue",                                                                 HOLDFAST_CATALOGUE_ERROR_VALUE  },
    { "blue:",                                                                HOLDFAST_CATALOGUE_ERROR_VALUE  },
    { ":100",                                                                 HOLDFAST_CATALOGUE_ERROR_VALUE  },
    { "blue:0 off:500",                                                       HOLDFAST_CATALOGUE_ERROR_VALUE  },
    { "blue:-5 off:500",                                                      HOLDFAST_CATALOGUE_ERROR_VALUE  },
    { "blue:1e3",                                                             HOLDFAST_CATALOGUE_ERROR_VALUE  },
    { "blue:99999999999999999999",                                            HOLDFAST_CATALOGUE_ERROR_VALUE  },
    { "purple:100 off:900",                                                   HOLDFAST_CATALOGUE_ERROR_VALUE  },
    { "Blue:100 off:900",                                                     HOLDFAST_CATALOGUE_ERROR_VALUE  },
    { "blue:100 off:900;",                                                    HOLDFAST_CATALOGUE_ERROR_VALUE  },
    { "blue:6000 off:6000",                                                   HOLDFAST_CATALOGUE_ERROR_VALUE  },
    { "blue:10001",                                                           HOLDFAST_CATALOGUE_ERROR_VALUE  },
    { "blue:166 off:166",                                                     HOLDFAST_CATALOGUE_ERROR_UNSAFE },
    { "blue:1 off:1",                                                         HOLDFAST_CATALOGUE_ERROR_UNSAFE },
    { "red:200 blue:200",                                                     HOLDFAST_CATALOGUE_ERROR_UNSAFE },
    /* Safe alone, unsafe when it repeats: two at the end, two at the beginning. */
    { "blue:100 off:100 blue:100 off:5000 blue:100 off:100 blue:100 off:100",
     HOLDFAST_CATALOGUE_ERROR_UNSAFE                                                                          },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_null (holdfast_timeline_parse (rows[i].text, &error));
    g_assert_error (error, HOLDFAST_CATALOGUE_ERROR, rows[i].code);
    g_assert_cmpstr (error->message, !=, "");
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/timeline/sample", test_sample);
  g_test_add_func ("/core/timeline/next-change-is-exact", test_next_change_is_exact);
  g_test_add_func ("/core/timeline/one-colour-never-changes", test_one_colour_never_changes);
  g_test_add_func ("/core/timeline/text-round-trip", test_text_round_trip);
  g_test_add_func ("/core/timeline/counts-flashes", test_counts_flashes);
  g_test_add_func ("/core/timeline/rejects", test_rejects);

  return g_test_run ();
}
