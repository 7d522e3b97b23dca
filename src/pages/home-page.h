/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "catalogue.h"
#include "page.h"

G_BEGIN_DECLS

/**
 * HoldfastHomePage:
 *
 * The first page: what the program does, whether this computer can, and the headphones it knows.
 *
 * Signals:
 *   "pair" (): the person wants to pair headphones
 *   "practice" (): the person wants to try it with simulated headphones
 *   "known" (HoldfastHeadset *): one of the known headphones was chosen
 */
#define HOLDFAST_TYPE_HOME_PAGE (holdfast_home_page_get_type ())
G_DECLARE_FINAL_TYPE (HoldfastHomePage, holdfast_home_page, HOLDFAST, HOME_PAGE, HoldfastPage)

/** @catalogue: (transfer none) */
HoldfastPage *holdfast_home_page_new (HoldfastCatalogue *catalogue);

/** @radio: (nullable) (transfer none): what is there to listen with; NULL before it is known, and
 * where there is nothing */
void holdfast_home_page_set_radio (HoldfastHomePage *self, HoldfastRadio *radio);

G_END_DECLS
