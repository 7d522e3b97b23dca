/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "catalogue-private.h"

G_BEGIN_DECLS

/* What a gesture is built from: the values of one file, for one headset. */
typedef struct {
  const char *file;        /* for messages */
  GPtrArray *facts;        /* where the gesture's values are: the headset's, or its family's */
  GPtrArray *parts;        /* the headset's own values: what it has and what blocks it */
  HoldfastErasing erasing; /* the headset's own erasing gesture */
  gboolean from_family;
} HoldfastBuild;

HoldfastControl holdfast_facts_get_control (GPtrArray *facts, const char *group, const char *key);
HoldfastStartState holdfast_facts_get_start (GPtrArray *facts, const char *group);
HoldfastTristate holdfast_facts_get_tristate (GPtrArray *facts, const char *group, const char *key);
gboolean holdfast_facts_is_yes (GPtrArray *facts, const char *group, const char *key);
/** Returns: (transfer full): the entries of a list; empty if the value is not there */
GStrv holdfast_facts_get_list (GPtrArray *facts, const char *group, const char *key);

/** Sets an error about one key of the file; returns FALSE, so that a check can end with it */
gboolean holdfast_build_fail (const HoldfastBuild *self,
                              HoldfastCatalogueError code,
                              const char *group,
                              const char *key,
                              const char *what,
                              GError **error);

/**
 * holdfast_build_gesture:
 * @group: group of the file
 * @ret_gesture: (out) (transfer full) (nullable): NULL if too little is known
 *
 * Returns: FALSE if the values do not fit together, or are not safe
 */
gboolean holdfast_build_gesture (const HoldfastBuild *self,
                                 const char *group,
                                 HoldfastGestureKind kind,
                                 HoldfastGesture **ret_gesture,
                                 GError **error);

/** Appends all ways into pairing mode that the values know */
gboolean holdfast_build_ways (const HoldfastBuild *self, GPtrArray *ways, GError **error);

/** Returns: (transfer full) (nullable): what a headset does that was never paired */
HoldfastGesture *holdfast_build_first_time (const HoldfastBuild *self);

G_END_DECLS
