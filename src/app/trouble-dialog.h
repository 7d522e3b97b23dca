/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "sim.h"

G_BEGIN_DECLS

/**
 * HoldfastTroubleDialog:
 *
 * "Make it difficult": what can go wrong with the simulated headphones, each with a switch that
 * works at once. Follows faults that end by themselves.
 */
#define HOLDFAST_TYPE_TROUBLE_DIALOG (holdfast_trouble_dialog_get_type ())
G_DECLARE_FINAL_TYPE (
    HoldfastTroubleDialog, holdfast_trouble_dialog, HOLDFAST, TROUBLE_DIALOG, AdwDialog)

/** @sim: (transfer none): whose faults are switched */
AdwDialog *holdfast_trouble_dialog_new (HoldfastSim *sim);

/** Returns: (transfer full) (nullable): what goes wrong, in a few words for people; NULL if nothing
 * does */
char *holdfast_trouble_describe (HoldfastSimFaults faults);

G_END_DECLS
