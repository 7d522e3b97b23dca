/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "holdfast-test.h"

static gboolean
deadline_cb (gpointer user_data)
{
  gboolean *late = user_data;

  *late = TRUE;
  return G_SOURCE_REMOVE;
}

/* Returns FALSE at the deadline. The time-out only wakes the context; the monotonic time decides,
 * so that a stopped test does not blame its condition before it was asked once more. */
static gboolean
turn_until (HoldfastTestFunc condition, gpointer user_data, guint deadline_ms)
{
  GMainContext *context = g_main_context_get_thread_default ();
  g_autoptr (GSource) deadline = g_timeout_source_new (deadline_ms);
  gboolean late = FALSE;
  gboolean met;

  g_source_set_callback (deadline, deadline_cb, &late, NULL);
  g_source_attach (deadline, context);
  while (!(met = condition (user_data)) && !late)
    g_main_context_iteration (context, TRUE);
  g_source_destroy (deadline);

  return met;
}

static void
fail_at (const char *file, int line, const char *what)
{
  g_autofree char *message = g_strdup_printf ("waited in vain for %s", what);

  g_assertion_message (NULL, file, line, G_STRFUNC, message);
}

void
holdfast_test_wait_at (HoldfastTestFunc condition,
                       gpointer user_data,
                       guint deadline_ms,
                       const char *what,
                       const char *file,
                       int line)
{
  if (!turn_until (condition, user_data, deadline_ms))
    fail_at (file, line, what);
}

gboolean
holdfast_test_flag (gpointer flag)
{
  return *(gboolean *) flag;
}

static gboolean
has_result (gpointer user_data)
{
  GAsyncResult **result = user_data;

  return *result != NULL;
}

GAsyncResult *
holdfast_test_wait_result_at (GAsyncResult **result, const char *what, const char *file, int line)
{
  holdfast_test_wait_at (has_result, result, HOLDFAST_TEST_DEADLINE_MS, what, file, line);
  return g_steal_pointer (result);
}

void
holdfast_test_result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **ret_result = user_data;

  g_assert_null (*ret_result);
  *ret_result = g_object_ref (result);
}

void
holdfast_test_settle (void)
{
  while (g_main_context_iteration (g_main_context_get_thread_default (), FALSE))
    ;
}

typedef struct {
  GMainContext *context;
  int gone; /* atomic */
} Watched;

/* The last reference may be dropped in another thread, as GDBus does: then we sleep. */
static void
gone_cb (gpointer user_data, GObject *where_the_object_was)
{
  Watched *watched = user_data;

  g_atomic_int_set (&watched->gone, TRUE);
  g_main_context_wakeup (watched->context);
}

static gboolean
is_gone (gpointer user_data)
{
  Watched *watched = user_data;

  return g_atomic_int_get (&watched->gone);
}

void
holdfast_test_assert_finalize_at (gpointer object, const char *what, const char *file, int line)
{
  g_autofree char *message = g_strdup_printf ("the last reference to %s to go", what);
  Watched watched = { g_main_context_get_thread_default (), FALSE };

  g_assert_true (G_IS_OBJECT (object));
  g_object_weak_ref (object, gone_cb, &watched);
  g_object_unref (object);
  holdfast_test_wait_at (is_gone, &watched, HOLDFAST_TEST_DEADLINE_MS, message, file, line);
}

gboolean
holdfast_test_is_long (void)
{
  const char *is_long = g_getenv ("HOLDFAST_TEST_LONG");

  return is_long && *is_long && !g_str_equal (is_long, "0");
}
