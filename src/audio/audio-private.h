/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <pulse/pulseaudio.h>

#include "audio.h"

G_BEGIN_DECLS

/** Returns: (transfer none) (nullable): to make streams with while the state is READY */
pa_context *holdfast_audio_get_context (HoldfastAudio *self);

G_END_DECLS
