/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client.h"
#include "radio.h"

G_BEGIN_DECLS

/**
 * HoldfastBluezRadio:
 *
 * A radio through BlueZ: translates devices into sightings, verbs into calls, D-Bus errors into
 * causes.
 */
#define HOLDFAST_TYPE_BLUEZ_RADIO (holdfast_bluez_radio_get_type ())
G_DECLARE_FINAL_TYPE (HoldfastBluezRadio, holdfast_bluez_radio, HOLDFAST, BLUEZ_RADIO, GObject)

/**
 * holdfast_bluez_radio_new:
 * @client: (transfer none): a client, of the system bus or of the simulator
 */
HoldfastBluezRadio *holdfast_bluez_radio_new (HoldfastClient *client) G_GNUC_WARN_UNUSED_RESULT;

HoldfastClient *holdfast_bluez_radio_get_client (HoldfastBluezRadio *self);

/** Fills in a sighting from a device. Names are mended; all else is copied as sent. */
void holdfast_bluez_radio_describe (HoldfastDevice *device, HoldfastSighting *ret_sighting);

G_END_DECLS
