/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "clock.h"
#include "machine.h"
#include "radio.h"

G_BEGIN_DECLS

/**
 * HoldfastSession:
 *
 * The machine in the world: owns the detector, asks the radio, keeps the deadlines. Pages and the
 * terminal program read it and send intents; nothing else goes in.
 *
 * Signals:
 *   "changed" (): something a page shows is different; told once all that followed is settled
 *   "stepped" (const HoldfastStepRecord *): every step, for transcripts and machines
 */
#define HOLDFAST_TYPE_SESSION (holdfast_session_get_type ())
G_DECLARE_FINAL_TYPE (HoldfastSession, holdfast_session, HOLDFAST, SESSION, GObject)

/**
 * HoldfastStepRecord:
 * @now_us: when, in microseconds of the session's clock
 * @event: what happened
 * @from: state before
 * @to: state after
 * @effects: what was asked of the radio
 */
typedef struct {
  gint64 now_us;
  HoldfastEvent event;
  HoldfastState from;
  HoldfastState to;
  HoldfastEffects effects;
} HoldfastStepRecord;

/**
 * holdfast_session_new:
 * @catalogue: (transfer none)
 * @headset: (transfer none): the model chosen, or a family's stand-in
 * @radio: (transfer none) (nullable): NULL makes a guide: the person's eyes judge
 * @clock: (transfer none): the system clock, or a manual one
 *
 * Prepares a session; nothing happens before HOLDFAST_EVENT_BEGIN.
 *
 * Send HOLDFAST_EVENT_CANCEL and wait for HOLDFAST_STATE_ENDED before letting go of it. Disposing
 * a running session releases what it holds without waiting for the answers.
 *
 * Returns: (transfer full)
 */
HoldfastSession *holdfast_session_new (HoldfastCatalogue *catalogue,
                                       HoldfastHeadset *headset,
                                       HoldfastRadio *radio,
                                       HoldfastClock *clock) G_GNUC_WARN_UNUSED_RESULT;

/**
 * holdfast_session_set_known_address:
 * @address: (nullable): of headphones that this computer is paired with
 *
 * The person chose these and no others, though another pair of the same model may be known too.
 * Before HOLDFAST_EVENT_BEGIN.
 */
void holdfast_session_set_known_address (HoldfastSession *self, const char *address);

/** @lead_in_us: how long "Start" waits, in microseconds; 3, 5 or 10 s are offered to people */
void holdfast_session_set_lead_in_us (HoldfastSession *self, gint64 lead_in_us);

/**
 * holdfast_session_set_case_button:
 * @case_button: (not UNKNOWN): whether there is a button on the charging case, as the person has
 *   answered already
 *
 * Before the first event only. What the answer rules out is not offered, and it is not asked again.
 * Does nothing if this headset has no such question.
 */
void holdfast_session_set_case_button (HoldfastSession *self, HoldfastTristate case_button);

/**
 * holdfast_session_send:
 * @intent: what the person wants
 *
 * Safe in any state; an intent that means nothing now is ignored.
 */
void holdfast_session_send (HoldfastSession *self, HoldfastEventKind intent);
/** ANSWER_WAY: TRUE or FALSE. ANSWER_LIGHT: a HoldfastLightAnswer. */
void holdfast_session_send_answer (HoldfastSession *self, HoldfastEventKind intent, int answer);
/** MINE, NOT_MINE. */
void holdfast_session_send_device (HoldfastSession *self, HoldfastEventKind intent, guint device);
/** Returns: FALSE, with nothing sent, if @pin cannot be one */
gboolean holdfast_session_send_pin (HoldfastSession *self, const char *pin);

/** Returns: (transfer none): all there is to know; valid until the next step */
const HoldfastMachine *holdfast_session_get_machine (HoldfastSession *self);
HoldfastState holdfast_session_get_state (HoldfastSession *self);
HoldfastHeadset *holdfast_session_get_headset (HoldfastSession *self);
HoldfastClock *holdfast_session_get_clock (HoldfastSession *self);
/** Returns: (transfer none) (nullable) */
HoldfastRadio *holdfast_session_get_radio (HoldfastSession *self);

/** Returns: (transfer full) (element-type HoldfastSighting): whom "Is this yours?" is about */
GArray *holdfast_session_get_candidates (HoldfastSession *self);

/** Returns: TRUE if a headset is chosen and still known */
gboolean holdfast_session_get_device (HoldfastSession *self, HoldfastSighting *ret_sighting);

G_END_DECLS
