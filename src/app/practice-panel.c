/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "practice-panel.h"

#include <glib/gi18n-lib.h>

#include "light.h"
#include "sentences.h"
#if HOLDFAST_HAVE_BLUETOOTH
#include "trouble-dialog.h"
#endif
#include "widgets.h"

struct _HoldfastPracticePanel {
  AdwBin parent_instance;

#if HOLDFAST_HAVE_BLUETOOTH
  HoldfastSim *sim;
#endif
  AdwDialog *dialog; /* weak */
  guint pressed;     /* bit per HoldfastControl */
  gboolean showing;
  gboolean moving;
  GtkWidget *focus; /* what had it before the panel moves; not owned: it moves along */

  GtkWidget *header;
  GtkWidget *difficult_button;
  GtkWidget *words_label;
  GtkLabel *light_label;
  HoldfastLightView *light;
  GtkLabel *voice_label;
  AdwWrapBox *controls_box;
  AdwSwitchRow *case_row;
  AdwSwitchRow *lid_row;
  AdwSwitchRow *cable_row;
  AdwSwitchRow *charging_row;
  AdwActionRow *difficult_row;
};

G_DEFINE_FINAL_TYPE (HoldfastPracticePanel, holdfast_practice_panel, ADW_TYPE_BIN)

#if HOLDFAST_HAVE_BLUETOOTH

static HoldfastVirtualHeadset *
get_headset (HoldfastPracticePanel *self)
{
  return self->sim != NULL ? holdfast_sim_get_headset (self->sim) : NULL;
}

/* What one button of the panel stands for: a control, or two that a gesture holds together, since a
 * mouse has one pointer and a keyboard one focus. */
typedef struct {
  guint controls; /* bit per HoldfastControl */
  guint held;     /* bit per Holder */
} Key;

typedef enum {
  HOLDER_FINGER = 1 << 0,
  HOLDER_KEYBOARD = 1 << 1,
  HOLDER_LATCH = 1 << 2, /* of a program that reads the screen: until it presses again */
} Holder;

static Key *
key_of (GtkWidget *button)
{
  return g_object_get_data (G_OBJECT (button), "holdfast-key");
}

/* A control is down for as long as one of the buttons that stand for it is. */
static void
move_fingers (HoldfastPracticePanel *self)
{
  HoldfastVirtualHeadset *headset = get_headset (self);
  guint pressed = 0;
  guint moved = 0;

  for (GtkWidget *button = gtk_widget_get_first_child (GTK_WIDGET (self->controls_box));
       button != NULL;
       button = gtk_widget_get_next_sibling (button))
    if (key_of (button)->held != 0)
      pressed |= key_of (button)->controls;
  moved = self->pressed ^ pressed;
  self->pressed = pressed;
  for (HoldfastControl control = HOLDFAST_CONTROL_NONE + 1;
       headset != NULL && control < HOLDFAST_CONTROL_MAX;
       control++) {
    if ((moved & (1u << control)) == 0)
      continue;
    if ((pressed & (1u << control)) != 0)
      holdfast_virtual_headset_press (headset, control);
    else
      holdfast_virtual_headset_release (headset, control);
  }
}

static void
set_held (HoldfastPracticePanel *self, GtkWidget *button, Holder holder, gboolean held)
{
  Key *key = key_of (button);
  guint before = key->held;

  if (held)
    key->held |= holder;
  else
    key->held &= ~holder;
  if ((before != 0) == (key->held != 0))
    return;
  if (held)
    gtk_widget_add_css_class (button, "suggested-action");
  else
    gtk_widget_remove_css_class (button, "suggested-action");
  gtk_accessible_update_state (GTK_ACCESSIBLE (button),
                               GTK_ACCESSIBLE_STATE_PRESSED,
                               held ? GTK_ACCESSIBLE_TRISTATE_TRUE : GTK_ACCESSIBLE_TRISTATE_FALSE,
                               -1);
  move_fingers (self);
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
  set_held (
      panel_of (controller), gtk_event_controller_get_widget (controller), HOLDER_FINGER, TRUE);
}

static void
finger_up_cb (GtkGesture *gesture, GdkEventSequence *sequence)
{
  GtkEventController *controller = GTK_EVENT_CONTROLLER (gesture);

  set_held (
      panel_of (controller), gtk_event_controller_get_widget (controller), HOLDER_FINGER, FALSE);
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
  set_held (
      panel_of (controller), gtk_event_controller_get_widget (controller), HOLDER_KEYBOARD, TRUE);
  return GDK_EVENT_STOP;
}

static void
key_up_cb (GtkEventController *controller, guint key, guint code, GdkModifierType state)
{
  if (is_hold_key (key))
    set_held (panel_of (controller),
              gtk_event_controller_get_widget (controller),
              HOLDER_KEYBOARD,
              FALSE);
}

/* The focus goes elsewhere: no key comes up any more. But it comes back when the panel has moved.
 */
static void
focus_left_cb (GtkEventController *controller)
{
  HoldfastPracticePanel *self = panel_of (controller);

  if (self != NULL && !self->moving)
    set_held (self, gtk_event_controller_get_widget (controller), HOLDER_KEYBOARD, FALSE);
}

/* Neither finger nor key, which are taken before: a program that reads the screen. "clicked" would
 * come after a finger as well. */
static void
activate_cb (GtkWidget *button, HoldfastPracticePanel *self)
{
  set_held (self, button, HOLDER_LATCH, (key_of (button)->held & HOLDER_LATCH) == 0);
}

static char *
describe_controls (guint controls)
{
  const char *labels[2] = { NULL, NULL };
  guint n = 0;

  for (HoldfastControl control = HOLDFAST_CONTROL_NONE + 1;
       control < HOLDFAST_CONTROL_MAX && n < G_N_ELEMENTS (labels);
       control++)
    if ((controls & (1u << control)) != 0)
      labels[n++] = holdfast_control_get_label (control);
  if (n < G_N_ELEMENTS (labels))
    return g_strdup (labels[0]);
  return g_strdup_printf (
      /* Translators: both %s are buttons: "Power button and CUSTOM button, both at once" */
      _ ("%s and %s, both at once"),
      labels[0],
      labels[1]);
}

static void
add_key (HoldfastPracticePanel *self, guint controls)
{
  g_autofree char *words = describe_controls (controls);
  GtkWidget *label = gtk_label_new (words);
  GtkWidget *button = gtk_button_new ();
  GtkGesture *finger = gtk_gesture_click_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();
  Key *key = g_new0 (Key, 1);

  key->controls = controls;
  g_object_set_data_full (G_OBJECT (button), "holdfast-key", key, g_free);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_button_set_child (GTK_BUTTON (button), label);
  gtk_widget_add_css_class (button, "pill");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  words,
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
  adw_wrap_box_append (self->controls_box, button);
}

/* The controls that a gesture names, each once; and each two that it holds together. */
static void
collect (GArray *keys, guint *controls, const HoldfastGesture *gesture)
{
  for (guint i = 0; gesture != NULL && i < holdfast_gesture_get_n_steps (gesture); i++) {
    const HoldfastStep *step = holdfast_gesture_get_step (gesture, i);
    guint both = 1u << step->control | 1u << step->control2;
    gboolean known = FALSE;

    *controls |= both;
    if (step->control == HOLDFAST_CONTROL_NONE || step->control2 == HOLDFAST_CONTROL_NONE)
      continue;
    for (guint k = 0; k < keys->len; k++)
      known |= g_array_index (keys, guint, k) == both;
    if (!known)
      g_array_append_val (keys, both);
  }
}

static void
fill_controls (HoldfastPracticePanel *self, HoldfastHeadset *model)
{
  g_autoptr (GArray) pairs = g_array_new (FALSE, FALSE, sizeof (guint));
  GPtrArray *ways = holdfast_headset_get_pairing_ways (model);
  guint controls = 0;
  GtkWidget *child = NULL;

  for (guint i = 0; i < ways->len; i++)
    collect (pairs, &controls, g_ptr_array_index (ways, i));
  collect (pairs, &controls, holdfast_headset_get_first_time (model));
  collect (pairs, &controls, holdfast_headset_get_restart (model));
  collect (pairs, &controls, holdfast_headset_get_factory_reset (model));
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->controls_box))) != NULL)
    adw_wrap_box_remove (self->controls_box, child);
  for (HoldfastControl control = HOLDFAST_CONTROL_NONE + 1; control < HOLDFAST_CONTROL_MAX;
       control++)
    if ((controls & (1u << control)) != 0)
      add_key (self, 1u << control);
  for (guint i = 0; i < pairs->len; i++)
    add_key (self, g_array_index (pairs, guint, i));
}

/* The case, the lid and the cables may be moved by others: by a page's helping hand, by a fault. */
static void
show_switches (HoldfastPracticePanel *self)
{
  HoldfastVirtualHeadset *headset = get_headset (self);

  self->showing = TRUE;
  adw_switch_row_set_active (self->case_row, holdfast_virtual_headset_get_in_case (headset));
  adw_switch_row_set_active (self->lid_row, holdfast_virtual_headset_get_lid_open (headset));
  adw_switch_row_set_active (self->cable_row, holdfast_virtual_headset_get_cable (headset));
  adw_switch_row_set_active (self->charging_row, holdfast_virtual_headset_get_charging (headset));
  self->showing = FALSE;
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
  show_switches (self);
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
arrange_switches (HoldfastPracticePanel *self, HoldfastHeadset *model)
{
  HoldfastForm form = holdfast_headset_get_form (model);
  gboolean buds = form == HOLDFAST_FORM_EARBUDS || form == HOLDFAST_FORM_GAMING_EARBUDS;

  gtk_widget_set_visible (GTK_WIDGET (self->case_row), buds);
  gtk_widget_set_visible (GTK_WIDGET (self->lid_row), buds);
  gtk_widget_set_visible (GTK_WIDGET (self->cable_row), !buds);
}

static void
show_trouble (HoldfastPracticePanel *self)
{
  g_autofree char *trouble = holdfast_trouble_describe (holdfast_sim_get_faults (self->sim));

  adw_action_row_set_subtitle (self->difficult_row,
                               trouble != NULL ? trouble : _ ("Nothing goes wrong now"));
}

static void
make_difficult_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  HoldfastPracticePanel *self = HOLDFAST_PRACTICE_PANEL (widget);

  if (self->sim == NULL || self->dialog != NULL)
    return;
  g_set_weak_pointer (&self->dialog, holdfast_trouble_dialog_new (self->sim));
  adw_dialog_present (self->dialog, widget);
}

static void
let_go_of_sim (HoldfastPracticePanel *self)
{
  if (self->dialog != NULL)
    adw_dialog_force_close (self->dialog);
  g_clear_weak_pointer (&self->dialog);
  if (self->sim == NULL)
    return;
  g_signal_handlers_disconnect_by_data (get_headset (self), self);
  g_signal_handlers_disconnect_by_data (self->sim, self);
  g_clear_object (&self->sim);
}

void
holdfast_practice_panel_set_sim (HoldfastPracticePanel *self,
                                 HoldfastSim *sim,
                                 HoldfastClock *clock)
{
  HoldfastVirtualHeadset *headset = NULL;
  HoldfastHeadset *model = NULL;

  g_return_if_fail (HOLDFAST_IS_PRACTICE_PANEL (self));

  let_go_of_sim (self);
  self->sim = sim != NULL ? g_object_ref (sim) : NULL;
  holdfast_light_view_set_clock (self->light, clock);
  holdfast_light_view_set_playing (self->light, clock != NULL);
  self->pressed = 0;
  headset = get_headset (self);
  if (headset == NULL)
    return;
  model = holdfast_virtual_headset_get_model (headset);
  gtk_label_set_label (self->voice_label, "");
  fill_controls (self, model);
  arrange_switches (self, model);
  g_signal_connect_object (headset, "changed", G_CALLBACK (show_headset), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (headset, "spoke", G_CALLBACK (spoke_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (
      sim, "faults-changed", G_CALLBACK (show_trouble), self, G_CONNECT_SWAPPED);
  show_headset (self);
  show_trouble (self);
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
  let_go_of_sim (HOLDFAST_PRACTICE_PANEL (object));
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
  gtk_widget_class_bind_template_child (widget_class, HoldfastPracticePanel, difficult_row);
  gtk_widget_class_bind_template_child (widget_class, HoldfastPracticePanel, words_label);
  gtk_widget_class_bind_template_child (widget_class, HoldfastPracticePanel, difficult_button);
  gtk_widget_class_bind_template_child (widget_class, HoldfastPracticePanel, light_label);
  gtk_widget_class_bind_template_child (widget_class, HoldfastPracticePanel, light);
  gtk_widget_class_bind_template_child (widget_class, HoldfastPracticePanel, voice_label);
  gtk_widget_class_bind_template_child (widget_class, HoldfastPracticePanel, controls_box);
  gtk_widget_class_bind_template_child (widget_class, HoldfastPracticePanel, case_row);
  gtk_widget_class_bind_template_child (widget_class, HoldfastPracticePanel, lid_row);
  gtk_widget_class_bind_template_child (widget_class, HoldfastPracticePanel, cable_row);
  gtk_widget_class_bind_template_child (widget_class, HoldfastPracticePanel, charging_row);
  gtk_widget_class_bind_template_callback (widget_class, switch_cb);
#if HOLDFAST_HAVE_BLUETOOTH
  gtk_widget_class_install_action (
      widget_class, "practice.make-difficult", NULL, make_difficult_cb);
#endif
}

static void
holdfast_practice_panel_init (HoldfastPracticePanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
holdfast_practice_panel_begin_move (HoldfastPracticePanel *self)
{
  GtkRoot *root = NULL;
  GtkWidget *focus = NULL;

  g_return_if_fail (HOLDFAST_IS_PRACTICE_PANEL (self));

  root = gtk_widget_get_root (GTK_WIDGET (self));
  focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  self->focus = focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self)) ? focus : NULL;
  self->moving = TRUE;
}

void
holdfast_practice_panel_end_move (HoldfastPracticePanel *self)
{
  GtkWidget *focus = NULL;

  g_return_if_fail (HOLDFAST_IS_PRACTICE_PANEL (self));

  focus = g_steal_pointer (&self->focus);
  self->moving = FALSE;
  if (focus == NULL || gtk_widget_grab_focus (focus))
    return;
#if HOLDFAST_HAVE_BLUETOOTH
  if (key_of (focus) != NULL)
    set_held (self, focus, HOLDER_KEYBOARD, FALSE);
#endif
}

void
holdfast_practice_panel_set_compact (HoldfastPracticePanel *self, gboolean compact)
{
  g_return_if_fail (HOLDFAST_IS_PRACTICE_PANEL (self));

  gtk_widget_set_visible (self->header, !compact);
  gtk_widget_set_visible (self->words_label, !compact);
  gtk_widget_set_visible (self->difficult_button, compact);
  gtk_widget_set_visible (GTK_WIDGET (self->difficult_row), !compact);
}
