/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wait-page.h"

#include "sentences.h"
#include "widgets.h"

struct _HoldfastWaitPage {
  HoldfastPage parent_instance;

  GtkLabel *waiting_label;
};

G_DEFINE_FINAL_TYPE (HoldfastWaitPage, holdfast_wait_page, HOLDFAST_TYPE_PAGE)

static void
update (HoldfastPage *page, const HoldfastMachine *machine)
{
  HoldfastWaitPage *self = HOLDFAST_WAIT_PAGE (page);
  gboolean can_repair = holdfast_machine_accepts (machine, HOLDFAST_EVENT_REPAIR);

  holdfast_page_set_heading (page, holdfast_failure_get_title (machine->radio));
  holdfast_page_set_sentence (page, holdfast_failure_get_sentence (machine->radio));
  gtk_label_set_label (self->waiting_label, holdfast_state_get_sentence (machine->state));
  holdfast_page_set_button (
      page,
      HOLDFAST_PAGE_BUTTON_PRIMARY,
      can_repair ? holdfast_repair_get_label (holdfast_failure_get_repair (machine->radio)) : NULL,
      HOLDFAST_EVENT_REPAIR);
}

static void
holdfast_wait_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), HOLDFAST_TYPE_WAIT_PAGE);

  G_OBJECT_CLASS (holdfast_wait_page_parent_class)->dispose (object);
}

static void
holdfast_wait_page_class_init (HoldfastWaitPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = holdfast_wait_page_dispose;

  HOLDFAST_PAGE_CLASS (klass)->update = update;

  gtk_widget_class_set_template_from_resource (widget_class, HOLDFAST_UI_PREFIX "wait-page.ui");
  gtk_widget_class_bind_template_child (widget_class, HoldfastWaitPage, waiting_label);
}

static void
holdfast_wait_page_init (HoldfastWaitPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
