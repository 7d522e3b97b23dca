/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "clock.h"
#include "timeline.h"

G_BEGIN_DECLS

/**
 * HoldfastLightView:
 *
 * A headset's light, round on a dark bezel, that plays a pattern. Its words for a screen reader are
 * those of holdfast_light_describe().
 *
 * No pattern flashes more than three times in a second, but two lights beside each other could
 * together: **in one window only one light may play at a time**, the one under the pointer or the
 * focus. Each stands still until it is told to play.
 *
 * Standing still it shows the colour it has longest. It wakes only when the light changes, and
 * only while it plays and is mapped; a change fades within 60 ms, or at once without animations.
 *
 * Property, read-only, notified on change: "led" (int): the #HoldfastLed that is shown.
 */
#define HOLDFAST_TYPE_LIGHT_VIEW (holdfast_light_view_get_type ())
G_DECLARE_FINAL_TYPE (HoldfastLightView, holdfast_light_view, HOLDFAST, LIGHT_VIEW, GtkWidget)

GtkWidget *holdfast_light_view_new (void);

/** @clock: (nullable): the only source of time; without one it stands still */
void holdfast_light_view_set_clock (HoldfastLightView *self, HoldfastClock *clock);
/**
 * holdfast_light_view_set_timeline:
 * @timeline: (nullable): the pattern; NULL for a light of which nothing is known, which is dark
 * @began_us: when the pattern began, by the clock
 */
void holdfast_light_view_set_timeline (HoldfastLightView *self,
                                       HoldfastTimeline *timeline,
                                       gint64 began_us);
void holdfast_light_view_set_playing (HoldfastLightView *self, gboolean playing);
gboolean holdfast_light_view_get_playing (HoldfastLightView *self);
HoldfastLed holdfast_light_view_get_led (HoldfastLightView *self);

G_END_DECLS
