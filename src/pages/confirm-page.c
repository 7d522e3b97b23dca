/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "confirm-page.h"

#include <glib/gi18n-lib.h>

#include "sentences.h"
#include "widgets.h"

struct _HoldfastConfirmPage {
  HoldfastPage parent_instance;

  GtkLabel *device_label;
  GtkLabel *cause_label;
};

G_DEFINE_FINAL_TYPE (HoldfastConfirmPage, holdfast_confirm_page, HOLDFAST_TYPE_PAGE)

static void
update (HoldfastPage *page, const HoldfastMachine *machine)
{
  HoldfastConfirmPage *self = HOLDFAST_CONFIRM_PAGE (page);
  HoldfastSighting device;
  g_autofree char *line = NULL;

  gboolean connected = FALSE;

  if (holdfast_session_get_device (holdfast_page_get_session (page), &device)) {
    line = holdfast_display_name (device.name);
    connected = device.connected && machine->state == HOLDFAST_STATE_KNOWN;
  }
  holdfast_page_show_headset (page);
  holdfast_page_set_heading (page, holdfast_state_get_title (machine->state));
  holdfast_page_set_sentence (
      page,
      connected ? _ ("They are connected now. If you hear nothing, connect them again.")
                : holdfast_state_get_sentence (machine->state));
  gtk_label_set_label (self->cause_label,
                       machine->failure != HOLDFAST_FAILURE_NONE
                           ? holdfast_failure_get_sentence (machine->failure)
                           : "");
  gtk_label_set_label (self->device_label, line != NULL ? line : "");

  if (machine->state == HOLDFAST_STATE_KNOWN) {
    holdfast_page_set_button (
        page, HOLDFAST_PAGE_BUTTON_PRIMARY, _ ("_Connect"), HOLDFAST_EVENT_CONTINUE);
    holdfast_page_set_button (page,
                              HOLDFAST_PAGE_BUTTON_SECONDARY,
                              holdfast_intent_get_label (HOLDFAST_EVENT_PAIR_AGAIN),
                              HOLDFAST_EVENT_PAIR_AGAIN);
    return;
  }
  holdfast_page_set_button (page,
                            HOLDFAST_PAGE_BUTTON_PRIMARY,
                            holdfast_repair_get_label (machine->state == HOLDFAST_STATE_ASK_FORGET
                                                           ? HOLDFAST_REPAIR_FORGET_AND_PAIR
                                                           : HOLDFAST_REPAIR_UNBLOCK_DEVICE),
                            HOLDFAST_EVENT_CONTINUE);
  holdfast_page_set_button (page, HOLDFAST_PAGE_BUTTON_SECONDARY, NULL, HOLDFAST_EVENT_MAX);
}

/* Beside a picture words begin where the heading does. */
static void
wide_changed (HoldfastPage *page, gboolean wide)
{
  HoldfastConfirmPage *self = HOLDFAST_CONFIRM_PAGE (page);
  GtkLabel *const labels[] = { self->device_label, self->cause_label };

  for (guint i = 0; i < G_N_ELEMENTS (labels); i++) {
    gtk_label_set_xalign (labels[i], wide ? 0 : 0.5f);
    gtk_label_set_justify (labels[i], wide ? GTK_JUSTIFY_LEFT : GTK_JUSTIFY_CENTER);
  }
}

static void
holdfast_confirm_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), HOLDFAST_TYPE_CONFIRM_PAGE);

  G_OBJECT_CLASS (holdfast_confirm_page_parent_class)->dispose (object);
}

static void
holdfast_confirm_page_class_init (HoldfastConfirmPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = holdfast_confirm_page_dispose;

  HOLDFAST_PAGE_CLASS (klass)->update = update;
  HOLDFAST_PAGE_CLASS (klass)->wide_changed = wide_changed;

  gtk_widget_class_set_template_from_resource (widget_class, HOLDFAST_UI_PREFIX "confirm-page.ui");
  gtk_widget_class_bind_template_child (widget_class, HoldfastConfirmPage, device_label);
  gtk_widget_class_bind_template_child (widget_class, HoldfastConfirmPage, cause_label);
  gtk_widget_class_bind_template_callback (widget_class, holdfast_page_has_text);
}

static void
holdfast_confirm_page_init (HoldfastConfirmPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
