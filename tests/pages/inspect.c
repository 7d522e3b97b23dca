/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "inspect.h"

#include <adwaita.h>

/* Half a pixel and roundings. */
#define TOLERANCE 1.0f

typedef void (*WidgetFunc) (GtkWidget *widget, gpointer user_data);

static void
foreach_shown (GtkWidget *widget, WidgetFunc func, gpointer user_data)
{
  /* The knob of a scroll bar may be longer than the bar is. */
  if (!gtk_widget_get_mapped (widget) || !gtk_widget_get_child_visible (widget)
      || GTK_IS_SCROLLBAR (widget))
    return;
  func (widget, user_data);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    foreach_shown (child, func, user_data);
}

/* "HoldPage > Box > Label" */
static char *
describe_place (GtkWidget *widget)
{
  GString *place = g_string_new (G_OBJECT_TYPE_NAME (widget));
  guint depth = 0;

  for (GtkWidget *parent = gtk_widget_get_parent (widget); parent != NULL && depth < 4;
       parent = gtk_widget_get_parent (parent), depth++) {
    g_string_prepend (place, " > ");
    g_string_prepend (place, G_OBJECT_TYPE_NAME (parent));
  }
  return g_string_free (place, FALSE);
}

/* ---- Room --------------------------------------------------------------------------------------
 */

/* Names that strangers chose may be any length: they come between the marks of
 * holdfast_display_name(). Whose page it is is no news; that label is known by its own name. */
static gboolean
may_be_shortened (GtkWidget *label)
{
  static const char *const names[] = { "holdfast-context" };
  const char *text = gtk_label_get_text (GTK_LABEL (label));

  if (g_str_has_prefix (text, "\u2068") && g_str_has_suffix (text, "\u2069"))
    return TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (gtk_widget_get_name (label), names[i]))
      return TRUE;
  return FALSE;
}

static void
check_label (GtkWidget *widget, GPtrArray *found)
{
  GtkLabel *label = GTK_LABEL (widget);
  PangoLayout *layout = gtk_label_get_layout (label);
  g_autofree char *place = describe_place (widget);
  int width = 0;
  int height = 0;

  /* The hint in an empty entry is no more than that. */
  if (*gtk_label_get_text (label) == '\0' || may_be_shortened (widget)
      || GTK_IS_TEXT (gtk_widget_get_parent (widget)))
    return;
  pango_layout_get_pixel_size (layout, &width, &height);
  if (pango_layout_is_ellipsized (layout))
    g_ptr_array_add (found,
                     g_strdup_printf ("shortened: “%s” (%s)", gtk_label_get_text (label), place));
  else if (width > gtk_widget_get_width (widget) + TOLERANCE
           || height > gtk_widget_get_height (widget) + TOLERANCE)
    g_ptr_array_add (found,
                     g_strdup_printf ("%d × %d pixels, and there are %d × %d: “%s” (%s)",
                                      width,
                                      height,
                                      gtk_widget_get_width (widget),
                                      gtk_widget_get_height (widget),
                                      gtk_label_get_text (label),
                                      place));
}

static void
check_fit (GtkWidget *widget, gpointer user_data)
{
  GtkWidget *parent = gtk_widget_get_parent (widget);
  graphene_rect_t inner;
  graphene_rect_t outer;

  if (GTK_IS_LABEL (widget))
    check_label (widget, user_data);
  if (parent == NULL || GTK_IS_NATIVE (widget)
      || !gtk_widget_compute_bounds (widget, parent, &inner)
      || !gtk_widget_compute_bounds (parent, parent, &outer))
    return;
  if (inner.origin.x < outer.origin.x - TOLERANCE
      || inner.origin.x + inner.size.width > outer.origin.x + outer.size.width + TOLERANCE) {
    g_autofree char *place = describe_place (widget);

    g_ptr_array_add (user_data,
                     g_strdup_printf ("sticks out: %g to %g of %g to %g (%s)",
                                      inner.origin.x,
                                      inner.origin.x + inner.size.width,
                                      outer.origin.x,
                                      outer.origin.x + outer.size.width,
                                      place));
  }
}

GPtrArray *
inspect_fit (GtkWidget *root)
{
  GPtrArray *found = g_ptr_array_new_with_free_func (g_free);

  foreach_shown (root, check_fit, found);
  return found;
}

/* ---- Words -------------------------------------------------------------------------------------
 */

typedef struct {
  GPtrArray *found;
  GRegex *data;       /* what is no word of ours */
  GRegex *translated; /* a text of the made-up language that has none in it */
  GHashTable *blamed; /* texts of the widget that is looked at; what is shown is spoken, too */
} Words;

static int
by_length (gconstpointer a, gconstpointer b)
{
  return (int) strlen (*(const char *const *) b) - (int) strlen (*(const char *const *) a);
}

static void
add_names (GPtrArray *names, GListModel *headsets)
{
  for (guint i = 0; i < g_list_model_get_n_items (headsets); i++) {
    g_autoptr (HoldfastHeadset) headset = g_list_model_get_item (headsets, i);
    const char *const *more = holdfast_headset_get_bluetooth_names (headset);

    g_ptr_array_add (names, g_regex_escape_string (holdfast_headset_get_name (headset), -1));
    for (guint j = 0; more != NULL && more[j] != NULL; j++)
      g_ptr_array_add (names, g_regex_escape_string (more[j], -1));
  }
}

/* Models' names, the program's own, keys, addresses of pages and the end of one of a device. The
 * names of families are words. */
static GRegex *
new_data_regex (HoldfastCatalogue *catalogue)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *pattern = NULL;

  add_names (names, holdfast_catalogue_get_models (catalogue));
  g_ptr_array_add (names, g_strdup ("\\bHoldfast\\b"));
  g_ptr_array_add (names, g_strdup ("\\bF10\\b"));
  g_ptr_array_add (names, g_strdup ("https://[!-~]+"));
  g_ptr_array_add (names, g_strdup ("\\b[0-9A-F]{2}(:[0-9A-F]{2})+\\b"));
  g_ptr_array_sort (names, by_length);
  g_ptr_array_add (names, NULL);
  pattern = g_strjoinv ("|", (char **) names->pdata);
  return g_regex_new (pattern, G_REGEX_DEFAULT, 0, NULL);
}

static gboolean
has_letter (const char *text)
{
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    if (g_unichar_isalpha (g_utf8_get_char (at)))
      return TRUE;
  return FALSE;
}

/* A sentence may have another one in it, such as the name of a button. Inside the brackets all
 * letters have an accent; outside there are none. */
static gboolean
is_translated (Words *self, const char *text)
{
  g_autofree char *rest = g_regex_replace_literal (self->data, text, -1, 0, "", 0, NULL);

  for (const char *at = rest; *at != '\0'; at++)
    if (g_ascii_isalpha (*at))
      return FALSE;
  for (;;) {
    g_autofree char *shorter = g_regex_replace_literal (self->translated, rest, -1, 0, "", 0, NULL);

    if (g_str_equal (shorter, rest))
      return !has_letter (rest);
    g_set_str (&rest, shorter);
  }
}

static void
check_text (Words *self, GtkWidget *widget, const char *what, const char *text)
{
  g_autofree char *place = NULL;

  if (text == NULL || is_translated (self, text)
      || !g_hash_table_add (self->blamed, g_strdup (text)))
    return;
  place = describe_place (widget);
  g_ptr_array_add (self->found, g_strdup_printf ("%s “%s” (%s)", what, text, place));
}

/* The test's own screen reader tells what a widget says only where it differs from what one
 * expects. */
static void
check_accessible (Words *self, GtkWidget *widget, GtkAccessibleProperty property, const char *what)
{
  g_autofree char *text = NULL;

  if (!gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget), property))
    return;
  text = gtk_test_accessible_check_property (GTK_ACCESSIBLE (widget), property, "\001");
  check_text (self, widget, what, text);
}

static void
check_menu (Words *self, GtkWidget *widget, GMenuModel *menu)
{
  for (int i = 0; i < g_menu_model_get_n_items (menu); i++) {
    g_autofree char *label = NULL;
    g_autoptr (GMenuModel) section = g_menu_model_get_item_link (menu, i, G_MENU_LINK_SECTION);
    g_autoptr (GMenuModel) sub = g_menu_model_get_item_link (menu, i, G_MENU_LINK_SUBMENU);

    if (g_menu_model_get_item_attribute (menu, i, G_MENU_ATTRIBUTE_LABEL, "s", &label))
      check_text (self, widget, "menu item", label);
    if (section != NULL)
      check_menu (self, widget, section);
    if (sub != NULL)
      check_menu (self, widget, sub);
  }
}

/* The window's buttons, and the dialog that is all the toolkit's but for what it was given. */
static gboolean
is_toolkits_own (GtkWidget *widget)
{
  GType sheet_controls = g_type_from_name ("AdwSheetControls");

  return gtk_widget_get_ancestor (widget, GTK_TYPE_WINDOW_CONTROLS) != NULL
         || (sheet_controls != G_TYPE_INVALID
             && gtk_widget_get_ancestor (widget, sheet_controls) != NULL)
         || gtk_widget_get_ancestor (widget, ADW_TYPE_ABOUT_DIALOG) != NULL
         || (GTK_IS_IMAGE (widget) && gtk_widget_get_ancestor (widget, GTK_TYPE_EDITABLE) != NULL);
}

static void
check_words (GtkWidget *widget, gpointer user_data)
{
  Words *self = user_data;

  g_hash_table_remove_all (self->blamed);
  if (ADW_IS_ABOUT_DIALOG (widget)) {
    check_text (
        self, widget, "comments", adw_about_dialog_get_comments (ADW_ABOUT_DIALOG (widget)));
    check_text (self,
                widget,
                "developers",
                adw_about_dialog_get_developer_name (ADW_ABOUT_DIALOG (widget)));
  }
  if (is_toolkits_own (widget))
    return;
  if (GTK_IS_LABEL (widget))
    check_text (self, widget, "label", gtk_label_get_text (GTK_LABEL (widget)));
  if (GTK_IS_MENU_BUTTON (widget)
      && gtk_menu_button_get_menu_model (GTK_MENU_BUTTON (widget)) != NULL)
    check_menu (self, widget, gtk_menu_button_get_menu_model (GTK_MENU_BUTTON (widget)));
  check_text (self, widget, "tooltip", gtk_widget_get_tooltip_text (widget));
  check_accessible (self, widget, GTK_ACCESSIBLE_PROPERTY_LABEL, "spoken label");
  check_accessible (self, widget, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "spoken description");
  check_accessible (self, widget, GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, "spoken value");
}

GPtrArray *
inspect_words (GtkWidget *root, HoldfastCatalogue *catalogue)
{
  Words self = {
    .found = g_ptr_array_new_with_free_func (g_free),
    .data = new_data_regex (catalogue),
    .translated = g_regex_new ("⟦[^⟦⟧]*⟧", G_REGEX_DEFAULT, 0, NULL),
    .blamed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
  };

  foreach_shown (root, check_words, &self);
  g_regex_unref (self.data);
  g_regex_unref (self.translated);
  g_hash_table_unref (self.blamed);
  return self.found;
}
