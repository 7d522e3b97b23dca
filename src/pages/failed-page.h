/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "page.h"

G_BEGIN_DECLS

/** What happened, in plain words, and the repair on a button. */
#define HOLDFAST_TYPE_FAILED_PAGE (holdfast_failed_page_get_type ())
G_DECLARE_FINAL_TYPE (HoldfastFailedPage, holdfast_failed_page, HOLDFAST, FAILED_PAGE, HoldfastPage)

G_END_DECLS
