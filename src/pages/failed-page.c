/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "failed-page.h"

#include <glib/gi18n-lib.h>

#include "sentences.h"
#include "widgets.h"

struct _HoldfastFailedPage {
  HoldfastPage parent_instance;

  gint64 failed_us;       /* when what is shown came to its end */
  HoldfastFailure failed; /* and why, as far as was seen; other causes are guesses */
};

G_DEFINE_FINAL_TYPE (HoldfastFailedPage, holdfast_failed_page, HOLDFAST_TYPE_PAGE)

static void
update (HoldfastPage *page, const HoldfastMachine *machine)
{
  HoldfastFailedPage *self = HOLDFAST_FAILED_PAGE (page);
  g_autofree char *guess = NULL;

  if (self->failed_us != machine->entered_us) {
    self->failed_us = machine->entered_us;
    self->failed = machine->failure;
  }
  if (machine->failure != self->failed)
    guess = g_strdup_printf (
        /* Translators: %s is one sentence or two about what may have gone wrong. */
        _ ("Perhaps it is this. %s"),
        holdfast_failure_get_sentence (machine->failure));
  holdfast_page_show_headset (page);
  holdfast_page_set_heading (page, holdfast_failure_get_title (machine->failure));
  holdfast_page_set_sentence (
      page, guess != NULL ? guess : holdfast_failure_get_sentence (machine->failure));
  holdfast_page_set_button (
      page,
      HOLDFAST_PAGE_BUTTON_PRIMARY,
      holdfast_repair_get_label (holdfast_failure_get_repair (machine->failure)),
      HOLDFAST_EVENT_REPAIR);
  holdfast_page_set_button (page,
                            HOLDFAST_PAGE_BUTTON_SECONDARY,
                            holdfast_intent_get_label (HOLDFAST_EVENT_SOMETHING_ELSE),
                            HOLDFAST_EVENT_SOMETHING_ELSE);
}

static void
holdfast_failed_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), HOLDFAST_TYPE_FAILED_PAGE);

  G_OBJECT_CLASS (holdfast_failed_page_parent_class)->dispose (object);
}

static void
holdfast_failed_page_class_init (HoldfastFailedPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = holdfast_failed_page_dispose;

  HOLDFAST_PAGE_CLASS (klass)->update = update;

  gtk_widget_class_set_template_from_resource (widget_class, HOLDFAST_UI_PREFIX "failed-page.ui");
}

static void
holdfast_failed_page_init (HoldfastFailedPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
