/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sentences-private.h"

#include <glib/gi18n-lib.h>

/* Darkness longer than this parts a group of flashes from the next, if it is also clearly longer
 * than the darkness within the group. */
#define PAUSE_US (400 * 1000)
/* A flash that comes back later than this is one "now and then". */
#define SLOW_US (2 * G_USEC_PER_SEC)

typedef enum {
  SHAPE_DARK,
  SHAPE_STEADY,
  SHAPE_FLASHING,
  SHAPE_SLOW,
  SHAPE_GROUPS,
  SHAPE_COLOURS,
} Shape;

typedef struct {
  Shape shape;
  HoldfastLed led;       /* the first colour */
  HoldfastLed other_led; /* COLOURS: the second one */
  guint n_flashes;       /* GROUPS: in one group */
} Description;

static gint64
next_change (const HoldfastTimeline *timeline, gint64 at_us, HoldfastLed *ret_led)
{
  HoldfastLedSample sample;

  holdfast_timeline_sample (timeline, at_us, &sample);
  *ret_led = sample.led;
  return sample.next_change_us;
}

/* One period, beginning where the light changes. Darkness is measured before each flash. */
static void
measure (const HoldfastTimeline *timeline, gint64 begin_us, Description *ret)
{
  gint64 end_us = begin_us + holdfast_timeline_get_period_us (timeline);
  gint64 shortest_us = G_MAXINT64;
  gint64 longest_us = 0;
  guint n_pauses = 0;
  guint n_flashes = 0;
  gboolean two_colours = FALSE;
  HoldfastLed led;

  for (int pass = 0; pass < 2; pass++) {
    for (gint64 at_us = begin_us; at_us < end_us;) {
      gint64 length_us = next_change (timeline, at_us, &led);

      at_us += length_us;
      if (pass == 0 && led == HOLDFAST_LED_OFF) {
        shortest_us = MIN (shortest_us, length_us);
        longest_us = MAX (longest_us, length_us);
      } else if (pass == 1 && led == HOLDFAST_LED_OFF) {
        n_pauses += length_us > PAUSE_US && length_us >= 2 * shortest_us ? 1 : 0;
      } else if (pass == 1) {
        if (n_flashes++ == 0) {
          ret->led = led;
        } else if (led != ret->led) {
          ret->other_led = led;
          two_colours = TRUE;
        }
      }
    }
  }

  ret->n_flashes = n_flashes;
  if (two_colours)
    ret->shape = SHAPE_COLOURS;
  else if (n_pauses == 1 && n_flashes > 1)
    ret->shape = SHAPE_GROUPS;
  else if (longest_us >= SLOW_US)
    ret->shape = SHAPE_SLOW;
  else
    ret->shape = SHAPE_FLASHING;
}

static Description
describe (const HoldfastTimeline *timeline)
{
  Description description = { 0 };
  HoldfastLed led;
  HoldfastLed last_led;
  gint64 begin_us = next_change (timeline, 0, &led);

  next_change (timeline, holdfast_timeline_get_period_us (timeline) - 1, &last_led);
  if (begin_us == G_MAXINT64) {
    description.shape = led == HOLDFAST_LED_OFF ? SHAPE_DARK : SHAPE_STEADY;
    description.led = led;
    return description;
  }
  /* Where the last colour goes on into the first one, the first change is the beginning. */
  measure (timeline, led != last_led ? 0 : begin_us, &description);
  return description;
}

static const char *
get_colour (HoldfastLed led)
{
  switch (led) {
  case HOLDFAST_LED_OFF:
    break;
  case HOLDFAST_LED_BLUE:
    return C_ ("light", "blue");
  case HOLDFAST_LED_RED:
    return C_ ("light", "red");
  case HOLDFAST_LED_ORANGE:
    return C_ ("light", "orange");
  case HOLDFAST_LED_GREEN:
    return C_ ("light", "green");
  case HOLDFAST_LED_WHITE:
    return C_ ("light", "white");
  }
  return C_ ("light", "dark");
}

char *
holdfast_light_describe (const HoldfastTimeline *timeline)
{
  Description description;
  const char *colour;

  g_return_val_if_fail (timeline != NULL, NULL);

  description = describe (timeline);
  colour = get_colour (description.led);
  switch (description.shape) {
  case SHAPE_DARK:
    return g_strdup (colour);
  case SHAPE_STEADY:
    return g_strdup_printf (
        /* Translators: what a light does; %s is a colour. */
        C_ ("light", "%s, without a break"),
        colour);
  case SHAPE_FLASHING:
    return g_strdup_printf (
        /* Translators: what a light does; %s is a colour. */
        C_ ("light", "%s, flashing"),
        colour);
  case SHAPE_SLOW:
    return g_strdup_printf (
        /* Translators: what a light does; %s is a colour. */
        C_ ("light", "%s, one flash now and then"),
        colour);
  case SHAPE_GROUPS:
    if (description.n_flashes == 2)
      return g_strdup_printf (
          /* Translators: what a light does; %s is a colour. */
          C_ ("light", "%s, twice, pause, twice, again and again"),
          colour);
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                         /* Translators: what a light does; %1$s is a colour, %2$u
                                            how often before each pause. */
                                         "%1$s, %2$u time, pause, again and again",
                                         "%1$s, %2$u times, pause, again and again",
                                         description.n_flashes),
                            colour,
                            description.n_flashes);
  case SHAPE_COLOURS:
    return g_strdup_printf (
        /* Translators: what a light does; both are colours. */
        C_ ("light", "%s and %s in turn"),
        colour,
        get_colour (description.other_led));
  }
  g_return_val_if_reached (NULL);
}

/* One sentence of each kind, as a fact and with a doubt. */
static const char *
get_end (HoldfastLight light, gboolean certain)
{
  switch (light) {
  case HOLDFAST_LIGHT_BLUE_DOUBLE:
    return certain ? _ ("Keep holding until the light flashes blue twice, again and again.")
                   : _ ("Keep holding until the light flashes: most likely blue, twice, pause, "
                        "twice.");
  case HOLDFAST_LIGHT_BLUE_FLASHING:
    return certain ? _ ("Keep holding until the light flashes blue.")
                   : _ ("Keep holding until the light flashes: most likely blue.");
  case HOLDFAST_LIGHT_BLUE_PULSE:
    return certain ? _ ("Keep holding until the light glows up and down in blue.")
                   : _ ("Keep holding until the light changes: most likely it glows up and down in "
                        "blue.");
  case HOLDFAST_LIGHT_BLUE_ORANGE:
    return certain ? _ ("Keep holding until the light shows blue and orange in turn.")
                   : _ ("Keep holding until the light changes: most likely to blue and orange in "
                        "turn.");
  case HOLDFAST_LIGHT_BLUE_FOUR:
    return certain ? _ ("Keep holding until the light has flashed blue four times.")
                   : _ ("Keep holding until the light flashes: most likely blue, four times.");
  case HOLDFAST_LIGHT_UNKNOWN:
  case HOLDFAST_LIGHT_MAX:
    break;
  }
  /* Translators: we do not know what the light will do; this computer says when to stop. */
  return _ ("Keep holding until the light changes, or until this computer says “let go”.");
}

const char *
holdfast_gesture_get_end_sentence (HoldfastHeadset *headset, const HoldfastGesture *gesture)
{
  g_return_val_if_fail (HOLDFAST_IS_HEADSET (headset), NULL);
  g_return_val_if_fail (gesture != NULL, NULL);

  return get_end (gesture->light_seen,
                  holdfast_sentences_is_gesture_certain (headset, gesture, "light-seen"));
}

const char *
holdfast_gesture_get_voice_sentence (HoldfastHeadset *headset, const HoldfastGesture *gesture)
{
  gboolean certain;

  g_return_val_if_fail (HOLDFAST_IS_HEADSET (headset), NULL);
  g_return_val_if_fail (gesture != NULL, NULL);

  certain = holdfast_sentences_is_gesture_certain (headset, gesture, "voice");
  switch (gesture->voice) {
  case HOLDFAST_VOICE_BLUETOOTH_PAIRING:
    /* Translators: the voice inside Sony headphones; give what it says in your language, or the
     * English words. */
    return certain ? _ ("A voice in them says “Bluetooth pairing”.")
                   : _ ("A voice in them may say “Bluetooth pairing”.");
  case HOLDFAST_VOICE_PAIRING:
    return certain ? _ ("A voice in them says “Pairing”.")
                   : _ ("A voice in them may say “Pairing”.");
  case HOLDFAST_VOICE_EITHER:
    return _ ("A voice in them may say “Bluetooth pairing” or “Pairing”.");
  case HOLDFAST_VOICE_UNKNOWN:
  case HOLDFAST_VOICE_MAX:
    break;
  }
  return NULL;
}

const char *
holdfast_light_question_get_text (void)
{
  return _ ("What does the light on the headphones do?");
}

const char *
holdfast_light_answer_get_label (HoldfastLightAnswer answer)
{
  switch (answer) {
  /* Translators: answers to "What does the light on the headphones do?" */
  case HOLDFAST_LIGHT_ANSWER_PAIRS:
    return _ ("It flashes blue, twice, again and again");
  case HOLDFAST_LIGHT_ANSWER_SLOW:
    return _ ("It flashes slowly, now and then");
  case HOLDFAST_LIGHT_ANSWER_SOLID:
    return _ ("It stays on without a break");
  case HOLDFAST_LIGHT_ANSWER_RED:
    return _ ("It is red");
  case HOLDFAST_LIGHT_ANSWER_NOTHING:
    return _ ("Nothing, it is dark");
  case HOLDFAST_LIGHT_ANSWER_VOICE:
    return _ ("I see none, but a voice said “pairing”");
  case HOLDFAST_LIGHT_ANSWER_MAX:
    break;
  }
  g_return_val_if_reached ("");
}
