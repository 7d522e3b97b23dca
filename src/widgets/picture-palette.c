/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "picture-palette.h"

#include <math.h>

#include "illustration.h"

#define PALETTES_PATH HOLDFAST_ILLUSTRATIONS_PREFIX "palettes"
#define PALETTES_HEAD "holdfast-palettes 1"

/* Contrast that graphics need to be seen, WCAG 1.4.11; a step up where more is asked for. */
#define ENOUGH 3.0
#define ENOUGH_FOR_MORE 4.5

typedef struct {
  char *names[HOLDFAST_PALETTE_MAX_COLOURS];
  guint n_names;
  GdkRGBA colours[HOLDFAST_PALETTE_MAX][HOLDFAST_PALETTE_MAX_COLOURS];
} Sheet;

static const char *const kind_names[] = {
  [HOLDFAST_PALETTE_LIGHT] = "light",
  [HOLDFAST_PALETTE_DARK] = "dark",
  [HOLDFAST_PALETTE_CONTRAST] = "contrast",
  [HOLDFAST_PALETTE_CONTRAST_DARK] = "contrast-dark",
};

static int
find_name (const Sheet *sheet, const char *name)
{
  for (guint i = 0; i < sheet->n_names; i++) {
    if (g_str_equal (sheet->names[i], name))
      return (int) i;
  }
  return -1;
}

static void
read_line (Sheet *sheet, const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, " ", 4);
  GdkRGBA colour;
  int index;

  if (g_strv_length (words) != 3 || !gdk_rgba_parse (&colour, words[2])) {
    g_critical ("%s: “%s” is no colour", PALETTES_PATH, line);
    return;
  }
  index = find_name (sheet, words[1]);
  if (index < 0 && sheet->n_names < HOLDFAST_PALETTE_MAX_COLOURS) {
    index = (int) sheet->n_names++;
    sheet->names[index] = g_strdup (words[1]);
  }
  for (guint kind = 0; kind < HOLDFAST_PALETTE_MAX && index >= 0; kind++) {
    if (g_str_equal (words[0], kind_names[kind]))
      sheet->colours[kind][index] = colour;
  }
}

/* Read once; it is ours, so that a fault in it is a fault of the build. */
static const Sheet *
get_sheet (void)
{
  static Sheet *sheet = NULL;

  if (g_once_init_enter_pointer (&sheet)) {
    Sheet *read = g_new0 (Sheet, 1);
    g_autoptr (GBytes) bytes
        = g_resources_lookup_data (PALETTES_PATH, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
    g_autofree char *text = NULL;
    g_auto (GStrv) lines = NULL;

    if (bytes != NULL) {
      text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
      lines = g_strsplit (text, "\n", -1);
      for (guint i = 1; g_str_equal (lines[0], PALETTES_HEAD) && lines[i] != NULL; i++) {
        if (*lines[i] != '\0')
          read_line (read, lines[i]);
      }
    }
    if (read->n_names == 0)
      g_critical ("%s: no palettes", PALETTES_PATH);
    g_once_init_leave_pointer (&sheet, read);
  }
  return sheet;
}

int
holdfast_palette_find (const char *name)
{
  g_return_val_if_fail (name != NULL, -1);

  return find_name (get_sheet (), name);
}

static double
to_linear (double value)
{
  return value <= 0.04045 ? value / 12.92 : pow ((value + 0.055) / 1.055, 2.4);
}

static double
get_luminance (const GdkRGBA *colour)
{
  return 0.2126 * to_linear (colour->red) + 0.7152 * to_linear (colour->green)
         + 0.0722 * to_linear (colour->blue);
}

double
holdfast_colour_get_contrast (const GdkRGBA *a, const GdkRGBA *b)
{
  double one = get_luminance (a);
  double other = get_luminance (b);

  return (MAX (one, other) + 0.05) / (MIN (one, other) + 0.05);
}

static GdkRGBA
mix (const GdkRGBA *from, const GdkRGBA *to, double part)
{
  return (GdkRGBA) {
    .red = (float) (from->red + (to->red - from->red) * part),
    .green = (float) (from->green + (to->green - from->green) * part),
    .blue = (float) (from->blue + (to->blue - from->blue) * part),
    .alpha = 1,
  };
}

static const GdkRGBA white = { 1, 1, 1, 1 };
static const GdkRGBA black = { 0, 0, 0, 1 };

static gboolean
is_dark_colour (const GdkRGBA *colour)
{
  return holdfast_colour_get_contrast (colour, &white)
         > holdfast_colour_get_contrast (colour, &black);
}

/* The colour nearest to @wanted that can be told from @surface. */
static GdkRGBA
stand_out (const GdkRGBA *wanted, const GdkRGBA *surface, double enough)
{
  gboolean is_dark = is_dark_colour (surface);
  GdkRGBA colour = *wanted;

  for (int step = 0; step <= 20; step++) {
    colour = mix (wanted, is_dark ? &white : &black, step / 20.0);
    if (holdfast_colour_get_contrast (&colour, surface) >= enough)
      break;
  }
  return colour;
}

static double
get_enough (const HoldfastPalette *self)
{
  return self->kind >= HOLDFAST_PALETTE_CONTRAST ? ENOUGH_FOR_MORE : ENOUGH;
}

static gboolean
is_dark_page (HoldfastPaletteKind kind)
{
  return kind == HOLDFAST_PALETTE_DARK || kind == HOLDFAST_PALETTE_CONTRAST_DARK;
}

void
holdfast_palette_init (HoldfastPalette *self, HoldfastPaletteKind kind, AdwAccentColor accent)
{
  static const char *const accents[] = { "accent", "lens-rim", "leader" };
  const Sheet *sheet = get_sheet ();

  g_return_if_fail (self != NULL);
  g_return_if_fail (kind < HOLDFAST_PALETTE_MAX);

  self->kind = kind;
  adw_accent_color_to_standalone_rgba (accent, TRUE, &self->pale);
  adw_accent_color_to_standalone_rgba (accent, FALSE, &self->deep);
  memcpy (self->colours, sheet->colours[kind], sizeof self->colours);
  /* Where more contrast is asked for, what only frames stays as it is. */
  for (guint i = 0; i < (kind >= HOLDFAST_PALETTE_CONTRAST ? 1 : G_N_ELEMENTS (accents)); i++) {
    int index = find_name (sheet, accents[i]);

    if (index >= 0)
      self->colours[index] = is_dark_page (kind) ? self->pale : self->deep;
  }
}

void
holdfast_palette_init_from_style (HoldfastPalette *self)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();
  gboolean dark = adw_style_manager_get_dark (manager);
  HoldfastPaletteKind kind = dark ? HOLDFAST_PALETTE_DARK : HOLDFAST_PALETTE_LIGHT;

  if (adw_style_manager_get_high_contrast (manager))
    kind = dark ? HOLDFAST_PALETTE_CONTRAST_DARK : HOLDFAST_PALETTE_CONTRAST;
  holdfast_palette_init (self, kind, adw_style_manager_get_accent_color (manager));
}

gboolean
holdfast_palette_equal (const HoldfastPalette *a, const HoldfastPalette *b)
{
  return a->kind == b->kind && gdk_rgba_equal (&a->deep, &b->deep);
}

const GdkRGBA *
holdfast_palette_get (const HoldfastPalette *self, int index)
{
  static const GdkRGBA magenta = { 1, 0, 1, 1 };

  g_return_val_if_fail (self != NULL, &magenta);

  return index >= 0 && index < HOLDFAST_PALETTE_MAX_COLOURS ? &self->colours[index] : &magenta;
}

void
holdfast_palette_mark (const HoldfastPalette *self,
                       const GdkRGBA *surface,
                       GdkRGBA *ret_ring,
                       GdkRGBA *ret_fill,
                       GdkRGBA *ret_print)
{
  const GdkRGBA *fill = holdfast_palette_get (self, holdfast_palette_find ("control-on"));
  double enough = get_enough (self);

  g_return_if_fail (surface != NULL);

  *ret_ring = stand_out (is_dark_colour (surface) ? &self->pale : &self->deep, surface, enough);
  if (holdfast_colour_get_contrast (fill, surface) >= enough) {
    *ret_fill = *fill;
    *ret_print = *holdfast_palette_get (self, holdfast_palette_find ("print-on"));
  } else {
    *ret_fill = *ret_ring;
    *ret_print = *fill;
    *ret_print = stand_out (ret_print, ret_fill, ENOUGH);
  }
}
