/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Draws the window in every scene into a folder, for people to look at; ./dev shots runs it.
 *
 *   page-shots FOLDER PREFIX [--text=PERCENT] [--rtl] [NAME...]
 *
 * One folder a look, with a picture a scene and sheets of all of them. */
#include "config.h"

#include <glib/gstdio.h>
#include <stdlib.h>

#include "scenes.h"

#define GAP 12
#define CAPTION 22

typedef struct {
  const char *name;
  int width;
  int height;
  AdwColorScheme scheme;
  guint columns; /* of a sheet */
  guint lines;
  float scale; /* of a picture on a sheet */
} Look;

static const Look looks[] = {
  { "light-360",  360,  720, ADW_COLOR_SCHEME_FORCE_LIGHT, 6, 2, 0.65f },
  { "dark-360",   360,  720, ADW_COLOR_SCHEME_FORCE_DARK,  6, 2, 0.65f },
  { "light-1280", 1280, 800, ADW_COLOR_SCHEME_FORCE_LIGHT, 3, 3, 0.4f  },
  { "dark-1280",  1280, 800, ADW_COLOR_SCHEME_FORCE_DARK,  3, 3, 0.4f  },
};

static void
save (GdkTexture *texture, const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);

  g_mkdir_with_parents (folder, 0755);
  if (!gdk_texture_save_to_png (texture, path))
    g_error ("%s cannot be written", path);
}

static char *
path_of (const char *folder, const char *prefix, const Look *look, const char *name)
{
  g_autofree char *file = g_strconcat (name, ".png", NULL);
  g_autofree char *sub = g_strconcat (prefix, look->name, NULL);

  return g_build_filename (folder, sub, file, NULL);
}

static void
draw_scene (guint index, HoldfastCatalogue *catalogue, const char *folder, const char *prefix)
{
  Scene *scene = scene_new (index, catalogue);

  for (guint i = 0; i < G_N_ELEMENTS (looks); i++) {
    g_autofree char *path = path_of (folder, prefix, &looks[i], scene->name);
    g_autoptr (GdkTexture) texture = NULL;

    adw_style_manager_set_color_scheme (adw_style_manager_get_default (), looks[i].scheme);
    scene_resize (scene, looks[i].width, looks[i].height);
    texture = scene_draw (scene);
    save (texture, path);
  }
  scene_free (scene);
}

static void
append_caption (GtkSnapshot *snapshot, PangoContext *context, const char *text, float x, float y)
{
  g_autoptr (PangoLayout) layout = pango_layout_new (context);

  pango_layout_set_text (layout, text, -1);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x, y));
  gtk_snapshot_append_layout (snapshot, layout, &(GdkRGBA) { 1, 1, 1, 1 });
  gtk_snapshot_restore (snapshot);
}

/* Sheets are numbered from 1; the underscore puts them before all scenes. */
static void
draw_sheet (GPtrArray *names, guint begin, const Look *look, const char *folder, const char *prefix)
{
  float width = look->columns * (look->width * look->scale + GAP) + GAP;
  guint n_lines = MIN (look->lines, (names->len - begin + look->columns - 1) / look->columns);
  float height = n_lines * (look->height * look->scale + GAP + CAPTION) + GAP;
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GtkWidget) words = g_object_ref_sink (gtk_label_new (NULL));
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GskRenderer) renderer = gsk_cairo_renderer_new ();
  g_autoptr (GdkTexture) texture = NULL;
  g_autofree char *name
      = g_strdup_printf ("_sheet-%02u", begin / (look->columns * look->lines) + 1);
  g_autofree char *path = path_of (folder, prefix, look, name);

  gtk_snapshot_append_color (
      snapshot, &(GdkRGBA) { 0.4f, 0.4f, 0.4f, 1 }, &GRAPHENE_RECT_INIT (0, 0, width, height));
  for (guint i = 0; i < look->columns * look->lines && begin + i < names->len; i++) {
    const char *scene = g_ptr_array_index (names, begin + i);
    g_autofree char *from = path_of (folder, prefix, look, scene);
    g_autoptr (GError) error = NULL;
    g_autoptr (GdkTexture) picture = gdk_texture_new_from_filename (from, &error);
    float x = GAP + (float) (i % look->columns) * (look->width * look->scale + GAP);
    float y = GAP + (float) (i / look->columns) * (look->height * look->scale + GAP + CAPTION);

    g_assert_no_error (error);
    append_caption (snapshot, gtk_widget_get_pango_context (words), scene, x, y);
    gtk_snapshot_append_scaled_texture (
        snapshot,
        picture,
        GSK_SCALING_FILTER_TRILINEAR,
        &GRAPHENE_RECT_INIT (
            x, y + CAPTION, look->width * look->scale, look->height * look->scale));
  }
  node = gtk_snapshot_to_node (snapshot);
  gsk_renderer_realize_for_display (renderer, gdk_display_get_default (), NULL);
  texture = gsk_renderer_render_texture (renderer, node, &GRAPHENE_RECT_INIT (0, 0, width, height));
  gsk_renderer_unrealize (renderer);
  save (texture, path);
}

static gboolean
is_wanted (const char *scene, char **names)
{
  if (*names == NULL)
    return TRUE;
  for (; *names != NULL; names++)
    if (g_str_has_prefix (scene, *names))
      return TRUE;
  return FALSE;
}

int
main (int argc, char **argv)
{
  g_autoptr (HoldfastCatalogue) catalogue = NULL;
  g_autoptr (GPtrArray) drawn = g_ptr_array_new ();
  int text_size = 100;
  gboolean rtl = FALSE;
  g_auto (GStrv) names = NULL;
  const GOptionEntry entries[] = {
    { "text",             0, 0, G_OPTION_ARG_INT,          &text_size, "How large texts are", "PERCENT" },
    { "rtl",              0, 0, G_OPTION_ARG_NONE,         &rtl,       "From right to left",  NULL      },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &names,     NULL,                  NULL      },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("FOLDER PREFIX [NAME...]");
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || names == NULL
      || g_strv_length (names) < 2) {
    g_printerr ("%s\n", error != NULL ? error->message : "a folder and a prefix are needed");
    return 2;
  }
  scenes_init ();
  scenes_set_text_size (text_size);
  scenes_set_direction (rtl ? GTK_TEXT_DIR_RTL : GTK_TEXT_DIR_LTR);
  catalogue = holdfast_catalogue_new (&error);
  g_assert_no_error (error);
  for (guint i = 0; i < scenes_get_n (); i++) {
    if (!is_wanted (scenes_get_name (i), names + 2))
      continue;
    draw_scene (i, catalogue, names[0], names[1]);
    g_ptr_array_add (drawn, (char *) scenes_get_name (i));
  }
  if (drawn->len == 0) {
    g_printerr ("no page has such a name; these have:");
    for (guint i = 0; i < scenes_get_n (); i++)
      g_printerr (" %s", scenes_get_name (i));
    g_printerr ("\n");
    return 2;
  }
  scenes_set_text_size (100);
  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    for (guint j = 0; j < drawn->len; j += looks[i].columns * looks[i].lines)
      draw_sheet (drawn, j, &looks[i], names[0], names[1]);
  return 0;
}
