/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "clock.h"
#include "output.h"

G_BEGIN_DECLS

/** Test tones: peak level, length a side and fade, so that nothing startles. */
#define HOLDFAST_TONE_PEAK_DBFS (-20)
#define HOLDFAST_TONE_MS 2000
#define HOLDFAST_TONE_FADE_MS 500

typedef enum {
  HOLDFAST_AUDIO_CONNECTING,
  HOLDFAST_AUDIO_ABSENT, /* no sound server, or it went away; tries again by itself */
  HOLDFAST_AUDIO_READY,
} HoldfastAudioState;

typedef enum {
  HOLDFAST_SIDE_LEFT,
  HOLDFAST_SIDE_RIGHT,
  HOLDFAST_SIDE_BOTH,
} HoldfastSide;

/**
 * HoldfastAudio:
 *
 * What the sound server says: its outputs, which is the default, and the one that belongs to a
 * headset. Works with PulseAudio and with PipeWire's stand-in for it. Never raises a volume.
 *
 * Properties: "state". Signal: "default-changed" (). Outputs come and go in the list model.
 */
#define HOLDFAST_TYPE_AUDIO (holdfast_audio_get_type ())
G_DECLARE_FINAL_TYPE (HoldfastAudio, holdfast_audio, HOLDFAST, AUDIO, GObject)

/**
 * holdfast_audio_new:
 * @clock: (transfer none): for trying again
 * @server: (nullable): address of a sound server; NULL for the person's own
 *
 * Starts connecting; never starts a server. Comes up ABSENT, not as an error, where there is none.
 */
HoldfastAudio *holdfast_audio_new (HoldfastClock *clock,
                                   const char *server) G_GNUC_WARN_UNUSED_RESULT;

HoldfastAudioState holdfast_audio_get_state (HoldfastAudio *self);

/** Returns: (transfer none) (element-type HoldfastOutput): live; the same one for ever */
GListModel *holdfast_audio_get_outputs (HoldfastAudio *self);

/** Returns: (transfer none) (nullable) */
HoldfastOutput *holdfast_audio_get_default_output (HoldfastAudio *self);

/**
 * holdfast_audio_find_output:
 * @address: a Bluetooth address, "38:18:4C:00:00:42"
 *
 * Returns: (transfer none) (nullable): the output of that headset, if the server has made one
 */
HoldfastOutput *holdfast_audio_find_output (HoldfastAudio *self, const char *address);

/** Makes an output the default one. */
void holdfast_audio_set_default_async (HoldfastAudio *self,
                                       HoldfastOutput *output,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);

/**
 * holdfast_audio_play_test_async:
 * @side: which ear
 *
 * Plays a test tone on this very output, default or not: fades in, peaks at -20 dBFS, two seconds.
 * One at a time: a second one ends the first. Cancelling fades out and stops.
 *
 * Only to be called once the person has said that they wear the headphones.
 */
void holdfast_audio_play_test_async (HoldfastAudio *self,
                                     HoldfastOutput *output,
                                     HoldfastSide side,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);

/** Finishes either of the above. */
gboolean holdfast_audio_finish (HoldfastAudio *self, GAsyncResult *result, GError **error);

G_END_DECLS
