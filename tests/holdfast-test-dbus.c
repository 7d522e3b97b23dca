/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "holdfast-test.h"

#include <sys/socket.h>

static GIOStream *
new_stream (int fd)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocket) socket = g_socket_new_from_fd (fd, &error);

  g_assert_no_error (error);
  return G_IO_STREAM (g_socket_connection_factory_create_connection (socket));
}

GDBusConnection *
holdfast_test_new_connection_pair (GDBusConnection **ret_server)
{
  g_autofree char *guid = g_dbus_generate_guid ();
  g_autoptr (GAsyncResult) server_result = NULL;
  g_autoptr (GAsyncResult) client_result = NULL;
  g_autoptr (GAsyncResult) served = NULL;
  g_autoptr (GAsyncResult) connected = NULL;
  g_autoptr (GIOStream) server_stream = NULL;
  g_autoptr (GIOStream) client_stream = NULL;
  g_autoptr (GError) error = NULL;
  GDBusConnection *client;
  int fds[2];

  g_assert_no_errno (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds));
  server_stream = new_stream (fds[0]);
  client_stream = new_stream (fds[1]);

  g_dbus_connection_new (server_stream,
                         guid,
                         G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_SERVER
                             | G_DBUS_CONNECTION_FLAGS_DELAY_MESSAGE_PROCESSING,
                         NULL,
                         NULL,
                         holdfast_test_result_cb,
                         &server_result);
  g_dbus_connection_new (client_stream,
                         NULL,
                         G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT,
                         NULL,
                         NULL,
                         holdfast_test_result_cb,
                         &client_result);

  served = holdfast_test_wait_result (&server_result, "the server's end");
  *ret_server = g_dbus_connection_new_finish (served, &error);
  g_assert_no_error (error);
  connected = holdfast_test_wait_result (&client_result, "the client's end");
  client = g_dbus_connection_new_finish (connected, &error);
  g_assert_no_error (error);

  g_dbus_connection_set_exit_on_close (*ret_server, FALSE);
  g_dbus_connection_set_exit_on_close (client, FALSE);
  return client;
}

/* A call's answer comes after all that was sent before it, both ways: three of them, and whatever
 * a step set off has been told to everybody. */
void
holdfast_test_settle_connection (GDBusConnection *connection)
{
  for (guint i = 0; i < 3; i++) {
    GAsyncResult *result = NULL;
    g_autoptr (GVariant) reply = NULL;
    g_autoptr (GAsyncResult) owned = NULL;

    g_dbus_connection_call (connection,
                            NULL,
                            "/",
                            "org.freedesktop.DBus.ObjectManager",
                            "GetManagedObjects",
                            NULL,
                            NULL,
                            G_DBUS_CALL_FLAGS_NONE,
                            -1,
                            NULL,
                            holdfast_test_result_cb,
                            &result);
    owned = holdfast_test_wait_result (&result, "the simulator's list of objects");
    reply = g_dbus_connection_call_finish (connection, owned, NULL);
    holdfast_test_settle ();
  }
}
