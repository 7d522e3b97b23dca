/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fixture.h"

#include <string.h>

static Call *
call_new (Fixture *self, const char *name)
{
  Call *call = g_new0 (Call, 1);

  call->name = g_strdup (name);
  call->world = self->world;
  call->began_us = world_get_now_us (self->world);
  g_ptr_array_add (self->calls, call);
  return call;
}

static void
call_done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Call *call = user_data;

  if (HOLDFAST_IS_CLIENT (source)) {
    holdfast_client_finish (HOLDFAST_CLIENT (source), result, &call->error);
  } else if (HOLDFAST_IS_AGENT (source)) {
    holdfast_agent_finish (HOLDFAST_AGENT (source), result, &call->error);
  } else {
    g_autoptr (GVariant) reply
        = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &call->error);
  }
  call->done = TRUE;
  call->ms = (world_get_now_us (call->world) - call->began_us) / 1000;
}

/* "Failed: br-connection-refused", "io/cancelled", "ok" */
static char *
outcome_to_text (const GError *error)
{
  g_autofree char *name = NULL;
  g_autoptr (GError) stripped = NULL;
  const char *tail;

  if (error == NULL)
    return g_strdup ("ok");
  name = g_dbus_error_get_remote_error (error);
  if (name == NULL && error->domain == G_IO_ERROR) {
    g_autoptr (GEnumClass) nicks = g_type_class_ref (G_TYPE_IO_ERROR_ENUM);
    GEnumValue *value = g_enum_get_value (nicks, error->code);

    return g_strdup_printf ("io/%s: %s", value ? value->value_nick : "?", error->message);
  }
  if (name == NULL && error->domain == G_DBUS_ERROR)
    name = g_dbus_error_encode_gerror (error);
  if (name == NULL)
    return g_strdup_printf ("%s: %s", g_quark_to_string (error->domain), error->message);

  stripped = g_error_copy (error);
  g_dbus_error_strip_remote_error (stripped);
  if (!g_str_has_prefix (name, "org.bluez.Error.")
      && !g_str_has_prefix (name, "org.freedesktop.DBus.Error."))
    return g_strdup_printf ("%s: %s", name, stripped->message);
  tail = strstr (name, "Error.") + strlen ("Error.");
  return g_strdup_printf ("%s: %s", tail, stripped->message);
}

static gboolean
text_is_as (const char *actual, const char *expected)
{
  gsize length = strlen (expected);

  if (strcmp (actual, expected) == 0)
    return TRUE;
  return strchr (expected, ':') == NULL && strncmp (actual, expected, length) == 0
         && actual[length] == ':';
}

gboolean
expect_text (Fixture *self, const char *what, const char *actual, const char *expected)
{
  const char *instead = differences_look_up (self->differences, self->case_name, what);
  g_auto (GStrv) alternatives = g_strsplit (instead ? instead : expected, "|", -1);

  for (guint i = 0; alternatives[i] != NULL; i++) {
    if (text_is_as (actual, alternatives[i]))
      return TRUE;
  }
  g_test_fail_printf ("%s: %s is \"%s\", not \"%s\"%s",
                      self->case_name,
                      what,
                      actual,
                      instead ? instead : expected,
                      instead ? " (from differences.txt)" : "");
  return FALSE;
}

gboolean
expect_flag (Fixture *self, const char *what, gboolean actual, gboolean expected)
{
  return expect_text (self, what, actual ? "yes" : "no", expected ? "yes" : "no");
}

gboolean
expect (Fixture *self, Call *call, const char *expected, double seconds)
{
  g_autofree char *outcome = NULL;

  if (!reached (self, call->done, seconds)) {
    g_test_message ("%s: that was for the answer to %s", self->case_name, call->name);
    return FALSE;
  }
  outcome = g_strdelimit (outcome_to_text (call->error), "\n", ' ');
  g_test_message (
      "%s: %s -> %s, %" G_GINT64_FORMAT " ms", self->case_name, call->name, outcome, call->ms);
  return expect_text (self, call->name, outcome, expected);
}

static const char *
transport_to_text (HoldfastTransport transport)
{
  switch (transport) {
  case HOLDFAST_TRANSPORT_BREDR:
    return "classic";
  case HOLDFAST_TRANSPORT_LE:
    return "le";
  case HOLDFAST_TRANSPORT_AUTO:
    return "both";
  }
  return "?";
}

Call *
begin_discovery_of (Fixture *self, HoldfastClient *client, HoldfastTransport transport)
{
  g_autofree char *name = g_strconcat ("start discovery, ", transport_to_text (transport), NULL);
  Call *call = call_new (self, name);

  holdfast_client_start_discovery_async (client, transport, FALSE, NULL, call_done_cb, call);
  return call;
}

Call *
end_discovery_of (Fixture *self, HoldfastClient *client)
{
  Call *call = call_new (self, "stop discovery");

  holdfast_client_stop_discovery_async (client, NULL, call_done_cb, call);
  return call;
}

Call *
start_discovery (Fixture *self, HoldfastTransport transport)
{
  return begin_discovery_of (self, self->client, transport);
}

Call *
stop_discovery (Fixture *self)
{
  return end_discovery_of (self, self->client);
}

Call *
set_powered (Fixture *self, gboolean powered)
{
  Call *call = call_new (self, powered ? "power on" : "power off");

  holdfast_client_set_powered_async (self->client, powered, NULL, call_done_cb, call);
  return call;
}

Call *
pair (Fixture *self, GCancellable *cancellable)
{
  Call *call = call_new (self, "pair");

  holdfast_client_pair_async (self->client, self->headset, cancellable, call_done_cb, call);
  return call;
}

Call *
cancel_pairing (Fixture *self)
{
  Call *call = call_new (self, "cancel pairing");

  holdfast_client_cancel_pairing_async (self->client, self->headset, NULL, call_done_cb, call);
  return call;
}

Call *
set_trusted (Fixture *self, gboolean trusted)
{
  Call *call = call_new (self, trusted ? "trust" : "trust no more");

  holdfast_client_set_trusted_async (
      self->client, self->headset, trusted, NULL, call_done_cb, call);
  return call;
}

Call *
set_blocked (Fixture *self, gboolean blocked)
{
  Call *call = call_new (self, blocked ? "block" : "unblock");

  holdfast_client_set_blocked_async (
      self->client, self->headset, blocked, NULL, call_done_cb, call);
  return call;
}

Call *
connect_music (Fixture *self)
{
  Call *call = call_new (self, "connect");

  holdfast_client_connect_profile_async (
      self->client, self->headset, HOLDFAST_UUID_A2DP_SINK, NULL, call_done_cb, call);
  return call;
}

Call *
disconnect (Fixture *self)
{
  Call *call = call_new (self, "disconnect");

  holdfast_client_disconnect_async (self->client, self->headset, NULL, call_done_cb, call);
  return call;
}

Call *
remove_headset (Fixture *self)
{
  Call *call = call_new (self, "remove");

  holdfast_client_remove_device_async (self->client, self->headset, NULL, call_done_cb, call);
  return call;
}

Call *
register_agent (Fixture *self)
{
  Call *call = call_new (self, "register agent");

  holdfast_agent_register_async (self->agent, NULL, call_done_cb, call);
  return call;
}

Call *
unregister_agent (Fixture *self)
{
  Call *call = call_new (self, "unregister agent");

  holdfast_agent_unregister_async (self->agent, call_done_cb, call);
  return call;
}

Call *
raw_call (
    Fixture *self, const char *path, const char *interface, const char *method, GVariant *arguments)
{
  Call *call = call_new (self, method);

  g_dbus_connection_call (self->bus,
                          self->peer ? NULL : "org.bluez",
                          path,
                          interface,
                          method,
                          arguments,
                          NULL,
                          G_DBUS_CALL_FLAGS_NO_AUTO_START,
                          25000,
                          NULL,
                          call_done_cb,
                          call);
  return call;
}
