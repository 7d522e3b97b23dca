/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fixture.h"

#include <string.h>

static void
pin_requested_cb (HoldfastAgent *agent, gpointer user_data)
{
  Fixture *self = user_data;

  self->pin_requests++;
}

static void
refused_cb (HoldfastAgent *agent, const char *method, const char *device_path, gpointer user_data)
{
  Fixture *self = user_data;

  g_set_str (&self->refused, method);
}

static void
released_cb (HoldfastAgent *agent, gpointer user_data)
{
  Fixture *self = user_data;

  self->agent_released++;
}

gboolean
fixture_register_agent (Fixture *self)
{
  self->agent = holdfast_agent_new (self->client);
  /* Plain connections: tear_down() disconnects before anything of the fixture goes. */
  g_signal_connect (self->agent, "pin-requested", G_CALLBACK (pin_requested_cb), self);
  g_signal_connect (self->agent, "refused", G_CALLBACK (refused_cb), self);
  g_signal_connect (self->agent, "released", G_CALLBACK (released_cb), self);
  if (!expect (self, register_agent (self), "ok", SOON_SECONDS))
    return FALSE;
  if (self->headset != NULL)
    holdfast_agent_set_device (self->agent, self->headset);
  return TRUE;
}

HoldfastDevice *
fixture_find (Fixture *self, const char *address)
{
  GListModel *devices = holdfast_client_get_devices (self->client);

  for (guint i = 0; i < g_list_model_get_n_items (devices); i++) {
    g_autoptr (HoldfastDevice) device = g_list_model_get_item (devices, i);

    /* The model keeps it alive. */
    if (strcmp (holdfast_device_get_address (device), address) == 0)
      return device;
  }
  return NULL;
}

gint64
fixture_sighted_ms (Fixture *self, const char *address, gint64 since_us)
{
  gint64 *at_us = g_hash_table_lookup (self->first_sighted_us, address);

  return at_us ? (*at_us - since_us) / 1000 : -1;
}

void
fixture_forget_sightings (Fixture *self)
{
  g_hash_table_remove_all (self->first_sighted_us);
}

gboolean
fixture_is_discovering (Fixture *self)
{
  HoldfastAdapter *adapter = holdfast_client_get_adapter (self->client);

  return adapter != NULL && holdfast_adapter_get_discovering (adapter);
}

HoldfastVerdict
fixture_judge (Fixture *self)
{
  HoldfastVerdict verdict;

  holdfast_detector_judge (
      self->detector, self->began_us, world_get_now_us (self->world), &verdict);
  return verdict;
}

gboolean
fixture_find_headset (Fixture *self)
{
  if (!world_do (self->world, "pairing-mode on"))
    return FALSE;
  g_clear_object (&self->headset);
  fixture_forget_sightings (self);
  if (!expect (self, start_discovery (self, HOLDFAST_TRANSPORT_BREDR), "ok", SOON_SECONDS)
      || !reached (self,
                   self->headset != NULL && holdfast_device_get_name (self->headset) != NULL,
                   SEEN_SECONDS)
      || !expect (self, stop_discovery (self), "ok", SOON_SECONDS)
      || !reached (self, !fixture_is_discovering (self), SOON_SECONDS))
    return FALSE;
  if (self->agent != NULL)
    holdfast_agent_set_device (self->agent, self->headset);
  return TRUE;
}

gboolean
fixture_pair_headset (Fixture *self)
{
  return fixture_find_headset (self) && (self->agent != NULL || fixture_register_agent (self))
         && expect (self, pair (self, NULL), "ok", 30)
         && reached (self, holdfast_device_get_paired (self->headset), SOON_SECONDS);
}

gboolean
fixture_connect_headset (Fixture *self)
{
  return fixture_pair_headset (self) && expect (self, set_trusted (self, TRUE), "ok", SOON_SECONDS)
         && expect (self, connect_music (self), "ok", 30)
         && reached (self, holdfast_device_get_connected (self->headset), SOON_SECONDS)
         && reached (self, holdfast_device_get_transport (self->headset), SOON_SECONDS);
}
