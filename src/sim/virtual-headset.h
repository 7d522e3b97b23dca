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
  HOLDFAST_VIRTUAL_ON,          /* on, reachable by what it is paired with, not in pairing mode */
  HOLDFAST_VIRTUAL_PAIRING,     /* in pairing mode, for its window */
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
 * Signals: "changed" (): mode, light or voice changed. "spoke" (const char *phrase): untranslated.
 */
#define HOLDFAST_TYPE_VIRTUAL_HEADSET (holdfast_virtual_headset_get_type ())
G_DECLARE_FINAL_TYPE (HoldfastVirtualHeadset,
                      holdfast_virtual_headset,
                      HOLDFAST,
                      VIRTUAL_HEADSET,
                      GObject)

HoldfastVirtualHeadset *holdfast_virtual_headset_new (HoldfastClock *clock, HoldfastHeadset *model);

HoldfastHeadset *holdfast_virtual_headset_get_model (HoldfastVirtualHeadset *self);
HoldfastVirtualMode holdfast_virtual_headset_get_mode (HoldfastVirtualHeadset *self);

/** A finger goes down on, or up from, a control. Controls that the model does not have do nothing. */
void holdfast_virtual_headset_press (HoldfastVirtualHeadset *self, HoldfastControl control);
void holdfast_virtual_headset_release (HoldfastVirtualHeadset *self, HoldfastControl control);

/** Both earbuds into the case or out of it, lid, headphone cable, USB cable. */
void holdfast_virtual_headset_set_in_case (HoldfastVirtualHeadset *self, gboolean in_case);
void holdfast_virtual_headset_set_cable (HoldfastVirtualHeadset *self, gboolean plugged);
void holdfast_virtual_headset_set_charging (HoldfastVirtualHeadset *self, gboolean charging);
/** @percent: 0 to 100; below 5 it does not switch on and the light shows red */
void holdfast_virtual_headset_set_battery (HoldfastVirtualHeadset *self, int percent);

/** Shortcut for tests: into or out of pairing mode without a finger. */
void holdfast_virtual_headset_set_mode (HoldfastVirtualHeadset *self, HoldfastVirtualMode mode);

/** Returns: (transfer none) (nullable): the pattern the light shows; NULL when dark */
const HoldfastTimeline *holdfast_virtual_headset_get_light (HoldfastVirtualHeadset *self);
/** Returns: when that pattern began, in microseconds of the clock */
gint64 holdfast_virtual_headset_get_light_began_us (HoldfastVirtualHeadset *self);

/** The memory of pairings, newest first; a ninth drops the oldest. @address: of the other side */
gboolean holdfast_virtual_headset_remembers (HoldfastVirtualHeadset *self, const char *address);
void holdfast_virtual_headset_remember (HoldfastVirtualHeadset *self, const char *address);
void holdfast_virtual_headset_forget (HoldfastVirtualHeadset *self, const char *address);
void holdfast_virtual_headset_forget_all (HoldfastVirtualHeadset *self);
guint holdfast_virtual_headset_count_remembered (HoldfastVirtualHeadset *self);

G_END_DECLS
