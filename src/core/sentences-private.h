/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sentences.h"

/* Shared by the files that make sentences; used nowhere else. */

G_BEGIN_DECLS

/** Returns: the evidence of one value; UNKNOWN if there is no such value */
HoldfastFactKind
holdfast_sentences_get_kind (HoldfastHeadset *headset, const char *group, const char *key);
/** Returns: TRUE if Sony, or others who saw it, say so: the sentence may sound certain */
gboolean
holdfast_sentences_is_certain (HoldfastHeadset *headset, const char *group, const char *key);
/** Returns: the same for a value of one gesture, such as "light-seen" */
gboolean holdfast_sentences_is_gesture_certain (HoldfastHeadset *headset,
                                                const HoldfastGesture *gesture,
                                                const char *key);

G_END_DECLS
