/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "device-private.h"

#include "names.h"
#include "value.h"

#include <string.h>

struct _HoldfastDevice {
  GObject parent_instance;

  guint id;
  char *path;
  char *adapter_path;
  gboolean sighted;

  /* Device1 */
  char *address;
  gboolean address_random;
  char *name;
  guint32 class_of_device;
  int rssi; /* NO_RSSI or a gint16 */
  GStrv uuids;
  int fast_pair_bytes;
  int advertising_flags;
  int vendor; /* -1 or a guint16, like the product */
  int product;
  gboolean paired;
  gboolean bonded;
  gboolean trusted;
  gboolean blocked;
  gboolean connected;
  gboolean services_resolved;
  gboolean legacy_pairing;

  int battery_percent;
  GHashTable *transports; /* path → codec */
};

#define NO_RSSI G_MAXINT

enum {
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (HoldfastDevice, holdfast_device, G_TYPE_OBJECT)

static gboolean
read_address_type (HoldfastDevice *self, GVariant *value)
{
  gboolean is_random = value && g_variant_is_of_type (value, G_VARIANT_TYPE_STRING)
                       && g_str_equal (g_variant_get_string (value, NULL), "random");

  return holdfast_value_set_int (is_random, &self->address_random);
}

static gboolean
read_rssi (HoldfastDevice *self, GVariant *value)
{
  gboolean has = value && g_variant_is_of_type (value, G_VARIANT_TYPE_INT16);

  return holdfast_value_set_int (has ? g_variant_get_int16 (value) : NO_RSSI, &self->rssi);
}

static gboolean
read_service_data (HoldfastDevice *self, GVariant *value)
{
  int bytes = -1;

  if (value && g_variant_is_of_type (value, G_VARIANT_TYPE_VARDICT)) {
    GVariantIter iter;
    const char *uuid;
    GVariant *data;

    g_variant_iter_init (&iter, value);
    while (g_variant_iter_loop (&iter, "{&sv}", &uuid, &data)) {
      if (g_ascii_strcasecmp (uuid, HOLDFAST_UUID_FAST_PAIR) == 0
          && g_variant_is_of_type (data, G_VARIANT_TYPE_BYTESTRING))
        bytes = (int) MIN (g_variant_n_children (data), G_MAXINT);
    }
  }
  return holdfast_value_set_int (bytes, &self->fast_pair_bytes);
}

static gboolean
read_advertising_flags (HoldfastDevice *self, GVariant *value)
{
  int flags = -1;

  if (value && g_variant_is_of_type (value, G_VARIANT_TYPE_BYTESTRING)
      && g_variant_n_children (value) > 0) {
    g_autoptr (GVariant) first = g_variant_get_child_value (value, 0);

    flags = g_variant_get_byte (first);
  }
  return holdfast_value_set_int (flags, &self->advertising_flags);
}

/* Four hexadecimal digits after a letter, as in "v054C". */
static gboolean
take_hex (const char **text, char letter, int *ret_number)
{
  const char *at = *text;

  if (*at++ != letter)
    return FALSE;
  *ret_number = 0;
  for (guint i = 0; i < 4; i++, at++) {
    if (!g_ascii_isxdigit (*at))
      return FALSE;
    *ret_number = *ret_number * 16 + g_ascii_xdigit_value (*at);
  }
  *text = at;
  return TRUE;
}

static gboolean
read_modalias (HoldfastDevice *self, GVariant *value)
{
  int vendor = -1;
  int product = -1;
  gboolean changed;

  if (value && g_variant_is_of_type (value, G_VARIANT_TYPE_STRING)) {
    const char *text = g_variant_get_string (value, NULL);

    if (g_str_has_prefix (text, "bluetooth:"))
      text += strlen ("bluetooth:");
    else if (g_str_has_prefix (text, "usb:"))
      text += strlen ("usb:");
    else
      text = "";
    if (!take_hex (&text, 'v', &vendor) || !take_hex (&text, 'p', &product))
      vendor = product = -1;
  }
  changed = holdfast_value_set_int (vendor, &self->vendor);
  return holdfast_value_set_int (product, &self->product) || changed;
}

/* @value: (nullable): NULL for a property that has no value any more. A value of another type than
 * BlueZ documents is none. */
static gboolean
read_property (HoldfastDevice *self, const char *name, GVariant *value)
{
#define when(property) if (g_str_equal (name, property))
  when ("Address") return holdfast_value_read_string (value, &self->address);
  when ("AddressType") return read_address_type (self, value);
  when ("Name") return holdfast_value_read_string (value, &self->name);
  when ("Class") return holdfast_value_read_uint32 (value, 0, &self->class_of_device);
  when ("RSSI") return read_rssi (self, value);
  when ("UUIDs") return holdfast_value_read_strv (value, &self->uuids);
  when ("ServiceData") return read_service_data (self, value);
  when ("AdvertisingFlags") return read_advertising_flags (self, value);
  when ("Modalias") return read_modalias (self, value);
  when ("Paired") return holdfast_value_read_boolean (value, FALSE, &self->paired);
  when ("Bonded") return holdfast_value_read_boolean (value, TRUE, &self->bonded);
  when ("Trusted") return holdfast_value_read_boolean (value, FALSE, &self->trusted);
  when ("Blocked") return holdfast_value_read_boolean (value, FALSE, &self->blocked);
  when ("Connected") return holdfast_value_read_boolean (value, FALSE, &self->connected);
  when ("ServicesResolved") return holdfast_value_read_boolean (
      value, FALSE, &self->services_resolved);
  when ("LegacyPairing") return holdfast_value_read_boolean (value, FALSE, &self->legacy_pairing);
#undef when
  return FALSE;
}

static gboolean
read_battery (HoldfastDevice *self, const char *name, GVariant *value)
{
  int percent = -1;

  if (!g_str_equal (name, "Percentage"))
    return FALSE;
  if (value && g_variant_is_of_type (value, G_VARIANT_TYPE_BYTE)
      && g_variant_get_byte (value) <= 100)
    percent = g_variant_get_byte (value);
  return holdfast_value_set_int (percent, &self->battery_percent);
}

static void
holdfast_device_finalize (GObject *object)
{
  HoldfastDevice *self = HOLDFAST_DEVICE (object);

  g_free (self->path);
  g_free (self->adapter_path);
  g_free (self->address);
  g_free (self->name);
  g_strfreev (self->uuids);
  g_hash_table_unref (self->transports);

  G_OBJECT_CLASS (holdfast_device_parent_class)->finalize (object);
}

static void
holdfast_device_class_init (HoldfastDeviceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = holdfast_device_finalize;

  signals[SIGNAL_CHANGED] = g_signal_new (
      "changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
holdfast_device_init (HoldfastDevice *self)
{
  static guint last_id;

  self->id = ++last_id;
  g_assert (self->id); /* four thousand million devices would take a year of one each 7 ms */
  self->transports = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->rssi = NO_RSSI;
  self->uuids = g_new0 (char *, 1);
  self->fast_pair_bytes = -1;
  self->advertising_flags = -1;
  self->vendor = self->product = -1;
  self->bonded = TRUE;
  self->battery_percent = -1;
}

HoldfastDevice *
holdfast_device_new (const char *path, const char *adapter_path)
{
  HoldfastDevice *self = g_object_new (HOLDFAST_TYPE_DEVICE, NULL);

  self->path = g_strdup (path);
  self->adapter_path = g_strdup (adapter_path);
  return self;
}

gboolean
holdfast_device_update (HoldfastDevice *self,
                        const char *interface,
                        GVariant *changed,
                        const char *const *invalidated)
{
  gboolean (*read) (HoldfastDevice *, const char *, GVariant *);
  gboolean news = FALSE;
  GVariantIter iter;
  const char *name;
  GVariant *value;

  if (g_str_equal (interface, BZ_DEVICE))
    read = read_property;
  else if (g_str_equal (interface, BZ_BATTERY))
    read = read_battery;
  else
    return FALSE;

  for (; invalidated && *invalidated; invalidated++)
    news |= read (self, *invalidated, NULL);
  g_variant_iter_init (&iter, changed);
  while (g_variant_iter_loop (&iter, "{&sv}", &name, &value))
    news |= read (self, name, value);

  return news;
}

gboolean
holdfast_device_replace (HoldfastDevice *self, const char *interface, GVariant *properties)
{
  static const char *const device_properties[] = {
    "Address",          "AddressType",   "Name",   "Class",  "RSSI",    "UUIDs",   "ServiceData",
    "AdvertisingFlags", "Modalias",      "Paired", "Bonded", "Trusted", "Blocked", "Connected",
    "ServicesResolved", "LegacyPairing", NULL,
  };
  static const char *const battery_properties[] = { "Percentage", NULL };

  return holdfast_device_update (self,
                                 interface,
                                 properties,
                                 g_str_equal (interface, BZ_DEVICE) ? device_properties
                                                                    : battery_properties);
}

gboolean
holdfast_device_set_transport (HoldfastDevice *self, const char *path, int codec)
{
  gpointer before;

  if (g_hash_table_lookup_extended (self->transports, path, NULL, &before)
      && GPOINTER_TO_INT (before) == codec)
    return FALSE;
  g_hash_table_insert (self->transports, g_strdup (path), GINT_TO_POINTER (codec));
  return TRUE;
}

gboolean
holdfast_device_remove_transport (HoldfastDevice *self, const char *path)
{
  return g_hash_table_remove (self->transports, path);
}

GHashTable *
holdfast_device_get_transports (HoldfastDevice *self)
{
  return self->transports;
}

void
holdfast_device_emit_changed (HoldfastDevice *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

gboolean
holdfast_device_get_sighted (HoldfastDevice *self)
{
  return self->sighted;
}

void
holdfast_device_set_sighted (HoldfastDevice *self, gboolean sighted)
{
  self->sighted = sighted;
}

const char *
holdfast_device_get_adapter_path (HoldfastDevice *self)
{
  return self->adapter_path;
}

guint
holdfast_device_get_id (HoldfastDevice *self)
{
  g_return_val_if_fail (HOLDFAST_IS_DEVICE (self), 0);

  return self->id;
}

const char *
holdfast_device_get_path (HoldfastDevice *self)
{
  g_return_val_if_fail (HOLDFAST_IS_DEVICE (self), "");

  return self->path;
}

const char *
holdfast_device_get_address (HoldfastDevice *self)
{
  g_return_val_if_fail (HOLDFAST_IS_DEVICE (self), "");

  return self->address ? self->address : "";
}

gboolean
holdfast_device_get_address_public (HoldfastDevice *self)
{
  g_return_val_if_fail (HOLDFAST_IS_DEVICE (self), FALSE);

  return !self->address_random;
}

const char *
holdfast_device_get_name (HoldfastDevice *self)
{
  g_return_val_if_fail (HOLDFAST_IS_DEVICE (self), NULL);

  return self->name;
}

guint32
holdfast_device_get_class (HoldfastDevice *self)
{
  g_return_val_if_fail (HOLDFAST_IS_DEVICE (self), 0);

  return self->class_of_device;
}

gboolean
holdfast_device_get_rssi (HoldfastDevice *self, gint16 *ret_rssi)
{
  g_return_val_if_fail (HOLDFAST_IS_DEVICE (self), FALSE);

  if (self->rssi == NO_RSSI)
    return FALSE;
  if (ret_rssi)
    *ret_rssi = (gint16) self->rssi;
  return TRUE;
}

const char *const *
holdfast_device_get_uuids (HoldfastDevice *self)
{
  g_return_val_if_fail (HOLDFAST_IS_DEVICE (self), NULL);

  return (const char *const *) self->uuids;
}

int
holdfast_device_get_fast_pair_bytes (HoldfastDevice *self)
{
  g_return_val_if_fail (HOLDFAST_IS_DEVICE (self), -1);

  return self->fast_pair_bytes;
}

int
holdfast_device_get_advertising_flags (HoldfastDevice *self)
{
  g_return_val_if_fail (HOLDFAST_IS_DEVICE (self), -1);

  return self->advertising_flags;
}

gboolean
holdfast_device_get_pnp (HoldfastDevice *self, guint16 *ret_vendor, guint16 *ret_product)
{
  g_return_val_if_fail (HOLDFAST_IS_DEVICE (self), FALSE);

  if (self->vendor < 0)
    return FALSE;
  if (ret_vendor)
    *ret_vendor = (guint16) self->vendor;
  if (ret_product)
    *ret_product = (guint16) self->product;
  return TRUE;
}

gboolean
holdfast_device_get_paired (HoldfastDevice *self)
{
  g_return_val_if_fail (HOLDFAST_IS_DEVICE (self), FALSE);

  return self->paired;
}

gboolean
holdfast_device_get_bonded (HoldfastDevice *self)
{
  g_return_val_if_fail (HOLDFAST_IS_DEVICE (self), FALSE);

  return self->bonded;
}

gboolean
holdfast_device_get_trusted (HoldfastDevice *self)
{
  g_return_val_if_fail (HOLDFAST_IS_DEVICE (self), FALSE);

  return self->trusted;
}

gboolean
holdfast_device_get_blocked (HoldfastDevice *self)
{
  g_return_val_if_fail (HOLDFAST_IS_DEVICE (self), FALSE);

  return self->blocked;
}

gboolean
holdfast_device_get_connected (HoldfastDevice *self)
{
  g_return_val_if_fail (HOLDFAST_IS_DEVICE (self), FALSE);

  return self->connected;
}

gboolean
holdfast_device_get_services_resolved (HoldfastDevice *self)
{
  g_return_val_if_fail (HOLDFAST_IS_DEVICE (self), FALSE);

  return self->services_resolved;
}

gboolean
holdfast_device_get_legacy_pairing (HoldfastDevice *self)
{
  g_return_val_if_fail (HOLDFAST_IS_DEVICE (self), FALSE);

  return self->legacy_pairing;
}

int
holdfast_device_get_battery_percent (HoldfastDevice *self)
{
  g_return_val_if_fail (HOLDFAST_IS_DEVICE (self), -1);

  return self->battery_percent;
}

gboolean
holdfast_device_get_transport (HoldfastDevice *self)
{
  g_return_val_if_fail (HOLDFAST_IS_DEVICE (self), FALSE);

  return g_hash_table_size (self->transports) > 0;
}

int
holdfast_device_get_codec (HoldfastDevice *self)
{
  const char *first = NULL;
  int codec = -1;
  GHashTableIter iter;
  gpointer path, value;

  g_return_val_if_fail (HOLDFAST_IS_DEVICE (self), -1);

  /* There is one, as a rule; of several the same one is told each time. */
  g_hash_table_iter_init (&iter, self->transports);
  while (g_hash_table_iter_next (&iter, &path, &value)) {
    if (!first || strcmp (path, first) < 0) {
      first = path;
      codec = GPOINTER_TO_INT (value);
    }
  }
  return codec;
}
