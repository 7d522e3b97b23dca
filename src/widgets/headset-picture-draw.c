/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include "headset-picture-private.h"

/* In units of an illustration, unless a name says pixels. */
#define RING_WIDTH 3.5f
#define RING_GAP 3.5f
#define HALO 10.0f
#define PULSE 16.0f
#define LEAST_RING_PIXELS 2.0f
#define LIFTED 20.0f
#define FLOATING 5.0f
#define SUNK 0.9f
#define ARROW_WIDTH 5.0f
#define ARROW_HEAD 15.0f
#define ARROW_GAP 14.0f
#define LEAST_GLOW_PIXELS 11.0f

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

typedef struct {
  HoldfastHeadsetPicture *self;
  GtkSnapshot *snapshot;
  const HoldfastMoment *moment;
  float unit;  /* pixels of the widget for a unit */
  float ratio; /* pixels of the screen for one of the widget */
} Drawing;

/* From here to the restoring of the snapshot, lengths are units of the illustration. */
static void
begin_units (const Drawing *drawing)
{
  const HoldfastCamera *camera = &drawing->moment->camera;

  gtk_snapshot_save (drawing->snapshot);
  gtk_snapshot_translate (drawing->snapshot, &GRAPHENE_POINT_INIT (camera->x, camera->y));
  gtk_snapshot_scale (drawing->snapshot, camera->scale, camera->scale);
}

static void
append (const Drawing *drawing, const HoldfastRender *render)
{
  if (render->texture != NULL)
    gtk_snapshot_append_scaled_texture (
        drawing->snapshot, render->texture, GSK_SCALING_FILTER_TRILINEAR, &render->box);
}

static const char *const *
get_words (const Drawing *drawing)
{
  return (const char *const *) drawing->self->plan->words;
}

static double
get_place (const HoldfastElement *owner, const HoldfastPose *pose)
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
get_opacity (const Drawing *drawing, const HoldfastElement *owner)
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
  moves = get_place (owner, &plan->from) != get_place (owner, &plan->to);
  return moves ? drawing->moment->moving : 1;
}

static void
transform (const Drawing *drawing, const HoldfastElement *owner)
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
  place = (float) get_place (owner, pose);
  gtk_snapshot_translate (
      snapshot, &GRAPHENE_POINT_INIT (middle.x + place * owner->dx, middle.y + place * owner->dy));
  gtk_snapshot_rotate (snapshot, place * owner->turn);
  gtk_snapshot_scale (snapshot, 1 + place * (owner->scale - 1), 1 + place * (owner->scale - 1));
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (-middle.x, -middle.y));
}

/* The moving part that an element is on, whose transform it shares. */
static const HoldfastElement *
find_carrier (const Drawing *drawing, const HoldfastElement *element)
{
  for (; element != NULL; element = get_parent (drawing->self->illustration, element)) {
    if (element->moves)
      return element;
  }
  return NULL;
}

/* What grows as it moves is rendered as large as it gets. */
static float
get_largest (const HoldfastLayer *layer)
{
  return layer->owner != NULL ? MAX (layer->owner->scale, 1) : 1;
}

static gboolean
is_still (const Drawing *drawing, const HoldfastLayer *layer)
{
  return drawing->unit == drawing->moment->sharp
         && (layer->owner == NULL || is_lens (layer->owner)
             || (layer->owner->moves && layer->owner->scale <= 1
                 && get_place (layer->owner, &drawing->moment->pose) <= 0));
}

/* Pixel upon pixel, so that nothing is blurred. */
static void
append_sharp (const Drawing *drawing, const HoldfastRender *render)
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
append_moved (const Drawing *drawing, const HoldfastLayer *layer)
{
  begin_units (drawing);
  transform (drawing, layer->owner);
  append (drawing, &layer->render);
  gtk_snapshot_restore (drawing->snapshot);
}

static void
draw_layers (const Drawing *drawing, gboolean in_lens)
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

/* ---- Highlights ---- */

static void
round_box (const graphene_rect_t *box, float grow, GskRoundedRect *ret_rounded)
{
  graphene_rect_t grown = *box;

  graphene_rect_inset (&grown, -grow, -grow);
  gsk_rounded_rect_init_from_rect (
      ret_rounded, &grown, MIN (grown.size.width, grown.size.height) / 2);
}

static void
fill_round (GtkSnapshot *snapshot, const GskRoundedRect *rounded, const GdkRGBA *colour)
{
  gtk_snapshot_push_rounded_clip (snapshot, rounded);
  gtk_snapshot_append_color (snapshot, colour, &rounded->bounds);
  gtk_snapshot_pop (snapshot);
}

static void
draw_ring (const Drawing *drawing,
           const graphene_rect_t *box,
           float grow,
           float width,
           const GdkRGBA *colour)
{
  GskRoundedRect rounded;

  round_box (box, grow, &rounded);
  gtk_snapshot_append_border (drawing->snapshot,
                              &rounded,
                              (float[4]) { width, width, width, width },
                              (GdkRGBA[4]) { *colour, *colour, *colour, *colour });
}

static void
mark_control (const Drawing *drawing, const HoldfastElement *element, HoldfastRender *lit)
{
  HoldfastHeadsetPicture *self = drawing->self;
  int surface = holdfast_illustration_get_surface (self->illustration, element);
  float width = MAX (RING_WIDTH, LEAST_RING_PIXELS / drawing->unit);
  float gap = MAX (RING_GAP, 1.5f / drawing->unit);
  float sunk = 1 - (1 - SUNK) * (float) drawing->moment->press;
  graphene_point_t middle;
  GskRoundedRect rounded;
  GdkRGBA ring;
  GdkRGBA fill;
  GdkRGBA print;

  holdfast_palette_mark (
      &self->palette, holdfast_palette_get (&self->palette, surface), &ring, &fill, &print);
  if (lit->texture == NULL)
    *lit = holdfast_illustration_render (self->illustration,
                                         element->first,
                                         element->end,
                                         &self->palette,
                                         get_words (drawing),
                                         TRUE,
                                         surface,
                                         self->rendered_scale);

  gtk_snapshot_save (drawing->snapshot);
  transform (drawing, find_carrier (drawing, element));
  fill = ring;
  fill.alpha = 0.28f;
  round_box (&element->box, gap + width + HALO * 0.6f, &rounded);
  fill_round (drawing->snapshot, &rounded, &fill);
  if (drawing->moment->pulse > 0) {
    fill.alpha = (float) (0.5 * (1 - drawing->moment->pulse));
    draw_ring (
        drawing, &element->box, gap + width + PULSE * (float) drawing->moment->pulse, width, &fill);
  }
  draw_ring (drawing, &element->box, gap + width, width, &ring);

  graphene_rect_get_center (&element->box, &middle);
  gtk_snapshot_translate (drawing->snapshot, &middle);
  gtk_snapshot_scale (drawing->snapshot, sunk, sunk);
  gtk_snapshot_translate (drawing->snapshot, &GRAPHENE_POINT_INIT (-middle.x, -middle.y));
  append (drawing, lit);
  gtk_snapshot_restore (drawing->snapshot);
}

static void
mark_controls (const Drawing *drawing, gboolean in_lens)
{
  HoldfastHeadsetPicture *self = drawing->self;

  for (guint i = 0; i < self->plan->n_controls && drawing->moment->hand > 0; i++) {
    const HoldfastElement *element = self->plan->controls[i];

    if (in_lens) {
      g_autofree char *id = g_strconcat ("lens-", element->name, NULL);

      element = holdfast_illustration_find (self->illustration, self->plan->view, id);
    }
    if (element == NULL)
      continue;
    if (in_lens) {
      const HoldfastElement *rim
          = holdfast_illustration_find_around (self->illustration, element, "lens*");

      /* A close-up ends at its rim. */
      while (rim != NULL && !rim->has_clip)
        rim = get_parent (self->illustration, rim);
      if (rim != NULL) {
        GskRoundedRect clip;

        gsk_rounded_rect_init_from_rect (&clip,
                                         &GRAPHENE_RECT_INIT (rim->clip[0] - rim->clip[2],
                                                              rim->clip[1] - rim->clip[2],
                                                              2 * rim->clip[2],
                                                              2 * rim->clip[2]),
                                         rim->clip[2]);
        gtk_snapshot_push_rounded_clip (drawing->snapshot, &clip);
      }
      mark_control (drawing, element, &self->lit[2 + i]);
      if (rim != NULL)
        gtk_snapshot_pop (drawing->snapshot);
    } else {
      mark_control (drawing, element, &self->lit[i]);
    }
  }
}

/* ---- Where it goes ---- */

static GskPath *
make_arrow (const graphene_point_t *from, const graphene_point_t *to)
{
  g_autoptr (GskPathBuilder) builder = gsk_path_builder_new ();
  float angle = atan2f (to->y - from->y, to->x - from->x);

  gsk_path_builder_move_to (builder, from->x, from->y);
  gsk_path_builder_line_to (builder, to->x, to->y);
  for (int side = -1; side <= 1; side += 2) {
    gsk_path_builder_move_to (builder,
                              to->x - ARROW_HEAD * cosf (angle + (float) side * 0.7f),
                              to->y - ARROW_HEAD * sinf (angle + (float) side * 0.7f));
    gsk_path_builder_line_to (builder, to->x, to->y);
  }
  return gsk_path_builder_to_path (builder);
}

/* Beside what moves, from where it is to where it belongs. */
static void
draw_arrow (const Drawing *drawing, const HoldfastElement *owner)
{
  const HoldfastPicturePlan *plan = drawing->self->plan;
  float before = (float) get_place (owner, &plan->from);
  float after = (float) get_place (owner, &plan->to);
  float length = hypotf (owner->dx, owner->dy);
  float aside
      = MIN (owner->box.size.width, owner->box.size.height) / 2 * MAX (owner->scale, 1) + ARROW_GAP;
  g_autoptr (GskPath) path = NULL;
  g_autoptr (GskStroke) stroke = NULL;
  graphene_point_t middle;
  graphene_point_t from;
  graphene_point_t to;
  float nx;
  float ny;

  if (length < 1)
    return;
  graphene_rect_get_center (&owner->box, &middle);
  nx = -owner->dy / length;
  ny = owner->dx / length;
  /* On the side away from the other earbud; of a cable, either will do. */
  if ((nx < 0) != (owner->dx < 0)) {
    nx = -nx;
    ny = -ny;
  }
  from = GRAPHENE_POINT_INIT (middle.x + owner->dx * before + nx * aside,
                              middle.y + owner->dy * before + ny * aside);
  to = GRAPHENE_POINT_INIT (middle.x + owner->dx * after + nx * aside,
                            middle.y + owner->dy * after + ny * aside);
  path = make_arrow (&from, &to);
  stroke = gsk_stroke_new (MAX (ARROW_WIDTH, LEAST_RING_PIXELS / drawing->unit));
  gsk_stroke_set_line_cap (stroke, GSK_LINE_CAP_ROUND);
  gsk_stroke_set_line_join (stroke, GSK_LINE_JOIN_ROUND);
  gtk_snapshot_append_stroke (
      drawing->snapshot,
      path,
      stroke,
      holdfast_palette_get (&drawing->self->palette, holdfast_palette_find ("accent")));
}

static void
draw_arrows (const Drawing *drawing)
{
  HoldfastHeadsetPicture *self = drawing->self;

  for (guint i = 0; i < self->layers->len && holdfast_headset_picture_has_motion (self); i++) {
    const HoldfastLayer *layer = &g_array_index (self->layers, HoldfastLayer, i);

    if (layer->owner != NULL && layer->owner->moves && !layer->in_lens
        && get_opacity (drawing, layer->owner) > 0
        && get_place (layer->owner, &self->plan->from) != get_place (layer->owner, &self->plan->to))
      draw_arrow (drawing, layer->owner);
  }
}

/* ---- The light ---- */

static void
draw_glow (const Drawing *drawing, const HoldfastElement *element, gboolean in_lens)
{
  GdkRGBA colour = drawing->moment->light;
  GdkRGBA none = colour;
  GdkRGBA core = colour;
  float own = element->box.size.width / 2;
  float reach = MAX (own * (in_lens ? 3.2f : 6), LEAST_GLOW_PIXELS / drawing->unit);
  GskRoundedRect rounded;
  graphene_point_t middle;

  graphene_rect_get_center (&element->box, &middle);
  gtk_snapshot_save (drawing->snapshot);
  transform (drawing, find_carrier (drawing, element));
  none.alpha = 0;
  colour.alpha *= 0.85f;
  gtk_snapshot_append_radial_gradient (
      drawing->snapshot,
      &GRAPHENE_RECT_INIT (middle.x - reach, middle.y - reach, 2 * reach, 2 * reach),
      &middle,
      reach,
      reach,
      0,
      1,
      (GskColorStop[3]) {
          { own / reach * 0.8f,        colour                              },
          { 0.5f + own / reach * 0.3f,
           { colour.red, colour.green, colour.blue, colour.alpha * 0.22f } },
          { 1,                         none                                }
  },
      3);
  core.red += (1 - core.red) * 0.45f;
  core.green += (1 - core.green) * 0.45f;
  core.blue += (1 - core.blue) * 0.45f;
  round_box (&element->box, MAX (own * 0.12f, 2 / drawing->unit - own), &rounded);
  fill_round (drawing->snapshot, &rounded, &core);
  gtk_snapshot_restore (drawing->snapshot);
}

static void
draw_lights (const Drawing *drawing, gboolean in_lens)
{
  const HoldfastPicturePlan *plan = drawing->self->plan;

  for (guint i = 0; i < plan->n_lights && drawing->moment->light.alpha > 0; i++) {
    if (g_str_has_prefix (plan->lights[i]->name, "lens-") == in_lens)
      draw_glow (drawing, plan->lights[i], in_lens);
  }
}

/* ---- The hand ---- */

/* What the hand of @view must be moved by so that its fingers lie on the lines of the controls. */
typedef struct {
  graphene_point_t tip; /* in the picture */
  float angle;          /* clockwise, in degrees; 0 points to the right */
  float scale;
  graphene_point_t own_tip; /* in the drawing of the hand */
} Grip;

static gboolean
is_pair (const HoldfastPicturePlan *plan)
{
  const HoldfastElement *const *lines = plan->lines;
  float apart;

  if (plan->n_controls != 2)
    return FALSE;
  apart = graphene_point_distance (&lines[0]->to, &lines[1]->to, NULL, NULL);
  return apart < 2.5f * lines[0]->width;
}

static void
draw_hand (const Drawing *drawing, const Grip *grip)
{
  HoldfastHeadsetPicture *self = drawing->self;
  float lifted
      = (LIFTED + FLOATING * (float) drawing->moment->hover) * (1 - (float) drawing->moment->press);
  gboolean to_left = fabsf (grip->angle) > 90;

  gtk_snapshot_save (drawing->snapshot);
  gtk_snapshot_translate (drawing->snapshot, &grip->tip);
  gtk_snapshot_rotate (drawing->snapshot, grip->angle);
  gtk_snapshot_translate (drawing->snapshot, &GRAPHENE_POINT_INIT (-lifted, 0));
  gtk_snapshot_scale (drawing->snapshot, grip->scale, to_left ? -grip->scale : grip->scale);
  gtk_snapshot_translate (drawing->snapshot,
                          &GRAPHENE_POINT_INIT (-grip->own_tip.x, -grip->own_tip.y));
  append (drawing, &self->hand_render);
  gtk_snapshot_restore (drawing->snapshot);
}

static float
get_angle (const HoldfastElement *line)
{
  return atan2f (line->to.y - line->from.y, line->to.x - line->from.x) * 180 / (float) G_PI;
}

static void
render_hand (const Drawing *drawing, int view, float scale)
{
  HoldfastHeadsetPicture *self = drawing->self;
  const HoldfastElement *hand = holdfast_illustration_find (self->hands, view, "hand");

  if (hand != NULL && self->hand_render.texture == NULL)
    self->hand_render = holdfast_illustration_render (self->hands,
                                                      hand->first,
                                                      hand->end,
                                                      &self->palette,
                                                      NULL,
                                                      FALSE,
                                                      -1,
                                                      self->rendered_scale * scale);
}

/* Two fingers of one hand: the tips lie where they have to, and the hand follows. */
static void
draw_pair (const Drawing *drawing)
{
  const HoldfastPicturePlan *plan = drawing->self->plan;
  HoldfastIllustration *hands = drawing->self->hands;
  int view = holdfast_illustration_find_view (hands, "view-two");
  const HoldfastElement *one = holdfast_illustration_find (hands, view, "finger");
  const HoldfastElement *two = holdfast_illustration_find (hands, view, "finger-2");
  const HoldfastElement *upper = plan->lines[0];
  const HoldfastElement *lower = plan->lines[1];
  Grip grip = { 0 };

  if (one == NULL || two == NULL)
    return;
  if (upper->to.y > lower->to.y) {
    upper = plan->lines[1];
    lower = plan->lines[0];
  }
  grip.scale = graphene_point_distance (&upper->to, &lower->to, NULL, NULL)
               / graphene_point_distance (&one->to, &two->to, NULL, NULL);
  grip.angle
      = atan2f (lower->to.y - upper->to.y, lower->to.x - upper->to.x) * 180 / (float) G_PI - 90;
  if (upper->to.x < upper->from.x)
    grip.angle += 180;
  grip.tip = upper->to;
  grip.own_tip = one->to;
  render_hand (drawing, view, grip.scale);
  draw_hand (drawing, &grip);
}

static void
draw_hands (const Drawing *drawing)
{
  HoldfastHeadsetPicture *self = drawing->self;
  const HoldfastPicturePlan *plan = self->plan;
  const HoldfastElement *finger;
  int view;

  if (drawing->moment->hand <= 0 || plan->n_controls == 0)
    return;
  if (self->hands == NULL) {
    g_autoptr (GError) error = NULL;

    self->hands = holdfast_illustration_load ("hands", &error);
    if (self->hands == NULL) {
      g_warning ("%s", error->message);
      return;
    }
  }
  for (guint i = 0; i < plan->n_controls; i++) {
    if (plan->lines[i] == NULL)
      return;
  }
  if (is_pair (plan)) {
    draw_pair (drawing);
    return;
  }

  view = holdfast_illustration_find_view (self->hands, "view-one");
  finger = holdfast_illustration_find (self->hands, view, "finger");
  for (guint i = 0; i < plan->n_controls && finger != NULL; i++) {
    Grip grip = {
      .tip = plan->lines[i]->to,
      .angle = get_angle (plan->lines[i]),
      .scale = plan->lines[i]->width / finger->width,
      .own_tip = finger->to,
    };

    render_hand (drawing, view, grip.scale);
    draw_hand (drawing, &grip);
  }
}

/* ---- All of it ---- */

void
holdfast_headset_picture_draw (HoldfastHeadsetPicture *self,
                               GtkSnapshot *snapshot,
                               const HoldfastMoment *moment)
{
  GtkNative *native = gtk_widget_get_native (GTK_WIDGET (self));
  Drawing drawing = { .self = self, .snapshot = snapshot, .moment = moment, .ratio = 1 };
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
  mark_controls (&drawing, FALSE);
  draw_lights (&drawing, FALSE);
  draw_hands (&drawing);
  gtk_snapshot_restore (snapshot);
  if (!holdfast_headset_picture_shows_lens (self))
    return;

  draw_layers (&drawing, TRUE);
  begin_units (&drawing);
  mark_controls (&drawing, TRUE);
  draw_lights (&drawing, TRUE);
  gtk_snapshot_restore (snapshot);
}
