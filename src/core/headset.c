/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "headset.h"

#include "catalogue-private.h"
#include "headset-private.h"
#include "names-private.h"

static const char *const form_names[HOLDFAST_FORM_MAX] = {
  [HOLDFAST_FORM_OVER_EAR] = "over-ear",
  [HOLDFAST_FORM_ON_EAR] = "on-ear",
  [HOLDFAST_FORM_EARBUDS] = "earbuds",
  [HOLDFAST_FORM_NECKBAND] = "neckband",
  [HOLDFAST_FORM_GAMING_OVER_EAR] = "gaming-over-ear",
  [HOLDFAST_FORM_GAMING_EARBUDS] = "gaming-earbuds",
};

static const char *const radio_names[HOLDFAST_RADIO_MAX] = {
  [HOLDFAST_RADIO_CLASSIC] = "classic",
  [HOLDFAST_RADIO_LE_AUDIO_ONLY] = "le-audio-only",
  [HOLDFAST_RADIO_WIRED] = "wired",
  [HOLDFAST_RADIO_USB_DONGLE] = "usb-dongle",
};

static const char *const gate_names[HOLDFAST_GATE_MAX] = {
  [HOLDFAST_GATE_SHOW] = "show",
  [HOLDFAST_GATE_CHECK_FIRST] = "check-first",
  [HOLDFAST_GATE_HOLD_BACK] = "hold-back",
  [HOLDFAST_GATE_NO_BLUETOOTH] = "no-bluetooth",
};

static const char *const tristate_names[HOLDFAST_TRISTATE_MAX] = {
  [HOLDFAST_TRISTATE_UNKNOWN] = "unknown",
  [HOLDFAST_TRISTATE_NO] = "no",
  [HOLDFAST_TRISTATE_YES] = "yes",
};

static const char *const multipoint_names[HOLDFAST_MULTIPOINT_MAX] = {
  [HOLDFAST_MULTIPOINT_UNKNOWN] = "unknown",
  [HOLDFAST_MULTIPOINT_NO] = "no",
  [HOLDFAST_MULTIPOINT_MUSIC_AND_CALLS] = "music-and-calls",
  [HOLDFAST_MULTIPOINT_BESIDE_DONGLE] = "beside-dongle",
  [HOLDFAST_MULTIPOINT_TWO] = "two",
  [HOLDFAST_MULTIPOINT_TWO_AFTER_UPDATE] = "two-after-update",
};

/* clang-format off */
HOLDFAST_DEFINE_NAMES (form, HoldfastForm, form_names)
HOLDFAST_DEFINE_NAMES (radio, HoldfastRadioKind, radio_names)
HOLDFAST_DEFINE_NAMES (gate, HoldfastGate, gate_names)
HOLDFAST_DEFINE_NAMES (tristate, HoldfastTristate, tristate_names)
HOLDFAST_DEFINE_NAMES (multipoint, HoldfastMultipoint, multipoint_names)
/* clang-format on */

G_DEFINE_FINAL_TYPE (HoldfastHeadset, holdfast_headset, G_TYPE_OBJECT)

static void
holdfast_headset_finalize (GObject *object)
{
  HoldfastHeadset *self = HOLDFAST_HEADSET (object);

  g_free (self->id);
  g_free (self->name);
  g_free (self->family);
  g_free (self->guide);
  g_free (self->picture);
  g_strfreev (self->bluetooth_names);
  g_strfreev (self->other_names);
  g_strfreev (self->codecs);
  g_strfreev (self->folded_names);
  g_ptr_array_unref (self->ways);
  g_clear_pointer (&self->first_time, holdfast_gesture_free);
  g_clear_pointer (&self->restart, holdfast_gesture_free);
  g_clear_pointer (&self->factory_reset, holdfast_gesture_free);
  g_clear_pointer (&self->facts, g_ptr_array_unref);

  G_OBJECT_CLASS (holdfast_headset_parent_class)->finalize (object);
}

static void
holdfast_headset_class_init (HoldfastHeadsetClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = holdfast_headset_finalize;
}

static void
holdfast_headset_init (HoldfastHeadset *self)
{
  self->ways = g_ptr_array_new_with_free_func ((GDestroyNotify) holdfast_gesture_free);
}

const char *
holdfast_headset_get_id (HoldfastHeadset *self)
{
  g_return_val_if_fail (HOLDFAST_IS_HEADSET (self), NULL);

  return self->id;
}

const char *
holdfast_headset_get_name (HoldfastHeadset *self)
{
  g_return_val_if_fail (HOLDFAST_IS_HEADSET (self), NULL);

  return self->name;
}

const char *
holdfast_headset_get_family (HoldfastHeadset *self)
{
  g_return_val_if_fail (HOLDFAST_IS_HEADSET (self), NULL);

  return self->family;
}

gboolean
holdfast_headset_is_family (HoldfastHeadset *self)
{
  g_return_val_if_fail (HOLDFAST_IS_HEADSET (self), FALSE);

  return self->is_family;
}

HoldfastForm
holdfast_headset_get_form (HoldfastHeadset *self)
{
  g_return_val_if_fail (HOLDFAST_IS_HEADSET (self), HOLDFAST_FORM_OVER_EAR);

  return self->form;
}

HoldfastRadioKind
holdfast_headset_get_radio (HoldfastHeadset *self)
{
  g_return_val_if_fail (HOLDFAST_IS_HEADSET (self), HOLDFAST_RADIO_CLASSIC);

  return self->radio;
}

HoldfastGate
holdfast_headset_get_gate (HoldfastHeadset *self)
{
  g_return_val_if_fail (HOLDFAST_IS_HEADSET (self), HOLDFAST_GATE_HOLD_BACK);

  return self->gate;
}

const char *const *
holdfast_headset_get_bluetooth_names (HoldfastHeadset *self)
{
  g_return_val_if_fail (HOLDFAST_IS_HEADSET (self), NULL);

  return (const char *const *) self->bluetooth_names;
}

const char *const *
holdfast_headset_get_other_names (HoldfastHeadset *self)
{
  g_return_val_if_fail (HOLDFAST_IS_HEADSET (self), NULL);

  return (const char *const *) self->other_names;
}

const char *const *
holdfast_headset_get_codecs (HoldfastHeadset *self)
{
  g_return_val_if_fail (HOLDFAST_IS_HEADSET (self), NULL);

  return (const char *const *) self->codecs;
}

guint16
holdfast_headset_get_pnp_product (HoldfastHeadset *self)
{
  g_return_val_if_fail (HOLDFAST_IS_HEADSET (self), 0);

  return self->product;
}

const char *
holdfast_headset_get_guide (HoldfastHeadset *self)
{
  g_return_val_if_fail (HOLDFAST_IS_HEADSET (self), NULL);

  return self->guide;
}

const char *
holdfast_headset_get_picture (HoldfastHeadset *self)
{
  /* For a person's own file that names none. */
  static const char *const plain[] = {
    [HOLDFAST_FORM_OVER_EAR] = "over-ear",      [HOLDFAST_FORM_ON_EAR] = "on-ear",
    [HOLDFAST_FORM_EARBUDS] = "buds-button",    [HOLDFAST_FORM_NECKBAND] = "neckband-cable",
    [HOLDFAST_FORM_GAMING_OVER_EAR] = "inzone", [HOLDFAST_FORM_GAMING_EARBUDS] = "buds-gaming",
  };

  g_return_val_if_fail (HOLDFAST_IS_HEADSET (self), NULL);

  return self->picture != NULL ? self->picture : plain[self->form];
}

HoldfastTristate
holdfast_headset_has_jack (HoldfastHeadset *self)
{
  g_return_val_if_fail (HOLDFAST_IS_HEADSET (self), HOLDFAST_TRISTATE_UNKNOWN);

  return self->jack;
}

HoldfastTristate
holdfast_headset_cable_blocks_pairing (HoldfastHeadset *self)
{
  g_return_val_if_fail (HOLDFAST_IS_HEADSET (self), HOLDFAST_TRISTATE_UNKNOWN);

  return self->cable_blocks;
}

HoldfastTristate
holdfast_headset_usb_blocks_pairing (HoldfastHeadset *self)
{
  g_return_val_if_fail (HOLDFAST_IS_HEADSET (self), HOLDFAST_TRISTATE_UNKNOWN);

  return self->usb_blocks;
}

HoldfastMultipoint
holdfast_headset_get_multipoint (HoldfastHeadset *self)
{
  g_return_val_if_fail (HOLDFAST_IS_HEADSET (self), HOLDFAST_MULTIPOINT_UNKNOWN);

  return self->multipoint;
}

HoldfastTristate
holdfast_headset_is_multipoint_on_as_sold (HoldfastHeadset *self)
{
  g_return_val_if_fail (HOLDFAST_IS_HEADSET (self), HOLDFAST_TRISTATE_UNKNOWN);

  return self->multipoint_as_sold;
}

guint
holdfast_headset_get_year (HoldfastHeadset *self)
{
  g_return_val_if_fail (HOLDFAST_IS_HEADSET (self), 0);

  return self->year;
}

guint
holdfast_headset_get_memory_size (HoldfastHeadset *self)
{
  g_return_val_if_fail (HOLDFAST_IS_HEADSET (self), 0);

  return self->memory_size;
}

const HoldfastGesture *
holdfast_headset_get_first_time (HoldfastHeadset *self)
{
  g_return_val_if_fail (HOLDFAST_IS_HEADSET (self), NULL);

  return self->first_time;
}

const HoldfastGesture *
holdfast_headset_get_restart (HoldfastHeadset *self)
{
  g_return_val_if_fail (HOLDFAST_IS_HEADSET (self), NULL);

  return self->restart;
}

const HoldfastGesture *
holdfast_headset_get_factory_reset (HoldfastHeadset *self)
{
  g_return_val_if_fail (HOLDFAST_IS_HEADSET (self), NULL);

  return self->factory_reset;
}

GPtrArray *
holdfast_headset_get_pairing_ways (HoldfastHeadset *self)
{
  g_return_val_if_fail (HOLDFAST_IS_HEADSET (self), NULL);

  return self->ways;
}

HoldfastQuestion
holdfast_headset_get_question (HoldfastHeadset *self)
{
  g_return_val_if_fail (HOLDFAST_IS_HEADSET (self), HOLDFAST_QUESTION_NONE);

  for (guint i = 0; i < self->ways->len; i++) {
    const HoldfastGesture *way = g_ptr_array_index (self->ways, i);

    if (way->question != HOLDFAST_QUESTION_NONE)
      return way->question;
  }
  return HOLDFAST_QUESTION_NONE;
}

GPtrArray *
holdfast_headset_get_facts (HoldfastHeadset *self)
{
  g_return_val_if_fail (HOLDFAST_IS_HEADSET (self), NULL);

  return self->facts;
}

const HoldfastFact *
holdfast_headset_find_fact (HoldfastHeadset *self, const char *group, const char *key)
{
  g_return_val_if_fail (HOLDFAST_IS_HEADSET (self), NULL);
  g_return_val_if_fail (group != NULL, NULL);
  g_return_val_if_fail (key != NULL, NULL);

  return holdfast_facts_find (self->facts, group, key);
}
