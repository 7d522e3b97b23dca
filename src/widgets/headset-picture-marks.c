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
draw_ring (const HoldfastDrawing *drawing,
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
mark_control (const HoldfastDrawing *drawing, const HoldfastElement *element, HoldfastRender *lit)
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
                                         (const char *const *) self->plan->words,
                                         TRUE,
                                         surface,
                                         self->rendered_scale);

  gtk_snapshot_save (drawing->snapshot);
  holdfast_drawing_follow (drawing, element);
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
  holdfast_drawing_append (drawing, lit);
  gtk_snapshot_restore (drawing->snapshot);
}

void
holdfast_drawing_mark_controls (const HoldfastDrawing *drawing, gboolean in_lens)
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
        rim = rim->parent < 0
                  ? NULL
                  : holdfast_illustration_get_element (self->illustration, (guint) rim->parent);
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

static void
append_line (const HoldfastDrawing *drawing, GskPath *path, float width, const char *colour)
{
  g_autoptr (GskStroke) stroke = gsk_stroke_new (width);

  gsk_stroke_set_line_cap (stroke, GSK_LINE_CAP_ROUND);
  gsk_stroke_set_line_join (stroke, GSK_LINE_JOIN_ROUND);
  gtk_snapshot_append_stroke (
      drawing->snapshot,
      path,
      stroke,
      holdfast_palette_get (&drawing->self->palette, holdfast_palette_find (colour)));
}

/* Beside what moves, from where it is to where it belongs. */
void
holdfast_drawing_draw_arrow (const HoldfastDrawing *drawing, const HoldfastElement *owner)
{
  const HoldfastPicturePlan *plan = drawing->self->plan;
  float before = (float) holdfast_drawing_get_place (owner, &plan->from);
  float after = (float) holdfast_drawing_get_place (owner, &plan->to);
  float length = hypotf (owner->dx, owner->dy);
  float aside
      = MIN (owner->box.size.width, owner->box.size.height) / 2 * MAX (owner->scale, 1) + ARROW_GAP;
  g_autoptr (GskPath) path = NULL;
  graphene_point_t middle;
  float width;
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
  width = MAX (ARROW_WIDTH, LEAST_RING_PIXELS / drawing->unit);
  /* With a seam of the page's kind of colour, so that it is seen on the headset too. */
  append_line (drawing, path, width * 2.2f, "lens");
  append_line (drawing, path, width, "accent");
}

/* ---- The light ---- */

static void
draw_glow (const HoldfastDrawing *drawing, const HoldfastElement *element, gboolean in_lens)
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
  holdfast_drawing_follow (drawing, element);
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

void
holdfast_drawing_draw_lights (const HoldfastDrawing *drawing, gboolean in_lens)
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
draw_hand (const HoldfastDrawing *drawing, const Grip *grip)
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
  holdfast_drawing_append (drawing, &self->hand_render);
  gtk_snapshot_restore (drawing->snapshot);
}

static float
get_angle (const HoldfastElement *line)
{
  return atan2f (line->to.y - line->from.y, line->to.x - line->from.x) * 180 / (float) G_PI;
}

static void
render_hand (const HoldfastDrawing *drawing, int view, float scale)
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
draw_pair (const HoldfastDrawing *drawing)
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

void
holdfast_drawing_draw_hands (const HoldfastDrawing *drawing)
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
