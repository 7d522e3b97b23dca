/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "holdfast-test.h"
#include "illustration.h"
#include "widgets.h"

#define ENOUGH 2.999

static const char good[] = "holdfast-illustration 1 640 480\n"
                           "( view-main box=0,0,100,100\n"
                           "( button-power box=10,10,20,20 also=button-other\n"
                           "f control 1 M10 10L30 10L30 30L10 30Z\n"
                           ")\n"
                           "( lens box=50,50,40,40\n"
                           "( - box=50,50,40,40 clip=70,70,20 if=custom,nc-ambient\n"
                           "s print 0.5 2 round round - M0 0L100 100\n"
                           ")\n"
                           ")\n"
                           "( bud-left box=0,0,10,10 moves=-5,4,90,1.5\n"
                           "f shell 1 M0 0C0 5 5 10 10 10L0 10Z\n"
                           ")\n"
                           "= press-button-power 0 50 12 20 30\n"
                           ")\n";

static HoldfastIllustration *
parse (const char *text, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  return holdfast_illustration_new_from_bytes ("sample", bytes, error);
}

static char *
replace (const char *text, const char *from, const char *to)
{
  g_autoptr (GString) changed = g_string_new (text);

  if (g_string_replace (changed, from, to, 1) != 1)
    g_error ("“%s” is not in the sample", from);
  return g_string_free (g_steal_pointer (&changed), FALSE);
}

/* Calls @func for all that are among the resources. */
static void
for_each (void (*func) (HoldfastIllustration *illustration))
{
  g_auto (GStrv) names = g_resources_enumerate_children (
      HOLDFAST_ILLUSTRATIONS_PREFIX, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  guint n_found = 0;

  for (guint i = 0; names != NULL && names[i] != NULL; i++) {
    g_autoptr (HoldfastIllustration) illustration = NULL;
    g_autoptr (GError) error = NULL;
    char *end = strstr (names[i], ".illustration");

    if (end == NULL)
      continue;
    *end = '\0';
    illustration = holdfast_illustration_load (names[i], &error);
    g_assert_no_error (error);
    func (illustration);
    n_found++;
  }
  g_assert_cmpuint (n_found, >=, 16);
}

static void
test_elements (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HoldfastIllustration) sample = parse (good, &error);
  const char *const words[] = { "power", "custom", NULL };
  const HoldfastElement *element;

  g_assert_no_error (error);
  g_assert_cmpstr (holdfast_illustration_get_name (sample), ==, "sample");
  g_assert_cmpfloat (holdfast_illustration_get_box (sample)->size.width, ==, 640);
  g_assert_cmpuint (holdfast_illustration_get_n_views (sample), ==, 1);
  g_assert_cmpint (holdfast_illustration_find_view (sample, "view-main"), ==, 0);
  g_assert_cmpint (holdfast_illustration_find_view (sample, "lens"), ==, -1);
  g_assert_cmpint (holdfast_illustration_find_view (sample, "view-back"), ==, -1);

  element = holdfast_illustration_find (sample, 0, "button-power");
  g_assert_nonnull (element);
  g_assert_true (holdfast_illustration_find (sample, -1, "button-other") == element);
  g_assert_null (holdfast_illustration_find (sample, 1, "button-power"));
  g_assert_null (holdfast_illustration_find (sample, 0, "button"));
  g_assert_cmpfloat (element->box.origin.x, ==, 10);
  g_assert_cmpuint (element->first, ==, 0);
  g_assert_cmpuint (element->end, ==, 1);

  element = holdfast_illustration_find (sample, 0, "bud-left");
  g_assert_true (element->moves);
  g_assert_cmpfloat (element->dx, ==, -5);
  g_assert_cmpfloat (element->scale, ==, 1.5);

  element = holdfast_illustration_find (sample, 0, "-");
  g_assert_true (element->has_clip);
  g_assert_true (holdfast_illustration_is_shown (sample, element, words));
  g_assert_false (holdfast_illustration_is_shown (sample, element, words + 2));
  g_assert_false (holdfast_illustration_is_shown (sample, element, NULL));
  g_assert_true (holdfast_illustration_find_around (sample, element, "lens*")
                 == holdfast_illustration_find (sample, 0, "lens"));
  g_assert_null (holdfast_illustration_find_around (sample, element, "bud*"));

  element = holdfast_illustration_find (sample, 0, "press-button-power");
  g_assert_true (element->is_line);
  g_assert_cmpfloat (element->to.x, ==, 12);
  g_assert_cmpfloat (element->width, ==, 30);
}

static const struct {
  const char *what;
  const char *from;
  const char *to;
  int code;
} broken[] = {
  { "not ours",                 "holdfast-illustration 1", "<svg",              HOLDFAST_ILLUSTRATION_ERROR_SYNTAX },
  { "a later version",          "illustration 1",          "illustration 2",    HOLDFAST_ILLUSTRATION_ERROR_SYNTAX },
  { "no size",                  "640 480",                 "640",               HOLDFAST_ILLUSTRATION_ERROR_SYNTAX },
  { "size of nothing",          "640 480",                 "0 480",             HOLDFAST_ILLUSTRATION_ERROR_SIZE   },
  { "absurd size",              "640 480",                 "640 9000",          HOLDFAST_ILLUSTRATION_ERROR_SIZE   },
  { "a size that is no number", "640 480",                 "nan 480",           HOLDFAST_ILLUSTRATION_ERROR_SYNTAX },
  { "an infinite size",         "640 480",                 "inf 480",           HOLDFAST_ILLUSTRATION_ERROR_SYNTAX },
  { "not in a view",            "view-main",               "main",              HOLDFAST_ILLUSTRATION_ERROR_SYNTAX },
  { "a view in a view",         "( lens",                  "( view-lens",       HOLDFAST_ILLUSTRATION_ERROR_SYNTAX },
  { "no name",                  "( lens box=50,50,40,40",  "(",                 HOLDFAST_ILLUSTRATION_ERROR_SYNTAX },
  { "a box of three",           "box=10,10,20,20",         "box=10,10,20",      HOLDFAST_ILLUSTRATION_ERROR_SYNTAX },
  { "a box inside out",         "box=10,10,20,20",         "box=10,10,-2,2",    HOLDFAST_ILLUSTRATION_ERROR_SYNTAX },
  { "far away",                 "box=10,10,20,20",         "box=1e9,1,2,2",     HOLDFAST_ILLUSTRATION_ERROR_SYNTAX },
  { "a clip of nothing",        "clip=70,70,20",           "clip=70,70,0",      HOLDFAST_ILLUSTRATION_ERROR_SYNTAX },
  { "shrinks to nothing",
   "moves=-5,4,90,1.5",                                    "moves=0,0,0,0",
   HOLDFAST_ILLUSTRATION_ERROR_SYNTAX                                                                              },
  { "a property of no kind",    "also=",                   "too=",              HOLDFAST_ILLUSTRATION_ERROR_SYNTAX },
  { "a colour of no palette",   "f control",               "f mauve",           HOLDFAST_ILLUSTRATION_ERROR_SYNTAX },
  { "more than opaque",         "f control 1",             "f control 7",       HOLDFAST_ILLUSTRATION_ERROR_SYNTAX },
  { "a path of nonsense",       "M10 10L30",               "hello",             HOLDFAST_ILLUSTRATION_ERROR_SYNTAX },
  { "a stroke of no width",     "0.5 2 round",             "0.5 0 round",       HOLDFAST_ILLUSTRATION_ERROR_SYNTAX },
  { "a cap of no kind",         "2 round",                 "2 pointed",         HOLDFAST_ILLUSTRATION_ERROR_SYNTAX },
  { "a dash of one",            "round -",                 "round 5",           HOLDFAST_ILLUSTRATION_ERROR_SYNTAX },
  { "a guide without a width",  "12 20 30",                "12 20",             HOLDFAST_ILLUSTRATION_ERROR_SYNTAX },
  { "a line of no kind",        "= press",                 "* press",           HOLDFAST_ILLUSTRATION_ERROR_SYNTAX },
  { "a bracket too many",       ")\n)\n( bud",             ")\n)\n)\n)\n( bud", HOLDFAST_ILLUSTRATION_ERROR_SYNTAX },
  { "a bracket too few",        "12 20 30\n)\n",           "12 20 30\n",        HOLDFAST_ILLUSTRATION_ERROR_SYNTAX },
};

static void
test_broken (void)
{
  g_autoptr (GError) nothing = NULL;

  g_assert_null (parse ("", &nothing));
  g_assert_error (nothing, HOLDFAST_ILLUSTRATION_ERROR, HOLDFAST_ILLUSTRATION_ERROR_SYNTAX);
  for (guint i = 0; i < G_N_ELEMENTS (broken); i++) {
    g_autofree char *text = replace (good, broken[i].from, broken[i].to);
    g_autoptr (GError) error = NULL;
    g_autoptr (HoldfastIllustration) illustration = parse (text, &error);

    g_test_message ("%s: %s", broken[i].what, error != NULL ? error->message : "no error");
    g_assert_error (error, HOLDFAST_ILLUSTRATION_ERROR, broken[i].code);
    g_assert_null (illustration);
    g_assert_nonnull (strstr (error->message, "sample"));
  }
}

/* Cut off anywhere, and with any one byte changed, it is refused or read, and nothing else happens.
 */
static void
test_mangled (void)
{
  for (gsize length = 0; length < sizeof good - 1; length++) {
    g_autofree char *text = g_strndup (good, length);
    g_autoptr (HoldfastIllustration) illustration = parse (text, NULL);

    g_assert_true (illustration == NULL || length >= sizeof good - 2);
  }
  for (gsize at = 0; at < sizeof good - 1; at++) {
    for (guint i = 0; i < 8; i++) {
      g_autofree char *text = g_strdup (good);
      g_autoptr (HoldfastIllustration) illustration = NULL;

      text[at] = " \n()-9Mx"[i];
      illustration = parse (text, NULL);
    }
  }
}

static void
test_too_much (void)
{
  g_autoptr (GString) text
      = g_string_new ("holdfast-illustration 1 10 10\n( view-main box=0,0,1,1\n");
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 30; i++)
    g_string_append (text, "( part box=0,0,1,1\n");
  g_assert_null (parse (text->str, &error));
  g_assert_error (error, HOLDFAST_ILLUSTRATION_ERROR, HOLDFAST_ILLUSTRATION_ERROR_SIZE);
  g_clear_error (&error);

  g_string_assign (text, "holdfast-illustration 1 10 10\n( view-main box=0,0,1,1\n");
  for (guint i = 0; i < 5000; i++)
    g_string_append (text, "f shell 1 M0 0L1 1L1 0Z\n");
  g_assert_null (parse (text->str, &error));
  g_assert_error (error, HOLDFAST_ILLUSTRATION_ERROR, HOLDFAST_ILLUSTRATION_ERROR_SIZE);
}

static void
test_not_there (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (holdfast_illustration_load ("no-such-headset", &error));
  g_assert_error (error, HOLDFAST_ILLUSTRATION_ERROR, HOLDFAST_ILLUSTRATION_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "no-such-headset"));
}

/* One that is in use is shared, and gone when nobody uses it. */
static void
test_shared (void)
{
  HoldfastIllustration *one = holdfast_illustration_load ("over-ear", NULL);
  HoldfastIllustration *other = holdfast_illustration_load ("over-ear", NULL);

  g_assert_true (one == other);
  g_object_unref (other);
  holdfast_test_assert_finalize (one);
  one = holdfast_illustration_load ("over-ear", NULL);
  g_assert_nonnull (one);
  holdfast_test_assert_finalize (one);
}

static void
check_whole (HoldfastIllustration *illustration)
{
  const graphene_rect_t *box = holdfast_illustration_get_box (illustration);
  gboolean is_hand = g_str_equal (holdfast_illustration_get_name (illustration), "hands");
  const HoldfastElement *element;

  for (guint i = 0; (element = holdfast_illustration_get_element (illustration, i)) != NULL; i++) {
    g_autofree char *line = NULL;

    if (g_str_has_prefix (element->name, "button-") || g_str_has_prefix (element->name, "led")) {
      g_test_message ("%s: %s", holdfast_illustration_get_name (illustration), element->name);
      g_assert_true (graphene_rect_contains_rect (box, &element->box));
    }
    if (g_str_has_prefix (element->name, "view-") && !is_hand)
      g_assert_nonnull (holdfast_illustration_find (illustration, (int) element->view, "frame"));
  }
}

static void
test_all_are_whole (void)
{
  for_each (check_whole);
}

static void
check_marks (HoldfastIllustration *illustration)
{
  const HoldfastElement *element;

  for (guint i = 0; (element = holdfast_illustration_get_element (illustration, i)) != NULL; i++) {
    const char *name = element->name;
    int surface;

    if (g_str_has_prefix (name, "lens-"))
      name += strlen ("lens-");
    if (!g_str_has_prefix (name, "button-") && !g_str_has_prefix (name, "touch-")
        && !g_str_equal (name, "mode-switch"))
      continue;
    surface = holdfast_illustration_get_surface (illustration, element);
    g_test_message ("%s: %s", holdfast_illustration_get_name (illustration), element->name);
    g_assert_cmpint (surface, >=, 0);
    for (guint kind = 0; kind < HOLDFAST_PALETTE_MAX; kind++) {
      for (guint accent = ADW_ACCENT_COLOR_BLUE; accent <= ADW_ACCENT_COLOR_SLATE; accent++) {
        HoldfastPalette palette;
        const GdkRGBA *shell;
        GdkRGBA ring;
        GdkRGBA fill;
        GdkRGBA print;

        holdfast_palette_init (&palette, kind, accent);
        shell = holdfast_palette_get (&palette, surface);
        holdfast_palette_mark (&palette, shell, &ring, &fill, &print);
        g_assert_cmpfloat (holdfast_colour_get_contrast (&ring, shell), >=, ENOUGH);
        g_assert_cmpfloat (holdfast_colour_get_contrast (&fill, shell), >=, ENOUGH);
        g_assert_cmpfloat (holdfast_colour_get_contrast (&print, &fill), >=, ENOUGH);
      }
    }
  }
}

/* What is to be pressed can be told from the headset, in every palette and with every accent. */
static void
test_marks_stand_out (void)
{
  for_each (check_marks);
}

static void
test_contrast (void)
{
  static const GdkRGBA white = { 1, 1, 1, 1 };
  static const GdkRGBA black = { 0, 0, 0, 1 };

  g_assert_cmpfloat_with_epsilon (holdfast_colour_get_contrast (&white, &black), 21, 0.01);
  g_assert_cmpfloat_with_epsilon (holdfast_colour_get_contrast (&black, &black), 1, 0.01);
}

static void
test_render (void)
{
  g_autoptr (HoldfastIllustration) sample = parse (good, NULL);
  const char *const words[] = { "custom", NULL };
  HoldfastPalette palette;
  HoldfastRender one;
  HoldfastRender other;

  holdfast_palette_init (&palette, HOLDFAST_PALETTE_LIGHT, ADW_ACCENT_COLOR_BLUE);
  one = holdfast_illustration_render (sample, 0, 1, &palette, NULL, FALSE, -1, 2);
  other = holdfast_illustration_render (sample, 0, 1, &palette, NULL, FALSE, -1, 2);
  g_assert_true (one.texture == other.texture);
  g_object_unref (other.texture);
  /* 20 by 20 units from 10, 10 at 2 pixels a unit, and a pixel around. */
  g_assert_cmpint (gdk_texture_get_width (one.texture), ==, 42);
  g_assert_cmpfloat (one.box.origin.x, ==, 9.5);

  other = holdfast_illustration_render (sample, 0, 1, &palette, NULL, FALSE, -1, 3);
  g_assert_true (one.texture != other.texture);
  holdfast_test_assert_finalize (other.texture);
  other = holdfast_illustration_render (sample, 0, 1, &palette, NULL, TRUE, palette.kind, 2);
  g_assert_true (one.texture != other.texture);
  holdfast_test_assert_finalize (other.texture);
  holdfast_test_assert_finalize (one.texture);

  /* What waits for a word, and what the close-up cuts off. */
  one = holdfast_illustration_render (sample, 1, 2, &palette, NULL, FALSE, -1, 1);
  g_assert_null (one.texture);
  one = holdfast_illustration_render (sample, 1, 2, &palette, words, FALSE, -1, 1);
  g_assert_cmpint (gdk_texture_get_width (one.texture), ==, 42);
  holdfast_test_assert_finalize (one.texture);
}

/* However large the screen, a picture is a moderate piece of memory. */
static void
test_render_huge (void)
{
  g_autoptr (HoldfastIllustration) illustration = holdfast_illustration_load ("over-ear", NULL);
  const HoldfastElement *view = holdfast_illustration_find (illustration, -1, "view-main");
  HoldfastPalette palette;
  HoldfastRender render;

  holdfast_palette_init (&palette, HOLDFAST_PALETTE_DARK, ADW_ACCENT_COLOR_PINK);
  render = holdfast_illustration_render (
      illustration, view->first, view->end, &palette, NULL, FALSE, -1, 50);
  g_assert_cmpint (gdk_texture_get_width (render.texture), <=, 2410);
  g_assert_cmpint (gdk_texture_get_height (render.texture), <=, 2410);
  holdfast_test_assert_finalize (render.texture);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (holdfast_widgets_init ());
  g_test_add_func ("/widgets/illustration/elements", test_elements);
  g_test_add_func ("/widgets/illustration/broken", test_broken);
  g_test_add_func ("/widgets/illustration/mangled", test_mangled);
  g_test_add_func ("/widgets/illustration/too-much", test_too_much);
  g_test_add_func ("/widgets/illustration/not-there", test_not_there);
  g_test_add_func ("/widgets/illustration/shared", test_shared);
  g_test_add_func ("/widgets/illustration/all-are-whole", test_all_are_whole);
  g_test_add_func ("/widgets/illustration/marks-stand-out", test_marks_stand_out);
  g_test_add_func ("/widgets/illustration/contrast", test_contrast);
  g_test_add_func ("/widgets/illustration/render", test_render);
  g_test_add_func ("/widgets/illustration/render-huge", test_render_huge);
  return g_test_run ();
}
