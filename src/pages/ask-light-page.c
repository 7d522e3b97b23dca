/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ask-light-page.h"

#include "sentences.h"
#include "widgets.h"

struct _HoldfastAskLightPage {
  HoldfastPage parent_instance;

  GtkListBox *answers;
};

G_DEFINE_FINAL_TYPE (HoldfastAskLightPage, holdfast_ask_light_page, HOLDFAST_TYPE_PAGE)

static void
row_activated_cb (HoldfastAskLightPage *self, GtkListBoxRow *row)
{
  HoldfastSession *session = holdfast_page_get_session (HOLDFAST_PAGE (self));

  if (session != NULL)
    holdfast_session_send_answer (
        session, HOLDFAST_EVENT_ANSWER_LIGHT, gtk_list_box_row_get_index (row));
}

static void
update (HoldfastPage *page, const HoldfastMachine *machine)
{
  HoldfastAskLightPage *self = HOLDFAST_ASK_LIGHT_PAGE (page);

  holdfast_page_set_heading (page, holdfast_state_get_title (machine->state));
  holdfast_page_set_sentence (page, holdfast_state_get_sentence (machine->state));
  /* One that was given to this way already leads nowhere new, but it may be given again. */
  gtk_widget_set_sensitive (GTK_WIDGET (self->answers), machine->state == HOLDFAST_STATE_ASK_LIGHT);
  holdfast_page_set_button (page,
                            HOLDFAST_PAGE_BUTTON_SECONDARY,
                            holdfast_repair_get_label (HOLDFAST_REPAIR_HOLD_AGAIN),
                            HOLDFAST_EVENT_AGAIN);
}

static GtkWidget *
get_initial_focus (HoldfastPage *page)
{
  return GTK_WIDGET (gtk_list_box_get_row_at_index (HOLDFAST_ASK_LIGHT_PAGE (page)->answers, 0));
}

static void
add_answers (HoldfastAskLightPage *self)
{
  for (HoldfastLightAnswer answer = 0; answer < HOLDFAST_LIGHT_ANSWER_MAX; answer++) {
    GtkWidget *row = adw_action_row_new ();

    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                   holdfast_light_answer_get_label (answer));
    gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
    adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                               gtk_image_new_from_icon_name ("go-next-symbolic"));
    gtk_list_box_append (self->answers, row);
  }
}

static void
holdfast_ask_light_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), HOLDFAST_TYPE_ASK_LIGHT_PAGE);

  G_OBJECT_CLASS (holdfast_ask_light_page_parent_class)->dispose (object);
}

static void
holdfast_ask_light_page_class_init (HoldfastAskLightPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = holdfast_ask_light_page_dispose;

  HOLDFAST_PAGE_CLASS (klass)->update = update;
  HOLDFAST_PAGE_CLASS (klass)->get_initial_focus = get_initial_focus;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               HOLDFAST_UI_PREFIX "ask-light-page.ui");
  gtk_widget_class_bind_template_child (widget_class, HoldfastAskLightPage, answers);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
holdfast_ask_light_page_init (HoldfastAskLightPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  add_answers (self);
}
