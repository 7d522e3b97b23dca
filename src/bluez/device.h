/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define HOLDFAST_UUID_A2DP_SINK "0000110b-0000-1000-8000-00805f9b34fb"
#define HOLDFAST_UUID_A2DP_SOURCE "0000110a-0000-1000-8000-00805f9b34fb"
#define HOLDFAST_UUID_HANDSFREE "0000111e-0000-1000-8000-00805f9b34fb"
#define HOLDFAST_UUID_FAST_PAIR "0000fe2c-0000-1000-8000-00805f9b34fb"

/**
 * HoldfastDevice:
 *
 * A snapshot of one org.bluez.Device1 with what hangs below it (Battery1, MediaTransport1).
 * Plain values; emits "changed" once a batch of property changes. Properties of the wrong type on
 * the bus read as absent. Strings are as sent: untrusted. One that was removed keeps what it last
 * was.
 */
#define HOLDFAST_TYPE_DEVICE (holdfast_device_get_type ())
G_DECLARE_FINAL_TYPE (HoldfastDevice, holdfast_device, HOLDFAST, DEVICE, GObject)

/** Returns: a number never used twice in this process, never 0 */
guint holdfast_device_get_id (HoldfastDevice *self);
const char *holdfast_device_get_path (HoldfastDevice *self);
const char *holdfast_device_get_address (HoldfastDevice *self);
gboolean holdfast_device_get_address_public (HoldfastDevice *self);
/** Returns: (nullable): Name, else NULL; the Alias that BlueZ makes of an address is no name */
const char *holdfast_device_get_name (HoldfastDevice *self);
guint32 holdfast_device_get_class (HoldfastDevice *self);
gboolean holdfast_device_get_rssi (HoldfastDevice *self, gint16 *ret_rssi);
/** Returns: (array zero-terminated=1): lower case */
const char *const *holdfast_device_get_uuids (HoldfastDevice *self);
/** Returns: length of the Fast Pair service data, or -1 */
int holdfast_device_get_fast_pair_bytes (HoldfastDevice *self);
/** Returns: LE advertising flags, or -1 */
int holdfast_device_get_advertising_flags (HoldfastDevice *self);
/** Returns: TRUE if Modalias is known; both "bluetooth:" and "usb:" forms are read */
gboolean holdfast_device_get_pnp (HoldfastDevice *self, guint16 *ret_vendor, guint16 *ret_product);
gboolean holdfast_device_get_paired (HoldfastDevice *self);
/** Returns: FALSE only if the property exists and is false (it is absent before BlueZ 5.65) */
gboolean holdfast_device_get_bonded (HoldfastDevice *self);
gboolean holdfast_device_get_trusted (HoldfastDevice *self);
gboolean holdfast_device_get_blocked (HoldfastDevice *self);
gboolean holdfast_device_get_connected (HoldfastDevice *self);
gboolean holdfast_device_get_services_resolved (HoldfastDevice *self);
gboolean holdfast_device_get_legacy_pairing (HoldfastDevice *self);
/** Returns: 0 to 100, or -1 */
int holdfast_device_get_battery_percent (HoldfastDevice *self);
/** Returns: TRUE if an A2DP transport of this device exists */
gboolean holdfast_device_get_transport (HoldfastDevice *self);
/** Returns: codec byte of that transport (0 SBC, 2 AAC, 255 vendor), or -1 */
int holdfast_device_get_codec (HoldfastDevice *self);

G_END_DECLS
