/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gio/gunixsocketaddress.h>
#include <string.h>

#include "holdfast-test.h"

/* A program beside the simulated world, as the contract suite is one: sim-world runs it. */

static char *bus;
static char *world;
static gboolean peer;

static GDBusConnection *
connect_to_bluez (void)
{
  GAsyncResult *ready = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GDBusConnection *connection;

  g_dbus_connection_new_for_address (bus,
                                     G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT,
                                     NULL,
                                     NULL,
                                     holdfast_test_result_cb,
                                     &ready);
  result = holdfast_test_wait_result (&ready, "a connection");
  connection = g_dbus_connection_new_for_address_finish (result, &error);
  g_assert_no_error (error);
  return connection;
}

static void
test_objects (void)
{
  g_autoptr (GDBusConnection) connection = connect_to_bluez ();
  GAsyncResult *ready = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GVariant) reply = NULL;
  g_autoptr (GVariant) objects = NULL;
  g_autoptr (GVariant) adapter = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (peer);
  g_dbus_connection_call (connection,
                          NULL,
                          "/",
                          "org.freedesktop.DBus.ObjectManager",
                          "GetManagedObjects",
                          NULL,
                          G_VARIANT_TYPE ("(a{oa{sa{sv}}})"),
                          G_DBUS_CALL_FLAGS_NONE,
                          -1,
                          NULL,
                          holdfast_test_result_cb,
                          &ready);
  result = holdfast_test_wait_result (&ready, "the objects");
  reply = g_dbus_connection_call_finish (connection, result, &error);
  g_assert_no_error (error);
  objects = g_variant_get_child_value (reply, 0);
  adapter = g_variant_lookup_value (objects, "/org/bluez/hci0", G_VARIANT_TYPE ("a{sa{sv}}"));
  g_assert_nonnull (adapter);
}

/* One line there, one line back. */
static void
assert_answer (GSocketConnection *hand,
               GDataInputStream *input,
               const char *line,
               const char *answer)
{
  GOutputStream *output = g_io_stream_get_output_stream (G_IO_STREAM (hand));
  g_autofree char *text = g_strconcat (line, "\n", NULL);
  GAsyncResult *ready = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *got = NULL;

  g_output_stream_write_all (output, text, strlen (text), NULL, NULL, &error);
  g_assert_no_error (error);
  g_data_input_stream_read_line_async (
      input, G_PRIORITY_DEFAULT, NULL, holdfast_test_result_cb, &ready);
  result = holdfast_test_wait_result (&ready, line);
  got = g_data_input_stream_read_line_finish_utf8 (input, result, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (got, ==, answer);
}

static void
test_hand (void)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (world);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketConnection) hand
      = g_socket_client_connect (client, G_SOCKET_CONNECTABLE (address), NULL, &error);
  g_autoptr (GDataInputStream) input = NULL;

  g_assert_no_error (error);
  input = g_data_input_stream_new (g_io_stream_get_input_stream (G_IO_STREAM (hand)));
  assert_answer (hand,
                 input,
                 "state",
                 "ok present=yes discoverable=no connectable=no pairable=no paired=no connected=no "
                 "transport=no agent-calls=0 discovering=no sound=yes powered=yes");
  assert_answer (hand, input, "dance", "error unknown verb");
  assert_answer (hand, input, "", "error unknown verb");
  assert_answer (hand, input, "advance 1000", "ok");
  assert_answer (hand, input, "reset", "ok");
}

int
main (int argc, char *argv[])
{
  const GOptionEntry entries[] = {
    { "bus",   0, 0, G_OPTION_ARG_STRING,   &bus,   NULL, NULL },
    { "peer",  0, 0, G_OPTION_ARG_NONE,     &peer,  NULL, NULL },
    { "world", 0, 0, G_OPTION_ARG_FILENAME, &world, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) options = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  g_option_context_add_main_entries (options, entries, NULL);
  if (!g_option_context_parse (options, &argc, &argv, &error))
    g_error ("%s", error->message);
  g_test_add_func ("/world/objects", test_objects);
  g_test_add_func ("/world/hand", test_hand);
  status = g_test_run ();
  g_free (bus);
  g_free (world);
  return status;
}
