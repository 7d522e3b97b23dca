/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "home-page.h"

#include <glib/gi18n-lib.h>

#include "sentences.h"
#include "still-picture.h"
#include "widgets.h"

/* The model that welcomes: many have it, and everybody sees what it is. */
#define WELCOMING "wh-1000xm4"
/* In pixels. */
#define PICTURE_HEIGHT 220

struct _HoldfastHomePage {
  HoldfastPage parent_instance;

  HoldfastCatalogue *catalogue;
  HoldfastRadio *radio;

  HoldfastStillPicture *picture;
  guint seen; /* frames, up to the one with the picture */
  GtkWidget *trouble_group;
  GtkWidget *practice_button;
  AdwActionRow *trouble_row;
  GtkWidget *known_group;
  GtkListBox *known_list;
  GHashTable *rows; /* id of a device -> AdwActionRow, which the list owns */
};

G_DEFINE_FINAL_TYPE (HoldfastHomePage, holdfast_home_page, HOLDFAST_TYPE_PAGE)

enum {
  PAIR,
  PRACTICE,
  CONNECT,
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

  if (holdfast_page_get_practice (HOLDFAST_PAGE (self)))
    none = FALSE;
  /* What can be switched on is repaired on the way, where it is asked for. */
  gtk_widget_set_visible (self->trouble_group, none);
  if (!none)
    return;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->trouble_row),
                                 HOLDFAST_HAVE_BLUETOOTH ? holdfast_failure_get_title (failure)
                                                         : _ ("This program is a guide here"));
  adw_action_row_set_subtitle (
      self->trouble_row,
      HOLDFAST_HAVE_BLUETOOTH
          ? holdfast_failure_get_sentence (failure)
          : _ ("It shows each step, and your eyes judge the light. Connect the headphones in this "
               "computer's own settings then."));
}

static void
connect_cb (GtkButton *button, HoldfastHomePage *self)
{
  guint device = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "holdfast-device"));
  HoldfastSighting sighting;
  HoldfastHeadset *headset = NULL;

  if (self->radio == NULL || !holdfast_radio_get_sighting (self->radio, device, &sighting))
    return;
  headset = holdfast_sighting_guess_headset (&sighting, self->catalogue);
  if (headset != NULL)
    g_signal_emit (self, signals[CONNECT], 0, headset, sighting.address);
}

/* Headphones that can be connected here; others are told of by nothing that could be done. */
static gboolean
is_shown (HoldfastHomePage *self, const HoldfastSighting *sighting)
{
  HoldfastHeadset *headset = NULL;

  if (!sighting->paired)
    return FALSE;
  headset = holdfast_sighting_guess_headset (sighting, self->catalogue);
  return headset != NULL && holdfast_headset_get_radio (headset) == HOLDFAST_RADIO_CLASSIC;
}

/* Rows stay where they are and keep the focus while what they say changes. */
static void
show_row (HoldfastHomePage *self, AdwActionRow *row, const HoldfastSighting *sighting)
{
  GtkWidget *button = g_object_get_data (G_OBJECT (row), "holdfast-button");
  gboolean plays = sighting->connected && sighting->transport;
  g_autofree char *name = holdfast_display_name (sighting->name);
  g_autofree char *state = NULL;
  g_autofree char *label = g_strdup_printf (
      /* Translators: what a button does; %s is the name of some headphones. */
      _ ("Connect %s"),
      name);

  state = g_strdup_printf (
      "%s %s",
      plays                 ? _ ("Connected.")
      : sighting->connected ? _ ("Connected, but not for music.")
                            : _ ("Not connected."),
      sighting->connected ? holdfast_battery_to_words (sighting->battery_percent) : "");
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  adw_action_row_set_subtitle (row, g_strstrip (state));
  gtk_widget_set_visible (button, !plays);
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static AdwActionRow *
add_row (HoldfastHomePage *self, guint device)
{
  AdwActionRow *row = ADW_ACTION_ROW (adw_action_row_new ());
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Connect"));

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_action_row_set_title_lines (row, 2);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_object_set_data (G_OBJECT (button), "holdfast-device", GUINT_TO_POINTER (device));
  g_object_set_data (G_OBJECT (row), "holdfast-button", button);
  g_signal_connect_object (button, "clicked", G_CALLBACK (connect_cb), self, 0);
  adw_action_row_add_suffix (row, button);
  adw_action_row_set_activatable_widget (row, button);
  /* Which names the button after the row's title, and so by what it acts on alone. */
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_list_box_append (self->known_list, GTK_WIDGET (row));
  g_hash_table_insert (self->rows, GUINT_TO_POINTER (device), row);
  return row;
}

static void
remove_row (HoldfastHomePage *self, guint device)
{
  GtkWidget *row = g_hash_table_lookup (self->rows, GUINT_TO_POINTER (device));

  if (row == NULL)
    return;
  g_hash_table_remove (self->rows, GUINT_TO_POINTER (device));
  gtk_list_box_remove (self->known_list, row);
}

static void
show_device (HoldfastHomePage *self, const HoldfastSighting *sighting)
{
  AdwActionRow *row = g_hash_table_lookup (self->rows, GUINT_TO_POINTER (sighting->id));

  if (!is_shown (self, sighting)) {
    remove_row (self, sighting->id);
    return;
  }
  show_row (self, row != NULL ? row : add_row (self, sighting->id), sighting);
}

static void
show_group (HoldfastHomePage *self)
{
  gtk_widget_set_visible (self->known_group, g_hash_table_size (self->rows) > 0);
}

static void
show_device_cb (const HoldfastSighting *sighting, gpointer user_data)
{
  show_device (user_data, sighting);
}

static void
show_known (HoldfastHomePage *self)
{
  HoldfastSighting sighting;
  GHashTableIter iter;
  gpointer device = NULL;
  gpointer row = NULL;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, &device, &row))
    if (self->radio == NULL
        || !holdfast_radio_get_sighting (self->radio, GPOINTER_TO_UINT (device), &sighting)) {
      g_hash_table_iter_remove (&iter);
      gtk_list_box_remove (self->known_list, row);
    }
  if (self->radio != NULL)
    holdfast_radio_foreach (self->radio, show_device_cb, self);
  show_group (self);
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
  show_device (self, sighting);
  show_group (self);
}

static void
gone_cb (HoldfastHomePage *self, guint device)
{
  remove_row (self, device);
  show_group (self);
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

  g_clear_pointer (&self->rows, g_hash_table_unref);
  g_clear_object (&self->catalogue);
  g_clear_object (&self->radio);
  gtk_widget_dispose_template (GTK_WIDGET (object), HOLDFAST_TYPE_HOME_PAGE);

  G_OBJECT_CLASS (holdfast_home_page_parent_class)->dispose (object);
}

static void
holdfast_home_page_class_init (HoldfastHomePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = holdfast_home_page_dispose;
  HOLDFAST_PAGE_CLASS (klass)->update = update;
  HOLDFAST_PAGE_CLASS (klass)->press = press;

  signals[PAIR] = g_signal_new (
      "pair", HOLDFAST_TYPE_HOME_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[PRACTICE] = g_signal_new (
      "practice", HOLDFAST_TYPE_HOME_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[CONNECT] = g_signal_new ("connect",
                                   HOLDFAST_TYPE_HOME_PAGE,
                                   G_SIGNAL_RUN_LAST,
                                   0,
                                   NULL,
                                   NULL,
                                   NULL,
                                   G_TYPE_NONE,
                                   2,
                                   HOLDFAST_TYPE_HEADSET,
                                   G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class, HOLDFAST_UI_PREFIX "home-page.ui");
  gtk_widget_class_bind_template_child (widget_class, HoldfastHomePage, trouble_group);
  gtk_widget_class_bind_template_child (widget_class, HoldfastHomePage, trouble_row);
  gtk_widget_class_bind_template_child (widget_class, HoldfastHomePage, practice_button);
  gtk_widget_class_bind_template_child (widget_class, HoldfastHomePage, known_group);
  gtk_widget_class_bind_template_child (widget_class, HoldfastHomePage, known_list);
  gtk_widget_class_bind_template_callback (widget_class, practice_cb);
}

static void
holdfast_home_page_init (HoldfastHomePage *self)
{
  self->rows = g_hash_table_new (NULL, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
  /* Without Bluetooth there is nothing that could be simulated. */
  gtk_widget_set_visible (self->practice_button, HOLDFAST_HAVE_BLUETOOTH);
  holdfast_page_set_button (HOLDFAST_PAGE (self),
                            HOLDFAST_PAGE_BUTTON_PRIMARY,
                            _ ("_Pair headphones"),
                            HOLDFAST_EVENT_MAX);
}

/* The window is there first, and its picture a frame later: drawing it takes as long as all else.
 */
static gboolean
draw_cb (GtkWidget *picture, GdkFrameClock *frames, gpointer user_data)
{
  HoldfastHomePage *self = user_data;

  if (self->seen++ == 0)
    return G_SOURCE_CONTINUE;
  holdfast_still_picture_set_headset (self->picture,
                                      holdfast_catalogue_find (self->catalogue, WELCOMING));
  return G_SOURCE_REMOVE;
}

static void
welcome (HoldfastHomePage *self)
{
  GtkWidget *picture = holdfast_still_picture_new (PICTURE_HEIGHT);

  self->picture = HOLDFAST_STILL_PICTURE (picture);
  gtk_widget_set_halign (picture, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (picture, GTK_ALIGN_CENTER);
  gtk_widget_add_tick_callback (picture, draw_cb, self, NULL);
  g_object_set (self, "side", picture, NULL);
}

HoldfastPage *
holdfast_home_page_new (HoldfastCatalogue *catalogue)
{
  HoldfastHomePage *self = NULL;

  g_return_val_if_fail (HOLDFAST_IS_CATALOGUE (catalogue), NULL);

  self = g_object_new (HOLDFAST_TYPE_HOME_PAGE, NULL);
  self->catalogue = g_object_ref (catalogue);
  welcome (self);
  return HOLDFAST_PAGE (self);
}

void
holdfast_home_page_set_radio (HoldfastHomePage *self, HoldfastRadio *radio)
{
  g_return_if_fail (HOLDFAST_IS_HOME_PAGE (self));
  g_return_if_fail (radio == NULL || HOLDFAST_IS_RADIO (radio));

  if (self->radio != radio && self->radio != NULL)
    g_signal_handlers_disconnect_by_data (self->radio, self);
  if (g_set_object (&self->radio, radio) && radio != NULL) {
    g_signal_connect_object (
        radio, "readiness-changed", G_CALLBACK (readiness_changed_cb), self, G_CONNECT_SWAPPED);
    g_signal_connect_object (
        radio, "device-changed", G_CALLBACK (device_changed_cb), self, G_CONNECT_SWAPPED);
    g_signal_connect_object (radio, "gone", G_CALLBACK (gone_cb), self, G_CONNECT_SWAPPED);
  }
  readiness_changed_cb (self);
}
