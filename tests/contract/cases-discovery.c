/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cases.h"

#include <string.h>

static gboolean
begin (Fixture *f, HoldfastTransport transport)
{
  return expect (f, start_discovery (f, transport), "ok", SOON_SECONDS)
         && reached (f, fixture_is_discovering (f), SOON_SECONDS);
}

static gboolean
end (Fixture *f)
{
  return expect (f, stop_discovery (f), "ok", SOON_SECONDS)
         && reached (f, !fixture_is_discovering (f), SOON_SECONDS)
         && reached_state (f, "discovering", "no", SOON_SECONDS);
}

static gboolean
sighted_in_time (Fixture *f, const char *what, gint64 since_us)
{
  gint64 ms;

  if (!reached (f, fixture_sighted_ms (f, HEADSET_ADDRESS, since_us) >= 0, SEEN_SECONDS))
    return FALSE;
  ms = fixture_sighted_ms (f, HEADSET_ADDRESS, since_us);
  g_test_message ("%s: %s -> sighted: %" G_GINT64_FORMAT " ms", f->case_name, what, ms);
  return expect_flag (f, "sighted within 2 s", ms <= 2000, TRUE);
}

static void
nothing_before_pairing_mode (Fixture *f)
{
  gint64 since_us;

  go_on (begin (f, HOLDFAST_TRANSPORT_BREDR));
  observe_for (f, 1.5);
  check (fixture_sighted_ms (f, HEADSET_ADDRESS, 0) < 0);
  check (fixture_judge (f).kind == HOLDFAST_VERDICT_NOTHING);

  since_us = world_get_now_us (f->world);
  go_on (world_do (f->world, "pairing-mode on"));
  go_on (sighted_in_time (f, "pairing mode", since_us));
  await (fixture_judge (f).kind == HOLDFAST_VERDICT_CERTAIN, SEEN_SECONDS);
  check (fixture_judge (f).device == holdfast_device_get_id (f->headset));
  go_on (end (f));
}

static void
sighted_when_discovery_begins (Fixture *f)
{
  gint64 since_us;

  go_on (world_do (f->world, "pairing-mode on"));
  since_us = world_get_now_us (f->world);
  go_on (begin (f, HOLDFAST_TRANSPORT_BREDR));
  go_on (sighted_in_time (f, "discovery", since_us));
  go_on (end (f));
}

static void
what_is_known_of_it (Fixture *f)
{
  gint16 rssi = 0;

  go_on (world_do (f->world, "pairing-mode on"));
  go_on (begin (f, HOLDFAST_TRANSPORT_BREDR));
  await (f->headset != NULL && holdfast_device_get_name (f->headset) != NULL, SEEN_SECONDS);

  expect_text (f, "name", holdfast_device_get_name (f->headset), HEADSET_NAME);
  expect_text (f, "address", holdfast_device_get_address (f->headset), HEADSET_ADDRESS);
  check (holdfast_device_get_address_public (f->headset));
  await (holdfast_device_get_class (f->headset) == HEADSET_CLASS, SOON_SECONDS);
  check (holdfast_device_get_rssi (f->headset, &rssi));
  check (rssi < 0 && rssi >= -127);
  check (!holdfast_device_get_paired (f->headset));
  check (!holdfast_device_get_trusted (f->headset));
  check (!holdfast_device_get_blocked (f->headset));
  check (!holdfast_device_get_connected (f->headset));
  check (!holdfast_device_get_transport (f->headset));
  check (fixture_find (f, HEADSET_ADDRESS) == f->headset);
  check (holdfast_client_find_device (f->client, holdfast_device_get_id (f->headset))
         == f->headset);

  go_on (end (f));
  await (!holdfast_device_get_rssi (f->headset, NULL), SOON_SECONDS);
}

static void
services_from_the_air (Fixture *f)
{
  go_on (world_do (f->world, "pairing-mode on"));
  go_on (begin (f, HOLDFAST_TRANSPORT_BREDR));
  await (f->headset != NULL, SEEN_SECONDS);
  await (g_strv_contains (holdfast_device_get_uuids (f->headset), HOLDFAST_UUID_A2DP_SINK),
         SOON_SECONDS);
  go_on (end (f));
}

static void
remembered_is_not_sighted (Fixture *f)
{
  go_on (fixture_pair_headset (f));
  go_on (world_do (f->world, "pairing-mode off"));
  go_on (expect (f, disconnect (f), "ok|NotConnected", SOON_SECONDS));
  await (!holdfast_device_get_connected (f->headset), SOON_SECONDS);

  fixture_forget_sightings (f);
  go_on (begin (f, HOLDFAST_TRANSPORT_BREDR));
  observe_for (f, 1.5);
  check (fixture_sighted_ms (f, HEADSET_ADDRESS, 0) < 0);
  check (fixture_find (f, HEADSET_ADDRESS) != NULL);
  check (fixture_judge (f).kind == HOLDFAST_VERDICT_NOTHING);
  go_on (end (f));
}

static void
sighted_again_in_the_next (Fixture *f)
{
  guint id;

  go_on (fixture_find_headset (f));
  id = holdfast_device_get_id (f->headset);
  fixture_forget_sightings (f);
  go_on (begin (f, HOLDFAST_TRANSPORT_BREDR));
  await (fixture_sighted_ms (f, HEADSET_ADDRESS, 0) >= 0, SEEN_SECONDS);
  check (holdfast_device_get_id (f->headset) == id);
  go_on (end (f));
}

static void
starting_twice_changes_the_filter (Fixture *f)
{
  go_on (begin (f, HOLDFAST_TRANSPORT_LE));
  go_on (expect (f, start_discovery (f, HOLDFAST_TRANSPORT_BREDR), "ok", SOON_SECONDS));
  go_on (world_do (f->world, "pairing-mode on"));
  await (f->headset != NULL, SEEN_SECONDS);
  go_on (end (f));
}

static void
stopping_twice_is_well (Fixture *f)
{
  go_on (expect (f, stop_discovery (f), "ok", SOON_SECONDS));
  go_on (begin (f, HOLDFAST_TRANSPORT_AUTO));
  go_on (end (f));
  go_on (expect (f, stop_discovery (f), "ok", SOON_SECONDS));
}

static void
another_program_searches_too (Fixture *f)
{
  g_autoptr (GDBusConnection) bus = fixture_connect (f);
  g_autoptr (HoldfastClient) other = NULL;
  g_autofree char *discovering = NULL;

  go_on (bus != NULL);
  other = fixture_new_client (f, bus);
  go_on (other != NULL);
  go_on (expect (f, begin_discovery_of (f, other, HOLDFAST_TRANSPORT_BREDR), "ok", SOON_SECONDS));
  await (fixture_is_discovering (f), SOON_SECONDS);

  go_on (world_do (f->world, "pairing-mode on"));
  go_on (expect (f, start_discovery (f, HOLDFAST_TRANSPORT_BREDR), "ok", SOON_SECONDS));
  await (f->headset != NULL, SEEN_SECONDS);

  /* Ours ends, the other one's goes on. */
  go_on (expect (f, stop_discovery (f), "ok", SOON_SECONDS));
  observe_for (f, 0.5);
  go_on (expect_flag (f, "discovering for the other", fixture_is_discovering (f), TRUE));
  go_on (expect (f, end_discovery_of (f, other), "ok", SOON_SECONDS));
  await (!fixture_is_discovering (f), SOON_SECONDS);

  /* And the other way round: its end does not end ours. */
  go_on (expect (f, begin_discovery_of (f, other, HOLDFAST_TRANSPORT_BREDR), "ok", SOON_SECONDS));
  go_on (begin (f, HOLDFAST_TRANSPORT_BREDR));
  go_on (expect (f, end_discovery_of (f, other), "ok", SOON_SECONDS));
  observe_for (f, 0.5);
  go_on (expect_flag (f, "discovering for us", fixture_is_discovering (f), TRUE));
  go_on (end (f));
}

static void
a_client_given_up_leaves_none (Fixture *f)
{
  go_on (begin (f, HOLDFAST_TRANSPORT_AUTO));
  go_on (reached_state (f, "discovering", "yes", SOON_SECONDS));
  g_clear_object (&f->headset);
  fixture_drop_client (f);
  go_on (reached_state (f, "discovering", "no", SOON_SECONDS));
}

static void
a_client_given_up_while_starting_leaves_none (Fixture *f)
{
  Call *call = start_discovery (f, HOLDFAST_TRANSPORT_AUTO);

  fixture_drop_client (f);
  await (call->done, SOON_SECONDS);
  observe_for (f, 0.5);
  go_on (reached_state (f, "discovering", "no", SOON_SECONDS));
}

static void
stopped_while_starting (Fixture *f)
{
  Call *started = start_discovery (f, HOLDFAST_TRANSPORT_BREDR);
  Call *stopped = stop_discovery (f);

  await (started->done && stopped->done, SOON_SECONDS);
  await (!fixture_is_discovering (f), SOON_SECONDS);
  go_on (reached_state (f, "discovering", "no", SOON_SECONDS));
}

static void
the_bus_closes (Fixture *f)
{
  go_on (begin (f, HOLDFAST_TRANSPORT_BREDR));
  fixture_close_bus (f);
  await (holdfast_client_get_service_state (f->client) == HOLDFAST_SERVICE_STATE_CLOSED,
         SOON_SECONDS);
  check (holdfast_client_get_adapter (f->client) == NULL);
  go_on (expect (f, start_discovery (f, HOLDFAST_TRANSPORT_BREDR), "io/closed", SOON_SECONDS));
  go_on (reached_state (f, "discovering", "no", SOON_SECONDS));
}

const Case discovery_cases[] = {
  { "discovery/nothing-before-pairing-mode",    "",        nothing_before_pairing_mode                  },
  { "discovery/sighted-when-it-begins",         "",        sighted_when_discovery_begins                },
  { "discovery/what-is-known",                  "",        what_is_known_of_it                          },
  { "discovery/services-from-the-air",          "",        services_from_the_air                        },
  { "discovery/remembered-is-not-sighted",      "",        remembered_is_not_sighted                    },
  { "discovery/sighted-again",                  "",        sighted_again_in_the_next                    },
  { "discovery/start-twice",                    "",        starting_twice_changes_the_filter            },
  { "discovery/stop-twice",                     "",        stopping_twice_is_well                       },
  { "discovery/another-program",                "clients", another_program_searches_too                 },
  { "discovery/client-given-up",                "",        a_client_given_up_leaves_none                },
  { "discovery/client-given-up-while-starting", "",        a_client_given_up_while_starting_leaves_none },
  { "discovery/stopped-while-starting",         "",        stopped_while_starting                       },
  { "discovery/bus-closes",                     "clients", the_bus_closes                               },
  { NULL,                                       NULL,      NULL                                         },
};
