/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "headset.h"

G_BEGIN_DECLS

/**
 * HoldfastStillPicture:
 *
 * A small picture that never moves, for choices: what it shows is drawn once for each size and
 * palette, and pictures that show the same share it. It follows light, dark, high contrast and the
 * accent. It says nothing to a screen reader: it stands beside words that do.
 *
 * It asks for the same room whatever it shows, and whether it could be drawn or not.
 */
#define HOLDFAST_TYPE_STILL_PICTURE (holdfast_still_picture_get_type ())
G_DECLARE_FINAL_TYPE (
    HoldfastStillPicture, holdfast_still_picture, HOLDFAST, STILL_PICTURE, GtkWidget)

/** @height: how high it is, in pixels; it is four thirds as wide */
GtkWidget *holdfast_still_picture_new (int height);

/**
 * holdfast_still_picture_set_headset:
 *
 * Shows a headset as it lies there. If its illustration cannot be read, nothing is shown and the
 * log says why.
 */
void holdfast_still_picture_set_headset (HoldfastStillPicture *self, HoldfastHeadset *headset);

/**
 * holdfast_still_picture_set_drawing:
 * @name: of an illustration, without folder and ending
 * @view: (nullable): such as "view-back"; NULL: the first
 * @words: (nullable): the controls that it has, parted by ";"
 * @mark: (nullable): id of what stands out
 *
 * Shows a drawing that is no model's.
 */
void holdfast_still_picture_set_drawing (HoldfastStillPicture *self,
                                         const char *name,
                                         const char *view,
                                         const char *words,
                                         const char *mark);

/** Returns: (transfer none) (nullable): what is drawn now; NULL before it was ever seen */
GdkTexture *holdfast_still_picture_get_texture (HoldfastStillPicture *self);

G_END_DECLS
