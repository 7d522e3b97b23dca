/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim-private.h"

/* bluetoothd's TemporaryTimeout: how long a device that was only seen is remembered. */
#define TEMPORARY_MS 30000

/* Is it heard again and again? */
static gboolean
is_on_air (SimDevice *device)
{
  SimAir *air = sim_air_find (device->sim, device->kind, device->address);
  SimScan needs = device->kind == SIM_AIR_TWIN ? SIM_SCAN_LE : SIM_SCAN_BREDR;

  if (air == NULL || !air->on_air || (device->sim->scan & needs) == 0)
    return FALSE;
  if (device->kind == SIM_AIR_CROWD) {
    guint number = 0;
    guint i;

    for (i = 9; i < 18; i += 3)
      number = number << 8
               | (guint) (g_ascii_xdigit_value (device->address[i]) << 4
                          | g_ascii_xdigit_value (device->address[i + 1]));
    return number < air->n_members;
  }
  return TRUE;
}

static void
expiry_due (gpointer user_data)
{
  HoldfastSim *sim = user_data;
  g_autoptr (GPtrArray) devices = g_hash_table_get_values_as_ptr_array (sim->devices);
  guint i;

  sim->expiry_alarm = 0;
  for (i = 0; i < devices->len; i++) {
    SimDevice *device = g_ptr_array_index (devices, i);

    if (!device->temporary || device->connected || (sim->discovering && is_on_air (device)))
      continue;
    if (holdfast_clock_get_now_us (sim->clock) - device->last_seen_us >= TEMPORARY_MS * SIM_MS)
      sim_device_remove (device);
  }
  sim_expiry_update (sim);
}

/* Sets one alarm for the first of the devices that will be forgotten. */
void
sim_expiry_update (HoldfastSim *sim)
{
  gint64 due_us = G_MAXINT64;
  GHashTableIter iter;
  gpointer value;

  holdfast_clock_clear_alarm (sim->clock, &sim->expiry_alarm);
  g_hash_table_iter_init (&iter, sim->devices);
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    SimDevice *device = value;

    if (!device->temporary || device->connected || (sim->discovering && is_on_air (device)))
      continue;
    due_us = MIN (due_us, device->last_seen_us + TEMPORARY_MS * SIM_MS);
  }
  if (due_us != G_MAXINT64)
    sim->expiry_alarm = holdfast_clock_set_alarm (sim->clock, due_us, expiry_due, sim);
}
