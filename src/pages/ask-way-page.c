/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ask-way-page.h"

#include "sentences.h"
#include "widgets.h"

struct _HoldfastAskWayPage {
  HoldfastPage parent_instance;
};

G_DEFINE_FINAL_TYPE (HoldfastAskWayPage, holdfast_ask_way_page, HOLDFAST_TYPE_PAGE)

static void
answer (HoldfastAskWayPage *self, gboolean yes)
{
  HoldfastSession *session = holdfast_page_get_session (HOLDFAST_PAGE (self));

  if (session != NULL)
    holdfast_session_send_answer (session, HOLDFAST_EVENT_ANSWER_WAY, yes);
}

static void
yes_cb (HoldfastAskWayPage *self)
{
  answer (self, TRUE);
}

static void
no_cb (HoldfastAskWayPage *self)
{
  answer (self, FALSE);
}

static void
update (HoldfastPage *page, const HoldfastMachine *machine)
{
  holdfast_page_set_heading (page, holdfast_question_get_text (machine->config.question));
  holdfast_page_set_sentence (page, holdfast_question_get_hint (machine->config.question));
}

static void
holdfast_ask_way_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), HOLDFAST_TYPE_ASK_WAY_PAGE);

  G_OBJECT_CLASS (holdfast_ask_way_page_parent_class)->dispose (object);
}

static void
holdfast_ask_way_page_class_init (HoldfastAskWayPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = holdfast_ask_way_page_dispose;

  HOLDFAST_PAGE_CLASS (klass)->update = update;

  gtk_widget_class_set_template_from_resource (widget_class, HOLDFAST_UI_PREFIX "ask-way-page.ui");
  gtk_widget_class_bind_template_callback (widget_class, yes_cb);
  gtk_widget_class_bind_template_callback (widget_class, no_cb);
}

static void
holdfast_ask_way_page_init (HoldfastAskWayPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
