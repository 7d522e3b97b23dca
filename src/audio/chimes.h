/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "audio.h"
#include "chime.h"

G_BEGIN_DECLS

/**
 * HoldfastChimes:
 *
 * Plays chimes through the person's default output if that is a device of this computer's own,
 * never through a Bluetooth one, nor through what may lead to one: that may be the headset that is
 * being paired, or somebody else's. Never changes a volume.
 *
 * Property: "available" (boolean): there is a sound server, and an output to be heard through.
 */
#define HOLDFAST_TYPE_CHIMES (holdfast_chimes_get_type ())
G_DECLARE_FINAL_TYPE (HoldfastChimes, holdfast_chimes, HOLDFAST, CHIMES, GObject)

/** Returns: (transfer full) */
HoldfastChimes *holdfast_chimes_new (HoldfastAudio *audio) G_GNUC_WARN_UNUSED_RESULT;

gboolean holdfast_chimes_get_available (HoldfastChimes *self);

/**
 * holdfast_chimes_play:
 *
 * Plays it at once, over what may still sound. Without an output nothing happens; a chime is never
 * made up for later.
 *
 * Returns: TRUE if it was begun
 */
gboolean holdfast_chimes_play (HoldfastChimes *self, HoldfastChime chime);

/** Returns: how many sound at the moment */
guint holdfast_chimes_get_n_sounding (HoldfastChimes *self);
/** Returns: how many of them the server has all of, and plays the end of */
guint holdfast_chimes_get_n_draining (HoldfastChimes *self);

G_END_DECLS
