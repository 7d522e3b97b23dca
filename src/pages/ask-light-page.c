/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ask-light-page.h"

#include "light.h"
#include "sentences.h"
#include "widgets.h"

/* In pixels. */
#define LIGHT_SIZE 48

struct _HoldfastAskLightPage {
  HoldfastPage parent_instance;

  GtkListBox *answers;
  HoldfastTimeLeft *time_left;
  GtkWidget *lights[HOLDFAST_LIGHT_ANSWER_MAX];
  gint64 asked_us; /* when it was asked last */
};

G_DEFINE_FINAL_TYPE (HoldfastAskLightPage, holdfast_ask_light_page, HOLDFAST_TYPE_PAGE)

/* How an answer looks; the first looks as the model's own light does. Milliseconds are ours. */
static HoldfastTimeline *
new_timeline (HoldfastLightAnswer answer, const HoldfastMachine *machine)
{
  const HoldfastGesture *gesture = holdfast_machine_get_gesture (machine);
  const char *text = NULL;

  switch (answer) {
  case HOLDFAST_LIGHT_ANSWER_PAIRS:
    if (gesture != NULL && gesture->light != NULL)
      return holdfast_timeline_ref (gesture->light);
    text = "blue:150 off:150 blue:150 off:850";
    break;
  case HOLDFAST_LIGHT_ANSWER_SLOW:
    text = "blue:400 off:3600";
    break;
  case HOLDFAST_LIGHT_ANSWER_SOLID:
    text = "blue:1000";
    break;
  case HOLDFAST_LIGHT_ANSWER_RED:
    text = "red:1000";
    break;
  case HOLDFAST_LIGHT_ANSWER_NOTHING:
  case HOLDFAST_LIGHT_ANSWER_VOICE:
  case HOLDFAST_LIGHT_ANSWER_MAX:
    break;
  }
  return text != NULL ? holdfast_timeline_parse (text, NULL) : NULL;
}

static void
show_lights (HoldfastAskLightPage *self, const HoldfastMachine *machine)
{
  HoldfastClock *clock
      = holdfast_session_get_clock (holdfast_page_get_session (HOLDFAST_PAGE (self)));

  for (HoldfastLightAnswer answer = 0; answer < HOLDFAST_LIGHT_ANSWER_MAX; answer++) {
    HoldfastLightView *light = HOLDFAST_LIGHT_VIEW (self->lights[answer]);
    g_autoptr (HoldfastTimeline) timeline = new_timeline (answer, machine);

    holdfast_light_view_set_clock (light, clock);
    holdfast_light_view_set_timeline (light, timeline, holdfast_clock_get_now_us (clock));
  }
}

/* Only the one that is looked at moves: all together would flash too often. While the simulated
 * headphones are beside them theirs is the one. */
static void
play_focused (HoldfastAskLightPage *self)
{
  for (HoldfastLightAnswer answer = 0; answer < HOLDFAST_LIGHT_ANSWER_MAX; answer++) {
    GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->answers, (int) answer);

    holdfast_light_view_set_playing (HOLDFAST_LIGHT_VIEW (self->lights[answer]),
                                     gtk_widget_has_focus (GTK_WIDGET (row))
                                         && !holdfast_page_get_practice (HOLDFAST_PAGE (self)));
  }
}

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
  holdfast_page_set_sentence (page, holdfast_machine_get_sentence (machine));
  /* One that was given to this way already leads nowhere new, but it may be given again. */
  if (machine->state == HOLDFAST_STATE_ASK_LIGHT)
    show_lights (self, machine);
  /* Where no radio looks, a hold ends here. */
  if (machine->state == HOLDFAST_STATE_ASK_LIGHT && machine->config.guide
      && self->asked_us != machine->entered_us) {
    holdfast_page_chime (page, HOLDFAST_CHIME_LET_GO);
    holdfast_page_say (page, holdfast_cue_get_sentence (HOLDFAST_CUE_LET_GO), TRUE);
  }
  self->asked_us = machine->entered_us;
  holdfast_page_show_time_left (page, self->time_left);
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
    self->lights[answer] = holdfast_light_view_new ();
    /* Its natural size: with less in one direction it would not be round. */
    gtk_widget_set_size_request (self->lights[answer], LIGHT_SIZE, LIGHT_SIZE);
    gtk_widget_set_valign (self->lights[answer], GTK_ALIGN_CENTER);
    adw_action_row_add_prefix (ADW_ACTION_ROW (row), self->lights[answer]);
    g_signal_connect_object (
        row, "notify::has-focus", G_CALLBACK (play_focused), self, G_CONNECT_SWAPPED);
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

  g_type_ensure (HOLDFAST_TYPE_TIME_LEFT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               HOLDFAST_UI_PREFIX "ask-light-page.ui");
  gtk_widget_class_bind_template_child (widget_class, HoldfastAskLightPage, answers);
  gtk_widget_class_bind_template_child (widget_class, HoldfastAskLightPage, time_left);
  gtk_widget_class_bind_template_callback (widget_class, holdfast_page_say_time_left);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
holdfast_ask_light_page_init (HoldfastAskLightPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  add_answers (self);
}
