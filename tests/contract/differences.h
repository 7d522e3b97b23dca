/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * Differences:
 *
 * What one world answers otherwise than real bluetoothd: differences.txt, read for one world. Rows
 * are `world | case | what | answer instead | why`.
 */
typedef struct _Differences Differences;

Differences *differences_load (const char *path, const char *world, GError **error);
void differences_free (Differences *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Differences, differences_free)

/** Returns: (nullable): what this world answers instead */
const char *differences_look_up (Differences *self, const char *case_name, const char *what);

/** Returns: (transfer full) (array zero-terminated=1): "case | what" of rows never looked up */
char **differences_list_unused (Differences *self);

G_END_DECLS
