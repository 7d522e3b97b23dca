/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <adwaita.h>

#include "catalogue.h"
#include "holdfast-test.h"
#include "step-list.h"
#include "widgets.h"

typedef struct {
  HoldfastCatalogue *catalogue;
  HoldfastHeadset *headset;
  const HoldfastGesture *gesture; /* of five steps */
  GtkWidget *widget;
  HoldfastStepList *list;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->catalogue = holdfast_catalogue_new (&error);
  g_assert_no_error (error);
  fixture->headset = holdfast_catalogue_find (fixture->catalogue, "wh-1000xm4");
  fixture->gesture = g_ptr_array_index (holdfast_headset_get_pairing_ways (fixture->headset), 0);
  g_assert_cmpuint (holdfast_gesture_get_n_steps (fixture->gesture), ==, 5);
  fixture->widget = g_object_ref_sink (holdfast_step_list_new ());
  fixture->list = HOLDFAST_STEP_LIST (fixture->widget);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  holdfast_test_assert_finalize (fixture->widget);
  g_object_unref (fixture->catalogue);
}

static GtkWidget *
get_row (Fixture *fixture, int index)
{
  GtkWidget *row = gtk_widget_get_first_child (fixture->widget);

  for (; row != NULL && index > 0; index--)
    row = gtk_widget_get_next_sibling (row);
  return row;
}

static void
assert_row (Fixture *fixture, int index, const char *style, const char *label)
{
  GtkWidget *row = get_row (fixture, index);
  GtkWidget *number = gtk_widget_get_first_child (row);
  GtkWidget *tick = gtk_widget_get_next_sibling (number);
  gboolean done = g_str_equal (style, "done");

  gtk_test_accessible_assert_role (row, GTK_ACCESSIBLE_ROLE_LIST_ITEM);
  gtk_test_accessible_assert_property (row, GTK_ACCESSIBLE_PROPERTY_LABEL, label);
  g_assert_true (gtk_widget_has_css_class (row, style));
  g_assert_cmpint (gtk_widget_has_css_class (row, "to-come") + gtk_widget_has_css_class (row, "now")
                       + gtk_widget_has_css_class (row, "done"),
                   ==,
                   1);
  g_assert_cmpint (gtk_widget_get_visible (number), ==, !done);
  g_assert_cmpint (gtk_widget_get_visible (tick), ==, done);
}

static void
test_steps (Fixture *fixture, gconstpointer data)
{
  gtk_test_accessible_assert_role (fixture->widget, GTK_ACCESSIBLE_ROLE_LIST);
  gtk_test_accessible_assert_property (fixture->widget, GTK_ACCESSIBLE_PROPERTY_LABEL, "Steps");
  g_assert_null (get_row (fixture, 0));
  holdfast_step_list_set_current (fixture->list, 2);

  holdfast_step_list_set_gesture (fixture->list, fixture->headset, fixture->gesture);
  g_assert_cmpint (holdfast_step_list_get_current (fixture->list), ==, -1);
  assert_row (fixture, 3, "to-come", "Step 4 of 5: Wait a moment.");
  g_assert_nonnull (get_row (fixture, 4));
  g_assert_null (get_row (fixture, 5));

  holdfast_step_list_set_current (fixture->list, 3);
  assert_row (
      fixture, 0, "done", "Step 1 of 5, done: If a cable is in the headphones, take it out.");
  assert_row (fixture, 3, "now", "Step 4 of 5, now: Wait a moment.");
  assert_row (fixture, 4, "to-come", "Step 5 of 5: Hold the power button for about 7 seconds.");

  /* A slip: back to an earlier step. */
  holdfast_step_list_set_current (fixture->list, 0);
  assert_row (fixture, 3, "to-come", "Step 4 of 5: Wait a moment.");
  holdfast_step_list_set_current (fixture->list, 5);
  assert_row (fixture, 4, "done", "Step 5 of 5, done: Hold the power button for about 7 seconds.");
  holdfast_step_list_set_current (fixture->list, -1);
  assert_row (fixture, 3, "to-come", "Step 4 of 5: Wait a moment.");

  holdfast_step_list_set_gesture (fixture->list, NULL, NULL);
  g_assert_null (get_row (fixture, 0));
}

static void
assert_narrow (Fixture *fixture, GListModel *models)
{
  for (guint i = 0; i < g_list_model_get_n_items (models); i++) {
    g_autoptr (HoldfastHeadset) headset = g_list_model_get_item (models, i);
    GPtrArray *ways = holdfast_headset_get_pairing_ways (headset);

    for (guint j = 0; j < ways->len; j++) {
      int minimum;

      holdfast_step_list_set_gesture (fixture->list, headset, g_ptr_array_index (ways, j));
      holdfast_step_list_set_current (fixture->list, 0);
      gtk_widget_measure (
          fixture->widget, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
      g_assert_cmpint (minimum, <=, 336);
    }
  }
}

/* In a window of 360 pixels with letters twice as large. */
static void
test_narrow (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window = gtk_window_new ();

  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 2 * 96 * 1024, NULL);
  gtk_window_set_child (GTK_WINDOW (window), fixture->widget);
  assert_narrow (fixture, holdfast_catalogue_get_models (fixture->catalogue));
  assert_narrow (fixture, holdfast_catalogue_get_families (fixture->catalogue));
  gtk_window_destroy (GTK_WINDOW (window));
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 96 * 1024, NULL);
}

#define ADD(name, func)                                                                            \
  g_test_add ("/widgets/step-list/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (holdfast_widgets_init ());
  g_object_set (gtk_settings_get_default (), "gtk-font-name", "Inter 11", NULL);
  ADD ("steps", test_steps);
  ADD ("narrow", test_narrow);
  return g_test_run ();
}
