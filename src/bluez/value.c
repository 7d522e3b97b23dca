/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "value.h"

static gboolean
is (GVariant *value, const GVariantType *type)
{
  return value && g_variant_is_of_type (value, type);
}

gboolean
holdfast_value_set_int (int value, int *place)
{
  if (value == *place)
    return FALSE;
  *place = value;
  return TRUE;
}

gboolean
holdfast_value_read_boolean (GVariant *value, gboolean fallback, gboolean *place)
{
  gboolean now = is (value, G_VARIANT_TYPE_BOOLEAN) ? g_variant_get_boolean (value) : fallback;

  if (now == *place)
    return FALSE;
  *place = now;
  return TRUE;
}

gboolean
holdfast_value_read_uint32 (GVariant *value, guint32 fallback, guint32 *place)
{
  guint32 now = is (value, G_VARIANT_TYPE_UINT32) ? g_variant_get_uint32 (value) : fallback;

  if (now == *place)
    return FALSE;
  *place = now;
  return TRUE;
}

gboolean
holdfast_value_read_string (GVariant *value, char **place)
{
  return g_set_str (place,
                    is (value, G_VARIANT_TYPE_STRING) ? g_variant_get_string (value, NULL) : NULL);
}

gboolean
holdfast_value_read_strv (GVariant *value, GStrv *place)
{
  GStrv now = is (value, G_VARIANT_TYPE_STRING_ARRAY) ? g_variant_dup_strv (value, NULL)
                                                      : g_new0 (char *, 1);

  for (char **each = now; *each; each++) {
    char *lower = g_ascii_strdown (*each, -1);

    g_free (*each);
    *each = lower;
  }
  if (*place && g_strv_equal ((const char *const *) now, (const char *const *) *place)) {
    g_strfreev (now);
    return FALSE;
  }
  g_strfreev (*place);
  *place = now;
  return TRUE;
}
