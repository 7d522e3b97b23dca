/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent.h"
#include "client-fixture.h"
#include "holdfast-test.h"

#include <string.h>

#define OTHER_DEVICE FAKE_HCI "/dev_00_00_00_00_00_01"
#define REJECTED "org.bluez.Error.Rejected"
#define CANCELED "org.bluez.Error.Canceled"

/* The Fixture, and an agent whose signals go to the log too. */
typedef struct {
  Fixture base;
  HoldfastAgent *agent;
} AgentFixture;

static void
pin_requested_cb (HoldfastAgent *agent, AgentFixture *self)
{
  g_string_append (self->base.log, "pin-requested ");
}

static void
pin_withdrawn_cb (HoldfastAgent *agent, AgentFixture *self)
{
  g_string_append (self->base.log, "pin-withdrawn ");
}

static void
refused_cb (HoldfastAgent *agent, const char *method, const char *path, AgentFixture *self)
{
  g_string_append_printf (self->base.log,
                          "refused(%s,%s) ",
                          method,
                          g_str_equal (path, FAKE_DEVICE) ? "first" : "second");
}

static void
released_cb (HoldfastAgent *agent, AgentFixture *self)
{
  g_string_append (self->base.log, "released ");
}

static void
register_agent (AgentFixture *self)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) answer = NULL;
  g_autoptr (GError) error = NULL;

  holdfast_agent_register_async (self->agent, NULL, holdfast_test_result_cb, &result);
  answer = holdfast_test_wait_result (&result, "the agent to be registered");
  g_assert_true (holdfast_agent_finish (self->agent, answer, &error));
  g_assert_no_error (error);
}

static void
unregister_agent (AgentFixture *self)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) answer = NULL;
  g_autoptr (GError) error = NULL;

  holdfast_agent_unregister_async (self->agent, holdfast_test_result_cb, &result);
  answer = holdfast_test_wait_result (&result, "the agent to be unregistered");
  g_assert_true (holdfast_agent_finish (self->agent, answer, &error));
  g_assert_no_error (error);
}

static void
set_up_new (AgentFixture *self, gconstpointer data)
{
  Fixture *base = &self->base;

  fixture_set_up_client (base, NULL);
  fake_bluez_add (base->fake, FAKE_DEVICE, FAKE_HEADSET);
  fake_bluez_add (base->fake, OTHER_DEVICE, "{'org.bluez.Device1': {'Name': <'Other'>}}");
  fixture_sync (base);
  fake_bluez_clear_log (base->fake);

  self->agent = holdfast_agent_new (base->client);
  g_signal_connect (self->agent, "pin-requested", G_CALLBACK (pin_requested_cb), self);
  g_signal_connect (self->agent, "pin-withdrawn", G_CALLBACK (pin_withdrawn_cb), self);
  g_signal_connect (self->agent, "refused", G_CALLBACK (refused_cb), self);
  g_signal_connect (self->agent, "released", G_CALLBACK (released_cb), self);
}

static void
set_up (AgentFixture *self, gconstpointer data)
{
  set_up_new (self, data);
  register_agent (self);
  holdfast_agent_set_device (self->agent, fixture_get_device (&self->base, FAKE_DEVICE));
  fake_bluez_clear_log (self->base.fake);
}

static void
tear_down (AgentFixture *self, gconstpointer data)
{
  if (self->agent)
    holdfast_test_assert_finalize (self->agent);
  fixture_tear_down (&self->base, data);
}

static void
call (AgentFixture *self, const char *method, GVariant *parameters, GAsyncResult **result)
{
  g_dbus_connection_call (fake_bluez_get_connection (self->base.fake),
                          NULL,
                          fake_bluez_get_agent (self->base.fake),
                          "org.bluez.Agent1",
                          method,
                          parameters,
                          NULL,
                          G_DBUS_CALL_FLAGS_NONE,
                          -1,
                          NULL,
                          holdfast_test_result_cb,
                          result);
}

/* @expected: the reply in text form, or an error's name */
static void
assert_answer (AgentFixture *self, GAsyncResult **result, const char *expected)
{
  g_autoptr (GAsyncResult) answer = holdfast_test_wait_result (result, "the agent's answer");
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply
      = g_dbus_connection_call_finish (fake_bluez_get_connection (self->base.fake), answer, &error);
  g_autofree char *text
      = reply ? g_variant_print (reply, FALSE) : g_dbus_error_get_remote_error (error);

  g_assert_cmpstr (text, ==, expected);
}

static void
assert_call (AgentFixture *self, const char *method, GVariant *parameters, const char *expected)
{
  g_autoptr (GAsyncResult) result = NULL;

  call (self, method, parameters, &result);
  assert_answer (self, &result, expected);
}

static void
assert_log (AgentFixture *self, const char *expected)
{
  fixture_sync (&self->base);
  g_assert_cmpstr (self->base.log->str, ==, expected);
  g_string_truncate (self->base.log, 0);
}

static void
assert_calls (AgentFixture *self, const char *format)
{
  g_autofree char *expected = g_strdup (format);

  fixture_sync (&self->base);
  if (strstr (expected, "PATH")) {
    g_auto (GStrv) parts = g_strsplit (expected, "PATH", -1);

    g_free (expected);
    expected = g_strjoinv (fake_bluez_get_agent (self->base.fake), parts);
  }
  g_assert_cmpstr (fake_bluez_get_log (self->base.fake), ==, expected);
  fake_bluez_clear_log (self->base.fake);
}

static void
test_register (AgentFixture *self, gconstpointer data)
{
  g_assert_false (holdfast_agent_get_registered (self->agent));
  register_agent (self);
  g_assert_true (holdfast_agent_get_registered (self->agent));
  /* With a keyboard, and never RequestDefaultAgent. */
  assert_calls (self, "RegisterAgent('PATH', 'KeyboardDisplay') ");

  fake_bluez_answer (
      self->base.fake, "RegisterAgent", "org.bluez.Error.AlreadyExists", "Already Exists");
  register_agent (self);
  g_assert_true (holdfast_agent_get_registered (self->agent));

  fake_bluez_clear_log (self->base.fake);
  unregister_agent (self);
  assert_calls (self, "UnregisterAgent('PATH',) ");
  g_assert_false (holdfast_agent_get_registered (self->agent));
  assert_call (self, "Cancel", NULL, "org.freedesktop.DBus.Error.UnknownMethod");
}

static void
test_unregister_harmless (AgentFixture *self, gconstpointer data)
{
  static const char *const errors[] = {
    "org.bluez.Error.DoesNotExist",
    "org.freedesktop.DBus.Error.ServiceUnknown",
    "org.freedesktop.DBus.Error.UnknownObject",
    "org.freedesktop.DBus.Error.NoReply",
  };

  for (guint i = 0; i < G_N_ELEMENTS (errors); i++) {
    fake_bluez_answer (self->base.fake, "UnregisterAgent", errors[i], "Gone");
    unregister_agent (self);
    register_agent (self);
  }
}

static void
test_register_fails (AgentFixture *self, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) answer = NULL;
  g_autoptr (GError) error = NULL;

  fake_bluez_answer (
      self->base.fake, "RegisterAgent", "org.bluez.Error.InvalidArguments", "Invalid arguments");
  holdfast_agent_register_async (self->agent, NULL, holdfast_test_result_cb, &result);
  answer = holdfast_test_wait_result (&result, "the agent to be refused");
  g_assert_false (holdfast_agent_finish (self->agent, answer, &error));
  g_assert_nonnull (error);
  g_assert_false (holdfast_agent_get_registered (self->agent));
}

static void
test_dispose (AgentFixture *self, gconstpointer data)
{
  g_autoptr (GAsyncResult) asked = NULL;

  assert_call (self, "RequestPinCode", g_variant_new ("(o)", FAKE_DEVICE), "('0000',)");
  call (self, "RequestPinCode", g_variant_new ("(o)", FAKE_DEVICE), &asked);
  assert_log (self, "pin-requested ");
  holdfast_test_assert_finalize (g_steal_pointer (&self->agent));
  assert_answer (self, &asked, CANCELED);
  assert_calls (self, "UnregisterAgent('PATH',) ");
}

static gboolean
is_not_registered (gpointer agent)
{
  return !holdfast_agent_get_registered (agent);
}

static void
test_restart (AgentFixture *self, gconstpointer data)
{
  g_autoptr (GAsyncResult) asked = NULL;

  assert_call (self, "RequestPinCode", g_variant_new ("(o)", FAKE_DEVICE), "('0000',)");
  call (self, "RequestPinCode", g_variant_new ("(o)", FAKE_DEVICE), &asked);
  assert_log (self, "pin-requested ");

  fake_bluez_emit_owner (self->base.fake, ":1.1", "");
  holdfast_test_wait (
      is_not_registered, self->agent, HOLDFAST_TEST_DEADLINE_MS, "the end of the service");
  assert_answer (self, &asked, CANCELED);
  g_assert_nonnull (strstr (self->base.log->str, "pin-withdrawn released "));

  /* It comes back when it is wanted again, and only then. */
  fake_bluez_clear_log (self->base.fake);
  fake_bluez_emit_owner (self->base.fake, "", ":1.2");
  fixture_sync (&self->base);
  assert_calls (self, "GetManagedObjects ");
  g_assert_false (holdfast_agent_get_registered (self->agent));
  fake_bluez_clear_log (self->base.fake);
  register_agent (self);
  g_assert_true (holdfast_agent_get_registered (self->agent));
  assert_calls (self, "RegisterAgent('PATH', 'KeyboardDisplay') ");

  /* Nothing is released that was not wanted. */
  unregister_agent (self);
  g_string_truncate (self->base.log, 0);
  fake_bluez_clear_log (self->base.fake);
  fake_bluez_emit_owner (self->base.fake, ":1.2", ":1.3");
  fixture_sync (&self->base);
  assert_calls (self, "GetManagedObjects ");
  g_assert_false (holdfast_agent_get_registered (self->agent));
  g_assert_null (strstr (self->base.log->str, "released"));
}

static void
test_pin (AgentFixture *self, gconstpointer data)
{
  g_autoptr (GAsyncResult) asked = NULL;

  g_assert_false (holdfast_agent_give_pin (self->agent, "1234")); /* nobody asked */
  assert_call (self, "RequestPinCode", g_variant_new ("(o)", FAKE_DEVICE), "('0000',)");
  assert_log (self, "");

  call (self, "RequestPinCode", g_variant_new ("(o)", FAKE_DEVICE), &asked);
  assert_log (self, "pin-requested ");
  /* BlueZ asks one thing at a time; a second question is odd. */
  assert_call (self, "RequestPinCode", g_variant_new ("(o)", FAKE_DEVICE), REJECTED);
  assert_log (self, "refused(RequestPinCode,first) ");
  g_assert_false (holdfast_agent_give_pin (self->agent, ""));
  g_assert_false (holdfast_agent_give_pin (self->agent, "12345678901234567"));
  g_assert_false (holdfast_agent_give_pin (self->agent, "12\n"));
  g_assert_false (holdfast_agent_give_pin (self->agent, "1\xc3\xa4"));
  g_assert_true (holdfast_agent_give_pin (self->agent, "1234567890 bcdEF"));
  assert_answer (self, &asked, "('1234567890 bcdEF',)");
  g_assert_false (holdfast_agent_give_pin (self->agent, "1234"));

  call (self, "RequestPinCode", g_variant_new ("(o)", FAKE_DEVICE), &asked);
  assert_log (self, "pin-requested ");
  holdfast_agent_refuse_pin (self->agent);
  assert_answer (self, &asked, REJECTED);
  holdfast_agent_refuse_pin (self->agent); /* does nothing */
  assert_log (self, "");
}

static void
test_passkey (AgentFixture *self, gconstpointer data)
{
  g_autoptr (GAsyncResult) asked = NULL;

  assert_call (self, "RequestPasskey", g_variant_new ("(o)", FAKE_DEVICE), "(0,)");
  call (self, "RequestPasskey", g_variant_new ("(o)", FAKE_DEVICE), &asked);
  assert_log (self, "pin-requested ");
  g_assert_false (holdfast_agent_give_pin (self->agent, "1234567"));
  g_assert_false (holdfast_agent_give_pin (self->agent, "-1"));
  g_assert_false (holdfast_agent_give_pin (self->agent, "12a"));
  g_assert_true (holdfast_agent_give_pin (self->agent, "012345"));
  assert_answer (self, &asked, "(12345,)");
}

static void
test_cancel (AgentFixture *self, gconstpointer data)
{
  g_autoptr (GAsyncResult) asked = NULL;

  assert_call (self, "RequestPinCode", g_variant_new ("(o)", FAKE_DEVICE), "('0000',)");
  assert_call (self, "Cancel", NULL, "()"); /* of nothing */
  assert_log (self, "");

  call (self, "RequestPinCode", g_variant_new ("(o)", FAKE_DEVICE), &asked);
  assert_log (self, "pin-requested ");
  assert_call (self, "Cancel", NULL, "()");
  assert_answer (self, &asked, CANCELED);
  assert_log (self, "pin-withdrawn ");
  g_assert_false (holdfast_agent_give_pin (self->agent, "1234"));

  assert_call (self, "Release", NULL, "()");
  assert_log (self, "released ");
  g_assert_false (holdfast_agent_get_registered (self->agent));
}

static void
test_set_device (AgentFixture *self, gconstpointer data)
{
  HoldfastDevice *device = fixture_get_device (&self->base, FAKE_DEVICE);
  HoldfastDevice *other = fixture_get_device (&self->base, OTHER_DEVICE);
  g_autoptr (GAsyncResult) asked = NULL;

  assert_call (self, "RequestPinCode", g_variant_new ("(o)", FAKE_DEVICE), "('0000',)");
  holdfast_agent_set_device (self->agent, device); /* the same: not once more */
  call (self, "RequestPinCode", g_variant_new ("(o)", FAKE_DEVICE), &asked);
  assert_log (self, "pin-requested ");

  holdfast_agent_set_device (self->agent, other);
  assert_answer (self, &asked, CANCELED);
  assert_log (self, "pin-withdrawn ");
  assert_call (self, "RequestPinCode", g_variant_new ("(o)", FAKE_DEVICE), REJECTED);
  assert_log (self, "refused(RequestPinCode,first) ");
  assert_call (self, "RequestPinCode", g_variant_new ("(o)", OTHER_DEVICE), "('0000',)");

  holdfast_agent_set_device (self->agent, NULL);
  assert_call (self, "RequestPinCode", g_variant_new ("(o)", OTHER_DEVICE), REJECTED);
  assert_call (self, "RequestAuthorization", g_variant_new ("(o)", FAKE_DEVICE), REJECTED);
  assert_log (self, "refused(RequestPinCode,second) refused(RequestAuthorization,first) ");
}

static void
test_refused (AgentFixture *self, gconstpointer data)
{
  assert_call (self, "RequestConfirmation", g_variant_new ("(ou)", FAKE_DEVICE, 123456), REJECTED);
  assert_call (self, "DisplayPasskey", g_variant_new ("(ouq)", FAKE_DEVICE, 1, 0), REJECTED);
  assert_call (self, "DisplayPinCode", g_variant_new ("(os)", FAKE_DEVICE, "1"), REJECTED);
  assert_log (self,
              "refused(RequestConfirmation,first) refused(DisplayPasskey,first) "
              "refused(DisplayPinCode,first) ");

  assert_call (self, "RequestPinCode", g_variant_new ("(o)", OTHER_DEVICE), REJECTED);
  assert_call (self, "RequestPasskey", g_variant_new ("(o)", OTHER_DEVICE), REJECTED);
  assert_call (self, "RequestAuthorization", g_variant_new ("(o)", OTHER_DEVICE), REJECTED);
  assert_call (self,
               "AuthorizeService",
               g_variant_new ("(os)", OTHER_DEVICE, HOLDFAST_UUID_A2DP_SINK),
               REJECTED);
  assert_log (self,
              "refused(RequestPinCode,second) refused(RequestPasskey,second) "
              "refused(RequestAuthorization,second) refused(AuthorizeService,second) ");
  /* Nobody else's question used up our 0000. */
  assert_call (self, "RequestPinCode", g_variant_new ("(o)", FAKE_DEVICE), "('0000',)");
}

static void
test_authorize (AgentFixture *self, gconstpointer data)
{
  static const struct {
    const char *uuid;
    const char *answer;
  } rows[] = {
    { HOLDFAST_UUID_A2DP_SINK,                "()"     },
    { HOLDFAST_UUID_A2DP_SOURCE,              "()"     },
    { "0000111E-0000-1000-8000-00805F9B34FB", "()"     },
    { "0000110e-0000-1000-8000-00805f9b34fb", "()"     },
    { "00001124-0000-1000-8000-00805f9b34fb", REJECTED }, /* a keyboard */
    { "00001105-0000-1000-8000-00805f9b34fb", REJECTED }, /* files */
    { "0001110b-0000-1000-8000-00805f9b34fb", REJECTED },
    { "0000110b-0000-1000-8000-00805f9b34f",  REJECTED },
    { "0000110b-0000-1000-8000-00805f9b34fc", REJECTED },
    { "110b",                                 REJECTED },
    { "",                                     REJECTED },
  };

  assert_call (self, "RequestAuthorization", g_variant_new ("(o)", FAKE_DEVICE), "()");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    assert_call (self,
                 "AuthorizeService",
                 g_variant_new ("(os)", FAKE_DEVICE, rows[i].uuid),
                 rows[i].answer);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define add(path, set_up_func, test)                                                               \
  g_test_add (path, AgentFixture, NULL, set_up_func, test, tear_down)
  add ("/bluez/agent/register", set_up_new, test_register);
  add ("/bluez/agent/register-fails", set_up_new, test_register_fails);
  add ("/bluez/agent/unregister-harmless", set_up, test_unregister_harmless);
  add ("/bluez/agent/dispose", set_up, test_dispose);
  add ("/bluez/agent/restart", set_up, test_restart);
  add ("/bluez/agent/pin", set_up, test_pin);
  add ("/bluez/agent/passkey", set_up, test_passkey);
  add ("/bluez/agent/cancel", set_up, test_cancel);
  add ("/bluez/agent/set-device", set_up, test_set_device);
  add ("/bluez/agent/refused", set_up, test_refused);
  add ("/bluez/agent/authorize", set_up, test_authorize);
#undef add

  return g_test_run ();
}
