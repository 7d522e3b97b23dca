/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How a scene's window is laid out and drawn, and what all windows of the test have in common. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <locale.h>

#include "holdfast-test.h"
#include "scenes.h"
#include "widgets.h"

#define USUAL_DPI 96

typedef struct {
  GtkWidget *window;
  int width;
  int height;
} Size;

static gboolean
has_size (gpointer user_data)
{
  Size *size = user_data;

  return gtk_widget_get_width (size->window) == size->width
         && gtk_widget_get_height (size->window) == size->height;
}

static void
count_frame_cb (GdkFrameClock *clock, guint *n_frames)
{
  *n_frames += 1;
  gdk_frame_clock_request_phase (clock, GDK_FRAME_CLOCK_PHASE_LAYOUT);
}

static gboolean
has_drawn (gpointer user_data)
{
  return *(guint *) user_data >= 3;
}

/* A breakpoint that is passed changes the page in the frame after; what that changes is laid out
 * in one more. */
void
scene_rest (Scene *self)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (self->window));
  guint n_frames = 0;
  gulong handler = g_signal_connect (clock, "after-paint", G_CALLBACK (count_frame_cb), &n_frames);

  gdk_frame_clock_request_phase (clock, GDK_FRAME_CLOCK_PHASE_LAYOUT);
  holdfast_test_wait (has_drawn, &n_frames, HOLDFAST_TEST_DEADLINE_MS, "the window to be drawn");
  g_signal_handler_disconnect (clock, handler);
}

void
scene_resize (Scene *self, int width, int height)
{
  Size size = { GTK_WIDGET (self->window), width, height };
  g_autofree char *what
      = g_strdup_printf ("the window of %s to be %d × %d", self->name, width, height);

  gtk_window_set_default_size (GTK_WINDOW (self->window), width, height);
  holdfast_test_wait (has_size, &size, HOLDFAST_TEST_DEADLINE_MS, what);
  scene_rest (self);
}

/* A spinner turns by the computer's time, even where nothing else moves: one that stands still is
 * drawn in its place. */
static void
set_spinners_shown (GtkWidget *widget, gboolean shown)
{
  if (ADW_IS_SPINNER (widget))
    gtk_widget_set_opacity (widget, shown ? 1 : 0);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    set_spinners_shown (child, shown);
}

static void
draw_spinners (GtkWidget *widget, GtkWidget *window, GtkSnapshot *snapshot)
{
  graphene_rect_t bounds;

  if (!gtk_widget_get_mapped (widget))
    return;
  if (ADW_IS_SPINNER (widget) && gtk_widget_compute_bounds (widget, window, &bounds)) {
    g_autoptr (GdkPaintable) spinner = GDK_PAINTABLE (adw_spinner_paintable_new (NULL));
    GdkRGBA color;

    gtk_widget_get_color (widget, &color);
    gtk_snapshot_save (snapshot);
    gtk_snapshot_translate (snapshot, &bounds.origin);
    gtk_symbolic_paintable_snapshot_symbolic (GTK_SYMBOLIC_PAINTABLE (spinner),
                                              snapshot,
                                              bounds.size.width,
                                              bounds.size.height,
                                              &color,
                                              1);
    gtk_snapshot_restore (snapshot);
  }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    draw_spinners (child, window, snapshot);
}

GdkTexture *
scene_draw (Scene *self)
{
  GtkWidget *window = GTK_WIDGET (self->window);
  int width = gtk_widget_get_width (window);
  int height = gtk_widget_get_height (window);
  GtkSettings *settings = gtk_settings_get_default ();
  g_autoptr (GdkPaintable) paintable = NULL;
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GskRenderer) renderer = gsk_cairo_renderer_new ();
  g_autoptr (GError) error = NULL;
  GdkTexture *texture = NULL;

  /* As people see it who have not switched moving pictures off; the clock stands still. */
  g_object_set (settings, "gtk-enable-animations", TRUE, NULL);
  set_spinners_shown (window, FALSE);
  gtk_widget_queue_draw (window);
  scene_rest (self);
  paintable = gtk_widget_paintable_new (window);
  gdk_paintable_snapshot (paintable, snapshot, width, height);
  draw_spinners (window, window, snapshot);
  set_spinners_shown (window, TRUE);
  node = gtk_snapshot_to_node (snapshot);
  gsk_renderer_realize_for_display (renderer, gdk_display_get_default (), &error);
  g_assert_no_error (error);
  texture = gsk_renderer_render_texture (renderer, node, &GRAPHENE_RECT_INIT (0, 0, width, height));
  gsk_renderer_unrealize (renderer);
  g_object_set (settings, "gtk-enable-animations", FALSE, NULL);
  return texture;
}

void
scenes_set_text_size (int percent)
{
  g_object_set (
      gtk_settings_get_default (), "gtk-xft-dpi", USUAL_DPI * PANGO_SCALE * percent / 100, NULL);
}

void
scenes_set_direction (GtkTextDirection direction)
{
  gtk_widget_set_default_direction (direction);
}

void
scenes_set_window_buttons (const char *layout)
{
  g_object_set (gtk_settings_get_default (), "gtk-decoration-layout", layout, NULL);
}

void
scenes_init (void)
{
  const char *language = g_getenv ("HOLDFAST_TEST_LANGUAGE");

  setlocale (LC_ALL, "");
  if (language != NULL) {
    bindtextdomain (GETTEXT_PACKAGE, language);
    bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  }
  textdomain (GETTEXT_PACKAGE);
  if (!holdfast_widgets_init ())
    g_error ("no screen");
  g_object_set (
      gtk_settings_get_default (), "gtk-enable-animations", FALSE, "gtk-cursor-blink", FALSE, NULL);
  /* An application does this by itself; scenes have none. */
  gtk_icon_theme_add_resource_path (gtk_icon_theme_get_for_display (gdk_display_get_default ()),
                                    "/io/github/holdfast/Holdfast/icons");
  scenes_set_text_size (100);
  scenes_set_window_buttons (":close");
}
