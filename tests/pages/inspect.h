/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "catalogue.h"

G_BEGIN_DECLS

/**
 * inspect_fit:
 *
 * Returns: (transfer full) (element-type utf8): what is cut off: a text that has not the room it
 *   needs or is shortened by dots, and a widget that sticks out of its parent sideways. The names
 *   of devices may be shortened, by the labels that are named for it.
 */
GPtrArray *inspect_fit (GtkWidget *root);

/**
 * inspect_words:
 * @catalogue: its names of models are no words of ours
 *
 * Returns: (transfer full) (element-type utf8): what is shown or spoken by the widgets below @root
 *   and is not of the made-up language: labels, tooltips, menus, and what screen readers are told.
 *   The toolkit's own texts are not ours to translate.
 */
GPtrArray *inspect_words (GtkWidget *root, HoldfastCatalogue *catalogue);

G_END_DECLS
