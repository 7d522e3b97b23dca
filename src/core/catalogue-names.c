/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "catalogue-private.h"
#include "headset-private.h"

/* Bluetooth allows 248 bytes. What is longer is no name, and not worth the time. */
#define MAX_NAME_BYTES 1024

enum {
  RANK_WHOLE,
  RANK_BEGIN,
  RANK_INSIDE,
  RANK_WORDS,
  RANK_LOOKS, /* with letters for digits: small print on an earbud is easily misread */
};

gboolean
holdfast_name_is_low_energy_twin (const char *bluetooth_name)
{
  g_return_val_if_fail (bluetooth_name != NULL, FALSE);

  return g_str_has_prefix (bluetooth_name, "LE_") || g_str_has_prefix (bluetooth_name, "LE-");
}

char *
holdfast_name_fold (const char *text)
{
  g_autofree char *valid = NULL;
  g_autofree char *folded = NULL;
  g_autoptr (GString) letters = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  valid = g_utf8_make_valid (text, strnlen (text, MAX_NAME_BYTES));
  folded = g_utf8_casefold (valid, -1);
  letters = g_string_new (NULL);
  for (const char *c = folded; *c != '\0'; c = g_utf8_next_char (c)) {
    if (g_unichar_isalnum (g_utf8_get_char (c)))
      g_string_append_unichar (letters, g_utf8_get_char (c));
  }
  return g_string_free (g_steal_pointer (&letters), FALSE);
}

static gboolean
is_edge (const char *haystack, const char *begin, const char *end)
{
  if (begin > haystack && g_unichar_isalnum (g_utf8_get_char (g_utf8_prev_char (begin))))
    return FALSE;
  return *end == '\0' || !g_unichar_isalnum (g_utf8_get_char (end));
}

/* "LinkBuds" is a word that any other model of the line begins with. */
static gboolean
is_one_plain_word (const char *name)
{
  for (const char *c = name; *c != '\0'; c++) {
    if (!g_ascii_isalpha (*c))
      return FALSE;
  }
  return TRUE;
}

gboolean
holdfast_name_find (const char *haystack, const char *name)
{
  gsize length;

  g_return_val_if_fail (haystack != NULL, FALSE);
  g_return_val_if_fail (name != NULL && *name != '\0', FALSE);

  if (is_one_plain_word (name))
    return g_ascii_strcasecmp (haystack, name) == 0;

  length = strlen (name);
  for (const char *c = haystack; *c != '\0'; c = g_utf8_next_char (c)) {
    if (g_ascii_strncasecmp (c, name, length) == 0 && is_edge (haystack, c, c + length))
      return TRUE;
  }
  return FALSE;
}

HoldfastHeadset *
holdfast_catalogue_match_name (HoldfastCatalogue *self, const char *bluetooth_name)
{
  GListModel *models;
  g_autofree char *valid = NULL;
  const char *name;
  HoldfastHeadset *best = NULL;
  gsize best_length = 0;

  g_return_val_if_fail (HOLDFAST_IS_CATALOGUE (self), NULL);

  if (bluetooth_name == NULL)
    return NULL;
  valid = g_utf8_make_valid (bluetooth_name, strnlen (bluetooth_name, MAX_NAME_BYTES));
  name = g_strstrip (holdfast_name_is_low_energy_twin (valid) ? valid + strlen ("LE_") : valid);

  models = holdfast_catalogue_get_models (self);
  for (guint i = 0; i < g_list_model_get_n_items (models); i++) {
    g_autoptr (HoldfastHeadset) headset = g_list_model_get_item (models, i);

    for (guint j = 0; headset->bluetooth_names[j] != NULL; j++) {
      const char *candidate = headset->bluetooth_names[j];

      if (strlen (candidate) > best_length && holdfast_name_find (name, candidate)) {
        best = headset;
        best_length = strlen (candidate);
      }
    }
  }
  return best;
}

HoldfastHeadset *
holdfast_catalogue_match_product (HoldfastCatalogue *self, guint16 product)
{
  GListModel *models;

  g_return_val_if_fail (HOLDFAST_IS_CATALOGUE (self), NULL);

  if (product == 0)
    return NULL;
  models = holdfast_catalogue_get_models (self);
  for (guint i = 0; i < g_list_model_get_n_items (models); i++) {
    g_autoptr (HoldfastHeadset) headset = g_list_model_get_item (models, i);

    if (headset->product == product)
      return headset;
  }
  return NULL;
}

/* Longer beginnings first. */
static const struct {
  const char *beginning;
  const char *family;
} beginnings[] = {
  { "wf1000x",  "family-wf-1000x" },
  { "wh1000x",  "family-wh-1000x" },
  { "linkbuds", "family-linkbuds" },
  { "inzone",   "family-inzone"   },
  { "pulse",    "family-pulse"    },
  { "whch",     "family-wh-ch"    },
  { "wf",       "family-wf"       },
  { "wh",       "family-wh"       },
  { "wi",       "family-wi"       },
};

HoldfastHeadset *
holdfast_catalogue_guess_family (HoldfastCatalogue *self, const char *bluetooth_name)
{
  g_autofree char *valid = NULL;
  g_autofree char *folded = NULL;

  g_return_val_if_fail (HOLDFAST_IS_CATALOGUE (self), NULL);

  if (bluetooth_name != NULL) {
    valid = g_utf8_make_valid (bluetooth_name, (gssize) strnlen (bluetooth_name, MAX_NAME_BYTES));
    folded = holdfast_name_fold (g_str_has_prefix (valid, "LE_") ? valid + strlen ("LE_") : valid);
    for (guint i = 0; i < G_N_ELEMENTS (beginnings); i++)
      if (g_str_has_prefix (folded, beginnings[i].beginning))
        return holdfast_catalogue_find (self, beginnings[i].family);
  }
  return holdfast_catalogue_find (self, "family-wh");
}

/* Each word somewhere in some name: "sony xm5 black" is not found by "black", "linkbuds open"
 * by both. The maker's name is in no model's, and everybody types it. */
static gboolean
has_all_words (HoldfastHeadset *self, const char *text)
{
  g_auto (GStrv) words = g_strsplit_set (text, " \t-_/", -1);
  guint n_words = 0;

  for (guint i = 0; words[i] != NULL; i++) {
    g_autofree char *word = holdfast_name_fold (words[i]);
    gboolean found = FALSE;

    if (*word == '\0' || g_str_equal (word, "sony"))
      continue;
    n_words++;
    for (guint j = 0; self->folded_names[j] != NULL && !found; j++)
      found = strstr (self->folded_names[j], word) != NULL;
    if (!found)
      return FALSE;
  }
  return n_words > 0;
}

/* O is zero here, and I and L are one. */
static char *
look_alike (const char *folded)
{
  char *text = g_strdup (folded);

  for (char *c = text; *c != '\0'; c++)
    if (*c == 'o')
      *c = '0';
    else if (*c == 'i' || *c == 'l')
      *c = '1';
  return text;
}

static gboolean
looks_like (HoldfastHeadset *self, const char *folded)
{
  g_autofree char *wanted = look_alike (folded);

  for (guint i = 0; self->folded_names[i] != NULL; i++) {
    g_autofree char *name = look_alike (self->folded_names[i]);

    if (strstr (name, wanted) != NULL)
      return TRUE;
  }
  return FALSE;
}

guint
holdfast_headset_rank (HoldfastHeadset *self, const char *text)
{
  g_autofree char *folded = holdfast_name_fold (text);
  const char *wanted = folded;
  guint rank = G_MAXUINT;

  if (g_str_has_prefix (wanted, "sony") && wanted[strlen ("sony")] != '\0')
    wanted += strlen ("sony");
  for (guint i = 0; self->folded_names[i] != NULL; i++) {
    const char *name = self->folded_names[i];

    if (g_str_equal (name, wanted) || g_str_equal (name, folded))
      return RANK_WHOLE;
    if (g_str_has_prefix (name, wanted))
      rank = MIN (rank, RANK_BEGIN);
    else if (strstr (name, wanted) != NULL)
      rank = MIN (rank, RANK_INSIDE);
  }
  if (rank == G_MAXUINT && has_all_words (self, text))
    rank = RANK_WORDS;
  if (rank == G_MAXUINT && looks_like (self, wanted))
    rank = RANK_LOOKS;
  return rank;
}

GPtrArray *
holdfast_catalogue_search (HoldfastCatalogue *self, const char *text)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new ();
  g_autofree char *folded = NULL;
  g_autofree char *valid = NULL;
  GListModel *models;

  g_return_val_if_fail (HOLDFAST_IS_CATALOGUE (self), NULL);
  g_return_val_if_fail (text != NULL, NULL);

  valid = g_utf8_make_valid (text, strnlen (text, MAX_NAME_BYTES));
  folded = holdfast_name_fold (valid);
  models = holdfast_catalogue_get_models (self);
  /* Nothing to look for: all of them. Only signs: none of them. */
  if (*folded == '\0' && *g_strstrip (valid) != '\0')
    return g_steal_pointer (&found);

  for (guint rank = RANK_WHOLE; rank <= RANK_LOOKS; rank++) {
    for (guint i = 0; i < g_list_model_get_n_items (models); i++) {
      g_autoptr (HoldfastHeadset) headset = g_list_model_get_item (models, i);

      if (holdfast_headset_rank (headset, valid) == rank)
        g_ptr_array_add (found, headset);
    }
  }
  return g_steal_pointer (&found);
}
