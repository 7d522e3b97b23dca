/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "machine-private.h"

/* What the table's rows do. Discovery, the agent, Pair, Connect, removal and cancelling are not
 * here: they follow from the state, see reconcile() in machine.c. */

#define ACTION(name) void holdfast_machine_do_##name (HoldfastTurn *turn)
#define RUN(name) holdfast_machine_do_##name (turn)

/* Shared by the actions. */

void
holdfast_machine_request_removal (HoldfastMachine *self, guint device)
{
  if (device == 0 || device == self->remove_device)
    return;
  if (self->remove_device == 0)
    self->remove_device = device;
  else
    self->remove_next = device;
}

static void
note_another (HoldfastMachine *self, guint device)
{
  self->knows_another = self->known_device != 0 && self->known_device != device;
}

void
holdfast_machine_undo_bond (HoldfastMachine *self, guint device)
{
  if (!self->made_bond || self->bond_device != device)
    note_another (self, device);
  self->undoing = device;
  holdfast_machine_request_removal (self, device);
}

void
holdfast_machine_mark_bond (HoldfastMachine *self, guint device)
{
  self->made_bond = TRUE;
  self->bond_device = device;
  note_another (self, device);
  self->keep_bond = FALSE;
  self->bonded = TRUE;
}

void
holdfast_machine_forget_choice (HoldfastMachine *self)
{
  self->device = 0;
  self->flags = 0;
  self->bonded = FALSE;
  self->unstored = FALSE;
  self->chose_known = FALSE;
}

static void
choose (HoldfastMachine *self, guint device, HoldfastDeviceFlags flags)
{
  holdfast_machine_forget_choice (self);
  self->device = device;
  self->flags = flags;
}

static HoldfastDeviceFlags
get_flags_of_verdict (const HoldfastVerdict *verdict)
{
  return (verdict->paired ? HOLDFAST_DEVICE_PAIRED : 0)
         | (verdict->blocked ? HOLDFAST_DEVICE_BLOCKED : 0);
}

/* Entering. */

void
holdfast_machine_enter_ask_unblock (HoldfastTurn *turn)
{
  turn->machine->unblocking = FALSE;
}

void
holdfast_machine_enter_hold (HoldfastTurn *turn)
{
  HoldfastMachine *self = turn->machine;

  if (self->way < 32)
    self->ways_tried |= 1u << self->way;
}

void
holdfast_machine_end_hold (HoldfastTurn *turn)
{
  if (turn->machine->hold_ended_us < 0)
    turn->machine->hold_ended_us = turn->now_us;
}

void
holdfast_machine_enter_ask_light (HoldfastTurn *turn)
{
  holdfast_machine_end_hold (turn);
}

void
holdfast_machine_enter_forget (HoldfastTurn *turn)
{
  /* Also if bluetoothd dies of it: connecting is not what remains to be done. */
  turn->machine->bonded = FALSE;
  holdfast_machine_request_removal (turn->machine, turn->machine->device);
}

void
holdfast_machine_enter_trust (HoldfastTurn *turn)
{
  turn->effects |= HOLDFAST_EFFECT_TRUST;
}

void
holdfast_machine_enter_connect (HoldfastTurn *turn)
{
  turn->machine->connect_asked = FALSE;
  turn->machine->connect_tries++;
}

void
holdfast_machine_enter_done (HoldfastTurn *turn)
{
  HoldfastMachine *self = turn->machine;

  self->keep_bond = TRUE;
  self->pair_abandoned = FALSE;
  if (self->remove_next == self->device)
    self->remove_next = 0;
}

/* Before the hold. */

ACTION (note_known)
{
  turn->machine->known_device = turn->event->device;
  turn->machine->known_flags = turn->event->flags | HOLDFAST_DEVICE_PAIRED;
}

ACTION (make_known)
{
  RUN (note_known);
  turn->machine->device = turn->machine->known_device;
  turn->machine->flags = turn->machine->known_flags;
}

ACTION (start_over)
{
  HoldfastMachine *self = turn->machine;

  holdfast_machine_forget_choice (self);
  self->hold_began_us = -1;
  self->window_began_us = -1;
  self->let_go = FALSE;
  self->hint = HOLDFAST_HINT_NONE;
}

ACTION (snooze_and_start_over)
{
  guint device = turn->machine->device;

  RUN (start_over);
  turn->machine->snoozed = device;
}

ACTION (back_to_checks)
{
  RUN (start_over);
  turn->machine->continued = FALSE;
}

ACTION (back_to_known)
{
  HoldfastMachine *self = turn->machine;

  RUN (back_to_checks);
  self->chose_afresh = FALSE;
  self->device = self->known_device;
  self->flags = self->known_flags;
}

/* As at the beginning: it became known only now. */
ACTION (offer_known)
{
  RUN (note_known);
  RUN (back_to_known);
}

ACTION (pair_afresh)
{
  RUN (back_to_checks);
  turn->machine->chose_afresh = TRUE;
}

ACTION (choose_known)
{
  HoldfastMachine *self = turn->machine;

  self->chose_known = TRUE;
  RUN (connect_afresh);
}

ACTION (pass_checks)
{
  HoldfastMachine *self = turn->machine;

  self->continued = TRUE;
  self->way = 0;
  self->ways_tried = 0;
  self->answers = 0;
  self->looks = 0;
}

ACTION (choose_way)
{
  HoldfastMachine *self = turn->machine;
  GPtrArray *ways = self->config.ways;
  gboolean found = FALSE;

  self->way = 0;
  self->ways_tried = 0;
  self->answers = 0;
  for (guint i = 0; ways != NULL && i < MIN (ways->len, 32); i++) {
    const HoldfastGesture *gesture = g_ptr_array_index (ways, i);

    if (gesture->question != self->config.question)
      continue;
    if (gesture->question_answer != (turn->event->arg != 0)) {
      /* The person's eyes ruled it out: it is not offered as "another way" either. */
      self->ways_tried |= 1u << i;
    } else if (!found) {
      self->way = i;
      found = TRUE;
    }
  }
}

ACTION (switch_on)
{
  if (!turn->machine->powering)
    turn->effects |= HOLDFAST_EFFECT_POWER_ON;
  turn->machine->powering = TRUE;
}

ACTION (radio_is_gone)
{
  turn->machine->failure = turn->machine->radio;
}

/* What is bonded stays so: a headset that was paired may come back under another id. */
ACTION (radio_is_back)
{
  HoldfastMachine *self = turn->machine;
  gboolean bonded = self->bonded;

  RUN (start_over);
  self->bonded = bonded;
  turn->effects |= HOLDFAST_EFFECT_RESET_DETECTOR;
}

/* It may come back under another id; KNOWN_DEVICE tells. */
ACTION (lose_device)
{
  turn->machine->device = 0;
  turn->machine->flags = 0;
}

/* Discovery may have died while the computer slept, without a word: begin it again. */
static void
listen_afresh (HoldfastTurn *turn)
{
  HoldfastMachine *self = turn->machine;

  if (self->discovery == HOLDFAST_RESOURCE_ON) {
    self->discovery = HOLDFAST_RESOURCE_STOPPING;
    turn->effects |= HOLDFAST_EFFECT_STOP_DISCOVERY;
  }
  turn->effects |= HOLDFAST_EFFECT_RESET_DETECTOR | HOLDFAST_EFFECT_REJUDGE;
}

ACTION (wake)
{
  RUN (start_over);
  if (!turn->machine->config.guide)
    listen_afresh (turn);
}

ACTION (wake_in_forget)
{
  listen_afresh (turn);
}

/* The hold. */

static void
date_hold (HoldfastTurn *turn)
{
  HoldfastMachine *self = turn->machine;

  self->hold_began_us = turn->now_us;
  if (self->discovery_on_us >= 0)
    self->hold_began_us = MAX (turn->now_us, self->discovery_on_us + HOLDFAST_MACHINE_HEARING_US);
  self->hold_ended_us = -1;
}

ACTION (begin_hold)
{
  HoldfastMachine *self = turn->machine;
  int first = holdfast_machine_get_first_step (self);

  date_hold (turn);
  self->window_began_us = -1;
  self->hint = HOLDFAST_HINT_NONE;
  self->snoozed = 0;
  if (self->bond_device == 0)
    self->made_bond = FALSE; /* it did not come back: what comes from here on is another one */
  self->step = first > 0 ? (guint) first : 0;
  self->let_go = FALSE;
}

ACTION (begin_step)
{
  turn->machine->step_began_us = turn->now_us;
  turn->machine->let_go = FALSE;
}

ACTION (begin_hold_now)
{
  RUN (begin_hold);
  RUN (begin_step);
}

ACTION (step_again)
{
  turn->machine->let_go = TRUE;
}

ACTION (last_hold_again)
{
  HoldfastMachine *self = turn->machine;
  int last = holdfast_machine_get_last_step (self);

  if (self->hold_began_us < 0)
    RUN (begin_hold);
  date_hold (turn); /* what came between the two holds came of neither */
  self->hint = HOLDFAST_HINT_NONE;
  self->snoozed = 0;
  self->step = last > 0 ? (guint) last : 0;
  RUN (step_again);
}

ACTION (next_step)
{
  turn->machine->step++;
  turn->machine->step_began_us = turn->now_us;
}

ACTION (window_is_over)
{
  RUN (start_over);
  turn->machine->hint = HOLDFAST_HINT_START_FROM_OFF;
}

/* "What does the light do?" */

static void
advise (HoldfastTurn *turn, HoldfastHint hint)
{
  RUN (start_over);
  turn->machine->hint = hint;
  turn->machine->answers |= 1u << turn->event->arg;
}

#define ADVISE(name, hint)                                                                         \
  ACTION (name)                                                                                    \
  {                                                                                                \
    advise (turn, HOLDFAST_HINT_##hint);                                                           \
  }

ADVISE (hint_start_from_off, START_FROM_OFF)
ADVISE (hint_phone_has_it, PHONE_HAS_IT)
ADVISE (hint_charge, CHARGE)
ADVISE (hint_cable_or_charge, CABLE_OR_CHARGE)

ACTION (hint_come_nearer)
{
  HoldfastMachine *self = turn->machine;

  self->hint = HOLDFAST_HINT_COME_NEARER;
  self->looks++;
  self->snoozed = 0;
  if (self->window_began_us < 0)
    self->window_began_us = turn->now_us;
}

ACTION (next_way)
{
  HoldfastMachine *self = turn->machine;
  guint way = self->way;

  RUN (start_over);
  if (holdfast_machine_find_untried_way (self, &way))
    self->way = way;
  self->answers = 0;
  self->hint = HOLDFAST_HINT_OTHER_WAY;
}

ACTION (note_hint)
{
  if (turn->machine->hint == HOLDFAST_HINT_NONE)
    turn->machine->hint = HOLDFAST_HINT_ON_NOT_PAIRING;
}

ACTION (clear_hint)
{
  if (turn->machine->hint == HOLDFAST_HINT_ON_NOT_PAIRING)
    turn->machine->hint = HOLDFAST_HINT_NONE;
}

/* Whose headset is it? */

ACTION (take_device)
{
  const HoldfastVerdict *verdict = &turn->event->verdict;

  choose (turn->machine, verdict->device, get_flags_of_verdict (verdict));
}

ACTION (drop_device)
{
  holdfast_machine_forget_choice (turn->machine);
}

ACTION (ask_whose)
{
  HoldfastMachine *self = turn->machine;

  self->asked_from = self->state == HOLDFAST_STATE_INVITE || self->state == HOLDFAST_STATE_LEAD_IN
                         ? HOLDFAST_STATE_INVITE
                         : HOLDFAST_STATE_LOOKING;
  holdfast_machine_forget_choice (self);
}

/* Asked before anything was held, the question ends without a hold, too: what comes later came of
 * none. */
ACTION (go_on_looking)
{
  HoldfastMachine *self = turn->machine;

  self->window_began_us = -1;
  if (self->asked_from == HOLDFAST_STATE_INVITE)
    self->hold_began_us = self->hold_ended_us = -1;
}

/* BACK is no "no": the same question may come again after the next hold. */
ACTION (leave_question)
{
  turn->machine->snoozed = turn->machine->verdict.device;
  RUN (go_on_looking);
}

ACTION (mine)
{
  HoldfastMachine *self = turn->machine;
  HoldfastDeviceFlags flags = turn->event->flags;

  if (self->verdict.device == turn->event->device)
    flags |= get_flags_of_verdict (&self->verdict);
  choose (self, turn->event->device, flags);
  if (self->window_began_us < 0)
    self->window_began_us = turn->now_us;
  RUN (ask_for_pairing);
}

ACTION (mine_to_forget)
{
  RUN (mine);
  RUN (forget_stale);
}

/* Forgetting and unblocking. */

/* Who asked to pair again has an old pairing that may be as good as ever. */
ACTION (forget_stale)
{
  turn->machine->failure
      = turn->machine->chose_afresh ? HOLDFAST_FAILURE_NONE : HOLDFAST_FAILURE_STALE_BOND;
}

ACTION (forget_because)
{
  turn->machine->failure = turn->event->failure;
}

/* The hold was for the one that was forgotten; what is new since then is anybody's. */
ACTION (see_again)
{
  holdfast_machine_forget_choice (turn->machine);
  turn->machine->hold_began_us = -1;
  turn->effects |= HOLDFAST_EFFECT_RESET_DETECTOR | HOLDFAST_EFFECT_REJUDGE;
}

ACTION (seen_again)
{
  choose (turn->machine, turn->event->verdict.device, 0);
  RUN (ask_for_pairing);
}

ACTION (send_unblock)
{
  if (!turn->machine->unblocking)
    turn->effects |= HOLDFAST_EFFECT_UNBLOCK;
  turn->machine->unblocking = TRUE;
}

ACTION (unblocked)
{
  HoldfastMachine *self = turn->machine;

  self->unblocking = FALSE;
  self->flags &= ~(guint) HOLDFAST_DEVICE_BLOCKED;
  if (self->bonded)
    RUN (connect_afresh);
  else
    RUN (ask_for_pairing);
}
