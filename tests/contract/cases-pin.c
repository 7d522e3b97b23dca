/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cases.h"

/* Sets from before Bluetooth 2.1, which want a PIN. */

static gboolean
find_legacy_headset (Fixture *f, const char *pin)
{
  return world_do (f->world, "legacy on") && world_do (f->world, "pin %s", pin)
         && fixture_find_headset (f) && fixture_register_agent (f);
}

/* bluetoothd tries the usual ones by itself first, with pauses, then asks once a Pair. Our agent
 * says 0000 to that, which fails; the person is asked in the next Pair. */
static gboolean
usual_pins_fail (Fixture *f)
{
  Call *call = pair (f, NULL);

  g_set_str (&call->name, "pair with the usual PINs");
  return expect (f, call, "AuthenticationFailed", 30)
         && expect_flag (f, "asked too early", f->pin_requests != 0, FALSE)
         && reached (f, !holdfast_device_get_connected (f->headset), SOON_SECONDS);
}

static Call *
pair_until_asked (Fixture *f)
{
  Call *call = pair (f, NULL);

  f->pin_requests = 0;
  if (!reached (f, f->pin_requests == 1, 30))
    return NULL;
  return expect_flag (f, "pairing is open", !call->done, TRUE) ? call : NULL;
}

static void
the_usual_pin_asks_nobody (Fixture *f)
{
  go_on (find_legacy_headset (f, "0000"));
  go_on (expect (f, pair (f, NULL), "ok", 60));
  await (holdfast_device_get_paired (f->headset), SOON_SECONDS);
  check (f->pin_requests == 0);
  check (f->refused == NULL);
}

static void
typed_by_the_person (Fixture *f)
{
  Call *call;

  go_on (find_legacy_headset (f, "7777"));
  go_on (usual_pins_fail (f));
  call = pair_until_asked (f);
  go_on (call != NULL);
  check (holdfast_device_get_legacy_pairing (f->headset));
  check (!holdfast_agent_give_pin (f->agent, ""));
  check (!holdfast_agent_give_pin (f->agent, "12345678901234567"));
  check (holdfast_agent_give_pin (f->agent, "7777"));
  go_on (expect (f, call, "ok", SOON_SECONDS));
  await (holdfast_device_get_paired (f->headset), SOON_SECONDS);
}

static void
typed_wrong_by_the_person (Fixture *f)
{
  Call *call;

  go_on (find_legacy_headset (f, "7777"));
  go_on (usual_pins_fail (f));
  call = pair_until_asked (f);
  go_on (call != NULL);
  check (holdfast_agent_give_pin (f->agent, "9999"));
  go_on (expect (f, call, "AuthenticationFailed", SOON_SECONDS));
  check (!holdfast_device_get_paired (f->headset));
  go_on (reached_state (f, "paired", "no", SOON_SECONDS));
  await (!holdfast_device_get_connected (f->headset), SOON_SECONDS);

  call = pair_until_asked (f);
  go_on (call != NULL);
  check (holdfast_agent_give_pin (f->agent, "7777"));
  g_set_str (&call->name, "pair with the right PIN");
  go_on (expect (f, call, "ok", SOON_SECONDS));
}

static void
cancelled_while_it_is_asked (Fixture *f)
{
  Call *call;

  go_on (find_legacy_headset (f, "7777"));
  go_on (usual_pins_fail (f));
  call = pair_until_asked (f);
  go_on (call != NULL);
  go_on (expect (f, cancel_pairing (f), "ok", SOON_SECONDS));
  go_on (expect (f, call, "AuthenticationCanceled", SOON_SECONDS));
  check (!holdfast_device_get_paired (f->headset));
  check (!holdfast_agent_give_pin (f->agent, "7777"));
  go_on (reached_state (f, "paired", "no", SOON_SECONDS));
}

static void
cancelled_before_it_is_asked (Fixture *f)
{
  Call *call;

  go_on (find_legacy_headset (f, "7777"));
  call = pair (f, NULL);
  observe_for (f, 1);
  check (!call->done);
  go_on (expect (f, cancel_pairing (f), "ok", SOON_SECONDS));
  go_on (expect (f, call, "AuthenticationCanceled", SOON_SECONDS));
  check (f->pin_requests == 0);
  check (!holdfast_device_get_paired (f->headset));
  go_on (reached_state (f, "paired", "no", SOON_SECONDS));
}

/* Each asked question takes bluetoothd ten seconds: the longest only where time costs nothing. Our
 * agent's 0000 is a wrong PIN as well, so that all the answers come from real bluetoothd. */
const Case pin_cases[] = {
  { "pin/usual",           "pin",              the_usual_pin_asks_nobody    },
  { "pin/typed",           "pin",              typed_by_the_person          },
  { "pin/typed-wrong",     "pin manual-clock", typed_wrong_by_the_person    },
  { "pin/cancelled-early", "pin",              cancelled_before_it_is_asked },
  { "pin/cancelled",       "pin manual-clock", cancelled_while_it_is_asked  },
  { NULL,                  NULL,               NULL                         },
};
