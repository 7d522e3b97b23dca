/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "page.h"

G_BEGIN_DECLS

/** "What does the light do?": the answers, each leading to the right next try. */
#define HOLDFAST_TYPE_ASK_LIGHT_PAGE (holdfast_ask_light_page_get_type ())
G_DECLARE_FINAL_TYPE (
    HoldfastAskLightPage, holdfast_ask_light_page, HOLDFAST, ASK_LIGHT_PAGE, HoldfastPage)

G_END_DECLS
