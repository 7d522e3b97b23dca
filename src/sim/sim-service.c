/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim-private.h"

/* systemd's RestartSec is shorter than what bluetoothd then takes to power its adapters. */
#define RESTART_MS 1000

/* A peer has no bus that would tell it. */
static void
tell_owner (HoldfastSim *sim, guint before, guint after)
{
  g_autofree char *old_owner = before > 0 ? g_strdup_printf (":1.%u", before) : g_strdup ("");
  g_autofree char *new_owner = after > 0 ? g_strdup_printf (":1.%u", after) : g_strdup ("");
  guint i;

  /* a connection that is closing has nobody to be told */
  for (i = 0; i < sim->clients->len; i++) {
    SimClient *client = g_ptr_array_index (sim->clients, i);

    g_dbus_connection_emit_signal (client->connection,
                                   NULL,
                                   "/org/freedesktop/DBus",
                                   "org.freedesktop.DBus",
                                   "NameOwnerChanged",
                                   g_variant_new ("(sss)", "org.bluez", old_owner, new_owner),
                                   NULL);
  }
}

/* What bluetoothd does not write down is lost. */
static void
forget_unwritten (HoldfastSim *sim)
{
  g_autoptr (GPtrArray) devices = g_hash_table_get_values_as_ptr_array (sim->devices);
  guint i;

  for (i = 0; i < devices->len; i++) {
    SimDevice *device = g_ptr_array_index (devices, i);

    if (device->connected)
      sim_link_down (device, "Local");
    if (g_hash_table_lookup (sim->devices, device->path) != device)
      continue;
    device->endpoint = FALSE;
    if (!device->bonded && !device->trusted && !device->blocked)
      sim_device_remove (device);
  }
}

/* It is killed: no good-bye but the bus's, and calls that nobody answers. */
void
sim_service_stop (HoldfastSim *sim)
{
  guint i;

  holdfast_clock_clear_alarm (sim->clock, &sim->service_alarm);
  if (!sim->service)
    return;
  sim->service = FALSE;
  sim_discovery_end (sim);
  forget_unwritten (sim);
  for (i = 0; i < sim->clients->len; i++) {
    SimClient *client = g_ptr_array_index (sim->clients, i);

    client->scan = SIM_SCAN_AUTO;
    client->duplicates = FALSE;
    client->agent_is_default = FALSE;
    g_clear_pointer (&client->agent, g_free);
  }
  tell_owner (sim, sim->n_services, 0);
}

void
sim_service_start (HoldfastSim *sim)
{
  holdfast_clock_clear_alarm (sim->clock, &sim->service_alarm);
  if (sim->service)
    return;
  sim->service = TRUE;
  sim->n_services++;
  tell_owner (sim, 0, sim->n_services);
}

static void
restart_due (gpointer user_data)
{
  HoldfastSim *sim = user_data;

  sim->service_alarm = 0;
  sim_service_start (sim);
}

void
sim_service_restart (HoldfastSim *sim)
{
  gint64 now_us = holdfast_clock_get_now_us (sim->clock);

  sim_service_stop (sim);
  sim->service_alarm
      = holdfast_clock_set_alarm (sim->clock, now_us + RESTART_MS * SIM_MS, restart_due, sim);
}
