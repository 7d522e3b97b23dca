/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "window.h"

G_BEGIN_DECLS

/**
 * Scene:
 * @name: for files and the command line
 *
 * The real window in one of the states that a person may meet it in, reached through the simulated
 * Bluetooth with intents and a clock that is moved by hand. It stands still there: two of the same
 * look the same.
 */
typedef struct {
  const char *name;
  HoldfastCatalogue *catalogue;
  HoldfastClock *clock;
  HoldfastWorld *world;
  GObject *hand;
  HoldfastWindow *window;
} Scene;

/**
 * scenes_init:
 *
 * Before the first scene: widgets, the language that HOLDFAST_TEST_LANGUAGE names, and no
 * animation.
 */
void scenes_init (void);

guint scenes_get_n (void);
const char *scenes_get_name (guint index);

/** @catalogue: (transfer none) */
Scene *scene_new (guint index, HoldfastCatalogue *catalogue);
/** The session is cancelled, and everything must go. */
void scene_free (Scene *self);

/** Gives the window a size, and lets it come to rest. @width, @height: in pixels */
void scene_resize (Scene *self, int width, int height);
/** Lets the window be laid out and drawn, until nothing more follows. */
void scene_rest (Scene *self);

/** Returns: (transfer full): the window as it would be on the screen */
GdkTexture *scene_draw (Scene *self);

/** @percent: how large texts are; 100 is usual */
void scenes_set_text_size (int percent);
void scenes_set_direction (GtkTextDirection direction);
/** @layout: the window's buttons, such as ":close" */
void scenes_set_window_buttons (const char *layout);

G_END_DECLS
