/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "choose-page.h"

#include <glib/gi18n-lib.h>

#include "card-grid.h"
#include "sentences.h"
#include "still-picture.h"
#include "widgets.h"

/* Heights of pictures in pixels. */
#define CARD_HEIGHT 84
#define HINT_HEIGHT 36
#define MOST_COLUMNS 6

typedef struct {
  GtkWidget *heading; /* NULL: there is no such model */
  HoldfastCardGrid *grid;
} Section;

struct _HoldfastChoosePage {
  HoldfastPage parent_instance;

  HoldfastCatalogue *catalogue;
  GPtrArray *cards;  /* in display order; borrowed */
  GPtrArray *found;  /* of HoldfastHeadset, best first, borrowed; NULL: nothing is searched for */
  HoldfastForm form; /* the only one shown; MAX: all */
  Section sections_by_form[HOLDFAST_FORM_MAX];

  GtkEditable *search;
  GtkBox *unsure_pictures;
  GtkLabel *count_label;
  GtkWidget *all_button;
  GtkWidget *nothing;
  GtkBox *sections;
};

G_DEFINE_FINAL_TYPE (HoldfastChoosePage, holdfast_choose_page, HOLDFAST_TYPE_PAGE)

enum {
  CHOSEN,
  UNSURE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static HoldfastHeadset *
headset_of (GtkWidget *card)
{
  return g_object_get_data (G_OBJECT (card), "holdfast-headset");
}

static gboolean
is_wanted (HoldfastChoosePage *self, HoldfastHeadset *headset)
{
  if (self->found != NULL)
    return g_ptr_array_find (self->found, headset, NULL);
  return self->form == HOLDFAST_FORM_MAX || holdfast_headset_get_form (headset) == self->form;
}

/* ---- What is shown ---- */

static char *
describe (HoldfastChoosePage *self, guint count)
{
  g_autofree char *models = NULL;

  if (count == 0)
    return g_strdup (_ ("No model has this name."));
  models = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                         /* Translators: how many models are shown. */
                                         "%u model",
                                         "%u models",
                                         count),
                            count);
  if (self->found != NULL)
    /* Translators: %1$s is "3 models", %2$s the name of the one that the Enter key takes. */
    return g_strdup_printf (_ ("%1$s. Enter takes %2$s."),
                            models,
                            holdfast_headset_get_name (g_ptr_array_index (self->found, 0)));
  if (self->form != HOLDFAST_FORM_MAX)
    /* Translators: %1$s is a kind, such as "Over-ear headphones", %2$s is "3 models". */
    return g_strdup_printf (_ ("%1$s only: %2$s."), holdfast_form_get_label (self->form), models);
  return g_steal_pointer (&models);
}

static void
show (HoldfastChoosePage *self)
{
  guint counts[HOLDFAST_FORM_MAX] = { 0 };
  guint count = 0;
  g_autofree char *words = NULL;

  for (guint i = 0; i < self->cards->len; i++) {
    GtkWidget *card = g_ptr_array_index (self->cards, i);
    HoldfastHeadset *headset = headset_of (card);
    HoldfastForm form = holdfast_headset_get_form (headset);
    gboolean wanted = is_wanted (self, headset);

    holdfast_card_grid_set_shown (self->sections_by_form[form].grid, card, wanted);
    counts[form] += wanted;
    count += wanted;
  }
  for (HoldfastForm form = 0; form < HOLDFAST_FORM_MAX; form++) {
    if (self->sections_by_form[form].heading == NULL)
      continue;
    gtk_widget_set_visible (self->sections_by_form[form].heading, counts[form] > 0);
    gtk_widget_set_visible (GTK_WIDGET (self->sections_by_form[form].grid), counts[form] > 0);
  }
  words = describe (self, count);
  gtk_label_set_text (self->count_label, words);
  gtk_widget_set_visible (self->nothing, count == 0);
  gtk_widget_set_visible (self->all_button, self->found == NULL && self->form != HOLDFAST_FORM_MAX);
}

/* Returns: TRUE if it made a difference */
static gboolean
search (HoldfastChoosePage *self)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (self->search)));

  if (self->found == NULL && *text == '\0')
    return FALSE;
  g_clear_pointer (&self->found, g_ptr_array_unref);
  if (*text != '\0')
    self->found = holdfast_catalogue_search (self->catalogue, text);
  show (self);
  return TRUE;
}

static void
search_changed_cb (HoldfastChoosePage *self)
{
  if (search (self))
    holdfast_page_say (HOLDFAST_PAGE (self), gtk_label_get_text (self->count_label), FALSE);
}

static void
show_all (HoldfastChoosePage *self)
{
  gtk_editable_set_text (self->search, "");
  self->form = HOLDFAST_FORM_MAX;
  g_clear_pointer (&self->found, g_ptr_array_unref);
  show (self);
  holdfast_page_say (HOLDFAST_PAGE (self), gtk_label_get_text (self->count_label), FALSE);
}

static void
show_all_cb (HoldfastChoosePage *self)
{
  show_all (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

/* ---- What the person does ---- */

/* Typed somewhere else on the page: what was typed stays. */
static void
search_started_cb (HoldfastChoosePage *self)
{
  GtkEditable *text = gtk_editable_get_delegate (self->search);

  if (!gtk_widget_has_focus (GTK_WIDGET (text)))
    gtk_text_grab_focus_without_selecting (GTK_TEXT (text));
}

static gboolean
clear (HoldfastChoosePage *self)
{
  if (*gtk_editable_get_text (self->search) == '\0' && self->form == HOLDFAST_FORM_MAX)
    return FALSE;
  show_all (self);
  return TRUE;
}

/* Escape in the entry; a second one goes back. */
static void
stop_search_cb (HoldfastChoosePage *self)
{
  if (!clear (self))
    gtk_widget_activate_action (GTK_WIDGET (self), "wizard.back", NULL);
}

/* Escape elsewhere on the page; if there is nothing to clear, the frame has it. */
static gboolean
escape_cb (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  HoldfastChoosePage *self = HOLDFAST_CHOOSE_PAGE (widget);

  if (!clear (self))
    return GDK_EVENT_PROPAGATE;
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
  return GDK_EVENT_STOP;
}

/* Enter may come before the search has caught up with what was typed. */
static void
search_activated_cb (HoldfastChoosePage *self)
{
  search (self);
  if (self->found != NULL && self->found->len > 0)
    g_signal_emit (self, signals[CHOSEN], 0, g_ptr_array_index (self->found, 0));
}

static void
unsure_cb (HoldfastChoosePage *self)
{
  g_signal_emit (self, signals[UNSURE], 0, FALSE);
}

static void
other_cb (HoldfastChoosePage *self)
{
  g_signal_emit (self, signals[UNSURE], 0, TRUE);
}

static void
card_clicked_cb (GtkWidget *card, HoldfastChoosePage *self)
{
  g_signal_emit (self, signals[CHOSEN], 0, headset_of (card));
}

/* ---- Filling it ---- */

static GtkWidget *
new_picture (HoldfastHeadset *headset, int height)
{
  GtkWidget *picture = holdfast_still_picture_new (height);

  holdfast_still_picture_set_headset (HOLDFAST_STILL_PICTURE (picture), headset);
  return picture;
}

static void
add_section (HoldfastChoosePage *self, HoldfastForm form)
{
  const char *title = holdfast_form_get_label (form);
  GtkWidget *heading
      = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_HEADING, NULL);
  GtkWidget *grid = holdfast_card_grid_new (MOST_COLUMNS);

  gtk_label_set_text (GTK_LABEL (heading), title);
  gtk_label_set_wrap (GTK_LABEL (heading), TRUE);
  gtk_label_set_xalign (GTK_LABEL (heading), 0);
  gtk_widget_add_css_class (heading, "title-4");
  gtk_widget_set_margin_top (heading, 12);
  gtk_accessible_update_property (GTK_ACCESSIBLE (heading), GTK_ACCESSIBLE_PROPERTY_LEVEL, 2, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (grid), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_box_append (self->sections, heading);
  gtk_box_append (self->sections, grid);
  self->sections_by_form[form].heading = heading;
  self->sections_by_form[form].grid = HOLDFAST_CARD_GRID (grid);
}

static void
add_card (HoldfastChoosePage *self, HoldfastHeadset *headset, GtkSizeGroup *widths)
{
  GtkWidget *card = holdfast_card_new (new_picture (headset, CARD_HEIGHT),
                                       holdfast_headset_get_name (headset),
                                       holdfast_headset_get_no_bluetooth_note (headset));

  g_object_set_data_full (
      G_OBJECT (card), "holdfast-headset", g_object_ref (headset), g_object_unref);
  g_signal_connect_object (card, "clicked", G_CALLBACK (card_clicked_cb), self, 0);
  /* The columns of all sections stand below each other. */
  gtk_size_group_add_widget (widths, card);
  holdfast_card_grid_append (self->sections_by_form[holdfast_headset_get_form (headset)].grid,
                             card);
  g_ptr_array_add (self->cards, card);
}

static void
fill (HoldfastChoosePage *self)
{
  static const char *const hints[] = { "on-ear", "neckband" };
  GListModel *models = holdfast_catalogue_get_models (self->catalogue);
  g_autoptr (GtkSizeGroup) widths = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);

  for (HoldfastForm form = 0; form < HOLDFAST_FORM_MAX; form++) {
    for (guint i = 0; i < g_list_model_get_n_items (models); i++) {
      g_autoptr (HoldfastHeadset) headset = g_list_model_get_item (models, i);

      if (holdfast_headset_get_form (headset) != form)
        continue;
      if (self->sections_by_form[form].heading == NULL)
        add_section (self, form);
      add_card (self, headset, widths);
    }
  }
  for (guint i = 0; i < G_N_ELEMENTS (hints); i++) {
    GtkWidget *picture = holdfast_still_picture_new (HINT_HEIGHT);

    holdfast_still_picture_set_drawing (
        HOLDFAST_STILL_PICTURE (picture), hints[i], NULL, NULL, NULL);
    gtk_box_append (self->unsure_pictures, picture);
  }
  show (self);
}

/* ---- The page ---- */

static void
update (HoldfastPage *page, const HoldfastMachine *machine)
{
}

static GtkWidget *
get_initial_focus (HoldfastPage *page)
{
  return GTK_WIDGET (HOLDFAST_CHOOSE_PAGE (page)->search);
}

static void
holdfast_choose_page_dispose (GObject *object)
{
  HoldfastChoosePage *self = HOLDFAST_CHOOSE_PAGE (object);

  g_clear_pointer (&self->found, g_ptr_array_unref);
  g_clear_pointer (&self->cards, g_ptr_array_unref);
  g_clear_object (&self->catalogue);
  gtk_widget_dispose_template (GTK_WIDGET (object), HOLDFAST_TYPE_CHOOSE_PAGE);

  G_OBJECT_CLASS (holdfast_choose_page_parent_class)->dispose (object);
}

static void
holdfast_choose_page_class_init (HoldfastChoosePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = holdfast_choose_page_dispose;
  HOLDFAST_PAGE_CLASS (klass)->update = update;
  HOLDFAST_PAGE_CLASS (klass)->get_initial_focus = get_initial_focus;

  signals[CHOSEN] = g_signal_new ("chosen",
                                  HOLDFAST_TYPE_CHOOSE_PAGE,
                                  G_SIGNAL_RUN_LAST,
                                  0,
                                  NULL,
                                  NULL,
                                  NULL,
                                  G_TYPE_NONE,
                                  1,
                                  HOLDFAST_TYPE_HEADSET);
  signals[UNSURE] = g_signal_new ("unsure",
                                  HOLDFAST_TYPE_CHOOSE_PAGE,
                                  G_SIGNAL_RUN_LAST,
                                  0,
                                  NULL,
                                  NULL,
                                  NULL,
                                  G_TYPE_NONE,
                                  1,
                                  G_TYPE_BOOLEAN);

  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, escape_cb, NULL);

  gtk_widget_class_set_template_from_resource (widget_class, HOLDFAST_UI_PREFIX "choose-page.ui");
  gtk_widget_class_bind_template_child (widget_class, HoldfastChoosePage, search);
  gtk_widget_class_bind_template_child (widget_class, HoldfastChoosePage, unsure_pictures);
  gtk_widget_class_bind_template_child (widget_class, HoldfastChoosePage, count_label);
  gtk_widget_class_bind_template_child (widget_class, HoldfastChoosePage, all_button);
  gtk_widget_class_bind_template_child (widget_class, HoldfastChoosePage, nothing);
  gtk_widget_class_bind_template_child (widget_class, HoldfastChoosePage, sections);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_started_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_all_cb);
  gtk_widget_class_bind_template_callback (widget_class, unsure_cb);
  gtk_widget_class_bind_template_callback (widget_class, other_cb);
}

static void
holdfast_choose_page_init (HoldfastChoosePage *self)
{
  self->cards = g_ptr_array_new ();
  self->form = HOLDFAST_FORM_MAX;
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_search_entry_set_key_capture_widget (GTK_SEARCH_ENTRY (self->search), GTK_WIDGET (self));
}

HoldfastPage *
holdfast_choose_page_new (HoldfastCatalogue *catalogue)
{
  HoldfastChoosePage *self = NULL;

  g_return_val_if_fail (HOLDFAST_IS_CATALOGUE (catalogue), NULL);

  self = g_object_new (HOLDFAST_TYPE_CHOOSE_PAGE, NULL);
  self->catalogue = g_object_ref (catalogue);
  fill (self);
  return HOLDFAST_PAGE (self);
}

void
holdfast_choose_page_show_form (HoldfastChoosePage *self, HoldfastForm form)
{
  g_return_if_fail (HOLDFAST_IS_CHOOSE_PAGE (self));
  g_return_if_fail (form <= HOLDFAST_FORM_MAX);

  gtk_editable_set_text (self->search, "");
  g_clear_pointer (&self->found, g_ptr_array_unref);
  self->form = form;
  show (self);
  holdfast_page_say (HOLDFAST_PAGE (self), gtk_label_get_text (self->count_label), FALSE);
}
