/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "clock.h"
#include "headset.h"

G_BEGIN_DECLS

/**
 * HoldfastVirtualMode: what the headset is doing.
 */
typedef enum {
  HOLDFAST_VIRTUAL_OFF,
  HOLDFAST_VIRTUAL_ON,      /* on, reachable by what it is paired with, not in pairing mode */
  HOLDFAST_VIRTUAL_PAIRING, /* in pairing mode, for its window */
  HOLDFAST_VIRTUAL_CONNECTED,
} HoldfastVirtualMode;

/**
 * HoldfastVirtualHeadset:
 *
 * A headset without plastic: controls pressed and released on a clock, a light, a voice, a memory.
 * Knows nothing of D-Bus. Follows its model's gestures: pairing mode comes when a pairing way's
 * last control was held for the usual time from the right start state; holding on into an erasing
 * gesture erases, as in life.
 *
 * Signals: "changed" (): mode, light, voice, case, lid or cables changed. "spoke" (const char
 * *phrase): untranslated.
 */
#define HOLDFAST_TYPE_VIRTUAL_HEADSET (holdfast_virtual_headset_get_type ())
G_DECLARE_FINAL_TYPE (
    HoldfastVirtualHeadset, holdfast_virtual_headset, HOLDFAST, VIRTUAL_HEADSET, GObject)

HoldfastVirtualHeadset *holdfast_virtual_headset_new (HoldfastClock *clock, HoldfastHeadset *model);

HoldfastHeadset *holdfast_virtual_headset_get_model (HoldfastVirtualHeadset *self);
HoldfastVirtualMode holdfast_virtual_headset_get_mode (HoldfastVirtualHeadset *self);

/** A finger goes down on, or up from, a control. Controls that the model does not have do nothing.
 */
void holdfast_virtual_headset_press (HoldfastVirtualHeadset *self, HoldfastControl control);
void holdfast_virtual_headset_release (HoldfastVirtualHeadset *self, HoldfastControl control);

/**
 * holdfast_virtual_headset_act:
 *
 * Does what a step asks that takes no time and no control: earbuds, lid, cables, the slide switch.
 * Steps that hold, press or wait do nothing here.
 */
void holdfast_virtual_headset_act (HoldfastVirtualHeadset *self, HoldfastAction action);

/**
 * holdfast_virtual_headset_perform:
 * @gesture: (transfer none): one of the model's own; must live as long as @self
 *
 * An invisible hand does the whole gesture on the clock, each hold for its usual time, and lets go.
 *
 * A second call begins anew. A finger of press() or release() during it is a second hand.
 */
void holdfast_virtual_headset_perform (HoldfastVirtualHeadset *self,
                                       const HoldfastGesture *gesture);

/** Both earbuds into the case or out of it, lid, headphone cable, USB cable. */
void holdfast_virtual_headset_set_in_case (HoldfastVirtualHeadset *self, gboolean in_case);
void holdfast_virtual_headset_set_lid_open (HoldfastVirtualHeadset *self, gboolean open);
void holdfast_virtual_headset_set_cable (HoldfastVirtualHeadset *self, gboolean plugged);
void holdfast_virtual_headset_set_charging (HoldfastVirtualHeadset *self, gboolean charging);
gboolean holdfast_virtual_headset_get_in_case (HoldfastVirtualHeadset *self);
gboolean holdfast_virtual_headset_get_lid_open (HoldfastVirtualHeadset *self);
gboolean holdfast_virtual_headset_get_cable (HoldfastVirtualHeadset *self);
gboolean holdfast_virtual_headset_get_charging (HoldfastVirtualHeadset *self);
/** @percent: 0 to 100; below 5 it does not switch on and the light shows red */
void holdfast_virtual_headset_set_battery (HoldfastVirtualHeadset *self, int percent);

int holdfast_virtual_headset_get_battery (HoldfastVirtualHeadset *self);

/**
 * A phone holds it: while it is merely on, nobody else is let in, unless the model takes two.
 * Pairing mode lets the phone go.
 */
void holdfast_virtual_headset_set_phone (HoldfastVirtualHeadset *self, gboolean connected);
gboolean holdfast_virtual_headset_has_phone (HoldfastVirtualHeadset *self);

/** Shortcut for tests and for the radio: into or out of a mode without a finger. */
void holdfast_virtual_headset_set_mode (HoldfastVirtualHeadset *self, HoldfastVirtualMode mode);

/** Returns: (transfer none) (nullable): the pattern the light shows; NULL when dark */
const HoldfastTimeline *holdfast_virtual_headset_get_light (HoldfastVirtualHeadset *self);
/** Returns: when that pattern began, in microseconds of the clock */
gint64 holdfast_virtual_headset_get_light_began_us (HoldfastVirtualHeadset *self);

/**
 * The memory of pairings, newest first; a ninth drops the oldest (or one more than the model's own
 * number). A headset that has nothing in it enters pairing mode when it is switched on. A new one
 * remembers one phone, so that it does not. @address: of the other side
 */
gboolean holdfast_virtual_headset_remembers (HoldfastVirtualHeadset *self, const char *address);
void holdfast_virtual_headset_remember (HoldfastVirtualHeadset *self, const char *address);
void holdfast_virtual_headset_forget (HoldfastVirtualHeadset *self, const char *address);
void holdfast_virtual_headset_forget_all (HoldfastVirtualHeadset *self);
guint holdfast_virtual_headset_count_remembered (HoldfastVirtualHeadset *self);

G_END_DECLS
