/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fact.h"

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

const char *
holdfast_fact_kind_to_string (HoldfastFactKind kind)
{
  g_return_val_if_fail ((guint) kind < G_N_ELEMENTS (kind_names), NULL);

  return kind_names[kind];
}

gboolean
holdfast_fact_kind_from_string (const char *text, HoldfastFactKind *ret_kind)
{
  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (ret_kind != NULL, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (kind_names); i++) {
    if (g_str_equal (text, kind_names[i])) {
      *ret_kind = i;
      return TRUE;
    }
  }
  return FALSE;
}

const char *
holdfast_confidence_to_string (HoldfastConfidence confidence)
{
  g_return_val_if_fail ((guint) confidence < G_N_ELEMENTS (confidence_names), NULL);

  return confidence_names[confidence];
}

gboolean
holdfast_confidence_from_string (const char *text, HoldfastConfidence *ret_confidence)
{
  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (ret_confidence != NULL, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (confidence_names); i++) {
    if (g_str_equal (text, confidence_names[i])) {
      *ret_confidence = i;
      return TRUE;
    }
  }
  return FALSE;
}
