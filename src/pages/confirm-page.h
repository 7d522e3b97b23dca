/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "page.h"

G_BEGIN_DECLS

/** A headset known here, a stale pairing, or one that is ignored: one question, one button. */
#define HOLDFAST_TYPE_CONFIRM_PAGE (holdfast_confirm_page_get_type ())
G_DECLARE_FINAL_TYPE (
    HoldfastConfirmPage, holdfast_confirm_page, HOLDFAST, CONFIRM_PAGE, HoldfastPage)

G_END_DECLS
