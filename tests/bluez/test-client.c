/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client-fixture.h"
#include "holdfast-test.h"

#define CLASSIC "'Class': <uint32 0x240404>"

static void
start_discovery (Fixture *self)
{
  g_autoptr (GAsyncResult) result = NULL;

  holdfast_client_start_discovery_async (
      self->client, HOLDFAST_TRANSPORT_BREDR, FALSE, NULL, holdfast_test_result_cb, &result);
  fixture_finish (self, &result, "discovery to start");
}

static void
stop_discovery (Fixture *self)
{
  g_autoptr (GAsyncResult) result = NULL;

  holdfast_client_stop_discovery_async (self->client, NULL, holdfast_test_result_cb, &result);
  fixture_finish (self, &result, "discovery to stop");
}

#define assert_log(self, expected)                                                                 \
  do {                                                                                             \
    fixture_sync (self);                                                                           \
    g_assert_cmpstr ((self)->log->str, ==, expected);                                              \
    g_string_truncate ((self)->log, 0);                                                            \
  } while (0)

static void
test_adapter (Fixture *self, gconstpointer data)
{
  HoldfastAdapter *adapter = holdfast_client_get_adapter (self->client);

  g_assert_cmpint (
      holdfast_client_get_service_state (self->client), ==, HOLDFAST_SERVICE_STATE_PRESENT);
  g_assert_nonnull (adapter);
  g_assert_cmpstr (holdfast_adapter_get_path (adapter), ==, FAKE_HCI);
  g_assert_cmpstr (holdfast_adapter_get_hci (adapter), ==, "hci0");
  g_assert_cmpstr (holdfast_adapter_get_address (adapter), ==, "00:1A:7D:DA:71:13");
  g_assert_cmpstr (holdfast_adapter_get_alias (adapter), ==, "computer");
  g_assert_cmpint (holdfast_adapter_get_power (adapter), ==, HOLDFAST_POWER_ON);
  g_assert_false (holdfast_adapter_get_discovering (adapter));
  g_assert_true (holdfast_adapter_get_has_sound (adapter));
}

static void
count_cb (GObject *object, GParamSpec *pspec, guint *count)
{
  (*count)++;
}

static void
test_power (Fixture *self, gconstpointer data)
{
  static const struct {
    const char *change;
    HoldfastPower power;
  } steps[] = {
    { "{'PowerState': <'on-disabling'>}",            HOLDFAST_POWER_CHANGING },
    { "{'Powered': <false>, 'PowerState': <'off'>}", HOLDFAST_POWER_OFF      },
    { "{'PowerState': <'off-blocked'>}",             HOLDFAST_POWER_BLOCKED  },
    { "{'PowerState': <'off-enabling'>}",            HOLDFAST_POWER_CHANGING },
    { "{'PowerState': <'word of a later BlueZ'>}",   HOLDFAST_POWER_OFF      },
    { "{'Powered': <true>}",                         HOLDFAST_POWER_ON       },
  };
  HoldfastAdapter *adapter = holdfast_client_get_adapter (self->client);
  guint count = 0;
  gulong handler = g_signal_connect (adapter, "notify::power", G_CALLBACK (count_cb), &count);

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++) {
    fake_bluez_change (self->fake, FAKE_HCI, "org.bluez.Adapter1", steps[i].change);
    fixture_sync (self);
    g_assert_cmpint (holdfast_adapter_get_power (adapter), ==, steps[i].power);
    g_assert_cmpuint (count, ==, i + 1);
  }
  g_signal_handler_disconnect (adapter, handler);

  /* Before 5.73 there is only Powered. */
  fake_bluez_invalidate (self->fake, FAKE_HCI, "org.bluez.Adapter1", "PowerState");
  fake_bluez_change (self->fake, FAKE_HCI, "org.bluez.Adapter1", "{'Powered': <false>}");
  fixture_sync (self);
  g_assert_cmpint (holdfast_adapter_get_power (adapter), ==, HOLDFAST_POWER_OFF);
}

static void
test_device (Fixture *self, gconstpointer data)
{
  HoldfastDevice *device;
  guint16 vendor, product;
  gint16 rssi;

  fake_bluez_add (self->fake, FAKE_DEVICE, FAKE_HEADSET);
  fixture_sync (self);
  device = fixture_get_device (self, FAKE_DEVICE);

  g_assert_cmpuint (holdfast_device_get_id (device), !=, 0);
  g_assert_cmpstr (holdfast_device_get_address (device), ==, "38:18:4C:00:00:42");
  g_assert_true (holdfast_device_get_address_public (device));
  g_assert_cmpstr (holdfast_device_get_name (device), ==, "WH-1000XM4");
  g_assert_cmphex (holdfast_device_get_class (device), ==, 0x240404);
  g_assert_false (holdfast_device_get_rssi (device, &rssi));
  g_assert_cmpstr (holdfast_device_get_uuids (device)[0], ==, HOLDFAST_UUID_A2DP_SINK);
  g_assert_null (holdfast_device_get_uuids (device)[1]);
  g_assert_cmpint (holdfast_device_get_fast_pair_bytes (device), ==, -1);
  g_assert_cmpint (holdfast_device_get_advertising_flags (device), ==, -1);
  g_assert_false (holdfast_device_get_pnp (device, &vendor, &product));
  g_assert_true (holdfast_device_get_bonded (device));
  g_assert_cmpint (holdfast_device_get_battery_percent (device), ==, -1);
  g_assert_cmpint (holdfast_device_get_codec (device), ==, -1);

  fake_bluez_change (self->fake,
                     FAKE_DEVICE,
                     "org.bluez.Device1",
                     "{'RSSI': <int16 -48>, 'Modalias': <'bluetooth:v054Cp0d58d0452'>, "
                     "'ServiceData': <{'0000FE2C-0000-1000-8000-00805F9B34FB': <[byte 1, 2, 3]>}>, "
                     "'AdvertisingFlags': <[byte 6]>, 'AddressType': <'random'>, "
                     "'Paired': <true>, 'Bonded': <false>, 'Trusted': <true>, 'Blocked': <true>, "
                     "'Connected': <true>, 'ServicesResolved': <true>, 'LegacyPairing': <true>, "
                     "'Name': <'LE_WH-1000XM4'>, 'Class': <uint32 0x240418>}");
  assert_log (self, "changed(LE_WH-1000XM4) ");
  g_assert_true (holdfast_device_get_rssi (device, &rssi));
  g_assert_cmpint (rssi, ==, -48);
  g_assert_true (holdfast_device_get_pnp (device, &vendor, &product));
  g_assert_cmphex (vendor, ==, 0x054c);
  g_assert_cmphex (product, ==, 0x0d58);
  g_assert_cmpint (holdfast_device_get_fast_pair_bytes (device), ==, 3);
  g_assert_cmpint (holdfast_device_get_advertising_flags (device), ==, 6);
  g_assert_false (holdfast_device_get_address_public (device));
  g_assert_true (holdfast_device_get_paired (device));
  g_assert_false (holdfast_device_get_bonded (device));
  g_assert_true (holdfast_device_get_trusted (device));
  g_assert_true (holdfast_device_get_blocked (device));
  g_assert_true (holdfast_device_get_connected (device));
  g_assert_true (holdfast_device_get_services_resolved (device));
  g_assert_true (holdfast_device_get_legacy_pairing (device));
  g_assert_cmphex (holdfast_device_get_class (device), ==, 0x240418);

  /* The same again is no change. */
  fake_bluez_change (self->fake, FAKE_DEVICE, "org.bluez.Device1", "{'Paired': <true>}");
  assert_log (self, "");
  fake_bluez_change (
      self->fake, FAKE_DEVICE, "org.bluez.Device1", "{'Modalias': <'usb:v12D1pAbCdd0001'>}");
  fake_bluez_invalidate (self->fake, FAKE_DEVICE, "org.bluez.Device1", "RSSI");
  assert_log (self, "changed(LE_WH-1000XM4) changed(LE_WH-1000XM4) ");
  g_assert_true (holdfast_device_get_pnp (device, &vendor, &product));
  g_assert_cmphex (product, ==, 0xabcd);
  g_assert_false (holdfast_device_get_rssi (device, &rssi));
}

static void
test_below (Fixture *self, gconstpointer data)
{
  HoldfastDevice *device;

  /* A client that comes later gets the transport before the device, for all it knows. */
  fake_bluez_add (self->fake,
                  FAKE_DEVICE "/sep1/fd0",
                  "{'org.bluez.MediaTransport1': {'Device': <objectpath '" FAKE_DEVICE "'>, "
                  "'UUID': <'0000110A-0000-1000-8000-00805f9b34fb'>, 'Codec': <byte 2>}}");
  fake_bluez_add (self->fake, FAKE_DEVICE, FAKE_HEADSET);
  fixture_new_client (self);
  device = fixture_get_device (self, FAKE_DEVICE);
  g_assert_true (holdfast_device_get_transport (device));
  g_assert_cmpint (holdfast_device_get_codec (device), ==, 2);

  fake_bluez_change (
      self->fake, FAKE_DEVICE "/sep1/fd0", "org.bluez.MediaTransport1", "{'Codec': <byte 255>}");
  assert_log (self, "changed(WH-1000XM4) ");
  g_assert_cmpint (holdfast_device_get_codec (device), ==, 255);
  fake_bluez_change (
      self->fake, FAKE_DEVICE "/sep1/fd0", "org.bluez.MediaTransport1", "{'State': <'active'>}");
  assert_log (self, "");

  fake_bluez_remove (self->fake, FAKE_DEVICE "/sep1/fd0");
  assert_log (self, "changed(WH-1000XM4) ");
  g_assert_false (holdfast_device_get_transport (device));
  g_assert_cmpint (holdfast_device_get_codec (device), ==, -1);

  /* A call is not music; a transport of nobody is nobody's. */
  fake_bluez_add (self->fake,
                  FAKE_DEVICE "/fd1",
                  "{'org.bluez.MediaTransport1': {'Device': <objectpath '" FAKE_DEVICE "'>, "
                  "'UUID': <'0000111e-0000-1000-8000-00805f9b34fb'>, 'Codec': <byte 2>}}");
  fake_bluez_add (self->fake,
                  FAKE_DEVICE "/fd2",
                  "{'org.bluez.MediaTransport1': {'Device': <objectpath '/nobody'>, "
                  "'UUID': <'0000110a-0000-1000-8000-00805f9b34fb'>, 'Codec': <byte 2>}}");
  assert_log (self, "");
  g_assert_false (holdfast_device_get_transport (device));

  fake_bluez_emit (self->fake,
                   "/",
                   "org.freedesktop.DBus.ObjectManager",
                   "InterfacesAdded",
                   g_variant_new_parsed ("(%o, {'org.bluez.Battery1': "
                                         "{'Percentage': <byte 70>}})",
                                         FAKE_DEVICE));
  assert_log (self, "changed(WH-1000XM4) ");
  g_assert_cmpint (holdfast_device_get_battery_percent (device), ==, 70);
  fake_bluez_change (self->fake, FAKE_DEVICE, "org.bluez.Battery1", "{'Percentage': <byte 60>}");
  assert_log (self, "changed(WH-1000XM4) ");
  g_assert_cmpint (holdfast_device_get_battery_percent (device), ==, 60);
  fake_bluez_emit (self->fake,
                   "/",
                   "org.freedesktop.DBus.ObjectManager",
                   "InterfacesRemoved",
                   g_variant_new_parsed ("(%o, ['org.bluez.Battery1'])", FAKE_DEVICE));
  assert_log (self, "changed(WH-1000XM4) ");
  g_assert_cmpint (holdfast_device_get_battery_percent (device), ==, -1);
}

static void
test_sighted (Fixture *self, gconstpointer data)
{
  /* Remembered by BlueZ, seen by nobody. */
  fake_bluez_add (self->fake, FAKE_DEVICE, FAKE_HEADSET);
  assert_log (self, "");
  start_discovery (self);
  assert_log (self, "");
  fake_bluez_change (self->fake, FAKE_DEVICE, "org.bluez.Device1", "{'Trusted': <true>}");
  assert_log (self, "changed(WH-1000XM4) ");

  /* Heard. Then whatever changes may change what it is; the same strength again is a packet too. */
  fake_bluez_change (self->fake, FAKE_DEVICE, "org.bluez.Device1", "{'RSSI': <int16 -50>}");
  assert_log (self, "changed(WH-1000XM4) sighted(WH-1000XM4) ");
  fake_bluez_change (self->fake, FAKE_DEVICE, "org.bluez.Device1", "{'RSSI': <int16 -50>}");
  assert_log (self, "sighted(WH-1000XM4) ");
  fake_bluez_change (self->fake, FAKE_DEVICE, "org.bluez.Device1", "{'Name': <'Late'>}");
  assert_log (self, "changed(Late) sighted(Late) ");

  /* New ones are sighted as they appear. */
  fake_bluez_add (self->fake,
                  FAKE_HCI "/dev_1",
                  "{'org.bluez.Device1': {'Name': <'New'>, " CLASSIC ", 'RSSI': <int16 -70>}}");
  assert_log (self, "sighted(New) ");

  /* Not of another adapter. */
  fake_bluez_add (self->fake,
                  FAKE_HCI1 "/dev_1",
                  "{'org.bluez.Device1': {'Name': <'Far'>, " CLASSIC ", 'RSSI': <int16 -70>}}");
  assert_log (self, "");

  stop_discovery (self);
  fake_bluez_change (self->fake, FAKE_DEVICE, "org.bluez.Device1", "{'RSSI': <int16 -40>}");
  fake_bluez_invalidate (self->fake, FAKE_DEVICE, "org.bluez.Device1", "RSSI");
  assert_log (self, "changed(Late) changed(Late) ");

  /* The next discovery begins anew. */
  fake_bluez_invalidate (self->fake, FAKE_HCI "/dev_1", "org.bluez.Device1", "RSSI");
  assert_log (self, "changed(New) ");
  start_discovery (self);
  assert_log (self, "");
}

static void
test_sighted_by_others (Fixture *self, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;

  /* Another program searches already: what it found, BlueZ will not announce a second time. */
  fake_bluez_add (self->fake,
                  FAKE_HCI "/dev_1",
                  "{'org.bluez.Device1': {'Name': <'Before'>, 'RSSI': <int16 -70>}}");
  fake_bluez_add (self->fake, FAKE_DEVICE, FAKE_HEADSET);
  assert_log (self, "");

  fake_bluez_answer (self->fake, "StartDiscovery", FAKE_HOLD, NULL);
  holdfast_client_start_discovery_async (
      self->client, HOLDFAST_TRANSPORT_AUTO, FALSE, NULL, holdfast_test_result_cb, &result);
  while (!g_str_has_suffix (fake_bluez_get_log (self->fake), "StartDiscovery "))
    fixture_sync (self);
  fake_bluez_add (self->fake, FAKE_HCI "/dev_2", "{'org.bluez.Device1': {'Name': <'During'>}}");
  assert_log (self, "");
  fake_bluez_answer (self->fake, "StartDiscovery", NULL, NULL);
  fake_bluez_let_go (self->fake);
  fixture_finish (self, &result, "discovery to start");
  fixture_sync (self);
  g_assert_nonnull (strstr (self->log->str, "sighted(Before) "));
  g_assert_nonnull (strstr (self->log->str, "sighted(During) "));
  g_assert_null (strstr (self->log->str, "WH-1000XM4"));
}

static void
test_discovery_lost (Fixture *self, gconstpointer data)
{
  start_discovery (self);
  fake_bluez_change (
      self->fake, FAKE_HCI, "org.bluez.Adapter1", "{'Powered': <false>, 'PowerState': <'off'>}");
  fixture_sync (self);
  fake_bluez_change (
      self->fake, FAKE_HCI, "org.bluez.Adapter1", "{'Powered': <true>, 'PowerState': <'on'>}");
  /* Cached devices come back with the power; our discovery does not. */
  fake_bluez_add (self->fake, FAKE_DEVICE, FAKE_HEADSET);
  assert_log (self, "");
  fake_bluez_answer (self->fake, "StopDiscovery", "org.bluez.Error.Failed", "No discovery started");
  stop_discovery (self);
}

typedef struct {
  guint n;
  guint position, removed, added;
} Changes;

static void
items_changed_cb (GListModel *model, guint position, guint removed, guint added, Changes *changes)
{
  *changes = (Changes) { changes->n + 1, position, removed, added };
}

static gboolean
is_empty (gpointer model)
{
  return g_list_model_get_n_items (model) == 0;
}

static gboolean
has_two (gpointer model)
{
  return g_list_model_get_n_items (model) == 2;
}

static void
test_removal (Fixture *self, gconstpointer data)
{
  GListModel *devices = holdfast_client_get_devices (self->client);
  Changes changes = { 0 };
  guint id;

  g_signal_connect (devices, "items-changed", G_CALLBACK (items_changed_cb), &changes);
  for (guint i = 0; i < 5; i++) {
    g_autofree char *path = g_strdup_printf (FAKE_HCI "/dev_%u", i);
    g_autofree char *text = g_strdup_printf ("{'org.bluez.Device1': {'Name': <'%u'>}}", i);

    fake_bluez_add (self->fake, path, text);
  }
  fixture_sync (self);
  g_assert_cmpuint (changes.n, ==, 5);
  g_assert_cmpuint (g_list_model_get_n_items (devices), ==, 5);
  id = holdfast_device_get_id (fixture_get_device (self, FAKE_HCI "/dev_1"));

  fake_bluez_remove (self->fake, FAKE_HCI "/dev_1");
  fake_bluez_remove (self->fake, FAKE_HCI "/dev_3");
  fake_bluez_remove (self->fake, FAKE_HCI "/dev_4");
  fixture_sync (self);
  g_assert_cmpstr (self->log->str, ==, "removed(1) removed(3) removed(4) ");
  g_assert_null (holdfast_client_find_device (self->client, id));
  holdfast_test_wait (has_two, devices, HOLDFAST_TEST_DEADLINE_MS, "the list to shrink");
  g_assert_cmpuint (changes.n, ==, 6);
  g_assert_cmpuint (changes.position, ==, 1);
  g_assert_cmpuint (changes.removed, ==, 4);
  g_assert_cmpuint (changes.added, ==, 1);

  /* Back again is somebody new. */
  fake_bluez_add (self->fake, FAKE_HCI "/dev_1", "{'org.bluez.Device1': {'Name': <'1'>}}");
  fixture_sync (self);
  g_assert_cmpuint (holdfast_device_get_id (fixture_get_device (self, FAKE_HCI "/dev_1")), !=, id);

  fake_bluez_remove (self->fake, FAKE_HCI);
  holdfast_test_wait (is_empty, devices, HOLDFAST_TEST_DEADLINE_MS, "the list to empty");
  g_assert_null (holdfast_client_get_adapter (self->client));
}

static void
test_adapters (Fixture *self, gconstpointer data)
{
  GListModel *devices = holdfast_client_get_devices (self->client);
  guint count = 0;

  g_signal_connect (self->client, "notify::adapter", G_CALLBACK (count_cb), &count);
#define assert_adapter(name)                                                                       \
  do {                                                                                             \
    fixture_sync (self);                                                                           \
    g_assert_cmpstr (                                                                              \
        holdfast_adapter_get_hci (holdfast_client_get_adapter (self->client)), ==, name);          \
  } while (0)

  fake_bluez_add (self->fake, FAKE_DEVICE, FAKE_HEADSET);
  fake_bluez_add (self->fake,
                  FAKE_HCI1,
                  "{'org.bluez.Adapter1': {'Address': <'00:00:00:00:00:01'>, 'Powered': <true>}}");
  fake_bluez_add (self->fake, FAKE_HCI1 "/dev_1", "{'org.bluez.Device1': {'Name': <'One'>}}");
  assert_adapter ("hci0"); /* among equals the one in use stays */
  g_assert_cmpuint (g_list_model_get_n_items (devices), ==, 1);
  g_assert_cmpuint (count, ==, 0);

  start_discovery (self);
  fake_bluez_clear_log (self->fake);
  holdfast_client_restrict_to_adapter (self->client, "00:00:00:00:00:01");
  assert_adapter ("hci1");
  g_assert_cmpuint (count, ==, 1);
  g_assert_cmpstr (fake_bluez_get_log (self->fake), ==, "StopDiscovery ");
  g_assert_cmpuint (g_list_model_get_n_items (devices), ==, 1);
  g_assert_cmpstr (
      holdfast_device_get_name (fixture_get_device (self, FAKE_HCI1 "/dev_1")), ==, "One");

  /* The only one stays in use when off; where any will do a powered one is better. */
  fake_bluez_change (self->fake, FAKE_HCI1, "org.bluez.Adapter1", "{'Powered': <false>}");
  assert_adapter ("hci1");
  holdfast_client_restrict_to_adapter (self->client, NULL);
  assert_adapter ("hci0");
  fake_bluez_change (self->fake, FAKE_HCI, "org.bluez.Adapter1", "{'PowerState': <'off-blocked'>}");
  assert_adapter ("hci1");

  fake_bluez_remove (self->fake, FAKE_HCI1);
  assert_adapter ("hci0");
  fake_bluez_add (self->fake,
                  FAKE_HCI1,
                  "{'org.bluez.Adapter1': {'Address': <'00:00:00:00:00:01'>, 'Powered': <true>}}");
  assert_adapter ("hci1");
  fake_bluez_remove (self->fake, FAKE_HCI);
  assert_adapter ("hci1");
  g_assert_cmpuint (g_list_model_get_n_items (holdfast_client_get_adapters (self->client)), ==, 1);
  fake_bluez_remove (self->fake, FAKE_HCI1);
  fixture_sync (self);
  g_assert_null (holdfast_client_get_adapter (self->client));
  g_assert_cmpuint (g_list_model_get_n_items (devices), ==, 0);

  /* Plugged in again. */
  fake_bluez_add (self->fake, FAKE_HCI1, FAKE_ADAPTER);
  assert_adapter ("hci1");
#undef assert_adapter
}

static void
assert_only (Fixture *self, const char *hci, gboolean lost)
{
  HoldfastAdapter *adapter;

  fixture_sync (self);
  adapter = holdfast_client_get_adapter (self->client);
  g_assert_cmpstr (adapter ? holdfast_adapter_get_hci (adapter) : NULL, ==, hci);
  g_assert_cmpint (holdfast_client_has_lost_adapter (self->client), ==, lost);
}

/* The one that was asked for, and never another in its place. */
static void
test_only_adapter (Fixture *self, gconstpointer data)
{
  static const char ours[]
      = "{'org.bluez.Adapter1': {'Address': <'00:00:00:00:00:01'>, 'Powered': <true>}}";
  static const char other[]
      = "{'org.bluez.Adapter1': {'Address': <'00:00:00:00:00:02'>, 'Powered': <true>}}";

  holdfast_client_restrict_to_adapter (self->client, "hci1");
  assert_only (self, NULL, FALSE); /* it was never there */
  fake_bluez_add (self->fake, FAKE_HCI1, ours);
  assert_only (self, "hci1", FALSE);
  start_discovery (self);

  /* Pulled out; and another one gets its number. */
  fake_bluez_remove (self->fake, FAKE_HCI1);
  assert_only (self, NULL, TRUE);
  g_assert_cmpuint (g_list_model_get_n_items (holdfast_client_get_devices (self->client)), ==, 0);
  fake_bluez_add (self->fake, FAKE_HCI1, other);
  assert_only (self, NULL, TRUE);
  fake_bluez_remove (self->fake, FAKE_HCI);
  assert_only (self, NULL, TRUE);

  /* Plugged in again, wherever. */
  fake_bluez_add (self->fake, FAKE_HCI, ours);
  assert_only (self, "hci0", FALSE);
  fake_bluez_remove (self->fake, FAKE_HCI);
  assert_only (self, NULL, TRUE);
  holdfast_client_restrict_to_adapter (self->client, NULL);
  assert_only (self, "hci1", FALSE);
}

static void
test_disconnected (Fixture *self, gconstpointer data)
{
  fake_bluez_add (self->fake, FAKE_DEVICE, FAKE_HEADSET);
  fake_bluez_emit (self->fake,
                   FAKE_DEVICE,
                   "org.bluez.Device1",
                   "Disconnected",
                   g_variant_new ("(ss)", "org.bluez.Reason.Timeout", "Connection timeout"));
  assert_log (self, "disconnected(WH-1000XM4,org.bluez.Reason.Timeout) ");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define add(path, set_up, test) g_test_add (path, Fixture, NULL, set_up, test, fixture_tear_down)
  add ("/bluez/client/adapter", fixture_set_up_client, test_adapter);
  add ("/bluez/client/power", fixture_set_up_client, test_power);
  add ("/bluez/client/device", fixture_set_up_client, test_device);
  add ("/bluez/client/below", fixture_set_up, test_below);
  add ("/bluez/client/sighted", fixture_set_up_client, test_sighted);
  add ("/bluez/client/sighted-by-others", fixture_set_up_client, test_sighted_by_others);
  add ("/bluez/client/discovery-lost", fixture_set_up_client, test_discovery_lost);
  add ("/bluez/client/removal", fixture_set_up_client, test_removal);
  add ("/bluez/client/adapters", fixture_set_up_client, test_adapters);
  add ("/bluez/client/only-adapter", fixture_set_up_client, test_only_adapter);
  add ("/bluez/client/disconnected", fixture_set_up_client, test_disconnected);
#undef add

  return g_test_run ();
}
