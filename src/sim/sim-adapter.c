/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim-private.h"

#define A2DP_SOURCE "0000110a-0000-1000-8000-00805f9b34fb"

static const char *const filters[] = {
  "UUIDs", "RSSI", "Pathloss", "Transport", "DuplicateData", "Discoverable", "Pattern", NULL,
};

static GVariant *
get_uuids (HoldfastSim *sim)
{
  static const char *const with_sound[] = {
    "00001800-0000-1000-8000-00805f9b34fb",
    "00001801-0000-1000-8000-00805f9b34fb",
    "0000110c-0000-1000-8000-00805f9b34fb",
    "0000110e-0000-1000-8000-00805f9b34fb",
    A2DP_SOURCE,
    NULL,
  };
  static const char *const without[] = {
    "00001800-0000-1000-8000-00805f9b34fb",
    "00001801-0000-1000-8000-00805f9b34fb",
    "0000110c-0000-1000-8000-00805f9b34fb",
    "0000110e-0000-1000-8000-00805f9b34fb",
    NULL,
  };

  return g_variant_new_strv (sim->sound ? with_sound : without, -1);
}

GVariant *
sim_adapter_get_property (HoldfastSim *sim, const char *name)
{
  static const char *const roles[] = { "central", "peripheral", NULL };

  if (g_str_equal (name, "Address"))
    return g_variant_new_string (SIM_ADAPTER_ADDRESS);
  if (g_str_equal (name, "AddressType"))
    return g_variant_new_string ("public");
  if (g_str_equal (name, "Name"))
    return g_variant_new_string ("practice");
  if (g_str_equal (name, "Alias"))
    return g_variant_new_string (sim->alias != NULL ? sim->alias : "practice");
  if (g_str_equal (name, "Class"))
    return g_variant_new_uint32 (sim->powered ? 0x6c010c : 0);
  if (g_str_equal (name, "Powered"))
    return g_variant_new_boolean (sim->powered);
  if (g_str_equal (name, "PowerState"))
    return g_variant_new_string (sim->power_state);
  if (g_str_equal (name, "Discoverable"))
    return g_variant_new_boolean (FALSE);
  if (g_str_equal (name, "DiscoverableTimeout"))
    return g_variant_new_uint32 (180);
  if (g_str_equal (name, "Pairable"))
    return g_variant_new_boolean (TRUE);
  if (g_str_equal (name, "PairableTimeout"))
    return g_variant_new_uint32 (0);
  if (g_str_equal (name, "Discovering"))
    return g_variant_new_boolean (sim->discovering);
  if (g_str_equal (name, "UUIDs"))
    return get_uuids (sim);
  if (g_str_equal (name, "Modalias"))
    return g_variant_new_string ("usb:v1D6Bp0246d0552");
  if (g_str_equal (name, "Roles"))
    return g_variant_new_strv (roles, -1);
  return NULL;
}

static gboolean
parse_filter (GVariant *dict, SimScan *ret_scan, gboolean *ret_duplicates, gboolean *ret_conditions)
{
  GVariantIter iter;
  const char *key;
  GVariant *value;
  gboolean good = TRUE;

  *ret_scan = SIM_SCAN_AUTO;
  *ret_duplicates = FALSE;
  *ret_conditions = FALSE;
  g_variant_iter_init (&iter, dict);
  while (good && g_variant_iter_next (&iter, "{&sv}", &key, &value)) {
    if (!g_strv_contains (filters, key)) {
      good = FALSE;
    } else if (g_str_equal (key, "Transport")) {
      const char *transport = g_variant_is_of_type (value, G_VARIANT_TYPE_STRING)
                                  ? g_variant_get_string (value, NULL)
                                  : "";

      if (g_str_equal (transport, "bredr"))
        *ret_scan = SIM_SCAN_BREDR;
      else if (g_str_equal (transport, "le"))
        *ret_scan = SIM_SCAN_LE;
      else
        good = g_str_equal (transport, "auto");
    } else if (g_str_equal (key, "DuplicateData")) {
      good = g_variant_is_of_type (value, G_VARIANT_TYPE_BOOLEAN);
      *ret_duplicates = good && g_variant_get_boolean (value);
    } else if (g_str_equal (key, "RSSI") || g_str_equal (key, "Pathloss")) {
      good = g_variant_is_of_type (value,
                                   *key == 'R' ? G_VARIANT_TYPE_INT16 : G_VARIANT_TYPE_UINT16);
      *ret_conditions = TRUE;
    }
    g_variant_unref (value);
  }
  return good;
}

static void
set_discovery_filter (HoldfastSim *sim, SimCall *call)
{
  SimClient *client = call->client;
  g_autoptr (GVariant) dict = g_variant_get_child_value (sim_call_get_body (call), 0);
  SimScan scan;
  gboolean duplicates;
  gboolean conditions;

  if (!sim->powered) {
    sim_call_fail (call, "NotReady", "Resource Not Ready");
  } else if (!parse_filter (dict, &scan, &duplicates, &conditions)) {
    sim_call_fail (call, "InvalidArguments", "Invalid arguments in method call");
  } else {
    client->scan = scan;
    client->duplicates = duplicates;
    client->conditions = conditions;
    if (client->discovering)
      sim_discovery_refilter (sim);
    sim_call_return (call);
  }
}

/* As 5.82 does when it still wants to call the device back; once. The bus tells of the death before
 * it answers for the dead. */
static gboolean
crashes (HoldfastSim *sim, SimDevice *device, SimCall *call)
{
  if (sim_has_fault (sim, HOLDFAST_SIM_FAULT_CRASH_AFTER_REMOVE)) {
    sim_spend_fault (sim, HOLDFAST_SIM_FAULT_CRASH_AFTER_REMOVE);
    sim_device_remove (device);
  } else if (sim_has_fault (sim, HOLDFAST_SIM_FAULT_REMOVE_CRASHES)) {
    sim_spend_fault (sim, HOLDFAST_SIM_FAULT_REMOVE_CRASHES);
  } else {
    return FALSE;
  }
  sim_service_restart (sim);
  sim_call_return (call);
  return TRUE;
}

static void
remove_device (HoldfastSim *sim, SimCall *call)
{
  const char *path;
  SimDevice *device;

  g_variant_get (sim_call_get_body (call), "(&o)", &path);
  device = g_hash_table_lookup (sim->devices, path);
  if (device == NULL) {
    sim_call_fail (call, "DoesNotExist", "Does Not Exist");
  } else if (!sim->powered) {
    sim_call_fail (call, "NotReady", "Resource Not Ready");
  } else if (crashes (sim, device, call)) {
    return;
  } else if (device->connected) {
    /* the link is taken down first, as Disconnect does it */
    device->going = TRUE;
    sim_disconnect (device, call);
  } else {
    sim_device_remove (device);
    sim_call_return (call);
  }
}

void
sim_adapter_call (HoldfastSim *sim, SimCall *call, const char *method)
{
  if (g_str_equal (method, "StartDiscovery"))
    sim_discovery_start (sim, call->client, call);
  else if (g_str_equal (method, "StopDiscovery"))
    sim_discovery_stop (sim, call->client, call);
  else if (g_str_equal (method, "SetDiscoveryFilter"))
    set_discovery_filter (sim, call);
  else if (g_str_equal (method, "GetDiscoveryFilters"))
    sim_call_return_value (call, g_variant_new ("(^as)", filters));
  else
    remove_device (sim, call);
}

static void
remove_temporary_devices (HoldfastSim *sim)
{
  g_autoptr (GPtrArray) devices = g_hash_table_get_values_as_ptr_array (sim->devices);
  guint i;

  for (i = 0; i < devices->len; i++) {
    SimDevice *device = g_ptr_array_index (devices, i);

    if (device->temporary)
      sim_device_remove (device);
  }
}

static void
end_links (HoldfastSim *sim)
{
  g_autoptr (GPtrArray) devices = g_hash_table_get_values_as_ptr_array (sim->devices);
  guint i;

  for (i = 0; i < devices->len; i++) {
    SimDevice *device = g_ptr_array_index (devices, i);

    sim_pairing_end (device, "AuthenticationFailed", "Authentication Failed");
    sim_connect_end (device, "Failed", "br-connection-canceled");
    if (device->connected)
      sim_link_down (device, "Local");
  }
}

/* The setting takes hold: by a program, or by something else on the computer. */
void
sim_adapter_set_powered (HoldfastSim *sim, gboolean powered)
{
  const char *state = powered ? "on" : sim->blocked ? "off-blocked" : "off";
  gboolean changed = sim->powered != powered;

  if (!powered)
    end_links (sim);
  sim->powered = powered;
  if (!powered)
    sim_discovery_end (sim);
  if (changed) {
    sim->power_state = state;
    sim_emit_changed (sim, SIM_ADAPTER_PATH, SIM_ADAPTER, "Powered", "PowerState", "Class", NULL);
  } else if (!g_str_equal (sim->power_state, state)) {
    sim->power_state = state;
    sim_emit_changed (sim, SIM_ADAPTER_PATH, SIM_ADAPTER, "PowerState", NULL);
  }
}

static void
unplug (HoldfastSim *sim)
{
  static const char *const interfaces[] = { SIM_ADAPTER, NULL };
  g_autoptr (GPtrArray) devices = NULL;
  guint i;

  end_links (sim);
  sim_discovery_end (sim);
  devices = g_hash_table_get_values_as_ptr_array (sim->devices);
  for (i = 0; i < devices->len; i++)
    sim_device_hide (g_ptr_array_index (devices, i));
  sim->present = FALSE;
  sim->powered = FALSE;
  sim->power_state = "off";
  sim_emit_removed (sim, SIM_ADAPTER_PATH, interfaces);
}

void
sim_adapter_set_present (HoldfastSim *sim, gboolean present)
{
  GHashTableIter iter;
  gpointer path;

  if (sim->present == present)
    return;
  if (!present) {
    unplug (sim);
    return;
  }
  sim->present = TRUE;
  sim_emit_added (sim, SIM_ADAPTER_PATH);
  g_hash_table_iter_init (&iter, sim->devices);
  while (g_hash_table_iter_next (&iter, &path, NULL))
    sim_emit_added (sim, path);
}

void
sim_adapter_set_sound (HoldfastSim *sim, gboolean sound)
{
  SimDevice *device = sim_device_find_kind (sim, SIM_AIR_HEADSET);

  if (sim->sound == sound)
    return;
  sim->sound = sound;
  if (!sound && device != NULL && device->transport)
    sim_transport_down (device);
  if (sim->present)
    sim_emit_changed (sim, SIM_ADAPTER_PATH, SIM_ADAPTER, "UUIDs", NULL);
}

static void
set_powered (HoldfastSim *sim, SimCall *call, gboolean powered)
{
  if (powered == sim->powered) {
    sim_call_return (call);
    return;
  }
  if (powered && sim->blocked) {
    sim->power_state = "off-blocked";
    sim_call_fail (call, "Blocked", "Blocked through rfkill");
    return;
  }
  if (!powered)
    remove_temporary_devices (sim);
  sim->power_state = powered ? "off-enabling" : "on-disabling";
  sim_emit_changed (sim, SIM_ADAPTER_PATH, SIM_ADAPTER, "PowerState", NULL);
  sim_call_return (call);
  sim_adapter_set_powered (sim, powered);
  if (powered)
    sim_fault_is_over (sim, HOLDFAST_SIM_FAULT_OFF);
}

void
sim_adapter_set (HoldfastSim *sim, SimCall *call, const char *name, GVariant *value)
{
  if (g_str_equal (name, "Powered")) {
    set_powered (sim, call, g_variant_get_boolean (value));
    return;
  }
  if (g_str_equal (name, "Alias")) {
    g_set_str (&sim->alias, g_variant_get_string (value, NULL));
    sim_emit_changed (sim, SIM_ADAPTER_PATH, SIM_ADAPTER, "Alias", NULL);
  }
  /* Discoverable, Pairable and their times: taken, without effect */
  sim_call_return (call);
}

static void
register_agent (HoldfastSim *sim, SimCall *call)
{
  static const char *const capabilities[] = {
    "", "DisplayOnly", "DisplayYesNo", "KeyboardOnly", "NoInputNoOutput", "KeyboardDisplay", NULL,
  };
  SimClient *client = call->client;
  const char *path;
  const char *capability;

  g_variant_get (sim_call_get_body (call), "(&o&s)", &path, &capability);
  if (client->agent != NULL) {
    sim_call_fail (call, "AlreadyExists", "Already Exists");
  } else if (!g_strv_contains (capabilities, capability)) {
    sim_call_fail (call, "InvalidArguments", "Invalid arguments in method call");
  } else {
    client->agent = g_strdup (path);
    g_set_str (&client->capability, *capability != '\0' ? capability : "KeyboardDisplay");
    sim_call_return (call);
  }
}

static void
forget_agent (HoldfastSim *sim, SimClient *client)
{
  g_autoptr (GPtrArray) devices = g_hash_table_get_values_as_ptr_array (sim->devices);
  guint i;

  for (i = 0; i < devices->len; i++) {
    SimDevice *device = g_ptr_array_index (devices, i);

    if (device->asked == client)
      sim_pairing_end (device, "AuthenticationFailed", "Authentication Failed");
  }
  g_clear_pointer (&client->agent, g_free);
  client->agent_is_default = FALSE;
}

void
sim_manager_call (HoldfastSim *sim, SimCall *call, const char *method)
{
  SimClient *client = call->client;
  const char *path;
  guint i;

  if (g_str_equal (method, "RegisterAgent")) {
    register_agent (sim, call);
    return;
  }
  g_variant_get (sim_call_get_body (call), "(&o)", &path);
  if (g_strcmp0 (client->agent, path) != 0) {
    sim_call_fail (call, "DoesNotExist", "Does Not Exist");
    return;
  }
  if (g_str_equal (method, "UnregisterAgent")) {
    forget_agent (sim, client);
  } else {
    for (i = 0; i < sim->clients->len; i++)
      ((SimClient *) g_ptr_array_index (sim->clients, i))->agent_is_default = FALSE;
    client->agent_is_default = TRUE;
  }
  sim_call_return (call);
}

SimClient *
sim_find_agent (HoldfastSim *sim, SimClient *client)
{
  guint i;

  if (client != NULL && client->agent != NULL)
    return client;
  for (i = 0; i < sim->clients->len; i++) {
    SimClient *other = g_ptr_array_index (sim->clients, i);

    if (other->agent != NULL && other->agent_is_default)
      return other;
  }
  return NULL;
}
