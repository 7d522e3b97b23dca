/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "gesture.h"

G_BEGIN_DECLS

typedef enum {
  HOLDFAST_FORM_OVER_EAR,
  HOLDFAST_FORM_ON_EAR,
  HOLDFAST_FORM_EARBUDS,
  HOLDFAST_FORM_NECKBAND,
  HOLDFAST_FORM_GAMING_OVER_EAR,
  HOLDFAST_FORM_GAMING_EARBUDS,
  HOLDFAST_FORM_MAX,
} HoldfastForm;

/**
 * HoldfastRadio: what Bluetooth the headset has.
 */
typedef enum {
  HOLDFAST_RADIO_CLASSIC,       /* classic Bluetooth, perhaps LE beside it */
  HOLDFAST_RADIO_LE_AUDIO_ONLY, /* INZONE Buds */
  HOLDFAST_RADIO_WIRED,         /* INZONE H3: a cable and nothing else */
  HOLDFAST_RADIO_USB_DONGLE,    /* INZONE H5: its own dongle, no Bluetooth */
  HOLDFAST_RADIO_MAX,
} HoldfastRadioKind;

/**
 * HoldfastGate: how sure the program may sound about this model's pairing gesture.
 */
typedef enum {
  HOLDFAST_GATE_SHOW,        /* plain words */
  HOLDFAST_GATE_CHECK_FIRST, /* "on most of these" */
  HOLDFAST_GATE_HOLD_BACK,   /* "we are not sure for this model; try this; Sony's guide is here" */
  HOLDFAST_GATE_NO_BLUETOOTH,
  HOLDFAST_GATE_MAX,
} HoldfastGate;

typedef enum {
  HOLDFAST_TRISTATE_UNKNOWN,
  HOLDFAST_TRISTATE_NO,
  HOLDFAST_TRISTATE_YES,
  HOLDFAST_TRISTATE_MAX,
} HoldfastTristate;

typedef enum {
  HOLDFAST_MULTIPOINT_UNKNOWN,
  HOLDFAST_MULTIPOINT_NO,
  HOLDFAST_MULTIPOINT_MUSIC_AND_CALLS, /* one device for music plus another for calls */
  HOLDFAST_MULTIPOINT_BESIDE_DONGLE,   /* Bluetooth beside the headset's own dongle or link */
  HOLDFAST_MULTIPOINT_TWO,
  HOLDFAST_MULTIPOINT_TWO_AFTER_UPDATE,
  HOLDFAST_MULTIPOINT_MAX,
} HoldfastMultipoint;

const char *holdfast_form_to_string (HoldfastForm form);
gboolean holdfast_form_from_string (const char *text, HoldfastForm *ret_form);
const char *holdfast_radio_to_string (HoldfastRadioKind radio);
gboolean holdfast_radio_from_string (const char *text, HoldfastRadioKind *ret_radio);
const char *holdfast_gate_to_string (HoldfastGate gate);
gboolean holdfast_gate_from_string (const char *text, HoldfastGate *ret_gate);
const char *holdfast_tristate_to_string (HoldfastTristate state);
gboolean holdfast_tristate_from_string (const char *text, HoldfastTristate *ret_state);
const char *holdfast_multipoint_to_string (HoldfastMultipoint multipoint);
gboolean holdfast_multipoint_from_string (const char *text, HoldfastMultipoint *ret_multipoint);

#define HOLDFAST_TYPE_HEADSET (holdfast_headset_get_type ())
G_DECLARE_FINAL_TYPE (HoldfastHeadset, holdfast_headset, HOLDFAST, HEADSET, GObject)

/* All strings and gestures returned below are (transfer none) and live as long as the headset. */

/** Returns: catalogue id in lower case, such as "wh-1000xm4", or "family-wh-1000x" */
const char *holdfast_headset_get_id (HoldfastHeadset *self);
/** Returns: the model's name as printed on the box, such as "WH-1000XM4" */
const char *holdfast_headset_get_name (HoldfastHeadset *self);
/** Returns: (nullable): id of the family file, such as "family-wh-1000x" */
const char *holdfast_headset_get_family (HoldfastHeadset *self);
/** Returns: TRUE if this is a family's unsure stand-in ("another Sony model"), not a model */
gboolean holdfast_headset_is_family (HoldfastHeadset *self);
HoldfastForm holdfast_headset_get_form (HoldfastHeadset *self);
HoldfastRadioKind holdfast_headset_get_radio (HoldfastHeadset *self);
HoldfastGate holdfast_headset_get_gate (HoldfastHeadset *self);
/** Returns: (array zero-terminated=1): names as sent over Bluetooth, without "LE_" */
const char *const *holdfast_headset_get_bluetooth_names (HoldfastHeadset *self);
/** Returns: (array zero-terminated=1): other names people use: "XM4", "1000X M4" */
const char *const *holdfast_headset_get_other_names (HoldfastHeadset *self);
/** Returns: product id after USB vendor 054C, or 0 if unknown */
guint16 holdfast_headset_get_pnp_product (HoldfastHeadset *self);
/** Returns: (nullable): address of Sony's help guide */
const char *holdfast_headset_get_guide (HoldfastHeadset *self);
/** Returns: name of the drawing that looks like it, such as "over-ear-1000x"; never NULL */
const char *holdfast_headset_get_picture (HoldfastHeadset *self);
HoldfastTristate holdfast_headset_has_jack (HoldfastHeadset *self);
/** Returns: YES if a plugged-in headphone cable is said to block pairing */
HoldfastTristate holdfast_headset_cable_blocks_pairing (HoldfastHeadset *self);
HoldfastTristate holdfast_headset_usb_blocks_pairing (HoldfastHeadset *self);
HoldfastMultipoint holdfast_headset_get_multipoint (HoldfastHeadset *self);
/** Returns: YES if connecting to two devices is on as sold, NO if it must be switched on first */
HoldfastTristate holdfast_headset_is_multipoint_on_as_sold (HoldfastHeadset *self);
/** Returns: year it came out, or 0 if unknown */
guint holdfast_headset_get_year (HoldfastHeadset *self);
/** Returns: how many pairings it remembers, or 0 if unknown */
guint holdfast_headset_get_memory_size (HoldfastHeadset *self);
/** Returns: (array zero-terminated=1): codecs as written by their makers: "SBC", "AAC", "LDAC" */
const char *const *holdfast_headset_get_codecs (HoldfastHeadset *self);

/**
 * holdfast_headset_get_pairing_ways:
 *
 * Lists the ways into pairing mode, in the order to try them.
 *
 * Empty for models without classic Bluetooth. Where the model's own way is unknown the list holds
 * the family's usual ways with @from_family set; it is empty as well where even the family's way
 * is unknown (PULSE): then there is only the guide and listening. All ways that share a question
 * are to be filtered by its answer.
 *
 * Returns: (transfer none) (element-type HoldfastGesture)
 */
GPtrArray *holdfast_headset_get_pairing_ways (HoldfastHeadset *self);

/** Returns: (nullable): "a headset never paired before enters pairing mode by itself" */
const HoldfastGesture *holdfast_headset_get_first_time (HoldfastHeadset *self);
/** Returns: (nullable): the gesture that restarts and keeps pairings, if known */
const HoldfastGesture *holdfast_headset_get_restart (HoldfastHeadset *self);
/** Returns: (nullable): the gesture that erases all pairings, if known */
const HoldfastGesture *holdfast_headset_get_factory_reset (HoldfastHeadset *self);

/**
 * holdfast_headset_get_question:
 *
 * Returns: what must be asked by picture before a way is chosen; NONE for most
 */
HoldfastQuestion holdfast_headset_get_question (HoldfastHeadset *self);

/** Returns: (transfer none) (element-type HoldfastFact): all values, with their evidence */
GPtrArray *holdfast_headset_get_facts (HoldfastHeadset *self);

/**
 * holdfast_headset_find_fact:
 *
 * Returns: (transfer none) (nullable): NULL if this model has no such value
 */
const HoldfastFact *
holdfast_headset_find_fact (HoldfastHeadset *self, const char *group, const char *key);

G_END_DECLS
