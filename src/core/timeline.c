/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "timeline.h"

#include "catalogue-private.h"

#define MAX_PERIOD_MS 10000
#define MAX_FLASHES_PER_SECOND 3

typedef struct {
  HoldfastLed led;
  gint64 start_us;
  gint64 length_us;
} Segment;

struct _HoldfastTimeline {
  gatomicrefcount ref_count;
  GArray *segments; /* of Segment; neighbours differ in colour, except perhaps last and first */
  gint64 period_us;
};

static const char *const led_names[] = {
  [HOLDFAST_LED_OFF] = "off",       [HOLDFAST_LED_BLUE] = "blue",   [HOLDFAST_LED_RED] = "red",
  [HOLDFAST_LED_ORANGE] = "orange", [HOLDFAST_LED_GREEN] = "green", [HOLDFAST_LED_WHITE] = "white",
};

static const Segment *
get_segment (const HoldfastTimeline *self, guint index)
{
  return &g_array_index (self->segments, Segment, index);
}

static gboolean
parse_led (const char *text, HoldfastLed *ret_led)
{
  for (guint i = 0; i < G_N_ELEMENTS (led_names); i++) {
    if (g_str_equal (text, led_names[i])) {
      *ret_led = i;
      return TRUE;
    }
  }
  return FALSE;
}

/* Two neighbours of one colour are one segment: the eye sees no change between them. */
static void
append_segment (HoldfastTimeline *self, HoldfastLed led, gint64 length_us)
{
  Segment segment = { .led = led, .start_us = self->period_us, .length_us = length_us };

  self->period_us += length_us;
  if (self->segments->len > 0) {
    Segment *last = &g_array_index (self->segments, Segment, self->segments->len - 1);

    if (last->led == led) {
      last->length_us += length_us;
      return;
    }
  }
  g_array_append_val (self->segments, segment);
}

static gboolean
fail_value (GError **error, const char *value, const char *what)
{
  g_autofree char *quoted = holdfast_quote_value (value);

  g_set_error (error,
               HOLDFAST_CATALOGUE_ERROR,
               HOLDFAST_CATALOGUE_ERROR_VALUE,
               "“%s” is not %s",
               quoted,
               what);
  return FALSE;
}

static gboolean
parse_step (HoldfastTimeline *self, const char *word, GError **error)
{
  const char *colon = strchr (word, ':');
  g_autofree char *colour = NULL;
  HoldfastLed led;
  guint64 length_ms;

  if (colon == NULL)
    return fail_value (error, word, "of the form colour:milliseconds");
  colour = g_strndup (word, colon - word);
  if (!parse_led (colour, &led))
    return fail_value (error, colour, "a colour of a light");
  if (!g_ascii_string_to_unsigned (colon + 1, 10, 1, MAX_PERIOD_MS, &length_ms, NULL))
    return fail_value (error, colon + 1, "a number of milliseconds from 1 to 10000");

  append_segment (self, led, (gint64) length_ms * 1000);
  if (self->period_us > (gint64) MAX_PERIOD_MS * 1000)
    return fail_value (error, word, "the end of a pattern of 10000 ms at most");
  return TRUE;
}

HoldfastTimeline *
holdfast_timeline_parse (const char *text, GError **error)
{
  g_autoptr (HoldfastTimeline) self = NULL;
  g_auto (GStrv) words = NULL;
  guint flashes;

  g_return_val_if_fail (text != NULL, NULL);

  self = g_new0 (HoldfastTimeline, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->segments = g_array_new (FALSE, FALSE, sizeof (Segment));

  words = g_strsplit (text, " ", -1);
  for (guint i = 0; words[i] != NULL; i++) {
    if (*words[i] != '\0' && !parse_step (self, words[i], error))
      return NULL;
  }
  if (self->segments->len == 0) {
    g_set_error_literal (
        error, HOLDFAST_CATALOGUE_ERROR, HOLDFAST_CATALOGUE_ERROR_VALUE, "light pattern is empty");
    return NULL;
  }

  flashes = holdfast_timeline_count_flashes_per_second (self);
  if (flashes > MAX_FLASHES_PER_SECOND) {
    g_set_error (error,
                 HOLDFAST_CATALOGUE_ERROR,
                 HOLDFAST_CATALOGUE_ERROR_UNSAFE,
                 "light flashes %u times within one second; more than %d can cause seizures",
                 flashes,
                 MAX_FLASHES_PER_SECOND);
    return NULL;
  }
  return g_steal_pointer (&self);
}

HoldfastTimeline *
holdfast_timeline_ref (HoldfastTimeline *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
holdfast_timeline_unref (HoldfastTimeline *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_array_unref (self->segments);
  g_free (self);
}

/* Distance from the start of segment @index to the next change of colour, over the end of the
 * pattern if need be; G_MAXINT64 if there is one colour only. */
static gint64
get_span_us (const HoldfastTimeline *self, guint index)
{
  const Segment *segment = get_segment (self, index);

  if (self->segments->len == 1)
    return G_MAXINT64;
  if (index + 1 == self->segments->len && get_segment (self, 0)->led == segment->led)
    return segment->length_us + get_segment (self, 0)->length_us;
  return segment->length_us;
}

void
holdfast_timeline_sample (const HoldfastTimeline *self, gint64 at_us, HoldfastLedSample *ret_sample)
{
  gint64 position;
  guint low = 0;
  guint high;
  gint64 span;

  g_return_if_fail (self != NULL);
  g_return_if_fail (at_us >= 0);
  g_return_if_fail (ret_sample != NULL);

  position = at_us % self->period_us;
  high = self->segments->len;
  while (high - low > 1) {
    guint middle = low + (high - low) / 2;

    if (get_segment (self, middle)->start_us <= position)
      low = middle;
    else
      high = middle;
  }

  span = get_span_us (self, low);
  ret_sample->led = get_segment (self, low)->led;
  ret_sample->phase = (double) position / (double) self->period_us;
  ret_sample->next_change_us
      = span == G_MAXINT64 ? G_MAXINT64 : span - (position - get_segment (self, low)->start_us);
}

gint64
holdfast_timeline_get_period_us (const HoldfastTimeline *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->period_us;
}

char *
holdfast_timeline_to_text (const HoldfastTimeline *self)
{
  g_autoptr (GString) text = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  text = g_string_new (NULL);
  for (guint i = 0; i < self->segments->len; i++) {
    const Segment *segment = get_segment (self, i);

    g_string_append_printf (text,
                            "%s%s:%" G_GINT64_FORMAT,
                            i > 0 ? " " : "",
                            led_names[segment->led],
                            segment->length_us / 1000);
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* A change from one colour to another is a flash as well: WCAG counts changes of brightness and
 * of saturated red, and this way no table of brightnesses is needed to stay on the safe side. */
static gboolean
is_onset (const HoldfastTimeline *self, guint index)
{
  guint before = (index + self->segments->len - 1) % self->segments->len;

  return get_segment (self, index)->led != HOLDFAST_LED_OFF
         && get_segment (self, before)->led != get_segment (self, index)->led;
}

guint
holdfast_timeline_count_flashes_per_second (const HoldfastTimeline *self)
{
  guint most = 0;

  g_return_val_if_fail (self != NULL, 0);

  /* A window that holds the most flashes can be moved to begin with one. */
  for (guint first = 0; first < self->segments->len; first++) {
    gint64 elapsed = 0;
    guint count = 0;

    if (!is_onset (self, first))
      continue;
    for (guint i = first; elapsed < G_USEC_PER_SEC; i = (i + 1) % self->segments->len) {
      if (is_onset (self, i))
        count++;
      elapsed += get_segment (self, i)->length_us;
    }
    most = MAX (most, count);
  }
  return most;
}
