/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include <adwaita.h>

#include "catalogue.h"
#include "headset-picture-private.h"
#include "holdfast-test.h"
#include "widgets.h"

#define MS ((gint64) 1000)

typedef struct {
  HoldfastCatalogue *catalogue;
  HoldfastClock *clock;
  HoldfastHeadsetPicture *picture;
  GtkWidget *window;
  guint n_draws;
} Fixture;

static GString *warnings = NULL;

static GLogWriterOutput
keep_warnings (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer data)
{
  for (gsize i = 0; i < n_fields && (level & G_LOG_LEVEL_WARNING) != 0; i++) {
    if (g_str_equal (fields[i].key, "MESSAGE")
        && strstr (fields[i].value, "illustration") != NULL) {
      g_string_append_printf (warnings, "%s\n", (const char *) fields[i].value);
      return G_LOG_WRITER_HANDLED;
    }
  }
  return g_log_writer_default (level, fields, n_fields, data);
}

static void
set_animations (gboolean enabled)
{
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", enabled, NULL);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  set_animations (TRUE);
  g_string_truncate (warnings, 0);
  fixture->catalogue = holdfast_catalogue_new (&error);
  g_assert_no_error (error);
  fixture->clock = holdfast_manual_clock_new ();
  fixture->picture = HOLDFAST_HEADSET_PICTURE (g_object_ref_sink (holdfast_headset_picture_new ()));
  holdfast_headset_picture_set_clock (fixture->picture, fixture->clock);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_pointer ((GtkWindow **) &fixture->window, gtk_window_destroy);
  if (fixture->picture != NULL)
    holdfast_test_assert_finalize (fixture->picture);
  holdfast_test_assert_finalize (fixture->clock);
  g_clear_object (&fixture->catalogue);
  set_animations (TRUE);
}

static HoldfastHeadset *
find (Fixture *fixture, const char *id)
{
  HoldfastHeadset *headset = holdfast_catalogue_find (fixture->catalogue, id);

  g_assert_nonnull (headset);
  return headset;
}

static const HoldfastGesture *
get_way (HoldfastHeadset *headset, guint index)
{
  return g_ptr_array_index (holdfast_headset_get_pairing_ways (headset), index);
}

/* ---- Every gesture of every headset ---- */

typedef void (*GestureFunc) (Fixture *fixture,
                             HoldfastHeadset *headset,
                             const HoldfastGesture *gesture);

static void
for_each_gesture (Fixture *fixture, GestureFunc func)
{
  GListModel *lists[] = { holdfast_catalogue_get_models (fixture->catalogue),
                          holdfast_catalogue_get_families (fixture->catalogue) };
  guint n_gestures = 0;

  for (guint list = 0; list < G_N_ELEMENTS (lists); list++) {
    for (guint i = 0; i < g_list_model_get_n_items (lists[list]); i++) {
      g_autoptr (HoldfastHeadset) headset = g_list_model_get_item (lists[list], i);
      GPtrArray *ways = holdfast_headset_get_pairing_ways (headset);
      const HoldfastGesture *others[] = { holdfast_headset_get_first_time (headset),
                                          holdfast_headset_get_restart (headset),
                                          holdfast_headset_get_factory_reset (headset) };

      for (guint j = 0; j < ways->len; j++)
        func (fixture, headset, g_ptr_array_index (ways, j));
      for (guint j = 0; j < G_N_ELEMENTS (others); j++) {
        if (others[j] != NULL)
          func (fixture, headset, others[j]);
      }
      n_gestures += ways->len;
    }
  }
  g_assert_cmpuint (n_gestures, >, 40);
}

static void
check_elements (Fixture *fixture, HoldfastHeadset *headset, const HoldfastGesture *gesture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HoldfastIllustration) illustration
      = holdfast_illustration_load (holdfast_headset_get_picture (headset), &error);

  g_assert_no_error (error);
  for (guint i = 0; i < holdfast_gesture_get_n_steps (gesture); i++) {
    const HoldfastStep *step = holdfast_gesture_get_step (gesture, i);
    g_autoptr (HoldfastPicturePlan) plan
        = holdfast_picture_plan_make (illustration, headset, gesture, i);

    g_test_message ("%s: %s, step %u (%s)",
                    holdfast_headset_get_id (headset),
                    gesture->id,
                    i,
                    holdfast_action_to_string (step->action));
    g_assert_true (plan->complete);
    g_assert_nonnull (plan->frame);
    if (step->control != HOLDFAST_CONTROL_NONE) {
      gboolean two = step->control2 != HOLDFAST_CONTROL_NONE
                     || step->control == HOLDFAST_CONTROL_EARBUD_TOUCH
                     || step->control == HOLDFAST_CONTROL_EARBUD_BUTTON;

      g_assert_cmpuint (plan->n_controls, ==, two ? 2 : 1);
      g_assert_cmpuint (plan->n_lights, >=, 1);
    }
    if (step->action != HOLDFAST_ACTION_HOLD && step->action != HOLDFAST_ACTION_PRESS
        && step->action != HOLDFAST_ACTION_WAIT)
      g_assert_true (holdfast_picture_plan_moves (plan));
  }
}

/* The picture of each has what each of its gestures touches. */
static void
test_every_gesture (Fixture *fixture, gconstpointer data)
{
  for_each_gesture (fixture, check_elements);
}

static gboolean
reaches (const graphene_rect_t *box, const graphene_point_t *centre, float radius)
{
  float x = CLAMP (centre->x, box->origin.x, box->origin.x + box->size.width);
  float y = CLAMP (centre->y, box->origin.y, box->origin.y + box->size.height);

  return graphene_point_distance (centre, &GRAPHENE_POINT_INIT (x, y), NULL, NULL) < radius;
}

static void
check_geometry (Fixture *fixture, HoldfastHeadset *headset, const HoldfastGesture *gesture)
{
  static const int sizes[][2] = {
    { 160,  120  },
    { 320,  240  },
    { 500,  200  },
    { 800,  600  },
    { 200,  900  },
    { 1600, 1200 }
  };
  guint last = holdfast_gesture_get_n_steps (gesture) - 1;

  if (holdfast_gesture_get_n_steps (gesture) == 0
      || holdfast_gesture_get_step (gesture, last)->control == HOLDFAST_CONTROL_NONE)
    return;
  holdfast_headset_picture_set_headset (fixture->picture, headset);
  holdfast_headset_picture_set_step (fixture->picture, gesture, last, HOLDFAST_PICTURE_HAND_PRESS);
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++) {
    graphene_rect_t all = GRAPHENE_RECT_INIT (0, 0, (float) sizes[i][0], (float) sizes[i][1]);

    gtk_widget_allocate (GTK_WIDGET (fixture->picture), sizes[i][0], sizes[i][1], -1, NULL);
    for (guint j = 0; j < holdfast_headset_picture_get_n_controls (fixture->picture); j++) {
      graphene_rect_t control;
      graphene_point_t centre;
      float radius;

      holdfast_headset_picture_get_control_box (fixture->picture, j, &control);
      g_test_message ("%s: %s, %d px", holdfast_headset_get_id (headset), gesture->id, sizes[i][0]);
      g_assert_true (graphene_rect_contains_rect (&all, &control));
      for (guint lens = 1; lens <= 2; lens++) {
        if (!holdfast_headset_picture_get_lens (fixture->picture, lens, &centre, &radius))
          continue;
        g_assert_false (reaches (&control, &centre, radius));
        g_assert_cmpfloat (centre.x - radius, >=, 0);
        g_assert_cmpfloat (centre.y - radius, >=, 0);
        g_assert_cmpfloat (centre.x + radius, <=, all.size.width);
        g_assert_cmpfloat (centre.y + radius, <=, all.size.height);
      }
    }
  }
}

/* What is pressed is in the picture, and no close-up lies over it, at any size. */
static void
test_geometry (Fixture *fixture, gconstpointer data)
{
  for_each_gesture (fixture, check_geometry);
  g_assert_cmpstr (warnings->str, ==, "");
}

/* ---- The widget ---- */

static void
test_role_and_size (Fixture *fixture, gconstpointer data)
{
  GtkWidget *widget = GTK_WIDGET (fixture->picture);
  int minimum;
  int natural;

  g_assert_cmpint (
      gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (widget)), ==, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  g_assert_cmpint (minimum, ==, 160);
  g_assert_cmpint (natural, >=, 320);
  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, 400, &minimum, &natural, NULL, NULL);
  g_assert_cmpint (minimum, <=, 120);
  g_assert_cmpint (natural, ==, 300);

  holdfast_headset_picture_set_lens (fixture->picture, FALSE);
  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  g_assert_cmpint (minimum, <=, 96);
  g_assert_cmpint (natural, ==, 128);
}

static void
show (Fixture *fixture)
{
  fixture->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 640, 480);
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->picture));
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static gboolean
is_mapped (gpointer data)
{
  Fixture *fixture = data;

  return gtk_widget_get_mapped (GTK_WIDGET (fixture->picture));
}

static gboolean
is_still (gpointer data)
{
  Fixture *fixture = data;

  holdfast_manual_clock_advance (HOLDFAST_MANUAL_CLOCK (fixture->clock), 20 * MS);
  return !holdfast_headset_picture_is_ticking (fixture->picture);
}

static void
wait_still (Fixture *fixture)
{
  holdfast_test_wait (is_still, fixture, HOLDFAST_TEST_DEADLINE_MS, "a picture that stands still");
}

static void
test_ticks (Fixture *fixture, gconstpointer data)
{
  HoldfastHeadset *headset = find (fixture, "wh-1000xm4");
  const HoldfastGesture *way = get_way (headset, 0);
  guint last = holdfast_gesture_get_n_steps (way) - 1;

  /* Not to be seen, whatever there is to do. */
  holdfast_headset_picture_set_headset (fixture->picture, headset);
  holdfast_headset_picture_set_step (fixture->picture, way, last, HOLDFAST_PICTURE_HAND_POINT);
  g_assert_false (holdfast_headset_picture_is_ticking (fixture->picture));

  show (fixture);
  holdfast_test_wait (is_mapped, fixture, HOLDFAST_TEST_DEADLINE_MS, "a window");
  g_assert_true (holdfast_headset_picture_is_ticking (fixture->picture));

  /* Pressed, it comes to rest, and so does what shows no hand. */
  holdfast_headset_picture_set_step (fixture->picture, way, last, HOLDFAST_PICTURE_HAND_PRESS);
  g_assert_true (holdfast_headset_picture_is_ticking (fixture->picture));
  wait_still (fixture);
  holdfast_headset_picture_set_step (fixture->picture, way, last, HOLDFAST_PICTURE_HAND_NONE);
  wait_still (fixture);

  /* Taking a cable out is done again and again. */
  holdfast_headset_picture_set_step (fixture->picture, way, 0, HOLDFAST_PICTURE_HAND_POINT);
  holdfast_manual_clock_advance (HOLDFAST_MANUAL_CLOCK (fixture->clock), 60000 * MS);
  g_assert_true (holdfast_headset_picture_is_ticking (fixture->picture));
  gtk_widget_set_visible (fixture->window, FALSE);
  g_assert_false (holdfast_headset_picture_is_ticking (fixture->picture));
}

static void
test_light (Fixture *fixture, gconstpointer data)
{
  HoldfastHeadset *headset = find (fixture, "wh-1000xm4");
  const HoldfastGesture *way = get_way (headset, 0);
  g_autoptr (HoldfastTimeline) light = holdfast_timeline_parse ("blue:500 off:500", NULL);
  HoldfastManualClock *manual = HOLDFAST_MANUAL_CLOCK (fixture->clock);
  gint64 began_us = holdfast_clock_get_now_us (fixture->clock);
  HoldfastMoment moment;

  holdfast_headset_picture_set_headset (fixture->picture, headset);
  holdfast_headset_picture_set_step (
      fixture->picture, way, holdfast_gesture_get_n_steps (way) - 1, HOLDFAST_PICTURE_HAND_PRESS);
  holdfast_headset_picture_set_light (fixture->picture, light, began_us);
  holdfast_manual_clock_advance (manual, 250 * MS);
  holdfast_headset_picture_get_moment (fixture->picture, &moment);
  g_assert_cmpfloat (moment.light.alpha, ==, 1);
  holdfast_manual_clock_advance (manual, 280 * MS);
  holdfast_headset_picture_get_moment (fixture->picture, &moment);
  g_assert_cmpfloat (moment.light.alpha, >, 0);
  g_assert_cmpfloat (moment.light.alpha, <, 1);
  holdfast_manual_clock_advance (manual, 100 * MS);
  holdfast_headset_picture_get_moment (fixture->picture, &moment);
  g_assert_cmpfloat (moment.light.alpha, ==, 0);

  /* Between its changes nothing is asked of the screen. */
  show (fixture);
  holdfast_test_wait (is_mapped, fixture, HOLDFAST_TEST_DEADLINE_MS, "a window");
  wait_still (fixture);
  g_assert_cmpint (holdfast_manual_clock_get_next_alarm_us (manual), <, G_MAXINT64);
  holdfast_manual_clock_advance (manual, 500 * MS);
  g_assert_true (holdfast_headset_picture_is_ticking (fixture->picture));

  holdfast_headset_picture_set_light (fixture->picture, NULL, 0);
  wait_still (fixture);
  g_assert_cmpint (holdfast_manual_clock_get_next_alarm_us (manual), ==, G_MAXINT64);
  holdfast_headset_picture_get_moment (fixture->picture, &moment);
  g_assert_cmpfloat (moment.light.alpha, ==, 0);
}

/* Without animations: how the step ends, a light that is lit, and no frame is asked for. */
static void
test_no_animations (Fixture *fixture, gconstpointer data)
{
  HoldfastHeadset *headset = find (fixture, "wf-1000xm5");
  const HoldfastGesture *way = get_way (headset, 0);
  g_autoptr (HoldfastTimeline) light = holdfast_timeline_parse ("off:500 blue:500", NULL);
  HoldfastMoment moment;

  set_animations (FALSE);
  holdfast_headset_picture_set_headset (fixture->picture, headset);
  holdfast_headset_picture_set_light (fixture->picture, light, 0);
  holdfast_headset_picture_set_step (fixture->picture, way, 0, HOLDFAST_PICTURE_HAND_POINT);
  show (fixture);
  holdfast_test_wait (is_mapped, fixture, HOLDFAST_TEST_DEADLINE_MS, "a window");
  g_assert_false (holdfast_headset_picture_is_ticking (fixture->picture));
  holdfast_headset_picture_get_moment (fixture->picture, &moment);
  g_assert_cmpint (holdfast_gesture_get_step (way, 0)->action, ==, HOLDFAST_ACTION_BUDS_IN_CASE);
  g_assert_cmpfloat (moment.pose.buds_out, ==, 0);
  g_assert_cmpfloat (moment.light.alpha, ==, 1);
  g_assert_cmpfloat (moment.moving, ==, 1);

  holdfast_headset_picture_set_step (
      fixture->picture, way, holdfast_gesture_get_n_steps (way) - 1, HOLDFAST_PICTURE_HAND_PRESS);
  holdfast_headset_picture_get_moment (fixture->picture, &moment);
  g_assert_cmpfloat (moment.press, ==, 1);
  g_assert_false (holdfast_headset_picture_is_ticking (fixture->picture));

  set_animations (TRUE);
  g_assert_true (holdfast_headset_picture_is_ticking (fixture->picture));
}

/* A person's own file may name a drawing that we do not have: nothing is shown, and the log says
 * it. */
static void
test_missing (Fixture *fixture, gconstpointer data)
{
  static const char text[] = "# SPDX-License-Identifier: CC0-1.0\n"
                             "[headset]\nsource=recalled\nname=WH-TEST1\nform=over-ear\n"
                             "picture=no-such-picture\n"
                             "gate=check-first\ncontrols=power\n"
                             "[bluetooth]\nsource=recalled\nradio=classic\n"
                             "[connectors]\nsource=recalled\njack=no\n";
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, sizeof text - 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;

  holdfast_catalogue_add_file (fixture->catalogue, "wh-test1.headset", bytes, &error);
  g_assert_no_error (error);
  holdfast_headset_picture_set_headset (fixture->picture, find (fixture, "wh-test1"));
  g_assert_nonnull (strstr (warnings->str, "no-such-picture"));
  gtk_widget_allocate (GTK_WIDGET (fixture->picture), 320, 240, -1, NULL);
  GTK_WIDGET_GET_CLASS (fixture->picture)->snapshot (GTK_WIDGET (fixture->picture), snapshot);
  node = gtk_snapshot_to_node (snapshot);
  g_assert_null (node);
  holdfast_headset_picture_set_headset (fixture->picture, NULL);
  holdfast_headset_picture_set_step (fixture->picture, NULL, 0, HOLDFAST_PICTURE_HAND_NONE);
  g_assert_cmpuint (holdfast_headset_picture_get_n_controls (fixture->picture), ==, 0);
}

/* A file that names none gets a plain drawing of its form. */
static void
test_plain (Fixture *fixture, gconstpointer data)
{
  for (guint form = 0; form < HOLDFAST_FORM_MAX; form++) {
    g_autofree char *text = g_strdup_printf ("# SPDX-License-Identifier: CC0-1.0\n"
                                             "[headset]\nsource=recalled\nname=WH-TEST%u\nform=%s\n"
                                             "gate=no-bluetooth\n"
                                             "[bluetooth]\nsource=recalled\nradio=wired\n",
                                             form,
                                             holdfast_form_to_string (form));
    g_autofree char *file = g_strdup_printf ("wh-test%u.headset", form);
    g_autofree char *id = g_strdup_printf ("wh-test%u", form);
    g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
    g_autoptr (HoldfastIllustration) illustration = NULL;
    g_autoptr (GError) error = NULL;

    holdfast_catalogue_add_file (fixture->catalogue, file, bytes, &error);
    g_assert_no_error (error);
    illustration
        = holdfast_illustration_load (holdfast_headset_get_picture (find (fixture, id)), &error);
    g_assert_no_error (error);
  }
}

static GskRenderNode *
draw (HoldfastHeadsetPicture *picture, int width)
{
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();

  gtk_widget_allocate (GTK_WIDGET (picture), width, width * 3 / 4, -1, NULL);
  GTK_WIDGET_GET_CLASS (picture)->snapshot (GTK_WIDGET (picture), snapshot);
  return gtk_snapshot_to_node (snapshot);
}

/* A grid of thumbnails draws each drawing once. */
static void
test_thumbnails_share (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GskRenderNode) other_node = NULL;
  HoldfastHeadsetPicture *other
      = HOLDFAST_HEADSET_PICTURE (g_object_ref_sink (holdfast_headset_picture_new ()));
  HoldfastLayer *one;
  HoldfastLayer *two;

  holdfast_headset_picture_set_lens (fixture->picture, FALSE);
  holdfast_headset_picture_set_lens (other, FALSE);
  holdfast_headset_picture_set_headset (fixture->picture, find (fixture, "wh-1000xm2"));
  holdfast_headset_picture_set_headset (other, find (fixture, "wh-1000xm3"));
  node = draw (fixture->picture, 128);
  other_node = draw (other, 128);
  g_assert_nonnull (node);
  g_assert_true (fixture->picture->illustration == other->illustration);
  g_assert_cmpuint (fixture->picture->layers->len, ==, other->layers->len);
  for (guint i = 0; i < other->layers->len; i++) {
    one = &g_array_index (fixture->picture->layers, HoldfastLayer, i);
    two = &g_array_index (other->layers, HoldfastLayer, i);
    g_assert_true (one->render.texture == two->render.texture);
  }
  g_clear_pointer (&node, gsk_render_node_unref);
  g_clear_pointer (&other_node, gsk_render_node_unref);
  holdfast_test_assert_finalize (other);
}

/* Whatever it showed last, it goes, and its clock has no alarm of it. */
static void
test_finalize (Fixture *fixture, gconstpointer data)
{
  HoldfastHeadset *headset = find (fixture, "wf-1000xm4");
  const HoldfastGesture *way = get_way (headset, 0);
  g_autoptr (HoldfastTimeline) light = holdfast_timeline_parse ("blue:500 off:500", NULL);
  g_autoptr (GskRenderNode) node = NULL;

  holdfast_headset_picture_set_headset (fixture->picture, headset);
  holdfast_headset_picture_set_light (fixture->picture, light, 0);
  holdfast_headset_picture_set_step (
      fixture->picture, way, holdfast_gesture_get_n_steps (way) - 1, HOLDFAST_PICTURE_HAND_PRESS);
  node = draw (fixture->picture, 640);
  show (fixture);
  holdfast_test_wait (is_mapped, fixture, HOLDFAST_TEST_DEADLINE_MS, "a window");
  g_clear_pointer ((GtkWindow **) &fixture->window, gtk_window_destroy);
  holdfast_test_assert_finalize (fixture->picture);
  fixture->picture = NULL;
  g_assert_cmpint (holdfast_manual_clock_get_next_alarm_us (HOLDFAST_MANUAL_CLOCK (fixture->clock)),
                   ==,
                   G_MAXINT64);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  warnings = g_string_new (NULL);
  g_log_set_writer_func (keep_warnings, NULL, NULL);
  g_assert_true (holdfast_widgets_init ());
  ADD ("/widgets/headset-picture/every-gesture", test_every_gesture);
  ADD ("/widgets/headset-picture/geometry", test_geometry);
  ADD ("/widgets/headset-picture/role-and-size", test_role_and_size);
  ADD ("/widgets/headset-picture/ticks", test_ticks);
  ADD ("/widgets/headset-picture/light", test_light);
  ADD ("/widgets/headset-picture/no-animations", test_no_animations);
  ADD ("/widgets/headset-picture/missing", test_missing);
  ADD ("/widgets/headset-picture/plain", test_plain);
  ADD ("/widgets/headset-picture/thumbnails-share", test_thumbnails_share);
  ADD ("/widgets/headset-picture/finalize", test_finalize);
  return g_test_run ();
}
