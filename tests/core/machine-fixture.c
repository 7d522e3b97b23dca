/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "machine-fixture.h"

#include <stdlib.h>
#include <string.h>

static const char *const verdict_words[] = {
  [HOLDFAST_VERDICT_NOTHING] = "nothing", [HOLDFAST_VERDICT_HINT] = "hint",
  [HOLDFAST_VERDICT_CERTAIN] = "certain", [HOLDFAST_VERDICT_ASK] = "ask",
  [HOLDFAST_VERDICT_OFFER] = "offer",
};

static const char *const light_words[HOLDFAST_LIGHT_ANSWER_MAX] = {
  [HOLDFAST_LIGHT_ANSWER_PAIRS] = "pairs",  [HOLDFAST_LIGHT_ANSWER_SLOW] = "slow",
  [HOLDFAST_LIGHT_ANSWER_SOLID] = "solid",  [HOLDFAST_LIGHT_ANSWER_RED] = "red",
  [HOLDFAST_LIGHT_ANSWER_NOTHING] = "dark", [HOLDFAST_LIGHT_ANSWER_VOICE] = "voice",
};

static const char *const hint_words[HOLDFAST_HINT_MAX] = {
  [HOLDFAST_HINT_NONE] = "none",
  [HOLDFAST_HINT_ON_NOT_PAIRING] = "on-not-pairing",
  [HOLDFAST_HINT_START_FROM_OFF] = "start-from-off",
  [HOLDFAST_HINT_PHONE_HAS_IT] = "phone-has-it",
  [HOLDFAST_HINT_CHARGE] = "charge",
  [HOLDFAST_HINT_CABLE_OR_CHARGE] = "cable-or-charge",
  [HOLDFAST_HINT_COME_NEARER] = "come-nearer",
  [HOLDFAST_HINT_OTHER_WAY] = "other-way",
};

static const char *const flag_words[]
    = { "paired", "connected", "transport", "blocked", "unstored" };

static HoldfastGesture *
make_power_way (void)
{
  HoldfastGesture *gesture = holdfast_gesture_new ("pair", HOLDFAST_GESTURE_PAIR);
  const HoldfastStep steps[] = {
    { HOLDFAST_ACTION_UNPLUG_CABLE },
    { HOLDFAST_ACTION_HOLD, HOLDFAST_CONTROL_POWER, 0, 2000, 2000, 4000, NULL, TRUE },
    { HOLDFAST_ACTION_WAIT, 0, 0, 2000, 2000, 2000 },
    { HOLDFAST_ACTION_HOLD, HOLDFAST_CONTROL_POWER, 0, 5000, 7000, 10000 },
  };

  gesture->window_ms = 300000;
  gesture->question = HOLDFAST_QUESTION_CASE_BUTTON;
  gesture->question_answer = FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    holdfast_gesture_add_step (gesture, &steps[i]);
  return gesture;
}

static HoldfastGesture *
make_case_way (void)
{
  HoldfastGesture *gesture = holdfast_gesture_new ("pair-2", HOLDFAST_GESTURE_PAIR);
  const HoldfastStep steps[] = {
    { HOLDFAST_ACTION_HOLD, HOLDFAST_CONTROL_CASE_BUTTON, 0, 1000, 1000, 2000 },
    { HOLDFAST_ACTION_OPEN_LID },
    { HOLDFAST_ACTION_HOLD, HOLDFAST_CONTROL_CASE_BUTTON, 0, 5000, 5000, 8000 },
  };

  gesture->window_ms = 300000;
  gesture->question = HOLDFAST_QUESTION_CASE_BUTTON;
  gesture->question_answer = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    holdfast_gesture_add_step (gesture, &steps[i]);
  return gesture;
}

void
machine_fixture_init (MachineFixture *self)
{
  memset (self, 0, sizeof *self);
  self->ways = g_ptr_array_new_with_free_func ((GDestroyNotify) holdfast_gesture_free);
  g_ptr_array_add (self->ways, make_power_way ());
  g_ptr_array_add (self->ways, make_case_way ());
  machine_fixture_restart (self, FALSE, HOLDFAST_QUESTION_NONE, 3 * G_USEC_PER_SEC);
}

void
machine_fixture_clear (MachineFixture *self)
{
  g_clear_pointer (&self->ways, g_ptr_array_unref);
}

void
machine_fixture_restart (MachineFixture *self,
                         gboolean guide,
                         HoldfastQuestion question,
                         gint64 lead_in_us)
{
  HoldfastMachineConfig config = { self->ways, question, guide, lead_in_us };

  self->now_us = 0;
  self->effects = 0;
  holdfast_machine_init (&self->machine, &config);
}

gboolean
machine_fixture_step (MachineFixture *self, const HoldfastEvent *event, gint64 now_us)
{
  gboolean changed;

  g_assert_cmpint (now_us, >=, self->now_us);
  self->now_us = now_us;
  changed = holdfast_machine_step (&self->machine, event, now_us, &self->effects);
  g_assert_cmpint (self->machine.deadline_us, >=, now_us);
  return changed;
}

static gboolean
find_word (const char *const *words, guint n_words, const char *word, guint *ret_index)
{
  for (guint i = 0; i < n_words; i++) {
    if (words[i] != NULL && g_str_equal (words[i], word)) {
      *ret_index = i;
      return TRUE;
    }
  }
  return FALSE;
}

static gboolean
parse_failure (const char *word, HoldfastFailure *ret_failure)
{
  for (HoldfastFailure failure = 0; failure < HOLDFAST_FAILURE_MAX; failure++) {
    if (g_str_equal (holdfast_failure_to_string (failure), word)) {
      *ret_failure = failure;
      return TRUE;
    }
  }
  return FALSE;
}

static gboolean
parse_flags (const char *word, HoldfastDeviceFlags *ret_flags)
{
  g_auto (GStrv) flags = g_strsplit (word, ",", -1);

  for (guint i = 0; flags[i] != NULL; i++) {
    guint bit;

    if (!find_word (flag_words, G_N_ELEMENTS (flag_words), flags[i], &bit))
      return FALSE;
    *ret_flags |= 1u << bit;
  }
  return TRUE;
}

static gboolean
parse_word (const char *word, HoldfastEvent *event)
{
  guint index;

  if (g_str_has_prefix (word, "device=")) {
    event->device = (guint) atoi (word + strlen ("device="));
    event->verdict.device = event->device;
    return TRUE;
  }
  if (g_str_has_prefix (word, "candidates=")) {
    event->verdict.n_candidates = (guint) atoi (word + strlen ("candidates="));
    return TRUE;
  }
  if (event->kind == HOLDFAST_EVENT_VERDICT) {
    if (find_word (verdict_words, G_N_ELEMENTS (verdict_words), word, &index))
      event->verdict.kind = index;
    else if (g_str_equal (word, "paired"))
      event->verdict.paired = TRUE;
    else if (g_str_equal (word, "blocked"))
      event->verdict.blocked = TRUE;
    else if (g_str_equal (word, "new"))
      event->verdict.new_since_hold = TRUE;
    else if (g_str_equal (word, "familiar"))
      event->verdict.familiar = TRUE;
    else
      return FALSE;
    return TRUE;
  }
  if (event->kind == HOLDFAST_EVENT_ANSWER_LIGHT) {
    if (!find_word (light_words, G_N_ELEMENTS (light_words), word, &index))
      return FALSE;
    event->arg = (int) index;
    return TRUE;
  }
  if (event->kind == HOLDFAST_EVENT_ANSWER_WAY) {
    event->arg = g_str_equal (word, "yes");
    return event->arg || g_str_equal (word, "no");
  }
  if (event->kind == HOLDFAST_EVENT_DEVICE || event->kind == HOLDFAST_EVENT_MINE
      || event->kind == HOLDFAST_EVENT_KNOWN_DEVICE)
    return parse_flags (word, &event->flags);
  return g_str_equal (word, "ok") || parse_failure (word, &event->failure);
}

void
machine_fixture_parse_event (const char *text, const char *where, HoldfastEvent *ret_event)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  HoldfastEventKind kind = 0;

  memset (ret_event, 0, sizeof *ret_event);
  while (kind < HOLDFAST_EVENT_MAX && !g_str_equal (holdfast_event_to_string (kind), words[0]))
    kind++;
  if (kind == HOLDFAST_EVENT_MAX)
    g_error ("%s: no such event: %s", where, text);
  ret_event->kind = kind;
  if (kind == HOLDFAST_EVENT_VERDICT)
    ret_event->verdict.n_candidates = 1;
  for (guint i = 1; words[i] != NULL; i++) {
    if (words[i][0] != '\0' && !parse_word (words[i], ret_event))
      g_error ("%s: no such word: %s in %s", where, words[i], text);
  }
}

static gint64
parse_time (const MachineFixture *fixture, const char *word, const char *where)
{
  if (g_str_equal (word, "due")) {
    if (fixture->machine.deadline_us == G_MAXINT64)
      g_error ("%s: there is no deadline", where);
    return fixture->machine.deadline_us;
  }
  if (word[0] != '+')
    g_error ("%s: no time: %s", where, word);
  return fixture->now_us + (gint64) (g_ascii_strtod (word + 1, NULL) * G_USEC_PER_SEC);
}

void
machine_fixture_happens (MachineFixture *self, const char *text, const char *where)
{
  const char *space = strchr (text, ' ');
  g_autofree char *when = NULL;
  HoldfastEvent event;

  if (space == NULL)
    g_error ("%s: no event: %s", where, text);
  when = g_strndup (text, (gsize) (space - text));
  while (*space == ' ')
    space++;
  machine_fixture_parse_event (space, where, &event);
  machine_fixture_step (self, &event, parse_time (self, when, where));
}

static void
append_flags (GString *text, HoldfastDeviceFlags flags)
{
  const char *separator = " ";

  for (guint i = 0; i < G_N_ELEMENTS (flag_words); i++) {
    if ((flags & (1u << i)) != 0) {
      g_string_append_printf (text, "%s%s", separator, flag_words[i]);
      separator = ",";
    }
  }
}

static gboolean
carries_failure (HoldfastEventKind kind)
{
  return kind == HOLDFAST_EVENT_RADIO || kind == HOLDFAST_EVENT_DISCOVERY_STARTED
         || kind == HOLDFAST_EVENT_AGENT_REGISTERED || kind == HOLDFAST_EVENT_PAIRED
         || kind == HOLDFAST_EVENT_TRUSTED || kind == HOLDFAST_EVENT_CONNECTED
         || kind == HOLDFAST_EVENT_REMOVED || kind == HOLDFAST_EVENT_UNBLOCKED
         || kind == HOLDFAST_EVENT_POWERED;
}

char *
machine_fixture_event_to_text (const HoldfastEvent *event)
{
  GString *text = g_string_new (holdfast_event_to_string (event->kind));

  if (event->kind == HOLDFAST_EVENT_VERDICT) {
    const HoldfastVerdict *verdict = &event->verdict;

    g_string_append_printf (text, " %s", verdict_words[verdict->kind]);
    if (verdict->device != 0)
      g_string_append_printf (
          text, " device=%u candidates=%u", verdict->device, verdict->n_candidates);
    g_string_append_printf (text,
                            "%s%s%s%s",
                            verdict->paired ? " paired" : "",
                            verdict->blocked ? " blocked" : "",
                            verdict->new_since_hold ? " new" : "",
                            verdict->familiar ? " familiar" : "");
  } else if (event->device != 0) {
    g_string_append_printf (text, " device=%u", event->device);
    append_flags (text, event->flags);
  } else if (event->kind == HOLDFAST_EVENT_ANSWER_LIGHT) {
    g_string_append_printf (text, " %s", light_words[event->arg]);
  } else if (event->kind == HOLDFAST_EVENT_ANSWER_WAY) {
    g_string_append (text, event->arg ? " yes" : " no");
  } else if (carries_failure (event->kind)) {
    g_string_append_printf (text,
                            " %s",
                            event->failure == HOLDFAST_FAILURE_NONE
                                ? "ok"
                                : holdfast_failure_to_string (event->failure));
  }
  return g_string_free (text, FALSE);
}

char *
machine_fixture_describe (const MachineFixture *self)
{
  const HoldfastMachine *machine = &self->machine;
  GString *text = g_string_new (holdfast_state_to_string (machine->state));
  g_autofree char *effects = holdfast_effects_to_string (self->effects);

  if (machine->failure != HOLDFAST_FAILURE_NONE)
    g_string_append_printf (text, " because=%s", holdfast_failure_to_string (machine->failure));
  if (machine->hint != HOLDFAST_HINT_NONE)
    g_string_append_printf (text, " hint=%s", hint_words[machine->hint]);
  if (machine->state == HOLDFAST_STATE_HOLD)
    g_string_append_printf (text, " way=%u step=%u", machine->way, machine->step);
  if (machine->device != 0) {
    g_string_append_printf (text, " device=%u", machine->device);
    append_flags (text, machine->flags);
  }
  if (machine->deadline_us != G_MAXINT64)
    g_string_append_printf (
        text, " until=+%.1f", (double) (machine->deadline_us - self->now_us) / G_USEC_PER_SEC);
  if (self->effects != 0)
    g_string_append_printf (text, " do %s", effects);
  return g_string_free (text, FALSE);
}

void
machine_fixture_compare (const char *name, const char *text)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "core", name, NULL);
  g_autofree char *contents = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) is = NULL;
  g_auto (GStrv) was = NULL;

  if (g_strcmp0 (g_getenv ("HOLDFAST_TEST_GOLDEN"), "write") == 0) {
    g_file_set_contents (path, text, -1, &error);
    g_assert_no_error (error);
    return;
  }

  g_file_get_contents (path, &contents, NULL, &error);
  g_assert_no_error (error);
  if (g_str_equal (contents, text))
    return;

  was = g_strsplit (contents, "\n", -1);
  is = g_strsplit (text, "\n", -1);
  for (guint i = 0;; i++) {
    if (was[i] == NULL || is[i] == NULL || !g_str_equal (was[i], is[i]))
      g_error ("%s:%u\n  was: %s\n  is:  %s\nIf that is right: HOLDFAST_TEST_GOLDEN=write, and "
               "review the difference.",
               name,
               i + 1,
               was[i] != NULL ? was[i] : "(end)",
               is[i] != NULL ? is[i] : "(end)");
  }
}
