/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "display-name.h"
#include "headset.h"
#include "machine.h"

/* What a person reads or hears about a headset: everything is translated here, from facts and
 * states to sentences; pages and the terminal only place them.
 *
 * Numbers and lights are worded by their evidence. A weak value is never stated as a fact, and
 * values that we worked out or drew are not spoken at all: of the times of a hold only the usual
 * one is, the others are marks of the ring.
 *
 * char * is (transfer full), const char * is (transfer none) and lives as long as the program.
 * Nothing is markup: escape before putting it into any. */

G_BEGIN_DECLS

/* Gestures */

/**
 * HoldfastTone: how sure a gesture's sentences sound.
 */
typedef enum {
  HOLDFAST_TONE_PLAIN,  /* "Hold the power button for about 7 seconds." */
  HOLDFAST_TONE_MOST,   /* "On most of these, hold …" */
  HOLDFAST_TONE_TRY,    /* "We are not sure for this model. Try this." "Try holding …" */
  HOLDFAST_TONE_FAMILY, /* "This is the usual way of WH-1000X, not checked for this model." */
} HoldfastTone;

/**
 * holdfast_gesture_get_tone:
 *
 * Plain needs both: the model's gate is SHOW, and control and hold time of this gesture are told
 * by Sony or by others who saw it.
 */
HoldfastTone holdfast_gesture_get_tone (HoldfastHeadset *headset, const HoldfastGesture *gesture);

/** Returns: a control by itself: "Power button" */
const char *holdfast_control_get_label (HoldfastControl control);
/** Returns: (nullable): what is printed on or beside it: "NC/AMBIENT, NC/AMB or NC" */
const char *holdfast_control_get_sign (HoldfastControl control);
/** Returns: (nullable): "Look for it on the left side, at the rear edge."; NULL if unknown */
const char *holdfast_place_get_sentence (HoldfastPlace place);
/** Returns: (nullable): "The light is on the front of the case."; NULL if unknown */
const char *holdfast_light_place_get_sentence (HoldfastPlace place);
/** Returns: "switched off", "in the case, lid open"; for "from:" */
const char *holdfast_start_state_get_label (HoldfastStartState start);

/** Returns: (nullable): what must be said before an unsure gesture; NULL if nothing
 * @catalogue: (nullable): for the family's name */
char *holdfast_gesture_get_intro (HoldfastCatalogue *catalogue,
                                  HoldfastHeadset *headset,
                                  const HoldfastGesture *gesture);

/** Returns: what to do in one step, said as surely as the facts allow */
char *
holdfast_step_get_sentence (HoldfastHeadset *headset, const HoldfastGesture *gesture, guint index);

/** Returns: "Keep holding until the light flashes blue twice, again and again." */
const char *holdfast_gesture_get_end_sentence (HoldfastHeadset *headset,
                                               const HoldfastGesture *gesture);
/** Returns: (nullable): "They say “Bluetooth pairing”."; NULL if unknown */
const char *holdfast_gesture_get_voice_sentence (HoldfastHeadset *headset,
                                                 const HoldfastGesture *gesture);
/** Returns: (nullable): "They usually stay ready for about 5 minutes."; NULL if unknown */
char *holdfast_gesture_get_window_sentence (HoldfastHeadset *headset,
                                            const HoldfastGesture *gesture);
/** Returns: (nullable): "Sony's guide is here: https://…"; NULL if we know no address */
char *holdfast_headset_get_guide_sentence (HoldfastHeadset *headset);

/**
 * holdfast_gesture_get_lines:
 * @catalogue: (nullable): for the family's name
 *
 * The whole gesture as a person hears it: what is unsure about it, each step, where the control
 * is, the light, the voice, and Sony's guide where we are not sure.
 *
 * Returns: (transfer full) (array zero-terminated=1): one sentence or two a line
 */
char **holdfast_gesture_get_lines (HoldfastCatalogue *catalogue,
                                   HoldfastHeadset *headset,
                                   const HoldfastGesture *gesture);

/** Returns: "Restart" or "Erase everything"; "Pairing" for the ways into pairing mode */
const char *holdfast_gesture_kind_get_title (HoldfastGestureKind kind);
/** Returns: what the gesture does, and above all what it erases */
const char *holdfast_gesture_kind_get_sentence (HoldfastGestureKind kind);

/** Returns: (nullable): "Brand new? Just switch them on.", where that is known to work */
const char *holdfast_headset_get_first_time_sentence (HoldfastHeadset *headset);
/** Returns: (nullable): what to say of a model into whose pairing mode no way is known; NULL if
 * one is, or if it has no classic Bluetooth */
char *holdfast_headset_get_no_way_sentence (HoldfastHeadset *headset);

/* Lights */

/** Returns: a pattern in words, for a screen reader: "blue, twice, a pause, again and again" */
char *holdfast_light_describe (const HoldfastTimeline *timeline);

/* Headsets */

/** Returns: (transfer none): what people call it: a model's name as Sony writes it; a family's in
 * their own language, in lower case, such as "other earbuds" */
const char *holdfast_headset_get_title (HoldfastHeadset *headset);

/**
 * HoldfastPersonCheck: what only the person can look after, in the order in which it is asked.
 */
typedef enum {
  HOLDFAST_PERSON_CHECK_CABLE,   /* nothing in the headphone jack */
  HOLDFAST_PERSON_CHECK_CHARGER, /* not on the charger */
  HOLDFAST_PERSON_CHECK_CHARGED, /* charged a little */
  HOLDFAST_PERSON_CHECK_IN_CASE, /* both earbuds in the case, lid open */
  HOLDFAST_PERSON_CHECK_OUT_OF_CASE,
  HOLDFAST_PERSON_CHECK_NEAR, /* within 1 m */
  HOLDFAST_PERSON_CHECK_PHONE,
  HOLDFAST_PERSON_CHECK_RADIOS, /* microwave ovens and other wireless things */
  HOLDFAST_PERSON_CHECK_MAX,
} HoldfastPersonCheck;

/**
 * holdfast_person_check_applies:
 * @gesture: (nullable): the way that will be tried, for the state it starts from; NULL while that
 *   is not known, see holdfast_machine_get_chosen_gesture()
 *
 * Returns: TRUE if the check means something for this model; unknown counts as yes. Without
 * @gesture it must mean something whichever way will be tried
 */
gboolean holdfast_person_check_applies (HoldfastPersonCheck check,
                                        HoldfastHeadset *headset,
                                        const HoldfastGesture *gesture);
const char *holdfast_person_check_get_sentence (HoldfastPersonCheck check);

/** Returns: (nullable): why it cannot be paired and what to use instead; NULL if it can */
char *holdfast_headset_get_no_bluetooth_sentence (HoldfastHeadset *headset);
/** Returns: (nullable): the same in a word or two, to stand below its name; NULL if it can */
const char *holdfast_headset_get_no_bluetooth_note (HoldfastHeadset *headset);
/** Returns: (nullable): whether it can be connected to two devices; NULL without Bluetooth of the
 * kind that is paired here */
const char *holdfast_headset_get_multipoint_sentence (HoldfastHeadset *headset);
/** Returns: (nullable): whether that must be switched on first; NULL if unknown */
const char *holdfast_headset_get_multipoint_setting_sentence (HoldfastHeadset *headset);
/** Returns: "Over-ear headphones" */
const char *holdfast_form_get_label (HoldfastForm form);
/** Returns: how sure we are about pairing it, for lists */
const char *holdfast_gate_get_label (HoldfastGate gate);

/* Evidence */

/** Returns: "Sony says", "others report", "recalled, not checked" */
const char *holdfast_fact_kind_get_label (HoldfastFactKind kind);
/** Returns: "surely", "probably", "perhaps"; "" for NONE */
const char *holdfast_confidence_get_label (HoldfastConfidence confidence);

/* Sessions */

const char *holdfast_state_get_title (HoldfastState state);
/** Returns: one or two sentences; for FAILED and WAIT_RADIO the cause's own come beside it */
const char *holdfast_state_get_sentence (HoldfastState state);
/** Returns: the same, and what is different where no radio looks: there a hold ends here, and the
 * person's eyes judge */
const char *holdfast_machine_get_sentence (const HoldfastMachine *machine);
/** Returns: what the last answer or the radio adds; "" for NONE */
const char *holdfast_hint_get_sentence (HoldfastHint hint);
/** Returns: words on the button of an intent; "" for what is no button */
const char *holdfast_intent_get_label (HoldfastEventKind intent);

/**
 * HoldfastCue: short calls during a hold.
 */
typedef enum {
  HOLDFAST_CUE_HOLD_NOW,
  HOLDFAST_CUE_KEEP_HOLDING,
  HOLDFAST_CUE_LET_GO,
  HOLDFAST_CUE_GOT_IT,
  HOLDFAST_CUE_SLIPPED, /* how to begin this step again */
  HOLDFAST_CUE_HELPER,  /* "Someone else may hold it for you." */
  HOLDFAST_CUE_MAX,
} HoldfastCue;

const char *holdfast_cue_get_sentence (HoldfastCue cue);
/** Returns: "7 seconds" */
char *holdfast_seconds_to_words (guint seconds);
/** Returns: how long the headset stays ready yet: "About 4 minutes left." */
char *holdfast_window_left_to_words (gint64 left_us);

/** Returns: how full the battery is, in words; "" for -1, which is not known */
const char *holdfast_battery_to_words (int percent);
/** Returns: "very near", "near", "a few steps away", "far away", or that it cannot be told */
const char *holdfast_nearness_to_words (gboolean has_rssi, gint16 rssi);
/** Returns: one row of a choice: "“WH-1000XM4”, very near, number ending in 00:42" */
char *holdfast_sighting_describe (const HoldfastSighting *sighting);
/**
 * holdfast_identify_question:
 * @kind: HOLDFAST_VERDICT_ASK or HOLDFAST_VERDICT_OFFER
 * @name: (nullable): name of the nearest; untrusted, as it came
 * @n_candidates: how many there are to choose from
 */
char *holdfast_identify_question (HoldfastVerdictKind kind, const char *name, guint n_candidates);

/** Returns: "Is there a button on the charging case?"; "" for NONE */
const char *holdfast_question_get_text (HoldfastQuestion question);
/** Returns: where to look for the answer; "" for NONE */
const char *holdfast_question_get_hint (HoldfastQuestion question);

const char *holdfast_light_question_get_text (void);
const char *holdfast_light_answer_get_label (HoldfastLightAnswer answer);

G_END_DECLS
