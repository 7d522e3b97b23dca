/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim-private.h"

#define UUID(short) "0000" short "-0000-1000-8000-00805f9b34fb"

static const char *const headset_uuids[] = {
  UUID ("110b"), UUID ("110c"), UUID ("110e"), UUID ("111e"), UUID ("1200"), NULL,
};
static const char *const twin_uuids[] = { UUID ("fe2c"), NULL };
static const char *const no_uuids[] = { NULL };

/* As bluetoothd knows them from a first look, before services were read. */
#define FAST_PAIR UUID ("fe2c")

SimDevice *
sim_device_new (HoldfastSim *sim, SimAirKind kind, const char *address)
{
  SimDevice *device = g_new0 (SimDevice, 1);
  g_autofree char *tail = g_strdelimit (g_strdup (address), ":", '_');
  SimAir *air = sim_air_find (sim, kind, address);

  device->sim = sim;
  device->kind = kind;
  g_strlcpy (device->address, address, sizeof device->address);
  device->path = g_strconcat (SIM_ADAPTER_PATH "/dev_", tail, NULL);
  device->temporary = TRUE;
  device->last_seen_us = holdfast_clock_get_now_us (sim->clock);
  if (air != NULL) {
    device->name = g_strdup (air->name);
    device->class_of_device = air->class_of_device;
  }
  g_hash_table_replace (sim->devices, device->path, device);
  return device;
}

void
sim_variant_clear (GVariant *value)
{
  if (value != NULL)
    g_variant_unref (value);
}

void
sim_device_free (SimDevice *device)
{
  HoldfastSim *sim = device->sim;

  sim_ask_no_more (device);
  holdfast_clock_clear_alarm (sim->clock, &device->pairing_alarm);
  holdfast_clock_clear_alarm (sim->clock, &device->connect_alarm);
  holdfast_clock_clear_alarm (sim->clock, &device->link_alarm);
  holdfast_clock_clear_alarm (sim->clock, &device->after_alarm);
  g_clear_pointer (&device->overrides, g_hash_table_unref);
  for (guint i = 0; device->disconnect_calls != NULL && i < device->disconnect_calls->len; i++)
    sim_call_return (g_ptr_array_index (device->disconnect_calls, i));
  g_clear_pointer (&device->disconnect_calls, g_ptr_array_unref);
  if (device->pair_call != NULL)
    sim_call_fail (device->pair_call, "AuthenticationCanceled", "Authentication Canceled");
  if (device->connect_call != NULL)
    sim_call_fail (device->connect_call, "Failed", "br-connection-canceled");
  g_free (device->path);
  g_free (device->name);
  g_free (device->alias);
  g_free (device);
}

SimDevice *
sim_device_find (HoldfastSim *sim, const char *address)
{
  g_autofree char *tail = g_strdelimit (g_strdup (address), ":", '_');
  g_autofree char *path = g_strconcat (SIM_ADAPTER_PATH "/dev_", tail, NULL);

  return g_hash_table_lookup (sim->devices, path);
}

SimDevice *
sim_device_find_kind (HoldfastSim *sim, SimAirKind kind)
{
  switch (kind) {
  case SIM_AIR_HEADSET:
    return sim_device_find (sim, SIM_HEADSET_ADDRESS);
  case SIM_AIR_TWIN:
    return sim_device_find (sim, SIM_TWIN_ADDRESS);
  case SIM_AIR_NEIGHBOUR:
  case SIM_AIR_CROWD:
    break;
  }
  return NULL;
}

gboolean
sim_device_is_low_energy (SimDevice *device)
{
  return device->kind == SIM_AIR_TWIN;
}

static void
emit_removed (SimDevice *device)
{
  static const char *const endpoint[] = { SIM_ENDPOINT, NULL };
  static const char *const plain[] = { SIM_DEVICE, NULL };
  static const char *const with_battery[] = { SIM_DEVICE, SIM_BATTERY, NULL };

  if (device->endpoint) {
    g_autofree char *path = sim_device_endpoint_path (device);

    sim_emit_removed (device->sim, path, endpoint);
  }
  sim_emit_removed (device->sim, device->path, device->battery ? with_battery : plain);
}

/* The object is gone, with all below it; whoever waits for something is told then. */
void
sim_device_remove (SimDevice *device)
{
  HoldfastSim *sim = device->sim;

  device->going = TRUE;
  if (device->connected) {
    sim_link_down (device, "Local"); /* which comes back here */
    return;
  }
  emit_removed (device);
  if (device->kind == SIM_AIR_HEADSET)
    sim_fault_is_over (sim, HOLDFAST_SIM_FAULT_STALE_BOND | HOLDFAST_SIM_FAULT_IGNORED);
  g_hash_table_remove (sim->devices, device->path);
}

/* The adapter is gone: the object goes with it, but what is written down stays. */
void
sim_device_hide (SimDevice *device)
{
  if (!device->bonded) {
    sim_device_remove (device);
    return;
  }
  emit_removed (device);
  device->endpoint = FALSE;
}

char *
sim_device_endpoint_path (SimDevice *device)
{
  return g_strconcat (device->path, "/sep1", NULL);
}

char *
sim_device_transport_path (SimDevice *device)
{
  return g_strdup_printf ("%s/sep1/fd%u", device->path, device->transport_number);
}

void
sim_device_set_temporary (SimDevice *device, gboolean temporary)
{
  if (device->temporary == temporary)
    return;
  device->temporary = temporary;
  device->last_seen_us = holdfast_clock_get_now_us (device->sim->clock);
  sim_expiry_update (device->sim);
}

/* The key is stored. Paired is told later, when the services are known. */
void
sim_device_bond (SimDevice *device)
{
  device->bonded = TRUE;
  sim_device_set_temporary (device, FALSE);
  sim_emit_changed (device->sim, device->path, SIM_DEVICE, "Bonded", NULL);
}

static void
after (gpointer user_data)
{
  SimDevice *device = user_data;

  device->after_alarm = 0;
  device->after_next (device);
}

void
sim_device_after (SimDevice *device, gint64 in_ms, SimDeviceFunc next)
{
  HoldfastClock *clock = device->sim->clock;

  holdfast_clock_clear_alarm (clock, &device->after_alarm);
  device->after_next = next;
  device->after_alarm = holdfast_clock_set_alarm (
      clock, holdfast_clock_get_now_us (clock) + in_ms * SIM_MS, after, device);
}

static const char *
get_icon (SimDevice *device)
{
  if ((device->class_of_device & 0x1f00) == 0x0200)
    return "phone";
  if ((device->class_of_device & 0x1f00) == 0x0500)
    return "input-keyboard";
  if ((device->class_of_device & 0x1f00) != 0x0400)
    return NULL;
  switch ((device->class_of_device & 0xfc) >> 2) {
  case 1:
  case 2:
    return "audio-headset";
  case 6:
    return "audio-headphones";
  default:
    return "audio-card";
  }
}

static GVariant *
get_alias (SimDevice *device)
{
  if (device->alias != NULL)
    return g_variant_new_string (device->alias);
  if (device->name != NULL)
    return g_variant_new_string (device->name);
  return g_variant_new_take_string (g_strdelimit (g_strdup (device->address), ":", '-'));
}

static GVariant *
get_uuids (SimDevice *device)
{
  const char *const *uuids = no_uuids;

  switch (device->kind) {
  case SIM_AIR_HEADSET:
    /* without an extended inquiry response nothing is known before services were read */
    if (!device->legacy || device->browsed)
      uuids = headset_uuids;
    break;
  case SIM_AIR_NEIGHBOUR:
    if ((device->class_of_device & 0x1f00) == 0x0400)
      uuids = headset_uuids;
    break;
  case SIM_AIR_TWIN:
    uuids = twin_uuids;
    break;
  case SIM_AIR_CROWD:
    break;
  }
  return g_variant_new_strv (uuids, -1);
}

static GVariant *
get_modalias (SimDevice *device)
{
  guint16 product = holdfast_headset_get_pnp_product (device->sim->model);

  if (!device->browsed || device->kind != SIM_AIR_HEADSET || product == 0)
    return NULL;
  return g_variant_new_take_string (g_strdup_printf ("usb:v054Cp%04Xd0452", product));
}

/* Three bytes are a model's number and mean pairing mode; longer data are a filter for accounts
 * that know it. */
static GVariant *
get_service_data (SimDevice *device)
{
  static const guint8 discoverable[] = { 0x01, 0xee, 0xb4 };
  static const guint8 hidden[] = { 0x00, 0x40, 0x4a, 0x42, 0x86, 0x11, 0x5c };
  GVariantBuilder builder;
  GVariant *bytes;

  if (device->kind != SIM_AIR_TWIN || device->withheld)
    return NULL;
  bytes
      = device->fast_pair_discoverable
            ? g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, discoverable, sizeof discoverable, 1)
            : g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, hidden, sizeof hidden, 1);
  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&builder, "{sv}", FAST_PAIR, bytes);
  return g_variant_builder_end (&builder);
}

/* Discoverable bits when in pairing mode; "BR/EDR not supported" never, as the twin is another face
 * of a classic set. */
static GVariant *
get_advertising_flags (SimDevice *device)
{
  guint8 flags = device->fast_pair_discoverable ? 0x02 : 0x00;

  if (device->kind != SIM_AIR_TWIN || device->withheld)
    return NULL;
  return g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, &flags, 1, 1);
}

static gboolean
get_flag (SimDevice *device, const char *name, gboolean *ret_value)
{
  const struct {
    const char *name;
    gboolean value;
  } flags[] = {
    { "Paired",           device->paired            },
    { "Bonded",           device->bonded            },
    { "Trusted",          device->trusted           },
    { "Blocked",          device->blocked           },
    { "LegacyPairing",    device->legacy            },
    { "CablePairing",     FALSE                     },
    { "Connected",        device->connected         },
    { "ServicesResolved", device->services_resolved },
  };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (flags); i++) {
    if (g_str_equal (flags[i].name, name)) {
      *ret_value = flags[i].value;
      return TRUE;
    }
  }
  return FALSE;
}

/* Returns: (nullable): a value of the property's own type, unless a test has put another there;
 * floating, or not yours */
GVariant *
sim_device_get_property (SimDevice *device, const char *name)
{
  gboolean flag;
  gpointer value;

  if (device->overrides != NULL
      && g_hash_table_lookup_extended (device->overrides, name, NULL, &value))
    return value; /* the device keeps it */
  if (get_flag (device, name, &flag))
    return g_variant_new_boolean (flag);
  if (g_str_equal (name, "Address"))
    return g_variant_new_string (device->address);
  if (g_str_equal (name, "AddressType"))
    return g_variant_new_string (sim_device_is_low_energy (device) ? "random" : "public");
  if (g_str_equal (name, "Name"))
    return device->name != NULL ? g_variant_new_string (device->name) : NULL;
  if (g_str_equal (name, "Alias"))
    return get_alias (device);
  if (g_str_equal (name, "Class"))
    return device->class_of_device != 0 ? g_variant_new_uint32 (device->class_of_device) : NULL;
  if (g_str_equal (name, "Icon"))
    return get_icon (device) != NULL ? g_variant_new_string (get_icon (device)) : NULL;
  if (g_str_equal (name, "RSSI"))
    return device->has_rssi ? g_variant_new_int16 (device->rssi) : NULL;
  if (g_str_equal (name, "UUIDs"))
    return get_uuids (device);
  if (g_str_equal (name, "Modalias"))
    return get_modalias (device);
  if (g_str_equal (name, "Adapter"))
    return g_variant_new_object_path (SIM_ADAPTER_PATH);
  if (g_str_equal (name, "ServiceData"))
    return get_service_data (device);
  if (g_str_equal (name, "AdvertisingFlags"))
    return get_advertising_flags (device);
  return NULL;
}

/* Returns: (nullable): a value of Battery1, MediaEndpoint1 or MediaTransport1 */
GVariant *
sim_part_get_property (SimDevice *device, const char *interface, const char *name)
{
  static const guint8 sbc[] = { 0x21, 0x15, 0x02, 0x35 };
  gboolean transport = g_str_equal (interface, SIM_TRANSPORT);

  if (g_str_equal (name, "Percentage"))
    return g_variant_new_byte (
        (guint8) holdfast_virtual_headset_get_battery (device->sim->headset));
  if (g_str_equal (name, "Source"))
    return g_variant_new_string ("HFP 1.7");
  if (g_str_equal (name, "Device"))
    return g_variant_new_object_path (device->path);
  if (g_str_equal (name, "UUID")) /* the transport names our side, the endpoint theirs */
    return g_variant_new_string (transport ? UUID ("110a") : UUID ("110b"));
  if (g_str_equal (name, "Codec"))
    return g_variant_new_byte (0);
  if (g_str_equal (name, "Configuration"))
    return g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, sbc, sizeof sbc, 1);
  if (g_str_equal (name, "State"))
    return g_variant_new_string ("idle");
  if (g_str_equal (name, "Volume"))
    return g_variant_new_uint16 (60);
  return NULL;
}

void
sim_device_call (SimDevice *device, SimCall *call, const char *method)
{
  if (g_str_equal (method, "Pair")) {
    sim_pair (device, call);
  } else if (g_str_equal (method, "CancelPairing")) {
    sim_cancel_pairing (device, call);
  } else if (g_str_equal (method, "Connect")) {
    sim_connect (device, call, NULL);
  } else if (g_str_equal (method, "ConnectProfile")) {
    const char *uuid;

    g_variant_get (sim_call_get_body (call), "(&s)", &uuid);
    sim_connect (device, call, uuid);
  } else if (g_str_equal (method, "DisconnectProfile")) {
    if (device->transport)
      sim_transport_down (device);
    sim_call_return (call);
  } else {
    g_assert (g_str_equal (method, "Disconnect"));
    sim_disconnect (device, call);
  }
}

void
sim_device_set (SimDevice *device, SimCall *call, const char *name, GVariant *value)
{
  if (g_str_equal (name, "Trusted")) {
    gboolean changed = device->trusted != g_variant_get_boolean (value);

    device->trusted = g_variant_get_boolean (value);
    if (changed)
      sim_emit_changed (device->sim, device->path, SIM_DEVICE, "Trusted", NULL);
  } else if (g_str_equal (name, "Blocked")) {
    gboolean changed = device->blocked != g_variant_get_boolean (value);

    device->blocked = g_variant_get_boolean (value);
    if (changed)
      sim_emit_changed (device->sim, device->path, SIM_DEVICE, "Blocked", NULL);
    if (!device->blocked && device->kind == SIM_AIR_HEADSET)
      sim_fault_is_over (device->sim, HOLDFAST_SIM_FAULT_IGNORED);
    if (device->blocked && device->connected)
      sim_link_down_in (device, 0, "Local");
  } else {
    g_assert (g_str_equal (name, "Alias"));
    g_set_str (&device->alias, g_variant_get_string (value, NULL));
    sim_emit_changed (device->sim, device->path, SIM_DEVICE, "Alias", NULL);
  }
  sim_call_return (call);
}
