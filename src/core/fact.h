/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * HoldfastFactKind:
 *
 * Where a value comes from, strongest first. DERIVED follows a documented rule from other values;
 * ILLUSTRATION is ours, to have something to draw. Neither is ever shown as a fact.
 */
typedef enum {
  HOLDFAST_FACT_SONY,
  HOLDFAST_FACT_SECONDARY,
  HOLDFAST_FACT_ARTICLE,
  HOLDFAST_FACT_RECALLED,
  HOLDFAST_FACT_DERIVED,
  HOLDFAST_FACT_ILLUSTRATION,
  HOLDFAST_FACT_UNKNOWN,
  HOLDFAST_FACT_KIND_MAX,
} HoldfastFactKind;

typedef enum {
  HOLDFAST_CONFIDENCE_NONE,
  HOLDFAST_CONFIDENCE_LOW,
  HOLDFAST_CONFIDENCE_MEDIUM,
  HOLDFAST_CONFIDENCE_HIGH,
} HoldfastConfidence;

/**
 * HoldfastFact:
 * @group: group of the catalogue file, such as "pair"
 * @key: key within it, such as "hold-usual-ms"
 * @value: the value as written in the file
 * @source: a public address, or title and date, or the plain word "recalled"; never empty
 * @note: (nullable): what a maintainer should know
 * @inherited: TRUE if it comes from the family's file
 *
 * One value of the catalogue with its evidence.
 */
typedef struct {
  char *group;
  char *key;
  char *value;
  HoldfastFactKind kind;
  HoldfastConfidence confidence;
  char *source;
  char *note;
  gboolean inherited;
} HoldfastFact;

HoldfastFact *holdfast_fact_copy (const HoldfastFact *self);
void holdfast_fact_free (HoldfastFact *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HoldfastFact, holdfast_fact_free)

const char *holdfast_fact_kind_to_string (HoldfastFactKind kind);
gboolean holdfast_fact_kind_from_string (const char *text, HoldfastFactKind *ret_kind);
const char *holdfast_confidence_to_string (HoldfastConfidence confidence);
gboolean holdfast_confidence_from_string (const char *text, HoldfastConfidence *ret_confidence);

G_END_DECLS
