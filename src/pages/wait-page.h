/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "page.h"

G_BEGIN_DECLS

/** Bluetooth went away; goes on by itself when it is back. */
#define HOLDFAST_TYPE_WAIT_PAGE (holdfast_wait_page_get_type ())
G_DECLARE_FINAL_TYPE (HoldfastWaitPage, holdfast_wait_page, HOLDFAST, WAIT_PAGE, HoldfastPage)

G_END_DECLS
