/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "catalogue-private.h"

/* Whoever needs as long as half the usual time more has slow hands or a slow headset; beyond three
 * seconds more it is the wrong button. */
#define MAX_MARGIN_MS 3000
/* Touch and case-button earbuds do other things when held longer: they restart after about 20 s. */
#define EARBUD_LIMIT_MS 10000
#define UNKNOWN_ERASING_LIMIT_MS 8000
#define ERASING_CLEARANCE_MS 2000
#define NO_LIMIT_MS 60000

static gboolean
is_earbud_control (HoldfastControl control)
{
  return control == HOLDFAST_CONTROL_CASE_BUTTON || control == HOLDFAST_CONTROL_EARBUD_TOUCH
         || control == HOLDFAST_CONTROL_EARBUD_BUTTON;
}

/* Three of the controls are one and the same power button, by what is printed on it. */
static HoldfastControl
fold_control (HoldfastControl control)
{
  if (control == HOLDFAST_CONTROL_POWER_PLAY || control == HOLDFAST_CONTROL_POWER_PAIR)
    return HOLDFAST_CONTROL_POWER;
  return control;
}

static gboolean
is_same_controls (HoldfastControl a, HoldfastControl a2, HoldfastControl b, HoldfastControl b2)
{
  a = fold_control (a);
  a2 = fold_control (a2);
  b = fold_control (b);
  b2 = fold_control (b2);
  return (a == b && a2 == b2) || (a == b2 && a2 == b);
}

static gboolean
is_vague (HoldfastStartState start)
{
  return start == HOLDFAST_START_ANY || start == HOLDFAST_START_UNKNOWN;
}

guint
holdfast_hold_get_limit (HoldfastControl control,
                         HoldfastControl control2,
                         HoldfastStartState start,
                         const HoldfastErasing *erasing)
{
  guint limit = NO_LIMIT_MS;

  g_return_val_if_fail (erasing != NULL, UNKNOWN_ERASING_LIMIT_MS);

  if (is_earbud_control (control) || is_earbud_control (control2))
    limit = EARBUD_LIMIT_MS;

  if (!erasing->is_known)
    return MIN (limit, UNKNOWN_ERASING_LIMIT_MS);
  if (!is_same_controls (control, control2, erasing->control, erasing->control2))
    return limit;
  if (start != erasing->start && !is_vague (start) && !is_vague (erasing->start))
    return limit;
  if (erasing->ms == 0)
    return MIN (limit, UNKNOWN_ERASING_LIMIT_MS);
  return MIN (limit, erasing->ms > ERASING_CLEARANCE_MS ? erasing->ms - ERASING_CLEARANCE_MS : 0);
}

gboolean
holdfast_hold_derive (
    guint usual_ms, guint other_ms, guint limit_ms, guint *ret_earliest_ms, guint *ret_longest_ms)
{
  g_return_val_if_fail (ret_earliest_ms != NULL, FALSE);
  g_return_val_if_fail (ret_longest_ms != NULL, FALSE);

  *ret_earliest_ms = other_ms != 0 ? MIN (usual_ms, other_ms) : usual_ms;
  *ret_longest_ms = MIN (usual_ms + MIN (usual_ms / 2, MAX_MARGIN_MS), limit_ms);
  return *ret_longest_ms >= usual_ms;
}
