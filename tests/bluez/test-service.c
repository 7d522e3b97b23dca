/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How the client sees BlueZ come and go: on a message bus of the test's own, and on a socket pair.
 */
#include "agent.h"
#include "client-fixture.h"
#include "holdfast-test.h"
#include "watch.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct {
  GTestDBus *bus;
  char *folder; /* of services the bus could start */
  char *started;
  GDBusConnection *server;
  GDBusConnection *connection;
  FakeBluez *fake;
  HoldfastClient *client;
} BusFixture;

static GDBusConnection *
connect_to (const char *address)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) connected = NULL;
  g_autoptr (GError) error = NULL;
  GDBusConnection *connection;

  g_dbus_connection_new_for_address (address,
                                     G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT
                                         | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                     NULL,
                                     NULL,
                                     holdfast_test_result_cb,
                                     &result);
  connected = holdfast_test_wait_result (&result, "a connection to the bus");
  connection = g_dbus_connection_new_for_address_finish (connected, &error);
  g_assert_no_error (error);
  g_dbus_connection_set_exit_on_close (connection, FALSE);
  return connection;
}

static void
call_bus (GDBusConnection *connection, const char *method, GVariant *parameters)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) answer = NULL;
  g_autoptr (GVariant) reply = NULL;
  g_autoptr (GError) error = NULL;

  g_dbus_connection_call (connection,
                          "org.freedesktop.DBus",
                          "/org/freedesktop/DBus",
                          "org.freedesktop.DBus",
                          method,
                          parameters,
                          NULL,
                          G_DBUS_CALL_FLAGS_NONE,
                          -1,
                          NULL,
                          holdfast_test_result_cb,
                          &result);
  answer = holdfast_test_wait_result (&result, method);
  reply = g_dbus_connection_call_finish (connection, answer, &error);
  g_assert_no_error (error);
}

static void
own_name (BusFixture *self)
{
  call_bus (self->server, "RequestName", g_variant_new ("(su)", "org.bluez", 4));
}

static void
release_name (BusFixture *self)
{
  call_bus (self->server, "ReleaseName", g_variant_new ("(s)", "org.bluez"));
}

static void
set_up (BusFixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *file = NULL;
  g_autofree char *contents = NULL;

  self->folder = g_dir_make_tmp ("holdfast-XXXXXX", &error);
  g_assert_no_error (error);
  self->started = g_build_filename (self->folder, "started", NULL);
  file = g_build_filename (self->folder, "org.bluez.service", NULL);
  contents = g_strdup_printf ("[D-BUS Service]\nName=org.bluez\nExec=/bin/sh -c 'touch %s'\n",
                              self->started);
  g_assert_true (g_file_set_contents (file, contents, -1, &error));

  self->bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_add_service_dir (self->bus, self->folder);
  g_test_dbus_up (self->bus);
  self->server = connect_to (g_test_dbus_get_bus_address (self->bus));
  self->connection = connect_to (g_test_dbus_get_bus_address (self->bus));
  self->fake = fake_bluez_new (self->server);
  fake_bluez_add (self->fake, FAKE_HCI, FAKE_ADAPTER);
  fake_bluez_add (self->fake, FAKE_DEVICE, FAKE_HEADSET);
}

static void
close_connection (GDBusConnection *connection)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) closed = NULL;

  g_dbus_connection_close (connection, NULL, holdfast_test_result_cb, &result);
  closed = holdfast_test_wait_result (&result, "the connection to close");
  g_clear_object (&closed);
  holdfast_test_assert_finalize (connection);
}

static void
tear_down (BusFixture *self, gconstpointer data)
{
  g_autofree char *file = g_build_filename (self->folder, "org.bluez.service", NULL);

  if (self->client)
    holdfast_test_assert_finalize (self->client);
  fake_bluez_free (self->fake);
  close_connection (self->connection);
  close_connection (self->server);
  g_test_dbus_down (self->bus);
  g_object_unref (self->bus);

  g_assert_false (g_file_test (self->started, G_FILE_TEST_EXISTS)); /* never by us */
  g_remove (file);
  g_rmdir (self->folder);
  g_free (self->folder);
  g_free (self->started);
}

static HoldfastClient *
new_client (GDBusConnection *connection, const char *bus_name)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) ready = NULL;
  g_autoptr (GError) error = NULL;
  HoldfastClient *client;

  holdfast_client_new_async (connection, bus_name, NULL, holdfast_test_result_cb, &result);
  ready = holdfast_test_wait_result (&result, "the client");
  client = holdfast_client_new_finish (ready, &error);
  g_assert_no_error (error);
  return client;
}

static gboolean
is_present (gpointer client)
{
  return holdfast_client_get_service_state (client) == HOLDFAST_SERVICE_STATE_PRESENT;
}

static gboolean
is_absent (gpointer client)
{
  return holdfast_client_get_service_state (client) == HOLDFAST_SERVICE_STATE_ABSENT;
}

static void
count_cb (GObject *object, GParamSpec *pspec, guint *count)
{
  (*count)++;
}

static void
test_comes_and_goes (BusFixture *self, gconstpointer data)
{
  GListModel *devices;
  guint count = 0;

  self->client = new_client (self->connection, "org.bluez");
  devices = holdfast_client_get_devices (self->client);
  g_assert_true (is_absent (self->client));
  g_assert_null (holdfast_client_get_adapter (self->client));
  g_signal_connect (self->client, "notify::service-state", G_CALLBACK (count_cb), &count);

  own_name (self);
  holdfast_test_wait (is_present, self->client, HOLDFAST_TEST_DEADLINE_MS, "the service to come");
  g_assert_nonnull (holdfast_client_get_adapter (self->client));
  g_assert_cmpuint (g_list_model_get_n_items (devices), ==, 1);
  g_assert_cmpuint (count, ==, 2); /* starting, present */

  release_name (self);
  holdfast_test_wait (is_absent, self->client, HOLDFAST_TEST_DEADLINE_MS, "the service to go");
  g_assert_null (holdfast_client_get_adapter (self->client));
  g_assert_cmpuint (g_list_model_get_n_items (devices), ==, 0);
  g_assert_cmpuint (g_list_model_get_n_items (holdfast_client_get_adapters (self->client)), ==, 0);

  /* A call to who is away does not start it either. */
  {
    g_autoptr (GAsyncResult) result = NULL;
    g_autoptr (GAsyncResult) answer = NULL;
    g_autoptr (GError) error = NULL;

    holdfast_client_set_powered_async (self->client, TRUE, NULL, holdfast_test_result_cb, &result);
    answer = holdfast_test_wait_result (&result, "the power to be refused");
    g_assert_false (holdfast_client_finish (self->client, answer, &error));
    g_assert_error (error, G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN);
  }

  own_name (self);
  holdfast_test_wait (is_present, self->client, HOLDFAST_TEST_DEADLINE_MS, "the service to return");
  g_assert_cmpuint (g_list_model_get_n_items (devices), ==, 1);
}

static void
test_never_started (BusFixture *self, gconstpointer data)
{
  g_autoptr (HoldfastDevice) device = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) answer = NULL;
  g_autoptr (GError) error = NULL;

  own_name (self);
  self->client = new_client (self->connection, "org.bluez");
  device = g_list_model_get_item (holdfast_client_get_devices (self->client), 0);
  release_name (self);
  holdfast_client_pair_async (self->client, device, NULL, holdfast_test_result_cb, &result);
  answer = holdfast_test_wait_result (&result, "the pairing to fail");
  g_assert_false (holdfast_client_finish (self->client, answer, &error));
  g_assert_error (error, G_DBUS_ERROR, G_DBUS_ERROR_NAME_HAS_NO_OWNER);
}

static void
ask_agent (BusFixture *self, GDBusConnection *connection, const char *expected)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) answer = NULL;
  g_autoptr (GVariant) reply = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;

  g_dbus_connection_call (connection,
                          g_dbus_connection_get_unique_name (self->connection),
                          fake_bluez_get_agent (self->fake),
                          "org.bluez.Agent1",
                          "RequestAuthorization",
                          g_variant_new ("(o)", FAKE_DEVICE),
                          NULL,
                          G_DBUS_CALL_FLAGS_NONE,
                          -1,
                          NULL,
                          holdfast_test_result_cb,
                          &result);
  answer = holdfast_test_wait_result (&result, "the agent's answer");
  reply = g_dbus_connection_call_finish (connection, answer, &error);
  name = error ? g_dbus_error_get_remote_error (error) : NULL;
  g_assert_cmpstr (name, ==, expected);
}

static void
test_agent (BusFixture *self, gconstpointer data)
{
  GDBusConnection *impostor = connect_to (g_test_dbus_get_bus_address (self->bus));
  g_autoptr (HoldfastDevice) device = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) answer = NULL;
  g_autoptr (GError) error = NULL;
  HoldfastAgent *agent;

  own_name (self);
  self->client = new_client (self->connection, "org.bluez");
  device = g_list_model_get_item (holdfast_client_get_devices (self->client), 0);
  agent = holdfast_agent_new (self->client);
  holdfast_agent_set_device (agent, device);
  holdfast_agent_register_async (agent, NULL, holdfast_test_result_cb, &result);
  answer = holdfast_test_wait_result (&result, "the agent to be registered");
  g_assert_true (holdfast_agent_finish (agent, answer, &error));
  g_assert_no_error (error);
  g_clear_object (&answer);

  ask_agent (self, self->server, NULL);
  ask_agent (self, impostor, "org.freedesktop.DBus.Error.AccessDenied");
  holdfast_test_assert_finalize (agent);
  close_connection (impostor);
}

static gboolean
has_other_name (gpointer client)
{
  g_autoptr (HoldfastDevice) device
      = g_list_model_get_item (holdfast_client_get_devices (client), 0);

  return device && g_strcmp0 (holdfast_device_get_name (device), "WH-1000XM4") != 0;
}

static void
test_impostor (BusFixture *self, gconstpointer data)
{
  GDBusConnection *impostor = connect_to (g_test_dbus_get_bus_address (self->bus));

  own_name (self);
  self->client = new_client (self->connection, "org.bluez");
  g_assert_true (is_present (self->client));

  /* Anyone may shout on a bus; only the owner of the name is believed. */
  g_dbus_connection_emit_signal (impostor,
                                 NULL,
                                 FAKE_DEVICE,
                                 "org.freedesktop.DBus.Properties",
                                 "PropertiesChanged",
                                 g_variant_new_parsed ("('org.bluez.Device1', "
                                                       "{'Name': <'Impostor'>}, @as [])"),
                                 NULL);
  /* Once the bus has answered it has passed on what came before. */
  call_bus (impostor, "GetId", NULL);
  fake_bluez_change (self->fake, FAKE_DEVICE, "org.bluez.Device1", "{'Name': <'Owner'>}");
  holdfast_test_wait (
      has_other_name, self->client, HOLDFAST_TEST_DEADLINE_MS, "what the owner of the name says");
  {
    g_autoptr (HoldfastDevice) device
        = g_list_model_get_item (holdfast_client_get_devices (self->client), 0);

    g_assert_cmpstr (holdfast_device_get_name (device), ==, "Owner");
  }
  close_connection (impostor);
}

static void
test_taken_over (BusFixture *self, gconstpointer data)
{
  GDBusConnection *other = connect_to (g_test_dbus_get_bus_address (self->bus));
  g_autoptr (HoldfastDevice) before = NULL;
  FakeBluez *fake = fake_bluez_new (other);

  /* One daemon replaces the other without a gap. */
  call_bus (self->server, "RequestName", g_variant_new ("(su)", "org.bluez", 1));
  self->client = new_client (self->connection, "org.bluez");
  g_assert_true (is_present (self->client));
  before = g_list_model_get_item (holdfast_client_get_devices (self->client), 0);
  g_assert_nonnull (before);

  fake_bluez_add (fake, FAKE_HCI, FAKE_ADAPTER);
  fake_bluez_add (fake, FAKE_DEVICE, "{'org.bluez.Device1': {'Name': <'After'>}}");
  call_bus (other, "RequestName", g_variant_new ("(su)", "org.bluez", 2));
  holdfast_test_wait (has_other_name, self->client, HOLDFAST_TEST_DEADLINE_MS, "the new daemon");
  g_assert_true (is_present (self->client));
  g_assert_null (holdfast_client_find_device (self->client, holdfast_device_get_id (before)));
  fake_bluez_free (fake);
  close_connection (other);
  holdfast_test_wait (is_present, self->client, HOLDFAST_TEST_DEADLINE_MS, "the queued daemon");
}

static void
test_restart_of_peer (Fixture *self, gconstpointer data)
{
  guint id;

  fake_bluez_add (self->fake, FAKE_DEVICE, FAKE_HEADSET);
  fixture_new_client (self);
  id = holdfast_device_get_id (fixture_get_device (self, FAKE_DEVICE));

  fake_bluez_emit_owner (self->fake, ":1.5", "");
  holdfast_test_wait (is_absent, self->client, HOLDFAST_TEST_DEADLINE_MS, "the service to go");
  g_assert_cmpstr (self->log->str, ==, "removed(WH-1000XM4) ");
  g_assert_null (holdfast_client_find_device (self->client, id));
  /* What the dead say is not heard. */
  fake_bluez_add (self->fake, FAKE_HCI "/dev_1", FAKE_HEADSET);
  fixture_sync (self);
  g_assert_cmpuint (g_list_model_get_n_items (holdfast_client_get_devices (self->client)), ==, 0);

  fake_bluez_emit_owner (self->fake, "", ":1.6");
  holdfast_test_wait (is_present, self->client, HOLDFAST_TEST_DEADLINE_MS, "the service to return");
  g_assert_cmpuint (g_list_model_get_n_items (holdfast_client_get_devices (self->client)), ==, 2);
  g_assert_null (holdfast_client_find_device (self->client, id));
}

static void
test_refusals (Fixture *self, gconstpointer data)
{
  static const struct {
    const char *error_name;
    HoldfastServiceState state;
  } rows[] = {
    { "org.freedesktop.DBus.Error.AccessDenied",   HOLDFAST_SERVICE_STATE_DENIED },
    { "org.freedesktop.DBus.Error.ServiceUnknown", HOLDFAST_SERVICE_STATE_ABSENT },
    { "org.freedesktop.DBus.Error.NameHasNoOwner", HOLDFAST_SERVICE_STATE_ABSENT },
    { "org.freedesktop.DBus.Error.UnknownMethod",  HOLDFAST_SERVICE_STATE_ABSENT },
    { "org.freedesktop.DBus.Error.NoReply",        HOLDFAST_SERVICE_STATE_ABSENT },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    fake_bluez_answer (self->fake, "GetManagedObjects", rows[i].error_name, "No");
    fixture_new_client (self);
    g_assert_cmpint (holdfast_client_get_service_state (self->client), ==, rows[i].state);
    g_assert_null (holdfast_client_get_adapter (self->client));
    holdfast_test_assert_finalize (g_steal_pointer (&self->client));
  }
}

static void
test_cancelled (Fixture *self, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) answer = NULL;
  g_autoptr (GError) error = NULL;

  fake_bluez_answer (self->fake, "GetManagedObjects", FAKE_HOLD, NULL);
  holdfast_client_new_async (self->connection, NULL, cancellable, holdfast_test_result_cb, &result);
  fixture_sync (self);
  g_cancellable_cancel (cancellable);
  answer = holdfast_test_wait_result (&result, "the client to be given up");
  g_assert_null (holdfast_client_new_finish (answer, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static gboolean
is_closed_connection (gpointer connection)
{
  return g_dbus_connection_is_closed (connection);
}

static void
test_closed (Fixture *self, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) answer = NULL;

  /* Instead of the first answer. */
  fake_bluez_answer (self->fake, "GetManagedObjects", FAKE_CLOSE, NULL);
  fixture_new_client (self);
  g_assert_cmpint (
      holdfast_client_get_service_state (self->client), ==, HOLDFAST_SERVICE_STATE_CLOSED);
  holdfast_test_assert_finalize (g_steal_pointer (&self->client));

  /* Before the first question. */
  holdfast_test_wait (
      is_closed_connection, self->connection, HOLDFAST_TEST_DEADLINE_MS, "the connection to close");
  fixture_new_client (self);
  g_assert_cmpint (
      holdfast_client_get_service_state (self->client), ==, HOLDFAST_SERVICE_STATE_CLOSED);
}

static void
test_sandbox (void)
{
  static const struct {
    const char *info;
    gboolean hides;
  } rows[] = {
    { "[Application]\nname=io.github.holdfast.Holdfast\n",       TRUE  },
    { "[System Bus Policy]\norg.bluez=talk\n",                   FALSE },
    { "[System Bus Policy]\norg.bluez=own\n",                    FALSE },
    { "[System Bus Policy]\norg.bluez=see\n",                    TRUE  },
    { "[System Bus Policy]\norg.bluez=none\n",                   TRUE  },
    { "[System Bus Policy]\norg.bluez.*=talk\n",                 FALSE },
    { "[System Bus Policy]\norg.*=talk\n",                       FALSE },
    { "[System Bus Policy]\norg.blue.*=talk\n",                  TRUE  },
    { "[System Bus Policy]\norg.bluez.mesh=talk\n",              TRUE  },
    { "[System Bus Policy]\norg.bluez.mesh.and.longer.*=talk\n", TRUE  },
    { "[Session Bus Policy]\norg.bluez=talk\n",                  TRUE  },
    { "[Context]\nsockets=x11;system-bus;\n",                    FALSE },
    { "[Context]\nsockets=x11;session-bus;\n",                   TRUE  },
    { "no keyfile",                                              FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_test_message ("%s", rows[i].info);
    g_assert_cmpint (
        holdfast_watch_hides (rows[i].info, strlen (rows[i].info), "org.bluez"), ==, rows[i].hides);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define add_bus(path, test) g_test_add (path, BusFixture, NULL, set_up, test, tear_down)
#define add(path, test) g_test_add (path, Fixture, NULL, fixture_set_up, test, fixture_tear_down)
  add_bus ("/bluez/service/comes-and-goes", test_comes_and_goes);
  add_bus ("/bluez/service/never-started", test_never_started);
  add_bus ("/bluez/service/agent", test_agent);
  add_bus ("/bluez/service/impostor", test_impostor);
  add_bus ("/bluez/service/taken-over", test_taken_over);
  add ("/bluez/service/restart-of-peer", test_restart_of_peer);
  add ("/bluez/service/refusals", test_refusals);
  add ("/bluez/service/cancelled", test_cancelled);
  add ("/bluez/service/closed", test_closed);
#undef add
#undef add_bus
  g_test_add_func ("/bluez/service/sandbox", test_sandbox);

  return g_test_run ();
}
