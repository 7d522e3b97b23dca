/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sentences-private.h"

#include <glib/gi18n-lib.h>

const char *
holdfast_control_get_label (HoldfastControl control)
{
  /* Translators: names of what a hand can touch on headphones, as labels. */
  static const char *const labels[HOLDFAST_CONTROL_MAX] = {
    [HOLDFAST_CONTROL_NONE] = NULL,
    [HOLDFAST_CONTROL_POWER] = N_ ("Power button"),
    [HOLDFAST_CONTROL_POWER_PLAY] = N_ ("Power and play button"),
    [HOLDFAST_CONTROL_POWER_PAIR] = N_ ("Power button with the Bluetooth sign"),
    [HOLDFAST_CONTROL_BLUETOOTH] = N_ ("Bluetooth button"),
    [HOLDFAST_CONTROL_NC_AMBIENT] = N_ ("NC button"),
    [HOLDFAST_CONTROL_CUSTOM] = N_ ("CUSTOM button"),
    [HOLDFAST_CONTROL_VOLUME_DOWN] = N_ ("Volume − button"),
    [HOLDFAST_CONTROL_CASE_BUTTON] = N_ ("Button on the charging case"),
    [HOLDFAST_CONTROL_EARBUD_TOUCH] = N_ ("Outer sides of both earbuds"),
    [HOLDFAST_CONTROL_EARBUD_BUTTON] = N_ ("Buttons of both earbuds"),
    [HOLDFAST_CONTROL_MODE_SWITCH] = N_ ("Slide switch"),
  };

  g_return_val_if_fail ((guint) control < HOLDFAST_CONTROL_MAX, "");

  return labels[control] != NULL ? _ (labels[control]) : "";
}

const char *
holdfast_control_get_sign (HoldfastControl control)
{
  /* Translators: what is printed on or beside a control; letters stay as they are. */
  static const char *const signs[HOLDFAST_CONTROL_MAX] = {
    [HOLDFAST_CONTROL_POWER] = N_ ("a circle with a line at the top"),
    [HOLDFAST_CONTROL_POWER_PLAY] = N_ ("a circle with a line at the top, or a triangle"),
    [HOLDFAST_CONTROL_POWER_PAIR] = N_ ("the Bluetooth sign: a pointed letter B"),
    [HOLDFAST_CONTROL_BLUETOOTH] = N_ ("the Bluetooth sign: a pointed letter B"),
    [HOLDFAST_CONTROL_NC_AMBIENT] = N_ ("NC/AMBIENT, NC/AMB or NC"),
    [HOLDFAST_CONTROL_CUSTOM] = N_ ("CUSTOM or C"),
    [HOLDFAST_CONTROL_VOLUME_DOWN] = N_ ("a minus"),
  };

  g_return_val_if_fail ((guint) control < HOLDFAST_CONTROL_MAX, NULL);

  return signs[control] != NULL ? _ (signs[control]) : NULL;
}

/* The same controls inside a sentence. */
static const char *
get_object (HoldfastControl control)
{
  /* Translators: put in place of %s in sentences such as "Hold %s for about 7 seconds.",
   * "Try holding %s." and "Press %s once and let go."; give the form that fits there. */
  static const char *const objects[HOLDFAST_CONTROL_MAX] = {
    [HOLDFAST_CONTROL_NONE] = NC_ ("what to hold", "the button"),
    [HOLDFAST_CONTROL_POWER] = NC_ ("what to hold", "the power button"),
    [HOLDFAST_CONTROL_POWER_PLAY] = NC_ ("what to hold", "the button for power and play"),
    [HOLDFAST_CONTROL_POWER_PAIR]
    = NC_ ("what to hold", "the power button (it also has the Bluetooth sign)"),
    [HOLDFAST_CONTROL_BLUETOOTH] = NC_ ("what to hold", "the button with the Bluetooth sign"),
    [HOLDFAST_CONTROL_NC_AMBIENT]
    = NC_ ("what to hold", "the button marked NC/AMBIENT, NC/AMB or NC"),
    [HOLDFAST_CONTROL_CUSTOM] = NC_ ("what to hold", "the button marked CUSTOM or C"),
    [HOLDFAST_CONTROL_VOLUME_DOWN] = NC_ ("what to hold", "the volume button marked −"),
    [HOLDFAST_CONTROL_CASE_BUTTON] = NC_ ("what to hold", "the button on the charging case"),
    [HOLDFAST_CONTROL_EARBUD_TOUCH] = NC_ ("what to hold", "the outer sides of both earbuds"),
    [HOLDFAST_CONTROL_EARBUD_BUTTON] = NC_ ("what to hold", "the buttons of both earbuds"),
    [HOLDFAST_CONTROL_MODE_SWITCH] = NC_ ("what to hold", "the slide switch"),
  };

  return g_dpgettext2 (GETTEXT_PACKAGE, "what to hold", objects[control]);
}

static char *
get_objects (const HoldfastStep *step)
{
  if (step->control2 == HOLDFAST_CONTROL_NONE)
    return g_strdup (get_object (step->control));
  return g_strdup_printf (
      /* Translators: two things to hold or press at the same time, both from the list of controls:
       * "the power button and the button marked NC together". */
      C_ ("what to hold", "%s and %s together"),
      get_object (step->control),
      get_object (step->control2));
}

const char *
holdfast_place_get_sentence (HoldfastPlace place)
{
  /* Translators: where a button is. "Side" is the left or right half of headphones. */
  static const char *const sentences[HOLDFAST_PLACE_MAX] = {
    [HOLDFAST_PLACE_LEFT_CUP] = N_ ("Look for it on the left side."),
    [HOLDFAST_PLACE_LEFT_CUP_REAR] = N_ ("Look for it on the left side, at the rear edge."),
    [HOLDFAST_PLACE_RIGHT_CUP] = N_ ("Look for it on the right side."),
    [HOLDFAST_PLACE_RIGHT_CUP_MIDDLE]
    = N_ ("Look for it on the right side: the middle one of three buttons."),
    [HOLDFAST_PLACE_EARBUDS_OUTSIDE]
    = N_ ("It is on the side of each earbud that faces away from your head."),
    [HOLDFAST_PLACE_CASE] = N_ ("Look for it all around the charging case."),
    [HOLDFAST_PLACE_CASE_FRONT] = N_ ("Look for it on the front of the case."),
    [HOLDFAST_PLACE_CASE_BACK] = N_ ("Look for it on the back of the case."),
    [HOLDFAST_PLACE_CASE_BESIDE_USB]
    = N_ ("Look for it on the case, beside the socket for charging."),
    [HOLDFAST_PLACE_NECKBAND_LEFT] = N_ ("Look for it on the left side of the neckband."),
    [HOLDFAST_PLACE_CONTROL_BLOCK]
    = N_ ("Look for it where the buttons are, on the neckband or its cable."),
    [HOLDFAST_PLACE_BESIDE_CONTROL] = N_ ("Look for it right beside the button."),
  };

  g_return_val_if_fail ((guint) place < HOLDFAST_PLACE_MAX, NULL);

  return sentences[place] != NULL ? _ (sentences[place]) : NULL;
}

const char *
holdfast_light_place_get_sentence (HoldfastPlace place)
{
  /* Translators: where a small light is. */
  static const char *const sentences[HOLDFAST_PLACE_MAX] = {
    [HOLDFAST_PLACE_LEFT_CUP] = N_ ("Look for the light on the left side."),
    [HOLDFAST_PLACE_LEFT_CUP_REAR] = N_ ("Look for the light on the left side, at the rear edge."),
    [HOLDFAST_PLACE_RIGHT_CUP] = N_ ("Look for the light on the right side."),
    [HOLDFAST_PLACE_RIGHT_CUP_MIDDLE]
    = N_ ("Look for the light on the right side, beside the middle button."),
    [HOLDFAST_PLACE_EARBUDS_OUTSIDE] = N_ ("Look for the light on the earbuds."),
    [HOLDFAST_PLACE_CASE] = N_ ("Look for the light on the case."),
    [HOLDFAST_PLACE_CASE_FRONT] = N_ ("Look for the light on the front of the case."),
    [HOLDFAST_PLACE_CASE_BACK] = N_ ("Look for the light on the back of the case."),
    [HOLDFAST_PLACE_CASE_BESIDE_USB]
    = N_ ("Look for the light on the case, beside the socket for charging."),
    [HOLDFAST_PLACE_NECKBAND_LEFT] = N_ ("Look for the light on the left side of the neckband."),
    [HOLDFAST_PLACE_CONTROL_BLOCK] = N_ ("Look for the light where the buttons are."),
    [HOLDFAST_PLACE_BESIDE_CONTROL] = N_ ("Look for the light right beside the button."),
  };

  g_return_val_if_fail ((guint) place < HOLDFAST_PLACE_MAX, NULL);

  return sentences[place] != NULL ? _ (sentences[place]) : NULL;
}

const char *
holdfast_start_state_get_label (HoldfastStartState start)
{
  static const char *const labels[HOLDFAST_START_MAX] = {
    /* Translators: the state of headphones before a button is held. */
    [HOLDFAST_START_ANY] = N_ ("on or off"),
    [HOLDFAST_START_OFF] = N_ ("switched off"),
    [HOLDFAST_START_ON] = N_ ("switched on"),
    [HOLDFAST_START_IN_CASE] = N_ ("both earbuds in the case, lid open"),
    [HOLDFAST_START_OUT_OF_CASE] = N_ ("both earbuds out of the case"),
    [HOLDFAST_START_CHARGING] = N_ ("on the charger"),
    [HOLDFAST_START_UNKNOWN] = N_ ("not known"),
  };

  g_return_val_if_fail ((guint) start < HOLDFAST_START_MAX, "");

  return _ (labels[start]);
}

HoldfastFactKind
holdfast_sentences_get_kind (HoldfastHeadset *headset, const char *group, const char *key)
{
  const HoldfastFact *fact = holdfast_headset_find_fact (headset, group, key);

  return fact != NULL ? fact->kind : HOLDFAST_FACT_UNKNOWN;
}

gboolean
holdfast_sentences_is_certain (HoldfastHeadset *headset, const char *group, const char *key)
{
  return holdfast_sentences_get_kind (headset, group, key) <= HOLDFAST_FACT_SECONDARY;
}

gboolean
holdfast_sentences_is_gesture_certain (HoldfastHeadset *headset,
                                       const HoldfastGesture *gesture,
                                       const char *key)
{
  const char *group = gesture->id;

  /* The family's values are not this model's, whatever stands behind them. */
  if (gesture->from_family)
    return FALSE;
  /* A second way has the light and the voice of the first where it names none. */
  if (gesture->kind == HOLDFAST_GESTURE_PAIR
      && holdfast_headset_find_fact (headset, group, key) == NULL)
    group = "pair";
  return holdfast_sentences_is_certain (headset, group, key);
}

HoldfastTone
holdfast_gesture_get_tone (HoldfastHeadset *headset, const HoldfastGesture *gesture)
{
  g_return_val_if_fail (HOLDFAST_IS_HEADSET (headset), HOLDFAST_TONE_TRY);
  g_return_val_if_fail (gesture != NULL, HOLDFAST_TONE_TRY);

  if (gesture->from_family || holdfast_headset_is_family (headset))
    return HOLDFAST_TONE_FAMILY;

  switch (holdfast_headset_get_gate (headset)) {
  case HOLDFAST_GATE_SHOW:
    return gesture->evidence <= HOLDFAST_FACT_SECONDARY ? HOLDFAST_TONE_PLAIN : HOLDFAST_TONE_MOST;
  case HOLDFAST_GATE_CHECK_FIRST:
    return HOLDFAST_TONE_MOST;
  case HOLDFAST_GATE_HOLD_BACK:
  case HOLDFAST_GATE_NO_BLUETOOTH:
  case HOLDFAST_GATE_MAX:
    break;
  }
  return HOLDFAST_TONE_TRY;
}

static const char *
get_family_title (HoldfastCatalogue *catalogue, HoldfastHeadset *headset)
{
  const char *id = holdfast_headset_get_family (headset);
  HoldfastHeadset *family = NULL;

  if (holdfast_headset_is_family (headset))
    return holdfast_headset_get_title (headset);
  if (catalogue != NULL && id != NULL)
    family = holdfast_catalogue_find (catalogue, id);
  return family != NULL ? holdfast_headset_get_title (family) : NULL;
}

char *
holdfast_gesture_get_intro (HoldfastCatalogue *catalogue,
                            HoldfastHeadset *headset,
                            const HoldfastGesture *gesture)
{
  const char *family;

  g_return_val_if_fail (HOLDFAST_IS_HEADSET (headset), NULL);
  g_return_val_if_fail (gesture != NULL, NULL);

  switch (holdfast_gesture_get_tone (headset, gesture)) {
  case HOLDFAST_TONE_PLAIN:
  case HOLDFAST_TONE_MOST:
    return NULL;
  case HOLDFAST_TONE_TRY:
    return g_strdup (_ ("We are not sure for this model. Try this."));
  case HOLDFAST_TONE_FAMILY:
    family = get_family_title (catalogue, headset);
    if (family == NULL)
      return g_strdup (_ ("This is the usual way of similar models, not checked for this one."));
    return g_strdup_printf (
        /* Translators: %s is a kind of headphones, such as "1000X earbuds". */
        _ ("This is the usual way of %s, not checked for this model."),
        family);
  }
  g_return_val_if_reached (NULL);
}

static gboolean
is_touch (const HoldfastStep *step)
{
  return step->control == HOLDFAST_CONTROL_EARBUD_TOUCH;
}

static char *
describe_touch (HoldfastTone tone, const char *objects, guint seconds)
{
  switch (tone) {
  case HOLDFAST_TONE_PLAIN:
    return g_strdup_printf (
        g_dngettext (GETTEXT_PACKAGE,
                     /* Translators: %1$s is what to touch, %2$u the number of seconds. */
                     "Touch %1$s and stay there for about %2$u second.",
                     "Touch %1$s and stay there for about %2$u seconds.",
                     seconds),
        objects,
        seconds);
  case HOLDFAST_TONE_MOST:
    return g_strdup_printf (
        g_dngettext (
            GETTEXT_PACKAGE,
            /* Translators: not checked for this model. %1$s is what to touch, %2$u the seconds. */
            "On most of these, touch %1$s and stay there for about %2$u second.",
            "On most of these, touch %1$s and stay there for about %2$u seconds.",
            seconds),
        objects,
        seconds);
  case HOLDFAST_TONE_TRY:
  case HOLDFAST_TONE_FAMILY:
    return g_strdup_printf (
        g_dngettext (
            GETTEXT_PACKAGE,
            /* Translators: we are not sure at all. %1$s is what to touch, %2$u the seconds. */
            "Try touching %1$s and staying there for about %2$u second.",
            "Try touching %1$s and staying there for about %2$u seconds.",
            seconds),
        objects,
        seconds);
  }
  g_return_val_if_reached (NULL);
}

static char *
describe_hold (HoldfastTone tone, const char *objects, guint seconds)
{
  switch (tone) {
  case HOLDFAST_TONE_PLAIN:
    return g_strdup_printf (
        g_dngettext (GETTEXT_PACKAGE,
                     /* Translators: %1$s is what to hold, %2$u the number of seconds. */
                     "Hold %1$s for about %2$u second.",
                     "Hold %1$s for about %2$u seconds.",
                     seconds),
        objects,
        seconds);
  case HOLDFAST_TONE_MOST:
    return g_strdup_printf (
        g_dngettext (
            GETTEXT_PACKAGE,
            /* Translators: not checked for this model. %1$s is what to hold, %2$u the seconds. */
            "On most of these, hold %1$s for about %2$u second.",
            "On most of these, hold %1$s for about %2$u seconds.",
            seconds),
        objects,
        seconds);
  case HOLDFAST_TONE_TRY:
  case HOLDFAST_TONE_FAMILY:
    return g_strdup_printf (
        g_dngettext (
            GETTEXT_PACKAGE,
            /* Translators: we are not sure at all. %1$s is what to hold, %2$u the seconds. */
            "Try holding %1$s for about %2$u second.",
            "Try holding %1$s for about %2$u seconds.",
            seconds),
        objects,
        seconds);
  }
  g_return_val_if_reached (NULL);
}

/* The hold that switches off: its time is the same for all, and the light tells the end of it, so
 * no number is said. */
static char *
describe_switch_off (HoldfastTone tone, const char *objects)
{
  if (tone == HOLDFAST_TONE_PLAIN)
    return g_strdup_printf (
        /* Translators: "they" are the headphones. %s is what to hold. */
        _ ("If they are on, hold %s until they switch off."),
        objects);
  return g_strdup_printf (
      /* Translators: "they" are the headphones. %s is what to hold. */
      _ ("If they are on, switch them off first. Try holding %s."),
      objects);
}

static char *
describe_press (HoldfastTone tone, const char *objects)
{
  switch (tone) {
  case HOLDFAST_TONE_PLAIN:
    return g_strdup_printf (
        /* Translators: %s is what to press. */
        _ ("Press %s and let go."),
        objects);
  case HOLDFAST_TONE_MOST:
    return g_strdup_printf (
        /* Translators: not checked for this model. %s is what to press. */
        _ ("On most of these, press %s and let go."),
        objects);
  case HOLDFAST_TONE_TRY:
  case HOLDFAST_TONE_FAMILY:
    return g_strdup_printf (
        /* Translators: we are not sure at all. %s is what to press. */
        _ ("Try pressing %s and letting go."),
        objects);
  }
  g_return_val_if_reached (NULL);
}

static gboolean
is_earbuds (HoldfastHeadset *headset)
{
  switch (holdfast_headset_get_form (headset)) {
  case HOLDFAST_FORM_EARBUDS:
  case HOLDFAST_FORM_GAMING_EARBUDS:
    return TRUE;
  case HOLDFAST_FORM_OVER_EAR:
  case HOLDFAST_FORM_ON_EAR:
  case HOLDFAST_FORM_NECKBAND:
  case HOLDFAST_FORM_GAMING_OVER_EAR:
  case HOLDFAST_FORM_MAX:
    break;
  }
  return FALSE;
}

static const char *
describe_plain_action (HoldfastAction action, gboolean earbuds)
{
  switch (action) {
  case HOLDFAST_ACTION_WAIT:
    return _ ("Wait a moment.");
  case HOLDFAST_ACTION_UNPLUG_CABLE:
    return _ ("If a cable is in the headphones, take it out.");
  case HOLDFAST_ACTION_UNPLUG_USB:
    return _ ("If they are charging, take them off the charger.");
  case HOLDFAST_ACTION_PLUG_USB:
    return _ ("Connect them to the charger.");
  case HOLDFAST_ACTION_BUDS_IN_CASE:
    return _ ("Put both earbuds into the case.");
  case HOLDFAST_ACTION_BUDS_OUT:
    return _ ("Take both earbuds out of the case.");
  case HOLDFAST_ACTION_WEAR:
    return earbuds ? _ ("Put both earbuds into your ears.") : _ ("Put them on.");
  case HOLDFAST_ACTION_OPEN_LID:
    return _ ("Open the lid of the case, and leave it open.");
  case HOLDFAST_ACTION_CLOSE_LID:
    return _ ("Close the lid of the case.");
  case HOLDFAST_ACTION_SLIDE_SWITCH:
    return _ ("Slide the switch to Bluetooth.");
  case HOLDFAST_ACTION_HOLD:
  case HOLDFAST_ACTION_PRESS:
  case HOLDFAST_ACTION_MAX:
    break;
  }
  g_return_val_if_reached ("");
}

char *
holdfast_step_get_sentence (HoldfastHeadset *headset, const HoldfastGesture *gesture, guint index)
{
  const HoldfastStep *step;
  HoldfastTone tone;
  g_autofree char *objects = NULL;
  guint seconds;

  g_return_val_if_fail (HOLDFAST_IS_HEADSET (headset), NULL);
  g_return_val_if_fail (gesture != NULL, NULL);
  g_return_val_if_fail (index < holdfast_gesture_get_n_steps (gesture), NULL);

  step = holdfast_gesture_get_step (gesture, index);
  tone = holdfast_gesture_get_tone (headset, gesture);
  if (step->action != HOLDFAST_ACTION_HOLD && step->action != HOLDFAST_ACTION_PRESS)
    return g_strdup (describe_plain_action (step->action, is_earbuds (headset)));

  objects = get_objects (step);
  if (step->action == HOLDFAST_ACTION_PRESS)
    return describe_press (tone, objects);
  if (step->only_if_on)
    return describe_switch_off (tone, objects);
  seconds = MAX (1, (step->usual_ms + 500) / 1000);
  return is_touch (step) ? describe_touch (tone, objects, seconds)
                         : describe_hold (tone, objects, seconds);
}

static void
add_line (GStrvBuilder *lines, const char *line)
{
  if (line != NULL)
    g_strv_builder_add (lines, line);
}

/* Nothing is held: a headset that was never paired does it by itself. */
static void
add_first_time (GStrvBuilder *lines, HoldfastHeadset *headset)
{
  add_line (lines, holdfast_headset_get_first_time_sentence (headset));
  add_line (lines, holdfast_gesture_kind_get_sentence (HOLDFAST_GESTURE_FIRST_TIME));
}

static void
add_steps (GStrvBuilder *lines, HoldfastHeadset *headset, const HoldfastGesture *gesture)
{
  for (guint i = 0; i < holdfast_gesture_get_n_steps (gesture); i++)
    g_strv_builder_take (lines, holdfast_step_get_sentence (headset, gesture, i));
  add_line (lines, holdfast_place_get_sentence (gesture->place));
  if (holdfast_gesture_get_last_hold (gesture) != NULL)
    add_line (lines, holdfast_gesture_get_end_sentence (headset, gesture));
}

char **
holdfast_gesture_get_lines (HoldfastCatalogue *catalogue,
                            HoldfastHeadset *headset,
                            const HoldfastGesture *gesture)
{
  g_autoptr (GStrvBuilder) lines = g_strv_builder_new ();
  HoldfastTone tone;
  g_autofree char *intro = NULL;
  g_autofree char *window = NULL;

  g_return_val_if_fail (HOLDFAST_IS_HEADSET (headset), NULL);
  g_return_val_if_fail (gesture != NULL, NULL);

  tone = holdfast_gesture_get_tone (headset, gesture);
  intro = holdfast_gesture_get_intro (catalogue, headset, gesture);
  add_line (lines, intro);
  if (gesture->kind == HOLDFAST_GESTURE_FIRST_TIME)
    add_first_time (lines, headset);
  else
    add_steps (lines, headset, gesture);
  add_line (lines, holdfast_light_place_get_sentence (gesture->light_place));
  add_line (lines, holdfast_gesture_get_voice_sentence (headset, gesture));
  window = holdfast_gesture_get_window_sentence (headset, gesture);
  add_line (lines, window);
  if (tone == HOLDFAST_TONE_TRY || tone == HOLDFAST_TONE_FAMILY) {
    g_autofree char *guide = holdfast_headset_get_guide_sentence (headset);

    add_line (lines, guide);
  }
  return g_strv_builder_end (lines);
}
