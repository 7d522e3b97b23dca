/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "world.h"

#include <gio/gunixsocketaddress.h>
#include <string.h>

/* README.md: an answer takes 15 s at most. */
#define ANSWER_SECONDS 20

/* Small beside anything that is waited for, so that what answers in time has time to answer. */
#define ADVANCE_MS 20

struct _World {
  GSocketConnection *connection;
  GDataInputStream *input;
  GStrv capabilities;
  gboolean stands_still;
  gint64 now_us;

  char *answer;
  gboolean answered;
};

static void
line_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  World *self = user_data;
  g_autoptr (GError) error = NULL;

  self->answer = g_data_input_stream_read_line_finish_utf8 (
      G_DATA_INPUT_STREAM (source), result, NULL, &error);
  if (self->answer == NULL)
    self->answer = g_strdup_printf ("error %s", error ? error->message : "the world hung up");
  self->answered = TRUE;
}

static gboolean
late_cb (gpointer user_data)
{
  GCancellable *cancellable = user_data;

  g_cancellable_cancel (cancellable);
  return G_SOURCE_REMOVE;
}

static char *
ask (World *self, const char *line)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *text = g_strconcat (line, "\n", NULL);
  GOutputStream *output = g_io_stream_get_output_stream (G_IO_STREAM (self->connection));
  g_autoptr (GSource) late = g_timeout_source_new_seconds (ANSWER_SECONDS);

  if (!g_output_stream_write_all (output, text, strlen (text), NULL, NULL, &error))
    return g_strdup_printf ("error %s", error->message);

  g_source_set_callback (late, late_cb, cancellable, NULL);
  g_source_attach (late, NULL);
  self->answered = FALSE;
  g_data_input_stream_read_line_async (
      self->input, G_PRIORITY_DEFAULT, cancellable, line_read_cb, self);
  while (!self->answered)
    g_main_context_iteration (NULL, TRUE);
  g_source_destroy (late);

  if (g_test_verbose ())
    g_test_message ("world: %s -> %s", line, self->answer);
  return g_steal_pointer (&self->answer);
}

gboolean
world_has (World *self, const char *capabilities)
{
  g_auto (GStrv) words = g_strsplit (capabilities, " ", -1);

  for (guint i = 0; words[i] != NULL; i++) {
    if (*words[i] != '\0' && !g_strv_contains ((const char *const *) self->capabilities, words[i]))
      return FALSE;
  }
  return TRUE;
}

World *
world_new (const char *socket_path, GError **error)
{
  g_autoptr (World) self = g_new0 (World, 1);
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (socket_path);
  g_autofree char *answer = NULL;

  self->connection = g_socket_client_connect (client, G_SOCKET_CONNECTABLE (address), NULL, error);
  if (self->connection == NULL)
    return NULL;
  self->input
      = g_data_input_stream_new (g_io_stream_get_input_stream (G_IO_STREAM (self->connection)));

  answer = ask (self, "capabilities");
  if (!g_str_has_prefix (answer, "ok")) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "capabilities: %s", answer);
    return NULL;
  }
  self->capabilities = g_strsplit (answer, " ", -1);
  self->stands_still = world_has (self, "manual-clock");
  return g_steal_pointer (&self);
}

void
world_free (World *self)
{
  g_clear_object (&self->input);
  g_clear_object (&self->connection);
  g_strfreev (self->capabilities);
  g_free (self->answer);
  g_free (self);
}

char *
world_ask (World *self, const char *format, ...)
{
  g_autofree char *line = NULL;
  va_list args;

  va_start (args, format);
  line = g_strdup_vprintf (format, args);
  va_end (args);
  return ask (self, line);
}

gboolean
world_do (World *self, const char *format, ...)
{
  g_autofree char *line = NULL;
  g_autofree char *answer = NULL;
  va_list args;

  va_start (args, format);
  line = g_strdup_vprintf (format, args);
  va_end (args);

  answer = ask (self, line);
  if (strcmp (answer, "ok") == 0)
    return TRUE;
  g_test_fail_printf ("the world answered \"%s\" to \"%s\"", answer, line);
  return FALSE;
}

char *
world_get_state (World *self, const char *key)
{
  g_autofree char *answer = ask (self, "state");
  g_auto (GStrv) words = g_strsplit (answer, " ", -1);
  gsize length = strlen (key);

  if (g_strcmp0 (words[0], "ok") != 0) {
    g_test_fail_printf ("the world answered \"%s\" to \"state\"", answer);
    return NULL;
  }
  for (guint i = 1; words[i] != NULL; i++) {
    if (strncmp (words[i], key, length) == 0 && words[i][length] == '=')
      return g_strdup (words[i] + length + 1);
  }
  return NULL;
}

gint64
world_get_now_us (World *self)
{
  return self->stands_still ? self->now_us : g_get_monotonic_time ();
}

gboolean
world_advance (World *self)
{
  if (!self->stands_still || !world_do (self, "advance %d", ADVANCE_MS))
    return FALSE;
  self->now_us += ADVANCE_MS * G_GINT64_CONSTANT (1000);
  return TRUE;
}

char *
world_encode (const char *text)
{
  GString *word = g_string_new (NULL);

  for (const guchar *c = (const guchar *) text; *c != '\0'; c++) {
    if (g_ascii_isalnum (*c) || strchr ("-._~", *c) != NULL)
      g_string_append_c (word, (char) *c);
    else
      g_string_append_printf (word, "%%%02X", *c);
  }
  if (word->len == 0)
    g_string_append_c (word, '%');
  return g_string_free (word, FALSE);
}
