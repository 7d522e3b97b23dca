/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the window holds, and when it lets go of it. */

#include "config.h"

#include <adwaita.h>

#include "holdfast-test.h"
#include "widgets.h"
#include "window-fixture.h"

static gboolean
has_session (gpointer self)
{
  return window_fixture_get_session (self) != NULL;
}

static gboolean
is_mapped (gpointer widget)
{
  return gtk_widget_get_mapped (widget);
}

static void
begin_practice (WindowFixture *self)
{
  holdfast_window_practise (self->window, HOLDFAST_SIM_FAULT_NONE);
  holdfast_window_pair (self->window, self->model);
  holdfast_test_wait (has_session, self, HOLDFAST_TEST_DEADLINE_MS, "a practice to begin");
}

/* The panel comes with the practice, and is nobody's once the window has gone. */
static void
test_practice (void)
{
  WindowFixture self = { 0 };

  window_fixture_open (&self, "wh-1000xm4", HOLDFAST_SIM_FAULT_NONE);
  begin_practice (&self);
  g_assert_nonnull (window_fixture_get_panel (&self));
  window_fixture_close (&self);
}

/* Closed again, the window's session is over when that returns, although whoever closes a window
 * holds it: only then can what the session says last be waited for. */
static void
test_close_twice (void)
{
  WindowFixture self = { 0 };
  HoldfastSession *session = NULL;

  window_fixture_open (&self, "wh-1000xm4", HOLDFAST_SIM_FAULT_NONE);
  holdfast_window_pair (self.window, self.model);
  window_fixture_await_state (&self, HOLDFAST_STATE_GET_READY);
  window_fixture_press (&self, HOLDFAST_PAGE_BUTTON_PRIMARY);
  window_fixture_await_state (&self, HOLDFAST_STATE_INVITE);
  g_set_weak_pointer (&session, window_fixture_get_session (&self));
  gtk_window_close (GTK_WINDOW (self.window));
  g_assert_nonnull (session);
  gtk_window_close (GTK_WINDOW (self.window));
  g_assert_null (session);
  g_assert_null (window_fixture_get_session (&self));
  window_fixture_close (&self);
}

/* Long enough for a practice to open, if one is opening. */
static void
let_open (WindowFixture *self)
{
  for (guint i = 0; i < 5; i++)
    window_fixture_settle (self);
}

static void
test_close_while_practice_opens (void)
{
  WindowFixture self = { 0 };

  window_fixture_open (&self, "wh-1000xm4", HOLDFAST_SIM_FAULT_NONE);
  holdfast_window_practise (self.window, HOLDFAST_SIM_FAULT_NONE);
  holdfast_window_pair (self.window, self.model);
  g_assert_null (window_fixture_get_session (&self));
  gtk_window_close (GTK_WINDOW (self.window));
  let_open (&self);
  g_assert_null (window_fixture_get_session (&self));
  window_fixture_close (&self);
}

/* Chosen before the computer's Bluetooth is known, it begins once that is; not if somebody went
 * back meanwhile. */
static void
test_back_withdraws (void)
{
  for (guint goes_back = 0; goes_back < 2; goes_back++) {
    WindowFixture self = { 0 };

    window_fixture_open (&self, "wh-1000xm4", HOLDFAST_SIM_FAULT_NONE);
    holdfast_window_set_world (self.window, NULL);
    holdfast_window_pair (self.window, NULL);
    holdfast_window_pair (self.window, self.model);
    if (goes_back)
      g_assert_true (gtk_widget_activate_action (GTK_WIDGET (self.wizard), "wizard.back", NULL));
    holdfast_window_set_world (self.window, self.world);
    g_assert_cmpint (has_session (&self), ==, !goes_back);
    window_fixture_close (&self);
  }
}

/* Another choice, and another, each before the headphones of the one before were there. */
static void
test_another_choice (void)
{
  WindowFixture self = { 0 };
  HoldfastHeadset *other = NULL;

  window_fixture_open (&self, "wh-1000xm4", HOLDFAST_SIM_FAULT_NONE);
  other = holdfast_catalogue_find (self.catalogue, "linkbuds-s");
  holdfast_window_practise (self.window, HOLDFAST_SIM_FAULT_NONE);
  holdfast_window_pair (self.window, self.model);
  holdfast_window_pair (self.window, NULL);
  let_open (&self);
  g_assert_null (window_fixture_get_session (&self));
  holdfast_window_pair (self.window, self.model);
  holdfast_window_practise (self.window, HOLDFAST_SIM_FAULT_NONE);
  holdfast_window_pair (self.window, other);
  holdfast_test_wait (has_session, &self, HOLDFAST_TEST_DEADLINE_MS, "a practice to begin");
  g_assert_true (holdfast_session_get_headset (window_fixture_get_session (&self)) == other);
  window_fixture_close (&self);
}

/* A rehearsal of what has no Bluetooth is none, and the next practice is the person's own. */
static void
test_rehearsal_does_not_stay (void)
{
  WindowFixture self = { 0 };

  window_fixture_open (&self, "wh-1000xm4", HOLDFAST_SIM_FAULT_NONE);
  holdfast_window_practise (self.window, HOLDFAST_SIM_FAULT_NONE);
  holdfast_window_rehearse (self.window, HOLDFAST_STATE_HOLD);
  holdfast_window_pair (self.window, holdfast_catalogue_find (self.catalogue, "inzone-h3"));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (self.wizard), "wizard.back", NULL));
  begin_practice (&self);
  for (guint i = 0; i < 20; i++)
    window_fixture_advance (&self, G_USEC_PER_SEC / 10);
  g_assert_cmpstr (
      holdfast_state_to_string (holdfast_session_get_state (window_fixture_get_session (&self))),
      ==,
      "GET_READY");
  window_fixture_close (&self);
}

static GtkWidget *
find_key (GtkWidget *widget)
{
  if (GTK_IS_BUTTON (widget) && g_object_get_data (G_OBJECT (widget), "holdfast-key") != NULL)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find_key (child);

    if (found != NULL)
      return found;
  }
  return NULL;
}

static void
press_key (GtkWidget *button)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (button);
  gboolean handled = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++) {
    g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

    if (GTK_IS_EVENT_CONTROLLER_KEY (controller)
        && gtk_event_controller_get_propagation_phase (controller) == GTK_PHASE_CAPTURE)
      g_signal_emit_by_name (controller, "key-pressed", GDK_KEY_space, 0, 0, &handled);
  }
  g_assert_true (handled);
}

/* The panel moves below the page as the window gets narrow: who holds a button with a key goes on
 * holding it. */
static void
test_narrow_keeps_hold (void)
{
  WindowFixture self = { 0 };
  GtkWidget *split_view = NULL;
  GtkWidget *button = NULL;

  window_fixture_open (&self, "wh-1000xm4", HOLDFAST_SIM_FAULT_NONE);
  split_view = GTK_WIDGET (
      gtk_widget_get_template_child (GTK_WIDGET (self.window), HOLDFAST_TYPE_WINDOW, "split_view"));
  begin_practice (&self);
  window_fixture_settle (&self);
  button = find_key (window_fixture_get_panel (&self));
  holdfast_test_wait (
      is_mapped, button, HOLDFAST_TEST_DEADLINE_MS, "the simulated button to be on the screen");
  g_assert_true (gtk_widget_grab_focus (button));
  press_key (button);
  g_assert_true (gtk_widget_has_css_class (button, "suggested-action"));
  for (guint i = 0; i < 3; i++) {
    g_object_set (split_view, "collapsed", i % 2 == 0, NULL);
    for (guint frame = 0; frame < 10; frame++)
      window_fixture_settle (&self);
    g_assert_true (gtk_window_get_focus (GTK_WINDOW (self.window)) == button);
    g_assert_true (gtk_widget_has_css_class (button, "suggested-action"));
  }
  window_fixture_close (&self);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (holdfast_widgets_init ());
  /* A slide that the window's end cuts short may leave its pictures with the toolkit. */
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  g_test_add_func ("/app/window/practice", test_practice);
  g_test_add_func ("/app/window/close-twice", test_close_twice);
  g_test_add_func ("/app/window/close-while-practice-opens", test_close_while_practice_opens);
  g_test_add_func ("/app/window/back-withdraws", test_back_withdraws);
  g_test_add_func ("/app/window/another-choice", test_another_choice);
  g_test_add_func ("/app/window/rehearsal-does-not-stay", test_rehearsal_does_not_stay);
  g_test_add_func ("/app/window/narrow-keeps-hold", test_narrow_keeps_hold);
  return g_test_run ();
}
