/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pin-page.h"

#include <glib/gi18n-lib.h>

#include "sentences.h"
#include "widgets.h"

struct _HoldfastPinPage {
  HoldfastPage parent_instance;

  GtkWidget *entry;
  GtkLabel *trouble_label;
};

G_DEFINE_FINAL_TYPE (HoldfastPinPage, holdfast_pin_page, HOLDFAST_TYPE_PAGE)

static void
use_number (HoldfastPinPage *self)
{
  HoldfastSession *session = holdfast_page_get_session (HOLDFAST_PAGE (self));
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));

  if (session == NULL || holdfast_session_send_pin (session, text))
    return;
  gtk_label_set_label (self->trouble_label, _ ("That is not a number headphones can take."));
  holdfast_page_say (HOLDFAST_PAGE (self), gtk_label_get_label (self->trouble_label), TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

static void
press (HoldfastPage *page, HoldfastPageButton button, HoldfastEventKind intent)
{
  use_number (HOLDFAST_PIN_PAGE (page));
}

static GtkWidget *
get_initial_focus (HoldfastPage *page)
{
  return GTK_WIDGET (HOLDFAST_PIN_PAGE (page)->entry);
}

static void
entry_activated_cb (HoldfastPinPage *self)
{
  if (*gtk_editable_get_text (GTK_EDITABLE (self->entry)) != '\0')
    use_number (self);
}

static void
entry_changed_cb (HoldfastPinPage *self)
{
  gtk_label_set_label (self->trouble_label, "");
  holdfast_page_set_button_sensitive (HOLDFAST_PAGE (self),
                                      HOLDFAST_PAGE_BUTTON_PRIMARY,
                                      *gtk_editable_get_text (GTK_EDITABLE (self->entry)) != '\0');
}

static void
update (HoldfastPage *page, const HoldfastMachine *machine)
{
  holdfast_page_set_heading (page, holdfast_state_get_title (machine->state));
  holdfast_page_set_sentence (page, holdfast_state_get_sentence (machine->state));
  holdfast_page_set_button (page,
                            HOLDFAST_PAGE_BUTTON_PRIMARY,
                            holdfast_intent_get_label (HOLDFAST_EVENT_PIN),
                            HOLDFAST_EVENT_MAX);
  entry_changed_cb (HOLDFAST_PIN_PAGE (page));
}

static void
holdfast_pin_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), HOLDFAST_TYPE_PIN_PAGE);

  G_OBJECT_CLASS (holdfast_pin_page_parent_class)->dispose (object);
}

static void
holdfast_pin_page_class_init (HoldfastPinPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = holdfast_pin_page_dispose;

  HOLDFAST_PAGE_CLASS (klass)->update = update;
  HOLDFAST_PAGE_CLASS (klass)->press = press;
  HOLDFAST_PAGE_CLASS (klass)->get_initial_focus = get_initial_focus;

  gtk_widget_class_set_template_from_resource (widget_class, HOLDFAST_UI_PREFIX "pin-page.ui");
  gtk_widget_class_bind_template_child (widget_class, HoldfastPinPage, entry);
  gtk_widget_class_bind_template_child (widget_class, HoldfastPinPage, trouble_label);
  gtk_widget_class_bind_template_callback (widget_class, entry_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, entry_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, holdfast_page_has_text);
}

static void
holdfast_pin_page_init (HoldfastPinPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
