/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "adapter-private.h"

#include "bluez-enums.h"
#include "device.h"
#include "value.h"

#include <string.h>

struct _HoldfastAdapter {
  GObject parent_instance;

  char *path;
  char *address;
  char *alias;
  char *power_state; /* of newer BlueZ */
  gboolean powered;
  gboolean discovering;
  GStrv uuids;
};

enum {
  PROP_0,
  PROP_PATH,
  PROP_HCI,
  PROP_ADDRESS,
  PROP_ALIAS,
  PROP_POWER,
  PROP_DISCOVERING,
  PROP_HAS_SOUND,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (HoldfastAdapter, holdfast_adapter, G_TYPE_OBJECT)

static void
read_property (HoldfastAdapter *self, const char *name, GVariant *value)
{
  if (g_str_equal (name, "Address"))
    holdfast_value_read_string (value, &self->address);
  else if (g_str_equal (name, "Alias"))
    holdfast_value_read_string (value, &self->alias);
  else if (g_str_equal (name, "PowerState"))
    holdfast_value_read_string (value, &self->power_state);
  else if (g_str_equal (name, "Powered"))
    holdfast_value_read_boolean (value, FALSE, &self->powered);
  else if (g_str_equal (name, "Discovering"))
    holdfast_value_read_boolean (value, FALSE, &self->discovering);
  else if (g_str_equal (name, "UUIDs"))
    holdfast_value_read_strv (value, &self->uuids);
}

static void
holdfast_adapter_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  HoldfastAdapter *self = HOLDFAST_ADAPTER (object);

  switch (id) {
  case PROP_PATH:
    g_value_set_string (value, holdfast_adapter_get_path (self));
    break;
  case PROP_HCI:
    g_value_set_string (value, holdfast_adapter_get_hci (self));
    break;
  case PROP_ADDRESS:
    g_value_set_string (value, holdfast_adapter_get_address (self));
    break;
  case PROP_ALIAS:
    g_value_set_string (value, holdfast_adapter_get_alias (self));
    break;
  case PROP_POWER:
    g_value_set_enum (value, holdfast_adapter_get_power (self));
    break;
  case PROP_DISCOVERING:
    g_value_set_boolean (value, holdfast_adapter_get_discovering (self));
    break;
  case PROP_HAS_SOUND:
    g_value_set_boolean (value, holdfast_adapter_get_has_sound (self));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
holdfast_adapter_finalize (GObject *object)
{
  HoldfastAdapter *self = HOLDFAST_ADAPTER (object);

  g_free (self->path);
  g_free (self->address);
  g_free (self->alias);
  g_free (self->power_state);
  g_strfreev (self->uuids);

  G_OBJECT_CLASS (holdfast_adapter_parent_class)->finalize (object);
}

static void
holdfast_adapter_class_init (HoldfastAdapterClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = holdfast_adapter_get_property;
  object_class->finalize = holdfast_adapter_finalize;

  props[PROP_PATH] = g_param_spec_string ("path", NULL, NULL, "", flags);
  props[PROP_HCI] = g_param_spec_string ("hci", NULL, NULL, "", flags);
  props[PROP_ADDRESS] = g_param_spec_string ("address", NULL, NULL, "", flags);
  props[PROP_ALIAS] = g_param_spec_string ("alias", NULL, NULL, "", flags);
  props[PROP_POWER]
      = g_param_spec_enum ("power", NULL, NULL, HOLDFAST_TYPE_POWER, HOLDFAST_POWER_OFF, flags);
  props[PROP_DISCOVERING] = g_param_spec_boolean ("discovering", NULL, NULL, FALSE, flags);
  props[PROP_HAS_SOUND] = g_param_spec_boolean ("has-sound", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
holdfast_adapter_init (HoldfastAdapter *self)
{
  self->uuids = g_new0 (char *, 1);
}

HoldfastAdapter *
holdfast_adapter_new (const char *path)
{
  HoldfastAdapter *self = g_object_new (HOLDFAST_TYPE_ADAPTER, NULL);

  self->path = g_strdup (path);
  return self;
}

void
holdfast_adapter_update (HoldfastAdapter *self, GVariant *changed, const char *const *invalidated)
{
  g_autofree char *address = g_strdup (self->address);
  g_autofree char *alias = g_strdup (self->alias);
  HoldfastPower power = holdfast_adapter_get_power (self);
  gboolean discovering = self->discovering;
  gboolean has_sound = holdfast_adapter_get_has_sound (self);
  GVariantIter iter;
  const char *name;
  GVariant *value;

  g_object_freeze_notify (G_OBJECT (self));
  for (; invalidated && *invalidated; invalidated++)
    read_property (self, *invalidated, NULL);
  g_variant_iter_init (&iter, changed);
  while (g_variant_iter_loop (&iter, "{&sv}", &name, &value))
    read_property (self, name, value);

  if (g_strcmp0 (address, self->address) != 0)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ADDRESS]);
  if (g_strcmp0 (alias, self->alias) != 0)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ALIAS]);
  if (power != holdfast_adapter_get_power (self))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_POWER]);
  if (discovering != self->discovering)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_DISCOVERING]);
  if (has_sound != holdfast_adapter_get_has_sound (self))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_HAS_SOUND]);
  g_object_thaw_notify (G_OBJECT (self));
}

void
holdfast_adapter_replace (HoldfastAdapter *self, GVariant *properties)
{
  static const char *const all[]
      = { "Address", "Alias", "PowerState", "Powered", "UUIDs", "Discovering", NULL };

  holdfast_adapter_update (self, properties, all);
}

gboolean
holdfast_adapter_is (HoldfastAdapter *self, const char *wanted)
{
  return g_str_equal (wanted, holdfast_adapter_get_hci (self))
         || g_ascii_strcasecmp (wanted, holdfast_adapter_get_address (self)) == 0;
}

const char *
holdfast_adapter_get_path (HoldfastAdapter *self)
{
  g_return_val_if_fail (HOLDFAST_IS_ADAPTER (self), "");

  return self->path;
}

const char *
holdfast_adapter_get_hci (HoldfastAdapter *self)
{
  g_return_val_if_fail (HOLDFAST_IS_ADAPTER (self), "");

  return strrchr (self->path, '/') + 1; /* an object path has one */
}

const char *
holdfast_adapter_get_address (HoldfastAdapter *self)
{
  g_return_val_if_fail (HOLDFAST_IS_ADAPTER (self), "");

  return self->address ? self->address : "";
}

const char *
holdfast_adapter_get_alias (HoldfastAdapter *self)
{
  g_return_val_if_fail (HOLDFAST_IS_ADAPTER (self), "");

  return self->alias ? self->alias : "";
}

HoldfastPower
holdfast_adapter_get_power (HoldfastAdapter *self)
{
  const char *state;

  g_return_val_if_fail (HOLDFAST_IS_ADAPTER (self), HOLDFAST_POWER_OFF);

  /* Absent before BlueZ 5.73; "blocked" then shows only as an error of Powered=true. */
  state = self->power_state ? self->power_state : "";
  if (g_str_equal (state, "on"))
    return HOLDFAST_POWER_ON;
  if (g_str_equal (state, "off"))
    return HOLDFAST_POWER_OFF;
  if (g_str_equal (state, "off-blocked"))
    return HOLDFAST_POWER_BLOCKED;
  if (g_str_equal (state, "off-enabling") || g_str_equal (state, "on-disabling"))
    return HOLDFAST_POWER_CHANGING;
  return self->powered ? HOLDFAST_POWER_ON : HOLDFAST_POWER_OFF;
}

gboolean
holdfast_adapter_get_discovering (HoldfastAdapter *self)
{
  g_return_val_if_fail (HOLDFAST_IS_ADAPTER (self), FALSE);

  return self->discovering;
}

gboolean
holdfast_adapter_get_has_sound (HoldfastAdapter *self)
{
  g_return_val_if_fail (HOLDFAST_IS_ADAPTER (self), FALSE);

  return g_strv_contains ((const char *const *) self->uuids, HOLDFAST_UUID_A2DP_SOURCE);
}
