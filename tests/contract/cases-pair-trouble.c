/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cases.h"

#include <string.h>

/* Pairing that the headset, the air or the agent spoils. Each error is what bluetoothd 5.82 says.
 */

static gboolean
not_paired (Fixture *f)
{
  return expect_flag (f, "paired", holdfast_device_get_paired (f->headset), FALSE)
         && reached_state (f, "paired", "no", SOON_SECONDS);
}

static void
numbers_are_refused_by_our_agent (Fixture *f)
{
  go_on (world_do (f->world, "io DisplayYesNo"));
  go_on (fixture_find_headset (f));
  go_on (fixture_register_agent (f));
  go_on (expect (f, pair (f, NULL), "AuthenticationFailed", 30));
  expect_text (f, "refused", f->refused ? f->refused : "", "RequestConfirmation");
  go_on (not_paired (f));
}

static void
the_headset_says_no (Fixture *f)
{
  g_autoptr (YesAgent) agent = NULL;

  go_on (world_do (f->world, "io DisplayYesNo"));
  go_on (world_do (f->world, "agent reject"));
  go_on (fixture_find_headset (f));
  agent = yes_agent_new (f);
  go_on (agent != NULL);
  go_on (expect (f, pair (f, NULL), "AuthenticationFailed", 30));
  go_on (not_paired (f));
}

static void
the_headset_never_answers (Fixture *f)
{
  g_autoptr (YesAgent) agent = NULL;

  go_on (world_do (f->world, "set lmp 3"));
  go_on (world_do (f->world, "io DisplayYesNo"));
  go_on (world_do (f->world, "agent hang"));
  go_on (fixture_find_headset (f));
  agent = yes_agent_new (f);
  go_on (agent != NULL);
  go_on (expect (f, pair (f, NULL), "AuthenticationTimeout", 30));
  go_on (not_paired (f));
}

static void
it_left_pairing_mode (Fixture *f)
{
  go_on (world_do (f->world, "set page 1"));
  go_on (fixture_find_headset (f));
  go_on (fixture_register_agent (f));
  go_on (world_do (f->world, "pairing-mode off"));
  go_on (expect (f, pair (f, NULL), "ConnectionAttemptFailed: Page Timeout", 30));
  go_on (not_paired (f));
}

static void
it_lets_itself_not_be_paired (Fixture *f)
{
  go_on (fixture_find_headset (f));
  go_on (fixture_register_agent (f));
  go_on (world_do (f->world, "pairable off"));
  go_on (expect (f, pair (f, NULL), "AuthenticationRejected", 30));
  go_on (not_paired (f));
}

static void
it_vanished_before (Fixture *f)
{
  go_on (world_do (f->world, "set page 1"));
  go_on (fixture_find_headset (f));
  go_on (fixture_register_agent (f));
  go_on (world_do (f->world, "vanish"));
  go_on (expect (f, pair (f, NULL), "ConnectionAttemptFailed: Page Timeout", 30));
  check (!holdfast_device_get_paired (f->headset));

  /* It comes back as if nothing had been. */
  go_on (world_do (f->world, "return"));
  go_on (fixture_pair_headset (f));
}

static void
it_vanished_midway (Fixture *f)
{
  g_autoptr (YesAgent) agent = NULL;
  Call *call;

  go_on (world_do (f->world, "set supervision 1"));
  go_on (world_do (f->world, "io DisplayYesNo"));
  go_on (world_do (f->world, "agent hang"));
  go_on (fixture_find_headset (f));
  agent = yes_agent_new (f);
  go_on (agent != NULL);
  call = pair (f, NULL);
  await (yes_agent_get_asked (agent) == 1, SOON_SECONDS);
  go_on (world_do (f->world, "vanish"));
  go_on (expect (f, call, "AuthenticationCanceled", 30));
  check (!holdfast_device_get_paired (f->headset));
  await (!holdfast_device_get_connected (f->headset), SOON_SECONDS);
}

typedef struct {
  const char *what;
  guint status;
  const char *answer;
} Status;

/* The same headset again and again: a failed attempt must not spoil the next one.
 * @vanishes: bluetoothd forgets the device, so that it has to be found again: so it does when
 * nobody was there when it called, in the moment after its answer. */
static void
try_statuses (Fixture *f, const char *kind, const Status *statuses, gboolean vanishes)
{
  go_on (fixture_register_agent (f));
  for (guint i = 0; statuses[i].what != NULL; i++) {
    Call *call;

    if (vanishes || f->headset == NULL)
      go_on (fixture_find_headset (f));
    go_on (world_do (f->world, "next %s 0x%02x", kind, statuses[i].status));
    call = pair (f, NULL);
    g_set_str (&call->name, statuses[i].what);
    go_on (expect (f, call, statuses[i].answer, 30));
    go_on (not_paired (f));
    await (!holdfast_device_get_connected (f->headset), SOON_SECONDS);
  }
  go_on (fixture_pair_headset (f));
}

static void
authentication_statuses (Fixture *f)
{
  static const Status statuses[] = {
    { "pair, authentication 0x05", 0x05, "AuthenticationFailed"   },
    { "pair, authentication 0x06", 0x06, "AuthenticationFailed"   },
    { "pair, authentication 0x18", 0x18, "AuthenticationRejected" },
    { "pair, authentication 0x22", 0x22, "AuthenticationTimeout"  },
    { "pair, authentication 0x08", 0x08, "AuthenticationTimeout"  },
    { NULL,                        0,    NULL                     },
  };

  try_statuses (f, "auth", statuses, FALSE);
}

static void
paging_statuses (Fixture *f)
{
  static const Status statuses[] = {
    { "pair, paging 0x04", 0x04, "ConnectionAttemptFailed: Page Timeout" },
    { "pair, paging 0x0d", 0x0d, "AuthenticationCanceled"                },
    { "pair, paging 0x09", 0x09, "AuthenticationCanceled"                },
    { "pair, paging 0x0f", 0x0f, "AuthenticationRejected"                },
    { "pair, paging 0x10", 0x10, "AuthenticationTimeout"                 },
    { NULL,                0,    NULL                                    },
  };

  try_statuses (f, "page", statuses, TRUE);
}

const Case pair_trouble_cases[] = {
  { "pair/numbers-refused",         "agent",               numbers_are_refused_by_our_agent },
  { "pair/headset-says-no",         "agent",               the_headset_says_no              },
  { "pair/headset-hangs",           "agent timing",        the_headset_never_answers        },
  { "pair/left-pairing-mode",       "timing",              it_left_pairing_mode             },
  { "pair/not-pairable",            "pairable",            it_lets_itself_not_be_paired     },
  { "pair/vanished-before",         "vanish timing",       it_vanished_before               },
  { "pair/vanished-midway",         "vanish agent timing", it_vanished_midway               },
  { "pair/authentication-statuses", "faults",              authentication_statuses          },
  { "pair/paging-statuses",         "faults",              paging_statuses                  },
  { NULL,                           NULL,                  NULL                             },
};
