/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* The words of an enum, as catalogue files and JSON spell them, and the two functions each has. */

G_BEGIN_DECLS

const char *holdfast_names_get (const char *const *names, guint n_names, guint value);
gboolean
holdfast_names_find (const char *const *names, guint n_names, const char *text, guint *ret_value);

#define HOLDFAST_DEFINE_NAMES(prefix, Type, names)                                                 \
  const char *holdfast_##prefix##_to_string (Type value)                                           \
  {                                                                                                \
    return holdfast_names_get (names, G_N_ELEMENTS (names), (guint) value);                        \
  }                                                                                                \
  gboolean holdfast_##prefix##_from_string (const char *text, Type *ret_value)                     \
  {                                                                                                \
    guint value;                                                                                   \
    g_return_val_if_fail (ret_value != NULL, FALSE);                                               \
    if (!holdfast_names_find (names, G_N_ELEMENTS (names), text, &value))                          \
      return FALSE;                                                                                \
    *ret_value = value;                                                                            \
    return TRUE;                                                                                   \
  }

G_END_DECLS
