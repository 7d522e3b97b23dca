/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/** The most colours a palette may have. */
#define HOLDFAST_PALETTE_MAX_COLOURS 64

typedef enum {
  HOLDFAST_PALETTE_LIGHT,
  HOLDFAST_PALETTE_DARK,
  HOLDFAST_PALETTE_CONTRAST,
  HOLDFAST_PALETTE_CONTRAST_DARK,
  HOLDFAST_PALETTE_MAX,
} HoldfastPaletteKind;

/**
 * HoldfastPalette:
 * @kind: which of the four
 * @pale: the desktop's accent as it is on something dark
 * @deep: the desktop's accent as it is on something bright
 * @colours: by the index that holdfast_palette_find() answers
 *
 * The colours a picture is drawn in: those of data/illustrations/illustrations.css, with the
 * desktop's accent in place of theirs. A plain value.
 */
typedef struct {
  HoldfastPaletteKind kind;
  GdkRGBA pale;
  GdkRGBA deep;
  GdkRGBA colours[HOLDFAST_PALETTE_MAX_COLOURS];
} HoldfastPalette;

/** Returns: the index of a colour such as "shell", or -1 if no palette has it */
int holdfast_palette_find (const char *name);

/**
 * holdfast_palette_init:
 * @accent: the desktop's accent
 *
 * Fills in @self.
 */
void holdfast_palette_init (HoldfastPalette *self, HoldfastPaletteKind kind, AdwAccentColor accent);

/** Fills in @self as libadwaita's style manager asks for it. */
void holdfast_palette_init_from_style (HoldfastPalette *self);

gboolean holdfast_palette_equal (const HoldfastPalette *a, const HoldfastPalette *b);

/** Returns: (transfer none): colour @index, or magenta for an index that no palette has */
const GdkRGBA *holdfast_palette_get (const HoldfastPalette *self, int index);

/** Returns: contrast of two opaque colours as WCAG defines it, 1.0 to 21.0 */
double holdfast_colour_get_contrast (const GdkRGBA *a, const GdkRGBA *b);

/**
 * holdfast_palette_mark:
 * @surface: what lies around the control
 * @ret_ring: (out): colour of the ring around the control
 * @ret_fill: (out): colour of the control itself
 * @ret_print: (out): colour of the sign on it
 *
 * Answers the colours that make a control stand out: ring and fill have a contrast of 3 or more to
 * @surface, and the sign to the fill, whatever the accent is. The ring is as near to the accent as
 * that allows.
 */
void holdfast_palette_mark (const HoldfastPalette *self,
                            const GdkRGBA *surface,
                            GdkRGBA *ret_ring,
                            GdkRGBA *ret_fill,
                            GdkRGBA *ret_print);

G_END_DECLS
