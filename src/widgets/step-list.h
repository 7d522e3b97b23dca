/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "headset.h"

G_BEGIN_DECLS

/**
 * HoldfastStepList:
 *
 * The steps of a gesture in words, numbered. All of them are always shown: the one that is done
 * now stands out, those before it are ticked, and what comes next can be read in time.
 *
 * To a screen reader it is a list; each item says its number, its state and its sentence.
 */
#define HOLDFAST_TYPE_STEP_LIST (holdfast_step_list_get_type ())
G_DECLARE_FINAL_TYPE (HoldfastStepList, holdfast_step_list, HOLDFAST, STEP_LIST, GtkWidget)

GtkWidget *holdfast_step_list_new (void);

/**
 * holdfast_step_list_set_gesture:
 * @headset: (nullable): whose gesture it is; nothing of it is kept
 * @gesture: (nullable): NULL empties the list
 *
 * Shows the steps of a gesture, with none of them current.
 */
void holdfast_step_list_set_gesture (HoldfastStepList *self,
                                     HoldfastHeadset *headset,
                                     const HoldfastGesture *gesture);
/** @index: of the step that is done now; -1 for none; the number of steps when all are done */
void holdfast_step_list_set_current (HoldfastStepList *self, int index);
int holdfast_step_list_get_current (HoldfastStepList *self);
/** @brief: TRUE: where there is little room, steps that are done give theirs to those to come */
void holdfast_step_list_set_brief (HoldfastStepList *self, gboolean brief);

G_END_DECLS
