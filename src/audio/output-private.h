/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <pulse/pulseaudio.h>

#include "output.h"

G_BEGIN_DECLS

HoldfastOutput *holdfast_output_new (guint32 index);
guint32 holdfast_output_get_index (HoldfastOutput *self);

/** Takes over what the server says now; emits "changed" if it is something else. */
void holdfast_output_update (HoldfastOutput *self, const pa_sink_info *info);

G_END_DECLS
