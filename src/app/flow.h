/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "machine.h"
#include "page.h"

G_BEGIN_DECLS

/**
 * holdfast_flow_get_page_type:
 *
 * The page that shows a state of the pairing flow. States that belong together share one, so that
 * the picture stays where it is while a person holds a button.
 *
 * Returns: a type below HOLDFAST_TYPE_PAGE, or G_TYPE_NONE: the page that is there stays
 */
GType holdfast_flow_get_page_type (HoldfastState state);

G_END_DECLS
