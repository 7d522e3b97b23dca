/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sentences-private.h"

#include <glib/gi18n-lib.h>

/* The families' files hold English words; what people read comes from here. A test compares. */
static const struct {
  const char *id;
  const char *title; /* N_() */
} families[] = {
  /* Translators: kinds of headphones, as in "This is the usual way of 1000X earbuds". 1000X,
   * LinkBuds, INZONE and PULSE are names of Sony's. */
  { "family-wh-1000x", N_ ("1000X headphones")          },
  { "family-wf-1000x", N_ ("1000X earbuds")             },
  { "family-linkbuds", N_ ("LinkBuds earbuds")          },
  { "family-inzone",   N_ ("INZONE gaming headsets")    },
  { "family-pulse",    N_ ("PULSE gaming headsets")     },
  { "family-wh-ch",    N_ ("small on-ear headphones")   },
  { "family-wh",       N_ ("other over-ear headphones") },
  { "family-wf",       N_ ("other earbuds")             },
  { "family-wi",       N_ ("neckband headphones")       },
};

const char *
holdfast_headset_get_title (HoldfastHeadset *headset)
{
  g_return_val_if_fail (HOLDFAST_IS_HEADSET (headset), "");

  for (guint i = 0; i < G_N_ELEMENTS (families); i++)
    if (g_str_equal (holdfast_headset_get_id (headset), families[i].id))
      return _ (families[i].title);
  return holdfast_headset_get_name (headset);
}

char *
holdfast_headset_get_guide_sentence (HoldfastHeadset *headset)
{
  const HoldfastFact *fact;
  const char *guide;

  g_return_val_if_fail (HOLDFAST_IS_HEADSET (headset), NULL);

  guide = holdfast_headset_get_guide (headset);
  if (guide == NULL)
    return NULL;
  fact = holdfast_headset_find_fact (headset, "headset", "guide");
  if (fact == NULL || fact->inherited || holdfast_headset_is_family (headset))
    return g_strdup_printf (
        /* Translators: %s is a web address; the guide there is not about one model. */
        _ ("Sony's general guide is here: %s"),
        guide);
  return g_strdup_printf (
      /* Translators: %s is a web address. */
      _ ("Sony's guide is here: %s"),
      guide);
}

char *
holdfast_gesture_get_window_sentence (HoldfastHeadset *headset, const HoldfastGesture *gesture)
{
  guint minutes;

  g_return_val_if_fail (HOLDFAST_IS_HEADSET (headset), NULL);
  g_return_val_if_fail (gesture != NULL, NULL);

  minutes = (gesture->window_ms + 30000) / 60000;
  if (minutes == 0)
    return NULL;
  if (holdfast_sentences_is_gesture_certain (headset, gesture, "window-ms"))
    return g_strdup_printf (
        g_dngettext (GETTEXT_PACKAGE,
                     /* Translators: "they" are the headphones; then a computer can find them. */
                     "They stay ready for about %u minute.",
                     "They stay ready for about %u minutes.",
                     minutes),
        minutes);
  return g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE,
                   /* Translators: "they" are the headphones; then a computer can find them. */
                   "They usually stay ready for about %u minute.",
                   "They usually stay ready for about %u minutes.",
                   minutes),
      minutes);
}

const char *
holdfast_gesture_kind_get_title (HoldfastGestureKind kind)
{
  switch (kind) {
  case HOLDFAST_GESTURE_FIRST_TIME:
    return _ ("The first time");
  case HOLDFAST_GESTURE_PAIR:
    return _ ("Pairing");
  case HOLDFAST_GESTURE_RESTART:
    return _ ("Restart");
  case HOLDFAST_GESTURE_FACTORY_RESET:
    return _ ("Erase everything");
  case HOLDFAST_GESTURE_KIND_MAX:
    break;
  }
  g_return_val_if_reached ("");
}

const char *
holdfast_gesture_kind_get_sentence (HoldfastGestureKind kind)
{
  switch (kind) {
  case HOLDFAST_GESTURE_FIRST_TIME:
    return _ ("Headphones that were never paired usually get ready for it by themselves.");
  case HOLDFAST_GESTURE_PAIR:
    return _ ("This makes the headphones ready, so that a computer or phone can find them.");
  case HOLDFAST_GESTURE_RESTART:
    return _ ("This only restarts the headphones. Nothing is erased: they still know your phone "
              "and your computers.");
  case HOLDFAST_GESTURE_FACTORY_RESET:
    return _ ("This erases everything the headphones remember: every phone and computer they were "
              "paired with, and their settings. Afterwards each has to be paired again.");
  case HOLDFAST_GESTURE_KIND_MAX:
    break;
  }
  g_return_val_if_reached ("");
}

static gboolean
begins_in_case (const HoldfastGesture *gesture)
{
  for (guint i = 0; i < holdfast_gesture_get_n_steps (gesture); i++) {
    HoldfastAction action = holdfast_gesture_get_step (gesture, i)->action;

    if (action == HOLDFAST_ACTION_BUDS_OUT || action == HOLDFAST_ACTION_OPEN_LID)
      return TRUE;
  }
  return FALSE;
}

const char *
holdfast_headset_get_first_time_sentence (HoldfastHeadset *headset)
{
  const HoldfastGesture *gesture;

  g_return_val_if_fail (HOLDFAST_IS_HEADSET (headset), NULL);

  gesture = holdfast_headset_get_first_time (headset);
  if (gesture == NULL)
    return NULL;
  if (gesture->start == HOLDFAST_START_IN_CASE || begins_in_case (gesture))
    return _ ("Brand new? Just take both earbuds out of the case.");
  return _ ("Brand new? Just switch them on.");
}

char *
holdfast_headset_get_no_way_sentence (HoldfastHeadset *headset)
{
  g_autofree char *guide = NULL;

  g_return_val_if_fail (HOLDFAST_IS_HEADSET (headset), NULL);

  if (holdfast_headset_get_radio (headset) != HOLDFAST_RADIO_CLASSIC
      || holdfast_headset_get_pairing_ways (headset)->len > 0)
    return NULL;
  guide = holdfast_headset_get_guide_sentence (headset);
  return g_strjoin (" ",
                    _ ("We do not know how this model is made ready for pairing. Do it the way its "
                       "booklet says: this computer is listening meanwhile."),
                    guide,
                    NULL);
}

static gboolean
starts_from (const HoldfastGesture *gesture, HoldfastStartState start, HoldfastAction action)
{
  if (gesture == NULL)
    return FALSE;
  if (gesture->start == start)
    return TRUE;
  for (guint i = 0; i < holdfast_gesture_get_n_steps (gesture); i++) {
    if (holdfast_gesture_get_step (gesture, i)->action == action)
      return TRUE;
  }
  return FALSE;
}

static gboolean
applies_to_way (HoldfastPersonCheck check, HoldfastHeadset *headset, const HoldfastGesture *gesture)
{
  switch (check) {
  case HOLDFAST_PERSON_CHECK_CABLE:
    return holdfast_headset_has_jack (headset) != HOLDFAST_TRISTATE_NO
           && holdfast_headset_cable_blocks_pairing (headset) != HOLDFAST_TRISTATE_NO;
  case HOLDFAST_PERSON_CHECK_CHARGER:
    return holdfast_headset_usb_blocks_pairing (headset) != HOLDFAST_TRISTATE_NO
           && !starts_from (gesture, HOLDFAST_START_CHARGING, HOLDFAST_ACTION_PLUG_USB);
  case HOLDFAST_PERSON_CHECK_IN_CASE:
    return starts_from (gesture, HOLDFAST_START_IN_CASE, HOLDFAST_ACTION_BUDS_IN_CASE);
  case HOLDFAST_PERSON_CHECK_OUT_OF_CASE:
    return starts_from (gesture, HOLDFAST_START_OUT_OF_CASE, HOLDFAST_ACTION_BUDS_OUT);
  case HOLDFAST_PERSON_CHECK_CHARGED:
  case HOLDFAST_PERSON_CHECK_NEAR:
  case HOLDFAST_PERSON_CHECK_PHONE:
  case HOLDFAST_PERSON_CHECK_RADIOS:
    return TRUE;
  case HOLDFAST_PERSON_CHECK_MAX:
    break;
  }
  g_return_val_if_reached (FALSE);
}

gboolean
holdfast_person_check_applies (HoldfastPersonCheck check,
                               HoldfastHeadset *headset,
                               const HoldfastGesture *gesture)
{
  GPtrArray *ways;

  g_return_val_if_fail (HOLDFAST_IS_HEADSET (headset), FALSE);

  if (holdfast_headset_get_radio (headset) != HOLDFAST_RADIO_CLASSIC)
    return FALSE;
  ways = holdfast_headset_get_pairing_ways (headset);
  if (gesture != NULL || ways->len == 0)
    return applies_to_way (check, headset, gesture);

  for (guint i = 0; i < ways->len; i++)
    if (!applies_to_way (check, headset, g_ptr_array_index (ways, i)))
      return FALSE;
  return TRUE;
}

const char *
holdfast_person_check_get_sentence (HoldfastPersonCheck check)
{
  switch (check) {
  case HOLDFAST_PERSON_CHECK_CABLE:
    return _ ("If a cable is in the headphones, take it out.");
  case HOLDFAST_PERSON_CHECK_CHARGER:
    return _ ("If the headphones are charging, take them off the charger.");
  case HOLDFAST_PERSON_CHECK_CHARGED:
    return _ ("If their light is red, let them charge for ten minutes first.");
  case HOLDFAST_PERSON_CHECK_IN_CASE:
    return _ ("Both earbuds are in the case, and its lid is open.");
  case HOLDFAST_PERSON_CHECK_OUT_OF_CASE:
    return _ ("Both earbuds are out of the case.");
  case HOLDFAST_PERSON_CHECK_NEAR:
    return _ ("The headphones are within an arm's length of this computer.");
  case HOLDFAST_PERSON_CHECK_PHONE:
    return _ ("If you also use them with a phone, its Bluetooth is off for now.");
  case HOLDFAST_PERSON_CHECK_RADIOS:
    return _ ("No microwave oven is running nearby, and other wireless things are not too close.");
  case HOLDFAST_PERSON_CHECK_MAX:
    break;
  }
  g_return_val_if_reached ("");
}

char *
holdfast_headset_get_no_bluetooth_sentence (HoldfastHeadset *headset)
{
  const char *name;
  gboolean certain;

  g_return_val_if_fail (HOLDFAST_IS_HEADSET (headset), NULL);

  name = holdfast_headset_get_name (headset);
  certain = holdfast_sentences_is_certain (headset, "bluetooth", "radio");
  switch (holdfast_headset_get_radio (headset)) {
  case HOLDFAST_RADIO_WIRED:
    return g_strdup_printf (
        /* Translators: %s is the name of a model. */
        certain ? _ ("This model, %s, has no Bluetooth. Plug its cable into this computer.")
                /* Translators: %s is the name of a model. */
                : _ ("As far as we know, this model, %s, has no Bluetooth. Plug its cable "
                     "into this computer."),
        name);
  case HOLDFAST_RADIO_USB_DONGLE:
    return g_strdup_printf (
        /* Translators: %s is the name of a model. */
        certain ? _ ("This model, %s, has no Bluetooth. Plug the small USB stick that "
                     "came with it into this computer.")
                /* Translators: %s is the name of a model. */
                : _ ("As far as we know, this model, %s, has no Bluetooth. Plug the "
                     "small USB stick that came with it into this computer."),
        name);
  case HOLDFAST_RADIO_LE_AUDIO_ONLY:
    return g_strdup_printf (
        certain
            /* Translators: %s is the name of a model. "LE Audio" is a kind of Bluetooth. */
            ? _ ("This model, %s, uses a newer kind of Bluetooth, LE Audio, which cannot be paired "
                 "here. Plug the small USB stick that came with it into this computer.")
            /* Translators: %s is the name of a model. "LE Audio" is a kind of Bluetooth. */
            : _ ("As far as we know, this model, %s, uses only a newer kind of Bluetooth, LE "
                 "Audio, "
                 "which cannot be paired here. Plug the small USB stick that came with it into "
                 "this computer."),
        name);
  case HOLDFAST_RADIO_CLASSIC:
  case HOLDFAST_RADIO_MAX:
    break;
  }
  return NULL;
}

const char *
holdfast_headset_get_no_bluetooth_note (HoldfastHeadset *headset)
{
  gboolean certain;

  g_return_val_if_fail (HOLDFAST_IS_HEADSET (headset), NULL);

  certain = holdfast_sentences_is_certain (headset, "bluetooth", "radio");
  switch (holdfast_headset_get_radio (headset)) {
  case HOLDFAST_RADIO_WIRED:
    /* Translators: it stands below the name of a model, in small letters. */
    return certain ? _ ("Connects by cable") : _ ("Probably by cable");
  case HOLDFAST_RADIO_USB_DONGLE:
  case HOLDFAST_RADIO_LE_AUDIO_ONLY:
    /* Translators: it stands below the name of a model, in small letters. */
    return certain ? _ ("Connects by USB stick") : _ ("Probably by USB stick");
  case HOLDFAST_RADIO_CLASSIC:
  case HOLDFAST_RADIO_MAX:
    break;
  }
  return NULL;
}

const char *
holdfast_headset_get_multipoint_sentence (HoldfastHeadset *headset)
{
  gboolean certain;

  g_return_val_if_fail (HOLDFAST_IS_HEADSET (headset), NULL);

  if (holdfast_headset_get_radio (headset) != HOLDFAST_RADIO_CLASSIC)
    return NULL;
  certain = holdfast_sentences_is_certain (headset, "bluetooth", "multipoint");
  switch (holdfast_headset_get_multipoint (headset)) {
  case HOLDFAST_MULTIPOINT_NO:
    return certain ? _ ("They connect to one device at a time. For another one, disconnect them "
                        "here first.")
                   : _ ("As far as we know, they connect to one device at a time. For another one, "
                        "disconnect them here first.");
  case HOLDFAST_MULTIPOINT_MUSIC_AND_CALLS:
    return certain ? _ ("They can be connected to one device for music and to another for calls.")
                   : _ ("As far as we know, they can be connected to one device for music and to "
                        "another for calls.");
  case HOLDFAST_MULTIPOINT_BESIDE_DONGLE:
    return certain ? _ ("They can be connected to one Bluetooth device beside their own USB stick.")
                   : _ ("As far as we know, they can be connected to one Bluetooth device beside "
                        "their own USB stick.");
  case HOLDFAST_MULTIPOINT_TWO:
    return certain
               ? _ ("They can be connected to two devices at the same time.")
               : _ ("As far as we know, they can be connected to two devices at the same time.");
  case HOLDFAST_MULTIPOINT_TWO_AFTER_UPDATE:
    return certain ? _ ("They can be connected to two devices at the same time, once Sony's app "
                        "has updated them.")
                   : _ ("As far as we know, they can be connected to two devices at the same time, "
                        "once Sony's app has updated them.");
  case HOLDFAST_MULTIPOINT_UNKNOWN:
  case HOLDFAST_MULTIPOINT_MAX:
    break;
  }
  return _ ("We do not know whether they can be connected to two devices at the same time.");
}

const char *
holdfast_headset_get_multipoint_setting_sentence (HoldfastHeadset *headset)
{
  gboolean certain;

  g_return_val_if_fail (HOLDFAST_IS_HEADSET (headset), NULL);

  if (holdfast_headset_get_radio (headset) != HOLDFAST_RADIO_CLASSIC)
    return NULL;
  certain = holdfast_sentences_is_certain (headset, "bluetooth", "multipoint-as-sold");
  switch (holdfast_headset_is_multipoint_on_as_sold (headset)) {
  case HOLDFAST_TRISTATE_NO:
    return certain ? _ ("It is off as sold: switch it on in Sony's app on a phone.")
                   : _ ("It is probably off as sold: then switch it on in Sony's app on a phone.");
  case HOLDFAST_TRISTATE_YES:
    return certain ? _ ("It is on as sold.") : _ ("It is probably on as sold.");
  case HOLDFAST_TRISTATE_UNKNOWN:
  case HOLDFAST_TRISTATE_MAX:
    break;
  }
  return NULL;
}

const char *
holdfast_form_get_label (HoldfastForm form)
{
  switch (form) {
  case HOLDFAST_FORM_OVER_EAR:
    return _ ("Over-ear headphones");
  case HOLDFAST_FORM_ON_EAR:
    return _ ("On-ear headphones");
  case HOLDFAST_FORM_EARBUDS:
    return _ ("Earbuds");
  case HOLDFAST_FORM_NECKBAND:
    return _ ("Neckband");
  case HOLDFAST_FORM_GAMING_OVER_EAR:
    return _ ("Gaming headphones");
  case HOLDFAST_FORM_GAMING_EARBUDS:
    return _ ("Gaming earbuds");
  case HOLDFAST_FORM_MAX:
    break;
  }
  g_return_val_if_reached ("");
}

const char *
holdfast_gate_get_label (HoldfastGate gate)
{
  switch (gate) {
  /* Translators: how sure we are of the way in which a model is paired. */
  case HOLDFAST_GATE_SHOW:
    return _ ("sure");
  case HOLDFAST_GATE_CHECK_FIRST:
    return _ ("likely, not checked with Sony's guide");
  case HOLDFAST_GATE_HOLD_BACK:
    return _ ("not sure");
  case HOLDFAST_GATE_NO_BLUETOOTH:
    return _ ("cannot be paired");
  case HOLDFAST_GATE_MAX:
    break;
  }
  g_return_val_if_reached ("");
}

const char *
holdfast_fact_kind_get_label (HoldfastFactKind kind)
{
  switch (kind) {
  /* Translators: where a value comes from; it stands beside the value. */
  case HOLDFAST_FACT_SONY:
    return _ ("Sony says");
  case HOLDFAST_FACT_SECONDARY:
    return _ ("others report");
  case HOLDFAST_FACT_ARTICLE:
    return _ ("from the article");
  case HOLDFAST_FACT_RECALLED:
    return _ ("recalled, not checked");
  case HOLDFAST_FACT_DERIVED:
    return _ ("worked out");
  case HOLDFAST_FACT_ILLUSTRATION:
    return _ ("our drawing");
  case HOLDFAST_FACT_UNKNOWN:
    return _ ("not known");
  case HOLDFAST_FACT_KIND_MAX:
    break;
  }
  g_return_val_if_reached ("");
}

const char *
holdfast_confidence_get_label (HoldfastConfidence confidence)
{
  switch (confidence) {
  /* Translators: how far we trust a value. */
  case HOLDFAST_CONFIDENCE_HIGH:
    return _ ("quite sure");
  case HOLDFAST_CONFIDENCE_MEDIUM:
    return _ ("fairly sure");
  case HOLDFAST_CONFIDENCE_LOW:
    return _ ("unsure");
  case HOLDFAST_CONFIDENCE_NONE:
    return "";
  }
  g_return_val_if_reached ("");
}
