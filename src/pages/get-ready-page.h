/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "page.h"

G_BEGIN_DECLS

/** Two lists: what the computer checks itself, live, and what the person looks after. */
#define HOLDFAST_TYPE_GET_READY_PAGE (holdfast_get_ready_page_get_type ())
G_DECLARE_FINAL_TYPE (
    HoldfastGetReadyPage, holdfast_get_ready_page, HOLDFAST, GET_READY_PAGE, HoldfastPage)

G_END_DECLS
