/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What BlueZ's objects mean to the client: adapters, devices, and what our discovery sighted. */
#include "client-private.h"

#include "adapter-private.h"
#include "device-private.h"
#include "names.h"

static GVariant *
lookup_interface (GVariant *interfaces, const char *interface)
{
  return g_variant_lookup_value (interfaces, interface, G_VARIANT_TYPE_VARDICT);
}

/* ---- discovery ---- */

static gboolean
is_discovered (HoldfastClient *self, HoldfastDevice *device)
{
  return self->discovery_path
         && g_str_equal (self->discovery_path, holdfast_device_get_adapter_path (device));
}

/* What came between our question and its answer counts too: some other program's discovery may run
 * already. A signal strength stands for a packet of a discovery that still runs, since BlueZ takes
 * it back when the last discovery ends; so what another program found is sighted at our start. */
void
holdfast_client_discovery_began (HoldfastClient *self)
{
  g_autoptr (GPtrArray) sighted = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  gpointer value;

  if (self->discovering)
    return;
  self->discovering = TRUE;

  g_hash_table_iter_init (&iter, self->devices);
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    HoldfastDevice *device = value;

    if (is_discovered (self, device) && holdfast_device_get_rssi (device, NULL))
      holdfast_device_set_sighted (device, TRUE);
    if (holdfast_device_get_sighted (device))
      g_ptr_array_add (sighted, g_object_ref (device));
  }
  for (guint i = 0; i < sighted->len && self->discovering; i++)
    g_signal_emit (
        self, holdfast_client_signals[HOLDFAST_CLIENT_SIGHTED], 0, g_ptr_array_index (sighted, i));
}

static void
forget_sighted (HoldfastClient *self)
{
  GHashTableIter iter;
  gpointer device;

  g_hash_table_iter_init (&iter, self->devices);
  while (g_hash_table_iter_next (&iter, NULL, &device))
    holdfast_device_set_sighted (device, FALSE);
}

/* What was still heard between the end of the last one and BlueZ's word for it is not of this one.
 */
void
holdfast_client_discovery_opens (HoldfastClient *self)
{
  forget_sighted (self);
}

void
holdfast_client_discovery_ends (HoldfastClient *self)
{
  self->discovery_serial++;
  self->discovering = FALSE;
  forget_sighted (self);
}

/* Its adapter is gone, off, or out of use. */
static void
discovery_lost (HoldfastClient *self)
{
  holdfast_client_discovery_ends (self);
  g_clear_pointer (&self->discovery_path, g_free);
}

/* ---- adapters ---- */

static HoldfastAdapter *
find_adapter (HoldfastClient *self, const char *path, guint *ret_position)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->adapters));

  for (guint i = 0; i < n; i++) {
    g_autoptr (HoldfastAdapter) adapter = g_list_model_get_item (G_LIST_MODEL (self->adapters), i);

    if (g_str_equal (holdfast_adapter_get_path (adapter), path)) {
      if (ret_position)
        *ret_position = i;
      return adapter; /* the store holds it */
    }
  }
  return NULL;
}

static guint
rank_adapter (HoldfastClient *self, HoldfastAdapter *adapter)
{
  HoldfastPower power = holdfast_adapter_get_power (adapter);

  if (self->only && !holdfast_adapter_is (adapter, self->only))
    return 0;
  if (power == HOLDFAST_POWER_ON)
    return 3;
  return power == HOLDFAST_POWER_BLOCKED ? 1 : 2;
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  HoldfastDevice *const *left = a;
  HoldfastDevice *const *right = b;
  guint left_id = holdfast_device_get_id (*left);
  guint right_id = holdfast_device_get_id (*right);

  return (left_id > right_id) - (left_id < right_id);
}

static gboolean
is_listed (HoldfastClient *self, HoldfastDevice *device)
{
  return self->adapter
         && g_str_equal (holdfast_adapter_get_path (self->adapter),
                         holdfast_device_get_adapter_path (device));
}

static void
use_adapter (HoldfastClient *self, HoldfastAdapter *adapter)
{
  g_autoptr (GPtrArray) devices = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer device;

  if (adapter == self->adapter)
    return;
  if (self->discovery_path) {
    if (find_adapter (self, self->discovery_path, NULL))
      holdfast_client_send (self, self->discovery_path, BZ_ADAPTER, "StopDiscovery");
    discovery_lost (self);
  }
  g_set_object (&self->adapter, adapter);

  g_hash_table_iter_init (&iter, self->devices);
  while (g_hash_table_iter_next (&iter, NULL, &device)) {
    if (is_listed (self, device))
      g_ptr_array_add (devices, device);
  }
  g_ptr_array_sort (devices, compare_ids);
  holdfast_device_list_replace (self->list, devices);
  g_object_notify_by_pspec (G_OBJECT (self), holdfast_client_props[HOLDFAST_CLIENT_PROP_ADAPTER]);
}

/* From here on it is known by its address, as soon as it has one. */
static void
remember_only (HoldfastClient *self)
{
  const char *address = self->adapter ? holdfast_adapter_get_address (self->adapter) : "";

  if (!self->only || !self->adapter)
    return;
  self->found_only = TRUE;
  if (*address && !g_str_equal (address, "00:00:00:00:00:00"))
    g_set_str (&self->only, address);
}

/* Among equals the one in use stays, else the one BlueZ told first. */
void
holdfast_client_choose_adapter (HoldfastClient *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->adapters));
  HoldfastAdapter *best = NULL;
  guint best_rank = 0;

  for (guint i = 0; i < n; i++) {
    g_autoptr (HoldfastAdapter) adapter = g_list_model_get_item (G_LIST_MODEL (self->adapters), i);
    guint rank = rank_adapter (self, adapter);

    if (rank > best_rank || (rank > 0 && rank == best_rank && adapter == self->adapter)) {
      best = adapter;
      best_rank = rank;
    }
  }
  use_adapter (self, best);
  remember_only (self);
}

static void
add_adapter (HoldfastClient *self, const char *path, GVariant *properties)
{
  HoldfastAdapter *known = find_adapter (self, path, NULL);

  if (known) {
    holdfast_adapter_replace (known, properties);
  } else {
    g_autoptr (HoldfastAdapter) adapter = holdfast_adapter_new (path);

    holdfast_adapter_replace (adapter, properties);
    g_list_store_append (self->adapters, adapter);
  }
}

static void
change_adapter (HoldfastClient *self,
                const char *path,
                GVariant *changed,
                const char *const *invalidated)
{
  HoldfastAdapter *adapter = find_adapter (self, path, NULL);
  HoldfastPower before;
  HoldfastPower after;

  if (!adapter)
    return;
  before = holdfast_adapter_get_power (adapter);
  holdfast_adapter_update (adapter, changed, invalidated);
  after = holdfast_adapter_get_power (adapter);
  if (before == after)
    return holdfast_client_choose_adapter (self); /* its address may have become known */

  if (g_strcmp0 (path, self->discovery_path) == 0
      && (after == HOLDFAST_POWER_OFF || after == HOLDFAST_POWER_BLOCKED))
    discovery_lost (self);
  holdfast_client_choose_adapter (self);
}

static void
remove_adapter (HoldfastClient *self, const char *path)
{
  guint position;

  if (!find_adapter (self, path, &position))
    return;
  g_list_store_remove (self->adapters, position);
  holdfast_client_choose_adapter (self);
}

/* ---- devices ---- */

/* Whether @changed brings a signal strength, be it the one known: a packet came. */
static gboolean
was_heard (GVariant *changed)
{
  g_autoptr (GVariant) rssi = g_variant_lookup_value (changed, "RSSI", G_VARIANT_TYPE_INT16);

  return rssi != NULL;
}

static void
tell_device (HoldfastClient *self, HoldfastDevice *device, gboolean news, gboolean heard)
{
  g_autoptr (HoldfastDevice) held = g_object_ref (device);

  if (heard && is_discovered (self, device))
    holdfast_device_set_sighted (device, TRUE);
  if (news) {
    holdfast_device_emit_changed (device);
    if (is_listed (self, device))
      g_signal_emit (self, holdfast_client_signals[HOLDFAST_CLIENT_DEVICE_CHANGED], 0, device);
  }
  if ((news || heard) && self->discovering && holdfast_device_get_sighted (device))
    g_signal_emit (self, holdfast_client_signals[HOLDFAST_CLIENT_SIGHTED], 0, device);
}

static HoldfastDevice *
add_device (HoldfastClient *self, const char *path, GVariant *properties)
{
  const char *adapter_path;
  g_autofree char *parent = NULL;
  HoldfastDevice *device;

  if (!g_variant_lookup (properties, "Adapter", "&o", &adapter_path))
    adapter_path = parent = g_path_get_dirname (path);
  device = holdfast_device_new (path, adapter_path);
  holdfast_device_replace (device, BZ_DEVICE, properties);
  g_hash_table_insert (self->devices, g_strdup (path), device);
  g_hash_table_insert (self->by_id, GUINT_TO_POINTER (holdfast_device_get_id (device)), device);

  return device;
}

static void
remove_device (HoldfastClient *self, const char *path)
{
  g_autoptr (HoldfastDevice) device = NULL;
  g_autofree char *key = NULL;
  GHashTableIter iter;
  gpointer transport;

  if (!g_hash_table_steal_extended (self->devices, path, (gpointer *) &key, (gpointer *) &device))
    return;
  g_hash_table_remove (self->by_id, GUINT_TO_POINTER (holdfast_device_get_id (device)));
  g_hash_table_iter_init (&iter, holdfast_device_get_transports (device));
  while (g_hash_table_iter_next (&iter, &transport, NULL))
    g_hash_table_remove (self->transports, transport);

  if (is_listed (self, device))
    holdfast_device_list_remove (self->list, device);
  g_signal_emit (self, holdfast_client_signals[HOLDFAST_CLIENT_DEVICE_REMOVED], 0, device);
}

/* Only music counts. Which end's service the transport names depends on who made it. */
static gboolean
add_transport (HoldfastClient *self,
               const char *path,
               GVariant *properties,
               HoldfastDevice **ret_device)
{
  const char *device_path;
  const char *uuid;
  guint8 byte;
  int codec = -1;
  HoldfastDevice *device;

  if (!g_variant_lookup (properties, "Device", "&o", &device_path)
      || !g_variant_lookup (properties, "UUID", "&s", &uuid))
    return FALSE;
  if (g_ascii_strcasecmp (uuid, HOLDFAST_UUID_A2DP_SOURCE) != 0
      && g_ascii_strcasecmp (uuid, HOLDFAST_UUID_A2DP_SINK) != 0)
    return FALSE;
  device = g_hash_table_lookup (self->devices, device_path);
  if (!device)
    return FALSE;
  if (g_variant_lookup (properties, "Codec", "y", &byte))
    codec = byte;

  *ret_device = device;
  g_hash_table_replace (self->transports, g_strdup (path), device);
  return holdfast_device_set_transport (device, path, codec);
}

static void
remove_transport (HoldfastClient *self, const char *path)
{
  HoldfastDevice *device = g_hash_table_lookup (self->transports, path);

  if (!device)
    return;
  g_hash_table_remove (self->transports, path);
  tell_device (self, device, holdfast_device_remove_transport (device, path), FALSE);
}

/* ---- what the watch tells ---- */

static void
drop_everything (HoldfastClient *self)
{
  g_autoptr (GPtrArray) paths = g_hash_table_get_keys_as_ptr_array (self->devices);

  discovery_lost (self);
  for (guint i = 0; i < paths->len; i++) {
    g_autofree char *path = g_strdup (g_ptr_array_index (paths, i));

    remove_device (self, path);
  }
  g_list_store_remove_all (self->adapters);
  holdfast_client_choose_adapter (self);
}

static void
state_changed_cb (HoldfastServiceState before, gpointer user_data)
{
  HoldfastClient *self = user_data;

  if (before == HOLDFAST_SERVICE_STATE_PRESENT)
    drop_everything (self);
  if (holdfast_watch_get_state (self->watch) == HOLDFAST_SERVICE_STATE_PRESENT)
    return; /* told when the objects are known */
  g_object_notify_by_pspec (G_OBJECT (self),
                            holdfast_client_props[HOLDFAST_CLIENT_PROP_SERVICE_STATE]);
  if (holdfast_watch_get_state (self->watch) != HOLDFAST_SERVICE_STATE_STARTING)
    holdfast_client_finish_init (self);
}

/* Objects come in any order: adapters and devices first, then what hangs below them. Nothing is
 * told before all of it is known. */
static void
objects_cb (GVariant *objects, gpointer user_data)
{
  HoldfastClient *self = user_data;
  GVariantIter iter;
  const char *path;
  GVariant *interfaces;

  g_variant_iter_init (&iter, objects);
  while (g_variant_iter_loop (&iter, "{&o@a{sa{sv}}}", &path, &interfaces)) {
    g_autoptr (GVariant) adapter = lookup_interface (interfaces, BZ_ADAPTER);
    g_autoptr (GVariant) device = lookup_interface (interfaces, BZ_DEVICE);

    if (adapter)
      add_adapter (self, path, adapter);
    if (device && !g_hash_table_contains (self->devices, path))
      add_device (self, path, device);
  }
  g_variant_iter_init (&iter, objects);
  while (g_variant_iter_loop (&iter, "{&o@a{sa{sv}}}", &path, &interfaces)) {
    g_autoptr (GVariant) battery = lookup_interface (interfaces, BZ_BATTERY);
    g_autoptr (GVariant) transport = lookup_interface (interfaces, BZ_TRANSPORT);
    HoldfastDevice *device = g_hash_table_lookup (self->devices, path);

    if (battery && device)
      holdfast_device_replace (device, BZ_BATTERY, battery);
    if (transport)
      add_transport (self, path, transport, &device);
  }

  holdfast_client_choose_adapter (self);
  g_object_notify_by_pspec (G_OBJECT (self),
                            holdfast_client_props[HOLDFAST_CLIENT_PROP_SERVICE_STATE]);
  holdfast_client_finish_init (self);
}

static void
interfaces_added_cb (const char *path, GVariant *interfaces, gpointer user_data)
{
  HoldfastClient *self = user_data;
  g_autoptr (GVariant) adapter_properties = lookup_interface (interfaces, BZ_ADAPTER);
  g_autoptr (GVariant) properties = lookup_interface (interfaces, BZ_DEVICE);
  g_autoptr (GVariant) battery = lookup_interface (interfaces, BZ_BATTERY);
  g_autoptr (GVariant) transport = lookup_interface (interfaces, BZ_TRANSPORT);
  HoldfastDevice *device = g_hash_table_lookup (self->devices, path);
  gboolean is_new = properties && !device;
  gboolean news = FALSE;

  if (adapter_properties) {
    add_adapter (self, path, adapter_properties);
    holdfast_client_choose_adapter (self);
  }
  if (is_new)
    device = add_device (self, path, properties);
  else if (properties)
    news = holdfast_device_replace (device, BZ_DEVICE, properties);
  if (battery && device)
    news = holdfast_device_replace (device, BZ_BATTERY, battery) || news;
  if (transport)
    news = add_transport (self, path, transport, &device) || news;

  if (is_new && is_listed (self, device))
    holdfast_device_list_add (self->list, device);
  /* To appear is to be sighted, with a signal strength or without. */
  if (device)
    tell_device (self, device, news && !is_new, is_new || (properties && was_heard (properties)));
}

static void
interfaces_removed_cb (const char *path, const char *const *interfaces, gpointer user_data)
{
  HoldfastClient *self = user_data;
  g_autoptr (GVariant) nothing = g_variant_ref_sink (g_variant_new ("a{sv}", NULL));
  HoldfastDevice *device;

  if (g_strv_contains (interfaces, BZ_TRANSPORT))
    remove_transport (self, path);
  if (g_strv_contains (interfaces, BZ_DEVICE))
    remove_device (self, path);
  else if (g_strv_contains (interfaces, BZ_BATTERY)
           && (device = g_hash_table_lookup (self->devices, path)))
    tell_device (self, device, holdfast_device_replace (device, BZ_BATTERY, nothing), FALSE);
  if (g_strv_contains (interfaces, BZ_ADAPTER))
    remove_adapter (self, path);
}

static void
properties_changed_cb (const char *path,
                       const char *interface,
                       GVariant *changed,
                       const char *const *invalidated,
                       gpointer user_data)
{
  HoldfastClient *self = user_data;
  gboolean is_transport = g_str_equal (interface, BZ_TRANSPORT);
  HoldfastDevice *device
      = g_hash_table_lookup (is_transport ? self->transports : self->devices, path);
  gboolean news = FALSE;
  guint8 codec;

  if (g_str_equal (interface, BZ_ADAPTER)) {
    change_adapter (self, path, changed, invalidated);
  } else if (device && is_transport) {
    if (g_variant_lookup (changed, "Codec", "y", &codec))
      news = holdfast_device_set_transport (device, path, codec);
    tell_device (self, device, news, FALSE);
  } else if (device) {
    news = holdfast_device_update (device, interface, changed, invalidated);
    tell_device (self, device, news, g_str_equal (interface, BZ_DEVICE) && was_heard (changed));
  }
}

static void
disconnected_cb (const char *path, const char *reason, gpointer user_data)
{
  HoldfastClient *self = user_data;
  HoldfastDevice *device = g_hash_table_lookup (self->devices, path);

  if (device)
    g_signal_emit (self, holdfast_client_signals[HOLDFAST_CLIENT_DISCONNECTED], 0, device, reason);
}

const HoldfastWatchFuncs holdfast_client_watch_funcs = {
  .state_changed = state_changed_cb,
  .objects = objects_cb,
  .interfaces_added = interfaces_added_cb,
  .interfaces_removed = interfaces_removed_cb,
  .properties_changed = properties_changed_cb,
  .disconnected = disconnected_cb,
};
