/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <adwaita.h>
#include <math.h>

#include "catalogue.h"
#include "hold-ring.h"
#include "holdfast-test.h"
#include "light.h"
#include "step-list.h"
#include "widgets.h"

/* Pictures of every look of the ring, the light and the list of steps, for eyes to judge, in the
 * folder "pictures" of the tests' build folder: light, dark, and both with high contrast, as the
 * argument says. What is checked here is that nothing warns and that something is drawn. */

static const char *look_of_all = "light";

static const HoldfastStep hold = {
  .action = HOLDFAST_ACTION_HOLD,
  .control = HOLDFAST_CONTROL_POWER,
  .earliest_ms = 5000,
  .usual_ms = 7000,
  .longest_ms = 10000,
};

typedef enum {
  LOOK_REST,
  LOOK_COUNT_DOWN,
  LOOK_HOLD,
  LOOK_HOLD_ON,
  LOOK_FULL,
  LOOK_WAIT,
  LOOK_LOOK,
  LOOK_FOUND,
  LOOK_IDLE,
  LOOK_LONG,
  N_LOOKS,
} Look;

static const char *const look_names[N_LOOKS] = {
  [LOOK_REST] = "rest", [LOOK_COUNT_DOWN] = "count-down",
  [LOOK_HOLD] = "hold", [LOOK_HOLD_ON] = "hold-on",
  [LOOK_FULL] = "full", [LOOK_WAIT] = "wait",
  [LOOK_LOOK] = "look", [LOOK_FOUND] = "found",
  [LOOK_IDLE] = "idle", [LOOK_LONG] = "hold, two digits",
};

static GtkWidget *
create_ring (HoldfastClock *clock, Look look)
{
  GtkWidget *widget = holdfast_hold_ring_new ();
  HoldfastHoldRing *ring = HOLDFAST_HOLD_RING (widget);
  gint64 now_us = holdfast_clock_get_now_us (clock);
  HoldfastStep longer = hold;

  longer.earliest_ms = longer.usual_ms = 15000;
  longer.longest_ms = 18000;
  holdfast_hold_ring_set_clock (ring, clock);
  switch (look) {
  case LOOK_REST:
    holdfast_hold_ring_show_step (ring, &hold);
    break;
  case LOOK_COUNT_DOWN:
    holdfast_hold_ring_count_down (ring, now_us + 2 * G_USEC_PER_SEC, 3 * G_USEC_PER_SEC);
    break;
  case LOOK_HOLD:
    holdfast_hold_ring_count_hold (ring, &hold, now_us - 3400 * 1000);
    break;
  case LOOK_HOLD_ON:
    holdfast_hold_ring_count_hold (ring, &hold, now_us - 8200 * 1000);
    break;
  case LOOK_FULL:
    holdfast_hold_ring_count_hold (ring, &hold, now_us - 12 * G_USEC_PER_SEC);
    break;
  case LOOK_WAIT:
    holdfast_hold_ring_wait (ring, now_us + 4 * G_USEC_PER_SEC, 6 * G_USEC_PER_SEC);
    break;
  case LOOK_LOOK:
    holdfast_hold_ring_look (ring);
    break;
  case LOOK_FOUND:
    holdfast_hold_ring_found (ring);
    break;
  case LOOK_IDLE:
    holdfast_hold_ring_idle (ring);
    break;
  case LOOK_LONG:
    holdfast_hold_ring_count_hold (ring, &longer, now_us - 12 * G_USEC_PER_SEC);
    break;
  case N_LOOKS:
    g_assert_not_reached ();
  }
  return widget;
}

static GtkWidget *
create_rings (HoldfastClock *clock, int size, int columns)
{
  GtkWidget *grid = gtk_grid_new ();

  gtk_grid_set_row_spacing (GTK_GRID (grid), 12);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  for (int look = 0; look < N_LOOKS; look++) {
    GtkWidget *ring = create_ring (clock, (Look) look);
    GtkWidget *label = gtk_label_new (look_names[look]);

    gtk_widget_set_halign (ring, GTK_ALIGN_CENTER);
    if (size > 0) {
      GtkWidget *clamp = adw_clamp_new ();

      adw_clamp_set_maximum_size (ADW_CLAMP (clamp), size);
      adw_clamp_set_child (ADW_CLAMP (clamp), ring);
      gtk_widget_set_halign (ring, GTK_ALIGN_FILL);
      gtk_widget_set_size_request (clamp, size, -1);
      ring = clamp;
    }
    gtk_widget_add_css_class (label, "dim-label");
    gtk_widget_add_css_class (label, "caption");
    gtk_grid_attach (GTK_GRID (grid), ring, look % columns, look / columns * 2, 1, 1);
    gtk_grid_attach (GTK_GRID (grid), label, look % columns, look / columns * 2 + 1, 1, 1);
  }
  return grid;
}

static GtkWidget *
create_lights (void)
{
  static const char *const patterns[] = {
    "off:1000", "blue:1000", "red:1000", "orange:1000", "green:1000", "white:1000",
  };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 18);

  for (guint i = 0; i < 2 * G_N_ELEMENTS (patterns); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (HoldfastTimeline) timeline
        = holdfast_timeline_parse (patterns[i % G_N_ELEMENTS (patterns)], &error);
    GtkWidget *light = holdfast_light_view_new ();

    g_assert_no_error (error);
    if (i >= G_N_ELEMENTS (patterns))
      gtk_widget_set_size_request (light, 96, 96);
    holdfast_light_view_set_timeline (HOLDFAST_LIGHT_VIEW (light), timeline, 0);
    gtk_box_append (GTK_BOX (box), light);
  }
  return box;
}

static GtkWidget *
create_steps (HoldfastCatalogue *catalogue, int width)
{
  HoldfastHeadset *headset = holdfast_catalogue_find (catalogue, "wh-1000xm4");
  const HoldfastGesture *longest = NULL;
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 36);
  GPtrArray *ways = holdfast_headset_get_pairing_ways (headset);

  for (guint i = 0; i < ways->len; i++) {
    const HoldfastGesture *way = g_ptr_array_index (ways, i);

    if (longest == NULL
        || holdfast_gesture_get_n_steps (way) > holdfast_gesture_get_n_steps (longest))
      longest = way;
  }
  for (int current = -1; current <= (int) holdfast_gesture_get_n_steps (longest); current++) {
    GtkWidget *list = holdfast_step_list_new ();

    holdfast_step_list_set_gesture (HOLDFAST_STEP_LIST (list), headset, longest);
    holdfast_step_list_set_current (HOLDFAST_STEP_LIST (list), current);
    gtk_widget_set_size_request (list, width, -1);
    gtk_box_append (GTK_BOX (box), list);
  }
  return box;
}

static gboolean
is_drawn (gpointer user_data)
{
  return gtk_widget_get_mapped (user_data) && gtk_widget_get_height (user_data) > 0;
}

/* Returns: (transfer full): @window as it is drawn */
static GdkTexture *
render (GtkWidget *window)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (window);
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  const int width = gdk_paintable_get_intrinsic_width (paintable);
  const int height = gdk_paintable_get_intrinsic_height (paintable);

  gdk_paintable_snapshot (paintable, snapshot, width, height);
  node = gtk_snapshot_free_to_node (g_steal_pointer (&snapshot));
  g_assert_nonnull (node);
  return gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)),
                                      node,
                                      &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
}

/* @content: (transfer full) */
static GtkWidget *
show (GtkWidget *content)
{
  GtkWidget *window = gtk_window_new ();

  gtk_widget_set_margin_top (content, 18);
  gtk_widget_set_margin_bottom (content, 18);
  gtk_widget_set_margin_start (content, 18);
  gtk_widget_set_margin_end (content, 18);
  gtk_window_set_titlebar (GTK_WINDOW (window), gtk_box_new (GTK_ORIENTATION_VERTICAL, 0));
  gtk_window_set_child (GTK_WINDOW (window), content);
  gtk_window_present (GTK_WINDOW (window));
  holdfast_test_wait (is_drawn, content, HOLDFAST_TEST_DEADLINE_MS, "the window");
  holdfast_test_settle ();
  return window;
}

/* @content: (transfer full) */
static void
take_picture (GtkWidget *content, const char *name)
{
  GtkWidget *window = show (content);
  g_autoptr (GdkTexture) texture = render (window);
  g_autofree char *folder = g_test_build_filename (G_TEST_BUILT, "pictures", NULL);
  g_autofree char *file = g_strdup_printf ("%s/%s-%s.png", folder, look_of_all, name);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0755), ==, 0);
  g_assert_true (gdk_texture_save_to_png (texture, file));
  g_test_message ("%s", file);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_all (void)
{
  g_autoptr (HoldfastClock) clock = holdfast_manual_clock_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (HoldfastCatalogue) catalogue = holdfast_catalogue_new (&error);

  g_assert_no_error (error);
  holdfast_manual_clock_advance (HOLDFAST_MANUAL_CLOCK (clock), 100 * G_USEC_PER_SEC);
  take_picture (create_rings (clock, 0, 5), "rings");
  take_picture (create_rings (clock, 140, 10), "small-rings");
  take_picture (create_lights (), "lights");
  take_picture (create_steps (catalogue, 300), "steps");
}

static void
set_text_scale (double scale)
{
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", (int) (scale * 96 * 1024), NULL);
}

static void
test_large_text (void)
{
  g_autoptr (HoldfastClock) clock = holdfast_manual_clock_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (HoldfastCatalogue) catalogue = holdfast_catalogue_new (&error);

  g_assert_no_error (error);
  holdfast_manual_clock_advance (HOLDFAST_MANUAL_CLOCK (clock), 100 * G_USEC_PER_SEC);
  set_text_scale (2);
  take_picture (create_rings (clock, 0, 5), "large-text-rings");
  take_picture (create_rings (clock, 140, 10), "large-text-small-rings");
  take_picture (create_steps (catalogue, 336), "large-text-steps");
  set_text_scale (1);
}

static void
test_right_to_left (void)
{
  g_autoptr (HoldfastClock) clock = holdfast_manual_clock_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (HoldfastCatalogue) catalogue = holdfast_catalogue_new (&error);

  g_assert_no_error (error);
  holdfast_manual_clock_advance (HOLDFAST_MANUAL_CLOCK (clock), 100 * G_USEC_PER_SEC);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  take_picture (create_rings (clock, 0, 5), "right-to-left-rings");
  take_picture (create_steps (catalogue, 300), "right-to-left-steps");
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

/* Of one pixel, as WCAG 2 defines it. */
static double
get_luminance (const guchar *pixel)
{
  const double weights[] = { 0.2126, 0.7152, 0.0722 };
  double luminance = 0;

  for (int i = 0; i < 3; i++) {
    double value = pixel[i] / 255.0;

    luminance
        += weights[i] * (value <= 0.04045 ? value / 12.92 : pow ((value + 0.055) / 1.055, 2.4));
  }
  return luminance;
}

/* @x, @y: in the coordinates of @widget */
static double
get_luminance_at (GtkWidget *widget, GBytes *bytes, gsize stride, float x, float y)
{
  GtkWidget *window = GTK_WIDGET (gtk_widget_get_root (widget));
  const guchar *pixels = g_bytes_get_data (bytes, NULL);
  graphene_point_t at;
  graphene_rect_t bounds;

  g_assert_true (gtk_widget_compute_point (widget, window, &GRAPHENE_POINT_INIT (x, y), &at));
  /* A window's border is part of the picture and lies before its origin. */
  g_assert_true (gtk_widget_compute_bounds (window, window, &bounds));
  return get_luminance (pixels + (gsize) (at.y - bounds.origin.y) * stride
                        + (gsize) (at.x - bounds.origin.x) * 4);
}

/* @turns: where on the ring, from the top; @radius: in parts of half its width */
static void
assert_contrast (GtkWidget *ring, double turns, double radius)
{
  g_autoptr (GdkTexture) texture = render (GTK_WIDGET (gtk_widget_get_root (ring)));
  g_autoptr (GdkTextureDownloader) downloader = gdk_texture_downloader_new (texture);
  g_autoptr (GBytes) bytes = NULL;
  float width = (float) gtk_widget_get_width (ring);
  float height = (float) gtk_widget_get_height (ring);
  float length = (float) radius * MIN (width, height) / 2;
  gsize stride;
  double drawn;
  double ground;

  gdk_texture_downloader_set_format (downloader, GDK_MEMORY_R8G8B8A8);
  bytes = gdk_texture_downloader_download_bytes (downloader, &stride);
  drawn = get_luminance_at (ring,
                            bytes,
                            stride,
                            width / 2 + length * (float) sin (turns * 2 * G_PI),
                            height / 2 - length * (float) cos (turns * 2 * G_PI));
  /* The corner of a round thing is its background. */
  ground = get_luminance_at (ring, bytes, stride, 2, 2);
  g_test_message ("contrast %.1f", (MAX (drawn, ground) + 0.05) / (MIN (drawn, ground) + 0.05));
  g_assert_cmpfloat (MAX (drawn, ground) + 0.05, >=, 3 * (MIN (drawn, ground) + 0.05));
}

static void
test_contrast (void)
{
  /* Where each look has its line, its dot or its mark. */
  static const struct {
    Look look;
    double turns;
    double radius;
  } places[] = {
    { LOOK_REST,       0,    0.94  },
    { LOOK_REST,       0.7,  0.95  },
    { LOOK_COUNT_DOWN, 0.9,  0.833 },
    { LOOK_HOLD,       0.1,  0.833 },
    { LOOK_HOLD_ON,    0.5,  0.833 },
    { LOOK_FULL,       0.6,  0.833 },
    { LOOK_FULL,       0,    0     },
    { LOOK_WAIT,       0.75, 0.833 },
    { LOOK_LOOK,       0,    0.833 },
    { LOOK_FOUND,      0.3,  0.833 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++) {
    g_autoptr (HoldfastClock) clock = holdfast_manual_clock_new ();
    GtkWidget *ring = NULL;
    GtkWidget *window = NULL;

    holdfast_manual_clock_advance (HOLDFAST_MANUAL_CLOCK (clock), 100 * G_USEC_PER_SEC);
    ring = create_ring (clock, places[i].look);
    window = show (ring);
    g_test_message ("%s", look_names[places[i].look]);
    assert_contrast (ring, places[i].turns, places[i].radius);
    gtk_window_destroy (GTK_WINDOW (window));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (argc > 1)
    look_of_all = argv[1];
  g_setenv ("ADW_DEBUG_COLOR_SCHEME",
            g_str_has_prefix (look_of_all, "dark") ? "prefer-dark" : "prefer-light",
            TRUE);
  g_setenv (
      "ADW_DEBUG_HIGH_CONTRAST", g_str_has_suffix (look_of_all, "contrast") ? "1" : "0", TRUE);
  g_assert_true (holdfast_widgets_init ());
  g_object_set (gtk_settings_get_default (),
                "gtk-enable-animations",
                FALSE,
                "gtk-font-name",
                "Inter 11",
                NULL);
  g_test_add_func ("/widgets/pictures/all", test_all);
  g_test_add_func ("/widgets/pictures/large-text", test_large_text);
  g_test_add_func ("/widgets/pictures/right-to-left", test_right_to_left);
  g_test_add_func ("/widgets/pictures/contrast", test_contrast);
  return g_test_run ();
}
