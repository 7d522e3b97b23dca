/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <sys/socket.h>
#include <unistd.h>

#include "sim-private.h"

enum { FAULTS_CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (HoldfastSim, holdfast_sim, G_TYPE_OBJECT)

/* Shown once, then over: what a second try is for. */
#define ONCE                                                                                       \
  (HOLDFAST_SIM_FAULT_REJECT_ONCE | HOLDFAST_SIM_FAULT_INTERRUPTED                                 \
   | HOLDFAST_SIM_FAULT_REFUSE_ONCE | HOLDFAST_SIM_FAULT_UNKNOWN_OBJECT                            \
   | HOLDFAST_SIM_FAULT_REMOVE_CRASHES | HOLDFAST_SIM_FAULT_CRASH_AFTER_REMOVE)
#define ALL ((HoldfastSimFaults) ((HOLDFAST_SIM_FAULT_NO_TRANSPORT << 1) - 1))

gboolean
sim_has_fault (HoldfastSim *sim, HoldfastSimFaults fault)
{
  return (sim->faults & ~(sim->spent & ONCE) & fault) != 0;
}

void
sim_spend_fault (HoldfastSim *sim, HoldfastSimFaults fault)
{
  gboolean was_on = sim_has_fault (sim, fault);

  sim->spent |= fault;
  if (was_on && !sim_has_fault (sim, fault))
    g_signal_emit (sim, signals[FAULTS_CHANGED], 0);
}

static void
headset_changed (HoldfastVirtualHeadset *headset, HoldfastSim *sim)
{
  SimDevice *device = sim_device_find_kind (sim, SIM_AIR_HEADSET);
  HoldfastVirtualMode mode = holdfast_virtual_headset_get_mode (headset);

  if (!holdfast_virtual_headset_get_cable (headset))
    sim_fault_is_over (sim, HOLDFAST_SIM_FAULT_CABLE);
  if (device != NULL && device->connected && sim->radio && !sim->kept_in_pairing
      && (mode == HOLDFAST_VIRTUAL_OFF || (mode == HOLDFAST_VIRTUAL_PAIRING && device->transport)))
    sim_link_down (device, "Remote");
  sim_air_update (sim);
  if (device != NULL && (device = sim_device_find_kind (sim, SIM_AIR_HEADSET)) != NULL
      && device->battery)
    sim_emit_changed (sim, device->path, SIM_BATTERY, "Percentage", NULL);
}

static const char *
get_first_name (HoldfastHeadset *model)
{
  const char *const *names = holdfast_headset_get_bluetooth_names (model);

  return names != NULL && names[0] != NULL ? names[0] : holdfast_headset_get_name (model);
}

static void
set_radio_to_start (HoldfastSim *self)
{
  self->radio = TRUE;
  self->kept_in_pairing = FALSE;
  self->pairable = TRUE;
  self->legacy = FALSE;
  self->display = FALSE;
  self->answer = SIM_ANSWER_ACCEPT;
  self->agent_calls = 0;
  self->class_of_device = SIM_HEADSET_CLASS;
  self->rssi = -50;
  self->next_auth = -1;
  self->next_page = -1;
  self->next_encrypt = -1;
  self->supervision_us = 3000 * SIM_MS;
  self->page_us = 5120 * SIM_MS;
  self->dialogue_us = 30000 * SIM_MS;
  g_set_str (&self->pin, "0000");
  g_set_str (&self->name, get_first_name (self->model));
  g_clear_pointer (&self->twin_name, g_free);
}

static void
forget_devices (HoldfastSim *self)
{
  g_autoptr (GPtrArray) devices = g_hash_table_get_values_as_ptr_array (self->devices);
  guint i;

  for (i = 0; i < devices->len; i++)
    sim_device_remove (g_ptr_array_index (devices, i));
}

/* Everything as tests/contract/README.md has it at the start. */
void
sim_reset (HoldfastSim *sim)
{
  guint i;

  sim->faults = HOLDFAST_SIM_FAULT_NONE;
  set_radio_to_start (sim);
  sim->twin = FALSE;
  sim->blocked = FALSE;
  for (i = sim->airs->len; i > 0; i--) {
    SimAir *air = g_ptr_array_index (sim->airs, i - 1);

    air->on_air = FALSE;
    air->due_us = G_MAXINT64;
    if (air->kind == SIM_AIR_NEIGHBOUR || air->kind == SIM_AIR_CROWD)
      g_ptr_array_remove_index (sim->airs, i - 1);
  }
  forget_devices (sim);
  holdfast_virtual_headset_forget (sim->headset, SIM_ADAPTER_ADDRESS);
  holdfast_virtual_headset_set_phone (sim->headset, FALSE);
  holdfast_virtual_headset_set_battery (sim->headset, 80);
  holdfast_virtual_headset_set_charging (sim->headset, FALSE);
  sim_apply_faults (sim, ALL);
  holdfast_virtual_headset_set_mode (sim->headset, HOLDFAST_VIRTUAL_ON);
  sim_air_update (sim);
}

static void
holdfast_sim_dispose (GObject *object)
{
  HoldfastSim *self = HOLDFAST_SIM (object);

  /* one by one: what each has asked for ends, and the others are told */
  while (self->clients != NULL && self->clients->len > 0)
    g_ptr_array_remove_index (self->clients, self->clients->len - 1);
  g_clear_pointer (&self->clients, g_ptr_array_unref);
  if (self->clock != NULL) {
    holdfast_clock_clear_alarm (self->clock, &self->service_alarm);
    holdfast_clock_clear_alarm (self->clock, &self->sighting_alarm);
    holdfast_clock_clear_alarm (self->clock, &self->repeat_alarm);
    holdfast_clock_clear_alarm (self->clock, &self->expiry_alarm);
  }
  g_clear_pointer (&self->devices, g_hash_table_unref);
  g_clear_pointer (&self->airs, g_ptr_array_unref);
  if (self->headset != NULL)
    g_signal_handlers_disconnect_by_func (self->headset, headset_changed, self);
  g_clear_object (&self->headset);
  g_clear_object (&self->model);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_clear_pointer (&self->alias, g_free);
  g_clear_pointer (&self->pin, g_free);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->twin_name, g_free);
  G_OBJECT_CLASS (holdfast_sim_parent_class)->dispose (object);
}

static void
holdfast_sim_class_init (HoldfastSimClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = holdfast_sim_dispose;

  signals[FAULTS_CHANGED] = g_signal_new ("faults-changed",
                                          G_TYPE_FROM_CLASS (klass),
                                          G_SIGNAL_RUN_LAST,
                                          0,
                                          NULL,
                                          NULL,
                                          NULL,
                                          G_TYPE_NONE,
                                          0);
}

static void
holdfast_sim_init (HoldfastSim *self)
{
  self->context = g_main_context_ref_thread_default ();
  self->clients = g_ptr_array_new_with_free_func ((GDestroyNotify) sim_client_drop);
  self->devices
      = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) sim_device_free);
  self->airs = g_ptr_array_new_with_free_func ((GDestroyNotify) sim_air_free);
  self->service = TRUE;
  self->n_services = 1;
  self->present = TRUE;
  self->powered = TRUE;
  self->power_state = "on";
  self->sound = TRUE;
  self->twin = TRUE;
}

HoldfastSim *
holdfast_sim_new (HoldfastClock *clock, HoldfastHeadset *model, HoldfastSimFaults faults)
{
  HoldfastSim *self;

  g_return_val_if_fail (HOLDFAST_IS_CLOCK (clock), NULL);
  g_return_val_if_fail (HOLDFAST_IS_HEADSET (model), NULL);

  self = g_object_new (HOLDFAST_TYPE_SIM, NULL);
  self->clock = g_object_ref (clock);
  self->model = g_object_ref (model);
  self->headset = holdfast_virtual_headset_new (clock, model);
  set_radio_to_start (self);
  sim_air_add (self, SIM_AIR_HEADSET, SIM_HEADSET_ADDRESS, self->name, SIM_HEADSET_CLASS, -50);
  sim_air_add (self, SIM_AIR_TWIN, SIM_TWIN_ADDRESS, self->name, 0, -50);
  /* plain: disconnected in dispose, the headset may be held longer */
  g_signal_connect (self->headset, "changed", G_CALLBACK (headset_changed), self);
  self->faults = faults;
  sim_apply_faults (self, ALL);
  return self;
}

typedef struct {
  GDBusConnection *client;
  GDBusConnection *server;
  gboolean failed; /* said already; of a task that was cancelled GTask cannot tell */
} Ends;

static void
ends_free (Ends *ends)
{
  g_clear_object (&ends->client);
  g_clear_object (&ends->server);
  g_free (ends);
}

/* Both ends shake hands at the same time; the second to be ready completes. */
static void
end_is_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  HoldfastSim *self = g_task_get_source_object (task);
  Ends *ends = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  GDBusConnection *connection = g_dbus_connection_new_finish (result, &error);

  if (connection == NULL) {
    if (!ends->failed)
      g_task_return_error (task, g_steal_pointer (&error));
    ends->failed = TRUE;
    return;
  }
  if (g_dbus_connection_get_flags (connection) & G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_SERVER)
    ends->server = connection;
  else
    ends->client = connection;
  if (ends->server == NULL || ends->client == NULL)
    return;
  if (self->clients == NULL) {
    g_task_return_new_error_literal (
        task, G_IO_ERROR, G_IO_ERROR_CLOSED, "The simulated world has ended");
    return;
  }
  holdfast_sim_accept (self, ends->server);
  g_task_return_pointer (task, g_object_ref (ends->client), g_object_unref);
}

static GIOStream *
stream_new (int fd, GError **error)
{
  g_autoptr (GSocket) socket = g_socket_new_from_fd (fd, error);

  if (socket == NULL) {
    close (fd);
    return NULL;
  }
  return G_IO_STREAM (g_socket_connection_factory_create_connection (socket));
}

void
holdfast_sim_connect_async (HoldfastSim *self,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char *guid = g_dbus_generate_guid ();
  g_autoptr (GIOStream) ours = NULL;
  g_autoptr (GIOStream) theirs = NULL;
  g_autoptr (GError) error = NULL;
  int fds[2];

  g_return_if_fail (HOLDFAST_IS_SIM (self));

  g_task_set_source_tag (task, holdfast_sim_connect_async);
  g_task_set_static_name (task, "holdfast_sim_connect_async");
  g_task_set_task_data (task, g_new0 (Ends, 1), (GDestroyNotify) ends_free);
  if (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds) < 0) {
    g_task_return_new_error_literal (task, G_IO_ERROR, G_IO_ERROR_FAILED, g_strerror (errno));
    return;
  }
  ours = stream_new (fds[0], &error);
  theirs = stream_new (fds[1], error == NULL ? &error : NULL);
  if (ours == NULL || theirs == NULL) {
    g_task_return_error (task, g_steal_pointer (&error));
    return;
  }
  g_dbus_connection_new (ours,
                         guid,
                         G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_SERVER
                             | G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_ALLOW_ANONYMOUS
                             | G_DBUS_CONNECTION_FLAGS_DELAY_MESSAGE_PROCESSING,
                         NULL,
                         cancellable,
                         end_is_ready,
                         g_object_ref (task));
  g_dbus_connection_new (theirs,
                         NULL,
                         G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT,
                         NULL,
                         cancellable,
                         end_is_ready,
                         g_object_ref (task));
}

GDBusConnection *
holdfast_sim_connect_finish (HoldfastSim *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
holdfast_sim_accept (HoldfastSim *self, GDBusConnection *connection)
{
  g_return_if_fail (HOLDFAST_IS_SIM (self));
  g_return_if_fail (G_IS_DBUS_CONNECTION (connection));

  g_ptr_array_add (self->clients, sim_client_new (self, connection));
  g_dbus_connection_start_message_processing (connection);
}

HoldfastVirtualHeadset *
holdfast_sim_get_headset (HoldfastSim *self)
{
  g_return_val_if_fail (HOLDFAST_IS_SIM (self), NULL);

  return self->headset;
}

const char *
holdfast_sim_get_headset_address (HoldfastSim *self)
{
  g_return_val_if_fail (HOLDFAST_IS_SIM (self), NULL);

  return SIM_HEADSET_ADDRESS;
}

void
holdfast_sim_set_faults (HoldfastSim *self, HoldfastSimFaults faults)
{
  g_return_if_fail (HOLDFAST_IS_SIM (self));

  self->faults = faults;
  sim_apply_faults (self, ALL);
  g_signal_emit (self, signals[FAULTS_CHANGED], 0);
}

void
holdfast_sim_set_fault (HoldfastSim *self, HoldfastSimFaults fault, gboolean on)
{
  HoldfastSimFaults before;

  g_return_if_fail (HOLDFAST_IS_SIM (self));

  before = holdfast_sim_get_faults (self);
  if (on ? (fault & ~before) == 0 : (fault & before) == 0)
    return;
  if (on)
    self->faults |= fault;
  else
    self->faults &= ~fault;
  sim_apply_faults (self, fault);
  g_signal_emit (self, signals[FAULTS_CHANGED], 0);
}

HoldfastSimFaults
holdfast_sim_get_faults (HoldfastSim *self)
{
  g_return_val_if_fail (HOLDFAST_IS_SIM (self), HOLDFAST_SIM_FAULT_NONE);

  return self->faults & ~(self->spent & ONCE);
}
