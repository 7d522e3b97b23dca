/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "step-list.h"

#include <glib/gi18n-lib.h>

#include "sentences.h"
#include "step-row.h"

struct _HoldfastStepList {
  GtkWidget parent_instance;

  int current;
  gboolean brief;
};

G_DEFINE_FINAL_TYPE (HoldfastStepList, holdfast_step_list, GTK_TYPE_WIDGET)

static void
remove_rows (HoldfastStepList *self)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (row);
}

static void
update_rows (HoldfastStepList *self)
{
  int index = 0;

  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self)); row != NULL;
       row = gtk_widget_get_next_sibling (row), index++) {
    holdfast_step_row_set_state (HOLDFAST_STEP_ROW (row),
                                 index == self->current  ? HOLDFAST_STEP_ROW_NOW
                                 : index < self->current ? HOLDFAST_STEP_ROW_DONE
                                                         : HOLDFAST_STEP_ROW_TO_COME);
    gtk_widget_set_visible (row, !self->brief || index >= self->current);
  }
}

static void
holdfast_step_list_dispose (GObject *object)
{
  remove_rows (HOLDFAST_STEP_LIST (object));
  G_OBJECT_CLASS (holdfast_step_list_parent_class)->dispose (object);
}

static void
holdfast_step_list_class_init (HoldfastStepListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = holdfast_step_list_dispose;
  gtk_widget_class_set_css_name (widget_class, "steplist");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST);
}

static void
holdfast_step_list_init (HoldfastStepList *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  self->current = -1;
  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 12);
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Steps"), -1);
}

GtkWidget *
holdfast_step_list_new (void)
{
  return g_object_new (HOLDFAST_TYPE_STEP_LIST, NULL);
}

void
holdfast_step_list_set_gesture (HoldfastStepList *self,
                                HoldfastHeadset *headset,
                                const HoldfastGesture *gesture)
{
  guint n_steps;

  g_return_if_fail (HOLDFAST_IS_STEP_LIST (self));
  g_return_if_fail (gesture == NULL || HOLDFAST_IS_HEADSET (headset));

  remove_rows (self);
  self->current = -1;
  if (gesture == NULL)
    return;
  n_steps = holdfast_gesture_get_n_steps (gesture);
  for (guint i = 0; i < n_steps; i++) {
    g_autofree char *sentence = holdfast_step_get_sentence (headset, gesture, i);

    gtk_widget_set_parent (holdfast_step_row_new (i + 1, n_steps, sentence), GTK_WIDGET (self));
  }
}

void
holdfast_step_list_set_current (HoldfastStepList *self, int index)
{
  g_return_if_fail (HOLDFAST_IS_STEP_LIST (self));
  g_return_if_fail (index >= -1);

  if (self->current == index)
    return;
  self->current = index;
  update_rows (self);
}

int
holdfast_step_list_get_current (HoldfastStepList *self)
{
  g_return_val_if_fail (HOLDFAST_IS_STEP_LIST (self), -1);

  return self->current;
}

void
holdfast_step_list_set_brief (HoldfastStepList *self, gboolean brief)
{
  g_return_if_fail (HOLDFAST_IS_STEP_LIST (self));

  if (self->brief == brief)
    return;
  self->brief = brief;
  update_rows (self);
}
