/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>

#include <cairo.h>

#include "illustration-private.h"

/* No picture needs more than that; a screen full of it stays a moderate piece of memory. */
#define MAX_PIXELS 2400

/* Textures that somebody still has, by what they show. GTK's thread only. */
static GHashTable *textures = NULL;

typedef struct {
  HoldfastIllustration *self;
  const HoldfastPalette *palette;
  const char *const *words;
  gboolean lit;
  GdkRGBA fill;
  GdkRGBA print;
  GdkRGBA ring;
  GdkRGBA tint; /* for what is touched and is as large as a fingertip */
  int control;
  int edge;
  int touch;
  int sign;
} Job;

static gboolean
is_drawn (const Job *job, const HoldfastShape *shape)
{
  return holdfast_illustration_is_shown (
      job->self, holdfast_element_at (job->self, shape->element), job->words);
}

static GdkRGBA
get_colour (const Job *job, const HoldfastShape *shape)
{
  GdkRGBA colour = *holdfast_palette_get (job->palette, shape->colour);

  if (job->lit && shape->colour == job->control)
    colour = job->fill;
  else if (job->lit && shape->colour == job->touch)
    colour = job->tint;
  else if (job->lit && shape->colour == job->sign)
    colour = job->print;
  else if (job->lit && shape->colour == job->edge)
    colour = job->ring;
  colour.alpha *= shape->opacity;
  return colour;
}

static void
clip_to (cairo_t *cr, HoldfastIllustration *self, int index)
{
  for (; index >= 0; index = holdfast_element_at (self, index)->parent) {
    const HoldfastElement *element = holdfast_element_at (self, index);

    if (element->has_clip) {
      cairo_new_path (cr);
      cairo_arc (cr, element->clip[0], element->clip[1], element->clip[2], 0, 2 * G_PI);
      cairo_clip (cr);
    }
  }
}

static void
draw_shape (const Job *job, cairo_t *cr, const HoldfastShape *shape)
{
  GdkRGBA colour = get_colour (job, shape);

  cairo_save (cr);
  clip_to (cr, job->self, shape->element);
  gdk_cairo_set_source_rgba (cr, &colour);
  cairo_new_path (cr);
  gsk_path_to_cairo (shape->path, cr);
  if (shape->stroke == NULL) {
    cairo_fill (cr);
  } else {
    gsk_stroke_to_cairo (shape->stroke, cr);
    cairo_stroke (cr);
  }
  cairo_restore (cr);
}

static gboolean
get_box (const Job *job, const HoldfastShape *shape, graphene_rect_t *ret_box)
{
  gboolean found = shape->stroke == NULL
                       ? gsk_path_get_bounds (shape->path, ret_box)
                       : gsk_path_get_stroke_bounds (shape->path, shape->stroke, ret_box);

  for (int i = shape->element; found && i >= 0; i = holdfast_element_at (job->self, i)->parent) {
    const HoldfastElement *element = holdfast_element_at (job->self, i);
    float r = element->clip[2];

    if (element->has_clip)
      found = graphene_rect_intersection (
          ret_box,
          &GRAPHENE_RECT_INIT (element->clip[0] - r, element->clip[1] - r, 2 * r, 2 * r),
          ret_box);
  }
  return found;
}

static void
release_surface (gpointer data)
{
  cairo_surface_destroy (data);
}

static GdkTexture *
to_texture (cairo_surface_t *surface)
{
  gsize stride = cairo_image_surface_get_stride (surface);
  int height = cairo_image_surface_get_height (surface);
  g_autoptr (GBytes) bytes = NULL;

  cairo_surface_flush (surface);
  bytes = g_bytes_new_with_free_func (cairo_image_surface_get_data (surface),
                                      stride * height,
                                      release_surface,
                                      cairo_surface_reference (surface));
  return gdk_memory_texture_new (
      cairo_image_surface_get_width (surface), height, GDK_MEMORY_DEFAULT, bytes, stride);
}

static GdkTexture *
draw (const Job *job, guint first, guint end, const graphene_rect_t *box, float scale)
{
  int width = (int) roundf (box->size.width * scale);
  int height = (int) roundf (box->size.height * scale);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  cairo_t *cr = cairo_create (surface);
  GdkTexture *texture;

  cairo_scale (cr, scale, scale);
  cairo_translate (cr, -box->origin.x, -box->origin.y);
  for (guint i = first; i < end; i++) {
    if (is_drawn (job, holdfast_shape_at (job->self, i)))
      draw_shape (job, cr, holdfast_shape_at (job->self, i));
  }
  texture = to_texture (surface);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return texture;
}

/* The box of everything that is drawn, on whole pixels of @scale, and no larger than the whole. */
static gboolean
measure (const Job *job, guint first, guint end, float scale, graphene_rect_t *ret_box)
{
  graphene_rect_t all;
  gboolean found = FALSE;
  float left;
  float top;

  for (guint i = first; i < end; i++) {
    const HoldfastShape *shape = holdfast_shape_at (job->self, i);
    graphene_rect_t box;

    if (!is_drawn (job, shape) || !get_box (job, shape, &box))
      continue;
    if (found)
      graphene_rect_union (&all, &box, &all);
    else
      all = box;
    found = TRUE;
  }
  if (!found)
    return FALSE;

  left = floorf (all.origin.x * scale) - 1;
  top = floorf (all.origin.y * scale) - 1;
  graphene_rect_init (ret_box,
                      left / scale,
                      top / scale,
                      (ceilf ((all.origin.x + all.size.width) * scale) + 1 - left) / scale,
                      (ceilf ((all.origin.y + all.size.height) * scale) + 1 - top) / scale);
  return ret_box->size.width > 0 && ret_box->size.height > 0;
}

static void
forget (gpointer data, GObject *texture)
{
  g_hash_table_remove (textures, data);
}

static GdkTexture *
share (char *key, GdkTexture *texture)
{
  g_hash_table_insert (textures, key, texture);
  g_object_weak_ref (G_OBJECT (texture), forget, key);
  return texture;
}

static char *
make_key (const Job *job, guint first, guint end, int surface, float scale)
{
  g_autofree char *accent = gdk_rgba_to_string (&job->palette->deep);
  g_autofree char *words
      = job->words != NULL ? g_strjoinv (",", (char **) job->words) : g_strdup ("");

  /* The pointer, because names of drawings in tests need not differ. */
  return g_strdup_printf ("%p %s %u-%u %d %s %s %d %d %.4f",
                          (gpointer) job->self,
                          job->self->name,
                          first,
                          end,
                          job->palette->kind,
                          accent,
                          words,
                          job->lit,
                          surface,
                          scale);
}

HoldfastRender
holdfast_illustration_render (HoldfastIllustration *self,
                              guint first,
                              guint end,
                              const HoldfastPalette *palette,
                              const char *const *words,
                              gboolean lit,
                              int surface,
                              float scale)
{
  HoldfastRender render = { 0 };
  Job job = { .self = self, .palette = palette, .words = words, .lit = lit };
  g_autofree char *key = NULL;
  float most;

  g_return_val_if_fail (HOLDFAST_IS_ILLUSTRATION (self), render);
  g_return_val_if_fail (first <= end && end <= self->shapes->len, render);
  g_return_val_if_fail (palette != NULL, render);
  g_return_val_if_fail (scale > 0, render);

  if (lit) {
    holdfast_palette_mark (
        palette, holdfast_palette_get (palette, surface), &job.ring, &job.fill, &job.print);
    job.control = holdfast_palette_find ("control");
    job.tint = job.ring;
    job.tint.alpha = 0.6f;
    job.edge = holdfast_palette_find ("control-edge");
    job.touch = holdfast_palette_find ("shell-lit");
    job.sign = holdfast_palette_find ("print");
  }
  if (!measure (&job, first, end, scale, &render.box))
    return render;
  most = MAX (render.box.size.width, render.box.size.height) * scale;
  if (most > MAX_PIXELS) {
    scale *= MAX_PIXELS / most;
    if (!measure (&job, first, end, scale, &render.box))
      return render;
  }

  if (textures == NULL)
    textures = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  key = make_key (&job, first, end, lit ? surface : -1, scale);
  render.texture = g_hash_table_lookup (textures, key);
  if (render.texture != NULL)
    g_object_ref (render.texture);
  else
    render.texture = share (g_strdup (key), draw (&job, first, end, &render.box, scale));
  return render;
}
