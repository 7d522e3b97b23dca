/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "clock.h"
#include "gesture.h"
#include "headset.h"
#include "timeline.h"

G_BEGIN_DECLS

/**
 * HoldfastPictureHand:
 *
 * What the hand in the picture does.
 */
typedef enum {
  HOLDFAST_PICTURE_HAND_NONE,  /* is not there; nothing is highlighted */
  HOLDFAST_PICTURE_HAND_POINT, /* shows the control; or what is to be done is done, again and again
                                */
  HOLDFAST_PICTURE_HAND_PRESS, /* presses the control and stays */
} HoldfastPictureHand;

/**
 * HoldfastHeadsetPicture:
 *
 * The headset, seen from where the control can be seen; the control with a finger at it; a close-up
 * of it; the light. It never names what it shows: whoever uses it sets its accessible label.
 *
 * It moves only while it is mapped, something has to move, and the desktop wants animations;
 * without them it shows how the step ends, and a light that would flash is lit.
 */
#define HOLDFAST_TYPE_HEADSET_PICTURE (holdfast_headset_picture_get_type ())
G_DECLARE_FINAL_TYPE (
    HoldfastHeadsetPicture, holdfast_headset_picture, HOLDFAST, HEADSET_PICTURE, GtkWidget)

GtkWidget *holdfast_headset_picture_new (void);

/**
 * holdfast_headset_picture_set_headset:
 * @headset: (nullable): NULL shows nothing
 *
 * Shows another headset, at rest. If its illustration cannot be read, nothing is shown and the log
 * says why.
 */
void holdfast_headset_picture_set_headset (HoldfastHeadsetPicture *self, HoldfastHeadset *headset);

/**
 * holdfast_headset_picture_set_clock:
 * @clock: (nullable): where time comes from; NULL: from the screen's frames
 */
void holdfast_headset_picture_set_clock (HoldfastHeadsetPicture *self, HoldfastClock *clock);

/**
 * holdfast_headset_picture_set_step:
 * @gesture: (nullable): a gesture, which is copied; NULL: the headset at rest
 * @step: index of one of its steps; the number of its steps: when all are done
 * @hand: what the hand does
 */
void holdfast_headset_picture_set_step (HoldfastHeadsetPicture *self,
                                        const HoldfastGesture *gesture,
                                        guint step,
                                        HoldfastPictureHand hand);

/**
 * holdfast_headset_picture_set_light:
 * @light: (nullable): the pattern; NULL: the light is dark
 * @began_us: when the pattern began, in microseconds of the clock
 */
void holdfast_headset_picture_set_light (HoldfastHeadsetPicture *self,
                                         HoldfastTimeline *light,
                                         gint64 began_us);

/**
 * holdfast_headset_picture_set_lens:
 * @show: FALSE: no close-up, and the picture may be very small
 */
void holdfast_headset_picture_set_lens (HoldfastHeadsetPicture *self, gboolean show);

G_END_DECLS
