/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "differences.h"

#include <gio/gio.h>
#include <string.h>

enum { WORLD, CASE, WHAT, INSTEAD, WHY, N_COLUMNS };

typedef struct {
  char *key;
  char *instead;
  gboolean used;
} Row;

struct _Differences {
  GPtrArray *rows;
};

static void
row_free (gpointer data)
{
  Row *row = data;

  g_free (row->key);
  g_free (row->instead);
  g_free (row);
}

static char *
make_key (const char *case_name, const char *what)
{
  return g_strdup_printf ("%s | %s", case_name, what);
}

Differences *
differences_load (const char *path, const char *world, GError **error)
{
  g_autoptr (Differences) self = g_new0 (Differences, 1);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  self->rows = g_ptr_array_new_with_free_func (row_free);
  if (!g_file_get_contents (path, &text, NULL, error))
    return NULL;

  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++) {
    g_auto (GStrv) columns = NULL;

    if (*g_strstrip (lines[i]) == '\0' || lines[i][0] == '#')
      continue;
    columns = g_strsplit (lines[i], " | ", -1);
    if (g_strv_length (columns) != N_COLUMNS || *columns[WHY] == '\0') {
      g_set_error (error,
                   G_IO_ERROR,
                   G_IO_ERROR_INVALID_DATA,
                   "%s:%u: not \"world | case | what | answer instead | why\"",
                   path,
                   i + 1);
      return NULL;
    }
    if (strcmp (columns[WORLD], world) == 0) {
      Row *row = g_new0 (Row, 1);

      row->key = make_key (columns[CASE], columns[WHAT]);
      row->instead = g_strdup (columns[INSTEAD]);
      g_ptr_array_add (self->rows, row);
    }
  }
  return g_steal_pointer (&self);
}

void
differences_free (Differences *self)
{
  g_ptr_array_unref (self->rows);
  g_free (self);
}

const char *
differences_look_up (Differences *self, const char *case_name, const char *what)
{
  g_autofree char *key = make_key (case_name, what);

  for (guint i = 0; i < self->rows->len; i++) {
    Row *row = g_ptr_array_index (self->rows, i);

    if (strcmp (row->key, key) == 0) {
      row->used = TRUE;
      return row->instead;
    }
  }
  return NULL;
}

char **
differences_list_unused (Differences *self)
{
  g_autoptr (GStrvBuilder) list = g_strv_builder_new ();

  for (guint i = 0; i < self->rows->len; i++) {
    Row *row = g_ptr_array_index (self->rows, i);

    if (!row->used)
      g_strv_builder_add (list, row->key);
  }
  return g_strv_builder_end (list);
}
