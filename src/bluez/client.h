/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "adapter.h"
#include "device.h"

G_BEGIN_DECLS

/** Pair may take BlueZ 120 s; GDBus's own 25 s would end it early. In milliseconds. */
#define HOLDFAST_PAIR_TIMEOUT_MS 130000
/** Connect of a dual-mode set was seen to take 46 s; the session looks earlier. In milliseconds. */
#define HOLDFAST_CONNECT_TIMEOUT_MS 60000

/**
 * HoldfastService: how org.bluez answers.
 */
typedef enum {
  HOLDFAST_SERVICE_STATE_STARTING, /* not known yet */
  HOLDFAST_SERVICE_STATE_ABSENT,   /* nobody owns the name */
  HOLDFAST_SERVICE_STATE_DENIED,   /* the bus policy refuses us */
  HOLDFAST_SERVICE_STATE_HIDDEN,   /* the name is not visible in this sandbox */
  HOLDFAST_SERVICE_STATE_PRESENT,
  HOLDFAST_SERVICE_STATE_CLOSED, /* the bus connection is closed */
} HoldfastServiceState;

typedef enum {
  HOLDFAST_TRANSPORT_BREDR,
  HOLDFAST_TRANSPORT_LE,
  HOLDFAST_TRANSPORT_AUTO,
} HoldfastTransport;

/**
 * HoldfastClient:
 *
 * BlueZ as the rest of the program sees it: adapters and devices as list models of plain objects,
 * verbs as asynchronous calls. Survives bluetoothd's restarts.
 *
 * Signals:
 *   "sighted" (HoldfastDevice *): the device appeared, or got an RSSI, in this discovery; then
 *     again whenever something changed that may change what it means. Cached objects are not
 *     sighted.
 *   "device-changed" (HoldfastDevice *): any property of a device of the adapter in use changed.
 *   "device-removed" (HoldfastDevice *): its object is gone. At once, unlike the list model's.
 *   "disconnected" (HoldfastDevice *, const char *reason): Device1.Disconnected, where BlueZ has
 * it. Properties: "service-state", "adapter" (HoldfastAdapter *, nullable).
 */
#define HOLDFAST_TYPE_CLIENT (holdfast_client_get_type ())
G_DECLARE_FINAL_TYPE (HoldfastClient, holdfast_client, HOLDFAST, CLIENT, GObject)

/**
 * holdfast_client_new_async:
 * @connection: the system bus, or a peer-to-peer connection to a simulated BlueZ
 * @bus_name: (nullable): "org.bluez", or NULL on a peer-to-peer connection
 *
 * Starts watching adapters and devices.
 *
 * Never starts the service. Absence of BlueZ is not an error: the client comes up without an
 * adapter and tells when one appears.
 */
void holdfast_client_new_async (GDBusConnection *connection,
                                const char *bus_name,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
HoldfastClient *holdfast_client_new_finish (GAsyncResult *result,
                                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

GDBusConnection *holdfast_client_get_connection (HoldfastClient *self);
/** Returns: (nullable): as given to holdfast_client_new_async() */
const char *holdfast_client_get_bus_name (HoldfastClient *self);
HoldfastServiceState holdfast_client_get_service_state (HoldfastClient *self);

/** Returns: (transfer none) (element-type HoldfastAdapter): live; the same one for ever */
GListModel *holdfast_client_get_adapters (HoldfastClient *self);

/**
 * holdfast_client_get_adapter:
 *
 * Returns: (transfer none) (nullable): the adapter in use: the only one that may be used, if there
 * is such; else a powered one, else one that is not blocked, else any
 */
HoldfastAdapter *holdfast_client_get_adapter (HoldfastClient *self);

/**
 * holdfast_client_restrict_to_adapter:
 * @adapter: (nullable): address or "hciN"; NULL for any
 *
 * Uses that adapter and never another, also when it is not there. Numbers are given anew when
 * something is plugged in: what was found under "hciN" is from then on known by its address.
 */
void holdfast_client_restrict_to_adapter (HoldfastClient *self, const char *adapter);
/** Returns: TRUE if the only adapter that may be used was there once and is not now */
gboolean holdfast_client_has_lost_adapter (HoldfastClient *self);

/**
 * holdfast_client_get_devices:
 *
 * Lists known devices of the adapter in use, live.
 *
 * Removals reach the list after 50 ms in one step, so that an unplugged adapter is one event.
 *
 * Returns: (transfer none) (element-type HoldfastDevice): the same one for ever
 */
GListModel *holdfast_client_get_devices (HoldfastClient *self);
/** Returns: (transfer none) (nullable) */
HoldfastDevice *holdfast_client_find_device (HoldfastClient *self, guint id);

/* Verbs. Each wraps one call (start_discovery: SetDiscoveryFilter, then StartDiscovery) on the
 * adapter in use. Errors are D-Bus errors as sent, remote name still in place (use
 * g_dbus_error_get_remote_error()), plus G_IO_ERROR_CANCELLED and G_IO_ERROR_CLOSED. Cancelling
 * a cancellable gives up waiting; it does not undo. All but pair and connect time out after 25 s.
 */

/**
 * holdfast_client_start_discovery_async:
 * @duplicate_data: every packet with its RSSI; only while it is needed
 *
 * A discovery of ours that already runs gets the new filter and is success.
 */
void holdfast_client_start_discovery_async (HoldfastClient *self,
                                            HoldfastTransport transport,
                                            gboolean duplicate_data,
                                            GCancellable *cancellable,
                                            GAsyncReadyCallback callback,
                                            gpointer user_data);
/** A discovery that had already ended is success. */
void holdfast_client_stop_discovery_async (HoldfastClient *self,
                                           GCancellable *cancellable,
                                           GAsyncReadyCallback callback,
                                           gpointer user_data);
void holdfast_client_set_powered_async (HoldfastClient *self,
                                        gboolean powered,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
void holdfast_client_pair_async (HoldfastClient *self,
                                 HoldfastDevice *device,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
/**
 * holdfast_client_cancel_pairing_async:
 *
 * Refuses with G_IO_ERROR_FAILED unless a Pair of ours for this device is pending: with nothing
 * pending BlueZ would delete a good bond.
 */
void holdfast_client_cancel_pairing_async (HoldfastClient *self,
                                           HoldfastDevice *device,
                                           GCancellable *cancellable,
                                           GAsyncReadyCallback callback,
                                           gpointer user_data);
void holdfast_client_set_trusted_async (HoldfastClient *self,
                                        HoldfastDevice *device,
                                        gboolean trusted,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
void holdfast_client_set_blocked_async (HoldfastClient *self,
                                        HoldfastDevice *device,
                                        gboolean blocked,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
/** Always classic Bluetooth, whatever else the device can. */
void holdfast_client_connect_profile_async (HoldfastClient *self,
                                            HoldfastDevice *device,
                                            const char *uuid,
                                            GCancellable *cancellable,
                                            GAsyncReadyCallback callback,
                                            gpointer user_data);
void holdfast_client_disconnect_async (HoldfastClient *self,
                                       HoldfastDevice *device,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
/** RemoveDevice; a device already gone is success. */
void holdfast_client_remove_device_async (HoldfastClient *self,
                                          HoldfastDevice *device,
                                          GCancellable *cancellable,
                                          GAsyncReadyCallback callback,
                                          gpointer user_data);
/** Finishes any of the verbs above. */
gboolean holdfast_client_finish (HoldfastClient *self, GAsyncResult *result, GError **error);

G_END_DECLS
