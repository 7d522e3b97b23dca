/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* One step of a #HoldfastStepList. */
#define HOLDFAST_TYPE_STEP_ROW (holdfast_step_row_get_type ())
G_DECLARE_FINAL_TYPE (HoldfastStepRow, holdfast_step_row, HOLDFAST, STEP_ROW, GtkBox)

typedef enum {
  HOLDFAST_STEP_ROW_TO_COME,
  HOLDFAST_STEP_ROW_NOW,
  HOLDFAST_STEP_ROW_DONE,
} HoldfastStepRowState;

/**
 * holdfast_step_row_new:
 * @number: from 1
 * @n_steps: how many there are
 * @sentence: what to do, no markup
 */
GtkWidget *holdfast_step_row_new (guint number, guint n_steps, const char *sentence);
void holdfast_step_row_set_state (HoldfastStepRow *self, HoldfastStepRowState state);

G_END_DECLS
