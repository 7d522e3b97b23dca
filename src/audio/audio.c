/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "audio.h"

#include <pulse/glib-mainloop.h>
#include <pulse/pulseaudio.h>

#include "audio-private.h"
#include "output-private.h"
#include "tone.h"

/* A sound server that restarts is back within seconds. */
#define RETRY_US (2 * G_USEC_PER_SEC)

#define FRAME_BYTES (2 * sizeof (float))

/* What the server holds of a tone: little, so that one that is cancelled ends at once. */
#define BUFFER_MS 100

struct _HoldfastAudio {
  GObject parent_instance;

  HoldfastClock *clock;
  char *server;
  pa_glib_mainloop *mainloop;
  pa_context *context;
  guint retry;
  HoldfastAudioState state;
  GListStore *outputs;
  gboolean reading;   /* one reading at a time */
  gboolean stale;     /* something changed meanwhile: read again */
  GPtrArray *waiting; /* tasks of set_default whose answer has not come */
  GHashTable *seen;   /* indices of the list being read */
  char *default_name;
  GTask *playing;
};

enum {
  PROP_0,
  PROP_STATE,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

enum {
  DEFAULT_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (HoldfastAudio, holdfast_audio, G_TYPE_OBJECT)

typedef struct {
  HoldfastTone tone;
  pa_stream *stream;
  gulong cancelled;
} Playing;

static void audio_connect (HoldfastAudio *self);

static void
set_state (HoldfastAudio *self, HoldfastAudioState state)
{
  if (self->state == state)
    return;
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

static HoldfastOutput *
find_by_index (HoldfastAudio *self, guint32 index)
{
  GListModel *model = G_LIST_MODEL (self->outputs);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++) {
    g_autoptr (HoldfastOutput) output = g_list_model_get_item (model, i);

    if (holdfast_output_get_index (output) == index)
      return output;
  }
  return NULL;
}

static void
remove_unseen (HoldfastAudio *self)
{
  GListModel *model = G_LIST_MODEL (self->outputs);

  for (guint i = g_list_model_get_n_items (model); i > 0; i--) {
    g_autoptr (HoldfastOutput) output = g_list_model_get_item (model, i - 1);

    if (!g_hash_table_contains (self->seen, GUINT_TO_POINTER (holdfast_output_get_index (output))))
      g_list_store_remove (self->outputs, i - 1);
  }
}

static void read_server (HoldfastAudio *self);

static void
reading_ended (HoldfastAudio *self)
{
  self->reading = FALSE;
  if (self->stale)
    read_server (self);
  else
    set_state (self, HOLDFAST_AUDIO_READY);
}

static void
sink_cb (pa_context *context, const pa_sink_info *info, int end, void *user_data)
{
  HoldfastAudio *self = user_data;
  HoldfastOutput *output = NULL;

  if (end != 0) {
    if (end > 0)
      remove_unseen (self);
    reading_ended (self);
    return;
  }

  g_hash_table_add (self->seen, GUINT_TO_POINTER (info->index));
  output = find_by_index (self, info->index);
  if (output != NULL) {
    holdfast_output_update (output, info);
  } else {
    g_autoptr (HoldfastOutput) created = holdfast_output_new (info->index);

    holdfast_output_update (created, info);
    g_list_store_append (self->outputs, created);
  }
}

static void
server_cb (pa_context *context, const pa_server_info *info, void *user_data)
{
  HoldfastAudio *self = user_data;

  if (info != NULL && g_set_str (&self->default_name, info->default_sink_name))
    g_signal_emit (self, signals[DEFAULT_CHANGED], 0);
}

static void
forget_operation (pa_operation *operation)
{
  if (operation != NULL)
    pa_operation_unref (operation);
}

/* The default first: when the list is there, the question "is it the default?" has its answer. */
static void
read_server (HoldfastAudio *self)
{
  if (self->reading) {
    self->stale = TRUE;
    return;
  }
  self->reading = TRUE;
  self->stale = FALSE;
  g_hash_table_remove_all (self->seen);
  forget_operation (pa_context_get_server_info (self->context, server_cb, self));
  forget_operation (pa_context_get_sink_info_list (self->context, sink_cb, self));
}

static void
event_cb (pa_context *context, pa_subscription_event_type_t type, uint32_t index, void *user_data)
{
  read_server (user_data);
}

static void
drop_context (HoldfastAudio *self)
{
  if (self->context == NULL)
    return;
  pa_context_set_state_callback (self->context, NULL, NULL);
  pa_context_set_subscribe_callback (self->context, NULL, NULL);
  pa_context_disconnect (self->context);
  g_clear_pointer (&self->context, pa_context_unref);
}

static void
retry_cb (gpointer user_data)
{
  HoldfastAudio *self = user_data;

  self->retry = 0;
  drop_context (self);
  audio_connect (self);
}

/* A server that went away answers nothing, and libpulse drops what it was asked. */
static void
fail_waiting (HoldfastAudio *self)
{
  g_autoptr (GPtrArray) waiting = g_steal_pointer (&self->waiting);

  self->waiting = g_ptr_array_new ();
  for (guint i = 0; i < waiting->len; i++) {
    g_autoptr (GTask) task = g_ptr_array_index (waiting, i);

    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CLOSED, "the sound server went away");
  }
}

static void
lose_server (HoldfastAudio *self)
{
  self->reading = self->stale = FALSE;
  fail_waiting (self);
  g_list_store_remove_all (self->outputs);
  g_clear_pointer (&self->default_name, g_free);
  set_state (self, HOLDFAST_AUDIO_ABSENT);
  if (self->retry == 0)
    self->retry = holdfast_clock_set_alarm (
        self->clock, holdfast_clock_get_now_us (self->clock) + RETRY_US, retry_cb, self);
}

static void
context_state_cb (pa_context *context, void *user_data)
{
  HoldfastAudio *self = user_data;

  switch (pa_context_get_state (context)) {
  case PA_CONTEXT_READY:
    pa_context_set_subscribe_callback (context, event_cb, self);
    forget_operation (pa_context_subscribe (
        context, PA_SUBSCRIPTION_MASK_SINK | PA_SUBSCRIPTION_MASK_SERVER, NULL, NULL));
    read_server (self);
    break;
  case PA_CONTEXT_FAILED:
  case PA_CONTEXT_TERMINATED:
    lose_server (self);
    break;
  case PA_CONTEXT_UNCONNECTED:
  case PA_CONTEXT_CONNECTING:
  case PA_CONTEXT_AUTHORIZING:
  case PA_CONTEXT_SETTING_NAME:
    break;
  }
}

static void
audio_connect (HoldfastAudio *self)
{
  self->context = pa_context_new (pa_glib_mainloop_get_api (self->mainloop), "Holdfast");
  pa_context_set_state_callback (self->context, context_state_cb, self);
  if (pa_context_connect (self->context, self->server, PA_CONTEXT_NOAUTOSPAWN, NULL) < 0)
    lose_server (self);
}

static void
playing_free (Playing *playing)
{
  if (playing->stream != NULL) {
    pa_stream_set_state_callback (playing->stream, NULL, NULL);
    pa_stream_set_write_callback (playing->stream, NULL, NULL);
    pa_stream_disconnect (playing->stream);
    pa_stream_unref (playing->stream);
  }
  g_free (playing);
}

/* Takes the task out of the object first: what it calls may start the next one. */
static GTask *
steal_playing (HoldfastAudio *self)
{
  GTask *task = g_steal_pointer (&self->playing);
  Playing *playing = g_task_get_task_data (task);

  if (playing->cancelled != 0)
    g_cancellable_disconnect (g_task_get_cancellable (task), playing->cancelled);
  playing->cancelled = 0;
  return task;
}

static void
drained_cb (pa_stream *stream, int success, void *user_data)
{
  HoldfastAudio *self = user_data;
  g_autoptr (GTask) task = NULL;

  if (self->playing == NULL || ((Playing *) g_task_get_task_data (self->playing))->stream != stream)
    return;
  task = steal_playing (self);
  if (!g_task_return_error_if_cancelled (task))
    g_task_return_boolean (task, TRUE);
}

static void
write_cb (pa_stream *stream, size_t n_bytes, void *user_data)
{
  HoldfastAudio *self = user_data;
  Playing *playing = g_task_get_task_data (self->playing);
  void *data = NULL;
  guint wanted, n;

  if (pa_stream_begin_write (stream, &data, &n_bytes) < 0 || data == NULL)
    return;
  wanted = (guint) (n_bytes / FRAME_BYTES);
  n = holdfast_tone_read (&playing->tone, data, wanted);
  if (n > 0)
    pa_stream_write (stream, data, n * FRAME_BYTES, NULL, 0, PA_SEEK_RELATIVE);
  else
    pa_stream_cancel_write (stream);
  if (n == wanted)
    return;
  /* The end was written. To drain also starts a tone too short to fill the server's buffer. */
  pa_stream_set_write_callback (stream, NULL, NULL);
  forget_operation (pa_stream_drain (stream, drained_cb, self));
}

static void
stream_state_cb (pa_stream *stream, void *user_data)
{
  HoldfastAudio *self = user_data;
  g_autoptr (GTask) task = NULL;

  if (PA_STREAM_IS_GOOD (pa_stream_get_state (stream)) || self->playing == NULL)
    return;
  task = steal_playing (self);
  g_task_return_new_error (task,
                           G_IO_ERROR,
                           G_IO_ERROR_FAILED,
                           "the tone was not played: %s",
                           pa_strerror (pa_context_errno (pa_stream_get_context (stream))));
}

static void
cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  holdfast_tone_end (&((Playing *) g_task_get_task_data (user_data))->tone);
}

static void
stop_playing (HoldfastAudio *self)
{
  g_autoptr (GTask) task = NULL;

  if (self->playing == NULL)
    return;
  task = steal_playing (self);
  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "another tone was wanted");
}

void
holdfast_audio_play_test_async (HoldfastAudio *self,
                                HoldfastOutput *output,
                                HoldfastSide side,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  const pa_sample_spec spec = {
    .format = PA_SAMPLE_FLOAT32NE,
    .rate = HOLDFAST_TONE_RATE,
    .channels = 2,
  };
  const pa_buffer_attr buffer = {
    .maxlength = (uint32_t) -1,
    .tlength = HOLDFAST_TONE_RATE * BUFFER_MS / 1000 * FRAME_BYTES,
    .prebuf = (uint32_t) -1,
    .minreq = (uint32_t) -1,
    .fragsize = (uint32_t) -1,
  };
  g_autoptr (GTask) task = NULL;
  Playing *playing = NULL;

  g_return_if_fail (HOLDFAST_IS_AUDIO (self));
  g_return_if_fail (HOLDFAST_IS_OUTPUT (output));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, holdfast_audio_play_test_async);
  if (self->state != HOLDFAST_AUDIO_READY) {
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_CONNECTED, "no sound server");
    return;
  }
  stop_playing (self);

  playing = g_new0 (Playing, 1);
  g_task_set_task_data (task, playing, (GDestroyNotify) playing_free);
  holdfast_tone_init (&playing->tone, side);
  playing->stream = pa_stream_new (self->context, "Test sound", &spec, NULL);
  if (playing->stream == NULL) {
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED, "the tone was not made");
    return;
  }
  pa_stream_set_state_callback (playing->stream, stream_state_cb, self);
  pa_stream_set_write_callback (playing->stream, write_cb, self);
  self->playing = g_object_ref (task);
  /* Not moved: when the headset goes away the sound ends, and never comes out of the speakers. */
  if (pa_stream_connect_playback (playing->stream,
                                  holdfast_output_get_name (output),
                                  &buffer,
                                  PA_STREAM_DONT_MOVE | PA_STREAM_ADJUST_LATENCY,
                                  NULL,
                                  NULL)
      < 0) {
    g_autoptr (GTask) failed = steal_playing (self);

    g_task_return_new_error (failed, G_IO_ERROR, G_IO_ERROR_FAILED, "the tone was not started");
    return;
  }
  if (cancellable != NULL)
    playing->cancelled = g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb), task, NULL);
}

static void
default_set_cb (pa_context *context, int success, void *user_data)
{
  g_autoptr (GTask) task = user_data;
  HoldfastAudio *self = g_task_get_source_object (task);

  g_ptr_array_remove_fast (self->waiting, task);
  if (success)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_new_error (task,
                             G_IO_ERROR,
                             G_IO_ERROR_FAILED,
                             "the default output stays as it was: %s",
                             pa_strerror (pa_context_errno (context)));
}

void
holdfast_audio_set_default_async (HoldfastAudio *self,
                                  HoldfastOutput *output,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (HOLDFAST_IS_AUDIO (self));
  g_return_if_fail (HOLDFAST_IS_OUTPUT (output));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, holdfast_audio_set_default_async);
  if (self->state != HOLDFAST_AUDIO_READY) {
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_CONNECTED, "no sound server");
    return;
  }
  g_ptr_array_add (self->waiting, task);
  forget_operation (pa_context_set_default_sink (
      self->context, holdfast_output_get_name (output), default_set_cb, g_steal_pointer (&task)));
}

gboolean
holdfast_audio_finish (HoldfastAudio *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

pa_context *
holdfast_audio_get_context (HoldfastAudio *self)
{
  g_return_val_if_fail (HOLDFAST_IS_AUDIO (self), NULL);

  return self->context;
}

HoldfastAudioState
holdfast_audio_get_state (HoldfastAudio *self)
{
  g_return_val_if_fail (HOLDFAST_IS_AUDIO (self), HOLDFAST_AUDIO_ABSENT);

  return self->state;
}

GListModel *
holdfast_audio_get_outputs (HoldfastAudio *self)
{
  g_return_val_if_fail (HOLDFAST_IS_AUDIO (self), NULL);

  return G_LIST_MODEL (self->outputs);
}

static HoldfastOutput *
find_output (HoldfastAudio *self,
             const char *(*get_value) (HoldfastOutput *output),
             const char *value)
{
  GListModel *model = G_LIST_MODEL (self->outputs);

  for (guint i = 0; value != NULL && i < g_list_model_get_n_items (model); i++) {
    g_autoptr (HoldfastOutput) output = g_list_model_get_item (model, i);
    const char *own = get_value (output);

    if (own != NULL && g_ascii_strcasecmp (own, value) == 0)
      return output;
  }
  return NULL;
}

HoldfastOutput *
holdfast_audio_get_default_output (HoldfastAudio *self)
{
  g_return_val_if_fail (HOLDFAST_IS_AUDIO (self), NULL);

  return find_output (self, holdfast_output_get_name, self->default_name);
}

HoldfastOutput *
holdfast_audio_find_output (HoldfastAudio *self, const char *address)
{
  g_return_val_if_fail (HOLDFAST_IS_AUDIO (self), NULL);
  g_return_val_if_fail (address != NULL, NULL);

  return find_output (self, holdfast_output_get_address, address);
}

static void
holdfast_audio_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  HoldfastAudio *self = HOLDFAST_AUDIO (object);

  if (property_id == PROP_STATE)
    g_value_set_int (value, self->state);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
holdfast_audio_dispose (GObject *object)
{
  HoldfastAudio *self = HOLDFAST_AUDIO (object);

  if (self->clock != NULL)
    holdfast_clock_clear_alarm (self->clock, &self->retry);
  drop_context (self);
  g_clear_pointer (&self->mainloop, pa_glib_mainloop_free);
  g_clear_object (&self->clock);
  g_clear_object (&self->outputs);

  G_OBJECT_CLASS (holdfast_audio_parent_class)->dispose (object);
}

static void
holdfast_audio_finalize (GObject *object)
{
  HoldfastAudio *self = HOLDFAST_AUDIO (object);

  /* A tone that plays holds a reference: there is none. */
  g_assert (self->playing == NULL);
  g_assert (self->waiting->len == 0);
  g_ptr_array_unref (self->waiting);
  g_hash_table_unref (self->seen);
  g_free (self->default_name);
  g_free (self->server);

  G_OBJECT_CLASS (holdfast_audio_parent_class)->finalize (object);
}

static void
holdfast_audio_class_init (HoldfastAudioClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = holdfast_audio_get_property;
  object_class->dispose = holdfast_audio_dispose;
  object_class->finalize = holdfast_audio_finalize;

  properties[PROP_STATE]
      = g_param_spec_int ("state",
                          NULL,
                          NULL,
                          HOLDFAST_AUDIO_CONNECTING,
                          HOLDFAST_AUDIO_READY,
                          HOLDFAST_AUDIO_CONNECTING,
                          G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[DEFAULT_CHANGED] = g_signal_new ("default-changed",
                                           HOLDFAST_TYPE_AUDIO,
                                           G_SIGNAL_RUN_LAST,
                                           0,
                                           NULL,
                                           NULL,
                                           NULL,
                                           G_TYPE_NONE,
                                           0);
}

static void
holdfast_audio_init (HoldfastAudio *self)
{
  self->outputs = g_list_store_new (HOLDFAST_TYPE_OUTPUT);
  self->waiting = g_ptr_array_new ();
  self->seen = g_hash_table_new (NULL, NULL);
}

HoldfastAudio *
holdfast_audio_new (HoldfastClock *clock, const char *server)
{
  HoldfastAudio *self = NULL;

  g_return_val_if_fail (HOLDFAST_IS_CLOCK (clock), NULL);

  self = g_object_new (HOLDFAST_TYPE_AUDIO, NULL);
  self->clock = g_object_ref (clock);
  self->server = g_strdup (server);
  self->mainloop = pa_glib_mainloop_new (g_main_context_get_thread_default ());
  audio_connect (self);
  return self;
}
