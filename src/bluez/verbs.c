/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is asked of BlueZ. The D-Bus calls themselves are never cancelled: their answers tell what
 * BlueZ does from then on (whether it searches, whether it pairs), and that must be known although
 * nobody waits any more. */
#include "client-private.h"

#include "device-private.h"
#include "error.h"
#include "names.h"

#include <string.h>

#define TIMEOUT_MS 25000

#define WEAKEST_RSSI (-127)

typedef struct _Call Call;

/* Takes note of an answer, before the task gets it. May clear the error, or set another, or send
 * the call's next step and return FALSE. @self is NULL when the client is gone. */
typedef gboolean (*CallDone) (Call *call, HoldfastClient *self, GError **error);

struct _Call {
  GWeakRef client;
  GTask *task; /* NULL when cancelled */
  GSource *cancel;
  CallDone done;
  char *path;
  guint serial;
  gboolean opens_discovery;
};

static void
call_free (Call *call)
{
  if (call->cancel)
    g_source_destroy (call->cancel);
  g_clear_pointer (&call->cancel, g_source_unref);
  g_clear_object (&call->task);
  g_weak_ref_clear (&call->client);
  g_free (call->path);
  g_free (call);
}

static gboolean
call_cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  Call *call = user_data;
  g_autoptr (GTask) task = g_steal_pointer (&call->task);

  g_clear_pointer (&call->cancel, g_source_unref);
  g_task_return_error_if_cancelled (task);
  return G_SOURCE_REMOVE;
}

static GTask *
new_task (HoldfastClient *self,
          gpointer tag,
          GCancellable *cancellable,
          GAsyncReadyCallback callback,
          gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, tag);
  return task;
}

/* Why there is no adapter, said as BlueZ or the bus would say it. */
static GError *
new_adapter_error (HoldfastClient *self)
{
  switch (holdfast_client_get_service_state (self)) {
  case HOLDFAST_SERVICE_STATE_CLOSED:
    return g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CLOSED, "The connection is closed");
  case HOLDFAST_SERVICE_STATE_DENIED:
    return g_dbus_error_new_for_dbus_error (DBUS_ERROR "AccessDenied", "BlueZ may not be used");
  case HOLDFAST_SERVICE_STATE_ABSENT:
  case HOLDFAST_SERVICE_STATE_HIDDEN:
    return g_dbus_error_new_for_dbus_error (DBUS_ERROR "ServiceUnknown", "BlueZ is not there");
  case HOLDFAST_SERVICE_STATE_STARTING:
  case HOLDFAST_SERVICE_STATE_PRESENT:
    break;
  }
  return g_dbus_error_new_for_dbus_error (DBUS_ERROR "UnknownObject", "There is no adapter");
}

/* Takes @task. NULL when there is nothing to call, or nobody who waits; the task has its answer. */
static Call *
new_call (HoldfastClient *self, GTask *task, const char *path, CallDone done)
{
  g_autoptr (GTask) owned = task;
  GCancellable *cancellable = g_task_get_cancellable (task);
  Call *call;

  if (g_task_return_error_if_cancelled (task))
    return NULL;
  if (!path) {
    g_task_return_error (task, new_adapter_error (self));
    return NULL;
  }

  call = g_new0 (Call, 1);
  g_weak_ref_init (&call->client, self);
  call->task = g_steal_pointer (&owned);
  call->path = g_strdup (path);
  call->done = done;
  if (cancellable) {
    call->cancel = g_cancellable_source_new (cancellable);
    g_source_set_callback (call->cancel, G_SOURCE_FUNC (call_cancelled_cb), call, NULL);
    g_source_attach (call->cancel, g_main_context_get_thread_default ());
  }
  return call;
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Call *call = user_data;
  g_autoptr (HoldfastClient) self = g_weak_ref_get (&call->client);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply
      = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  if (call->done && !call->done (call, self, &error))
    return; /* goes on */

  if (call->task && error)
    g_task_return_error (call->task, g_steal_pointer (&error));
  else if (call->task)
    g_task_return_boolean (call->task, TRUE);
  call_free (call);
}

static void
send_call (Call *call,
           HoldfastClient *self,
           const char *interface,
           const char *method,
           GVariant *parameters,
           int timeout_ms)
{
  g_dbus_connection_call (self->connection,
                          self->bus_name,
                          call->path,
                          interface,
                          method,
                          parameters,
                          NULL,
                          G_DBUS_CALL_FLAGS_NO_AUTO_START,
                          timeout_ms,
                          NULL,
                          answered_cb,
                          call);
}

static const char *
get_adapter_path (HoldfastClient *self)
{
  return self->adapter ? holdfast_adapter_get_path (self->adapter) : NULL;
}

/* ---- discovery ---- */

static gboolean
discovery_started (Call *call, HoldfastClient *self, GError **error)
{
  gboolean is_current = self && call->serial == self->discovery_serial;

  /* One discovery a connection: if one of ours may run, this is the one that is in progress. */
  if (holdfast_bluez_error_is (*error, BZ_ERROR "InProgress") && !call->opens_discovery)
    g_clear_error (error);

  if (is_current && !*error)
    holdfast_client_discovery_began (self);
  else if (is_current && call->opens_discovery
           && !g_error_matches (*error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    g_clear_pointer (&self->discovery_path, g_free); /* it did not begin, then */
  return TRUE;
}

static gboolean
discovery_filtered (Call *call, HoldfastClient *self, GError **error)
{
  if (*error)
    return TRUE;
  if (!call->task || !self)
    return TRUE; /* nobody wants it any more, and nothing has begun */
  if (call->serial != self->discovery_serial) {
    if (g_strcmp0 (call->path, get_adapter_path (self)) == 0)
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Discovery was stopped");
    else
      *error = new_adapter_error (self);
    return TRUE;
  }

  call->done = discovery_started;
  call->opens_discovery = !self->discovery_path;
  if (call->opens_discovery)
    holdfast_client_discovery_opens (self);
  g_set_str (&self->discovery_path, call->path);
  send_call (call, self, BZ_ADAPTER, "StartDiscovery", NULL, TIMEOUT_MS);
  return FALSE;
}

/* Never a Pattern: it decides which new objects BlueZ makes for anyone, and knows only names that
 * are in the advertisement. With "auto" and nothing else BlueZ takes a discovery for one without
 * conditions, rests 5 s in each turn and, of an LE device whose flags are not discoverable, tells
 * no more than its address; such is the LE side of a headset that is on but not in pairing mode.
 * The weakest of all strengths is a condition that everybody fulfils. */
static GVariant *
new_filter (HoldfastTransport transport, gboolean duplicate_data)
{
  static const char *const names[] = {
    [HOLDFAST_TRANSPORT_BREDR] = "bredr",
    [HOLDFAST_TRANSPORT_LE] = "le",
    [HOLDFAST_TRANSPORT_AUTO] = "auto",
  };
  GVariantBuilder filter = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("(a{sv})"));

  g_variant_builder_open (&filter, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&filter, "{sv}", "Transport", g_variant_new_string (names[transport]));
  g_variant_builder_add (&filter, "{sv}", "DuplicateData", g_variant_new_boolean (duplicate_data));
  if (transport == HOLDFAST_TRANSPORT_AUTO)
    g_variant_builder_add (&filter, "{sv}", "RSSI", g_variant_new_int16 (WEAKEST_RSSI));
  g_variant_builder_close (&filter);
  return g_variant_builder_end (&filter);
}

void
holdfast_client_start_discovery_async (HoldfastClient *self,
                                       HoldfastTransport transport,
                                       gboolean duplicate_data,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data)
{
  Call *call;

  g_return_if_fail (HOLDFAST_IS_CLIENT (self));
  g_return_if_fail (transport <= HOLDFAST_TRANSPORT_AUTO);

  call = new_call (
      self,
      new_task (self, holdfast_client_start_discovery_async, cancellable, callback, user_data),
      get_adapter_path (self),
      discovery_filtered);
  if (!call)
    return;
  call->serial = self->discovery_serial;
  send_call (call,
             self,
             BZ_ADAPTER,
             "SetDiscoveryFilter",
             new_filter (transport, duplicate_data),
             TIMEOUT_MS);
}

static gboolean
discovery_stopped (Call *call, HoldfastClient *self, GError **error)
{
  /* "No discovery started", off, unplugged, restarted: it had ended. */
  if (holdfast_bluez_error_is_gone (*error) || holdfast_bluez_error_is (*error, BZ_ERROR "NotReady")
      || holdfast_bluez_error_is (*error, BZ_ERROR "NotAuthorized")
      || holdfast_bluez_error_is (*error, BZ_ERROR "DoesNotExist")
      || (holdfast_bluez_error_is (*error, BZ_ERROR "Failed")
          && strstr ((*error)->message, "No discovery started")))
    g_clear_error (error);

  if (self && !*error && call->serial == self->discovery_serial)
    g_clear_pointer (&self->discovery_path, g_free);
  return TRUE;
}

void
holdfast_client_stop_discovery_async (HoldfastClient *self,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  const char *path;
  Call *call;

  g_return_if_fail (HOLDFAST_IS_CLIENT (self));

  task = new_task (self, holdfast_client_stop_discovery_async, cancellable, callback, user_data);
  holdfast_client_discovery_ends (self);
  path = self->discovery_path ? self->discovery_path : get_adapter_path (self);
  if (!path) {
    g_task_return_boolean (task, TRUE);
    return;
  }
  /* Giving up everything is the time to stop, not a reason to go on. */
  if (g_task_return_error_if_cancelled (task)) {
    holdfast_client_send (self, path, BZ_ADAPTER, "StopDiscovery");
    g_clear_pointer (&self->discovery_path, g_free);
    return;
  }
  call = new_call (self, g_steal_pointer (&task), path, discovery_stopped);
  if (!call)
    return;
  call->serial = self->discovery_serial;
  send_call (call, self, BZ_ADAPTER, "StopDiscovery", NULL, TIMEOUT_MS);
}

/* ---- pairing ---- */

static gboolean
pair_answered (Call *call, HoldfastClient *self, GError **error)
{
  PendingPair *pair = self ? g_hash_table_lookup (self->pairing, call->path) : NULL;

  if (pair && --pair->calls == 0)
    g_hash_table_remove (self->pairing, call->path);
  return TRUE;
}

void
holdfast_client_pair_async (HoldfastClient *self,
                            HoldfastDevice *device,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  Call *call;
  PendingPair *pair;

  g_return_if_fail (HOLDFAST_IS_CLIENT (self));
  g_return_if_fail (HOLDFAST_IS_DEVICE (device));

  call = new_call (self,
                   new_task (self, holdfast_client_pair_async, cancellable, callback, user_data),
                   holdfast_device_get_path (device),
                   pair_answered);
  if (!call)
    return;
  pair = g_hash_table_lookup (self->pairing, call->path);
  if (!pair) {
    pair = g_new0 (PendingPair, 1);
    pair->had_bond = holdfast_device_get_paired (device);
    g_hash_table_insert (self->pairing, g_strdup (call->path), pair);
  }
  pair->calls++;
  send_call (call, self, BZ_DEVICE, "Pair", NULL, HOLDFAST_PAIR_TIMEOUT_MS);
}

void
holdfast_client_cancel_pairing_async (HoldfastClient *self,
                                      HoldfastDevice *device,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  PendingPair *pair;
  Call *call;

  g_return_if_fail (HOLDFAST_IS_CLIENT (self));
  g_return_if_fail (HOLDFAST_IS_DEVICE (device));

  task = new_task (self, holdfast_client_cancel_pairing_async, cancellable, callback, user_data);
  pair = g_hash_table_lookup (self->pairing, holdfast_device_get_path (device));
  if (!pair || pair->had_bond) {
    g_task_return_new_error_literal (task, G_IO_ERROR, G_IO_ERROR_FAILED, "No pairing to cancel");
    return;
  }
  call = new_call (self, g_steal_pointer (&task), holdfast_device_get_path (device), NULL);
  if (call)
    send_call (call, self, BZ_DEVICE, "CancelPairing", NULL, TIMEOUT_MS);
}

/* ---- the rest: one call each ---- */

static void
call_device (HoldfastClient *self,
             HoldfastDevice *device,
             gpointer tag,
             const char *method,
             GVariant *parameters,
             int timeout_ms,
             GCancellable *cancellable,
             GAsyncReadyCallback callback,
             gpointer user_data)
{
  g_autoptr (GVariant) owned = parameters ? g_variant_ref_sink (parameters) : NULL;
  Call *call = new_call (self,
                         new_task (self, tag, cancellable, callback, user_data),
                         holdfast_device_get_path (device),
                         NULL);

  if (call)
    send_call (call, self, BZ_DEVICE, method, owned, timeout_ms);
}

static void
set_property (HoldfastClient *self,
              const char *path,
              const char *interface,
              const char *property,
              gboolean value,
              gpointer tag,
              GCancellable *cancellable,
              GAsyncReadyCallback callback,
              gpointer user_data)
{
  Call *call = new_call (self, new_task (self, tag, cancellable, callback, user_data), path, NULL);

  if (call)
    send_call (call,
               self,
               DBUS_PROPERTIES,
               "Set",
               g_variant_new ("(ssv)", interface, property, g_variant_new_boolean (value)),
               TIMEOUT_MS);
}

void
holdfast_client_set_powered_async (HoldfastClient *self,
                                   gboolean powered,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_return_if_fail (HOLDFAST_IS_CLIENT (self));

  set_property (self,
                get_adapter_path (self),
                BZ_ADAPTER,
                "Powered",
                powered,
                holdfast_client_set_powered_async,
                cancellable,
                callback,
                user_data);
}

void
holdfast_client_set_trusted_async (HoldfastClient *self,
                                   HoldfastDevice *device,
                                   gboolean trusted,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_return_if_fail (HOLDFAST_IS_CLIENT (self));
  g_return_if_fail (HOLDFAST_IS_DEVICE (device));

  set_property (self,
                holdfast_device_get_path (device),
                BZ_DEVICE,
                "Trusted",
                trusted,
                holdfast_client_set_trusted_async,
                cancellable,
                callback,
                user_data);
}

void
holdfast_client_set_blocked_async (HoldfastClient *self,
                                   HoldfastDevice *device,
                                   gboolean blocked,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_return_if_fail (HOLDFAST_IS_CLIENT (self));
  g_return_if_fail (HOLDFAST_IS_DEVICE (device));

  set_property (self,
                holdfast_device_get_path (device),
                BZ_DEVICE,
                "Blocked",
                blocked,
                holdfast_client_set_blocked_async,
                cancellable,
                callback,
                user_data);
}

void
holdfast_client_connect_profile_async (HoldfastClient *self,
                                       HoldfastDevice *device,
                                       const char *uuid,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data)
{
  g_return_if_fail (HOLDFAST_IS_CLIENT (self));
  g_return_if_fail (HOLDFAST_IS_DEVICE (device));
  g_return_if_fail (uuid);

  call_device (self,
               device,
               holdfast_client_connect_profile_async,
               "ConnectProfile",
               g_variant_new ("(s)", uuid),
               HOLDFAST_CONNECT_TIMEOUT_MS,
               cancellable,
               callback,
               user_data);
}

void
holdfast_client_disconnect_async (HoldfastClient *self,
                                  HoldfastDevice *device,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_return_if_fail (HOLDFAST_IS_CLIENT (self));
  g_return_if_fail (HOLDFAST_IS_DEVICE (device));

  call_device (self,
               device,
               holdfast_client_disconnect_async,
               "Disconnect",
               NULL,
               TIMEOUT_MS,
               cancellable,
               callback,
               user_data);
}

static gboolean
device_removed (Call *call, HoldfastClient *self, GError **error)
{
  if (holdfast_bluez_error_is (*error, BZ_ERROR "DoesNotExist"))
    g_clear_error (error);
  return TRUE;
}

void
holdfast_client_remove_device_async (HoldfastClient *self,
                                     HoldfastDevice *device,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  Call *call;

  g_return_if_fail (HOLDFAST_IS_CLIENT (self));
  g_return_if_fail (HOLDFAST_IS_DEVICE (device));

  /* On the device's own adapter, not on the one in use: that one may know another by this path. */
  call = new_call (
      self,
      new_task (self, holdfast_client_remove_device_async, cancellable, callback, user_data),
      holdfast_device_get_adapter_path (device),
      device_removed);
  if (call)
    send_call (call,
               self,
               BZ_ADAPTER,
               "RemoveDevice",
               g_variant_new ("(o)", holdfast_device_get_path (device)),
               TIMEOUT_MS);
}

gboolean
holdfast_client_finish (HoldfastClient *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (HOLDFAST_IS_CLIENT (self), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
