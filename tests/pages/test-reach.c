/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Every page by Tab alone: each thing that takes the focus says what it is, every button is come
 * by, and the way leads down the page as eyes do. */

#include "config.h"

#include <adwaita.h>

#include "card-grid.h"
#include "scenes.h"

#define MOST 200

static HoldfastCatalogue *catalogue;

static gboolean
shows_words (GtkWidget *widget)
{
  if (!gtk_widget_get_visible (widget))
    return FALSE;
  if (GTK_IS_LABEL (widget) && *gtk_label_get_text (GTK_LABEL (widget)) != '\0')
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (shows_words (child))
      return TRUE;
  return FALSE;
}

/* What a screen reader calls it: what it was told, a tooltip, or its own words. A text's are those
 * of the row or the field that it is in. */
static gboolean
has_name (GtkWidget *widget)
{
  for (; widget != NULL; widget = gtk_widget_get_parent (widget)) {
    const char *tooltip = gtk_widget_get_tooltip_text (widget);

    if (gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL)
        || gtk_test_accessible_has_relation (GTK_ACCESSIBLE (widget),
                                             GTK_ACCESSIBLE_RELATION_LABELLED_BY)
        || (tooltip != NULL && *tooltip != '\0') || shows_words (widget))
      return TRUE;
    if (!GTK_IS_TEXT (widget) && !GTK_IS_BOX (widget)
        && !GTK_IS_MENU_BUTTON (gtk_widget_get_parent (widget)))
      return FALSE;
  }
  return FALSE;
}

/* Arrow keys move within these; Tab comes by one of them. */
static gboolean
is_in_a_list (GtkWidget *widget)
{
  return gtk_widget_get_ancestor (widget, GTK_TYPE_LIST_BOX) != NULL
         || gtk_widget_get_ancestor (widget, ADW_TYPE_TOGGLE_GROUP) != NULL
         || gtk_widget_get_ancestor (widget, HOLDFAST_TYPE_CARD_GRID) != NULL;
}

static void
collect_buttons (GtkWidget *widget, GPtrArray *buttons)
{
  if (!gtk_widget_get_mapped (widget) || GTK_IS_WINDOW_CONTROLS (widget)
      || !gtk_widget_get_can_target (widget))
    return;
  if (GTK_IS_BUTTON (widget) && gtk_widget_is_sensitive (widget)
      && gtk_widget_get_focusable (widget) && !is_in_a_list (widget))
    g_ptr_array_add (buttons, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect_buttons (child, buttons);
}

/* Once around; the window's own key, as a person presses it. */
static GPtrArray *
go_round (GtkWindow *window)
{
  GPtrArray *visited = g_ptr_array_new ();

  for (guint i = 0; i < MOST; i++) {
    GtkWidget *focus = NULL;

    g_signal_emit_by_name (window, "move-focus", GTK_DIR_TAB_FORWARD);
    focus = gtk_window_get_focus (window);
    if (focus == NULL)
      continue; /* between the end and the beginning */
    if (g_ptr_array_find (visited, focus, NULL))
      return visited;
    g_ptr_array_add (visited, focus);
  }
  g_error ("the way by Tab does not come round");
}

static GtkWidget *
get_viewport (GtkWidget *widget)
{
  return gtk_widget_get_ancestor (widget, GTK_TYPE_VIEWPORT);
}

/* Where it is in what scrolls, which does not move when that scrolls. */
static float
get_middle (GtkWidget *widget, GtkWidget *window)
{
  GtkWidget *viewport = get_viewport (widget);
  graphene_rect_t bounds;

  g_assert_true (gtk_widget_compute_bounds (
      widget,
      viewport != NULL ? gtk_viewport_get_child (GTK_VIEWPORT (viewport)) : window,
      &bounds));
  return bounds.origin.y + bounds.size.height / 2;
}

/* Where the way goes up within the same part of the window. At its end that is no step of it. */
static guint
count_ways_up (GPtrArray *visited, GtkWidget *window)
{
  guint n = 0;

  for (guint i = 0; i + 1 < visited->len; i++) {
    GtkWidget *here = g_ptr_array_index (visited, i);
    GtkWidget *next = g_ptr_array_index (visited, i + 1);
    float slack = (float) gtk_widget_get_height (here) / 2;

    n += get_viewport (here) == get_viewport (next)
         && get_middle (next, window) < get_middle (here, window) - slack;
  }
  return n;
}

static void
check (guint index, int width, int height)
{
  Scene *scene = scene_new (index, catalogue);
  g_autoptr (GPtrArray) visited = NULL;
  g_autoptr (GPtrArray) buttons = g_ptr_array_new ();
  GtkWidget *window = GTK_WIDGET (scene->window);
  AdwDialog *dialog = NULL;

  scene_resize (scene, width, height);
  visited = go_round (GTK_WINDOW (window));
  g_test_message ("%s at %d: %u stops", scene->name, width, visited->len);
  g_assert_cmpuint (visited->len, >, 0);
  for (guint i = 0; i < visited->len; i++) {
    GtkWidget *widget = g_ptr_array_index (visited, i);

    if (!has_name (widget))
      g_test_fail_printf ("%s: a %s without a name", scene->name, G_OBJECT_TYPE_NAME (widget));
  }
  /* One that is open keeps the focus, and its button to close is the toolkit's. */
  dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window));
  if (dialog == NULL)
    collect_buttons (window, buttons);
  for (guint i = 0; i < buttons->len; i++)
    if (!g_ptr_array_find (visited, g_ptr_array_index (buttons, i), NULL))
      g_test_fail_printf ("%s: Tab does not come by “%s”",
                          scene->name,
                          gtk_button_get_label (g_ptr_array_index (buttons, i)));
  /* In one column; it may begin anywhere, and come round once. */
  if (width == 360 && count_ways_up (visited, window) > 1)
    g_test_fail_printf ("%s: Tab leads up and down", scene->name);
  scene_free (scene);
}

static void
test_scene (gconstpointer data)
{
  check (GPOINTER_TO_UINT (data), 360, 720);
  check (GPOINTER_TO_UINT (data), 1280, 800);
}

/* The tests above would see it. */
static void
test_notices (void)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *button = gtk_button_new_from_icon_name ("go-next-symbolic");
  GtkWidget *named = gtk_button_new_with_label ("Next");

  g_object_ref_sink (button);
  g_object_ref_sink (named);
  g_assert_false (has_name (button));
  g_assert_true (has_name (named));
  gtk_widget_set_tooltip_text (button, "Next");
  g_assert_true (has_name (button));
  g_object_unref (button);
  g_object_unref (named);
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  int status = 0;

  g_test_init (&argc, &argv, NULL);
  scenes_init ();
  catalogue = holdfast_catalogue_new (NULL);
  g_test_add_func ("/reach/notices", test_notices);
  for (guint i = 0; i < scenes_get_n (); i++) {
    g_autofree char *path = g_strconcat ("/reach/", scenes_get_name (i), NULL);

    g_test_add_data_func (path, GUINT_TO_POINTER (i), test_scene);
  }
  status = g_test_run ();
  g_object_unref (catalogue);
  return status;
}
