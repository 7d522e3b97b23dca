/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <adwaita.h>

#include "catalogue.h"
#include "hold-ring.h"
#include "holdfast-test.h"
#include "widgets.h"

#define SECOND G_USEC_PER_SEC

static const HoldfastStep hold = {
  .action = HOLDFAST_ACTION_HOLD,
  .control = HOLDFAST_CONTROL_POWER,
  .earliest_ms = 5000,
  .usual_ms = 7000,
  .longest_ms = 10000,
};

typedef struct {
  HoldfastClock *clock;
  HoldfastManualClock *manual;
  GtkWidget *window; /* NULL until it is shown */
  GtkWidget *widget;
  HoldfastHoldRing *ring;
  GdkPaintable *paintable;
  guint n_seconds; /* how often the property was notified */
  guint n_phases;
  guint n_draws; /* how often something of the ring was to be drawn anew */
  guint n_frames;
} Fixture;

static void
count_cb (guint *n)
{
  (*n)++;
}

static void
set_animations (gboolean enabled)
{
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", enabled, NULL);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  set_animations (FALSE);
  fixture->clock = holdfast_manual_clock_new ();
  fixture->manual = HOLDFAST_MANUAL_CLOCK (fixture->clock);
  fixture->widget = g_object_ref_sink (holdfast_hold_ring_new ());
  fixture->ring = HOLDFAST_HOLD_RING (fixture->widget);
  holdfast_hold_ring_set_clock (fixture->ring, fixture->clock);
  g_signal_connect_swapped (
      fixture->ring, "notify::seconds", G_CALLBACK (count_cb), &fixture->n_seconds);
  g_signal_connect_swapped (
      fixture->ring, "notify::phase", G_CALLBACK (count_cb), &fixture->n_phases);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_signal_handlers_disconnect_by_func (fixture->ring, count_cb, &fixture->n_seconds);
  g_signal_handlers_disconnect_by_func (fixture->ring, count_cb, &fixture->n_phases);
  g_clear_object (&fixture->paintable);
  if (fixture->window != NULL)
    gtk_window_destroy (GTK_WINDOW (fixture->window));
  holdfast_test_assert_finalize (fixture->widget);
  g_assert_cmpint (holdfast_manual_clock_get_next_alarm_us (fixture->manual), ==, G_MAXINT64);
  holdfast_test_assert_finalize (fixture->clock);
  set_animations (FALSE);
}

static gint64
now (Fixture *fixture)
{
  return holdfast_clock_get_now_us (fixture->clock);
}

static void
assert_shows (Fixture *fixture, HoldfastHoldRingPhase phase, int seconds)
{
  HoldfastHoldRingPhase got_phase;
  int got_seconds;

  g_object_get (fixture->ring, "phase", &got_phase, "seconds", &got_seconds, NULL);
  g_assert_cmpint (got_phase, ==, phase);
  g_assert_cmpint (got_seconds, ==, seconds);
  g_assert_cmpint (holdfast_hold_ring_get_phase (fixture->ring), ==, phase);
  g_assert_cmpint (holdfast_hold_ring_get_seconds (fixture->ring), ==, seconds);
}

static gboolean
is_mapped (gpointer user_data)
{
  return gtk_widget_get_mapped (user_data) && gtk_widget_get_height (user_data) > 0;
}

static gboolean
has_frames (gpointer user_data)
{
  Fixture *fixture = user_data;

  return fixture->n_frames >= 4;
}

/* Lets some frames pass, whether or not the ring wants any. */
static void
pass_frames (Fixture *fixture)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (fixture->widget);
  gulong handler
      = g_signal_connect_swapped (clock, "after-paint", G_CALLBACK (count_cb), &fixture->n_frames);

  fixture->n_frames = 0;
  gdk_frame_clock_begin_updating (clock);
  holdfast_test_wait (has_frames, fixture, HOLDFAST_TEST_DEADLINE_MS, "some frames");
  gdk_frame_clock_end_updating (clock);
  g_signal_handler_disconnect (clock, handler);
}

/* Shows it in a window, and begins to count what is drawn. */
static void
show (Fixture *fixture)
{
  fixture->window = gtk_window_new ();
  gtk_window_set_child (GTK_WINDOW (fixture->window), fixture->widget);
  gtk_window_present (GTK_WINDOW (fixture->window));
  holdfast_test_wait (is_mapped, fixture->widget, HOLDFAST_TEST_DEADLINE_MS, "the window");
  pass_frames (fixture);
  fixture->paintable = gtk_widget_paintable_new (fixture->widget);
  g_signal_connect_swapped (
      fixture->paintable, "invalidate-contents", G_CALLBACK (count_cb), &fixture->n_draws);
  pass_frames (fixture);
  fixture->n_draws = fixture->n_seconds = fixture->n_phases = 0;
}

static void
test_rest (Fixture *fixture, gconstpointer data)
{
  HoldfastStep step = hold;

  assert_shows (fixture, HOLDFAST_HOLD_RING_REST, -1);
  holdfast_hold_ring_show_step (fixture->ring, &hold);
  assert_shows (fixture, HOLDFAST_HOLD_RING_REST, 7);
  g_assert_cmpuint (fixture->n_seconds, ==, 1);
  holdfast_hold_ring_show_step (fixture->ring, &hold);
  g_assert_cmpuint (fixture->n_seconds, ==, 1);

  /* No number is promised of what nobody knows, or of a hold that ends when they are off. */
  step.usual_ms = 0;
  holdfast_hold_ring_show_step (fixture->ring, &step);
  assert_shows (fixture, HOLDFAST_HOLD_RING_REST, -1);
  step = hold;
  step.only_if_on = TRUE;
  holdfast_hold_ring_show_step (fixture->ring, &step);
  assert_shows (fixture, HOLDFAST_HOLD_RING_REST, -1);

  step = (HoldfastStep) { .action = HOLDFAST_ACTION_WAIT, .earliest_ms = 2000 };
  holdfast_hold_ring_show_step (fixture->ring, &step);
  assert_shows (fixture, HOLDFAST_HOLD_RING_REST, 2);
  holdfast_hold_ring_show_step (fixture->ring, NULL);
  assert_shows (fixture, HOLDFAST_HOLD_RING_REST, -1);
  g_assert_cmpuint (fixture->n_phases, ==, 0);
}

static void
test_count_down (Fixture *fixture, gconstpointer data)
{
  show (fixture);
  holdfast_hold_ring_count_down (fixture->ring, now (fixture) + 3 * SECOND, 3 * SECOND);
  assert_shows (fixture, HOLDFAST_HOLD_RING_COUNT_DOWN, 3);
  holdfast_manual_clock_advance (fixture->manual, SECOND - 1);
  assert_shows (fixture, HOLDFAST_HOLD_RING_COUNT_DOWN, 3);
  holdfast_manual_clock_advance (fixture->manual, 1);
  assert_shows (fixture, HOLDFAST_HOLD_RING_COUNT_DOWN, 2);
  holdfast_manual_clock_advance (fixture->manual, SECOND);
  assert_shows (fixture, HOLDFAST_HOLD_RING_COUNT_DOWN, 1);
  holdfast_manual_clock_advance (fixture->manual, SECOND);
  assert_shows (fixture, HOLDFAST_HOLD_RING_COUNT_DOWN, 0);
  g_assert_cmpuint (fixture->n_seconds, ==, 4);
  g_assert_cmpint (holdfast_manual_clock_get_next_alarm_us (fixture->manual), ==, G_MAXINT64);
}

static void
test_hold (Fixture *fixture, gconstpointer data)
{
  show (fixture);
  holdfast_hold_ring_count_hold (fixture->ring, &hold, now (fixture));
  for (int second = 0; second < 10; second++) {
    assert_shows (
        fixture, second < 7 ? HOLDFAST_HOLD_RING_HOLD : HOLDFAST_HOLD_RING_HOLD_ON, second);
    g_assert_cmpuint (fixture->n_seconds, ==, (guint) second + 1);
    holdfast_manual_clock_advance (fixture->manual, SECOND);
  }
  assert_shows (fixture, HOLDFAST_HOLD_RING_FULL, -1);
  holdfast_manual_clock_advance (fixture->manual, 100 * SECOND);
  assert_shows (fixture, HOLDFAST_HOLD_RING_FULL, -1);
  g_assert_cmpuint (fixture->n_seconds, ==, 11);
  g_assert_cmpuint (fixture->n_phases, ==, 3);
}

/* Marks that are not at whole seconds, and a hold that began before the ring was told. */
static void
test_odd_times (Fixture *fixture, gconstpointer data)
{
  HoldfastStep step = hold;

  show (fixture);
  step.usual_ms = 2500;
  step.longest_ms = 3700;
  holdfast_hold_ring_count_hold (fixture->ring, &step, now (fixture) - 2400 * 1000);
  assert_shows (fixture, HOLDFAST_HOLD_RING_HOLD, 2);
  holdfast_manual_clock_advance (fixture->manual, 100 * 1000);
  assert_shows (fixture, HOLDFAST_HOLD_RING_HOLD_ON, 2);
  holdfast_manual_clock_advance (fixture->manual, 500 * 1000);
  assert_shows (fixture, HOLDFAST_HOLD_RING_HOLD_ON, 3);
  holdfast_manual_clock_advance (fixture->manual, 700 * 1000);
  assert_shows (fixture, HOLDFAST_HOLD_RING_FULL, -1);

  /* A hold that is yet to begin stands at nothing. */
  holdfast_hold_ring_count_hold (fixture->ring, &step, now (fixture) + 400 * 1000);
  assert_shows (fixture, HOLDFAST_HOLD_RING_HOLD, 0);

  /* Without marks it counts, and asks nothing. */
  step.earliest_ms = step.usual_ms = step.longest_ms = 0;
  holdfast_hold_ring_count_hold (fixture->ring, &step, now (fixture));
  holdfast_manual_clock_advance (fixture->manual, 120 * SECOND);
  assert_shows (fixture, HOLDFAST_HOLD_RING_HOLD, 120);
}

static void
test_others (Fixture *fixture, gconstpointer data)
{
  show (fixture);
  holdfast_hold_ring_wait (fixture->ring, now (fixture) + 1500 * 1000, 2 * SECOND);
  assert_shows (fixture, HOLDFAST_HOLD_RING_WAIT, 2);
  holdfast_manual_clock_advance (fixture->manual, SECOND);
  assert_shows (fixture, HOLDFAST_HOLD_RING_WAIT, 1);
  holdfast_hold_ring_look (fixture->ring);
  assert_shows (fixture, HOLDFAST_HOLD_RING_LOOK, -1);
  holdfast_hold_ring_found (fixture->ring);
  assert_shows (fixture, HOLDFAST_HOLD_RING_FOUND, -1);
  holdfast_hold_ring_idle (fixture->ring);
  assert_shows (fixture, HOLDFAST_HOLD_RING_IDLE, -1);
  g_assert_cmpint (holdfast_manual_clock_get_next_alarm_us (fixture->manual), ==, G_MAXINT64);
  g_assert_cmpuint (fixture->n_phases, ==, 4);
}

static void
test_clocks (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HoldfastClock) other = holdfast_manual_clock_new ();

  show (fixture);
  holdfast_hold_ring_count_hold (fixture->ring, &hold, now (fixture));
  holdfast_hold_ring_set_clock (fixture->ring, NULL);
  g_assert_cmpint (holdfast_manual_clock_get_next_alarm_us (fixture->manual), ==, G_MAXINT64);
  assert_shows (fixture, HOLDFAST_HOLD_RING_HOLD, 0);
  holdfast_hold_ring_look (fixture->ring);
  holdfast_hold_ring_count_down (fixture->ring, 5 * SECOND, 3 * SECOND);
  assert_shows (fixture, HOLDFAST_HOLD_RING_COUNT_DOWN, 3);

  holdfast_manual_clock_advance (HOLDFAST_MANUAL_CLOCK (other), 2 * SECOND);
  holdfast_hold_ring_set_clock (fixture->ring, other);
  assert_shows (fixture, HOLDFAST_HOLD_RING_COUNT_DOWN, 2);
  holdfast_hold_ring_set_clock (fixture->ring, fixture->clock);
}

/* Without animations it is drawn once a second while it counts, and not otherwise. */
static void
test_wakes_without_animations (Fixture *fixture, gconstpointer data)
{
  show (fixture);
  holdfast_hold_ring_count_hold (fixture->ring, &hold, now (fixture));
  pass_frames (fixture);
  fixture->n_draws = 0;
  for (guint second = 1; second <= 10; second++) {
    gint64 next_us = holdfast_manual_clock_get_next_alarm_us (fixture->manual);

    g_assert_cmpint (next_us, ==, now (fixture) + SECOND);
    holdfast_manual_clock_advance (fixture->manual, SECOND);
    pass_frames (fixture);
    g_assert_cmpuint (fixture->n_draws, ==, second);
  }
  holdfast_hold_ring_look (fixture->ring);
  pass_frames (fixture);
  fixture->n_draws = 0;
  holdfast_manual_clock_advance (fixture->manual, 60 * SECOND);
  pass_frames (fixture);
  g_assert_cmpuint (fixture->n_draws, ==, 0);
}

/* The ring wants no more frames, and whatever time passes it is not drawn again. */
static void
assert_still (Fixture *fixture)
{
  pass_frames (fixture);
  fixture->n_draws = 0;
  g_assert_cmpint (holdfast_manual_clock_get_next_alarm_us (fixture->manual), ==, G_MAXINT64);
  holdfast_manual_clock_advance (fixture->manual, 300 * 1000);
  pass_frames (fixture);
  g_assert_cmpuint (fixture->n_draws, ==, 0);
}

static gboolean
is_drawn_often (gpointer user_data)
{
  Fixture *fixture = user_data;

  /* The ring is to ask for these frames itself. */
  holdfast_manual_clock_advance (fixture->manual, 1000);
  return fixture->n_draws >= 10;
}

static void
assert_moves (Fixture *fixture)
{
  fixture->n_draws = 0;
  holdfast_test_wait (is_drawn_often, fixture, HOLDFAST_TEST_DEADLINE_MS, "the ring to move");
}

static void
test_wakes_with_animations (Fixture *fixture, gconstpointer data)
{
  set_animations (TRUE);
  show (fixture);
  holdfast_hold_ring_show_step (fixture->ring, &hold);
  assert_still (fixture);
  holdfast_hold_ring_count_down (fixture->ring, now (fixture) + 100 * SECOND, 100 * SECOND);
  assert_moves (fixture);
  holdfast_hold_ring_count_hold (fixture->ring, &hold, now (fixture));
  assert_moves (fixture);
  holdfast_manual_clock_advance (fixture->manual, 7 * SECOND);
  assert_moves (fixture);
  holdfast_manual_clock_advance (fixture->manual, 3 * SECOND);
  assert_still (fixture);
  holdfast_hold_ring_wait (fixture->ring, now (fixture) + 100 * SECOND, 100 * SECOND);
  assert_moves (fixture);
  holdfast_manual_clock_advance (fixture->manual, 100 * SECOND);
  assert_still (fixture);
  holdfast_hold_ring_look (fixture->ring);
  assert_moves (fixture);
  holdfast_hold_ring_found (fixture->ring);
  assert_still (fixture);
  holdfast_hold_ring_idle (fixture->ring);
  assert_still (fixture);

  /* Animations come and go while it counts. */
  holdfast_hold_ring_look (fixture->ring);
  assert_moves (fixture);
  set_animations (FALSE);
  assert_still (fixture);
  set_animations (TRUE);
  assert_moves (fixture);
}

static void
test_unmapped (Fixture *fixture, gconstpointer data)
{
  set_animations (TRUE);
  holdfast_hold_ring_count_hold (fixture->ring, &hold, now (fixture));
  g_assert_cmpint (holdfast_manual_clock_get_next_alarm_us (fixture->manual), ==, G_MAXINT64);
  show (fixture);
  g_assert_cmpint (
      holdfast_manual_clock_get_next_alarm_us (fixture->manual), ==, now (fixture) + SECOND);
  holdfast_manual_clock_advance (fixture->manual, SECOND);
  assert_shows (fixture, HOLDFAST_HOLD_RING_HOLD, 1);

  gtk_widget_set_visible (fixture->widget, FALSE);
  g_assert_cmpint (holdfast_manual_clock_get_next_alarm_us (fixture->manual), ==, G_MAXINT64);
  holdfast_manual_clock_advance (fixture->manual, 4 * SECOND);
  assert_shows (fixture, HOLDFAST_HOLD_RING_HOLD, 1);
  gtk_widget_set_visible (fixture->widget, TRUE);
  holdfast_test_wait (is_mapped, fixture->widget, HOLDFAST_TEST_DEADLINE_MS, "the ring again");
  assert_shows (fixture, HOLDFAST_HOLD_RING_HOLD, 5);
}

static void
assert_says (Fixture *fixture, const char *label)
{
  gtk_test_accessible_assert_property (
      GTK_ACCESSIBLE (fixture->ring), GTK_ACCESSIBLE_PROPERTY_LABEL, label);
}

static void
test_accessible (Fixture *fixture, gconstpointer data)
{
  GtkAccessible *accessible = GTK_ACCESSIBLE (fixture->ring);
  HoldfastStep step = hold;

  gtk_test_accessible_assert_role (accessible, GTK_ACCESSIBLE_ROLE_TIMER);
  show (fixture);
  holdfast_hold_ring_show_step (fixture->ring, &hold);
  assert_says (fixture, "Hold for about 7 seconds: not begun yet");
  g_assert_false (gtk_test_accessible_has_property (accessible, GTK_ACCESSIBLE_PROPERTY_VALUE_NOW));

  holdfast_hold_ring_count_down (fixture->ring, now (fixture) + SECOND, 3 * SECOND);
  assert_says (fixture, "Get ready: 1 second left");
  gtk_test_accessible_assert_property (accessible, GTK_ACCESSIBLE_PROPERTY_VALUE_MAX, 3.0);

  holdfast_hold_ring_count_hold (fixture->ring, &hold, now (fixture) - 3 * SECOND);
  assert_says (fixture, "Hold: 3 of about 7 seconds");
  gtk_test_accessible_assert_property (accessible, GTK_ACCESSIBLE_PROPERTY_VALUE_MIN, 0.0);
  gtk_test_accessible_assert_property (accessible, GTK_ACCESSIBLE_PROPERTY_VALUE_NOW, 3.0);
  /* Not the longest: that one is nobody's number. */
  gtk_test_accessible_assert_property (accessible, GTK_ACCESSIBLE_PROPERTY_VALUE_MAX, 7.0);
  gtk_test_accessible_assert_property (accessible, GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, "3 seconds");
  holdfast_manual_clock_advance (fixture->manual, 5 * SECOND);
  assert_says (fixture, "Keep holding: 8 seconds");
  gtk_test_accessible_assert_property (accessible, GTK_ACCESSIBLE_PROPERTY_VALUE_NOW, 8.0);
  gtk_test_accessible_assert_property (accessible, GTK_ACCESSIBLE_PROPERTY_VALUE_MAX, 8.0);
  holdfast_manual_clock_advance (fixture->manual, 5 * SECOND);
  assert_says (fixture, "Let go now");
  g_assert_false (gtk_test_accessible_has_property (accessible, GTK_ACCESSIBLE_PROPERTY_VALUE_NOW));

  step.only_if_on = TRUE;
  holdfast_hold_ring_count_hold (fixture->ring, &step, now (fixture) - SECOND);
  assert_says (fixture, "Hold: 1 second");
  holdfast_hold_ring_wait (fixture->ring, now (fixture) + 2 * SECOND, 2 * SECOND);
  assert_says (fixture, "Hands off, wait: 2 seconds left");
  holdfast_hold_ring_look (fixture->ring);
  assert_says (fixture, "Looking for the headphones");
  holdfast_hold_ring_found (fixture->ring);
  assert_says (fixture, "Got it, let go");
  holdfast_hold_ring_idle (fixture->ring);
  assert_says (fixture, "Nothing to count in this step");
}

static void
measure (Fixture *fixture, GtkOrientation orientation, int for_size, int *minimum, int *natural)
{
  gtk_widget_measure (fixture->widget, orientation, for_size, minimum, natural, NULL, NULL);
}

static void
test_size (Fixture *fixture, gconstpointer data)
{
  GtkSettings *settings = gtk_settings_get_default ();
  int minimum;
  int natural;

  show (fixture);
  measure (fixture, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural);
  g_assert_cmpint (minimum, ==, 140);
  g_assert_cmpint (natural, ==, 240);

  g_object_set (settings, "gtk-xft-dpi", 2 * 96 * 1024, NULL);
  measure (fixture, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural);
  g_assert_cmpint (minimum, ==, 140);
  g_assert_cmpint (natural, >, 240);
  g_assert_cmpint (natural, <=, 360);
  /* In a window of 360 pixels it is as high as it is wide, and no higher. */
  measure (fixture, GTK_ORIENTATION_VERTICAL, 336, &minimum, &natural);
  g_assert_cmpint (minimum, ==, 140);
  g_assert_cmpint (natural, ==, 336);
  g_object_set (settings, "gtk-xft-dpi", 96 * 1024, NULL);
}

/* Whoever listens may begin another count, or take the ring away. */
static void
again_cb (HoldfastHoldRing *ring, GParamSpec *pspec, Fixture *fixture)
{
  if (holdfast_hold_ring_get_phase (ring) == HOLDFAST_HOLD_RING_FULL)
    holdfast_hold_ring_look (ring);
  else if (holdfast_hold_ring_get_phase (ring) == HOLDFAST_HOLD_RING_LOOK)
    gtk_window_set_child (GTK_WINDOW (fixture->window), NULL);
}

static void
test_listeners (Fixture *fixture, gconstpointer data)
{
  show (fixture);
  g_signal_connect (fixture->ring, "notify::phase", G_CALLBACK (again_cb), fixture);
  holdfast_hold_ring_count_hold (fixture->ring, &hold, now (fixture));
  holdfast_manual_clock_advance (fixture->manual, 20 * SECOND);
  assert_shows (fixture, HOLDFAST_HOLD_RING_LOOK, -1);
  assert_says (fixture, "Looking for the headphones");
  g_assert_null (gtk_widget_get_parent (fixture->widget));
}

/* No time of any model makes the ring count wrongly, or promise what its sentence does not. */
static void
test_catalogue (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HoldfastCatalogue) catalogue = holdfast_catalogue_new (&error);
  GListModel *models = NULL;

  g_assert_no_error (error);
  show (fixture);
  models = holdfast_catalogue_get_models (catalogue);
  for (guint i = 0; i < g_list_model_get_n_items (models); i++) {
    g_autoptr (HoldfastHeadset) headset = g_list_model_get_item (models, i);
    GPtrArray *ways = holdfast_headset_get_pairing_ways (headset);

    for (guint j = 0; j < ways->len; j++) {
      const HoldfastStep *step = holdfast_gesture_get_last_hold (g_ptr_array_index (ways, j));

      holdfast_hold_ring_count_hold (fixture->ring, step, now (fixture));
      g_assert_cmpint (holdfast_hold_ring_get_phase (fixture->ring), ==, HOLDFAST_HOLD_RING_HOLD);
      holdfast_manual_clock_advance (fixture->manual, (gint64) step->longest_ms * 1000 - 1);
      g_assert_cmpint (holdfast_hold_ring_get_phase (fixture->ring), !=, HOLDFAST_HOLD_RING_FULL);
      holdfast_manual_clock_advance (fixture->manual, 1);
      assert_shows (fixture, HOLDFAST_HOLD_RING_FULL, -1);
    }
  }
}

#define ADD(name, func)                                                                            \
  g_test_add ("/widgets/hold-ring/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (holdfast_widgets_init ());
  g_object_set (gtk_settings_get_default (), "gtk-font-name", "Inter 11", NULL);
  ADD ("rest", test_rest);
  ADD ("count-down", test_count_down);
  ADD ("hold", test_hold);
  ADD ("odd-times", test_odd_times);
  ADD ("others", test_others);
  ADD ("clocks", test_clocks);
  ADD ("wakes-without-animations", test_wakes_without_animations);
  ADD ("wakes-with-animations", test_wakes_with_animations);
  ADD ("unmapped", test_unmapped);
  ADD ("accessible", test_accessible);
  ADD ("size", test_size);
  ADD ("listeners", test_listeners);
  ADD ("catalogue", test_catalogue);
  return g_test_run ();
}
