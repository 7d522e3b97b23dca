/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hold-ring.h"

#include <adwaita.h>
#include <math.h>

#include "ring-arc.h"
#include "ring-face.h"
#include "ring-words.h"
#include "sentences.h"

/* In pixels. It grows with the person's letters, but not so far that a page is nothing else. */
#define MIN_SIZE 140
#define NATURAL_SIZE 240
#define MAX_NATURAL_SIZE 360
/* What a letter measures where nobody has changed the size of text: 11 points at 96 dpi. */
#define USUAL_FONT_SIZE (11.0 * 96 / 72)

#define BEAT_US (G_USEC_PER_SEC * 2 / 5)
/* One turn of the arcs while it looks: slow enough to be calm. */
#define TURN_US (8 * G_USEC_PER_SEC)

typedef enum {
  MODE_REST,
  MODE_COUNT_DOWN,
  MODE_HOLD,
  MODE_WAIT,
  MODE_LOOK,
  MODE_FOUND,
  MODE_IDLE,
} Mode;

struct _HoldfastHoldRing {
  GtkWidget parent_instance;

  HoldfastClock *clock; /* nullable */
  GtkWidget *arc;
  Mode mode;
  gboolean has_step;
  HoldfastStep step; /* its light is not ours and is NULL here */
  gint64 from_us;    /* HOLD, LOOK: when it began */
  gint64 until_us;   /* COUNT_DOWN, WAIT: when it ends */
  gint64 length_us;

  HoldfastHoldRingPhase phase;
  int seconds;
  gint64 next_us; /* when phase or seconds change by themselves, G_MAXINT64 if never */
  guint alarm;
  guint tick;
};

G_DEFINE_FINAL_TYPE_WITH_CODE (HoldfastHoldRing,
                               holdfast_hold_ring,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_ACCESSIBLE_RANGE, NULL))

G_DEFINE_ENUM_TYPE (HoldfastHoldRingPhase,
                    holdfast_hold_ring_phase,
                    G_DEFINE_ENUM_VALUE (HOLDFAST_HOLD_RING_REST, "rest"),
                    G_DEFINE_ENUM_VALUE (HOLDFAST_HOLD_RING_COUNT_DOWN, "count-down"),
                    G_DEFINE_ENUM_VALUE (HOLDFAST_HOLD_RING_HOLD, "hold"),
                    G_DEFINE_ENUM_VALUE (HOLDFAST_HOLD_RING_HOLD_ON, "hold-on"),
                    G_DEFINE_ENUM_VALUE (HOLDFAST_HOLD_RING_FULL, "full"),
                    G_DEFINE_ENUM_VALUE (HOLDFAST_HOLD_RING_WAIT, "wait"),
                    G_DEFINE_ENUM_VALUE (HOLDFAST_HOLD_RING_LOOK, "look"),
                    G_DEFINE_ENUM_VALUE (HOLDFAST_HOLD_RING_FOUND, "found"),
                    G_DEFINE_ENUM_VALUE (HOLDFAST_HOLD_RING_IDLE, "idle"))

enum {
  PROP_0,
  PROP_PHASE,
  PROP_SECONDS,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static gint64
get_now_us (HoldfastHoldRing *self)
{
  if (self->clock != NULL)
    return holdfast_clock_get_now_us (self->clock);
  return self->mode == MODE_HOLD ? self->from_us : self->until_us - self->length_us;
}

/* The one number that is promised of a step, 0 if there is none. A hold that switches off ends when
 * the light says so, not after a time. */
static int
get_usual_seconds (HoldfastHoldRing *self)
{
  const HoldfastStep *step = &self->step;

  if (!self->has_step || step->only_if_on)
    return 0;
  if (step->action == HOLDFAST_ACTION_WAIT)
    return (int) ((step->earliest_ms + 999) / 1000);
  return (int) ((step->usual_ms + 500) / 1000);
}

/* ---- What there is to say at a moment ------------------------------------------------------- */

typedef struct {
  HoldfastHoldRingPhase phase;
  int seconds;
  gint64 next_us;
} Moment;

static Moment
get_rest_moment (HoldfastHoldRing *self)
{
  int usual = get_usual_seconds (self);

  return (Moment) { HOLDFAST_HOLD_RING_REST, usual > 0 ? usual : -1, G_MAXINT64 };
}

static Moment
get_hold_moment (HoldfastHoldRing *self, gint64 now_us)
{
  gint64 held_us = MAX (0, now_us - self->from_us);
  gint64 usual_us = (gint64) self->step.usual_ms * 1000;
  gint64 longest_us = (gint64) self->step.longest_ms * 1000;
  gint64 second_us = (held_us / G_USEC_PER_SEC + 1) * G_USEC_PER_SEC;
  gboolean promised = get_usual_seconds (self) > 0;
  Moment moment = { HOLDFAST_HOLD_RING_HOLD, (int) (held_us / G_USEC_PER_SEC), 0 };

  if (longest_us > 0 && held_us >= longest_us)
    return (Moment) { HOLDFAST_HOLD_RING_FULL, -1, G_MAXINT64 };
  if (promised && held_us >= usual_us)
    moment.phase = HOLDFAST_HOLD_RING_HOLD_ON;
  else if (promised)
    second_us = MIN (second_us, usual_us);
  moment.next_us = self->from_us + (longest_us > 0 ? MIN (second_us, longest_us) : second_us);
  return moment;
}

static Moment
get_left_moment (HoldfastHoldRing *self, HoldfastHoldRingPhase phase, gint64 now_us)
{
  gint64 left_us = MAX (0, self->until_us - now_us);
  gint64 seconds = (left_us + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC;

  return (Moment) {
    phase,
    (int) MIN (seconds, 999),
    left_us > 0 ? self->until_us - (seconds - 1) * G_USEC_PER_SEC : G_MAXINT64,
  };
}

static Moment
get_moment (HoldfastHoldRing *self)
{
  switch (self->mode) {
  case MODE_REST:
    return get_rest_moment (self);
  case MODE_COUNT_DOWN:
    return get_left_moment (self, HOLDFAST_HOLD_RING_COUNT_DOWN, get_now_us (self));
  case MODE_HOLD:
    return get_hold_moment (self, get_now_us (self));
  case MODE_WAIT:
    return get_left_moment (self, HOLDFAST_HOLD_RING_WAIT, get_now_us (self));
  case MODE_LOOK:
    return (Moment) { HOLDFAST_HOLD_RING_LOOK, -1, G_MAXINT64 };
  case MODE_FOUND:
    return (Moment) { HOLDFAST_HOLD_RING_FOUND, -1, G_MAXINT64 };
  case MODE_IDLE:
    return (Moment) { HOLDFAST_HOLD_RING_IDLE, -1, G_MAXINT64 };
  }
  g_assert_not_reached ();
}

/* ---- What moves ------------------------------------------------------------------------------ */

static gboolean
is_moving (HoldfastHoldRing *self)
{
  return self->next_us != G_MAXINT64 || self->mode == MODE_LOOK;
}

/* The line swells and shrinks once, at the beginning of each second. */
static float
get_swell (HoldfastHoldRing *self, gint64 passed_us)
{
  gint64 since_us = passed_us % G_USEC_PER_SEC;

  if (self->tick == 0 || passed_us < 0 || since_us >= BEAT_US || self->mode == MODE_WAIT)
    return 0;
  return sinf ((float) G_PI * (float) since_us / (float) BEAT_US);
}

static void
update_arc (HoldfastHoldRing *self)
{
  gint64 now_us = get_now_us (self);
  gint64 passed_us = 0;
  gint64 length_us = 0;
  float part = 0;
  float turn = 0;

  if (self->mode == MODE_HOLD) {
    passed_us = MAX (0, now_us - self->from_us);
    length_us = (gint64) self->step.longest_ms * 1000;
  } else if (self->mode == MODE_COUNT_DOWN || self->mode == MODE_WAIT) {
    length_us = self->length_us;
    passed_us = length_us - MAX (0, self->until_us - now_us);
  } else if (self->mode == MODE_LOOK && self->tick != 0) {
    turn = (float) ((now_us - self->from_us) % TURN_US) / (float) TURN_US;
  }
  if (length_us > 0)
    part = CLAMP ((float) passed_us / (float) length_us, 0, 1);
  holdfast_ring_arc_show (HOLDFAST_RING_ARC (self->arc),
                          self->phase,
                          part,
                          turn,
                          length_us > 0 ? get_swell (self, passed_us) : 0);
}

static gboolean
tick_cb (GtkWidget *widget, GdkFrameClock *frame_clock, gpointer user_data)
{
  update_arc (HOLDFAST_HOLD_RING (widget));
  return G_SOURCE_CONTINUE;
}

/* ---- Words ----------------------------------------------------------------------------------- */

static HoldfastRingCount
get_count (HoldfastHoldRing *self)
{
  return (HoldfastRingCount) {
    .phase = self->phase,
    .seconds = self->seconds,
    .usual = get_usual_seconds (self),
    .waits = self->step.action == HOLDFAST_ACTION_WAIT,
  };
}

/* The greatest value is the usual one and not the longest: that one is a mark and no number. */
static void
update_accessible (HoldfastHoldRing *self)
{
  GtkAccessible *accessible = GTK_ACCESSIBLE (self);
  HoldfastRingCount count = get_count (self);
  g_autofree char *label = holdfast_ring_get_label (&count);
  g_autofree char *words = NULL;
  int greatest;

  gtk_accessible_update_property (accessible, GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  if (self->seconds < 0 || self->phase == HOLDFAST_HOLD_RING_REST) {
    gtk_accessible_reset_property (accessible, GTK_ACCESSIBLE_PROPERTY_VALUE_NOW);
    gtk_accessible_reset_property (accessible, GTK_ACCESSIBLE_PROPERTY_VALUE_MIN);
    gtk_accessible_reset_property (accessible, GTK_ACCESSIBLE_PROPERTY_VALUE_MAX);
    gtk_accessible_update_property (accessible, GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, label, -1);
    return;
  }
  words = holdfast_seconds_to_words ((guint) self->seconds);
  greatest = self->mode == MODE_HOLD
                 ? count.usual
                 : (int) ((self->length_us + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC);
  gtk_accessible_update_property (accessible,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_MIN,
                                  0.0,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_MAX,
                                  (double) MAX (self->seconds, greatest),
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_NOW,
                                  (double) self->seconds,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT,
                                  words,
                                  -1);
}

/* ---- Time ------------------------------------------------------------------------------------ */

static void update (HoldfastHoldRing *self);

static void
alarm_cb (gpointer user_data)
{
  HoldfastHoldRing *self = user_data;

  self->alarm = 0;
  update (self);
}

/* One alarm for the next second, and one tick callback while something moves between seconds. */
static void
update_wakes (HoldfastHoldRing *self)
{
  gboolean shown = self->clock != NULL && gtk_widget_get_mapped (GTK_WIDGET (self));
  gboolean ticks = shown && is_moving (self) && adw_get_enable_animations (GTK_WIDGET (self));

  if (self->alarm != 0)
    holdfast_clock_clear_alarm (self->clock, &self->alarm);
  if (shown && self->next_us != G_MAXINT64)
    self->alarm = holdfast_clock_set_alarm (self->clock, self->next_us, alarm_cb, self);

  if (ticks && self->tick == 0) {
    self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), tick_cb, NULL, NULL);
  } else if (!ticks && self->tick != 0) {
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick);
    self->tick = 0;
  }
}

static void
update (HoldfastHoldRing *self)
{
  Moment moment = get_moment (self);
  gboolean phase_changed = moment.phase != self->phase;
  gboolean seconds_changed = moment.seconds != self->seconds;

  self->phase = moment.phase;
  self->seconds = moment.seconds;
  self->next_us = moment.next_us;
  update_wakes (self);
  update_arc (self);
  if (!phase_changed && !seconds_changed)
    return;

  update_accessible (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_freeze_notify (G_OBJECT (self)); /* both are right when the first is told */
  if (phase_changed)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PHASE]);
  if (seconds_changed)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SECONDS]);
  g_object_thaw_notify (G_OBJECT (self));
}

/* Another count may begin with the number of the last one, so all is said and drawn anew. */
static void
set_mode (HoldfastHoldRing *self, Mode mode, const HoldfastStep *step)
{
  self->mode = mode;
  self->has_step = step != NULL;
  if (step != NULL) {
    self->step = *step;
    self->step.light = NULL;
  } else {
    self->step = (HoldfastStep) { 0 };
  }
  update (self);
  update_accessible (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* ---- A widget -------------------------------------------------------------------------------- */

/* The largest number of a count. */
static int
get_widest (HoldfastHoldRing *self)
{
  if (self->mode == MODE_HOLD)
    return MAX (0, ((int) self->step.longest_ms - 1) / 1000);
  return (int) (self->length_us / G_USEC_PER_SEC);
}

static void
holdfast_hold_ring_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  HoldfastHoldRing *self = HOLDFAST_HOLD_RING (widget);
  float width = (float) gtk_widget_get_width (widget);
  float height = (float) gtk_widget_get_height (widget);
  float scale = MIN (width, height) / RING_UNITS;
  HoldfastRingCount count = get_count (self);

  if (scale <= 0)
    return;
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (width / 2, height / 2));
  gtk_snapshot_scale (snapshot, scale, scale);
  holdfast_ring_draw_face (widget, snapshot, scale, &count, get_widest (self), &self->step);
  gtk_snapshot_restore (snapshot);
  gtk_widget_snapshot_child (widget, self->arc, snapshot);
}

static int
get_natural_size (GtkWidget *widget)
{
  PangoFontDescription *font
      = pango_context_get_font_description (gtk_widget_get_pango_context (widget));
  double size = (double) pango_font_description_get_size (font) / PANGO_SCALE;

  return (int) CLAMP (NATURAL_SIZE * size / USUAL_FONT_SIZE, NATURAL_SIZE, MAX_NATURAL_SIZE);
}

static void
holdfast_hold_ring_measure (GtkWidget *widget,
                            GtkOrientation orientation,
                            int for_size,
                            int *minimum,
                            int *natural,
                            int *minimum_baseline,
                            int *natural_baseline)
{
  *minimum = MIN_SIZE;
  *natural = get_natural_size (widget);
  /* It is round: where it is narrow it need not be high. */
  if (orientation == GTK_ORIENTATION_VERTICAL && for_size >= 0)
    *natural = CLAMP (for_size, *minimum, *natural);
}

static GtkSizeRequestMode
holdfast_hold_ring_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
holdfast_hold_ring_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  gtk_widget_allocate (HOLDFAST_HOLD_RING (widget)->arc, width, height, -1, NULL);
}

static void
holdfast_hold_ring_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (holdfast_hold_ring_parent_class)->map (widget);
  update (HOLDFAST_HOLD_RING (widget));
}

static void
holdfast_hold_ring_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (holdfast_hold_ring_parent_class)->unmap (widget);
  update_wakes (HOLDFAST_HOLD_RING (widget));
}

static void
holdfast_hold_ring_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  HoldfastHoldRing *self = HOLDFAST_HOLD_RING (object);

  switch (id) {
  case PROP_PHASE:
    g_value_set_enum (value, (int) self->phase);
    break;
  case PROP_SECONDS:
    g_value_set_int (value, self->seconds);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
holdfast_hold_ring_dispose (GObject *object)
{
  HoldfastHoldRing *self = HOLDFAST_HOLD_RING (object);

  if (self->alarm != 0)
    holdfast_clock_clear_alarm (self->clock, &self->alarm);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->arc, gtk_widget_unparent);
  G_OBJECT_CLASS (holdfast_hold_ring_parent_class)->dispose (object);
}

static void
holdfast_hold_ring_class_init (HoldfastHoldRingClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = holdfast_hold_ring_get_property;
  object_class->dispose = holdfast_hold_ring_dispose;
  widget_class->snapshot = holdfast_hold_ring_snapshot;
  widget_class->measure = holdfast_hold_ring_measure;
  widget_class->get_request_mode = holdfast_hold_ring_get_request_mode;
  widget_class->size_allocate = holdfast_hold_ring_size_allocate;
  widget_class->map = holdfast_hold_ring_map;
  widget_class->unmap = holdfast_hold_ring_unmap;

  properties[PROP_PHASE] = g_param_spec_enum ("phase",
                                              NULL,
                                              NULL,
                                              HOLDFAST_TYPE_HOLD_RING_PHASE,
                                              HOLDFAST_HOLD_RING_REST,
                                              G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SECONDS] = g_param_spec_int (
      "seconds", NULL, NULL, -1, G_MAXINT, -1, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_css_name (widget_class, "holdring");
  /* A timer and not a progress bar: screen readers speak of those by themselves, in per cent. */
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_TIMER);
}

static void
holdfast_hold_ring_init (HoldfastHoldRing *self)
{
  self->seconds = -1;
  self->next_us = G_MAXINT64;
  self->arc = holdfast_ring_arc_new ();
  gtk_widget_set_parent (self->arc, GTK_WIDGET (self));
  g_signal_connect_object (gtk_widget_get_settings (GTK_WIDGET (self)),
                           "notify::gtk-enable-animations",
                           G_CALLBACK (update),
                           self,
                           G_CONNECT_SWAPPED);
  update_accessible (self);
}

GtkWidget *
holdfast_hold_ring_new (void)
{
  return g_object_new (HOLDFAST_TYPE_HOLD_RING, NULL);
}

void
holdfast_hold_ring_set_clock (HoldfastHoldRing *self, HoldfastClock *clock)
{
  g_return_if_fail (HOLDFAST_IS_HOLD_RING (self));
  g_return_if_fail (clock == NULL || HOLDFAST_IS_CLOCK (clock));

  if (self->clock == clock)
    return;
  if (self->alarm != 0)
    holdfast_clock_clear_alarm (self->clock, &self->alarm);
  g_set_object (&self->clock, clock);
  update (self);
}

void
holdfast_hold_ring_show_step (HoldfastHoldRing *self, const HoldfastStep *step)
{
  g_return_if_fail (HOLDFAST_IS_HOLD_RING (self));

  set_mode (self, MODE_REST, step);
}

static void
count_left (HoldfastHoldRing *self, Mode mode, gint64 until_us, gint64 length_us)
{
  g_return_if_fail (HOLDFAST_IS_HOLD_RING (self));
  g_return_if_fail (length_us >= 0);

  self->until_us = until_us;
  self->length_us = length_us;
  set_mode (self, mode, NULL);
}

void
holdfast_hold_ring_count_down (HoldfastHoldRing *self, gint64 until_us, gint64 length_us)
{
  count_left (self, MODE_COUNT_DOWN, until_us, length_us);
}

void
holdfast_hold_ring_wait (HoldfastHoldRing *self, gint64 until_us, gint64 length_us)
{
  count_left (self, MODE_WAIT, until_us, length_us);
}

void
holdfast_hold_ring_count_hold (HoldfastHoldRing *self, const HoldfastStep *step, gint64 began_us)
{
  g_return_if_fail (HOLDFAST_IS_HOLD_RING (self));
  g_return_if_fail (step != NULL);

  self->from_us = began_us;
  set_mode (self, MODE_HOLD, step);
}

void
holdfast_hold_ring_look (HoldfastHoldRing *self)
{
  g_return_if_fail (HOLDFAST_IS_HOLD_RING (self));

  if (self->mode == MODE_LOOK)
    return;
  self->from_us = self->clock != NULL ? holdfast_clock_get_now_us (self->clock) : 0;
  set_mode (self, MODE_LOOK, NULL);
}

void
holdfast_hold_ring_found (HoldfastHoldRing *self)
{
  g_return_if_fail (HOLDFAST_IS_HOLD_RING (self));

  set_mode (self, MODE_FOUND, NULL);
}

void
holdfast_hold_ring_idle (HoldfastHoldRing *self)
{
  g_return_if_fail (HOLDFAST_IS_HOLD_RING (self));

  set_mode (self, MODE_IDLE, NULL);
}

HoldfastHoldRingPhase
holdfast_hold_ring_get_phase (HoldfastHoldRing *self)
{
  g_return_val_if_fail (HOLDFAST_IS_HOLD_RING (self), HOLDFAST_HOLD_RING_REST);

  return self->phase;
}

int
holdfast_hold_ring_get_seconds (HoldfastHoldRing *self)
{
  g_return_val_if_fail (HOLDFAST_IS_HOLD_RING (self), -1);

  return self->seconds;
}
