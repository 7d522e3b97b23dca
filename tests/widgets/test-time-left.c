/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <adwaita.h>

#include "holdfast-test.h"
#include "time-left.h"
#include "widgets.h"

#define MINUTE_US (60 * G_USEC_PER_SEC)
#define SOON "Less than a minute left. When the light stops flashing, begin the hold again."

typedef struct {
  HoldfastClock *clock;
  GtkWidget *widget;
  HoldfastTimeLeft *time_left;
  GtkWidget *window;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->clock = holdfast_manual_clock_new ();
  self->widget = g_object_ref_sink (holdfast_time_left_new ());
  self->time_left = HOLDFAST_TIME_LEFT (self->widget);
  self->window = gtk_window_new ();
  gtk_window_set_child (GTK_WINDOW (self->window), self->widget);
  gtk_window_present (GTK_WINDOW (self->window));
  holdfast_time_left_set_clock (self->time_left, self->clock);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  holdfast_test_assert_finalize (self->widget);
  holdfast_test_assert_finalize (self->clock);
}

static void
pass (Fixture *self, gint64 us)
{
  holdfast_manual_clock_advance (HOLDFAST_MANUAL_CLOCK (self->clock), us);
}

static gint64
get_next (Fixture *self)
{
  return holdfast_manual_clock_get_next_alarm_us (HOLDFAST_MANUAL_CLOCK (self->clock));
}

static void
set_five_minutes (Fixture *self)
{
  holdfast_time_left_set_end (
      self->time_left, holdfast_clock_get_now_us (self->clock) + 5 * MINUTE_US, 5 * MINUTE_US);
}

/* Nothing is said before it is known, and nothing when it is over. */
static void
test_words (Fixture *self, gconstpointer data)
{
  g_assert_false (gtk_widget_get_visible (self->widget));
  g_assert_null (holdfast_time_left_get_words (self->time_left));
  set_five_minutes (self);
  g_assert_true (gtk_widget_get_visible (self->widget));
  g_assert_cmpstr (
      holdfast_time_left_get_words (self->time_left), ==, "Ready for about 5 more minutes.");
  holdfast_test_settle ();
  pass (self, 3 * MINUTE_US);
  g_assert_cmpstr (
      holdfast_time_left_get_words (self->time_left), ==, "Ready for about 2 more minutes.");
  pass (self, MINUTE_US);
  g_assert_cmpstr (
      holdfast_time_left_get_words (self->time_left), ==, "Ready for about 1 more minute.");
  pass (self, 5 * G_USEC_PER_SEC);
  g_assert_cmpstr (holdfast_time_left_get_words (self->time_left), ==, SOON);
  pass (self, 54 * G_USEC_PER_SEC);
  g_assert_true (gtk_widget_get_visible (self->widget));
  pass (self, G_USEC_PER_SEC);
  g_assert_false (gtk_widget_get_visible (self->widget));
  g_assert_null (holdfast_time_left_get_words (self->time_left));
}

static void
count_cb (guint *count)
{
  ++*count;
}

/* A few times a minute, and the words only when they are others. */
static void
test_wakes (Fixture *self, gconstpointer data)
{
  guint n_words = 0;
  guint n_wakes = 0;

  g_signal_connect_swapped (self->widget, "notify::words", G_CALLBACK (count_cb), &n_words);
  set_five_minutes (self);
  holdfast_test_settle ();
  g_assert_cmpuint (n_words, ==, 1);
  while (get_next (self) != G_MAXINT64) {
    pass (self, get_next (self) - holdfast_clock_get_now_us (self->clock));
    n_wakes++;
    g_assert_cmpuint (n_wakes, <=, 60);
  }
  g_assert_cmpuint (n_wakes, ==, 60);
  /* 5, 4, 3, 2, 1, soon, over. */
  g_assert_cmpuint (n_words, ==, 7);
}

static void
test_sleeps_unseen (Fixture *self, gconstpointer data)
{
  set_five_minutes (self);
  holdfast_test_settle ();
  g_assert_cmpint (get_next (self), !=, G_MAXINT64);
  gtk_widget_set_visible (self->window, FALSE);
  g_assert_cmpint (get_next (self), ==, G_MAXINT64);
  pass (self, 3 * MINUTE_US);
  gtk_window_present (GTK_WINDOW (self->window));
  holdfast_test_settle ();
  g_assert_cmpstr (
      holdfast_time_left_get_words (self->time_left), ==, "Ready for about 2 more minutes.");
  holdfast_time_left_set_end (self->time_left, G_MAXINT64, 0);
  g_assert_cmpint (get_next (self), ==, G_MAXINT64);
  g_assert_false (gtk_widget_get_visible (self->widget));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (holdfast_widgets_init ());
  g_test_add ("/widgets/time-left/words", Fixture, NULL, set_up, test_words, tear_down);
  g_test_add ("/widgets/time-left/wakes", Fixture, NULL, set_up, test_wakes, tear_down);
  g_test_add (
      "/widgets/time-left/sleeps-unseen", Fixture, NULL, set_up, test_sleeps_unseen, tear_down);
  return g_test_run ();
}
