/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent.h"

#include "bluez-generated.h"
#include "client-private.h"
#include "error.h"
#include "names.h"

#include <string.h>

/* Headphones can neither show nor take a number, so that this leads to Just Works, like
 * DisplayYesNo would (doc/org.bluez.AgentManager.rst). Of the two only this one lets an odd set ask
 * for a code, which then can be typed. */
#define CAPABILITY "KeyboardDisplay"
#define TIMEOUT_MS 25000

/* What almost every set without secure pairing wants, says Sony's help. */
#define USUAL_PIN "0000"
#define USUAL_PASSKEY 0

struct _HoldfastAgent {
  GObject parent_instance;

  HoldfastClient *client;
  HoldfastBzAgent1 *skeleton;
  char *path;
  char *device_path;
  gboolean tried_usual;
  guint n_pins;

  gboolean wanted; /* until unregistered, or the service is gone */
  gboolean registered;
  gboolean exported;
  guint serial; /* grows with each wish, so that a late answer to an older one does not count */

  GDBusMethodInvocation *asked; /* whom the person's PIN goes to */
  gboolean asked_passkey;
};

enum {
  PROP_0,
  PROP_REGISTERED,
  N_PROPS,
};

enum {
  SIGNAL_PIN_REQUESTED,
  SIGNAL_PIN_WITHDRAWN,
  SIGNAL_REFUSED,
  SIGNAL_RELEASED,
  N_SIGNALS,
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (HoldfastAgent, holdfast_agent, G_TYPE_OBJECT)

static void
set_registered (HoldfastAgent *self, gboolean registered)
{
  if (registered == self->registered)
    return;
  self->registered = registered;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_REGISTERED]);
}

static void
answer (GDBusMethodInvocation *invocation, const char *error_name, const char *message)
{
  g_dbus_method_invocation_return_dbus_error (invocation, error_name, message);
}

/* ---- what BlueZ asks ---- */

/* On a bus anyone may try; only BlueZ is answered. */
static gboolean
is_from_bluez (HoldfastAgent *self, GDBusMethodInvocation *invocation)
{
  const char *owner = holdfast_client_get_owner (self->client);

  if (!holdfast_client_get_bus_name (self->client))
    return TRUE; /* a peer: there is nobody else */
  if (owner && g_strcmp0 (owner, g_dbus_method_invocation_get_sender (invocation)) == 0)
    return TRUE;
  answer (invocation, DBUS_ERROR "AccessDenied", "Only BlueZ may ask");
  return FALSE;
}

static void
refuse (HoldfastAgent *self, GDBusMethodInvocation *invocation, const char *device_path)
{
  const char *method = g_dbus_method_invocation_get_method_name (invocation);

  g_debug ("Refused %s", method);
  g_object_ref (invocation); /* its method's name is needed after the answer */
  answer (invocation, BZ_ERROR "Rejected", "Refused");
  g_signal_emit (self, signals[SIGNAL_REFUSED], 0, method, device_path);
  g_object_unref (invocation);
}

static gboolean
is_ours (HoldfastAgent *self, const char *device_path)
{
  return g_strcmp0 (self->device_path, device_path) == 0;
}

static void
withdraw (HoldfastAgent *self)
{
  if (!self->asked)
    return;
  answer (g_steal_pointer (&self->asked), BZ_ERROR "Canceled", "Not wanted any more");
  g_signal_emit (self, signals[SIGNAL_PIN_WITHDRAWN], 0);
}

/* BlueZ asks one question an agent at a time. */
static void
ask_person (HoldfastAgent *self,
            GDBusMethodInvocation *invocation,
            const char *device_path,
            gboolean passkey)
{
  if (self->asked) {
    refuse (self, invocation, device_path);
    return;
  }
  self->asked = invocation;
  self->asked_passkey = passkey;
  g_signal_emit (self, signals[SIGNAL_PIN_REQUESTED], 0);
}

/* Returns TRUE if it is the first question of our device, to be answered by us. */
static gboolean
takes_usual (HoldfastAgent *self,
             GDBusMethodInvocation *invocation,
             const char *device_path,
             gboolean passkey)
{
  if (!is_from_bluez (self, invocation))
    return FALSE;
  if (!is_ours (self, device_path)) {
    refuse (self, invocation, device_path);
    return FALSE;
  }
  if (self->tried_usual) {
    ask_person (self, invocation, device_path, passkey);
    return FALSE;
  }
  self->tried_usual = TRUE;
  self->n_pins++;
  return TRUE;
}

static gboolean
request_pin_code_cb (HoldfastBzAgent1 *skeleton,
                     GDBusMethodInvocation *invocation,
                     const char *device_path,
                     HoldfastAgent *self)
{
  if (takes_usual (self, invocation, device_path, FALSE))
    holdfast_bz_agent1_complete_request_pin_code (skeleton, invocation, USUAL_PIN);
  return TRUE;
}

static gboolean
request_passkey_cb (HoldfastBzAgent1 *skeleton,
                    GDBusMethodInvocation *invocation,
                    const char *device_path,
                    HoldfastAgent *self)
{
  if (takes_usual (self, invocation, device_path, TRUE))
    holdfast_bz_agent1_complete_request_passkey (skeleton, invocation, USUAL_PASSKEY);
  return TRUE;
}

/* Headphones show nothing and compare nothing: whoever does so is something else. */
static gboolean
refuse_cb (HoldfastAgent *self, GDBusMethodInvocation *invocation, const char *device_path)
{
  if (is_from_bluez (self, invocation))
    refuse (self, invocation, device_path);
  return TRUE;
}

static gboolean
display_pin_code_cb (HoldfastBzAgent1 *skeleton,
                     GDBusMethodInvocation *invocation,
                     const char *device_path,
                     const char *pin_code,
                     HoldfastAgent *self)
{
  return refuse_cb (self, invocation, device_path);
}

static gboolean
display_passkey_cb (HoldfastBzAgent1 *skeleton,
                    GDBusMethodInvocation *invocation,
                    const char *device_path,
                    guint passkey,
                    guint entered,
                    HoldfastAgent *self)
{
  return refuse_cb (self, invocation, device_path);
}

static gboolean
request_confirmation_cb (HoldfastBzAgent1 *skeleton,
                         GDBusMethodInvocation *invocation,
                         const char *device_path,
                         guint passkey,
                         HoldfastAgent *self)
{
  return refuse_cb (self, invocation, device_path);
}

static gboolean
request_authorization_cb (HoldfastBzAgent1 *skeleton,
                          GDBusMethodInvocation *invocation,
                          const char *device_path,
                          HoldfastAgent *self)
{
  if (!is_from_bluez (self, invocation))
    return TRUE;
  if (is_ours (self, device_path))
    holdfast_bz_agent1_complete_request_authorization (skeleton, invocation);
  else
    refuse (self, invocation, device_path);
  return TRUE;
}

/* Music, calls, remote control, and their LE forms. Bluetooth SIG, Assigned Numbers, 3.3 and 3.4.
 */
static gboolean
is_audio_service (const char *uuid)
{
  static const char *const audio[] = {
    "1108", "110a", "110b", "110c", "110d", "110e", "110f", "1112", "111e", "111f",
    "1844", "1846", "1848", "1849", "184e", "184f", "1850", "1853", NULL,
  };
  g_autofree char *lower = g_ascii_strdown (uuid, -1);
  char number[5];

  if (strlen (lower) != 36 || !g_str_has_prefix (lower, "0000")
      || !g_str_has_suffix (lower, "-0000-1000-8000-00805f9b34fb"))
    return FALSE;
  g_strlcpy (number, lower + 4, sizeof number);
  return g_strv_contains (audio, number);
}

static gboolean
authorize_service_cb (HoldfastBzAgent1 *skeleton,
                      GDBusMethodInvocation *invocation,
                      const char *device_path,
                      const char *uuid,
                      HoldfastAgent *self)
{
  if (!is_from_bluez (self, invocation))
    return TRUE;
  if (is_ours (self, device_path) && is_audio_service (uuid))
    holdfast_bz_agent1_complete_authorize_service (skeleton, invocation);
  else
    refuse (self, invocation, device_path);
  return TRUE;
}

static gboolean
cancel_cb (HoldfastBzAgent1 *skeleton, GDBusMethodInvocation *invocation, HoldfastAgent *self)
{
  if (!is_from_bluez (self, invocation))
    return TRUE;
  holdfast_bz_agent1_complete_cancel (skeleton, invocation);
  withdraw (self);
  return TRUE;
}

static gboolean
release_cb (HoldfastBzAgent1 *skeleton, GDBusMethodInvocation *invocation, HoldfastAgent *self)
{
  if (!is_from_bluez (self, invocation))
    return TRUE;
  holdfast_bz_agent1_complete_release (skeleton, invocation);
  self->wanted = FALSE;
  set_registered (self, FALSE);
  withdraw (self);
  g_signal_emit (self, signals[SIGNAL_RELEASED], 0);
  return TRUE;
}

/* ---- being registered ---- */

static void
call_manager (HoldfastAgent *self,
              const char *method,
              GVariant *parameters,
              GCancellable *cancellable,
              GAsyncReadyCallback callback,
              gpointer user_data)
{
  g_dbus_connection_call (holdfast_client_get_connection (self->client),
                          holdfast_client_get_bus_name (self->client),
                          "/org/bluez",
                          BZ_AGENT_MANAGER,
                          method,
                          parameters,
                          NULL,
                          G_DBUS_CALL_FLAGS_NO_AUTO_START,
                          TIMEOUT_MS,
                          cancellable,
                          callback,
                          user_data);
}

static void
register_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  HoldfastAgent *self = g_task_get_source_object (task);
  gboolean is_current = GPOINTER_TO_UINT (g_task_get_task_data (task)) == self->serial;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply
      = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  if (holdfast_bluez_error_is (error, BZ_ERROR "AlreadyExists"))
    g_clear_error (&error);
  if (is_current && !error)
    set_registered (self, TRUE);
  if (error)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_boolean (task, TRUE);
}

static void
do_register (HoldfastAgent *self, GTask *task)
{
  /* A cancelled call might still be carried out, unseen: the task is cancelled, never the call. */
  g_task_set_task_data (task, GUINT_TO_POINTER (++self->serial), NULL);
  call_manager (self,
                "RegisterAgent",
                g_variant_new ("(os)", self->path, CAPABILITY),
                NULL,
                register_cb,
                task);
}

/* Whoever wanted the agent is told, and says when it is wanted again: were it registered by itself,
 * it could outlive the wish. */
static void
service_state_cb (HoldfastAgent *self)
{
  gboolean was_wanted = self->wanted;

  if (holdfast_client_get_service_state (self->client) == HOLDFAST_SERVICE_STATE_PRESENT)
    return;
  self->wanted = FALSE;
  self->serial++;
  set_registered (self, FALSE);
  withdraw (self);
  if (was_wanted)
    g_signal_emit (self, signals[SIGNAL_RELEASED], 0);
}

static gboolean export (HoldfastAgent *self, GError **error)
{
  if (self->exported)
    return TRUE;
  self->exported = g_dbus_interface_skeleton_export (G_DBUS_INTERFACE_SKELETON (self->skeleton),
                                                     holdfast_client_get_connection (self->client),
                                                     self->path,
                                                     error);
  return self->exported;
}

static void
unexport (HoldfastAgent *self)
{
  if (self->exported)
    g_dbus_interface_skeleton_unexport (G_DBUS_INTERFACE_SKELETON (self->skeleton));
  self->exported = FALSE;
}

/* ---- the object ---- */

static void
holdfast_agent_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id) {
  case PROP_REGISTERED:
    g_value_set_boolean (value, HOLDFAST_AGENT (object)->registered);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
holdfast_agent_dispose (GObject *object)
{
  HoldfastAgent *self = HOLDFAST_AGENT (object);

  if (self->client) {
    if (self->asked)
      answer (g_steal_pointer (&self->asked), BZ_ERROR "Canceled", "Not wanted any more");
    if (self->wanted)
      call_manager (self, "UnregisterAgent", g_variant_new ("(o)", self->path), NULL, NULL, NULL);
    unexport (self);
  }
  g_clear_object (&self->client);

  G_OBJECT_CLASS (holdfast_agent_parent_class)->dispose (object);
}

static void
holdfast_agent_finalize (GObject *object)
{
  HoldfastAgent *self = HOLDFAST_AGENT (object);

  g_object_unref (self->skeleton);
  g_free (self->path);
  g_free (self->device_path);

  G_OBJECT_CLASS (holdfast_agent_parent_class)->finalize (object);
}

static void
holdfast_agent_class_init (HoldfastAgentClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  object_class->get_property = holdfast_agent_get_property;
  object_class->dispose = holdfast_agent_dispose;
  object_class->finalize = holdfast_agent_finalize;

  props[PROP_REGISTERED]
      = g_param_spec_boolean ("registered",
                              NULL,
                              NULL,
                              FALSE,
                              G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);

#define plain G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE
  signals[SIGNAL_PIN_REQUESTED] = g_signal_new ("pin-requested", type, plain, 0);
  signals[SIGNAL_PIN_WITHDRAWN] = g_signal_new ("pin-withdrawn", type, plain, 0);
  signals[SIGNAL_REFUSED] = g_signal_new ("refused", type, plain, 2, G_TYPE_STRING, G_TYPE_STRING);
  signals[SIGNAL_RELEASED] = g_signal_new ("released", type, plain, 0);
#undef plain
}

static void
holdfast_agent_init (HoldfastAgent *self)
{
  static guint last;

  /* Two agents on one connection, one going and one coming, must not share an object. */
  self->path = g_strdup_printf ("/io/github/holdfast/Holdfast/agent%u", ++last);
  self->skeleton = holdfast_bz_agent1_skeleton_new ();
  /* Nothing but the agent has the skeleton, so that they go together. */
#define handle(name, func)                                                                         \
  g_signal_connect_object (self->skeleton, "handle-" name, G_CALLBACK (func), self, 0)
  handle ("release", release_cb);
  handle ("request-pin-code", request_pin_code_cb);
  handle ("display-pin-code", display_pin_code_cb);
  handle ("request-passkey", request_passkey_cb);
  handle ("display-passkey", display_passkey_cb);
  handle ("request-confirmation", request_confirmation_cb);
  handle ("request-authorization", request_authorization_cb);
  handle ("authorize-service", authorize_service_cb);
  handle ("cancel", cancel_cb);
#undef handle
}

HoldfastAgent *
holdfast_agent_new (HoldfastClient *client)
{
  HoldfastAgent *self;

  g_return_val_if_fail (HOLDFAST_IS_CLIENT (client), NULL);

  self = g_object_new (HOLDFAST_TYPE_AGENT, NULL);
  self->client = g_object_ref (client);
  /* After the others: who hears "released" should know already that the service is gone, and not
   * register with nobody. */
  g_signal_connect_object (client,
                           "notify::service-state",
                           G_CALLBACK (service_state_cb),
                           self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  return self;
}

void
holdfast_agent_register_async (HoldfastAgent *self,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  GError *error = NULL;

  g_return_if_fail (HOLDFAST_IS_AGENT (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, holdfast_agent_register_async);
  if (g_task_return_error_if_cancelled (task))
    return;
  if (!export (self, &error)) {
    g_task_return_error (task, error);
    return;
  }
  self->wanted = TRUE;
  do_register (self, g_steal_pointer (&task));
}

static void
unregister_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  HoldfastAgent *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply
      = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  if (holdfast_bluez_error_is (error, BZ_ERROR "DoesNotExist")
      || holdfast_bluez_error_is (error, DBUS_ERROR "NoReply") || /* it ended meanwhile */
      holdfast_bluez_error_is_gone (error))
    g_clear_error (&error);
  if (!self->wanted)
    unexport (self);
  if (error)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_boolean (task, TRUE);
}

void
holdfast_agent_unregister_async (HoldfastAgent *self,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  GTask *task;

  g_return_if_fail (HOLDFAST_IS_AGENT (self));

  /* BlueZ takes calls in their order, so a RegisterAgent on its way is undone too. */
  self->wanted = FALSE;
  self->serial++;
  set_registered (self, FALSE);
  withdraw (self);
  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, holdfast_agent_unregister_async);
  call_manager (
      self, "UnregisterAgent", g_variant_new ("(o)", self->path), NULL, unregister_cb, task);
}

gboolean
holdfast_agent_finish (HoldfastAgent *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (HOLDFAST_IS_AGENT (self), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

gboolean
holdfast_agent_get_registered (HoldfastAgent *self)
{
  g_return_val_if_fail (HOLDFAST_IS_AGENT (self), FALSE);

  return self->registered;
}

void
holdfast_agent_set_device (HoldfastAgent *self, HoldfastDevice *device)
{
  g_return_if_fail (HOLDFAST_IS_AGENT (self));
  g_return_if_fail (!device || HOLDFAST_IS_DEVICE (device));

  if (!g_set_str (&self->device_path, device ? holdfast_device_get_path (device) : NULL))
    return;
  self->tried_usual = FALSE;
  withdraw (self);
}

gboolean
holdfast_agent_is_pin (const char *pin)
{
  gsize length = strlen (pin);

  if (length < 1 || length > 16)
    return FALSE;
  for (; *pin; pin++) {
    if (!g_ascii_isprint (*pin))
      return FALSE;
  }
  return TRUE;
}

static gboolean
is_passkey (const char *pin)
{
  gsize length = strlen (pin);

  return length >= 1 && length <= 6 && strspn (pin, "0123456789") == length;
}

gboolean
holdfast_agent_give_pin (HoldfastAgent *self, const char *pin)
{
  g_return_val_if_fail (HOLDFAST_IS_AGENT (self), FALSE);
  g_return_val_if_fail (pin, FALSE);

  if (!self->asked || !(self->asked_passkey ? is_passkey (pin) : holdfast_agent_is_pin (pin)))
    return FALSE;
  self->n_pins++;
  if (self->asked_passkey)
    holdfast_bz_agent1_complete_request_passkey (
        self->skeleton, g_steal_pointer (&self->asked), (guint) g_ascii_strtoull (pin, NULL, 10));
  else
    holdfast_bz_agent1_complete_request_pin_code (
        self->skeleton, g_steal_pointer (&self->asked), pin);
  return TRUE;
}

void
holdfast_agent_refuse_pin (HoldfastAgent *self)
{
  g_return_if_fail (HOLDFAST_IS_AGENT (self));

  if (self->asked)
    answer (g_steal_pointer (&self->asked), BZ_ERROR "Rejected", "Refused");
}

guint
holdfast_agent_count_pins (HoldfastAgent *self)
{
  g_return_val_if_fail (HOLDFAST_IS_AGENT (self), 0);

  return self->n_pins;
}
