/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include "headset-picture-private.h"

/* ---- Layers ---- */

static gboolean
is_lens (const HoldfastElement *element)
{
  return g_str_equal (element->name, "lens") || g_str_equal (element->name, "lens-2");
}

static const char *
get_plain_name (const HoldfastElement *element)
{
  return g_str_has_prefix (element->name, "lens-") ? element->name + strlen ("lens-")
                                                   : element->name;
}

static gboolean
is_special (const HoldfastElement *element)
{
  return element->moves || g_str_has_prefix (element->name, "case-lid") || is_lens (element);
}

static const HoldfastElement *
get_parent (HoldfastIllustration *illustration, const HoldfastElement *element)
{
  return element->parent < 0
             ? NULL
             : holdfast_illustration_get_element (illustration, (guint) element->parent);
}

/* Cuts the elements of the view into runs, in the order in which they are drawn. */
static void
add_run (HoldfastHeadsetPicture *self, const HoldfastElement *owner, guint first, guint end)
{
  HoldfastLayer layer = { .owner = owner, .first = first, .end = end };

  if (first >= end)
    return;
  for (const HoldfastElement *e = owner; e != NULL; e = get_parent (self->illustration, e))
    layer.in_lens = layer.in_lens || is_lens (e);
  g_array_append_val (self->layers, layer);
}

static void
split (HoldfastHeadsetPicture *self, const HoldfastElement *owner, guint first, guint end)
{
  const HoldfastElement *element;
  guint at = first;

  for (guint i = 0; (element = holdfast_illustration_get_element (self->illustration, i)) != NULL;
       i++) {
    if (element <= owner || element->is_line || !is_special (element) || element->first < at
        || element->end > end || element->first >= element->end)
      continue;
    add_run (self, owner, at, element->first);
    split (self, element, element->first, element->end);
    at = element->end;
  }
  add_run (self, owner, at, end);
}

static void
make_layers (HoldfastHeadsetPicture *self)
{
  const HoldfastElement *element;

  for (guint i = 0; (element = holdfast_illustration_get_element (self->illustration, i)) != NULL;
       i++) {
    if (element->parent < 0 && element->view == (guint) self->plan->view) {
      split (self, NULL, element->first, element->end);
      return;
    }
  }
}

void
holdfast_headset_picture_drop_renders (HoldfastHeadsetPicture *self, gboolean layers)
{
  for (guint i = 0; i < self->layers->len; i++)
    g_clear_object (&g_array_index (self->layers, HoldfastLayer, i).render.texture);
  if (layers)
    g_array_set_size (self->layers, 0);
  for (guint i = 0; i < G_N_ELEMENTS (self->lit); i++)
    g_clear_object (&self->lit[i].texture);
  g_clear_object (&self->hand_render.texture);
  self->rendered_scale = 0;
}

/* ---- Drawing what is rendered ---- */

/* From here to the restoring of the snapshot, lengths are units of the illustration. */
static void
begin_units (const HoldfastDrawing *drawing)
{
  const HoldfastCamera *camera = &drawing->moment->camera;

  gtk_snapshot_save (drawing->snapshot);
  gtk_snapshot_translate (drawing->snapshot, &GRAPHENE_POINT_INIT (camera->x, camera->y));
  gtk_snapshot_scale (drawing->snapshot, camera->scale, camera->scale);
}

void
holdfast_drawing_append (const HoldfastDrawing *drawing, const HoldfastRender *render)
{
  if (render->texture != NULL)
    gtk_snapshot_append_scaled_texture (
        drawing->snapshot, render->texture, GSK_SCALING_FILTER_TRILINEAR, &render->box);
}

static const char *const *
get_words (const HoldfastDrawing *drawing)
{
  return (const char *const *) drawing->self->plan->words;
}

double
holdfast_drawing_get_place (const HoldfastElement *owner, const HoldfastPose *pose)
{
  const char *name = get_plain_name (owner);

  if (g_str_equal (name, "plug-jack"))
    return pose->jack_out;
  if (g_str_equal (name, "plug-usb"))
    return pose->usb_out;
  if (g_str_equal (name, "mode-switch"))
    return pose->switch_over;
  return pose->buds_out;
}

static double
rise (double value, double from, double to)
{
  return CLAMP ((value - from) / (to - from), 0, 1);
}

/* How much of a part is to be seen. */
static double
get_opacity (const HoldfastDrawing *drawing, const HoldfastElement *owner)
{
  const HoldfastPicturePlan *plan = drawing->self->plan;
  const HoldfastPose *pose = &drawing->moment->pose;
  gboolean moves;

  if (owner == NULL || is_lens (owner))
    return 1;
  if (g_str_equal (owner->name, "case-lid"))
    return rise (pose->lid_open, 0.15, 0.45);
  if (g_str_equal (owner->name, "case-lid-closed"))
    return 1 - rise (pose->lid_open, 0.3, 0.6);
  if (g_str_equal (owner->name, "plug-jack") && !plan->jack_shown)
    return 0;
  if (g_str_equal (owner->name, "plug-usb") && !plan->usb_shown)
    return 0;
  moves = holdfast_drawing_get_place (owner, &plan->from)
          != holdfast_drawing_get_place (owner, &plan->to);
  return moves ? drawing->moment->moving : 1;
}

static void
transform (const HoldfastDrawing *drawing, const HoldfastElement *owner)
{
  const HoldfastPose *pose = &drawing->moment->pose;
  GtkSnapshot *snapshot = drawing->snapshot;
  graphene_point_t middle;
  float place;

  if (owner == NULL || is_lens (owner))
    return;
  graphene_rect_get_center (&owner->box, &middle);
  if (!owner->moves) {
    /* A lid turns about its lower edge. */
    float bottom = owner->box.origin.y + owner->box.size.height;
    float height = g_str_equal (owner->name, "case-lid") ? 0.3f + 0.7f * (float) pose->lid_open
                                                         : 1 + 0.5f * (float) pose->lid_open;

    gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (0, bottom));
    gtk_snapshot_scale (snapshot, 1, height);
    gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (0, -bottom));
    return;
  }
  place = (float) holdfast_drawing_get_place (owner, pose);
  gtk_snapshot_translate (
      snapshot, &GRAPHENE_POINT_INIT (middle.x + place * owner->dx, middle.y + place * owner->dy));
  gtk_snapshot_rotate (snapshot, place * owner->turn);
  gtk_snapshot_scale (snapshot, 1 + place * (owner->scale - 1), 1 + place * (owner->scale - 1));
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (-middle.x, -middle.y));
}

/* The moving part that an element is on, whose transform it shares. */
static const HoldfastElement *
find_carrier (const HoldfastDrawing *drawing, const HoldfastElement *element)
{
  for (; element != NULL; element = get_parent (drawing->self->illustration, element)) {
    if (element->moves)
      return element;
  }
  return NULL;
}

void
holdfast_drawing_follow (const HoldfastDrawing *drawing, const HoldfastElement *element)
{
  transform (drawing, find_carrier (drawing, element));
}

/* What grows as it moves is rendered as large as it gets. */
static float
get_largest (const HoldfastLayer *layer)
{
  return layer->owner != NULL ? MAX (layer->owner->scale, 1) : 1;
}

static gboolean
is_still (const HoldfastDrawing *drawing, const HoldfastLayer *layer)
{
  return drawing->unit == drawing->moment->sharp
         && (layer->owner == NULL || is_lens (layer->owner)
             || (layer->owner->moves && layer->owner->scale <= 1
                 && holdfast_drawing_get_place (layer->owner, &drawing->moment->pose) <= 0));
}

/* Pixel upon pixel, so that nothing is blurred. */
static void
append_sharp (const HoldfastDrawing *drawing, const HoldfastRender *render)
{
  const HoldfastCamera *camera = &drawing->moment->camera;
  float ratio = drawing->ratio;
  graphene_rect_t box;

  if (render->texture == NULL)
    return;
  graphene_rect_init (&box,
                      roundf ((render->box.origin.x * camera->scale + camera->x) * ratio) / ratio,
                      roundf ((render->box.origin.y * camera->scale + camera->y) * ratio) / ratio,
                      roundf (render->box.size.width * camera->scale * ratio) / ratio,
                      roundf (render->box.size.height * camera->scale * ratio) / ratio);
  gtk_snapshot_append_texture (drawing->snapshot, render->texture, &box);
}

static void
append_moved (const HoldfastDrawing *drawing, const HoldfastLayer *layer)
{
  begin_units (drawing);
  transform (drawing, layer->owner);
  holdfast_drawing_append (drawing, &layer->render);
  gtk_snapshot_restore (drawing->snapshot);
}

static void
draw_layers (const HoldfastDrawing *drawing, gboolean in_lens)
{
  HoldfastHeadsetPicture *self = drawing->self;

  for (guint i = 0; i < self->layers->len; i++) {
    HoldfastLayer *layer = &g_array_index (self->layers, HoldfastLayer, i);
    double opacity = get_opacity (drawing, layer->owner);

    if (layer->in_lens != in_lens || opacity <= 0)
      continue;
    if (layer->render.texture == NULL)
      layer->render = holdfast_illustration_render (self->illustration,
                                                    layer->first,
                                                    layer->end,
                                                    &self->palette,
                                                    get_words (drawing),
                                                    FALSE,
                                                    -1,
                                                    self->rendered_scale * get_largest (layer));
    if (opacity < 1)
      gtk_snapshot_push_opacity (drawing->snapshot, opacity);
    if (is_still (drawing, layer))
      append_sharp (drawing, &layer->render);
    else
      append_moved (drawing, layer);
    if (opacity < 1)
      gtk_snapshot_pop (drawing->snapshot);
  }
}

/* ---- All of it ---- */

static void
draw_arrows (const HoldfastDrawing *drawing)
{
  HoldfastHeadsetPicture *self = drawing->self;

  for (guint i = 0; i < self->layers->len && holdfast_headset_picture_has_motion (self); i++) {
    const HoldfastLayer *layer = &g_array_index (self->layers, HoldfastLayer, i);

    if (layer->owner != NULL && layer->owner->moves && !layer->in_lens
        && get_opacity (drawing, layer->owner) > 0
        && holdfast_drawing_get_place (layer->owner, &self->plan->from)
               != holdfast_drawing_get_place (layer->owner, &self->plan->to))
      holdfast_drawing_draw_arrow (drawing, layer->owner);
  }
}

void
holdfast_headset_picture_draw (HoldfastHeadsetPicture *self,
                               GtkSnapshot *snapshot,
                               const HoldfastMoment *moment)
{
  GtkNative *native = gtk_widget_get_native (GTK_WIDGET (self));
  HoldfastDrawing drawing = { .self = self, .snapshot = snapshot, .moment = moment, .ratio = 1 };
  float wanted;

  drawing.unit = moment->camera.scale;
  if (native != NULL && gtk_native_get_surface (native) != NULL)
    drawing.ratio = (float) gdk_surface_get_scale (gtk_native_get_surface (native));
  /* While the view glides, what is rendered for its end is good enough. */
  wanted = moment->sharp * drawing.ratio;
  if (wanted != self->rendered_scale) {
    holdfast_headset_picture_drop_renders (self, FALSE);
    self->rendered_scale = wanted;
  }
  if (self->layers->len == 0)
    make_layers (self);

  draw_layers (&drawing, FALSE);
  begin_units (&drawing);
  draw_arrows (&drawing);
  holdfast_drawing_mark_controls (&drawing, FALSE);
  holdfast_drawing_draw_lights (&drawing, FALSE);
  holdfast_drawing_draw_hands (&drawing);
  gtk_snapshot_restore (snapshot);
  if (!holdfast_headset_picture_shows_lens (self))
    return;

  draw_layers (&drawing, TRUE);
  begin_units (&drawing);
  holdfast_drawing_mark_controls (&drawing, TRUE);
  holdfast_drawing_draw_lights (&drawing, TRUE);
  gtk_snapshot_restore (snapshot);
}
