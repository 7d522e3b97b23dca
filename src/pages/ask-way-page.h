/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "page.h"

G_BEGIN_DECLS

/** A question by the eye, where sources conflict: "Is there a button on the case?" */
#define HOLDFAST_TYPE_ASK_WAY_PAGE (holdfast_ask_way_page_get_type ())
G_DECLARE_FINAL_TYPE (
    HoldfastAskWayPage, holdfast_ask_way_page, HOLDFAST, ASK_WAY_PAGE, HoldfastPage)

G_END_DECLS
