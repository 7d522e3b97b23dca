/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cases.h"

#include <string.h>

/* Connecting a paired headset for music. */

static gboolean
disconnected (Fixture *f, double seconds)
{
  return reached (f, !holdfast_device_get_connected (f->headset), seconds)
         && reached (f, !holdfast_device_get_transport (f->headset), SOON_SECONDS);
}

/* A paired headset without a link: Pair leaves one that would end some seconds later by itself. */
static gboolean
pair_and_disconnect (Fixture *f)
{
  return fixture_pair_headset (f) && expect (f, disconnect (f), "ok", SOON_SECONDS)
         && disconnected (f, SOON_SECONDS);
}

static gboolean
is_busy (const Call *call)
{
  return call->error != NULL && strstr (call->error->message, "br-connection-busy") != NULL;
}

static gboolean
is_refused (const Call *call)
{
  return call->error != NULL && strstr (call->error->message, "br-connection-refused") != NULL;
}

/* After a link was lost, bluetoothd calls the headset by itself after 1, 2, 4 ... s. A call of ours
 * at that moment is told "busy", or refused by a headset that is being called twice. */
static Call *
connect_when_free (Fixture *f)
{
  Call *call = connect_music (f);

  for (guint i = 0; i < 4 && reached (f, call->done, 30) && is_busy (call); i++) {
    g_test_message ("%s: busy, trying again", f->case_name);
    observe_for (f, 1);
    call = connect_music (f);
  }
  return call;
}

/* What the program does: one more try after 3 s. */
static gboolean
connect_with_second_try (Fixture *f)
{
  Call *call = connect_music (f);

  if (!reached (f, call->done, 30))
    return FALSE;
  if (is_busy (call) || is_refused (call)) {
    g_test_message ("%s: busy or refused, trying again after 3 s", f->case_name);
    observe_for (f, 3);
    call = connect_music (f);
  }
  return expect (f, call, "ok", 30);
}

static void
for_music (Fixture *f)
{
  go_on (fixture_connect_headset (f));
  check (holdfast_device_get_codec (f->headset) == 0);
  go_on (reached_state (f, "connected", "yes", SOON_SECONDS));
  go_on (reached_state (f, "transport", "yes", SOON_SECONDS));
  await (holdfast_device_get_services_resolved (f->headset), SOON_SECONDS);

  go_on (expect (f, disconnect (f), "ok", SOON_SECONDS));
  go_on (disconnected (f, SOON_SECONDS));
  go_on (reached_state (f, "connected", "no", SOON_SECONDS));
  check (holdfast_device_get_paired (f->headset));
}

static void
again (Fixture *f)
{
  go_on (fixture_connect_headset (f));
  go_on (expect (f, disconnect (f), "ok", SOON_SECONDS));
  go_on (disconnected (f, SOON_SECONDS));
  go_on (connect_with_second_try (f));
  await (holdfast_device_get_transport (f->headset), SOON_SECONDS);
}

static void
twice (Fixture *f)
{
  go_on (fixture_connect_headset (f));
  /* What it answers depends on whether it still brings up the other profiles; none of it hurts. */
  go_on (expect (f, connect_music (f), "ok|InProgress|AlreadyConnected", SOON_SECONDS));
  check (holdfast_device_get_connected (f->headset));
  check (holdfast_device_get_transport (f->headset));
}

static void
not_in_pairing_mode_any_more (Fixture *f)
{
  go_on (fixture_pair_headset (f));
  go_on (world_do (f->world, "pairing-mode off"));
  go_on (expect (f, set_trusted (f, TRUE), "ok", SOON_SECONDS));
  go_on (connect_with_second_try (f));
  await (holdfast_device_get_transport (f->headset), SOON_SECONDS);
}

static void
it_vanishes_and_returns (Fixture *f)
{
  go_on (world_do (f->world, "set supervision 1"));
  go_on (world_do (f->world, "set page 1"));
  go_on (fixture_connect_headset (f));

  go_on (world_do (f->world, "vanish"));
  go_on (disconnected (f, SOON_SECONDS));
  check (holdfast_device_get_paired (f->headset));
  go_on (expect (f, connect_when_free (f), "Failed: br-connection-page-timeout", 30));

  go_on (world_do (f->world, "return"));
  go_on (connect_with_second_try (f));
  await (holdfast_device_get_transport (f->headset), SOON_SECONDS);
}

static void
it_forgot_in_pairing_mode (Fixture *f)
{
  go_on (fixture_pair_headset (f));
  go_on (world_do (f->world, "forget headset"));
  await (!holdfast_device_get_connected (f->headset), SOON_SECONDS);
  go_on (world_do (f->world, "pairing-mode on"));
  go_on (expect (f, connect_music (f), "Failed: br-connection-key-missing", 30));
  check (holdfast_device_get_paired (f->headset));

  /* The repair: remove our half, pair afresh. */
  go_on (expect (f, remove_headset (f), "ok", SOON_SECONDS));
  go_on (fixture_connect_headset (f));
}

static void
it_forgot_out_of_pairing_mode (Fixture *f)
{
  go_on (world_do (f->world, "set page 1"));
  go_on (fixture_pair_headset (f));
  go_on (world_do (f->world, "forget headset"));
  await (!holdfast_device_get_connected (f->headset), SOON_SECONDS);
  go_on (world_do (f->world, "pairing-mode off"));
  go_on (expect (f, connect_music (f), "Failed: br-connection-page-timeout", 30));
  check (holdfast_device_get_paired (f->headset));
}

static void
without_sound_service (Fixture *f)
{
  HoldfastAdapter *adapter = holdfast_client_get_adapter (f->client);

  await (holdfast_adapter_get_has_sound (adapter), SOON_SECONDS);
  go_on (fixture_pair_headset (f));
  go_on (world_do (f->world, "sound off"));
  await (!holdfast_adapter_get_has_sound (adapter), SOON_SECONDS);
  go_on (expect (f, connect_music (f), "Failed: br-connection-profile-unavailable", 30));
  check (!holdfast_device_get_transport (f->headset));

  go_on (world_do (f->world, "sound on"));
  await (holdfast_adapter_get_has_sound (adapter), SOON_SECONDS);
  go_on (connect_with_second_try (f));
  await (holdfast_device_get_transport (f->headset), SOON_SECONDS);
}

static void
it_connects_by_itself (Fixture *f)
{
  go_on (fixture_connect_headset (f));
  go_on (world_do (f->world, "disconnect"));
  go_on (disconnected (f, SOON_SECONDS));

  go_on (world_do (f->world, "connect"));
  await (holdfast_device_get_connected (f->headset), SOON_SECONDS);
  check (holdfast_device_get_paired (f->headset));
}

static void
given_up_then_disconnected (Fixture *f)
{
  Call *call;

  go_on (pair_and_disconnect (f));
  go_on (world_do (f->world, "vanish"));
  call = connect_music (f);
  observe_for (f, 0.5);
  check (!call->done);
  go_on (expect (f, disconnect (f), "ok", SOON_SECONDS));
  go_on (expect (f, call, "Failed: br-connection-canceled", SOON_SECONDS));
  check (holdfast_device_get_paired (f->headset));
  go_on (world_do (f->world, "return"));
}

typedef struct {
  const char *what;
  guint status;
  const char *answer;
} Status;

static void
paging_statuses (Fixture *f)
{
  static const Status statuses[] = {
    { "connect, paging 0x04", 0x04, "Failed: br-connection-page-timeout" },
    { "connect, paging 0x0d", 0x0d, "Failed: br-connection-refused"      },
    { "connect, paging 0x09", 0x09, "Failed: br-connection-unknown"      },
    { "connect, paging 0x0f", 0x0f, "Failed: br-connection-refused"      },
    { "connect, paging 0x10", 0x10, "Failed: br-connection-unknown"      },
    { NULL,                   0,    NULL                                 },
  };

  go_on (pair_and_disconnect (f));
  for (guint i = 0; statuses[i].what != NULL; i++) {
    Call *call;

    go_on (world_do (f->world, "next page 0x%02x", statuses[i].status));
    call = connect_music (f);
    g_set_str (&call->name, statuses[i].what);
    go_on (expect (f, call, statuses[i].answer, 30));
    check (holdfast_device_get_paired (f->headset));
  }
  go_on (connect_with_second_try (f));
}

const Case connect_cases[] = {
  { "connect/for-music",              "transport",                        for_music                     },
  { "connect/again",                  "transport",                        again                         },
  { "connect/twice",                  "transport",                        twice                         },
  { "connect/out-of-pairing-mode",    "transport",                        not_in_pairing_mode_any_more  },
  { "connect/vanishes-and-returns",   "transport vanish timing",          it_vanishes_and_returns       },
  { "connect/forgot-in-pairing-mode", "transport headset-forgets",        it_forgot_in_pairing_mode     },
  { "connect/forgot",                 "transport headset-forgets timing", it_forgot_out_of_pairing_mode },
  { "connect/without-sound",          "transport",                        without_sound_service         },
  { "connect/by-the-headset",         "transport headset-connects",       it_connects_by_itself         },
  { "connect/given-up",               "transport vanish",                 given_up_then_disconnected    },
  { "connect/paging-statuses",        "transport faults",                 paging_statuses               },
  { NULL,                             NULL,                               NULL                          },
};
