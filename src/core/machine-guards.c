/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "machine-private.h"

/* The conditions of the table's rows. They read the machine and the event, and change nothing. */

gboolean
holdfast_machine_if_radio_ready (const HoldfastTurn *turn)
{
  return turn->machine->config.guide || turn->machine->radio == HOLDFAST_FAILURE_NONE;
}

gboolean
holdfast_machine_if_radio_usable (const HoldfastTurn *turn)
{
  return holdfast_machine_has_radio (turn->machine);
}

gboolean
holdfast_machine_if_radio_lost (const HoldfastTurn *turn)
{
  return !holdfast_machine_has_radio (turn->machine);
}

gboolean
holdfast_machine_if_ready_and_way_is_unsure (const HoldfastTurn *turn)
{
  return holdfast_machine_if_radio_ready (turn)
         && turn->machine->config.question != HOLDFAST_QUESTION_NONE;
}

gboolean
holdfast_machine_if_way_is_unsure (const HoldfastTurn *turn)
{
  return turn->machine->config.question != HOLDFAST_QUESTION_NONE;
}

gboolean
holdfast_machine_if_before_checks (const HoldfastTurn *turn)
{
  return !turn->machine->continued;
}

gboolean
holdfast_machine_if_radio_usable_before_checks (const HoldfastTurn *turn)
{
  return holdfast_machine_if_radio_usable (turn) && holdfast_machine_if_before_checks (turn);
}

/* Connecting is what remains to be done, and the headset is there. */
static gboolean
bonded_and_here (const HoldfastTurn *turn)
{
  return turn->machine->bonded && turn->machine->device != 0;
}

gboolean
holdfast_machine_if_radio_usable_and_bonded (const HoldfastTurn *turn)
{
  return holdfast_machine_if_radio_usable (turn) && bonded_and_here (turn);
}

gboolean
holdfast_machine_if_bonded (const HoldfastTurn *turn)
{
  return turn->machine->bonded && turn->event->device != 0;
}

gboolean
holdfast_machine_if_told_failure (const HoldfastTurn *turn)
{
  return turn->event->failure != HOLDFAST_FAILURE_NONE;
}

gboolean
holdfast_machine_if_can_switch_on (const HoldfastTurn *turn)
{
  const HoldfastMachine *self = turn->machine;
  HoldfastFailure failure = self->state == HOLDFAST_STATE_GET_READY ? self->radio : self->failure;
  HoldfastRepair repair = holdfast_failure_get_repair (failure);

  return !self->config.guide
         && (repair == HOLDFAST_REPAIR_TURN_ON || repair == HOLDFAST_REPAIR_UNBLOCK);
}

gboolean
holdfast_machine_if_known_headset (const HoldfastTurn *turn)
{
  return turn->machine->known_device != 0 && !turn->machine->config.guide;
}

gboolean
holdfast_machine_if_not_asked_for_afresh (const HoldfastTurn *turn)
{
  return !turn->machine->chose_afresh && !turn->machine->config.guide;
}

gboolean
holdfast_machine_if_chose_known (const HoldfastTurn *turn)
{
  return turn->machine->chose_known && turn->machine->known_device != 0;
}

gboolean
holdfast_machine_if_is_ours (const HoldfastTurn *turn)
{
  return turn->event->device != 0 && turn->event->device == turn->machine->device;
}

gboolean
holdfast_machine_if_ours_before_checks (const HoldfastTurn *turn)
{
  return holdfast_machine_if_is_ours (turn) && holdfast_machine_if_before_checks (turn);
}

gboolean
holdfast_machine_if_ours_and_no_pair_out (const HoldfastTurn *turn)
{
  return holdfast_machine_if_is_ours (turn) && !turn->machine->pair_pending;
}

static gboolean
has_flag (const HoldfastTurn *turn, HoldfastDeviceFlags flag)
{
  return (turn->machine->flags & flag) == flag;
}

gboolean
holdfast_machine_if_has_old_pairing (const HoldfastTurn *turn)
{
  return has_flag (turn, HOLDFAST_DEVICE_PAIRED);
}

gboolean
holdfast_machine_if_is_blocked (const HoldfastTurn *turn)
{
  return has_flag (turn, HOLDFAST_DEVICE_BLOCKED);
}

gboolean
holdfast_machine_if_has_sound (const HoldfastTurn *turn)
{
  return has_flag (turn, HOLDFAST_DEVICE_CONNECTED | HOLDFAST_DEVICE_TRANSPORT);
}

gboolean
holdfast_machine_if_not_connected (const HoldfastTurn *turn)
{
  return holdfast_machine_if_is_ours (turn) && !has_flag (turn, HOLDFAST_DEVICE_CONNECTED);
}

gboolean
holdfast_machine_if_bonded_and_has_sound (const HoldfastTurn *turn)
{
  return bonded_and_here (turn) && holdfast_machine_if_has_sound (turn);
}

/* The hold. */

gboolean
holdfast_machine_if_nothing_to_hold (const HoldfastTurn *turn)
{
  return holdfast_machine_get_first_step (turn->machine) < 0;
}

gboolean
holdfast_machine_if_guide_and_nothing_to_hold (const HoldfastTurn *turn)
{
  return turn->machine->config.guide && holdfast_machine_if_nothing_to_hold (turn);
}

gboolean
holdfast_machine_if_on_last_step (const HoldfastTurn *turn)
{
  return (int) turn->machine->step >= holdfast_machine_get_last_step (turn->machine);
}

gboolean
holdfast_machine_if_guide_on_last_step (const HoldfastTurn *turn)
{
  return turn->machine->config.guide && holdfast_machine_if_on_last_step (turn);
}

/* Steps without a time, and "if it is on, switch it off" for a headset that is off. */
gboolean
holdfast_machine_if_step_waits_for_person (const HoldfastTurn *turn)
{
  const HoldfastGesture *gesture = holdfast_machine_get_gesture (turn->machine);

  return !holdfast_machine_if_on_last_step (turn)
         && (holdfast_machine_get_step_length_us (turn->machine) < 0
             || holdfast_gesture_get_step (gesture, turn->machine->step)->only_if_on);
}

/* The light may flash from the earliest mark on; who sees it need not hold to the end. */
gboolean
holdfast_machine_if_lets_go_after_earliest (const HoldfastTurn *turn)
{
  const HoldfastMachine *self = turn->machine;
  const HoldfastGesture *gesture = holdfast_machine_get_gesture (self);
  const HoldfastStep *step;

  if (!holdfast_machine_if_on_last_step (turn) || holdfast_machine_if_nothing_to_hold (turn))
    return FALSE;
  step = holdfast_gesture_get_step (gesture, self->step);
  return turn->now_us >= self->step_began_us + (gint64) step->earliest_ms * 1000;
}

gboolean
holdfast_machine_if_guide_lets_go_after_earliest (const HoldfastTurn *turn)
{
  return turn->machine->config.guide && holdfast_machine_if_lets_go_after_earliest (turn);
}

gboolean
holdfast_machine_if_window_is_over (const HoldfastTurn *turn)
{
  return turn->now_us >= holdfast_machine_get_window_end_us (turn->machine);
}

/* "What does the light do?" */

gboolean
holdfast_machine_if_says_it_pairs (const HoldfastTurn *turn)
{
  return turn->event->arg == HOLDFAST_LIGHT_ANSWER_PAIRS
         || turn->event->arg == HOLDFAST_LIGHT_ANSWER_VOICE;
}

gboolean
holdfast_machine_if_guide_says_it_pairs (const HoldfastTurn *turn)
{
  return turn->machine->config.guide && holdfast_machine_if_says_it_pairs (turn);
}

gboolean
holdfast_machine_if_says_it_pairs_again (const HoldfastTurn *turn)
{
  return holdfast_machine_if_says_it_pairs (turn) && turn->machine->looks > 0;
}

#define SAYS(name, answer)                                                                         \
  gboolean holdfast_machine_if_says_##name (const HoldfastTurn *turn)                              \
  {                                                                                                \
    return turn->event->arg == HOLDFAST_LIGHT_ANSWER_##answer;                                     \
  }

SAYS (red, RED)
SAYS (slow, SLOW)
SAYS (solid, SOLID)
SAYS (nothing_lights, NOTHING)

/* The same answer a second time: what the first one advised did not help, so the way is wrong. */
gboolean
holdfast_machine_if_says_the_same_again (const HoldfastTurn *turn)
{
  int answer = turn->event->arg;

  return (holdfast_machine_if_says_slow (turn) || holdfast_machine_if_says_solid (turn)
          || holdfast_machine_if_says_nothing_lights (turn))
         && (turn->machine->answers & (1u << answer)) != 0;
}

gboolean
holdfast_machine_if_says_the_same_and_way_left (const HoldfastTurn *turn)
{
  guint way;

  return holdfast_machine_if_says_the_same_again (turn)
         && holdfast_machine_find_untried_way (turn->machine, &way);
}

/* Whose headset is it? */

gboolean
holdfast_machine_if_is_certain (const HoldfastTurn *turn)
{
  const HoldfastVerdict *verdict = &turn->event->verdict;

  return verdict->kind == HOLDFAST_VERDICT_CERTAIN && verdict->device != 0;
}

gboolean
holdfast_machine_if_is_certain_as_before (const HoldfastTurn *turn)
{
  return holdfast_machine_if_is_certain (turn)
         && turn->event->verdict.device == turn->machine->device;
}

gboolean
holdfast_machine_if_is_any_question (const HoldfastTurn *turn)
{
  const HoldfastVerdict *verdict = &turn->event->verdict;

  return verdict->device != 0
         && (verdict->kind == HOLDFAST_VERDICT_ASK || verdict->kind == HOLDFAST_VERDICT_OFFER);
}

gboolean
holdfast_machine_if_is_question (const HoldfastTurn *turn)
{
  return holdfast_machine_if_is_any_question (turn)
         && turn->event->verdict.device != turn->machine->snoozed;
}

/* A neighbour's headset that was there before does not break a hold. */
gboolean
holdfast_machine_if_is_new_question (const HoldfastTurn *turn)
{
  return holdfast_machine_if_is_question (turn) && turn->event->verdict.new_since_hold;
}

gboolean
holdfast_machine_if_is_hint (const HoldfastTurn *turn)
{
  return turn->event->verdict.kind == HOLDFAST_VERDICT_HINT;
}

gboolean
holdfast_machine_if_asked_while_looking (const HoldfastTurn *turn)
{
  return turn->machine->asked_from == HOLDFAST_STATE_LOOKING;
}

static HoldfastDeviceFlags
get_flags_of_mine (const HoldfastTurn *turn)
{
  const HoldfastVerdict *verdict = &turn->machine->verdict;
  HoldfastDeviceFlags flags = turn->event->flags;

  if (verdict->device == turn->event->device) {
    if (verdict->paired)
      flags |= HOLDFAST_DEVICE_PAIRED;
    if (verdict->blocked)
      flags |= HOLDFAST_DEVICE_BLOCKED;
  }
  return flags;
}

gboolean
holdfast_machine_if_names_a_device (const HoldfastTurn *turn)
{
  return turn->event->device != 0;
}

gboolean
holdfast_machine_if_mine_has_old_pairing (const HoldfastTurn *turn)
{
  return holdfast_machine_if_names_a_device (turn)
         && (get_flags_of_mine (turn) & HOLDFAST_DEVICE_PAIRED) != 0;
}

gboolean
holdfast_machine_if_mine_is_blocked (const HoldfastTurn *turn)
{
  return holdfast_machine_if_names_a_device (turn)
         && (get_flags_of_mine (turn) & HOLDFAST_DEVICE_BLOCKED) != 0;
}

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

/* The person has said already whose it is: certain, or the only one, at the same address. */
gboolean
holdfast_machine_if_is_seen_again (const HoldfastTurn *turn)
{
  const HoldfastVerdict *verdict = &turn->event->verdict;

  if (!is_forgotten (turn) || verdict->paired || verdict->blocked)
    return FALSE;
  return holdfast_machine_if_is_certain (turn)
         || (verdict->kind == HOLDFAST_VERDICT_ASK && verdict->device != 0 && verdict->familiar
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
  return bonded_and_here (turn) && !repair_is (turn, HOLDFAST_REPAIR_HOLD_AGAIN);
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
  return holdfast_machine_if_failed_for_radio (turn) && bonded_and_here (turn);
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
         && !self->pair_pending && !self->removing && self->remove_device == 0;
}
