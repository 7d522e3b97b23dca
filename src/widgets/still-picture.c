/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "still-picture.h"

#include "illustration.h"
#include "picture-plan.h"

struct _HoldfastStillPicture {
  GtkWidget parent_instance;

  int height;
  HoldfastIllustration *illustration;
  HoldfastStill still;
  GStrv words; /* owned for @still */
  char *mark;  /* owned for @still */
  HoldfastPalette palette;
  GdkTexture *texture;
  float rendered_scale;
};

G_DEFINE_FINAL_TYPE (HoldfastStillPicture, holdfast_still_picture, GTK_TYPE_WIDGET)

static int
get_width (HoldfastStillPicture *self)
{
  return self->height * 4 / 3;
}

static float
get_ratio (HoldfastStillPicture *self)
{
  GtkNative *native = gtk_widget_get_native (GTK_WIDGET (self));

  return native != NULL && gtk_native_get_surface (native) != NULL
             ? (float) gdk_surface_get_scale (gtk_native_get_surface (native))
             : 1;
}

/* What is beside the frame is to be seen where there is room. */
static void
fill_room (graphene_rect_t *frame, float aspect)
{
  float width = MAX (frame->size.width, frame->size.height * aspect);
  float height = MAX (frame->size.height, frame->size.width / aspect);

  graphene_rect_inset (frame, (frame->size.width - width) / 2, (frame->size.height - height) / 2);
}

static void
holdfast_still_picture_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  HoldfastStillPicture *self = HOLDFAST_STILL_PICTURE (widget);
  HoldfastStill still = self->still;
  float ratio = get_ratio (self);
  float width = (float) gtk_widget_get_width (widget);
  float height = (float) gtk_widget_get_height (widget);
  float scale;

  if (self->illustration == NULL || width <= 0 || height <= 0)
    return;
  fill_room (&still.frame, width / height);
  scale = width / still.frame.size.width * ratio;
  if (self->texture == NULL || self->rendered_scale != scale) {
    g_clear_object (&self->texture);
    self->texture
        = holdfast_illustration_render_still (self->illustration, &still, &self->palette, scale);
    self->rendered_scale = scale;
  }
  gtk_snapshot_append_texture (
      snapshot,
      self->texture,
      &GRAPHENE_RECT_INIT (0,
                           0,
                           (float) gdk_texture_get_width (self->texture) / ratio,
                           (float) gdk_texture_get_height (self->texture) / ratio));
}

static void
holdfast_still_picture_measure (GtkWidget *widget,
                                GtkOrientation orientation,
                                int for_size,
                                int *minimum,
                                int *natural,
                                int *minimum_baseline,
                                int *natural_baseline)
{
  HoldfastStillPicture *self = HOLDFAST_STILL_PICTURE (widget);

  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? get_width (self) : self->height;
}

static void
update_palette (HoldfastStillPicture *self)
{
  HoldfastPalette palette = { 0 };

  holdfast_palette_init_from_style (&palette);
  if (holdfast_palette_equal (&palette, &self->palette))
    return;
  self->palette = palette;
  g_clear_object (&self->texture);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
holdfast_still_picture_dispose (GObject *object)
{
  HoldfastStillPicture *self = HOLDFAST_STILL_PICTURE (object);

  g_clear_object (&self->texture);
  g_clear_object (&self->illustration);
  g_clear_pointer (&self->words, g_strfreev);
  g_clear_pointer (&self->mark, g_free);

  G_OBJECT_CLASS (holdfast_still_picture_parent_class)->dispose (object);
}

static void
holdfast_still_picture_class_init (HoldfastStillPictureClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = holdfast_still_picture_dispose;
  widget_class->snapshot = holdfast_still_picture_snapshot;
  widget_class->measure = holdfast_still_picture_measure;

  gtk_widget_class_set_css_name (widget_class, "still-picture");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
holdfast_still_picture_init (HoldfastStillPicture *self)
{
  update_palette (self);
  g_signal_connect_object (adw_style_manager_get_default (),
                           "notify",
                           G_CALLBACK (update_palette),
                           self,
                           G_CONNECT_SWAPPED);
}

GtkWidget *
holdfast_still_picture_new (int height)
{
  HoldfastStillPicture *self = NULL;

  g_return_val_if_fail (height > 0, NULL);

  self = g_object_new (HOLDFAST_TYPE_STILL_PICTURE, NULL);
  self->height = height;
  return GTK_WIDGET (self);
}

static void
set_still (
    HoldfastStillPicture *self, const char *name, const char *view, GStrv words, const char *mark)
{
  g_autoptr (GError) error = NULL;
  const HoldfastElement *frame;
  int index;

  g_clear_object (&self->texture);
  g_clear_object (&self->illustration);
  g_clear_pointer (&self->words, g_strfreev);
  self->words = words;
  g_set_str (&self->mark, mark);
  gtk_widget_queue_draw (GTK_WIDGET (self));

  self->illustration = holdfast_illustration_load (name, &error);
  if (self->illustration == NULL) {
    g_warning ("%s", error->message);
    return;
  }
  index = view != NULL ? holdfast_illustration_find_view (self->illustration, view) : 0;
  if (index < 0) {
    g_warning ("illustration %s: there is no view %s", name, view);
    g_clear_object (&self->illustration);
    return;
  }
  frame = holdfast_illustration_find (self->illustration, index, "frame");
  self->still = (HoldfastStill) {
    .view = (guint) index,
    .frame = frame != NULL ? frame->box : *holdfast_illustration_get_box (self->illustration),
    .words = (const char *const *) self->words,
    .mark = self->mark,
  };
}

void
holdfast_still_picture_set_headset (HoldfastStillPicture *self, HoldfastHeadset *headset)
{
  g_autoptr (HoldfastIllustration) illustration = NULL;
  g_autoptr (HoldfastPicturePlan) plan = NULL;
  g_autoptr (GError) error = NULL;

  g_return_if_fail (HOLDFAST_IS_STILL_PICTURE (self));
  g_return_if_fail (HOLDFAST_IS_HEADSET (headset));

  illustration = holdfast_illustration_load (holdfast_headset_get_picture (headset), &error);
  if (illustration == NULL) {
    g_warning ("%s", error->message);
    return;
  }
  plan = holdfast_picture_plan_make (illustration, headset, NULL, 0);
  set_still (
      self, holdfast_headset_get_picture (headset), NULL, g_steal_pointer (&plan->words), NULL);
}

void
holdfast_still_picture_set_drawing (HoldfastStillPicture *self,
                                    const char *name,
                                    const char *view,
                                    const char *words,
                                    const char *mark)
{
  g_return_if_fail (HOLDFAST_IS_STILL_PICTURE (self));
  g_return_if_fail (name != NULL);

  set_still (self, name, view, g_strsplit (words != NULL ? words : "", ";", -1), mark);
}

GdkTexture *
holdfast_still_picture_get_texture (HoldfastStillPicture *self)
{
  g_return_val_if_fail (HOLDFAST_IS_STILL_PICTURE (self), NULL);

  return self->texture;
}
