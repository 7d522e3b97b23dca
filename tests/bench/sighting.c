/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How long it takes from a signal on the bus about headphones that appeared to the first frame that
 * says "let go".
 *
 *     sighting ROUNDS         prints a line a round: milliseconds, and how many frames were drawn
 * in between that still said something else
 *
 * The signal's time is that of its arrival at this process, in the thread that reads the bus.
 */

#include "config.h"

#include <adwaita.h>

#include "holdfast-test.h"
#include "sentences.h"
#include "window-fixture.h"

typedef struct {
  WindowFixture window;
  gint64 arrived_us; /* atomic by the lock: written where the bus is read */
  GMutex lock;
  guint n_late_frames;
  gboolean said;
} Round;

static gint64
get_arrived_us (Round *self)
{
  G_MUTEX_AUTO_LOCK (&self->lock, locker);

  return self->arrived_us;
}

static GDBusMessage *
message_cb (GDBusConnection *connection, GDBusMessage *message, gboolean incoming, gpointer round)
{
  Round *self = round;

  if (incoming && g_dbus_message_get_message_type (message) == G_DBUS_MESSAGE_TYPE_SIGNAL
      && g_strcmp0 (g_dbus_message_get_member (message), "InterfacesAdded") == 0) {
    G_MUTEX_AUTO_LOCK (&self->lock, locker);

    if (self->arrived_us == 0)
      self->arrived_us = g_get_monotonic_time ();
  }
  return message;
}

static void
drawn_cb (Round *self)
{
  gint64 arrived_us = get_arrived_us (self);

  if (arrived_us == 0 || self->said)
    return;
  if (g_strcmp0 (holdfast_page_get_heading (holdfast_wizard_get_page (self->window.wizard)),
                 holdfast_state_get_title (HOLDFAST_STATE_FOUND))
      != 0) {
    self->n_late_frames++;
    return;
  }
  gdk_display_sync (gdk_display_get_default ());
  g_print ("%.2f %u\n",
           (double) (g_get_monotonic_time () - arrived_us) / G_TIME_SPAN_MILLISECOND,
           self->n_late_frames);
  self->said = TRUE;
}

static gboolean
tick_cb (gpointer flag)
{
  *(gboolean *) flag = TRUE;
  return G_SOURCE_REMOVE;
}

/* Signals do not keep time with frames: each round begins elsewhere between two of them. */
static void
fall_out_of_step (guint round)
{
  gboolean ticked = FALSE;

  g_timeout_add (round * 7 % 17, tick_cb, &ticked);
  holdfast_test_wait_true (&ticked, "a tick");
}

static void
hold_and_appear (Round *self, guint number)
{
  guint filter = 0;
  gint64 until_us = 0;

  window_fixture_open (&self->window, "wh-1000xm4", HOLDFAST_SIM_FAULT_NONE);
  holdfast_window_pair (self->window.window, self->window.model);
  window_fixture_await_state (&self->window, HOLDFAST_STATE_GET_READY);
  window_fixture_press (&self->window, HOLDFAST_PAGE_BUTTON_PRIMARY);
  window_fixture_await_state (&self->window, HOLDFAST_STATE_INVITE);
  window_fixture_press (&self->window, HOLDFAST_PAGE_BUTTON_PRIMARY);
  window_fixture_await_state (&self->window, HOLDFAST_STATE_HOLD);
  window_fixture_advance (&self->window, 3 * G_USEC_PER_SEC);

  filter = g_dbus_connection_add_filter (
      window_fixture_get_connection (&self->window), message_cb, self, NULL);
  g_signal_connect_swapped (self->window.frames, "after-paint", G_CALLBACK (drawn_cb), self);
  holdfast_virtual_headset_set_mode (
      holdfast_sim_get_headset (holdfast_world_get_sim (self->window.world)),
      HOLDFAST_VIRTUAL_PAIRING);
  until_us = holdfast_clock_get_now_us (self->window.clock) + 30 * G_USEC_PER_SEC;
  fall_out_of_step (number);
  while (get_arrived_us (self) == 0) {
    g_assert_cmpint (holdfast_clock_get_now_us (self->window.clock), <, until_us);
    window_fixture_advance (&self->window, G_USEC_PER_SEC / 10);
  }
  holdfast_test_wait_true (&self->said, "a frame that says to let go");
  g_dbus_connection_remove_filter (window_fixture_get_connection (&self->window), filter);
  g_signal_handlers_disconnect_by_data (self->window.frames, self);
  window_fixture_close (&self->window);
}

int
main (int argc, char **argv)
{
  guint64 rounds = 0;

  if (argc != 2 || !g_ascii_string_to_unsigned (argv[1], 10, 1, 10000, &rounds, NULL)) {
    g_printerr ("Usage: sighting ROUNDS\n");
    return 2;
  }
  for (guint i = 0; i < rounds; i++) {
    Round round = { 0 };

    g_mutex_init (&round.lock);
    hold_and_appear (&round, i);
    g_mutex_clear (&round.lock);
  }
  return 0;
}
