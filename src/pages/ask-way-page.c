/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ask-way-page.h"

#include "headset-picture.h"
#include "sentences.h"
#include "widgets.h"

struct _HoldfastAskWayPage {
  HoldfastPage parent_instance;

  HoldfastHeadsetPicture *picture;
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

/* The way that a "yes" leads to: its picture shows what is asked about, where it would be. */
static const HoldfastGesture *
find_yes (const HoldfastMachine *machine)
{
  for (guint i = 0; i < machine->config.ways->len; i++) {
    const HoldfastGesture *gesture = g_ptr_array_index (machine->config.ways, i);

    if (gesture->question == machine->config.question && gesture->question_answer)
      return gesture;
  }
  return NULL;
}

static void
show_picture (HoldfastAskWayPage *self, const HoldfastMachine *machine)
{
  HoldfastSession *session = holdfast_page_get_session (HOLDFAST_PAGE (self));
  HoldfastHeadset *headset = holdfast_session_get_headset (session);
  const HoldfastGesture *yes = find_yes (machine);
  guint step = 0;

  if (yes == NULL)
    return;
  while (step < holdfast_gesture_get_n_steps (yes)
         && holdfast_gesture_get_step (yes, step) != holdfast_gesture_get_last_hold (yes))
    step++;
  holdfast_headset_picture_set_clock (self->picture, holdfast_session_get_clock (session));
  holdfast_headset_picture_set_headset (self->picture, headset);
  holdfast_headset_picture_set_step (self->picture, yes, step, HOLDFAST_PICTURE_HAND_POINT);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->picture),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  holdfast_headset_get_title (headset),
                                  -1);
}

static void
update (HoldfastPage *page, const HoldfastMachine *machine)
{
  show_picture (HOLDFAST_ASK_WAY_PAGE (page), machine);
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

  g_type_ensure (HOLDFAST_TYPE_HEADSET_PICTURE);
  gtk_widget_class_set_template_from_resource (widget_class, HOLDFAST_UI_PREFIX "ask-way-page.ui");
  gtk_widget_class_bind_template_child (widget_class, HoldfastAskWayPage, picture);
  gtk_widget_class_bind_template_callback (widget_class, yes_cb);
  gtk_widget_class_bind_template_callback (widget_class, no_cb);
}

static void
holdfast_ask_way_page_init (HoldfastAskWayPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
