/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Every scene in the made-up language: all texts are translated, and nothing is cut off on a
 * telephone, with texts of double size, from right to left, and with all of a window's buttons. */

#include "config.h"

#include "holdfast-test.h"
#include "inspect.h"
#include "scenes.h"

static HoldfastCatalogue *catalogue;

static void
blame (const Scene *scene, const char *look, GPtrArray *found)
{
  for (guint i = 0; i < found->len; i++)
    g_test_message ("%s, %s: %s", scene->name, look, (char *) g_ptr_array_index (found, i));
  if (found->len > 0)
    g_test_fail_printf ("%s, %s: %u texts or widgets", scene->name, look, found->len);
}

static void
check_fit (Scene *scene, const char *look, int width, int height)
{
  g_autoptr (GPtrArray) found = NULL;
  int minimum = 0;

  gtk_widget_measure (
      GTK_WIDGET (scene->window), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  if (minimum > width) {
    g_test_message ("%s, %s: it is %d pixels wide at least", scene->name, look, minimum);
    g_test_fail ();
    width = minimum;
  }
  scene_resize (scene, width, height);
  found = inspect_fit (GTK_WIDGET (scene->window));
  blame (scene, look, found);
}

static void
test_scene (gconstpointer data)
{
  Scene *scene = scene_new (GPOINTER_TO_UINT (data), catalogue);
  g_autoptr (GPtrArray) untranslated = NULL;

  scene_resize (scene, 360, 720);
  untranslated = inspect_words (GTK_WIDGET (scene->window), catalogue);
  blame (scene, "not translated", untranslated);
  check_fit (scene, "telephone", 360, 720);
  scenes_set_window_buttons (":minimize,maximize,close");
  check_fit (scene, "all buttons", 360, 720);
  scenes_set_window_buttons (":close");
  scenes_set_direction (GTK_TEXT_DIR_RTL);
  check_fit (scene, "right to left", 360, 720);
  scenes_set_direction (GTK_TEXT_DIR_LTR);
  scenes_set_text_size (200);
  check_fit (scene, "telephone, large texts", 360, 720);
  if (holdfast_test_is_long ()) {
    check_fit (scene, "wide, large texts", 1280, 800);
    scenes_set_text_size (100);
    check_fit (scene, "wide", 1280, 800);
  }
  scenes_set_text_size (100);
  scene_free (scene);
}

/* ---- It notices --------------------------------------------------------------------------------
 */

static GtkWidget *
show (GtkWidget *child)
{
  GtkWidget *window = adw_window_new ();

  gtk_window_set_default_size (GTK_WINDOW (window), 200, 200);
  adw_window_set_content (ADW_WINDOW (window), child);
  gtk_window_present (GTK_WINDOW (window));
  return window;
}

static gboolean
has_room (gpointer user_data)
{
  return gtk_widget_get_width (user_data) > 0;
}

static void
assert_noticed (GtkWidget *child, guint n_cut_off, guint n_untranslated)
{
  GtkWidget *window = show (child);
  g_autoptr (GPtrArray) cut_off = NULL;
  g_autoptr (GPtrArray) untranslated = NULL;

  holdfast_test_wait (has_room, child, HOLDFAST_TEST_DEADLINE_MS, "a label to be laid out");
  cut_off = inspect_fit (window);
  untranslated = inspect_words (window, catalogue);
  for (guint i = 0; i < cut_off->len; i++)
    g_test_message ("%s", (char *) g_ptr_array_index (cut_off, i));
  g_assert_cmpuint (cut_off->len, ==, n_cut_off);
  g_assert_cmpuint (untranslated->len, ==, n_untranslated);
  gtk_window_destroy (GTK_WINDOW (window));
}

static GtkWidget *
new_label (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_widget_set_halign (label, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (label, GTK_ALIGN_CENTER);
  return label;
}

static void
test_notices_words (void)
{
  GtkWidget *label = NULL;

  assert_noticed (new_label ("⟦Ĥóļð⟧ 7, ⟦ñóŵ ⟦ţóó⟧⟧"), 0, 0);
  assert_noticed (new_label ("WH-1000XM4 00:4F"), 0, 0);
  assert_noticed (new_label ("Hold"), 0, 1);
  assert_noticed (new_label ("⟦Ĥóļð⟧ now"), 0, 1);
  /* a piece that was put into a sentence */
  assert_noticed (new_label ("⟦Ĥóļð power⟧"), 0, 1);
  /* accents, but of another language */
  assert_noticed (new_label ("ÄÖÜ"), 0, 1);

  label = new_label ("⟦Ĥóļð⟧");
  gtk_widget_set_tooltip_text (label, "Hold");
  assert_noticed (label, 0, 1);
  label = new_label ("⟦Ĥóļð⟧");
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_PROPERTY_LABEL, "Hold", -1);
  assert_noticed (label, 0, 1);
}

static void
test_notices_no_room (void)
{
  GtkWidget *label = new_label ("⟦Ĥóļð ţĥé þóŵéŕ ƀúţţóñ ñóŵ, áñð ĝó óñ ĥóļðíñĝ íţ ðóŵñ⟧");
  GtkWidget *box = NULL;

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  assert_noticed (label, 1, 0);

  /* longer than the room, and nothing is asked for it */
  label = new_label ("⟦Ĥóļð ţĥé þóŵéŕ ƀúţţóñ ñóŵ, áñð ĝó óñ ĥóļðíñĝ íţ ðóŵñ⟧");
  box = gtk_fixed_new ();
  gtk_fixed_put (GTK_FIXED (box), label, -40, 0);
  assert_noticed (box, 1, 0);
}

/* ---- Standing still ----------------------------------------------------------------------------
 */

static GBytes *
draw (guint index)
{
  Scene *scene = scene_new (index, catalogue);
  g_autoptr (GdkTexture) texture = NULL;
  gsize stride = 0;
  gsize size = 0;
  guchar *pixels = NULL;

  scene_resize (scene, 360, 720);
  texture = scene_draw (scene);
  stride = (gsize) gdk_texture_get_width (texture) * 4;
  size = stride * (gsize) gdk_texture_get_height (texture);
  pixels = g_malloc (size);
  gdk_texture_download (texture, pixels, stride);
  scene_free (scene);
  return g_bytes_new_take (pixels, size);
}

/* Pictures that differ from one time to the next cannot be compared. */
static void
test_same_again (void)
{
  static const char *const names[] = { "hold-usual", "connect", "ask-pin", NULL };
  guint compared = 0;

  for (guint i = 0; i < scenes_get_n (); i++) {
    g_autoptr (GBytes) first = NULL;
    g_autoptr (GBytes) second = NULL;

    if (!g_strv_contains (names, scenes_get_name (i)))
      continue;
    first = draw (i);
    second = draw (i);
    g_test_message ("%s", scenes_get_name (i));
    g_assert_true (g_bytes_equal (first, second));
    compared++;
  }
  g_assert_cmpuint (compared, ==, G_N_ELEMENTS (names) - 1);
}

int
main (int argc, char **argv)
{
  int status = 0;

  g_test_init (&argc, &argv, NULL);
  scenes_init ();
  catalogue = holdfast_catalogue_new (NULL);
  g_assert_nonnull (catalogue);
  g_test_add_func ("/looks/notices/words", test_notices_words);
  g_test_add_func ("/looks/notices/no-room", test_notices_no_room);
  g_test_add_func ("/looks/same-again", test_same_again);
  for (guint i = 0; i < scenes_get_n (); i++) {
    g_autofree char *path = g_strconcat ("/looks/", scenes_get_name (i), NULL);

    g_test_add_data_func (path, GUINT_TO_POINTER (i), test_scene);
  }
  status = g_test_run ();
  g_object_unref (catalogue);
  return status;
}
