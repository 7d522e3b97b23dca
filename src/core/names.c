/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "names-private.h"

const char *
holdfast_names_get (const char *const *names, guint n_names, guint value)
{
  g_return_val_if_fail (value < n_names, NULL);

  return names[value];
}

gboolean
holdfast_names_find (const char *const *names, guint n_names, const char *text, guint *ret_value)
{
  g_return_val_if_fail (text != NULL, FALSE);

  for (guint i = 0; i < n_names; i++) {
    if (g_str_equal (text, names[i])) {
      *ret_value = i;
      return TRUE;
    }
  }
  return FALSE;
}
