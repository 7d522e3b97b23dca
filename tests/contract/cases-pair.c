/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cases.h"

#include <string.h>

/* Pairing that works, or is ended by this side. */

static gboolean
headset_was_asked_nothing (Fixture *f)
{
  g_autofree char *calls = world_get_state (f->world, "agent-calls");

  return calls == NULL || strcmp (calls, "0") == 0;
}

static gboolean
no_pairing_is_left (Fixture *f)
{
  return expect_flag (f, "paired", holdfast_device_get_paired (f->headset), FALSE)
         && reached_state (f, "paired", "no", SOON_SECONDS)
         && reached (f, !holdfast_device_get_connected (f->headset), SOON_SECONDS);
}

static void
just_works (Fixture *f)
{
  go_on (fixture_find_headset (f));
  go_on (fixture_register_agent (f));
  go_on (expect (f, pair (f, NULL), "ok", 30));
  await (holdfast_device_get_paired (f->headset), SOON_SECONDS);
  check (holdfast_device_get_bonded (f->headset));
  check (!holdfast_device_get_trusted (f->headset));
  check (f->refused == NULL);
  check (f->pin_requests == 0);
  check (headset_was_asked_nothing (f));
  go_on (reached_state (f, "paired", "yes", SOON_SECONDS));

  go_on (expect (f, set_trusted (f, TRUE), "ok", SOON_SECONDS));
  await (holdfast_device_get_trusted (f->headset), SOON_SECONDS);
}

static void
services_and_maker_are_known_then (Fixture *f)
{
  guint16 vendor = 0;

  go_on (fixture_pair_headset (f));
  await (holdfast_device_get_pnp (f->headset, &vendor, NULL), SOON_SECONDS);
  check (vendor == 0x054c);
  await (g_strv_contains (holdfast_device_get_uuids (f->headset), HOLDFAST_UUID_A2DP_SINK),
         SOON_SECONDS);
}

/* Why an agent is needed although it is never asked: without one the key is not kept. */
static void
without_an_agent (Fixture *f)
{
  go_on (fixture_find_headset (f));
  go_on (expect (f, pair (f, NULL), "ok", 30));
  await (holdfast_device_get_paired (f->headset), SOON_SECONDS);
  go_on (expect_flag (f, "bonded", holdfast_device_get_bonded (f->headset), FALSE));
  go_on (expect (f, disconnect (f), "ok", SOON_SECONDS));
  await (!holdfast_device_get_connected (f->headset), SOON_SECONDS);
  go_on (expect_flag (f, "paired", holdfast_device_get_paired (f->headset), FALSE));
}

static void
twice (Fixture *f)
{
  go_on (fixture_pair_headset (f));
  go_on (expect (f, pair (f, NULL), "AlreadyExists", SOON_SECONDS));
  check (holdfast_device_get_paired (f->headset));
}

static void
after_this_computer_forgot (Fixture *f)
{
  go_on (fixture_pair_headset (f));
  go_on (expect (f, remove_headset (f), "ok", SOON_SECONDS));
  go_on (fixture_find_headset (f));
  check (!holdfast_device_get_paired (f->headset));
  go_on (expect (f, pair (f, NULL), "ok", 30));
  await (holdfast_device_get_paired (f->headset), SOON_SECONDS);
}

static void
cancel_without_a_pairing_is_refused (Fixture *f)
{
  go_on (fixture_pair_headset (f));
  go_on (expect (f, cancel_pairing (f), "io/failed", SOON_SECONDS));
  observe_for (f, 0.5);
  check (holdfast_device_get_paired (f->headset));
  go_on (reached_state (f, "paired", "yes", SOON_SECONDS));
}

/* Numeric comparison, to which the headset gives no answer: Pair stays open. */
static gboolean
hold_open (Fixture *f, YesAgent **ret_agent, Call **ret_pair, GCancellable *cancellable)
{
  if (!world_do (f->world, "io DisplayYesNo") || !world_do (f->world, "agent hang")
      || !fixture_find_headset (f))
    return FALSE;
  *ret_agent = yes_agent_new (f);
  if (*ret_agent == NULL)
    return FALSE;
  *ret_pair = pair (f, cancellable);
  return reached (f, yes_agent_get_asked (*ret_agent) == 1, SOON_SECONDS)
         && expect_flag (f, "pairing is open", !(*ret_pair)->done, TRUE);
}

static void
cancelled (Fixture *f)
{
  g_autoptr (YesAgent) agent = NULL;
  Call *call = NULL;

  go_on (hold_open (f, &agent, &call, NULL));
  go_on (expect (f, cancel_pairing (f), "ok", SOON_SECONDS));
  go_on (expect (f, call, "AuthenticationCanceled", SOON_SECONDS));
  go_on (no_pairing_is_left (f));
  /* Nothing is open any more, so a second one is refused by the client. */
  go_on (expect (f, cancel_pairing (f), "io/failed", SOON_SECONDS));
}

static void
given_up_then_cancelled (Fixture *f)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (YesAgent) agent = NULL;
  Call *call = NULL;

  go_on (hold_open (f, &agent, &call, cancellable));
  g_cancellable_cancel (cancellable);
  go_on (expect (f, call, "io/cancelled", SOON_SECONDS));
  /* Giving up waiting ended nothing: it is still ours to cancel. */
  go_on (expect (f, cancel_pairing (f), "ok", SOON_SECONDS));
  go_on (no_pairing_is_left (f));
}

static void
cancelled_while_paging (Fixture *f)
{
  Call *call;

  go_on (fixture_find_headset (f));
  go_on (fixture_register_agent (f));
  go_on (world_do (f->world, "vanish"));
  call = pair (f, NULL);
  observe_for (f, 0.5);
  check (!call->done);
  go_on (expect (f, cancel_pairing (f), "ok", SOON_SECONDS));
  go_on (expect (f, call, "AuthenticationCanceled", SOON_SECONDS));
  check (!holdfast_device_get_paired (f->headset));
  go_on (world_do (f->world, "return"));
}

static void
cancelled_then_paired (Fixture *f)
{
  g_autoptr (YesAgent) agent = NULL;
  Call *call = NULL;

  go_on (hold_open (f, &agent, &call, NULL));
  go_on (expect (f, cancel_pairing (f), "ok", SOON_SECONDS));
  go_on (expect (f, call, "AuthenticationCanceled", SOON_SECONDS));
  await (!holdfast_device_get_connected (f->headset), SOON_SECONDS);

  go_on (world_do (f->world, "agent accept"));
  go_on (fixture_find_headset (f));
  go_on (expect (f, pair (f, NULL), "ok", 30));
  await (holdfast_device_get_paired (f->headset), SOON_SECONDS);
}

static void
removed_while_open (Fixture *f)
{
  g_autoptr (YesAgent) agent = NULL;
  Call *call = NULL;

  go_on (hold_open (f, &agent, &call, NULL));
  go_on (expect (f, remove_headset (f), "ok", SOON_SECONDS));
  go_on (expect (f, call, "AuthenticationCanceled", SOON_SECONDS));
  await (fixture_find (f, HEADSET_ADDRESS) == NULL, SOON_SECONDS);
  go_on (reached_state (f, "paired", "no", SOON_SECONDS));
}

static void
bus_left_while_open (Fixture *f)
{
  g_autoptr (YesAgent) agent = NULL;
  Call *call = NULL;

  go_on (hold_open (f, &agent, &call, NULL));
  fixture_close_bus (f);
  go_on (expect (f, call, "io/closed", SOON_SECONDS));
  go_on (reached_state (f, "connected", "no", SOON_SECONDS));
  go_on (reached_state (f, "paired", "no", SOON_SECONDS));
}

static void
a_second_pair_is_in_progress (Fixture *f)
{
  g_autoptr (YesAgent) agent = NULL;
  Call *first = NULL;

  go_on (hold_open (f, &agent, &first, NULL));
  go_on (expect (f, pair (f, NULL), "InProgress", SOON_SECONDS));
  check (!first->done);
  go_on (expect (f, cancel_pairing (f), "ok", SOON_SECONDS));
  go_on (expect (f, first, "AuthenticationCanceled", SOON_SECONDS));
  go_on (no_pairing_is_left (f));
}

const Case pair_cases[] = {
  { "pair/just-works",              "",              just_works                          },
  { "pair/services-and-maker",      "",              services_and_maker_are_known_then   },
  { "pair/without-agent",           "",              without_an_agent                    },
  { "pair/twice",                   "",              twice                               },
  { "pair/computer-forgot",         "",              after_this_computer_forgot          },
  { "pair/cancel-nothing",          "",              cancel_without_a_pairing_is_refused },
  { "pair/cancelled",               "agent",         cancelled                           },
  { "pair/given-up-then-cancelled", "agent",         given_up_then_cancelled             },
  { "pair/cancelled-while-paging",  "vanish",        cancelled_while_paging              },
  { "pair/cancelled-then-paired",   "agent",         cancelled_then_paired               },
  { "pair/removed-while-open",      "agent",         removed_while_open                  },
  { "pair/bus-left-while-open",     "agent clients", bus_left_while_open                 },
  { "pair/second-in-progress",      "agent",         a_second_pair_is_in_progress        },
  { NULL,                           NULL,            NULL                                },
};
