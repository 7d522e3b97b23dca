/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <adwaita.h>

#include "catalogue.h"
#include "holdfast-test.h"
#include "light.h"
#include "widgets.h"

#define MS ((gint64) 1000)
#define DOUBLE_FLASH "blue:150 off:150 blue:150 off:850"

typedef struct {
  HoldfastClock *clock;
  HoldfastManualClock *manual;
  GtkWidget *window; /* NULL until it is shown */
  GtkWidget *widget;
  HoldfastLightView *light;
  GdkPaintable *paintable;
  GArray *onsets; /* of gint64: when a colour lit up while watched */
  guint n_draws;
  guint n_frames;
} Fixture;

static void
count_cb (guint *n)
{
  (*n)++;
}

static void
led_cb (Fixture *fixture)
{
  gint64 now_us = holdfast_clock_get_now_us (fixture->clock);
  int led;

  g_object_get (fixture->light, "led", &led, NULL);
  g_assert_cmpint (led, ==, holdfast_light_view_get_led (fixture->light));
  if (led != HOLDFAST_LED_OFF)
    g_array_append_val (fixture->onsets, now_us);
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
  fixture->onsets = g_array_new (FALSE, FALSE, sizeof (gint64));
  fixture->widget = g_object_ref_sink (holdfast_light_view_new ());
  fixture->light = HOLDFAST_LIGHT_VIEW (fixture->widget);
  holdfast_light_view_set_clock (fixture->light, fixture->clock);
  g_signal_connect_swapped (fixture->light, "notify::led", G_CALLBACK (led_cb), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_signal_handlers_disconnect_by_func (fixture->light, led_cb, fixture);
  g_clear_object (&fixture->paintable);
  if (fixture->window != NULL)
    gtk_window_destroy (GTK_WINDOW (fixture->window));
  holdfast_test_assert_finalize (fixture->widget);
  g_assert_cmpint (holdfast_manual_clock_get_next_alarm_us (fixture->manual), ==, G_MAXINT64);
  holdfast_test_assert_finalize (fixture->clock);
  g_array_unref (fixture->onsets);
  set_animations (FALSE);
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
  fixture->n_draws = 0;
}

static void
set_pattern (Fixture *fixture, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HoldfastTimeline) timeline = holdfast_timeline_parse (text, &error);

  g_assert_no_error (error);
  holdfast_light_view_set_timeline (
      fixture->light, timeline, holdfast_clock_get_now_us (fixture->clock));
}

static void
assert_led (Fixture *fixture, HoldfastLed led)
{
  g_assert_cmpint (holdfast_light_view_get_led (fixture->light), ==, led);
}

static void
test_still (Fixture *fixture, gconstpointer data)
{
  show (fixture);
  assert_led (fixture, HOLDFAST_LED_OFF);
  set_pattern (fixture, DOUBLE_FLASH);
  assert_led (fixture, HOLDFAST_LED_BLUE);
  set_pattern (fixture, "blue:400 orange:600");
  assert_led (fixture, HOLDFAST_LED_ORANGE);
  set_pattern (fixture, "off:900 red:100");
  assert_led (fixture, HOLDFAST_LED_RED);
  set_pattern (fixture, "off:900");
  assert_led (fixture, HOLDFAST_LED_OFF);
  set_pattern (fixture, "green:900");
  assert_led (fixture, HOLDFAST_LED_GREEN);
  holdfast_light_view_set_timeline (fixture->light, NULL, 0);
  assert_led (fixture, HOLDFAST_LED_OFF);
  g_assert_cmpint (holdfast_manual_clock_get_next_alarm_us (fixture->manual), ==, G_MAXINT64);
}

static void
test_playing (Fixture *fixture, gconstpointer data)
{
  show (fixture);
  holdfast_light_view_set_playing (fixture->light, TRUE);
  g_assert_true (holdfast_light_view_get_playing (fixture->light));
  set_pattern (fixture, DOUBLE_FLASH);
  for (int period = 0; period < 3; period++) {
    assert_led (fixture, HOLDFAST_LED_BLUE);
    holdfast_manual_clock_advance (fixture->manual, 150 * MS - 1);
    assert_led (fixture, HOLDFAST_LED_BLUE);
    holdfast_manual_clock_advance (fixture->manual, 1);
    assert_led (fixture, HOLDFAST_LED_OFF);
    holdfast_manual_clock_advance (fixture->manual, 150 * MS);
    assert_led (fixture, HOLDFAST_LED_BLUE);
    holdfast_manual_clock_advance (fixture->manual, 150 * MS);
    assert_led (fixture, HOLDFAST_LED_OFF);
    holdfast_manual_clock_advance (fixture->manual, 850 * MS);
  }
  holdfast_manual_clock_advance (fixture->manual, 200 * MS);
  assert_led (fixture, HOLDFAST_LED_OFF);
  holdfast_light_view_set_playing (fixture->light, FALSE);
  assert_led (fixture, HOLDFAST_LED_BLUE);
  g_assert_cmpint (holdfast_manual_clock_get_next_alarm_us (fixture->manual), ==, G_MAXINT64);
}

/* It wakes when the light changes, and is drawn then and no more. */
static void
test_wakes (Fixture *fixture, gconstpointer data)
{
  const gint64 changes_ms[] = { 150, 300, 450, 1300 };
  gint64 began_us;

  holdfast_light_view_set_playing (fixture->light, TRUE);
  set_pattern (fixture, DOUBLE_FLASH);
  g_assert_cmpint (holdfast_manual_clock_get_next_alarm_us (fixture->manual), ==, G_MAXINT64);
  show (fixture);
  began_us = holdfast_clock_get_now_us (fixture->clock);
  for (guint i = 0; i < G_N_ELEMENTS (changes_ms); i++) {
    gint64 next_us = began_us + changes_ms[i] * MS;

    g_assert_cmpint (holdfast_manual_clock_get_next_alarm_us (fixture->manual), ==, next_us);
    holdfast_manual_clock_advance (fixture->manual,
                                   next_us - holdfast_clock_get_now_us (fixture->clock));
    pass_frames (fixture);
    g_assert_cmpuint (fixture->n_draws, ==, i + 1);
  }

  set_pattern (fixture, "blue:1000");
  g_assert_cmpint (holdfast_manual_clock_get_next_alarm_us (fixture->manual), ==, G_MAXINT64);
  set_pattern (fixture, DOUBLE_FLASH);
  gtk_widget_set_visible (fixture->widget, FALSE);
  g_assert_cmpint (holdfast_manual_clock_get_next_alarm_us (fixture->manual), ==, G_MAXINT64);
}

/* A fade ends, and then nothing is drawn until the next change. */
static void
assert_comes_to_rest (Fixture *fixture)
{
  /* One second of frames is much longer than any fade. */
  for (int i = 0; i < 15; i++) {
    fixture->n_draws = 0;
    pass_frames (fixture);
    if (fixture->n_draws == 0)
      return;
  }
  g_assert_not_reached ();
}

static void
test_fade (Fixture *fixture, gconstpointer data)
{
  set_animations (TRUE);
  holdfast_light_view_set_playing (fixture->light, TRUE);
  set_pattern (fixture, "blue:400 orange:600");
  show (fixture);
  for (int i = 0; i < 4; i++) {
    assert_comes_to_rest (fixture);
    holdfast_manual_clock_advance (fixture->manual, 500 * MS);
    pass_frames (fixture);
    g_assert_cmpuint (fixture->n_draws, >, 0);
  }
}

/* The clock stands before the beginning of the pattern, or long after it. */
static void
test_times (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HoldfastTimeline) timeline = holdfast_timeline_parse (DOUBLE_FLASH, NULL);
  gint64 now_us = holdfast_clock_get_now_us (fixture->clock);

  show (fixture);
  holdfast_light_view_set_playing (fixture->light, TRUE);
  holdfast_light_view_set_timeline (fixture->light, timeline, now_us + 100 * MS);
  assert_led (fixture, HOLDFAST_LED_BLUE);
  holdfast_manual_clock_advance (fixture->manual, 250 * MS);
  assert_led (fixture, HOLDFAST_LED_OFF);
  /* A day of periods, and 200 ms of one. */
  now_us = holdfast_clock_get_now_us (fixture->clock);
  holdfast_light_view_set_timeline (fixture->light,
                                    timeline,
                                    now_us - 66000 * holdfast_timeline_get_period_us (timeline)
                                        - 200 * MS);
  assert_led (fixture, HOLDFAST_LED_OFF);
  g_assert_cmpint (
      holdfast_manual_clock_get_next_alarm_us (fixture->manual), ==, now_us + 100 * MS);
  holdfast_light_view_set_clock (fixture->light, NULL);
  assert_led (fixture, HOLDFAST_LED_BLUE);
  holdfast_light_view_set_clock (fixture->light, fixture->clock);
}

static void
test_accessible (Fixture *fixture, gconstpointer data)
{
  GtkAccessible *accessible = GTK_ACCESSIBLE (fixture->light);

  gtk_test_accessible_assert_role (accessible, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_test_accessible_assert_property (accessible, GTK_ACCESSIBLE_PROPERTY_LABEL, "Light");
  set_pattern (fixture, DOUBLE_FLASH);
  gtk_test_accessible_assert_property (accessible,
                                       GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Light: blue, twice, pause, twice, again and again");
  holdfast_light_view_set_timeline (fixture->light, NULL, 0);
  gtk_test_accessible_assert_property (accessible, GTK_ACCESSIBLE_PROPERTY_LABEL, "Light");
}

/* What lit up in any one second of the watch. */
static void
assert_calm (Fixture *fixture)
{
  for (guint first = 0; first < fixture->onsets->len; first++) {
    gint64 from_us = g_array_index (fixture->onsets, gint64, first);
    guint count = 0;

    for (guint i = first; i < fixture->onsets->len; i++)
      count += g_array_index (fixture->onsets, gint64, i) < from_us + G_USEC_PER_SEC ? 1 : 0;
    g_assert_cmpuint (count, <=, 3);
  }
}

static void
watch (Fixture *fixture, HoldfastTimeline *timeline)
{
  if (timeline == NULL)
    return;
  g_array_set_size (fixture->onsets, 0);
  holdfast_light_view_set_timeline (
      fixture->light, timeline, holdfast_clock_get_now_us (fixture->clock));
  holdfast_manual_clock_advance (
      fixture->manual, 3 * holdfast_timeline_get_period_us (timeline) + 3 * G_USEC_PER_SEC);
  assert_calm (fixture);
}

static guint
watch_gesture (Fixture *fixture, const HoldfastGesture *gesture)
{
  if (gesture == NULL)
    return 0;
  watch (fixture, gesture->light);
  for (guint i = 0; i < holdfast_gesture_get_n_steps (gesture); i++)
    watch (fixture, holdfast_gesture_get_step (gesture, i)->light);
  return gesture->light != NULL ? 1 : 0;
}

static guint
watch_models (Fixture *fixture, GListModel *models)
{
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (models); i++) {
    g_autoptr (HoldfastHeadset) headset = g_list_model_get_item (models, i);
    GPtrArray *ways = holdfast_headset_get_pairing_ways (headset);

    for (guint j = 0; j < ways->len; j++)
      n += watch_gesture (fixture, g_ptr_array_index (ways, j));
    n += watch_gesture (fixture, holdfast_headset_get_first_time (headset));
    n += watch_gesture (fixture, holdfast_headset_get_restart (headset));
    n += watch_gesture (fixture, holdfast_headset_get_factory_reset (headset));
  }
  return n;
}

/* WCAG 2.3.1, as the light really shows it and not as its pattern is written. */
static void
test_flashes (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HoldfastCatalogue) catalogue = holdfast_catalogue_new (&error);

  g_assert_no_error (error);
  show (fixture);
  holdfast_light_view_set_playing (fixture->light, TRUE);
  g_assert_cmpuint (watch_models (fixture, holdfast_catalogue_get_models (catalogue))
                        + watch_models (fixture, holdfast_catalogue_get_families (catalogue)),
                    >,
                    30);
}

#define ADD(name, func) g_test_add ("/widgets/light/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (holdfast_widgets_init ());
  ADD ("still", test_still);
  ADD ("playing", test_playing);
  ADD ("wakes", test_wakes);
  ADD ("fade", test_fade);
  ADD ("times", test_times);
  ADD ("accessible", test_accessible);
  ADD ("flashes", test_flashes);
  return g_test_run ();
}
