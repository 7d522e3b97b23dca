/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <adwaita.h>

#include "catalogue.h"
#include "holdfast-test.h"
#include "interview-page.h"
#include "still-picture.h"
#include "widgets.h"

typedef struct {
  HoldfastCatalogue *catalogue;
  GHashTable *families; /* ids that were reached */
  guint n_ends;
  guint deepest;
} Walk;

static gboolean
has_family (HoldfastCatalogue *catalogue, const char *id)
{
  GListModel *families = holdfast_catalogue_get_families (catalogue);

  for (guint i = 0; i < g_list_model_get_n_items (families); i++) {
    g_autoptr (HoldfastHeadset) family = g_list_model_get_item (families, i);

    if (g_strcmp0 (holdfast_headset_get_id (family), id) == 0)
      return TRUE;
  }
  return FALSE;
}

static gboolean
has_model_of (HoldfastCatalogue *catalogue, HoldfastForm form)
{
  GListModel *models = holdfast_catalogue_get_models (catalogue);

  for (guint i = 0; i < g_list_model_get_n_items (models); i++) {
    g_autoptr (HoldfastHeadset) model = g_list_model_get_item (models, i);

    if (holdfast_headset_get_form (model) == form)
      return TRUE;
  }
  return FALSE;
}

static void
assert_drawn (const HoldfastInterviewPicture *picture)
{
  GtkWidget *widget = g_object_ref_sink (holdfast_still_picture_new (90));
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();

  /* What cannot be read is a warning, and a warning ends the test. */
  holdfast_still_picture_set_drawing (
      HOLDFAST_STILL_PICTURE (widget), picture->name, picture->view, picture->words, picture->mark);
  gtk_widget_allocate (widget, 120, 90, -1, NULL);
  GTK_WIDGET_GET_CLASS (widget)->snapshot (widget, snapshot);
  g_assert_nonnull (holdfast_still_picture_get_texture (HOLDFAST_STILL_PICTURE (widget)));
  holdfast_test_assert_finalize (widget);
}

static void
end (Walk *walk, const HoldfastInterview *at)
{
  walk->n_ends++;
  if (at->stage == HOLDFAST_INTERVIEW_FAMILY) {
    g_test_message ("%s %s", at->unlisted ? "unlisted" : "listed", at->family);
    g_assert_true (has_family (walk->catalogue, at->family));
    g_hash_table_add (walk->families, (gpointer) at->family);
  } else {
    g_assert_cmpint (at->stage, ==, HOLDFAST_INTERVIEW_GRID);
    /* What is not in the list is sent there only where no family's way would fit. */
    if (at->unlisted)
      g_assert_cmpint (at->form, ==, HOLDFAST_FORM_GAMING_EARBUDS);
    g_assert_true (has_model_of (walk->catalogue, at->form));
  }
}

static void
walk_on (Walk *walk, const HoldfastInterview *at, guint depth)
{
  guint n_answers = holdfast_interview_get_n_answers (at);
  const HoldfastInterviewPicture *picture = NULL;

  if (n_answers == 0) {
    end (walk, at);
    return;
  }
  /* No loop either: it would be deeper than that. */
  depth++;
  g_assert_cmpuint (depth, <=, HOLDFAST_INTERVIEW_MAX_DEPTH);
  walk->deepest = MAX (walk->deepest, depth);
  g_assert_cmpstr (holdfast_interview_get_heading (at), !=, "");
  g_assert_cmpstr (holdfast_interview_get_sentence (at), !=, "");
  picture = holdfast_interview_get_picture (at);
  g_assert_true ((picture != NULL) == (at->stage == HOLDFAST_INTERVIEW_PLACE));
  if (picture != NULL)
    assert_drawn (picture);
  for (guint i = 0; i < n_answers; i++) {
    HoldfastInterview next = holdfast_interview_answer (at, i);

    g_assert_cmpstr (holdfast_interview_get_answer (at, i), !=, "");
    picture = holdfast_interview_get_answer_picture (at, i);
    if (at->stage != HOLDFAST_INTERVIEW_PLACE)
      assert_drawn (picture);
    walk_on (walk, &next, depth);
  }
  if (holdfast_interview_can_skip (at)) {
    HoldfastInterview next = holdfast_interview_skip (at);

    walk_on (walk, &next, depth);
  }
}

/* Every path ends well and soon, and every family is at the end of one. */
static void
test_paths (gconstpointer unlisted)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HoldfastCatalogue) catalogue = holdfast_catalogue_new (&error);
  g_autoptr (GHashTable) families = g_hash_table_new (g_str_hash, g_str_equal);
  Walk walk = { .catalogue = catalogue, .families = families };
  HoldfastInterview begin = holdfast_interview_begin (GPOINTER_TO_INT (unlisted));

  g_assert_no_error (error);
  walk_on (&walk, &begin, 0);
  g_test_message ("%u ends, %u questions at most", walk.n_ends, walk.deepest);
  g_assert_cmpuint (g_hash_table_size (families),
                    ==,
                    g_list_model_get_n_items (holdfast_catalogue_get_families (catalogue)));
}

static HoldfastInterview
answer_by_label (const HoldfastInterview *at, const char *label)
{
  for (guint i = 0; i < holdfast_interview_get_n_answers (at); i++) {
    if (g_str_equal (holdfast_interview_get_answer (at, i), label))
      return holdfast_interview_answer (at, i);
  }
  g_error ("“%s” is no answer to “%s”", label, holdfast_interview_get_heading (at));
}

/* What was said about the case is known at the end, and "I do not know" says nothing. */
static void
test_case_button (void)
{
  HoldfastInterview begin = holdfast_interview_begin (FALSE);
  HoldfastInterview at = answer_by_label (&begin, "In the ears");
  HoldfastInterview no = answer_by_label (&at, "No button");
  HoldfastInterview unknown = holdfast_interview_skip (&at);

  g_assert_cmpint (at.stage, ==, HOLDFAST_INTERVIEW_CASE_BUTTON);
  no = answer_by_label (&no, "1000X");
  g_assert_cmpint (no.stage, ==, HOLDFAST_INTERVIEW_PLACE);
  no = holdfast_interview_answer (&no, HOLDFAST_INTERVIEW_NO_NAME);
  g_assert_cmpint (no.stage, ==, HOLDFAST_INTERVIEW_FAMILY);
  g_assert_cmpint (no.case_button, ==, HOLDFAST_TRISTATE_NO);
  g_assert_cmpstr (no.family, ==, "family-wf-1000x");
  g_assert_cmpint (unknown.stage, ==, HOLDFAST_INTERVIEW_EARBUDS_LINE);
  g_assert_cmpint (unknown.case_button, ==, HOLDFAST_TRISTATE_UNKNOWN);
}

/* ---- The pages ---- */

static GtkWidget *
find_button (GtkWidget *within, const char *label)
{
  for (GtkWidget *child = gtk_widget_get_first_child (within); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = NULL;

    if (GTK_IS_BUTTON (child)
        && gtk_test_accessible_has_property (GTK_ACCESSIBLE (child),
                                             GTK_ACCESSIBLE_PROPERTY_LABEL)) {
      g_autofree char *wrong = gtk_test_accessible_check_property (
          GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_PROPERTY_LABEL, label);

      if (wrong == NULL)
        return child;
    }
    found = find_button (child, label);
    if (found != NULL)
      return found;
  }
  return NULL;
}

static GtkWidget *
show (HoldfastPage *page)
{
  GtkWidget *window = adw_window_new ();
  GtkWidget *view = adw_navigation_view_new ();
  int minimum = 0;

  adw_navigation_view_push (ADW_NAVIGATION_VIEW (view), ADW_NAVIGATION_PAGE (page));
  adw_window_set_content (ADW_WINDOW (window), view);
  gtk_window_set_default_size (GTK_WINDOW (window), 360, 640);
  gtk_window_present (GTK_WINDOW (window));
  holdfast_test_settle ();
  gtk_widget_measure (window, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 360);
  return window;
}

static void
answered_cb (HoldfastPage *page, const HoldfastInterview *next, HoldfastInterview *ret_next)
{
  *ret_next = *next;
}

/* A card has its words as a name, is a button, and is where the focus comes back to. */
static void
test_page (void)
{
  HoldfastInterview begin = holdfast_interview_begin (FALSE);
  HoldfastInterview next = { 0 };
  HoldfastPage *page = g_object_ref_sink (holdfast_interview_page_new (&begin));
  GtkWidget *window = show (page);
  GtkWidget *first = find_button (GTK_WIDGET (page), "Over the ears");
  GtkWidget *neck = find_button (GTK_WIDGET (page), "Around the neck");

  g_assert_nonnull (first);
  g_assert_nonnull (neck);
  gtk_test_accessible_assert_role (neck, GTK_ACCESSIBLE_ROLE_BUTTON);
  gtk_test_accessible_assert_role (gtk_widget_get_parent (neck), GTK_ACCESSIBLE_ROLE_GROUP);
  holdfast_page_arrive (page);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (window)) == first);
  g_signal_connect (page, "answered", G_CALLBACK (answered_cb), &next);
  g_signal_emit_by_name (neck, "clicked");
  g_assert_cmpint (next.stage, ==, HOLDFAST_INTERVIEW_PLACE);
  g_assert_cmpint (next.form, ==, HOLDFAST_FORM_NECKBAND);
  gtk_widget_grab_focus (first);
  holdfast_page_arrive (page);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (window)) == neck);
  gtk_window_destroy (GTK_WINDOW (window));
  holdfast_test_assert_finalize (page);
}

static void
show_all_pages (const HoldfastInterview *at)
{
  HoldfastPage *page = NULL;
  GtkWidget *window = NULL;

  if (holdfast_interview_get_n_answers (at) == 0)
    return;
  page = g_object_ref_sink (holdfast_interview_page_new (at));
  window = show (page);
  holdfast_page_arrive (page);
  g_assert_nonnull (gtk_window_get_focus (GTK_WINDOW (window)));
  gtk_window_destroy (GTK_WINDOW (window));
  holdfast_test_assert_finalize (page);
  for (guint i = 0; i < holdfast_interview_get_n_answers (at); i++) {
    HoldfastInterview next = holdfast_interview_answer (at, i);

    show_all_pages (&next);
  }
}

/* Each of them fits on a telephone and goes away. */
static void
test_all_pages (void)
{
  HoldfastInterview begin = holdfast_interview_begin (FALSE);

  show_all_pages (&begin);
}

/* So they do with text twice as large. */
static void
test_large_text (void)
{
  HoldfastInterview begin = holdfast_interview_begin (FALSE);
  int dpi = 0;

  g_object_get (gtk_settings_get_default (), "gtk-xft-dpi", &dpi, NULL);
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 2 * 96 * PANGO_SCALE, NULL);
  show_all_pages (&begin);
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", dpi, NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (holdfast_widgets_init ());
  g_test_add_data_func ("/interview/paths/listed", GINT_TO_POINTER (FALSE), test_paths);
  g_test_add_data_func ("/interview/paths/unlisted", GINT_TO_POINTER (TRUE), test_paths);
  g_test_add_func ("/interview/case-button", test_case_button);
  g_test_add_func ("/interview/page", test_page);
  g_test_add_func ("/interview/all-pages", test_all_pages);
  g_test_add_func ("/interview/large-text", test_large_text);
  return g_test_run ();
}
