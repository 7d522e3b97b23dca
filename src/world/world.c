/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "world.h"

#if HOLDFAST_HAVE_BLUETOOTH
#include "radio-bluez.h"
#endif

struct _HoldfastWorld {
  GObject parent_instance;

  HoldfastClock *clock;
  HoldfastRadio *radio;
#if HOLDFAST_HAVE_BLUETOOTH
  HoldfastClient *client;
  HoldfastSim *sim;
#endif
  char *adapter;
};

G_DEFINE_FINAL_TYPE (HoldfastWorld, holdfast_world, G_TYPE_OBJECT)

static void
holdfast_world_finalize (GObject *object)
{
  HoldfastWorld *self = HOLDFAST_WORLD (object);

  g_clear_object (&self->radio);
#if HOLDFAST_HAVE_BLUETOOTH
  g_clear_object (&self->client);
  g_clear_object (&self->sim);
#endif
  g_clear_object (&self->clock);
  g_free (self->adapter);

  G_OBJECT_CLASS (holdfast_world_parent_class)->finalize (object);
}

static void
holdfast_world_class_init (HoldfastWorldClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = holdfast_world_finalize;
}

static void
holdfast_world_init (HoldfastWorld *self)
{
}

#if HOLDFAST_HAVE_BLUETOOTH
static void
client_ready_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  HoldfastWorld *self = g_task_get_task_data (task);

  self->client = holdfast_client_new_finish (result, &error);
  if (self->client == NULL) {
    g_task_return_error (task, g_steal_pointer (&error));
    return;
  }
  if (self->adapter != NULL)
    holdfast_client_restrict_to_adapter (self->client, self->adapter);
  self->radio = HOLDFAST_RADIO (holdfast_bluez_radio_new (self->client));
  g_task_return_pointer (task, g_object_ref (self), g_object_unref);
}

static void
sim_connected_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusConnection) connection = NULL;

  connection = holdfast_sim_connect_finish (HOLDFAST_SIM (source), result, &error);
  if (connection == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    holdfast_client_new_async (
        connection, NULL, g_task_get_cancellable (task), client_ready_cb, g_object_ref (task));
}

static void
bus_ready_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusConnection) connection = g_bus_get_finish (result, &error);
  HoldfastWorld *self = g_task_get_task_data (task);

  if (connection == NULL) {
    /* No system bus is a state of the computer that a person is told about, not an error. */
    g_debug ("no system bus: %s", error->message);
    g_task_return_pointer (task, g_object_ref (self), g_object_unref);
    return;
  }
  g_dbus_connection_set_exit_on_close (connection, FALSE);
  holdfast_client_new_async (
      connection, "org.bluez", g_task_get_cancellable (task), client_ready_cb, g_object_ref (task));
}
#endif

void
holdfast_world_open_async (const HoldfastWorldOptions *options,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  HoldfastWorld *self = g_object_new (HOLDFAST_TYPE_WORLD, NULL);

  g_task_set_source_tag (task, holdfast_world_open_async);
  g_task_set_task_data (task, self, g_object_unref);
  self->adapter = g_strdup (options->adapter);
  self->clock
      = options->clock != NULL ? g_object_ref (options->clock) : holdfast_clock_new_system ();
#if HOLDFAST_HAVE_BLUETOOTH
  if (options->simulate != NULL) {
    self->sim = holdfast_sim_new (self->clock, options->simulate, options->faults);
    holdfast_sim_connect_async (self->sim, cancellable, sim_connected_cb, g_object_ref (task));
    return;
  }
  g_bus_get (G_BUS_TYPE_SYSTEM, cancellable, bus_ready_cb, g_object_ref (task));
#else
  g_task_return_pointer (task, g_object_ref (self), g_object_unref);
#endif
}

HoldfastWorld *
holdfast_world_open_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

#if HOLDFAST_HAVE_BLUETOOTH
/* The alarm and the connection both know it; whichever is first ends the task. */
static void
flush_end (GTask *task, gboolean in_time)
{
  HoldfastWorld *self = g_task_get_source_object (task);
  guint *alarm = g_task_get_task_data (task);

  holdfast_clock_clear_alarm (self->clock, alarm);
  g_task_return_boolean (task, in_time);
}

static void
flush_late_cb (gpointer user_data)
{
  GTask *task = user_data;
  guint *alarm = g_task_get_task_data (task);

  *alarm = 0;
  flush_end (task, FALSE);
}

/* A flush cannot be cancelled: it may come long after the task has ended. */
static void
flushed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  guint *alarm = g_task_get_task_data (task);

  g_dbus_connection_flush_finish (G_DBUS_CONNECTION (source), result, NULL);
  if (*alarm != 0)
    flush_end (task, TRUE);
}
#endif

void
holdfast_world_flush_async (HoldfastWorld *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (HOLDFAST_IS_WORLD (self));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, holdfast_world_flush_async);
#if HOLDFAST_HAVE_BLUETOOTH
  if (self->client != NULL) {
    guint *alarm = g_new0 (guint, 1);

    g_task_set_task_data (task, alarm, g_free);
    *alarm = holdfast_clock_set_alarm (self->clock,
                                       holdfast_clock_get_now_us (self->clock)
                                           + HOLDFAST_WORLD_FLUSH_US,
                                       flush_late_cb,
                                       task);
    g_dbus_connection_flush (
        holdfast_client_get_connection (self->client), NULL, flushed_cb, g_object_ref (task));
    return;
  }
#endif
  g_task_return_boolean (task, TRUE);
}

gboolean
holdfast_world_flush_finish (GAsyncResult *result)
{
  g_return_val_if_fail (G_IS_TASK (result), FALSE);

  return g_task_propagate_boolean (G_TASK (result), NULL);
}

gboolean
holdfast_world_lacks_adapter (HoldfastWorld *self)
{
#if HOLDFAST_HAVE_BLUETOOTH
  GListModel *adapters = NULL;
#endif

  g_return_val_if_fail (HOLDFAST_IS_WORLD (self), FALSE);

#if HOLDFAST_HAVE_BLUETOOTH
  if (self->adapter == NULL || self->client == NULL
      || holdfast_client_get_service_state (self->client) != HOLDFAST_SERVICE_STATE_PRESENT)
    return FALSE; /* there are better words for why nothing is there */

  adapters = holdfast_client_get_adapters (self->client);
  for (guint i = 0; i < g_list_model_get_n_items (adapters); i++) {
    g_autoptr (HoldfastAdapter) adapter = g_list_model_get_item (adapters, i);

    if (g_ascii_strcasecmp (holdfast_adapter_get_address (adapter), self->adapter) == 0
        || g_str_equal (holdfast_adapter_get_hci (adapter), self->adapter))
      return FALSE;
  }
  return TRUE;
#else
  return FALSE;
#endif
}

HoldfastClock *
holdfast_world_get_clock (HoldfastWorld *self)
{
  g_return_val_if_fail (HOLDFAST_IS_WORLD (self), NULL);

  return self->clock;
}

HoldfastRadio *
holdfast_world_get_radio (HoldfastWorld *self)
{
  g_return_val_if_fail (HOLDFAST_IS_WORLD (self), NULL);

  return self->radio;
}

#if HOLDFAST_HAVE_BLUETOOTH
HoldfastClient *
holdfast_world_get_client (HoldfastWorld *self)
{
  g_return_val_if_fail (HOLDFAST_IS_WORLD (self), NULL);

  return self->client;
}

HoldfastSim *
holdfast_world_get_sim (HoldfastWorld *self)
{
  g_return_val_if_fail (HOLDFAST_IS_WORLD (self), NULL);

  return self->sim;
}
#endif
