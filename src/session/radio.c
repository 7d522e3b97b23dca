/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "radio.h"

enum {
  READINESS_CHANGED,
  SIGHTED,
  DEVICE_CHANGED,
  GONE,
  PIN_REQUESTED,
  AGENT_LOST,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_INTERFACE (HoldfastRadio, holdfast_radio, G_TYPE_OBJECT)

static guint
new_signal (const char *name, GType argument)
{
  return g_signal_new (name,
                       HOLDFAST_TYPE_RADIO,
                       G_SIGNAL_RUN_LAST,
                       0,
                       NULL,
                       NULL,
                       NULL,
                       G_TYPE_NONE,
                       argument == G_TYPE_NONE ? 0 : 1,
                       argument);
}

static void
holdfast_radio_default_init (HoldfastRadioInterface *iface)
{
  signals[READINESS_CHANGED] = new_signal ("readiness-changed", G_TYPE_NONE);
  signals[SIGHTED] = new_signal ("sighted", G_TYPE_POINTER);
  signals[DEVICE_CHANGED] = new_signal ("device-changed", G_TYPE_POINTER);
  signals[GONE] = new_signal ("gone", G_TYPE_UINT);
  signals[PIN_REQUESTED] = new_signal ("pin-requested", G_TYPE_NONE);
  signals[AGENT_LOST] = new_signal ("agent-lost", G_TYPE_NONE);
}

HoldfastFailure
holdfast_radio_get_readiness (HoldfastRadio *self)
{
  g_return_val_if_fail (HOLDFAST_IS_RADIO (self), HOLDFAST_FAILURE_NO_SERVICE);

  return HOLDFAST_RADIO_GET_IFACE (self)->get_readiness (self);
}

gboolean
holdfast_radio_get_has_sound (HoldfastRadio *self)
{
  g_return_val_if_fail (HOLDFAST_IS_RADIO (self), FALSE);

  return HOLDFAST_RADIO_GET_IFACE (self)->get_has_sound (self);
}

void
holdfast_radio_run_async (HoldfastRadio *self,
                          HoldfastVerb verb,
                          guint device,
                          int arg,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_return_if_fail (HOLDFAST_IS_RADIO (self));

  HOLDFAST_RADIO_GET_IFACE (self)->run_async (
      self, verb, device, arg, cancellable, callback, user_data);
}

HoldfastFailure
holdfast_radio_run_finish (HoldfastRadio *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (HOLDFAST_IS_RADIO (self), HOLDFAST_FAILURE_UNKNOWN);

  return HOLDFAST_RADIO_GET_IFACE (self)->run_finish (self, result, error);
}

void
holdfast_radio_set_agent_device (HoldfastRadio *self, guint device)
{
  g_return_if_fail (HOLDFAST_IS_RADIO (self));

  HOLDFAST_RADIO_GET_IFACE (self)->set_agent_device (self, device);
}

gboolean
holdfast_radio_give_pin (HoldfastRadio *self, const char *pin)
{
  g_return_val_if_fail (HOLDFAST_IS_RADIO (self), FALSE);
  g_return_val_if_fail (pin != NULL, FALSE);

  return HOLDFAST_RADIO_GET_IFACE (self)->give_pin (self, pin);
}

void
holdfast_radio_refuse_pin (HoldfastRadio *self)
{
  g_return_if_fail (HOLDFAST_IS_RADIO (self));

  HOLDFAST_RADIO_GET_IFACE (self)->refuse_pin (self);
}

gboolean
holdfast_radio_get_sighting (HoldfastRadio *self, guint device, HoldfastSighting *ret_sighting)
{
  g_return_val_if_fail (HOLDFAST_IS_RADIO (self), FALSE);
  g_return_val_if_fail (ret_sighting != NULL, FALSE);

  return HOLDFAST_RADIO_GET_IFACE (self)->get_sighting (self, device, ret_sighting);
}

void
holdfast_radio_foreach (HoldfastRadio *self, HoldfastSightingFunc func, gpointer user_data)
{
  g_return_if_fail (HOLDFAST_IS_RADIO (self));

  HOLDFAST_RADIO_GET_IFACE (self)->foreach (self, func, user_data);
}

const char *
holdfast_verb_to_string (HoldfastVerb verb)
{
  static const char *const words[] = {
    [HOLDFAST_VERB_START_DISCOVERY] = "start-discovery",
    [HOLDFAST_VERB_STOP_DISCOVERY] = "stop-discovery",
    [HOLDFAST_VERB_REGISTER_AGENT] = "register-agent",
    [HOLDFAST_VERB_UNREGISTER_AGENT] = "unregister-agent",
    [HOLDFAST_VERB_POWER_ON] = "power-on",
    [HOLDFAST_VERB_PAIR] = "pair",
    [HOLDFAST_VERB_CANCEL_PAIRING] = "cancel-pairing",
    [HOLDFAST_VERB_TRUST] = "trust",
    [HOLDFAST_VERB_UNBLOCK] = "unblock",
    [HOLDFAST_VERB_CONNECT] = "connect",
    [HOLDFAST_VERB_DISCONNECT] = "disconnect",
    [HOLDFAST_VERB_REMOVE] = "remove",
  };

  g_return_val_if_fail (verb < HOLDFAST_VERB_MAX, NULL);

  return words[verb];
}

void
holdfast_radio_emit_readiness_changed (HoldfastRadio *self)
{
  g_signal_emit (self, signals[READINESS_CHANGED], 0);
}

void
holdfast_radio_emit_sighted (HoldfastRadio *self, const HoldfastSighting *sighting)
{
  g_signal_emit (self, signals[SIGHTED], 0, sighting);
}

void
holdfast_radio_emit_device_changed (HoldfastRadio *self, const HoldfastSighting *sighting)
{
  g_signal_emit (self, signals[DEVICE_CHANGED], 0, sighting);
}

void
holdfast_radio_emit_gone (HoldfastRadio *self, guint device)
{
  g_signal_emit (self, signals[GONE], 0, device);
}

void
holdfast_radio_emit_pin_requested (HoldfastRadio *self)
{
  g_signal_emit (self, signals[PIN_REQUESTED], 0);
}

void
holdfast_radio_emit_agent_lost (HoldfastRadio *self)
{
  g_signal_emit (self, signals[AGENT_LOST], 0);
}
