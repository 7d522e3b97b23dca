/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "session.h"
#include "virtual-headset.h"

G_BEGIN_DECLS

/**
 * HoldfastHelpingHand:
 *
 * The person in a simulated world: does to the virtual headset what the session's page says, when
 * it says it, and takes the cable out when asked to look for one.
 */
#define HOLDFAST_TYPE_HELPING_HAND (holdfast_helping_hand_get_type ())
G_DECLARE_FINAL_TYPE (HoldfastHelpingHand, holdfast_helping_hand, HOLDFAST, HELPING_HAND, GObject)

HoldfastHelpingHand *holdfast_helping_hand_new (HoldfastSession *session,
                                                HoldfastVirtualHeadset *headset);

G_END_DECLS
