/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gesture.h"
#include "headset.h"
#include "illustration.h"

G_BEGIN_DECLS

/**
 * HoldfastPose:
 *
 * Where the parts of a headset are that can be elsewhere; each from 0 to 1.
 */
typedef struct {
  double buds_out;    /* 0: in the case, or in the ears; 1: beside it */
  double lid_open;    /* of the case */
  double jack_out;    /* headphone cable; 1: out */
  double usb_out;     /* charging cable; 1: out */
  double switch_over; /* slide switch; 1: at Bluetooth */
} HoldfastPose;

/**
 * HoldfastPicturePlan:
 * @view: index of the view of the illustration
 * @words: what holds for conditions: the controls that this headset has
 * @controls: (nullable): what is touched
 * @lines: (nullable): how a finger comes to each
 * @n_controls: how many of them
 * @lights: the lights, and the same ones in close-ups
 * @n_lights: how many of them
 * @from: the pose before the step
 * @to: the pose after it
 * @frame: (nullable): what is looked at where nothing is pressed; NULL: all of it
 * @jack_shown: a headphone cable is to be seen
 * @usb_shown: a charging cable is to be seen
 * @has_lens: there is a close-up of the controls
 * @complete: FALSE if the illustration lacks something that the step needs
 *
 * What an illustration shows in one step of a gesture. Elements belong to the illustration.
 */
typedef struct {
  int view;
  GStrv words;
  const HoldfastElement *controls[2];
  const HoldfastElement *lines[2];
  guint n_controls;
  const HoldfastElement *lights[4];
  guint n_lights;
  HoldfastPose from;
  HoldfastPose to;
  const HoldfastElement *frame;
  gboolean jack_shown;
  gboolean usb_shown;
  gboolean has_lens;
  gboolean complete;
} HoldfastPicturePlan;

/**
 * holdfast_picture_plan_make:
 * @headset: (nullable): whose controls there are
 * @gesture: (nullable): NULL: the headset at rest
 * @step: index of the step; after the last: the pose that it ends in
 *
 * Pure: same arguments, same answer.
 *
 * Returns: (transfer full)
 */
HoldfastPicturePlan *holdfast_picture_plan_make (HoldfastIllustration *illustration,
                                                 HoldfastHeadset *headset,
                                                 const HoldfastGesture *gesture,
                                                 guint step);

/** Returns: TRUE if the step moves something */
gboolean holdfast_picture_plan_moves (const HoldfastPicturePlan *self);

void holdfast_picture_plan_free (HoldfastPicturePlan *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HoldfastPicturePlan, holdfast_picture_plan_free)

G_END_DECLS
