/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Nothing of a window flashes more often than three times a second, all its lights counted
 * together, those of the simulated headphones beside it too. WCAG 2.3.1 lets small lights flash
 * more often, but not saturated red ones; here no light may. */

#include "config.h"

#include "headset-picture-private.h"
#include "holdfast-test.h"
#include "light.h"
#include "scenes.h"

#define STEP_US (20 * 1000)
#define WATCH_US (5 * G_USEC_PER_SEC)
#define MAX_FLASHES 3

static HoldfastCatalogue *catalogue;
static guint n_lights;

typedef struct {
  GPtrArray *lights; /* of GtkWidget, borrowed from the window */
  GArray *lit;       /* of guint: the colour that each had; 0 for dark */
  GArray *onsets_us;
} Watch;

static void
collect (GtkWidget *widget, Watch *watch)
{
  if (!gtk_widget_get_mapped (widget))
    return;
  if (HOLDFAST_IS_LIGHT_VIEW (widget) || HOLDFAST_IS_HEADSET_PICTURE (widget)) {
    guint dark = 0;

    g_ptr_array_add (watch->lights, g_object_ref (widget));
    g_array_append_val (watch->lit, dark);
  }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect (child, watch);
}

/* Its colour as a number, so that a change from one to another is a flash as well. */
static guint
get_colour (GtkWidget *light, gint64 now_us)
{
  GdkRGBA colour;

  if (HOLDFAST_IS_LIGHT_VIEW (light))
    return (guint) holdfast_light_view_get_led (HOLDFAST_LIGHT_VIEW (light));
  colour = holdfast_headset_picture_get_light (HOLDFAST_HEADSET_PICTURE (light), now_us);
  if (colour.alpha < 0.5f)
    return 0;
  return 1000 + (guint) (colour.red * 9) * 100 + (guint) (colour.green * 9) * 10
         + (guint) (colour.blue * 9);
}

/* Lights that light up in the same moment are one flash. */
static void
look (Watch *watch, gint64 now_us)
{
  gboolean lights_up = FALSE;

  for (guint i = 0; i < watch->lights->len; i++) {
    GtkWidget *light = g_ptr_array_index (watch->lights, i);
    guint *lit = &g_array_index (watch->lit, guint, i);
    guint colour = gtk_widget_get_mapped (light) ? get_colour (light, now_us) : 0;

    lights_up |= colour != 0 && colour != *lit;
    *lit = colour;
  }
  if (lights_up)
    g_array_append_val (watch->onsets_us, now_us);
}

static guint
count_most_in_a_second (GArray *onsets_us)
{
  guint most = 0;

  for (guint first = 0; first < onsets_us->len; first++) {
    guint count = 0;

    for (guint i = first; i < onsets_us->len; i++)
      count += g_array_index (onsets_us, gint64, i)
               < g_array_index (onsets_us, gint64, first) + G_USEC_PER_SEC;
    most = MAX (most, count);
  }
  return most;
}

/* Without them lights that flash stand still; pages do not slide here in either case. */
static void
set_animations (gboolean animations)
{
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", animations, NULL);
}

static void
watch_scene (Scene *scene, Watch *watch)
{
  for (gint64 us = 0; us < WATCH_US; us += STEP_US) {
    holdfast_manual_clock_advance (HOLDFAST_MANUAL_CLOCK (scene->clock), STEP_US);
    look (watch, holdfast_clock_get_now_us (scene->clock));
  }
}

static void
watch_init (Watch *watch)
{
  watch->lights = g_ptr_array_new_with_free_func (g_object_unref);
  watch->lit = g_array_new (FALSE, FALSE, sizeof (guint));
  watch->onsets_us = g_array_new (FALSE, FALSE, sizeof (gint64));
}

static void
watch_clear (Watch *watch)
{
  g_ptr_array_unref (watch->lights);
  g_array_unref (watch->lit);
  g_array_unref (watch->onsets_us);
}

static void
test_scene (gconstpointer data)
{
  Scene *scene = scene_new (GPOINTER_TO_UINT (data), catalogue);
  Watch watch;
  guint most = 0;

  watch_init (&watch);
  scene_resize (scene, 1280, 800);
  set_animations (TRUE);
  collect (GTK_WIDGET (scene->window), &watch);
  if (watch.lights->len > 0)
    watch_scene (scene, &watch);
  most = count_most_in_a_second (watch.onsets_us);
  g_test_message ("%s: %u lights, %u flashes, at most %u in a second",
                  scene->name,
                  watch.lights->len,
                  watch.onsets_us->len,
                  most);
  g_assert_cmpuint (most, <=, MAX_FLASHES);
  n_lights += watch.onsets_us->len;
  watch_clear (&watch);
  scene_free (scene);
  set_animations (FALSE);
}

/* Two lights that are calm each by itself and not together are seen to be too many. */
static void
test_notices_two (void)
{
  g_autoptr (HoldfastClock) clock = holdfast_manual_clock_new ();
  g_autoptr (HoldfastTimeline) timeline
      = holdfast_timeline_parse ("red:150 off:150 red:150 off:850", NULL);
  GtkWidget *window = gtk_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  Watch watch;

  watch_init (&watch);
  for (guint i = 0; i < 2; i++) {
    GtkWidget *light = holdfast_light_view_new ();

    holdfast_light_view_set_clock (HOLDFAST_LIGHT_VIEW (light), clock);
    holdfast_light_view_set_timeline (
        HOLDFAST_LIGHT_VIEW (light), timeline, (gint64) i * 80 * 1000);
    holdfast_light_view_set_playing (HOLDFAST_LIGHT_VIEW (light), TRUE);
    gtk_box_append (GTK_BOX (box), light);
  }
  gtk_window_set_child (GTK_WINDOW (window), box);
  gtk_window_present (GTK_WINDOW (window));
  holdfast_test_settle ();
  collect (window, &watch);
  g_assert_cmpuint (watch.lights->len, ==, 2);
  for (guint i = 0; i < 250; i++) {
    holdfast_manual_clock_advance (HOLDFAST_MANUAL_CLOCK (clock), STEP_US);
    look (&watch, holdfast_clock_get_now_us (clock));
  }
  g_assert_cmpuint (count_most_in_a_second (watch.onsets_us), >, MAX_FLASHES);
  watch_clear (&watch);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Last: had no light been on anywhere, nothing of this would have been tested. */
static void
test_saw_lights (void)
{
  g_assert_cmpuint (n_lights, >, 50);
}

int
main (int argc, char **argv)
{
  int status = 0;

  g_test_init (&argc, &argv, NULL);
  scenes_init ();
  catalogue = holdfast_catalogue_new (NULL);
  g_test_add_func ("/calm/notices-two", test_notices_two);
  for (guint i = 0; i < scenes_get_n (); i++) {
    g_autofree char *path = g_strconcat ("/calm/", scenes_get_name (i), NULL);

    g_test_add_data_func (path, GUINT_TO_POINTER (i), test_scene);
  }
  g_test_add_func ("/calm/saw-lights", test_saw_lights);
  status = g_test_run ();
  g_object_unref (catalogue);
  return status;
}
