/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "get-ready-page.h"

#include <glib/gi18n-lib.h>

#include "sentences.h"
#include "widgets.h"

struct _HoldfastGetReadyPage {
  HoldfastPage parent_instance;

  GtkWidget *computer_group;
  AdwActionRow *bluetooth_row;
  GtkImage *bluetooth_image;
  GtkWidget *repair_row;
  GtkWidget *repair_button;
  GtkLabel *repair_label;
  AdwActionRow *sound_row;
  GtkImage *sound_image;
  GtkListBox *person_list;

  const HoldfastGesture *shown; /* whose checks the list has; never looked into */
  gboolean filled;
};

G_DEFINE_FINAL_TYPE (HoldfastGetReadyPage, holdfast_get_ready_page, HOLDFAST_TYPE_PAGE)

static void
repair_cb (HoldfastGetReadyPage *self)
{
  HoldfastSession *session = holdfast_page_get_session (HOLDFAST_PAGE (self));

  if (session != NULL)
    holdfast_session_send (session, HOLDFAST_EVENT_REPAIR);
}

static void
show_row (
    AdwActionRow *row, GtkImage *image, gboolean good, const char *title, const char *subtitle)
{
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (row, subtitle);
  gtk_image_set_from_icon_name (image, good ? "object-select-symbolic" : "dialog-warning-symbolic");
  gtk_widget_remove_css_class (GTK_WIDGET (image), good ? "warning" : "success");
  gtk_widget_add_css_class (GTK_WIDGET (image), good ? "success" : "warning");
}

static void
update_computer (HoldfastGetReadyPage *self, const HoldfastMachine *machine)
{
  HoldfastRadio *radio
      = holdfast_session_get_radio (holdfast_page_get_session (HOLDFAST_PAGE (self)));
  gboolean on = machine->radio == HOLDFAST_FAILURE_NONE;
  gboolean can_repair = holdfast_machine_accepts (machine, HOLDFAST_EVENT_REPAIR);

  gtk_widget_set_visible (self->computer_group, radio != NULL);
  if (radio == NULL)
    return;
  show_row (self->bluetooth_row,
            self->bluetooth_image,
            on,
            on ? _ ("Bluetooth is ready") : holdfast_failure_get_title (machine->radio),
            on ? "" : holdfast_failure_get_sentence (machine->radio));
  gtk_widget_set_visible (self->repair_row, can_repair);
  if (can_repair)
    gtk_label_set_label (self->repair_label,
                         holdfast_repair_get_label (holdfast_failure_get_repair (machine->radio)));
  gtk_widget_set_visible (GTK_WIDGET (self->sound_row), on);
  if (on && holdfast_radio_get_has_sound (radio))
    show_row (self->sound_row, self->sound_image, TRUE, _ ("Sound is ready"), "");
  else if (on)
    show_row (self->sound_row,
              self->sound_image,
              FALSE,
              holdfast_failure_get_title (HOLDFAST_FAILURE_SOUND_NOT_READY),
              holdfast_failure_get_sentence (HOLDFAST_FAILURE_SOUND_NOT_READY));
}

static void
fill_person_list (HoldfastGetReadyPage *self, const HoldfastMachine *machine)
{
  HoldfastHeadset *headset
      = holdfast_session_get_headset (holdfast_page_get_session (HOLDFAST_PAGE (self)));
  const HoldfastGesture *gesture = holdfast_machine_get_chosen_gesture (machine);

  if (self->filled && self->shown == gesture)
    return;
  self->filled = TRUE;
  self->shown = gesture;
  gtk_list_box_remove_all (self->person_list);
  for (HoldfastPersonCheck check = 0; check < HOLDFAST_PERSON_CHECK_MAX; check++) {
    GtkWidget *row = NULL;

    if (!holdfast_person_check_applies (check, headset, gesture))
      continue;
    row = adw_action_row_new ();
    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                   holdfast_person_check_get_sentence (check));
    gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
    gtk_list_box_append (self->person_list, row);
  }
}

static void
update (HoldfastPage *page, const HoldfastMachine *machine)
{
  HoldfastGetReadyPage *self = HOLDFAST_GET_READY_PAGE (page);

  if (machine->state != HOLDFAST_STATE_GET_READY)
    return;
  holdfast_page_set_heading (page, holdfast_state_get_title (machine->state));
  holdfast_page_set_sentence (page, holdfast_state_get_sentence (machine->state));
  update_computer (self, machine);
  fill_person_list (self, machine);
  holdfast_page_set_button (page,
                            HOLDFAST_PAGE_BUTTON_PRIMARY,
                            holdfast_intent_get_label (HOLDFAST_EVENT_CONTINUE),
                            HOLDFAST_EVENT_CONTINUE);
}

/* What is in the way comes first. */
static GtkWidget *
get_initial_focus (HoldfastPage *page)
{
  HoldfastGetReadyPage *self = HOLDFAST_GET_READY_PAGE (page);

  return gtk_widget_get_visible (self->repair_row) ? self->repair_button : NULL;
}

static void
holdfast_get_ready_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), HOLDFAST_TYPE_GET_READY_PAGE);

  G_OBJECT_CLASS (holdfast_get_ready_page_parent_class)->dispose (object);
}

static void
holdfast_get_ready_page_class_init (HoldfastGetReadyPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = holdfast_get_ready_page_dispose;
  HOLDFAST_PAGE_CLASS (klass)->update = update;
  HOLDFAST_PAGE_CLASS (klass)->get_initial_focus = get_initial_focus;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               HOLDFAST_UI_PREFIX "get-ready-page.ui");
  gtk_widget_class_bind_template_child (widget_class, HoldfastGetReadyPage, computer_group);
  gtk_widget_class_bind_template_child (widget_class, HoldfastGetReadyPage, bluetooth_row);
  gtk_widget_class_bind_template_child (widget_class, HoldfastGetReadyPage, bluetooth_image);
  gtk_widget_class_bind_template_child (widget_class, HoldfastGetReadyPage, repair_row);
  gtk_widget_class_bind_template_child (widget_class, HoldfastGetReadyPage, repair_button);
  gtk_widget_class_bind_template_child (widget_class, HoldfastGetReadyPage, repair_label);
  gtk_widget_class_bind_template_child (widget_class, HoldfastGetReadyPage, sound_row);
  gtk_widget_class_bind_template_child (widget_class, HoldfastGetReadyPage, sound_image);
  gtk_widget_class_bind_template_child (widget_class, HoldfastGetReadyPage, person_list);
  gtk_widget_class_bind_template_callback (widget_class, repair_cb);
}

static void
holdfast_get_ready_page_init (HoldfastGetReadyPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
