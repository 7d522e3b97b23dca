/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "catalogue-private.h"
#include "core-resources.h"
#include "headset-private.h"

#define SOURCES_NAME "sources.ini"
/* A family of a family, as one file stands above all of ours. */
#define MAX_FAMILY_DEPTH 4

struct _HoldfastCatalogue {
  GObject parent_instance;

  HoldfastSources *sources;
  GHashTable *family_facts; /* id to GPtrArray of HoldfastFact, inherited ones included */
  GListStore *models;
  GListStore *families;
  gboolean put_off; /* nothing was read yet */
};

G_DEFINE_QUARK (holdfast - catalogue - error - quark, holdfast_catalogue_error)
G_DEFINE_FINAL_TYPE (HoldfastCatalogue, holdfast_catalogue, G_TYPE_OBJECT)

static void
holdfast_catalogue_finalize (GObject *object)
{
  HoldfastCatalogue *self = HOLDFAST_CATALOGUE (object);

  g_clear_pointer (&self->sources, holdfast_sources_free);
  g_hash_table_unref (self->family_facts);
  g_object_unref (self->models);
  g_object_unref (self->families);

  G_OBJECT_CLASS (holdfast_catalogue_parent_class)->finalize (object);
}

static void
holdfast_catalogue_class_init (HoldfastCatalogueClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = holdfast_catalogue_finalize;
}

static void
holdfast_catalogue_init (HoldfastCatalogue *self)
{
  self->family_facts
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  self->models = g_list_store_new (HOLDFAST_TYPE_HEADSET);
  self->families = g_list_store_new (HOLDFAST_TYPE_HEADSET);
}

static guint
get_shelf (HoldfastHeadset *headset)
{
  switch (headset->form) {
  case HOLDFAST_FORM_OVER_EAR:
  case HOLDFAST_FORM_ON_EAR:
    return 0;
  case HOLDFAST_FORM_EARBUDS:
    return 1;
  case HOLDFAST_FORM_NECKBAND:
    return 2;
  case HOLDFAST_FORM_GAMING_OVER_EAR:
  case HOLDFAST_FORM_GAMING_EARBUDS:
    return 3;
  case HOLDFAST_FORM_MAX:
    break;
  }
  g_return_val_if_reached (4);
}

/* As they stand on the page: over-ear, earbuds, neckband, gaming; in each the newest first. */
static int
compare_headsets (gconstpointer a, gconstpointer b, gpointer user_data)
{
  HoldfastHeadset *first = HOLDFAST_HEADSET ((gpointer) a);
  HoldfastHeadset *second = HOLDFAST_HEADSET ((gpointer) b);

  if (get_shelf (first) != get_shelf (second))
    return get_shelf (first) < get_shelf (second) ? -1 : 1;
  if (first->year != second->year)
    return first->year > second->year ? -1 : 1;
  return strcmp (first->id, second->id);
}

static gboolean
is_same_product (HoldfastHeadset *a, HoldfastHeadset *b)
{
  return a->product != 0 && a->product == b->product;
}

static const char *
find_shared_name (HoldfastHeadset *a, HoldfastHeadset *b)
{
  for (guint i = 0; a->folded_names[i] != NULL; i++) {
    if (g_strv_contains ((const char *const *) b->folded_names, a->folded_names[i]))
      return a->folded_names[i];
  }
  return NULL;
}

/* Two models under one name, and nobody could say which is meant. */
static gboolean
check_unique (HoldfastCatalogue *self, const char *name, HoldfastHeadset *headset, GError **error)
{
  GListModel *models = G_LIST_MODEL (self->models);

  for (guint i = 0; i < g_list_model_get_n_items (models); i++) {
    g_autoptr (HoldfastHeadset) other = g_list_model_get_item (models, i);
    const char *shared;

    if (g_str_equal (other->id, headset->id))
      continue;
    shared = find_shared_name (headset, other);
    if (shared != NULL) {
      holdfast_catalogue_set_error (error,
                                    HOLDFAST_CATALOGUE_ERROR_DUPLICATE,
                                    name,
                                    "headset",
                                    "name",
                                    "“%s” is a name of %s already",
                                    shared,
                                    other->id);
      return FALSE;
    }
    if (is_same_product (headset, other)) {
      holdfast_catalogue_set_error (error,
                                    HOLDFAST_CATALOGUE_ERROR_DUPLICATE,
                                    name,
                                    "bluetooth",
                                    "product",
                                    "%04X is %s already",
                                    headset->product,
                                    other->id);
      return FALSE;
    }
  }
  return TRUE;
}

static void
insert_model (HoldfastCatalogue *self, HoldfastHeadset *headset)
{
  GListModel *models = G_LIST_MODEL (self->models);

  for (guint i = 0; i < g_list_model_get_n_items (models); i++) {
    g_autoptr (HoldfastHeadset) other = g_list_model_get_item (models, i);

    if (g_str_equal (other->id, headset->id)) {
      g_list_store_remove (self->models, i);
      break;
    }
  }
  g_list_store_insert_sorted (self->models, headset, compare_headsets, NULL);
}

static char *
make_id (const char *name, GPtrArray *facts)
{
  const char *id = holdfast_facts_get (facts, "headset", "id");
  g_autofree char *stem = NULL;

  if (id != NULL)
    return g_strdup (id);
  stem = g_str_has_suffix (name, HOLDFAST_HEADSET_SUFFIX)
             ? g_strndup (name, strlen (name) - strlen (HOLDFAST_HEADSET_SUFFIX))
             : g_strdup (name);
  return g_ascii_strdown (stem, -1);
}

/* A file's name becomes an id, so it must be one. */
static gboolean
check_id (const char *name, const char *id, GError **error)
{
  g_autoptr (GError) id_error = NULL;

  if (holdfast_key_check (holdfast_keys_find ("headset", "id"), id, &id_error))
    return TRUE;
  holdfast_catalogue_set_error (
      error, HOLDFAST_CATALOGUE_ERROR_VALUE, name, "headset", "id", "%s", id_error->message);
  return FALSE;
}

static gboolean
add_model (HoldfastCatalogue *self, const char *name, GBytes *contents, GError **error)
{
  g_autoptr (GPtrArray) facts
      = holdfast_catalogue_file_parse (name, contents, self->sources, error);
  g_autoptr (HoldfastHeadset) headset = NULL;
  g_autofree char *id = NULL;
  GPtrArray *family_facts = NULL;
  const char *family;

  if (facts == NULL)
    return FALSE;
  id = make_id (name, facts);
  if (!check_id (name, id, error))
    return FALSE;
  if (g_str_has_prefix (id, HOLDFAST_FAMILY_PREFIX)) {
    holdfast_catalogue_set_error (error,
                                  HOLDFAST_CATALOGUE_ERROR_FAMILY,
                                  name,
                                  "headset",
                                  "id",
                                  "families are built in; this must be a model");
    return FALSE;
  }
  family = holdfast_facts_get (facts, "headset", "family");
  if (family != NULL) {
    family_facts = g_hash_table_lookup (self->family_facts, family);
    if (family_facts == NULL) {
      holdfast_catalogue_set_error (error,
                                    HOLDFAST_CATALOGUE_ERROR_FAMILY,
                                    name,
                                    "headset",
                                    "family",
                                    "there is no “%s”",
                                    family);
      return FALSE;
    }
  }
  holdfast_facts_inherit (facts, family_facts);

  headset = holdfast_headset_build (name, id, g_steal_pointer (&facts), family_facts, error);
  if (headset == NULL || !check_unique (self, name, headset, error))
    return FALSE;
  insert_model (self, headset);
  return TRUE;
}

/* Resolves the families of a family first; @depth ends circles. */
static GPtrArray *
resolve_family (HoldfastCatalogue *self,
                GHashTable *raw,
                const char *user,
                const char *id,
                guint depth,
                GError **error)
{
  GPtrArray *facts = g_hash_table_lookup (self->family_facts, id);
  GPtrArray *own = g_hash_table_lookup (raw, id);
  GPtrArray *inherited = NULL;
  const char *parent;

  if (facts != NULL)
    return facts;
  if (own == NULL || depth > MAX_FAMILY_DEPTH) {
    holdfast_catalogue_set_error (error,
                                  HOLDFAST_CATALOGUE_ERROR_FAMILY,
                                  user,
                                  "headset",
                                  "family",
                                  own == NULL ? "there is no “%s”" : "“%s” inherits from itself",
                                  id);
    return NULL;
  }

  parent = holdfast_facts_get (own, "headset", "family");
  if (parent != NULL) {
    g_autofree char *file = g_strconcat (id, HOLDFAST_HEADSET_SUFFIX, NULL);

    inherited = resolve_family (self, raw, file, parent, depth + 1, error);
    if (inherited == NULL)
      return NULL;
  }
  holdfast_facts_inherit (own, inherited);
  g_hash_table_insert (self->family_facts, g_strdup (id), g_ptr_array_ref (own));
  return own;
}

static gpointer
copy_fact (gconstpointer fact, gpointer user_data)
{
  return holdfast_fact_copy (fact);
}

static gboolean
add_family (HoldfastCatalogue *self, GHashTable *raw, const char *id, GError **error)
{
  g_autofree char *file = g_strconcat (id, HOLDFAST_HEADSET_SUFFIX, NULL);
  GPtrArray *resolved = resolve_family (self, raw, file, id, 0, error);
  g_autoptr (GPtrArray) facts = NULL;
  g_autoptr (HoldfastHeadset) headset = NULL;

  if (resolved == NULL)
    return FALSE;
  if (g_strcmp0 (holdfast_facts_get (resolved, "headset", "abstract"), "yes") == 0)
    return TRUE;
  /* A copy, as building adds what follows from the rule, which a model must follow for itself. */
  facts = g_ptr_array_copy (resolved, copy_fact, NULL);
  headset = holdfast_headset_build (file, id, g_steal_pointer (&facts), NULL, error);
  if (headset == NULL)
    return FALSE;
  g_list_store_insert_sorted (self->families, headset, compare_headsets, NULL);
  return TRUE;
}

static gboolean
load_families (HoldfastCatalogue *self, GHashTable *files, GList *names, GError **error)
{
  g_autoptr (GHashTable) raw
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);

  for (GList *l = names; l != NULL; l = l->next) {
    const char *name = l->data;
    GPtrArray *facts;

    if (!g_str_has_prefix (name, HOLDFAST_FAMILY_PREFIX))
      continue;
    facts = holdfast_catalogue_file_parse (
        name, g_hash_table_lookup (files, name), self->sources, error);
    if (facts == NULL)
      return FALSE;
    g_hash_table_insert (raw, make_id (name, facts), facts);
  }
  for (GList *l = names; l != NULL; l = l->next) {
    g_autofree char *id = NULL;

    if (!g_str_has_prefix (l->data, HOLDFAST_FAMILY_PREFIX))
      continue;
    id = g_strndup (l->data, strlen (l->data) - strlen (HOLDFAST_HEADSET_SUFFIX));
    if (!add_family (self, raw, id, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
read_files (HoldfastCatalogue *self, GHashTable *files, GError **error)
{
  g_autoptr (GList) names = NULL;
  GBytes *sources = g_hash_table_lookup (files, SOURCES_NAME);

  if (sources == NULL) {
    holdfast_catalogue_set_error (
        error, HOLDFAST_CATALOGUE_ERROR_NO_SOURCE, SOURCES_NAME, NULL, NULL, "is missing");
    return FALSE;
  }
  self->sources = holdfast_sources_new (SOURCES_NAME, sources, error);
  if (self->sources == NULL)
    return FALSE;
  names = g_list_sort (g_hash_table_get_keys (files), (GCompareFunc) strcmp);
  if (!load_families (self, files, names, error))
    return FALSE;
  for (GList *l = names; l != NULL; l = l->next) {
    if (g_str_has_suffix (l->data, HOLDFAST_HEADSET_SUFFIX)
        && !g_str_has_prefix (l->data, HOLDFAST_FAMILY_PREFIX)
        && !add_model (self, l->data, g_hash_table_lookup (files, l->data), error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
read_built_in (HoldfastCatalogue *self, GError **error)
{
  /* Called by name, so that the linker does not leave the resource out of the program. */
  GResource *resource = holdfast_core_get_resource ();
  g_autoptr (GHashTable) files
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
  g_auto (GStrv) names = NULL;

  names = g_resource_enumerate_children (
      resource, HOLDFAST_HEADSETS_PATH, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  if (names == NULL)
    return FALSE;
  for (guint i = 0; names[i] != NULL; i++) {
    g_autofree char *path = g_strconcat (HOLDFAST_HEADSETS_PATH "/", names[i], NULL);
    GBytes *contents = g_resource_lookup_data (resource, path, G_RESOURCE_LOOKUP_FLAGS_NONE, error);

    if (contents == NULL)
      return FALSE;
    g_hash_table_insert (files, g_strdup (names[i]), contents);
  }
  return read_files (self, files, error);
}

HoldfastCatalogue *
holdfast_catalogue_new_from_files (GHashTable *files, GError **error)
{
  g_autoptr (HoldfastCatalogue) self = NULL;

  g_return_val_if_fail (files != NULL, NULL);

  self = g_object_new (HOLDFAST_TYPE_CATALOGUE, NULL);
  return read_files (self, files, error) ? g_steal_pointer (&self) : NULL;
}

HoldfastCatalogue *
holdfast_catalogue_new (GError **error)
{
  g_autoptr (HoldfastCatalogue) self = g_object_new (HOLDFAST_TYPE_CATALOGUE, NULL);

  return read_built_in (self, error) ? g_steal_pointer (&self) : NULL;
}

HoldfastCatalogue *
holdfast_catalogue_new_put_off (void)
{
  HoldfastCatalogue *self = g_object_new (HOLDFAST_TYPE_CATALOGUE, NULL);

  self->put_off = TRUE;
  return self;
}

/* Before anything is looked up. */
static void
ensure_read (HoldfastCatalogue *self)
{
  g_autoptr (GError) error = NULL;

  if (!self->put_off)
    return;
  self->put_off = FALSE;
  if (!read_built_in (self, &error))
    g_error ("the catalogue that is built in cannot be read: %s", error->message);
}

gboolean
holdfast_catalogue_add_file (HoldfastCatalogue *self,
                             const char *name,
                             GBytes *contents,
                             GError **error)
{
  g_return_val_if_fail (HOLDFAST_IS_CATALOGUE (self), FALSE);
  g_return_val_if_fail (name != NULL, FALSE);
  g_return_val_if_fail (contents != NULL, FALSE);

  ensure_read (self);
  return add_model (self, name, contents, error);
}

GListModel *
holdfast_catalogue_get_models (HoldfastCatalogue *self)
{
  g_return_val_if_fail (HOLDFAST_IS_CATALOGUE (self), NULL);

  ensure_read (self);
  return G_LIST_MODEL (self->models);
}

GListModel *
holdfast_catalogue_get_families (HoldfastCatalogue *self)
{
  g_return_val_if_fail (HOLDFAST_IS_CATALOGUE (self), NULL);

  ensure_read (self);
  return G_LIST_MODEL (self->families);
}

static HoldfastHeadset *
find_id (GListStore *headsets, const char *id)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (headsets)); i++) {
    g_autoptr (HoldfastHeadset) headset = g_list_model_get_item (G_LIST_MODEL (headsets), i);

    if (g_ascii_strcasecmp (headset->id, id) == 0)
      return headset;
  }
  return NULL;
}

/* The model's own name in any spelling; what people also call it only as it is written, since two
 * models share some of those ("xm5"). */
static gboolean
has_name (HoldfastHeadset *headset, const char *name)
{
  g_autofree char *own = holdfast_name_fold (headset->name);
  g_autofree char *folded = holdfast_name_fold (name);

  return g_str_equal (own, folded)
         || g_strv_contains ((const char *const *) headset->other_names, name)
         || g_strv_contains ((const char *const *) headset->bluetooth_names, name);
}

HoldfastHeadset *
holdfast_catalogue_find (HoldfastCatalogue *self, const char *id)
{
  HoldfastHeadset *found;
  GListModel *models;

  g_return_val_if_fail (HOLDFAST_IS_CATALOGUE (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  ensure_read (self);
  found = find_id (self->models, id);
  if (found == NULL)
    found = find_id (self->families, id);
  models = G_LIST_MODEL (self->models);
  for (guint i = 0; found == NULL && i < g_list_model_get_n_items (models); i++) {
    g_autoptr (HoldfastHeadset) headset = g_list_model_get_item (models, i);

    if (has_name (headset, id))
      found = headset;
  }
  return found;
}
