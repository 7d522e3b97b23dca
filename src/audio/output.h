/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef enum {
  HOLDFAST_PROFILE_NONE,  /* not a Bluetooth output */
  HOLDFAST_PROFILE_MUSIC, /* A2DP */
  HOLDFAST_PROFILE_CALL,  /* headset or hands-free: muffled, one ear's worth */
  HOLDFAST_PROFILE_OTHER,
} HoldfastProfile;

/**
 * HoldfastOutput:
 *
 * A snapshot of one output of the sound server; emits "changed". Strings are as sent: untrusted.
 */
#define HOLDFAST_TYPE_OUTPUT (holdfast_output_get_type ())
G_DECLARE_FINAL_TYPE (HoldfastOutput, holdfast_output, HOLDFAST, OUTPUT, GObject)

/** Returns: the server's name for it, "bluez_output.38_18_4C_00_00_42.1" */
const char *holdfast_output_get_name (HoldfastOutput *self);
const char *holdfast_output_get_description (HoldfastOutput *self);
/** Returns: (nullable): Bluetooth address, upper case with colons, if it is a headset's */
const char *holdfast_output_get_address (HoldfastOutput *self);
/** Returns: TRUE if it is known to be a device of this computer's own, by cable or built in; what
 * mixes or forwards sound may end in a headset */
gboolean holdfast_output_is_own_device (HoldfastOutput *self);
HoldfastProfile holdfast_output_get_profile (HoldfastOutput *self);
/** Returns: (nullable): codec as the server writes it, "sbc", "aac", "ldac" */
const char *holdfast_output_get_codec (HoldfastOutput *self);
gboolean holdfast_output_get_muted (HoldfastOutput *self);
/** Returns: 0 to 100, the louder channel */
guint holdfast_output_get_volume_percent (HoldfastOutput *self);

G_END_DECLS
