/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "page.h"

G_BEGIN_DECLS

/** Found, paired, connected, way for sound: a list that ticks itself. */
#define HOLDFAST_TYPE_CONNECT_PAGE (holdfast_connect_page_get_type ())
G_DECLARE_FINAL_TYPE (
    HoldfastConnectPage, holdfast_connect_page, HOLDFAST, CONNECT_PAGE, HoldfastPage)

G_END_DECLS
