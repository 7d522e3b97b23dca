/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "notice-page.h"

#include "sentences.h"
#include "widgets.h"

struct _HoldfastNoticePage {
  HoldfastPage parent_instance;
};

G_DEFINE_FINAL_TYPE (HoldfastNoticePage, holdfast_notice_page, HOLDFAST_TYPE_PAGE)

static void
update (HoldfastPage *page, const HoldfastMachine *machine)
{
}

static void
holdfast_notice_page_class_init (HoldfastNoticePageClass *klass)
{
  HOLDFAST_PAGE_CLASS (klass)->update = update;
}

static void
holdfast_notice_page_init (HoldfastNoticePage *self)
{
}

HoldfastPage *
holdfast_notice_page_new (HoldfastHeadset *headset, const char *sentence)
{
  HoldfastPage *self = NULL;

  g_return_val_if_fail (HOLDFAST_IS_HEADSET (headset), NULL);
  g_return_val_if_fail (sentence != NULL, NULL);

  self = g_object_new (HOLDFAST_TYPE_NOTICE_PAGE, NULL);
  holdfast_page_set_context (self, holdfast_headset_get_name (headset));
  holdfast_page_set_heading (self,
                             holdfast_failure_get_title (HOLDFAST_FAILURE_NO_CLASSIC_BLUETOOTH));
  holdfast_page_set_sentence (self, sentence);
  return self;
}
