/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim-private.h"

#define LINK_MS 100
#define ANSWER_MS 100
#define BROWSE_MS 150
/* The link of a pairing that nothing else uses is let go. */
#define IDLE_MS 2000
/* One wrong PIN: refused, and three seconds until the next is tried. */
#define WRONG_PIN_MS 3300
#define RIGHT_PIN_MS 600
/* An LE device at a random address takes its time: measured 5.7 to 5.9 s. */
#define TWIN_MS 5700
#define LATE_PAIRED_MS 50
#define PASSKEY 271828

typedef struct {
  SimDevice *device;
  void (*answered) (SimDevice *device, GVariant *value);
} Question;

static void
step_due (gpointer user_data)
{
  SimDevice *device = user_data;

  device->pairing_alarm = 0;
  device->pairing_next (device);
}

static void
then_us (SimDevice *device, gint64 in_us, SimDeviceFunc next)
{
  HoldfastClock *clock = device->sim->clock;

  holdfast_clock_clear_alarm (clock, &device->pairing_alarm);
  device->pairing_next = next;
  device->pairing_alarm = holdfast_clock_set_alarm (
      clock, holdfast_clock_get_now_us (clock) + in_us, step_due, device);
}

static void
then (SimDevice *device, gint64 in_ms, SimDeviceFunc next)
{
  then_us (device, in_ms * SIM_MS, next);
}

static void
was_answered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Question *question = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) value
      = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return; /* the device may be gone */
  g_clear_object (&question->device->asking);
  question->device->asked = NULL;
  question->answered (question->device, value);
}

/* Asks an agent. @answered: gets NULL where the answer was an error */
void
sim_ask (SimDevice *device,
         SimClient *agent,
         const char *method,
         GVariant *parameters,
         void (*answered) (SimDevice *device, GVariant *value))
{
  Question *question = g_new (Question, 1);

  g_assert (device->asking == NULL);
  question->device = device;
  question->answered = answered;
  device->asking = g_cancellable_new ();
  device->asked = agent;
  /* its limit is our clock's: see the dialogue's alarm */
  g_dbus_connection_call (agent->connection,
                          NULL,
                          agent->agent,
                          SIM_AGENT,
                          method,
                          parameters,
                          NULL,
                          G_DBUS_CALL_FLAGS_NONE,
                          G_MAXINT,
                          device->asking,
                          was_answered,
                          question);
}

/* Takes a question back: the agent is told. */
void
sim_ask_no_more (SimDevice *device)
{
  SimClient *agent = device->asked;

  if (device->asking == NULL)
    return;
  device->asked = NULL;
  g_cancellable_cancel (device->asking);
  g_clear_object (&device->asking);
  if (agent->agent != NULL)
    g_dbus_connection_call (agent->connection,
                            NULL,
                            agent->agent,
                            SIM_AGENT,
                            "Cancel",
                            NULL,
                            NULL,
                            G_DBUS_CALL_FLAGS_NONE,
                            -1,
                            NULL,
                            NULL,
                            NULL);
}

static void
tell_paired (SimDevice *device)
{
  device->paired = TRUE;
  sim_emit_changed (device->sim, device->path, SIM_DEVICE, "Paired", NULL);
}

/* With the key stored nothing undoes a pairing any more: what fails then is the look at the
 * services, which is no matter. Read in src/device.c, browse_request_complete(). */
static void
end_browsing (SimDevice *device)
{
  SimCall *call = g_steal_pointer (&device->pair_call);

  device->keyed = FALSE;
  tell_paired (device);
  if (call != NULL)
    sim_call_return (call);
}

void
sim_pairing_end (SimDevice *device, const char *error, const char *message)
{
  SimCall *call;

  if (!device->pairing)
    return;
  device->pairing = FALSE;
  holdfast_clock_clear_alarm (device->sim->clock, &device->pairing_alarm);
  sim_ask_no_more (device);
  if (device->connected)
    sim_link_down_in (device, IDLE_MS * SIM_MS, "Local");
  if (device->keyed) {
    end_browsing (device);
    return;
  }
  if (!device->connected && !device->trusted)
    sim_device_set_temporary (device, TRUE);
  call = g_steal_pointer (&device->pair_call);
  if (call != NULL)
    sim_call_fail (call, error, message);
  else
    sim_connect_end (device, "Failed", "br-connection-refused");
}

static void
fail_page (SimDevice *device)
{
  sim_pairing_end (device, "ConnectionAttemptFailed", "Page Timeout");
}

static void
fail_authentication (SimDevice *device)
{
  sim_pairing_end (device, "AuthenticationFailed", "Authentication Failed");
}

static void
fail_rejected (SimDevice *device)
{
  sim_pairing_end (device, "AuthenticationRejected", "Authentication Rejected");
}

static void
fail_timeout (SimDevice *device)
{
  sim_pairing_end (device, "AuthenticationTimeout", "Authentication Timeout");
}

static void
fail_cancelled (SimDevice *device)
{
  sim_pairing_end (device, "AuthenticationCanceled", "Authentication Canceled");
}

/* As the kernel's mgmt_status() and bluetoothd's new_authentication_return() make of it. */
static void
fail_with_status (SimDevice *device, int status)
{
  switch (status) {
  case 0x04:
    fail_page (device);
    break;
  case 0x08:
  case 0x10:
  case 0x22:
    fail_timeout (device);
    break;
  case 0x09:
  case 0x0d:
  case 0x13:
  case 0x14:
  case 0x15:
  case 0x16:
    fail_cancelled (device);
    break;
  case 0x0e:
  case 0x0f:
  case 0x18:
    fail_rejected (device);
    break;
  default:
    fail_authentication (device);
  }
}

static void
fail_next_page (SimDevice *device)
{
  int status = device->sim->next_page;

  device->sim->next_page = -1;
  fail_with_status (device, status);
}

static void
fail_next_auth (SimDevice *device)
{
  int status = device->sim->next_auth;

  device->sim->next_auth = -1;
  fail_with_status (device, status);
}

static void
fail_interrupted (SimDevice *device)
{
  sim_spend_fault (device->sim, HOLDFAST_SIM_FAULT_INTERRUPTED);
  sim_link_down (device, "Remote");
}

static void
finish (SimDevice *device)
{
  SimCall *call = g_steal_pointer (&device->pair_call);

  device->pairing = FALSE;
  device->keyed = FALSE;
  sim_link_down_in (device, IDLE_MS * SIM_MS, "Local");
  if (call != NULL)
    sim_call_return (call);
  else
    sim_connect_paired (device);
}

/* The services were read; Paired was held back until now. */
static void
browse (SimDevice *device)
{
  HoldfastSim *sim = device->sim;
  gboolean reply_first = sim_has_fault (sim, HOLDFAST_SIM_FAULT_REPLY_FIRST);

  device->browsed = TRUE;
  sim_emit_changed (sim, device->path, SIM_DEVICE, "UUIDs", "Modalias", NULL);
  device->services_resolved = TRUE;
  if (reply_first && device->pair_call != NULL) {
    sim_emit_changed (sim, device->path, SIM_DEVICE, "ServicesResolved", NULL);
    sim_device_after (device, LATE_PAIRED_MS, tell_paired);
  } else {
    device->paired = TRUE;
    sim_emit_changed (sim, device->path, SIM_DEVICE, "ServicesResolved", "Paired", NULL);
  }
  finish (device);
}

static SimClient *
find_agent (SimDevice *device)
{
  SimCall *call = device->pair_call != NULL ? device->pair_call : device->connect_call;

  return sim_find_agent (device->sim, call != NULL ? call->client : NULL);
}

/* Where neither side can show or ask anything the key is for this link only: seen in the rig with a
 * caller that had no agent. */
static gboolean
can_do_something (SimClient *agent)
{
  return agent != NULL && !g_str_equal (agent->capability, "NoInputNoOutput");
}

static void
authenticated (SimDevice *device)
{
  HoldfastSim *sim = device->sim;

  device->keyed = TRUE;
  if (can_do_something (find_agent (device))
      && !sim_has_fault (sim, HOLDFAST_SIM_FAULT_NOT_STORED)) {
    holdfast_virtual_headset_remember (sim->headset, SIM_ADAPTER_ADDRESS);
    sim_device_bond (device);
  }
  then (device, BROWSE_MS, browse);
  if (!sim->kept_in_pairing
      && holdfast_virtual_headset_get_mode (sim->headset) == HOLDFAST_VIRTUAL_PAIRING)
    holdfast_virtual_headset_set_mode (sim->headset, HOLDFAST_VIRTUAL_ON);
}

static void
pin_answered (SimDevice *device, GVariant *value)
{
  const char *pin = "";

  if (value != NULL && g_variant_is_of_type (value, G_VARIANT_TYPE ("(s)")))
    g_variant_get (value, "(&s)", &pin);
  if (g_str_equal (pin, device->sim->pin))
    then (device, RIGHT_PIN_MS, authenticated);
  else
    then (device, ANSWER_MS, fail_authentication);
}

static gboolean
is_guessable (SimDevice *device)
{
  guint minor = (device->class_of_device & 0xfc) >> 2;

  return (device->class_of_device & 0x1f00) == 0x0400
         && (minor == 1 || minor == 2 || minor == 6 || minor == 7 || minor == 10);
}

/* bluetoothd tries three PINs of its own at audio devices, and only then asks. */
static void
try_pin (SimDevice *device)
{
  static const char *const guesses[] = { "0000", "1234", "1111" };
  SimClient *agent = find_agent (device);

  if (is_guessable (device) && device->pin_tries < G_N_ELEMENTS (guesses)) {
    gboolean right = g_str_equal (guesses[device->pin_tries++], device->sim->pin);

    then (device, right ? RIGHT_PIN_MS : WRONG_PIN_MS, right ? authenticated : try_pin);
    return;
  }
  if (agent == NULL) {
    fail_authentication (device);
    return;
  }
  then_us (device, device->sim->dialogue_us, fail_timeout);
  sim_ask (device, agent, "RequestPinCode", g_variant_new ("(o)", device->path), pin_answered);
}

static void
confirmation_answered (SimDevice *device, GVariant *value)
{
  if (value == NULL)
    then (device, ANSWER_MS, fail_authentication);
  else if (device->sim->answer == SIM_ANSWER_ACCEPT)
    then (device, ANSWER_MS, authenticated);
  /* otherwise the headset's answer, or its silence, decides */
}

static gboolean
can_compare (SimClient *agent)
{
  static const char *const able[] = { "DisplayYesNo", "KeyboardDisplay", NULL };

  return agent != NULL && g_strv_contains (able, agent->capability);
}

static void
compare_numbers (SimDevice *device, SimClient *agent)
{
  HoldfastSim *sim = device->sim;

  sim->agent_calls++;
  if (sim->answer == SIM_ANSWER_REJECT)
    then (device, 3 * ANSWER_MS, fail_authentication);
  else
    then_us (device, sim->dialogue_us, fail_timeout);
  sim_ask (device,
           agent,
           "RequestConfirmation",
           g_variant_new ("(ou)", device->path, PASSKEY),
           confirmation_answered);
}

static gboolean
is_rejecting (HoldfastSim *sim)
{
  if (sim_has_fault (sim, HOLDFAST_SIM_FAULT_REJECT) || !sim->pairable)
    return TRUE;
  if (!sim_has_fault (sim, HOLDFAST_SIM_FAULT_REJECT_ONCE))
    return FALSE;
  sim_spend_fault (sim, HOLDFAST_SIM_FAULT_REJECT_ONCE);
  return TRUE;
}

static void
authenticate (SimDevice *device)
{
  HoldfastSim *sim = device->sim;
  SimClient *agent = find_agent (device);

  sim_link_up (device);
  if (sim_has_fault (sim, HOLDFAST_SIM_FAULT_INTERRUPTED))
    then (device, 3 * ANSWER_MS, fail_interrupted);
  else if (is_rejecting (sim))
    then (device, ANSWER_MS, fail_rejected);
  else if (sim_has_fault (sim, HOLDFAST_SIM_FAULT_AUTH_FAILED))
    then (device, ANSWER_MS, fail_authentication);
  else if (sim_has_fault (sim, HOLDFAST_SIM_FAULT_NO_ANSWER))
    then_us (device, sim->dialogue_us, fail_timeout);
  else if (sim->next_auth >= 0)
    then (device, ANSWER_MS, fail_next_auth);
  else if (sim->legacy)
    try_pin (device);
  else if (sim->display && can_compare (agent))
    compare_numbers (device, agent);
  else
    then (device, ANSWER_MS, authenticated);
}

static void
twin_paired (SimDevice *device)
{
  sim_link_up (device);
  sim_device_bond (device);
  device->services_resolved = TRUE;
  device->paired = TRUE;
  sim_emit_changed (device->sim, device->path, SIM_DEVICE, "ServicesResolved", "Paired", NULL);
  finish (device);
}

void
sim_pairing_start (SimDevice *device)
{
  HoldfastSim *sim = device->sim;
  SimAir *twin = sim_air_find (sim, SIM_AIR_TWIN, SIM_TWIN_ADDRESS);

  device->pairing = TRUE;
  device->pin_tries = 0;
  if (device->kind == SIM_AIR_HEADSET && sim_has_fault (sim, HOLDFAST_SIM_FAULT_VANISH)) {
    sim->kept_in_pairing = FALSE;
    holdfast_virtual_headset_set_mode (sim->headset, HOLDFAST_VIRTUAL_OFF);
  }
  if (device->kind == SIM_AIR_TWIN && twin->on_air)
    then (device, TWIN_MS, twin_paired);
  else if (!sim->powered)
    then (device, 0, fail_authentication);
  else if (sim->next_page >= 0)
    then (device, ANSWER_MS, fail_next_page);
  else if (!sim_headset_hears (device))
    then_us (device, sim->page_us, fail_page);
  else
    then (device, device->connected ? 0 : LINK_MS, authenticate);
}

void
sim_pair (SimDevice *device, SimCall *call)
{
  sim_device_set_temporary (device, FALSE);
  if (device->pairing || device->connect_call != NULL) {
    sim_call_fail (call, "InProgress", "In Progress");
  } else if (device->bonded) {
    sim_call_fail (call, "AlreadyExists", "Already Exists");
  } else if (device->paired) {
    sim_call_fail (call, "AlreadyExists", "Already Paired");
  } else {
    device->pair_call = call;
    sim_pairing_start (device);
  }
}

/* With nothing to cancel the key is thrown away, and the device with it; so it is in the moment
 * between the key and Pair's reply. */
void
sim_cancel_pairing (SimDevice *device, SimCall *call)
{
  if (device->pair_call != NULL && !device->keyed) {
    sim_pairing_end (device, "AuthenticationCanceled", "Authentication Canceled");
    sim_call_return (call);
    return;
  }
  sim_call_fail (call, "DoesNotExist", "Does Not Exist");
  if (!device->bonded)
    return;
  device->paired = FALSE;
  device->bonded = FALSE;
  sim_emit_changed (device->sim, device->path, SIM_DEVICE, "Paired", "Bonded", NULL);
  sim_device_remove (device);
}
