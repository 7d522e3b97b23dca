/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The moment the headphones are seen on the radio the window says "let go": whoever holds on too
 * long erases them. What is counted are frames, so no machine is too slow for it. */

#include "config.h"

#include <adwaita.h>

#include "holdfast-test.h"
#include "sentences.h"
#include "window-fixture.h"

typedef struct {
  WindowFixture window;
  gboolean told;       /* a signal about the headset was dispatched */
  guint n_frames;      /* drawn since then */
  guint n_late_frames; /* of those, the ones that still said something else */
  gboolean said;
} Fixture;

static gboolean
says_let_go (Fixture *self)
{
  HoldfastPage *page = holdfast_wizard_get_page (self->window.wizard);
  GtkWidget *heading = GTK_WIDGET (
      gtk_widget_get_template_child (GTK_WIDGET (page), HOLDFAST_TYPE_PAGE, "heading_label"));

  return gtk_widget_get_mapped (heading)
         && g_str_equal (gtk_label_get_label (GTK_LABEL (heading)),
                         holdfast_state_get_title (HOLDFAST_STATE_FOUND));
}

typedef struct {
  const char *name;
  const char *model;
  HoldfastSimFaults faults;
} Case;

static const Case cases[] = {
  { "/app/let-go/headset", "wh-1000xm4", HOLDFAST_SIM_FAULT_NONE       },
  { "/app/let-go/earbuds", "linkbuds-s", HOLDFAST_SIM_FAULT_NONE       },
  /* BlueZ has an object of it from before, and tells no more than how near it is. */
  { "/app/let-go/known",   "wh-1000xm4", HOLDFAST_SIM_FAULT_STALE_BOND },
};

static gboolean
is_sighting (const char *member, GVariant *parameters)
{
  g_autoptr (GVariant) changed = NULL;

  if (g_str_equal (member, "InterfacesAdded"))
    return TRUE;
  changed = g_variant_get_child_value (parameters, 1);
  return g_variant_lookup (changed, "RSSI", "n", NULL);
}

/* Hears of it as the program does, and through the same main context. */
static void
signal_cb (GDBusConnection *connection,
           const char *sender,
           const char *path,
           const char *interface,
           const char *member,
           GVariant *parameters,
           gpointer user_data)
{
  Fixture *self = user_data;

  self->told |= is_sighting (member, parameters);
}

static void
drawn_cb (Fixture *self)
{
  if (!self->told || self->said)
    return;
  self->n_frames++;
  self->said = says_let_go (self);
  if (!self->said)
    self->n_late_frames++;
}

static void
begin_to_hold (Fixture *self, const Case *which)
{
  window_fixture_open (&self->window, which->model, which->faults);
  /* Pages that slide are not what is looked at, and a slide that the window's end cuts short may
   * leave its pictures with the toolkit. */
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  holdfast_window_pair (self->window.window, self->window.model);
  if (which->faults == HOLDFAST_SIM_FAULT_STALE_BOND) {
    window_fixture_await_state (&self->window, HOLDFAST_STATE_KNOWN);
    holdfast_session_send (window_fixture_get_session (&self->window), HOLDFAST_EVENT_PAIR_AGAIN);
  }
  window_fixture_await_state (&self->window, HOLDFAST_STATE_GET_READY);
  window_fixture_press (&self->window, HOLDFAST_PAGE_BUTTON_PRIMARY);
  window_fixture_await_state (&self->window, HOLDFAST_STATE_INVITE);
  window_fixture_press (&self->window, HOLDFAST_PAGE_BUTTON_PRIMARY);
  window_fixture_await_state (&self->window, HOLDFAST_STATE_HOLD);
  window_fixture_advance (&self->window, 3 * G_USEC_PER_SEC);
  g_assert_false (says_let_go (self));
}

static void
listen_and_count (Fixture *self)
{
  static const char *const members[] = { "InterfacesAdded", "PropertiesChanged" };

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    g_dbus_connection_signal_subscribe (window_fixture_get_connection (&self->window),
                                        NULL,
                                        NULL,
                                        members[i],
                                        NULL,
                                        NULL,
                                        G_DBUS_SIGNAL_FLAGS_NONE,
                                        signal_cb,
                                        self,
                                        NULL);
  g_signal_connect_swapped (self->window.frames, "after-paint", G_CALLBACK (drawn_cb), self);
}

static void
test_let_go (gconstpointer which)
{
  Fixture self = { 0 };
  gint64 until_us = 0;

  begin_to_hold (&self, which);
  listen_and_count (&self);
  holdfast_virtual_headset_set_mode (
      holdfast_sim_get_headset (holdfast_world_get_sim (self.window.world)),
      HOLDFAST_VIRTUAL_PAIRING);
  until_us = holdfast_clock_get_now_us (self.window.clock) + 30 * G_USEC_PER_SEC;
  while (!self.told) {
    g_assert_cmpint (holdfast_clock_get_now_us (self.window.clock), <, until_us);
    window_fixture_advance (&self.window, G_USEC_PER_SEC / 10);
  }
  holdfast_test_wait_true (&self.said, "a frame that says to let go");
  g_test_message ("said in frame %u after the signal", self.n_frames);
  g_assert_cmpuint (self.n_late_frames, ==, 0);

  g_signal_handlers_disconnect_by_data (self.window.frames, &self);
  window_fixture_close (&self.window);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_test_add_data_func (cases[i].name, &cases[i], test_let_go);
  return g_test_run ();
}
