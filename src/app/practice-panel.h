/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "config.h"
#if HOLDFAST_HAVE_BLUETOOTH
#include "sim.h"
#endif

G_BEGIN_DECLS

/**
 * HoldfastPracticePanel:
 *
 * The simulated headphones to hold in one's hand: their buttons, pressed for as long as a finger,
 * the space bar or Enter is down, their light in words, and what can be wrong with them. What a
 * gesture holds together is one button more, for a hand with one pointer. A program that reads the
 * screen presses a button once to hold it, and again to let go.
 */
#define HOLDFAST_TYPE_PRACTICE_PANEL (holdfast_practice_panel_get_type ())
G_DECLARE_FINAL_TYPE (
    HoldfastPracticePanel, holdfast_practice_panel, HOLDFAST, PRACTICE_PANEL, AdwBin)

#if HOLDFAST_HAVE_BLUETOOTH
/**
 * holdfast_practice_panel_set_sim:
 * @sim: (nullable) (transfer none): the world whose headset is shown
 * @clock: (nullable) (transfer none): of that world; the light plays by it
 */
void holdfast_practice_panel_set_sim (HoldfastPracticePanel *self,
                                      HoldfastSim *sim,
                                      HoldfastClock *clock);
#endif

/** Goes round giving the panel another parent: what has the focus keeps it, and a button that is
 * held by a key stays down. */
void holdfast_practice_panel_begin_move (HoldfastPracticePanel *self);
void holdfast_practice_panel_end_move (HoldfastPracticePanel *self);

/** @compact: TRUE leaves its title out, where it lies below a page */
void holdfast_practice_panel_set_compact (HoldfastPracticePanel *self, gboolean compact);

G_END_DECLS
