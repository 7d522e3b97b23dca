/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "catalogue.h"
#include "holdfast-test.h"
#include "still-picture.h"
#include "widgets.h"

#define HEIGHT 90
#define WIDTH 120

static HoldfastStillPicture *
new_picture (void)
{
  return HOLDFAST_STILL_PICTURE (g_object_ref_sink (holdfast_still_picture_new (HEIGHT)));
}

/* Returns: (transfer full): what is to be seen, four bytes a pixel */
static guchar *
draw (HoldfastStillPicture *picture)
{
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  guchar *pixels = g_malloc0 ((gsize) WIDTH * HEIGHT * 4);
  GdkTexture *texture;

  gtk_widget_allocate (GTK_WIDGET (picture), WIDTH, HEIGHT, -1, NULL);
  GTK_WIDGET_GET_CLASS (picture)->snapshot (GTK_WIDGET (picture), snapshot);
  texture = holdfast_still_picture_get_texture (picture);
  g_assert_nonnull (texture);
  g_assert_cmpint (gdk_texture_get_width (texture), ==, WIDTH);
  g_assert_cmpint (gdk_texture_get_height (texture), ==, HEIGHT);
  gdk_texture_download (texture, pixels, (gsize) WIDTH * 4);
  return pixels;
}

static guint
count_different (const guchar *a, const guchar *b)
{
  guint count = 0;

  for (guint i = 0; i < WIDTH * HEIGHT; i++)
    count += memcmp (a + i * 4, b + i * 4, 4) != 0;
  return count;
}

/* Nothing of any model's picture is cut off: there is nothing at the left and right edge. */
static void
test_models (void)
{
  g_autoptr (HoldfastCatalogue) catalogue = holdfast_catalogue_new (NULL);
  GListModel *models = holdfast_catalogue_get_models (catalogue);

  for (guint i = 0; i < g_list_model_get_n_items (models); i++) {
    g_autoptr (HoldfastHeadset) headset = g_list_model_get_item (models, i);
    HoldfastStillPicture *picture = new_picture ();
    g_autofree guchar *pixels = NULL;
    guint n_drawn = 0;

    holdfast_still_picture_set_headset (picture, headset);
    pixels = draw (picture);
    for (guint j = 0; j < WIDTH * HEIGHT; j++)
      n_drawn += pixels[j * 4 + 3] != 0;
    g_test_message ("%s: %u pixels", holdfast_headset_get_id (headset), n_drawn);
    g_assert_cmpuint (n_drawn, >, WIDTH * HEIGHT / 20);
    for (guint y = 0; y < HEIGHT; y++) {
      g_assert_cmpuint (pixels[y * WIDTH * 4 + 3], ==, 0);
      g_assert_cmpuint (pixels[(y * WIDTH + WIDTH - 1) * 4 + 3], ==, 0);
    }
    holdfast_test_assert_finalize (picture);
  }
}

/* A button on the case is there only with its word, and stands out only if it is marked. */
static void
test_mark (void)
{
  HoldfastStillPicture *picture = new_picture ();
  g_autofree guchar *without = NULL;
  g_autofree guchar *plain = NULL;
  g_autofree guchar *marked = NULL;

  holdfast_still_picture_set_drawing (picture, "buds-case-button", "view-back", NULL, NULL);
  without = draw (picture);
  holdfast_still_picture_set_drawing (
      picture, "buds-case-button", "view-back", "case-button", NULL);
  plain = draw (picture);
  holdfast_still_picture_set_drawing (
      picture, "buds-case-button", "view-back", "case-button", "button-case");
  marked = draw (picture);
  g_assert_cmpuint (count_different (without, plain), >, 0);
  g_assert_cmpuint (count_different (plain, marked), >, count_different (without, plain));
  holdfast_test_assert_finalize (picture);
}

/* It takes the same room whatever it shows, and asks for no frames. */
static void
test_room (void)
{
  HoldfastStillPicture *picture = new_picture ();
  int width = 0;
  int height = 0;

  for (guint i = 0; i < 2; i++) {
    gtk_widget_measure (
        GTK_WIDGET (picture), GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
    gtk_widget_measure (
        GTK_WIDGET (picture), GTK_ORIENTATION_VERTICAL, -1, &height, NULL, NULL, NULL);
    g_assert_cmpint (width, ==, WIDTH);
    g_assert_cmpint (height, ==, HEIGHT);
    holdfast_still_picture_set_drawing (picture, "neckband", NULL, NULL, NULL);
  }
  gtk_test_accessible_assert_role (picture, GTK_ACCESSIBLE_ROLE_PRESENTATION);
  holdfast_test_assert_finalize (picture);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (holdfast_widgets_init ());
  g_test_add_func ("/still-picture/models", test_models);
  g_test_add_func ("/still-picture/mark", test_mark);
  g_test_add_func ("/still-picture/room", test_room);
  return g_test_run ();
}
