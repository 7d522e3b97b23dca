/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The simulated headphones in the panel: every gesture of the catalogue can be done with a pointer
 * alone, with a keyboard alone, and by a program that reads the screen. */

#include "config.h"

#include <adwaita.h>

#include "catalogue.h"
#include "holdfast-test.h"
#include "practice-panel.h"
#include "sentences.h"
#include "trouble-dialog.h"
#include "widgets.h"

#define TAP_MS 200
#define SETTLE_MS 300

typedef enum { MEANS_POINTER, MEANS_KEYBOARD, MEANS_READER, N_MEANS } Means;

typedef struct {
  HoldfastCatalogue *catalogue;
  HoldfastClock *clock;
  HoldfastSim *sim;
  HoldfastVirtualHeadset *headset;
  GtkWidget *window;
  HoldfastPracticePanel *panel;
  Means means;
} Bench;

static void
open_bench (Bench *bench, HoldfastHeadset *model, HoldfastSimFaults faults)
{
  bench->clock = holdfast_manual_clock_new ();
  bench->sim = holdfast_sim_new (bench->clock, model, faults);
  bench->headset = holdfast_sim_get_headset (bench->sim);
  bench->window = adw_window_new ();
  bench->panel = g_object_ref_sink (g_object_new (HOLDFAST_TYPE_PRACTICE_PANEL, NULL));
  adw_window_set_content (ADW_WINDOW (bench->window), GTK_WIDGET (bench->panel));
  gtk_window_set_default_size (GTK_WINDOW (bench->window), 360, 640);
  holdfast_practice_panel_set_sim (bench->panel, bench->sim, bench->clock);
  gtk_window_present (GTK_WINDOW (bench->window));
}

static void
close_bench (Bench *bench)
{
  holdfast_practice_panel_set_sim (bench->panel, NULL, NULL);
  gtk_window_destroy (GTK_WINDOW (bench->window));
  holdfast_test_assert_finalize (bench->panel);
  holdfast_test_assert_finalize (bench->sim);
  holdfast_test_assert_finalize (bench->clock);
}

static void
let_pass (Bench *bench, gint64 ms)
{
  holdfast_manual_clock_advance (HOLDFAST_MANUAL_CLOCK (bench->clock), ms * 1000);
  holdfast_test_settle ();
}

typedef gboolean (*Matches) (GtkWidget *widget, gconstpointer data);

static GtkWidget *
find (GtkWidget *widget, Matches matches, gconstpointer data)
{
  if (matches (widget, data))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find (child, matches, data);

    if (found != NULL)
      return found;
  }
  return NULL;
}

static const char *
get_words (GtkWidget *widget)
{
  GtkWidget *label = GTK_IS_BUTTON (widget) ? gtk_button_get_child (GTK_BUTTON (widget)) : NULL;

  return GTK_IS_LABEL (label) ? gtk_label_get_label (GTK_LABEL (label)) : "";
}

/* A button for exactly these controls: one has its name, two have both. */
static gboolean
is_for (GtkWidget *widget, gconstpointer data)
{
  const HoldfastStep *step = data;
  const char *words = get_words (widget);
  const char *label = holdfast_control_get_label (step->control);

  if (step->control2 == HOLDFAST_CONTROL_NONE)
    return g_str_equal (words, label);
  return strstr (words, label) != NULL
         && strstr (words, holdfast_control_get_label (step->control2)) != NULL;
}

static gboolean
is_switch (GtkWidget *widget, gconstpointer title)
{
  return ADW_IS_SWITCH_ROW (widget)
         && g_str_equal (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title);
}

static void
turn (Bench *bench, const char *title, gboolean on)
{
  GtkWidget *row = find (GTK_WIDGET (bench->panel), is_switch, title);

  g_assert_nonnull (row);
  g_assert_true (gtk_widget_get_visible (row));
  adw_switch_row_set_active (ADW_SWITCH_ROW (row), on);
}

static GtkEventController *
get_controller (GtkWidget *widget, GType type)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++) {
    g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

    if (G_TYPE_CHECK_INSTANCE_TYPE (controller, type)
        && gtk_event_controller_get_propagation_phase (controller) == GTK_PHASE_CAPTURE)
      return controller;
  }
  g_assert_not_reached ();
}

/* One thing at a time goes down, as one pointer or one focus can; up again with @down FALSE. */
static void
move (Bench *bench, GtkWidget *button, gboolean down)
{
  gboolean handled = FALSE;

  switch (bench->means) {
  case MEANS_POINTER:
    if (down)
      g_signal_emit_by_name (
          get_controller (button, GTK_TYPE_GESTURE_CLICK), "pressed", 1, 1.0, 1.0);
    else
      g_signal_emit_by_name (get_controller (button, GTK_TYPE_GESTURE_CLICK), "end", NULL);
    break;
  case MEANS_KEYBOARD:
    if (down)
      g_signal_emit_by_name (get_controller (button, GTK_TYPE_EVENT_CONTROLLER_KEY),
                             "key-pressed",
                             GDK_KEY_space,
                             0,
                             0,
                             &handled);
    else
      g_signal_emit_by_name (get_controller (button, GTK_TYPE_EVENT_CONTROLLER_KEY),
                             "key-released",
                             GDK_KEY_space,
                             0,
                             0);
    break;
  case MEANS_READER:
    g_assert_true (gtk_widget_activate (button));
    break;
  case N_MEANS:
    g_assert_not_reached ();
  }
}

static void
hold (Bench *bench, const HoldfastStep *step, gint64 ms)
{
  GtkWidget *button = find (GTK_WIDGET (bench->panel), is_for, step);

  if (button == NULL)
    g_test_message ("no button for %s", holdfast_control_get_label (step->control));
  g_assert_nonnull (button);
  move (bench, button, TRUE);
  g_assert_true (gtk_widget_has_css_class (button, "suggested-action"));
  let_pass (bench, ms);
  move (bench, button, FALSE);
  g_assert_false (gtk_widget_has_css_class (button, "suggested-action"));
}

static void
do_step (Bench *bench, const HoldfastStep *step)
{
  switch (step->action) {
  case HOLDFAST_ACTION_HOLD:
    hold (bench, step, step->usual_ms);
    break;
  case HOLDFAST_ACTION_PRESS:
    hold (bench, step, TAP_MS);
    break;
  case HOLDFAST_ACTION_WAIT:
    let_pass (bench, step->earliest_ms);
    break;
  case HOLDFAST_ACTION_UNPLUG_CABLE:
    turn (bench, "A cable is plugged in", FALSE);
    break;
  case HOLDFAST_ACTION_UNPLUG_USB:
    turn (bench, "They are charging", FALSE);
    break;
  case HOLDFAST_ACTION_PLUG_USB:
    turn (bench, "They are charging", TRUE);
    break;
  case HOLDFAST_ACTION_BUDS_IN_CASE:
    turn (bench, "Both earbuds are in the case", TRUE);
    break;
  case HOLDFAST_ACTION_BUDS_OUT:
  case HOLDFAST_ACTION_WEAR:
    turn (bench, "Both earbuds are in the case", FALSE);
    break;
  case HOLDFAST_ACTION_OPEN_LID:
    turn (bench, "The lid is open", TRUE);
    break;
  case HOLDFAST_ACTION_CLOSE_LID:
    turn (bench, "The lid is open", FALSE);
    break;
  case HOLDFAST_ACTION_SLIDE_SWITCH: {
    HoldfastStep slide = { .control = HOLDFAST_CONTROL_MODE_SWITCH };

    hold (bench, &slide, TAP_MS);
    break;
  }
  case HOLDFAST_ACTION_MAX:
    g_assert_not_reached ();
  }
}

/* Where the person must begin, as far as the panel has it. */
static void
get_ready (Bench *bench, HoldfastStartState start)
{
  if (start == HOLDFAST_START_ON)
    holdfast_virtual_headset_set_mode (bench->headset, HOLDFAST_VIRTUAL_ON);
  else if (start == HOLDFAST_START_OUT_OF_CASE)
    turn (bench, "Both earbuds are in the case", FALSE);
  else if (start == HOLDFAST_START_IN_CASE)
    turn (bench, "The lid is open", TRUE);
  else if (start == HOLDFAST_START_CHARGING)
    turn (bench, "They are charging", TRUE);
}

static void
count_cb (guint *count)
{
  ++*count;
}

static void
assert_works (Bench *bench, HoldfastHeadset *model, const HoldfastGesture *gesture)
{
  guint changes = 0;
  HoldfastVirtualMode mode;

  open_bench (bench, model, HOLDFAST_SIM_FAULT_NONE);
  get_ready (bench, gesture->start);
  let_pass (bench, SETTLE_MS);
  for (guint i = 0; i < holdfast_gesture_get_n_steps (gesture); i++) {
    const HoldfastStep *step = holdfast_gesture_get_step (gesture, i);

    if (step->only_if_on
        && holdfast_virtual_headset_get_mode (bench->headset) == HOLDFAST_VIRTUAL_OFF)
      continue;
    if (i + 1 == holdfast_gesture_get_n_steps (gesture))
      g_signal_connect_swapped (bench->headset, "changed", G_CALLBACK (count_cb), &changes);
    do_step (bench, step);
    let_pass (bench, SETTLE_MS);
  }
  mode = holdfast_virtual_headset_get_mode (bench->headset);
  if (gesture->kind == HOLDFAST_GESTURE_PAIR && mode != HOLDFAST_VIRTUAL_PAIRING)
    g_test_fail_printf ("%s by means %d: not in pairing mode but %d",
                        holdfast_headset_get_name (model),
                        bench->means,
                        mode);
  if (gesture->kind == HOLDFAST_GESTURE_FACTORY_RESET
      && holdfast_virtual_headset_count_remembered (bench->headset) > 0)
    g_test_fail_printf (
        "%s by means %d: not reset", holdfast_headset_get_name (model), bench->means);
  if (gesture->kind == HOLDFAST_GESTURE_RESTART && changes == 0)
    g_test_fail_printf (
        "%s by means %d: not restarted", holdfast_headset_get_name (model), bench->means);
  g_signal_handlers_disconnect_by_data (bench->headset, &changes);
  close_bench (bench);
}

static guint
assert_all_work (Bench *bench, HoldfastHeadset *model)
{
  GPtrArray *ways = holdfast_headset_get_pairing_ways (model);
  const HoldfastGesture *others[]
      = { holdfast_headset_get_restart (model), holdfast_headset_get_factory_reset (model) };
  guint n = ways->len;

  for (guint i = 0; i < ways->len; i++)
    assert_works (bench, model, g_ptr_array_index (ways, i));
  for (guint i = 0; i < G_N_ELEMENTS (others); i++) {
    if (others[i] == NULL || holdfast_gesture_get_last_hold (others[i]) == NULL)
      continue;
    assert_works (bench, model, others[i]);
    n++;
  }
  return n;
}

static void
test_gestures (gconstpointer data)
{
  Bench bench = { .means = GPOINTER_TO_INT (data) };
  g_autoptr (HoldfastCatalogue) catalogue = holdfast_catalogue_new (NULL);
  GListModel *lists[]
      = { holdfast_catalogue_get_models (catalogue), holdfast_catalogue_get_families (catalogue) };
  guint n = 0;

  for (guint list = 0; list < G_N_ELEMENTS (lists); list++)
    for (guint i = 0; i < g_list_model_get_n_items (lists[list]); i++) {
      g_autoptr (HoldfastHeadset) model = g_list_model_get_item (lists[list], i);

      n += assert_all_work (&bench, model);
    }
  g_assert_cmpuint (n, >=, 60); /* none of the lists was empty */
}

/* What is latched stays down when the focus goes on; what a key holds does not. */
static void
test_focus_leaves (void)
{
  Bench bench = { 0 };
  g_autoptr (HoldfastCatalogue) catalogue = holdfast_catalogue_new (NULL);
  HoldfastStep step = { .control = HOLDFAST_CONTROL_POWER };
  GtkWidget *button = NULL;

  for (bench.means = MEANS_KEYBOARD; bench.means < N_MEANS; bench.means++) {
    gboolean latched = bench.means == MEANS_READER;

    open_bench (&bench, holdfast_catalogue_find (catalogue, "WH-1000XM4"), HOLDFAST_SIM_FAULT_NONE);
    button = find (GTK_WIDGET (bench.panel), is_for, &step);
    g_assert_true (gtk_widget_grab_focus (button));
    move (&bench, button, TRUE);
    gtk_window_set_focus (GTK_WINDOW (bench.window), NULL);
    holdfast_test_settle ();
    g_assert_cmpint (gtk_widget_has_css_class (button, "suggested-action"), ==, latched);
    let_pass (&bench, 7000);
    g_assert_cmpint (holdfast_virtual_headset_get_mode (bench.headset),
                     ==,
                     latched ? HOLDFAST_VIRTUAL_PAIRING : HOLDFAST_VIRTUAL_OFF);
    close_bench (&bench);
  }
}

/* The panel shows what others do: a hand that helps, a fault. */
static void
test_follows (void)
{
  Bench bench = { 0 };
  g_autoptr (HoldfastCatalogue) catalogue = holdfast_catalogue_new (NULL);
  GtkWidget *row = NULL;

  open_bench (&bench, holdfast_catalogue_find (catalogue, "WF-1000XM5"), HOLDFAST_SIM_FAULT_NONE);
  row = find (GTK_WIDGET (bench.panel), is_switch, "Both earbuds are in the case");
  g_assert_true (adw_switch_row_get_active (ADW_SWITCH_ROW (row)));
  holdfast_virtual_headset_act (bench.headset, HOLDFAST_ACTION_BUDS_OUT);
  g_assert_false (adw_switch_row_get_active (ADW_SWITCH_ROW (row)));
  close_bench (&bench);

  open_bench (&bench, holdfast_catalogue_find (catalogue, "WH-1000XM4"), HOLDFAST_SIM_FAULT_NONE);
  row = find (GTK_WIDGET (bench.panel), is_switch, "A cable is plugged in");
  g_assert_false (adw_switch_row_get_active (ADW_SWITCH_ROW (row)));
  holdfast_sim_set_fault (bench.sim, HOLDFAST_SIM_FAULT_CABLE, TRUE);
  g_assert_true (adw_switch_row_get_active (ADW_SWITCH_ROW (row)));
  adw_switch_row_set_active (ADW_SWITCH_ROW (row), FALSE);
  g_assert_cmpuint (holdfast_sim_get_faults (bench.sim), ==, HOLDFAST_SIM_FAULT_NONE);
  close_bench (&bench);
}

/* Each fault has a switch in the order of the table, and it works at once, both ways. */
static void
test_trouble (void)
{
  Bench bench = { 0 };
  g_autoptr (HoldfastCatalogue) catalogue = holdfast_catalogue_new (NULL);
  AdwDialog *dialog = NULL;
  guint n = 0;
  const HoldfastSimFaultWords *words = holdfast_sim_get_fault_words (&n);

  open_bench (&bench, holdfast_catalogue_find (catalogue, "WH-1000XM4"), HOLDFAST_SIM_FAULT_WEAK);
  gtk_widget_activate_action (GTK_WIDGET (bench.panel), "practice.make-difficult", NULL);
  dialog = adw_window_get_visible_dialog (ADW_WINDOW (bench.window));
  g_assert_true (HOLDFAST_IS_TROUBLE_DIALOG (dialog));
  for (guint i = 0; i < n; i++) {
    GtkWidget *row = find (GTK_WIDGET (dialog), is_switch, words[i].title);
    gboolean on = words[i].fault == HOLDFAST_SIM_FAULT_WEAK;

    g_assert_nonnull (row);
    g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), ==, words[i].detail);
    g_assert_cmpint (adw_switch_row_get_active (ADW_SWITCH_ROW (row)), ==, on);
    adw_switch_row_set_active (ADW_SWITCH_ROW (row), !on);
    g_assert_cmpint ((holdfast_sim_get_faults (bench.sim) & words[i].fault) != 0, ==, !on);
    adw_switch_row_set_active (ADW_SWITCH_ROW (row), on);
    g_assert_cmpuint (holdfast_sim_get_faults (bench.sim), ==, HOLDFAST_SIM_FAULT_WEAK);
  }
  /* and it goes when there is nothing any more that could go wrong */
  g_object_ref (dialog);
  holdfast_practice_panel_set_sim (bench.panel, NULL, NULL);
  g_assert_null (adw_window_get_visible_dialog (ADW_WINDOW (bench.window)));
  holdfast_test_assert_finalize (dialog);
  close_bench (&bench);
}

/* Pressing it takes the last fault away and the button's own use; the focus stays in the dialog. */
static void
test_calm (void)
{
  Bench bench = { 0 };
  g_autoptr (HoldfastCatalogue) catalogue = holdfast_catalogue_new (NULL);
  AdwDialog *dialog = NULL;
  GtkWidget *calm = NULL;
  guint n = 0;
  const HoldfastSimFaultWords *words = holdfast_sim_get_fault_words (&n);

  open_bench (&bench, holdfast_catalogue_find (catalogue, "WH-1000XM4"), HOLDFAST_SIM_FAULT_WEAK);
  gtk_widget_activate_action (GTK_WIDGET (bench.panel), "practice.make-difficult", NULL);
  dialog = adw_window_get_visible_dialog (ADW_WINDOW (bench.window));
  calm = GTK_WIDGET (gtk_widget_get_template_child (
      GTK_WIDGET (dialog), HOLDFAST_TYPE_TROUBLE_DIALOG, "calm_row"));
  holdfast_test_settle ();
  g_assert_true (gtk_widget_grab_focus (calm));
  g_signal_emit_by_name (calm, "activated");
  g_assert_cmpuint (holdfast_sim_get_faults (bench.sim), ==, HOLDFAST_SIM_FAULT_NONE);
  g_assert_false (gtk_widget_get_sensitive (calm));
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (bench.window))
                 == find (GTK_WIDGET (dialog), is_switch, words[0].title));
  close_bench (&bench);
}

static void
test_describe (void)
{
  g_autofree char *none = holdfast_trouble_describe (HOLDFAST_SIM_FAULT_NONE);
  g_autofree char *one = holdfast_trouble_describe (HOLDFAST_SIM_FAULT_WEAK);
  g_autofree char *two
      = holdfast_trouble_describe (HOLDFAST_SIM_FAULT_WEAK | HOLDFAST_SIM_FAULT_OFF);
  g_autofree char *four
      = holdfast_trouble_describe (HOLDFAST_SIM_FAULT_WEAK | HOLDFAST_SIM_FAULT_OFF
                                   | HOLDFAST_SIM_FAULT_REFUSE | HOLDFAST_SIM_FAULT_PIN);

  g_assert_null (none);
  g_assert_cmpstr (one, ==, "They are far away");
  g_assert_cmpstr (two, ==, "Bluetooth is switched off; They are far away");
  g_assert_cmpstr (four, ==, "Bluetooth is switched off; They are far away; and 2 more");
}

int
main (int argc, char **argv)
{
  static const char *const means[N_MEANS] = { "pointer", "keyboard", "reader" };

  g_test_init (&argc, &argv, NULL);
  g_assert_true (holdfast_widgets_init ());
  for (guint i = 0; i < N_MEANS; i++) {
    g_autofree char *path = g_strconcat ("/practice/gestures/", means[i], NULL);

    g_test_add_data_func (path, GINT_TO_POINTER (i), test_gestures);
  }
  g_test_add_func ("/practice/focus-leaves", test_focus_leaves);
  g_test_add_func ("/practice/follows", test_follows);
  g_test_add_func ("/practice/trouble", test_trouble);
  g_test_add_func ("/practice/calm", test_calm);
  g_test_add_func ("/practice/describe", test_describe);
  return g_test_run ();
}
