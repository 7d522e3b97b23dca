/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "page.h"

G_BEGIN_DECLS

/** It worked: as far as was seen, and no further. */
#define HOLDFAST_TYPE_DONE_PAGE (holdfast_done_page_get_type ())
G_DECLARE_FINAL_TYPE (HoldfastDonePage, holdfast_done_page, HOLDFAST, DONE_PAGE, HoldfastPage)

G_END_DECLS
