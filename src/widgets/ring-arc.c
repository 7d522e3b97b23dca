/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ring-arc.h"

#include <math.h>

/* One dot a second in ten would be too few to see them go out. */
#define N_DOTS 48
/* How much thicker the line is at the height of a beat, in units of the ring. */
#define SWELL 4.0f
/* The symbols are drawn on a square of this side. */
#define SYMBOL_UNITS 24.0f

struct _HoldfastRingArc {
  GtkWidget parent_instance;

  HoldfastHoldRingPhase phase;
  float part;
  float turn;
  float swell;
};

G_DEFINE_FINAL_TYPE (HoldfastRingArc, holdfast_ring_arc, GTK_TYPE_WIDGET)

typedef enum {
  SYMBOL_HAND,
  SYMBOL_CHECK,
  SYMBOL_LENS,
  SYMBOL_DOTS,
} Symbol;

/* Lines and surfaces of each symbol; the lines have round ends. */
static const struct {
  const char *lines;
  float line_width;
  const char *surface;
} symbols[] = {
  /* A left hand with its palm to the eye: nothing is held. */
  [SYMBOL_HAND] = {
    "M 7.2 13.5 V 5.4 M 10.6 13 V 3.3 M 14 13 V 3.8 M 17.4 14 V 6.2 M 3.2 12.6 L 7.2 16.9",
    2.5f,
    "M 5.95 12 H 18.65 V 15.6 C 18.65 19.9 16.2 22.6 12.6 22.6 C 9.7 22.6 8.3 21.3 6.9 19.3 "
    "L 4.4 15.6 Z",
  },
  [SYMBOL_CHECK] = { "M 4.8 12.6 L 9.8 17.6 L 19.4 7.2", 3.2f, NULL },
  [SYMBOL_LENS] = { "M 4 10.2 A 6.2 6.2 0 1 1 16.4 10.2 A 6.2 6.2 0 1 1 4 10.2 Z "
                    "M 14.9 14.9 L 20 20", 2.2f, NULL },
  [SYMBOL_DOTS] = { NULL, 0,
                    "M 4 12 A 1.6 1.6 0 1 1 7.2 12 A 1.6 1.6 0 1 1 4 12 Z "
                    "M 10.4 12 A 1.6 1.6 0 1 1 13.6 12 A 1.6 1.6 0 1 1 10.4 12 Z "
                    "M 16.8 12 A 1.6 1.6 0 1 1 20 12 A 1.6 1.6 0 1 1 16.8 12 Z" },
};

static graphene_point_t
point_at (const graphene_point_t *center, float radius, float turns)
{
  float angle = turns * 2 * (float) G_PI;

  return GRAPHENE_POINT_INIT (center->x + radius * sinf (angle), center->y - radius * cosf (angle));
}

void
holdfast_ring_add_arc (
    GskPathBuilder *builder, const graphene_point_t *center, float radius, float from, float to)
{
  graphene_point_t start = point_at (center, radius, from);

  if (to - from >= 0.9999f) {
    gsk_path_builder_add_circle (builder, center, radius);
    return;
  }
  gsk_path_builder_move_to (builder, start.x, start.y);
  /* In halves: the ends of an arc of nearly a whole turn are too near to each other. */
  for (int i = 1; i <= 2; i++) {
    graphene_point_t end = point_at (center, radius, from + (to - from) * (float) i / 2);

    gsk_path_builder_svg_arc_to (builder, radius, radius, 0, FALSE, TRUE, end.x, end.y);
  }
}

static void
stroke_arc (GtkSnapshot *snapshot, const GdkRGBA *colour, float width, float from, float to)
{
  g_autoptr (GskPathBuilder) builder = gsk_path_builder_new ();
  g_autoptr (GskPath) path = NULL;
  g_autoptr (GskStroke) stroke = gsk_stroke_new (width);

  holdfast_ring_add_arc (builder, graphene_point_zero (), RING_RADIUS, from, to);
  path = gsk_path_builder_free_to_path (g_steal_pointer (&builder));
  gsk_stroke_set_line_cap (stroke, GSK_LINE_CAP_ROUND);
  gtk_snapshot_append_stroke (snapshot, path, stroke, colour);
}

/* @y: of the middle of the symbol, below the middle of the ring */
static void
draw_symbol (GtkSnapshot *snapshot, const GdkRGBA *colour, Symbol symbol, float size, float y)
{
  const GdkRGBA opaque = { colour->red, colour->green, colour->blue, 1 };

  /* Its parts overlap, which must not be seen where the colour is translucent. */
  gtk_snapshot_push_opacity (snapshot, colour->alpha);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (-size / 2, y - size / 2));
  gtk_snapshot_scale (snapshot, size / SYMBOL_UNITS, size / SYMBOL_UNITS);
  if (symbols[symbol].surface != NULL) {
    g_autoptr (GskPath) path = gsk_path_parse (symbols[symbol].surface);

    gtk_snapshot_append_fill (snapshot, path, GSK_FILL_RULE_WINDING, &opaque);
  }
  if (symbols[symbol].lines != NULL) {
    g_autoptr (GskPath) path = gsk_path_parse (symbols[symbol].lines);
    g_autoptr (GskStroke) stroke = gsk_stroke_new (symbols[symbol].line_width);

    gsk_stroke_set_line_cap (stroke, GSK_LINE_CAP_ROUND);
    gsk_stroke_set_line_join (stroke, GSK_LINE_JOIN_ROUND);
    gtk_snapshot_append_stroke (snapshot, path, stroke, &opaque);
  }
  gtk_snapshot_restore (snapshot);
  gtk_snapshot_pop (snapshot);
}

/* The dots go out one after the other; those that are out stay as a shade. */
static void
draw_dots (GtkSnapshot *snapshot, const GdkRGBA *colour, float part)
{
  for (int lit = 0; lit <= 1; lit++) {
    g_autoptr (GskPathBuilder) builder = gsk_path_builder_new ();
    g_autoptr (GskPath) path = NULL;
    GdkRGBA shade = *colour;

    for (int i = 0; i < N_DOTS; i++) {
      graphene_point_t at
          = point_at (graphene_point_zero (), RING_RADIUS, (float) i / (float) N_DOTS);

      if (((float) i + 0.5f > part * N_DOTS) == lit)
        gsk_path_builder_add_circle (builder, &at, 3.6f);
    }
    shade.alpha *= lit ? 1 : 0.2f;
    path = gsk_path_builder_free_to_path (g_steal_pointer (&builder));
    gtk_snapshot_append_fill (snapshot, path, GSK_FILL_RULE_WINDING, &shade);
  }
}

static void
draw_look (HoldfastRingArc *self, GtkSnapshot *snapshot, const GdkRGBA *colour)
{
  for (int i = 0; i < 3; i++) {
    float from = self->turn + (float) i / 3;

    stroke_arc (snapshot, colour, RING_THIN_WIDTH, from - 0.08f, from + 0.08f);
  }
  draw_symbol (snapshot, colour, SYMBOL_LENS, 84, 0);
}

static void
draw_found (GtkSnapshot *snapshot, const GdkRGBA *colour)
{
  g_autoptr (GskPathBuilder) builder = gsk_path_builder_new ();
  g_autoptr (GskPath) path = NULL;
  GdkRGBA shade = *colour;

  shade.alpha *= 0.15f;
  gsk_path_builder_add_circle (builder, graphene_point_zero (), RING_RADIUS);
  path = gsk_path_builder_free_to_path (g_steal_pointer (&builder));
  gtk_snapshot_append_fill (snapshot, path, GSK_FILL_RULE_WINDING, &shade);
  stroke_arc (snapshot, colour, RING_WIDTH, 0, 1);
  draw_symbol (snapshot, colour, SYMBOL_CHECK, 140, 0);
}

static void
draw (HoldfastRingArc *self, GtkSnapshot *snapshot, const GdkRGBA *colour)
{
  switch (self->phase) {
  case HOLDFAST_HOLD_RING_REST:
    break;
  case HOLDFAST_HOLD_RING_COUNT_DOWN:
    if (self->part < 1)
      stroke_arc (snapshot, colour, RING_THIN_WIDTH + SWELL * self->swell, self->part, 1);
    break;
  case HOLDFAST_HOLD_RING_HOLD:
  case HOLDFAST_HOLD_RING_HOLD_ON:
    if (self->part > 0)
      stroke_arc (snapshot, colour, RING_WIDTH + SWELL * self->swell, 0, self->part);
    break;
  case HOLDFAST_HOLD_RING_FULL:
    stroke_arc (snapshot, colour, RING_WIDTH, 0, 1);
    draw_symbol (snapshot, colour, SYMBOL_HAND, 124, 0);
    break;
  case HOLDFAST_HOLD_RING_WAIT:
    draw_dots (snapshot, colour, self->part);
    draw_symbol (snapshot, colour, SYMBOL_HAND, 38, -54);
    break;
  case HOLDFAST_HOLD_RING_LOOK:
    draw_look (self, snapshot, colour);
    break;
  case HOLDFAST_HOLD_RING_FOUND:
    draw_found (snapshot, colour);
    break;
  case HOLDFAST_HOLD_RING_IDLE:
    draw_symbol (snapshot, colour, SYMBOL_DOTS, 84, 0);
    break;
  }
}

static void
holdfast_ring_arc_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  float width = (float) gtk_widget_get_width (widget);
  float height = (float) gtk_widget_get_height (widget);
  float scale = MIN (width, height) / RING_UNITS;
  GdkRGBA colour;

  gtk_widget_get_color (widget, &colour);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (width / 2, height / 2));
  gtk_snapshot_scale (snapshot, scale, scale);
  draw (HOLDFAST_RING_ARC (widget), snapshot, &colour);
  gtk_snapshot_restore (snapshot);
}

static void
holdfast_ring_arc_class_init (HoldfastRingArcClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->snapshot = holdfast_ring_arc_snapshot;
  gtk_widget_class_set_css_name (widget_class, "ringarc");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
holdfast_ring_arc_init (HoldfastRingArc *self)
{
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
}

GtkWidget *
holdfast_ring_arc_new (void)
{
  return g_object_new (HOLDFAST_TYPE_RING_ARC, NULL);
}

/* The style sheet gives each of these its colour. */
static const char *
get_style (HoldfastHoldRingPhase phase)
{
  switch (phase) {
  case HOLDFAST_HOLD_RING_HOLD:
  case HOLDFAST_HOLD_RING_HOLD_ON:
    return "hold";
  case HOLDFAST_HOLD_RING_FULL:
    return "full";
  case HOLDFAST_HOLD_RING_LOOK:
    return "look";
  case HOLDFAST_HOLD_RING_FOUND:
    return "found";
  case HOLDFAST_HOLD_RING_REST:
  case HOLDFAST_HOLD_RING_COUNT_DOWN:
  case HOLDFAST_HOLD_RING_WAIT:
  case HOLDFAST_HOLD_RING_IDLE:
    break;
  }
  return "quiet";
}

void
holdfast_ring_arc_show (
    HoldfastRingArc *self, HoldfastHoldRingPhase phase, float part, float turn, float swell)
{
  const char *styles[] = { get_style (phase), NULL };

  g_return_if_fail (HOLDFAST_IS_RING_ARC (self));

  if (self->phase == phase && self->part == part && self->turn == turn && self->swell == swell)
    return;
  if (!gtk_widget_has_css_class (GTK_WIDGET (self), styles[0]))
    gtk_widget_set_css_classes (GTK_WIDGET (self), styles);
  self->phase = phase;
  self->part = part;
  self->turn = turn;
  self->swell = swell;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
