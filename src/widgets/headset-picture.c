/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "headset-picture.h"

#include <adwaita.h>

#include "headset-picture-private.h"

#define ASPECT (4.0 / 3.0)
#define SMALLEST_WIDTH 160
#define SMALLEST_WIDTH_WITHOUT_LENS 64
#define NATURAL_WIDTH 480
#define NATURAL_WIDTH_WITHOUT_LENS 128

G_DEFINE_FINAL_TYPE (HoldfastHeadsetPicture, holdfast_headset_picture, GTK_TYPE_WIDGET)

/* ---- Going on ---- */

static gboolean
is_moving (HoldfastHeadsetPicture *self, gint64 now_us)
{
  if (self->plan == NULL)
    return FALSE;
  if (holdfast_headset_picture_has_motion (self))
    return TRUE;
  if (self->camera_from.size.width > 0
      && now_us - self->camera_began_us < HOLDFAST_PICTURE_CAMERA_US)
    return TRUE;
  if (self->plan->n_controls == 0 || holdfast_headset_picture_get_step (self) == NULL
      || holdfast_headset_picture_get_step (self)->control == HOLDFAST_CONTROL_NONE)
    return FALSE;
  if (self->hand == HOLDFAST_PICTURE_HAND_POINT
      || (self->hand == HOLDFAST_PICTURE_HAND_PRESS && holdfast_headset_picture_is_tap (self)))
    return TRUE;
  return self->hand != self->hand_before
         && now_us - self->hand_began_us < HOLDFAST_PICTURE_PRESS_US;
}

static void update_tick (HoldfastHeadsetPicture *self);

static void
on_alarm (gpointer user_data)
{
  HoldfastHeadsetPicture *self = user_data;

  self->alarm = 0;
  update_tick (self);
}

static gboolean
on_tick (GtkWidget *widget, GdkFrameClock *frames, gpointer user_data)
{
  HoldfastHeadsetPicture *self = HOLDFAST_HEADSET_PICTURE (widget);
  gint64 now_us = holdfast_headset_picture_get_now_us (self);
  GdkRGBA light = holdfast_headset_picture_get_light (self, now_us);

  if (is_moving (self, now_us) || !gdk_rgba_equal (&light, &self->light_drawn))
    gtk_widget_queue_draw (widget);
  update_tick (self);
  return G_SOURCE_CONTINUE;
}

static void
stop_tick (HoldfastHeadsetPicture *self)
{
  if (self->tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick);
  self->tick = 0;
  if (self->alarm != 0 && self->clock != NULL)
    holdfast_clock_clear_alarm (self->clock, &self->alarm);
}

/* Frames are asked for only while something moves; a light that flashes is waited for in between.
 */
static void
update_tick (HoldfastHeadsetPicture *self)
{
  gint64 now_us = holdfast_headset_picture_get_now_us (self);
  gint64 next_us = G_MAXINT64;

  if (gtk_widget_get_mapped (GTK_WIDGET (self)) && self->plan != NULL
      && adw_get_enable_animations (GTK_WIDGET (self))) {
    GdkRGBA light = holdfast_headset_picture_get_light (self, now_us);

    next_us = self->plan->n_lights > 0 ? holdfast_headset_picture_get_next_light_us (self, now_us)
                                       : G_MAXINT64;
    if (is_moving (self, now_us) || !gdk_rgba_equal (&light, &self->light_drawn))
      next_us = now_us;
  }

  if (next_us > now_us && (self->clock != NULL || next_us == G_MAXINT64)) {
    stop_tick (self);
    if (next_us < G_MAXINT64)
      self->alarm = holdfast_clock_set_alarm (self->clock, next_us, on_alarm, self);
  } else if (self->tick == 0) {
    stop_tick (self);
    self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_tick, NULL, NULL);
  }
}

static void
refresh (HoldfastHeadsetPicture *self)
{
  gtk_widget_queue_draw (GTK_WIDGET (self));
  update_tick (self);
}

static void
update_camera (HoldfastHeadsetPicture *self)
{
  const HoldfastElement *frame = self->plan->frame;
  gboolean whole = holdfast_headset_picture_shows_lens (self)
                   || (self->hand != HOLDFAST_PICTURE_HAND_NONE && self->plan->n_controls > 0);
  graphene_rect_t to;

  to = !whole && frame != NULL ? frame->box : *holdfast_illustration_get_box (self->illustration);
  if (graphene_rect_equal (&to, &self->camera_to))
    return;
  self->camera_from
      = gtk_widget_get_mapped (GTK_WIDGET (self)) ? self->camera_to : (graphene_rect_t) { 0 };
  self->camera_to = to;
  self->camera_began_us = holdfast_headset_picture_get_now_us (self);
}

static void
make_plan (HoldfastHeadsetPicture *self)
{
  g_clear_pointer (&self->plan, holdfast_picture_plan_free);
  holdfast_headset_picture_drop_renders (self, TRUE);
  if (self->illustration == NULL) {
    refresh (self);
    return;
  }
  self->plan
      = holdfast_picture_plan_make (self->illustration, self->headset, self->gesture, self->step);
  if (!self->plan->complete)
    g_warning ("illustration %s: step %u of %s of %s cannot be shown",
               holdfast_illustration_get_name (self->illustration),
               self->step,
               self->gesture != NULL ? self->gesture->id : "nothing",
               holdfast_headset_get_id (self->headset));
  update_camera (self);
  refresh (self);
}

/* ---- The widget ---- */

static void
holdfast_headset_picture_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  HoldfastHeadsetPicture *self = HOLDFAST_HEADSET_PICTURE (widget);
  HoldfastMoment moment;

  if (self->plan == NULL)
    return;
  holdfast_headset_picture_get_moment (self, &moment);
  self->light_drawn = moment.light;
  holdfast_headset_picture_draw (self, snapshot, &moment);
}

static void
holdfast_headset_picture_measure (GtkWidget *widget,
                                  GtkOrientation orientation,
                                  int for_size,
                                  int *minimum,
                                  int *natural,
                                  int *minimum_baseline,
                                  int *natural_baseline)
{
  HoldfastHeadsetPicture *self = HOLDFAST_HEADSET_PICTURE (widget);
  double smallest = self->lens ? SMALLEST_WIDTH : SMALLEST_WIDTH_WITHOUT_LENS;
  double usual = self->lens ? NATURAL_WIDTH : NATURAL_WIDTH_WITHOUT_LENS;

  if (orientation == GTK_ORIENTATION_HORIZONTAL) {
    *minimum = (int) smallest;
    *natural = (int) (for_size < 0 ? usual : MAX (for_size * ASPECT, smallest));
  } else {
    *minimum = (int) (smallest / ASPECT);
    *natural = (int) ((for_size < 0 ? usual : MAX (for_size, smallest)) / ASPECT);
  }
}

static GtkSizeRequestMode
holdfast_headset_picture_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
holdfast_headset_picture_map (GtkWidget *widget)
{
  HoldfastHeadsetPicture *self = HOLDFAST_HEADSET_PICTURE (widget);
  gint64 now_us;

  GTK_WIDGET_CLASS (holdfast_headset_picture_parent_class)->map (widget);

  now_us = holdfast_headset_picture_get_now_us (self);
  self->step_began_us = now_us;
  self->hand_began_us = now_us;
  self->camera_from = (graphene_rect_t) { 0 };
  update_tick (self);
}

static void
holdfast_headset_picture_unmap (GtkWidget *widget)
{
  HoldfastHeadsetPicture *self = HOLDFAST_HEADSET_PICTURE (widget);

  stop_tick (self);
  /* Out of sight it costs nothing. */
  holdfast_headset_picture_drop_renders (self, FALSE);

  GTK_WIDGET_CLASS (holdfast_headset_picture_parent_class)->unmap (widget);
}

static void
update_palette (HoldfastHeadsetPicture *self)
{
  HoldfastPalette palette = { 0 };

  holdfast_palette_init_from_style (&palette);
  if (holdfast_palette_equal (&palette, &self->palette))
    return;
  self->palette = palette;
  holdfast_headset_picture_drop_renders (self, FALSE);
  refresh (self);
}

static void
holdfast_headset_picture_dispose (GObject *object)
{
  HoldfastHeadsetPicture *self = HOLDFAST_HEADSET_PICTURE (object);

  stop_tick (self);
  holdfast_headset_picture_drop_renders (self, TRUE);
  g_clear_pointer (&self->plan, holdfast_picture_plan_free);
  g_clear_pointer (&self->gesture, holdfast_gesture_free);
  g_clear_pointer (&self->light, holdfast_timeline_unref);
  g_clear_object (&self->illustration);
  g_clear_object (&self->hands);
  g_clear_object (&self->headset);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (holdfast_headset_picture_parent_class)->dispose (object);
}

static void
holdfast_headset_picture_finalize (GObject *object)
{
  HoldfastHeadsetPicture *self = HOLDFAST_HEADSET_PICTURE (object);

  g_array_unref (self->layers);

  G_OBJECT_CLASS (holdfast_headset_picture_parent_class)->finalize (object);
}

static void
holdfast_headset_picture_class_init (HoldfastHeadsetPictureClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = holdfast_headset_picture_dispose;
  object_class->finalize = holdfast_headset_picture_finalize;
  widget_class->snapshot = holdfast_headset_picture_snapshot;
  widget_class->measure = holdfast_headset_picture_measure;
  widget_class->get_request_mode = holdfast_headset_picture_get_request_mode;
  widget_class->map = holdfast_headset_picture_map;
  widget_class->unmap = holdfast_headset_picture_unmap;

  gtk_widget_class_set_css_name (widget_class, "headset-picture");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
holdfast_headset_picture_init (HoldfastHeadsetPicture *self)
{
  self->lens = TRUE;
  self->layers = g_array_new (FALSE, TRUE, sizeof (HoldfastLayer));
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  update_palette (self);
  g_signal_connect_object (adw_style_manager_get_default (),
                           "notify",
                           G_CALLBACK (update_palette),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_settings_get_default (),
                           "notify::gtk-enable-animations",
                           G_CALLBACK (refresh),
                           self,
                           G_CONNECT_SWAPPED);
}

GtkWidget *
holdfast_headset_picture_new (void)
{
  return g_object_new (HOLDFAST_TYPE_HEADSET_PICTURE, NULL);
}

void
holdfast_headset_picture_set_headset (HoldfastHeadsetPicture *self, HoldfastHeadset *headset)
{
  g_autoptr (GError) error = NULL;

  g_return_if_fail (HOLDFAST_IS_HEADSET_PICTURE (self));
  g_return_if_fail (headset == NULL || HOLDFAST_IS_HEADSET (headset));

  if (!g_set_object (&self->headset, headset))
    return;
  holdfast_headset_picture_drop_renders (self, TRUE);
  g_clear_pointer (&self->plan, holdfast_picture_plan_free);
  g_clear_pointer (&self->gesture, holdfast_gesture_free);
  g_clear_object (&self->illustration);
  self->step = 0;
  self->hand = self->hand_before = HOLDFAST_PICTURE_HAND_NONE;
  self->camera_to = (graphene_rect_t) { 0 };
  if (headset != NULL) {
    self->illustration
        = holdfast_illustration_load (holdfast_headset_get_picture (headset), &error);
    if (self->illustration == NULL)
      g_warning ("%s", error->message);
  }
  make_plan (self);
}

void
holdfast_headset_picture_set_clock (HoldfastHeadsetPicture *self, HoldfastClock *clock)
{
  gint64 now_us;

  g_return_if_fail (HOLDFAST_IS_HEADSET_PICTURE (self));
  g_return_if_fail (clock == NULL || HOLDFAST_IS_CLOCK (clock));

  if (clock == self->clock)
    return;
  stop_tick (self);
  g_set_object (&self->clock, clock);
  now_us = holdfast_headset_picture_get_now_us (self);
  self->step_began_us = self->hand_began_us = now_us;
  self->camera_from = (graphene_rect_t) { 0 };
  refresh (self);
}

void
holdfast_headset_picture_set_step (HoldfastHeadsetPicture *self,
                                   const HoldfastGesture *gesture,
                                   guint step,
                                   HoldfastPictureHand hand)
{
  gint64 now_us;
  gboolean same;

  g_return_if_fail (HOLDFAST_IS_HEADSET_PICTURE (self));
  g_return_if_fail (hand <= HOLDFAST_PICTURE_HAND_PRESS);

  now_us = holdfast_headset_picture_get_now_us (self);
  same = step == self->step && (gesture == NULL) == (self->gesture == NULL)
         && (gesture == NULL || g_str_equal (gesture->id, self->gesture->id));
  if (same && hand == self->hand)
    return;
  self->hand_before = same ? self->hand : HOLDFAST_PICTURE_HAND_NONE;
  self->hand = hand;
  self->hand_began_us = now_us;
  if (!same || self->hand_before == HOLDFAST_PICTURE_HAND_NONE)
    self->step_began_us = now_us;
  if (same) {
    if (self->plan != NULL)
      update_camera (self);
    refresh (self);
    return;
  }

  g_clear_pointer (&self->gesture, holdfast_gesture_free);
  self->gesture = gesture != NULL ? holdfast_gesture_copy (gesture) : NULL;
  self->step = step;
  make_plan (self);
}

void
holdfast_headset_picture_set_light (HoldfastHeadsetPicture *self,
                                    HoldfastTimeline *light,
                                    gint64 began_us)
{
  g_return_if_fail (HOLDFAST_IS_HEADSET_PICTURE (self));

  if (light != NULL)
    holdfast_timeline_ref (light);
  g_clear_pointer (&self->light, holdfast_timeline_unref);
  self->light = light;
  self->light_began_us = began_us;
  refresh (self);
}

void
holdfast_headset_picture_set_lens (HoldfastHeadsetPicture *self, gboolean show)
{
  g_return_if_fail (HOLDFAST_IS_HEADSET_PICTURE (self));

  if (self->lens == !!show)
    return;
  self->lens = !!show;
  if (self->plan != NULL)
    update_camera (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  refresh (self);
}

/* ---- For tests ---- */

guint
holdfast_headset_picture_get_n_controls (HoldfastHeadsetPicture *self)
{
  return self->plan != NULL ? self->plan->n_controls : 0;
}

static void
to_widget (const HoldfastCamera *camera, const graphene_rect_t *box, graphene_rect_t *ret_box)
{
  graphene_rect_init (ret_box,
                      box->origin.x * camera->scale + camera->x,
                      box->origin.y * camera->scale + camera->y,
                      box->size.width * camera->scale,
                      box->size.height * camera->scale);
}

void
holdfast_headset_picture_get_control_box (HoldfastHeadsetPicture *self,
                                          guint index,
                                          graphene_rect_t *ret_box)
{
  HoldfastCamera camera = holdfast_headset_picture_look_at (self, &self->camera_to);

  g_return_if_fail (index < holdfast_headset_picture_get_n_controls (self));

  to_widget (&camera, &self->plan->controls[index]->box, ret_box);
}

gboolean
holdfast_headset_picture_get_lens (HoldfastHeadsetPicture *self,
                                   guint number,
                                   graphene_point_t *ret_centre,
                                   float *ret_radius)
{
  HoldfastCamera camera = holdfast_headset_picture_look_at (self, &self->camera_to);
  const HoldfastElement *lens;
  graphene_rect_t box;

  if (!holdfast_headset_picture_shows_lens (self))
    return FALSE;
  lens = holdfast_illustration_find (
      self->illustration, self->plan->view, number == 1 ? "lens-rim" : "lens-2-rim");
  if (lens == NULL)
    return FALSE;
  to_widget (&camera, &lens->box, &box);
  graphene_rect_get_center (&box, ret_centre);
  *ret_radius = box.size.width / 2;
  return TRUE;
}

gboolean
holdfast_headset_picture_is_ticking (HoldfastHeadsetPicture *self)
{
  return self->tick != 0;
}
