/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "failure.h"
#include "sighting.h"

G_BEGIN_DECLS

/**
 * HoldfastVerb:
 *
 * What a session asks of a radio. Each is one asynchronous operation.
 */
typedef enum {
  HOLDFAST_VERB_START_DISCOVERY, /* arg: HoldfastListening; again with another arg: changes it */
  HOLDFAST_VERB_STOP_DISCOVERY,
  HOLDFAST_VERB_REGISTER_AGENT,
  HOLDFAST_VERB_UNREGISTER_AGENT,
  HOLDFAST_VERB_POWER_ON,
  HOLDFAST_VERB_PAIR,
  HOLDFAST_VERB_CANCEL_PAIRING,
  HOLDFAST_VERB_TRUST,
  HOLDFAST_VERB_UNBLOCK,
  HOLDFAST_VERB_CONNECT,
  HOLDFAST_VERB_DISCONNECT,
  HOLDFAST_VERB_REMOVE,
  HOLDFAST_VERB_MAX,
} HoldfastVerb;

/**
 * HoldfastListening: which side of the air is listened to.
 */
typedef enum {
  HOLDFAST_LISTENING_CLASSIC = 0,   /* soonest sight of a headset in pairing mode */
  HOLDFAST_LISTENING_BOTH = 1 << 0, /* slower, but also sees the LE side of one that is only on */
  HOLDFAST_LISTENING_EVERY_PACKET = 1 << 1, /* how near it is, all the time; costs air and power */
} HoldfastListening;

/**
 * HoldfastRadio:
 *
 * Bluetooth as a session needs it, in the terms of the core. BlueZ is one implementation
 * (radio-bluez.h); another platform's Bluetooth would be another. A session without a radio is a
 * guide: the person's eyes judge.
 *
 * Signals:
 *   "readiness-changed" (): see holdfast_radio_get_readiness()
 *   "sighted" (const HoldfastSighting *): seen in this discovery
 *   "device-changed" (const HoldfastSighting *): something about a device changed
 *   "gone" (guint device): the device is no longer known
 *   "pin-requested" (): the headset wants a PIN that 0000 was not
 *   "agent-lost" (): the service forgot our agent
 */
#define HOLDFAST_TYPE_RADIO (holdfast_radio_get_type ())
G_DECLARE_INTERFACE (HoldfastRadio, holdfast_radio, HOLDFAST, RADIO, GObject)

typedef void (*HoldfastSightingFunc) (const HoldfastSighting *sighting, gpointer user_data);

struct _HoldfastRadioInterface {
  GTypeInterface parent_iface;

  HoldfastFailure (*get_readiness) (HoldfastRadio *self);
  gboolean (*get_has_sound) (HoldfastRadio *self);
  void (*run_async) (HoldfastRadio *self,
                     HoldfastVerb verb,
                     guint device,
                     int arg,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data);
  HoldfastFailure (*run_finish) (HoldfastRadio *self, GAsyncResult *result, GError **error);
  void (*set_agent_device) (HoldfastRadio *self, guint device);
  gboolean (*give_pin) (HoldfastRadio *self, const char *pin);
  void (*refuse_pin) (HoldfastRadio *self);
  gboolean (*get_sighting) (HoldfastRadio *self, guint device, HoldfastSighting *ret_sighting);
  void (*foreach) (HoldfastRadio *self, HoldfastSightingFunc func, gpointer user_data);
};

/** Returns: HOLDFAST_FAILURE_NONE if it can listen now, else why not */
HoldfastFailure holdfast_radio_get_readiness (HoldfastRadio *self);

/** Returns: FALSE if no sound service is registered with Bluetooth: connecting would fail */
gboolean holdfast_radio_get_has_sound (HoldfastRadio *self);

/**
 * holdfast_radio_run_async:
 * @device: id of a sighting, or 0 where the verb has no device
 * @arg: see HoldfastVerb, or 0
 * @cancellable: gives up waiting; undoes nothing
 *
 * Starts one operation. Verbs that release something ignore @cancellable: they must happen.
 */
void holdfast_radio_run_async (HoldfastRadio *self,
                               HoldfastVerb verb,
                               guint device,
                               int arg,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);

/**
 * holdfast_radio_run_finish:
 * @error: (optional): for the log, set unless NONE is returned; never for people
 *
 * Returns: HOLDFAST_FAILURE_NONE if it worked, else the cause
 */
HoldfastFailure
holdfast_radio_run_finish (HoldfastRadio *self, GAsyncResult *result, GError **error);

/** @device: the only one that our agent answers for; 0 for none */
void holdfast_radio_set_agent_device (HoldfastRadio *self, guint device);
/** Returns: FALSE if @pin cannot be one */
gboolean holdfast_radio_give_pin (HoldfastRadio *self, const char *pin);
void holdfast_radio_refuse_pin (HoldfastRadio *self);

/** Returns: TRUE if the device is known */
gboolean
holdfast_radio_get_sighting (HoldfastRadio *self, guint device, HoldfastSighting *ret_sighting);
/** Calls @func for every device that is known now, paired or not. */
void holdfast_radio_foreach (HoldfastRadio *self, HoldfastSightingFunc func, gpointer user_data);

const char *holdfast_verb_to_string (HoldfastVerb verb);

/* For implementations. */
void holdfast_radio_emit_readiness_changed (HoldfastRadio *self);
void holdfast_radio_emit_sighted (HoldfastRadio *self, const HoldfastSighting *sighting);
void holdfast_radio_emit_device_changed (HoldfastRadio *self, const HoldfastSighting *sighting);
void holdfast_radio_emit_gone (HoldfastRadio *self, guint device);
void holdfast_radio_emit_pin_requested (HoldfastRadio *self);
void holdfast_radio_emit_agent_lost (HoldfastRadio *self);

G_END_DECLS
