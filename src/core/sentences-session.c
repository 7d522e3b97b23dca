/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sentences-private.h"

#include <glib/gi18n-lib.h>

/* Within a hand's reach, the same table, the same room; a body between costs 10 dB and more, so
 * these are words for telling two headsets apart, never a measure. */
#define VERY_NEAR_DBM (-50)
#define SOME_STEPS_DBM (-80)

/* Translators: the titles and sentences below are read by people who do not know computers. "They"
 * are the headphones. Please use everyday words. */
static const struct {
  const char *title;
  const char *sentence;
} state_texts[HOLDFAST_STATE_MAX] = {
  [HOLDFAST_STATE_IDLE] = {
    N_ ("Pair headphones"),
    N_ ("Choose your headphones to begin."),
  },
  [HOLDFAST_STATE_KNOWN] = {
    N_ ("This computer knows these headphones"),
    N_ ("Switch them on and connect them. If that does not work, pair them again."),
  },
  [HOLDFAST_STATE_GET_READY] = {
    N_ ("Get ready"),
    N_ ("A few things first. They make it work the first time."),
  },
  [HOLDFAST_STATE_WAIT_RADIO] = {
    N_ ("Waiting for Bluetooth"),
    N_ ("This goes on by itself as soon as Bluetooth is there again."),
  },
  [HOLDFAST_STATE_ASK_WAY] = {
    N_ ("Have a look at yours"),
    N_ ("There are two ways, and yours decides which one it is."),
  },
  [HOLDFAST_STATE_INVITE] = {
    N_ ("Take them in your hands"),
    N_ ("Start the count, or just begin to hold: this computer is listening."),
  },
  [HOLDFAST_STATE_LEAD_IN] = {
    N_ ("Get both hands free"),
    N_ ("Let go of every button. It begins in a moment."),
  },
  [HOLDFAST_STATE_HOLD] = {
    N_ ("Hold now"),
    N_ ("This computer tells you as soon as it sees the headphones."),
  },
  [HOLDFAST_STATE_LOOKING] = {
    N_ ("Let go now"),
    N_ ("Looking for the headphones. This can take a little while."),
  },
  [HOLDFAST_STATE_ASK_LIGHT] = {
    N_ ("What does the light do?"),
    N_ ("The headphones have not appeared yet. Look at their light and choose what fits best."),
  },
  [HOLDFAST_STATE_IDENTIFY] = {
    N_ ("Is this yours?"),
    N_ ("Only the one you choose is paired. The others are left alone."),
  },
  [HOLDFAST_STATE_FOUND] = {
    N_ ("Got it, let go"),
    N_ ("The headphones are found."),
  },
  [HOLDFAST_STATE_ASK_FORGET] = {
    N_ ("Forget the old pairing?"),
    N_ ("To pair them afresh, this computer first forgets the old pairing. Nothing else is "
        "erased."),
  },
  [HOLDFAST_STATE_ASK_UNBLOCK] = {
    N_ ("Use these headphones again?"),
    N_ ("This computer was told to ignore them."),
  },
  [HOLDFAST_STATE_FORGET] = {
    N_ ("Forgetting the old pairing"),
    N_ ("Keep the headphones close, and their light flashing."),
  },
  [HOLDFAST_STATE_PAIR] = {
    N_ ("Pairing"),
    N_ ("Keep the headphones close. This takes a few seconds."),
  },
  [HOLDFAST_STATE_PAIR_WAIT] = {
    N_ ("Pairing"),
    N_ ("That was interrupted. It is tried again in a moment."),
  },
  [HOLDFAST_STATE_ASK_PIN] = {
    N_ ("The headphones ask for a number"),
    N_ ("The usual one, 0000, did not fit. Look for it in the booklet that came with them."),
  },
  [HOLDFAST_STATE_TRUST] = {
    N_ ("Pairing"),
    N_ ("Nearly there."),
  },
  [HOLDFAST_STATE_CONNECT] = {
    N_ ("Connecting"),
    N_ ("Nearly there. Keep the headphones switched on."),
  },
  [HOLDFAST_STATE_CONNECT_WAIT] = {
    N_ ("Connecting"),
    N_ ("They did not answer at once. It is tried again in a moment."),
  },
  [HOLDFAST_STATE_VERIFY] = {
    N_ ("Connecting"),
    N_ ("Making ready for sound."),
  },
  [HOLDFAST_STATE_DONE] = {
    N_ ("Connected"),
    N_ ("The headphones are paired with this computer and connected."),
  },
  [HOLDFAST_STATE_GUIDE_DONE] = {
    N_ ("Ready to be paired"),
    N_ ("If the light does this, the headphones are ready. Now choose them in the Bluetooth "
        "settings of your computer: the name without “LE_” in front."),
  },
  [HOLDFAST_STATE_FAILED] = {
    N_ ("It did not work yet"),
    N_ ("There is something else to try."),
  },
  [HOLDFAST_STATE_ENDING] = {
    N_ ("Stopping"),
    N_ ("One moment, everything is put back."),
  },
  [HOLDFAST_STATE_ENDED] = {
    N_ ("Finished"),
    N_ ("Nothing is running any more."),
  },
};

const char *
holdfast_state_get_title (HoldfastState state)
{
  g_return_val_if_fail ((guint) state < HOLDFAST_STATE_MAX, "");

  return _ (state_texts[state].title);
}

const char *
holdfast_state_get_sentence (HoldfastState state)
{
  g_return_val_if_fail ((guint) state < HOLDFAST_STATE_MAX, "");

  return _ (state_texts[state].sentence);
}

const char *
holdfast_machine_get_sentence (const HoldfastMachine *machine)
{
  g_return_val_if_fail (machine != NULL, "");

  if (machine->config.guide && machine->state == HOLDFAST_STATE_ASK_LIGHT)
    return _ ("Let go now. Look at the light of the headphones and choose what fits best.");
  return holdfast_state_get_sentence (machine->state);
}

const char *
holdfast_hint_get_sentence (HoldfastHint hint)
{
  switch (hint) {
  case HOLDFAST_HINT_NONE:
    return "";
  case HOLDFAST_HINT_ON_NOT_PAIRING:
    return _ ("The headphones are on, but not ready for pairing yet. Hold the button as shown.");
  case HOLDFAST_HINT_START_FROM_OFF:
    return _ ("They were on already. Switch them off first, then hold the button.");
  case HOLDFAST_HINT_PHONE_HAS_IT:
    return _ ("They are probably connected to a phone. Switch Bluetooth off on the phone, then "
              "hold the button again.");
  case HOLDFAST_HINT_CHARGE:
    return _ ("They need charging. Charge them for ten minutes, take them off the charger, then "
              "hold the button again.");
  case HOLDFAST_HINT_CABLE_OR_CHARGE:
    return _ ("No light at all: take out every cable. If that does not help, charge them for ten "
              "minutes.");
  case HOLDFAST_HINT_COME_NEARER:
    return _ ("They are ready, but this computer does not hear them. Bring them right beside it.");
  case HOLDFAST_HINT_OTHER_WAY:
    return _ ("That way did not work. Here is another one.");
  case HOLDFAST_HINT_MAX:
    break;
  }
  g_return_val_if_reached ("");
}

const char *
holdfast_intent_get_label (HoldfastEventKind intent)
{
  /* Translators: words on buttons. */
  static const char *const labels[HOLDFAST_EVENT_MAX] = {
    [HOLDFAST_EVENT_BEGIN] = N_ ("Begin"),
    [HOLDFAST_EVENT_CONTINUE] = N_ ("Continue"),
    [HOLDFAST_EVENT_BACK] = N_ ("Back"),
    [HOLDFAST_EVENT_CANCEL] = N_ ("Cancel"),
    [HOLDFAST_EVENT_START] = N_ ("Start"),
    [HOLDFAST_EVENT_HOLDING_NOW] = N_ ("I am holding now"),
    [HOLDFAST_EVENT_AGAIN] = N_ ("Again from the beginning"),
    [HOLDFAST_EVENT_MINE] = N_ ("Yes, it is mine"),
    [HOLDFAST_EVENT_NOT_MINE] = N_ ("No, not mine"),
    [HOLDFAST_EVENT_SOMETHING_ELSE] = N_ ("Something else"),
    [HOLDFAST_EVENT_PAIR_AGAIN] = N_ ("Pair again"),
    [HOLDFAST_EVENT_PIN] = N_ ("Use this number"),
  };

  g_return_val_if_fail ((guint) intent < HOLDFAST_EVENT_MAX, "");

  return labels[intent] != NULL ? _ (labels[intent]) : "";
}

const char *
holdfast_cue_get_sentence (HoldfastCue cue)
{
  switch (cue) {
  case HOLDFAST_CUE_HOLD_NOW:
    return _ ("Hold now");
  case HOLDFAST_CUE_KEEP_HOLDING:
    return _ ("Keep holding");
  case HOLDFAST_CUE_LET_GO:
    return _ ("Let go now");
  case HOLDFAST_CUE_GOT_IT:
    return _ ("Got it, let go");
  case HOLDFAST_CUE_SLIPPED:
    return _ ("Slipped? Begin this step again with the space bar.");
  case HOLDFAST_CUE_HELPER:
    return _ ("Someone else may hold it for you.");
  case HOLDFAST_CUE_MAX:
    break;
  }
  g_return_val_if_reached ("");
}

char *
holdfast_seconds_to_words (guint seconds)
{
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                       /* Translators: a countdown. */
                                       "%u second",
                                       "%u seconds",
                                       seconds),
                          seconds);
}

char *
holdfast_window_left_to_words (gint64 left_us)
{
  guint minutes;

  if (left_us < G_USEC_PER_SEC * 60)
    return g_strdup (
        _ ("Less than a minute left. When the light stops flashing, begin the hold again."));
  minutes = (guint) MIN (left_us / (G_USEC_PER_SEC * 60), 60);
  return g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE,
                   /* Translators: how long the headphones can still be found. */
                   "Ready for about %u more minute.",
                   "Ready for about %u more minutes.",
                   minutes),
      minutes);
}

const char *
holdfast_battery_to_words (int percent)
{
  if (percent < 0)
    return "";
  if (percent >= 90)
    return _ ("The battery is full.");
  if (percent >= 50)
    return _ ("The battery is more than half full.");
  if (percent >= 20)
    return _ ("The battery is less than half full.");
  return _ ("The battery is nearly empty. Charge them soon.");
}

const char *
holdfast_nearness_to_words (gboolean has_rssi, gint16 rssi)
{
  if (!has_rssi)
    /* Translators: how far away a device is. */
    return C_ ("distance", "distance not known");
  if (rssi >= VERY_NEAR_DBM)
    return C_ ("distance", "very near");
  if (rssi >= HOLDFAST_NEAR_DBM)
    return C_ ("distance", "near");
  if (rssi >= SOME_STEPS_DBM)
    return C_ ("distance", "a few steps away");
  return C_ ("distance", "far away");
}

char *
holdfast_sighting_describe (const HoldfastSighting *sighting)
{
  g_autofree char *name = NULL;
  g_autofree char *tail = NULL;
  const char *nearness;

  g_return_val_if_fail (sighting != NULL, NULL);

  name = holdfast_display_name (sighting->name);
  tail = holdfast_address_tail (sighting->address);
  nearness = holdfast_nearness_to_words (sighting->has_rssi, sighting->rssi);
  if (*tail == '\0')
    return g_strdup_printf (
        /* Translators: one of several devices: its name, and how far away it is. */
        _ ("%s, %s"),
        name,
        nearness);
  return g_strdup_printf (
      /* Translators: one of several devices: its name, how far away it is, the end of its number.
       */
      _ ("%s, %s, number ending in %s"),
      name,
      nearness,
      tail);
}

char *
holdfast_identify_question (HoldfastVerdictKind kind, const char *name, guint n_candidates)
{
  g_autofree char *clean = holdfast_clean_name (name);
  g_autofree char *shown = holdfast_display_name (name);
  gboolean nameless = *clean == '\0';

  if (n_candidates > 1)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                         /* Translators: at least two; the person chooses one. */
                                         "%u device is ready. Is it yours?",
                                         "%u devices are ready. Which one is yours?",
                                         n_candidates),
                            n_candidates);
  if (nameless)
    return g_strdup (_ ("Something appeared that does not tell its name. Is it yours?"));
  if (kind == HOLDFAST_VERDICT_OFFER)
    return g_strdup_printf (
        /* Translators: %s is the name that an unknown device gives itself. */
        _ ("Something appeared: “%s”. Is it yours?"),
        shown);
  return g_strdup_printf (
      /* Translators: %s is the name that a device gives itself. */
      _ ("“%s” is ready. Is it yours?"),
      shown);
}

const char *
holdfast_question_get_text (HoldfastQuestion question)
{
  switch (question) {
  case HOLDFAST_QUESTION_NONE:
    return "";
  case HOLDFAST_QUESTION_CASE_BUTTON:
    return _ ("Is there a button on the charging case?");
  case HOLDFAST_QUESTION_BLUETOOTH_BUTTON:
    return _ ("Is there a separate button with the Bluetooth sign?");
  case HOLDFAST_QUESTION_MAX:
    break;
  }
  g_return_val_if_reached ("");
}

const char *
holdfast_question_get_hint (HoldfastQuestion question)
{
  switch (question) {
  case HOLDFAST_QUESTION_NONE:
    return "";
  case HOLDFAST_QUESTION_CASE_BUTTON:
    return _ ("Turn the case around. Look at its back and beside the socket for charging.");
  case HOLDFAST_QUESTION_BLUETOOTH_BUTTON:
    return _ ("The sign looks like a pointed letter B. On some, the power button itself has it: "
              "then the answer is no.");
  case HOLDFAST_QUESTION_MAX:
    break;
  }
  g_return_val_if_reached ("");
}
