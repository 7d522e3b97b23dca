/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Draws the pictures of headsets into a folder, for people to look at:
 *
 *   headset-picture-shots FOLDER [HEADSET [WIDTH...]]
 *
 * One file for each headset, step of each gesture, hand and palette. */
#include "config.h"

#include <adwaita.h>

#include "catalogue.h"
#include "headset-picture-private.h"
#include "widgets.h"

static const char *folder;
static HoldfastClock *manual;

static void
save (GtkWidget *picture, int width, const char *name)
{
  int height = width * 3 / 4;
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (picture);
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GskRenderer) renderer = gsk_cairo_renderer_new ();
  g_autoptr (GdkTexture) texture = NULL;
  g_autofree char *path = g_build_filename (folder, name, NULL);
  gboolean dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  GdkRGBA page;

  gdk_rgba_parse (&page, dark ? "#222226" : "#fafafb");
  gtk_widget_allocate (picture, width, height, -1, NULL);
  gtk_snapshot_append_color (snapshot, &page, &GRAPHENE_RECT_INIT (0, 0, width, height));
  GTK_WIDGET_GET_CLASS (picture)->snapshot (picture, snapshot);
  node = gtk_snapshot_to_node (snapshot);
  gsk_renderer_realize_for_display (renderer, gdk_display_get_default (), NULL);
  texture = gsk_renderer_render_texture (renderer, node, &GRAPHENE_RECT_INIT (0, 0, width, height));
  gdk_texture_save_to_png (texture, path);
  gsk_renderer_unrealize (renderer);
}

static void
save_gesture (HoldfastHeadset *headset, const HoldfastGesture *gesture, int width, const char *mode)
{
  static const char *const hands[] = { "none", "point", "press" };
  g_autoptr (HoldfastTimeline) light = holdfast_timeline_parse ("blue:1000", NULL);

  for (guint i = 0; gesture != NULL && i < holdfast_gesture_get_n_steps (gesture); i++) {
    for (guint hand = 1; hand < G_N_ELEMENTS (hands); hand++) {
      GtkWidget *picture = g_object_ref_sink (holdfast_headset_picture_new ());
      g_autofree char *name = g_strdup_printf (
          "%s_%s_%u-%s_%s_%s_%d.png",
          holdfast_headset_get_id (headset),
          gesture->id,
          i,
          holdfast_action_to_string (holdfast_gesture_get_step (gesture, i)->action),
          hands[hand],
          mode,
          width);

      holdfast_headset_picture_set_clock (HOLDFAST_HEADSET_PICTURE (picture), manual);
      holdfast_headset_picture_set_headset (HOLDFAST_HEADSET_PICTURE (picture), headset);
      if (hand == HOLDFAST_PICTURE_HAND_PRESS)
        holdfast_headset_picture_set_light (HOLDFAST_HEADSET_PICTURE (picture), light, 0);
      holdfast_headset_picture_set_step (HOLDFAST_HEADSET_PICTURE (picture), gesture, i, hand);
      holdfast_manual_clock_advance (HOLDFAST_MANUAL_CLOCK (manual), 1100000);
      save (picture, width, name);
      g_object_unref (picture);
    }
  }
}

static void
save_thumbnail (HoldfastHeadset *headset, const char *mode)
{
  GtkWidget *picture = g_object_ref_sink (holdfast_headset_picture_new ());
  g_autofree char *name
      = g_strdup_printf ("%s_thumbnail_%s.png", holdfast_headset_get_id (headset), mode);

  holdfast_headset_picture_set_headset (HOLDFAST_HEADSET_PICTURE (picture), headset);
  holdfast_headset_picture_set_lens (HOLDFAST_HEADSET_PICTURE (picture), FALSE);
  save (picture, 128, name);
  g_object_unref (picture);
}

static void
save_headset (HoldfastHeadset *headset, int width, const char *mode)
{
  GPtrArray *ways = holdfast_headset_get_pairing_ways (headset);

  save_thumbnail (headset, mode);
  for (guint i = 0; i < ways->len; i++)
    save_gesture (headset, g_ptr_array_index (ways, i), width, mode);
  save_gesture (headset, holdfast_headset_get_first_time (headset), width, mode);
  save_gesture (headset, holdfast_headset_get_restart (headset), width, mode);
  save_gesture (headset, holdfast_headset_get_factory_reset (headset), width, mode);
}

int
main (int argc, char **argv)
{
  g_autoptr (HoldfastCatalogue) catalogue = NULL;
  GListModel *models;

  if (argc < 2 || !holdfast_widgets_init ())
    return 2;
  folder = argv[1];
  g_mkdir_with_parents (folder, 0755);
  manual = holdfast_manual_clock_new ();
  catalogue = holdfast_catalogue_new (NULL);
  models = holdfast_catalogue_get_models (catalogue);
  for (guint mode = 0; mode < 2; mode++) {
    adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                        mode == 0 ? ADW_COLOR_SCHEME_FORCE_LIGHT
                                                  : ADW_COLOR_SCHEME_FORCE_DARK);
    for (guint i = 0; i < g_list_model_get_n_items (models); i++) {
      g_autoptr (HoldfastHeadset) headset = g_list_model_get_item (models, i);

      if (argc > 2 && !g_str_equal (argv[2], "all")
          && !g_str_equal (argv[2], holdfast_headset_get_id (headset)))
        continue;
      for (int w = 3; w < MAX (argc, 4); w++)
        save_headset (headset,
                      w < argc ? (int) g_ascii_strtoull (argv[w], NULL, 10) : 640,
                      mode == 0 ? "light" : "dark");
    }
  }
  g_object_unref (manual);
  return 0;
}
