/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "chimes.h"

#include "audio-private.h"

/* Little, so that a tick is heard when it is seen. */
#define BUFFER_MS 40

/* A server that does not play what it was given must not collect a tick for every second. */
#define MAX_SOUNDING 4

struct _HoldfastChimes {
  GObject parent_instance;

  HoldfastAudio *audio;
  gboolean available;
  GPtrArray *sounding; /* of Sounding, owned */
};

typedef struct {
  HoldfastChimes *chimes; /* owns this */
  pa_stream *stream;
  pa_operation *draining; /* NULL before all is written */
  HoldfastChime chime;
  guint position;
} Sounding;

enum {
  PROP_0,
  PROP_AVAILABLE,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (HoldfastChimes, holdfast_chimes, G_TYPE_OBJECT)

/* A stream that is not there yet cannot be told to go. */
static void
abandoned_cb (pa_stream *stream, void *user_data)
{
  if (pa_stream_get_state (stream) == PA_STREAM_READY) {
    pa_stream_disconnect (stream);
  } else if (!PA_STREAM_IS_GOOD (pa_stream_get_state (stream))) {
    pa_stream_set_state_callback (stream, NULL, NULL);
    pa_stream_unref (stream);
  }
}

static void
sounding_free (gpointer data)
{
  Sounding *sounding = data;

  /* The server answers a drain whose stream goes, too. */
  if (sounding->draining != NULL) {
    pa_operation_cancel (sounding->draining);
    pa_operation_unref (sounding->draining);
  }
  pa_stream_set_write_callback (sounding->stream, NULL, NULL);
  if (pa_stream_get_state (sounding->stream) == PA_STREAM_CREATING) {
    pa_stream_set_state_callback (sounding->stream, abandoned_cb, NULL);
  } else {
    pa_stream_set_state_callback (sounding->stream, NULL, NULL);
    pa_stream_disconnect (sounding->stream);
    pa_stream_unref (sounding->stream);
  }
  g_free (sounding);
}

static void
drained_cb (pa_stream *stream, int success, void *user_data)
{
  Sounding *sounding = user_data;

  g_clear_pointer (&sounding->draining, pa_operation_unref);
  g_ptr_array_remove_fast (sounding->chimes->sounding, sounding);
}

static void
write_cb (pa_stream *stream, size_t n_bytes, void *user_data)
{
  Sounding *sounding = user_data;
  void *data = NULL;
  guint wanted = 0;
  guint n = 0;

  if (pa_stream_begin_write (stream, &data, &n_bytes) < 0 || data == NULL)
    return;
  wanted = (guint) (n_bytes / sizeof (float));
  n = holdfast_chime_read (sounding->chime, sounding->position, data, wanted);
  sounding->position += n;
  if (n > 0)
    pa_stream_write (stream, data, n * sizeof (float), NULL, 0, PA_SEEK_RELATIVE);
  else
    pa_stream_cancel_write (stream);
  if (n == wanted)
    return;
  pa_stream_set_write_callback (stream, NULL, NULL);
  sounding->draining = pa_stream_drain (stream, drained_cb, sounding);
}

static void
stream_state_cb (pa_stream *stream, void *user_data)
{
  Sounding *sounding = user_data;

  if (!PA_STREAM_IS_GOOD (pa_stream_get_state (stream)))
    g_ptr_array_remove_fast (sounding->chimes->sounding, sounding);
}

static HoldfastOutput *
get_output (HoldfastChimes *self)
{
  HoldfastOutput *output = NULL;

  if (holdfast_audio_get_state (self->audio) != HOLDFAST_AUDIO_READY)
    return NULL;
  output = holdfast_audio_get_default_output (self->audio);
  return output != NULL && holdfast_output_is_own_device (output) ? output : NULL;
}

static void
changed_cb (HoldfastChimes *self)
{
  gboolean available = get_output (self) != NULL;

  /* What sounds now would be moved along to what became the default, so it ends. */
  if (!available)
    g_ptr_array_set_size (self->sounding, 0);
  if (self->available == available)
    return;
  self->available = available;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_AVAILABLE]);
}

gboolean
holdfast_chimes_play (HoldfastChimes *self, HoldfastChime chime)
{
  const pa_sample_spec spec = {
    .format = PA_SAMPLE_FLOAT32NE,
    .rate = HOLDFAST_CHIME_RATE,
    .channels = 1,
  };
  const pa_buffer_attr buffer = {
    .maxlength = (uint32_t) -1,
    .tlength = HOLDFAST_CHIME_RATE * BUFFER_MS / 1000 * sizeof (float),
    .prebuf = (uint32_t) -1,
    .minreq = (uint32_t) -1,
    .fragsize = (uint32_t) -1,
  };
  HoldfastOutput *output = NULL;
  Sounding *sounding = NULL;
  pa_stream *stream = NULL;

  g_return_val_if_fail (HOLDFAST_IS_CHIMES (self), FALSE);
  g_return_val_if_fail ((guint) chime < HOLDFAST_CHIME_MAX, FALSE);

  output = get_output (self);
  if (output == NULL || self->sounding->len >= MAX_SOUNDING)
    return FALSE;
  stream = pa_stream_new (holdfast_audio_get_context (self->audio), "Holdfast", &spec, NULL);
  if (stream == NULL)
    return FALSE;
  sounding = g_new0 (Sounding, 1);
  sounding->chimes = self;
  sounding->stream = stream;
  sounding->chime = chime;
  g_ptr_array_add (self->sounding, sounding);
  pa_stream_set_state_callback (stream, stream_state_cb, sounding);
  pa_stream_set_write_callback (stream, write_cb, sounding);
  /* Named and not moved: it must not follow the default to a headset that has just been paired. */
  if (pa_stream_connect_playback (stream,
                                  holdfast_output_get_name (output),
                                  &buffer,
                                  PA_STREAM_DONT_MOVE | PA_STREAM_ADJUST_LATENCY,
                                  NULL,
                                  NULL)
      < 0) {
    g_ptr_array_remove_fast (self->sounding, sounding);
    return FALSE;
  }
  return TRUE;
}

gboolean
holdfast_chimes_get_available (HoldfastChimes *self)
{
  g_return_val_if_fail (HOLDFAST_IS_CHIMES (self), FALSE);

  return self->available;
}

guint
holdfast_chimes_get_n_sounding (HoldfastChimes *self)
{
  g_return_val_if_fail (HOLDFAST_IS_CHIMES (self), 0);

  return self->sounding->len;
}

guint
holdfast_chimes_get_n_draining (HoldfastChimes *self)
{
  guint n = 0;

  g_return_val_if_fail (HOLDFAST_IS_CHIMES (self), 0);

  for (guint i = 0; i < self->sounding->len; i++)
    n += ((Sounding *) g_ptr_array_index (self->sounding, i))->draining != NULL;
  return n;
}

static void
holdfast_chimes_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id) {
  case PROP_AVAILABLE:
    g_value_set_boolean (value, HOLDFAST_CHIMES (object)->available);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
holdfast_chimes_dispose (GObject *object)
{
  HoldfastChimes *self = HOLDFAST_CHIMES (object);

  g_clear_pointer (&self->sounding, g_ptr_array_unref);
  g_clear_object (&self->audio);

  G_OBJECT_CLASS (holdfast_chimes_parent_class)->dispose (object);
}

static void
holdfast_chimes_class_init (HoldfastChimesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = holdfast_chimes_get_property;
  object_class->dispose = holdfast_chimes_dispose;

  properties[PROP_AVAILABLE]
      = g_param_spec_boolean ("available",
                              NULL,
                              NULL,
                              FALSE,
                              G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
holdfast_chimes_init (HoldfastChimes *self)
{
  self->sounding = g_ptr_array_new_with_free_func (sounding_free);
}

HoldfastChimes *
holdfast_chimes_new (HoldfastAudio *audio)
{
  HoldfastChimes *self = NULL;

  g_return_val_if_fail (HOLDFAST_IS_AUDIO (audio), NULL);

  self = g_object_new (HOLDFAST_TYPE_CHIMES, NULL);
  self->audio = g_object_ref (audio);
  g_signal_connect_object (
      audio, "notify::state", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (
      audio, "default-changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (holdfast_audio_get_outputs (audio),
                           "items-changed",
                           G_CALLBACK (changed_cb),
                           self,
                           G_CONNECT_SWAPPED);
  changed_cb (self);
  return self;
}
