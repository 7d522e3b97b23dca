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
  const HoldfastElement *mark; /* the only one that is lit; NULL: all are */
} Job;

static gboolean
is_drawn (const Job *job, const HoldfastShape *shape)
{
  return holdfast_illustration_is_shown (
      job->self, holdfast_element_at (job->self, shape->element), job->words);
}

static gboolean
is_lit (const Job *job, const HoldfastShape *shape)
{
  if (!job->lit || job->mark == NULL)
    return job->lit;
  for (int i = shape->element; i >= 0; i = holdfast_element_at (job->self, i)->parent) {
    if (holdfast_element_at (job->self, i) == job->mark)
      return TRUE;
  }
  return FALSE;
}

static GdkRGBA
get_colour (const Job *job, const HoldfastShape *shape)
{
  GdkRGBA colour = *holdfast_palette_get (job->palette, shape->colour);
  gboolean lit = is_lit (job, shape);

  if (lit && shape->colour == job->control)
    colour = job->fill;
  else if (lit && shape->colour == job->touch)
    colour = job->tint;
  else if (lit && shape->colour == job->sign)
    colour = job->print;
  else if (lit && shape->colour == job->edge)
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

/* Returns: (transfer full) (nullable) */
static GdkTexture *
find_shared (const char *key)
{
  GdkTexture *texture;

  if (textures == NULL)
    textures = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  texture = g_hash_table_lookup (textures, key);
  return texture != NULL ? g_object_ref (texture) : NULL;
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

static void
light_up (Job *job, int surface)
{
  job->lit = TRUE;
  holdfast_palette_mark (job->palette,
                         holdfast_palette_get (job->palette, surface),
                         &job->ring,
                         &job->fill,
                         &job->print);
  job->control = holdfast_palette_find ("control");
  job->tint = job->ring;
  job->tint.alpha = 0.6f;
  job->edge = holdfast_palette_find ("control-edge");
  job->touch = holdfast_palette_find ("shell-lit");
  job->sign = holdfast_palette_find ("print");
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

  if (lit)
    light_up (&job, surface);
  if (!measure (&job, first, end, scale, &render.box))
    return render;
  most = MAX (render.box.size.width, render.box.size.height) * scale;
  if (most > MAX_PIXELS) {
    scale *= MAX_PIXELS / most;
    if (!measure (&job, first, end, scale, &render.box))
      return render;
  }

  key = make_key (&job, first, end, lit ? surface : -1, scale);
  render.texture = find_shared (key);
  if (render.texture == NULL)
    render.texture = share (g_steal_pointer (&key), draw (&job, first, end, &render.box, scale));
  return render;
}

/* ---- All of it at once ---- */

/* Where the parts of a headset are when nothing happens. */
static gboolean
pose (const Job *job, cairo_t *cr, const HoldfastShape *shape)
{
  static const char *const unseen[]
      = { "lens", "lens-2", "plug-jack", "plug-usb", "case-lid-closed", NULL };

  for (int i = shape->element; i >= 0; i = holdfast_element_at (job->self, i)->parent) {
    const HoldfastElement *element = holdfast_element_at (job->self, i);
    graphene_point_t middle;

    if (g_strv_contains (unseen, element->name))
      return FALSE;
    if (!element->moves || !g_str_has_prefix (element->name, "bud-"))
      continue;
    graphene_rect_get_center (&element->box, &middle);
    cairo_translate (cr, middle.x + element->dx, middle.y + element->dy);
    cairo_rotate (cr, element->turn * G_PI / 180);
    cairo_scale (cr, element->scale, element->scale);
    cairo_translate (cr, -middle.x, -middle.y);
  }
  return TRUE;
}

static void
draw_ring (const Job *job, cairo_t *cr)
{
  const graphene_rect_t *box = &job->mark->box;
  float radius = MAX (box->size.width, box->size.height) / 2;
  graphene_point_t middle;

  graphene_rect_get_center (box, &middle);
  gdk_cairo_set_source_rgba (cr, &job->ring);
  cairo_set_line_width (cr, radius / 3);
  cairo_new_path (cr);
  cairo_arc (cr, middle.x, middle.y, radius * 1.7, 0, 2 * G_PI);
  cairo_stroke (cr);
}

static GdkTexture *
draw_still (const Job *job, const HoldfastStill *still, float scale)
{
  const graphene_rect_t *frame = &still->frame;
  int width = MAX ((int) roundf (frame->size.width * scale), 1);
  int height = MAX ((int) roundf (frame->size.height * scale), 1);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  cairo_t *cr = cairo_create (surface);
  GdkTexture *texture;

  cairo_scale (cr, scale, scale);
  cairo_translate (cr, -frame->origin.x, -frame->origin.y);
  for (guint i = 0; i < job->self->shapes->len; i++) {
    const HoldfastShape *shape = holdfast_shape_at (job->self, i);

    if (holdfast_element_at (job->self, shape->element)->view != still->view
        || !is_drawn (job, shape))
      continue;
    cairo_save (cr);
    if (pose (job, cr, shape))
      draw_shape (job, cr, shape);
    cairo_restore (cr);
  }
  if (job->mark != NULL)
    draw_ring (job, cr);
  texture = to_texture (surface);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return texture;
}

static char *
make_still_key (const Job *job, const HoldfastStill *still, float scale)
{
  const graphene_rect_t *frame = &still->frame;
  g_autofree char *plain = make_key (job, still->view, 0, -1, scale);

  return g_strdup_printf ("still %s %g %g %g %g %s",
                          plain,
                          frame->origin.x,
                          frame->origin.y,
                          frame->size.width,
                          frame->size.height,
                          still->mark != NULL ? still->mark : "");
}

GdkTexture *
holdfast_illustration_render_still (HoldfastIllustration *self,
                                    const HoldfastStill *still,
                                    const HoldfastPalette *palette,
                                    float scale)
{
  Job job = { .self = self, .palette = palette };
  g_autofree char *key = NULL;
  GdkTexture *texture;
  float most;

  g_return_val_if_fail (HOLDFAST_IS_ILLUSTRATION (self), NULL);
  g_return_val_if_fail (still != NULL, NULL);
  g_return_val_if_fail (palette != NULL, NULL);
  g_return_val_if_fail (scale > 0, NULL);

  job.words = still->words;
  if (still->mark != NULL)
    job.mark = holdfast_illustration_find (self, (int) still->view, still->mark);
  if (job.mark != NULL)
    light_up (&job, holdfast_illustration_get_surface (self, job.mark));
  most = MAX (still->frame.size.width, still->frame.size.height) * scale;
  if (most > MAX_PIXELS)
    scale *= MAX_PIXELS / most;
  key = make_still_key (&job, still, scale);
  texture = find_shared (key);
  if (texture == NULL)
    texture = share (g_steal_pointer (&key), draw_still (&job, still, scale));
  return texture;
}
