/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "done-page.h"

#include <glib/gi18n-lib.h>

#include "sentences.h"
#include "widgets.h"

struct _HoldfastDonePage {
  HoldfastPage parent_instance;

  GtkWidget *group;
  AdwActionRow *device_row;
  AdwActionRow *warning_row;
};

G_DEFINE_FINAL_TYPE (HoldfastDonePage, holdfast_done_page, HOLDFAST_TYPE_PAGE)

static void
update_device (HoldfastDonePage *self)
{
  HoldfastSighting device;
  gboolean known
      = holdfast_session_get_device (holdfast_page_get_session (HOLDFAST_PAGE (self)), &device);

  gtk_widget_set_visible (self->group, known);
  if (!known)
    return;
  {
    g_autofree char *name = holdfast_display_name (device.name);
    g_autofree char *safe = g_markup_escape_text (name, -1);

    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->device_row), safe);
  }
  adw_action_row_set_subtitle (self->device_row,
                               holdfast_battery_to_words (device.battery_percent));
}

static void
update_warning (HoldfastDonePage *self, const HoldfastMachine *machine)
{
  HoldfastFailure warning = holdfast_machine_get_warning (machine);

  gtk_widget_set_visible (GTK_WIDGET (self->warning_row), warning != HOLDFAST_FAILURE_NONE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->warning_row),
                                 holdfast_failure_get_title (warning));
  adw_action_row_set_subtitle (self->warning_row, holdfast_failure_get_sentence (warning));
}

static gboolean
are_earbuds (HoldfastHeadset *headset)
{
  HoldfastForm form = holdfast_headset_get_form (headset);

  return form == HOLDFAST_FORM_EARBUDS || form == HOLDFAST_FORM_GAMING_EARBUDS;
}

static void
update (HoldfastPage *page, const HoldfastMachine *machine)
{
  HoldfastDonePage *self = HOLDFAST_DONE_PAGE (page);
  HoldfastHeadset *headset = holdfast_session_get_headset (holdfast_page_get_session (page));

  if (machine->state != HOLDFAST_STATE_DONE && machine->state != HOLDFAST_STATE_GUIDE_DONE)
    return;
  holdfast_page_show_headset (page);
  holdfast_page_set_heading (page, holdfast_state_get_title (machine->state));
  /* A way for sound exists; none has been played, so none is promised. */
  if (machine->state == HOLDFAST_STATE_GUIDE_DONE)
    holdfast_page_set_sentence (page, holdfast_state_get_sentence (machine->state));
  else if (are_earbuds (headset))
    holdfast_page_set_sentence (page,
                                _ ("Take both earbuds out of the case and put them in. Then play "
                                   "some music: sound can go to them now."));
  else
    holdfast_page_set_sentence (page,
                                _ ("Put them on. Then play some music: sound can go to them now."));
  update_device (self);
  update_warning (self, machine);
  holdfast_page_set_button (
      page, HOLDFAST_PAGE_BUTTON_PRIMARY, _ ("_Finish"), HOLDFAST_EVENT_CONTINUE);
  holdfast_page_set_button (page,
                            HOLDFAST_PAGE_BUTTON_SECONDARY,
                            machine->state == HOLDFAST_STATE_GUIDE_DONE
                                ? holdfast_repair_get_label (HOLDFAST_REPAIR_HOLD_AGAIN)
                                : NULL,
                            HOLDFAST_EVENT_AGAIN);
}

static void
holdfast_done_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), HOLDFAST_TYPE_DONE_PAGE);

  G_OBJECT_CLASS (holdfast_done_page_parent_class)->dispose (object);
}

static void
holdfast_done_page_class_init (HoldfastDonePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = holdfast_done_page_dispose;

  HOLDFAST_PAGE_CLASS (klass)->update = update;

  gtk_widget_class_set_template_from_resource (widget_class, HOLDFAST_UI_PREFIX "done-page.ui");
  gtk_widget_class_bind_template_child (widget_class, HoldfastDonePage, group);
  gtk_widget_class_bind_template_child (widget_class, HoldfastDonePage, device_row);
  gtk_widget_class_bind_template_child (widget_class, HoldfastDonePage, warning_row);
}

static void
holdfast_done_page_init (HoldfastDonePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
