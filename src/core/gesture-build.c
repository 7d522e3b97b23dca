/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gesture-build-private.h"

HoldfastControl
holdfast_facts_get_control (GPtrArray *facts, const char *group, const char *key)
{
  const char *value = holdfast_facts_get (facts, group, key);
  HoldfastControl control = HOLDFAST_CONTROL_NONE;

  if (value != NULL)
    holdfast_control_from_string (value, &control);
  return control;
}

HoldfastStartState
holdfast_facts_get_start (GPtrArray *facts, const char *group)
{
  const char *value = holdfast_facts_get (facts, group, "start");
  HoldfastStartState start = HOLDFAST_START_UNKNOWN;

  if (value != NULL)
    holdfast_start_state_from_string (value, &start);
  return start;
}

HoldfastTristate
holdfast_facts_get_tristate (GPtrArray *facts, const char *group, const char *key)
{
  const char *value = holdfast_facts_get (facts, group, key);

  if (value == NULL)
    return HOLDFAST_TRISTATE_UNKNOWN;
  return g_str_equal (value, "no") ? HOLDFAST_TRISTATE_NO : HOLDFAST_TRISTATE_YES;
}

gboolean
holdfast_facts_is_yes (GPtrArray *facts, const char *group, const char *key)
{
  return holdfast_facts_get_tristate (facts, group, key) == HOLDFAST_TRISTATE_YES;
}

GStrv
holdfast_facts_get_list (GPtrArray *facts, const char *group, const char *key)
{
  const char *value = holdfast_facts_get (facts, group, key);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) items = value != NULL ? g_strsplit (value, ";", -1) : NULL;

  for (guint i = 0; items != NULL && items[i] != NULL; i++) {
    if (*items[i] != '\0')
      g_strv_builder_add (builder, items[i]);
  }
  return g_strv_builder_end (builder);
}

gboolean
holdfast_build_fail (const HoldfastBuild *self,
                     HoldfastCatalogueError code,
                     const char *group,
                     const char *key,
                     const char *what,
                     GError **error)
{
  holdfast_catalogue_set_error (error, code, self->file, group, key, "%s", what);
  return FALSE;
}

static HoldfastFactKind
get_kind (GPtrArray *facts, const char *group, const char *key)
{
  const HoldfastFact *fact = holdfast_facts_find (facts, group, key);

  return fact != NULL ? fact->kind : HOLDFAST_FACT_UNKNOWN;
}

static gboolean
is_power (HoldfastControl control)
{
  return control == HOLDFAST_CONTROL_POWER || control == HOLDFAST_CONTROL_POWER_PLAY
         || control == HOLDFAST_CONTROL_POWER_PAIR;
}

/* The button that switches this headset on and off, if we know which it is. */
static HoldfastControl
find_power_control (const HoldfastBuild *self, HoldfastControl held)
{
  g_auto (GStrv) controls = holdfast_facts_get_list (self->parts, "headset", "controls");

  if (is_power (held))
    return held;
  for (guint i = 0; controls[i] != NULL; i++) {
    HoldfastControl control;

    if (holdfast_control_from_string (controls[i], &control) && is_power (control))
      return control;
  }
  return HOLDFAST_CONTROL_NONE;
}

static void
add_plain_step (HoldfastGesture *gesture, HoldfastAction action)
{
  HoldfastStep step = { .action = action };

  holdfast_gesture_add_step (gesture, &step);
}

/* The hold only switches it off. With no other source for this one the marks follow the rule. */
static void
add_switch_off (const HoldfastBuild *self, HoldfastGesture *gesture, HoldfastControl held)
{
  HoldfastControl control = find_power_control (self, held);
  HoldfastStep hold = { .action = HOLDFAST_ACTION_HOLD, .control = control, .only_if_on = TRUE };
  HoldfastStep wait = { .action = HOLDFAST_ACTION_WAIT, .only_if_on = TRUE };
  guint usual = holdfast_facts_get_uint (self->parts, "switch-off", "hold-usual-ms");

  if (control == HOLDFAST_CONTROL_NONE || usual == 0)
    return;

  hold.usual_ms = usual;
  if (!holdfast_hold_derive (usual, 0, G_MAXUINT, &hold.earliest_ms, &hold.longest_ms))
    g_return_if_reached ();
  holdfast_gesture_add_step (gesture, &hold);

  wait.earliest_ms = holdfast_facts_get_uint (self->parts, "switch-off", "wait-ms");
  wait.usual_ms = wait.longest_ms = wait.earliest_ms;
  if (wait.earliest_ms > 0)
    holdfast_gesture_add_step (gesture, &wait);
}

/* Everything that has to be so before the hold begins. */
static void
add_preparation (const HoldfastBuild *self, HoldfastGesture *gesture, HoldfastControl held)
{
  const char *group = gesture->id;

  if (holdfast_facts_is_yes (self->parts, "connectors", "cable-blocks"))
    add_plain_step (gesture, HOLDFAST_ACTION_UNPLUG_CABLE);
  if (gesture->start != HOLDFAST_START_CHARGING
      && (holdfast_facts_is_yes (self->parts, "connectors", "usb-blocks")
          || holdfast_facts_is_yes (self->facts, group, "usb-removed")))
    add_plain_step (gesture, HOLDFAST_ACTION_UNPLUG_USB);

  switch (gesture->start) {
  case HOLDFAST_START_OFF:
    add_switch_off (self, gesture, held);
    break;
  case HOLDFAST_START_IN_CASE:
    add_plain_step (gesture, HOLDFAST_ACTION_BUDS_IN_CASE);
    add_plain_step (gesture, HOLDFAST_ACTION_OPEN_LID);
    break;
  case HOLDFAST_START_OUT_OF_CASE:
    add_plain_step (gesture, HOLDFAST_ACTION_BUDS_OUT);
    break;
  case HOLDFAST_START_CHARGING:
    add_plain_step (gesture, HOLDFAST_ACTION_PLUG_USB);
    break;
  case HOLDFAST_START_ANY:
  case HOLDFAST_START_ON:
  case HOLDFAST_START_UNKNOWN:
  case HOLDFAST_START_MAX:
    break;
  }
  if (holdfast_facts_is_yes (self->facts, group, "worn"))
    add_plain_step (gesture, HOLDFAST_ACTION_WEAR);
}

static const char *
get_way_value (const HoldfastBuild *self, const char *group, const char *key)
{
  const char *value = holdfast_facts_get (self->facts, group, key);

  return value != NULL ? value : holdfast_facts_get (self->facts, "pair", key);
}

static void
set_light (const HoldfastBuild *self, HoldfastGesture *gesture)
{
  const char *group = gesture->id;
  const char *value;
  gboolean is_way = gesture->kind == HOLDFAST_GESTURE_PAIR;

  value = is_way ? get_way_value (self, group, "light-seen")
                 : holdfast_facts_get (self->facts, group, "light-seen");
  if (value != NULL)
    holdfast_light_from_string (value, &gesture->light_seen);
  value = is_way ? get_way_value (self, group, "light")
                 : holdfast_facts_get (self->facts, group, "light");
  if (value != NULL)
    gesture->light = holdfast_timeline_parse (value, NULL);
}

static void
add_derived (const HoldfastBuild *self, const char *group, const char *key, guint ms)
{
  HoldfastFact *fact;

  /* The family's way stays the family's: it adds nothing to the facts of this model. */
  if (self->facts != self->parts || holdfast_facts_find (self->facts, group, key) != NULL)
    return;
  fact = g_new0 (HoldfastFact, 1);
  fact->group = g_strdup (group);
  fact->key = g_strdup (key);
  fact->value = g_strdup_printf ("%u", ms);
  fact->kind = HOLDFAST_FACT_DERIVED;
  fact->confidence = HOLDFAST_CONFIDENCE_MEDIUM;
  fact->source = g_strdup ("derived");
  g_ptr_array_add (self->facts, fact);
}

/* Marks that a file names itself must agree with the rule where the rule is about safety. */
static gboolean
set_marks (const HoldfastBuild *self,
           const HoldfastGesture *gesture,
           guint limit,
           HoldfastStep *hold,
           GError **error)
{
  const char *group = gesture->id;
  guint usual = holdfast_facts_get_uint (self->facts, group, "hold-usual-ms");
  guint other = holdfast_facts_get_uint (self->facts, group, "hold-other-ms");
  guint earliest = holdfast_facts_get_uint (self->facts, group, "hold-earliest-ms");
  guint longest = holdfast_facts_get_uint (self->facts, group, "hold-longest-ms");

  if (other != 0
      && get_kind (self->facts, group, "hold-other-ms")
             < get_kind (self->facts, group, "hold-usual-ms"))
    return holdfast_build_fail (self,
                                HOLDFAST_CATALOGUE_ERROR_VALUE,
                                group,
                                "hold-other-ms",
                                "has a stronger source than hold-usual-ms; the strongest decides",
                                error);
  if (!holdfast_hold_derive (usual, other, limit, &hold->earliest_ms, &hold->longest_ms)) {
    holdfast_catalogue_set_error (
        error,
        HOLDFAST_CATALOGUE_ERROR_UNSAFE,
        self->file,
        group,
        "hold-usual-ms",
        "%u ms runs too close to a gesture that erases or restarts: at most %u ms is safe",
        usual,
        limit);
    return FALSE;
  }
  if (longest > limit) {
    holdfast_catalogue_set_error (
        error,
        HOLDFAST_CATALOGUE_ERROR_UNSAFE,
        self->file,
        group,
        "hold-longest-ms",
        "%u ms runs too close to a gesture that erases or restarts: at most %u ms is safe",
        longest,
        limit);
    return FALSE;
  }

  hold->usual_ms = usual;
  if (earliest != 0)
    hold->earliest_ms = earliest;
  if (longest != 0)
    hold->longest_ms = longest;
  if (hold->earliest_ms > usual)
    return holdfast_build_fail (self,
                                HOLDFAST_CATALOGUE_ERROR_VALUE,
                                group,
                                "hold-earliest-ms",
                                "must not be later than hold-usual-ms",
                                error);
  if (hold->longest_ms < usual || (other > hold->longest_ms && longest != 0))
    return holdfast_build_fail (self,
                                HOLDFAST_CATALOGUE_ERROR_VALUE,
                                group,
                                "hold-longest-ms",
                                "must not be earlier than any other time of this hold",
                                error);
  /* A weaker source may name a longer time than the usual one: then it takes that long. */
  hold->longest_ms = MIN (MAX (hold->longest_ms, other), limit);
  add_derived (self, group, "hold-earliest-ms", hold->earliest_ms);
  add_derived (self, group, "hold-longest-ms", hold->longest_ms);
  return TRUE;
}

static gboolean
check_controls (const HoldfastBuild *self,
                const HoldfastGesture *gesture,
                HoldfastControl control,
                HoldfastControl control2,
                GError **error)
{
  g_auto (GStrv) controls = holdfast_facts_get_list (self->parts, "headset", "controls");
  const char *group = gesture->id;

  if (control == control2)
    return holdfast_build_fail (
        self, HOLDFAST_CATALOGUE_ERROR_VALUE, group, "control2", "is the same as control", error);
  /* Whether it is there is just what the question asks; and what the family has is the family's. */
  if (self->from_family || gesture->question != HOLDFAST_QUESTION_NONE)
    return TRUE;
  if (!g_strv_contains ((const char *const *) controls, holdfast_control_to_string (control)))
    return holdfast_build_fail (self,
                                HOLDFAST_CATALOGUE_ERROR_VALUE,
                                group,
                                "control",
                                "is not among the controls of this headset",
                                error);
  if (control2 != HOLDFAST_CONTROL_NONE
      && !g_strv_contains ((const char *const *) controls, holdfast_control_to_string (control2)))
    return holdfast_build_fail (self,
                                HOLDFAST_CATALOGUE_ERROR_VALUE,
                                group,
                                "control2",
                                "is not among the controls of this headset",
                                error);
  return TRUE;
}

static gboolean
set_question (const HoldfastBuild *self, HoldfastGesture *gesture, GError **error)
{
  const char *question = holdfast_facts_get (self->facts, gesture->id, "question");
  const char *answer = holdfast_facts_get (self->facts, gesture->id, "question-answer");

  if ((question == NULL) != (answer == NULL))
    return holdfast_build_fail (self,
                                HOLDFAST_CATALOGUE_ERROR_VALUE,
                                gesture->id,
                                question == NULL ? "question-answer" : "question",
                                "question and question-answer come together",
                                error);
  if (question != NULL) {
    holdfast_question_from_string (question, &gesture->question);
    gesture->question_answer = g_str_equal (answer, "yes");
  }
  return TRUE;
}

static void
set_details (const HoldfastBuild *self, HoldfastGesture *gesture)
{
  const char *group = gesture->id;
  const char *value;

  gesture->from_family = self->from_family;
  gesture->evidence = MAX (get_kind (self->facts, group, "control"),
                           get_kind (self->facts, group, "hold-usual-ms"));
  if ((value = holdfast_facts_get (self->facts, group, "place")) != NULL)
    holdfast_place_from_string (value, &gesture->place);
  if ((value = holdfast_facts_get (self->facts, group, "light-place")) != NULL)
    holdfast_place_from_string (value, &gesture->light_place);
  if (gesture->kind == HOLDFAST_GESTURE_PAIR) {
    if ((value = get_way_value (self, group, "voice")) != NULL)
      holdfast_voice_from_string (value, &gesture->voice);
    if ((value = get_way_value (self, group, "window-ms")) != NULL)
      gesture->window_ms = (guint) g_ascii_strtoull (value, NULL, 10);
  }
}

/* Builds the gesture of one group; @ret_gesture is NULL if the group does not know enough. */
gboolean
holdfast_build_gesture (const HoldfastBuild *self,
                        const char *group,
                        HoldfastGestureKind kind,
                        HoldfastGesture **ret_gesture,
                        GError **error)
{
  g_autoptr (HoldfastGesture) gesture = holdfast_gesture_new (group, kind);
  HoldfastStep last = { .action = HOLDFAST_ACTION_PRESS };
  gboolean is_hold = holdfast_facts_find (self->facts, group, "hold-usual-ms") != NULL;
  guint limit = G_MAXUINT;

  *ret_gesture = NULL;
  last.control = holdfast_facts_get_control (self->facts, group, "control");
  last.control2 = holdfast_facts_get_control (self->facts, group, "control2");
  gesture->start = holdfast_facts_get_start (self->facts, group);
  if (last.control == HOLDFAST_CONTROL_NONE || (!is_hold && (kind != HOLDFAST_GESTURE_RESTART)))
    return TRUE;

  if (!set_question (self, gesture, error)
      || !check_controls (self, gesture, last.control, last.control2, error))
    return FALSE;
  set_light (self, gesture);
  set_details (self, gesture);
  add_preparation (self, gesture, last.control);
  if (is_hold) {
    last.action = HOLDFAST_ACTION_HOLD;
    if (kind == HOLDFAST_GESTURE_PAIR)
      limit = holdfast_hold_get_limit (last.control, last.control2, gesture->start, &self->erasing);
    if (!set_marks (self, gesture, limit, &last, error))
      return FALSE;
  } else {
    gesture->evidence = get_kind (self->facts, group, "control");
  }
  last.light = gesture->light;
  holdfast_gesture_add_step (gesture, &last);
  *ret_gesture = g_steal_pointer (&gesture);
  return TRUE;
}

static gboolean
has_group (GPtrArray *facts, const char *group)
{
  for (guint i = 0; i < facts->len; i++) {
    const HoldfastFact *fact = g_ptr_array_index (facts, i);

    if (g_str_equal (fact->group, group))
      return TRUE;
  }
  return FALSE;
}

gboolean
holdfast_build_ways (const HoldfastBuild *self, GPtrArray *ways, GError **error)
{
  for (guint i = 1; i <= 9; i++) {
    g_autofree char *group = i == 1 ? g_strdup ("pair") : g_strdup_printf ("pair-%u", i);
    HoldfastGesture *way = NULL;

    if (!holdfast_build_gesture (self, group, HOLDFAST_GESTURE_PAIR, &way, error))
      return FALSE;
    if (way != NULL)
      g_ptr_array_add (ways, way);
    else if (i > 1 && has_group (self->facts, group))
      return holdfast_build_fail (self,
                                  HOLDFAST_CATALOGUE_ERROR_VALUE,
                                  group,
                                  NULL,
                                  "a further way needs control and hold-usual-ms",
                                  error);
  }
  return TRUE;
}

HoldfastGesture *
holdfast_build_first_time (const HoldfastBuild *self)
{
  const char *way = holdfast_facts_get (self->facts, "first-time", "way");
  HoldfastGesture *gesture;
  HoldfastStep press = { .action = HOLDFAST_ACTION_PRESS };
  gboolean is_switch_on;

  if (way == NULL)
    return NULL;
  is_switch_on = g_str_equal (way, "switch-on");
  gesture = holdfast_gesture_new ("first-time", HOLDFAST_GESTURE_FIRST_TIME);
  gesture->start = is_switch_on ? HOLDFAST_START_ANY : HOLDFAST_START_IN_CASE;
  gesture->evidence = get_kind (self->facts, "first-time", "way");
  gesture->window_ms = holdfast_facts_get_uint (self->facts, "pair", "window-ms");
  if ((way = holdfast_facts_get (self->facts, "pair", "voice")) != NULL)
    holdfast_voice_from_string (way, &gesture->voice);
  if ((way = holdfast_facts_get (self->facts, "pair", "light-seen")) != NULL)
    holdfast_light_from_string (way, &gesture->light_seen);
  if ((way = holdfast_facts_get (self->facts, "pair", "light")) != NULL)
    gesture->light = holdfast_timeline_parse (way, NULL);

  if (holdfast_facts_is_yes (self->parts, "connectors", "cable-blocks"))
    add_plain_step (gesture, HOLDFAST_ACTION_UNPLUG_CABLE);
  if (holdfast_facts_is_yes (self->parts, "connectors", "usb-blocks"))
    add_plain_step (gesture, HOLDFAST_ACTION_UNPLUG_USB);
  press.control = find_power_control (self, HOLDFAST_CONTROL_NONE);
  press.light = gesture->light;
  if (is_switch_on && press.control != HOLDFAST_CONTROL_NONE)
    holdfast_gesture_add_step (gesture, &press);
  else if (!is_switch_on)
    add_plain_step (gesture, HOLDFAST_ACTION_BUDS_OUT);
  return gesture;
}
