/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "detector.h"
#include "failure.h"
#include "gesture.h"

G_BEGIN_DECLS

/**
 * HoldfastState:
 *
 * Where a pairing session is. State decides the page.
 */
typedef enum {
  HOLDFAST_STATE_IDLE,        /* nothing runs */
  HOLDFAST_STATE_KNOWN,       /* already paired here: connect first, pair again second */
  HOLDFAST_STATE_GET_READY,   /* two lists: the computer's checks, the person's checks */
  HOLDFAST_STATE_WAIT_RADIO,  /* Bluetooth went away; goes on by itself when it is back */
  HOLDFAST_STATE_ASK_WAY,     /* "Is there a button on the case?" */
  HOLDFAST_STATE_INVITE,      /* listening: brand-new path, "Start", "I'm holding now" */
  HOLDFAST_STATE_LEAD_IN,     /* "let go": both hands get free */
  HOLDFAST_STATE_HOLD,        /* the timed steps run */
  HOLDFAST_STATE_LOOKING,     /* "let go now": looking for it, 15 s at least */
  HOLDFAST_STATE_ASK_LIGHT,   /* unseen: "What does the light do?" */
  HOLDFAST_STATE_IDENTIFY,    /* "Is this yours?" */
  HOLDFAST_STATE_FOUND,       /* "Got it, let go": short, and a last look for a second one */
  HOLDFAST_STATE_ASK_FORGET,  /* a stale pairing: "forget and pair again?" */
  HOLDFAST_STATE_ASK_UNBLOCK, /* this computer was told to ignore it: "use it again?" */
  HOLDFAST_STATE_FORGET,      /* our pairing is being removed; then it must be seen again */
  HOLDFAST_STATE_PAIR,
  HOLDFAST_STATE_PAIR_WAIT, /* a pause before the one silent retry */
  HOLDFAST_STATE_ASK_PIN,   /* 0000 was refused: what does the headset want? */
  HOLDFAST_STATE_TRUST,
  HOLDFAST_STATE_CONNECT,
  HOLDFAST_STATE_CONNECT_WAIT, /* a pause before the one retry */
  HOLDFAST_STATE_VERIFY,       /* connect returned: waiting for the transport for music */
  HOLDFAST_STATE_DONE,         /* connected, with a transport */
  HOLDFAST_STATE_GUIDE_DONE,   /* no radio: the person's eyes say it is in pairing mode */
  HOLDFAST_STATE_FAILED,
  HOLDFAST_STATE_ENDING, /* leaving: discovery, agent, pending pairing are being released */
  HOLDFAST_STATE_ENDED,  /* all released; the session is over */
  HOLDFAST_STATE_MAX,
} HoldfastState;

typedef enum {
  /* what the person wants */
  HOLDFAST_EVENT_BEGIN,
  HOLDFAST_EVENT_CONTINUE, /* the primary button */
  HOLDFAST_EVENT_BACK,
  HOLDFAST_EVENT_CANCEL,
  HOLDFAST_EVENT_START,          /* start the lead-in */
  HOLDFAST_EVENT_HOLDING_NOW,    /* "I'm holding now" */
  HOLDFAST_EVENT_AGAIN,          /* a slip: let go, then this step from its beginning */
  HOLDFAST_EVENT_ANSWER_WAY,     /* @arg: TRUE yes, FALSE no */
  HOLDFAST_EVENT_ANSWER_LIGHT,   /* @arg: HoldfastLightAnswer */
  HOLDFAST_EVENT_MINE,           /* @device, @flags: what is known of it */
  HOLDFAST_EVENT_NOT_MINE,       /* @device; the caller has told the detector */
  HOLDFAST_EVENT_REPAIR,         /* the primary repair of the failure */
  HOLDFAST_EVENT_SOMETHING_ELSE, /* on to the next most likely cause */
  HOLDFAST_EVENT_PAIR_AGAIN,     /* KNOWN: not connect, pair */
  HOLDFAST_EVENT_PIN,            /* the person typed a PIN; the caller keeps it */

  /* what the world does */
  HOLDFAST_EVENT_RADIO, /* @failure: why not ready, or NONE; sound only stops GET_READY */
  /* @device, @flags: a paired headset of the chosen model exists; at the beginning, whenever the
   * radio becomes ready, and when one becomes known */
  HOLDFAST_EVENT_KNOWN_DEVICE,
  HOLDFAST_EVENT_VERDICT,           /* @verdict */
  HOLDFAST_EVENT_DEVICE,            /* @device, @flags: its state changed */
  HOLDFAST_EVENT_GONE,              /* @device: the object vanished */
  HOLDFAST_EVENT_DISCOVERY_STARTED, /* reply; @failure */
  HOLDFAST_EVENT_DISCOVERY_STOPPED, /* reply, whatever it was */
  HOLDFAST_EVENT_AGENT_REGISTERED,  /* reply; @failure */
  HOLDFAST_EVENT_AGENT_GONE,        /* reply to unregister, or the service forgot it */
  HOLDFAST_EVENT_PAIRED,            /* reply; @failure */
  HOLDFAST_EVENT_PAIRING_CANCELLED, /* reply to CANCEL_PAIRING, whatever it was */
  HOLDFAST_EVENT_TRUSTED,           /* reply; @failure */
  HOLDFAST_EVENT_CONNECTED,         /* reply; @failure */
  HOLDFAST_EVENT_REMOVED,           /* reply; @failure */
  HOLDFAST_EVENT_UNBLOCKED,         /* reply; @failure */
  HOLDFAST_EVENT_POWERED,           /* reply; @failure */
  HOLDFAST_EVENT_PIN_ASKED,         /* the headset wants a PIN and 0000 was not it */
  HOLDFAST_EVENT_RESUMED,           /* the computer slept */
  HOLDFAST_EVENT_DEADLINE,          /* @now_us has reached deadline_us; else ignored */
  HOLDFAST_EVENT_MAX,
} HoldfastEventKind;

typedef enum {
  HOLDFAST_LIGHT_ANSWER_PAIRS, /* blue, twice, again and again */
  HOLDFAST_LIGHT_ANSWER_SLOW,  /* one slow flash now and then */
  HOLDFAST_LIGHT_ANSWER_SOLID,
  HOLDFAST_LIGHT_ANSWER_RED,
  HOLDFAST_LIGHT_ANSWER_NOTHING,
  HOLDFAST_LIGHT_ANSWER_VOICE, /* it said "pairing" */
  HOLDFAST_LIGHT_ANSWER_MAX,
} HoldfastLightAnswer;

/**
 * HoldfastHint: what the INVITE and LOOKING pages add, from the last answer.
 */
typedef enum {
  HOLDFAST_HINT_NONE,
  HOLDFAST_HINT_ON_NOT_PAIRING, /* the radio sees its LE side: on, but not in pairing mode */
  HOLDFAST_HINT_START_FROM_OFF, /* it was on: switch it off first */
  HOLDFAST_HINT_PHONE_HAS_IT,   /* connected elsewhere: Bluetooth off on the phone */
  HOLDFAST_HINT_CHARGE,
  HOLDFAST_HINT_CABLE_OR_CHARGE,
  HOLDFAST_HINT_COME_NEARER, /* it is in pairing mode but not heard */
  HOLDFAST_HINT_OTHER_WAY,   /* the next way of the catalogue is tried now */
  HOLDFAST_HINT_MAX,
} HoldfastHint;

typedef enum {
  HOLDFAST_DEVICE_PAIRED = 1 << 0,
  HOLDFAST_DEVICE_CONNECTED = 1 << 1,
  HOLDFAST_DEVICE_TRANSPORT = 1 << 2,
  HOLDFAST_DEVICE_BLOCKED = 1 << 3,
  HOLDFAST_DEVICE_UNSTORED = 1 << 4, /* paired for this connection only */
} HoldfastDeviceFlags;

typedef struct {
  HoldfastEventKind kind;
  guint device;
  int arg;
  HoldfastFailure failure;
  HoldfastDeviceFlags flags;
  HoldfastVerdict verdict;
} HoldfastEvent;

/**
 * HoldfastEffects:
 *
 * What the caller must now do, in this order. At most one of each a step.
 */
typedef enum {
  /* of @pair_device; only ever while our Pair is pending */
  HOLDFAST_EFFECT_CANCEL_PAIRING = 1 << 0,
  HOLDFAST_EFFECT_STOP_DISCOVERY = 1 << 1,
  HOLDFAST_EFFECT_UNREGISTER_AGENT = 1 << 2,
  HOLDFAST_EFFECT_REMOVE = 1 << 3, /* RemoveDevice of @remove_device */
  HOLDFAST_EFFECT_POWER_ON = 1 << 4,
  HOLDFAST_EFFECT_REGISTER_AGENT = 1 << 5,
  HOLDFAST_EFFECT_START_DISCOVERY = 1 << 6,
  HOLDFAST_EFFECT_UNBLOCK = 1 << 7,
  HOLDFAST_EFFECT_PAIR = 1 << 8, /* of @pair_device, which is @device here */
  HOLDFAST_EFFECT_TRUST = 1 << 9,
  HOLDFAST_EFFECT_CONNECT = 1 << 10, /* ConnectProfile (A2DP sink) of @device */
  HOLDFAST_EFFECT_RESET_DETECTOR = 1 << 11,
  HOLDFAST_EFFECT_REJUDGE = 1 << 12, /* ask the detector and send VERDICT */
} HoldfastEffects;

typedef enum {
  HOLDFAST_RESOURCE_OFF,
  HOLDFAST_RESOURCE_STARTING,
  HOLDFAST_RESOURCE_ON,
  HOLDFAST_RESOURCE_STOPPING,
} HoldfastResource;

/**
 * HoldfastMachineConfig:
 * @ways: (element-type HoldfastGesture) (nullable): ways into pairing mode, in order; borrowed,
 *   must outlive the machine
 * @question: what must be asked before a way is chosen
 * @guide: TRUE if there is no radio at all and the person's eyes judge
 * @lead_in_us: how long "Start" waits, in microseconds; beginning again takes 3 s at least
 */
typedef struct {
  GPtrArray *ways;
  HoldfastQuestion question;
  gboolean guide;
  gint64 lead_in_us;
} HoldfastMachineConfig;

/**
 * HoldfastMachine:
 * @state: where we are
 * @failure: why we stopped; NONE unless @state is FAILED, WAIT_RADIO or ASK_FORGET, and there too
 * if the person asked to pair again
 * @entered_us: when @state was entered
 * @deadline_us: when DEADLINE is due; G_MAXINT64 for none
 * @hold_began_us: from when on a new sighting may be this person's, for
 *   holdfast_detector_judge(); -1 before a hold. That is when the person began this hold, but at
 *   least 3 s after the radio began to listen: what it hears at once was there before
 * @hold_ended_us: when that hold was over, for holdfast_detector_set_hold_ended(); -1 before that,
 *   and where nothing is held until the person is asked about the light
 * @way: index into the ways
 * @ways_tried: bit per way
 * @step: index of the running step of the way's gesture in HOLD
 * @step_began_us: when it began
 * @let_go: the lead-in is one of a hold that begins again: the finger may still be down, so it
 *   takes its time whatever was configured, and nothing shortens it
 * @window_began_us: when the headset was first known to be in pairing mode; -1 before that
 * @hint: what the page adds
 * @device: the headset chosen; 0 before that
 * @flags: what is known of @device
 * @made_bond: this session's Pair made the pairing that now exists
 * @pair_pending: our Pair call is out
 * @pair_device: the device of the Pair call that is out, 0 if none is
 * @remove_device: the device that is being removed, 0 if none is
 * @radio: why the radio is not ready, NONE if it is; for the rows of GET_READY
 * @verdict: the latest
 *
 * All there is to know about a session. Copy it freely: tests and the inspector do. Fields after
 * the blank line are the machine's own.
 */
typedef struct {
  HoldfastState state;
  HoldfastFailure failure;
  gint64 entered_us;
  gint64 deadline_us;
  gint64 hold_began_us;
  gint64 hold_ended_us;
  guint way;
  guint ways_tried;
  guint step;
  gint64 step_began_us;
  gboolean let_go;
  gint64 window_began_us;
  HoldfastHint hint;
  guint device;
  HoldfastDeviceFlags flags;
  gboolean made_bond;
  gboolean pair_pending;
  guint pair_device;
  guint remove_device;
  HoldfastFailure radio;
  HoldfastVerdict verdict;

  HoldfastMachineConfig config;

  /* what is held */
  HoldfastResource discovery;
  HoldfastResource agent;
  gint64 discovery_on_us; /* when the radio began to listen; -1 while it does not */

  /* calls whose reply has not come */
  gboolean pair_due;       /* Pair; stays when the service died, unlike @pair_pending */
  gboolean pair_abandoned; /* nobody wants that Pair any more: undo it if it succeeds */
  gboolean removing;
  guint remove_next; /* wanted while another removal is out */
  gboolean connecting;
  guint connect_device;
  gboolean unblocking;
  gboolean powering;

  /* where the person stands */
  gboolean continued;    /* past GET_READY */
  gboolean chose_known;  /* KNOWN: connect */
  gboolean chose_afresh; /* KNOWN: pair again */
  guint known_device;
  HoldfastDeviceFlags known_flags;
  HoldfastState asked_from; /* where NOT_MINE goes back to */
  guint snoozed;            /* BACK from its question: not asked again before the next hold */
  guint answers;            /* bit per light answer given to this way */
  guint looks;              /* times "it pairs" was answered */

  /* this attempt */
  gboolean pair_asked;
  gboolean pair_replied; /* Pair said yes; the Paired flag is still to come */
  guint pair_tries;
  guint pin_tries;
  gint64 pause_us;
  gboolean connect_asked;
  guint connect_tries;
  guint verify_tries;
  gboolean bonded;   /* connecting is what remains to be done */
  gboolean unstored; /* its pairing is, or was, for the one connection only */
  /* whose bond @made_bond is about; 0 while the radio is lost and its object with it: the bond is
   * kept on disk, and comes back under another id */
  guint bond_device;
  gboolean knows_another; /* a second paired headset of the model: which one comes back is unsure */
  gboolean keep_bond;     /* it is not half-made any more: leaving keeps it */
  guint undoing;          /* whose removal is no more than the undoing of our own Pair */
} HoldfastMachine;

void holdfast_machine_init (HoldfastMachine *self, const HoldfastMachineConfig *config);

/**
 * holdfast_machine_step:
 * @event: what happened
 * @now_us: monotonic time of the event, in microseconds; never earlier than the previous call's
 * @ret_effects: (out): what the caller must now do; 0 if nothing
 *
 * Advances the session by one event.
 *
 * Effects that concern a device name it in the field that their comment says, read after this call.
 * Every call that an effect makes must be answered by its reply event once, if only with the bus's
 * error: what is between two states waits for it. BACK from "Is this yours?" is no refusal; only
 * NOT_MINE is. Give the detector every sighting, and VERDICT whenever its answer changed.
 *
 * Legal edges are the rows of one static table. An event with no row from the present state
 * changes nothing and asks for nothing, except that replies always settle what they reply to:
 * late replies after a cancel are normal, not errors.
 *
 * Returns: TRUE if @self changed in a way a page could show
 */
gboolean holdfast_machine_step (HoldfastMachine *self,
                                const HoldfastEvent *event,
                                gint64 now_us,
                                HoldfastEffects *ret_effects);

/** Returns: TRUE if the intent means something in the present state, and will whenever it is
 * pressed: the button may be shown. CONTINUE in a hold is one only where the person says when a
 * step is over or that it is not needed; letting go after the earliest mark is taken too, but not
 * offered. */
gboolean holdfast_machine_accepts (const HoldfastMachine *self, HoldfastEventKind intent);

/** Returns: (nullable): the gesture now in use */
const HoldfastGesture *holdfast_machine_get_gesture (const HoldfastMachine *self);
/** Returns: (nullable): the same, but NULL as long as a question by picture is still to choose it:
 * what depends on the gesture must not be told before */
const HoldfastGesture *holdfast_machine_get_chosen_gesture (const HoldfastMachine *self);

/**
 * holdfast_machine_get_warning:
 *
 * Returns: what must be added to DONE: NOT_STORED if all of it works, but only until the headset is
 * switched off; else NONE
 */
HoldfastFailure holdfast_machine_get_warning (const HoldfastMachine *self);

/** Returns: when the pairing window ends, in microseconds; G_MAXINT64 if it has not begun */
gint64 holdfast_machine_get_window_end_us (const HoldfastMachine *self);
/** Returns: how long the headset stays in pairing mode, in microseconds, as far as is known */
gint64 holdfast_machine_get_window_length_us (const HoldfastMachine *self);

/**
 * HoldfastEdge:
 * @event: HOLDFAST_EVENT_MAX for an edge that is taken at once, without an event
 * @guard: (nullable): name of the condition; NULL for always
 * @next: HOLDFAST_STATE_MAX where the state stays
 * @action: (nullable): name of what is done besides
 *
 * One legal edge. Of the edges with the same @state and @event the first whose condition holds is
 * taken.
 */
typedef struct {
  HoldfastState state;
  HoldfastEventKind event;
  const char *guard;
  HoldfastState next;
  const char *action;
} HoldfastEdge;

typedef void (*HoldfastEdgeFunc) (const HoldfastEdge *edge, gpointer user_data);

/** Calls @callback for every legal edge, state by state, in the order in which they are tried. */
void holdfast_machine_foreach_edge (HoldfastEdgeFunc callback, gpointer user_data);

/**
 * HoldfastStateRules:
 * @name: as holdfast_state_to_string()
 * @discovery: "on", "off", or "as it was"
 * @agent: the same
 * @deadline: (nullable): what ends it by itself, "-" if nothing does; NULL: @deadline_ms
 * @deadline_ms: after it was entered, in milliseconds; where @deadline is NULL
 * @needs_radio: TRUE if the state becomes WAIT_RADIO without a radio
 * @keeps_pair: TRUE if a Pair call that is out is let be; cancelled otherwise
 * @keeps_bond: TRUE if a pairing made by this session, still without sound, is let be
 *
 * What holds in a state, whatever edge led there.
 */
typedef struct {
  const char *name;
  const char *discovery;
  const char *agent;
  const char *deadline;
  guint deadline_ms;
  gboolean needs_radio;
  gboolean keeps_pair;
  gboolean keeps_bond;
} HoldfastStateRules;

void holdfast_state_get_rules (HoldfastState state, HoldfastStateRules *ret_rules);

/** Returns: TRUE if the radio must be looking for devices in this state */
gboolean holdfast_state_is_listening (HoldfastState state);

const char *holdfast_state_to_string (HoldfastState state);
const char *holdfast_event_to_string (HoldfastEventKind kind);
/** Returns: (transfer full): "STOP_DISCOVERY|REMOVE", in order */
char *holdfast_effects_to_string (HoldfastEffects effects);

G_END_DECLS
