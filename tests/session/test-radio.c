/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a session asks of a radio, call by call, where the simulated world is too well behaved: the
 * radio here answers when the test says so, and not before. */

#include "config.h"

#include "holdfast-test.h"
#include "session.h"

#define OURS 1
#define OTHER 2
#define MAX_SEEN 4

#define FAKE_TYPE_RADIO (fake_radio_get_type ())
G_DECLARE_FINAL_TYPE (FakeRadio, fake_radio, FAKE, RADIO, GObject)

struct _FakeRadio {
  GObject parent_instance;

  HoldfastSighting seen[MAX_SEEN];
  guint n_seen;
  GString *asked;                 /* "connect 1\n…" */
  GTask *held[HOLDFAST_VERB_MAX]; /* verbs that wait for the test */
  gboolean hold[HOLDFAST_VERB_MAX];
};

static void radio_iface_init (HoldfastRadioInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FakeRadio,
                               fake_radio,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (HOLDFAST_TYPE_RADIO, radio_iface_init))

static HoldfastFailure
get_readiness (HoldfastRadio *radio)
{
  return HOLDFAST_FAILURE_NONE;
}

static gboolean
get_has_sound (HoldfastRadio *radio)
{
  return TRUE;
}

static void
run_async (HoldfastRadio *radio,
           HoldfastVerb verb,
           guint device,
           int arg,
           GCancellable *cancellable,
           GAsyncReadyCallback callback,
           gpointer user_data)
{
  FakeRadio *self = FAKE_RADIO (radio);
  GTask *task = g_task_new (self, NULL, callback, user_data);

  g_string_append_printf (self->asked, "%s %u\n", holdfast_verb_to_string (verb), device);
  if (self->hold[verb]) {
    g_assert_null (self->held[verb]);
    self->held[verb] = task;
    return;
  }
  g_task_return_int (task, HOLDFAST_FAILURE_NONE);
  g_object_unref (task);
}

static HoldfastFailure
run_finish (HoldfastRadio *radio, GAsyncResult *result, GError **error)
{
  return (HoldfastFailure) g_task_propagate_int (G_TASK (result), NULL);
}

static void
set_agent_device (HoldfastRadio *radio, guint device)
{
}

static gboolean
give_pin (HoldfastRadio *radio, const char *pin)
{
  return FALSE;
}

static void
refuse_pin (HoldfastRadio *radio)
{
}

static gboolean
get_sighting (HoldfastRadio *radio, guint device, HoldfastSighting *ret_sighting)
{
  FakeRadio *self = FAKE_RADIO (radio);

  for (guint i = 0; i < self->n_seen; i++) {
    if (self->seen[i].id == device) {
      *ret_sighting = self->seen[i];
      return TRUE;
    }
  }
  return FALSE;
}

static void foreach (HoldfastRadio *radio, HoldfastSightingFunc func, gpointer user_data)
{
  FakeRadio *self = FAKE_RADIO (radio);

  for (guint i = 0; i < self->n_seen; i++)
    func (&self->seen[i], user_data);
}

static void
radio_iface_init (HoldfastRadioInterface *iface)
{
  iface->get_readiness = get_readiness;
  iface->get_has_sound = get_has_sound;
  iface->run_async = run_async;
  iface->run_finish = run_finish;
  iface->set_agent_device = set_agent_device;
  iface->give_pin = give_pin;
  iface->refuse_pin = refuse_pin;
  iface->get_sighting = get_sighting;
  iface->foreach = foreach;
}

static void
fake_radio_finalize (GObject *object)
{
  FakeRadio *self = FAKE_RADIO (object);

  g_string_free (self->asked, TRUE);

  G_OBJECT_CLASS (fake_radio_parent_class)->finalize (object);
}

static void
fake_radio_class_init (FakeRadioClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fake_radio_finalize;
}

static void
fake_radio_init (FakeRadio *self)
{
  self->asked = g_string_new (NULL);
}

static HoldfastSighting *
add_headset (FakeRadio *self, guint id, const char *address, gboolean paired)
{
  HoldfastSighting *sighting = &self->seen[self->n_seen++];

  *sighting = (HoldfastSighting) {
    .id = id,
    .address_public = TRUE,
    .class_of_device = 0x240404,
    .services = HOLDFAST_SERVICE_A2DP_SINK,
    .fast_pair_bytes = -1,
    .advertising_flags = -1,
    .battery_percent = -1,
    .has_rssi = !paired,
    .rssi = -50,
    .paired = paired,
    .trusted = paired,
  };
  g_strlcpy (sighting->address, address, sizeof sighting->address);
  holdfast_sighting_set_name (sighting, "WH-1000XM4");
  return sighting;
}

static void
answer (FakeRadio *self, HoldfastVerb verb, HoldfastFailure failure)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->held[verb]);

  g_assert_nonnull (task);
  g_task_return_int (task, failure);
  holdfast_test_settle ();
}

static void
let_pass (HoldfastClock *clock, gint64 by_us)
{
  holdfast_manual_clock_advance (HOLDFAST_MANUAL_CLOCK (clock), by_us);
  holdfast_test_settle ();
}

static void
assert_state (HoldfastSession *session, HoldfastState state)
{
  g_assert_cmpstr (holdfast_state_to_string (holdfast_session_get_state (session)),
                   ==,
                   holdfast_state_to_string (state));
}

/* "Disconnect the other one" disconnects the other one, and then connects ours. */
static void
test_free_sound (void)
{
  g_autoptr (HoldfastCatalogue) catalogue = holdfast_catalogue_new (NULL);
  g_autoptr (HoldfastClock) clock = holdfast_manual_clock_new ();
  FakeRadio *radio = g_object_new (FAKE_TYPE_RADIO, NULL);
  HoldfastSession *session = NULL;
  const char *disconnect, *connect;

  add_headset (radio, OURS, "38:18:4C:00:00:01", TRUE);
  add_headset (radio, OTHER, "38:18:4C:00:00:02", FALSE)->transport = TRUE;
  radio->hold[HOLDFAST_VERB_CONNECT] = TRUE;
  session = holdfast_session_new (
      catalogue, holdfast_catalogue_find (catalogue, "wh-1000xm4"), HOLDFAST_RADIO (radio), clock);
  holdfast_session_send (session, HOLDFAST_EVENT_BEGIN);
  assert_state (session, HOLDFAST_STATE_KNOWN);
  holdfast_session_send (session, HOLDFAST_EVENT_CONTINUE);
  answer (radio, HOLDFAST_VERB_CONNECT, HOLDFAST_FAILURE_SOUND_SLOT_TAKEN);
  assert_state (session, HOLDFAST_STATE_FAILED);

  g_string_truncate (radio->asked, 0);
  holdfast_session_send (session, HOLDFAST_EVENT_REPAIR);
  holdfast_test_settle ();
  disconnect = strstr (radio->asked->str, "disconnect 2\n");
  connect = strstr (radio->asked->str, "\nconnect 1\n");
  g_assert_nonnull (disconnect);
  g_assert_nonnull (connect);
  g_assert_true (disconnect < connect);
  g_assert_null (strstr (radio->asked->str, "disconnect 1\n"));
  assert_state (session, HOLDFAST_STATE_CONNECT);
  answer (radio, HOLDFAST_VERB_CONNECT, HOLDFAST_FAILURE_SOUND_SLOT_TAKEN);
  holdfast_test_assert_finalize (session);
  holdfast_test_assert_finalize (radio);
}

/* A Pair that was given up and then succeeds is undone: that one, and not the good one beside it.
 */
static void
test_late_success (void)
{
  g_autoptr (HoldfastCatalogue) catalogue = holdfast_catalogue_new (NULL);
  g_autoptr (HoldfastClock) clock = holdfast_manual_clock_new ();
  FakeRadio *radio = g_object_new (FAKE_TYPE_RADIO, NULL);
  HoldfastSession *session = NULL;

  add_headset (radio, OURS, "38:18:4C:00:00:01", TRUE);
  radio->hold[HOLDFAST_VERB_PAIR] = TRUE;
  session = holdfast_session_new (
      catalogue, holdfast_catalogue_find (catalogue, "wh-1000xm4"), HOLDFAST_RADIO (radio), clock);
  holdfast_session_send (session, HOLDFAST_EVENT_BEGIN);
  holdfast_session_send (session, HOLDFAST_EVENT_PAIR_AGAIN);
  holdfast_session_send (session, HOLDFAST_EVENT_CONTINUE);
  holdfast_test_settle ();
  holdfast_session_send (session, HOLDFAST_EVENT_START);
  let_pass (clock, 4 * G_USEC_PER_SEC);
  holdfast_radio_emit_sighted (HOLDFAST_RADIO (radio),
                               add_headset (radio, OTHER, "38:18:4C:00:00:02", FALSE));
  let_pass (clock, 2 * G_USEC_PER_SEC);
  assert_state (session, HOLDFAST_STATE_PAIR);

  holdfast_session_send (session, HOLDFAST_EVENT_CANCEL);
  holdfast_test_settle ();
  g_assert_nonnull (strstr (radio->asked->str, "cancel-pairing 2\n"));
  g_assert_null (strstr (radio->asked->str, "cancel-pairing 1\n"));
  answer (radio, HOLDFAST_VERB_PAIR, HOLDFAST_FAILURE_NONE);
  g_assert_nonnull (strstr (radio->asked->str, "remove 2\n"));
  g_assert_null (strstr (radio->asked->str, "remove 1\n"));
  let_pass (clock, 11 * G_USEC_PER_SEC);
  assert_state (session, HOLDFAST_STATE_ENDED);
  holdfast_test_assert_finalize (session);
  holdfast_test_assert_finalize (radio);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/session/radio/free-sound", test_free_sound);
  g_test_add_func ("/session/radio/late-success", test_late_success);

  return g_test_run ();
}
