/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "interview.h"
#include "page.h"

G_BEGIN_DECLS

/**
 * HoldfastInterviewPage:
 *
 * One question of the interview, answered by a picture. Come back to, it has the focus on what was
 * answered.
 *
 * Signals:
 *   "answered" (const HoldfastInterview *): where the answer leads; valid during the emission
 */
#define HOLDFAST_TYPE_INTERVIEW_PAGE (holdfast_interview_page_get_type ())
G_DECLARE_FINAL_TYPE (
    HoldfastInterviewPage, holdfast_interview_page, HOLDFAST, INTERVIEW_PAGE, HoldfastPage)

/** @at: a question, or PLACE; copied */
HoldfastPage *holdfast_interview_page_new (const HoldfastInterview *at);

G_END_DECLS
