/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "adapter.h"

G_BEGIN_DECLS

/* What the client does to an adapter. Others only read. */

HoldfastAdapter *holdfast_adapter_new (const char *path);

/**
 * holdfast_adapter_update:
 * @changed: a{sv}, properties of Adapter1
 * @invalidated: (nullable) (array zero-terminated=1): properties without a value from now on
 */
void
holdfast_adapter_update (HoldfastAdapter *self, GVariant *changed, const char *const *invalidated);
/** @properties: all that it has, a{sv}; what is not among them has no value */
void holdfast_adapter_replace (HoldfastAdapter *self, GVariant *properties);

/** Returns: TRUE if @wanted, an address or "hciN", names it */
gboolean holdfast_adapter_is (HoldfastAdapter *self, const char *wanted);

G_END_DECLS
