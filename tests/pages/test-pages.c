/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <adwaita.h>

#include "chime.h"
#include "choose-page.h"
#include "done-page.h"
#include "fake-radio.h"
#include "flow.h"
#include "hold-page.h"
#include "hold-ring.h"
#include "holdfast-test.h"
#include "home-page.h"
#include "sentences.h"
#include "widgets.h"
#include "wizard.h"

typedef struct {
  HoldfastCatalogue *catalogue;
  HoldfastClock *clock;
  HoldfastSession *session;
} Fixture;

static void
set_up (Fixture *self, gconstpointer model)
{
  g_autoptr (GError) error = NULL;

  self->catalogue = holdfast_catalogue_new (&error);
  g_assert_no_error (error);
  self->clock = holdfast_manual_clock_new ();
  self->session = holdfast_session_new (
      self->catalogue, holdfast_catalogue_find (self->catalogue, model), NULL, self->clock);
}

static void
tear_down (Fixture *self, gconstpointer model)
{
  holdfast_test_assert_finalize (self->session);
  g_clear_object (&self->clock);
  g_clear_object (&self->catalogue);
}

/* A page in a window of a phone's width; the caller lets go of the window. */
static GtkWidget *
show (HoldfastPage *page)
{
  GtkWidget *window = adw_window_new ();
  GtkWidget *view = adw_navigation_view_new ();

  adw_navigation_view_push (ADW_NAVIGATION_VIEW (view), ADW_NAVIGATION_PAGE (page));
  adw_window_set_content (ADW_WINDOW (window), view);
  gtk_window_set_default_size (GTK_WINDOW (window), 360, 640);
  gtk_window_present (GTK_WINDOW (window));
  return window;
}

static void
assert_fits (GtkWidget *window)
{
  int minimum = 0;

  gtk_widget_measure (window, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 360);
}

/* Each state: the page of the table shows it, has words, fits on a telephone, and goes away. */
static void
test_states (Fixture *self, gconstpointer model)
{
  for (HoldfastState state = 0; state < HOLDFAST_STATE_MAX; state++) {
    GType type = holdfast_flow_get_page_type (state);
    HoldfastMachine machine = *holdfast_session_get_machine (self->session);
    HoldfastPage *page = NULL;
    GtkWidget *window = NULL;

    if (type == G_TYPE_NONE
        || (state == HOLDFAST_STATE_ASK_WAY && machine.config.question == HOLDFAST_QUESTION_NONE))
      continue;
    machine.state = state;
    machine.failure = HOLDFAST_FAILURE_NOT_SEEN;
    machine.radio = HOLDFAST_FAILURE_POWERED_OFF;
    machine.entered_us = holdfast_clock_get_now_us (self->clock);
    machine.step_began_us = machine.entered_us;
    machine.deadline_us = machine.entered_us + 3 * G_USEC_PER_SEC;
    page = g_object_ref_sink (g_object_new (type, NULL));
    holdfast_page_set_session (page, self->session);
    HOLDFAST_PAGE_GET_CLASS (page)->update (page, &machine);
    g_test_message ("%s: %s", holdfast_state_to_string (state), holdfast_page_get_heading (page));
    g_assert_cmpstr (holdfast_page_get_heading (page), !=, NULL);
    g_assert_cmpstr (holdfast_page_get_heading (page), !=, "");
    window = show (page);
    holdfast_page_arrive (page);
    holdfast_test_settle ();
    assert_fits (window);
    gtk_window_destroy (GTK_WINDOW (window));
    holdfast_test_assert_finalize (page);
  }
}

static gboolean
warns (HoldfastPage *page, HoldfastMachine *machine)
{
  HOLDFAST_PAGE_GET_CLASS (page)->update (page, machine);
  return gtk_widget_get_visible (GTK_WIDGET (
      gtk_widget_get_template_child (GTK_WIDGET (page), HOLDFAST_TYPE_DONE_PAGE, "warning_row")));
}

/* All of it works, but only until the headphones are switched off: that is said. */
static void
test_done_warns (Fixture *self, gconstpointer model)
{
  HoldfastMachine machine = *holdfast_session_get_machine (self->session);
  HoldfastPage *page = g_object_ref_sink (g_object_new (HOLDFAST_TYPE_DONE_PAGE, NULL));

  machine.state = HOLDFAST_STATE_DONE;
  holdfast_page_set_session (page, self->session);
  g_assert_false (warns (page, &machine));
  machine.flags = HOLDFAST_DEVICE_PAIRED | HOLDFAST_DEVICE_UNSTORED;
  g_assert_true (warns (page, &machine));
  holdfast_test_assert_finalize (page);
}

static void
test_page_without_session (Fixture *self, HoldfastPage *page)
{
  GtkWidget *window = NULL;

  g_object_ref_sink (page);
  window = show (page);
  holdfast_page_arrive (page);
  holdfast_test_settle ();
  assert_fits (window);
  gtk_window_destroy (GTK_WINDOW (window));
  holdfast_test_assert_finalize (page);
}

static void
test_home (Fixture *self, gconstpointer model)
{
  test_page_without_session (self, holdfast_home_page_new (self->catalogue));
}

static void
test_choose (Fixture *self, gconstpointer model)
{
  test_page_without_session (self, holdfast_choose_page_new (self->catalogue));
}

static void
assert_heading (HoldfastWizard *wizard, HoldfastState state)
{
  g_assert_cmpstr (holdfast_page_get_heading (holdfast_wizard_get_page (wizard)),
                   ==,
                   holdfast_state_get_title (state));
}

static void
ended_cb (HoldfastWizard *wizard, gboolean connected, int *ret_connected)
{
  *ret_connected = connected;
}

/* The frame follows a session, all the way, and is back where it began. */
static void
test_wizard (Fixture *self, gconstpointer model)
{
  HoldfastWizard *wizard = HOLDFAST_WIZARD (g_object_ref_sink (holdfast_wizard_new ()));
  HoldfastPage *home = holdfast_home_page_new (self->catalogue);
  GtkWidget *window = adw_window_new ();
  int connected = -1;

  adw_window_set_content (ADW_WINDOW (window), GTK_WIDGET (wizard));
  gtk_window_present (GTK_WINDOW (window));
  g_signal_connect (wizard, "ended", G_CALLBACK (ended_cb), &connected);
  holdfast_wizard_push (wizard, home);
  g_assert_true (holdfast_wizard_get_page (wizard) == home);

  holdfast_session_send (self->session, HOLDFAST_EVENT_BEGIN);
  holdfast_wizard_start (wizard, self->session, FALSE);
  assert_heading (wizard, HOLDFAST_STATE_GET_READY);
  holdfast_session_send (self->session, HOLDFAST_EVENT_CONTINUE);
  assert_heading (wizard, HOLDFAST_STATE_INVITE);
  holdfast_session_send (self->session, HOLDFAST_EVENT_START);
  assert_heading (wizard, HOLDFAST_STATE_LEAD_IN);
  gtk_widget_activate_action (GTK_WIDGET (wizard), "wizard.back", NULL);
  assert_heading (wizard, HOLDFAST_STATE_INVITE);
  gtk_widget_activate_action (GTK_WIDGET (wizard), "wizard.back", NULL);
  assert_heading (wizard, HOLDFAST_STATE_GET_READY);
  gtk_widget_activate_action (GTK_WIDGET (wizard), "wizard.back", NULL);
  g_assert_cmpint (connected, ==, FALSE);
  g_assert_null (holdfast_wizard_get_session (wizard));
  g_assert_true (holdfast_wizard_get_page (wizard) == home);

  gtk_window_destroy (GTK_WINDOW (window));
  holdfast_test_assert_finalize (wizard);
}

typedef struct {
  guint n[HOLDFAST_CHIME_MAX];
} Heard;

static void
chime_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  int chime = g_variant_get_int32 (parameter);

  g_assert_cmpint (chime, >=, 0);
  g_assert_cmpint (chime, <, HOLDFAST_CHIME_MAX);
  ((Heard *) user_data)->n[chime]++;
}

typedef struct {
  HoldfastHoldRing *ring;
  int seconds;
} Count;

static gboolean
has_counted (gpointer user_data)
{
  const Count *count = user_data;

  return holdfast_hold_ring_get_seconds (count->ring) == count->seconds;
}

/* A tick for each second, and one sound that says to let go; the switch for them is there only if
 * there is something to hear them through. */
static void
test_chimes (Fixture *self, gconstpointer model)
{
  static const GActionEntry actions[] = {
    { .name = "chime", .activate = chime_cb, .parameter_type = "i" },
    { .name = "chimes", .state = "false" }
  };
  HoldfastPage *page = g_object_ref_sink (g_object_new (HOLDFAST_TYPE_HOLD_PAGE, NULL));
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autoptr (HoldfastFakeRadio) radio = holdfast_fake_radio_new ();
  g_autoptr (HoldfastSession) session
      = holdfast_session_new (self->catalogue,
                              holdfast_catalogue_find (self->catalogue, model),
                              HOLDFAST_RADIO (radio),
                              self->clock);
  GtkWidget *window = NULL;
  GtkWidget *row = NULL;
  Heard heard = { 0 };
  Count count = { 0 };

  holdfast_session_send (session, HOLDFAST_EVENT_BEGIN);
  holdfast_session_send (session, HOLDFAST_EVENT_CONTINUE);
  g_assert_cmpint (holdfast_session_get_state (session), ==, HOLDFAST_STATE_INVITE);
  holdfast_page_set_session (page, session);
  g_signal_connect_object (
      session, "changed", G_CALLBACK (holdfast_page_update), page, G_CONNECT_SWAPPED);
  holdfast_page_update (page);
  window = show (page);
  holdfast_test_settle ();
  row = GTK_WIDGET (
      gtk_widget_get_template_child (GTK_WIDGET (page), HOLDFAST_TYPE_HOLD_PAGE, "chimes_row"));
  g_assert_false (gtk_widget_is_visible (row));
  g_action_map_add_action_entries (G_ACTION_MAP (group), actions, G_N_ELEMENTS (actions), &heard);
  gtk_widget_insert_action_group (window, "win", G_ACTION_GROUP (group));
  g_assert_true (gtk_widget_is_visible (row));
  g_action_map_remove_action (G_ACTION_MAP (group), "chimes");
  g_assert_false (gtk_widget_is_visible (row));

  holdfast_session_send (session, HOLDFAST_EVENT_HOLDING_NOW);
  while (holdfast_machine_accepts (holdfast_session_get_machine (session), HOLDFAST_EVENT_CONTINUE))
    holdfast_session_send (session, HOLDFAST_EVENT_CONTINUE);
  count.ring = HOLDFAST_HOLD_RING (
      gtk_widget_get_template_child (GTK_WIDGET (page), HOLDFAST_TYPE_HOLD_PAGE, "ring"));
  for (count.seconds = 1; count.seconds <= 5; count.seconds++) {
    holdfast_manual_clock_advance (HOLDFAST_MANUAL_CLOCK (self->clock), G_USEC_PER_SEC);
    holdfast_test_wait (has_counted, &count, HOLDFAST_TEST_DEADLINE_MS, "the next second");
    g_assert_cmpuint (heard.n[HOLDFAST_CHIME_TICK], ==, (guint) count.seconds);
  }
  g_assert_cmpuint (heard.n[HOLDFAST_CHIME_LET_GO], ==, 0);
  holdfast_manual_clock_advance (HOLDFAST_MANUAL_CLOCK (self->clock), 10 * G_USEC_PER_SEC);
  g_assert_cmpint (holdfast_session_get_state (session), ==, HOLDFAST_STATE_LOOKING);
  g_assert_cmpuint (heard.n[HOLDFAST_CHIME_LET_GO], ==, 1);
  g_assert_cmpuint (heard.n[HOLDFAST_CHIME_FOUND], ==, 0);

  holdfast_session_send (session, HOLDFAST_EVENT_CANCEL);
  gtk_window_destroy (GTK_WINDOW (window));
  holdfast_test_assert_finalize (page);
}

/* The table of docs/architecture.md is this one; HOLDFAST_TEST_GOLDEN=write writes it anew. */
static char *
write_table (void)
{
  GString *table = g_string_new ("| state | page | ends by itself |\n|---|---|---|\n");

  for (HoldfastState state = 0; state < HOLDFAST_STATE_MAX; state++) {
    GType type = holdfast_flow_get_page_type (state);
    HoldfastStateRules rules;

    holdfast_state_get_rules (state, &rules);
    g_string_append_printf (table,
                            "| %s | %s | ",
                            rules.name,
                            type != G_TYPE_NONE ? g_type_name (type) + strlen ("Holdfast")
                                                : "the page stays");
    if (rules.deadline != NULL)
      g_string_append_printf (table, "%s |\n", rules.deadline);
    else
      g_string_append_printf (table, "after %g s |\n", rules.deadline_ms / 1000.0);
  }
  return g_string_free (table, FALSE);
}

static void
test_documented (void)
{
  g_autofree char *table = write_table ();
  g_autofree char *path
      = g_test_build_filename (G_TEST_DIST, "..", "docs", "architecture.md", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  char *begin = NULL;
  char *end = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  begin = strstr (text, "| state | page |");
  g_assert_nonnull (begin);
  end = strstr (begin, "\n\n");
  g_assert_nonnull (end);
  if (g_strcmp0 (g_getenv ("HOLDFAST_TEST_GOLDEN"), "write") == 0) {
    g_autofree char *before = g_strndup (text, (gsize) (begin - text));
    g_autofree char *whole = g_strconcat (before, table, end + 1, NULL);

    g_file_set_contents (path, whole, -1, &error);
    g_assert_no_error (error);
    return;
  }
  end[1] = '\0';
  g_assert_cmpstr (begin, ==, table);
}

int
main (int argc, char **argv)
{
  static const char *const models[] = { "WH-1000XM4", "WF-1000XM5", "WH-CH520", "PULSE Elite" };

  g_test_init (&argc, &argv, NULL);
  g_assert_true (holdfast_widgets_init ());
  for (guint i = 0; i < G_N_ELEMENTS (models); i++) {
    g_autofree char *path = g_strdup_printf ("/pages/states/%s", models[i]);

    g_test_add (path, Fixture, models[i], set_up, test_states, tear_down);
  }
  g_test_add ("/pages/done-warns", Fixture, models[0], set_up, test_done_warns, tear_down);
  g_test_add ("/pages/chimes", Fixture, "LinkBuds", set_up, test_chimes, tear_down);
  g_test_add ("/pages/home", Fixture, models[0], set_up, test_home, tear_down);
  g_test_add ("/pages/choose", Fixture, models[0], set_up, test_choose, tear_down);
  g_test_add ("/pages/wizard", Fixture, models[0], set_up, test_wizard, tear_down);
  g_test_add_func ("/pages/documented", test_documented);
  return g_test_run ();
}
