/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** The most characters of a name that are shown. */
#define HOLDFAST_NAME_VISIBLE 40

/**
 * holdfast_clean_name:
 * @untrusted: (nullable): a name from the air, any bytes
 *
 * Makes a name safe to print: valid UTF-8 in one line, without control characters, without
 * characters that turn the text around or hide in it, at most 40 characters and an ellipsis, cut
 * between characters as a reader sees them.
 *
 * Still not markup: "<b>&" stays as it is.
 *
 * Returns: (transfer full): the name; "" if nothing of it can be seen
 */
char *holdfast_clean_name (const char *untrusted);

/**
 * holdfast_display_name:
 * @untrusted: (nullable): a name from the air, any bytes
 *
 * As holdfast_clean_name(), and isolated (FSI … PDI), so that a name in another direction leaves
 * the sentence around it alone.
 *
 * Returns: (transfer full): never empty; "no name" in the person's language if there is none
 */
char *holdfast_display_name (const char *untrusted);

/**
 * holdfast_address_tail:
 * @address: (nullable): "38:18:4C:00:00:42"
 *
 * Returns: (transfer full): "00:42", enough to tell two headsets apart; "" if it is no address
 */
char *holdfast_address_tail (const char *address);

G_END_DECLS
