/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "home-page.h"

#include <glib/gi18n-lib.h>

#include "sentences.h"
#include "widgets.h"

struct _HoldfastHomePage {
  HoldfastPage parent_instance;

  HoldfastCatalogue *catalogue;
  HoldfastRadio *radio;

  GtkWidget *trouble_group;
  AdwActionRow *trouble_row;
  GtkWidget *known_group;
  GtkListBox *known_list;
};

G_DEFINE_FINAL_TYPE (HoldfastHomePage, holdfast_home_page, HOLDFAST_TYPE_PAGE)

enum {
  PAIR,
  PRACTICE,
  KNOWN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
show_trouble (HoldfastHomePage *self)
{
  HoldfastFailure failure
      = self->radio != NULL ? holdfast_radio_get_readiness (self->radio) : HOLDFAST_FAILURE_NO_BUS;
  gboolean none = failure == HOLDFAST_FAILURE_NO_BUS || failure == HOLDFAST_FAILURE_NO_SERVICE
                  || failure == HOLDFAST_FAILURE_NO_ADAPTER
                  || failure == HOLDFAST_FAILURE_ACCESS_DENIED
                  || failure == HOLDFAST_FAILURE_SANDBOX;

  /* What can be switched on is repaired on the way, where it is asked for. */
  gtk_widget_set_visible (self->trouble_group, none);
  if (!none)
    return;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->trouble_row),
                                 holdfast_failure_get_title (failure));
  adw_action_row_set_subtitle (self->trouble_row, holdfast_failure_get_sentence (failure));
}

typedef struct {
  HoldfastHomePage *page;
  guint count;
} Filling;

static void
known_activated_cb (AdwActionRow *row, HoldfastHomePage *self)
{
  HoldfastHeadset *headset = holdfast_catalogue_find (
      self->catalogue, g_object_get_data (G_OBJECT (row), "holdfast-id"));

  if (headset != NULL)
    g_signal_emit (self, signals[KNOWN], 0, headset);
}

static HoldfastHeadset *
find_model (HoldfastHomePage *self, const HoldfastSighting *sighting)
{
  GListModel *models = holdfast_catalogue_get_models (self->catalogue);

  for (guint i = 0; i < g_list_model_get_n_items (models); i++) {
    g_autoptr (HoldfastHeadset) model = g_list_model_get_item (models, i);

    if (holdfast_sighting_is_model (sighting, self->catalogue, model))
      return model; /* the catalogue keeps it */
  }
  return NULL;
}

static void
add_known_cb (const HoldfastSighting *sighting, gpointer user_data)
{
  Filling *filling = user_data;
  HoldfastHomePage *self = filling->page;
  HoldfastHeadset *model = NULL;
  GtkWidget *row = NULL;
  g_autofree char *name = NULL;
  g_autofree char *state = NULL;

  if (!sighting->paired)
    return;
  model = find_model (self, sighting);
  if (model == NULL || holdfast_headset_get_radio (model) != HOLDFAST_RADIO_CLASSIC)
    return;
  row = adw_action_row_new ();
  name = holdfast_display_name (sighting->name);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 2);
  state = g_strdup_printf (
      "%s %s",
      sighting->connected ? _ ("Connected.") : _ ("Not connected."),
      sighting->connected ? holdfast_battery_to_words (sighting->battery_percent) : "");
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), g_strstrip (state));
  g_object_set_data_full (
      G_OBJECT (row), "holdfast-id", g_strdup (holdfast_headset_get_id (model)), g_free);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name ("go-next-symbolic"));
  g_signal_connect_object (row, "activated", G_CALLBACK (known_activated_cb), self, 0);
  gtk_list_box_append (self->known_list, row);
  filling->count++;
}

static void
show_known (HoldfastHomePage *self)
{
  Filling filling = { .page = self };

  gtk_list_box_remove_all (self->known_list);
  if (self->radio != NULL)
    holdfast_radio_foreach (self->radio, add_known_cb, &filling);
  gtk_widget_set_visible (self->known_group, filling.count > 0);
}

static void
readiness_changed_cb (HoldfastHomePage *self)
{
  show_trouble (self);
  show_known (self);
}

static void
device_changed_cb (HoldfastHomePage *self, const HoldfastSighting *sighting)
{
  if (sighting->paired)
    show_known (self);
}

static void
gone_cb (HoldfastHomePage *self, guint device)
{
  show_known (self);
}

static void
practice_cb (HoldfastHomePage *self)
{
  g_signal_emit (self, signals[PRACTICE], 0);
}

static void
press (HoldfastPage *page, HoldfastPageButton button, HoldfastEventKind intent)
{
  g_signal_emit (page, signals[PAIR], 0);
}

static void
update (HoldfastPage *page, const HoldfastMachine *machine)
{
}

static void
holdfast_home_page_dispose (GObject *object)
{
  HoldfastHomePage *self = HOLDFAST_HOME_PAGE (object);

  g_clear_object (&self->catalogue);
  g_clear_object (&self->radio);
  gtk_widget_dispose_template (GTK_WIDGET (object), HOLDFAST_TYPE_HOME_PAGE);

  G_OBJECT_CLASS (holdfast_home_page_parent_class)->dispose (object);
}

static guint
new_signal (const char *name, GType parameter)
{
  return g_signal_new (name,
                       HOLDFAST_TYPE_HOME_PAGE,
                       G_SIGNAL_RUN_LAST,
                       0,
                       NULL,
                       NULL,
                       NULL,
                       G_TYPE_NONE,
                       parameter != G_TYPE_NONE ? 1 : 0,
                       parameter);
}

static void
holdfast_home_page_class_init (HoldfastHomePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = holdfast_home_page_dispose;
  HOLDFAST_PAGE_CLASS (klass)->update = update;
  HOLDFAST_PAGE_CLASS (klass)->press = press;

  signals[PAIR] = new_signal ("pair", G_TYPE_NONE);
  signals[PRACTICE] = new_signal ("practice", G_TYPE_NONE);
  signals[KNOWN] = new_signal ("known", HOLDFAST_TYPE_HEADSET);

  gtk_widget_class_set_template_from_resource (widget_class, HOLDFAST_UI_PREFIX "home-page.ui");
  gtk_widget_class_bind_template_child (widget_class, HoldfastHomePage, trouble_group);
  gtk_widget_class_bind_template_child (widget_class, HoldfastHomePage, trouble_row);
  gtk_widget_class_bind_template_child (widget_class, HoldfastHomePage, known_group);
  gtk_widget_class_bind_template_child (widget_class, HoldfastHomePage, known_list);
  gtk_widget_class_bind_template_callback (widget_class, practice_cb);
}

static void
holdfast_home_page_init (HoldfastHomePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  holdfast_page_set_button (HOLDFAST_PAGE (self),
                            HOLDFAST_PAGE_BUTTON_PRIMARY,
                            _ ("_Pair headphones"),
                            HOLDFAST_EVENT_MAX);
}

HoldfastPage *
holdfast_home_page_new (HoldfastCatalogue *catalogue)
{
  HoldfastHomePage *self = NULL;

  g_return_val_if_fail (HOLDFAST_IS_CATALOGUE (catalogue), NULL);

  self = g_object_new (HOLDFAST_TYPE_HOME_PAGE, NULL);
  self->catalogue = g_object_ref (catalogue);
  return HOLDFAST_PAGE (self);
}

void
holdfast_home_page_set_radio (HoldfastHomePage *self, HoldfastRadio *radio)
{
  g_return_if_fail (HOLDFAST_IS_HOME_PAGE (self));
  g_return_if_fail (radio == NULL || HOLDFAST_IS_RADIO (radio));

  if (g_set_object (&self->radio, radio) && radio != NULL) {
    g_signal_connect_object (
        radio, "readiness-changed", G_CALLBACK (readiness_changed_cb), self, G_CONNECT_SWAPPED);
    g_signal_connect_object (
        radio, "device-changed", G_CALLBACK (device_changed_cb), self, G_CONNECT_SWAPPED);
    g_signal_connect_object (radio, "gone", G_CALLBACK (gone_cb), self, G_CONNECT_SWAPPED);
  }
  readiness_changed_cb (self);
}
