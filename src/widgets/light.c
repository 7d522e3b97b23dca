/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "light.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "sentences.h"

/* In pixels. */
#define MIN_SIZE 24
#define NATURAL_SIZE 48
/* Parts of the bezel's radius. */
#define LAMP 0.40f
#define GLOW 0.94f
#define FADE_MS 60

struct _HoldfastLightView {
  GtkWidget parent_instance;

  HoldfastClock *clock;       /* nullable */
  HoldfastTimeline *timeline; /* nullable */
  gint64 began_us;
  gboolean playing;

  HoldfastLed led;
  guint alarm;
  AdwAnimation *fade; /* from the last colour to this one, 0.0 to 1.0 */
  GdkRGBA drawn;      /* the colour that was drawn last; clear for a dark light */
  GdkRGBA before;     /* what fades out */
};

G_DEFINE_FINAL_TYPE (HoldfastLightView, holdfast_light_view, GTK_TYPE_WIDGET)

enum {
  PROP_0,
  PROP_LED,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

/* The style sheet gives each its colour. */
static const char *const styles[] = {
  [HOLDFAST_LED_OFF] = "off",       [HOLDFAST_LED_BLUE] = "blue",   [HOLDFAST_LED_RED] = "red",
  [HOLDFAST_LED_ORANGE] = "orange", [HOLDFAST_LED_GREEN] = "green", [HOLDFAST_LED_WHITE] = "white",
};

/* The colour a pattern shows longest, dark only if it is never lit. */
static HoldfastLed
get_typical_led (const HoldfastTimeline *timeline)
{
  gint64 period_us = holdfast_timeline_get_period_us (timeline);
  gint64 lit_us[G_N_ELEMENTS (styles)] = { 0 };
  HoldfastLed typical = HOLDFAST_LED_OFF;

  for (gint64 at_us = 0; at_us < period_us;) {
    HoldfastLedSample sample;
    gint64 length_us;

    holdfast_timeline_sample (timeline, at_us, &sample);
    length_us = MIN (sample.next_change_us, period_us - at_us);
    lit_us[sample.led] += length_us;
    at_us += length_us;
  }
  lit_us[HOLDFAST_LED_OFF] = 0;
  for (guint led = 0; led < G_N_ELEMENTS (styles); led++) {
    if (lit_us[led] > lit_us[typical])
      typical = (HoldfastLed) led;
  }
  return typical;
}

static gboolean
is_running (HoldfastLightView *self)
{
  return self->playing && self->clock != NULL && self->timeline != NULL
         && gtk_widget_get_mapped (GTK_WIDGET (self));
}

static void
show_led (HoldfastLightView *self, HoldfastLed led)
{
  if (self->led == led)
    return;
  gtk_widget_remove_css_class (GTK_WIDGET (self), styles[self->led]);
  gtk_widget_add_css_class (GTK_WIDGET (self), styles[led]);
  self->led = led;
  self->before = self->drawn;
  adw_animation_play (self->fade);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LED]);
}

static void update (HoldfastLightView *self);

static void
alarm_cb (gpointer user_data)
{
  HoldfastLightView *self = user_data;

  self->alarm = 0;
  update (self);
}

static void
update (HoldfastLightView *self)
{
  HoldfastLedSample sample = { HOLDFAST_LED_OFF, 0, G_MAXINT64 };

  if (self->alarm != 0)
    holdfast_clock_clear_alarm (self->clock, &self->alarm);
  if (is_running (self)) {
    gint64 now_us = holdfast_clock_get_now_us (self->clock);

    holdfast_timeline_sample (self->timeline, MAX (0, now_us - self->began_us), &sample);
    if (sample.next_change_us != G_MAXINT64)
      self->alarm = holdfast_clock_set_alarm (
          self->clock, MAX (now_us, self->began_us) + sample.next_change_us, alarm_cb, self);
  } else if (self->timeline != NULL) {
    sample.led = get_typical_led (self->timeline);
  }
  show_led (self, sample.led);
}

static void
fade_cb (double value, gpointer user_data)
{
  gtk_widget_queue_draw (GTK_WIDGET (user_data));
}

static GskPath *
disc (float radius)
{
  g_autoptr (GskPathBuilder) builder = gsk_path_builder_new ();

  gsk_path_builder_add_circle (builder, graphene_point_zero (), radius);
  return gsk_path_builder_free_to_path (g_steal_pointer (&builder));
}

static void
fill_gradient (GtkSnapshot *snapshot, float radius, const GskColorStop *stops, gsize n_stops)
{
  g_autoptr (GskPath) path = disc (radius);

  gtk_snapshot_push_fill (snapshot, path, GSK_FILL_RULE_WINDING);
  gtk_snapshot_append_radial_gradient (
      snapshot,
      &GRAPHENE_RECT_INIT (-radius, -radius, 2 * radius, 2 * radius),
      graphene_point_zero (),
      radius,
      radius,
      0,
      1,
      stops,
      n_stops);
  gtk_snapshot_pop (snapshot);
}

static GdkRGBA
with_alpha (const GdkRGBA *colour, float alpha)
{
  GdkRGBA result = *colour;

  result.alpha *= alpha;
  return result;
}

/* The middle of what shines is a third of the way to white. */
static GdkRGBA
brighten (const GdkRGBA *colour)
{
  return (GdkRGBA) { (1 + 2 * colour->red) / 3,
                     (1 + 2 * colour->green) / 3,
                     (1 + 2 * colour->blue) / 3,
                     colour->alpha };
}

static void
draw_lit (GtkSnapshot *snapshot, float radius, const GdkRGBA *colour, float level)
{
  const GskColorStop glow[] = {
    { 0,    with_alpha (colour, 0.75f) },
    { LAMP, with_alpha (colour, 0.55f) },
    { 0.7f, with_alpha (colour, 0.16f) },
    { 1,    with_alpha (colour, 0)     },
  };
  const GskColorStop lamp[] = {
    { 0, brighten (colour) },
    { 1, *colour           }
  };

  if (colour->alpha * level <= 0)
    return;
  gtk_snapshot_push_opacity (snapshot, level);
  fill_gradient (snapshot, radius * GLOW, glow, G_N_ELEMENTS (glow));
  fill_gradient (snapshot, radius * LAMP, lamp, G_N_ELEMENTS (lamp));
  gtk_snapshot_pop (snapshot);
}

/* Glass, seen on any bezel because it is neither black nor bright. */
static void
draw_dark (GtkSnapshot *snapshot, float radius)
{
  const GdkRGBA glass = { 1, 1, 1, 0.14f };
  const GdkRGBA edge = { 1, 1, 1, 0.30f };
  g_autoptr (GskPath) path = disc (radius * LAMP);
  g_autoptr (GskStroke) stroke = gsk_stroke_new (MAX (1, radius / 24));

  gtk_snapshot_append_fill (snapshot, path, GSK_FILL_RULE_WINDING, &glass);
  gtk_snapshot_append_stroke (snapshot, path, stroke, &edge);
}

static void
holdfast_light_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  HoldfastLightView *self = HOLDFAST_LIGHT_VIEW (widget);
  float width = (float) gtk_widget_get_width (widget);
  float height = (float) gtk_widget_get_height (widget);
  float radius = MIN (width, height) / 2;
  gboolean fading = adw_animation_get_state (self->fade) == ADW_ANIMATION_PLAYING;
  float level = fading ? (float) adw_animation_get_value (self->fade) : 1;

  gtk_widget_get_color (widget, &self->drawn);
  if (self->led == HOLDFAST_LED_OFF)
    self->drawn.alpha = 0;
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (width / 2, height / 2));
  draw_dark (snapshot, radius);
  draw_lit (snapshot, radius, &self->before, 1 - level);
  draw_lit (snapshot, radius, &self->drawn, level);
  gtk_snapshot_restore (snapshot);
}

static void
holdfast_light_view_measure (GtkWidget *widget,
                             GtkOrientation orientation,
                             int for_size,
                             int *minimum,
                             int *natural,
                             int *minimum_baseline,
                             int *natural_baseline)
{
  *minimum = MIN_SIZE;
  *natural = NATURAL_SIZE;
}

static void
holdfast_light_view_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (holdfast_light_view_parent_class)->map (widget);
  update (HOLDFAST_LIGHT_VIEW (widget));
}

static void
holdfast_light_view_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (holdfast_light_view_parent_class)->unmap (widget);
  update (HOLDFAST_LIGHT_VIEW (widget));
}

static void
holdfast_light_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  HoldfastLightView *self = HOLDFAST_LIGHT_VIEW (object);

  switch (id) {
  case PROP_LED:
    g_value_set_int (value, (int) self->led);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
holdfast_light_view_dispose (GObject *object)
{
  HoldfastLightView *self = HOLDFAST_LIGHT_VIEW (object);

  if (self->alarm != 0)
    holdfast_clock_clear_alarm (self->clock, &self->alarm);
  g_clear_object (&self->clock);
  /* One that runs keeps itself. */
  if (self->fade != NULL)
    adw_animation_reset (self->fade);
  g_clear_object (&self->fade);
  g_clear_pointer (&self->timeline, holdfast_timeline_unref);
  G_OBJECT_CLASS (holdfast_light_view_parent_class)->dispose (object);
}

static void
holdfast_light_view_class_init (HoldfastLightViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = holdfast_light_view_get_property;
  object_class->dispose = holdfast_light_view_dispose;
  widget_class->snapshot = holdfast_light_view_snapshot;
  widget_class->measure = holdfast_light_view_measure;
  widget_class->map = holdfast_light_view_map;
  widget_class->unmap = holdfast_light_view_unmap;

  properties[PROP_LED] = g_param_spec_int ("led",
                                           NULL,
                                           NULL,
                                           HOLDFAST_LED_OFF,
                                           HOLDFAST_LED_WHITE,
                                           HOLDFAST_LED_OFF,
                                           G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_css_name (widget_class, "lightview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
update_label (HoldfastLightView *self)
{
  g_autofree char *pattern = NULL;
  g_autofree char *label = NULL;

  if (self->timeline == NULL) {
    gtk_accessible_update_property (
        GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Light"), -1);
    return;
  }
  pattern = holdfast_light_describe (self->timeline);
  /* Translators: what a light does, as "Light: blue, flashing". */
  label = g_strdup_printf (_ ("Light: %s"), pattern);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
holdfast_light_view_init (HoldfastLightView *self)
{
  GtkWidget *widget = GTK_WIDGET (self);

  /* It is round: the bezel must not be stretched. */
  gtk_widget_set_halign (widget, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (widget, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (widget, styles[HOLDFAST_LED_OFF]);
  self->fade = adw_timed_animation_new (
      widget, 0, 1, FADE_MS, adw_callback_animation_target_new (fade_cb, self, NULL));
  adw_timed_animation_set_easing (ADW_TIMED_ANIMATION (self->fade), ADW_LINEAR);
  update_label (self);
}

GtkWidget *
holdfast_light_view_new (void)
{
  return g_object_new (HOLDFAST_TYPE_LIGHT_VIEW, NULL);
}

void
holdfast_light_view_set_clock (HoldfastLightView *self, HoldfastClock *clock)
{
  g_return_if_fail (HOLDFAST_IS_LIGHT_VIEW (self));
  g_return_if_fail (clock == NULL || HOLDFAST_IS_CLOCK (clock));

  if (self->clock == clock)
    return;
  if (self->alarm != 0)
    holdfast_clock_clear_alarm (self->clock, &self->alarm);
  g_set_object (&self->clock, clock);
  update (self);
}

void
holdfast_light_view_set_timeline (HoldfastLightView *self,
                                  HoldfastTimeline *timeline,
                                  gint64 began_us)
{
  g_return_if_fail (HOLDFAST_IS_LIGHT_VIEW (self));

  if (timeline != self->timeline) {
    g_clear_pointer (&self->timeline, holdfast_timeline_unref);
    self->timeline = timeline != NULL ? holdfast_timeline_ref (timeline) : NULL;
    update_label (self);
  }
  self->began_us = began_us;
  update (self);
}

void
holdfast_light_view_set_playing (HoldfastLightView *self, gboolean playing)
{
  g_return_if_fail (HOLDFAST_IS_LIGHT_VIEW (self));

  if (self->playing == playing)
    return;
  self->playing = playing;
  update (self);
}

gboolean
holdfast_light_view_get_playing (HoldfastLightView *self)
{
  g_return_val_if_fail (HOLDFAST_IS_LIGHT_VIEW (self), FALSE);

  return self->playing;
}

HoldfastLed
holdfast_light_view_get_led (HoldfastLightView *self)
{
  g_return_val_if_fail (HOLDFAST_IS_LIGHT_VIEW (self), HOLDFAST_LED_OFF);

  return self->led;
}
