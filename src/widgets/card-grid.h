/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * holdfast_card_new:
 * @picture: (transfer floating) (nullable): above the words
 * @title: what is chosen; never shortened
 * @note: (nullable): a quiet word below it
 *
 * Returns: (transfer floating): a button, which says @title, and @note as its description
 */
GtkWidget *holdfast_card_new (GtkWidget *picture, const char *title, const char *note);

/**
 * HoldfastCardGrid:
 *
 * Cards in columns of equal width, as many as fit without a line break in the names; one if the
 * text is very large. Columns stay where they are whatever cards are shown: those that are not keep
 * their width.
 *
 * The arrow keys go to the card that lies there, from the last one of a row to the first one of the
 * next; beyond the edge they go on to what comes before or after the grid. Tab leaves it, and
 * comes back to the card where the focus was. It is a group: whoever uses it gives it a label.
 */
#define HOLDFAST_TYPE_CARD_GRID (holdfast_card_grid_get_type ())
G_DECLARE_FINAL_TYPE (HoldfastCardGrid, holdfast_card_grid, HOLDFAST, CARD_GRID, GtkWidget)

/** @max_columns: how many there may be at most, from 1 */
GtkWidget *holdfast_card_grid_new (guint max_columns);
/** @card: (transfer floating): comes after those that are there */
void holdfast_card_grid_append (HoldfastCardGrid *self, GtkWidget *card);
/** Shows a card of the grid or takes it out of sight; all are shown at first. */
void holdfast_card_grid_set_shown (HoldfastCardGrid *self, GtkWidget *card, gboolean shown);
/** Returns: how many columns there are at the grid's present width */
guint holdfast_card_grid_get_n_columns (HoldfastCardGrid *self);

G_END_DECLS
