/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "notice-page.h"

#include <glib/gi18n-lib.h>

#include "sentences.h"
#include "still-picture.h"

struct _HoldfastNoticePage {
  HoldfastPage parent_instance;
};

G_DEFINE_FINAL_TYPE (HoldfastNoticePage, holdfast_notice_page, HOLDFAST_TYPE_PAGE)

/* Pixels. */
#define PICTURE_HEIGHT 180

static void
update (HoldfastPage *page, const HoldfastMachine *machine)
{
}

static void
press (HoldfastPage *page, HoldfastPageButton button, HoldfastEventKind intent)
{
  gtk_widget_activate_action (GTK_WIDGET (page), "wizard.back", NULL);
}

static void
holdfast_notice_page_class_init (HoldfastNoticePageClass *klass)
{
  HOLDFAST_PAGE_CLASS (klass)->update = update;
  HOLDFAST_PAGE_CLASS (klass)->press = press;
}

static void
holdfast_notice_page_init (HoldfastNoticePage *self)
{
}

HoldfastPage *
holdfast_notice_page_new (HoldfastHeadset *headset, const char *sentence)
{
  HoldfastPage *self = NULL;
  GtkWidget *picture = NULL;

  g_return_val_if_fail (HOLDFAST_IS_HEADSET (headset), NULL);
  g_return_val_if_fail (sentence != NULL, NULL);

  self = g_object_new (HOLDFAST_TYPE_NOTICE_PAGE, NULL);
  holdfast_page_set_context (self, holdfast_headset_get_name (headset));
  holdfast_page_set_heading (self,
                             holdfast_failure_get_title (HOLDFAST_FAILURE_NO_CLASSIC_BLUETOOTH));
  holdfast_page_set_sentence (self, sentence);
  picture = holdfast_still_picture_new (PICTURE_HEIGHT);
  holdfast_still_picture_set_headset (HOLDFAST_STILL_PICTURE (picture), headset);
  g_object_set (self, "side", picture, NULL);
  holdfast_page_set_button (self, HOLDFAST_PAGE_BUTTON_PRIMARY, _ ("_Back"), HOLDFAST_EVENT_MAX);
  return self;
}
