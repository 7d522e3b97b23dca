/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "headset.h"

G_BEGIN_DECLS

#define HOLDFAST_CATALOGUE_ERROR (holdfast_catalogue_error_quark ())
GQuark holdfast_catalogue_error_quark (void);

typedef enum {
  HOLDFAST_CATALOGUE_ERROR_SYNTAX, /* not a key file, not UTF-8, too large */
  HOLDFAST_CATALOGUE_ERROR_UNKNOWN_KEY,
  HOLDFAST_CATALOGUE_ERROR_NO_SOURCE,
  HOLDFAST_CATALOGUE_ERROR_VALUE,  /* impossible or unreadable value */
  HOLDFAST_CATALOGUE_ERROR_UNSAFE, /* a light too fast, a hold that runs into an erasing one */
  HOLDFAST_CATALOGUE_ERROR_DUPLICATE,
  HOLDFAST_CATALOGUE_ERROR_FAMILY, /* inherits from what is not there, or in a circle */
} HoldfastCatalogueError;

#define HOLDFAST_TYPE_CATALOGUE (holdfast_catalogue_get_type ())
G_DECLARE_FINAL_TYPE (HoldfastCatalogue, holdfast_catalogue, HOLDFAST, CATALOGUE, GObject)

/**
 * holdfast_catalogue_new:
 * @error: return location, domain HOLDFAST_CATALOGUE_ERROR
 *
 * Loads and checks the catalogue that is built into the program; all or nothing.
 *
 * Errors name file, group and key. Reads memory only: call it once at start-up.
 *
 * Returns: (transfer full): the catalogue, or NULL with @error set
 */
HoldfastCatalogue *holdfast_catalogue_new (GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * holdfast_catalogue_new_put_off:
 *
 * The same, read when it is first asked for anything: for a window that is to be there at once.
 * The program ends if what is built in cannot be read, which tests make sure of.
 *
 * Returns: (transfer full)
 */
HoldfastCatalogue *holdfast_catalogue_new_put_off (void) G_GNUC_WARN_UNUSED_RESULT;

/**
 * holdfast_catalogue_add_file:
 * @name: file name, for messages and as the id when the file has none
 * @contents: bytes of the file; untrusted
 *
 * Adds one headset file, as a person may have dropped it into the data folder.
 *
 * A file that does not pass the same checks as our own changes nothing. A file with the id of a
 * built-in model replaces it.
 *
 * Returns: TRUE if it was added
 */
gboolean holdfast_catalogue_add_file (HoldfastCatalogue *self,
                                      const char *name,
                                      GBytes *contents,
                                      GError **error);

/**
 * holdfast_catalogue_load_folder_async:
 * @folder: where a person's own files are; need not exist
 *
 * Adds every "*.headset" file of a folder, at most 1,000 files of at most 64 KiB.
 *
 * Files that are refused are collected, not fatal.
 */
void holdfast_catalogue_load_folder_async (HoldfastCatalogue *self,
                                           GFile *folder,
                                           GCancellable *cancellable,
                                           GAsyncReadyCallback callback,
                                           gpointer user_data);

/**
 * holdfast_catalogue_load_folder_finish:
 * @ret_problems: (out) (transfer full) (element-type utf8) (nullable): one message a refused file
 *
 * Returns: FALSE only if the folder exists and cannot be read, or the load was cancelled
 */
gboolean holdfast_catalogue_load_folder_finish (HoldfastCatalogue *self,
                                                GAsyncResult *result,
                                                GPtrArray **ret_problems,
                                                GError **error);

/** Returns: (transfer none) (element-type HoldfastHeadset): the models, in display order */
GListModel *holdfast_catalogue_get_models (HoldfastCatalogue *self);
/** Returns: (transfer none) (element-type HoldfastHeadset): the families' stand-ins */
GListModel *holdfast_catalogue_get_families (HoldfastCatalogue *self);

/**
 * holdfast_catalogue_find:
 * @id: catalogue id, any case; or a model's name in any spelling ("linkbuds s"); or another name,
 * exactly
 *
 * Returns: (transfer none) (nullable)
 */
HoldfastHeadset *holdfast_catalogue_find (HoldfastCatalogue *self, const char *id);

/**
 * holdfast_catalogue_match_name:
 * @bluetooth_name: (nullable): a name as seen over Bluetooth; untrusted
 *
 * Finds the model behind a Bluetooth name.
 *
 * Strips "LE_" and "LE-", looks for a model's name anywhere between word edges, longest match
 * wins; so "John's WF-C710N" is one, "WH-1000XM50" is not an XM5. A bare "LinkBuds" must be the
 * whole name.
 *
 * Returns: (transfer none) (nullable): NULL if it is none of ours
 */
HoldfastHeadset *holdfast_catalogue_match_name (HoldfastCatalogue *self,
                                                const char *bluetooth_name);

/**
 * holdfast_catalogue_guess_family:
 * @bluetooth_name: (nullable): a name as seen over Bluetooth; untrusted
 *
 * The family that a Sony headset of no known model most likely belongs to, by how Sony begins its
 * names: "WF-" are earbuds. Without such a beginning: the family of over-ear headphones.
 *
 * Returns: (transfer none) (nullable): a family's stand-in; NULL only if the catalogue lacks it
 */
HoldfastHeadset *holdfast_catalogue_guess_family (HoldfastCatalogue *self,
                                                  const char *bluetooth_name);

/**
 * holdfast_catalogue_match_product:
 * @product: PnP product id of a device whose vendor is 054C
 *
 * Returns: (transfer none) (nullable)
 */
HoldfastHeadset *holdfast_catalogue_match_product (HoldfastCatalogue *self, guint16 product);

/**
 * holdfast_catalogue_search:
 * @text: what a person typed: "xm5", "1000x m5", "ch 520"
 *
 * Searches all names people use, ignoring case, blanks and hyphens; best first.
 *
 * Returns: (transfer container) (element-type HoldfastHeadset): perhaps empty
 */
GPtrArray *holdfast_catalogue_search (HoldfastCatalogue *self, const char *text);

/**
 * holdfast_name_is_low_energy_twin:
 *
 * Returns: TRUE if the name begins with "LE_" or "LE-": a hint for display, never a verdict
 */
gboolean holdfast_name_is_low_energy_twin (const char *bluetooth_name);

G_END_DECLS
