/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "catalogue-private.h"

#define MAX_QUOTE 60

void
holdfast_catalogue_set_error (GError **error,
                              HoldfastCatalogueError code,
                              const char *file,
                              const char *group,
                              const char *key,
                              const char *format,
                              ...)
{
  g_autofree char *what = NULL;
  g_autofree char *file_quoted = holdfast_quote_value (file);
  g_autofree char *group_quoted = group != NULL ? holdfast_quote_value (group) : NULL;
  g_autofree char *key_quoted = key != NULL ? holdfast_quote_value (key) : NULL;
  va_list args;

  va_start (args, format);
  what = g_strdup_vprintf (format, args);
  va_end (args);

  if (group == NULL)
    g_set_error (error, HOLDFAST_CATALOGUE_ERROR, code, "%s: %s", file_quoted, what);
  else if (key == NULL)
    g_set_error (
        error, HOLDFAST_CATALOGUE_ERROR, code, "%s: [%s]: %s", file_quoted, group_quoted, what);
  else
    g_set_error (error,
                 HOLDFAST_CATALOGUE_ERROR,
                 code,
                 "%s: [%s] %s: %s",
                 file_quoted,
                 group_quoted,
                 key_quoted,
                 what);
}

/* The message may end in a terminal: what a file holds must not move its cursor or turn its text.
 */
char *
holdfast_quote_value (const char *value)
{
  g_autofree char *valid = g_utf8_make_valid (value, strnlen (value, MAX_QUOTE * 4));
  g_autoptr (GString) quoted = g_string_new (NULL);
  guint n_chars = 0;

  for (const char *c = valid; *c != '\0'; c = g_utf8_next_char (c)) {
    gunichar character = g_utf8_get_char (c);

    if (n_chars++ == MAX_QUOTE) {
      g_string_append (quoted, "…");
      break;
    }
    if (character == ' ' || g_unichar_isgraph (character))
      g_string_append_unichar (quoted, character);
    else
      g_string_append_unichar (quoted, 0xfffd);
  }
  return g_string_free (g_steal_pointer (&quoted), FALSE);
}

/* The key file parser lets the last of two equal keys win without a word. */
static gboolean
check_line (const char *name, const char *line, char **group, GHashTable *seen, GError **error)
{
  const char *end;
  g_autofree char *key = NULL;

  if (*line == '[') {
    end = strrchr (line, ']');
    if (end == NULL)
      return TRUE;
    g_free (*group);
    *group = g_strndup (line + 1, end - line - 1);
    if (g_hash_table_add (seen, g_strdup_printf ("[%s]", *group)))
      return TRUE;
    holdfast_catalogue_set_error (
        error, HOLDFAST_CATALOGUE_ERROR_DUPLICATE, name, *group, NULL, "the group is there twice");
    return FALSE;
  }

  end = strchr (line, '=');
  if (end == NULL || *line == '#')
    return TRUE;
  key = g_strchomp (g_strndup (line, end - line));
  if (strchr (key, '[') != NULL) {
    holdfast_catalogue_set_error (error,
                                  HOLDFAST_CATALOGUE_ERROR_UNKNOWN_KEY,
                                  name,
                                  *group,
                                  key,
                                  "values have no translations here");
    return FALSE;
  }
  if (g_hash_table_add (seen, g_strdup_printf ("%s/%s", *group, key)))
    return TRUE;
  holdfast_catalogue_set_error (
      error, HOLDFAST_CATALOGUE_ERROR_DUPLICATE, name, *group, key, "the key is there twice");
  return FALSE;
}

static gboolean
check_text (const char *name, const char *text, gsize length, GError **error)
{
  if (length > HOLDFAST_HEADSET_MAX_SIZE) {
    holdfast_catalogue_set_error (error,
                                  HOLDFAST_CATALOGUE_ERROR_SYNTAX,
                                  name,
                                  NULL,
                                  NULL,
                                  "larger than %d bytes",
                                  HOLDFAST_HEADSET_MAX_SIZE);
    return FALSE;
  }
  if (!g_utf8_validate_len (text, length, NULL)) {
    holdfast_catalogue_set_error (
        error, HOLDFAST_CATALOGUE_ERROR_SYNTAX, name, NULL, NULL, "not a text file in UTF-8");
    return FALSE;
  }

  for (const char *c = text; c < text + length; c = g_utf8_next_char (c)) {
    gunichar character = g_utf8_get_char (c);
    GUnicodeType type = g_unichar_type (character);

    if (character == '\n' || character == '\r' || character == '\t')
      continue;
    if (type == G_UNICODE_CONTROL || type == G_UNICODE_FORMAT || type == G_UNICODE_LINE_SEPARATOR
        || type == G_UNICODE_PARAGRAPH_SEPARATOR) {
      holdfast_catalogue_set_error (error,
                                    HOLDFAST_CATALOGUE_ERROR_SYNTAX,
                                    name,
                                    NULL,
                                    NULL,
                                    "holds the control character U+%04X",
                                    character);
      return FALSE;
    }
  }
  return TRUE;
}

GKeyFile *
holdfast_key_file_load (const char *name, GBytes *contents, GError **error)
{
  g_autoptr (GKeyFile) file = NULL;
  g_autoptr (GHashTable) seen = NULL;
  g_autofree char *group = g_strdup ("");
  g_autofree char *copy = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GError) parse_error = NULL;
  const char *text;
  gsize length;

  g_return_val_if_fail (name != NULL, NULL);
  g_return_val_if_fail (contents != NULL, NULL);

  /* Of an empty file there are no bytes to point at. */
  text = g_bytes_get_data (contents, &length);
  if (text == NULL)
    text = "";
  if (!check_text (name, text, length, error))
    return NULL;

  copy = g_strndup (text, length);
  lines = g_strsplit (copy, "\n", -1);
  seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; lines[i] != NULL; i++) {
    if (!check_line (name, g_strstrip (lines[i]), &group, seen, error))
      return NULL;
  }

  file = g_key_file_new ();
  if (!g_key_file_load_from_data (file, copy, length, G_KEY_FILE_NONE, &parse_error)) {
    g_autofree char *what = holdfast_quote_value (parse_error->message);

    holdfast_catalogue_set_error (
        error, HOLDFAST_CATALOGUE_ERROR_SYNTAX, name, NULL, NULL, "not a key file: %s", what);
    return NULL;
  }
  return g_steal_pointer (&file);
}

/* "control.source" belongs to "control". */
static gboolean
is_about (const char *key, const char *suffix, char **ret_key)
{
  if (!g_str_has_suffix (key, suffix))
    return FALSE;
  *ret_key = g_strndup (key, strlen (key) - strlen (suffix));
  return TRUE;
}

/* What is no value must at least say something about one. */
static gboolean
check_about (const char *name, GKeyFile *file, const char *group, const char *key, GError **error)
{
  g_autofree char *base = NULL;

  if (g_str_equal (key, "source") || g_str_equal (key, "confidence"))
    return TRUE;
  if ((is_about (key, ".source", &base) || is_about (key, ".confidence", &base)
       || is_about (key, ".note", &base))
      && holdfast_keys_find (group, base) != NULL && g_key_file_has_key (file, group, base, NULL))
    return TRUE;
  holdfast_catalogue_set_error (error,
                                HOLDFAST_CATALOGUE_ERROR_UNKNOWN_KEY,
                                name,
                                group,
                                key,
                                base != NULL ? "says something about a key that is not there"
                                             : "unknown key");
  return FALSE;
}

/* The value's own, or else the group's. */
static char *
get_about (GKeyFile *file, const char *group, const char *key, const char *about)
{
  g_autofree char *own_key = g_strdup_printf ("%s.%s", key, about);
  char *text = g_key_file_get_string (file, group, own_key, NULL);

  return text != NULL ? text : g_key_file_get_string (file, group, about, NULL);
}

static gboolean
load_evidence (
    const char *name, GKeyFile *file, HoldfastFact *fact, HoldfastSources *sources, GError **error)
{
  g_autofree char *source = get_about (file, fact->group, fact->key, "source");
  g_autofree char *confidence = get_about (file, fact->group, fact->key, "confidence");
  g_autofree char *note_key = g_strdup_printf ("%s.note", fact->key);

  if (source == NULL) {
    holdfast_catalogue_set_error (
        error, HOLDFAST_CATALOGUE_ERROR_NO_SOURCE, name, fact->group, fact->key, "has no source");
    return FALSE;
  }
  if (!holdfast_sources_resolve (sources, source, &fact->kind, &fact->source, error)) {
    g_prefix_error (error, "%s: [%s] %s: ", name, fact->group, fact->key);
    return FALSE;
  }
  fact->confidence = HOLDFAST_CONFIDENCE_MEDIUM;
  if (confidence != NULL && !holdfast_confidence_from_string (confidence, &fact->confidence)) {
    holdfast_catalogue_set_error (error,
                                  HOLDFAST_CATALOGUE_ERROR_VALUE,
                                  name,
                                  fact->group,
                                  fact->key,
                                  "confidence must be none, low, medium or high");
    return FALSE;
  }
  fact->note = g_key_file_get_string (file, fact->group, note_key, NULL);
  return TRUE;
}

static HoldfastFact *
load_fact (const char *name,
           GKeyFile *file,
           const char *group,
           const HoldfastKeySpec *spec,
           HoldfastSources *sources,
           GError **error)
{
  g_autoptr (HoldfastFact) fact = g_new0 (HoldfastFact, 1);
  g_autoptr (GError) value_error = NULL;

  fact->group = g_strdup (group);
  fact->key = g_strdup (spec->key);
  fact->value = g_key_file_get_string (file, group, spec->key, &value_error);
  if (fact->value == NULL) {
    holdfast_catalogue_set_error (
        error, HOLDFAST_CATALOGUE_ERROR_VALUE, name, group, spec->key, "the value cannot be read");
    return NULL;
  }
  g_strstrip (fact->value);
  if (g_str_equal (fact->value, "unknown") && !spec->own) {
    fact->kind = HOLDFAST_FACT_UNKNOWN;
    fact->source = g_strdup ("unknown");
    return g_steal_pointer (&fact);
  }
  if (!holdfast_key_check (spec, fact->value, error)) {
    g_prefix_error (error, "%s: [%s] %s: ", name, group, spec->key);
    return NULL;
  }
  if (!load_evidence (name, file, fact, sources, error))
    return NULL;
  return g_steal_pointer (&fact);
}

static gboolean
load_group (const char *name,
            GKeyFile *file,
            const char *group,
            HoldfastSources *sources,
            GPtrArray *facts,
            GError **error)
{
  g_auto (GStrv) keys = NULL;

  if (!holdfast_keys_has_group (group)) {
    holdfast_catalogue_set_error (
        error, HOLDFAST_CATALOGUE_ERROR_UNKNOWN_KEY, name, group, NULL, "unknown group");
    return FALSE;
  }

  keys = g_key_file_get_keys (file, group, NULL, NULL);
  for (guint i = 0; keys != NULL && keys[i] != NULL; i++) {
    const HoldfastKeySpec *spec = holdfast_keys_find (group, keys[i]);
    HoldfastFact *fact;

    if (spec == NULL) {
      if (!check_about (name, file, group, keys[i], error))
        return FALSE;
      continue;
    }
    fact = load_fact (name, file, group, spec, sources, error);
    if (fact == NULL)
      return FALSE;
    g_ptr_array_add (facts, fact);
  }
  return TRUE;
}

GPtrArray *
holdfast_catalogue_file_parse (const char *name,
                               GBytes *contents,
                               HoldfastSources *sources,
                               GError **error)
{
  g_autoptr (GKeyFile) file = NULL;
  g_autoptr (GPtrArray) facts = NULL;
  g_auto (GStrv) groups = NULL;

  g_return_val_if_fail (sources != NULL, NULL);

  file = holdfast_key_file_load (name, contents, error);
  if (file == NULL)
    return NULL;

  facts = g_ptr_array_new_with_free_func ((GDestroyNotify) holdfast_fact_free);
  groups = g_key_file_get_groups (file, NULL);
  for (guint i = 0; groups[i] != NULL; i++) {
    if (!load_group (name, file, groups[i], sources, facts, error))
      return NULL;
  }
  if (facts->len == 0) {
    holdfast_catalogue_set_error (
        error, HOLDFAST_CATALOGUE_ERROR_SYNTAX, name, NULL, NULL, "says nothing about any headset");
    return NULL;
  }
  return g_steal_pointer (&facts);
}

HoldfastFact *
holdfast_facts_find (GPtrArray *facts, const char *group, const char *key)
{
  for (guint i = 0; i < facts->len; i++) {
    HoldfastFact *fact = g_ptr_array_index (facts, i);

    if (g_str_equal (fact->key, key) && g_str_equal (fact->group, group))
      return fact;
  }
  return NULL;
}

const char *
holdfast_facts_get (GPtrArray *facts, const char *group, const char *key)
{
  const HoldfastFact *fact = holdfast_facts_find (facts, group, key);

  return fact != NULL ? fact->value : NULL;
}

guint
holdfast_facts_get_uint (GPtrArray *facts, const char *group, const char *key)
{
  const char *value = holdfast_facts_get (facts, group, key);

  return value != NULL ? (guint) g_ascii_strtoull (value, NULL, 10) : 0;
}

void
holdfast_facts_inherit (GPtrArray *facts, GPtrArray *family)
{
  for (guint i = 0; family != NULL && i < family->len; i++) {
    const HoldfastFact *theirs = g_ptr_array_index (family, i);
    const HoldfastKeySpec *spec = holdfast_keys_find (theirs->group, theirs->key);
    HoldfastFact *ours;

    /* A family's further ways are its own; only the group itself is passed on. */
    if (spec->own || !g_str_equal (theirs->group, spec->group)
        || holdfast_facts_find (facts, theirs->group, theirs->key) != NULL)
      continue;
    ours = holdfast_fact_copy (theirs);
    ours->inherited = TRUE;
    g_ptr_array_add (facts, ours);
  }

  for (guint i = facts->len; i > 0; i--) {
    const HoldfastFact *fact = g_ptr_array_index (facts, i - 1);

    if (fact->kind == HOLDFAST_FACT_UNKNOWN)
      g_ptr_array_remove_index (facts, i - 1);
  }
}
