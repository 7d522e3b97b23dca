/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client-fixture.h"
#include "holdfast-test.h"

#include <string.h>

#define FAILED "org.bluez.Error.Failed"
#define IN_PROGRESS "org.bluez.Error.InProgress"

static void
set_up (Fixture *self, gconstpointer data)
{
  fixture_set_up_client (self, data);
  fake_bluez_add (self->fake, FAKE_DEVICE, FAKE_HEADSET);
  fixture_sync (self);
  fake_bluez_clear_log (self->fake);
}

static HoldfastDevice *
get_device (Fixture *self)
{
  return fixture_get_device (self, FAKE_DEVICE);
}

typedef struct {
  FakeBluez *fake;
  const char *expected;
} LogCondition;

static gboolean
log_ends (gpointer user_data)
{
  LogCondition *condition = user_data;

  return g_str_has_suffix (fake_bluez_get_log (condition->fake), condition->expected);
}

static void
wait_for_call (Fixture *self, const char *call)
{
  LogCondition condition = { self->fake, call };

  holdfast_test_wait (log_ends, &condition, HOLDFAST_TEST_DEADLINE_MS, call);
}

#define assert_calls(self, calls)                                                                  \
  do {                                                                                             \
    fixture_sync (self);                                                                           \
    g_assert_cmpstr (fake_bluez_get_log ((self)->fake), ==, calls);                                \
    fake_bluez_clear_log ((self)->fake);                                                           \
  } while (0)

static void
start (Fixture *self, GAsyncResult **result)
{
  holdfast_client_start_discovery_async (
      self->client, HOLDFAST_TRANSPORT_BREDR, FALSE, NULL, holdfast_test_result_cb, result);
}

static void
stop (Fixture *self, GAsyncResult **result)
{
  holdfast_client_stop_discovery_async (self->client, NULL, holdfast_test_result_cb, result);
}

static void
assert_gio_error (Fixture *self, GAsyncResult **result, GIOErrorEnum code, const char *what)
{
  g_autoptr (GAsyncResult) answer = holdfast_test_wait_result (result, what);
  g_autoptr (GError) error = NULL;

  g_assert_false (holdfast_client_finish (self->client, answer, &error));
  g_assert_error (error, G_IO_ERROR, (int) code);
}

#define FILTER(transport, more)                                                                    \
  "SetDiscoveryFilter({'Transport': <'" transport "'>, 'DuplicateData': <" more ">},) "

static void
test_filter (Fixture *self, gconstpointer data)
{
  static const struct {
    HoldfastTransport transport;
    gboolean duplicates;
    const char *calls;
  } rows[] = {
    { HOLDFAST_TRANSPORT_BREDR, TRUE,  FILTER ("bredr", "true") "StartDiscovery "                        },
    { HOLDFAST_TRANSPORT_LE,    FALSE, FILTER ("le",    "false") "StartDiscovery "                       },
    { HOLDFAST_TRANSPORT_AUTO,
     FALSE,                            FILTER ("auto",  "false>, 'RSSI': <int16 -127") "StartDiscovery " },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GAsyncResult) result = NULL;

    holdfast_client_start_discovery_async (self->client,
                                           rows[i].transport,
                                           rows[i].duplicates,
                                           NULL,
                                           holdfast_test_result_cb,
                                           &result);
    fixture_finish (self, &result, "discovery to start");
    assert_calls (self, rows[i].calls);
    /* Ours runs already from the second row on. */
    fake_bluez_answer (self->fake, "StartDiscovery", IN_PROGRESS, "Operation already in progress");
  }
}

static void
test_start_errors (Fixture *self, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;

  fake_bluez_answer (
      self->fake, "SetDiscoveryFilter", "org.bluez.Error.NotReady", "Resource Not Ready");
  start (self, &result);
  fixture_finish_with (self, &result, "org.bluez.Error.NotReady", "the filter to be refused");
  fake_bluez_answer (self->fake, "SetDiscoveryFilter", NULL, NULL);
  fake_bluez_clear_log (self->fake);

  /* None of ours is in progress: somebody else is in the way. */
  fake_bluez_answer (self->fake, "StartDiscovery", IN_PROGRESS, "Operation already in progress");
  start (self, &result);
  fixture_finish_with (self, &result, IN_PROGRESS, "discovery to be refused");
  start (self, &result);
  fixture_finish_with (self, &result, IN_PROGRESS, "discovery to be refused again");
}

static void
test_start_unplugged (Fixture *self, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;

  fake_bluez_remove (self->fake, FAKE_HCI);
  fixture_sync (self);
  start (self, &result);
  fixture_finish_with (self,
                       &result,
                       "org.freedesktop.DBus.Error.UnknownObject",
                       "discovery without an adapter to fail");
  holdfast_client_set_powered_async (self->client, TRUE, NULL, holdfast_test_result_cb, &result);
  fixture_finish_with (self,
                       &result,
                       "org.freedesktop.DBus.Error.UnknownObject",
                       "power without an adapter to fail");
  stop (self, &result);
  fixture_finish (self, &result, "no discovery to be stopped");
  assert_calls (self, "");
}

static void
test_stop (Fixture *self, gconstpointer data)
{
  static const char *const harmless[][2] = {
    { FAILED,                                      "No discovery started"        },
    { "org.bluez.Error.NotReady",                  "Resource Not Ready"          },
    { "org.bluez.Error.NotAuthorized",             "Operation Not Authorized"    },
    { "org.freedesktop.DBus.Error.UnknownObject",  "Method doesn't exist"        },
    { "org.freedesktop.DBus.Error.ServiceUnknown", "The name is not activatable" },
  };
  g_autoptr (GAsyncResult) result = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (harmless); i++) {
    fake_bluez_answer (self->fake, "StopDiscovery", harmless[i][0], harmless[i][1]);
    stop (self, &result);
    fixture_finish (self, &result, "a dead discovery to be stopped");
  }

  start (self, &result);
  fixture_finish (self, &result, "discovery to start");
  fake_bluez_clear_log (self->fake);
  fake_bluez_answer (self->fake, "StopDiscovery", IN_PROGRESS, "Operation already in progress");
  stop (self, &result);
  fixture_finish_with (self, &result, IN_PROGRESS, "discovery not to stop");
  fake_bluez_answer (self->fake, "StopDiscovery", NULL, NULL);
  stop (self, &result);
  fixture_finish (self, &result, "discovery to stop");
  assert_calls (self, "StopDiscovery StopDiscovery ");
}

static void
test_stop_overtakes (Fixture *self, gconstpointer data)
{
  g_autoptr (GAsyncResult) started = NULL;
  g_autoptr (GAsyncResult) stopped = NULL;

  /* Stopped while the filter is on its way: it must not start after all. */
  fake_bluez_answer (self->fake, "SetDiscoveryFilter", FAKE_HOLD, NULL);
  start (self, &started);
  wait_for_call (self, FILTER ("bredr", "false"));
  stop (self, &stopped);
  fixture_finish (self, &stopped, "discovery to stop");
  fake_bluez_answer (self->fake, "SetDiscoveryFilter", NULL, NULL);
  fake_bluez_let_go (self->fake);
  assert_gio_error (self, &started, G_IO_ERROR_CANCELLED, "the start to be given up");
  assert_calls (self, FILTER ("bredr", "false") "StopDiscovery ");
}

static void
test_cancel_start (Fixture *self, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;

  fake_bluez_answer (self->fake, "StartDiscovery", FAKE_HOLD, NULL);
  holdfast_client_start_discovery_async (
      self->client, HOLDFAST_TRANSPORT_BREDR, FALSE, cancellable, holdfast_test_result_cb, &result);
  wait_for_call (self, "StartDiscovery ");
  g_cancellable_cancel (cancellable);
  assert_gio_error (self, &result, G_IO_ERROR_CANCELLED, "the start to be cancelled");
  fake_bluez_clear_log (self->fake);

  /* BlueZ may search from now on, and so it is told to stop when nobody is left. */
  holdfast_test_assert_finalize (g_steal_pointer (&self->client));
  wait_for_call (self, "StopDiscovery ");
}

static void
test_dispose_discovering (Fixture *self, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;

  start (self, &result);
  fixture_finish (self, &result, "discovery to start");
  fake_bluez_clear_log (self->fake);
  holdfast_test_assert_finalize (g_steal_pointer (&self->client));
  wait_for_call (self, "StopDiscovery ");
}

static void
test_pair (Fixture *self, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;

  holdfast_client_cancel_pairing_async (
      self->client, get_device (self), NULL, holdfast_test_result_cb, &result);
  assert_gio_error (self, &result, G_IO_ERROR_FAILED, "a cancel of nothing to be refused");
  assert_calls (self, "");

  holdfast_client_pair_async (
      self->client, get_device (self), NULL, holdfast_test_result_cb, &result);
  fixture_finish (self, &result, "the pairing");
  fake_bluez_answer (self->fake, "Pair", "org.bluez.Error.ConnectionAttemptFailed", "Page Timeout");
  holdfast_client_pair_async (
      self->client, get_device (self), NULL, holdfast_test_result_cb, &result);
  fixture_finish_with (
      self, &result, "org.bluez.Error.ConnectionAttemptFailed", "the pairing to fail");
  /* Answered is not pending. */
  holdfast_client_cancel_pairing_async (
      self->client, get_device (self), NULL, holdfast_test_result_cb, &result);
  assert_gio_error (self, &result, G_IO_ERROR_FAILED, "a cancel of nothing to be refused");
  assert_calls (self, "Pair Pair ");
}

static void
test_cancel_pairing (Fixture *self, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) paired = NULL;
  g_autoptr (GAsyncResult) again = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  fake_bluez_answer (self->fake, "Pair", FAKE_HOLD, NULL);
  holdfast_client_pair_async (
      self->client, get_device (self), cancellable, holdfast_test_result_cb, &paired);
  wait_for_call (self, "Pair ");
  /* A second Pair that fails does not end the first. */
  fake_bluez_answer (self->fake, "Pair", IN_PROGRESS, "In Progress");
  holdfast_client_pair_async (
      self->client, get_device (self), NULL, holdfast_test_result_cb, &again);
  fixture_finish_with (self, &again, IN_PROGRESS, "the second pairing to be refused");

  /* We stop waiting, BlueZ does not stop pairing. */
  g_cancellable_cancel (cancellable);
  assert_gio_error (self, &paired, G_IO_ERROR_CANCELLED, "the pairing to be cancelled");
  holdfast_client_cancel_pairing_async (
      self->client, get_device (self), NULL, holdfast_test_result_cb, &result);
  fixture_finish (self, &result, "the pairing to be cancelled at BlueZ");
  assert_calls (self, "Pair Pair CancelPairing ");
  fake_bluez_answer (self->fake, "Pair", "org.bluez.Error.AuthenticationCanceled", "Canceled");
  fake_bluez_let_go (self->fake);
  fixture_sync (self);
  holdfast_client_cancel_pairing_async (
      self->client, get_device (self), NULL, holdfast_test_result_cb, &result);
  assert_gio_error (self, &result, G_IO_ERROR_FAILED, "a cancel of nothing to be refused");
}

static void
test_cancel_keeps_bond (Fixture *self, gconstpointer data)
{
  g_autoptr (GAsyncResult) paired = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  fake_bluez_change (self->fake, FAKE_DEVICE, "org.bluez.Device1", "{'Paired': <true>}");
  fixture_sync (self);
  fake_bluez_answer (self->fake, "Pair", FAKE_HOLD, NULL);
  holdfast_client_pair_async (
      self->client, get_device (self), NULL, holdfast_test_result_cb, &paired);
  wait_for_call (self, "Pair ");
  holdfast_client_cancel_pairing_async (
      self->client, get_device (self), NULL, holdfast_test_result_cb, &result);
  assert_gio_error (self, &result, G_IO_ERROR_FAILED, "the old bond to be kept");
  fake_bluez_answer (self->fake, "Pair", "org.bluez.Error.AlreadyExists", "Already Paired");
  fake_bluez_let_go (self->fake);
  fixture_finish_with (self, &paired, "org.bluez.Error.AlreadyExists", "the answer to Pair");
  assert_calls (self, "Pair ");
}

static void
test_dispose_pairing (Fixture *self, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) paired = NULL;

  fake_bluez_answer (self->fake, "Pair", FAKE_HOLD, NULL);
  holdfast_client_pair_async (
      self->client, get_device (self), cancellable, holdfast_test_result_cb, &paired);
  wait_for_call (self, "Pair ");
  g_cancellable_cancel (cancellable);
  assert_gio_error (self, &paired, G_IO_ERROR_CANCELLED, "the pairing to be cancelled");
  holdfast_test_assert_finalize (g_steal_pointer (&self->client));
  wait_for_call (self, "CancelPairing ");
}

static void
test_others (Fixture *self, gconstpointer data)
{
  HoldfastDevice *device = get_device (self);
  g_autoptr (GAsyncResult) result = NULL;

  holdfast_client_set_powered_async (self->client, TRUE, NULL, holdfast_test_result_cb, &result);
  fixture_finish (self, &result, "the power");
  assert_calls (self, "Set('org.bluez.Adapter1', 'Powered', <true>) ");
  holdfast_client_set_trusted_async (
      self->client, device, TRUE, NULL, holdfast_test_result_cb, &result);
  fixture_finish (self, &result, "the trust");
  assert_calls (self, "Set('org.bluez.Device1', 'Trusted', <true>) ");
  holdfast_client_set_blocked_async (
      self->client, device, FALSE, NULL, holdfast_test_result_cb, &result);
  fixture_finish (self, &result, "the block");
  assert_calls (self, "Set('org.bluez.Device1', 'Blocked', <false>) ");
  holdfast_client_connect_profile_async (
      self->client, device, HOLDFAST_UUID_A2DP_SINK, NULL, holdfast_test_result_cb, &result);
  fixture_finish (self, &result, "the connection");
  assert_calls (self, "ConnectProfile('" HOLDFAST_UUID_A2DP_SINK "',) ");
  holdfast_client_disconnect_async (self->client, device, NULL, holdfast_test_result_cb, &result);
  fixture_finish (self, &result, "the end of the connection");
  assert_calls (self, "Disconnect ");

  fake_bluez_answer (self->fake, "Set", "org.bluez.Error.Blocked", "Blocked through rfkill");
  holdfast_client_set_powered_async (self->client, TRUE, NULL, holdfast_test_result_cb, &result);
  fixture_finish_with (self, &result, "org.bluez.Error.Blocked", "the power to be blocked");
}

static void
test_remove (Fixture *self, gconstpointer data)
{
  g_autoptr (HoldfastDevice) device = g_object_ref (get_device (self));
  g_autoptr (GAsyncResult) result = NULL;

  holdfast_client_remove_device_async (
      self->client, device, NULL, holdfast_test_result_cb, &result);
  fixture_finish (self, &result, "the removal");
  assert_calls (self, "RemoveDevice('" FAKE_DEVICE "',) ");

  /* Also when the object has gone meanwhile. */
  fake_bluez_remove (self->fake, FAKE_DEVICE);
  fake_bluez_answer (self->fake, "RemoveDevice", "org.bluez.Error.DoesNotExist", "Does Not Exist");
  holdfast_client_remove_device_async (
      self->client, device, NULL, holdfast_test_result_cb, &result);
  fixture_finish (self, &result, "the removal of what is gone");
  fake_bluez_answer (self->fake, "RemoveDevice", "org.bluez.Error.NotReady", "Resource Not Ready");
  holdfast_client_remove_device_async (
      self->client, device, NULL, holdfast_test_result_cb, &result);
  fixture_finish_with (self, &result, "org.bluez.Error.NotReady", "the removal to fail");
}

static void
test_already_cancelled (Fixture *self, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;

  g_cancellable_cancel (cancellable);
  holdfast_client_pair_async (
      self->client, get_device (self), cancellable, holdfast_test_result_cb, &result);
  assert_gio_error (self, &result, G_IO_ERROR_CANCELLED, "the pairing not to begin");
  assert_calls (self, "");

  /* But what runs is stopped. */
  start (self, &result);
  fixture_finish (self, &result, "discovery to start");
  fake_bluez_clear_log (self->fake);
  holdfast_client_stop_discovery_async (
      self->client, cancellable, holdfast_test_result_cb, &result);
  assert_gio_error (self, &result, G_IO_ERROR_CANCELLED, "nobody to wait for the end");
  assert_calls (self, "StopDiscovery ");
}

/* Each verb when the bus closes before it, and instead of an answer. */
typedef void (*VerbFunc) (Fixture *self, GAsyncResult **result);

static void
pair (Fixture *self, GAsyncResult **result)
{
  holdfast_client_pair_async (
      self->client, get_device (self), NULL, holdfast_test_result_cb, result);
}

static void
connect_profile (Fixture *self, GAsyncResult **result)
{
  holdfast_client_connect_profile_async (self->client,
                                         get_device (self),
                                         HOLDFAST_UUID_A2DP_SINK,
                                         NULL,
                                         holdfast_test_result_cb,
                                         result);
}

static void
disconnect (Fixture *self, GAsyncResult **result)
{
  holdfast_client_disconnect_async (
      self->client, get_device (self), NULL, holdfast_test_result_cb, result);
}

static void
remove_device (Fixture *self, GAsyncResult **result)
{
  holdfast_client_remove_device_async (
      self->client, get_device (self), NULL, holdfast_test_result_cb, result);
}

static void
set_powered (Fixture *self, GAsyncResult **result)
{
  holdfast_client_set_powered_async (self->client, TRUE, NULL, holdfast_test_result_cb, result);
}

static void
set_trusted (Fixture *self, GAsyncResult **result)
{
  holdfast_client_set_trusted_async (
      self->client, get_device (self), TRUE, NULL, holdfast_test_result_cb, result);
}

static const struct {
  const char *path;
  const char *method;
  VerbFunc func;
} verbs[] = {
  { "/bluez/verbs/closed/filter",     "SetDiscoveryFilter", start           },
  { "/bluez/verbs/closed/start",      "StartDiscovery",     start           },
  { "/bluez/verbs/closed/pair",       "Pair",               pair            },
  { "/bluez/verbs/closed/connect",    "ConnectProfile",     connect_profile },
  { "/bluez/verbs/closed/disconnect", "Disconnect",         disconnect      },
  { "/bluez/verbs/closed/remove",     "RemoveDevice",       remove_device   },
  { "/bluez/verbs/closed/power",      "Set",                set_powered     },
  { "/bluez/verbs/closed/trust",      "Set",                set_trusted     },
};

static gboolean
is_closed (gpointer client)
{
  return holdfast_client_get_service_state (client) == HOLDFAST_SERVICE_STATE_CLOSED;
}

static void
test_closed (Fixture *self, gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (HoldfastDevice) device = g_object_ref (get_device (self));
  g_autoptr (GAsyncResult) result = NULL;

  fake_bluez_answer (self->fake, verbs[i].method, FAKE_CLOSE, NULL);
  verbs[i].func (self, &result);
  assert_gio_error (self, &result, G_IO_ERROR_CLOSED, "the call on a closing bus");
  holdfast_test_wait (
      is_closed, self->client, HOLDFAST_TEST_DEADLINE_MS, "the closed bus to be told");
  g_assert_null (holdfast_client_get_adapter (self->client));
  g_assert_nonnull (strstr (self->log->str, "removed(WH-1000XM4) "));

  holdfast_client_pair_async (self->client, device, NULL, holdfast_test_result_cb, &result);
  assert_gio_error (self, &result, G_IO_ERROR_CLOSED, "a call on a closed bus");
  start (self, &result);
  assert_gio_error (self, &result, G_IO_ERROR_CLOSED, "discovery on a closed bus");
  stop (self, &result);
  fixture_finish (self, &result, "discovery to have ended with the bus");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define add(path, test) g_test_add (path, Fixture, NULL, set_up, test, fixture_tear_down)
  add ("/bluez/verbs/filter", test_filter);
  add ("/bluez/verbs/start-errors", test_start_errors);
  add ("/bluez/verbs/start-unplugged", test_start_unplugged);
  add ("/bluez/verbs/stop", test_stop);
  add ("/bluez/verbs/stop-overtakes", test_stop_overtakes);
  add ("/bluez/verbs/cancel-start", test_cancel_start);
  add ("/bluez/verbs/dispose-discovering", test_dispose_discovering);
  add ("/bluez/verbs/pair", test_pair);
  add ("/bluez/verbs/cancel-pairing", test_cancel_pairing);
  add ("/bluez/verbs/cancel-keeps-bond", test_cancel_keeps_bond);
  add ("/bluez/verbs/dispose-pairing", test_dispose_pairing);
  add ("/bluez/verbs/others", test_others);
  add ("/bluez/verbs/remove", test_remove);
  add ("/bluez/verbs/already-cancelled", test_already_cancelled);
#undef add
  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    g_test_add (
        verbs[i].path, Fixture, GUINT_TO_POINTER (i), set_up, test_closed, fixture_tear_down);

  return g_test_run ();
}
