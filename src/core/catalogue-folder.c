/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "catalogue-private.h"

#define MAX_FILES 1000
#define BATCH 100
#define ATTRIBUTES                                                                                 \
  G_FILE_ATTRIBUTE_STANDARD_NAME "," G_FILE_ATTRIBUTE_STANDARD_TYPE                                \
                                 "," G_FILE_ATTRIBUTE_STANDARD_IS_HIDDEN

/* What goes through the steps of a load: list the folder, then read one file after the other. */
typedef struct {
  GFile *folder;
  GFileEnumerator *enumerator;
  GPtrArray *names;
  guint next;
  GPtrArray *problems;
  GFileInputStream *stream;
  guint8 *buffer;
} Load;

static void read_next (GTask *task);

static void
load_free (gpointer data)
{
  Load *load = data;

  g_clear_object (&load->folder);
  g_clear_object (&load->enumerator);
  g_clear_object (&load->stream);
  g_ptr_array_unref (load->names);
  g_ptr_array_unref (load->problems);
  g_free (load->buffer);
  g_free (load);
}

static void
add_problem (Load *load, const char *name, const GError *error)
{
  g_autofree char *quoted = holdfast_quote_value (name);

  g_ptr_array_add (load->problems,
                   error->domain == HOLDFAST_CATALOGUE_ERROR
                       ? g_strdup (error->message)
                       : g_strdup_printf ("%s: %s", quoted, error->message));
}

static const char *
get_current_name (Load *load)
{
  return g_ptr_array_index (load->names, load->next);
}

static void
finish_file (GTask *task, const GError *error)
{
  Load *load = g_task_get_task_data (task);

  if (error != NULL)
    add_problem (load, get_current_name (load), error);
  g_clear_object (&load->stream);
  load->next++;
  read_next (task);
}

static void
on_read (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Load *load = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) contents = NULL;
  gsize length = 0;

  if (g_input_stream_read_all_finish (G_INPUT_STREAM (object), result, &length, &error)) {
    /* One byte more than is allowed was asked for; the check of the size speaks for itself. */
    contents = g_bytes_new (load->buffer, length);
    holdfast_catalogue_add_file (
        g_task_get_source_object (task), get_current_name (load), contents, &error);
  }
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    g_task_return_error (task, g_steal_pointer (&error));
    return;
  }
  finish_file (task, error);
}

static void
on_opened (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Load *load = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  load->stream = g_file_read_finish (G_FILE (object), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    g_task_return_error (task, g_steal_pointer (&error));
    return;
  }
  if (load->stream == NULL) {
    finish_file (task, error);
    return;
  }
  g_input_stream_read_all_async (G_INPUT_STREAM (load->stream),
                                 load->buffer,
                                 HOLDFAST_HEADSET_MAX_SIZE + 1,
                                 G_PRIORITY_DEFAULT,
                                 g_task_get_cancellable (task),
                                 on_read,
                                 g_object_ref (task));
}

static void
read_next (GTask *task)
{
  Load *load = g_task_get_task_data (task);
  g_autoptr (GFile) file = NULL;

  if (g_task_return_error_if_cancelled (task))
    return;
  if (load->next == load->names->len) {
    g_task_return_boolean (task, TRUE);
    return;
  }
  file = g_file_get_child (load->folder, get_current_name (load));
  g_file_read_async (
      file, G_PRIORITY_DEFAULT, g_task_get_cancellable (task), on_opened, g_object_ref (task));
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static void
take_names (Load *load, GList *infos)
{
  for (GList *l = infos; l != NULL; l = l->next) {
    GFileInfo *info = l->data;
    const char *name = g_file_info_get_name (info);

    /* Only regular files: opening a pipe or a device could wait for ever. */
    if (name != NULL && g_str_has_suffix (name, HOLDFAST_HEADSET_SUFFIX)
        && g_file_info_get_file_type (info) == G_FILE_TYPE_REGULAR
        && !g_file_info_get_is_hidden (info) && load->names->len < MAX_FILES)
      g_ptr_array_add (load->names, g_strdup (name));
  }
}

static void
on_listed (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Load *load = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  GList *infos = g_file_enumerator_next_files_finish (G_FILE_ENUMERATOR (object), result, &error);

  if (error != NULL) {
    g_task_return_error (task, g_steal_pointer (&error));
    return;
  }
  if (infos != NULL && load->names->len < MAX_FILES) {
    take_names (load, infos);
    g_list_free_full (infos, g_object_unref);
    g_file_enumerator_next_files_async (load->enumerator,
                                        BATCH,
                                        G_PRIORITY_DEFAULT,
                                        g_task_get_cancellable (task),
                                        on_listed,
                                        g_object_ref (task));
    return;
  }
  g_list_free_full (infos, g_object_unref);
  /* The same folder gives the same catalogue, in whatever order the disk lists it. */
  g_ptr_array_sort (load->names, compare_names);
  load->buffer = g_malloc (HOLDFAST_HEADSET_MAX_SIZE + 1);
  read_next (task);
}

static void
on_enumerated (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Load *load = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  load->enumerator = g_file_enumerate_children_finish (G_FILE (object), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND)) {
    g_task_return_boolean (task, TRUE);
    return;
  }
  if (load->enumerator == NULL) {
    g_task_return_error (task, g_steal_pointer (&error));
    return;
  }
  g_file_enumerator_next_files_async (load->enumerator,
                                      BATCH,
                                      G_PRIORITY_DEFAULT,
                                      g_task_get_cancellable (task),
                                      on_listed,
                                      g_object_ref (task));
}

void
holdfast_catalogue_load_folder_async (HoldfastCatalogue *self,
                                      GFile *folder,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Load *load;

  g_return_if_fail (HOLDFAST_IS_CATALOGUE (self));
  g_return_if_fail (G_IS_FILE (folder));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, holdfast_catalogue_load_folder_async);
  load = g_new0 (Load, 1);
  load->folder = g_object_ref (folder);
  load->names = g_ptr_array_new_with_free_func (g_free);
  load->problems = g_ptr_array_new_with_free_func (g_free);
  g_task_set_task_data (task, load, load_free);
  if (g_task_return_error_if_cancelled (task))
    return;

  g_file_enumerate_children_async (folder,
                                   ATTRIBUTES,
                                   G_FILE_QUERY_INFO_NONE,
                                   G_PRIORITY_DEFAULT,
                                   cancellable,
                                   on_enumerated,
                                   g_object_ref (task));
}

gboolean
holdfast_catalogue_load_folder_finish (HoldfastCatalogue *self,
                                       GAsyncResult *result,
                                       GPtrArray **ret_problems,
                                       GError **error)
{
  Load *load;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  load = g_task_get_task_data (G_TASK (result));
  if (ret_problems != NULL)
    *ret_problems = load->problems->len > 0 ? g_ptr_array_ref (load->problems) : NULL;
  return g_task_propagate_boolean (G_TASK (result), error);
}
