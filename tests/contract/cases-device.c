/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cases.h"

#include <string.h>

/* What is done to a known device, and what a hostile one says. */

static gboolean
was_removed (Fixture *f, HoldfastDevice *device)
{
  return g_ptr_array_find (f->removed, device, NULL);
}

static void
removed (Fixture *f)
{
  g_autoptr (HoldfastDevice) device = NULL;
  Call *again;
  guint id;

  go_on (fixture_find_headset (f));
  device = g_object_ref (f->headset);
  id = holdfast_device_get_id (device);
  go_on (expect (f, remove_headset (f), "ok", SOON_SECONDS));
  await (was_removed (f, device), SOON_SECONDS);
  await (fixture_find (f, HEADSET_ADDRESS) == NULL, SOON_SECONDS);
  check (holdfast_client_find_device (f->client, id) == NULL);

  /* What is gone already is as well as removed. */
  again = remove_headset (f);
  g_set_str (&again->name, "remove it again");
  go_on (expect (f, again, "ok", SOON_SECONDS));

  go_on (fixture_find_headset (f));
  check (holdfast_device_get_id (f->headset) != id);
  check (!holdfast_device_get_paired (f->headset));
}

static void
removed_while_searching (Fixture *f)
{
  guint id;

  go_on (world_do (f->world, "pairing-mode on"));
  go_on (expect (f, start_discovery (f, HOLDFAST_TRANSPORT_BREDR), "ok", SOON_SECONDS));
  await (f->headset != NULL, SEEN_SECONDS);
  id = holdfast_device_get_id (f->headset);
  go_on (expect (f, remove_headset (f), "ok", SOON_SECONDS));
  await (holdfast_client_find_device (f->client, id) == NULL, SOON_SECONDS);
  /* It is still there to be seen: in the next inquiry at the latest. */
  await (holdfast_device_get_id (f->headset) != id, SEEN_SECONDS);
  go_on (expect (f, stop_discovery (f), "ok", SOON_SECONDS));
}

static void
removed_while_connected (Fixture *f)
{
  go_on (fixture_connect_headset (f));
  go_on (expect (f, remove_headset (f), "ok", SOON_SECONDS));
  await (fixture_find (f, HEADSET_ADDRESS) == NULL, SOON_SECONDS);
  go_on (reached_state (f, "connected", "no", SOON_SECONDS));
}

static void
calls_on_a_removed_device (Fixture *f)
{
  go_on (fixture_find_headset (f));
  go_on (expect (f, remove_headset (f), "ok", SOON_SECONDS));
  go_on (expect (f, pair (f, NULL), "UnknownObject|UnknownMethod", SOON_SECONDS));
  go_on (expect (f, set_trusted (f, TRUE), "UnknownObject|UnknownMethod", SOON_SECONDS));
  go_on (expect (f, connect_music (f), "UnknownObject|UnknownMethod", SOON_SECONDS));
}

static void
trusted_and_not (Fixture *f)
{
  go_on (fixture_pair_headset (f));
  go_on (expect (f, set_trusted (f, TRUE), "ok", SOON_SECONDS));
  await (holdfast_device_get_trusted (f->headset), SOON_SECONDS);
  go_on (expect (f, set_trusted (f, FALSE), "ok", SOON_SECONDS));
  await (!holdfast_device_get_trusted (f->headset), SOON_SECONDS);
}

static void
blocked_and_not (Fixture *f)
{
  go_on (fixture_pair_headset (f));
  go_on (expect (f, set_blocked (f, TRUE), "ok", SOON_SECONDS));
  await (holdfast_device_get_blocked (f->headset), SOON_SECONDS);
  go_on (expect (f, set_blocked (f, FALSE), "ok", SOON_SECONDS));
  await (!holdfast_device_get_blocked (f->headset), SOON_SECONDS);
  check (holdfast_device_get_paired (f->headset));
}

typedef struct {
  const char *key;
  const char *json;
} Hostile;

static void
properties_of_wrong_types (Fixture *f)
{
  static const Hostile wrong[] = {
    { "Name",             "7"                         },
    { "Class",            "\"headphones\""            },
    { "RSSI",             "\"near\""                  },
    { "UUIDs",            "\"0000110b\""              },
    { "ServiceData",      "[1,2]"                     },
    { "AdvertisingFlags", "true"                      },
    { "Modalias",         "\"bluetooth:vZZZZpZZZZd\"" },
    { "Paired",           "\"yes\""                   },
    { "Connected",        "1"                         },
  };

  go_on (world_do (f->world, "pairing-mode on"));
  go_on (expect (f, start_discovery (f, HOLDFAST_TRANSPORT_BREDR), "ok", SOON_SECONDS));
  await (f->headset != NULL && holdfast_device_get_name (f->headset) != NULL, SEEN_SECONDS);
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    go_on (world_do (f->world, "property %s %s", wrong[i].key, wrong[i].json));
  await (holdfast_device_get_name (f->headset) == NULL, SOON_SECONDS);
  await (holdfast_device_get_class (f->headset) == 0, SOON_SECONDS);
  await (!holdfast_device_get_rssi (f->headset, NULL), SOON_SECONDS);
  await (holdfast_device_get_uuids (f->headset)[0] == NULL, SOON_SECONDS);
  await (!holdfast_device_get_pnp (f->headset, NULL, NULL), SOON_SECONDS);
  check (holdfast_device_get_fast_pair_bytes (f->headset) == -1);
  check (holdfast_device_get_advertising_flags (f->headset) == -1);
  check (!holdfast_device_get_paired (f->headset));
  check (!holdfast_device_get_connected (f->headset));
  go_on (expect (f, stop_discovery (f), "ok", SOON_SECONDS));
}

const Case device_cases[] = {
  { "device/removed",                 "",               removed                   },
  { "device/removed-while-searching", "",               removed_while_searching   },
  { "device/removed-while-connected", "transport",      removed_while_connected   },
  { "device/calls-on-a-removed-one",  "",               calls_on_a_removed_device },
  { "device/trusted",                 "",               trusted_and_not           },
  { "device/blocked",                 "",               blocked_and_not           },
  { "device/wrong-types",             "bluez-property", properties_of_wrong_types },
  { NULL,                             NULL,             NULL                      },
};
