/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Reading one property off the bus. Each puts the default where @value is NULL or of another type,
 * and tells whether that was news. */

gboolean holdfast_value_read_boolean (GVariant *value, gboolean fallback, gboolean *place);
gboolean holdfast_value_read_uint32 (GVariant *value, guint32 fallback, guint32 *place);
/** @place: NULL where there is no string */
gboolean holdfast_value_read_string (GVariant *value, char **place);
/** Strings in lower case; @place is never NULL afterwards */
gboolean holdfast_value_read_strv (GVariant *value, GStrv *place);
gboolean holdfast_value_set_int (int value, int *place);

G_END_DECLS
