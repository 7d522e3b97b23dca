/* SPDX-License-Identifier: GPL-3.0-or-later */

/* sim-world [--manual-clock] COMMAND... - runs a command beside a simulated world, and passes its
 * exit status on.
 *
 * The command gets `--bus ADDRESS --peer --world SOCKET` in addition: BlueZ itself on a socket, no
 * bus, and the protocol of tests/contract/README.md. */

#include <glib-unix.h>
#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>

#include "catalogue.h"
#include "sim.h"

/* README.md: `reset` looks this long for what a program has not released, every so often. */
#define LEAK_MS 5000
#define LOOK_MS 50
/* `restart-bluetoothd` answers when the adapter is powered again, or by then. */
#define RESTART_MS 15000

typedef struct {
  GMainLoop *loop;
  HoldfastSim *sim;
  HoldfastClock *clock;
  int status;
} World;

/* One program that moves the headset. */
typedef struct {
  World *world;
  GSocketConnection *connection;
  GDataInputStream *input;
  char *line;
  gint64 until_us;
} Hand;

static void read_next (Hand *hand);

static void
hand_free (Hand *hand)
{
  g_object_unref (hand->input);
  g_object_unref (hand->connection);
  g_free (hand->line);
  g_free (hand);
}

static void
answer (Hand *hand, const char *text)
{
  g_autofree char *line = g_strconcat (text, "\n", NULL);
  GOutputStream *output = g_io_stream_get_output_stream (G_IO_STREAM (hand->connection));

  /* short lines to a socket that waits for them; a hand that left is noticed by the next read */
  g_output_stream_write_all (output, line, strlen (line), NULL, NULL, NULL);
  read_next (hand);
}

/* Returns: TRUE if the command's effect is not yet in force */
static gboolean
is_pending (Hand *hand, const char *text)
{
  g_autofree char *state = NULL;

  if (g_str_equal (hand->line, "reset"))
    return g_str_equal (text, "error discovering");
  if (!g_str_equal (hand->line, "restart-bluetoothd"))
    return FALSE;
  state = holdfast_sim_command (hand->world->sim, "state");
  return strstr (state, " powered=yes") == NULL;
}

static gboolean
look_again (gpointer user_data)
{
  Hand *hand = user_data;
  gboolean resets = g_str_equal (hand->line, "reset");
  g_autofree char *text = NULL;

  /* Whoever waits for an answer cannot move time on. */
  if (HOLDFAST_IS_MANUAL_CLOCK (hand->world->clock))
    holdfast_manual_clock_advance (HOLDFAST_MANUAL_CLOCK (hand->world->clock), LOOK_MS * 1000);
  text = resets ? holdfast_sim_command (hand->world->sim, hand->line) : g_strdup ("ok");

  if (!is_pending (hand, text)) {
    answer (hand, text);
    return G_SOURCE_REMOVE;
  }
  if (g_get_monotonic_time () < hand->until_us)
    return G_SOURCE_CONTINUE;
  answer (hand, resets ? text : "error the adapter is not powered");
  return G_SOURCE_REMOVE;
}

static void
line_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Hand *hand = user_data;
  g_autofree char *text = NULL;
  int limit_ms;

  g_free (hand->line);
  hand->line = g_data_input_stream_read_line_finish_utf8 (hand->input, result, NULL, NULL);
  if (hand->line == NULL) {
    hand_free (hand);
    return;
  }
  text = holdfast_sim_command (hand->world->sim, hand->line);
  if (!is_pending (hand, text)) {
    answer (hand, text);
    return;
  }
  limit_ms = g_str_equal (hand->line, "reset") ? LEAK_MS : RESTART_MS;
  hand->until_us = g_get_monotonic_time () + limit_ms * G_GINT64_CONSTANT (1000);
  g_timeout_add (LOOK_MS, look_again, hand);
}

static void
read_next (Hand *hand)
{
  g_data_input_stream_read_line_async (hand->input, G_PRIORITY_DEFAULT, NULL, line_read_cb, hand);
}

static gboolean
hand_came (GSocketService *service, GSocketConnection *connection, GObject *source, World *world)
{
  Hand *hand = g_new0 (Hand, 1);

  hand->world = world;
  hand->connection = g_object_ref (connection);
  hand->input = g_data_input_stream_new (g_io_stream_get_input_stream (G_IO_STREAM (connection)));
  read_next (hand);
  return TRUE;
}

static gboolean
program_came (GDBusServer *server, GDBusConnection *connection, World *world)
{
  holdfast_sim_accept (world->sim, connection);
  return TRUE;
}

static GSocketService *
serve_hands (World *world, const char *path)
{
  GSocketService *service = g_socket_service_new ();
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (path);
  g_autoptr (GError) error = NULL;

  if (!g_socket_listener_add_address (G_SOCKET_LISTENER (service),
                                      address,
                                      G_SOCKET_TYPE_STREAM,
                                      G_SOCKET_PROTOCOL_DEFAULT,
                                      NULL,
                                      NULL,
                                      &error))
    g_error ("%s: %s", path, error->message);
  g_signal_connect (service, "incoming", G_CALLBACK (hand_came), world);
  return service;
}

/* The connections are handed over before a message was read; so no call is lost. */
static GDBusServer *
serve_programs (World *world, const char *address)
{
  g_autofree char *guid = g_dbus_generate_guid ();
  g_autoptr (GDBusAuthObserver) observer = g_dbus_auth_observer_new ();
  g_autoptr (GError) error = NULL;
  GDBusServer *server = g_dbus_server_new_sync (
      address, G_DBUS_SERVER_FLAGS_AUTHENTICATION_ALLOW_ANONYMOUS, guid, observer, NULL, &error);

  if (server == NULL)
    g_error ("%s: %s", address, error->message);
  g_signal_connect (server, "new-connection", G_CALLBACK (program_came), world);
  g_dbus_server_start (server);
  return server;
}

static void
command_ended (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GSubprocess *process = G_SUBPROCESS (source);
  World *world = user_data;

  g_subprocess_wait_finish (process, result, NULL);
  world->status = g_subprocess_get_if_exited (process) ? g_subprocess_get_exit_status (process)
                                                       : 128 + g_subprocess_get_term_sig (process);
  g_main_loop_quit (world->loop);
}

static gboolean
told_to_end (gpointer process)
{
  g_subprocess_force_exit (process);
  return G_SOURCE_CONTINUE;
}

static GSubprocess *
run_command (World *world, char **words, const char *bus, const char *socket)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) argv = NULL;
  g_autoptr (GError) error = NULL;
  GSubprocess *process;

  g_strv_builder_addv (builder, (const char **) words);
  g_strv_builder_add_many (builder, "--bus", bus, "--peer", "--world", socket, NULL);
  argv = g_strv_builder_end (builder);
  process
      = g_subprocess_newv ((const char *const *) argv, G_SUBPROCESS_FLAGS_STDIN_INHERIT, &error);
  if (process == NULL)
    g_error ("%s: %s", argv[0], error->message);
  g_subprocess_wait_async (process, NULL, command_ended, world);
  g_unix_signal_add (SIGTERM, told_to_end, process);
  g_unix_signal_add (SIGINT, told_to_end, process);
  return process;
}

int
main (int argc, char *argv[])
{
  gboolean manual = FALSE;
  g_auto (GStrv) words = NULL;
  const GOptionEntry entries[] = {
    { "manual-clock",     0, 0, G_OPTION_ARG_NONE,         &manual, "time passes by `advance` only", NULL         },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &words,  NULL,                            "COMMAND..." },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) options = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (HoldfastCatalogue) catalogue = holdfast_catalogue_new (&error);
  g_autofree char *folder = g_dir_make_tmp ("holdfast-world-XXXXXX", NULL);
  g_autofree char *bus = g_strconcat (folder, "/bus", NULL);
  g_autofree char *bus_address = g_strconcat ("unix:path=", bus, NULL);
  g_autofree char *socket = g_strconcat (folder, "/world", NULL);
  g_autoptr (HoldfastClock) clock = NULL;
  g_autoptr (GSocketService) hands = NULL;
  g_autoptr (GDBusServer) programs = NULL;
  g_autoptr (GSubprocess) process = NULL;
  g_autofree char *ready = NULL;
  World world = { 0 };

  g_option_context_set_strict_posix (options, TRUE);
  g_option_context_add_main_entries (options, entries, NULL);
  if (catalogue == NULL || folder == NULL || !g_option_context_parse (options, &argc, &argv, &error)
      || words == NULL)
    g_error ("%s", error != NULL ? error->message : "a command is needed");
  clock = manual ? holdfast_manual_clock_new () : holdfast_clock_new_system ();
  world.clock = clock;
  world.loop = g_main_loop_new (NULL, FALSE);
  world.sim = holdfast_sim_new (
      clock, holdfast_catalogue_find (catalogue, "wh-1000xm4"), HOLDFAST_SIM_FAULT_NONE);
  ready = holdfast_sim_command (world.sim, "reset");
  hands = serve_hands (&world, socket);
  programs = serve_programs (&world, bus_address);
  process = run_command (&world, words, bus_address, socket);
  g_main_loop_run (world.loop);

  g_dbus_server_stop (programs);
  g_socket_service_stop (hands);
  g_object_unref (world.sim);
  g_main_loop_unref (world.loop);
  g_unlink (bus);
  g_unlink (socket);
  g_rmdir (folder);
  return world.status;
}
