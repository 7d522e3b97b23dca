/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A real sound server of the test's own, with outputs that go nowhere; one of them says that it is
 * a headset's. */

#include "config.h"

#include <glib/gstdio.h>
#include <signal.h>

#include "audio.h"
#include "chimes.h"
#include "holdfast-test.h"

#define ADDRESS "38:18:4C:00:00:42"
#define WAIT_MS 20000

static const char *pulseaudio;

typedef struct {
  char *folder;
  char *address;
  GSubprocess *server;
  HoldfastClock *clock;
  HoldfastAudio *audio;
} Fixture;

static void
start_server (Fixture *fixture)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (
      G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autofree char *protocol = g_strdup_printf (
      "module-native-protocol-unix auth-anonymous=1 socket=%s/native", fixture->folder);
  g_autoptr (GError) error = NULL;

  g_subprocess_launcher_setenv (launcher, "HOME", fixture->folder, TRUE);
  g_subprocess_launcher_setenv (launcher, "XDG_RUNTIME_DIR", fixture->folder, TRUE);
  g_subprocess_launcher_setenv (launcher, "PULSE_STATE_PATH", fixture->folder, TRUE);
  g_subprocess_launcher_setenv (launcher, "PULSE_RUNTIME_PATH", fixture->folder, TRUE);
  fixture->server = g_subprocess_launcher_spawn (
      launcher,
      &error,
      pulseaudio,
      "-n",
      "--daemonize=no",
      "--use-pid-file=no",
      "--exit-idle-time=-1",
      "--disable-shm=yes",
      "--load=module-null-sink sink_name=speakers sink_properties=device.api=alsa",
      "--load=module-null-sink sink_name=effects",
      "--load=module-null-sink sink_name=headset "
      "sink_properties=\"device.api=bluez device.string=" ADDRESS " bluetooth.protocol=a2dp_sink\"",
      "--load",
      protocol,
      NULL);
  g_assert_no_error (error);
}

static void
stop_server (Fixture *fixture)
{
  if (fixture->server == NULL)
    return;
  g_subprocess_force_exit (fixture->server);
  g_subprocess_wait (fixture->server, NULL, NULL);
  g_clear_object (&fixture->server);
}

static gboolean
is_ready (gpointer user_data)
{
  Fixture *fixture = user_data;

  return holdfast_audio_get_state (fixture->audio) == HOLDFAST_AUDIO_READY
         && holdfast_audio_find_output (fixture->audio, ADDRESS) != NULL;
}

static gboolean
is_absent (gpointer user_data)
{
  return holdfast_audio_get_state (((Fixture *) user_data)->audio) == HOLDFAST_AUDIO_ABSENT;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("holdfast-audio-XXXXXX", NULL);
  fixture->address = g_strdup_printf ("unix:%s/native", fixture->folder);
  fixture->clock = holdfast_clock_new_system ();
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autofree char *command = g_strdup_printf ("rm -rf '%s'", fixture->folder);

  holdfast_test_assert_finalize (fixture->audio);
  stop_server (fixture);
  g_clear_object (&fixture->clock);
  g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL);
  g_free (fixture->folder);
  g_free (fixture->address);
}

static void
connect_to_server (Fixture *fixture)
{
  start_server (fixture);
  fixture->audio = holdfast_audio_new (fixture->clock, fixture->address);
  holdfast_test_wait (is_ready, fixture, WAIT_MS, "the sound server's outputs");
}

static void
test_outputs (Fixture *fixture, gconstpointer data)
{
  HoldfastOutput *output = NULL;

  connect_to_server (fixture);
  output = holdfast_audio_find_output (fixture->audio, "38:18:4c:00:00:42");
  g_assert_nonnull (output);
  g_assert_cmpstr (holdfast_output_get_name (output), ==, "headset");
  g_assert_cmpstr (holdfast_output_get_address (output), ==, ADDRESS);
  g_assert_cmpint (holdfast_output_get_profile (output), ==, HOLDFAST_PROFILE_MUSIC);
  g_assert_cmpuint (holdfast_output_get_volume_percent (output), ==, 100);
  g_assert_null (holdfast_audio_find_output (fixture->audio, "00:00:00:00:00:00"));
  g_assert_cmpuint (g_list_model_get_n_items (holdfast_audio_get_outputs (fixture->audio)), ==, 3);
}

static gboolean
headset_is_default (gpointer user_data)
{
  HoldfastOutput *output = holdfast_audio_get_default_output (((Fixture *) user_data)->audio);

  return output != NULL && g_strcmp0 (holdfast_output_get_name (output), "headset") == 0;
}

static void
test_default (Fixture *fixture, gconstpointer data)
{
  GAsyncResult *result = NULL;
  g_autoptr (GAsyncResult) owned = NULL;
  g_autoptr (GError) error = NULL;

  connect_to_server (fixture);
  g_assert_false (headset_is_default (fixture));
  holdfast_audio_set_default_async (fixture->audio,
                                    holdfast_audio_find_output (fixture->audio, ADDRESS),
                                    NULL,
                                    holdfast_test_result_cb,
                                    &result);
  owned = holdfast_test_wait_result (&result, "the default output to be set");
  g_assert_true (holdfast_audio_finish (fixture->audio, owned, &error));
  g_assert_no_error (error);
  holdfast_test_wait (headset_is_default, fixture, WAIT_MS, "the headset to be the default");
}

static void
test_tone (Fixture *fixture, gconstpointer data)
{
  HoldfastOutput *output = NULL;
  GAsyncResult *result = NULL;
  g_autoptr (GAsyncResult) owned = NULL;
  g_autoptr (GError) error = NULL;
  guint volume = 0;

  connect_to_server (fixture);
  output = holdfast_audio_find_output (fixture->audio, ADDRESS);
  volume = holdfast_output_get_volume_percent (output);
  holdfast_audio_play_test_async (
      fixture->audio, output, HOLDFAST_SIDE_LEFT, NULL, holdfast_test_result_cb, &result);
  owned = holdfast_test_wait_result (&result, "the tone to end");
  g_assert_true (holdfast_audio_finish (fixture->audio, owned, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (holdfast_output_get_volume_percent (output), ==, volume);
}

static void
test_tone_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GAsyncResult *first = NULL, *second = NULL;
  g_autoptr (GAsyncResult) first_owned = NULL;
  g_autoptr (GAsyncResult) second_owned = NULL;
  HoldfastOutput *output = NULL;

  connect_to_server (fixture);
  output = holdfast_audio_find_output (fixture->audio, ADDRESS);
  holdfast_audio_play_test_async (
      fixture->audio, output, HOLDFAST_SIDE_BOTH, NULL, holdfast_test_result_cb, &first);
  holdfast_audio_play_test_async (
      fixture->audio, output, HOLDFAST_SIDE_RIGHT, cancellable, holdfast_test_result_cb, &second);
  first_owned = holdfast_test_wait_result (&first, "the first tone to make way for the second");
  g_assert_false (holdfast_audio_finish (fixture->audio, first_owned, NULL));
  g_cancellable_cancel (cancellable);
  second_owned = holdfast_test_wait_result (&second, "the cancelled tone to end");
  g_assert_false (holdfast_audio_finish (fixture->audio, second_owned, NULL));
}

static void
test_server_goes_and_comes (Fixture *fixture, gconstpointer data)
{
  GAsyncResult *result = NULL;
  g_autoptr (GAsyncResult) owned = NULL;
  g_autofree char *socket = g_build_filename (fixture->folder, "native", NULL);

  connect_to_server (fixture);
  holdfast_audio_play_test_async (fixture->audio,
                                  holdfast_audio_find_output (fixture->audio, ADDRESS),
                                  HOLDFAST_SIDE_BOTH,
                                  NULL,
                                  holdfast_test_result_cb,
                                  &result);
  stop_server (fixture);
  holdfast_test_wait (is_absent, fixture, WAIT_MS, "the sound server to be missed");
  owned = holdfast_test_wait_result (&result, "the tone to fail without its server");
  g_assert_false (holdfast_audio_finish (fixture->audio, owned, NULL));
  g_assert_cmpuint (g_list_model_get_n_items (holdfast_audio_get_outputs (fixture->audio)), ==, 0);

  g_unlink (socket);
  start_server (fixture);
  holdfast_test_wait (is_ready, fixture, WAIT_MS, "the sound server to be found again");
}

/* Asked of a server that dies before it answers: the asker is told. */
static void
test_server_dies_unanswered (Fixture *fixture, gconstpointer data)
{
  GAsyncResult *result = NULL;
  g_autoptr (GAsyncResult) owned = NULL;
  g_autoptr (GError) error = NULL;

  connect_to_server (fixture);
  g_subprocess_send_signal (fixture->server, SIGSTOP);
  holdfast_audio_set_default_async (fixture->audio,
                                    holdfast_audio_find_output (fixture->audio, ADDRESS),
                                    NULL,
                                    holdfast_test_result_cb,
                                    &result);
  stop_server (fixture);
  owned = holdfast_test_wait_result (&result, "word that the server will not answer");
  g_assert_false (holdfast_audio_finish (fixture->audio, owned, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CLOSED);
}

static void
test_no_server (Fixture *fixture, gconstpointer data)
{
  fixture->audio = holdfast_audio_new (fixture->clock, fixture->address);
  holdfast_test_wait (is_absent, fixture, WAIT_MS, "the missing sound server to be noticed");
  g_assert_null (holdfast_audio_get_default_output (fixture->audio));
}

static gboolean
is_silent (gpointer user_data)
{
  return holdfast_chimes_get_n_sounding (user_data) == 0;
}

static void
make_default (Fixture *fixture, HoldfastOutput *output)
{
  GAsyncResult *result = NULL;
  g_autoptr (GAsyncResult) owned = NULL;

  holdfast_audio_set_default_async (fixture->audio, output, NULL, holdfast_test_result_cb, &result);
  owned = holdfast_test_wait_result (&result, "the default output to be set");
  g_assert_true (holdfast_audio_finish (fixture->audio, owned, NULL));
}

/* Through the speakers; two may sound together, and each comes to its end. */
static void
test_chimes (Fixture *fixture, gconstpointer data)
{
  HoldfastChimes *chimes = NULL;

  connect_to_server (fixture);
  chimes = holdfast_chimes_new (fixture->audio);
  g_assert_true (holdfast_chimes_get_available (chimes));
  for (HoldfastChime chime = 0; chime < HOLDFAST_CHIME_MAX; chime++)
    g_assert_true (holdfast_chimes_play (chimes, chime));
  g_assert_cmpuint (holdfast_chimes_get_n_sounding (chimes), ==, HOLDFAST_CHIME_MAX);
  holdfast_test_wait (is_silent, chimes, WAIT_MS, "the chimes to have been played");
  holdfast_test_assert_finalize (chimes);
}

/* A headset that becomes the default while a chime sounds gets none of it, and no other one. */
static void
test_no_chime_in_a_headset (Fixture *fixture, gconstpointer data)
{
  HoldfastChimes *chimes = NULL;

  connect_to_server (fixture);
  chimes = holdfast_chimes_new (fixture->audio);
  g_assert_true (holdfast_chimes_play (chimes, HOLDFAST_CHIME_FOUND));
  make_default (fixture, holdfast_audio_find_output (fixture->audio, ADDRESS));
  holdfast_test_wait (headset_is_default, fixture, WAIT_MS, "the headset to be the default");
  g_assert_false (holdfast_chimes_get_available (chimes));
  g_assert_cmpuint (holdfast_chimes_get_n_sounding (chimes), ==, 0);
  for (HoldfastChime chime = 0; chime < HOLDFAST_CHIME_MAX; chime++)
    g_assert_false (holdfast_chimes_play (chimes, chime));
  holdfast_test_assert_finalize (chimes);
}

static HoldfastOutput *
find_named (Fixture *fixture, const char *name)
{
  GListModel *outputs = holdfast_audio_get_outputs (fixture->audio);

  for (guint i = 0; i < g_list_model_get_n_items (outputs); i++) {
    g_autoptr (HoldfastOutput) output = g_list_model_get_item (outputs, i);

    if (g_strcmp0 (holdfast_output_get_name (output), name) == 0)
      return output;
  }
  g_error ("no output %s", name);
}

static gboolean
effects_is_default (gpointer user_data)
{
  Fixture *fixture = user_data;

  return holdfast_audio_get_default_output (fixture->audio) == find_named (fixture, "effects");
}

/* What only forwards sound may end in a headset. */
static void
test_no_chime_through_a_detour (Fixture *fixture, gconstpointer data)
{
  HoldfastChimes *chimes = NULL;

  connect_to_server (fixture);
  chimes = holdfast_chimes_new (fixture->audio);
  g_assert_true (holdfast_chimes_get_available (chimes));
  make_default (fixture, find_named (fixture, "effects"));
  holdfast_test_wait (effects_is_default, fixture, WAIT_MS, "the detour to be the default");
  g_assert_false (holdfast_chimes_get_available (chimes));
  g_assert_false (holdfast_chimes_play (chimes, HOLDFAST_CHIME_TICK));
  holdfast_test_assert_finalize (chimes);
}

static gboolean
is_drained_soon (gpointer user_data)
{
  return holdfast_chimes_get_n_draining (user_data) > 0;
}

/* In the moment in which the server plays the last of it: its answer comes to nobody. */
static void
test_headset_while_draining (Fixture *fixture, gconstpointer data)
{
  HoldfastChimes *chimes = NULL;

  connect_to_server (fixture);
  chimes = holdfast_chimes_new (fixture->audio);
  g_assert_true (holdfast_chimes_play (chimes, HOLDFAST_CHIME_FOUND));
  holdfast_test_wait (is_drained_soon, chimes, WAIT_MS, "the chime to be written");
  holdfast_test_assert_finalize (chimes);

  /* And one that is not even there yet. */
  chimes = holdfast_chimes_new (fixture->audio);
  g_assert_true (holdfast_chimes_play (chimes, HOLDFAST_CHIME_TICK));
  holdfast_test_assert_finalize (chimes);
  make_default (fixture, holdfast_audio_find_output (fixture->audio, ADDRESS));
  holdfast_test_wait (headset_is_default, fixture, WAIT_MS, "the headset to be the default");
}

static void
test_chimes_without_server (Fixture *fixture, gconstpointer data)
{
  HoldfastChimes *chimes = NULL;

  fixture->audio = holdfast_audio_new (fixture->clock, fixture->address);
  chimes = holdfast_chimes_new (fixture->audio);
  holdfast_test_wait (is_absent, fixture, WAIT_MS, "the missing sound server to be noticed");
  g_assert_false (holdfast_chimes_get_available (chimes));
  g_assert_false (holdfast_chimes_play (chimes, HOLDFAST_CHIME_TICK));

  start_server (fixture);
  holdfast_test_wait (is_ready, fixture, WAIT_MS, "the sound server to be found");
  g_assert_true (holdfast_chimes_get_available (chimes));
  g_assert_true (holdfast_chimes_play (chimes, HOLDFAST_CHIME_FOUND));
  stop_server (fixture);
  holdfast_test_wait (is_silent, chimes, WAIT_MS, "the chime to end with its server");
  g_assert_false (holdfast_chimes_get_available (chimes));
  holdfast_test_assert_finalize (chimes);
}

#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  pulseaudio = argv[1];

  ADD ("/audio/outputs", test_outputs);
  ADD ("/audio/default", test_default);
  ADD ("/audio/tone", test_tone);
  ADD ("/audio/tone-cancelled", test_tone_cancelled);
  ADD ("/audio/server-goes-and-comes", test_server_goes_and_comes);
  ADD ("/audio/server-dies-unanswered", test_server_dies_unanswered);
  ADD ("/audio/no-server", test_no_server);
  ADD ("/audio/chimes", test_chimes);
  ADD ("/audio/no-chime-in-a-headset", test_no_chime_in_a_headset);
  ADD ("/audio/no-chime-through-a-detour", test_no_chime_through_a_detour);
  ADD ("/audio/headset-while-draining", test_headset_while_draining);
  ADD ("/audio/chimes-without-server", test_chimes_without_server);

  return g_test_run ();
}
