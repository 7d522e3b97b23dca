/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "practice-panel.h"

#include <glib/gi18n-lib.h>

#include "light.h"
#include "sentences.h"
#include "widgets.h"

struct _HoldfastPracticePanel {
  AdwBin parent_instance;

#if HOLDFAST_HAVE_BLUETOOTH
  HoldfastSim *sim;
#endif
  guint pressed; /* bit per HoldfastControl */
  gboolean showing;

  GtkWidget *header;
  GtkLabel *name_label;
  GtkLabel *light_label;
  HoldfastLightView *light;
  GtkLabel *voice_label;
  GtkBox *controls_box;
  AdwSwitchRow *case_row;
  AdwSwitchRow *lid_row;
  AdwSwitchRow *cable_row;
  AdwSwitchRow *charging_row;
};

G_DEFINE_FINAL_TYPE (HoldfastPracticePanel, holdfast_practice_panel, ADW_TYPE_BIN)

#if HOLDFAST_HAVE_BLUETOOTH

static HoldfastVirtualHeadset *
get_headset (HoldfastPracticePanel *self)
{
  return self->sim != NULL ? holdfast_sim_get_headset (self->sim) : NULL;
}

static HoldfastControl
control_of (GtkWidget *button)
{
  return GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "holdfast-control"));
}

static void
set_pressed (HoldfastPracticePanel *self, GtkWidget *button, gboolean pressed)
{
  HoldfastVirtualHeadset *headset = get_headset (self);
  HoldfastControl control = control_of (button);
  guint bit = 1u << control;

  if (headset == NULL || ((self->pressed & bit) != 0) == pressed)
    return;
  self->pressed ^= bit;
  if (pressed)
    holdfast_virtual_headset_press (headset, control);
  else
    holdfast_virtual_headset_release (headset, control);
  if (pressed)
    gtk_widget_add_css_class (button, "suggested-action");
  else
    gtk_widget_remove_css_class (button, "suggested-action");
  gtk_accessible_update_state (GTK_ACCESSIBLE (button),
                               GTK_ACCESSIBLE_STATE_PRESSED,
                               pressed ? GTK_ACCESSIBLE_TRISTATE_TRUE
                                       : GTK_ACCESSIBLE_TRISTATE_FALSE,
                               -1);
}

static HoldfastPracticePanel *
panel_of (GtkEventController *controller)
{
  return HOLDFAST_PRACTICE_PANEL (gtk_widget_get_ancestor (
      gtk_event_controller_get_widget (controller), HOLDFAST_TYPE_PRACTICE_PANEL));
}

static void
finger_down_cb (GtkGesture *gesture, int n_press, double x, double y)
{
  GtkEventController *controller = GTK_EVENT_CONTROLLER (gesture);

  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  set_pressed (panel_of (controller), gtk_event_controller_get_widget (controller), TRUE);
}

static void
finger_up_cb (GtkGesture *gesture, GdkEventSequence *sequence)
{
  GtkEventController *controller = GTK_EVENT_CONTROLLER (gesture);

  set_pressed (panel_of (controller), gtk_event_controller_get_widget (controller), FALSE);
}

static gboolean
is_hold_key (guint key)
{
  return key == GDK_KEY_space || key == GDK_KEY_KP_Space || key == GDK_KEY_Return
         || key == GDK_KEY_KP_Enter;
}

static gboolean
key_down_cb (GtkEventController *controller, guint key, guint code, GdkModifierType state)
{
  if (!is_hold_key (key))
    return GDK_EVENT_PROPAGATE;
  set_pressed (panel_of (controller), gtk_event_controller_get_widget (controller), TRUE);
  return GDK_EVENT_STOP;
}

static void
key_up_cb (GtkEventController *controller, guint key, guint code, GdkModifierType state)
{
  if (is_hold_key (key))
    set_pressed (panel_of (controller), gtk_event_controller_get_widget (controller), FALSE);
}

/* The focus goes elsewhere: no key comes up any more. */
static void
focus_left_cb (GtkEventController *controller)
{
  HoldfastPracticePanel *self = panel_of (controller);

  if (self != NULL)
    set_pressed (self, gtk_event_controller_get_widget (controller), FALSE);
}

/* Neither finger nor key, which are taken before: a program that reads the screen. "clicked" would
 * come after a finger as well. */
static void
activate_cb (GtkWidget *button, HoldfastPracticePanel *self)
{
  set_pressed (self, button, (self->pressed & (1u << control_of (button))) == 0);
}

static void
add_control (HoldfastPracticePanel *self, HoldfastControl control)
{
  GtkWidget *button = gtk_button_new_with_label (holdfast_control_get_label (control));
  GtkGesture *finger = gtk_gesture_click_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  g_object_set_data (G_OBJECT (button), "holdfast-control", GINT_TO_POINTER (control));
  gtk_widget_add_css_class (button, "pill");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  _ ("Held down for as long as you press it"),
                                  -1);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (finger), GTK_PHASE_CAPTURE);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (finger, "pressed", G_CALLBACK (finger_down_cb), NULL);
  g_signal_connect (finger, "end", G_CALLBACK (finger_up_cb), NULL);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_down_cb), NULL);
  g_signal_connect (keys, "key-released", G_CALLBACK (key_up_cb), NULL);
  g_signal_connect (focus, "leave", G_CALLBACK (focus_left_cb), NULL);
  gtk_widget_add_controller (button, GTK_EVENT_CONTROLLER (finger));
  gtk_widget_add_controller (button, keys);
  gtk_widget_add_controller (button, focus);
  g_signal_connect_object (button, "activate", G_CALLBACK (activate_cb), self, 0);
  gtk_box_append (self->controls_box, button);
}

static guint
controls_of (const HoldfastGesture *gesture)
{
  guint controls = 0;

  for (guint i = 0; gesture != NULL && i < holdfast_gesture_get_n_steps (gesture); i++) {
    const HoldfastStep *step = holdfast_gesture_get_step (gesture, i);

    controls |= 1u << step->control | 1u << step->control2;
  }
  return controls;
}

static void
fill_controls (HoldfastPracticePanel *self, HoldfastHeadset *model)
{
  GPtrArray *ways = holdfast_headset_get_pairing_ways (model);
  guint controls = controls_of (holdfast_headset_get_first_time (model))
                   | controls_of (holdfast_headset_get_factory_reset (model));
  GtkWidget *child = NULL;

  for (guint i = 0; i < ways->len; i++)
    controls |= controls_of (g_ptr_array_index (ways, i));
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->controls_box))) != NULL)
    gtk_box_remove (self->controls_box, child);
  for (HoldfastControl control = HOLDFAST_CONTROL_NONE + 1; control < HOLDFAST_CONTROL_MAX;
       control++)
    if ((controls & (1u << control)) != 0)
      add_control (self, control);
}

static void
show_headset (HoldfastPracticePanel *self)
{
  HoldfastVirtualHeadset *headset = get_headset (self);
  const HoldfastTimeline *light
      = headset != NULL ? holdfast_virtual_headset_get_light (headset) : NULL;
  g_autofree char *words = NULL;
  g_autofree char *label = NULL;

  if (light != NULL)
    words = holdfast_light_describe (light);
  label = g_strdup_printf (
      /* Translators: %s is a light in words, such as "blue, twice, a pause, again and again". */
      _ ("Light: %s"),
      words != NULL ? words : _ ("dark"));
  gtk_label_set_label (self->light_label, label);
  holdfast_light_view_set_timeline (
      self->light,
      (HoldfastTimeline *) light,
      headset != NULL ? holdfast_virtual_headset_get_light_began_us (headset) : 0);
}

static void
spoke_cb (HoldfastPracticePanel *self, const char *phrase)
{
  g_autofree char *words = g_strdup_printf (
      /* Translators: %s is what the headphones say, in English. */
      _ ("They say “%s”."),
      phrase);

  gtk_label_set_label (self->voice_label, words);
}

static void
switch_cb (HoldfastPracticePanel *self, GParamSpec *pspec, AdwSwitchRow *row)
{
  HoldfastVirtualHeadset *headset = get_headset (self);
  gboolean on = adw_switch_row_get_active (row);

  if (headset == NULL || self->showing)
    return;
  if (row == self->case_row)
    holdfast_virtual_headset_set_in_case (headset, on);
  else if (row == self->lid_row)
    holdfast_virtual_headset_set_lid_open (headset, on);
  else if (row == self->cable_row)
    holdfast_virtual_headset_set_cable (headset, on);
  else
    holdfast_virtual_headset_set_charging (headset, on);
}

static void
show_switches (HoldfastPracticePanel *self, HoldfastHeadset *model)
{
  HoldfastForm form = holdfast_headset_get_form (model);
  gboolean buds = form == HOLDFAST_FORM_EARBUDS || form == HOLDFAST_FORM_GAMING_EARBUDS;

  self->showing = TRUE;
  adw_switch_row_set_active (self->case_row, FALSE);
  adw_switch_row_set_active (self->lid_row, FALSE);
  adw_switch_row_set_active (self->cable_row,
                             (holdfast_sim_get_faults (self->sim) & HOLDFAST_SIM_FAULT_CABLE) != 0);
  adw_switch_row_set_active (self->charging_row, FALSE);
  self->showing = FALSE;
  gtk_widget_set_visible (GTK_WIDGET (self->case_row), buds);
  gtk_widget_set_visible (GTK_WIDGET (self->lid_row), buds);
  gtk_widget_set_visible (GTK_WIDGET (self->cable_row), !buds);
}

void
holdfast_practice_panel_set_sim (HoldfastPracticePanel *self,
                                 HoldfastSim *sim,
                                 HoldfastClock *clock)
{
  HoldfastVirtualHeadset *headset = NULL;

  g_return_if_fail (HOLDFAST_IS_PRACTICE_PANEL (self));

  if (get_headset (self) != NULL)
    g_signal_handlers_disconnect_by_data (get_headset (self), self);
  g_set_object (&self->sim, sim);
  holdfast_light_view_set_clock (self->light, clock);
  holdfast_light_view_set_playing (self->light, clock != NULL);
  self->pressed = 0;
  headset = get_headset (self);
  if (headset == NULL)
    return;
  gtk_label_set_label (self->name_label,
                       holdfast_headset_get_name (holdfast_virtual_headset_get_model (headset)));
  gtk_label_set_label (self->voice_label, "");
  fill_controls (self, holdfast_virtual_headset_get_model (headset));
  show_switches (self, holdfast_virtual_headset_get_model (headset));
  g_signal_connect_object (headset, "changed", G_CALLBACK (show_headset), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (headset, "spoke", G_CALLBACK (spoke_cb), self, G_CONNECT_SWAPPED);
  show_headset (self);
}

#else

static void
switch_cb (HoldfastPracticePanel *self, GParamSpec *pspec, AdwSwitchRow *row)
{
}

#endif

static void
holdfast_practice_panel_dispose (GObject *object)
{
#if HOLDFAST_HAVE_BLUETOOTH
  g_clear_object (&HOLDFAST_PRACTICE_PANEL (object)->sim);
#endif
  gtk_widget_dispose_template (GTK_WIDGET (object), HOLDFAST_TYPE_PRACTICE_PANEL);

  G_OBJECT_CLASS (holdfast_practice_panel_parent_class)->dispose (object);
}

static void
holdfast_practice_panel_class_init (HoldfastPracticePanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = holdfast_practice_panel_dispose;

  g_type_ensure (HOLDFAST_TYPE_LIGHT_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               HOLDFAST_UI_PREFIX "practice-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, HoldfastPracticePanel, header);
  gtk_widget_class_bind_template_child (widget_class, HoldfastPracticePanel, name_label);
  gtk_widget_class_bind_template_child (widget_class, HoldfastPracticePanel, light_label);
  gtk_widget_class_bind_template_child (widget_class, HoldfastPracticePanel, light);
  gtk_widget_class_bind_template_child (widget_class, HoldfastPracticePanel, voice_label);
  gtk_widget_class_bind_template_child (widget_class, HoldfastPracticePanel, controls_box);
  gtk_widget_class_bind_template_child (widget_class, HoldfastPracticePanel, case_row);
  gtk_widget_class_bind_template_child (widget_class, HoldfastPracticePanel, lid_row);
  gtk_widget_class_bind_template_child (widget_class, HoldfastPracticePanel, cable_row);
  gtk_widget_class_bind_template_child (widget_class, HoldfastPracticePanel, charging_row);
  gtk_widget_class_bind_template_callback (widget_class, switch_cb);
}

static void
holdfast_practice_panel_init (HoldfastPracticePanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
holdfast_practice_panel_set_compact (HoldfastPracticePanel *self, gboolean compact)
{
  g_return_if_fail (HOLDFAST_IS_PRACTICE_PANEL (self));

  gtk_widget_set_visible (self->header, !compact);
}
