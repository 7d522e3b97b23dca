/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/** How long a test waits for what should come at once: long enough for a slow machine. */
#define HOLDFAST_TEST_DEADLINE_MS 10000

typedef gboolean (*HoldfastTestFunc) (gpointer user_data);

/**
 * holdfast_test_wait:
 * @condition: asked before each turn of the main context
 * @deadline_ms: real time, whatever clock the test moves
 * @what: what it waits for, to be said when it did not come
 *
 * Turns the thread-default main context until @condition holds; fails the test at the deadline.
 */
#define holdfast_test_wait(condition, user_data, deadline_ms, what)                                \
  holdfast_test_wait_at (condition, user_data, deadline_ms, what, __FILE__, __LINE__)
void holdfast_test_wait_at (HoldfastTestFunc condition,
                            gpointer user_data,
                            guint deadline_ms,
                            const char *what,
                            const char *file,
                            int line);

/**
 * holdfast_test_wait_true:
 *
 * The same for a flag that a callback sets: the most usual condition.
 */
#define holdfast_test_wait_true(flag, what)                                                        \
  holdfast_test_wait_at (                                                                          \
      holdfast_test_flag, flag, HOLDFAST_TEST_DEADLINE_MS, what, __FILE__, __LINE__)
gboolean holdfast_test_flag (gpointer flag);

/**
 * holdfast_test_wait_result:
 * @result: (out): set by holdfast_test_result_cb()
 *
 * Returns: (transfer full): the result of the asynchronous call that got @result as its user data
 */
#define holdfast_test_wait_result(result, what)                                                    \
  holdfast_test_wait_result_at (result, what, __FILE__, __LINE__)
GAsyncResult *
holdfast_test_wait_result_at (GAsyncResult **result, const char *what, const char *file, int line);
void holdfast_test_result_cb (GObject *source, GAsyncResult *result, gpointer user_data);

/**
 * holdfast_test_settle:
 *
 * Dispatches what is ready now, and what that makes ready: for what must *not* happen, after
 * something that travels the same way has arrived.
 */
void holdfast_test_settle (void);

/**
 * holdfast_test_assert_finalize:
 * @object: (transfer full): a GObject *
 *
 * Drops the reference, turns the main context while calls in flight hold others, and fails the test
 * if one is left at the deadline.
 */
#define holdfast_test_assert_finalize(object)                                                      \
  holdfast_test_assert_finalize_at (object, #object, __FILE__, __LINE__)
void
holdfast_test_assert_finalize_at (gpointer object, const char *what, const char *file, int line);

/** Returns: TRUE if more of the same is wanted (`./dev test --long`) */
gboolean holdfast_test_is_long (void);

/**
 * holdfast_test_new_connection_pair:
 * @ret_server: (out) (transfer full): the end that plays the service
 *
 * Returns: (transfer full): the client's end of a peer-to-peer D-Bus connection over a socket pair
 */
GDBusConnection *holdfast_test_new_connection_pair (GDBusConnection **ret_server);

/**
 * holdfast_test_settle_connection:
 * @connection: a client's, to a service with an object manager at "/"
 *
 * Turns the main context until all that is on its way between the two has arrived, and what that
 * set off has been told to everybody.
 */
void holdfast_test_settle_connection (GDBusConnection *connection);

G_END_DECLS
