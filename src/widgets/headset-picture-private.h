/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "headset-picture.h"
#include "illustration.h"
#include "picture-plan.h"

G_BEGIN_DECLS

/* How long it takes to press and let go, and to look elsewhere; in microseconds. */
#define HOLDFAST_PICTURE_PRESS_US 200000
#define HOLDFAST_PICTURE_CAMERA_US 350000

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

/* What a part of the drawing is told. */
typedef struct {
  HoldfastHeadsetPicture *self;
  GtkSnapshot *snapshot;
  const HoldfastMoment *moment;
  float unit;  /* pixels of the widget for a unit */
  float ratio; /* pixels of the screen for one of the widget */
} HoldfastDrawing;

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

const HoldfastStep *holdfast_headset_picture_get_step (HoldfastHeadsetPicture *self);
/** Returns: TRUE if the step is a short press, which is done again and again */
gboolean holdfast_headset_picture_is_tap (HoldfastHeadsetPicture *self);
/** Returns: the colour of the light; its alpha is how bright it is */
GdkRGBA holdfast_headset_picture_get_light (HoldfastHeadsetPicture *self, gint64 now_us);
/** Returns: when it is next to be looked at; @now_us while it changes, G_MAXINT64 if it never does
 */
gint64 holdfast_headset_picture_get_next_light_us (HoldfastHeadsetPicture *self, gint64 now_us);
/** Returns: what shows all of @rect, in units of the illustration, in the middle of the widget */
HoldfastCamera holdfast_headset_picture_look_at (HoldfastHeadsetPicture *self,
                                                 const graphene_rect_t *rect);

/** Forgets all that is rendered; with @layers, how it is split as well */
void holdfast_headset_picture_drop_renders (HoldfastHeadsetPicture *self, gboolean layers);
void holdfast_headset_picture_draw (HoldfastHeadsetPicture *self,
                                    GtkSnapshot *snapshot,
                                    const HoldfastMoment *moment);

/** Draws a texture where it belongs; lengths are units of the illustration */
void holdfast_drawing_append (const HoldfastDrawing *drawing, const HoldfastRender *render);
/** Moves all that is drawn next to where @element is now, with whatever carries it */
void holdfast_drawing_follow (const HoldfastDrawing *drawing, const HoldfastElement *element);
/** Returns: where a moving part is: 0 where it is drawn, 1 at its other place */
double holdfast_drawing_get_place (const HoldfastElement *owner, const HoldfastPose *pose);

void holdfast_drawing_mark_controls (const HoldfastDrawing *drawing, gboolean in_lens);
void holdfast_drawing_draw_lights (const HoldfastDrawing *drawing, gboolean in_lens);
void holdfast_drawing_draw_arrow (const HoldfastDrawing *drawing, const HoldfastElement *owner);
void holdfast_drawing_draw_hands (const HoldfastDrawing *drawing);

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
