/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "window-fixture.h"

#include "holdfast-test.h"
#include "widgets.h"

#define STEP_US (100 * 1000)
#define LONGEST_US (240 * G_USEC_PER_SEC)

static gboolean
is_mapped (gpointer widget)
{
  return gtk_widget_get_mapped (widget);
}

static void
open_world (WindowFixture *self, HoldfastSimFaults faults)
{
  HoldfastWorldOptions options
      = { .simulate = self->model, .faults = faults, .clock = self->clock };
  GAsyncResult *result = NULL;
  g_autoptr (GAsyncResult) opened = NULL;
  g_autoptr (GError) error = NULL;

  holdfast_world_open_async (&options, NULL, holdfast_test_result_cb, &result);
  opened = holdfast_test_wait_result (&result, "a simulated world");
  self->world = holdfast_world_open_finish (opened, &error);
  g_assert_no_error (error);
}

void
window_fixture_open (WindowFixture *self, const char *model, HoldfastSimFaults faults)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (holdfast_widgets_init ());
  self->catalogue = holdfast_catalogue_new (&error);
  g_assert_no_error (error);
  self->model = holdfast_catalogue_find (self->catalogue, model);
  g_assert_nonnull (self->model);
  self->clock = holdfast_manual_clock_new ();
  open_world (self, faults);
  self->window = g_object_ref_sink (holdfast_window_new (NULL, self->catalogue, self->clock));
  self->wizard = holdfast_window_get_wizard (self->window);
  holdfast_window_set_world (self->window, self->world);
  gtk_window_present (GTK_WINDOW (self->window));
  holdfast_test_wait (is_mapped,
                      holdfast_wizard_get_page (self->wizard),
                      HOLDFAST_TEST_DEADLINE_MS,
                      "the first page to be on the screen");
  self->frames = g_object_ref (gtk_widget_get_frame_clock (GTK_WIDGET (self->window)));
  gdk_frame_clock_begin_updating (self->frames);
  window_fixture_settle (self);
}

GtkWidget *
window_fixture_get_panel (WindowFixture *self)
{
  AdwOverlaySplitView *split_view = ADW_OVERLAY_SPLIT_VIEW (gtk_widget_get_template_child (
      GTK_WIDGET (self->window), HOLDFAST_TYPE_WINDOW, "split_view"));
  AdwBin *below = ADW_BIN (
      gtk_widget_get_template_child (GTK_WIDGET (self->window), HOLDFAST_TYPE_WINDOW, "below_bin"));

  return adw_overlay_split_view_get_sidebar (split_view) ?: adw_bin_get_child (below);
}

void
window_fixture_close (WindowFixture *self)
{
  GtkWidget *panel = window_fixture_get_panel (self);
  HoldfastSession *session = window_fixture_get_session (self);
  gint64 until_us = holdfast_clock_get_now_us (self->clock) + LONGEST_US;

  if (session != NULL)
    holdfast_session_send (session, HOLDFAST_EVENT_CANCEL);
  while (window_fixture_get_session (self) != NULL) {
    g_assert_cmpint (holdfast_clock_get_now_us (self->clock), <, until_us);
    window_fixture_advance (self, STEP_US);
  }
  g_clear_object (&self->hand);
  if (panel != NULL)
    g_object_ref (panel);
  gdk_frame_clock_end_updating (self->frames);
  g_clear_object (&self->frames);
  gtk_window_destroy (GTK_WINDOW (self->window));
  holdfast_test_assert_finalize (g_steal_pointer (&self->window));
  if (panel != NULL)
    holdfast_test_assert_finalize (panel);
  /* What it released on its way out takes its time. */
  for (guint i = 0; i < 6; i++)
    window_fixture_advance (self, G_USEC_PER_SEC / 2);
  holdfast_test_assert_finalize (g_steal_pointer (&self->world));
  holdfast_test_assert_finalize (g_steal_pointer (&self->clock));
  g_clear_object (&self->catalogue);
}

HoldfastSession *
window_fixture_get_session (WindowFixture *self)
{
  return holdfast_wizard_get_session (self->wizard);
}

GDBusConnection *
window_fixture_get_connection (WindowFixture *self)
{
  return holdfast_client_get_connection (holdfast_world_get_client (self->world));
}

void
window_fixture_settle (WindowFixture *self)
{
  holdfast_test_settle_connection (window_fixture_get_connection (self));
}

void
window_fixture_advance (WindowFixture *self, gint64 by_us)
{
  holdfast_manual_clock_advance (HOLDFAST_MANUAL_CLOCK (self->clock), by_us);
  window_fixture_settle (self);
}

void
window_fixture_help (WindowFixture *self)
{
  g_assert_null (self->hand);
  self->hand
      = holdfast_helping_hand_new (window_fixture_get_session (self),
                                   holdfast_sim_get_headset (holdfast_world_get_sim (self->world)));
}

/* "activate" would show the button pressed for a moment before it does anything. */
void
window_fixture_press (WindowFixture *self, HoldfastPageButton button)
{
  GtkWidget *widget = holdfast_page_get_button (holdfast_wizard_get_page (self->wizard), button);

  g_assert_true (gtk_widget_get_visible (widget));
  g_assert_true (gtk_widget_is_sensitive (widget));
  g_signal_emit_by_name (widget, "clicked");
}

void
window_fixture_await_state (WindowFixture *self, HoldfastState state)
{
  gint64 until_us = holdfast_clock_get_now_us (self->clock) + LONGEST_US;

  while (holdfast_session_get_state (window_fixture_get_session (self)) != state) {
    if (holdfast_clock_get_now_us (self->clock) > until_us)
      g_error ("waited in vain for the state %s", holdfast_state_to_string (state));
    window_fixture_advance (self, STEP_US);
  }
}
