/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "session.h"
#include "sim.h"

G_BEGIN_DECLS

/**
 * HoldfastRehearsal:
 *
 * For developers: plays the person, and the hand on the simulated headset, until a session is in a
 * state that somebody wants to look at. Every question is answered as the way there needs it. After
 * that, or when there is no way, it does nothing any more, and whoever sits there goes on.
 *
 * Signals: "over" (gboolean reached): once; what stands in the way is the session's state
 */
#define HOLDFAST_TYPE_REHEARSAL (holdfast_rehearsal_get_type ())
G_DECLARE_FINAL_TYPE (HoldfastRehearsal, holdfast_rehearsal, HOLDFAST, REHEARSAL, GObject)

/**
 * holdfast_rehearsal_new:
 * @session: (transfer none): not begun yet
 * @sim: (transfer none): the world that it is in; its faults are those of
 *   holdfast_rehearsal_get_first_faults()
 * @until: the state wanted
 * @faults: what goes wrong
 */
HoldfastRehearsal *holdfast_rehearsal_new (HoldfastSession *session,
                                           HoldfastSim *sim,
                                           HoldfastState until,
                                           HoldfastSimFaults faults);

/** Returns: those of @faults that the world has from the start. To lose Bluetooth on the way it
 * must be there at first. */
HoldfastSimFaults holdfast_rehearsal_get_first_faults (HoldfastState until,
                                                       HoldfastSimFaults faults);

/** Returns: TRUE if @until is met only where the person's eyes judge: the session has no radio */
gboolean holdfast_rehearsal_is_guide (HoldfastState until);

/**
 * holdfast_rehearsal_parse_state:
 * @text: a state's name, in any case, with - or _
 *
 * Returns: FALSE if there is none such
 */
gboolean holdfast_rehearsal_parse_state (const char *text, HoldfastState *ret_state);

G_END_DECLS
