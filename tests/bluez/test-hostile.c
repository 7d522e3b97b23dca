/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What no BlueZ should say, and what the air can make it say. Nothing here may crash, leak, or be
 * taken for more than an absent value. */
#include "client-fixture.h"
#include "holdfast-test.h"

#include <string.h>

#define SEED 20240601

static const char *const properties[] = {
  "Address",
  "AddressType",
  "Name",
  "Alias",
  "Class",
  "RSSI",
  "UUIDs",
  "ServiceData",
  "Paired",
  "Bonded",
  "AdvertisingFlags",
  "Modalias",
  "Trusted",
  "Blocked",
  "Adapter",
  "Connected",
  "ServicesResolved",
  "LegacyPairing",
  "Powered",
  "PowerState",
  "Discovering",
  "Percentage",
  "Device",
  "UUID",
  "Codec",
};

static const char *const interfaces[] = {
  "org.bluez.Device1",
  "org.bluez.Adapter1",
  "org.bluez.Battery1",
  "org.bluez.MediaTransport1",
};

/* One of each type a property has, and some it never has. */
static const char *const values[] = {
  "''",
  "'text'",
  "true",
  "byte 200",
  "int16 -32768",
  "uint16 65535",
  "int32 -2147483648",
  "uint32 4294967295",
  "uint64 18446744073709551615",
  "1.5",
  "objectpath '/'",
  "signature 'a{sv}'",
  "@as []",
  "['a', '']",
  "@ay []",
  "[byte 0, 255]",
  "@a{sv} {}",
  "{'0000fe2c-0000-1000-8000-00805f9b34fb': <'text'>}",
  "{'0000fe2c-0000-1000-8000-00805f9b34fb': <@ay []>}",
  "{uint16 6: <[byte 1]>}",
  "<<<'deep'>>>",
  "@aas [[]]",
  "('a', (1, [(true, 'b')]))",
};

static void
read_everything (Fixture *self)
{
  GListModel *devices = holdfast_client_get_devices (self->client);
  GListModel *adapters = holdfast_client_get_adapters (self->client);

  for (guint i = 0; i < g_list_model_get_n_items (devices); i++) {
    g_autoptr (HoldfastDevice) device = g_list_model_get_item (devices, i);
    const char *name = holdfast_device_get_name (device);
    guint16 vendor, product;
    gint16 rssi;

    g_assert_nonnull (holdfast_device_get_address (device));
    g_assert_true (!name || g_utf8_validate (name, -1, NULL));
    g_assert_nonnull (holdfast_device_get_uuids (device));
    g_assert_cmpint (holdfast_device_get_fast_pair_bytes (device), >=, -1);
    g_assert_cmpint (holdfast_device_get_advertising_flags (device), >=, -1);
    g_assert_cmpint (holdfast_device_get_advertising_flags (device), <=, 255);
    g_assert_cmpint (holdfast_device_get_battery_percent (device), >=, -1);
    g_assert_cmpint (holdfast_device_get_battery_percent (device), <=, 100);
    g_assert_cmpint (holdfast_device_get_codec (device), >=, -1);
    holdfast_device_get_rssi (device, &rssi);
    holdfast_device_get_pnp (device, &vendor, &product);
  }
  for (guint i = 0; i < g_list_model_get_n_items (adapters); i++) {
    g_autoptr (HoldfastAdapter) adapter = g_list_model_get_item (adapters, i);

    g_assert_nonnull (holdfast_adapter_get_address (adapter));
    g_assert_nonnull (holdfast_adapter_get_alias (adapter));
    g_assert_cmpint (holdfast_adapter_get_power (adapter), <=, HOLDFAST_POWER_BLOCKED);
    holdfast_adapter_get_has_sound (adapter);
  }
}

static void
test_types (Fixture *self, gconstpointer data)
{
  fake_bluez_add (self->fake, FAKE_DEVICE, FAKE_HEADSET);
  for (guint i = 0; i < G_N_ELEMENTS (interfaces); i++) {
    for (guint p = 0; p < G_N_ELEMENTS (properties); p++) {
      for (guint v = 0; v < G_N_ELEMENTS (values); v++) {
        g_autofree char *text = NULL;
        const char *path = i == 1 ? FAKE_HCI : FAKE_DEVICE;

        text = g_strdup_printf ("{'%s': <%s>}", properties[p], values[v]);
        fake_bluez_change (self->fake, path, interfaces[i], text);
        fake_bluez_invalidate (self->fake, path, interfaces[i], properties[p]);
      }
      fixture_sync (self);
      read_everything (self);
    }
  }
  /* All taken back, nothing of it is left. */
  {
    HoldfastDevice *device = fixture_get_device (self, FAKE_DEVICE);
    guint16 vendor, product;

    g_assert_cmpstr (holdfast_device_get_address (device), ==, "");
    g_assert_null (holdfast_device_get_name (device));
    g_assert_cmpuint (holdfast_device_get_class (device), ==, 0);
    g_assert_cmpuint (g_strv_length ((GStrv) holdfast_device_get_uuids (device)), ==, 0);
    g_assert_false (holdfast_device_get_pnp (device, &vendor, &product));
    g_assert_false (holdfast_device_get_paired (device));
    g_assert_cmpint (holdfast_device_get_battery_percent (device), ==, -1);
  }
}

static void
test_typed_objects (Fixture *self, gconstpointer data)
{
  /* Whole objects made of one value, at each start of a client, and while it runs. */
  for (guint v = 0; v < G_N_ELEMENTS (values); v++) {
    GString *text;
    const char *paths[] = { FAKE_HCI1, FAKE_HCI "/dev_1", FAKE_HCI "/dev_1/fd0", "/" };

    text = g_string_new ("{");
    for (guint i = 0; i < G_N_ELEMENTS (interfaces); i++) {
      g_string_append_printf (text, "%s'%s': {", i ? ", " : "", interfaces[i]);
      for (guint p = 0; p < G_N_ELEMENTS (properties); p++)
        g_string_append_printf (text, "%s'%s': <%s>", p ? ", " : "", properties[p], values[v]);
      g_string_append (text, "}");
    }
    g_string_append (text, "}");

    for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
      fake_bluez_add (self->fake, paths[i], text->str);
    fixture_new_client (self);
    read_everything (self);
    for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
      fake_bluez_add (self->fake, paths[i], text->str);
    fixture_sync (self);
    read_everything (self);
    for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
      fake_bluez_remove (self->fake, paths[i]);
    fixture_sync (self);
    holdfast_test_assert_finalize (g_steal_pointer (&self->client));
    g_string_free (text, TRUE);
  }
}

static void
test_empty (Fixture *self, gconstpointer data)
{
  fake_bluez_add (self->fake, FAKE_DEVICE, "{'org.bluez.Device1': {}}");
  fake_bluez_add (self->fake, FAKE_HCI1, "{'org.bluez.Adapter1': {}}");
  fake_bluez_add (self->fake, FAKE_HCI "/dev_2", "{}");
  fake_bluez_add (self->fake, FAKE_HCI "/dev_3", "{'': {}, 'org.bluez.Network1': {}}");
  fake_bluez_add (self->fake, FAKE_HCI "/fd0", "{'org.bluez.MediaTransport1': {}}");
  fake_bluez_add (self->fake, FAKE_HCI "/dev_4", "{'org.bluez.Battery1': {}}");
  fixture_sync (self);
  g_assert_cmpuint (g_list_model_get_n_items (holdfast_client_get_devices (self->client)), ==, 1);
  g_assert_cmpuint (g_list_model_get_n_items (holdfast_client_get_adapters (self->client)), ==, 2);
  read_everything (self);
}

static void
test_unknown (Fixture *self, gconstpointer data)
{
  const char *const paths[] = { "/", "/nobody", FAKE_DEVICE, FAKE_HCI1 };

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++) {
    for (guint k = 0; k < G_N_ELEMENTS (interfaces); k++) {
      g_autofree char *names
          = g_strdup_printf ("(objectpath '%s', ['%s'])", paths[i], interfaces[k]);
      g_autoptr (GVariant) removed = g_variant_parse (NULL, names, NULL, NULL, NULL);

      fake_bluez_change (self->fake, paths[i], interfaces[k], "{'RSSI': <int16 -5>}");
      fake_bluez_invalidate (self->fake, paths[i], interfaces[k], "RSSI");
      fake_bluez_emit (
          self->fake, "/", "org.freedesktop.DBus.ObjectManager", "InterfacesRemoved", removed);
    }
    fake_bluez_emit (self->fake,
                     paths[i],
                     "org.bluez.Device1",
                     "Disconnected",
                     g_variant_new ("(ss)", "reason", "message"));
  }
  fixture_sync (self);
  g_assert_cmpstr (self->log->str, ==, "");
  g_assert_cmpuint (g_list_model_get_n_items (holdfast_client_get_adapters (self->client)), ==, 1);
}

static void
test_signals (Fixture *self, gconstpointer data)
{
  static const char *const arguments[] = {
    "()",
    "('text',)",
    "(1, 2)",
    "(objectpath '/', 'text')",
    "(objectpath '/', {'org.bluez.Device1': 'text'})",
    "('org.bluez.Device1', {'RSSI': 5}, @as [])",
    "('org.bluez.Device1', {'RSSI': <5>})",
    "('org.bluez', 'a')",
    "('org.bluez', 1, 2)",
  };
  static const char *const names[][3] = {
    { "/",                     "org.freedesktop.DBus.ObjectManager", "InterfacesAdded"   },
    { "/",                     "org.freedesktop.DBus.ObjectManager", "InterfacesRemoved" },
    { FAKE_DEVICE,             "org.freedesktop.DBus.Properties",    "PropertiesChanged" },
    { FAKE_DEVICE,             "org.bluez.Device1",                  "Disconnected"      },
    { "/org/freedesktop/DBus", "org.freedesktop.DBus",               "NameOwnerChanged"  },
  };

  fake_bluez_add (self->fake, FAKE_DEVICE, FAKE_HEADSET);
  fixture_sync (self);
  for (guint n = 0; n < G_N_ELEMENTS (names); n++) {
    for (guint i = 0; i < G_N_ELEMENTS (arguments); i++) {
      g_autoptr (GError) error = NULL;
      g_autoptr (GVariant) parameters = g_variant_parse (NULL, arguments[i], NULL, NULL, &error);

      g_assert_no_error (error);
      fake_bluez_emit (self->fake, names[n][0], names[n][1], names[n][2], parameters);
    }
  }
  fixture_sync (self);
  g_assert_cmpint (
      holdfast_client_get_service_state (self->client), ==, HOLDFAST_SERVICE_STATE_PRESENT);
  g_assert_cmpstr (
      holdfast_device_get_name (fixture_get_device (self, FAKE_DEVICE)), ==, "WH-1000XM4");
}

static void
test_strings (Fixture *self, gconstpointer data)
{
  const gsize length = 8 * 1024 * 1024;
  g_autofree char *huge = g_malloc (length + 1);
  GVariantBuilder uuids = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_STRING_ARRAY);
  GVariantDict dict = G_VARIANT_DICT_INIT (NULL);
  const char *none[] = { NULL };
  HoldfastDevice *device;

  memset (huge, '%', length);
  huge[length] = '\0';
  for (guint i = 0; i < 50000; i++)
    g_variant_builder_add (&uuids, "s", "%n%s");
  g_variant_dict_insert (&dict, "Name", "s", huge);
  g_variant_dict_insert (&dict, "Modalias", "s", huge);
  g_variant_dict_insert (&dict, "Address", "s", "\xe2\x80\xae<b>&\n\x1b[31m");
  g_variant_dict_insert_value (&dict, "UUIDs", g_variant_builder_end (&uuids));

  fake_bluez_add (self->fake, FAKE_DEVICE, FAKE_HEADSET);
  fake_bluez_emit (
      self->fake,
      FAKE_DEVICE,
      "org.freedesktop.DBus.Properties",
      "PropertiesChanged",
      g_variant_new ("(s@a{sv}^as)", "org.bluez.Device1", g_variant_dict_end (&dict), none));
  fixture_sync (self);
  device = fixture_get_device (self, FAKE_DEVICE);
  g_assert_cmpuint (strlen (holdfast_device_get_name (device)), ==, length);
  g_assert_cmpuint (g_strv_length ((GStrv) holdfast_device_get_uuids (device)), ==, 50000);
  g_string_truncate (self->log, 0);
}

static void
test_wrong_reply (Fixture *self, gconstpointer data)
{
  static const char xml[] = "<node><interface name='org.freedesktop.DBus.ObjectManager'>"
                            "<method name='GetManagedObjects'>"
                            "<arg name='objects' type='s' direction='out'/></method>"
                            "</interface></node>";
  g_autoptr (GDBusNodeInfo) info = g_dbus_node_info_new_for_xml (xml, NULL);
  g_autoptr (GDBusConnection) server = NULL;
  g_autoptr (GDBusConnection) connection = holdfast_test_new_connection_pair (&server);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) answer = NULL;
  g_autoptr (GError) error = NULL;
  HoldfastClient *client;
  guint registered = fake_bluez_register_text (server, info->interfaces[0]);

  g_dbus_connection_start_message_processing (server);
  holdfast_client_new_async (connection, NULL, NULL, holdfast_test_result_cb, &result);
  answer = holdfast_test_wait_result (&result, "the client");
  client = holdfast_client_new_finish (answer, &error);
  g_assert_no_error (error);
  g_assert_cmpint (holdfast_client_get_service_state (client), ==, HOLDFAST_SERVICE_STATE_ABSENT);
  g_clear_object (&answer);
  holdfast_test_assert_finalize (client);
  g_dbus_connection_unregister_object (server, registered);
}

static gboolean
is_empty (gpointer model)
{
  return g_list_model_get_n_items (model) == 0;
}

static void
test_thousands (Fixture *self, gconstpointer data)
{
  const guint n = holdfast_test_is_long () ? 10000 : 1000;
  GListModel *devices = holdfast_client_get_devices (self->client);
  g_autoptr (GRand) rand = g_rand_new_with_seed (SEED);
  g_autoptr (GAsyncResult) result = NULL;
  gint64 began = g_get_monotonic_time ();
  gint64 again;

  holdfast_client_start_discovery_async (
      self->client, HOLDFAST_TRANSPORT_AUTO, TRUE, NULL, holdfast_test_result_cb, &result);
  fixture_finish (self, &result, "discovery to start");

  for (guint i = 0; i < n; i++) {
    g_autofree char *path = g_strdup_printf (FAKE_HCI "/dev_%u", i);

    fake_bluez_add (self->fake, path, FAKE_HEADSET);
    if (i % 500 == 0)
      fixture_sync (self);
  }
  fixture_sync (self);
  g_assert_cmpuint (g_list_model_get_n_items (devices), ==, n);

  /* They talk, go and come back in any order. */
  for (guint i = 0; i < 2 * n; i++) {
    g_autofree char *path
        = g_strdup_printf (FAKE_HCI "/dev_%u", g_rand_int_range (rand, 0, (int) n));

    switch (g_rand_int_range (rand, 0, 3)) {
    case 0:
      fake_bluez_change (self->fake, path, "org.bluez.Device1", "{'RSSI': <int16 -60>}");
      break;
    case 1:
      fake_bluez_remove (self->fake, path);
      G_GNUC_FALLTHROUGH;
    default:
      fake_bluez_add (self->fake, path, FAKE_HEADSET);
    }
    if (i % 500 == 0)
      fixture_sync (self);
  }
  fixture_sync (self);

  /* A client that comes now gets them all in one answer. */
  g_string_truncate (self->log, 0);
  holdfast_test_assert_finalize (g_steal_pointer (&self->client));
  again = g_get_monotonic_time ();
  fixture_new_client (self);
  again = g_get_monotonic_time () - again;
  devices = holdfast_client_get_devices (self->client);
  g_assert_cmpuint (g_list_model_get_n_items (devices), ==, n);

  fake_bluez_remove (self->fake, FAKE_HCI);
  for (guint i = 0; i < n; i++) {
    g_autofree char *path = g_strdup_printf (FAKE_HCI "/dev_%u", i);

    fake_bluez_remove (self->fake, path);
    if (i % 500 == 0)
      fixture_sync (self);
  }
  fixture_sync (self);
  holdfast_test_wait (is_empty, devices, HOLDFAST_TEST_DEADLINE_MS, "the list to empty");
  g_test_message ("%u devices: %.1f s, a new client of them %.2f s",
                  n,
                  (double) (g_get_monotonic_time () - began) / G_USEC_PER_SEC,
                  (double) again / G_USEC_PER_SEC);
}

/* A person who closes the window from inside a signal. */
static void
drop_cb (Fixture *self)
{
  g_clear_object (&self->client);
}

static void
test_dropped (Fixture *self, gconstpointer data)
{
  static const char *const names[] = {
    "sighted", "device-changed", "device-removed", "notify::adapter", "notify::service-state",
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autoptr (GAsyncResult) result = NULL;
    g_autoptr (GAsyncResult) done = NULL;

    fake_bluez_add (self->fake, FAKE_HCI, FAKE_ADAPTER);
    fake_bluez_add (self->fake, FAKE_DEVICE, FAKE_HEADSET);
    fixture_new_client (self);
    holdfast_client_start_discovery_async (
        self->client, HOLDFAST_TRANSPORT_AUTO, FALSE, NULL, holdfast_test_result_cb, &result);
    done = holdfast_test_wait_result (&result, "discovery to start");
    g_clear_object (&done);
    g_signal_connect_swapped (self->client, names[i], G_CALLBACK (drop_cb), self);
    fake_bluez_change (self->fake, FAKE_DEVICE, "org.bluez.Device1", "{'RSSI': <int16 -50>}");
    fake_bluez_remove (self->fake, FAKE_DEVICE);
    fake_bluez_remove (self->fake, FAKE_HCI);
    fake_bluez_emit_owner (self->fake, ":1.1", "");
    fixture_sync (self);
    g_assert_null (self->client);
    g_string_truncate (self->log, 0);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define add(path, set_up, test) g_test_add (path, Fixture, NULL, set_up, test, fixture_tear_down)
  add ("/bluez/hostile/types", fixture_set_up_client, test_types);
  add ("/bluez/hostile/typed-objects", fixture_set_up, test_typed_objects);
  add ("/bluez/hostile/empty", fixture_set_up_client, test_empty);
  add ("/bluez/hostile/unknown", fixture_set_up_client, test_unknown);
  add ("/bluez/hostile/signals", fixture_set_up_client, test_signals);
  add ("/bluez/hostile/strings", fixture_set_up_client, test_strings);
  add ("/bluez/hostile/wrong-reply", fixture_set_up, test_wrong_reply);
  add ("/bluez/hostile/thousands", fixture_set_up_client, test_thousands);
  add ("/bluez/hostile/dropped", fixture_set_up, test_dropped);
#undef add

  return g_test_run ();
}
