/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "catalogue.h"
#include "page.h"

G_BEGIN_DECLS

/**
 * HoldfastChoosePage:
 *
 * Which headphones? A list that is searched by whatever people call them.
 *
 * Signals:
 *   "chosen" (HoldfastHeadset *): a model, or a family's stand-in
 */
#define HOLDFAST_TYPE_CHOOSE_PAGE (holdfast_choose_page_get_type ())
G_DECLARE_FINAL_TYPE (HoldfastChoosePage, holdfast_choose_page, HOLDFAST, CHOOSE_PAGE, HoldfastPage)

/** @catalogue: (transfer none) */
HoldfastPage *holdfast_choose_page_new (HoldfastCatalogue *catalogue);

G_END_DECLS
