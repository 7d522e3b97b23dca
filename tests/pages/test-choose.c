/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The choice of a model. Keys go through the window's own focus moves; those that only a keyboard
 * can send are in tests/app. */
#include "config.h"

#include <adwaita.h>
#include <time.h>

#include "card-grid.h"
#include "choose-page.h"
#include "holdfast-test.h"
#include "sentences.h"
#include "still-picture.h"
#include "widgets.h"

/* For an optimised build. */
#define MOST_OPEN_MS 100

typedef struct {
  HoldfastCatalogue *catalogue;
  HoldfastPage *page;
  GtkWidget *window;
  HoldfastHeadset *chosen;
  int unsure; /* -1: not asked; otherwise "unlisted" */
} Fixture;

static void
chosen_cb (HoldfastPage *page, HoldfastHeadset *headset, Fixture *self)
{
  self->chosen = headset;
}

static void
unsure_cb (HoldfastPage *page, gboolean unlisted, Fixture *self)
{
  self->unsure = unlisted;
}

static void
set_up (Fixture *self, gconstpointer width)
{
  GtkWidget *view = adw_navigation_view_new ();
  g_autoptr (GError) error = NULL;

  self->catalogue = holdfast_catalogue_new (&error);
  g_assert_no_error (error);
  self->unsure = -1;
  self->page = g_object_ref_sink (holdfast_choose_page_new (self->catalogue));
  g_object_set (self->page, "practice", TRUE, NULL);
  holdfast_page_set_can_go_back (self->page, TRUE);
  g_signal_connect (self->page, "chosen", G_CALLBACK (chosen_cb), self);
  g_signal_connect (self->page, "unsure", G_CALLBACK (unsure_cb), self);
  self->window = adw_window_new ();
  adw_navigation_view_push (ADW_NAVIGATION_VIEW (view), ADW_NAVIGATION_PAGE (self->page));
  adw_window_set_content (ADW_WINDOW (self->window), view);
  gtk_window_set_default_size (GTK_WINDOW (self->window), GPOINTER_TO_INT (width), 640);
  gtk_window_present (GTK_WINDOW (self->window));
  holdfast_page_arrive (self->page);
  holdfast_test_settle ();
}

static void
tear_down (Fixture *self, gconstpointer width)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  holdfast_test_assert_finalize (self->page);
  g_clear_object (&self->catalogue);
}

/* ---- What is there ---- */

static void
collect (GtkWidget *within, GType type, GPtrArray *found)
{
  for (GtkWidget *child = gtk_widget_get_first_child (within); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    if (G_TYPE_CHECK_INSTANCE_TYPE (child, type))
      g_ptr_array_add (found, child);
    collect (child, type, found);
  }
}

static GtkWidget *
get_part (Fixture *self, const char *name)
{
  return GTK_WIDGET (
      gtk_widget_get_template_child (GTK_WIDGET (self->page), HOLDFAST_TYPE_CHOOSE_PAGE, name));
}

/* The grids that are to be seen, of those that hold models. */
static GPtrArray *
get_grids (Fixture *self)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new ();
  GPtrArray *shown = g_ptr_array_new ();

  collect (get_part (self, "sections"), HOLDFAST_TYPE_CARD_GRID, all);
  for (guint i = 0; i < all->len; i++) {
    if (gtk_widget_get_visible (g_ptr_array_index (all, i)))
      g_ptr_array_add (shown, g_ptr_array_index (all, i));
  }
  return shown;
}

static GPtrArray *
get_cards (Fixture *self)
{
  g_autoptr (GPtrArray) grids = get_grids (self);
  GPtrArray *cards = g_ptr_array_new ();

  for (guint i = 0; i < grids->len; i++) {
    for (GtkWidget *card = gtk_widget_get_first_child (g_ptr_array_index (grids, i)); card != NULL;
         card = gtk_widget_get_next_sibling (card)) {
      if (gtk_widget_get_child_visible (card))
        g_ptr_array_add (cards, card);
    }
  }
  return cards;
}

static const char *
get_name (gpointer card)
{
  g_autoptr (GPtrArray) labels = g_ptr_array_new ();

  collect (card, GTK_TYPE_LABEL, labels);
  g_assert_cmpuint (labels->len, >, 0);
  return gtk_label_get_text (g_ptr_array_index (labels, 0));
}

static GtkWidget *
find_card (Fixture *self, const char *name)
{
  g_autoptr (GPtrArray) cards = get_cards (self);

  for (guint i = 0; i < cards->len; i++) {
    if (g_str_equal (get_name (g_ptr_array_index (cards, i)), name))
      return g_ptr_array_index (cards, i);
  }
  g_error ("%s is not to be seen", name);
}

/* Searching is put off while somebody types; then it has been announced by the label. */
typedef struct {
  Fixture *fixture;
  const char *words;
} Wanted;

static gboolean
says (gpointer user_data)
{
  const Wanted *wanted = user_data;

  return g_str_has_prefix (
      gtk_label_get_text (GTK_LABEL (get_part (wanted->fixture, "count_label"))), wanted->words);
}

static void
type (Fixture *self, const char *text, const char *words)
{
  Wanted wanted = { self, words };

  gtk_editable_set_text (GTK_EDITABLE (get_part (self, "search")), text);
  holdfast_test_wait (says, &wanted, HOLDFAST_TEST_DEADLINE_MS, words);
}

static GtkWidget *
get_focus (Fixture *self)
{
  return gtk_window_get_focus (GTK_WINDOW (self->window));
}

static void
move (Fixture *self, GtkDirectionType direction)
{
  g_signal_emit_by_name (self->window, "move-focus", direction);
}

static float
get_top (Fixture *self, GtkWidget *widget)
{
  graphene_rect_t bounds;

  g_assert_true (gtk_widget_compute_bounds (widget, self->window, &bounds));
  return bounds.origin.y;
}

static void
painted_cb (GdkFrameClock *frames, gboolean *ret_painted)
{
  *ret_painted = TRUE;
}

/* Waits for the next frame, so that all is where it belongs. */
static void
lay_out (GtkWidget *window)
{
  gboolean painted = FALSE;
  gulong handler = g_signal_connect (
      gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (painted_cb), &painted);

  gtk_widget_queue_draw (window);
  holdfast_test_wait_true (&painted, "a frame");
  g_signal_handler_disconnect (gtk_widget_get_frame_clock (window), handler);
}

/* ---- Tests ---- */

/* All models are there once, as buttons with their names, below headings. */
static void
test_roles (Fixture *self, gconstpointer width)
{
  g_autoptr (GPtrArray) cards = get_cards (self);
  g_autoptr (GPtrArray) grids = get_grids (self);
  GListModel *models = holdfast_catalogue_get_models (self->catalogue);

  g_assert_cmpuint (cards->len, ==, g_list_model_get_n_items (models));
  for (guint i = 0; i < g_list_model_get_n_items (models); i++) {
    g_autoptr (HoldfastHeadset) model = g_list_model_get_item (models, i);
    GtkWidget *card = find_card (self, holdfast_headset_get_name (model));
    const char *note = holdfast_headset_get_no_bluetooth_note (model);
    GtkWidget *grid = gtk_widget_get_parent (card);
    GtkWidget *heading = gtk_widget_get_prev_sibling (grid);

    gtk_test_accessible_assert_role (card, GTK_ACCESSIBLE_ROLE_BUTTON);
    gtk_test_accessible_assert_property (
        card, GTK_ACCESSIBLE_PROPERTY_LABEL, holdfast_headset_get_name (model));
    if (note != NULL)
      gtk_test_accessible_assert_property (card, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, note);
    gtk_test_accessible_assert_role (heading, GTK_ACCESSIBLE_ROLE_HEADING);
    g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (heading)),
                     ==,
                     holdfast_form_get_label (holdfast_headset_get_form (model)));
  }
  for (guint i = 0; i < grids->len; i++)
    gtk_test_accessible_assert_role (g_ptr_array_index (grids, i), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
assert_note (Fixture *self, const char *name, const char *note)
{
  gtk_test_accessible_assert_property (
      find_card (self, name), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, note);
}

static void
test_notes (Fixture *self, gconstpointer width)
{
  assert_note (self, "INZONE H3", "Probably by cable");
  assert_note (self, "INZONE H5", "Probably by USB stick");
  assert_note (self, "INZONE Buds", "Connects by USB stick");
  g_assert_false (gtk_test_accessible_has_property (GTK_ACCESSIBLE (find_card (self, "INZONE H9")),
                                                    GTK_ACCESSIBLE_PROPERTY_DESCRIPTION));
}

static void
assert_whole (GtkLabel *label)
{
  PangoLayout *layout = gtk_label_get_layout (label);
  int height = 0;

  g_assert_cmpint (gtk_label_get_ellipsize (label), ==, PANGO_ELLIPSIZE_NONE);
  g_assert_false (pango_layout_is_ellipsized (layout));
  pango_layout_get_pixel_size (layout, NULL, &height);
  g_assert_cmpint (gtk_widget_get_height (GTK_WIDGET (label)), >=, height);
}

static void
assert_all_whole (Fixture *self)
{
  g_autoptr (GPtrArray) labels = g_ptr_array_new ();
  int minimum = 0;

  collect (get_part (self, "sections"), GTK_TYPE_LABEL, labels);
  for (guint i = 0; i < labels->len; i++)
    assert_whole (g_ptr_array_index (labels, i));
  gtk_widget_measure (self->window, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 360);
}

/* Two columns on a telephone, as many as read well on a desk, in all sections the same. */
static void
test_columns (Fixture *self, gconstpointer width)
{
  g_autoptr (GPtrArray) grids = get_grids (self);
  guint wanted = GPOINTER_TO_INT (width) == 360 ? 2 : 6;

  for (guint i = 0; i < grids->len; i++)
    g_assert_cmpuint (holdfast_card_grid_get_n_columns (g_ptr_array_index (grids, i)), ==, wanted);
  assert_all_whole (self);
}

static gboolean
is_one_column (gpointer user_data)
{
  g_autoptr (GPtrArray) grids = get_grids (user_data);

  return holdfast_card_grid_get_n_columns (g_ptr_array_index (grids, 0)) == 1;
}

/* Text twice as large: one column, and nothing cut off. */
static void
test_large_text (Fixture *self, gconstpointer width)
{
  int dpi = 0;

  g_object_get (gtk_settings_get_default (), "gtk-xft-dpi", &dpi, NULL);
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 2 * 96 * PANGO_SCALE, NULL);
  holdfast_test_wait (is_one_column, self, HOLDFAST_TEST_DEADLINE_MS, "one column");
  lay_out (self->window);
  assert_all_whole (self);
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", dpi, NULL);
}

static void
test_mirrored (Fixture *self, gconstpointer width)
{
  GtkWidget *first = find_card (self, "WH-1000XX");
  GtkWidget *second = gtk_widget_get_next_sibling (first);
  graphene_rect_t bounds;

  g_assert_true (gtk_widget_compute_bounds (second, first, &bounds));
  g_assert_cmpfloat (bounds.origin.x, >, 0);
  gtk_widget_set_direction (gtk_widget_get_parent (first), GTK_TEXT_DIR_RTL);
  lay_out (self->window);
  g_assert_true (gtk_widget_compute_bounds (second, first, &bounds));
  g_assert_cmpfloat (bounds.origin.x, <, 0);
  gtk_widget_grab_focus (first);
  move (self, GTK_DIR_LEFT);
  g_assert_true (get_focus (self) == second);
}

/* From the search by Tab, and with the arrows from card to card and section to section. */
static void
test_focus (Fixture *self, gconstpointer width)
{
  g_autoptr (GPtrArray) cards = get_cards (self);
  GtkWidget *first = g_ptr_array_index (cards, 0);
  GtkWidget *on_ear = find_card (self, "WH-CH520");

  g_assert_true (gtk_widget_is_ancestor (get_focus (self), get_part (self, "search")));
  move (self, GTK_DIR_TAB_FORWARD);
  gtk_test_accessible_assert_property (
      get_focus (self), GTK_ACCESSIBLE_PROPERTY_LABEL, "I'm not sure which I have");
  move (self, GTK_DIR_TAB_FORWARD);
  g_assert_true (get_focus (self) == first);
  move (self, GTK_DIR_RIGHT);
  g_assert_true (get_focus (self) == g_ptr_array_index (cards, 1));
  /* The end of a row is followed by the next row: there are two columns. */
  move (self, GTK_DIR_RIGHT);
  g_assert_true (get_focus (self) == g_ptr_array_index (cards, 2));
  move (self, GTK_DIR_DOWN);
  g_assert_true (get_focus (self) == g_ptr_array_index (cards, 4));
  move (self, GTK_DIR_LEFT);
  g_assert_true (get_focus (self) == g_ptr_array_index (cards, 3));
  move (self, GTK_DIR_UP);
  g_assert_true (get_focus (self) == g_ptr_array_index (cards, 1));
  /* Tab goes on to the next section; Shift and Tab come back to where it was. */
  move (self, GTK_DIR_TAB_FORWARD);
  g_assert_true (gtk_widget_get_parent (get_focus (self)) == gtk_widget_get_parent (on_ear));
  move (self, GTK_DIR_TAB_BACKWARD);
  g_assert_true (get_focus (self) == g_ptr_array_index (cards, 1));
  /* Down from the last row stays in its column. */
  gtk_widget_grab_focus (gtk_widget_get_last_child (gtk_widget_get_parent (first)));
  move (self, GTK_DIR_DOWN);
  g_assert_true (gtk_widget_get_parent (get_focus (self)) == gtk_widget_get_parent (on_ear));
  move (self, GTK_DIR_UP);
  g_assert_true (gtk_widget_get_parent (get_focus (self)) == gtk_widget_get_parent (first));
}

static void
test_click (Fixture *self, gconstpointer width)
{
  g_signal_emit_by_name (find_card (self, "WF-C500"), "clicked");
  g_assert_cmpstr (holdfast_headset_get_id (self->chosen), ==, "wf-c500");
}

/* A search finds what people call it, Enter takes the best, and nothing else moves. */
static void
test_search (Fixture *self, gconstpointer width)
{
  GtkWidget *search = get_part (self, "search");
  GtkWidget *count = get_part (self, "count_label");
  float search_top = get_top (self, search);
  float count_top = get_top (self, count);
  GtkWidget *other = find_card (self, "WH-1000XM4");
  int card_width = gtk_widget_get_width (find_card (self, "WH-1000XM5"));
  g_autoptr (GPtrArray) cards = NULL;

  type (self, "xm5", "2 models. Enter takes WH-1000XM5.");
  cards = get_cards (self);
  g_assert_cmpuint (cards->len, ==, 2);
  gtk_test_accessible_assert_state (other, GTK_ACCESSIBLE_STATE_HIDDEN, TRUE);
  lay_out (self->window);
  g_assert_cmpfloat (get_top (self, search), ==, search_top);
  g_assert_cmpfloat (get_top (self, count), ==, count_top);
  g_assert_cmpint (gtk_widget_get_width (find_card (self, "WH-1000XM5")), ==, card_width);
  g_signal_emit_by_name (search, "activate");
  g_assert_cmpstr (holdfast_headset_get_id (self->chosen), ==, "wh-1000xm5");

  type (self, "1000x m5", "2 models");
  type (self, "wh-1000xm3", "1 model. Enter takes WH-1000XM3.");
  /* Enter does not wait for the search. */
  gtk_editable_set_text (GTK_EDITABLE (search), "c710");
  g_signal_emit_by_name (search, "activate");
  g_assert_cmpstr (holdfast_headset_get_id (self->chosen), ==, "wf-c710n");
}

static void
test_nothing_found (Fixture *self, gconstpointer width)
{
  GtkWidget *search = get_part (self, "search");
  g_autoptr (GPtrArray) buttons = g_ptr_array_new ();
  g_autoptr (GPtrArray) cards = NULL;

  type (self, "bose", "No model has this name.");
  cards = get_cards (self);
  g_assert_cmpuint (cards->len, ==, 0);
  g_signal_emit_by_name (search, "activate");
  g_assert_null (self->chosen);
  g_assert_true (gtk_widget_get_visible (get_part (self, "nothing")));
  collect (get_part (self, "nothing"), GTK_TYPE_BUTTON, buttons);
  g_assert_cmpuint (buttons->len, ==, 1);
  g_signal_emit_by_name (g_ptr_array_index (buttons, 0), "clicked");
  g_assert_cmpint (self->unsure, ==, FALSE);
}

/* Escape clears what was typed; the frame would have the next one. */
static void
test_escape (Fixture *self, gconstpointer width)
{
  GtkWidget *search = get_part (self, "search");

  type (self, "xm5", "2 models");
  g_signal_emit_by_name (search, "stop-search");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (search)), ==, "");
  g_assert_cmpstr (
      gtk_label_get_text (GTK_LABEL (get_part (self, "count_label"))), ==, "46 models");
}

static void
test_form (Fixture *self, gconstpointer width)
{
  g_autoptr (GPtrArray) grids = NULL;
  g_autoptr (GPtrArray) all = NULL;

  holdfast_choose_page_show_form (HOLDFAST_CHOOSE_PAGE (self->page), HOLDFAST_FORM_NECKBAND);
  grids = get_grids (self);
  g_assert_cmpuint (grids->len, ==, 1);
  find_card (self, "WI-C100");
  g_assert_true (gtk_widget_get_visible (get_part (self, "all_button")));
  /* Whoever searches searches all of them. */
  type (self, "xm5", "2 models");
  g_assert_false (gtk_widget_get_visible (get_part (self, "all_button")));
  type (self, "", "Neckband only");
  g_signal_emit_by_name (get_part (self, "all_button"), "clicked");
  all = get_cards (self);
  g_assert_cmpuint (
      all->len, ==, g_list_model_get_n_items (holdfast_catalogue_get_models (self->catalogue)));
}

static void
test_unlisted (Fixture *self, gconstpointer width)
{
  g_autoptr (GPtrArray) buttons = g_ptr_array_new ();

  collect (GTK_WIDGET (self->page), GTK_TYPE_BUTTON, buttons);
  for (guint i = 0; i < buttons->len; i++) {
    g_autofree char *other = gtk_test_accessible_check_property (
        g_ptr_array_index (buttons, i), GTK_ACCESSIBLE_PROPERTY_LABEL, "Another Sony model");

    if (other == NULL)
      g_signal_emit_by_name (g_ptr_array_index (buttons, i), "clicked");
  }
  g_assert_cmpint (self->unsure, ==, TRUE);
}

/* ---- Pictures ---- */

static void
draw (GtkWidget *picture)
{
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();

  GTK_WIDGET_GET_CLASS (picture)->snapshot (picture, snapshot);
}

static guint
count_textures (GPtrArray *pictures)
{
  g_autoptr (GHashTable) textures = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < pictures->len; i++) {
    draw (g_ptr_array_index (pictures, i));
    g_assert_nonnull (holdfast_still_picture_get_texture (g_ptr_array_index (pictures, i)));
    g_hash_table_add (textures,
                      holdfast_still_picture_get_texture (g_ptr_array_index (pictures, i)));
  }
  return g_hash_table_size (textures);
}

/* Pictures that show the same are one; they follow the palette, and take no other room for it. */
static void
test_pictures (Fixture *self, gconstpointer width)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();
  g_autoptr (GPtrArray) pictures = g_ptr_array_new ();
  GtkWidget *sections = get_part (self, "sections");
  g_autoptr (GdkTexture) light = NULL;
  int before = 0;
  int after = 0;
  guint n_textures;

  collect (sections, HOLDFAST_TYPE_STILL_PICTURE, pictures);
  g_assert_cmpuint (pictures->len, ==, 46);
  gtk_widget_measure (sections, GTK_ORIENTATION_VERTICAL, 336, &before, NULL, NULL, NULL);
  n_textures = count_textures (pictures);
  g_test_message ("%u pictures, %u drawings", pictures->len, n_textures);
  g_assert_cmpuint (n_textures, <, pictures->len);
  gtk_widget_measure (sections, GTK_ORIENTATION_VERTICAL, 336, &after, NULL, NULL, NULL);
  g_assert_cmpint (before, ==, after);

  light = g_object_ref (holdfast_still_picture_get_texture (g_ptr_array_index (pictures, 0)));
  draw (g_ptr_array_index (pictures, 0));
  g_assert_true (holdfast_still_picture_get_texture (g_ptr_array_index (pictures, 0)) == light);
  adw_style_manager_set_color_scheme (manager, ADW_COLOR_SCHEME_FORCE_DARK);
  draw (g_ptr_array_index (pictures, 0));
  g_assert_true (holdfast_still_picture_get_texture (g_ptr_array_index (pictures, 0)) != light);
  adw_style_manager_set_color_scheme (manager, ADW_COLOR_SCHEME_DEFAULT);
}

static double
to_ms (clock_t time)
{
  return (double) time * 1000 / CLOCKS_PER_SEC;
}

/* From nothing to the first frame: made, laid out, drawn; in a processor's time, whatever else the
 * machine does. The number is for an optimised build (run it with -m perf); sanitizers take
 * theirs. */
static void
test_open_time (void)
{
  g_autoptr (HoldfastCatalogue) catalogue = holdfast_catalogue_new (NULL);
  GtkWidget *window = adw_window_new ();
  GtkWidget *view = adw_navigation_view_new ();
  HoldfastPage *page = NULL;
  clock_t began;
  clock_t made;
  clock_t painted;

  adw_window_set_content (ADW_WINDOW (window), view);
  gtk_window_set_default_size (GTK_WINDOW (window), 1280, 900);
  gtk_window_present (GTK_WINDOW (window));
  lay_out (window);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);

  began = clock ();
  page = g_object_ref (holdfast_choose_page_new (catalogue));
  made = clock ();
  adw_navigation_view_push (ADW_NAVIGATION_VIEW (view), ADW_NAVIGATION_PAGE (page));
  lay_out (window);
  painted = clock ();
  g_test_message (
      "made after %.1f ms, painted after %.1f ms", to_ms (made - began), to_ms (painted - began));
  if (g_test_perf ())
    g_assert_cmpfloat (to_ms (painted - began), <, MOST_OPEN_MS);
  gtk_window_destroy (GTK_WINDOW (window));
  holdfast_test_assert_finalize (page);
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *path;
    int width;
    void (*func) (Fixture *self, gconstpointer width);
  } tests[] = {
    { "/choose/roles",         360,  test_roles         },
    { "/choose/notes",         360,  test_notes         },
    { "/choose/columns/360",   360,  test_columns       },
    { "/choose/columns/1280",  1280, test_columns       },
    { "/choose/large-text",    360,  test_large_text    },
    { "/choose/mirrored",      360,  test_mirrored      },
    { "/choose/focus",         360,  test_focus         },
    { "/choose/click",         360,  test_click         },
    { "/choose/search",        360,  test_search        },
    { "/choose/nothing-found", 360,  test_nothing_found },
    { "/choose/escape",        360,  test_escape        },
    { "/choose/form",          360,  test_form          },
    { "/choose/unlisted",      360,  test_unlisted      },
    { "/choose/pictures",      360,  test_pictures      },
  };

  g_test_init (&argc, &argv, NULL);
  g_assert_true (holdfast_widgets_init ());
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (
        tests[i].path, Fixture, GINT_TO_POINTER (tests[i].width), set_up, tests[i].func, tear_down);
  g_test_add_func ("/choose/open-time", test_open_time);
  return g_test_run ();
}
