/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client-private.h"

#include "bluez-enums.h"
#include "names.h"

GParamSpec *holdfast_client_props[HOLDFAST_CLIENT_N_PROPS];
guint holdfast_client_signals[HOLDFAST_CLIENT_N_SIGNALS];

G_DEFINE_FINAL_TYPE (HoldfastClient, holdfast_client, G_TYPE_OBJECT)

void
holdfast_client_finish_init (HoldfastClient *self)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->init_task);

  if (!task)
    return;
  if (self->init_cancel)
    g_source_destroy (self->init_cancel);
  g_clear_pointer (&self->init_cancel, g_source_unref);
  g_task_return_pointer (task, g_object_ref (self), g_object_unref);
}

void
holdfast_client_send (HoldfastClient *self,
                      const char *path,
                      const char *interface,
                      const char *method)
{
  g_dbus_connection_call (self->connection,
                          self->bus_name,
                          path,
                          interface,
                          method,
                          NULL,
                          NULL,
                          G_DBUS_CALL_FLAGS_NO_AUTO_START,
                          -1,
                          NULL,
                          NULL,
                          NULL);
}

static void
holdfast_client_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  HoldfastClient *self = HOLDFAST_CLIENT (object);

  switch (id) {
  case HOLDFAST_CLIENT_PROP_SERVICE_STATE:
    g_value_set_enum (value, holdfast_client_get_service_state (self));
    break;
  case HOLDFAST_CLIENT_PROP_ADAPTER:
    g_value_set_object (value, self->adapter);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

/* Leave no trace: whoever owned us may have given up waiting for calls that still run. */
static void
leave (HoldfastClient *self)
{
  GHashTableIter iter;
  gpointer path, value;

  g_hash_table_iter_init (&iter, self->pairing);
  while (g_hash_table_iter_next (&iter, &path, &value)) {
    PendingPair *pair = value;

    if (!pair->had_bond)
      holdfast_client_send (self, path, BZ_DEVICE, "CancelPairing");
  }
  g_hash_table_remove_all (self->pairing);
  if (self->discovery_path)
    holdfast_client_send (self, self->discovery_path, BZ_ADAPTER, "StopDiscovery");
  g_clear_pointer (&self->discovery_path, g_free);
}

static void
holdfast_client_dispose (GObject *object)
{
  HoldfastClient *self = HOLDFAST_CLIENT (object);

  if (self->connection)
    leave (self);
  g_clear_pointer (&self->watch, holdfast_watch_free);
  g_clear_object (&self->connection);

  G_OBJECT_CLASS (holdfast_client_parent_class)->dispose (object);
}

static void
holdfast_client_finalize (GObject *object)
{
  HoldfastClient *self = HOLDFAST_CLIENT (object);

  g_clear_object (&self->adapter);
  g_object_unref (self->adapters);
  g_object_unref (self->list);
  g_object_unref (self->clock);
  g_hash_table_unref (self->transports);
  g_hash_table_unref (self->by_id);
  g_hash_table_unref (self->devices);
  g_hash_table_unref (self->pairing);
  g_free (self->only);
  g_free (self->bus_name);

  G_OBJECT_CLASS (holdfast_client_parent_class)->finalize (object);
}

static void
holdfast_client_class_init (HoldfastClientClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = holdfast_client_get_property;
  object_class->dispose = holdfast_client_dispose;
  object_class->finalize = holdfast_client_finalize;

  holdfast_client_props[HOLDFAST_CLIENT_PROP_SERVICE_STATE]
      = g_param_spec_enum ("service-state",
                           NULL,
                           NULL,
                           HOLDFAST_TYPE_SERVICE_STATE,
                           HOLDFAST_SERVICE_STATE_STARTING,
                           flags);
  holdfast_client_props[HOLDFAST_CLIENT_PROP_ADAPTER]
      = g_param_spec_object ("adapter", NULL, NULL, HOLDFAST_TYPE_ADAPTER, flags);
  g_object_class_install_properties (object_class, HOLDFAST_CLIENT_N_PROPS, holdfast_client_props);

#define new_signal(name, n, ...)                                                                   \
  g_signal_new (name, type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, n, __VA_ARGS__)
  holdfast_client_signals[HOLDFAST_CLIENT_SIGHTED]
      = new_signal ("sighted", 1, HOLDFAST_TYPE_DEVICE);
  holdfast_client_signals[HOLDFAST_CLIENT_DEVICE_CHANGED]
      = new_signal ("device-changed", 1, HOLDFAST_TYPE_DEVICE);
  holdfast_client_signals[HOLDFAST_CLIENT_DEVICE_REMOVED]
      = new_signal ("device-removed", 1, HOLDFAST_TYPE_DEVICE);
  holdfast_client_signals[HOLDFAST_CLIENT_DISCONNECTED]
      = new_signal ("disconnected", 2, HOLDFAST_TYPE_DEVICE, G_TYPE_STRING);
#undef new_signal
}

static void
holdfast_client_init (HoldfastClient *self)
{
  self->clock = holdfast_clock_new_system ();
  self->adapters = g_list_store_new (HOLDFAST_TYPE_ADAPTER);
  self->list = holdfast_device_list_new (self->clock);
  self->devices = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->by_id = g_hash_table_new (NULL, NULL);
  self->transports = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->pairing = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

static gboolean
init_cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  HoldfastClient *self = user_data;
  g_autoptr (GTask) task = g_steal_pointer (&self->init_task);

  g_clear_pointer (&self->init_cancel, g_source_unref);
  g_task_return_error_if_cancelled (task); /* its data held the client */
  return G_SOURCE_REMOVE;
}

void
holdfast_client_new_async (GDBusConnection *connection,
                           const char *bus_name,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  HoldfastClient *self;

  g_return_if_fail (G_IS_DBUS_CONNECTION (connection));
  g_return_if_fail (!bus_name || g_dbus_is_name (bus_name));

  self = g_object_new (HOLDFAST_TYPE_CLIENT, NULL);
  self->connection = g_object_ref (connection);
  self->bus_name = g_strdup (bus_name);
  self->init_task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (self->init_task, holdfast_client_new_async);
  g_task_set_task_data (self->init_task, self, g_object_unref);
  if (cancellable) {
    self->init_cancel = g_cancellable_source_new (cancellable);
    g_source_set_callback (self->init_cancel, G_SOURCE_FUNC (init_cancelled_cb), self, NULL);
    g_source_attach (self->init_cancel, g_main_context_get_thread_default ());
  }
  self->watch
      = holdfast_watch_new (connection, bus_name, &holdfast_client_watch_funcs, G_OBJECT (self));
}

HoldfastClient *
holdfast_client_new_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, holdfast_client_new_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

GDBusConnection *
holdfast_client_get_connection (HoldfastClient *self)
{
  g_return_val_if_fail (HOLDFAST_IS_CLIENT (self), NULL);

  return self->connection;
}

const char *
holdfast_client_get_bus_name (HoldfastClient *self)
{
  g_return_val_if_fail (HOLDFAST_IS_CLIENT (self), NULL);

  return self->bus_name;
}

const char *
holdfast_client_get_owner (HoldfastClient *self)
{
  return holdfast_watch_get_owner (self->watch);
}

HoldfastServiceState
holdfast_client_get_service_state (HoldfastClient *self)
{
  g_return_val_if_fail (HOLDFAST_IS_CLIENT (self), HOLDFAST_SERVICE_STATE_CLOSED);

  return self->watch ? holdfast_watch_get_state (self->watch) : HOLDFAST_SERVICE_STATE_CLOSED;
}

GListModel *
holdfast_client_get_adapters (HoldfastClient *self)
{
  g_return_val_if_fail (HOLDFAST_IS_CLIENT (self), NULL);

  return G_LIST_MODEL (self->adapters);
}

HoldfastAdapter *
holdfast_client_get_adapter (HoldfastClient *self)
{
  g_return_val_if_fail (HOLDFAST_IS_CLIENT (self), NULL);

  return self->adapter;
}

void
holdfast_client_restrict_to_adapter (HoldfastClient *self, const char *adapter)
{
  g_return_if_fail (HOLDFAST_IS_CLIENT (self));

  if (!g_set_str (&self->only, adapter))
    return;
  self->found_only = FALSE;
  holdfast_client_choose_adapter (self);
}

gboolean
holdfast_client_has_lost_adapter (HoldfastClient *self)
{
  g_return_val_if_fail (HOLDFAST_IS_CLIENT (self), FALSE);

  return self->found_only && self->adapter == NULL;
}

GListModel *
holdfast_client_get_devices (HoldfastClient *self)
{
  g_return_val_if_fail (HOLDFAST_IS_CLIENT (self), NULL);

  return G_LIST_MODEL (self->list);
}

HoldfastDevice *
holdfast_client_find_device (HoldfastClient *self, guint id)
{
  g_return_val_if_fail (HOLDFAST_IS_CLIENT (self), NULL);

  return g_hash_table_lookup (self->by_id, GUINT_TO_POINTER (id));
}
