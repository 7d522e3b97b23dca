/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "radio.h"

G_BEGIN_DECLS

/**
 * HoldfastFakeRadio: a radio without air. What it knows is what a test says; every verb answers
 * that it worked, at once, and does nothing.
 */
#define HOLDFAST_TYPE_FAKE_RADIO (holdfast_fake_radio_get_type ())
G_DECLARE_FINAL_TYPE (HoldfastFakeRadio, holdfast_fake_radio, HOLDFAST, FAKE_RADIO, GObject)

/** Returns: (transfer full) */
HoldfastFakeRadio *holdfast_fake_radio_new (void);

/** Adds a device, or changes the one with this id, and says so. */
void holdfast_fake_radio_put (HoldfastFakeRadio *self, const HoldfastSighting *sighting);
void holdfast_fake_radio_remove (HoldfastFakeRadio *self, guint device);
void holdfast_fake_radio_set_readiness (HoldfastFakeRadio *self, HoldfastFailure readiness);

/** Returns: the device of the last %HOLDFAST_VERB_CONNECT, or 0 */
guint holdfast_fake_radio_get_connecting (HoldfastFakeRadio *self);

G_END_DECLS
