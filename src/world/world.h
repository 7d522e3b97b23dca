/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "catalogue.h"
#include "clock.h"
#include "radio.h"
#include "config.h"
#if HOLDFAST_HAVE_BLUETOOTH
#include "client.h"
#include "sim.h"
#endif

G_BEGIN_DECLS

/**
 * HoldfastWorldOptions:
 * @simulate: (nullable): the model of a simulated headset; NULL for the computer's own Bluetooth
 * @faults: what goes wrong in the simulated world
 * @adapter: (nullable): address or "hciN"
 * @clock: (nullable): NULL for the computer's own
 */
typedef struct {
  HoldfastHeadset *simulate;
  guint faults;
  const char *adapter;
  HoldfastClock *clock;
} HoldfastWorldOptions;

/**
 * HoldfastWorld:
 *
 * What a command works in: a clock, and Bluetooth, real or simulated. The choice is made here and
 * nowhere else.
 */
#define HOLDFAST_TYPE_WORLD (holdfast_world_get_type ())
G_DECLARE_FINAL_TYPE (HoldfastWorld, holdfast_world, HOLDFAST, WORLD, GObject)

void holdfast_world_open_async (const HoldfastWorldOptions *options,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
/** Returns: (transfer full): never NULL for want of Bluetooth; only for a cancelled or broken start
 */
HoldfastWorld *holdfast_world_open_finish (GAsyncResult *result,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** How long holdfast_world_flush_async() takes at most. */
#define HOLDFAST_WORLD_FLUSH_US (1 * G_USEC_PER_SEC)

/**
 * holdfast_world_flush_async:
 * @callback: called when all that was asked of Bluetooth so far is on its way, or after
 *   %HOLDFAST_WORLD_FLUSH_US
 *
 * For a program that ends without waiting for answers: what it has only just undone must not stay
 * done because nobody sent the words.
 */
void
holdfast_world_flush_async (HoldfastWorld *self, GAsyncReadyCallback callback, gpointer user_data);
/** Returns: FALSE if the time was too short */
gboolean holdfast_world_flush_finish (GAsyncResult *result);

/**
 * holdfast_world_lacks_adapter:
 *
 * Returns: TRUE if the adapter that was named is not among those that are there; no other is used
 */
gboolean holdfast_world_lacks_adapter (HoldfastWorld *self);

HoldfastClock *holdfast_world_get_clock (HoldfastWorld *self);
/** Returns: (transfer none) (nullable): NULL where there is no bus to ask, or in a guide-only build
 */
HoldfastRadio *holdfast_world_get_radio (HoldfastWorld *self);
#if HOLDFAST_HAVE_BLUETOOTH
/** Returns: (transfer none) (nullable) */
HoldfastClient *holdfast_world_get_client (HoldfastWorld *self);
/** Returns: (transfer none) (nullable): the simulated world */
HoldfastSim *holdfast_world_get_sim (HoldfastWorld *self);
#endif

G_END_DECLS
