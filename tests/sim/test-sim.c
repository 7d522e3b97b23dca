/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "bluez-generated.h"
#include "catalogue.h"
#include "wire-log.h"

/* What goes over the wire, as text to be read like code: tests/sim/golden. With
 * HOLDFAST_TEST_GOLDEN=write the files are written instead of compared. */

#define ADAPTER "/org/bluez/hci0"
#define SINK "0000110b-0000-1000-8000-00805f9b34fb"

static HoldfastCatalogue *catalogue;

static WireLog *
new_log (HoldfastSimFaults faults)
{
  return wire_log_new (holdfast_catalogue_find (catalogue, "wh-1000xm4"), faults);
}

static void
assert_golden (WireLog *log, const char *name)
{
  g_autofree char *text = wire_log_steal (log);
  g_autofree char *file = g_strconcat (name, ".txt", NULL);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "sim", "golden", file, NULL);
  g_autofree char *wanted = NULL;
  g_autoptr (GError) error = NULL;

  if (g_strcmp0 (g_getenv ("HOLDFAST_TEST_GOLDEN"), "write") == 0)
    g_file_set_contents (path, text, -1, &error);
  else
    g_file_get_contents (path, &wanted, NULL, &error);
  g_assert_no_error (error);
  if (wanted != NULL && !g_str_equal (wanted, text)) {
    g_test_message ("got:\n%s", text);
    g_test_message ("wanted (%s):\n%s", path, wanted);
    g_test_fail_printf ("the log differs from %s", file);
  }
}

static void
call_adapter (WireLog *log, guint n, const char *method, GVariant *parameters)
{
  wire_log_call (log, n, ADAPTER, "org.bluez.Adapter1", method, parameters);
}

/* Never asked in the usual case, and needed all the same: see test_no_agent(). */
static void
add_agent (WireLog *log)
{
  wire_log_add_agent (log, "KeyboardDisplay", TRUE, "7777");
}

static void
pair (WireLog *log)
{
  wire_log_call_headset (log, 0, "Pair", NULL);
}

static void
connect_sink (WireLog *log)
{
  wire_log_call_headset (log, 0, "ConnectProfile", g_variant_new ("(s)", SINK));
}

static void
test_good (void)
{
  g_autoptr (WireLog) log = new_log (HOLDFAST_SIM_FAULT_NONE);

  add_agent (log);
  wire_log_find (log);
  pair (log);
  wire_log_run (log, 4000);
  wire_log_call_headset (log, 0, "Connect", NULL);
  wire_log_run (log, 4000);
  wire_log_call_headset (log, 0, "Disconnect", NULL);
  wire_log_run (log, 3000);
  assert_golden (log, "good");
}

static void
set_powered (WireLog *log)
{
  wire_log_call (
      log,
      0,
      ADAPTER,
      "org.freedesktop.DBus.Properties",
      "Set",
      g_variant_new ("(ssv)", "org.bluez.Adapter1", "Powered", g_variant_new_boolean (TRUE)));
}

/* What a person meets who goes on at once: find, pair, connect. */
static void
go_on (WireLog *log, HoldfastSimFaults fault)
{
  add_agent (log);
  if ((fault & (HOLDFAST_SIM_FAULT_OFF | HOLDFAST_SIM_FAULT_BLOCKED)) != 0) {
    wire_log_find (log);
    set_powered (log);
  }
  wire_log_find (log);
  for (guint try = 0; try < 2; try++) {
    pair (log);
    wire_log_run (log, fault == HOLDFAST_SIM_FAULT_NO_ANSWER ? 31000 : 11500);
    if (fault == HOLDFAST_SIM_FAULT_LE_FIRST)
      wire_log_call_headset (log, 0, "Connect", NULL);
    else
      connect_sink (log);
    wire_log_run (log, fault == HOLDFAST_SIM_FAULT_CONNECT_HANGS ? 46500 : 6000);
  }
}

static void
test_fault (gconstpointer data)
{
  const char *name = data;
  HoldfastSimFaults fault = holdfast_sim_fault_from_string (name);
  g_autofree char *file = g_strconcat ("fault-", name, NULL);
  g_autoptr (WireLog) log = new_log (fault);

  go_on (log, fault);
  assert_golden (log, file);
}

static void
count_cb (guint *count)
{
  ++*count;
}

/* A fault that begins while the world runs is the same one, and one that ends leaves nothing. */
static void
test_fault_while_running (gconstpointer data)
{
  HoldfastSimFaults fault = holdfast_sim_fault_from_string (data);
  g_autoptr (WireLog) at_start = new_log (fault);
  g_autoptr (WireLog) later = new_log (HOLDFAST_SIM_FAULT_NONE);
  g_autoptr (WireLog) ended = new_log (HOLDFAST_SIM_FAULT_NONE);
  g_autoptr (WireLog) never = new_log (HOLDFAST_SIM_FAULT_NONE);
  g_autofree char *wanted = NULL;
  g_autofree char *text = NULL;
  guint changes = 0;

  g_signal_connect_swapped (ended->sim, "faults-changed", G_CALLBACK (count_cb), &changes);
  holdfast_sim_set_fault (later->sim, fault, TRUE);
  wire_log_settle (later);
  wire_log_clear (later);
  go_on (at_start, fault);
  go_on (later, fault);
  wanted = wire_log_steal (at_start);
  text = wire_log_steal (later);
  g_assert_cmpstr (text, ==, wanted);
  g_clear_pointer (&wanted, g_free);
  g_clear_pointer (&text, g_free);

  holdfast_sim_set_fault (ended->sim, fault, TRUE);
  g_assert_cmpuint (holdfast_sim_get_faults (ended->sim), ==, fault);
  wire_log_settle (ended);
  holdfast_sim_set_fault (ended->sim, fault, FALSE);
  g_assert_cmpuint (holdfast_sim_get_faults (ended->sim), ==, HOLDFAST_SIM_FAULT_NONE);
  g_assert_cmpuint (changes, ==, 2);
  wire_log_settle (ended);
  wire_log_clear (ended);
  go_on (ended, HOLDFAST_SIM_FAULT_NONE);
  go_on (never, HOLDFAST_SIM_FAULT_NONE);
  wanted = wire_log_steal (never);
  text = wire_log_steal (ended);
  if (fault == HOLDFAST_SIM_FAULT_IGNORED)
    g_assert_nonnull (strstr (text, "InterfacesAdded HEADSET/sep1/fd0")); /* it stays known */
  else
    g_assert_cmpstr (text, ==, wanted);
}

/* What a person puts right is no fault any more, and what happens once is over afterwards. */
static void
test_fault_ends (void)
{
  g_autoptr (WireLog) off = new_log (HOLDFAST_SIM_FAULT_OFF | HOLDFAST_SIM_FAULT_WEAK);
  g_autoptr (WireLog) cable = new_log (HOLDFAST_SIM_FAULT_CABLE);
  g_autoptr (WireLog) once = new_log (HOLDFAST_SIM_FAULT_REJECT_ONCE);
  g_autofree char *text = NULL;

  set_powered (off);
  g_assert_cmpuint (holdfast_sim_get_faults (off->sim), ==, HOLDFAST_SIM_FAULT_WEAK);
  /* and beginning another does not switch it off again */
  holdfast_sim_set_fault (off->sim, HOLDFAST_SIM_FAULT_REFUSE, TRUE);
  wire_log_clear (off);
  wire_log_find (off);
  text = wire_log_steal (off);
  g_assert_nonnull (strstr (text, "reply StartDiscovery\n"));

  holdfast_virtual_headset_set_cable (holdfast_sim_get_headset (cable->sim), FALSE);
  g_assert_cmpuint (holdfast_sim_get_faults (cable->sim), ==, HOLDFAST_SIM_FAULT_NONE);

  wire_log_find (once);
  g_assert_cmpuint (holdfast_sim_get_faults (once->sim), ==, HOLDFAST_SIM_FAULT_REJECT_ONCE);
  pair (once);
  wire_log_run (once, 1000);
  g_assert_cmpuint (holdfast_sim_get_faults (once->sim), ==, HOLDFAST_SIM_FAULT_NONE);
}

static void
start (WireLog *log, guint n, const char *transport)
{
  GVariantDict filter;

  g_variant_dict_init (&filter, NULL);
  g_variant_dict_insert (&filter, "Transport", "s", transport);
  call_adapter (
      log, n, "SetDiscoveryFilter", g_variant_new ("(@a{sv})", g_variant_dict_end (&filter)));
  call_adapter (log, n, "StartDiscovery", NULL);
}

static HoldfastVirtualHeadset *
headset (WireLog *log)
{
  return holdfast_sim_get_headset (log->sim);
}

/* Strength is told while somebody looks, taken back when the last one ends, and told anew. */
static void
test_strength (void)
{
  g_autoptr (WireLog) log = new_log (HOLDFAST_SIM_FAULT_NONE);

  wire_log_connect (log);
  holdfast_virtual_headset_set_mode (headset (log), HOLDFAST_VIRTUAL_PAIRING);
  start (log, 0, "bredr");
  wire_log_run (log, 1000);
  start (log, 1, "bredr");
  call_adapter (log, 0, "StopDiscovery", NULL);
  wire_log_run (log, 100);
  call_adapter (log, 1, "StopDiscovery", NULL);
  call_adapter (log, 1, "StopDiscovery", NULL);
  wire_log_run (log, 100);
  start (log, 0, "bredr");
  call_adapter (log, 0, "StartDiscovery", NULL);
  wire_log_run (log, 1000);
  call_adapter (log, 0, "StopDiscovery", NULL);
  wire_log_run (log, 31000);
  holdfast_virtual_headset_set_mode (headset (log), HOLDFAST_VIRTUAL_OFF);
  assert_golden (log, "strength");
}

/* A device that was only seen is forgotten 30 s after it was seen last. */
static void
test_expiry (void)
{
  g_autoptr (WireLog) log = new_log (HOLDFAST_SIM_FAULT_NONE);

  start (log, 0, "bredr");
  holdfast_virtual_headset_set_mode (headset (log), HOLDFAST_VIRTUAL_PAIRING);
  wire_log_run (log, 60000);
  holdfast_virtual_headset_set_mode (headset (log), HOLDFAST_VIRTUAL_OFF);
  wire_log_run (log, 29999);
  wire_log_run (log, 1);
  pair (log);
  call_adapter (log, 0, "StopDiscovery", NULL);
  assert_golden (log, "expiry");
}

/* auto looks for LE first; the twin says by its data when pairing mode came. */
static void
test_transports (void)
{
  g_autoptr (WireLog) log = new_log (HOLDFAST_SIM_FAULT_NONE);

  holdfast_virtual_headset_set_mode (headset (log), HOLDFAST_VIRTUAL_ON);
  start (log, 0, "auto");
  wire_log_run (log, 1000);
  holdfast_virtual_headset_set_mode (headset (log), HOLDFAST_VIRTUAL_PAIRING);
  wire_log_run (log, 11000);
  /* it rests: the reply comes last */
  call_adapter (log, 0, "StopDiscovery", NULL);
  wire_log_run (log, 100);
  start (log, 0, "le");
  wire_log_run (log, 1000);
  call_adapter (log, 0, "StopDiscovery", NULL);
  holdfast_virtual_headset_set_mode (headset (log), HOLDFAST_VIRTUAL_OFF);
  wire_log_run (log, 31000);
  assert_golden (log, "transports");
}

static gboolean
dialogue_ended (gpointer user_data)
{
  WireLog *log = user_data;

  /* the idle link's two seconds are counted, no longer the thirty of the dialogue */
  return holdfast_manual_clock_get_next_alarm_us (HOLDFAST_MANUAL_CLOCK (log->clock))
         == log->now_us + 2 * G_USEC_PER_SEC;
}

/* Both programs are told all; each has its own discovery, agent and calls. */
static void
test_two_clients (void)
{
  g_autoptr (WireLog) log = new_log (HOLDFAST_SIM_FAULT_NO_ANSWER);

  wire_log_connect (log);
  wire_log_add_agent (log, "KeyboardDisplay", TRUE, "0000");
  start (log, 0, "bredr");
  start (log, 1, "bredr");
  holdfast_virtual_headset_set_mode (headset (log), HOLDFAST_VIRTUAL_PAIRING);
  wire_log_run (log, 1000);
  wire_log_call_headset (log, 1, "Pair", NULL);
  pair (log);
  wire_log_run (log, 200);
  /* the other one leaves: its Pair and its discovery end, ours does not */
  g_dbus_connection_close (g_ptr_array_index (log->connections, 1), NULL, NULL, NULL);
  holdfast_test_wait (
      dialogue_ended, log, HOLDFAST_TEST_DEADLINE_MS, "the pairing of a program that left to end");
  wire_log_run (log, 5000);
  wire_log_call (log,
                 0,
                 "/org/bluez",
                 "org.bluez.AgentManager1",
                 "RegisterAgent",
                 g_variant_new ("(os)", "/agent", ""));
  wire_log_call (log,
                 0,
                 "/org/bluez",
                 "org.bluez.AgentManager1",
                 "UnregisterAgent",
                 g_variant_new ("(o)", "/agent"));
  wire_log_call (log,
                 0,
                 "/org/bluez",
                 "org.bluez.AgentManager1",
                 "UnregisterAgent",
                 g_variant_new ("(o)", "/agent"));
  call_adapter (log, 0, "StopDiscovery", NULL);
  holdfast_virtual_headset_set_mode (headset (log), HOLDFAST_VIRTUAL_OFF);
  wire_log_run (log, 31000);
  assert_golden (log, "two-clients");
}

/* With nothing to cancel, a good key is thrown away. */
static void
test_cancel (void)
{
  g_autoptr (WireLog) log = new_log (HOLDFAST_SIM_FAULT_NONE);

  wire_log_find (log);
  wire_log_clear (log);
  wire_log_command (log, "io DisplayYesNo");
  wire_log_command (log, "agent hang");
  wire_log_add_agent (log, "DisplayYesNo", TRUE, "");
  pair (log);
  wire_log_run (log, 1000);
  wire_log_call_headset (log, 0, "CancelPairing", NULL);
  wire_log_run (log, 3000);
  wire_log_command (log, "io NoInputNoOutput");
  pair (log);
  wire_log_run (log, 4000);
  pair (log);
  wire_log_call_headset (log, 0, "CancelPairing", NULL);
  wire_log_call_headset (log, 0, "CancelPairing", NULL);
  wire_log_command (log, "reset");
  assert_golden (log, "cancel");
}

/* Without an agent the key is for one link. */
static void
test_no_agent (void)
{
  g_autoptr (WireLog) log = new_log (HOLDFAST_SIM_FAULT_NONE);

  wire_log_find (log);
  wire_log_clear (log);
  pair (log);
  wire_log_run (log, 1000);
  pair (log);
  wire_log_run (log, 33000);
  assert_golden (log, "no-agent");
}

/* RemoveDevice in the middle of a pairing: the object goes before Pair is answered. */
static void
test_remove_while_pairing (void)
{
  g_autoptr (WireLog) log = new_log (HOLDFAST_SIM_FAULT_NO_ANSWER);

  wire_log_find (log);
  wire_log_clear (log);
  pair (log);
  wire_log_run (log, 1000);
  call_adapter (log, 0, "RemoveDevice", g_variant_new ("(o)", ADAPTER "/dev_38_18_4C_00_00_42"));
  wire_log_run (log, 1000);
  assert_golden (log, "remove-while-pairing");
}

/* What is written down outlives the adapter's absence and the daemon's death; the rest does not. */
static void
test_gone_and_back (void)
{
  g_autoptr (WireLog) log = new_log (HOLDFAST_SIM_FAULT_NONE);

  add_agent (log);
  wire_log_command (log, "neighbour on Bob%27s%20cans 00:11:22:33:44:55 0x240418 -70");
  wire_log_find (log);
  pair (log);
  wire_log_run (log, 1000);
  connect_sink (log);
  wire_log_run (log, 3000);
  wire_log_clear (log);
  wire_log_command (log, "adapter unplug");
  call_adapter (log, 0, "StartDiscovery", NULL);
  wire_log_run (log, 1000);
  wire_log_command (log, "adapter plug");
  connect_sink (log);
  wire_log_run (log, 300);
  wire_log_command (log, "restart-bluetoothd");
  wire_log_run (log, 500);
  connect_sink (log);
  wire_log_run (log, 1000);
  connect_sink (log);
  wire_log_run (log, 3000);
  wire_log_command (log, "adapter off");
  wire_log_command (log, "adapter on");
  assert_golden (log, "gone-and-back");
}

/* Values that no bluetoothd sends: of any type, and none. */
static void
test_hostile (void)
{
  g_autoptr (WireLog) log = new_log (HOLDFAST_SIM_FAULT_NONE);

  wire_log_command (log, "property RSSI 1");
  wire_log_command (log, "name %E2%80%AE%3Cb%3E%01%FF");
  wire_log_find (log);
  wire_log_command (log, "property RSSI \"near\"");
  wire_log_command (log, "property UUIDs [1,2]");
  wire_log_command (log, "property Class null");
  wire_log_command (log, "property Name [\"a\",\"b c\"]");
  wire_log_command (log, "property Paired {");
  connect_sink (log);
  wire_log_run (log, 6000);
  wire_log_command (log, "reset");
  assert_golden (log, "hostile");
}

/* A stadium: heard in seconds, quiet afterwards, and forgotten at one time. */
static void
test_crowd (void)
{
  const guint n = holdfast_test_is_long () ? 10000 : 3000;
  g_autoptr (WireLog) log = new_log (HOLDFAST_SIM_FAULT_NONE);
  g_autofree char *line = g_strdup_printf ("crowd %u", n);
  gint64 began_us = g_get_monotonic_time ();

  start (log, 0, "bredr");
  wire_log_command (log, line);
  holdfast_virtual_headset_set_mode (headset (log), HOLDFAST_VIRTUAL_PAIRING);
  wire_log_clear (log);
  log->names_only = TRUE;
  /* without a look at the wire at every step: that is the test's work, not the world's */
  holdfast_manual_clock_advance (HOLDFAST_MANUAL_CLOCK (log->clock), 1000000 + n / 100 * 10000);
  wire_log_settle (log);
  g_assert_cmpuint (wire_log_count (log, "InterfacesAdded"), ==, n + 1);
  wire_log_command (log, "crowd 0");
  holdfast_manual_clock_advance (HOLDFAST_MANUAL_CLOCK (log->clock), 29 * G_USEC_PER_SEC);
  wire_log_settle (log);
  wire_log_clear (log);
  holdfast_manual_clock_advance (HOLDFAST_MANUAL_CLOCK (log->clock), G_USEC_PER_SEC);
  wire_log_settle (log);
  g_assert_cmpuint (wire_log_count (log, "InterfacesRemoved"), ==, n);
  call_adapter (log, 0, "StopDiscovery", NULL);
  g_test_message (
      "%u devices came and went in %d ms", n, (int) ((g_get_monotonic_time () - began_us) / 1000));
}

/* Each fault has a flag and a name of its own, and a row in the documentation; nothing else has. */
static void
test_fault_names (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "docs", "simulator.md", NULL);
  const char *const *names = holdfast_sim_get_fault_names ();
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  guint faults = 0;
  guint n_rows = 0;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; names[i] != NULL; i++) {
    HoldfastSimFaults fault = holdfast_sim_fault_from_string (names[i]);
    g_autofree char *row = g_strdup_printf ("\n| `%s` | ", names[i]);

    g_assert_cmpuint (fault, !=, HOLDFAST_SIM_FAULT_NONE);
    g_assert_cmpuint (faults & fault, ==, 0);
    faults |= fault;
    if (strstr (text, row) == NULL)
      g_test_fail_printf ("docs/simulator.md has no row for %s", names[i]);
  }
  g_assert_cmpuint (faults, ==, (HOLDFAST_SIM_FAULT_NO_TRANSPORT << 1) - 1);
  for (const char *at = text; (at = strstr (at, "\n| `")) != NULL; at++)
    n_rows++;
  g_assert_cmpuint (n_rows, ==, g_strv_length ((GStrv) names));
  g_assert_cmpuint (holdfast_sim_fault_from_string ("dance"), ==, HOLDFAST_SIM_FAULT_NONE);
}

static GDBusInterfaceInfo *
find_info (const char *interface)
{
  GDBusInterfaceInfo *const infos[] = {
    holdfast_bz_adapter1_interface_info (),         holdfast_bz_agent_manager1_interface_info (),
    holdfast_bz_battery1_interface_info (),         holdfast_bz_device1_interface_info (),
    holdfast_bz_media_transport1_interface_info (),
  };

  for (guint i = 0; i < G_N_ELEMENTS (infos); i++) {
    if (g_str_equal (infos[i]->name, interface))
      return infos[i];
  }
  return NULL;
}

static guint
check_types (const char *interface, GVariant *properties)
{
  GDBusInterfaceInfo *info = find_info (interface);
  GVariantIter iter;
  const char *name;
  GVariant *value;
  guint n = 0;

  g_variant_iter_init (&iter, properties);
  while (info != NULL && g_variant_iter_next (&iter, "{&sv}", &name, &value)) {
    GDBusPropertyInfo *property = g_dbus_interface_info_lookup_property (info, name);

    if (property == NULL || !g_str_equal (g_variant_get_type_string (value), property->signature))
      g_test_fail_printf ("%s.%s", interface, name);
    g_variant_unref (value);
    n++;
  }
  return n;
}

/* Every value that is told has the type of our XML. */
static void
test_types (void)
{
  g_autoptr (WireLog) log = new_log (HOLDFAST_SIM_FAULT_NONE);
  g_autoptr (GVariant) objects = NULL;
  GVariantIter iter;
  GVariantIter *interfaces;
  guint n = 0;

  add_agent (log);
  start (log, 0, "auto");
  holdfast_virtual_headset_set_mode (headset (log), HOLDFAST_VIRTUAL_PAIRING);
  wire_log_run (log, 6000);
  pair (log);
  wire_log_run (log, 1000);
  connect_sink (log);
  wire_log_run (log, 3000);
  objects = wire_log_get_objects (log);
  g_variant_iter_init (&iter, objects);
  while (g_variant_iter_next (&iter, "{oa{sa{sv}}}", NULL, &interfaces)) {
    const char *interface;
    GVariant *properties;

    while (g_variant_iter_next (interfaces, "{&s@a{sv}}", &interface, &properties)) {
      n += check_types (interface, properties);
      g_variant_unref (properties);
    }
    g_variant_iter_free (interfaces);
  }
  g_assert_cmpuint (n, >=, 55);
}

/* RemoveDevice of a connected one takes the link down first. */
static void
test_remove (void)
{
  g_autoptr (WireLog) log = new_log (HOLDFAST_SIM_FAULT_NONE);

  add_agent (log);
  wire_log_find (log);
  pair (log);
  wire_log_run (log, 1000);
  connect_sink (log);
  wire_log_run (log, 4000);
  wire_log_clear (log);
  call_adapter (log, 0, "RemoveDevice", g_variant_new ("(o)", ADAPTER "/dev_38_18_4C_00_00_42"));
  wire_log_run (log, 3000);
  call_adapter (log, 0, "RemoveDevice", g_variant_new ("(o)", ADAPTER "/dev_38_18_4C_00_00_42"));
  assert_golden (log, "remove");
}

int
main (int argc, char *argv[])
{
  g_autoptr (GError) error = NULL;
  const char *const *names = holdfast_sim_get_fault_names ();
  int status;

  g_test_init (&argc, &argv, NULL);
  catalogue = holdfast_catalogue_new (&error);
  g_assert_no_error (error);

  g_test_add_func ("/sim/good", test_good);
  g_test_add_func ("/sim/strength", test_strength);
  g_test_add_func ("/sim/expiry", test_expiry);
  g_test_add_func ("/sim/transports", test_transports);
  g_test_add_func ("/sim/two-clients", test_two_clients);
  g_test_add_func ("/sim/cancel", test_cancel);
  g_test_add_func ("/sim/remove", test_remove);
  g_test_add_func ("/sim/remove-while-pairing", test_remove_while_pairing);
  g_test_add_func ("/sim/no-agent", test_no_agent);
  g_test_add_func ("/sim/fault-names", test_fault_names);
  g_test_add_func ("/sim/fault-ends", test_fault_ends);
  g_test_add_func ("/sim/types", test_types);
  g_test_add_func ("/sim/hostile", test_hostile);
  g_test_add_func ("/sim/crowd", test_crowd);
  g_test_add_func ("/sim/gone-and-back", test_gone_and_back);
  for (guint i = 0; names[i] != NULL; i++) {
    g_autofree char *path = g_strconcat ("/sim/fault/", names[i], NULL);

    g_test_add_data_func (path, names[i], test_fault);
  }
  for (guint i = 0; names[i] != NULL; i++) {
    g_autofree char *path = g_strconcat ("/sim/fault-while-running/", names[i], NULL);

    g_test_add_data_func (path, names[i], test_fault_while_running);
  }
  status = g_test_run ();
  g_clear_object (&catalogue);
  return status;
}
