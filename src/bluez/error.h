/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/** @error: (nullable): Returns: TRUE if it came over D-Bus by that name */
gboolean holdfast_bluez_error_is (const GError *error, const char *name);

/** Returns: TRUE if whoever was asked is not there: the object, the service, or the bus is gone */
gboolean holdfast_bluez_error_is_gone (const GError *error);

G_END_DECLS
