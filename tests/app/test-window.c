/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the window holds, and when it lets go of it. */

#include "config.h"

#include <adwaita.h>

#include "holdfast-test.h"
#include "window-fixture.h"

static gboolean
has_session (gpointer self)
{
  return window_fixture_get_session (self) != NULL;
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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/window/practice", test_practice);
  g_test_add_func ("/app/window/close-twice", test_close_twice);
  return g_test_run ();
}
