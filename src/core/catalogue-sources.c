/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "catalogue-private.h"

typedef struct {
  HoldfastFactKind kind;
  char *text;
} Source;

struct _HoldfastSources {
  GHashTable *by_id; /* char * to Source */
};

static void
source_free (gpointer data)
{
  Source *source = data;

  g_free (source->text);
  g_free (source);
}

static void
add_source (HoldfastSources *self, const char *id, HoldfastFactKind kind, const char *text)
{
  Source *source = g_new0 (Source, 1);

  source->kind = kind;
  source->text = g_strdup (text);
  g_hash_table_insert (self->by_id, g_strdup (id), source);
}

static gboolean
is_date (const char *text)
{
  static const char form[] = "0000-00-00";

  for (guint i = 0; i < G_N_ELEMENTS (form) - 1; i++) {
    if (form[i] == '-' ? text[i] != '-' : !g_ascii_isdigit (text[i]))
      return FALSE;
  }
  return text[G_N_ELEMENTS (form) - 1] == '\0';
}

/* What we can stand behind: somebody can look it up. */
static gboolean
is_address (const char *text, HoldfastFactKind *ret_kind)
{
  g_autoptr (GUri) uri = NULL;
  g_auto (GStrv) labels = NULL;

  if (!g_str_has_prefix (text, "https://") && !g_str_has_prefix (text, "http://"))
    return FALSE;
  uri = g_uri_parse (text, G_URI_FLAGS_NONE, NULL);
  if (uri == NULL || g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0')
    return FALSE;

  /* Sony's own: sony.net, sony.com, sony.co.uk and so on, never sony.example.net. */
  *ret_kind = HOLDFAST_FACT_SECONDARY;
  labels = g_strsplit (g_uri_get_host (uri), ".", -1);
  for (guint i = 0; labels[i] != NULL; i++) {
    guint n_after = g_strv_length (labels + i) - 1;

    if (g_str_equal (labels[i], "sony")
        && (n_after == 1 || (n_after == 2 && strlen (labels[i + 1]) <= 3)))
      *ret_kind = HOLDFAST_FACT_SONY;
  }
  return TRUE;
}

static gboolean
load_source (
    HoldfastSources *self, const char *name, GKeyFile *file, const char *id, GError **error)
{
  static const char *const known[] = { "kind", "address", "title", "date", "note", NULL };
  g_auto (GStrv) keys = g_key_file_get_keys (file, id, NULL, NULL);
  g_autofree char *kind_text = g_key_file_get_string (file, id, "kind", NULL);
  g_autofree char *address = g_key_file_get_string (file, id, "address", NULL);
  g_autofree char *title = g_key_file_get_string (file, id, "title", NULL);
  g_autofree char *date = g_key_file_get_string (file, id, "date", NULL);
  g_autofree char *text = NULL;
  HoldfastFactKind kind;
  HoldfastFactKind ignored;

  for (guint i = 0; keys != NULL && keys[i] != NULL; i++) {
    if (!g_strv_contains (known, keys[i])) {
      holdfast_catalogue_set_error (
          error, HOLDFAST_CATALOGUE_ERROR_UNKNOWN_KEY, name, id, keys[i], "unknown key");
      return FALSE;
    }
  }
  if (kind_text == NULL || !holdfast_fact_kind_from_string (kind_text, &kind)
      || kind > HOLDFAST_FACT_ARTICLE) {
    holdfast_catalogue_set_error (error,
                                  HOLDFAST_CATALOGUE_ERROR_VALUE,
                                  name,
                                  id,
                                  "kind",
                                  "must be sony, secondary or article");
    return FALSE;
  }
  if (address != NULL ? !is_address (address, &ignored)
                      : title == NULL || date == NULL || !is_date (date)) {
    holdfast_catalogue_set_error (error,
                                  HOLDFAST_CATALOGUE_ERROR_NO_SOURCE,
                                  name,
                                  id,
                                  "address",
                                  "neither an address nor a title with a date");
    return FALSE;
  }

  if (address == NULL)
    text = g_strdup_printf ("%s, %s", title, date);
  else if (title != NULL)
    text = g_strdup_printf ("%s (%s)", address, title);
  add_source (self, id, kind, text != NULL ? text : address);
  return TRUE;
}

HoldfastSources *
holdfast_sources_new (const char *name, GBytes *contents, GError **error)
{
  g_autoptr (HoldfastSources) self = NULL;
  g_autoptr (GKeyFile) file = NULL;
  g_auto (GStrv) ids = NULL;

  g_return_val_if_fail (name != NULL, NULL);
  g_return_val_if_fail (contents != NULL, NULL);

  file = holdfast_key_file_load (name, contents, error);
  if (file == NULL)
    return NULL;

  self = g_new0 (HoldfastSources, 1);
  self->by_id = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, source_free);
  ids = g_key_file_get_groups (file, NULL);
  for (guint i = 0; ids[i] != NULL; i++) {
    if (!load_source (self, name, file, ids[i], error))
      return NULL;
  }

  /* Plain words, so that nobody takes them for something to look up. */
  add_source (self, "recalled", HOLDFAST_FACT_RECALLED, "recalled");
  add_source (self, "derived", HOLDFAST_FACT_DERIVED, "derived");
  add_source (self, "illustration", HOLDFAST_FACT_ILLUSTRATION, "illustration");
  return g_steal_pointer (&self);
}

void
holdfast_sources_free (HoldfastSources *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->by_id);
  g_free (self);
}

/* "Title, 2026-11-22", as a person may write it who has read a paper manual. */
static gboolean
is_title_with_date (const char *text)
{
  const char *comma = strrchr (text, ',');

  return comma != NULL && comma - text >= 3 && comma[1] == ' ' && is_date (comma + 2);
}

static gboolean
resolve_one (HoldfastSources *self,
             const char *text,
             HoldfastFactKind *ret_kind,
             const char **ret_source)
{
  const Source *source = g_hash_table_lookup (self->by_id, text);

  if (source != NULL) {
    *ret_kind = source->kind;
    *ret_source = source->text;
    return TRUE;
  }
  *ret_source = text;
  if (is_address (text, ret_kind))
    return TRUE;
  *ret_kind = HOLDFAST_FACT_SECONDARY;
  return is_title_with_date (text);
}

gboolean
holdfast_sources_resolve (HoldfastSources *self,
                          const char *text,
                          HoldfastFactKind *ret_kind,
                          char **ret_source,
                          GError **error)
{
  g_auto (GStrv) items = NULL;
  g_autoptr (GString) sources = g_string_new (NULL);
  HoldfastFactKind strongest = HOLDFAST_FACT_UNKNOWN;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (text != NULL, FALSE);

  items = g_strsplit (text, ";", -1);
  for (guint i = 0; items[i] != NULL; i++) {
    const char *item = g_strstrip (items[i]);
    HoldfastFactKind kind;
    const char *source;

    if (*item == '\0')
      continue;
    if (!resolve_one (self, item, &kind, &source)) {
      g_autofree char *quoted = holdfast_quote_value (item);

      g_set_error (error,
                   HOLDFAST_CATALOGUE_ERROR,
                   HOLDFAST_CATALOGUE_ERROR_NO_SOURCE,
                   "“%s” is not a source: neither in the list of sources, nor an address, nor a "
                   "title with a date",
                   quoted);
      return FALSE;
    }
    strongest = MIN (strongest, kind);
    g_string_append_printf (sources, "%s%s", sources->len > 0 ? "; " : "", source);
  }
  if (sources->len == 0) {
    g_set_error_literal (
        error, HOLDFAST_CATALOGUE_ERROR, HOLDFAST_CATALOGUE_ERROR_NO_SOURCE, "the source is empty");
    return FALSE;
  }

  *ret_kind = strongest;
  *ret_source = g_string_free (g_steal_pointer (&sources), FALSE);
  return TRUE;
}
