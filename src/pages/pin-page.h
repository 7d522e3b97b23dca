/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "page.h"

G_BEGIN_DECLS

/** The headset wants a number that 0000 was not. */
#define HOLDFAST_TYPE_PIN_PAGE (holdfast_pin_page_get_type ())
G_DECLARE_FINAL_TYPE (HoldfastPinPage, holdfast_pin_page, HOLDFAST, PIN_PAGE, HoldfastPage)

G_END_DECLS
