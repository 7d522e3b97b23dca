/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cases.h"

#include <string.h>

/* The daemon, the adapter and the agent come and go. */

static void
state_changed_cb (HoldfastClient *client, GParamSpec *pspec, gpointer user_data)
{
  GString *seen = user_data;

  switch (holdfast_client_get_service_state (client)) {
  case HOLDFAST_SERVICE_STATE_ABSENT:
    g_string_append (seen, "absent ");
    break;
  case HOLDFAST_SERVICE_STATE_PRESENT:
    g_string_append (seen, "present ");
    break;
  case HOLDFAST_SERVICE_STATE_STARTING: /* for as long as its objects are not told */
    break;
  case HOLDFAST_SERVICE_STATE_DENIED:
  case HOLDFAST_SERVICE_STATE_HIDDEN:
  case HOLDFAST_SERVICE_STATE_CLOSED:
    g_string_append (seen, "other ");
    break;
  }
}

static gboolean
power_is (Fixture *f, HoldfastPower power)
{
  HoldfastAdapter *adapter = holdfast_client_get_adapter (f->client);

  return adapter != NULL && holdfast_adapter_get_power (adapter) == power;
}

static gboolean
service_is_back (Fixture *f)
{
  return reached (f,
                  holdfast_client_get_service_state (f->client) == HOLDFAST_SERVICE_STATE_PRESENT,
                  SOON_SECONDS)
         && reached (f, power_is (f, HOLDFAST_POWER_ON), SOON_SECONDS);
}

/* It ends with the daemon, and says so; who still wants it asks again. */
static gboolean
agent_is_back (Fixture *f)
{
  return reached (f, f->agent_released == 1, SOON_SECONDS)
         && expect_flag (f, "still registered", holdfast_agent_get_registered (f->agent), FALSE)
         && expect (f, register_agent (f), "ok", SOON_SECONDS);
}

static gboolean
is_paired_again (Fixture *f)
{
  HoldfastDevice *headset = fixture_find (f, HEADSET_ADDRESS);

  return headset != NULL && holdfast_device_get_paired (headset);
}

static void
the_daemon_restarts (Fixture *f)
{
  g_autoptr (GString) seen = g_string_new (NULL);
  gulong handler;

  go_on (fixture_pair_headset (f));
  go_on (expect (f, start_discovery (f, HOLDFAST_TRANSPORT_BREDR), "ok", SOON_SECONDS));
  check (holdfast_agent_get_registered (f->agent));
  handler
      = g_signal_connect (f->client, "notify::service-state", G_CALLBACK (state_changed_cb), seen);
  go_on (world_do (f->world, "restart-bluetoothd"));
  go_on (service_is_back (f));
  g_signal_handler_disconnect (f->client, handler);
  expect_text (f, "states", g_strchomp (seen->str), "absent present");

  await (!fixture_is_discovering (f), SOON_SECONDS);
  go_on (agent_is_back (f));
  await (is_paired_again (f), SOON_SECONDS);
}

/* The agent that was registered again is asked. */
static void
pairing_after_a_restart (Fixture *f)
{
  go_on (fixture_find_headset (f));
  go_on (fixture_register_agent (f));
  go_on (world_do (f->world, "restart-bluetoothd"));
  go_on (service_is_back (f));
  go_on (agent_is_back (f));
  go_on (world_do (f->world, "io DisplayYesNo"));
  go_on (fixture_find_headset (f));
  go_on (expect (f, pair (f, NULL), "AuthenticationFailed", 30));
  expect_text (f, "refused", f->refused ? f->refused : "", "RequestConfirmation");
}

static void
the_daemon_restarts_while_pairing (Fixture *f)
{
  g_autoptr (YesAgent) agent = NULL;
  Call *call;

  go_on (world_do (f->world, "io DisplayYesNo"));
  go_on (world_do (f->world, "agent hang"));
  go_on (fixture_find_headset (f));
  agent = yes_agent_new (f);
  go_on (agent != NULL);
  call = pair (f, NULL);
  await (yes_agent_get_asked (agent) == 1, SOON_SECONDS);
  go_on (world_do (f->world, "restart-bluetoothd"));
  /* Whether it still says goodbye depends on how it was ended. */
  go_on (expect (f, call, "AuthenticationCanceled|NoReply", SOON_SECONDS));
  go_on (service_is_back (f));
  /* With nothing pending, and nobody to ask, this is refused like any other. */
  go_on (expect (f, cancel_pairing (f), "io/failed", SOON_SECONDS));
}

static void
the_adapter_is_switched_off_and_on (Fixture *f)
{
  go_on (expect (f, start_discovery (f, HOLDFAST_TRANSPORT_BREDR), "ok", SOON_SECONDS));
  await (fixture_is_discovering (f), SOON_SECONDS);
  go_on (world_do (f->world, "adapter off"));
  await (power_is (f, HOLDFAST_POWER_OFF), SOON_SECONDS);
  await (!fixture_is_discovering (f), SOON_SECONDS);
  go_on (expect (f, start_discovery (f, HOLDFAST_TRANSPORT_BREDR), "NotReady", SOON_SECONDS));

  go_on (expect (f, set_powered (f, TRUE), "ok", SOON_SECONDS));
  await (power_is (f, HOLDFAST_POWER_ON), SOON_SECONDS);
  go_on (fixture_find_headset (f));
}

static void
the_adapter_is_switched_off_while_connected (Fixture *f)
{
  go_on (fixture_connect_headset (f));
  go_on (world_do (f->world, "adapter off"));
  await (power_is (f, HOLDFAST_POWER_OFF), SOON_SECONDS);
  await (!holdfast_device_get_connected (f->headset), SOON_SECONDS);
  await (!holdfast_device_get_transport (f->headset), SOON_SECONDS);
  check (holdfast_device_get_paired (f->headset));
  go_on (
      expect (f, connect_music (f), "NotReady: br-connection-adapter-not-powered", SOON_SECONDS));

  go_on (world_do (f->world, "adapter on"));
  await (power_is (f, HOLDFAST_POWER_ON), SOON_SECONDS);
  await (is_paired_again (f), SOON_SECONDS);
}

static void
the_adapter_is_unplugged (Fixture *f)
{
  GListModel *adapters = holdfast_client_get_adapters (f->client);
  GListModel *devices = holdfast_client_get_devices (f->client);

  go_on (fixture_pair_headset (f));
  go_on (expect (f, start_discovery (f, HOLDFAST_TRANSPORT_BREDR), "ok", SOON_SECONDS));
  go_on (world_do (f->world, "adapter unplug"));
  await (holdfast_client_get_adapter (f->client) == NULL, SOON_SECONDS);
  await (g_list_model_get_n_items (adapters) == 0, SOON_SECONDS);
  await (g_list_model_get_n_items (devices) == 0, SOON_SECONDS);
  check (holdfast_client_get_service_state (f->client) == HOLDFAST_SERVICE_STATE_PRESENT);

  go_on (world_do (f->world, "adapter plug"));
  await (power_is (f, HOLDFAST_POWER_ON), SOON_SECONDS);
  await (is_paired_again (f), SOON_SECONDS);
  check (!fixture_is_discovering (f));
}

static void
the_adapter_is_unplugged_while_pairing (Fixture *f)
{
  g_autoptr (YesAgent) agent = NULL;
  Call *call;

  go_on (world_do (f->world, "io DisplayYesNo"));
  go_on (world_do (f->world, "agent hang"));
  go_on (fixture_find_headset (f));
  agent = yes_agent_new (f);
  go_on (agent != NULL);
  call = pair (f, NULL);
  await (yes_agent_get_asked (agent) == 1, SOON_SECONDS);
  go_on (world_do (f->world, "adapter unplug"));
  go_on (expect (f, call, "AuthenticationFailed", SOON_SECONDS));
  await (holdfast_client_get_adapter (f->client) == NULL, SOON_SECONDS);
  go_on (world_do (f->world, "adapter plug"));
  await (power_is (f, HOLDFAST_POWER_ON), SOON_SECONDS);
}

static void
the_agent_comes_and_goes (Fixture *f)
{
  go_on (fixture_register_agent (f));
  check (holdfast_agent_get_registered (f->agent));
  go_on (expect (f, register_agent (f), "ok", SOON_SECONDS));
  go_on (expect (f, unregister_agent (f), "ok", SOON_SECONDS));
  check (!holdfast_agent_get_registered (f->agent));
  go_on (expect (f, unregister_agent (f), "ok", SOON_SECONDS));
  go_on (expect (f, register_agent (f), "ok", SOON_SECONDS));
  check (holdfast_agent_get_registered (f->agent));
}

const Case service_cases[] = {
  { "service/agent-comes-and-goes",        "",                         the_agent_comes_and_goes                    },
  { "service/restart",                     "bluetoothd-restart",       the_daemon_restarts                         },
  { "service/pairing-after-restart",       "bluetoothd-restart agent", pairing_after_a_restart                     },
  { "service/restart-while-pairing",
   "bluetoothd-restart agent",                                         the_daemon_restarts_while_pairing           },
  { "service/adapter-off-and-on",          "adapter-power",            the_adapter_is_switched_off_and_on          },
  { "service/adapter-off-while-connected",
   "adapter-power transport",                                          the_adapter_is_switched_off_while_connected },
  { "service/unplugged",                   "adapter-unplug",           the_adapter_is_unplugged                    },
  { "service/unplugged-while-pairing",
   "adapter-unplug agent",                                             the_adapter_is_unplugged_while_pairing      },
  { NULL,                                  NULL,                       NULL                                        },
};
