/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client.h"

G_BEGIN_DECLS

/**
 * HoldfastAgent:
 *
 * An org.bluez.Agent1 on the same connection as the client, never the default one. It answers only
 * for one device; whatever concerns another is refused.
 *
 * RequestPinCode: 0000 once, then "pin-requested". RequestPasskey: 0 once, then "pin-requested".
 * RequestConfirmation, DisplayPasskey, DisplayPinCode: refused, "refused" is emitted: this does not
 * behave like headphones. RequestAuthorization: accepted. AuthorizeService: audio services only.
 *
 * Signals:
 *   "pin-requested" (): answer with holdfast_agent_give_pin() or holdfast_agent_refuse_pin()
 *   "pin-withdrawn" (): what "pin-requested" asked for is not wanted any more
 *   "refused" (const char *method, const char *device_path): something was turned down
 *   "released" (): the service forgot the agent, or is gone itself
 * Property: "registered"; FALSE also while the service is away.
 */
#define HOLDFAST_TYPE_AGENT (holdfast_agent_get_type ())
G_DECLARE_FINAL_TYPE (HoldfastAgent, holdfast_agent, HOLDFAST, AGENT, GObject)

HoldfastAgent *holdfast_agent_new (HoldfastClient *client) G_GNUC_WARN_UNUSED_RESULT;

/** Exports the object, then RegisterAgent; AlreadyExists is success. It ends with bluetoothd, as
 * "released" tells: who still wants it after a restart registers it again. */
void holdfast_agent_register_async (HoldfastAgent *self,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
/** DoesNotExist, and an absent service, are success. Not cancellable: it must happen. */
void holdfast_agent_unregister_async (HoldfastAgent *self,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
gboolean holdfast_agent_finish (HoldfastAgent *self, GAsyncResult *result, GError **error);
gboolean holdfast_agent_get_registered (HoldfastAgent *self);

/** @device: (nullable): whom to answer; NULL refuses everybody. A new device gets 0000 once again.
 */
void holdfast_agent_set_device (HoldfastAgent *self, HoldfastDevice *device);

/** @pin: 1 to 16 printable ASCII characters, for a passkey 1 to 6 digits; FALSE if it is neither,
 * or nothing is asked for any more */
gboolean holdfast_agent_is_pin (const char *pin);
gboolean holdfast_agent_give_pin (HoldfastAgent *self, const char *pin);
void holdfast_agent_refuse_pin (HoldfastAgent *self);

/** Returns: how many PINs and passkeys were handed over so far; more of them after a Pair that
 * failed mean that the PIN was wrong, which BlueZ does not say */
guint holdfast_agent_count_pins (HoldfastAgent *self);

G_END_DECLS
