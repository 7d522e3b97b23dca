/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "illustration-private.h"

#include <math.h>
#include <string.h>

#define HEAD "holdfast-illustration"
#define MAX_SIZE 4096.0
#define MAX_FAR 20000.0
#define MAX_DEPTH 24
#define MAX_ELEMENTS 1000
#define MAX_SHAPES 4000

G_DEFINE_QUARK (holdfast - illustration - error - quark, holdfast_illustration_error)
G_DEFINE_FINAL_TYPE (HoldfastIllustration, holdfast_illustration, G_TYPE_OBJECT)

/* Those in use, by name; they take themselves out. GTK's thread only. */
static GHashTable *shared = NULL;

static void
clear_shape (gpointer data)
{
  HoldfastShape *shape = data;

  g_clear_pointer (&shape->path, gsk_path_unref);
  g_clear_pointer (&shape->stroke, gsk_stroke_free);
}

static void
clear_element (gpointer data)
{
  HoldfastElement *element = data;

  g_clear_pointer (&element->name, g_free);
  g_clear_pointer (&element->conditions, g_strfreev);
  g_clear_pointer (&element->others, g_strfreev);
}

static void
holdfast_illustration_finalize (GObject *object)
{
  HoldfastIllustration *self = HOLDFAST_ILLUSTRATION (object);

  if (shared != NULL && self->name != NULL && g_hash_table_lookup (shared, self->name) == self)
    g_hash_table_remove (shared, self->name);
  g_free (self->name);
  g_array_unref (self->views);
  g_array_unref (self->elements);
  g_array_unref (self->shapes);

  G_OBJECT_CLASS (holdfast_illustration_parent_class)->finalize (object);
}

static void
holdfast_illustration_class_init (HoldfastIllustrationClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = holdfast_illustration_finalize;
}

static void
holdfast_illustration_init (HoldfastIllustration *self)
{
  self->views = g_array_new (FALSE, FALSE, sizeof (guint));
  self->elements = g_array_new (FALSE, TRUE, sizeof (HoldfastElement));
  g_array_set_clear_func (self->elements, clear_element);
  self->shapes = g_array_new (FALSE, TRUE, sizeof (HoldfastShape));
  g_array_set_clear_func (self->shapes, clear_shape);
}

/* ---- Reading ---- */

typedef struct {
  HoldfastIllustration *self;
  guint number; /* of the line, from 1 */
  int inside;   /* the element that is open, or -1 */
  guint depth;
} Reader;

static gboolean G_GNUC_PRINTF (4, 5)
    fail (const Reader *reader, int code, GError **error, const char *format, ...)
{
  g_autofree char *what = NULL;
  va_list args;

  va_start (args, format);
  what = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (error,
               HOLDFAST_ILLUSTRATION_ERROR,
               code,
               "illustration %s, line %u: %s",
               reader->self->name,
               reader->number,
               what);
  return FALSE;
}

#define FAIL_SYNTAX(reader, ...)                                                                   \
  fail (reader, HOLDFAST_ILLUSTRATION_ERROR_SYNTAX, error, __VA_ARGS__)

/* Numbers parted by @separator, exactly @n of them, none absurd. */
static gboolean
read_numbers (const char *text, const char *separator, float *ret_numbers, guint n)
{
  g_auto (GStrv) words = g_strsplit (text, separator, (int) n + 1);

  if (g_strv_length (words) != n)
    return FALSE;
  for (guint i = 0; i < n; i++) {
    char *end = NULL;
    double value = g_ascii_strtod (words[i], &end);

    if (end == words[i] || *end != '\0' || !isfinite (value) || fabs (value) > MAX_FAR)
      return FALSE;
    ret_numbers[i] = (float) value;
  }
  return TRUE;
}

static gboolean
read_head (Reader *reader, const char *line, GError **error)
{
  const char *numbers = line;
  float v[3];

  if (!g_str_has_prefix (line, HEAD " ") || !read_numbers (numbers + strlen (HEAD " "), " ", v, 3))
    return FAIL_SYNTAX (reader, "this is no illustration");
  if (v[0] < 1 || v[0] > 1)
    return FAIL_SYNTAX (reader, "this is an illustration of another version");
  if (v[1] < 1 || v[2] < 1 || v[1] > MAX_SIZE || v[2] > MAX_SIZE)
    return fail (reader,
                 HOLDFAST_ILLUSTRATION_ERROR_SIZE,
                 error,
                 "the size %g by %g is not from 1 to %g",
                 v[1],
                 v[2],
                 MAX_SIZE);
  graphene_rect_init (&reader->self->box, 0, 0, v[1], v[2]);
  return TRUE;
}

static gboolean
read_property (HoldfastElement *element, const char *word)
{
  const char *value = strchr (word, '=');
  float v[4];

  if (value++ == NULL)
    return FALSE;
  if (g_str_has_prefix (word, "box=")) {
    if (!read_numbers (value, ",", v, 4) || v[2] < 0 || v[3] < 0)
      return FALSE;
    graphene_rect_init (&element->box, v[0], v[1], v[2], v[3]);
    return TRUE;
  }
  if (g_str_has_prefix (word, "clip=")) {
    element->has_clip = read_numbers (value, ",", element->clip, 3) && element->clip[2] > 0;
    return element->has_clip;
  }
  if (g_str_has_prefix (word, "moves=")) {
    element->moves = read_numbers (value, ",", v, 4) && v[3] > 0;
    element->dx = v[0];
    element->dy = v[1];
    element->turn = v[2];
    element->scale = v[3];
    return element->moves;
  }
  if (g_str_has_prefix (word, "if=") && element->conditions == NULL) {
    element->conditions = g_strsplit (value, ",", 20);
    return TRUE;
  }
  if (g_str_has_prefix (word, "also=") && element->others == NULL) {
    element->others = g_strsplit (value, ",", 20);
    return TRUE;
  }
  return FALSE;
}

static gboolean
begin_element (Reader *reader, const char *line, GError **error)
{
  HoldfastIllustration *self = reader->self;
  g_auto (GStrv) words = g_strsplit (line, " ", 12);
  HoldfastElement element = { .parent = reader->inside, .scale = 1, .first = self->shapes->len };
  gboolean is_view = reader->depth == 0;

  if (words[1] == NULL || *words[1] == '\0')
    return FAIL_SYNTAX (reader, "an element without a name");
  if (is_view != g_str_has_prefix (words[1], "view-"))
    return FAIL_SYNTAX (reader, "“%s” is no view, or not at the top", words[1]);
  if (reader->depth >= MAX_DEPTH || self->elements->len >= MAX_ELEMENTS)
    return fail (reader, HOLDFAST_ILLUSTRATION_ERROR_SIZE, error, "too many elements");

  element.view = is_view ? self->views->len : self->views->len - 1;
  element.name = g_strdup (words[1]);
  g_array_append_val (self->elements, element);
  reader->inside = (int) self->elements->len - 1;
  reader->depth++;
  if (is_view)
    g_array_append_val (self->views, reader->inside);
  for (guint i = 2; words[i] != NULL; i++) {
    if (!read_property (holdfast_element_at (self, reader->inside), words[i]))
      return FAIL_SYNTAX (reader, "“%s” cannot be read", words[i]);
  }
  return TRUE;
}

static gboolean
end_element (Reader *reader, const char *line, GError **error)
{
  HoldfastElement *element;

  if (reader->inside < 0 || !g_str_equal (line, ")"))
    return FAIL_SYNTAX (reader, "a “)” too many");
  element = holdfast_element_at (reader->self, reader->inside);
  element->end = reader->self->shapes->len;
  reader->inside = element->parent;
  reader->depth--;
  return TRUE;
}

static gboolean
read_guide (Reader *reader, const char *line, GError **error)
{
  HoldfastIllustration *self = reader->self;
  g_auto (GStrv) words = g_strsplit (line, " ", 3);
  HoldfastElement element = { .parent = reader->inside, .scale = 1, .is_line = TRUE };
  float v[5];

  if (reader->inside < 0 || g_strv_length (words) != 3 || !read_numbers (words[2], " ", v, 5)
      || v[4] <= 0)
    return FAIL_SYNTAX (reader, "a guide line that cannot be read");
  if (self->elements->len >= MAX_ELEMENTS)
    return fail (reader, HOLDFAST_ILLUSTRATION_ERROR_SIZE, error, "too many elements");
  element.view = self->views->len - 1;
  element.name = g_strdup (words[1]);
  element.first = element.end = self->shapes->len;
  graphene_point_init (&element.from, v[0], v[1]);
  graphene_point_init (&element.to, v[2], v[3]);
  element.width = v[4];
  graphene_rect_init (
      &element.box, MIN (v[0], v[2]), MIN (v[1], v[3]), fabsf (v[0] - v[2]), fabsf (v[1] - v[3]));
  g_array_append_val (self->elements, element);
  return TRUE;
}

static gboolean
set_dash (GskStroke *stroke, const char *text)
{
  float dashes[2];

  if (g_str_equal (text, "-"))
    return TRUE;
  if (!read_numbers (text, ",", dashes, 2) || dashes[0] <= 0 || dashes[1] <= 0)
    return FALSE;
  gsk_stroke_set_dash (stroke, dashes, 2);
  return TRUE;
}

/* "WIDTH CAP JOIN DASH" */
static GskStroke *
read_stroke (char **words)
{
  g_autoptr (GskStroke) stroke = NULL;
  float width;

  if (!read_numbers (words[0], " ", &width, 1) || width <= 0)
    return NULL;
  stroke = gsk_stroke_new (width);
  if (g_str_equal (words[1], "round"))
    gsk_stroke_set_line_cap (stroke, GSK_LINE_CAP_ROUND);
  else if (!g_str_equal (words[1], "butt"))
    return NULL;
  if (g_str_equal (words[2], "round"))
    gsk_stroke_set_line_join (stroke, GSK_LINE_JOIN_ROUND);
  else if (!g_str_equal (words[2], "miter"))
    return NULL;
  return set_dash (stroke, words[3]) ? g_steal_pointer (&stroke) : NULL;
}

static gboolean
read_shape (Reader *reader, const char *line, GError **error)
{
  gboolean is_stroke = *line == 's';
  guint n_words = is_stroke ? 8 : 4;
  g_auto (GStrv) words = g_strsplit (line, " ", (int) n_words);
  HoldfastShape shape = { .element = reader->inside };

  if (reader->inside < 0 || g_strv_length (words) != n_words)
    return FAIL_SYNTAX (reader, "a shape that cannot be read");
  if (reader->self->shapes->len >= MAX_SHAPES)
    return fail (reader, HOLDFAST_ILLUSTRATION_ERROR_SIZE, error, "too many shapes");
  shape.colour = holdfast_palette_find (words[1]);
  if (shape.colour < 0)
    return FAIL_SYNTAX (reader, "no palette has the colour “%s”", words[1]);
  if (!read_numbers (words[2], " ", &shape.opacity, 1) || shape.opacity < 0 || shape.opacity > 1)
    return FAIL_SYNTAX (reader, "“%s” is no opacity", words[2]);
  if (is_stroke && (shape.stroke = read_stroke (words + 3)) == NULL)
    return FAIL_SYNTAX (reader, "a stroke that cannot be read");
  shape.path = gsk_path_parse (words[n_words - 1]);
  if (shape.path == NULL || gsk_path_is_empty (shape.path)) {
    clear_shape (&shape);
    return FAIL_SYNTAX (reader, "a path that cannot be read");
  }
  g_array_append_val (reader->self->shapes, shape);
  return TRUE;
}

static gboolean
read_line (Reader *reader, const char *line, GError **error)
{
  switch (*line) {
  case '(':
    return begin_element (reader, line, error);
  case ')':
    return end_element (reader, line, error);
  case '=':
    return read_guide (reader, line, error);
  case 'f':
  case 's':
    return read_shape (reader, line, error);
  case '\0':
    return TRUE;
  default:
    return FAIL_SYNTAX (reader, "a line of no kind");
  }
}

static gboolean
read_all (Reader *reader, const char *text, GError **error)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++) {
    reader->number = i + 1;
    if (i == 0 ? !read_head (reader, lines[i], error) : !read_line (reader, lines[i], error))
      return FALSE;
  }
  if (reader->depth != 0 || reader->self->views->len == 0)
    return FAIL_SYNTAX (reader, "it ends too early");
  return TRUE;
}

HoldfastIllustration *
holdfast_illustration_new_from_bytes (const char *name, GBytes *bytes, GError **error)
{
  g_autoptr (HoldfastIllustration) self = NULL;
  g_autofree char *text = NULL;
  Reader reader = { .inside = -1, .number = 1 };

  g_return_val_if_fail (name != NULL, NULL);
  g_return_val_if_fail (bytes != NULL, NULL);

  self = g_object_new (HOLDFAST_TYPE_ILLUSTRATION, NULL);
  self->name = g_strdup (name);
  reader.self = self;
  text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  if (text == NULL)
    text = g_strdup ("");
  return read_all (&reader, text, error) ? g_steal_pointer (&self) : NULL;
}

HoldfastIllustration *
holdfast_illustration_load (const char *name, GError **error)
{
  g_autofree char *path = NULL;
  g_autoptr (GBytes) bytes = NULL;
  HoldfastIllustration *self;

  g_return_val_if_fail (name != NULL, NULL);

  if (shared == NULL)
    shared = g_hash_table_new (g_str_hash, g_str_equal);
  self = g_hash_table_lookup (shared, name);
  if (self != NULL)
    return g_object_ref (self);

  path = g_strdup_printf (HOLDFAST_ILLUSTRATIONS_PREFIX "%s.illustration", name);
  bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  if (bytes == NULL) {
    g_set_error (error,
                 HOLDFAST_ILLUSTRATION_ERROR,
                 HOLDFAST_ILLUSTRATION_ERROR_NOT_FOUND,
                 "illustration %s: it is not there",
                 name);
    return NULL;
  }
  self = holdfast_illustration_new_from_bytes (name, bytes, error);
  if (self != NULL)
    g_hash_table_insert (shared, self->name, self);
  return self;
}

/* ---- Asking ---- */

const char *
holdfast_illustration_get_name (HoldfastIllustration *self)
{
  g_return_val_if_fail (HOLDFAST_IS_ILLUSTRATION (self), NULL);

  return self->name;
}

const graphene_rect_t *
holdfast_illustration_get_box (HoldfastIllustration *self)
{
  g_return_val_if_fail (HOLDFAST_IS_ILLUSTRATION (self), graphene_rect_zero ());

  return &self->box;
}

guint
holdfast_illustration_get_n_views (HoldfastIllustration *self)
{
  g_return_val_if_fail (HOLDFAST_IS_ILLUSTRATION (self), 0);

  return self->views->len;
}

const HoldfastElement *
holdfast_illustration_get_element (HoldfastIllustration *self, guint index)
{
  g_return_val_if_fail (HOLDFAST_IS_ILLUSTRATION (self), NULL);

  return index < self->elements->len ? holdfast_element_at (self, index) : NULL;
}

static gboolean
is_called (const HoldfastElement *element, const char *id)
{
  return g_str_equal (element->name, id)
         || (element->others != NULL
             && g_strv_contains ((const char *const *) element->others, id));
}

const HoldfastElement *
holdfast_illustration_find (HoldfastIllustration *self, int view, const char *id)
{
  g_return_val_if_fail (HOLDFAST_IS_ILLUSTRATION (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  for (guint i = 0; i < self->elements->len; i++) {
    const HoldfastElement *element = holdfast_element_at (self, i);

    if ((view < 0 || element->view == (guint) view) && is_called (element, id))
      return element;
  }
  return NULL;
}

int
holdfast_illustration_find_view (HoldfastIllustration *self, const char *name)
{
  const HoldfastElement *element = holdfast_illustration_find (self, -1, name);

  return element != NULL && element->parent < 0 ? (int) element->view : -1;
}

const HoldfastElement *
holdfast_illustration_find_around (HoldfastIllustration *self,
                                   const HoldfastElement *element,
                                   const char *name)
{
  g_autofree char *start = NULL;

  g_return_val_if_fail (HOLDFAST_IS_ILLUSTRATION (self), NULL);
  g_return_val_if_fail (element != NULL, NULL);

  if (g_str_has_suffix (name, "*"))
    start = g_strndup (name, strlen (name) - 1);
  for (; element != NULL;
       element = element->parent < 0 ? NULL : holdfast_element_at (self, element->parent)) {
    if (start != NULL ? g_str_has_prefix (element->name, start) : g_str_equal (element->name, name))
      return element;
  }
  return NULL;
}

gboolean
holdfast_illustration_is_shown (HoldfastIllustration *self,
                                const HoldfastElement *element,
                                const char *const *words)
{
  g_return_val_if_fail (HOLDFAST_IS_ILLUSTRATION (self), FALSE);

  for (; element != NULL;
       element = element->parent < 0 ? NULL : holdfast_element_at (self, element->parent)) {
    gboolean holds = element->conditions == NULL;

    for (guint i = 0; !holds && words != NULL && element->conditions[i] != NULL; i++)
      holds = g_strv_contains (words, element->conditions[i]);
    if (!holds)
      return FALSE;
  }
  return TRUE;
}

int
holdfast_illustration_get_surface (HoldfastIllustration *self, const HoldfastElement *element)
{
  graphene_point_t middle;
  guint first;

  g_return_val_if_fail (HOLDFAST_IS_ILLUSTRATION (self), -1);
  g_return_val_if_fail (element != NULL, -1);

  graphene_rect_get_center (&element->box, &middle);
  first = holdfast_element_at (self, g_array_index (self->views, guint, element->view))->first;
  for (guint i = element->first; i > first; i--) {
    const HoldfastShape *shape = holdfast_shape_at (self, i - 1);

    if (shape->stroke == NULL && shape->opacity >= 1
        && holdfast_element_at (self, shape->element)->conditions == NULL
        && gsk_path_in_fill (shape->path, &middle, GSK_FILL_RULE_WINDING))
      return shape->colour;
  }
  return -1;
}
