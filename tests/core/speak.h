/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sentences.h"

/* Calls @function for every model, then for every family. */
void speak_for_each_headset (HoldfastCatalogue *catalogue,
                             void (*function) (HoldfastCatalogue *, HoldfastHeadset *, gpointer),
                             gpointer user_data);

/* Calls @function for every gesture of @headset. */
void
speak_for_each_gesture (HoldfastHeadset *headset,
                        void (*function) (HoldfastHeadset *, const HoldfastGesture *, gpointer),
                        gpointer user_data);

/* Returns: (transfer full): every sentence there is, with headings to find one's way. */
char *speak_everything (HoldfastCatalogue *catalogue);
