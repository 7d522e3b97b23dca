/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "machine-private.h"

/* The rest of the conditions: what replies to calls say, and what repairs a failure has. */

/* Forgetting. */

/* An object that is gone is as good as removed. */
gboolean
holdfast_machine_if_removal_failed (const HoldfastTurn *turn)
{
  return turn->removed != 0 && turn->removed == turn->machine->device
         && holdfast_machine_if_told_failure (turn)
         && turn->event->failure != HOLDFAST_FAILURE_LEFT_PAIRING_MODE;
}

gboolean
holdfast_machine_if_removed (const HoldfastTurn *turn)
{
  return turn->removed != 0 && turn->removed == turn->machine->device;
}

/* It was never in pairing mode: the button has to be held first. */
gboolean
holdfast_machine_if_removed_before_hold (const HoldfastTurn *turn)
{
  return holdfast_machine_if_removed (turn) && turn->machine->window_began_us < 0;
}

gboolean
holdfast_machine_if_removed_before_checks (const HoldfastTurn *turn)
{
  return holdfast_machine_if_removed_before_hold (turn) && holdfast_machine_if_before_checks (turn);
}

static gboolean
is_forgotten (const HoldfastTurn *turn)
{
  return turn->machine->device == 0;
}

/* The person has said already whose it is: the only one, at the address that had the pairing. How
 * certain the detector is counts for nothing: the hold it reckons from was for the one that was
 * forgotten, and a neighbour's that was silent for a moment is new since then as well. */
gboolean
holdfast_machine_if_is_seen_again (const HoldfastTurn *turn)
{
  const HoldfastVerdict *verdict = &turn->event->verdict;

  if (!is_forgotten (turn) || verdict->paired || verdict->blocked || !verdict->familiar)
    return FALSE;
  return holdfast_machine_if_is_certain (turn)
         || (verdict->kind == HOLDFAST_VERDICT_ASK && verdict->device != 0
             && verdict->n_candidates == 1);
}

gboolean
holdfast_machine_if_is_something_else (const HoldfastTurn *turn)
{
  return is_forgotten (turn)
         && (holdfast_machine_if_is_any_question (turn) || holdfast_machine_if_is_certain (turn));
}

/* Replies. */

gboolean
holdfast_machine_if_unblock_failed (const HoldfastTurn *turn)
{
  return turn->machine->unblocking && holdfast_machine_if_told_failure (turn);
}

gboolean
holdfast_machine_if_unblocked_and_bonded (const HoldfastTurn *turn)
{
  return turn->machine->unblocking && turn->machine->bonded;
}

gboolean
holdfast_machine_if_unblocked (const HoldfastTurn *turn)
{
  return turn->machine->unblocking;
}

gboolean
holdfast_machine_if_succeeded (const HoldfastTurn *turn)
{
  return !holdfast_machine_if_told_failure (turn);
}

gboolean
holdfast_machine_if_succeeded_and_paired (const HoldfastTurn *turn)
{
  return holdfast_machine_if_succeeded (turn) && holdfast_machine_if_has_old_pairing (turn);
}

gboolean
holdfast_machine_if_already_paired (const HoldfastTurn *turn)
{
  return turn->event->failure == HOLDFAST_FAILURE_ALREADY_PAIRED;
}

gboolean
holdfast_machine_if_already_paired_in_pairing_mode (const HoldfastTurn *turn)
{
  return holdfast_machine_if_already_paired (turn) && turn->machine->window_began_us >= 0;
}

/* It was unpaired when Pair was called, so the pairing is ours whatever the reply says: before
 * BlueZ 5.87 a service search that fails after a good pairing fails the call. */
gboolean
holdfast_machine_if_failed_but_paired (const HoldfastTurn *turn)
{
  return holdfast_machine_if_told_failure (turn) && holdfast_machine_if_has_old_pairing (turn);
}

gboolean
holdfast_machine_if_wrong_pin (const HoldfastTurn *turn)
{
  return turn->event->failure == HOLDFAST_FAILURE_WRONG_PIN && turn->machine->pin_tries < 3;
}

gboolean
holdfast_machine_if_pair_again_helps (const HoldfastTurn *turn)
{
  HoldfastFailure failure = turn->event->failure;

  return turn->machine->pair_tries == 0
         && (failure == HOLDFAST_FAILURE_INTERRUPTED || failure == HOLDFAST_FAILURE_REJECTED
             || failure == HOLDFAST_FAILURE_BUSY || failure == HOLDFAST_FAILURE_OTHER_PROGRAM);
}

gboolean
holdfast_machine_if_told_blocked (const HoldfastTurn *turn)
{
  return turn->event->failure == HOLDFAST_FAILURE_DEVICE_BLOCKED;
}

gboolean
holdfast_machine_if_client_timed_out (const HoldfastTurn *turn)
{
  return turn->event->failure == HOLDFAST_FAILURE_CLIENT_TIMEOUT;
}

gboolean
holdfast_machine_if_pair_is_out (const HoldfastTurn *turn)
{
  return turn->machine->pair_pending && turn->machine->pair_asked;
}

/* It was unpaired when it was chosen, and we have not asked yet: another program was faster. */
gboolean
holdfast_machine_if_paired_by_another (const HoldfastTurn *turn)
{
  const HoldfastMachine *self = turn->machine;

  return !self->pair_asked && self->device != self->remove_device
         && self->device != self->remove_next && holdfast_machine_if_has_old_pairing (turn);
}

gboolean
holdfast_machine_if_flag_came (const HoldfastTurn *turn)
{
  return turn->machine->pair_replied && holdfast_machine_if_has_old_pairing (turn);
}

/* A Pair that waits for a removal was never asked, and the pairing that is there is not ours. */
gboolean
holdfast_machine_if_asked_and_paired (const HoldfastTurn *turn)
{
  return turn->machine->pair_asked && holdfast_machine_if_has_old_pairing (turn);
}

gboolean
holdfast_machine_if_flag_never_came (const HoldfastTurn *turn)
{
  return turn->machine->pair_replied;
}

gboolean
holdfast_machine_if_connected (const HoldfastTurn *turn)
{
  return holdfast_machine_if_succeeded (turn)
         || turn->event->failure == HOLDFAST_FAILURE_ALREADY_CONNECTED;
}

gboolean
holdfast_machine_if_keys_do_not_fit (const HoldfastTurn *turn)
{
  return turn->event->failure == HOLDFAST_FAILURE_KEY_MISSING
         || turn->event->failure == HOLDFAST_FAILURE_STALE_BOND;
}

gboolean
holdfast_machine_if_connect_try_left (const HoldfastTurn *turn)
{
  return turn->machine->connect_tries < 2;
}

gboolean
holdfast_machine_if_connect_again_helps (const HoldfastTurn *turn)
{
  HoldfastFailure failure = turn->event->failure;

  return holdfast_machine_if_connect_try_left (turn)
         && (failure == HOLDFAST_FAILURE_CONNECT_REFUSED || failure == HOLDFAST_FAILURE_BUSY
             || failure == HOLDFAST_FAILURE_CONNECT_ABORTED
             || failure == HOLDFAST_FAILURE_INTERRUPTED || failure == HOLDFAST_FAILURE_UNKNOWN
             || failure == HOLDFAST_FAILURE_CLIENT_TIMEOUT);
}

gboolean
holdfast_machine_if_verify_try_left (const HoldfastTurn *turn)
{
  return turn->machine->verify_tries == 0;
}

/* Repairs. */

static gboolean
repair_is (const HoldfastTurn *turn, HoldfastRepair repair)
{
  return holdfast_failure_get_repair (turn->machine->failure) == repair;
}

gboolean
holdfast_machine_if_repair_forgets (const HoldfastTurn *turn)
{
  return repair_is (turn, HOLDFAST_REPAIR_FORGET_AND_PAIR) && turn->machine->device != 0;
}

gboolean
holdfast_machine_if_repair_chooses_another (const HoldfastTurn *turn)
{
  return repair_is (turn, HOLDFAST_REPAIR_CHOOSE_ANOTHER);
}

gboolean
holdfast_machine_if_repair_unblocks (const HoldfastTurn *turn)
{
  return repair_is (turn, HOLDFAST_REPAIR_UNBLOCK_DEVICE) && turn->machine->device != 0;
}

gboolean
holdfast_machine_if_repair_connects (const HoldfastTurn *turn)
{
  return holdfast_machine_is_bonded_and_here (turn)
         && !repair_is (turn, HOLDFAST_REPAIR_HOLD_AGAIN);
}

gboolean
holdfast_machine_if_next_cause_left (const HoldfastTurn *turn)
{
  return holdfast_failure_get_next (turn->machine->failure) != HOLDFAST_FAILURE_NONE;
}

gboolean
holdfast_machine_if_failed_for_radio (const HoldfastTurn *turn)
{
  HoldfastFailure failure = turn->machine->failure;

  return holdfast_machine_if_radio_ready (turn) && failure >= HOLDFAST_FAILURE_NO_SERVICE
         && failure != HOLDFAST_FAILURE_ADAPTER_TROUBLE
         && failure <= HOLDFAST_FAILURE_INACTIVE_SEAT;
}

gboolean
holdfast_machine_if_failed_for_radio_and_bonded (const HoldfastTurn *turn)
{
  return holdfast_machine_if_failed_for_radio (turn) && holdfast_machine_is_bonded_and_here (turn);
}

gboolean
holdfast_machine_if_failed_for_radio_before_checks (const HoldfastTurn *turn)
{
  return holdfast_machine_if_failed_for_radio (turn) && holdfast_machine_if_before_checks (turn);
}

gboolean
holdfast_machine_if_all_released (const HoldfastTurn *turn)
{
  const HoldfastMachine *self = turn->machine;

  return self->discovery == HOLDFAST_RESOURCE_OFF && self->agent == HOLDFAST_RESOURCE_OFF
         && !self->pair_pending && !self->removing && self->remove_device == 0
         && !(self->made_bond && !self->keep_bond && self->bond_device == 0);
}
