/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fact.h"
#include "timeline.h"

G_BEGIN_DECLS

/**
 * HoldfastControl:
 *
 * What a hand can touch. A gesture names one or two; the catalogue refuses a control that the
 * headset does not have.
 */
typedef enum {
  HOLDFAST_CONTROL_NONE,
  HOLDFAST_CONTROL_POWER,      /* power button */
  HOLDFAST_CONTROL_POWER_PLAY, /* one button for power and play (WH-CH510) */
  HOLDFAST_CONTROL_POWER_PAIR, /* power button that also carries the Bluetooth sign (WH-CH520) */
  HOLDFAST_CONTROL_BLUETOOTH,  /* Bluetooth button (INZONE) */
  HOLDFAST_CONTROL_NC_AMBIENT, /* button printed NC/AMBIENT, NC/AMB or NC */
  HOLDFAST_CONTROL_CUSTOM,     /* button printed CUSTOM or C */
  HOLDFAST_CONTROL_VOLUME_DOWN,
  HOLDFAST_CONTROL_CASE_BUTTON,   /* button on the charging case */
  HOLDFAST_CONTROL_EARBUD_TOUCH,  /* touch surfaces of both earbuds */
  HOLDFAST_CONTROL_EARBUD_BUTTON, /* push buttons of both earbuds */
  HOLDFAST_CONTROL_MODE_SWITCH,   /* slide switch between USB and Bluetooth */
  HOLDFAST_CONTROL_MAX,
} HoldfastControl;

/**
 * HoldfastAction:
 *
 * One thing a person does.
 */
typedef enum {
  HOLDFAST_ACTION_HOLD,         /* press @control (and @control2) and stay */
  HOLDFAST_ACTION_PRESS,        /* press and let go at once */
  HOLDFAST_ACTION_WAIT,         /* do nothing for a time */
  HOLDFAST_ACTION_UNPLUG_CABLE, /* take the cable out of the headphone jack */
  HOLDFAST_ACTION_UNPLUG_USB,   /* take it off the charger */
  HOLDFAST_ACTION_PLUG_USB,     /* put it on the charger (restart gestures) */
  HOLDFAST_ACTION_BUDS_IN_CASE, /* both earbuds into the case */
  HOLDFAST_ACTION_BUDS_OUT,     /* both earbuds out of the case */
  HOLDFAST_ACTION_WEAR,         /* put them on */
  HOLDFAST_ACTION_OPEN_LID,
  HOLDFAST_ACTION_CLOSE_LID,
  HOLDFAST_ACTION_SLIDE_SWITCH, /* slide the switch to Bluetooth */
  HOLDFAST_ACTION_MAX,
} HoldfastAction;

/**
 * HoldfastStartState:
 *
 * The state a gesture starts from; the same buttons mean something else from another state.
 */
typedef enum {
  HOLDFAST_START_ANY,
  HOLDFAST_START_OFF,
  HOLDFAST_START_ON,
  HOLDFAST_START_IN_CASE,     /* both earbuds in the case, lid open */
  HOLDFAST_START_OUT_OF_CASE, /* both earbuds out of the case */
  HOLDFAST_START_CHARGING,
  HOLDFAST_START_UNKNOWN,
  HOLDFAST_START_MAX,
} HoldfastStartState;

/**
 * HoldfastStep:
 * @action: what to do
 * @control: what to touch; HOLDFAST_CONTROL_NONE where nothing is
 * @control2: a second control held together with the first, or HOLDFAST_CONTROL_NONE
 * @earliest_ms: HOLD: from here the light may already flash. WAIT: the time to wait
 * @usual_ms: HOLD: how long it usually takes
 * @longest_ms: HOLD: "let go now" is said here, whatever happened
 * @light: (nullable): what the light does at the end of this step when it worked
 * @only_if_on: TRUE if the step is for a headset that is on; skipped when it is off already
 *
 * One timed step of a gesture. Times are in milliseconds, earliest <= usual <= longest;
 * all 0 for steps that take no counted time.
 */
typedef struct {
  HoldfastAction action;
  HoldfastControl control;
  HoldfastControl control2;
  guint earliest_ms;
  guint usual_ms;
  guint longest_ms;
  HoldfastTimeline *light;
  gboolean only_if_on;
} HoldfastStep;

typedef enum {
  HOLDFAST_GESTURE_FIRST_TIME,    /* a headset never paired: just switch it on */
  HOLDFAST_GESTURE_PAIR,          /* the way, or one of the ways, into pairing mode */
  HOLDFAST_GESTURE_RESTART,       /* keeps pairings (Sony: reset) */
  HOLDFAST_GESTURE_FACTORY_RESET, /* erases all pairings (Sony: initialise) */
  HOLDFAST_GESTURE_KIND_MAX,
} HoldfastGestureKind;

/**
 * HoldfastQuestion:
 *
 * Where sources conflict too badly for precedence, the person's eyes pick between two ways.
 */
typedef enum {
  HOLDFAST_QUESTION_NONE,
  HOLDFAST_QUESTION_CASE_BUTTON,      /* "Is there a button on the case?" */
  HOLDFAST_QUESTION_BLUETOOTH_BUTTON, /* "Is there a separate button with the Bluetooth sign?" */
  HOLDFAST_QUESTION_MAX,
} HoldfastQuestion;

/**
 * HoldfastVoice:
 *
 * What the headset says when it is in pairing mode, as far as known.
 */
typedef enum {
  HOLDFAST_VOICE_UNKNOWN,
  HOLDFAST_VOICE_BLUETOOTH_PAIRING, /* "Bluetooth pairing" */
  HOLDFAST_VOICE_PAIRING,           /* "Pairing" */
  HOLDFAST_VOICE_EITHER,            /* one of the two, by age */
  HOLDFAST_VOICE_MAX,
} HoldfastVoice;

/**
 * HoldfastLight:
 *
 * What a light is said to do when the gesture worked: the fact behind the sentence. The pattern
 * that is drawn is a #HoldfastTimeline; its milliseconds are ours.
 */
typedef enum {
  HOLDFAST_LIGHT_UNKNOWN,
  HOLDFAST_LIGHT_BLUE_DOUBLE,   /* flashes blue twice, again and again */
  HOLDFAST_LIGHT_BLUE_FLASHING, /* flashes blue */
  HOLDFAST_LIGHT_BLUE_PULSE,    /* glows up and down in blue */
  HOLDFAST_LIGHT_BLUE_ORANGE,   /* blue and orange in turn */
  HOLDFAST_LIGHT_BLUE_FOUR,     /* flashes blue four times, then no more */
  HOLDFAST_LIGHT_MAX,
} HoldfastLight;

/**
 * HoldfastPlace:
 *
 * Where on the headset a control or a light is.
 */
typedef enum {
  HOLDFAST_PLACE_UNKNOWN,
  HOLDFAST_PLACE_LEFT_CUP,         /* left cup */
  HOLDFAST_PLACE_LEFT_CUP_REAR,    /* rear edge of the left cup */
  HOLDFAST_PLACE_RIGHT_CUP,        /* right cup */
  HOLDFAST_PLACE_RIGHT_CUP_MIDDLE, /* middle one of the three buttons on the right cup */
  HOLDFAST_PLACE_EARBUDS_OUTSIDE,  /* outer face of each earbud */
  HOLDFAST_PLACE_CASE,             /* somewhere on the charging case */
  HOLDFAST_PLACE_CASE_FRONT,
  HOLDFAST_PLACE_CASE_BACK,
  HOLDFAST_PLACE_CASE_BESIDE_USB, /* beside the USB port of the case */
  HOLDFAST_PLACE_NECKBAND_LEFT,   /* left side of the neckband */
  HOLDFAST_PLACE_CONTROL_BLOCK,   /* block of buttons on the neckband or its cable */
  HOLDFAST_PLACE_BESIDE_CONTROL,  /* lights: right beside the control that is held */
  HOLDFAST_PLACE_MAX,
} HoldfastPlace;

/**
 * HoldfastGesture:
 * @id: unique within the headset: "pair", "pair-2", "first-time", "restart", "factory-reset"
 * @kind: what the gesture is for
 * @start: the state it starts from
 * @steps: (element-type HoldfastStep): in order; one HOLD at least, except FIRST_TIME
 * @window_ms: how long the headset then stays in pairing mode; 0 where not applicable
 * @erases_pairings: TRUE for FACTORY_RESET only
 * @voice: what it says
 * @light: (nullable): what the light does when the gesture worked; the same as the last step's
 * @light_seen: what the light is said to do then
 * @place: where the control is
 * @light_place: where the light is
 * @question: asked before this gesture is offered; NONE where precedence decides
 * @question_answer: the answer (TRUE: yes) that picks this gesture
 * @evidence: the weakest kind among control and hold time: how sure the sentence may sound
 * @from_family: TRUE if this is the family's usual way because the model's own is unknown
 *
 * One gesture of one headset, exactly as a person performs it. Immutable; lives as long as its
 * headset.
 */
typedef struct {
  char *id;
  HoldfastGestureKind kind;
  HoldfastStartState start;
  GArray *steps;
  guint window_ms;
  gboolean erases_pairings;
  HoldfastVoice voice;
  HoldfastTimeline *light;
  HoldfastLight light_seen;
  HoldfastPlace place;
  HoldfastPlace light_place;
  HoldfastQuestion question;
  gboolean question_answer;
  HoldfastFactKind evidence;
  gboolean from_family;
} HoldfastGesture;

HoldfastGesture *holdfast_gesture_new (const char *id, HoldfastGestureKind kind);
/** Returns: (transfer full): a deep copy; light patterns are shared, they are immutable */
HoldfastGesture *holdfast_gesture_copy (const HoldfastGesture *self);
void holdfast_gesture_free (HoldfastGesture *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HoldfastGesture, holdfast_gesture_free)

/** Appends a copy of @step; takes a reference of its own to the light */
void holdfast_gesture_add_step (HoldfastGesture *self, const HoldfastStep *step);
guint holdfast_gesture_get_n_steps (const HoldfastGesture *self);
const HoldfastStep *holdfast_gesture_get_step (const HoldfastGesture *self, guint index);

/**
 * holdfast_gesture_get_last_hold:
 *
 * Returns: (nullable): the last HOLD step, the one that ends in pairing mode
 */
const HoldfastStep *holdfast_gesture_get_last_hold (const HoldfastGesture *self);

const char *holdfast_control_to_string (HoldfastControl control);
gboolean holdfast_control_from_string (const char *text, HoldfastControl *ret_control);
const char *holdfast_action_to_string (HoldfastAction action);
gboolean holdfast_action_from_string (const char *text, HoldfastAction *ret_action);
const char *holdfast_start_state_to_string (HoldfastStartState start);
gboolean holdfast_start_state_from_string (const char *text, HoldfastStartState *ret_start);
const char *holdfast_question_to_string (HoldfastQuestion question);
gboolean holdfast_question_from_string (const char *text, HoldfastQuestion *ret_question);
const char *holdfast_voice_to_string (HoldfastVoice voice);
gboolean holdfast_voice_from_string (const char *text, HoldfastVoice *ret_voice);
const char *holdfast_place_to_string (HoldfastPlace place);
gboolean holdfast_place_from_string (const char *text, HoldfastPlace *ret_place);
const char *holdfast_light_to_string (HoldfastLight light);
gboolean holdfast_light_from_string (const char *text, HoldfastLight *ret_light);
const char *holdfast_gesture_kind_to_string (HoldfastGestureKind kind);

G_END_DECLS
