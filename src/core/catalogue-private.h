/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "catalogue.h"

/* The parts of the loader, in the order in which a file goes through them: sources, keys, file,
 * family, headset. Used inside src/core, by its tests and by the tool that writes the docs. */

G_BEGIN_DECLS

#define HOLDFAST_HEADSETS_PATH "/io/github/holdfast/Holdfast/headsets"
#define HOLDFAST_HEADSET_SUFFIX ".headset"
#define HOLDFAST_HEADSET_MAX_SIZE (64 * 1024)
#define HOLDFAST_FAMILY_PREFIX "family-"

/* Sources */

/**
 * HoldfastSources:
 *
 * The list of sources that files refer to by a short name.
 */
typedef struct _HoldfastSources HoldfastSources;

HoldfastSources *holdfast_sources_new (const char *name, GBytes *contents, GError **error);
void holdfast_sources_free (HoldfastSources *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HoldfastSources, holdfast_sources_free)

/**
 * holdfast_sources_resolve:
 * @text: what a file says: names from the list, parted by ";"; or an https address; or "title,
 *   date"; or the plain word "recalled", "derived" or "illustration"
 * @ret_kind: (out): the strongest kind among them
 * @ret_source: (out) (transfer full): what to show: addresses, or titles with dates
 *
 * Returns: FALSE if @text is no source
 */
gboolean holdfast_sources_resolve (HoldfastSources *self,
                                   const char *text,
                                   HoldfastFactKind *ret_kind,
                                   char **ret_source,
                                   GError **error);

/* Keys */

typedef enum {
  HOLDFAST_KEY_TEXT,
  HOLDFAST_KEY_LIST,
  HOLDFAST_KEY_ID,
  HOLDFAST_KEY_ADDRESS,
  HOLDFAST_KEY_YES_NO,
  HOLDFAST_KEY_NUMBER,
  HOLDFAST_KEY_MS,
  HOLDFAST_KEY_HEX,
  HOLDFAST_KEY_LIGHT,
  HOLDFAST_KEY_WORD,
  HOLDFAST_KEY_WORDS,
} HoldfastKeyType;

/**
 * HoldfastKeySpec:
 * @group: group of the file; "pair" stands for "pair-2" and so on as well
 * @key: key
 * @type: how to read the value
 * @own: TRUE if it is never taken over from the family: what a hand does to this very model
 * @min: least number, or least milliseconds
 * @max: greatest, or the greatest length of a text
 * @word: words that are allowed, by index; returns NULL behind the last one
 * @help: what the key means, for the docs
 *
 * One key that a headset file may have. There is one table of these; loader and docs read it.
 */
typedef struct {
  const char *group;
  const char *key;
  HoldfastKeyType type;
  gboolean own;
  guint min;
  guint max;
  const char *(*word) (guint index);
  const char *help;
} HoldfastKeySpec;

const HoldfastKeySpec *holdfast_keys_get (guint *ret_n_keys);
gboolean holdfast_keys_has_group (const char *group);
const HoldfastKeySpec *holdfast_keys_find (const char *group, const char *key);
gboolean holdfast_key_check (const HoldfastKeySpec *self, const char *value, GError **error);

/* Files */

/**
 * holdfast_catalogue_file_parse:
 * @name: for messages
 *
 * Reads one headset file by the table of keys; each value is checked alone, with its source.
 *
 * Returns: (transfer full) (element-type HoldfastFact): the values in file order, or NULL
 */
GPtrArray *holdfast_catalogue_file_parse (const char *name,
                                          GBytes *contents,
                                          HoldfastSources *sources,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * holdfast_key_file_load:
 *
 * Loads a key file that is UTF-8, not too large, and says nothing twice. No value in it can break a
 * terminal: control characters are refused.
 *
 * Returns: (transfer full): the key file, or NULL
 */
GKeyFile *holdfast_key_file_load (const char *name, GBytes *contents, GError **error);

/**
 * holdfast_facts_find:
 * @facts: (element-type HoldfastFact)
 *
 * Returns: (transfer none) (nullable)
 */
HoldfastFact *holdfast_facts_find (GPtrArray *facts, const char *group, const char *key);
const char *holdfast_facts_get (GPtrArray *facts, const char *group, const char *key);
guint holdfast_facts_get_uint (GPtrArray *facts, const char *group, const char *key);

/**
 * holdfast_facts_inherit:
 * @facts: values of a file; those of @family that it lacks are appended
 * @family: (nullable): values of the family's file
 *
 * Then drops what @facts calls "unknown": it was there to keep the family's value out.
 */
void holdfast_facts_inherit (GPtrArray *facts, GPtrArray *family);

/**
 * holdfast_catalogue_set_error:
 * @file: file name
 * @group: (nullable): group
 * @key: (nullable): key
 *
 * Sets an error of the form "file: [group] key: what is wrong".
 */
void holdfast_catalogue_set_error (GError **error,
                                   HoldfastCatalogueError code,
                                   const char *file,
                                   const char *group,
                                   const char *key,
                                   const char *format,
                                   ...) G_GNUC_PRINTF (6, 7);

/**
 * holdfast_quote_value:
 *
 * Returns: (transfer full): a value from a file, short and without anything but plain characters
 */
char *holdfast_quote_value (const char *value);

/* The rule of times */

/**
 * HoldfastErasing:
 * @is_known: TRUE if the controls of the erasing gesture are known
 * @ms: from here it erases; 0 if unknown
 *
 * What a pairing gesture must stay clear of.
 */
typedef struct {
  gboolean is_known;
  HoldfastControl control;
  HoldfastControl control2;
  HoldfastStartState start;
  guint ms;
} HoldfastErasing;

/**
 * holdfast_hold_get_limit:
 *
 * Answers how long a pairing gesture may be held at the very most.
 */
guint holdfast_hold_get_limit (HoldfastControl control,
                               HoldfastControl control2,
                               HoldfastStartState start,
                               const HoldfastErasing *erasing);

/**
 * holdfast_hold_derive:
 * @usual_ms: the time by precedence
 * @other_ms: another time that an accepted source names, or 0
 * @limit_ms: from holdfast_hold_get_limit()
 * @ret_earliest_ms: (out): the shorter of the two
 * @ret_longest_ms: (out): when to say "let go now"
 *
 * The one rule from which the marks of a hold come; docs/headsets.md words it.
 *
 * Returns: FALSE if the gesture cannot be done safely
 */
gboolean holdfast_hold_derive (
    guint usual_ms, guint other_ms, guint limit_ms, guint *ret_earliest_ms, guint *ret_longest_ms);

/* Headsets */

/**
 * holdfast_headset_build:
 * @file: for messages
 * @facts: (transfer full): all values, inherited ones included
 * @family_facts: (nullable): all values of the family, for its usual ways
 *
 * Makes a headset, and refuses values that do not fit together.
 */
HoldfastHeadset *holdfast_headset_build (const char *file,
                                         const char *id,
                                         GPtrArray *facts,
                                         GPtrArray *family_facts,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * holdfast_catalogue_new_from_files:
 * @files: (element-type utf8 GBytes): contents by file name: "sources.ini", families and models
 *
 * Returns: (transfer full): the catalogue, or NULL
 */
HoldfastCatalogue *holdfast_catalogue_new_from_files (GHashTable *files,
                                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Names */

/**
 * holdfast_name_fold:
 *
 * Returns: (transfer full): letters and digits only, case folded: the form that search compares
 */
char *holdfast_name_fold (const char *text);

/**
 * holdfast_name_find:
 * @haystack: valid UTF-8
 *
 * Returns: TRUE if @name stands in @haystack between word edges; or, if @name is one word without
 *   a digit, if it is the whole of it
 */
gboolean holdfast_name_find (const char *haystack, const char *name);

/** Returns: how well @headset answers to a typed text, 0 being best; G_MAXUINT if not at all */
guint holdfast_headset_rank (HoldfastHeadset *self, const char *text);

G_END_DECLS
