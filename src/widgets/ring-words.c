/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ring-words.h"

#include <glib/gi18n-lib.h>

#include "sentences.h"

char *
holdfast_ring_get_caption (const HoldfastRingCount *count)
{
  switch (count->phase) {
  case HOLDFAST_HOLD_RING_REST:
    return g_strdup (g_dngettext (GETTEXT_PACKAGE,
                                  /* Translators: below a big number in a ring. Keep it short. */
                                  "second",
                                  "seconds",
                                  (gulong) MAX (0, count->usual)));
  case HOLDFAST_HOLD_RING_COUNT_DOWN:
    /* Translators: below a big number in a ring that counts down to a hold. Keep it short. */
    return g_strdup (_ ("get ready"));
  case HOLDFAST_HOLD_RING_HOLD:
    if (count->usual == 0)
      return g_strdup (_ ("holding"));
    /* Translators: below a big number of seconds in a ring; %d is how many it usually takes.
     * "%Id" gives your language's own digits. Keep it short. */
    return g_strdup_printf (_ ("of about %d"), count->usual);
  case HOLDFAST_HOLD_RING_HOLD_ON:
    /* Translators: below a big number of seconds in a ring: do not let go yet. Keep it short. */
    return g_strdup (_ ("keep holding"));
  case HOLDFAST_HOLD_RING_WAIT:
    /* Translators: below a big number in a ring that counts down: touch nothing until then. Keep it
     * short. */
    return g_strdup (_ ("hands off"));
  case HOLDFAST_HOLD_RING_FULL:
  case HOLDFAST_HOLD_RING_LOOK:
  case HOLDFAST_HOLD_RING_FOUND:
  case HOLDFAST_HOLD_RING_IDLE:
    break;
  }
  return NULL;
}

static char *
get_rest_label (const HoldfastRingCount *count)
{
  if (count->usual == 0)
    return g_strdup (_ ("Hold: not begun yet"));
  if (count->waits)
    return g_strdup_printf (
        g_dngettext (GETTEXT_PACKAGE,
                     /* Translators: for a screen reader; the wait has not begun. */
                     "Wait for %d second: not begun yet",
                     "Wait for %d seconds: not begun yet",
                     (gulong) count->usual),
        count->usual);
  return g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE,
                   /* Translators: for a screen reader; the hold has not begun. */
                   "Hold for about %d second: not begun yet",
                   "Hold for about %d seconds: not begun yet",
                   (gulong) count->usual),
      count->usual);
}

static char *
get_hold_label (const HoldfastRingCount *count)
{
  if (count->usual == 0)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                         /* Translators: how long a button has been held. */
                                         "Hold: %d second",
                                         "Hold: %d seconds",
                                         (gulong) count->seconds),
                            count->seconds);
  return g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE,
                   /* Translators: %1$d is how long a button has been held, %2$d how long it usually
                      takes; the form is that of the second. */
                   "Hold: %1$d of about %2$d second",
                   "Hold: %1$d of about %2$d seconds",
                   (gulong) count->usual),
      count->seconds,
      count->usual);
}

char *
holdfast_ring_get_label (const HoldfastRingCount *count)
{
  switch (count->phase) {
  case HOLDFAST_HOLD_RING_REST:
    return get_rest_label (count);
  case HOLDFAST_HOLD_RING_COUNT_DOWN:
    return g_strdup_printf (
        g_dngettext (GETTEXT_PACKAGE,
                     /* Translators: for a screen reader: a countdown to a hold. */
                     "Get ready: %d second left",
                     "Get ready: %d seconds left",
                     (gulong) count->seconds),
        count->seconds);
  case HOLDFAST_HOLD_RING_HOLD:
    return get_hold_label (count);
  case HOLDFAST_HOLD_RING_HOLD_ON:
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                         /* Translators: how long a button has been held. */
                                         "Keep holding: %d second",
                                         "Keep holding: %d seconds",
                                         (gulong) count->seconds),
                            count->seconds);
  case HOLDFAST_HOLD_RING_FULL:
    return g_strdup (holdfast_cue_get_sentence (HOLDFAST_CUE_LET_GO));
  case HOLDFAST_HOLD_RING_WAIT:
    return g_strdup_printf (
        g_dngettext (
            GETTEXT_PACKAGE,
            /* Translators: for a screen reader: touch nothing until the end of a countdown. */
            "Hands off, wait: %d second left",
            "Hands off, wait: %d seconds left",
            (gulong) count->seconds),
        count->seconds);
  case HOLDFAST_HOLD_RING_LOOK:
    return g_strdup (_ ("Looking for the headphones"));
  case HOLDFAST_HOLD_RING_FOUND:
    return g_strdup (holdfast_cue_get_sentence (HOLDFAST_CUE_GOT_IT));
  case HOLDFAST_HOLD_RING_IDLE:
    return g_strdup (_ ("Nothing to count in this step"));
  }
  g_return_val_if_reached (NULL);
}
