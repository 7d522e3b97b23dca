/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** Where templates, pictures and the style sheet are among the resources. */
#define HOLDFAST_RESOURCE_PREFIX "/io/github/holdfast/Holdfast/"
#define HOLDFAST_UI_PREFIX HOLDFAST_RESOURCE_PREFIX "ui/"

/**
 * holdfast_widgets_init:
 *
 * Prepares GTK and libadwaita, registers what is in `ui/` and the style sheet for the default
 * display. Call it once, before the first widget is made; more calls do nothing.
 *
 * Returns: FALSE if there is no display
 */
gboolean holdfast_widgets_init (void);

G_END_DECLS
