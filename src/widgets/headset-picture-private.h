/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "headset-picture.h"
#include "illustration.h"
#include "picture-plan.h"

G_BEGIN_DECLS

/* A run of shapes that moves as one. */
typedef struct {
  const HoldfastElement *owner; /* (nullable): what moves, or appears */
  guint first;
  guint end;
  gboolean in_lens;
  HoldfastRender render;
} HoldfastLayer;

/* Where the picture is looked at: units of the illustration to pixels of the widget. */
typedef struct {
  float scale;
  float x;
  float y;
} HoldfastCamera;

/* What a moment looks like. */
typedef struct {
  HoldfastPose pose;
  double moving; /* opacity of what moves */
  double press;  /* 0: the finger is above the control, 1: on it */
  double hover;  /* -1 to 1: how the finger floats */
  double pulse;  /* 0 to 1: the ring that spreads; 0: none */
  double hand;   /* opacity of the hand */
  GdkRGBA light; /* alpha: how bright */
  HoldfastCamera camera;
  float sharp; /* scale of the camera when it is at rest */
} HoldfastMoment;

struct _HoldfastHeadsetPicture {
  GtkWidget parent_instance;

  HoldfastHeadset *headset;
  HoldfastClock *clock;
  HoldfastGesture *gesture;
  guint step;
  HoldfastPictureHand hand;
  HoldfastTimeline *light;
  gint64 light_began_us;
  gboolean lens;

  HoldfastIllustration *illustration;
  HoldfastIllustration *hands;
  HoldfastPicturePlan *plan;
  HoldfastPalette palette;
  GArray *layers; /* HoldfastLayer */
  HoldfastRender lit[4];
  HoldfastRender hand_render;
  float rendered_scale; /* pixels of the screen for a unit; 0: nothing is rendered */

  gint64 step_began_us;
  gint64 hand_began_us;
  gint64 camera_began_us;
  HoldfastPictureHand hand_before;
  graphene_rect_t camera_from; /* in units of the illustration; of no size: no change */
  graphene_rect_t camera_to;
  GdkRGBA light_drawn;
  guint tick;
  guint alarm;
};

/** Returns: whether the close-up is to be seen */
gboolean holdfast_headset_picture_shows_lens (HoldfastHeadsetPicture *self);
gboolean holdfast_headset_picture_has_motion (HoldfastHeadsetPicture *self);
/** Returns: what the clock, or else the screen, says; in microseconds */
gint64 holdfast_headset_picture_get_now_us (HoldfastHeadsetPicture *self);
void holdfast_headset_picture_get_moment (HoldfastHeadsetPicture *self, HoldfastMoment *ret_moment);

/** Forgets all that is rendered; with @layers, how it is split as well */
void holdfast_headset_picture_drop_renders (HoldfastHeadsetPicture *self, gboolean layers);
void holdfast_headset_picture_draw (HoldfastHeadsetPicture *self,
                                    GtkSnapshot *snapshot,
                                    const HoldfastMoment *moment);

/* For tests: where things are, in pixels of the widget. */
guint holdfast_headset_picture_get_n_controls (HoldfastHeadsetPicture *self);
void holdfast_headset_picture_get_control_box (HoldfastHeadsetPicture *self,
                                               guint index,
                                               graphene_rect_t *ret_box);
/** Returns: FALSE if there is no such close-up; the first is number 1 */
gboolean holdfast_headset_picture_get_lens (HoldfastHeadsetPicture *self,
                                            guint number,
                                            graphene_point_t *ret_centre,
                                            float *ret_radius);
gboolean holdfast_headset_picture_is_ticking (HoldfastHeadsetPicture *self);

G_END_DECLS
