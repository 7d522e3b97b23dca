/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "catalogue-private.h"

/* Writes the tables of docs/headsets.md from the loader's own table of keys and from the catalogue,
 * or checks that they are as it would write them. Run by the build only. */

#define REFRESH "./dev exec sh -c 'ninja -C \"$HOLDFAST_BUILD\" headsets-doc'"

static const char *const type_words[] = {
  [HOLDFAST_KEY_TEXT] = "text",
  [HOLDFAST_KEY_LIST] = "list",
  [HOLDFAST_KEY_ID] = "a-z, 0-9, hyphens",
  [HOLDFAST_KEY_ADDRESS] = "https address",
  [HOLDFAST_KEY_YES_NO] = "`yes` or `no`",
  [HOLDFAST_KEY_NUMBER] = "whole number",
  [HOLDFAST_KEY_MS] = "milliseconds",
  [HOLDFAST_KEY_HEX] = "four hexadecimal digits",
  [HOLDFAST_KEY_LIGHT] = "colour:milliseconds …",
  [HOLDFAST_KEY_WORD] = "one of",
  [HOLDFAST_KEY_WORDS] = "list of",
};

static const char kind_letters[HOLDFAST_FACT_KIND_MAX] = {
  [HOLDFAST_FACT_SONY] = 'S',    [HOLDFAST_FACT_SECONDARY] = '2',
  [HOLDFAST_FACT_ARTICLE] = 'A', [HOLDFAST_FACT_RECALLED] = 'r',
  [HOLDFAST_FACT_DERIVED] = 'd', [HOLDFAST_FACT_ILLUSTRATION] = 'i',
  [HOLDFAST_FACT_UNKNOWN] = '?',
};

static void
append_range (GString *text, const HoldfastKeySpec *spec)
{
  const char *word;

  if (spec->type == HOLDFAST_KEY_NUMBER || spec->type == HOLDFAST_KEY_MS)
    g_string_append_printf (text, ", %u to %u", spec->min, spec->max);
  for (guint i = 0; spec->word != NULL && (word = spec->word (i)) != NULL; i++)
    g_string_append_printf (text, "%s `%s`", i > 0 ? "," : "", word);
}

static void
append_keys (GString *text)
{
  guint n_keys;
  const HoldfastKeySpec *keys = holdfast_keys_get (&n_keys);

  for (guint i = 0; i < n_keys; i++) {
    if (i == 0 || !g_str_equal (keys[i].group, keys[i - 1].group))
      g_string_append_printf (text,
                              "\n**[%s]**\n\n| key | value | meaning | from the family |\n"
                              "|---|---|---|---|\n",
                              keys[i].group);
    g_string_append_printf (text, "| `%s` | %s", keys[i].key, type_words[keys[i].type]);
    append_range (text, &keys[i]);
    g_string_append_printf (text, " | %s | %s |\n", keys[i].help, keys[i].own ? "no" : "yes");
  }
  g_string_append_c (text, '\n');
}

static void
append_cell (GString *text, HoldfastHeadset *headset, const char *group, const char *key)
{
  const HoldfastFact *fact = holdfast_headset_find_fact (headset, group, key);

  if (fact == NULL)
    g_string_append (text, " |");
  else if (fact->inherited)
    g_string_append_printf (text, " (%c) |", kind_letters[fact->kind]);
  else
    g_string_append_printf (text, " %c |", kind_letters[fact->kind]);
}

static gboolean
has_group (HoldfastHeadset *headset, const char *group)
{
  GPtrArray *facts = holdfast_headset_get_facts (headset);

  for (guint i = 0; i < facts->len; i++) {
    if (g_str_equal (((const HoldfastFact *) g_ptr_array_index (facts, i))->group, group))
      return TRUE;
  }
  return FALSE;
}

/* One group: a row for each model that has it, a column for each key. */
static void
append_group (GString *text, GListModel *models, const char *group)
{
  guint n_keys;
  const HoldfastKeySpec *keys = holdfast_keys_get (&n_keys);

  g_string_append_printf (text, "\n**[%s]**\n\n| model |", group);
  for (guint i = 0; i < n_keys; i++) {
    if (holdfast_keys_find (group, keys[i].key) == &keys[i])
      g_string_append_printf (text, " %s |", keys[i].key);
  }
  g_string_append (text, "\n|---|");
  for (guint i = 0; i < n_keys; i++) {
    if (holdfast_keys_find (group, keys[i].key) == &keys[i])
      g_string_append (text, "---|");
  }
  g_string_append_c (text, '\n');

  for (guint m = 0; m < g_list_model_get_n_items (models); m++) {
    g_autoptr (HoldfastHeadset) headset = g_list_model_get_item (models, m);

    if (!has_group (headset, group))
      continue;
    g_string_append_printf (text, "| %s |", holdfast_headset_get_name (headset));
    for (guint i = 0; i < n_keys; i++) {
      if (holdfast_keys_find (group, keys[i].key) == &keys[i])
        append_cell (text, headset, group, keys[i].key);
    }
    g_string_append_c (text, '\n');
  }
}

static void
count_fact (GListModel *models, const char *group, const char *key, guint *counts)
{
  memset (counts, 0, HOLDFAST_FACT_KIND_MAX * sizeof *counts);
  for (guint m = 0; m < g_list_model_get_n_items (models); m++) {
    g_autoptr (HoldfastHeadset) headset = g_list_model_get_item (models, m);
    const HoldfastFact *fact = holdfast_headset_find_fact (headset, group, key);

    counts[fact != NULL ? fact->kind : HOLDFAST_FACT_UNKNOWN]++;
  }
}

static void
append_counts_row (GString *text, const char *label, const guint *counts)
{
  g_string_append_printf (text, "| %s |", label);
  for (guint kind = 0; kind < HOLDFAST_FACT_KIND_MAX; kind++)
    g_string_append_printf (text, counts[kind] > 0 ? " %u |" : " |", counts[kind]);
  g_string_append_c (text, '\n');
}

static void
append_counts (GString *text, GListModel *models)
{
  guint totals[HOLDFAST_FACT_KIND_MAX] = { 0 };
  guint n_keys;
  const HoldfastKeySpec *keys = holdfast_keys_get (&n_keys);

  g_string_append_printf (text,
                          "\nHow many of the %u models have a value of which kind:\n\n"
                          "| fact | sony | secondary | article | recalled | derived | "
                          "illustration | none |\n|---|---|---|---|---|---|---|---|\n",
                          g_list_model_get_n_items (models));
  for (guint i = 0; i < n_keys; i++) {
    g_autofree char *label = g_strdup_printf ("%s: %s", keys[i].group, keys[i].key);
    guint counts[HOLDFAST_FACT_KIND_MAX];

    count_fact (models, keys[i].group, keys[i].key, counts);
    append_counts_row (text, label, counts);
    for (guint kind = 0; kind < HOLDFAST_FACT_KIND_MAX; kind++)
      totals[kind] += counts[kind];
  }
  append_counts_row (text, "**all**", totals);
}

static void
append_gates (GString *text, GListModel *models)
{
  for (guint gate = 0; gate < HOLDFAST_GATE_MAX; gate++) {
    g_autoptr (GString) names = g_string_new (NULL);
    guint n_models = 0;

    for (guint m = 0; m < g_list_model_get_n_items (models); m++) {
      g_autoptr (HoldfastHeadset) headset = g_list_model_get_item (models, m);

      if (holdfast_headset_get_gate (headset) != gate)
        continue;
      g_string_append_printf (
          names, "%s%s", n_models > 0 ? ", " : "", holdfast_headset_get_name (headset));
      n_models++;
    }
    g_string_append_printf (
        text, "- `%s`, %u: %s.\n", holdfast_gate_to_string (gate), n_models, names->str);
  }
}

static void
append_models (GString *text, HoldfastCatalogue *catalogue)
{
  GListModel *models = holdfast_catalogue_get_models (catalogue);
  guint n_keys;
  const HoldfastKeySpec *keys = holdfast_keys_get (&n_keys);

  g_string_append (text, "\nHow sure the program may sound about pairing:\n\n");
  append_gates (text, models);
  append_counts (text, models);
  for (guint i = 0; i < n_keys; i++) {
    if (i > 0 && g_str_equal (keys[i].group, keys[i - 1].group))
      continue;
    append_group (text, models, keys[i].group);
    if (g_str_equal (keys[i].group, "pair"))
      append_group (text, models, "pair-2");
  }
  g_string_append_c (text, '\n');
}

/* Puts @part between the markers of @name. */
static char *
put_between (const char *text, const char *name, const char *part)
{
  g_autofree char *begin = g_strdup_printf ("<!-- %s: generated, do not edit -->\n", name);
  g_autofree char *end = g_strdup_printf ("<!-- %s: end -->", name);
  const char *first = strstr (text, begin);
  const char *last = first != NULL ? strstr (first, end) : NULL;

  if (last == NULL)
    return NULL;
  return g_strdup_printf ("%.*s%s%s", (int) (first + strlen (begin) - text), text, part, last);
}

static char *
make (const char *text, GError **error)
{
  g_autoptr (HoldfastCatalogue) catalogue = holdfast_catalogue_new (error);
  g_autoptr (GString) keys = g_string_new (NULL);
  g_autoptr (GString) models = g_string_new (NULL);
  g_autofree char *with_keys = NULL;
  char *with_both;

  if (catalogue == NULL)
    return NULL;
  append_keys (keys);
  append_models (models, catalogue);
  with_keys = put_between (text, "keys", keys->str);
  with_both = with_keys != NULL ? put_between (with_keys, "models", models->str) : NULL;
  if (with_both == NULL)
    g_set_error_literal (error,
                         HOLDFAST_CATALOGUE_ERROR,
                         HOLDFAST_CATALOGUE_ERROR_SYNTAX,
                         "the markers are missing");
  return with_both;
}

int
main (int argc, char *argv[])
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *wanted = NULL;
  const char *path;

  if (argc != 3 || (!g_str_equal (argv[1], "--check") && !g_str_equal (argv[1], "--write"))) {
    g_printerr ("Usage: %s --check|--write docs/headsets.md\n", argv[0]);
    return 2;
  }
  path = argv[2];
  if (!g_file_get_contents (path, &text, NULL, &error) || (wanted = make (text, &error)) == NULL) {
    g_printerr ("%s: %s\n", path, error->message);
    return 1;
  }
  if (g_str_equal (text, wanted))
    return 0;
  if (g_str_equal (argv[1], "--check")) {
    g_printerr ("%s is not what the catalogue says any more. This writes it anew:\n  " REFRESH "\n",
                path);
    return 1;
  }
  if (!g_file_set_contents (path, wanted, -1, &error)) {
    g_printerr ("%s: %s\n", path, error->message);
    return 1;
  }
  return 0;
}
