/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "page.h"

G_BEGIN_DECLS

/** The hold: from the invitation to "got it, let go", with the picture staying where it is. */
#define HOLDFAST_TYPE_HOLD_PAGE (holdfast_hold_page_get_type ())
G_DECLARE_FINAL_TYPE (HoldfastHoldPage, holdfast_hold_page, HOLDFAST, HOLD_PAGE, HoldfastPage)

G_END_DECLS
