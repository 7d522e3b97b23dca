/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ring-face.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <math.h>

#include "ring-arc.h"

/* How high digits are, with one digit in the ring and nothing but a caption beside it. At the
 * natural size of the ring this is what can be read from two metres. */
#define DIGIT_HEIGHT 100.0f
#define DIGIT_HEIGHT_BELOW_SYMBOL 66.0f
/* Between the number and its caption. */
#define GAP 12.0f
/* How small a caption may get, in parts of the size of letters, before it is left out. */
#define CAPTION_SHRINKS_TO 0.7f
#define CAPTION_DEPTH 0.8f
/* Fonts are measured at this size, so that their hinting does not matter. */
#define PROBE_SIZE 200

static GskPath *
line_path (float x1, float y1, float x2, float y2)
{
  g_autoptr (GskPathBuilder) builder = gsk_path_builder_new ();

  gsk_path_builder_move_to (builder, x1, y1);
  gsk_path_builder_line_to (builder, x2, y2);
  return gsk_path_builder_free_to_path (g_steal_pointer (&builder));
}

static GskPath *
circle_path (float y, float radius)
{
  g_autoptr (GskPathBuilder) builder = gsk_path_builder_new ();

  gsk_path_builder_add_circle (builder, &GRAPHENE_POINT_INIT (0, y), radius);
  return gsk_path_builder_free_to_path (g_steal_pointer (&builder));
}

static void
draw_track (GtkSnapshot *snapshot, const GdkRGBA *ink, float width)
{
  g_autoptr (GskPath) path = circle_path (0, RING_RADIUS);
  g_autoptr (GskStroke) stroke = gsk_stroke_new (width);

  gtk_snapshot_append_stroke (snapshot, path, stroke, ink);
}

typedef enum {
  MARK_EARLIEST,
  MARK_USUAL,
  MARK_LONGEST,
} Mark;

/* All marks are outside of the ring, where the arc does not cover them. @at: where, in turns from
 * the top */
static void
draw_mark (GtkSnapshot *snapshot, const GdkRGBA *ink, Mark mark, float at)
{
  const float outside = -(RING_RADIUS + RING_WIDTH / 2);
  g_autoptr (GskPath) path = NULL;
  g_autoptr (GskStroke) stroke = gsk_stroke_new (5);

  gsk_stroke_set_line_cap (stroke, GSK_LINE_CAP_ROUND);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_rotate (snapshot, at * 360);
  switch (mark) {
  case MARK_EARLIEST:
    path = circle_path (outside - 6.5f, 3);
    gtk_snapshot_append_fill (snapshot, path, GSK_FILL_RULE_WINDING, ink);
    break;
  case MARK_USUAL:
    path = line_path (0, outside - 4.5f, 0, outside - 10.5f);
    gtk_snapshot_append_stroke (snapshot, path, stroke, ink);
    break;
  case MARK_LONGEST:
    path = line_path (-10, outside - 6, 10, outside - 6);
    gtk_snapshot_append_stroke (snapshot, path, stroke, ink);
    break;
  }
  gtk_snapshot_restore (snapshot);
}

static void
draw_marks (GtkSnapshot *snapshot, const GdkRGBA *ink, const HoldfastStep *step)
{
  float longest = (float) step->longest_ms;

  if (step->action != HOLDFAST_ACTION_HOLD || step->longest_ms == 0)
    return;
  draw_mark (snapshot, ink, MARK_LONGEST, 0);
  if (step->usual_ms > 0 && step->usual_ms < step->longest_ms)
    draw_mark (snapshot, ink, MARK_USUAL, (float) step->usual_ms / longest);
  if (step->earliest_ms > 0 && step->earliest_ms < step->usual_ms)
    draw_mark (snapshot, ink, MARK_EARLIEST, (float) step->earliest_ms / longest);
}

static PangoLayout *
create_layout (GtkWidget *widget, const char *text, double size, PangoWeight weight)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (widget, text);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  if (size > 0)
    pango_attr_list_insert (attributes, pango_attr_size_new_absolute ((int) (size * PANGO_SCALE)));
  pango_attr_list_insert (attributes, pango_attr_weight_new (weight));
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
  pango_layout_set_attributes (layout, attributes);
  return layout;
}

static char *
get_digits (int number)
{
  /* Translators: a number of seconds by itself, in a counting ring. Translate it to "%Id" if
   * numbers have digits of their own in your language. */
  return g_strdup_printf (C_ ("seconds in the ring", "%d"), number);
}

/* What fits across the ring between the heights @top and @bottom. */
static float
get_room (float top, float bottom)
{
  float height = MAX (fabsf (top), fabsf (bottom));

  if (height >= RING_INNER_RADIUS)
    return 0;
  return 2 * sqrtf (RING_INNER_RADIUS * RING_INNER_RADIUS - height * height);
}

/* The size of letters that makes digits @height high, or less where @widest is too wide then. */
static double
fit_digits (GtkWidget *widget, int widest, float top, float height, double *ret_height)
{
  /* All digits are as wide as this one, and none is higher. */
  g_autofree char *text = widest >= 100 ? get_digits (888) : get_digits (widest >= 10 ? 88 : 8);
  g_autoptr (PangoLayout) layout = create_layout (widget, text, PROBE_SIZE, PANGO_WEIGHT_BOLD);
  PangoRectangle ink;
  double size;
  double width;

  pango_layout_get_pixel_extents (layout, &ink, NULL);
  size = PROBE_SIZE * height / MAX (1, ink.height);
  width = size * ink.width / PROBE_SIZE;
  if (width > get_room (top, top + height))
    size *= get_room (top, top + height) / width;
  *ret_height = size * ink.height / PROBE_SIZE;
  return size;
}

/* @bottom: where the digits stand, below the middle of the ring */
static void
draw_number (GtkWidget *widget,
             GtkSnapshot *snapshot,
             const GdkRGBA *ink,
             int number,
             double size,
             double bottom)
{
  g_autofree char *text = get_digits (number);
  g_autoptr (PangoLayout) layout = create_layout (widget, text, size, PANGO_WEIGHT_BOLD);
  int width;

  pango_layout_get_pixel_size (layout, &width, NULL);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (
      snapshot,
      &GRAPHENE_POINT_INIT (
          (float) -width / 2,
          (float) (bottom - (double) pango_layout_get_baseline (layout) / PANGO_SCALE)));
  gtk_snapshot_append_layout (snapshot, layout, ink);
  gtk_snapshot_restore (snapshot);
}

/* Draws in pixels, so that letters have the size that the person has chosen, or a little less. */
static void
draw_caption (
    GtkSnapshot *snapshot, const GdkRGBA *ink, float scale, PangoLayout *layout, double top)
{
  float shrink = 1;
  float depth;
  int width;
  int height;

  pango_layout_get_pixel_size (layout, &width, &height);
  /* Letters stand well above the bottom of their line. */
  depth = (float) height * CAPTION_DEPTH / scale;
  while ((float) width / scale * shrink > get_room ((float) top, (float) top + depth * shrink)) {
    shrink -= 0.05f;
    if (shrink < CAPTION_SHRINKS_TO)
      return;
  }
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (0, (float) top));
  gtk_snapshot_scale (snapshot, shrink / scale, shrink / scale);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (roundf ((float) -width / 2), 0));
  gtk_snapshot_append_layout (snapshot, layout, ink);
  gtk_snapshot_restore (snapshot);
}

static void
draw_number_and_caption (GtkWidget *ring,
                         GtkSnapshot *snapshot,
                         const GdkRGBA *ink,
                         float scale,
                         const HoldfastRingCount *count,
                         int widest)
{
  gboolean below_symbol = count->phase == HOLDFAST_HOLD_RING_WAIT;
  float height = below_symbol ? DIGIT_HEIGHT_BELOW_SYMBOL : DIGIT_HEIGHT;
  float top = below_symbol ? -30 : -62;
  g_autofree char *caption = holdfast_ring_get_caption (count);
  double digit_height = 0;
  double size;

  if (count->seconds < 0)
    return;

  size = fit_digits (ring, MAX (count->seconds, widest), top, height, &digit_height);
  top += (height - (float) digit_height) / 2;
  draw_number (ring, snapshot, ink, count->seconds, size, top + digit_height);
  if (caption != NULL) {
    g_autoptr (PangoLayout) layout = create_layout (ring, caption, 0, PANGO_WEIGHT_NORMAL);

    draw_caption (snapshot, ink, scale, layout, top + digit_height + GAP);
  }
}

void
holdfast_ring_draw_face (GtkWidget *ring,
                         GtkSnapshot *snapshot,
                         float scale,
                         const HoldfastRingCount *count,
                         int widest,
                         const HoldfastStep *step)
{
  gboolean contrast = adw_style_manager_get_high_contrast (
      adw_style_manager_get_for_display (gtk_widget_get_display (ring)));
  GdkRGBA ink;
  GdkRGBA shade;

  gtk_widget_get_color (ring, &ink);
  shade = ink;
  shade.alpha *= contrast ? 0.5f : 0.15f; /* as libadwaita draws what surrounds a value */
  switch (count->phase) {
  case HOLDFAST_HOLD_RING_REST:
  case HOLDFAST_HOLD_RING_HOLD:
  case HOLDFAST_HOLD_RING_HOLD_ON:
    draw_track (snapshot, &shade, RING_WIDTH);
    draw_marks (snapshot, &ink, step);
    break;
  case HOLDFAST_HOLD_RING_COUNT_DOWN:
  case HOLDFAST_HOLD_RING_LOOK:
  case HOLDFAST_HOLD_RING_IDLE:
    draw_track (snapshot, &shade, RING_THIN_WIDTH);
    break;
  case HOLDFAST_HOLD_RING_FULL:
  case HOLDFAST_HOLD_RING_WAIT:
  case HOLDFAST_HOLD_RING_FOUND:
    break;
  }
  draw_number_and_caption (ring, snapshot, &ink, scale, count, widest);
}
