/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim-private.h"

/* How discovery runs in time, measured at bluetoothd 5.82 with a kernel 6.12: an unfiltered one
 * looks for LE devices first, then does an inquiry, then rests; a filtered one does not rest. */
#define LE_MS 5120
#define INQUIRY_MS 5120
#define REST_MS 5000
/* How long after its listening began the adapter has heard somebody who is there. */
#define LE_HEARD_MS 300
#define INQUIRY_HEARD_MS 400
#define BREDR_HEARD_MS 1000
/* How often it hears somebody again, as far as programs are told. */
#define REPEAT_MS 10240
#define REPEAT_DUPLICATES_MS 1280
/* A name that is not in the inquiry's answer is asked for afterwards. */
#define LATE_NAME_MS 1500
/* A crowd is not heard at one stroke. */
#define CROWD_PART 100
#define CROWD_PART_MS 10

static void schedule_sightings (HoldfastSim *sim);

void
sim_air_free (SimAir *air)
{
  g_free (air->name);
  g_free (air);
}

SimAir *
sim_air_add (HoldfastSim *sim,
             SimAirKind kind,
             const char *address,
             const char *name,
             guint32 class_of_device,
             gint16 rssi)
{
  SimAir *air = g_new0 (SimAir, 1);

  air->kind = kind;
  g_strlcpy (air->address, address, sizeof air->address);
  air->name = g_strdup (name);
  air->class_of_device = class_of_device;
  air->rssi = rssi;
  air->due_us = G_MAXINT64;
  g_ptr_array_add (sim->airs, air);
  return air;
}

SimAir *
sim_air_find (HoldfastSim *sim, SimAirKind kind, const char *address)
{
  guint i;

  for (i = 0; i < sim->airs->len; i++) {
    SimAir *air = g_ptr_array_index (sim->airs, i);

    if (air->kind == kind && (kind == SIM_AIR_CROWD || g_str_equal (air->address, address)))
      return air;
  }
  return NULL;
}

static gint64
now_us (HoldfastSim *sim)
{
  return holdfast_clock_get_now_us (sim->clock);
}

/* Returns: the length of one turn, or 0 if the adapter listens all the time */
static gint64
get_turn_us (HoldfastSim *sim)
{
  if (sim->scan != SIM_SCAN_AUTO)
    return 0;
  return (LE_MS + INQUIRY_MS + (sim->filtered ? 0 : REST_MS)) * SIM_MS;
}

static gboolean
is_resting (HoldfastSim *sim)
{
  gint64 turn_us = get_turn_us (sim);

  return turn_us > 0
         && (now_us (sim) - sim->cycle_began_us) % turn_us >= (LE_MS + INQUIRY_MS) * SIM_MS;
}

/* Returns: when somebody who is there from now on will be heard */
static gint64
when_heard_us (HoldfastSim *sim, gboolean low_energy)
{
  gint64 turn_us = get_turn_us (sim);
  gint64 now = now_us (sim);
  gint64 begins_us = (low_energy ? 0 : LE_MS) * SIM_MS;
  gint64 ends_us = (low_energy ? LE_MS : LE_MS + INQUIRY_MS) * SIM_MS;
  gint64 takes_us = (low_energy ? LE_HEARD_MS : INQUIRY_HEARD_MS) * SIM_MS;
  gint64 turn_began_us;
  gint64 heard_us;

  if ((sim->scan & (low_energy ? SIM_SCAN_LE : SIM_SCAN_BREDR)) == 0)
    return G_MAXINT64;
  if (turn_us == 0)
    return now + (low_energy ? LE_HEARD_MS : BREDR_HEARD_MS) * SIM_MS;
  turn_began_us = now - (now - sim->cycle_began_us) % turn_us;
  heard_us = MAX (now, turn_began_us + begins_us) + takes_us;
  if (heard_us < turn_began_us + ends_us)
    return heard_us;
  return turn_began_us + turn_us + begins_us + takes_us;
}

static void
expect (HoldfastSim *sim, SimAir *air)
{
  if (!air->on_air || !sim->discovering)
    air->due_us = G_MAXINT64;
  else if (!air->heard && air->due_us == G_MAXINT64)
    air->due_us = when_heard_us (sim, air->kind == SIM_AIR_TWIN);
}

static void
tell_late_name (SimDevice *device)
{
  SimAir *air = sim_air_find (device->sim, device->kind, device->address);

  if (air == NULL || device->name != NULL)
    return;
  device->name = g_strdup (air->name);
  sim_emit_changed (device->sim, device->path, SIM_DEVICE, "Name", "Alias", NULL);
}

static void
hear_known (SimDevice *device, SimAir *air, gboolean in_pairing)
{
  gboolean new_rssi = !device->has_rssi || device->rssi != air->rssi;
  gboolean new_name = g_strcmp0 (device->name, air->name) != 0 && !device->legacy;

  device->has_rssi = TRUE;
  device->rssi = air->rssi;
  if (new_rssi || device->sim->filtered)
    sim_emit_changed (device->sim, device->path, SIM_DEVICE, "RSSI", NULL);
  if (device->kind == SIM_AIR_TWIN && device->fast_pair_discoverable != in_pairing) {
    device->fast_pair_discoverable = in_pairing;
    sim_emit_changed (
        device->sim, device->path, SIM_DEVICE, "ServiceData", "AdvertisingFlags", NULL);
  }
  if (air->class_of_device != device->class_of_device) {
    device->class_of_device = air->class_of_device;
    sim_emit_changed (device->sim, device->path, SIM_DEVICE, "Class", "Icon", NULL);
  }
  if (new_name) {
    g_set_str (&device->name, air->name);
    sim_emit_changed (device->sim, device->path, SIM_DEVICE, "Name", "Alias", NULL);
  }
}

static gboolean
headset_is_discoverable (HoldfastSim *sim)
{
  return sim->kept_in_pairing
         || holdfast_virtual_headset_get_mode (sim->headset) == HOLDFAST_VIRTUAL_PAIRING;
}

/* Without any condition bluetoothd tells but the address of an LE device that is not discoverable.
 */
static gboolean
is_withheld (HoldfastSim *sim, SimAir *air, gboolean in_pairing)
{
  return sim->plain && air->kind == SIM_AIR_TWIN && !in_pairing;
}

static void
stop_withholding (SimDevice *device, SimAir *air, gboolean in_pairing)
{
  device->withheld = FALSE;
  device->fast_pair_discoverable = in_pairing;
  g_set_str (&device->name, air->name);
  sim_emit_changed (device->sim,
                    device->path,
                    SIM_DEVICE,
                    "Name",
                    "Alias",
                    "ServiceData",
                    "AdvertisingFlags",
                    NULL);
}

static void
hear (HoldfastSim *sim, SimAir *air)
{
  gboolean in_pairing = headset_is_discoverable (sim);
  gboolean withheld = is_withheld (sim, air, in_pairing);
  SimDevice *device = sim_device_find (sim, air->address);

  if (device != NULL) {
    if (withheld)
      return;
    if (device->withheld)
      stop_withholding (device, air, in_pairing);
    hear_known (device, air, in_pairing);
    return;
  }
  device = sim_device_new (sim, air->kind, air->address);
  device->has_rssi = !withheld;
  device->rssi = air->rssi;
  device->fast_pair_discoverable = in_pairing;
  device->withheld = withheld;
  if (withheld)
    g_clear_pointer (&device->name, g_free);
  if (air->kind == SIM_AIR_HEADSET && sim->legacy) {
    device->legacy = TRUE;
    g_clear_pointer (&device->name, g_free);
    sim_device_after (device, LATE_NAME_MS, tell_late_name);
  }
  sim_emit_added (sim, device->path);
}

static void
hear_crowd_member (HoldfastSim *sim, SimAir *crowd, guint number)
{
  g_autofree char *address = g_strdup_printf (
      "02:00:00:%02X:%02X:%02X", (number >> 16) & 0xff, (number >> 8) & 0xff, number & 0xff);
  SimDevice *device = sim_device_find (sim, address);
  gboolean is_new = device == NULL;

  if (is_new) {
    device = sim_device_new (sim, SIM_AIR_CROWD, address);
    g_free (device->name);
    device->name = g_strdup_printf ("crowd-%u", number);
    device->class_of_device = number % 2 == 0 ? 0x5a020c : 0x002540;
  }
  device->rssi = crowd->rssi;
  device->has_rssi = TRUE;
  if (is_new)
    sim_emit_added (sim, device->path);
  else
    sim_emit_changed (sim, device->path, SIM_DEVICE, "RSSI", NULL);
}

static void
hear_crowd (HoldfastSim *sim, SimAir *crowd)
{
  guint until = MIN (crowd->n_heard + CROWD_PART, crowd->n_members);

  while (crowd->n_heard < until)
    hear_crowd_member (sim, crowd, crowd->n_heard++);
  crowd->heard = crowd->n_heard == crowd->n_members;
  crowd->due_us = crowd->heard ? G_MAXINT64 : now_us (sim) + CROWD_PART_MS * SIM_MS;
}

static void
sighting_due (gpointer user_data)
{
  HoldfastSim *sim = user_data;
  gint64 now = now_us (sim);
  guint i;

  sim->sighting_alarm = 0;
  for (i = 0; i < sim->airs->len; i++) {
    SimAir *air = g_ptr_array_index (sim->airs, i);

    if (air->due_us > now)
      continue;
    if (air->kind == SIM_AIR_CROWD) {
      hear_crowd (sim, air);
    } else {
      air->heard = TRUE;
      air->due_us = G_MAXINT64;
      hear (sim, air);
    }
  }
  schedule_sightings (sim);
}

static void
schedule_sightings (HoldfastSim *sim)
{
  gint64 due_us = G_MAXINT64;
  guint i;

  holdfast_clock_clear_alarm (sim->clock, &sim->sighting_alarm);
  for (i = 0; i < sim->airs->len; i++) {
    SimAir *air = g_ptr_array_index (sim->airs, i);

    expect (sim, air);
    due_us = MIN (due_us, air->due_us);
  }
  if (due_us != G_MAXINT64)
    sim->sighting_alarm = holdfast_clock_set_alarm (sim->clock, due_us, sighting_due, sim);
}

/* A filtered discovery tells every answer of an inquiry, whatever the change. */
static void
repeat_due (gpointer user_data)
{
  HoldfastSim *sim = user_data;
  gint64 every_us = (sim->duplicates ? REPEAT_DUPLICATES_MS : REPEAT_MS) * SIM_MS;
  guint i;

  sim->repeat_alarm
      = holdfast_clock_set_alarm (sim->clock, now_us (sim) + every_us, repeat_due, sim);
  for (i = 0; i < sim->airs->len; i++) {
    SimAir *air = g_ptr_array_index (sim->airs, i);
    SimScan needs = air->kind == SIM_AIR_TWIN ? SIM_SCAN_LE : SIM_SCAN_BREDR;

    if (air->heard && air->on_air && air->kind != SIM_AIR_CROWD && (sim->scan & needs) != 0)
      hear (sim, air);
  }
}

/* Takes in all clients' filters. Returns: TRUE if the adapter has to begin anew */
static gboolean
merge_filters (HoldfastSim *sim)
{
  SimScan scan = 0;
  gboolean filtered = FALSE;
  gboolean plain = FALSE;
  gboolean duplicates = FALSE;
  gboolean anew;
  guint i;

  for (i = 0; i < sim->clients->len; i++) {
    SimClient *client = g_ptr_array_index (sim->clients, i);

    if (!client->discovering)
      continue;
    scan |= client->scan;
    duplicates |= client->duplicates;
    if (client->scan == SIM_SCAN_AUTO && !client->duplicates && !client->conditions)
      plain = TRUE;
    else
      filtered = TRUE;
  }
  if (plain)
    scan = SIM_SCAN_AUTO;
  anew = plain != sim->plain || scan != sim->scan || filtered != sim->filtered
         || duplicates != sim->duplicates;
  sim->scan = scan;
  sim->filtered = filtered;
  sim->duplicates = duplicates;
  sim->plain = plain;
  return anew;
}

/* Until now they were heard; from now on perhaps not. */
static void
note_seen (HoldfastSim *sim)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, sim->devices);
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    SimDevice *device = value;

    if (device->has_rssi)
      device->last_seen_us = now_us (sim);
  }
}

static void
begin_turn (HoldfastSim *sim)
{
  guint i;

  sim->cycle_began_us = now_us (sim);
  note_seen (sim);
  for (i = 0; i < sim->airs->len; i++)
    ((SimAir *) g_ptr_array_index (sim->airs, i))->due_us = G_MAXINT64;
  schedule_sightings (sim);
  holdfast_clock_clear_alarm (sim->clock, &sim->repeat_alarm);
  if (sim->filtered)
    sim->repeat_alarm = holdfast_clock_set_alarm (
        sim->clock,
        now_us (sim) + (sim->duplicates ? REPEAT_DUPLICATES_MS : REPEAT_MS) * SIM_MS,
        repeat_due,
        sim);
}

void
sim_discovery_refilter (HoldfastSim *sim)
{
  if (merge_filters (sim))
    begin_turn (sim);
}

void
sim_discovery_start (HoldfastSim *sim, SimClient *client, SimCall *call)
{
  if (!sim->powered) {
    sim_call_fail (call, "NotReady", "Resource Not Ready");
    return;
  }
  if (client->discovering) {
    sim_call_fail (call, "InProgress", "In Progress");
    return;
  }
  client->discovering = TRUE;
  /* the reply comes first: read in src/adapter.c, start_discovery_complete() */
  sim_call_return (call);
  if (!sim->discovering) {
    sim->discovering = TRUE;
    sim_emit_changed (sim, SIM_ADAPTER_PATH, SIM_ADAPTER, "Discovering", NULL);
    merge_filters (sim);
    begin_turn (sim);
  } else {
    sim_discovery_refilter (sim);
  }
  sim_expiry_update (sim);
}

/* What was heard in this discovery is a memory now. */
static void
forget_strengths (HoldfastSim *sim)
{
  GHashTableIter iter;
  gpointer value;
  guint i;

  for (i = 0; i < sim->airs->len; i++) {
    SimAir *air = g_ptr_array_index (sim->airs, i);

    air->heard = FALSE;
    air->n_heard = 0;
    air->due_us = G_MAXINT64;
  }
  g_hash_table_iter_init (&iter, sim->devices);
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    SimDevice *device = value;

    if (!device->has_rssi)
      continue;
    device->has_rssi = FALSE;
    device->last_seen_us = now_us (sim);
    sim_emit_changed (sim, device->path, SIM_DEVICE, "RSSI", NULL);
  }
}

static void
end_turns (HoldfastSim *sim)
{
  holdfast_clock_clear_alarm (sim->clock, &sim->sighting_alarm);
  holdfast_clock_clear_alarm (sim->clock, &sim->repeat_alarm);
  sim->discovering = FALSE;
  sim->scan = 0;
  sim->filtered = FALSE;
  sim->duplicates = FALSE;
  sim->plain = FALSE;
  forget_strengths (sim);
  sim_emit_changed (sim, SIM_ADAPTER_PATH, SIM_ADAPTER, "Discovering", NULL);
  sim_expiry_update (sim);
}

static gboolean
somebody_discovers (HoldfastSim *sim)
{
  guint i;

  for (i = 0; i < sim->clients->len; i++) {
    if (((SimClient *) g_ptr_array_index (sim->clients, i))->discovering)
      return TRUE;
  }
  return FALSE;
}

/* @call: (nullable): none when the program has left */
void
sim_discovery_stop (HoldfastSim *sim, SimClient *client, SimCall *call)
{
  if (!sim->powered && call != NULL) {
    sim_call_fail (call, "NotReady", "Resource Not Ready");
    return;
  }
  if (!client->discovering) {
    if (call != NULL)
      sim_call_fail (call, "Failed", "No discovery started");
    return;
  }
  client->discovering = FALSE;
  if (somebody_discovers (sim)) {
    sim_discovery_refilter (sim);
    if (call != NULL)
      sim_call_return (call);
    return;
  }
  /* while the adapter rests there is nothing to stop, and the reply comes last: read in
   * src/adapter.c, discovery_stop() and stop_discovery_complete() */
  if (is_resting (sim)) {
    end_turns (sim);
    if (call != NULL)
      sim_call_return (call);
  } else {
    if (call != NULL)
      sim_call_return (call);
    end_turns (sim);
  }
}

/* The adapter is switched off or gone: all discoveries end. */
void
sim_discovery_end (HoldfastSim *sim)
{
  guint i;

  for (i = 0; i < sim->clients->len; i++)
    ((SimClient *) g_ptr_array_index (sim->clients, i))->discovering = FALSE;
  if (sim->discovering)
    end_turns (sim);
}

void
sim_air_set (HoldfastSim *sim, SimAir *air, gboolean on_air)
{
  SimDevice *device = sim_device_find (sim, air->address);

  if (air->on_air != on_air) {
    air->on_air = on_air;
    air->heard = FALSE;
    air->due_us = G_MAXINT64;
    if (device != NULL)
      device->last_seen_us = now_us (sim);
  } else if (on_air && air->heard && device != NULL && (device->has_rssi || device->withheld)
             && sim->discovering && air->kind != SIM_AIR_CROWD) {
    /* what it says may have changed: the next packet tells */
    air->heard = FALSE;
  }
  schedule_sightings (sim);
  sim_expiry_update (sim);
}

void
sim_air_update (HoldfastSim *sim)
{
  SimAir *headset = sim_air_find (sim, SIM_AIR_HEADSET, SIM_HEADSET_ADDRESS);
  SimAir *twin = sim_air_find (sim, SIM_AIR_TWIN, SIM_TWIN_ADDRESS);
  HoldfastVirtualMode mode = holdfast_virtual_headset_get_mode (sim->headset);
  gboolean powered = sim->radio && (mode != HOLDFAST_VIRTUAL_OFF || sim->kept_in_pairing);

  g_set_str (&headset->name, sim->name);
  headset->class_of_device = sim->class_of_device;
  headset->rssi = sim->rssi;
  if (sim->twin_name != NULL) {
    g_set_str (&twin->name, sim->twin_name);
  } else {
    g_free (twin->name);
    twin->name = g_strconcat ("LE_", sim->name, NULL);
  }
  twin->rssi = sim->rssi;
  sim_air_set (sim,
               headset,
               powered && headset_is_discoverable (sim)
                   && !sim_has_fault (sim, HOLDFAST_SIM_FAULT_NOT_PAIRING));
  sim_air_set (sim, twin, powered && sim->twin);
}

/* @n_members: those with the highest numbers leave first */
void
sim_crowd_set (HoldfastSim *sim, SimAir *crowd, guint n_members)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, sim->devices);
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    SimDevice *device = value;

    if (device->kind == SIM_AIR_CROWD)
      device->last_seen_us = now_us (sim);
  }
  crowd->n_members = n_members;
  crowd->n_heard = MIN (crowd->n_heard, n_members);
  crowd->heard = crowd->n_heard == n_members;
  crowd->due_us = G_MAXINT64;
  crowd->on_air = n_members > 0;
  schedule_sightings (sim);
  sim_expiry_update (sim);
}
