/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Home shows the headphones that this computer knows, as they are at the moment. */

#include "config.h"

#include <adwaita.h>

#include "fake-radio.h"
#include "holdfast-test.h"
#include "home-page.h"
#include "widgets.h"

#define HEADSET 0x240404
#define SPEAKER 0x240414

typedef struct {
  HoldfastCatalogue *catalogue;
  HoldfastFakeRadio *radio;
  HoldfastPage *page;
  GtkWidget *window;
  char *model;
  char *address;
} Fixture;

static void
connect_cb (HoldfastPage *page, HoldfastHeadset *headset, const char *address, Fixture *self)
{
  g_set_str (&self->model, holdfast_headset_get_id (headset));
  g_set_str (&self->address, address);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  GtkWidget *view = adw_navigation_view_new ();

  self->catalogue = holdfast_catalogue_new (NULL);
  self->radio = holdfast_fake_radio_new ();
  self->page = g_object_ref_sink (holdfast_home_page_new (self->catalogue));
  g_signal_connect (self->page, "connect", G_CALLBACK (connect_cb), self);
  holdfast_home_page_set_radio (HOLDFAST_HOME_PAGE (self->page), HOLDFAST_RADIO (self->radio));
  self->window = adw_window_new ();
  adw_navigation_view_push (ADW_NAVIGATION_VIEW (view), ADW_NAVIGATION_PAGE (self->page));
  adw_window_set_content (ADW_WINDOW (self->window), view);
  gtk_window_set_default_size (GTK_WINDOW (self->window), 360, 640);
  gtk_window_present (GTK_WINDOW (self->window));
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  holdfast_test_assert_finalize (self->page);
  holdfast_test_assert_finalize (self->radio);
  g_clear_object (&self->catalogue);
  g_clear_pointer (&self->model, g_free);
  g_clear_pointer (&self->address, g_free);
}

static GtkListBox *
get_list (Fixture *self)
{
  return GTK_LIST_BOX (gtk_widget_get_template_child (
      GTK_WIDGET (self->page), HOLDFAST_TYPE_HOME_PAGE, "known_list"));
}

static gboolean
group_is_shown (Fixture *self)
{
  return gtk_widget_get_visible (GTK_WIDGET (gtk_widget_get_template_child (
      GTK_WIDGET (self->page), HOLDFAST_TYPE_HOME_PAGE, "known_group")));
}

static const char *
title_of (Fixture *self, int row)
{
  GtkListBoxRow *found = gtk_list_box_get_row_at_index (get_list (self), row);

  return found != NULL ? adw_preferences_row_get_title (ADW_PREFERENCES_ROW (found)) : NULL;
}

static const char *
subtitle_of (Fixture *self, int row)
{
  return adw_action_row_get_subtitle (
      ADW_ACTION_ROW (gtk_list_box_get_row_at_index (get_list (self), row)));
}

static GtkWidget *
button_of (Fixture *self, int row)
{
  return adw_action_row_get_activatable_widget (
      ADW_ACTION_ROW (gtk_list_box_get_row_at_index (get_list (self), row)));
}

static HoldfastSighting
known (guint id, const char *name)
{
  HoldfastSighting sighting = {
    .id = id,
    .class_of_device = HEADSET,
    .services = HOLDFAST_SERVICE_A2DP_SINK,
    .fast_pair_bytes = -1,
    .advertising_flags = -1,
    .vendor = 0x054c,
    .paired = TRUE,
    .trusted = TRUE,
    .battery_percent = -1,
  };

  g_snprintf (sighting.address, sizeof sighting.address, "38:18:4C:00:00:%02X", id);
  holdfast_sighting_set_name (&sighting, name);
  return sighting;
}

static void
test_live (Fixture *self, gconstpointer data)
{
  HoldfastSighting first = known (1, "WH-1000XM4");
  HoldfastSighting second = known (2, "WF-C700N");

  g_assert_false (group_is_shown (self));
  holdfast_fake_radio_put (self->radio, &first);
  holdfast_fake_radio_put (self->radio, &second);
  g_assert_true (group_is_shown (self));
  g_assert_nonnull (strstr (title_of (self, 0), "WH-1000XM4"));
  g_assert_cmpstr (subtitle_of (self, 0), ==, "Not connected.");
  g_assert_true (gtk_widget_get_visible (button_of (self, 0)));
  /* Its own name, "Connect ...", is the one that is told. */
  g_assert_false (gtk_test_accessible_has_relation (GTK_ACCESSIBLE (button_of (self, 0)),
                                                    GTK_ACCESSIBLE_RELATION_LABELLED_BY));

  second.connected = TRUE;
  holdfast_fake_radio_put (self->radio, &second);
  g_assert_cmpstr (subtitle_of (self, 1), ==, "Connected, but not for music.");
  g_assert_true (gtk_widget_get_visible (button_of (self, 1)));
  second.transport = TRUE;
  second.battery_percent = 60;
  holdfast_fake_radio_put (self->radio, &second);
  g_assert_cmpstr (subtitle_of (self, 1), ==, "Connected. The battery is more than half full.");
  g_assert_false (gtk_widget_get_visible (button_of (self, 1)));

  holdfast_fake_radio_remove (self->radio, 1);
  g_assert_nonnull (strstr (title_of (self, 0), "WF-C700N"));
  second.paired = FALSE;
  holdfast_fake_radio_put (self->radio, &second);
  g_assert_false (group_is_shown (self));
}

/* What the person is about to press does not go from under them. */
static void
test_keeps_focus (Fixture *self, gconstpointer data)
{
  HoldfastSighting first = known (1, "WH-1000XM4");
  HoldfastSighting second = known (2, "WF-C700N");
  GtkWidget *button = NULL;

  holdfast_fake_radio_put (self->radio, &first);
  holdfast_fake_radio_put (self->radio, &second);
  holdfast_test_settle ();
  button = button_of (self, 1);
  g_assert_true (gtk_widget_grab_focus (button));
  second.rssi = -40;
  second.has_rssi = TRUE;
  holdfast_sighting_set_name (&first, "Renamed");
  holdfast_fake_radio_put (self->radio, &first);
  holdfast_fake_radio_put (self->radio, &second);
  holdfast_fake_radio_set_readiness (self->radio, HOLDFAST_FAILURE_POWERED_OFF);
  holdfast_fake_radio_set_readiness (self->radio, HOLDFAST_FAILURE_NONE);
  g_assert_true (button_of (self, 1) == button);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (self->window)) == button);
}

/* A thousand strangers around, who come and go. */
static void
test_crowd (Fixture *self, gconstpointer data)
{
  HoldfastSighting first = known (1, "WH-1000XM4");
  HoldfastSighting second = known (2, "WF-C700N");
  GtkWidget *button = NULL;
  GtkWidget *list = GTK_WIDGET (get_list (self));
  graphene_rect_t before;
  graphene_rect_t after;

  holdfast_fake_radio_put (self->radio, &first);
  holdfast_fake_radio_put (self->radio, &second);
  holdfast_test_settle ();
  button = button_of (self, 1);
  g_assert_true (gtk_widget_grab_focus (button));
  g_assert_true (gtk_widget_compute_bounds (button, list, &before));
  g_assert_cmpfloat (before.size.width, >, 0);
  for (guint round = 0; round < 2; round++) {
    for (guint id = 100; id < 1100; id++) {
      HoldfastSighting stranger = known (id, "WH-1000XM4");

      g_snprintf (
          stranger.address, sizeof stranger.address, "02:00:00:00:%02X:%02X", id >> 8, id & 0xff);
      stranger.paired = FALSE;
      stranger.has_rssi = TRUE;
      stranger.rssi = (gint16) (-90 + (int) round);
      holdfast_fake_radio_put (self->radio, &stranger);
    }
    holdfast_test_settle ();
  }
  g_assert_true (button_of (self, 1) == button);
  g_assert_null (title_of (self, 2));
  for (guint id = 100; id < 1100; id++)
    holdfast_fake_radio_remove (self->radio, id);
  holdfast_test_settle ();
  g_assert_true (button_of (self, 1) == button);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (self->window)) == button);
  g_assert_true (gtk_widget_compute_bounds (button, list, &after));
  g_assert_true (graphene_rect_equal (&before, &after));
}

static void
test_connects (Fixture *self, gconstpointer data)
{
  HoldfastSighting first = known (1, "WH-1000XM4");
  HoldfastSighting second = known (2, "WF-1000XM9");

  holdfast_fake_radio_put (self->radio, &first);
  holdfast_fake_radio_put (self->radio, &second);
  g_signal_emit_by_name (button_of (self, 1), "clicked");
  g_assert_cmpstr (self->model, ==, "family-wf-1000x");
  g_assert_cmpstr (self->address, ==, "38:18:4C:00:00:02");
  g_signal_emit_by_name (button_of (self, 0), "clicked");
  g_assert_cmpstr (self->model, ==, "wh-1000xm4");
}

/* Practice is offered by a build that has something to practise with. */
static void
test_practice (Fixture *self, gconstpointer data)
{
  GtkWidget *button = GTK_WIDGET (gtk_widget_get_template_child (
      GTK_WIDGET (self->page), HOLDFAST_TYPE_HOME_PAGE, "practice_button"));

  holdfast_fake_radio_set_readiness (self->radio, HOLDFAST_FAILURE_NO_ADAPTER);
  holdfast_test_settle ();
  g_assert_true (gtk_widget_get_mapped (gtk_widget_get_parent (button)));
  g_assert_cmpint (gtk_widget_get_mapped (button), ==, HOLDFAST_HAVE_BLUETOOTH);
}

/* What another radio hears is no matter of this computer's any more. */
static void
test_other_radio (Fixture *self, gconstpointer data)
{
  HoldfastSighting first = known (1, "WH-1000XM4");
  HoldfastSighting second = known (2, "WF-C700N");
  g_autoptr (HoldfastFakeRadio) other = holdfast_fake_radio_new ();

  holdfast_fake_radio_put (self->radio, &first);
  g_assert_true (group_is_shown (self));
  holdfast_home_page_set_radio (HOLDFAST_HOME_PAGE (self->page), NULL);
  g_assert_false (group_is_shown (self));
  holdfast_fake_radio_put (self->radio, &first);
  g_assert_false (group_is_shown (self));
  g_assert_null (title_of (self, 0));

  holdfast_home_page_set_radio (HOLDFAST_HOME_PAGE (self->page), HOLDFAST_RADIO (other));
  holdfast_fake_radio_put (other, &second);
  holdfast_fake_radio_put (self->radio, &first);
  holdfast_fake_radio_remove (self->radio, 2);
  g_assert_nonnull (strstr (title_of (self, 0), "WF-C700N"));
  g_assert_null (title_of (self, 1));
  holdfast_home_page_set_radio (HOLDFAST_HOME_PAGE (self->page), NULL);
}

/* Names come from the air; a speaker, and what is not paired, are nobody's headphones. */
static void
test_strange (Fixture *self, gconstpointer data)
{
  HoldfastSighting hostile = known (1,
                                    "<b>WH-1000XM4</b>\n\xe2\x80\xae"
                                    "evil");
  HoldfastSighting speaker = known (2, "SRS-XB33");
  HoldfastSighting stranger = known (3, "WH-1000XM5");
  g_autofree char *many = g_strnfill (200, 'W');
  g_autofree char *named = g_strconcat (many, " WH-1000XM4", NULL);
  HoldfastSighting wide = known (4, named);
  int minimum = 0;

  speaker.class_of_device = SPEAKER;
  stranger.paired = FALSE;
  holdfast_fake_radio_put (self->radio, &hostile);
  holdfast_fake_radio_put (self->radio, &speaker);
  holdfast_fake_radio_put (self->radio, &stranger);
  holdfast_fake_radio_put (self->radio, &wide);
  g_assert_nonnull (strstr (title_of (self, 0), "<b>WH-1000XM4</b>"));
  g_assert_null (strstr (title_of (self, 0), "\n"));
  g_assert_null (strstr (title_of (self, 0), "\xe2\x80\xae"));
  g_assert_nonnull (strstr (title_of (self, 1), "WWWW"));
  g_assert_null (title_of (self, 2));
  holdfast_test_settle ();
  gtk_widget_measure (self->window, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 360);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (holdfast_widgets_init ());
  g_test_add ("/pages/home/live", Fixture, NULL, set_up, test_live, tear_down);
  g_test_add ("/pages/home/keeps-focus", Fixture, NULL, set_up, test_keeps_focus, tear_down);
  g_test_add ("/pages/home/crowd", Fixture, NULL, set_up, test_crowd, tear_down);
  g_test_add ("/pages/home/connects", Fixture, NULL, set_up, test_connects, tear_down);
  g_test_add ("/pages/home/practice", Fixture, NULL, set_up, test_practice, tear_down);
  g_test_add ("/pages/home/other-radio", Fixture, NULL, set_up, test_other_radio, tear_down);
  g_test_add ("/pages/home/strange", Fixture, NULL, set_up, test_strange, tear_down);
  return g_test_run ();
}
