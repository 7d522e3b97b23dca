/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fixture.h"

#include "radio-bluez.h"

#include <string.h>

#define PROBE_PATH "/io/github/holdfast/contract/probe"

/* Where time passes by itself in no time, our own side still needs some: its clock is the
 * computer's. */
#define REAL_SECONDS 2.0

void
await_begin (Await *self, World *world, double seconds)
{
  self->world = world;
  self->until_us = world_get_now_us (world) + (gint64) (seconds * G_USEC_PER_SEC);
  self->real_until_us
      = g_get_monotonic_time () + (gint64) (MIN (seconds, REAL_SECONDS) * G_USEC_PER_SEC);
  self->wake = 0;
}

static gboolean
wake_cb (gpointer user_data)
{
  guint *wake = user_data;

  *wake = 0;
  return G_SOURCE_REMOVE;
}

/* Runs what is next on the main context; FALSE once the time is over. */
gboolean
await_step (Await *self)
{
  gint64 real_left_us = self->real_until_us - g_get_monotonic_time ();
  gint64 left_us = self->until_us - world_get_now_us (self->world);

  if (g_main_context_iteration (NULL, FALSE))
    return TRUE;
  if (left_us > 0 && world_advance (self->world))
    return TRUE;
  left_us = MAX (left_us, real_left_us);
  if (left_us <= 0)
    return FALSE;
  if (self->wake == 0)
    self->wake = g_timeout_add ((guint) (left_us / 1000 + 1), wake_cb, &self->wake);
  g_main_context_iteration (NULL, TRUE);
  return TRUE;
}

void
await_end (Await *self)
{
  g_clear_handle_id (&self->wake, g_source_remove);
}

void
observe_for (Fixture *self, double seconds)
{
  Await await;

  await_begin (&await, self->world, seconds);
  /* There is nothing to wait for but time. */
  await.real_until_us = 0;
  while (await_step (&await))
    ;
  await_end (&await);
}

gboolean
reached_state (Fixture *self, const char *key, const char *value, double seconds)
{
  gint64 until_us = world_get_now_us (self->world) + (gint64) (seconds * G_USEC_PER_SEC);

  while (TRUE) {
    g_autofree char *actual = world_get_state (self->world, key);

    if (actual == NULL || strcmp (actual, value) == 0)
      return TRUE;
    if (world_get_now_us (self->world) >= until_us) {
      g_test_fail_printf ("waited %g s for the headset's side to say %s=%s, it says %s",
                          seconds,
                          key,
                          value,
                          actual);
      return FALSE;
    }
    observe_for (self, 0.1);
  }
}

static void
observe (Fixture *self, HoldfastDevice *device)
{
  HoldfastSighting sighting;

  holdfast_bluez_radio_describe (device, &sighting);
  holdfast_detector_observe (self->detector, &sighting, world_get_now_us (self->world));
}

static void
device_changed_cb (HoldfastClient *client, HoldfastDevice *device, gpointer user_data)
{
  observe (user_data, device);
}

static void
sighted_cb (HoldfastClient *client, HoldfastDevice *device, gpointer user_data)
{
  Fixture *self = user_data;
  const char *address = holdfast_device_get_address (device);

  observe (self, device);
  if (!g_hash_table_contains (self->first_sighted_us, address)) {
    gint64 *now_us = g_new (gint64, 1);

    *now_us = world_get_now_us (self->world);
    g_hash_table_insert (self->first_sighted_us, g_strdup (address), now_us);
  }
  if (strcmp (address, HEADSET_ADDRESS) == 0)
    g_set_object (&self->headset, device);
}

static void
device_removed_cb (HoldfastClient *client, HoldfastDevice *device, gpointer user_data)
{
  Fixture *self = user_data;

  holdfast_detector_lose (
      self->detector, holdfast_device_get_id (device), world_get_now_us (self->world));
  g_ptr_array_add (self->removed, g_object_ref (device));
}

typedef struct {
  gboolean done;
  HoldfastClient *client;
  GDBusConnection *bus;
  GError *error;
} Opening;

static void
bus_opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Opening *opening = user_data;

  opening->bus = g_dbus_connection_new_for_address_finish (result, &opening->error);
  opening->done = TRUE;
}

GDBusConnection *
fixture_connect (Fixture *self)
{
  Opening opening = { 0 };
  GDBusConnectionFlags flags = G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT;

  if (!self->peer)
    flags |= G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION;
  g_dbus_connection_new_for_address (self->bus_address, flags, NULL, NULL, bus_opened_cb, &opening);
  if (!reached (self, opening.done, SOON_SECONDS))
    return NULL;
  if (opening.bus == NULL) {
    g_test_fail_printf ("%s: %s", self->bus_address, opening.error->message);
    g_clear_error (&opening.error);
  }
  return opening.bus;
}

static void
client_ready_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Opening *opening = user_data;

  opening->client = holdfast_client_new_finish (result, &opening->error);
  opening->done = TRUE;
}

HoldfastClient *
fixture_new_client (Fixture *self, GDBusConnection *bus)
{
  Opening opening = { 0 };

  holdfast_client_new_async (bus, self->peer ? NULL : "org.bluez", NULL, client_ready_cb, &opening);
  if (!reached (self, opening.done, SOON_SECONDS))
    return NULL;
  if (opening.client == NULL) {
    g_test_fail_printf ("no client: %s", opening.error->message);
    g_clear_error (&opening.error);
    return NULL;
  }
  return opening.client;
}

static void
call_free (gpointer data)
{
  Call *call = data;

  g_clear_error (&call->error);
  g_free (call->name);
  g_free (call);
}

gboolean
fixture_set_up (Fixture *self)
{
  self->first_sighted_us = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->removed = g_ptr_array_new_with_free_func (g_object_unref);
  self->calls = g_ptr_array_new_with_free_func (call_free);
  self->detector = holdfast_detector_new (self->catalogue,
                                          holdfast_catalogue_find (self->catalogue, "wh-1000xm4"));
  self->began_us = world_get_now_us (self->world);

  self->bus = fixture_connect (self);
  if (self->bus == NULL)
    return FALSE;
  self->client = fixture_new_client (self, self->bus);
  if (self->client == NULL)
    return FALSE;

  /* Plain connections: a client that is given up in the middle of a call may live a little longer
   * than its reference, and drop_client() disconnects. */
  g_signal_connect (self->client, "sighted", G_CALLBACK (sighted_cb), self);
  g_signal_connect (self->client, "device-changed", G_CALLBACK (device_changed_cb), self);
  g_signal_connect (self->client, "device-removed", G_CALLBACK (device_removed_cb), self);
  return reached (self, holdfast_client_get_adapter (self->client) != NULL, SOON_SECONDS);
}

void
fixture_close_bus (Fixture *self)
{
  if (self->bus != NULL)
    g_dbus_connection_close (self->bus, NULL, NULL, NULL);
}

void
fixture_drop_client (Fixture *self)
{
  if (self->client != NULL)
    g_signal_handlers_disconnect_by_data (self->client, self);
  g_clear_object (&self->client);
}

static gboolean
all_calls_done (Fixture *self)
{
  for (guint i = 0; i < self->calls->len; i++) {
    Call *call = g_ptr_array_index (self->calls, i);

    if (!call->done)
      return FALSE;
  }
  return TRUE;
}

/* A bus connection may have one agent: a second one is let in only if ours is gone. */
static void
check_no_agent_is_left (Fixture *self)
{
  Call *call = raw_call (self,
                         "/org/bluez",
                         "org.bluez.AgentManager1",
                         "RegisterAgent",
                         g_variant_new ("(os)", PROBE_PATH, "NoInputNoOutput"));

  if (!expect (self, call, "ok", SOON_SECONDS))
    return;
  call = raw_call (self,
                   "/org/bluez",
                   "org.bluez.AgentManager1",
                   "UnregisterAgent",
                   g_variant_new ("(o)", PROBE_PATH));
  expect (self, call, "ok", SOON_SECONDS);
}

static void
check_nothing_is_left (Fixture *self)
{
  if (world_do (self->world, "reset"))
    reached_state (self, "discovering", "no", 0);
  if (self->bus != NULL && !g_dbus_connection_is_closed (self->bus))
    check_no_agent_is_left (self);
}

void
fixture_tear_down (Fixture *self)
{
  HoldfastClient *client = NULL;

  if (self->agent != NULL) {
    g_signal_handlers_disconnect_by_data (self->agent, self);
    if (!g_dbus_connection_is_closed (self->bus))
      expect (self, unregister_agent (self), "ok", SOON_SECONDS);
    g_clear_object (&self->agent);
  }
  g_set_weak_pointer (&client, self->client);
  g_clear_object (&self->headset);
  fixture_drop_client (self);

  check_nothing_is_left (self);

  fixture_close_bus (self);
  reached (self, all_calls_done (self), SOON_SECONDS);
  reached (self, client == NULL, SOON_SECONDS);
  g_clear_object (&self->bus);
  g_clear_pointer (&self->detector, holdfast_detector_free);
  g_clear_pointer (&self->first_sighted_us, g_hash_table_unref);
  g_clear_pointer (&self->removed, g_ptr_array_unref);
  g_clear_pointer (&self->calls, g_ptr_array_unref);
  g_clear_pointer (&self->refused, g_free);
  self->pin_requests = self->agent_released = 0;
}
