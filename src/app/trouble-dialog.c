/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "trouble-dialog.h"

#include <glib/gi18n-lib.h>

#include "widgets.h"

/* More than these are counted, so that the words keep to a line or two. */
#define MOST_IN_WORDS 2

struct _HoldfastTroubleDialog {
  AdwDialog parent_instance;

  HoldfastSim *sim;
  GPtrArray *rows; /* AdwSwitchRow, in the order of the table; owned by the page */
  gboolean showing;

  AdwPreferencesPage *page;
  GtkWidget *calm_row;
};

G_DEFINE_FINAL_TYPE (HoldfastTroubleDialog, holdfast_trouble_dialog, ADW_TYPE_DIALOG)

static void
switch_cb (HoldfastTroubleDialog *self, GParamSpec *pspec, AdwSwitchRow *row)
{
  guint n = 0;
  guint index = 0;
  const HoldfastSimFaultWords *words = holdfast_sim_get_fault_words (&n);

  if (!self->showing && g_ptr_array_find (self->rows, row, &index))
    holdfast_sim_set_fault (self->sim, words[index].fault, adw_switch_row_get_active (row));
}

/* The row cannot be pressed again, so the focus goes on before it does. */
static void
calm_cb (HoldfastTroubleDialog *self)
{
  gtk_widget_grab_focus (g_ptr_array_index (self->rows, 0));
  holdfast_sim_set_fault (self->sim, holdfast_sim_get_faults (self->sim), FALSE);
  gtk_accessible_announce (GTK_ACCESSIBLE (self),
                           _ ("Nothing goes wrong now"),
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
show_faults (HoldfastTroubleDialog *self)
{
  HoldfastSimFaults faults = holdfast_sim_get_faults (self->sim);
  guint n = 0;
  const HoldfastSimFaultWords *words = holdfast_sim_get_fault_words (&n);

  self->showing = TRUE;
  for (guint i = 0; i < n; i++)
    adw_switch_row_set_active (g_ptr_array_index (self->rows, i), (faults & words[i].fault) != 0);
  self->showing = FALSE;
  gtk_widget_set_sensitive (self->calm_row, faults != HOLDFAST_SIM_FAULT_NONE);
}

static void
add_row (HoldfastTroubleDialog *self,
         AdwPreferencesGroup *group,
         const HoldfastSimFaultWords *words)
{
  GtkWidget *row = adw_switch_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ (words->title));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _ (words->detail));
  g_signal_connect_object (row, "notify::active", G_CALLBACK (switch_cb), self, G_CONNECT_SWAPPED);
  g_ptr_array_add (self->rows, row);
  adw_preferences_group_add (group, row);
}

static void
fill (HoldfastTroubleDialog *self)
{
  static const char *const titles[HOLDFAST_SIM_FAULT_GROUP_MAX] = {
    [HOLDFAST_SIM_FAULT_GROUP_COMPUTER] = N_ ("This computer"),
    [HOLDFAST_SIM_FAULT_GROUP_HEADPHONES] = N_ ("The headphones"),
    [HOLDFAST_SIM_FAULT_GROUP_PAIRING] = N_ ("While they are paired"),
    [HOLDFAST_SIM_FAULT_GROUP_CONNECTING] = N_ ("While they are connected"),
  };
  AdwPreferencesGroup *groups[HOLDFAST_SIM_FAULT_GROUP_MAX] = { NULL };
  guint n = 0;
  const HoldfastSimFaultWords *words = holdfast_sim_get_fault_words (&n);

  for (guint i = 0; i < G_N_ELEMENTS (groups); i++) {
    groups[i] = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
    adw_preferences_group_set_title (groups[i], _ (titles[i]));
    adw_preferences_page_add (self->page, groups[i]);
  }
  for (guint i = 0; i < n; i++)
    add_row (self, groups[words[i].group], &words[i]);
}

static void
holdfast_trouble_dialog_dispose (GObject *object)
{
  HoldfastTroubleDialog *self = HOLDFAST_TROUBLE_DIALOG (object);

  g_clear_pointer (&self->rows, g_ptr_array_unref);
  if (self->sim != NULL)
    g_signal_handlers_disconnect_by_data (self->sim, self);
  g_clear_object (&self->sim);
  gtk_widget_dispose_template (GTK_WIDGET (object), HOLDFAST_TYPE_TROUBLE_DIALOG);

  G_OBJECT_CLASS (holdfast_trouble_dialog_parent_class)->dispose (object);
}

static void
holdfast_trouble_dialog_class_init (HoldfastTroubleDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = holdfast_trouble_dialog_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               HOLDFAST_UI_PREFIX "trouble-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, HoldfastTroubleDialog, page);
  gtk_widget_class_bind_template_child (widget_class, HoldfastTroubleDialog, calm_row);
  gtk_widget_class_bind_template_callback (widget_class, calm_cb);
}

static void
holdfast_trouble_dialog_init (HoldfastTroubleDialog *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  fill (self);
}

AdwDialog *
holdfast_trouble_dialog_new (HoldfastSim *sim)
{
  HoldfastTroubleDialog *self = NULL;

  g_return_val_if_fail (HOLDFAST_IS_SIM (sim), NULL);

  self = g_object_new (HOLDFAST_TYPE_TROUBLE_DIALOG, NULL);
  self->sim = g_object_ref (sim);
  g_signal_connect_object (
      sim, "faults-changed", G_CALLBACK (show_faults), self, G_CONNECT_SWAPPED);
  show_faults (self);
  return ADW_DIALOG (self);
}

char *
holdfast_trouble_describe (HoldfastSimFaults faults)
{
  g_autofree char *text = NULL;
  guint n = 0;
  guint n_on = 0;
  const HoldfastSimFaultWords *words = holdfast_sim_get_fault_words (&n);

  for (guint i = 0; i < n; i++) {
    g_autofree char *before = NULL;

    if ((faults & words[i].fault) == 0 || ++n_on > MOST_IN_WORDS)
      continue;
    before = g_steal_pointer (&text);
    if (before == NULL)
      text = g_strdup (_ (words[i].title));
    else
      text = g_strdup_printf (
          /* Translators: both go wrong: "They are far away; Airplane mode is on" */
          _ ("%s; %s"),
          before,
          _ (words[i].title));
  }
  if (n_on <= MOST_IN_WORDS)
    return g_steal_pointer (&text);
  return g_strdup_printf (
      /* Translators: %s are the first things that go wrong, %u how many there are besides */
      g_dngettext (GETTEXT_PACKAGE, "%s; and %u more", "%s; and %u more", n_on - MOST_IN_WORDS),
      text,
      n_on - MOST_IN_WORDS);
}
