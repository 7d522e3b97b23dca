/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "radio-bluez.h"

#include "agent.h"

struct _HoldfastBluezRadio {
  GObject parent_instance;

  HoldfastClient *client;
  HoldfastAgent *agent;
  HoldfastAdapter *adapter;

  gboolean between_adapters;
  guint agent_device;
  char *pin;         /* typed by the person before the headset asks again */
  guint pins_before; /* of the agent, when Pair was called */
  gboolean refused;  /* our device asked for what headphones do not ask, in this Pair */
};

static void radio_iface_init (HoldfastRadioInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (HoldfastBluezRadio,
                               holdfast_bluez_radio,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (HOLDFAST_TYPE_RADIO, radio_iface_init))

static HoldfastServices
services_of (HoldfastDevice *device)
{
  /* The first eight digits tell; the rest is Bluetooth's base. Source: Assigned Numbers 3.3. */
  static const struct {
    const char *prefix;
    HoldfastServices service;
  } table[] = {
    { "0000110b-", HOLDFAST_SERVICE_A2DP_SINK },
    { "0000111e-", HOLDFAST_SERVICE_HANDSFREE },
    { "00001108-", HOLDFAST_SERVICE_HANDSFREE },
    { "00001124-", HOLDFAST_SERVICE_INPUT     },
    { "00001812-", HOLDFAST_SERVICE_INPUT     },
    { "0000184e-", HOLDFAST_SERVICE_LE_AUDIO  },
    { "00001850-", HOLDFAST_SERVICE_LE_AUDIO  },
    { "00001853-", HOLDFAST_SERVICE_LE_AUDIO  },
    { "00001844-", HOLDFAST_SERVICE_LE_AUDIO  },
  };
  const char *const *uuids = holdfast_device_get_uuids (device);
  HoldfastServices services = 0;

  for (guint i = 0; uuids != NULL && uuids[i] != NULL; i++)
    for (guint j = 0; j < G_N_ELEMENTS (table); j++)
      if (g_str_has_prefix (uuids[i], table[j].prefix))
        services |= table[j].service;

  return services;
}

void
holdfast_bluez_radio_describe (HoldfastDevice *device, HoldfastSighting *ret_sighting)
{
  g_return_if_fail (HOLDFAST_IS_DEVICE (device));
  g_return_if_fail (ret_sighting != NULL);

  *ret_sighting = (HoldfastSighting) {
    .id = holdfast_device_get_id (device),
    .address_public = holdfast_device_get_address_public (device),
    .class_of_device = holdfast_device_get_class (device),
    .services = services_of (device),
    .fast_pair_bytes = holdfast_device_get_fast_pair_bytes (device),
    .advertising_flags = holdfast_device_get_advertising_flags (device),
    .paired = holdfast_device_get_paired (device),
    .unstored = holdfast_device_get_paired (device) && !holdfast_device_get_bonded (device),
    .trusted = holdfast_device_get_trusted (device),
    .blocked = holdfast_device_get_blocked (device),
    .connected = holdfast_device_get_connected (device),
    .transport = holdfast_device_get_transport (device),
    .battery_percent = holdfast_device_get_battery_percent (device),
  };
  g_strlcpy (ret_sighting->address,
             holdfast_device_get_address (device) ?: "",
             sizeof ret_sighting->address);
  ret_sighting->has_rssi = holdfast_device_get_rssi (device, &ret_sighting->rssi);
  holdfast_device_get_pnp (device, &ret_sighting->vendor, &ret_sighting->product);
  holdfast_sighting_set_name (ret_sighting, holdfast_device_get_name (device));
}

static HoldfastFailure
bluez_radio_get_readiness (HoldfastRadio *radio)
{
  HoldfastBluezRadio *self = HOLDFAST_BLUEZ_RADIO (radio);
  HoldfastAdapter *adapter = NULL;

  switch (holdfast_client_get_service_state (self->client)) {
  case HOLDFAST_SERVICE_STATE_STARTING:
  case HOLDFAST_SERVICE_STATE_ABSENT:
    return HOLDFAST_FAILURE_NO_SERVICE;
  case HOLDFAST_SERVICE_STATE_DENIED:
    return HOLDFAST_FAILURE_ACCESS_DENIED;
  case HOLDFAST_SERVICE_STATE_HIDDEN:
    return HOLDFAST_FAILURE_SANDBOX;
  case HOLDFAST_SERVICE_STATE_CLOSED:
    return HOLDFAST_FAILURE_NO_BUS;
  case HOLDFAST_SERVICE_STATE_PRESENT:
    break;
  }

  adapter = holdfast_client_get_adapter (self->client);
  if (holdfast_client_has_lost_adapter (self->client))
    return HOLDFAST_FAILURE_ADAPTER_GONE;
  if (adapter == NULL || self->between_adapters)
    return HOLDFAST_FAILURE_NO_ADAPTER;

  switch (holdfast_adapter_get_power (adapter)) {
  case HOLDFAST_POWER_ON:
    return HOLDFAST_FAILURE_NONE;
  case HOLDFAST_POWER_BLOCKED:
    return HOLDFAST_FAILURE_BLOCKED;
  case HOLDFAST_POWER_OFF:
  case HOLDFAST_POWER_CHANGING:
    break;
  }
  return HOLDFAST_FAILURE_POWERED_OFF;
}

static gboolean
bluez_radio_get_has_sound (HoldfastRadio *radio)
{
  HoldfastBluezRadio *self = HOLDFAST_BLUEZ_RADIO (radio);
  HoldfastAdapter *adapter = holdfast_client_get_adapter (self->client);

  return adapter != NULL && holdfast_adapter_get_has_sound (adapter);
}

static HoldfastOperation
operation_of (HoldfastVerb verb)
{
  switch (verb) {
  case HOLDFAST_VERB_START_DISCOVERY:
  case HOLDFAST_VERB_STOP_DISCOVERY:
    return HOLDFAST_OPERATION_DISCOVERY;
  case HOLDFAST_VERB_PAIR:
    return HOLDFAST_OPERATION_PAIR;
  case HOLDFAST_VERB_CONNECT:
    return HOLDFAST_OPERATION_CONNECT;
  case HOLDFAST_VERB_POWER_ON:
    return HOLDFAST_OPERATION_POWER;
  case HOLDFAST_VERB_REGISTER_AGENT:
  case HOLDFAST_VERB_UNREGISTER_AGENT:
  case HOLDFAST_VERB_CANCEL_PAIRING:
  case HOLDFAST_VERB_TRUST:
  case HOLDFAST_VERB_UNBLOCK:
  case HOLDFAST_VERB_DISCONNECT:
  case HOLDFAST_VERB_REMOVE:
  case HOLDFAST_VERB_MAX:
    break;
  }
  return HOLDFAST_OPERATION_OTHER;
}

static void
agent_done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (holdfast_agent_finish (HOLDFAST_AGENT (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
client_done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (holdfast_client_finish (HOLDFAST_CLIENT (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/* Verbs about the adapter or the agent; returns FALSE for those about a device. */
static gboolean
run_without_device (
    HoldfastBluezRadio *self, HoldfastVerb verb, int arg, GCancellable *cancellable, GTask *task)
{
  switch (verb) {
  case HOLDFAST_VERB_START_DISCOVERY:
    holdfast_client_start_discovery_async (
        self->client,
        (arg & HOLDFAST_LISTENING_BOTH) != 0 ? HOLDFAST_TRANSPORT_AUTO : HOLDFAST_TRANSPORT_BREDR,
        (arg & HOLDFAST_LISTENING_EVERY_PACKET) != 0,
        cancellable,
        client_done_cb,
        task);
    return TRUE;
  case HOLDFAST_VERB_STOP_DISCOVERY:
    holdfast_client_stop_discovery_async (self->client, NULL, client_done_cb, task);
    return TRUE;
  case HOLDFAST_VERB_REGISTER_AGENT:
    holdfast_agent_register_async (self->agent, cancellable, agent_done_cb, task);
    return TRUE;
  case HOLDFAST_VERB_UNREGISTER_AGENT:
    holdfast_agent_unregister_async (self->agent, agent_done_cb, task);
    return TRUE;
  case HOLDFAST_VERB_POWER_ON:
    holdfast_client_set_powered_async (self->client, TRUE, cancellable, client_done_cb, task);
    return TRUE;
  case HOLDFAST_VERB_PAIR:
  case HOLDFAST_VERB_CANCEL_PAIRING:
  case HOLDFAST_VERB_TRUST:
  case HOLDFAST_VERB_UNBLOCK:
  case HOLDFAST_VERB_CONNECT:
  case HOLDFAST_VERB_DISCONNECT:
  case HOLDFAST_VERB_REMOVE:
  case HOLDFAST_VERB_MAX:
    break;
  }
  return FALSE;
}

static void
run_with_device (HoldfastBluezRadio *self,
                 HoldfastVerb verb,
                 HoldfastDevice *device,
                 GCancellable *cancellable,
                 GTask *task)
{
  switch (verb) {
  case HOLDFAST_VERB_PAIR:
    self->pins_before = holdfast_agent_count_pins (self->agent);
    self->refused = FALSE;
    holdfast_client_pair_async (self->client, device, cancellable, client_done_cb, task);
    return;
  case HOLDFAST_VERB_CANCEL_PAIRING:
    holdfast_client_cancel_pairing_async (self->client, device, NULL, client_done_cb, task);
    return;
  case HOLDFAST_VERB_TRUST:
    holdfast_client_set_trusted_async (
        self->client, device, TRUE, cancellable, client_done_cb, task);
    return;
  case HOLDFAST_VERB_UNBLOCK:
    holdfast_client_set_blocked_async (
        self->client, device, FALSE, cancellable, client_done_cb, task);
    return;
  case HOLDFAST_VERB_CONNECT:
    holdfast_client_connect_profile_async (
        self->client, device, HOLDFAST_UUID_A2DP_SINK, cancellable, client_done_cb, task);
    return;
  case HOLDFAST_VERB_DISCONNECT:
    holdfast_client_disconnect_async (self->client, device, cancellable, client_done_cb, task);
    return;
  case HOLDFAST_VERB_REMOVE:
    holdfast_client_remove_device_async (self->client, device, NULL, client_done_cb, task);
    return;
  case HOLDFAST_VERB_START_DISCOVERY:
  case HOLDFAST_VERB_STOP_DISCOVERY:
  case HOLDFAST_VERB_REGISTER_AGENT:
  case HOLDFAST_VERB_UNREGISTER_AGENT:
  case HOLDFAST_VERB_POWER_ON:
  case HOLDFAST_VERB_MAX:
    break;
  }
  g_assert_not_reached ();
}

static void
bluez_radio_run_async (HoldfastRadio *radio,
                       HoldfastVerb verb,
                       guint id,
                       int arg,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  HoldfastBluezRadio *self = HOLDFAST_BLUEZ_RADIO (radio);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  HoldfastDevice *device = NULL;

  g_task_set_source_tag (task, bluez_radio_run_async);
  g_task_set_name (task, holdfast_verb_to_string (verb));
  g_task_set_task_data (task, GINT_TO_POINTER (verb), NULL);
  /* A release that happened is a release, also when the asker gave up meanwhile. */
  g_task_set_check_cancellable (task, FALSE);

  if (run_without_device (self, verb, arg, cancellable, task)) {
    g_steal_pointer (&task);
    return;
  }

  device = holdfast_client_find_device (self->client, id);
  if (device != NULL) {
    run_with_device (self, verb, device, cancellable, g_steal_pointer (&task));
    return;
  }

  if (verb == HOLDFAST_VERB_REMOVE)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_new_error (
        task, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_OBJECT, "device %u is gone", id);
}

/* BlueZ says "authentication failed" of much; what our agent saw tells more. */
static HoldfastFailure
refine_pair_failure (HoldfastBluezRadio *self, HoldfastFailure failure)
{
  if (failure != HOLDFAST_FAILURE_STALE_BOND && failure != HOLDFAST_FAILURE_REJECTED
      && failure != HOLDFAST_FAILURE_INTERRUPTED)
    return failure;
  if (self->refused)
    return HOLDFAST_FAILURE_IMPOSTOR;
  if (holdfast_agent_count_pins (self->agent) != self->pins_before)
    return HOLDFAST_FAILURE_WRONG_PIN;
  return failure;
}

static HoldfastFailure
bluez_radio_run_finish (HoldfastRadio *radio, GAsyncResult *result, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *name = NULL;
  HoldfastVerb verb;
  HoldfastFailure failure;

  g_return_val_if_fail (g_task_is_valid (result, radio), HOLDFAST_FAILURE_UNKNOWN);

  verb = GPOINTER_TO_INT (g_task_get_task_data (G_TASK (result)));
  if (g_task_propagate_boolean (G_TASK (result), &local_error))
    return HOLDFAST_FAILURE_NONE;

  if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    failure = HOLDFAST_FAILURE_CANCELLED;
  } else if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_CLOSED)) {
    failure = HOLDFAST_FAILURE_NO_BUS;
  } else if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT)) {
    failure = HOLDFAST_FAILURE_CLIENT_TIMEOUT;
  } else {
    name = g_dbus_error_get_remote_error (local_error);
    if (name == NULL)
      name = g_dbus_error_encode_gerror (local_error);
    failure = holdfast_failure_from_bluez (operation_of (verb), name, local_error->message);
    if (verb == HOLDFAST_VERB_PAIR)
      failure = refine_pair_failure (HOLDFAST_BLUEZ_RADIO (radio), failure);
  }
  g_debug ("%s failed: %s: %s",
           holdfast_verb_to_string (verb),
           holdfast_failure_to_string (failure),
           local_error->message);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return failure;
}

static void
bluez_radio_set_agent_device (HoldfastRadio *radio, guint device)
{
  HoldfastBluezRadio *self = HOLDFAST_BLUEZ_RADIO (radio);

  if (self->agent_device != device)
    g_clear_pointer (&self->pin, g_free);
  self->agent_device = device;
  holdfast_agent_set_device (self->agent, holdfast_client_find_device (self->client, device));
}

static gboolean
bluez_radio_give_pin (HoldfastRadio *radio, const char *pin)
{
  HoldfastBluezRadio *self = HOLDFAST_BLUEZ_RADIO (radio);

  if (holdfast_agent_give_pin (self->agent, pin))
    return TRUE;
  /* The Pair that asked has failed meanwhile: keep it for the next one, which asks again. */
  if (!holdfast_agent_is_pin (pin))
    return FALSE;
  g_set_str (&self->pin, pin);
  return TRUE;
}

static void
bluez_radio_refuse_pin (HoldfastRadio *radio)
{
  holdfast_agent_refuse_pin (HOLDFAST_BLUEZ_RADIO (radio)->agent);
}

static gboolean
bluez_radio_get_sighting (HoldfastRadio *radio, guint id, HoldfastSighting *ret_sighting)
{
  HoldfastBluezRadio *self = HOLDFAST_BLUEZ_RADIO (radio);
  HoldfastDevice *device = holdfast_client_find_device (self->client, id);

  if (device == NULL)
    return FALSE;

  holdfast_bluez_radio_describe (device, ret_sighting);
  return TRUE;
}

static void
bluez_radio_foreach (HoldfastRadio *radio, HoldfastSightingFunc func, gpointer user_data)
{
  HoldfastBluezRadio *self = HOLDFAST_BLUEZ_RADIO (radio);
  GListModel *devices = holdfast_client_get_devices (self->client);

  for (guint i = 0; i < g_list_model_get_n_items (devices); i++) {
    g_autoptr (HoldfastDevice) device = g_list_model_get_item (devices, i);
    HoldfastSighting sighting;

    holdfast_bluez_radio_describe (device, &sighting);
    func (&sighting, user_data);
  }
}

static void
radio_iface_init (HoldfastRadioInterface *iface)
{
  iface->get_readiness = bluez_radio_get_readiness;
  iface->get_has_sound = bluez_radio_get_has_sound;
  iface->run_async = bluez_radio_run_async;
  iface->run_finish = bluez_radio_run_finish;
  iface->set_agent_device = bluez_radio_set_agent_device;
  iface->give_pin = bluez_radio_give_pin;
  iface->refuse_pin = bluez_radio_refuse_pin;
  iface->get_sighting = bluez_radio_get_sighting;
  iface->foreach = bluez_radio_foreach;
}

static void
sighted_cb (HoldfastClient *client, HoldfastDevice *device, HoldfastBluezRadio *self)
{
  HoldfastSighting sighting;

  holdfast_bluez_radio_describe (device, &sighting);
  holdfast_radio_emit_sighted (HOLDFAST_RADIO (self), &sighting);
}

static void
device_changed_cb (HoldfastClient *client, HoldfastDevice *device, HoldfastBluezRadio *self)
{
  HoldfastSighting sighting;

  holdfast_bluez_radio_describe (device, &sighting);
  holdfast_radio_emit_device_changed (HOLDFAST_RADIO (self), &sighting);
}

static void
device_removed_cb (HoldfastClient *client, HoldfastDevice *device, HoldfastBluezRadio *self)
{
  holdfast_radio_emit_gone (HOLDFAST_RADIO (self), holdfast_device_get_id (device));
}

static void
readiness_cb (HoldfastBluezRadio *self)
{
  holdfast_radio_emit_readiness_changed (HOLDFAST_RADIO (self));
}

/* Another adapter is another radio: what was asked of the old one is gone with it, so for a moment
 * there is none. */
static void
adapter_cb (HoldfastBluezRadio *self)
{
  if (self->adapter != NULL && self->adapter != holdfast_client_get_adapter (self->client)) {
    self->between_adapters = TRUE;
    readiness_cb (self);
    self->between_adapters = FALSE;
  }
  if (self->adapter != NULL)
    g_signal_handlers_disconnect_by_func (self->adapter, readiness_cb, self);
  g_set_object (&self->adapter, holdfast_client_get_adapter (self->client));
  if (self->adapter != NULL)
    g_signal_connect_object (
        self->adapter, "notify", G_CALLBACK (readiness_cb), self, G_CONNECT_SWAPPED);
  readiness_cb (self);
}

static void
pin_requested_cb (HoldfastBluezRadio *self)
{
  g_autofree char *pin = g_steal_pointer (&self->pin);

  if (pin == NULL || !holdfast_agent_give_pin (self->agent, pin))
    holdfast_radio_emit_pin_requested (HOLDFAST_RADIO (self));
}

static void
agent_refused_cb (HoldfastBluezRadio *self, const char *method, const char *device_path)
{
  HoldfastDevice *device = holdfast_client_find_device (self->client, self->agent_device);

  if (device != NULL && g_strcmp0 (holdfast_device_get_path (device), device_path) == 0)
    self->refused = TRUE;
}

static void
agent_released_cb (HoldfastBluezRadio *self)
{
  holdfast_radio_emit_agent_lost (HOLDFAST_RADIO (self));
}

static void
holdfast_bluez_radio_dispose (GObject *object)
{
  HoldfastBluezRadio *self = HOLDFAST_BLUEZ_RADIO (object);

  if (self->adapter != NULL)
    g_signal_handlers_disconnect_by_func (self->adapter, readiness_cb, self);
  g_clear_object (&self->adapter);
  g_clear_pointer (&self->pin, g_free);
  g_clear_object (&self->agent);
  g_clear_object (&self->client);

  G_OBJECT_CLASS (holdfast_bluez_radio_parent_class)->dispose (object);
}

static void
holdfast_bluez_radio_class_init (HoldfastBluezRadioClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = holdfast_bluez_radio_dispose;
}

static void
holdfast_bluez_radio_init (HoldfastBluezRadio *self)
{
}

HoldfastBluezRadio *
holdfast_bluez_radio_new (HoldfastClient *client)
{
  HoldfastBluezRadio *self = NULL;

  g_return_val_if_fail (HOLDFAST_IS_CLIENT (client), NULL);

  self = g_object_new (HOLDFAST_TYPE_BLUEZ_RADIO, NULL);
  self->client = g_object_ref (client);
  self->agent = holdfast_agent_new (client);
  g_signal_connect_object (client, "sighted", G_CALLBACK (sighted_cb), self, 0);
  g_signal_connect_object (client, "device-changed", G_CALLBACK (device_changed_cb), self, 0);
  g_signal_connect_object (client, "device-removed", G_CALLBACK (device_removed_cb), self, 0);
  g_signal_connect_object (
      client, "notify::service-state", G_CALLBACK (readiness_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (
      client, "notify::adapter", G_CALLBACK (adapter_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (
      self->agent, "pin-requested", G_CALLBACK (pin_requested_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (
      self->agent, "refused", G_CALLBACK (agent_refused_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (
      self->agent, "released", G_CALLBACK (agent_released_cb), self, G_CONNECT_SWAPPED);
  adapter_cb (self);
  return self;
}

HoldfastClient *
holdfast_bluez_radio_get_client (HoldfastBluezRadio *self)
{
  g_return_val_if_fail (HOLDFAST_IS_BLUEZ_RADIO (self), NULL);

  return self->client;
}
