/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "time-left.h"

#include "sentences.h"
#include "widgets.h"

/* Five minutes are a bar of a few hundred pixels: it moves by a few of them. */
#define STEP_US (5 * G_USEC_PER_SEC)

struct _HoldfastTimeLeft {
  GtkBox parent_instance;

  HoldfastClock *clock; /* nullable */
  gint64 end_us;
  gint64 length_us;
  char *words; /* NULL while nothing is shown */
  guint alarm;

  /* from the template */
  GtkProgressBar *bar;
};

G_DEFINE_FINAL_TYPE (HoldfastTimeLeft, holdfast_time_left, GTK_TYPE_BOX)

enum {
  PROP_0,
  PROP_WORDS,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void show (HoldfastTimeLeft *self);

static void
alarm_cb (gpointer user_data)
{
  HoldfastTimeLeft *self = user_data;

  self->alarm = 0;
  show (self);
}

/* The next step of the bar, counted from the end: so the words change in time as well. */
static gint64
get_next_us (HoldfastTimeLeft *self, gint64 left_us)
{
  return self->end_us - (left_us - 1) / STEP_US * STEP_US;
}

static void
show (HoldfastTimeLeft *self)
{
  gint64 now_us = self->clock != NULL ? holdfast_clock_get_now_us (self->clock) : 0;
  gboolean runs = self->clock != NULL && self->end_us != G_MAXINT64 && now_us < self->end_us;
  gint64 left_us = runs ? self->end_us - now_us : 0;
  g_autofree char *words = runs ? holdfast_window_left_to_words (left_us) : NULL;

  if (runs)
    gtk_progress_bar_set_fraction (
        self->bar, CLAMP ((double) left_us / (double) MAX (self->length_us, 1), 0.0, 1.0));
  /* This may map it, which sets an alarm too. */
  gtk_widget_set_visible (GTK_WIDGET (self), runs);
  if (self->clock != NULL)
    holdfast_clock_clear_alarm (self->clock, &self->alarm);
  if (runs && gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->alarm
        = holdfast_clock_set_alarm (self->clock, get_next_us (self, left_us), alarm_cb, self);
  if (g_set_str (&self->words, words))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WORDS]);
}

static void
holdfast_time_left_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (holdfast_time_left_parent_class)->map (widget);
  show (HOLDFAST_TIME_LEFT (widget));
}

static void
holdfast_time_left_unmap (GtkWidget *widget)
{
  HoldfastTimeLeft *self = HOLDFAST_TIME_LEFT (widget);

  if (self->clock != NULL)
    holdfast_clock_clear_alarm (self->clock, &self->alarm);
  GTK_WIDGET_CLASS (holdfast_time_left_parent_class)->unmap (widget);
}

static void
holdfast_time_left_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id) {
  case PROP_WORDS:
    g_value_set_string (value, HOLDFAST_TIME_LEFT (object)->words);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
holdfast_time_left_dispose (GObject *object)
{
  HoldfastTimeLeft *self = HOLDFAST_TIME_LEFT (object);

  holdfast_time_left_set_clock (self, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), HOLDFAST_TYPE_TIME_LEFT);

  G_OBJECT_CLASS (holdfast_time_left_parent_class)->dispose (object);
}

static void
holdfast_time_left_finalize (GObject *object)
{
  g_free (HOLDFAST_TIME_LEFT (object)->words);

  G_OBJECT_CLASS (holdfast_time_left_parent_class)->finalize (object);
}

static void
holdfast_time_left_class_init (HoldfastTimeLeftClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = holdfast_time_left_get_property;
  object_class->dispose = holdfast_time_left_dispose;
  object_class->finalize = holdfast_time_left_finalize;
  widget_class->map = holdfast_time_left_map;
  widget_class->unmap = holdfast_time_left_unmap;

  properties[PROP_WORDS]
      = g_param_spec_string ("words",
                             NULL,
                             NULL,
                             NULL,
                             G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_css_name (widget_class, "timeleft");
  gtk_widget_class_set_template_from_resource (widget_class, HOLDFAST_UI_PREFIX "time-left.ui");
  gtk_widget_class_bind_template_child (widget_class, HoldfastTimeLeft, bar);
}

static void
holdfast_time_left_init (HoldfastTimeLeft *self)
{
  self->end_us = G_MAXINT64;
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

GtkWidget *
holdfast_time_left_new (void)
{
  return g_object_new (HOLDFAST_TYPE_TIME_LEFT, NULL);
}

void
holdfast_time_left_set_clock (HoldfastTimeLeft *self, HoldfastClock *clock)
{
  g_return_if_fail (HOLDFAST_IS_TIME_LEFT (self));
  g_return_if_fail (clock == NULL || HOLDFAST_IS_CLOCK (clock));

  if (self->clock == clock)
    return;
  if (self->clock != NULL)
    holdfast_clock_clear_alarm (self->clock, &self->alarm);
  g_set_object (&self->clock, clock);
  if (clock != NULL)
    show (self);
}

void
holdfast_time_left_set_end (HoldfastTimeLeft *self, gint64 end_us, gint64 length_us)
{
  g_return_if_fail (HOLDFAST_IS_TIME_LEFT (self));
  g_return_if_fail (length_us >= 0);

  self->end_us = end_us;
  self->length_us = length_us;
  show (self);
}

const char *
holdfast_time_left_get_words (HoldfastTimeLeft *self)
{
  g_return_val_if_fail (HOLDFAST_IS_TIME_LEFT (self), NULL);

  return self->words;
}
