/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "clock.h"
#include "device.h"

G_BEGIN_DECLS

/**
 * HoldfastDeviceList:
 *
 * Devices in the order they came. Additions show at once, removals 50 ms later in one step: an
 * unplugged adapter takes its devices along one by one, and is to be one event for who watches.
 */
#define HOLDFAST_TYPE_DEVICE_LIST (holdfast_device_list_get_type ())
G_DECLARE_FINAL_TYPE (HoldfastDeviceList, holdfast_device_list, HOLDFAST, DEVICE_LIST, GObject)

#define HOLDFAST_DEVICE_LIST_DELAY_MS 50

HoldfastDeviceList *holdfast_device_list_new (HoldfastClock *clock);

void holdfast_device_list_add (HoldfastDeviceList *self, HoldfastDevice *device);
void holdfast_device_list_remove (HoldfastDeviceList *self, HoldfastDevice *device);
/** @devices: (element-type HoldfastDevice): instead of all that were in it; at once */
void holdfast_device_list_replace (HoldfastDeviceList *self, GPtrArray *devices);

G_END_DECLS
