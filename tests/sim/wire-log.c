/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wire-log.h"

#include <string.h>

#define ADAPTER "/org/bluez/hci0"
#define HEADSET ADAPTER "/dev_38_18_4C_00_00_42"

static const char agent_xml[] = "<node><interface name='org.bluez.Agent1'>"
                                "<method name='Release'/><method name='Cancel'/>"
                                "<method name='RequestPinCode'><arg type='o' direction='in'/>"
                                "<arg type='s' direction='out'/></method>"
                                "<method name='RequestConfirmation'><arg type='o' direction='in'/>"
                                "<arg type='u' direction='in'/></method>"
                                "<method name='AuthorizeService'><arg type='o' direction='in'/>"
                                "<arg type='s' direction='in'/></method>"
                                "</interface></node>";

typedef struct {
  gboolean accepts;
  char *pin;
} Agent;

static void
shorten (GString *text)
{
  g_string_replace (text, "-0000-1000-8000-00805f9b34fb", "", 0);
  g_string_replace (text, HEADSET, "HEADSET", 0);
  g_string_replace (text, ADAPTER, "hci0", 0);
  g_string_replace (text, "objectpath ", "", 0);
  g_string_replace (text, "org.bluez.", "", 0);
  g_string_replace (text, "\n", "", 0);
}

static void
append_dict (GString *text, GVariant *dict)
{
  GVariantIter iter;
  const char *key;
  GVariant *value;

  g_variant_iter_init (&iter, dict);
  while (g_variant_iter_next (&iter, "{&sv}", &key, &value)) {
    g_autofree char *printed = g_variant_print (value, FALSE);

    g_string_append_printf (text, " %s=%s", key, printed);
    g_variant_unref (value);
  }
}

static void
append_signal (GString *text, GDBusMessage *message)
{
  const char *member = g_dbus_message_get_member (message);
  GVariant *body = g_dbus_message_get_body (message);

  g_string_append_printf (text, "%s", member);
  if (g_str_equal (member, "PropertiesChanged")) {
    const char *interface;
    g_autoptr (GVariant) changed = NULL;
    g_autofree const char **invalidated = NULL;

    g_variant_get (body, "(&s@a{sv}^a&s)", &interface, &changed, &invalidated);
    g_string_append_printf (text, " %s", g_dbus_message_get_path (message));
    append_dict (text, changed);
    for (guint i = 0; invalidated[i] != NULL; i++)
      g_string_append_printf (text, " -%s", invalidated[i]);
  } else if (g_str_equal (member, "InterfacesAdded")) {
    const char *path;
    g_autoptr (GVariantIter) interfaces = NULL;
    const char *interface;
    GVariant *properties;

    g_variant_get (body, "(&oa{sa{sv}})", &path, &interfaces);
    g_string_append_printf (text, " %s", path);
    while (g_variant_iter_next (interfaces, "{&s@a{sv}}", &interface, &properties)) {
      g_string_append_printf (text, " %s:", interface);
      append_dict (text, properties);
      g_variant_unref (properties);
    }
  } else {
    g_autofree char *printed = g_variant_print (body, FALSE);

    g_string_append_printf (text, " %s", printed);
  }
}

static void
append_arguments (GString *text, GDBusMessage *message)
{
  GVariant *body = g_dbus_message_get_body (message);

  if (body != NULL) {
    g_autofree char *printed = g_variant_print (body, FALSE);

    g_string_append (text, printed);
  }
}

/* Both threads of the connection come here. Returns: (nullable): one line */
static GString *
describe (WireLog *log, GDBusMessage *message, gboolean incoming)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gpointer serial = GUINT_TO_POINTER (g_dbus_message_get_reply_serial (message));
  const char *member = g_dbus_message_get_member (message);

  if (log->names_only && member != NULL) {
    g_string_append_printf (text, "%s ", member);
    return g_steal_pointer (&text);
  }
  switch (g_dbus_message_get_message_type (message)) {
  case G_DBUS_MESSAGE_TYPE_METHOD_CALL:
    if (g_str_equal (member, "GetAll"))
      return NULL; /* wire_log_settle() */
    g_string_append_printf (text, "%s %s ", incoming ? "asks" : "call", member);
    append_arguments (text, message);
    if (!incoming)
      g_hash_table_insert (
          log->calls, GUINT_TO_POINTER (g_dbus_message_get_serial (message)), g_strdup (member));
    break;
  case G_DBUS_MESSAGE_TYPE_SIGNAL:
    append_signal (text, message);
    break;
  case G_DBUS_MESSAGE_TYPE_METHOD_RETURN:
  case G_DBUS_MESSAGE_TYPE_ERROR:
    if (!incoming || !g_hash_table_contains (log->calls, serial))
      return NULL;
    g_string_append_printf (text, "reply %s ", (char *) g_hash_table_lookup (log->calls, serial));
    if (g_dbus_message_get_error_name (message) != NULL)
      g_string_append_printf (text, "%s: ", g_dbus_message_get_error_name (message));
    append_arguments (text, message);
    break;
  case G_DBUS_MESSAGE_TYPE_INVALID:
    g_assert_not_reached ();
  }
  shorten (text);
  while (text->len > 0 && text->str[text->len - 1] == ' ')
    g_string_truncate (text, text->len - 1);
  return g_steal_pointer (&text);
}

static GDBusMessage *
note (GDBusConnection *connection, GDBusMessage *message, gboolean incoming, gpointer user_data)
{
  WireLog *log = user_data;
  GString *line;

  g_mutex_lock (&log->mutex);
  line = describe (log, message, incoming);
  if (line != NULL) {
    /* the clock starts at one second */
    g_string_append_printf (
        log->text, "%7.3f %s\n", (double) (log->now_us - G_USEC_PER_SEC) / 1e6, line->str);
    g_string_free (line, TRUE);
  }
  g_mutex_unlock (&log->mutex);
  return message;
}

WireLog *
wire_log_new (HoldfastHeadset *model, HoldfastSimFaults faults)
{
  WireLog *log = g_new0 (WireLog, 1);

  g_mutex_init (&log->mutex);
  log->clock = holdfast_manual_clock_new ();
  log->now_us = holdfast_clock_get_now_us (log->clock);
  log->sim = holdfast_sim_new (log->clock, model, faults);
  log->connections = g_ptr_array_new_with_free_func (g_object_unref);
  log->text = g_string_new (NULL);
  log->calls = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  g_dbus_connection_add_filter (wire_log_connect (log), note, log, NULL);
  return log;
}

static gboolean
is_closed (gpointer connection)
{
  return g_dbus_connection_is_closed (connection);
}

void
wire_log_free (WireLog *log)
{
  holdfast_test_assert_finalize (log->sim);
  for (guint i = 0; i < log->connections->len; i++)
    holdfast_test_wait (is_closed,
                        g_ptr_array_index (log->connections, i),
                        HOLDFAST_TEST_DEADLINE_MS,
                        "the world's end closes the connection");
  while (log->connections->len > 0)
    holdfast_test_assert_finalize (
        g_ptr_array_steal_index (log->connections, log->connections->len - 1));
  g_ptr_array_unref (log->connections);
  /* nothing in the simulated world is still to happen */
  g_assert_cmpint (
      holdfast_manual_clock_get_next_alarm_us (HOLDFAST_MANUAL_CLOCK (log->clock)), ==, G_MAXINT64);
  g_assert_finalize_object (log->clock);
  g_string_free (log->text, TRUE);
  g_hash_table_unref (log->calls);
  g_mutex_clear (&log->mutex);
  g_free (log);
}

GDBusConnection *
wire_log_connect (WireLog *log)
{
  GAsyncResult *ready = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GDBusConnection *connection;

  holdfast_sim_connect_async (log->sim, NULL, holdfast_test_result_cb, &ready);
  result = holdfast_test_wait_result (&ready, "a connection to the simulated world");
  connection = holdfast_sim_connect_finish (log->sim, result, &error);
  g_assert_no_error (error);
  g_ptr_array_add (log->connections, connection);
  return connection;
}

static void
call (WireLog *log,
      guint n,
      const char *path,
      const char *interface,
      const char *method,
      GVariant *parameters,
      GAsyncReadyCallback callback,
      gpointer user_data)
{
  g_dbus_connection_call (g_ptr_array_index (log->connections, n),
                          NULL,
                          path,
                          interface,
                          method,
                          parameters,
                          NULL,
                          G_DBUS_CALL_FLAGS_NONE,
                          G_MAXINT,
                          NULL,
                          callback,
                          user_data);
}

static void
was_called (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GVariant) value
      = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, NULL);
}

void
wire_log_call (WireLog *log,
               guint n,
               const char *path,
               const char *interface,
               const char *method,
               GVariant *parameters)
{
  call (log, n, path, interface, method, parameters, was_called, NULL);
  wire_log_settle (log);
}

void
wire_log_call_headset (WireLog *log, guint n, const char *method, GVariant *parameters)
{
  wire_log_call (log, n, HEADSET, "org.bluez.Device1", method, parameters);
}

void
wire_log_settle (WireLog *log)
{
  /* Once there and back brings what was sent before; a question and its answer take another turn.
   */
  for (guint turn = 0; turn < 3; turn++) {
    for (guint i = 0; i < log->connections->len; i++) {
      GAsyncResult *ready = NULL;
      g_autoptr (GAsyncResult) result = NULL;

      if (g_dbus_connection_is_closed (g_ptr_array_index (log->connections, i)))
        continue;
      call (log,
            i,
            "/org/bluez",
            "org.freedesktop.DBus.Properties",
            "GetAll",
            g_variant_new ("(s)", "org.bluez.AgentManager1"),
            holdfast_test_result_cb,
            &ready);
      result = holdfast_test_wait_result (&ready, "the simulated world's answer");
      was_called (g_ptr_array_index (log->connections, i), result, NULL);
    }
  }
}

GVariant *
wire_log_get_objects (WireLog *log)
{
  GAsyncResult *ready = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GVariant) reply = NULL;
  g_autoptr (GError) error = NULL;

  call (log,
        0,
        "/",
        "org.freedesktop.DBus.ObjectManager",
        "GetManagedObjects",
        NULL,
        holdfast_test_result_cb,
        &ready);
  result = holdfast_test_wait_result (&ready, "the objects");
  reply = g_dbus_connection_call_finish (g_ptr_array_index (log->connections, 0), result, &error);
  g_assert_no_error (error);
  return g_variant_get_child_value (reply, 0);
}

static void
set_now (WireLog *log)
{
  g_mutex_lock (&log->mutex);
  log->now_us = holdfast_clock_get_now_us (log->clock);
  g_mutex_unlock (&log->mutex);
}

void
wire_log_run (WireLog *log, gint64 ms)
{
  HoldfastManualClock *clock = HOLDFAST_MANUAL_CLOCK (log->clock);
  gint64 until_us = log->now_us + ms * 1000;

  while (log->now_us < until_us) {
    gint64 next_us = MIN (holdfast_manual_clock_get_next_alarm_us (clock), until_us);
    gint64 by_us = next_us - log->now_us;

    g_mutex_lock (&log->mutex);
    log->now_us = next_us;
    g_mutex_unlock (&log->mutex);
    holdfast_manual_clock_advance (clock, by_us);
    wire_log_settle (log);
  }
  set_now (log);
}

void
wire_log_find (WireLog *log)
{
  GVariantDict filter;

  g_variant_dict_init (&filter, NULL);
  g_variant_dict_insert (&filter, "Transport", "s", "bredr");
  wire_log_call (log,
                 0,
                 ADAPTER,
                 "org.bluez.Adapter1",
                 "SetDiscoveryFilter",
                 g_variant_new ("(@a{sv})", g_variant_dict_end (&filter)));
  wire_log_call (log, 0, ADAPTER, "org.bluez.Adapter1", "StartDiscovery", NULL);
  holdfast_virtual_headset_set_mode (holdfast_sim_get_headset (log->sim), HOLDFAST_VIRTUAL_PAIRING);
  wire_log_run (log, 1000);
  wire_log_call (log, 0, ADAPTER, "org.bluez.Adapter1", "StopDiscovery", NULL);
}

static void
agent_call (GDBusConnection *connection,
            const char *sender,
            const char *path,
            const char *interface,
            const char *method,
            GVariant *parameters,
            GDBusMethodInvocation *invocation,
            gpointer user_data)
{
  Agent *agent = user_data;

  if (g_str_equal (method, "Release") || g_str_equal (method, "Cancel"))
    g_dbus_method_invocation_return_value (invocation, NULL);
  else if (!agent->accepts)
    g_dbus_method_invocation_return_dbus_error (invocation, "org.bluez.Error.Rejected", "no");
  else if (g_str_equal (method, "RequestPinCode"))
    g_dbus_method_invocation_return_value (invocation, g_variant_new ("(s)", agent->pin));
  else
    g_dbus_method_invocation_return_value (invocation, NULL);
}

static void
agent_free (gpointer data)
{
  Agent *agent = data;

  g_free (agent->pin);
  g_free (agent);
}

void
wire_log_add_agent (WireLog *log, const char *capability, gboolean accepts, const char *pin)
{
  static const GDBusInterfaceVTable vtable = { agent_call, NULL, NULL, { NULL } };
  g_autoptr (GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (agent_xml, NULL);
  g_autoptr (GError) error = NULL;
  Agent *agent = g_new (Agent, 1);

  agent->accepts = accepts;
  agent->pin = g_strdup (pin);
  g_dbus_connection_register_object (g_ptr_array_index (log->connections, 0),
                                     "/agent",
                                     node->interfaces[0],
                                     &vtable,
                                     agent,
                                     agent_free,
                                     &error);
  g_assert_no_error (error);
  wire_log_call (log,
                 0,
                 "/org/bluez",
                 "org.bluez.AgentManager1",
                 "RegisterAgent",
                 g_variant_new ("(os)", "/agent", capability));
}

static void
note_hand (WireLog *log, const char *what, const char *text)
{
  g_mutex_lock (&log->mutex);
  g_string_append_printf (
      log->text, "%7.3f %s %s\n", (double) (log->now_us - G_USEC_PER_SEC) / 1e6, what, text);
  g_mutex_unlock (&log->mutex);
}

void
wire_log_command (WireLog *log, const char *line)
{
  g_autofree char *answer = NULL;

  note_hand (log, "hand", line);
  answer = holdfast_sim_command (log->sim, line);
  wire_log_settle (log);
  note_hand (log, "world", answer);
}

void
wire_log_clear (WireLog *log)
{
  g_mutex_lock (&log->mutex);
  g_string_truncate (log->text, 0);
  g_mutex_unlock (&log->mutex);
}

guint
wire_log_count (WireLog *log, const char *kind)
{
  g_autofree char *text = wire_log_steal (log);
  g_autofree char *word = g_strdup_printf (" %s ", kind);
  guint n = 0;

  for (const char *at = text; (at = strstr (at, word)) != NULL; at += strlen (word))
    n++;
  return n;
}

char *
wire_log_steal (WireLog *log)
{
  char *text;

  g_mutex_lock (&log->mutex);
  text = g_strdup (log->text->str);
  g_string_truncate (log->text, 0);
  g_mutex_unlock (&log->mutex);
  return text;
}
