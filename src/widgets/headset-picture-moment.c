/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>

#include <adwaita.h>

#include "headset-picture-private.h"

/* Times in microseconds. A step is shown again and again: at rest, moving, done, back. */
#define REST_US 600000
#define MOVE_US 1100000
#define DONE_US 1200000
#define BACK_US 400000
#define LOOP_US (REST_US + MOVE_US + DONE_US + BACK_US)
#define TAP_US 1600000
#define HOVER_US 2000000
#define AFTERGLOW_US 60000
#define AFTERGLOW_SAMPLES 6

/* ---- Time ---- */

gint64
holdfast_headset_picture_get_now_us (HoldfastHeadsetPicture *self)
{
  GdkFrameClock *frames;

  if (self->clock != NULL)
    return holdfast_clock_get_now_us (self->clock);
  frames = gtk_widget_get_frame_clock (GTK_WIDGET (self));
  return frames != NULL ? gdk_frame_clock_get_frame_time (frames) : 0;
}

static double
get_part (gint64 since_us, gint64 length_us)
{
  return CLAMP ((double) since_us / (double) length_us, 0, 1);
}

static double
ease (double part)
{
  return part * part * (3 - 2 * part);
}

const HoldfastStep *
holdfast_headset_picture_get_step (HoldfastHeadsetPicture *self)
{
  if (self->gesture == NULL || self->step >= holdfast_gesture_get_n_steps (self->gesture))
    return NULL;
  return holdfast_gesture_get_step (self->gesture, self->step);
}

/* ---- The light ---- */

static GdkRGBA
get_led_colour (HoldfastLed led)
{
  static const GdkRGBA colours[] = {
    [HOLDFAST_LED_OFF] = { 0,     0,     0,     0 },
    [HOLDFAST_LED_BLUE] = { 0.24f, 0.56f, 1,     1 },
    [HOLDFAST_LED_RED] = { 1,     0.25f, 0.22f, 1 },
    [HOLDFAST_LED_ORANGE] = { 1,     0.58f, 0.12f, 1 },
    [HOLDFAST_LED_GREEN] = { 0.2f,  0.82f, 0.42f, 1 },
    [HOLDFAST_LED_WHITE] = { 1,     1,     1,     1 },
  };

  return colours[led];
}

/* The colour in which a light that flashes is lit. */
static HoldfastLed
get_lit_led (HoldfastTimeline *light)
{
  gint64 at_us = 0;
  HoldfastLedSample sample;

  do {
    holdfast_timeline_sample (light, at_us, &sample);
    if (sample.led != HOLDFAST_LED_OFF || sample.next_change_us == G_MAXINT64)
      return sample.led;
    at_us += sample.next_change_us;
  } while (at_us < holdfast_timeline_get_period_us (light));
  return sample.led;
}

/* A light does not jump: it is what it was on the average of a short time. */
GdkRGBA
holdfast_headset_picture_get_light (HoldfastHeadsetPicture *self, gint64 now_us)
{
  GdkRGBA sum = { 0 };

  if (self->light == NULL)
    return sum;
  if (!adw_get_enable_animations (GTK_WIDGET (self)))
    return get_led_colour (get_lit_led (self->light));

  for (guint i = 0; i < AFTERGLOW_SAMPLES; i++) {
    gint64 at_us = now_us - self->light_began_us - i * AFTERGLOW_US / (AFTERGLOW_SAMPLES - 1);
    HoldfastLedSample sample;
    GdkRGBA colour;

    holdfast_timeline_sample (self->light, MAX (at_us, 0), &sample);
    colour = get_led_colour (sample.led);
    sum.red += colour.red * colour.alpha;
    sum.green += colour.green * colour.alpha;
    sum.blue += colour.blue * colour.alpha;
    sum.alpha += colour.alpha;
  }
  if (sum.alpha > 0) {
    sum.red /= sum.alpha;
    sum.green /= sum.alpha;
    sum.blue /= sum.alpha;
    sum.alpha /= AFTERGLOW_SAMPLES;
  }
  return sum;
}

/* When the light is next to be looked at; @now_us while it changes, G_MAXINT64 if it never does. */
gint64
holdfast_headset_picture_get_next_light_us (HoldfastHeadsetPicture *self, gint64 now_us)
{
  HoldfastLedSample now;
  HoldfastLedSample before;
  gint64 since_us = MAX (now_us - self->light_began_us, 0);

  if (self->light == NULL)
    return G_MAXINT64;
  holdfast_timeline_sample (self->light, since_us, &now);
  if (now.next_change_us == G_MAXINT64)
    return G_MAXINT64;
  holdfast_timeline_sample (self->light, MAX (since_us - AFTERGLOW_US, 0), &before);
  if (before.led != now.led)
    return now_us;
  return now_us + MAX (now.next_change_us, 1);
}

/* ---- The moment ---- */

gboolean
holdfast_headset_picture_shows_lens (HoldfastHeadsetPicture *self)
{
  return self->lens && self->plan != NULL && self->plan->has_lens;
}

/* Whether the step is something that is done over and over, such as putting earbuds in. */
gboolean
holdfast_headset_picture_has_motion (HoldfastHeadsetPicture *self)
{
  return self->plan != NULL && self->hand != HOLDFAST_PICTURE_HAND_NONE
         && holdfast_picture_plan_moves (self->plan);
}

static HoldfastPose
mix_poses (const HoldfastPose *from, const HoldfastPose *to, double part)
{
  return (HoldfastPose) {
    .buds_out = from->buds_out + (to->buds_out - from->buds_out) * part,
    .lid_open = from->lid_open + (to->lid_open - from->lid_open) * part,
    .jack_out = from->jack_out + (to->jack_out - from->jack_out) * part,
    .usb_out = from->usb_out + (to->usb_out - from->usb_out) * part,
    .switch_over = from->switch_over + (to->switch_over - from->switch_over) * part,
  };
}

static void
set_motion (HoldfastHeadsetPicture *self, gint64 now_us, HoldfastMoment *moment)
{
  gint64 at_us = (now_us - self->step_began_us) % LOOP_US;

  moment->moving = 1;
  if (self->hand == HOLDFAST_PICTURE_HAND_NONE) {
    moment->pose = self->plan->from;
  } else if (!adw_get_enable_animations (GTK_WIDGET (self))) {
    moment->pose = self->plan->to;
  } else if (at_us < REST_US + MOVE_US + DONE_US) {
    moment->pose = mix_poses (
        &self->plan->from, &self->plan->to, ease (get_part (at_us - REST_US, MOVE_US)));
  } else {
    /* It fades and is back; it does not move back, which would be another thing to do. */
    double part = get_part (at_us - REST_US - MOVE_US - DONE_US, BACK_US);

    moment->pose = part < 0.5 ? self->plan->to : self->plan->from;
    if (holdfast_picture_plan_moves (self->plan))
      moment->moving = fabs (1 - 2 * part);
  }
}

gboolean
holdfast_headset_picture_is_tap (HoldfastHeadsetPicture *self)
{
  const HoldfastStep *step = holdfast_headset_picture_get_step (self);

  return step != NULL && step->action == HOLDFAST_ACTION_PRESS;
}

static void
set_hand (HoldfastHeadsetPicture *self, gint64 now_us, HoldfastMoment *moment)
{
  gboolean animate = adw_get_enable_animations (GTK_WIDGET (self));
  double done
      = animate ? ease (get_part (now_us - self->hand_began_us, HOLDFAST_PICTURE_PRESS_US)) : 1;
  double was = self->hand_before == HOLDFAST_PICTURE_HAND_PRESS;
  double is = self->hand == HOLDFAST_PICTURE_HAND_PRESS;

  if (self->plan->n_controls == 0 || holdfast_headset_picture_get_step (self) == NULL
      || holdfast_headset_picture_get_step (self)->control == HOLDFAST_CONTROL_NONE)
    return;
  moment->press = was + (is - was) * done;
  moment->hand = self->hand != HOLDFAST_PICTURE_HAND_NONE;
  if (!animate)
    return;
  if (is > 0 && holdfast_headset_picture_is_tap (self)) {
    double part = (double) ((now_us - self->hand_began_us) % TAP_US) / TAP_US;

    moment->press = part < 0.3 ? sin (part / 0.3 * G_PI) : 0;
  } else if (self->hand == HOLDFAST_PICTURE_HAND_POINT) {
    double part = (double) ((now_us - self->step_began_us) % HOVER_US) / HOVER_US;

    moment->hover = sin (part * 2 * G_PI);
    moment->pulse = part;
  }
}

HoldfastCamera
holdfast_headset_picture_look_at (HoldfastHeadsetPicture *self, const graphene_rect_t *rect)
{
  float width = (float) gtk_widget_get_width (GTK_WIDGET (self));
  float height = (float) gtk_widget_get_height (GTK_WIDGET (self));
  float ratio = (float) gtk_widget_get_scale_factor (GTK_WIDGET (self));
  HoldfastCamera camera = { .scale = 1 };

  if (rect->size.width <= 0 || rect->size.height <= 0 || width <= 0 || height <= 0)
    return camera;
  camera.scale = MIN (width / rect->size.width, height / rect->size.height);
  camera.x = (width - rect->size.width * camera.scale) / 2 - rect->origin.x * camera.scale;
  camera.y = (height - rect->size.height * camera.scale) / 2 - rect->origin.y * camera.scale;
  camera.x = roundf (camera.x * ratio) / ratio;
  camera.y = roundf (camera.y * ratio) / ratio;
  return camera;
}

void
holdfast_headset_picture_get_moment (HoldfastHeadsetPicture *self, HoldfastMoment *ret_moment)
{
  gint64 now_us = holdfast_headset_picture_get_now_us (self);
  double part = ease (get_part (now_us - self->camera_began_us, HOLDFAST_PICTURE_CAMERA_US));

  *ret_moment = (HoldfastMoment) { 0 };
  set_motion (self, now_us, ret_moment);
  set_hand (self, now_us, ret_moment);
  ret_moment->light = holdfast_headset_picture_get_light (self, now_us);
  ret_moment->camera = holdfast_headset_picture_look_at (self, &self->camera_to);
  ret_moment->sharp = ret_moment->camera.scale;
  if (part < 1 && self->camera_from.size.width > 0
      && adw_get_enable_animations (GTK_WIDGET (self))) {
    graphene_rect_t between;

    graphene_rect_interpolate (&self->camera_from, &self->camera_to, part, &between);
    ret_moment->camera = holdfast_headset_picture_look_at (self, &between);
  }
}
