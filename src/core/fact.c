/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fact.h"

#include "names-private.h"

static const char *const kind_names[HOLDFAST_FACT_KIND_MAX] = {
  [HOLDFAST_FACT_SONY] = "sony",       [HOLDFAST_FACT_SECONDARY] = "secondary",
  [HOLDFAST_FACT_ARTICLE] = "article", [HOLDFAST_FACT_RECALLED] = "recalled",
  [HOLDFAST_FACT_DERIVED] = "derived", [HOLDFAST_FACT_ILLUSTRATION] = "illustration",
  [HOLDFAST_FACT_UNKNOWN] = "unknown",
};

static const char *const confidence_names[] = {
  [HOLDFAST_CONFIDENCE_NONE] = "none",
  [HOLDFAST_CONFIDENCE_LOW] = "low",
  [HOLDFAST_CONFIDENCE_MEDIUM] = "medium",
  [HOLDFAST_CONFIDENCE_HIGH] = "high",
};

/* clang-format off */
HOLDFAST_DEFINE_NAMES (fact_kind, HoldfastFactKind, kind_names)
HOLDFAST_DEFINE_NAMES (confidence, HoldfastConfidence, confidence_names)
/* clang-format on */

HoldfastFact *
holdfast_fact_copy (const HoldfastFact *self)
{
  HoldfastFact *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_new0 (HoldfastFact, 1);
  copy->group = g_strdup (self->group);
  copy->key = g_strdup (self->key);
  copy->value = g_strdup (self->value);
  copy->kind = self->kind;
  copy->confidence = self->confidence;
  copy->source = g_strdup (self->source);
  copy->note = g_strdup (self->note);
  copy->inherited = self->inherited;
  return copy;
}

void
holdfast_fact_free (HoldfastFact *self)
{
  if (self == NULL)
    return;

  g_free (self->group);
  g_free (self->key);
  g_free (self->value);
  g_free (self->source);
  g_free (self->note);
  g_free (self);
}
