/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client-fixture.h"

#include "holdfast-test.h"

static const char *
get_name (HoldfastDevice *device)
{
  const char *name = holdfast_device_get_name (device);

  return name ? name : holdfast_device_get_path (device);
}

static void
sighted_cb (HoldfastClient *client, HoldfastDevice *device, Fixture *self)
{
  g_string_append_printf (self->log, "sighted(%s) ", get_name (device));
}

static void
changed_cb (HoldfastClient *client, HoldfastDevice *device, Fixture *self)
{
  g_string_append_printf (self->log, "changed(%s) ", get_name (device));
}

static void
removed_cb (HoldfastClient *client, HoldfastDevice *device, Fixture *self)
{
  g_string_append_printf (self->log, "removed(%s) ", get_name (device));
}

static void
disconnected_cb (HoldfastClient *client, HoldfastDevice *device, const char *reason, Fixture *self)
{
  g_string_append_printf (self->log, "disconnected(%s,%s) ", get_name (device), reason);
}

void
fixture_set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (GDBusConnection) server = NULL;

  self->connection = holdfast_test_new_connection_pair (&server);
  self->fake = fake_bluez_new (server);
  g_dbus_connection_start_message_processing (server);
  fake_bluez_add (self->fake, FAKE_HCI, FAKE_ADAPTER);
  self->log = g_string_new (NULL);
}

void
fixture_new_client (Fixture *self)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) ready = NULL;
  g_autoptr (GError) error = NULL;

  holdfast_client_new_async (self->connection, NULL, NULL, holdfast_test_result_cb, &result);
  ready = holdfast_test_wait_result (&result, "the client");
  self->client = holdfast_client_new_finish (ready, &error);
  g_assert_no_error (error);
  g_assert_nonnull (self->client);

  /* Plain connects: the fixture outlives the client. */
  g_signal_connect (self->client, "sighted", G_CALLBACK (sighted_cb), self);
  g_signal_connect (self->client, "device-changed", G_CALLBACK (changed_cb), self);
  g_signal_connect (self->client, "device-removed", G_CALLBACK (removed_cb), self);
  g_signal_connect (self->client, "disconnected", G_CALLBACK (disconnected_cb), self);
}

void
fixture_set_up_client (Fixture *self, gconstpointer data)
{
  fixture_set_up (self, data);
  fixture_new_client (self);
}

void
fixture_tear_down (Fixture *self, gconstpointer data)
{
  g_autoptr (GDBusConnection) server = g_object_ref (fake_bluez_get_connection (self->fake));
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) closed = NULL;

  if (self->client)
    holdfast_test_assert_finalize (self->client);
  /* Ends calls that the client sent without waiting. */
  g_dbus_connection_close (server, NULL, holdfast_test_result_cb, &result);
  closed = holdfast_test_wait_result (&result, "the server's end to close");
  fake_bluez_free (self->fake);
  g_string_free (self->log, TRUE);
  holdfast_test_assert_finalize (g_steal_pointer (&self->connection));
  g_clear_object (&closed);
  holdfast_test_assert_finalize (g_steal_pointer (&server));
}

/* There and back again by the same way as everything else: what was sent before is there. */
void
fixture_sync (Fixture *self)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) answer = NULL;
  g_autoptr (GVariant) reply = NULL;
  g_autoptr (GError) error = NULL;

  g_dbus_connection_call (self->connection,
                          NULL,
                          "/",
                          "org.freedesktop.DBus.ObjectManager",
                          "Sync",
                          NULL,
                          NULL,
                          G_DBUS_CALL_FLAGS_NONE,
                          -1,
                          NULL,
                          holdfast_test_result_cb,
                          &result);
  answer = holdfast_test_wait_result (&result, "the fake BlueZ to have said and heard everything");
  reply = g_dbus_connection_call_finish (self->connection, answer, &error);
  g_assert_no_error (error);
  holdfast_test_settle ();
}

HoldfastDevice *
fixture_get_device (Fixture *self, const char *path)
{
  GListModel *devices = holdfast_client_get_devices (self->client);

  for (guint i = 0; i < g_list_model_get_n_items (devices); i++) {
    g_autoptr (HoldfastDevice) device = g_list_model_get_item (devices, i);

    if (g_str_equal (holdfast_device_get_path (device), path)
        && holdfast_client_find_device (self->client, holdfast_device_get_id (device)))
      return device; /* the client holds it */
  }
  g_error ("There is no device %s", path);
}

void
fixture_finish_error (Fixture *self,
                      GAsyncResult **result,
                      const char *error_name,
                      const char *what,
                      const char *file,
                      int line)
{
  g_autoptr (GAsyncResult) answer = holdfast_test_wait_result_at (result, what, file, line);
  g_autoptr (GError) error = NULL;
  g_autofree char *remote = NULL;
  gboolean ok = holdfast_client_finish (self->client, answer, &error);

  if (!error_name) {
    g_assert_no_error (error);
    g_assert_true (ok);
    return;
  }
  g_assert_false (ok);
  g_assert_nonnull (error);
  remote = g_dbus_error_get_remote_error (error);
  g_assert_cmpstr (remote, ==, error_name);
}
