/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "identify-page.h"

#include <glib/gi18n-lib.h>

#include "sentences.h"
#include "widgets.h"

struct _HoldfastIdentifyPage {
  HoldfastPage parent_instance;

  gint64 asked_us; /* when it was asked last */
  GtkListBox *list;
  HoldfastTimeLeft *time_left;
  GPtrArray *rows; /* of GtkWidget: one a headset, in the order in which they came */
};

G_DEFINE_FINAL_TYPE (HoldfastIdentifyPage, holdfast_identify_page, HOLDFAST_TYPE_PAGE)

static guint
id_of (GtkWidget *row)
{
  return GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), "holdfast-device"));
}

static void
mine_cb (GtkWidget *row)
{
  GtkWidget *page = gtk_widget_get_ancestor (row, HOLDFAST_TYPE_PAGE);
  HoldfastSession *session = holdfast_page_get_session (HOLDFAST_PAGE (page));

  if (session != NULL)
    holdfast_session_send_device (session, HOLDFAST_EVENT_MINE, id_of (row));
}

static GtkWidget *
find_row (HoldfastIdentifyPage *self, guint id)
{
  for (guint i = 0; i < self->rows->len; i++)
    if (id_of (g_ptr_array_index (self->rows, i)) == id)
      return g_ptr_array_index (self->rows, i);
  return NULL;
}

/* Beside the words where there is room, and below them where not. */
static void
place_button (GtkWidget *row, gboolean wide)
{
  GtkWidget *box = gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (row));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (box),
                                  wide ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL);
}

static GtkWidget *
add_row (HoldfastIdentifyPage *self, guint id)
{
  g_autoptr (GtkBuilder) builder
      = gtk_builder_new_from_resource (HOLDFAST_UI_PREFIX "identify-row.ui");
  GtkWidget *row = GTK_WIDGET (gtk_builder_get_object (builder, "row"));
  GtkWidget *button = GTK_WIDGET (gtk_builder_get_object (builder, "button"));

  gtk_label_set_label (GTK_LABEL (gtk_builder_get_object (builder, "button_label")),
                       holdfast_intent_get_label (HOLDFAST_EVENT_MINE));
  g_object_set_data (G_OBJECT (row), "holdfast-device", GUINT_TO_POINTER (id));
  g_object_set_data (
      G_OBJECT (row), "holdfast-name", gtk_builder_get_object (builder, "name_label"));
  g_object_set_data (
      G_OBJECT (row), "holdfast-where", gtk_builder_get_object (builder, "where_label"));
  g_object_set_data (G_OBJECT (row), "holdfast-button", button);
  g_signal_connect_object (button, "clicked", G_CALLBACK (mine_cb), row, G_CONNECT_SWAPPED);
  place_button (row, holdfast_page_get_wide (HOLDFAST_PAGE (self)));
  gtk_list_box_append (self->list, row);
  g_ptr_array_add (self->rows, row);
  return row;
}

static void
wide_changed (HoldfastPage *page, gboolean wide)
{
  HoldfastIdentifyPage *self = HOLDFAST_IDENTIFY_PAGE (page);

  for (guint i = 0; i < self->rows->len; i++)
    place_button (g_ptr_array_index (self->rows, i), wide);
}

static void
show_candidate (GtkWidget *row, const HoldfastSighting *candidate)
{
  g_autofree char *name = holdfast_display_name (candidate->name);
  g_autofree char *tail = holdfast_address_tail (candidate->address);
  g_autofree char *where = g_strdup_printf (
      /* Translators: how far away a device is, and the end of its number. */
      _ ("%s, number ending in %s"),
      holdfast_nearness_to_words (candidate->has_rssi, candidate->rssi),
      tail);
  g_autofree char *whose = g_strdup_printf ("%s: %s", name, where);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  gtk_label_set_label (g_object_get_data (G_OBJECT (row), "holdfast-name"), name);
  gtk_label_set_label (g_object_get_data (G_OBJECT (row), "holdfast-where"), where);
  gtk_widget_set_sensitive (row, TRUE);
  /* Whose button it is; two of one name are told apart by the number alone. */
  gtk_accessible_update_property (g_object_get_data (G_OBJECT (row), "holdfast-button"),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  whose,
                                  -1);
}

/* One that left keeps its place, or the next would come under the finger. */
static void
show_candidates (HoldfastIdentifyPage *self, GArray *candidates)
{
  for (guint i = 0; i < self->rows->len; i++) {
    GtkWidget *row = g_ptr_array_index (self->rows, i);
    gboolean there = FALSE;

    for (guint j = 0; j < candidates->len; j++)
      there |= g_array_index (candidates, HoldfastSighting, j).id == id_of (row);
    gtk_widget_set_sensitive (row, there);
  }
  for (guint i = 0; i < candidates->len; i++) {
    const HoldfastSighting *candidate = &g_array_index (candidates, HoldfastSighting, i);
    GtkWidget *row = find_row (self, candidate->id);

    show_candidate (row != NULL ? row : add_row (self, candidate->id), candidate);
  }
}

static void
update (HoldfastPage *page, const HoldfastMachine *machine)
{
  HoldfastIdentifyPage *self = HOLDFAST_IDENTIFY_PAGE (page);
  g_autoptr (GArray) candidates = NULL;
  g_autofree char *question = NULL;

  if (machine->state != HOLDFAST_STATE_IDENTIFY) {
    gtk_list_box_remove_all (self->list);
    g_ptr_array_set_size (self->rows, 0);
    return;
  }
  holdfast_page_show_time_left (page, self->time_left);
  /* Whoever held without the count was not told yet. */
  if (self->asked_us != machine->entered_us) {
    self->asked_us = machine->entered_us;
    holdfast_page_chime (page, HOLDFAST_CHIME_LET_GO);
    holdfast_page_say (page, holdfast_cue_get_sentence (HOLDFAST_CUE_LET_GO), TRUE);
  }
  candidates = holdfast_session_get_candidates (holdfast_page_get_session (page));
  show_candidates (self, candidates);
  if (candidates->len > 0)
    question = holdfast_identify_question (machine->verdict.kind,
                                           g_array_index (candidates, HoldfastSighting, 0).name,
                                           candidates->len);
  holdfast_page_set_heading (page, holdfast_state_get_title (machine->state));
  if (question != NULL) {
    g_autofree char *words = g_strdup_printf ("%s %s\n%s",
                                              question,
                                              holdfast_state_get_sentence (machine->state),
                                              _ ("If you are holding a button, let go of it now."));

    holdfast_page_set_sentence (page, words);
  }
  holdfast_page_set_button (page,
                            HOLDFAST_PAGE_BUTTON_SECONDARY,
                            self->rows->len > 1
                                ? _ ("None of these")
                                : holdfast_intent_get_label (HOLDFAST_EVENT_NOT_MINE),
                            HOLDFAST_EVENT_MAX);
}

/* Only what the person sees is refused. */
static void
press (HoldfastPage *page, HoldfastPageButton button, HoldfastEventKind intent)
{
  HoldfastIdentifyPage *self = HOLDFAST_IDENTIFY_PAGE (page);
  g_autoptr (HoldfastSession) session = NULL;
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (guint));

  g_set_object (&session, holdfast_page_get_session (page));
  for (guint i = 0; i < self->rows->len; i++) {
    guint id = id_of (g_ptr_array_index (self->rows, i));

    if (gtk_widget_get_sensitive (g_ptr_array_index (self->rows, i)))
      g_array_append_val (ids, id);
  }
  for (guint i = 0; session != NULL && i < ids->len; i++)
    holdfast_session_send_device (session, HOLDFAST_EVENT_NOT_MINE, g_array_index (ids, guint, i));
}

/* Enter pressed a moment too late, for the hold, must not answer for a neighbour's headset. */
static GtkWidget *
get_initial_focus (HoldfastPage *page)
{
  return GTK_WIDGET (HOLDFAST_IDENTIFY_PAGE (page)->list);
}

static void
holdfast_identify_page_dispose (GObject *object)
{
  HoldfastIdentifyPage *self = HOLDFAST_IDENTIFY_PAGE (object);

  g_clear_pointer (&self->rows, g_ptr_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (object), HOLDFAST_TYPE_IDENTIFY_PAGE);

  G_OBJECT_CLASS (holdfast_identify_page_parent_class)->dispose (object);
}

static void
holdfast_identify_page_class_init (HoldfastIdentifyPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = holdfast_identify_page_dispose;
  HOLDFAST_PAGE_CLASS (klass)->update = update;
  HOLDFAST_PAGE_CLASS (klass)->press = press;
  HOLDFAST_PAGE_CLASS (klass)->wide_changed = wide_changed;
  HOLDFAST_PAGE_CLASS (klass)->get_initial_focus = get_initial_focus;

  g_type_ensure (HOLDFAST_TYPE_TIME_LEFT);
  gtk_widget_class_set_template_from_resource (widget_class, HOLDFAST_UI_PREFIX "identify-page.ui");
  gtk_widget_class_bind_template_child (widget_class, HoldfastIdentifyPage, list);
  gtk_widget_class_bind_template_child (widget_class, HoldfastIdentifyPage, time_left);
  gtk_widget_class_bind_template_callback (widget_class, holdfast_page_say_time_left);
}

static void
holdfast_identify_page_init (HoldfastIdentifyPage *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}
