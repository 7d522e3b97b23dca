/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "catalogue.h"
#include "page.h"

G_BEGIN_DECLS

/**
 * HoldfastChoosePage:
 *
 * Which headphones? Pictures with names, in sections by their form, searched by whatever people
 * call them: typing anywhere searches, Enter takes the best hit, Escape clears the search before it
 * goes back.
 *
 * Signals:
 *   "chosen" (HoldfastHeadset *): a model
 *   "unsure" (gboolean unlisted): the person does not know the model, or it is not in the list
 */
#define HOLDFAST_TYPE_CHOOSE_PAGE (holdfast_choose_page_get_type ())
G_DECLARE_FINAL_TYPE (HoldfastChoosePage, holdfast_choose_page, HOLDFAST, CHOOSE_PAGE, HoldfastPage)

/** @catalogue: (transfer none) */
HoldfastPage *holdfast_choose_page_new (HoldfastCatalogue *catalogue);

/**
 * holdfast_choose_page_show_form:
 * @form: %HOLDFAST_FORM_MAX: all of them
 *
 * Shows the models of one form only, and says so, until the person wants all or searches.
 */
void holdfast_choose_page_show_form (HoldfastChoosePage *self, HoldfastForm form);

G_END_DECLS
