/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pair-view.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "pair-keys.h"
#include "sentences.h"

/* A live line changes this often. Only its seconds are read: no faster. */
#define TICK_US G_USEC_PER_SEC

struct _HoldfastPairView {
  GObject parent_instance;

  HoldfastSession *session;
  HoldfastTerminal *terminal;
  gboolean attended;
  guint tick;

  HoldfastState said_state;
  HoldfastFailure said_failure;
  HoldfastFailure said_radio;
  HoldfastHint said_hint;
  guint said_way;
  guint said_step;

  /* "Is this yours?": a number means the same headset for as long as it is asked, whoever else
   * comes, leaves, or gets nearer. */
  GArray *numbered; /* of guint, ids of sightings: number 1 first; for this question */
  GArray *shown;    /* of guint, those on the screen, in ascending order */
  gboolean answering;
};

G_DEFINE_FINAL_TYPE (HoldfastPairView, holdfast_pair_view, G_TYPE_OBJECT)

static void
say (HoldfastPairView *self, const char *text)
{
  if (text != NULL && *text != '\0')
    holdfast_terminal_say (self->terminal, text);
}

static void
say_bullet (HoldfastPairView *self, const char *text)
{
  if (text != NULL && *text != '\0')
    holdfast_terminal_say_item (self->terminal, text);
}

static void
say_keys (HoldfastPairView *self)
{
  g_autoptr (GPtrArray) labels
      = holdfast_pair_keys_get_labels (holdfast_session_get_machine (self->session));

  if (self->attended)
    holdfast_terminal_print_keys (self->terminal, labels);
}

static void
say_checks (HoldfastPairView *self)
{
  const HoldfastMachine *machine = holdfast_session_get_machine (self->session);
  HoldfastHeadset *headset = holdfast_session_get_headset (self->session);
  HoldfastRadio *radio = holdfast_session_get_radio (self->session);

  if (machine->radio != HOLDFAST_FAILURE_NONE) {
    say_bullet (self, holdfast_failure_get_sentence (machine->radio));
  } else if (radio != NULL) {
    say_bullet (self, _ ("This computer’s Bluetooth is ready."));
    if (!holdfast_radio_get_has_sound (radio))
      say_bullet (self, holdfast_failure_get_sentence (HOLDFAST_FAILURE_SOUND_NOT_READY));
  }
  for (guint i = 0; i < HOLDFAST_PERSON_CHECK_MAX; i++)
    if (holdfast_person_check_applies (i, headset, holdfast_machine_get_chosen_gesture (machine)))
      say_bullet (self, holdfast_person_check_get_sentence (i));
}

static void
say_invitation (HoldfastPairView *self)
{
  const HoldfastMachine *machine = holdfast_session_get_machine (self->session);
  HoldfastHeadset *headset = holdfast_session_get_headset (self->session);
  const HoldfastGesture *gesture = holdfast_machine_get_gesture (machine);
  g_auto (GStrv) lines = NULL;
  g_autofree char *no_way = NULL;

  say (self, holdfast_hint_get_sentence (machine->hint));
  if (machine->hint == HOLDFAST_HINT_NONE)
    say (self, holdfast_headset_get_first_time_sentence (headset));
  if (gesture == NULL) {
    no_way = holdfast_headset_get_no_way_sentence (headset);
    say (self, no_way);
    return;
  }
  lines = holdfast_gesture_get_lines (NULL, headset, gesture);
  for (guint i = 0; lines[i] != NULL; i++)
    say_bullet (self, lines[i]);
}

static void
say_step (HoldfastPairView *self)
{
  const HoldfastMachine *machine = holdfast_session_get_machine (self->session);
  HoldfastHeadset *headset = holdfast_session_get_headset (self->session);
  const HoldfastGesture *gesture = holdfast_machine_get_gesture (machine);
  g_autofree char *sentence = holdfast_step_get_sentence (headset, gesture, machine->step);

  say (self, sentence);
  if (holdfast_gesture_get_step (gesture, machine->step)
      == holdfast_gesture_get_last_hold (gesture))
    say (self, holdfast_gesture_get_end_sentence (headset, gesture));
}

static void
say_identity_keys (HoldfastPairView *self)
{
  g_autoptr (GPtrArray) labels = g_ptr_array_new_with_free_func (g_free);
  gboolean single = self->numbered->len == 1;

  g_ptr_array_add (labels,
                   single ? holdfast_pair_keys_describe_answer (TRUE, _ ("mine"))
                          : g_strdup (_ ("the number of yours")));
  g_ptr_array_add (
      labels,
      holdfast_pair_keys_describe_answer (FALSE, single ? _ ("not mine") : _ ("none of these")));
  g_ptr_array_add (labels, g_strdup (_ ("q: stop")));
  holdfast_terminal_print_keys (self->terminal, labels);
}

/* Returns the number that stands for a headset, from 1, or 0. */
static guint
find_number (HoldfastPairView *self, guint id)
{
  for (guint i = 0; i < self->numbered->len; i++)
    if (g_array_index (self->numbered, guint, i) == id)
      return i + 1;
  return 0;
}

static gint
compare_ids (gconstpointer a, gconstpointer b)
{
  guint id_a = *(const guint *) a, id_b = *(const guint *) b;

  return (id_a > id_b) - (id_a < id_b);
}

static GArray *
get_candidate_ids (HoldfastPairView *self)
{
  g_autoptr (GArray) candidates = holdfast_session_get_candidates (self->session);
  GArray *ids = g_array_sized_new (FALSE, FALSE, sizeof (guint), candidates->len);

  for (guint i = 0; i < candidates->len; i++)
    g_array_append_val (ids, g_array_index (candidates, HoldfastSighting, i).id);
  g_array_sort (ids, compare_ids);
  return ids;
}

static gboolean
are_candidates_shown (HoldfastPairView *self)
{
  g_autoptr (GArray) ids = get_candidate_ids (self);

  return ids->len == self->shown->len
         && (ids->len == 0
             || memcmp (ids->data, self->shown->data, ids->len * sizeof (guint)) == 0);
}

static void
say_candidates (HoldfastPairView *self)
{
  const HoldfastMachine *machine = holdfast_session_get_machine (self->session);
  g_autoptr (GArray) candidates = holdfast_session_get_candidates (self->session);
  g_autofree char *question = NULL;

  g_array_set_size (self->shown, 0);
  if (candidates->len == 0)
    return;
  question = holdfast_identify_question (
      machine->verdict.kind, g_array_index (candidates, HoldfastSighting, 0).name, candidates->len);
  say (self, question);
  for (guint i = 0; i < candidates->len; i++) {
    const HoldfastSighting *candidate = &g_array_index (candidates, HoldfastSighting, i);
    g_autofree char *row = holdfast_sighting_describe (candidate);
    g_autofree char *line = NULL;

    if (find_number (self, candidate->id) == 0)
      g_array_append_val (self->numbered, candidate->id);
    g_array_append_val (self->shown, candidate->id);
    line = g_strdup_printf ("  %u  %s", find_number (self, candidate->id), row);
    holdfast_terminal_print_line (self->terminal, line);
  }
  g_array_sort (self->shown, compare_ids);
  if (self->attended)
    say_identity_keys (self);
}

static void
say_done (HoldfastPairView *self)
{
  const HoldfastMachine *machine = holdfast_session_get_machine (self->session);
  HoldfastSighting device;
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;

  if (!holdfast_session_get_device (self->session, &device))
    return;
  name = holdfast_display_name (device.name);
  /* A transport exists: sound has somewhere to go, but none has been played. */
  /* Translators: %s is the name of headphones. Sound itself has not been tried yet. */
  text = g_strdup_printf (_ ("%s are paired and connected. Sound can go to them now."), name);
  say (self, text);
  if (device.battery_percent >= 0) {
    g_autofree char *battery =
        /* Translators: %d is a number from 0 to 100 */
        g_strdup_printf (_ ("Battery: %d %%"), device.battery_percent);

    say (self, battery);
  }
  say (self, holdfast_failure_get_sentence (holdfast_machine_get_warning (machine)));
}

static void
say_state (HoldfastPairView *self)
{
  const HoldfastMachine *machine = holdfast_session_get_machine (self->session);

  holdfast_terminal_print_line (self->terminal, "");
  say (self, holdfast_state_get_title (machine->state));
  say (self, holdfast_machine_get_sentence (machine));

  switch (machine->state) {
  case HOLDFAST_STATE_GET_READY:
    say_checks (self);
    break;
  case HOLDFAST_STATE_ASK_WAY:
    say (self, holdfast_question_get_text (machine->config.question));
    say (self, holdfast_question_get_hint (machine->config.question));
    break;
  case HOLDFAST_STATE_INVITE:
    say_invitation (self);
    break;
  case HOLDFAST_STATE_HOLD:
    say_step (self);
    break;
  case HOLDFAST_STATE_LOOKING:
    say (self, holdfast_hint_get_sentence (machine->hint));
    break;
  case HOLDFAST_STATE_ASK_LIGHT:
    for (guint i = 0; i < HOLDFAST_LIGHT_ANSWER_MAX; i++) {
      g_autofree char *line
          = g_strdup_printf ("  %u  %s", i + 1, holdfast_light_answer_get_label (i));

      holdfast_terminal_print_line (self->terminal, line);
    }
    break;
  case HOLDFAST_STATE_IDENTIFY:
    say_candidates (self);
    return;
  case HOLDFAST_STATE_WAIT_RADIO:
    say (self, holdfast_failure_get_sentence (machine->radio));
    break;
  case HOLDFAST_STATE_FAILED:
    say (self, holdfast_failure_get_title (machine->failure));
    say (self, holdfast_failure_get_sentence (machine->failure));
    break;
  case HOLDFAST_STATE_DONE:
    say_done (self);
    break;
  case HOLDFAST_STATE_IDLE:
  case HOLDFAST_STATE_KNOWN:
  case HOLDFAST_STATE_LEAD_IN:
  case HOLDFAST_STATE_FOUND:
  case HOLDFAST_STATE_ASK_FORGET:
  case HOLDFAST_STATE_ASK_UNBLOCK:
  case HOLDFAST_STATE_FORGET:
  case HOLDFAST_STATE_PAIR:
  case HOLDFAST_STATE_PAIR_WAIT:
  case HOLDFAST_STATE_ASK_PIN:
  case HOLDFAST_STATE_TRUST:
  case HOLDFAST_STATE_CONNECT:
  case HOLDFAST_STATE_CONNECT_WAIT:
  case HOLDFAST_STATE_VERIFY:
  case HOLDFAST_STATE_GUIDE_DONE:
  case HOLDFAST_STATE_ENDING:
  case HOLDFAST_STATE_ENDED:
  case HOLDFAST_STATE_MAX:
    break;
  }
  say_keys (self);
}

static guint
seconds_between (gint64 from_us, gint64 to_us)
{
  return to_us > from_us ? (guint) ((to_us - from_us + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC) : 0;
}

static char *
describe_hold (const HoldfastMachine *machine, gint64 now_us)
{
  const HoldfastStep *step
      = holdfast_gesture_get_step (holdfast_machine_get_gesture (machine), machine->step);
  guint elapsed_s = (guint) (MAX (now_us - machine->step_began_us, 0) / G_USEC_PER_SEC);

  if (step->action != HOLDFAST_ACTION_HOLD)
    return NULL;
  if (elapsed_s * 1000 < step->usual_ms)
    /* Translators: the count of a hold; %u are seconds */
    return g_strdup_printf (_ ("Hold… %u"), elapsed_s);
  /* Translators: the count goes on after the usual time; %u are seconds */
  return g_strdup_printf (_ ("Keep holding until the light flashes… %u"), elapsed_s);
}

static char *
describe_live (HoldfastPairView *self, gint64 now_us)
{
  const HoldfastMachine *machine = holdfast_session_get_machine (self->session);

  if (machine->state == HOLDFAST_STATE_LEAD_IN)
    /* Translators: counting down to the start of a hold; %u are seconds */
    return g_strdup_printf (_ ("Starting in %u"), seconds_between (now_us, machine->deadline_us));
  if (machine->state == HOLDFAST_STATE_HOLD)
    return describe_hold (machine, now_us);
  return NULL;
}

static void
tick_cb (gpointer user_data)
{
  HoldfastPairView *self = user_data;
  const HoldfastMachine *machine = holdfast_session_get_machine (self->session);
  HoldfastClock *clock = holdfast_session_get_clock (self->session);
  gint64 now_us = holdfast_clock_get_now_us (clock);
  gint64 began_us
      = machine->state == HOLDFAST_STATE_HOLD ? machine->step_began_us : machine->entered_us;
  g_autofree char *live = describe_live (self, now_us);

  self->tick = 0;
  holdfast_terminal_set_live (self->terminal, live);
  if (live != NULL)
    self->tick = holdfast_clock_set_alarm (
        clock, now_us + TICK_US - (now_us - began_us) % TICK_US, tick_cb, self);
}

static gboolean
is_said (HoldfastPairView *self, const HoldfastMachine *machine)
{
  return self->said_state == machine->state && self->said_failure == machine->failure
         && self->said_radio == machine->radio && self->said_hint == machine->hint
         && self->said_way == machine->way && self->said_step == machine->step
         && (machine->state != HOLDFAST_STATE_IDENTIFY || are_candidates_shown (self));
}

static void
changed_cb (HoldfastSession *session, HoldfastPairView *self)
{
  const HoldfastMachine *machine = holdfast_session_get_machine (session);
  HoldfastClock *clock = holdfast_session_get_clock (session);

  if (self->answering)
    return;
  holdfast_clock_clear_alarm (clock, &self->tick);
  if (!is_said (self, machine)) {
    if (self->said_state != machine->state)
      g_array_set_size (self->numbered, 0);
    self->said_state = machine->state;
    self->said_failure = machine->failure;
    self->said_radio = machine->radio;
    self->said_hint = machine->hint;
    self->said_way = machine->way;
    self->said_step = machine->step;
    holdfast_terminal_set_live (self->terminal, NULL);
    say_state (self);
  }
  tick_cb (self);
}

/* Nothing but what the person read on the screen is answered for, and only while it is there. */
static void
take_identity (HoldfastPairView *self, const char *line)
{
  guint64 number = 0;

  if (!are_candidates_shown (self)) {
    say_state (self);
    return;
  }
  if (holdfast_answer_is (FALSE, line)) {
    g_autoptr (GArray) ids = g_array_copy (self->shown);

    self->answering = TRUE;
    for (guint i = 0; i < ids->len; i++)
      holdfast_session_send_device (
          self->session, HOLDFAST_EVENT_NOT_MINE, g_array_index (ids, guint, i));
    self->answering = FALSE;
    changed_cb (self->session, self);
    return;
  }
  if (self->numbered->len == 1 && holdfast_answer_is (TRUE, line))
    number = 1;
  else if (!g_ascii_string_to_unsigned (line, 10, 1, self->numbered->len, &number, NULL))
    number = 0;
  for (guint i = 0; number > 0 && i < self->shown->len; i++) {
    guint id = g_array_index (self->shown, guint, i);

    if (find_number (self, id) != number)
      continue;
    holdfast_session_send_device (self->session, HOLDFAST_EVENT_MINE, id);
    return;
  }
  say_identity_keys (self);
}

/* Returns TRUE if the line is a key that means something now. */
static gboolean
take_key (HoldfastPairView *self, const char *line)
{
  HoldfastEventKind intent;
  int answer;

  if (!holdfast_pair_keys_find (
          holdfast_session_get_machine (self->session), line, &intent, &answer))
    return FALSE;
  holdfast_session_send_answer (self->session, intent, answer);
  return TRUE;
}

static void
line_cb (HoldfastTerminal *terminal, const char *line, HoldfastPairView *self)
{
  const HoldfastMachine *machine = holdfast_session_get_machine (self->session);

  /* Keys first: "b" and "q" would do as a PIN too, but no headset wants them. */
  if (take_key (self, line))
    return;
  if (machine->state == HOLDFAST_STATE_IDENTIFY) {
    take_identity (self, line);
  } else if (machine->state == HOLDFAST_STATE_ASK_PIN && *line != '\0') {
    if (!holdfast_session_send_pin (self->session, line))
      say (self, _ ("A PIN is 1 to 16 digits or letters. It is often printed in the manual."));
  } else {
    if (*line != '\0')
      say (self, _ ("That means nothing here. These keys do:"));
    say_keys (self);
  }
}

/* Switching on may fail and change nothing that the page shows: then it is said again. */
static void
stepped_cb (HoldfastSession *session, const HoldfastStepRecord *record, HoldfastPairView *self)
{
  if (record->event.kind == HOLDFAST_EVENT_POWERED
      && record->event.failure != HOLDFAST_FAILURE_NONE)
    say (self, holdfast_failure_get_sentence (record->event.failure));
}

static void
closed_cb (HoldfastTerminal *terminal, HoldfastPairView *self)
{
  /* Nobody is there any more: leave no trace. */
  holdfast_session_send (self->session, HOLDFAST_EVENT_CANCEL);
}

static void
holdfast_pair_view_dispose (GObject *object)
{
  HoldfastPairView *self = HOLDFAST_PAIR_VIEW (object);

  if (self->session != NULL)
    holdfast_clock_clear_alarm (holdfast_session_get_clock (self->session), &self->tick);
  if (self->terminal != NULL)
    holdfast_terminal_set_live (self->terminal, NULL);
  g_clear_object (&self->session);
  g_clear_object (&self->terminal);

  G_OBJECT_CLASS (holdfast_pair_view_parent_class)->dispose (object);
}

static void
holdfast_pair_view_finalize (GObject *object)
{
  HoldfastPairView *self = HOLDFAST_PAIR_VIEW (object);

  g_array_unref (self->numbered);
  g_array_unref (self->shown);

  G_OBJECT_CLASS (holdfast_pair_view_parent_class)->finalize (object);
}

static void
holdfast_pair_view_class_init (HoldfastPairViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = holdfast_pair_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = holdfast_pair_view_finalize;
}

static void
holdfast_pair_view_init (HoldfastPairView *self)
{
  self->numbered = g_array_new (FALSE, FALSE, sizeof (guint));
  self->shown = g_array_new (FALSE, FALSE, sizeof (guint));
}

HoldfastPairView *
holdfast_pair_view_new (HoldfastSession *session,
                        HoldfastTerminal *terminal,
                        gboolean attended,
                        gboolean simulated)
{
  HoldfastPairView *self = g_object_new (HOLDFAST_TYPE_PAIR_VIEW, NULL);

  self->session = g_object_ref (session);
  self->terminal = g_object_ref (terminal);
  self->attended = attended;
  g_signal_connect_object (session, "changed", G_CALLBACK (changed_cb), self, 0);
  g_signal_connect_object (session, "stepped", G_CALLBACK (stepped_cb), self, 0);
  if (attended) {
    g_signal_connect_object (terminal, "line", G_CALLBACK (line_cb), self, 0);
    g_signal_connect_object (terminal, "closed", G_CALLBACK (closed_cb), self, 0);
    holdfast_terminal_listen (terminal);
  }
  if (simulated)
    say (self,
         _ ("Simulated: nothing here is real. A helping hand presses the buttons of the simulated "
            "headphones when you are told to."));
  if (holdfast_session_get_radio (session) == NULL)
    say (self, _ ("Guide: this computer does not listen. Your eyes judge the light."));
  return self;
}
