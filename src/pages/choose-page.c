/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "choose-page.h"

#include <glib/gi18n-lib.h>

#include "sentences.h"
#include "widgets.h"

struct _HoldfastChoosePage {
  HoldfastPage parent_instance;

  HoldfastCatalogue *catalogue;
  GHashTable *found; /* of HoldfastHeadset, borrowed; NULL while nothing is searched for */

  GtkEditable *search;
  GtkListBox *models_list;
  GtkWidget *models_group;
  GtkWidget *families_group;
  GtkListBox *families_list;
  GtkWidget *nothing_label;
};

G_DEFINE_FINAL_TYPE (HoldfastChoosePage, holdfast_choose_page, HOLDFAST_TYPE_PAGE)

enum {
  CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static HoldfastHeadset *
headset_of (GtkListBoxRow *row)
{
  return g_object_get_data (G_OBJECT (row), "holdfast-headset");
}

static void
row_activated_cb (HoldfastChoosePage *self, GtkListBoxRow *row)
{
  g_signal_emit (self, signals[CHOSEN], 0, headset_of (row));
}

static gboolean
is_shown (GtkListBoxRow *row, gpointer user_data)
{
  HoldfastChoosePage *self = user_data;

  return self->found == NULL || g_hash_table_contains (self->found, headset_of (row));
}

static void
search_changed_cb (HoldfastChoosePage *self)
{
  const char *text = gtk_editable_get_text (self->search);
  gboolean searches = *text != '\0';

  g_clear_pointer (&self->found, g_hash_table_unref);
  if (searches) {
    g_autoptr (GPtrArray) hits = holdfast_catalogue_search (self->catalogue, text);

    self->found = g_hash_table_new (NULL, NULL);
    for (guint i = 0; i < hits->len; i++)
      g_hash_table_add (self->found, g_ptr_array_index (hits, i));
  }
  gtk_list_box_invalidate_filter (self->models_list);
  gtk_widget_set_visible (self->models_group,
                          self->found == NULL || g_hash_table_size (self->found) > 0);
  gtk_widget_set_visible (self->nothing_label,
                          self->found != NULL && g_hash_table_size (self->found) == 0);
}

/* Enter takes the only one that is left. */
static void
search_activated_cb (HoldfastChoosePage *self)
{
  GHashTableIter iter;
  gpointer headset = NULL;

  if (self->found == NULL || g_hash_table_size (self->found) != 1)
    return;
  g_hash_table_iter_init (&iter, self->found);
  if (g_hash_table_iter_next (&iter, &headset, NULL))
    g_signal_emit (self, signals[CHOSEN], 0, headset);
}

static void
add_row (HoldfastChoosePage *self, GtkListBox *list, HoldfastHeadset *headset)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), holdfast_headset_get_name (headset));
  if (!holdfast_headset_is_family (headset))
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row),
                                 holdfast_form_get_label (holdfast_headset_get_form (headset)));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (
      G_OBJECT (row), "holdfast-headset", g_object_ref (headset), g_object_unref);
  gtk_list_box_append (list, row);
}

static void
fill (HoldfastChoosePage *self, GtkListBox *list, GListModel *headsets)
{
  for (guint i = 0; i < g_list_model_get_n_items (headsets); i++) {
    g_autoptr (HoldfastHeadset) headset = g_list_model_get_item (headsets, i);

    add_row (self, list, headset);
  }
}

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

  g_clear_pointer (&self->found, g_hash_table_unref);
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

  gtk_widget_class_set_template_from_resource (widget_class, HOLDFAST_UI_PREFIX "choose-page.ui");
  gtk_widget_class_bind_template_child (widget_class, HoldfastChoosePage, search);
  gtk_widget_class_bind_template_child (widget_class, HoldfastChoosePage, models_list);
  gtk_widget_class_bind_template_child (widget_class, HoldfastChoosePage, models_group);
  gtk_widget_class_bind_template_child (widget_class, HoldfastChoosePage, families_group);
  gtk_widget_class_bind_template_child (widget_class, HoldfastChoosePage, families_list);
  gtk_widget_class_bind_template_child (widget_class, HoldfastChoosePage, nothing_label);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activated_cb);
}

static void
holdfast_choose_page_init (HoldfastChoosePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_set_filter_func (self->models_list, is_shown, self, NULL);
}

HoldfastPage *
holdfast_choose_page_new (HoldfastCatalogue *catalogue)
{
  HoldfastChoosePage *self = NULL;

  g_return_val_if_fail (HOLDFAST_IS_CATALOGUE (catalogue), NULL);

  self = g_object_new (HOLDFAST_TYPE_CHOOSE_PAGE, NULL);
  self->catalogue = g_object_ref (catalogue);
  fill (self, self->models_list, holdfast_catalogue_get_models (catalogue));
  fill (self, self->families_list, holdfast_catalogue_get_families (catalogue));
  return HOLDFAST_PAGE (self);
}
