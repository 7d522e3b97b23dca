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
gboolean
holdfast_machine_is_bonded_and_here (const HoldfastTurn *turn)
{
  return turn->machine->bonded && turn->machine->device != 0;
}

gboolean
holdfast_machine_if_radio_usable_and_bonded (const HoldfastTurn *turn)
{
  return holdfast_machine_if_radio_usable (turn) && holdfast_machine_is_bonded_and_here (turn);
}

gboolean
holdfast_machine_if_bonded (const HoldfastTurn *turn)
{
  const HoldfastMachine *self = turn->machine;

  /* Not another one while ours is there. */
  return self->bonded && turn->event->device != 0
         && (self->device == 0 || self->device == turn->event->device);
}

/* A pairing of ours that is on its way out, or not wholly made: nothing to be offered. */
gboolean
holdfast_machine_if_half_made (const HoldfastTurn *turn)
{
  const HoldfastMachine *self = turn->machine;
  guint device = turn->event->device;

  return device == self->remove_device || device == self->remove_next
         || (self->pair_due && device == self->pair_device)
         || (self->made_bond && !self->keep_bond && device == self->bond_device);
}

/* Our own pairing: it may have been lost before the headset was trusted. */
gboolean
holdfast_machine_if_bonded_by_us (const HoldfastTurn *turn)
{
  const HoldfastMachine *self = turn->machine;

  return holdfast_machine_if_bonded (turn) && self->made_bond
         && self->bond_device == turn->event->device;
}

gboolean
holdfast_machine_if_radio_usable_and_bonded_by_us (const HoldfastTurn *turn)
{
  const HoldfastMachine *self = turn->machine;

  return holdfast_machine_if_radio_usable_and_bonded (turn) && self->made_bond && !self->keep_bond
         && self->bond_device == self->device;
}

gboolean
holdfast_machine_if_nothing_begun (const HoldfastTurn *turn)
{
  return holdfast_machine_if_not_asked_for_afresh (turn) && turn->machine->hold_began_us < 0;
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
  return holdfast_machine_is_bonded_and_here (turn) && holdfast_machine_if_has_sound (turn);
}

/* With the connection the key goes that was for it alone. */
gboolean
holdfast_machine_if_pairing_is_lost (const HoldfastTurn *turn)
{
  return holdfast_machine_if_is_ours (turn) && turn->machine->unstored
         && !has_flag (turn, HOLDFAST_DEVICE_PAIRED);
}

/* The hold. */

gboolean
holdfast_machine_if_nothing_to_hold (const HoldfastTurn *turn)
{
  return holdfast_machine_get_first_step (turn->machine) < 0;
}

/* Who began again may press the key of "I'm holding now" with the finger still where it was. */
gboolean
holdfast_machine_if_hands_are_free (const HoldfastTurn *turn)
{
  return !turn->machine->let_go;
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
