/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "picture-palette.h"
#include "widgets.h"

G_BEGIN_DECLS

/** Where the illustrations are among the resources, as data/illustrations compiles them. */
#define HOLDFAST_ILLUSTRATIONS_PREFIX HOLDFAST_RESOURCE_PREFIX "illustrations/"

#define HOLDFAST_ILLUSTRATION_ERROR (holdfast_illustration_error_quark ())

typedef enum {
  HOLDFAST_ILLUSTRATION_ERROR_NOT_FOUND,
  HOLDFAST_ILLUSTRATION_ERROR_SYNTAX,
  HOLDFAST_ILLUSTRATION_ERROR_SIZE,
} HoldfastIllustrationError;

GQuark holdfast_illustration_error_quark (void);

/**
 * HoldfastElement:
 * @name: its id, such as "button-power"
 * @view: index of the view that it is in
 * @parent: index of the element that it is in, or -1
 * @first: index of its first shape
 * @end: index after its last shape
 * @box: where it is, in units of the illustration; of a line, the box of its two ends
 * @is_line: TRUE for a guide line, which is never drawn
 * @from: one end of a line
 * @to: the other end
 * @width: of a line
 * @has_clip: TRUE if what is outside of the circle @clip is not drawn
 * @clip: centre and radius of the circle
 * @moves: TRUE if it has a second place
 * @dx: how far that is to the right
 * @dy: how far that is down
 * @turn: how far it is turned there, clockwise, in degrees
 * @scale: its size there
 * @conditions: (nullable): drawn only if one of these words holds; NULL: always
 * @others: (nullable): further ids of the same thing
 *
 * A part of an illustration that has an id or a condition. Lengths are in units of the
 * illustration.
 */
typedef struct {
  char *name;
  guint view;
  int parent;
  guint first;
  guint end;
  graphene_rect_t box;
  gboolean is_line;
  graphene_point_t from;
  graphene_point_t to;
  float width;
  gboolean has_clip;
  float clip[3];
  gboolean moves;
  float dx;
  float dy;
  float turn;
  float scale;
  GStrv conditions;
  GStrv others;
} HoldfastElement;

/**
 * HoldfastIllustration:
 *
 * A drawing of ours: views, each of elements, each of shapes. Immutable.
 */
#define HOLDFAST_TYPE_ILLUSTRATION (holdfast_illustration_get_type ())
G_DECLARE_FINAL_TYPE (HoldfastIllustration, holdfast_illustration, HOLDFAST, ILLUSTRATION, GObject)

/**
 * holdfast_illustration_load:
 * @name: name without folder and ending
 *
 * Finds an illustration among the resources. One that is in use already is shared.
 *
 * Returns: (transfer full): NULL with @error set, which names the file
 */
HoldfastIllustration *holdfast_illustration_load (const char *name,
                                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * holdfast_illustration_new_from_bytes:
 * @name: what to call it in errors
 * @bytes: what data/illustrations/compile-illustrations.py wrote
 *
 * Returns: (transfer full): NULL with @error set
 */
HoldfastIllustration *holdfast_illustration_new_from_bytes (
    const char *name, GBytes *bytes, GError **error) G_GNUC_WARN_UNUSED_RESULT;

const char *holdfast_illustration_get_name (HoldfastIllustration *self);
/** Returns: (transfer none): from 0, 0 to its width and height */
const graphene_rect_t *holdfast_illustration_get_box (HoldfastIllustration *self);
guint holdfast_illustration_get_n_views (HoldfastIllustration *self);
/** Returns: (transfer none) (nullable): an element by index, for those who look at all; NULL after
 * the last */
const HoldfastElement *holdfast_illustration_get_element (HoldfastIllustration *self, guint index);

/**
 * holdfast_illustration_find:
 * @view: index of a view, or -1 for the first that has it
 * @id: id of an element, or one of its other ids
 *
 * Returns: (transfer none) (nullable)
 */
const HoldfastElement *
holdfast_illustration_find (HoldfastIllustration *self, int view, const char *id);

/** Returns: index of the view called @name, or -1 */
int holdfast_illustration_find_view (HoldfastIllustration *self, const char *name);

/**
 * holdfast_illustration_find_around:
 * @element: an element of @self
 *
 * Returns: (nullable): the nearest element around it whose name is @name, or begins so if @name
 * ends with "*"
 */
const HoldfastElement *holdfast_illustration_find_around (HoldfastIllustration *self,
                                                          const HoldfastElement *element,
                                                          const char *name);

/** Returns: TRUE if neither the element nor anything around it waits for a word that is not there
 */
gboolean holdfast_illustration_is_shown (HoldfastIllustration *self,
                                         const HoldfastElement *element,
                                         const char *const *words);

/**
 * holdfast_illustration_get_surface:
 *
 * Returns: index of the colour that lies directly under the middle of @element, or -1 if nothing
 * does
 */
int holdfast_illustration_get_surface (HoldfastIllustration *self, const HoldfastElement *element);

/**
 * HoldfastRender:
 * @texture: (nullable): the drawing; NULL if there is nothing to draw
 * @box: where it belongs, in units of the illustration
 */
typedef struct {
  GdkTexture *texture;
  graphene_rect_t box;
} HoldfastRender;

/**
 * holdfast_illustration_render:
 * @first: index of the first shape
 * @end: index after the last
 * @palette: the colours
 * @words: (nullable): words that hold, for conditions
 * @lit: TRUE: controls and their signs in the colours of holdfast_palette_mark() on @surface
 * @surface: index of a colour
 * @scale: pixels for a unit
 *
 * Draws some shapes. The drawing is on whole pixels of that scale. Who asks for the same while
 * another still has it gets the same texture.
 *
 * Returns: the texture with a reference of the caller's
 */
HoldfastRender holdfast_illustration_render (HoldfastIllustration *self,
                                             guint first,
                                             guint end,
                                             const HoldfastPalette *palette,
                                             const char *const *words,
                                             gboolean lit,
                                             int surface,
                                             float scale);

/**
 * HoldfastStill:
 * @view: index of a view
 * @frame: what is looked at, in units of the illustration
 * @words: (nullable): words that hold, for conditions
 * @mark: (nullable): id of what stands out, in the colours of holdfast_palette_mark()
 *
 * A headset when nothing happens: earbuds beside their open case, no cables, no close-ups.
 */
typedef struct {
  guint view;
  graphene_rect_t frame;
  const char *const *words;
  const char *mark;
} HoldfastStill;

/**
 * holdfast_illustration_render_still:
 * @palette: the colours
 * @scale: pixels for a unit
 *
 * Draws all of a still picture at once. Who asks for the same while another still has it gets the
 * same texture.
 *
 * Returns: (transfer full): as large as @still's frame
 */
GdkTexture *holdfast_illustration_render_still (HoldfastIllustration *self,
                                                const HoldfastStill *still,
                                                const HoldfastPalette *palette,
                                                float scale) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
