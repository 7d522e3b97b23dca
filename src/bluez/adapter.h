/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef enum {
  HOLDFAST_POWER_OFF,
  HOLDFAST_POWER_ON,
  HOLDFAST_POWER_CHANGING, /* PowerState off-enabling or on-disabling */
  HOLDFAST_POWER_BLOCKED,  /* PowerState off-blocked */
} HoldfastPower;

/**
 * HoldfastAdapter:
 *
 * A snapshot of one org.bluez.Adapter1; properties notify on change.
 */
#define HOLDFAST_TYPE_ADAPTER (holdfast_adapter_get_type ())
G_DECLARE_FINAL_TYPE (HoldfastAdapter, holdfast_adapter, HOLDFAST, ADAPTER, GObject)

const char *holdfast_adapter_get_path (HoldfastAdapter *self);
/** Returns: "hci0": renumbers after a replug, so remember by address */
const char *holdfast_adapter_get_hci (HoldfastAdapter *self);
const char *holdfast_adapter_get_address (HoldfastAdapter *self);
const char *holdfast_adapter_get_alias (HoldfastAdapter *self);
HoldfastPower holdfast_adapter_get_power (HoldfastAdapter *self);
gboolean holdfast_adapter_get_discovering (HoldfastAdapter *self);
/** Returns: TRUE if a sound service registered (0000110a is among the adapter's UUIDs) */
gboolean holdfast_adapter_get_has_sound (HoldfastAdapter *self);

G_END_DECLS
