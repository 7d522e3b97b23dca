/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "page.h"

G_BEGIN_DECLS

/** "Is this yours?": nothing is paired without that click, and no row moves under it. */
#define HOLDFAST_TYPE_IDENTIFY_PAGE (holdfast_identify_page_get_type ())
G_DECLARE_FINAL_TYPE (
    HoldfastIdentifyPage, holdfast_identify_page, HOLDFAST, IDENTIFY_PAGE, HoldfastPage)

G_END_DECLS
