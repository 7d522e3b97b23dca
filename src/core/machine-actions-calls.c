/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "machine-private.h"

#define SECONDS(n) HOLDFAST_MACHINE_SECONDS (n)

/* The rest of the actions: around Pair and Connect, and failing. */

#define ACTION(name) void holdfast_machine_do_##name (HoldfastTurn *turn)
#define RUN(name) holdfast_machine_do_##name (turn)

/* Pairing. */

ACTION (ask_for_pairing)
{
  HoldfastMachine *self = turn->machine;

  self->pair_asked = FALSE;
  self->pair_replied = FALSE;
  self->pair_tries = 0;
  self->pin_tries = 0;
}

ACTION (pair_once_more)
{
  turn->machine->pair_asked = FALSE;
  turn->machine->pair_replied = FALSE;
}

/* While the call is out it is the agent that hands the PIN over; otherwise Pair is asked again. */
ACTION (give_pin)
{
  if (!turn->machine->pair_pending)
    RUN (pair_once_more);
}

ACTION (wrong_pin)
{
  turn->machine->pin_tries++;
}

ACTION (pause)
{
  HoldfastMachine *self = turn->machine;
  HoldfastFailure failure = turn->event->failure;

  self->pair_tries++;
  if (failure == HOLDFAST_FAILURE_INTERRUPTED)
    self->pause_us = SECONDS (2);
  else if (failure == HOLDFAST_FAILURE_REJECTED)
    self->pause_us = SECONDS (3);
  else
    self->pause_us = SECONDS (10);
}

ACTION (await_flag)
{
  turn->machine->pair_replied = TRUE;
  holdfast_machine_mark_bond (turn->machine, turn->machine->device);
}

ACTION (paired_by_us)
{
  holdfast_machine_mark_bond (turn->machine, turn->machine->device);
}

ACTION (use_existing_pairing)
{
  turn->machine->bonded = TRUE;
}

/* Connecting. */

ACTION (connect_afresh)
{
  HoldfastMachine *self = turn->machine;

  self->bonded = TRUE;
  self->connect_tries = 0;
  self->verify_tries = 0;
}

ACTION (connect_known)
{
  RUN (make_known);
  RUN (connect_afresh);
}

ACTION (pause_connect)
{
  turn->machine->pause_us = SECONDS (3);
}

ACTION (verify_once_more)
{
  turn->machine->verify_tries++;
}

ACTION (keep_the_bond)
{
  turn->machine->keep_bond = TRUE;
}

/* Failing. */

static void
fail (HoldfastTurn *turn, HoldfastFailure failure)
{
  turn->machine->failure = failure;
}

ACTION (fail_as_told)
{
  HoldfastFailure failure = turn->event->failure;

  fail (turn, failure != HOLDFAST_FAILURE_NONE ? failure : HOLDFAST_FAILURE_UNKNOWN);
}

#define FAIL_WITH(name, cause)                                                                     \
  ACTION (name)                                                                                    \
  {                                                                                                \
    fail (turn, HOLDFAST_FAILURE_##cause);                                                         \
  }

FAIL_WITH (fail_connect_timeout, CONNECT_TIMEOUT)
FAIL_WITH (fail_no_answer, NO_ANSWER)
FAIL_WITH (fail_no_sound_channel, NO_SOUND_CHANNEL)
FAIL_WITH (fail_not_stored, NOT_STORED)

/* What is left of a pairing that we made and that never played is a trusted stranger. */
ACTION (lose_pairing)
{
  HoldfastMachine *self = turn->machine;

  RUN (fail_not_stored);
  if (self->made_bond && !self->keep_bond && self->bond_device == self->device)
    holdfast_machine_undo_bond (self, self->device);
}

ACTION (fail_connection_lost)
{
  fail (turn, HOLDFAST_FAILURE_CONNECTION_LOST);
  if (turn->event->kind == HOLDFAST_EVENT_GONE)
    holdfast_machine_forget_choice (turn->machine);
}

ACTION (fail_left_pairing_mode)
{
  fail (turn, HOLDFAST_FAILURE_LEFT_PAIRING_MODE);
  if (turn->event->kind == HOLDFAST_EVENT_GONE)
    holdfast_machine_forget_choice (turn->machine);
}

/* Trying once more begins with the hints again, not with the same end. */
ACTION (fail_not_seen)
{
  fail (turn, HOLDFAST_FAILURE_NOT_SEEN);
  turn->machine->answers = 0;
}

ACTION (fail_unseen_in_pairing)
{
  fail (turn, HOLDFAST_FAILURE_UNSEEN_IN_PAIRING);
  turn->machine->looks = 0;
}

ACTION (next_cause)
{
  fail (turn, holdfast_failure_get_next (turn->machine->failure));
}
