/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cases.h"

#include <string.h>

/* What else is in the air: hostile names, other things in pairing mode, the headset's LE side. */

static gboolean
headset_has_name (Fixture *f)
{
  return f->headset != NULL && holdfast_device_get_name (f->headset) != NULL;
}

static gboolean
name_is (Fixture *f, const char *name)
{
  return headset_has_name (f) && strcmp (holdfast_device_get_name (f->headset), name) == 0;
}

/* bluetoothd first tells the name that it remembers of this address, then the one in the air. */
static gboolean
search_with_name (Fixture *f, const char *name)
{
  g_autofree char *word = world_encode (name);

  return world_do (f->world, "name %s", word) && world_do (f->world, "pairing-mode on")
         && expect (f, start_discovery (f, HOLDFAST_TRANSPORT_BREDR), "ok", SOON_SECONDS);
}

static void
a_hostile_name_comes_through (Fixture *f)
{
  const char *name = "<b>&%s\xe2\x80\xae\x1b[31m\"';";

  go_on (search_with_name (f, name));
  await (name_is (f, name), SEEN_SECONDS);
  go_on (expect (f, stop_discovery (f), "ok", SOON_SECONDS));
}

static void
a_keyboard_says_it_is_one (Fixture *f)
{
  go_on (world_do (f->world, "class 0x002540"));
  go_on (fixture_find_headset (f));
  await (holdfast_device_get_class (f->headset) == 0x002540, SOON_SECONDS);
  check (fixture_judge (f).kind == HOLDFAST_VERDICT_NOTHING);
}

#define NEIGHBOUR_ADDRESS "12:34:56:78:9A:BC"
#define LONG_NAME_ADDRESS "12:34:56:78:9A:BD"

static gboolean
is_complete (HoldfastDevice *device)
{
  return device != NULL && holdfast_device_get_name (device) != NULL
         && holdfast_device_get_class (device) == HEADSET_CLASS
         && holdfast_device_get_rssi (device, NULL);
}

static void
a_neighbour_in_pairing_mode (Fixture *f)
{
  HoldfastDevice *neighbour;
  gint16 near = 0;
  gint16 far = 0;

  go_on (world_do (f->world, "neighbour on %s %s 0x240404 -80", HEADSET_NAME, NEIGHBOUR_ADDRESS));
  go_on (world_do (f->world, "pairing-mode on"));
  go_on (expect (f, start_discovery (f, HOLDFAST_TRANSPORT_BREDR), "ok", SOON_SECONDS));
  await (is_complete (f->headset), SEEN_SECONDS);
  await (is_complete (fixture_find (f, NEIGHBOUR_ADDRESS)), SEEN_SECONDS);

  neighbour = fixture_find (f, NEIGHBOUR_ADDRESS);
  expect_text (f, "neighbour's name", holdfast_device_get_name (neighbour), HEADSET_NAME);
  check (holdfast_device_get_id (neighbour) != holdfast_device_get_id (f->headset));
  check (holdfast_device_get_rssi (neighbour, &far));
  check (holdfast_device_get_rssi (f->headset, &near));
  check (far < near);

  /* Two that match: never one of them without a question. */
  check (fixture_judge (f).kind == HOLDFAST_VERDICT_ASK);
  check (fixture_judge (f).n_candidates == 2);
  go_on (expect (f, stop_discovery (f), "ok", SOON_SECONDS));
  go_on (world_do (f->world, "neighbour off %s", NEIGHBOUR_ADDRESS));
}

/* Of a device never seen before: bluetoothd would rather keep a name that it has cached. */
static void
a_long_name_is_cut (Fixture *f)
{
  g_autofree char *name = g_strnfill (400, 'x');
  const char *known;

  go_on (world_do (f->world, "neighbour on %s %s 0x240404 -60", name, LONG_NAME_ADDRESS));
  go_on (expect (f, start_discovery (f, HOLDFAST_TRANSPORT_BREDR), "ok", SOON_SECONDS));
  await (is_complete (fixture_find (f, LONG_NAME_ADDRESS)), SEEN_SECONDS);
  known = holdfast_device_get_name (fixture_find (f, LONG_NAME_ADDRESS));
  check (strspn (known, "x") == strlen (known));
  check (strlen (known) > 100 && strlen (known) <= 248);
  go_on (expect (f, stop_discovery (f), "ok", SOON_SECONDS));
}

static void
the_headset_in_a_crowd (Fixture *f)
{
  guint n = g_getenv ("HOLDFAST_TEST_LONG") != NULL ? 1000 : 100;
  GListModel *devices = holdfast_client_get_devices (f->client);

  go_on (world_do (f->world, "crowd %u", n));
  go_on (world_do (f->world, "pairing-mode on"));
  go_on (expect (f, start_discovery (f, HOLDFAST_TRANSPORT_BREDR), "ok", SOON_SECONDS));
  await (f->headset != NULL, SEEN_SECONDS);
  await (g_list_model_get_n_items (devices) >= 100, 2 * SEEN_SECONDS);
  await (is_complete (f->headset), SEEN_SECONDS);
  go_on (expect (f, stop_discovery (f), "ok", SOON_SECONDS));

  /* And the crowd does not stand in the way of what was found. */
  go_on (fixture_register_agent (f));
  go_on (expect (f, pair (f, NULL), "ok", 30));
  await (holdfast_device_get_paired (f->headset), SOON_SECONDS);
  go_on (world_do (f->world, "crowd 0"));
}

static void
the_twin_is_another_device (Fixture *f)
{
  HoldfastDevice *twin;

  go_on (world_do (f->world, "pairing-mode on"));
  go_on (world_do (f->world, "le-twin on"));
  go_on (expect (f, start_discovery (f, HOLDFAST_TRANSPORT_AUTO), "ok", SOON_SECONDS));
  await (fixture_find (f, TWIN_ADDRESS) != NULL && is_complete (f->headset), SEEN_SECONDS);

  twin = fixture_find (f, TWIN_ADDRESS);
  await (holdfast_device_get_name (twin) != NULL, SEEN_SECONDS);
  expect_text (f, "twin's name", holdfast_device_get_name (twin), "LE_" HEADSET_NAME);
  check (!holdfast_device_get_address_public (twin));
  check (holdfast_device_get_class (twin) == 0);
  check (!g_strv_contains (holdfast_device_get_uuids (twin), HOLDFAST_UUID_A2DP_SINK));
  check (holdfast_device_get_address_public (f->headset));
  expect_text (f, "name", holdfast_device_get_name (f->headset), HEADSET_NAME);

  /* Both are one headset, and it is the classic one that will be paired. */
  await (fixture_judge (f).kind == HOLDFAST_VERDICT_CERTAIN, SOON_SECONDS);
  check (fixture_judge (f).device == holdfast_device_get_id (f->headset));
  go_on (expect (f, stop_discovery (f), "ok", SOON_SECONDS));
}

/* "Your headset is on, but not in pairing mode yet": listened for as the session does. */
static void
the_twin_alone_is_a_hint (Fixture *f)
{
  HoldfastDevice *twin;
  int flags;

  go_on (world_do (f->world, "le-twin on"));
  go_on (expect (f, start_discovery (f, HOLDFAST_TRANSPORT_AUTO), "ok", SOON_SECONDS));
  await (fixture_judge (f).kind == HOLDFAST_VERDICT_HINT, SEEN_SECONDS);
  check (f->headset == NULL);

  twin = fixture_find (f, TWIN_ADDRESS);
  check (twin != NULL);
  check (holdfast_device_get_fast_pair_bytes (twin) > 3);
  flags = holdfast_device_get_advertising_flags (twin);
  check (flags < 0 || (flags & 3) == 0);
  go_on (expect (f, stop_discovery (f), "ok", SOON_SECONDS));
}

static void
the_twin_tells_of_pairing_mode (Fixture *f)
{
  HoldfastDevice *twin;
  int flags;

  go_on (world_do (f->world, "le-twin on"));
  go_on (world_do (f->world, "pairing-mode on"));
  go_on (expect (f, start_discovery (f, HOLDFAST_TRANSPORT_LE), "ok", SOON_SECONDS));
  await (fixture_find (f, TWIN_ADDRESS) != NULL, SEEN_SECONDS);
  twin = fixture_find (f, TWIN_ADDRESS);
  await (holdfast_device_get_fast_pair_bytes (twin) == 3, SOON_SECONDS);
  flags = holdfast_device_get_advertising_flags (twin);
  check (flags < 0 || (flags & 3) != 0);
  /* Classic Bluetooth was not listened to. */
  check (f->headset == NULL);
  go_on (expect (f, stop_discovery (f), "ok", SOON_SECONDS));
}

const Case air_cases[] = {
  { "air/hostile-name",            "",          a_hostile_name_comes_through   },
  { "air/long-name",               "neighbour", a_long_name_is_cut             },
  { "air/keyboard",                "",          a_keyboard_says_it_is_one      },
  { "air/neighbour",               "neighbour", a_neighbour_in_pairing_mode    },
  { "air/crowd",                   "neighbour", the_headset_in_a_crowd         },
  { "air/twin",                    "le-twin",   the_twin_is_another_device     },
  { "air/twin-alone",              "le-twin",   the_twin_alone_is_a_hint       },
  { "air/twin-tells-pairing-mode", "le-twin",   the_twin_tells_of_pairing_mode },
  { NULL,                          NULL,        NULL                           },
};
