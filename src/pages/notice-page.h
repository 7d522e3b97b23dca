/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "catalogue.h"
#include "page.h"

G_BEGIN_DECLS

/**
 * HoldfastNoticePage:
 *
 * Something to read, and nothing to press but Back: why a model cannot be paired here.
 */
#define HOLDFAST_TYPE_NOTICE_PAGE (holdfast_notice_page_get_type ())
G_DECLARE_FINAL_TYPE (HoldfastNoticePage, holdfast_notice_page, HOLDFAST, NOTICE_PAGE, HoldfastPage)

/** @sentence: (transfer none): what is said about @headset */
HoldfastPage *holdfast_notice_page_new (HoldfastHeadset *headset, const char *sentence);

G_END_DECLS
