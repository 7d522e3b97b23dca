/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim-private.h"

#define SINK "0000110b-0000-1000-8000-00805f9b34fb"

#define LINK_MS 200
#define REFUSED_MS 200
#define MEDIA_MS 300
#define LOW_ENERGY_MS 300
#define IDLE_MS 2000
/* bluetoothd's DISCONNECT_TIMER: profiles have this long to say good-bye. */
#define DISCONNECT_MS 2000
#define CANCEL_MS 100
#define SERVICES_MS 200
#define BATTERY_MS 1500
#define AUTHORIZE_MS 60000
/* Seen with a dual-mode set whose classic side did not answer. */
#define HANG_MS 46000

static void
step_due (gpointer user_data)
{
  SimDevice *device = user_data;

  device->connect_alarm = 0;
  device->connect_next (device);
}

static void
then_us (SimDevice *device, gint64 in_us, SimDeviceFunc next)
{
  HoldfastClock *clock = device->sim->clock;

  holdfast_clock_clear_alarm (clock, &device->connect_alarm);
  device->connect_next = next;
  device->connect_alarm = holdfast_clock_set_alarm (
      clock, holdfast_clock_get_now_us (clock) + in_us, step_due, device);
}

static void
then (SimDevice *device, gint64 in_ms, SimDeviceFunc next)
{
  then_us (device, in_ms * SIM_MS, next);
}

/* What bluetoothd says of an HCI status. 04, 09, 0d, 0f and 10 were seen in the rig, 06 for a key
 * that is missing; the others are read in the kernel's bt_to_errno(). */
const char *
sim_bredr_error (int hci_status)
{
  switch (hci_status) {
  case 0x04:
    return "br-connection-page-timeout";
  case 0x06:
    return "br-connection-key-missing";
  case 0x08:
    return "br-connection-timeout";
  case 0x0d:
  case 0x0e:
  case 0x0f:
    return "br-connection-refused";
  case 0x13:
  case 0x14:
  case 0x15:
    return "br-connection-aborted-by-remote";
  case 0x16:
    return "br-connection-aborted-by-local";
  default:
    return "br-connection-unknown";
  }
}

gboolean
sim_headset_hears (SimDevice *device)
{
  HoldfastSim *sim = device->sim;
  HoldfastVirtualMode mode = holdfast_virtual_headset_get_mode (sim->headset);

  if (device->kind != SIM_AIR_HEADSET || !sim->radio || !sim->powered)
    return FALSE;
  if (sim->kept_in_pairing || mode == HOLDFAST_VIRTUAL_PAIRING)
    return !sim_has_fault (sim, HOLDFAST_SIM_FAULT_NOT_PAIRING);
  return mode != HOLDFAST_VIRTUAL_OFF
         && holdfast_virtual_headset_remembers (sim->headset, SIM_ADAPTER_ADDRESS);
}

void
sim_link_up (SimDevice *device)
{
  holdfast_clock_clear_alarm (device->sim->clock, &device->link_alarm);
  if (device->connected)
    return;
  device->connected = TRUE;
  sim_expiry_update (device->sim);
  sim_emit_changed (device->sim, device->path, SIM_DEVICE, "Connected", NULL);
}

static const char *
reason_text (const char *reason)
{
  if (g_str_equal (reason, "Timeout"))
    return "Connection timeout";
  if (g_str_equal (reason, "Remote"))
    return "Connection terminated by remote user";
  if (g_str_equal (reason, "Authentication"))
    return "Connection terminated due to authentication failure";
  return "Connection terminated by local host";
}

void
sim_transport_down (SimDevice *device)
{
  static const char *const interfaces[] = { SIM_TRANSPORT, NULL };
  g_autofree char *path = sim_device_transport_path (device);

  if (!device->transport)
    return;
  device->transport = FALSE;
  sim_emit_removed (device->sim, path, interfaces);
}

static void
battery_down (SimDevice *device)
{
  static const char *const interfaces[] = { SIM_BATTERY, NULL };

  holdfast_clock_clear_alarm (device->sim->clock, &device->after_alarm);
  if (!device->battery)
    return;
  device->battery = FALSE;
  sim_emit_removed (device->sim, device->path, interfaces);
}

static void
answer_disconnects (SimDevice *device)
{
  g_autoptr (GPtrArray) calls = g_steal_pointer (&device->disconnect_calls);
  guint i;

  for (i = 0; calls != NULL && i < calls->len; i++)
    sim_call_return (g_ptr_array_index (calls, i));
}

/* After this @device may be gone. */
void
sim_link_down (SimDevice *device, const char *reason)
{
  HoldfastSim *sim = device->sim;
  g_autofree char *full_reason = g_strconcat ("org.bluez.Reason.", reason, NULL);
  gboolean resolved = device->services_resolved;

  holdfast_clock_clear_alarm (sim->clock, &device->link_alarm);
  if (!device->connected)
    return;
  sim_transport_down (device);
  battery_down (device);
  device->connected = FALSE;
  device->services_resolved = FALSE;
  if (!device->going)
    sim_pairing_end (device, "AuthenticationCanceled", "Authentication Canceled");
  sim_connect_end (device, "Failed", "br-connection-canceled");
  if (resolved)
    sim_emit_changed (sim, device->path, SIM_DEVICE, "ServicesResolved", NULL);
  sim_emit (sim,
            device->path,
            SIM_DEVICE,
            "Disconnected",
            g_variant_new ("(ss)", full_reason, reason_text (reason)));
  if (device->paired && !device->bonded) {
    device->paired = FALSE;
    sim_emit_changed (sim, device->path, SIM_DEVICE, "Paired", NULL);
  }
  sim_emit_changed (sim, device->path, SIM_DEVICE, "Connected", NULL);
  if (device->kind == SIM_AIR_HEADSET
      && holdfast_virtual_headset_get_mode (sim->headset) == HOLDFAST_VIRTUAL_CONNECTED)
    holdfast_virtual_headset_set_mode (sim->headset, HOLDFAST_VIRTUAL_ON);
  answer_disconnects (device);
  if (device->going) {
    sim_device_remove (device);
    return;
  }
  if (!device->paired && !device->trusted)
    sim_device_set_temporary (device, TRUE);
  sim_expiry_update (sim);
}

static void
link_due (gpointer user_data)
{
  SimDevice *device = user_data;

  device->link_alarm = 0;
  sim_link_down (device, device->link_reason);
}

void
sim_link_down_in (SimDevice *device, gint64 in_us, const char *reason)
{
  HoldfastClock *clock = device->sim->clock;

  holdfast_clock_clear_alarm (clock, &device->link_alarm);
  device->link_reason = reason;
  device->link_alarm = holdfast_clock_set_alarm (
      clock, holdfast_clock_get_now_us (clock) + in_us, link_due, device);
}

void
sim_connect_end (SimDevice *device, const char *error, const char *message)
{
  SimCall *call = g_steal_pointer (&device->connect_call);

  holdfast_clock_clear_alarm (device->sim->clock, &device->connect_alarm);
  if (call == NULL)
    return;
  sim_call_fail (call, error, message);
  if (device->connected && !device->transport)
    sim_link_down_in (device, IDLE_MS * SIM_MS, "Local");
  else if (!device->connected && !device->paired && !device->trusted)
    sim_device_set_temporary (device, TRUE);
}

static void
fail_page (SimDevice *device)
{
  sim_connect_end (device, "Failed", "br-connection-page-timeout");
}

static void
fail_refused (SimDevice *device)
{
  sim_spend_fault (device->sim, HOLDFAST_SIM_FAULT_REFUSE_ONCE);
  sim_connect_end (device, "Failed", "br-connection-refused");
}

static void
fail_hung (SimDevice *device)
{
  sim_connect_end (device, "Failed", "le-connection-abort-by-local");
}

static void
fail_next_page (SimDevice *device)
{
  int status = device->sim->next_page;

  device->sim->next_page = -1;
  sim_connect_end (device, "Failed", sim_bredr_error (status));
}

static void
fail_encryption (SimDevice *device)
{
  int status = device->sim->next_encrypt >= 0 ? device->sim->next_encrypt : 0x06;

  device->sim->next_encrypt = -1;
  sim_connect_end (device, "Failed", sim_bredr_error (status));
  sim_link_down (device, "Authentication");
}

static void
tell_battery (SimDevice *device)
{
  device->battery = TRUE;
  sim_emit_interface_added (device->sim, device->path, SIM_BATTERY);
}

static void
tell_services (SimDevice *device)
{
  if (!device->services_resolved) {
    device->services_resolved = TRUE;
    sim_emit_changed (device->sim, device->path, SIM_DEVICE, "ServicesResolved", NULL);
  }
  if (device->transport)
    sim_device_after (device, BATTERY_MS, tell_battery);
}

static void
answer_connect (SimDevice *device)
{
  SimCall *call = g_steal_pointer (&device->connect_call);

  if (call != NULL)
    sim_call_return (call);
}

static void
media_up (SimDevice *device)
{
  HoldfastSim *sim = device->sim;
  g_autofree char *endpoint = sim_device_endpoint_path (device);
  g_autofree char *transport = NULL;

  if (!device->endpoint) {
    device->endpoint = TRUE;
    sim_emit_added (sim, endpoint);
  }
  device->transport_number = sim->n_transports++;
  device->transport = TRUE;
  transport = sim_device_transport_path (device);
  sim_emit_added (sim, transport);
  answer_connect (device);
  sim_device_after (device, SERVICES_MS, tell_services);
  holdfast_virtual_headset_set_mode (sim->headset, HOLDFAST_VIRTUAL_CONNECTED);
}

static void
other_up (SimDevice *device)
{
  answer_connect (device);
  sim_device_after (device, SERVICES_MS, tell_services);
}

/* Connected, and nothing for music comes of it. */
static void
silent_up (SimDevice *device)
{
  other_up (device);
  holdfast_virtual_headset_set_mode (device->sim->headset, HOLDFAST_VIRTUAL_CONNECTED);
}

static void
fail_unavailable (SimDevice *device)
{
  tell_services (device);
  sim_connect_end (device, "Failed", "br-connection-profile-unavailable");
}

/* The link stands and is safe: now what it is for. */
void
sim_connect_paired (SimDevice *device)
{
  gboolean music = device->connect_uuid == NULL || g_str_equal (device->connect_uuid, SINK);
  g_autoptr (GVariant) uuids = g_variant_ref_sink (sim_device_get_property (device, "UUIDs"));
  g_autofree const char **known = NULL;

  if (device->connect_call == NULL)
    return;
  holdfast_clock_clear_alarm (device->sim->clock, &device->link_alarm);
  if (g_variant_is_of_type (uuids, G_VARIANT_TYPE_STRING_ARRAY))
    known = g_variant_get_strv (uuids, NULL);
  if (music ? !device->sim->sound : known == NULL || !g_strv_contains (known, device->connect_uuid))
    then (device, MEDIA_MS, fail_unavailable);
  else if (music && sim_has_fault (device->sim, HOLDFAST_SIM_FAULT_NO_TRANSPORT))
    then (device, MEDIA_MS, silent_up);
  else
    then (device, MEDIA_MS, music ? media_up : other_up);
}

static void
secure (SimDevice *device)
{
  HoldfastSim *sim = device->sim;
  /* A key that is not stored is that of the link which stands. */
  gboolean known
      = !device->bonded || holdfast_virtual_headset_remembers (sim->headset, SIM_ADAPTER_ADDRESS);

  sim_link_up (device);
  if (device->paired && (!known || sim->next_encrypt >= 0))
    then (device, 100, fail_encryption);
  else if (!device->paired)
    sim_pairing_start (device);
  else
    sim_connect_paired (device);
}

static void
low_energy_up (SimDevice *device)
{
  sim_link_up (device);
  answer_connect (device);
  tell_services (device);
}

static gboolean
is_taken (HoldfastSim *sim)
{
  HoldfastMultipoint multipoint = holdfast_headset_get_multipoint (sim->model);

  return holdfast_virtual_headset_has_phone (sim->headset) && multipoint != HOLDFAST_MULTIPOINT_TWO
         && multipoint != HOLDFAST_MULTIPOINT_TWO_AFTER_UPDATE;
}

static void
page (SimDevice *device, gboolean any_bearer)
{
  HoldfastSim *sim = device->sim;
  SimAir *twin = sim_air_find (sim, SIM_AIR_TWIN, SIM_TWIN_ADDRESS);
  gboolean is_twin = device->kind == SIM_AIR_TWIN && twin->on_air;

  gboolean le_first = sim_has_fault (sim, HOLDFAST_SIM_FAULT_LE_FIRST) && !device->connected;

  if ((is_twin || le_first) && any_bearer)
    then (device, LOW_ENERGY_MS, low_energy_up);
  else if (sim->next_page >= 0)
    then (device, REFUSED_MS, fail_next_page);
  else if (!device->connected && !sim_headset_hears (device))
    then_us (device, sim->page_us, fail_page);
  else if (sim_has_fault (sim, HOLDFAST_SIM_FAULT_CONNECT_HANGS))
    then (device, HANG_MS, fail_hung);
  else if (is_taken (sim)
           || sim_has_fault (sim, HOLDFAST_SIM_FAULT_REFUSE | HOLDFAST_SIM_FAULT_REFUSE_ONCE))
    then (device, REFUSED_MS, fail_refused);
  else
    then (device, device->connected ? 0 : LINK_MS, secure);
}

/* Once, to a caller who has just paired: the object has gone away. */
static gboolean
hides (SimDevice *device)
{
  HoldfastSim *sim = device->sim;

  if (!device->paired || !sim_has_fault (sim, HOLDFAST_SIM_FAULT_UNKNOWN_OBJECT))
    return FALSE;
  sim_spend_fault (sim, HOLDFAST_SIM_FAULT_UNKNOWN_OBJECT);
  sim_device_remove (device);
  return TRUE;
}

/* @uuid: (nullable): NULL for Connect, which takes what it gets */
void
sim_connect (SimDevice *device, SimCall *call, const char *uuid)
{
  if (uuid != NULL && !g_uuid_string_is_valid (uuid)) {
    sim_call_fail (call, "InvalidArguments", "br-connection-invalid-arguments");
  } else if (device->pairing && uuid == NULL) {
    sim_call_fail (call, "InProgress", "In Progress");
  } else if (device->pairing || device->connect_call != NULL) {
    sim_call_fail (call, "InProgress", "br-connection-busy");
  } else if (!device->sim->powered) {
    sim_call_fail (call, "NotReady", "br-connection-adapter-not-powered");
  } else if (hides (device)) {
    sim_call_error (call,
                    "org.freedesktop.DBus.Error.UnknownObject",
                    "Method \"ConnectProfile\" with signature \"s\" on interface "
                    "\"org.bluez.Device1\" doesn't exist\n");
  } else if (device->transport && (uuid == NULL || g_str_equal (uuid, SINK))) {
    sim_call_return (call);
  } else {
    g_autofree char *lower = uuid != NULL ? g_ascii_strdown (uuid, -1) : NULL;

    sim_device_set_temporary (device, FALSE);
    device->connect_uuid = g_intern_string (lower);
    device->connect_call = call;
    page (device, uuid == NULL);
  }
}

void
sim_disconnect (SimDevice *device, SimCall *call)
{
  gboolean pairing = device->pairing && !device->keyed;

  if (!pairing)
    sim_pairing_end (device, "AuthenticationCanceled", "Authentication Canceled");
  sim_connect_end (device, "Failed", "br-connection-canceled");
  if (!device->connected) {
    sim_pairing_end (device, "AuthenticationCanceled", "Authentication Canceled");
    /* the link fell with the call that was ended: RemoveDevice has nothing left to wait for */
    if (device->going)
      sim_device_remove (device);
    sim_call_return (call);
    return;
  }
  if (device->disconnect_calls == NULL)
    device->disconnect_calls = g_ptr_array_new ();
  g_ptr_array_add (device->disconnect_calls, call);
  if (device->disconnect_calls->len > 1)
    return;
  sim_transport_down (device);
  /* a dialogue that is cancelled takes the link along */
  sim_link_down_in (device, (pairing ? CANCEL_MS : DISCONNECT_MS) * SIM_MS, "Local");
}

static void
fail_authorization (SimDevice *device)
{
  sim_ask_no_more (device);
  sim_link_down (device, "Local");
}

static void
authorized (SimDevice *device, GVariant *value)
{
  if (value != NULL)
    then (device, 0, media_up);
  else
    then (device, 0, fail_authorization);
}

const char *
sim_headset_connects (HoldfastSim *sim)
{
  SimDevice *device = sim_device_find_kind (sim, SIM_AIR_HEADSET);
  SimClient *agent = sim_find_agent (sim, NULL);

  if (!sim->radio || !sim->powered
      || holdfast_virtual_headset_get_mode (sim->headset) == HOLDFAST_VIRTUAL_OFF)
    return "there is no way between them";
  if (device == NULL || !device->paired
      || !holdfast_virtual_headset_remembers (sim->headset, SIM_ADAPTER_ADDRESS))
    return "they are not paired";
  if (device->connected)
    return NULL;
  if (!device->trusted && agent == NULL)
    return "the computer has nobody to ask";
  sim_link_up (device);
  if (!sim->sound)
    return NULL;
  if (device->trusted) {
    then (device, MEDIA_MS, media_up);
  } else {
    then (device, AUTHORIZE_MS, fail_authorization);
    sim_ask (device,
             agent,
             "AuthorizeService",
             g_variant_new ("(os)", device->path, "0000110d-0000-1000-8000-00805f9b34fb"),
             authorized);
  }
  return NULL;
}
