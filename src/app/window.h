/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "catalogue.h"
#include "world.h"
#include "wizard.h"

G_BEGIN_DECLS

/**
 * HoldfastWindow:
 *
 * One window: Home, the choice of a model, and the wizard on a session; beside it the simulated
 * headphones while the person practises.
 *
 * Closing it in the middle of a session first lets the session undo what it began, for 10 s at
 * most, whoever does not answer; closing it again does not wait for answers, only until the words
 * are out, for a second at most.
 *
 * Actions: "win.lead-in-seconds" (int32).
 */
#define HOLDFAST_TYPE_WINDOW (holdfast_window_get_type ())
G_DECLARE_FINAL_TYPE (HoldfastWindow, holdfast_window, HOLDFAST, WINDOW, AdwApplicationWindow)

/**
 * holdfast_window_new:
 * @catalogue: (transfer none)
 * @clock: (nullable) (transfer none): for practice; NULL for the computer's own
 */
HoldfastWindow *holdfast_window_new (GtkApplication *application,
                                     HoldfastCatalogue *catalogue,
                                     HoldfastClock *clock);

/** @world: (nullable) (transfer none): the computer's own Bluetooth, once it is known */
void holdfast_window_set_world (HoldfastWindow *self, HoldfastWorld *world);

/**
 * holdfast_window_pair:
 * @headset: (nullable) (transfer none): NULL: the person chooses
 *
 * Opens the pairing flow, if no session runs.
 */
void holdfast_window_pair (HoldfastWindow *self, HoldfastHeadset *headset);

#if HOLDFAST_HAVE_BLUETOOTH
/** From here on headphones are simulated. @faults: what goes wrong with them */
void holdfast_window_practise (HoldfastWindow *self, guint faults);

/**
 * holdfast_window_rehearse:
 * @until: the state in which the next session is handed over to whoever sits there
 *
 * For developers, after holdfast_window_practise(). Says on standard error how it went.
 */
void holdfast_window_rehearse (HoldfastWindow *self, HoldfastState until);
#endif

/** Returns: (transfer none) */
HoldfastWizard *holdfast_window_get_wizard (HoldfastWindow *self);

G_END_DECLS
