/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The window among others' headphones: whenever they appear, and whatever they are called. */

#include "config.h"

#include <adwaita.h>

#include "done-page.h"
#include "holdfast-test.h"
#include "home-page.h"
#include "identify-page.h"
#include "sentences.h"
#include "widgets.h"
#include "wizard.h"
#include "world.h"

#define STEP_MS 250
#define NEIGHBOUR "12:34:56:78:9A:BC"
/* Longer than anything that would go on by itself, and shorter than the pairing window. */
#define UNANSWERED_MS 30000
/* Longer than slow fingers are allowed after a hold, and less than is looked for it. */
#define AFTER_MS (HOLDFAST_AFTER_HOLD_US / 1000 + 1000)
/* Some of what fits into a name on the air, percent-encoded: markup, two lines, a turn of the
 * writing's direction that is never turned back. */
#define EVIL "%3Cb%3EWH-1000XM4%3C%2Fb%3E%26amp%3B%0Aevil%E2%80%AE"

typedef struct {
  HoldfastCatalogue *catalogue;
  HoldfastClock *clock;
  HoldfastWorld *world;
  HoldfastSession *session;
  HoldfastWizard *wizard;
  GtkWidget *window;
} Fixture;

/* One round trip to the simulator and back: what was on its way has arrived. */
static void
settle (Fixture *self)
{
  GDBusConnection *connection
      = holdfast_client_get_connection (holdfast_world_get_client (self->world));

  for (guint i = 0; i < 3; i++) {
    GAsyncResult *result = NULL;
    g_autoptr (GVariant) reply = NULL;
    g_autoptr (GAsyncResult) owned = NULL;

    g_dbus_connection_call (connection,
                            NULL,
                            "/org/bluez/hci0",
                            "org.freedesktop.DBus.Properties",
                            "Get",
                            g_variant_new ("(ss)", "org.bluez.Adapter1", "Powered"),
                            NULL,
                            G_DBUS_CALL_FLAGS_NONE,
                            -1,
                            NULL,
                            holdfast_test_result_cb,
                            &result);
    owned = holdfast_test_wait_result (&result, "the simulator's answer");
    reply = g_dbus_connection_call_finish (connection, owned, NULL);
    g_assert_nonnull (reply);
    holdfast_test_settle ();
  }
}

static void
pass (Fixture *self, guint ms)
{
  for (guint passed = 0; passed < ms; passed += STEP_MS) {
    holdfast_manual_clock_advance (HOLDFAST_MANUAL_CLOCK (self->clock), STEP_MS * 1000);
    settle (self);
  }
}

static void
pass_until (Fixture *self, HoldfastState state)
{
  gint64 until_us = holdfast_clock_get_now_us (self->clock) + 60 * G_USEC_PER_SEC;

  while (holdfast_session_get_state (self->session) != state) {
    if (holdfast_clock_get_now_us (self->clock) >= until_us)
      g_error ("a minute passed without %s; it is %s",
               holdfast_state_to_string (state),
               holdfast_state_to_string (holdfast_session_get_state (self->session)));
    pass (self, STEP_MS);
  }
}

static void
command (Fixture *self, const char *line)
{
  g_autofree char *answer = holdfast_sim_command (holdfast_world_get_sim (self->world), line);

  g_assert_cmpstr (answer, ==, "ok");
  settle (self);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  HoldfastWorldOptions options = { 0 };
  g_autoptr (GAsyncResult) owned = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *result = NULL;

  self->catalogue = holdfast_catalogue_new (&error);
  g_assert_no_error (error);
  self->clock = holdfast_manual_clock_new ();
  options.simulate = holdfast_catalogue_find (self->catalogue, "WH-1000XM4");
  options.clock = self->clock;
  holdfast_world_open_async (&options, NULL, holdfast_test_result_cb, &result);
  owned = holdfast_test_wait_result (&result, "the simulated world");
  self->world = holdfast_world_open_finish (owned, &error);
  g_assert_no_error (error);
  command (self, "reset");
  self->session = holdfast_session_new (
      self->catalogue, options.simulate, holdfast_world_get_radio (self->world), self->clock);
  self->wizard = HOLDFAST_WIZARD (g_object_ref_sink (holdfast_wizard_new ()));
  self->window = adw_window_new ();
  adw_window_set_content (ADW_WINDOW (self->window), GTK_WIDGET (self->wizard));
  gtk_window_set_default_size (GTK_WINDOW (self->window), 360, 640);
  gtk_window_present (GTK_WINDOW (self->window));
  holdfast_wizard_push (self->wizard, holdfast_home_page_new (self->catalogue));
  holdfast_session_send (self->session, HOLDFAST_EVENT_BEGIN);
  holdfast_wizard_start (self->wizard, self->session, FALSE);
  settle (self);
  holdfast_session_send (self->session, HOLDFAST_EVENT_CONTINUE);
  pass_until (self, HOLDFAST_STATE_INVITE);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  holdfast_session_send (self->session, HOLDFAST_EVENT_CANCEL);
  pass_until (self, HOLDFAST_STATE_ENDED);
  pass (self, 3000);
  gtk_window_destroy (GTK_WINDOW (self->window));
  holdfast_test_assert_finalize (g_steal_pointer (&self->wizard));
  holdfast_test_assert_finalize (g_steal_pointer (&self->session));
  holdfast_test_assert_finalize (g_steal_pointer (&self->world));
  g_clear_object (&self->clock);
  g_clear_object (&self->catalogue);
}

/* Returns: (transfer full): "ADDRESS ADDRESS", of what this computer is paired with */
static char *
list_paired (Fixture *self)
{
  GListModel *devices = holdfast_client_get_devices (holdfast_world_get_client (self->world));
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (devices); i++) {
    g_autoptr (HoldfastDevice) device = g_list_model_get_item (devices, i);

    if (holdfast_device_get_paired (device))
      g_string_append_printf (
          list, "%s%s", list->len > 0 ? " " : "", holdfast_device_get_address (device));
  }
  return g_string_free (g_steal_pointer (&list), FALSE);
}

static void
assert_paired (Fixture *self, const char *addresses)
{
  g_autofree char *paired = list_paired (self);

  g_assert_cmpstr (paired, ==, addresses);
}

static void
assert_asked (Fixture *self)
{
  HoldfastPage *page = NULL;

  pass_until (self, HOLDFAST_STATE_IDENTIFY);
  pass (self, UNANSWERED_MS);
  page = holdfast_wizard_get_page (self->wizard);
  g_assert_true (HOLDFAST_IS_IDENTIFY_PAGE (page));
  g_assert_cmpstr (holdfast_page_get_heading (page), ==, "Is this yours?");
  assert_paired (self, "");
}

static void
hold (Fixture *self)
{
  pass (self, 4000);
  holdfast_session_send (self->session, HOLDFAST_EVENT_HOLDING_NOW);
  pass (self, 4000);
  g_assert_cmpint (holdfast_session_get_state (self->session), ==, HOLDFAST_STATE_HOLD);
}

static GtkListBoxRow *
get_row (Fixture *self, int index)
{
  HoldfastPage *page = holdfast_wizard_get_page (self->wizard);

  return gtk_list_box_get_row_at_index (
      GTK_LIST_BOX (
          gtk_widget_get_template_child (GTK_WIDGET (page), HOLDFAST_TYPE_IDENTIFY_PAGE, "list")),
      index);
}

static GtkWidget *
get_button (GtkListBoxRow *row)
{
  return g_object_get_data (G_OBJECT (row), "holdfast-button");
}

/* Presses "Yes" in the row whose number ends so. */
static void
take (Fixture *self, const char *tail)
{
  GtkListBoxRow *row = NULL;

  for (int i = 0; (row = get_row (self, i)) != NULL; i++) {
    GtkLabel *where = g_object_get_data (G_OBJECT (row), "holdfast-where");

    if (g_str_has_suffix (gtk_label_get_label (where), tail)) {
      g_signal_emit_by_name (get_button (row), "clicked");
      return;
    }
  }
  g_error ("no row ends in %s", tail);
}

static void
test_before (Fixture *self, gconstpointer data)
{
  command (self, "neighbour on WH-1000XM4 " NEIGHBOUR " 0x240404 -45");
  assert_asked (self);
  command (self, "pairing-mode on");
  pass (self, 4000);
  take (self, "00:42");
  pass_until (self, HOLDFAST_STATE_DONE);
  assert_paired (self, "38:18:4C:00:00:42");
}

static void
test_during (Fixture *self, gconstpointer data)
{
  hold (self);
  command (self, "neighbour on WH-1000XM4 " NEIGHBOUR " 0x240404 -45");
  command (self, "pairing-mode on");
  assert_asked (self);
  take (self, "00:42");
  pass_until (self, HOLDFAST_STATE_DONE);
  assert_paired (self, "38:18:4C:00:00:42");
}

static void
test_after (Fixture *self, gconstpointer data)
{
  hold (self);
  pass_until (self, HOLDFAST_STATE_LOOKING);
  pass (self, AFTER_MS);
  command (self, "neighbour on WH-1000XM4 " NEIGHBOUR " 0x240404 -45");
  assert_asked (self);
}

static void
test_after_and_nearer (Fixture *self, gconstpointer data)
{
  hold (self);
  pass_until (self, HOLDFAST_STATE_LOOKING);
  pass (self, AFTER_MS);
  command (self, "neighbour on WH-1000XM4 " NEIGHBOUR " 0x240404 -85");
  assert_asked (self);
  command (self, "neighbour on WH-1000XM4 " NEIGHBOUR " 0x240404 -40");
  assert_asked (self);
  /* Theirs, and no other comes: the question does not come back. */
  g_signal_emit_by_name (holdfast_page_get_button (holdfast_wizard_get_page (self->wizard),
                                                   HOLDFAST_PAGE_BUTTON_SECONDARY),
                         "clicked");
  pass (self, 4000);
  g_assert_cmpint (holdfast_session_get_state (self->session), !=, HOLDFAST_STATE_IDENTIFY);
  assert_paired (self, "");
}

/* What a hand is slow to do is its own all the same. */
static void
test_slow_hand (Fixture *self, gconstpointer data)
{
  hold (self);
  pass_until (self, HOLDFAST_STATE_LOOKING);
  pass (self, 3000);
  command (self, "pairing-mode on");
  pass_until (self, HOLDFAST_STATE_DONE);
  assert_paired (self, "38:18:4C:00:00:42");
}

/* Returns: how many labels below @widget show the hostile name; each shows it as it is written,
 * without turning what comes after it */
static guint
check_labels (GtkWidget *widget)
{
  guint n = 0;

  if (GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget)) {
    const char *text = gtk_label_get_text (GTK_LABEL (widget));

    g_assert_null (strstr (text, "\xe2\x80\xae"));
    if (strstr (text, "evil") != NULL) {
      g_assert_nonnull (strstr (text, "<b>WH-1000XM4</b>&amp;"));
      g_assert_null (strstr (text, "&amp;\n"));
      g_assert_nonnull (strstr (text, "\xe2\x81\xa8"));
      g_assert_nonnull (strstr (text, "\xe2\x81\xa9"));
      n++;
    }
  }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += check_labels (child);
  return n;
}

static void
assert_fits (Fixture *self)
{
  int minimum = 0;

  gtk_widget_measure (self->window, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 360);
}

/* Whether the pages that name a device show this one, and how. */
static void
test_name (Fixture *self, gconstpointer name)
{
  g_autofree char *ours = g_strdup_printf ("name %s", (const char *) name);
  g_autofree char *theirs
      = g_strdup_printf ("neighbour on %s " NEIGHBOUR " 0x240404 -60", (const char *) name);
  gboolean evil = strstr (name, "evil") != NULL;
  GtkWidget *page = NULL;

  command (self, ours);
  command (self, theirs);
  assert_asked (self);
  page = GTK_WIDGET (holdfast_wizard_get_page (self->wizard));
  g_assert_cmpuint (check_labels (page), ==, evil ? 2 : 0); /* in its row and in the question */
  assert_fits (self);

  command (self, "pairing-mode on");
  assert_asked (self);
  g_assert_nonnull (get_row (self, 1));
  g_assert_cmpuint (check_labels (page), ==, evil ? 2 : 0); /* in two rows */
  assert_fits (self);

  take (self, "00:42");
  pass_until (self, HOLDFAST_STATE_DONE);
  page = GTK_WIDGET (holdfast_wizard_get_page (self->wizard));
  g_assert_true (HOLDFAST_IS_DONE_PAGE (page));
  g_assert_cmpuint (check_labels (page), ==, evil ? 1 : 0);
  assert_fits (self);
}

static void
test_long_name (Fixture *self, gconstpointer data)
{
  g_autofree char *wide = g_strnfill (380, 'W');
  g_autofree char *name = g_strconcat ("WH-1000XM4-", wide, NULL);

  test_name (self, name);
}

static gboolean
tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  return --*(guint *) user_data > 0;
}

static gboolean
is_zero (gpointer user_data)
{
  return *(guint *) user_data == 0;
}

/* Where a row is, once all that moved it has been laid out. */
static graphene_rect_t
place_of (Fixture *self, GtkListBoxRow *row)
{
  graphene_rect_t place;
  guint frames = 5;

  gtk_widget_add_tick_callback (self->window, tick_cb, &frames, NULL);
  holdfast_test_wait (is_zero, &frames, HOLDFAST_TEST_DEADLINE_MS, "five frames");
  g_assert_true (gtk_widget_compute_bounds (GTK_WIDGET (row), self->window, &place));
  return place;
}

/* A thousand others, and two that are asked about: nothing moves under the finger. */
static void
test_crowd (Fixture *self, gconstpointer data)
{
  GtkListBoxRow *row = NULL;
  graphene_rect_t before;
  graphene_rect_t after;

  command (self, "neighbour on WH-1000XM4 " NEIGHBOUR " 0x240404 -60");
  pass_until (self, HOLDFAST_STATE_IDENTIFY);
  command (self, "pairing-mode on");
  pass (self, 4000);
  row = get_row (self, 1);
  g_assert_nonnull (row);
  g_assert_true (gtk_widget_grab_focus (get_button (row)));
  before = place_of (self, row);

  command (self, "crowd 1000");
  pass (self, 10000);
  /* Nearness changes too, and with it whose row would come first. */
  command (self, "neighbour on WH-1000XM4 " NEIGHBOUR " 0x240404 -30");
  pass (self, 4000);
  g_assert_cmpuint (g_list_model_get_n_items (
                        holdfast_client_get_devices (holdfast_world_get_client (self->world))),
                    >,
                    1000);
  g_assert_true (get_row (self, 1) == row);
  g_assert_null (get_row (self, 2));
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (self->window)) == get_button (row));
  after = place_of (self, row);
  g_assert_true (graphene_rect_equal (&before, &after));
  command (self, "crowd 0");
}

int
main (int argc, char **argv)
{
  static const char evil[] = EVIL;

  g_test_init (&argc, &argv, NULL);
  g_assert_true (holdfast_widgets_init ());
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  g_test_add ("/pages/neighbours/before", Fixture, NULL, set_up, test_before, tear_down);
  g_test_add ("/pages/neighbours/during", Fixture, NULL, set_up, test_during, tear_down);
  g_test_add ("/pages/neighbours/after", Fixture, NULL, set_up, test_after, tear_down);
  g_test_add ("/pages/neighbours/nearer", Fixture, NULL, set_up, test_after_and_nearer, tear_down);
  g_test_add ("/pages/neighbours/slow-hand", Fixture, NULL, set_up, test_slow_hand, tear_down);
  g_test_add ("/pages/neighbours/evil-name", Fixture, evil, set_up, test_name, tear_down);
  g_test_add ("/pages/neighbours/long-name", Fixture, NULL, set_up, test_long_name, tear_down);
  g_test_add ("/pages/neighbours/crowd", Fixture, NULL, set_up, test_crowd, tear_down);
  return g_test_run ();
}
