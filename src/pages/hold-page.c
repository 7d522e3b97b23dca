/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hold-page.h"

#include <glib/gi18n-lib.h>

#include "headset-picture.h"
#include "hold-ring.h"
#include "sentences.h"
#include "step-list.h"
#include "widgets.h"

struct _HoldfastHoldPage {
  HoldfastPage parent_instance;

  HoldfastHeadsetPicture *picture;
  HoldfastHoldRing *ring;
  GtkLabel *hint_label;
  GtkLabel *first_time_label;
  HoldfastTimeLeft *time_left;
  GtkWidget *lead_in_box;
  GtkWidget *seconds_box;
  AdwToggleGroup *lead_in_group;
  AdwSwitchRow *chimes_row;
  GtkListBox *lines_list;
  HoldfastStepList *steps;

  const HoldfastGesture *shown; /* whose lines the list has; never looked into */
  gboolean filled;
  gboolean showing; /* the choice of seconds, not taking it */
  HoldfastState said_state;
  guint said_step;
};

G_DEFINE_FINAL_TYPE (HoldfastHoldPage, holdfast_hold_page, HOLDFAST_TYPE_PAGE)

static const HoldfastStep *
get_step (const HoldfastMachine *machine)
{
  const HoldfastGesture *gesture = holdfast_machine_get_gesture (machine);

  return gesture != NULL && machine->step < holdfast_gesture_get_n_steps (gesture)
             ? holdfast_gesture_get_step (gesture, machine->step)
             : NULL;
}

static void
update_hold_ring (HoldfastHoldPage *self, const HoldfastMachine *machine)
{
  const HoldfastStep *step = get_step (machine);

  /* Who has them off holds nothing in a step for headphones that are on. */
  if (step == NULL || step->only_if_on)
    holdfast_hold_ring_idle (self->ring);
  else if (step->action == HOLDFAST_ACTION_HOLD)
    holdfast_hold_ring_count_hold (self->ring, step, machine->step_began_us);
  else if (step->action == HOLDFAST_ACTION_WAIT)
    holdfast_hold_ring_wait (
        self->ring, machine->deadline_us, machine->deadline_us - machine->step_began_us);
  else
    holdfast_hold_ring_idle (self->ring);
}

static void
update_ring (HoldfastHoldPage *self, const HoldfastMachine *machine)
{
  const HoldfastGesture *gesture = holdfast_machine_get_gesture (machine);

  gtk_widget_set_visible (GTK_WIDGET (self->ring), machine->state != HOLDFAST_STATE_INVITE);
  if (machine->state == HOLDFAST_STATE_LEAD_IN)
    holdfast_hold_ring_count_down (
        self->ring, machine->deadline_us, machine->deadline_us - machine->entered_us);
  else if (machine->state == HOLDFAST_STATE_HOLD)
    update_hold_ring (self, machine);
  else if (machine->state == HOLDFAST_STATE_LOOKING)
    holdfast_hold_ring_look (self->ring);
  else if (machine->state == HOLDFAST_STATE_FOUND)
    holdfast_hold_ring_found (self->ring);
  else
    holdfast_hold_ring_show_step (
        self->ring, gesture != NULL ? holdfast_gesture_get_last_hold (gesture) : NULL);
}

/* The hand points at what will be held, presses it while it is to be held, and is gone when it is
 * to be let go. The light plays what to watch for, not what it does now: nobody here sees that. */
static void
update_picture (HoldfastHoldPage *self, const HoldfastMachine *machine)
{
  HoldfastSession *session = holdfast_page_get_session (HOLDFAST_PAGE (self));
  HoldfastHeadset *headset = holdfast_session_get_headset (session);
  const HoldfastGesture *gesture = holdfast_machine_get_gesture (machine);
  HoldfastPictureHand hand = HOLDFAST_PICTURE_HAND_POINT;
  int step = -1;

  if (machine->state == HOLDFAST_STATE_HOLD)
    hand = HOLDFAST_PICTURE_HAND_PRESS;
  else if (machine->state == HOLDFAST_STATE_LOOKING || machine->state == HOLDFAST_STATE_FOUND)
    hand = HOLDFAST_PICTURE_HAND_NONE;
  if (machine->state == HOLDFAST_STATE_HOLD && get_step (machine) != NULL)
    step = (int) machine->step;
  for (guint i = 0; step < 0 && gesture != NULL && i < holdfast_gesture_get_n_steps (gesture); i++)
    if (holdfast_gesture_get_step (gesture, i) == holdfast_gesture_get_last_hold (gesture))
      step = (int) i;

  holdfast_headset_picture_set_clock (self->picture, holdfast_session_get_clock (session));
  holdfast_headset_picture_set_headset (self->picture, headset);
  holdfast_headset_picture_set_step (self->picture,
                                     step >= 0 ? gesture : NULL,
                                     step >= 0 ? (guint) step : 0,
                                     step >= 0 ? hand : HOLDFAST_PICTURE_HAND_NONE);
  /* Practice has a light of its own, and two of them might flash too often together. */
  holdfast_headset_picture_set_light (
      self->picture,
      gesture != NULL && !holdfast_page_get_practice (HOLDFAST_PAGE (self)) ? gesture->light : NULL,
      machine->entered_us);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->picture),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  holdfast_headset_get_title (headset),
                                  -1);
}

/* The words of the step that runs; where it is the last, how it ends. */
static char *
describe_step (HoldfastHeadset *headset, const HoldfastMachine *machine)
{
  const HoldfastGesture *gesture = holdfast_machine_get_gesture (machine);
  g_autofree char *step = NULL;

  if (gesture == NULL || get_step (machine) == NULL)
    return g_strdup (holdfast_state_get_sentence (machine->state));
  step = holdfast_step_get_sentence (headset, gesture, machine->step);
  if (get_step (machine) != holdfast_gesture_get_last_hold (gesture))
    return g_steal_pointer (&step);
  return g_strdup_printf ("%s %s", step, holdfast_gesture_get_end_sentence (headset, gesture));
}

/* Before the hold that counts come other steps, and "hold now" would be the wrong thing to do. */
static const char *
get_heading (const HoldfastMachine *machine)
{
  const HoldfastStep *step = machine->state == HOLDFAST_STATE_HOLD ? get_step (machine) : NULL;

  if (holdfast_machine_get_gesture (machine) == NULL && machine->state != HOLDFAST_STATE_FOUND)
    return machine->state == HOLDFAST_STATE_INVITE ? _ ("Make them ready") : _ ("Just a moment");
  if (step != NULL && step->only_if_on)
    /* Translators: a step of a gesture is for headphones that are switched on. */
    return _ ("Only if they are on");
  if (step != NULL && step->action == HOLDFAST_ACTION_WAIT)
    return _ ("Hands off for a moment");
  if (step != NULL && step->action != HOLDFAST_ACTION_HOLD)
    return _ ("First this");
  return holdfast_state_get_title (machine->state);
}

static void
update_words (HoldfastHoldPage *self, const HoldfastMachine *machine)
{
  HoldfastPage *page = HOLDFAST_PAGE (self);
  HoldfastHeadset *headset = holdfast_session_get_headset (holdfast_page_get_session (page));
  const char *first_time = holdfast_headset_get_first_time_sentence (headset);
  gboolean invites = machine->state == HOLDFAST_STATE_INVITE;
  g_autofree char *step = NULL;

  holdfast_page_set_heading (page, get_heading (machine));
  if (machine->state == HOLDFAST_STATE_HOLD) {
    step = describe_step (headset, machine);
    holdfast_page_set_sentence (page, step);
  } else if (invites && holdfast_machine_get_gesture (machine) == NULL) {
    holdfast_page_set_sentence (
        page, _ ("This computer is listening, and tells you as soon as it sees them."));
  } else {
    holdfast_page_set_sentence (page, holdfast_state_get_sentence (machine->state));
  }
  gtk_label_set_label (self->hint_label, holdfast_hint_get_sentence (machine->hint));
  gtk_label_set_label (
      self->first_time_label,
      invites && machine->hint == HOLDFAST_HINT_NONE && first_time != NULL ? first_time : "");
}

static void
add_line (HoldfastHoldPage *self, const char *text)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), text);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_list_box_append (self->lines_list, row);
}

static void
update_lines (HoldfastHoldPage *self, const HoldfastMachine *machine)
{
  HoldfastHeadset *headset
      = holdfast_session_get_headset (holdfast_page_get_session (HOLDFAST_PAGE (self)));
  const HoldfastGesture *gesture = holdfast_machine_get_gesture (machine);
  g_auto (GStrv) lines = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->lines_list), machine->state == HOLDFAST_STATE_INVITE);
  /* With several steps it is always to be seen what comes next. */
  gtk_widget_set_visible (
      GTK_WIDGET (self->steps),
      (machine->state == HOLDFAST_STATE_LEAD_IN || machine->state == HOLDFAST_STATE_HOLD)
          && gesture != NULL && holdfast_gesture_get_n_steps (gesture) > 1);
  if (self->filled && self->shown == gesture)
    return;
  self->filled = TRUE;
  self->shown = gesture;
  gtk_list_box_remove_all (self->lines_list);
  holdfast_step_list_set_gesture (self->steps, headset, gesture);
  if (gesture == NULL) {
    g_autofree char *no_way = holdfast_headset_get_no_way_sentence (headset);

    if (no_way != NULL)
      add_line (self, no_way);
    return;
  }
  lines = holdfast_gesture_get_lines (NULL, headset, gesture);
  for (guint i = 0; lines[i] != NULL; i++)
    add_line (self, lines[i]);
}

static void
update_buttons (HoldfastPage *page, const HoldfastMachine *machine)
{
  HoldfastState state = machine->state;
  const char *primary = NULL;
  const char *secondary = NULL;
  const char *tertiary = NULL;
  HoldfastEventKind primary_intent = HOLDFAST_EVENT_MAX;
  HoldfastEventKind secondary_intent = HOLDFAST_EVENT_MAX;

  if (state == HOLDFAST_STATE_INVITE && holdfast_machine_get_gesture (machine) == NULL) {
    primary = _ ("_Look for them");
    primary_intent = HOLDFAST_EVENT_HOLDING_NOW;
  } else if (state == HOLDFAST_STATE_INVITE) {
    primary = holdfast_intent_get_label (primary_intent = HOLDFAST_EVENT_START);
    secondary = holdfast_intent_get_label (secondary_intent = HOLDFAST_EVENT_HOLDING_NOW);
  } else if (state == HOLDFAST_STATE_LEAD_IN) {
    secondary = holdfast_intent_get_label (secondary_intent = HOLDFAST_EVENT_HOLDING_NOW);
  } else if (state == HOLDFAST_STATE_HOLD) {
    if (holdfast_machine_accepts (machine, HOLDFAST_EVENT_CONTINUE)) {
      primary_intent = HOLDFAST_EVENT_CONTINUE;
      primary = _ ("That is _done");
    }
    secondary = holdfast_intent_get_label (secondary_intent = HOLDFAST_EVENT_AGAIN);
  } else if (state == HOLDFAST_STATE_LOOKING) {
    if (holdfast_machine_get_gesture (machine) != NULL) {
      secondary_intent = HOLDFAST_EVENT_AGAIN;
      secondary = holdfast_repair_get_label (HOLDFAST_REPAIR_HOLD_AGAIN);
    }
    tertiary = _ ("Nothing _happens");
  }
  holdfast_page_set_button (page, HOLDFAST_PAGE_BUTTON_PRIMARY, primary, primary_intent);
  holdfast_page_set_button (page, HOLDFAST_PAGE_BUTTON_SECONDARY, secondary, secondary_intent);
  holdfast_page_set_button (page, HOLDFAST_PAGE_BUTTON_TERTIARY, tertiary, HOLDFAST_EVENT_CONTINUE);
}

/* The focus goes to what a person does next, so that the space bar begins a hold anew. */
static void
move_focus (HoldfastPage *page)
{
  for (HoldfastPageButton button = 0; button < HOLDFAST_PAGE_BUTTON_MAX; button++) {
    GtkWidget *widget = holdfast_page_get_button (page, button);

    if (gtk_widget_get_visible (widget) && gtk_widget_grab_focus (widget))
      return;
  }
}

static void
say_what_changed (HoldfastHoldPage *self, const HoldfastMachine *machine)
{
  HoldfastPage *page = HOLDFAST_PAGE (self);
  gboolean urgent
      = machine->state == HOLDFAST_STATE_LOOKING || machine->state == HOLDFAST_STATE_FOUND;
  g_autofree char *spoken = NULL;
  g_autofree char *sentence = NULL;

  if (self->said_state == machine->state && self->said_step == machine->step)
    return;
  self->said_state = machine->state;
  self->said_step = machine->step;
  g_object_get (page, "sentence", &sentence, NULL);
  spoken = g_strdup_printf ("%s. %s", holdfast_page_get_heading (page), sentence);
  holdfast_page_say (page, spoken, urgent);
  if (machine->state == HOLDFAST_STATE_FOUND)
    holdfast_page_chime (page, HOLDFAST_CHIME_FOUND);
  else if (machine->state == HOLDFAST_STATE_LOOKING)
    holdfast_page_chime (page, HOLDFAST_CHIME_LET_GO);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)) && !holdfast_page_has_others_focus (page))
    move_focus (page);
}

/* Remembered by the window, which also tells the session. */
static void
lead_in_chosen_cb (HoldfastHoldPage *self)
{
  const char *name = adw_toggle_group_get_active_name (self->lead_in_group);

  if (name != NULL && !self->showing)
    gtk_widget_activate_action (
        GTK_WIDGET (self), "win.lead-in-seconds", "i", (int) g_ascii_strtoll (name, NULL, 10));
}

static void
show_lead_in (HoldfastHoldPage *self, const HoldfastMachine *machine)
{
  g_autofree char *name
      = g_strdup_printf ("%d", (int) (machine->config.lead_in_us / G_USEC_PER_SEC));

  gtk_widget_set_visible (self->lead_in_box,
                          machine->state == HOLDFAST_STATE_INVITE
                              && holdfast_machine_get_gesture (machine) != NULL);
  self->showing = TRUE;
  if (g_strcmp0 (adw_toggle_group_get_active_name (self->lead_in_group), name) != 0
      && adw_toggle_group_get_toggle_by_name (self->lead_in_group, name) != NULL)
    adw_toggle_group_set_active_name (self->lead_in_group, name);
  self->showing = FALSE;
}

static void
update (HoldfastPage *page, const HoldfastMachine *machine)
{
  HoldfastHoldPage *self = HOLDFAST_HOLD_PAGE (page);

  if (machine->state != HOLDFAST_STATE_INVITE && machine->state != HOLDFAST_STATE_LEAD_IN
      && machine->state != HOLDFAST_STATE_HOLD && machine->state != HOLDFAST_STATE_LOOKING
      && machine->state != HOLDFAST_STATE_FOUND)
    return;
  holdfast_hold_ring_set_clock (self->ring,
                                holdfast_session_get_clock (holdfast_page_get_session (page)));
  update_words (self, machine);
  update_picture (self, machine);
  update_ring (self, machine);
  update_lines (self, machine);
  holdfast_step_list_set_current (self->steps,
                                  machine->state == HOLDFAST_STATE_HOLD ? (int) machine->step : -1);
  holdfast_page_show_time_left (page, self->time_left);
  show_lead_in (self, machine);
  update_buttons (page, machine);
  say_what_changed (self, machine);
}

/* What is counted is spoken: short numbers, one a second, that a listener can count along with. */
static void
seconds_changed_cb (HoldfastHoldPage *self)
{
  HoldfastHoldRingPhase phase = HOLDFAST_HOLD_RING_REST;
  int seconds = -1;
  g_autofree char *number = NULL;

  g_object_get (self->ring, "phase", &phase, "seconds", &seconds, NULL);
  if (seconds < 1
      || (phase != HOLDFAST_HOLD_RING_HOLD && phase != HOLDFAST_HOLD_RING_COUNT_DOWN
          && phase != HOLDFAST_HOLD_RING_HOLD_ON))
    return;
  holdfast_page_chime (HOLDFAST_PAGE (self), HOLDFAST_CHIME_TICK);
  /* Translators: a second of a countdown, spoken. */
  number = g_strdup_printf (_ ("%d"), seconds);
  holdfast_page_say (HOLDFAST_PAGE (self), number, FALSE);
}

static void
phase_changed_cb (HoldfastHoldPage *self)
{
  HoldfastHoldRingPhase phase = HOLDFAST_HOLD_RING_REST;

  g_object_get (self->ring, "phase", &phase, NULL);
  if (phase != HOLDFAST_HOLD_RING_HOLD_ON)
    return;
  holdfast_page_set_heading (HOLDFAST_PAGE (self),
                             holdfast_cue_get_sentence (HOLDFAST_CUE_KEEP_HOLDING));
  holdfast_page_say (
      HOLDFAST_PAGE (self), holdfast_cue_get_sentence (HOLDFAST_CUE_KEEP_HOLDING), FALSE);
}

/* Beside a picture words begin where the heading does. */
static void
wide_changed (HoldfastPage *page, gboolean wide)
{
  HoldfastHoldPage *self = HOLDFAST_HOLD_PAGE (page);
  GtkLabel *const labels[] = { self->hint_label, self->first_time_label };
  GtkAlign align = wide ? GTK_ALIGN_START : GTK_ALIGN_CENTER;

  for (guint i = 0; i < G_N_ELEMENTS (labels); i++) {
    gtk_label_set_xalign (labels[i], wide ? 0 : 0.5f);
    gtk_label_set_justify (labels[i], wide ? GTK_JUSTIFY_LEFT : GTK_JUSTIFY_CENTER);
  }
  gtk_widget_set_halign (GTK_WIDGET (self->ring), align);
  gtk_widget_set_halign (self->seconds_box, align);
  holdfast_step_list_set_brief (self->steps, !wide);
}

static void
holdfast_hold_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), HOLDFAST_TYPE_HOLD_PAGE);

  G_OBJECT_CLASS (holdfast_hold_page_parent_class)->dispose (object);
}

static void
holdfast_hold_page_class_init (HoldfastHoldPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = holdfast_hold_page_dispose;
  HOLDFAST_PAGE_CLASS (klass)->update = update;
  HOLDFAST_PAGE_CLASS (klass)->wide_changed = wide_changed;

  g_type_ensure (HOLDFAST_TYPE_HEADSET_PICTURE);
  g_type_ensure (HOLDFAST_TYPE_HOLD_RING);
  g_type_ensure (HOLDFAST_TYPE_STEP_LIST);
  g_type_ensure (HOLDFAST_TYPE_TIME_LEFT);
  gtk_widget_class_set_template_from_resource (widget_class, HOLDFAST_UI_PREFIX "hold-page.ui");
  gtk_widget_class_bind_template_child (widget_class, HoldfastHoldPage, picture);
  gtk_widget_class_bind_template_child (widget_class, HoldfastHoldPage, ring);
  gtk_widget_class_bind_template_child (widget_class, HoldfastHoldPage, hint_label);
  gtk_widget_class_bind_template_child (widget_class, HoldfastHoldPage, first_time_label);
  gtk_widget_class_bind_template_child (widget_class, HoldfastHoldPage, time_left);
  gtk_widget_class_bind_template_child (widget_class, HoldfastHoldPage, lead_in_box);
  gtk_widget_class_bind_template_child (widget_class, HoldfastHoldPage, seconds_box);
  gtk_widget_class_bind_template_child (widget_class, HoldfastHoldPage, lead_in_group);
  gtk_widget_class_bind_template_child (widget_class, HoldfastHoldPage, chimes_row);
  gtk_widget_class_bind_template_child (widget_class, HoldfastHoldPage, lines_list);
  gtk_widget_class_bind_template_child (widget_class, HoldfastHoldPage, steps);
  gtk_widget_class_bind_template_callback (widget_class, holdfast_page_has_text);
  gtk_widget_class_bind_template_callback (widget_class, holdfast_page_say_time_left);
  gtk_widget_class_bind_template_callback (widget_class, seconds_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, phase_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, lead_in_chosen_cb);
}

static void
holdfast_hold_page_init (HoldfastHoldPage *self)
{
  self->said_state = HOLDFAST_STATE_MAX;
  gtk_widget_init_template (GTK_WIDGET (self));
  holdfast_step_list_set_brief (self->steps, TRUE);
}
