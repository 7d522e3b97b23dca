/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "session.h"
#include "terminal.h"

G_BEGIN_DECLS

/**
 * HoldfastPairView:
 *
 * A session on a terminal: says each state in sentences, shows the count in a live line, and takes
 * typed lines as intents.
 */
#define HOLDFAST_TYPE_PAIR_VIEW (holdfast_pair_view_get_type ())
G_DECLARE_FINAL_TYPE (HoldfastPairView, holdfast_pair_view, HOLDFAST, PAIR_VIEW, GObject)

/**
 * holdfast_pair_view_new:
 * @attended: TRUE if a person sits at the keyboard: their lines are intents
 * @simulated: it is said that nothing here is real
 */
HoldfastPairView *holdfast_pair_view_new (HoldfastSession *session,
                                          HoldfastTerminal *terminal,
                                          gboolean attended,
                                          gboolean simulated);

G_END_DECLS
