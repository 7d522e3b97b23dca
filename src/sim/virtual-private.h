/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the files of the virtual headset share. Nobody outside src/sim includes this.
 *
 * virtual-headset.c  its state, its power, its case and its memory
 * virtual-hold.c     what fingers mean
 * virtual-hand.c     an invisible hand
 */

#include "virtual-headset.h"

G_BEGIN_DECLS

/* An illustration: four flashes a person sees when all pairings are gone. */
#define VIRTUAL_LIGHT_ERASED "blue:250 off:250"

typedef struct {
  const HoldfastGesture *gesture;
  guint done; /* holds of it that were done, in order */
} VirtualWatch;

struct _HoldfastVirtualHeadset {
  GObject parent_instance;

  HoldfastClock *clock;
  HoldfastHeadset *model;

  HoldfastVirtualMode mode;
  gboolean phone;
  gboolean in_case;
  gboolean lid_open;
  gboolean cable;
  gboolean charging;
  gboolean switched_to_bluetooth;
  int battery;
  GPtrArray *memory;

  guint controls; /* bit per control that there is */
  guint down;     /* bit per control under a finger */
  gboolean slipped;
  gboolean was_on; /* when the first finger came down */
  gint64 hold_began_us;
  gint64 handled_ms; /* of this hold, so far */
  GArray *watches;
  guint hold_alarm;
  guint window_alarm;
  guint start_alarm;

  const HoldfastGesture *performing;
  guint performing_step;
  guint hand_alarm;

  HoldfastTimeline *light;
  gint64 light_began_us;
};

/* virtual-headset.c */
gboolean virtual_is_earbuds (HoldfastVirtualHeadset *self);
/* @gesture: (nullable): the way that was taken; NULL for none, as when it is new */
void virtual_enter_pairing (HoldfastVirtualHeadset *self, const HoldfastGesture *gesture);
void virtual_switch_on (HoldfastVirtualHeadset *self);
void virtual_switch_off (HoldfastVirtualHeadset *self);
/* @illustration: (nullable): what the light does meanwhile */
void virtual_restart (HoldfastVirtualHeadset *self, const char *illustration);

/* virtual-hold.c */
/* @gesture: (nullable) */
void virtual_watch (HoldfastVirtualHeadset *self, const HoldfastGesture *gesture);
void virtual_add_power_button (HoldfastVirtualHeadset *self);

/* virtual-hand.c */
void virtual_let_hand_go (HoldfastVirtualHeadset *self);

G_END_DECLS
