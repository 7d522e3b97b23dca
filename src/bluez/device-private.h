/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "device.h"

G_BEGIN_DECLS

/* What the client does to a device. Others only read. */

HoldfastDevice *holdfast_device_new (const char *path, const char *adapter_path);

const char *holdfast_device_get_adapter_path (HoldfastDevice *self);

/**
 * holdfast_device_update:
 * @interface: Device1 or Battery1; others change nothing
 * @changed: a{sv}
 * @invalidated: (nullable) (array zero-terminated=1): properties without a value from now on
 *
 * Emits nothing: holdfast_device_emit_changed() does, once for a batch.
 *
 * Returns: TRUE if something changed
 */
gboolean holdfast_device_update (HoldfastDevice *self,
                                 const char *interface,
                                 GVariant *changed,
                                 const char *const *invalidated);
/** @properties: all that the interface has; what is not among them has no value any more */
gboolean
holdfast_device_replace (HoldfastDevice *self, const char *interface, GVariant *properties);

/** An A2DP transport of this device is there, @codec -1 if untold. Returns: TRUE if that is news */
gboolean holdfast_device_set_transport (HoldfastDevice *self, const char *path, int codec);
gboolean holdfast_device_remove_transport (HoldfastDevice *self, const char *path);
/** Returns: (transfer none): by path */
GHashTable *holdfast_device_get_transports (HoldfastDevice *self);

void holdfast_device_emit_changed (HoldfastDevice *self);

/* The part of the client's bookkeeping that is kept with the device. */
gboolean holdfast_device_get_sighted (HoldfastDevice *self);
void holdfast_device_set_sighted (HoldfastDevice *self, gboolean sighted);

G_END_DECLS
