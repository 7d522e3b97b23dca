/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "step-row.h"

#include <glib/gi18n-lib.h>

#include "widgets.h"

struct _HoldfastStepRow {
  GtkBox parent_instance;

  guint number;
  guint n_steps;

  /* from the template */
  GtkWidget *number_label;
  GtkWidget *done_image;
  GtkWidget *sentence_label;
};

G_DEFINE_FINAL_TYPE (HoldfastStepRow, holdfast_step_row, GTK_TYPE_BOX)

static void
holdfast_step_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), HOLDFAST_TYPE_STEP_ROW);
  G_OBJECT_CLASS (holdfast_step_row_parent_class)->dispose (object);
}

static void
holdfast_step_row_class_init (HoldfastStepRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = holdfast_step_row_dispose;
  gtk_widget_class_set_css_name (widget_class, "steprow");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST_ITEM);
  gtk_widget_class_set_template_from_resource (widget_class, HOLDFAST_UI_PREFIX "step-row.ui");
  gtk_widget_class_bind_template_child (widget_class, HoldfastStepRow, number_label);
  gtk_widget_class_bind_template_child (widget_class, HoldfastStepRow, done_image);
  gtk_widget_class_bind_template_child (widget_class, HoldfastStepRow, sentence_label);
}

static void
holdfast_step_row_init (HoldfastStepRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  /* The item says all of it, with the state. */
  gtk_accessible_update_state (
      GTK_ACCESSIBLE (self->sentence_label), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  gtk_accessible_update_state (
      GTK_ACCESSIBLE (self->number_label), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
}

GtkWidget *
holdfast_step_row_new (guint number, guint n_steps, const char *sentence)
{
  HoldfastStepRow *self = g_object_new (HOLDFAST_TYPE_STEP_ROW, NULL);
  g_autofree char *digits = NULL;

  g_return_val_if_fail (sentence != NULL, NULL);

  self->number = number;
  self->n_steps = n_steps;
  /* Translators: the number of a step by itself, in a circle. Translate it to "%Iu" if numbers have
   * digits of their own in your language. */
  digits = g_strdup_printf (C_ ("number of a step", "%u"), number);
  gtk_label_set_text (GTK_LABEL (self->number_label), digits);
  gtk_label_set_text (GTK_LABEL (self->sentence_label), sentence);
  holdfast_step_row_set_state (self, HOLDFAST_STEP_ROW_TO_COME);
  return GTK_WIDGET (self);
}

static char *
get_label (HoldfastStepRow *self, HoldfastStepRowState state)
{
  const char *sentence = gtk_label_get_text (GTK_LABEL (self->sentence_label));

  switch (state) {
  case HOLDFAST_STEP_ROW_TO_COME:
    return g_strdup_printf (
        /* Translators: for a screen reader. %3$s is a sentence: what to do in this step. */
        _ ("Step %1$u of %2$u: %3$s"),
        self->number,
        self->n_steps,
        sentence);
  case HOLDFAST_STEP_ROW_NOW:
    return g_strdup_printf (
        /* Translators: for a screen reader: this step is to be done now. %3$s is a sentence. */
        _ ("Step %1$u of %2$u, now: %3$s"),
        self->number,
        self->n_steps,
        sentence);
  case HOLDFAST_STEP_ROW_DONE:
    return g_strdup_printf (
        /* Translators: for a screen reader: this step has been done. %3$s is a sentence. */
        _ ("Step %1$u of %2$u, done: %3$s"),
        self->number,
        self->n_steps,
        sentence);
  }
  g_return_val_if_reached (NULL);
}

void
holdfast_step_row_set_state (HoldfastStepRow *self, HoldfastStepRowState state)
{
  static const char *const styles[] = {
    [HOLDFAST_STEP_ROW_TO_COME] = "to-come",
    [HOLDFAST_STEP_ROW_NOW] = "now",
    [HOLDFAST_STEP_ROW_DONE] = "done",
  };
  g_autofree char *label = NULL;

  g_return_if_fail (HOLDFAST_IS_STEP_ROW (self));

  for (guint i = 0; i < G_N_ELEMENTS (styles); i++) {
    if (i == (guint) state)
      gtk_widget_add_css_class (GTK_WIDGET (self), styles[i]);
    else
      gtk_widget_remove_css_class (GTK_WIDGET (self), styles[i]);
  }
  gtk_widget_set_visible (self->number_label, state != HOLDFAST_STEP_ROW_DONE);
  gtk_widget_set_visible (self->done_image, state == HOLDFAST_STEP_ROW_DONE);

  label = get_label (self, state);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}
