/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "machine-private.h"

/* The session as one table. docs/ and the tests read it through holdfast_machine_foreach_edge(), so
 * the names of guards and actions are words, not abbreviations. */

#define S(state) (1u << HOLDFAST_STATE_##state)
#define ON(event) HOLDFAST_EVENT_##event
#define AT_ONCE HOLDFAST_EVENT_MAX
#define IF(guard) #guard, holdfast_machine_if_##guard
#define ALWAYS NULL, NULL
#define TO(state) HOLDFAST_STATE_##state
#define STAY HOLDFAST_STATE_MAX
#define DO(action) #action, holdfast_machine_do_##action
#define NO_MORE NULL, NULL

/* Both hands are busy; and where they are not. */
#define HOLDING (S (LEAD_IN) | S (HOLD))
#define CALM (S (INVITE) | S (LOOKING) | S (ASK_LIGHT))
#define LISTENING (HOLDING | CALM)
#define PAIRING (S (PAIR) | S (ASK_PIN))
#define CONNECTING (S (CONNECT) | S (CONNECT_WAIT) | S (VERIFY))
#define NEEDS_RADIO                                                                                \
  (LISTENING | PAIRING | CONNECTING | S (IDENTIFY) | S (FOUND) | S (ASK_FORGET) | S (ASK_UNBLOCK)  \
   | S (FORGET) | S (PAIR_WAIT) | S (TRUST) | S (DONE))
#define LEAVES                                                                                     \
  (NEEDS_RADIO | S (IDLE) | S (KNOWN) | S (GET_READY) | S (WAIT_RADIO) | S (ASK_WAY)               \
   | S (GUIDE_DONE))

/* clang-format off */
static const HoldfastRow rows[] = {
  /* leaving */
  { LEAVES, ON (CANCEL), ALWAYS, TO (ENDING), NO_MORE },
  { S (FAILED), ON (CANCEL), ALWAYS, TO (ENDING), DO (keep_the_bond) },
  { S (ENDING), ON (CANCEL), ALWAYS, TO (ENDED), NO_MORE },
  { S (ENDING), ON (DEADLINE), ALWAYS, TO (ENDED), NO_MORE },
  { S (ENDING), AT_ONCE, IF (all_released), TO (ENDED), NO_MORE },

  /* the radio and the computer's sleep */
  { NEEDS_RADIO, ON (RADIO), IF (radio_lost), TO (WAIT_RADIO), DO (radio_is_gone) },
  { S (WAIT_RADIO), ON (RADIO), IF (radio_usable_and_bonded_by_us), TO (TRUST), NO_MORE },
  { S (WAIT_RADIO), ON (RADIO), IF (radio_usable_and_bonded), TO (CONNECT), DO (connect_afresh) },
  { S (WAIT_RADIO), ON (RADIO), IF (radio_usable_before_checks), TO (GET_READY), DO (radio_is_back) },
  { S (WAIT_RADIO), ON (RADIO), IF (radio_usable), TO (INVITE), DO (radio_is_back) },
  { S (WAIT_RADIO), ON (RADIO), ALWAYS, STAY, DO (radio_is_gone) },
  { S (WAIT_RADIO), ON (POWERED), IF (told_failure), STAY, DO (fail_as_told) },
  { S (WAIT_RADIO), ON (POWERED), IF (radio_usable_and_bonded_by_us), TO (TRUST), NO_MORE },
  { S (WAIT_RADIO), ON (POWERED), IF (radio_usable_and_bonded), TO (CONNECT), DO (connect_afresh) },
  { S (WAIT_RADIO), ON (POWERED), IF (radio_usable_before_checks), TO (GET_READY), DO (radio_is_back) },
  { S (WAIT_RADIO), ON (POWERED), IF (radio_usable), TO (INVITE), DO (radio_is_back) },
  { S (WAIT_RADIO), ON (KNOWN_DEVICE), IF (bonded), STAY, DO (make_known) },
  { S (WAIT_RADIO), ON (KNOWN_DEVICE), IF (half_made), STAY, NO_MORE },
  { S (WAIT_RADIO), ON (KNOWN_DEVICE), ALWAYS, STAY, DO (note_known) },
  { S (WAIT_RADIO) | S (FAILED), ON (GONE), IF (is_ours), STAY, DO (lose_device) },
  { S (WAIT_RADIO), ON (REPAIR), IF (can_switch_on), STAY, DO (switch_on) },
  { S (WAIT_RADIO), ON (BACK), IF (chose_known), TO (KNOWN), DO (back_to_known) },
  { S (WAIT_RADIO), ON (BACK), ALWAYS, TO (GET_READY), DO (back_to_checks) },
  { LISTENING | S (IDENTIFY) | S (FOUND), ON (RESUMED), ALWAYS, TO (INVITE), DO (wake) },
  { S (FORGET), ON (RESUMED), ALWAYS, STAY, DO (wake_in_forget) },
  { S (PAIR), ON (RESUMED), ALWAYS, TO (PAIR), NO_MORE },

  /* before the hold */
  { S (IDLE), ON (KNOWN_DEVICE), ALWAYS, STAY, DO (make_known) },
  { S (IDLE), ON (BEGIN), IF (known_headset), TO (KNOWN), DO (back_to_known) },
  { S (IDLE), ON (BEGIN), ALWAYS, TO (GET_READY), DO (back_to_checks) },
  { S (IDLE), ON (BACK), ALWAYS, TO (ENDING), NO_MORE },

  { S (KNOWN), ON (KNOWN_DEVICE), ALWAYS, STAY, DO (make_known) },
  { S (KNOWN), ON (CONTINUE), IF (is_blocked), TO (ASK_UNBLOCK), DO (choose_known) },
  { S (KNOWN), ON (CONTINUE), ALWAYS, TO (CONNECT), DO (choose_known) },
  { S (KNOWN), ON (PAIR_AGAIN), ALWAYS, TO (GET_READY), DO (pair_afresh) },
  { S (KNOWN), ON (GONE), IF (is_ours), TO (GET_READY), DO (pair_afresh) },
  { S (KNOWN), ON (BACK), ALWAYS, TO (ENDING), NO_MORE },

  { S (GET_READY), ON (RADIO), ALWAYS, STAY, NO_MORE },
  { S (GET_READY), ON (POWERED), IF (told_failure), STAY, NO_MORE },
  { S (GET_READY), ON (REPAIR), IF (can_switch_on), STAY, DO (switch_on) },
  { S (GET_READY), ON (KNOWN_DEVICE), IF (bonded_by_us), TO (TRUST), DO (connect_known) },
  { S (GET_READY), ON (KNOWN_DEVICE), IF (bonded), TO (CONNECT), DO (connect_known) },
  { S (GET_READY), ON (KNOWN_DEVICE), IF (half_made), STAY, NO_MORE },
  { S (GET_READY), ON (KNOWN_DEVICE), IF (not_asked_for_afresh), TO (KNOWN), DO (make_known) },
  { S (GET_READY), ON (KNOWN_DEVICE), ALWAYS, STAY, DO (note_known) },
  { S (GET_READY), ON (CONTINUE), IF (ready_and_way_is_unsure), TO (ASK_WAY), DO (pass_checks) },
  { S (GET_READY), ON (CONTINUE), IF (radio_ready), TO (INVITE), DO (pass_checks) },
  { S (GET_READY), ON (BACK), IF (known_headset), TO (KNOWN), DO (back_to_known) },
  { S (GET_READY), ON (BACK), ALWAYS, TO (ENDING), NO_MORE },

  { S (ASK_WAY), ON (ANSWER_WAY), ALWAYS, TO (INVITE), DO (choose_way) },
  { S (ASK_WAY), ON (BACK), ALWAYS, TO (GET_READY), DO (back_to_checks) },

  /* the hold */
  { S (INVITE), ON (START), ALWAYS, TO (LEAD_IN), DO (begin_hold) },
  { S (INVITE), ON (CONTINUE), ALWAYS, TO (LEAD_IN), DO (begin_hold) },
  { S (INVITE), ON (HOLDING_NOW), ALWAYS, TO (HOLD), DO (begin_hold_now) },
  { S (INVITE), ON (KNOWN_DEVICE), IF (bonded_by_us), TO (TRUST), DO (connect_known) },
  { S (INVITE), ON (KNOWN_DEVICE), IF (bonded), TO (CONNECT), DO (connect_known) },
  { S (INVITE), ON (KNOWN_DEVICE), IF (half_made), STAY, NO_MORE },
  { S (INVITE), ON (KNOWN_DEVICE), IF (nothing_begun), TO (KNOWN), DO (offer_known) },
  { S (INVITE), ON (KNOWN_DEVICE), ALWAYS, STAY, DO (note_known) },
  { S (INVITE), ON (DEADLINE), ALWAYS, TO (INVITE), DO (window_is_over) },
  { S (INVITE), ON (BACK), IF (way_is_unsure), TO (ASK_WAY), DO (start_over) },
  { S (INVITE), ON (BACK), ALWAYS, TO (GET_READY), DO (back_to_checks) },

  { S (LEAD_IN), ON (DEADLINE), ALWAYS, TO (HOLD), DO (begin_step) },
  { S (LEAD_IN), ON (CONTINUE), IF (hands_are_free), TO (HOLD), DO (begin_step) },
  { S (LEAD_IN), ON (HOLDING_NOW), IF (hands_are_free), TO (HOLD), DO (begin_step) },
  { S (LEAD_IN), ON (AGAIN), ALWAYS, TO (LEAD_IN), NO_MORE },

  { S (HOLD), AT_ONCE, IF (guide_and_nothing_to_hold), TO (ASK_LIGHT), NO_MORE },
  { S (HOLD), AT_ONCE, IF (nothing_to_hold), TO (LOOKING), NO_MORE },
  { S (HOLD), ON (DEADLINE), IF (guide_on_last_step), TO (ASK_LIGHT), NO_MORE },
  { S (HOLD), ON (DEADLINE), IF (on_last_step), TO (LOOKING), NO_MORE },
  { S (HOLD), ON (DEADLINE), ALWAYS, STAY, DO (next_step) },
  { S (HOLD), ON (CONTINUE), IF (step_waits_for_person), STAY, DO (next_step) },
  { S (HOLD), ON (CONTINUE), IF (guide_lets_go_after_earliest), TO (ASK_LIGHT), NO_MORE },
  { S (HOLD), ON (CONTINUE), IF (lets_go_after_earliest), TO (LOOKING), NO_MORE },
  /* The finger may still be down: counting anew under it would run into an erasing gesture. */
  { S (HOLD), ON (AGAIN), ALWAYS, TO (LEAD_IN), DO (step_again) },

  { S (LOOKING), ON (DEADLINE), IF (window_is_over), TO (INVITE), DO (window_is_over) },
  { S (LOOKING), ON (DEADLINE), ALWAYS, TO (ASK_LIGHT), NO_MORE },
  { S (LOOKING), ON (CONTINUE), ALWAYS, TO (ASK_LIGHT), NO_MORE },
  { S (LOOKING) | S (ASK_LIGHT), ON (AGAIN), ALWAYS, TO (LEAD_IN), DO (last_hold_again) },
  { LISTENING & ~S (INVITE), ON (BACK), ALWAYS, TO (INVITE), DO (start_over) },

  /* "What does the light do?" */
  { S (ASK_LIGHT), ON (ANSWER_LIGHT), IF (guide_says_it_pairs), TO (GUIDE_DONE), NO_MORE },
  { S (ASK_LIGHT), ON (ANSWER_LIGHT), IF (says_it_pairs_again), TO (FAILED), DO (fail_unseen_in_pairing) },
  { S (ASK_LIGHT), ON (ANSWER_LIGHT), IF (says_it_pairs), TO (LOOKING), DO (hint_come_nearer) },
  { S (ASK_LIGHT), ON (ANSWER_LIGHT), IF (says_red), TO (INVITE), DO (hint_charge) },
  { S (ASK_LIGHT), ON (ANSWER_LIGHT), IF (says_the_same_and_way_left), TO (INVITE), DO (next_way) },
  { S (ASK_LIGHT), ON (ANSWER_LIGHT), IF (says_the_same_again), TO (FAILED), DO (fail_not_seen) },
  { S (ASK_LIGHT), ON (ANSWER_LIGHT), IF (says_slow), TO (INVITE), DO (hint_start_from_off) },
  { S (ASK_LIGHT), ON (ANSWER_LIGHT), IF (says_solid), TO (INVITE), DO (hint_phone_has_it) },
  { S (ASK_LIGHT), ON (ANSWER_LIGHT), IF (says_nothing_lights), TO (INVITE), DO (hint_cable_or_charge) },
  { S (ASK_LIGHT), ON (DEADLINE), ALWAYS, TO (INVITE), DO (window_is_over) },

  { S (GUIDE_DONE), ON (CONTINUE), ALWAYS, TO (ENDING), NO_MORE },
  { S (GUIDE_DONE), ON (AGAIN), ALWAYS, TO (INVITE), DO (start_over) },
  { S (GUIDE_DONE), ON (BACK), ALWAYS, TO (ASK_LIGHT), NO_MORE },

  /* whose headset is it? */
  { LISTENING, ON (VERDICT), IF (is_certain), TO (FOUND), DO (take_device) },
  { CALM, ON (VERDICT), IF (is_question), TO (IDENTIFY), DO (ask_whose) },
  { HOLDING, ON (VERDICT), IF (is_new_question), TO (IDENTIFY), DO (ask_whose) },
  { LISTENING, ON (VERDICT), IF (is_hint), STAY, DO (note_hint) },
  { LISTENING, ON (VERDICT), ALWAYS, STAY, DO (clear_hint) },

  { S (IDENTIFY), ON (MINE), IF (mine_has_old_pairing), TO (ASK_FORGET), DO (mine_to_forget) },
  { S (IDENTIFY), ON (MINE), IF (mine_is_blocked), TO (ASK_UNBLOCK), DO (mine) },
  { S (IDENTIFY), ON (MINE), IF (names_a_device), TO (PAIR), DO (mine) },
  { S (IDENTIFY), ON (NOT_MINE), IF (asked_while_looking), TO (LOOKING), DO (go_on_looking) },
  { S (IDENTIFY), ON (NOT_MINE), ALWAYS, TO (INVITE), DO (go_on_looking) },
  { S (IDENTIFY), ON (BACK), IF (asked_while_looking), TO (LOOKING), DO (leave_question) },
  { S (IDENTIFY), ON (BACK), ALWAYS, TO (INVITE), DO (leave_question) },
  { S (IDENTIFY), ON (VERDICT), IF (is_certain), TO (FOUND), DO (take_device) },
  { S (IDENTIFY), ON (VERDICT), IF (is_any_question), STAY, NO_MORE },
  { S (IDENTIFY), ON (VERDICT), IF (asked_while_looking), TO (LOOKING), DO (go_on_looking) },
  { S (IDENTIFY), ON (VERDICT), ALWAYS, TO (INVITE), DO (go_on_looking) },
  { S (IDENTIFY), ON (DEADLINE), ALWAYS, TO (INVITE), DO (window_is_over) },

  { S (FOUND), ON (VERDICT), IF (is_certain_as_before), STAY, NO_MORE },
  { S (FOUND), ON (VERDICT), IF (is_certain), TO (FOUND), DO (take_device) },
  { S (FOUND), ON (VERDICT), IF (is_any_question), TO (IDENTIFY), DO (ask_whose) },
  { S (FOUND), ON (VERDICT), ALWAYS, TO (LOOKING), DO (drop_device) },
  { S (FOUND), ON (GONE), IF (is_ours), TO (LOOKING), DO (drop_device) },
  { S (FOUND), ON (DEADLINE), IF (has_old_pairing), TO (ASK_FORGET), DO (forget_stale) },
  { S (FOUND), ON (DEADLINE), IF (is_blocked), TO (ASK_UNBLOCK), NO_MORE },
  { S (FOUND), ON (DEADLINE), ALWAYS, TO (PAIR), DO (ask_for_pairing) },
  { S (FOUND), ON (CONTINUE), IF (has_old_pairing), TO (ASK_FORGET), DO (forget_stale) },
  { S (FOUND), ON (CONTINUE), IF (is_blocked), TO (ASK_UNBLOCK), NO_MORE },
  { S (FOUND), ON (CONTINUE), ALWAYS, TO (PAIR), DO (ask_for_pairing) },
  { S (FOUND), ON (BACK), ALWAYS, TO (INVITE), DO (snooze_and_start_over) },

  /* the old pairing, and a headset this computer was told to ignore */
  { S (ASK_FORGET), ON (CONTINUE), ALWAYS, TO (FORGET), NO_MORE },
  { S (ASK_FORGET), ON (REPAIR), ALWAYS, TO (FORGET), NO_MORE },
  { S (FORGET), ON (REMOVED), IF (removal_failed), TO (FAILED), DO (fail_as_told) },
  { S (FORGET), ON (REMOVED), IF (removed_before_checks), TO (GET_READY), DO (pair_afresh) },
  { S (FORGET), ON (REMOVED), IF (removed_before_hold), TO (INVITE), DO (start_over) },
  { S (FORGET), ON (REMOVED), IF (removed), STAY, DO (see_again) },
  { S (FORGET), ON (VERDICT), IF (is_seen_again), TO (PAIR), DO (seen_again) },
  { S (FORGET), ON (VERDICT), IF (is_something_else), TO (IDENTIFY), DO (ask_whose) },
  { S (FORGET), ON (DEADLINE), ALWAYS, TO (FAILED), DO (fail_left_pairing_mode) },

  { S (ASK_UNBLOCK), ON (CONTINUE), ALWAYS, STAY, DO (send_unblock) },
  { S (ASK_UNBLOCK), ON (REPAIR), ALWAYS, STAY, DO (send_unblock) },
  { S (ASK_UNBLOCK), ON (UNBLOCKED), IF (unblock_failed), TO (FAILED), DO (fail_as_told) },
  { S (ASK_UNBLOCK), ON (UNBLOCKED), IF (unblocked_and_bonded), TO (CONNECT), DO (unblocked) },
  { S (ASK_UNBLOCK), ON (UNBLOCKED), IF (unblocked), TO (PAIR), DO (unblocked) },

  { S (ASK_FORGET) | S (ASK_UNBLOCK), ON (GONE), IF (ours_before_checks), TO (GET_READY), DO (pair_afresh) },
  { S (ASK_FORGET) | S (ASK_UNBLOCK), ON (GONE), IF (is_ours), TO (INVITE), DO (start_over) },
  { S (ASK_FORGET) | S (ASK_UNBLOCK), ON (BACK), IF (chose_known), TO (KNOWN), DO (back_to_known) },
  { S (ASK_FORGET) | S (ASK_UNBLOCK) | S (FORGET), ON (BACK), IF (before_checks), TO (GET_READY), DO (pair_afresh) },
  { S (ASK_FORGET) | S (ASK_UNBLOCK) | S (FORGET), ON (BACK), ALWAYS, TO (INVITE), DO (snooze_and_start_over) },

  /* pairing */
  { S (PAIR), AT_ONCE, IF (paired_by_another), TO (TRUST), DO (use_existing_pairing) },
  { PAIRING, ON (PAIRED), IF (succeeded_and_paired), TO (TRUST), DO (paired_by_us) },
  { PAIRING, ON (PAIRED), IF (succeeded), TO (PAIR), DO (await_flag) },
  { PAIRING, ON (PAIRED), IF (already_paired_in_pairing_mode), TO (ASK_FORGET), DO (forget_stale) },
  { PAIRING, ON (PAIRED), IF (already_paired), TO (TRUST), DO (use_existing_pairing) },
  { PAIRING, ON (PAIRED), IF (failed_but_paired), TO (TRUST), DO (paired_by_us) },
  { PAIRING, ON (PAIRED), IF (wrong_pin), TO (ASK_PIN), DO (wrong_pin) },
  { PAIRING, ON (PAIRED), IF (pair_again_helps), TO (PAIR_WAIT), DO (pause) },
  { PAIRING, ON (PAIRED), IF (told_blocked), TO (ASK_UNBLOCK), NO_MORE },
  { PAIRING, ON (PAIRED), IF (client_timed_out), TO (FAILED), DO (fail_no_answer) },
  { PAIRING, ON (PAIRED), ALWAYS, TO (FAILED), DO (fail_as_told) },
  { PAIRING, ON (PIN_ASKED), IF (pair_is_out), TO (ASK_PIN), NO_MORE },
  { S (PAIR), ON (DEVICE), IF (flag_came), TO (TRUST), DO (paired_by_us) },
  { S (PAIR), ON (DEADLINE), IF (asked_and_paired), TO (TRUST), DO (paired_by_us) },
  { S (PAIR), ON (DEADLINE), IF (flag_never_came), TO (FAILED), DO (fail_not_stored) },
  { S (PAIR), ON (DEADLINE), ALWAYS, TO (FAILED), DO (fail_no_answer) },
  { S (ASK_PIN), ON (PIN), ALWAYS, TO (PAIR), DO (give_pin) },
  { S (ASK_PIN), ON (GONE), IF (ours_and_no_pair_out), TO (LOOKING), DO (drop_device) },
  { S (PAIR_WAIT), ON (DEADLINE), ALWAYS, TO (PAIR), DO (pair_once_more) },
  { S (PAIR_WAIT), ON (GONE), IF (is_ours), TO (LOOKING), DO (drop_device) },
  { PAIRING | S (PAIR_WAIT), ON (BACK), ALWAYS, TO (INVITE), DO (snooze_and_start_over) },

  /* connecting */
  { S (TRUST), ON (TRUSTED), ALWAYS, TO (CONNECT), DO (connect_afresh) },
  { S (TRUST), ON (DEADLINE), ALWAYS, TO (CONNECT), DO (connect_afresh) },
  { CONNECTING | S (TRUST) | S (DONE), ON (DEVICE), IF (pairing_is_lost), TO (FAILED), DO (lose_pairing) },
  { CONNECTING, ON (DEVICE), IF (has_sound), TO (DONE), NO_MORE },
  { S (CONNECT) | S (CONNECT_WAIT), ON (CONNECTED), IF (has_sound), TO (DONE), NO_MORE },
  { S (CONNECT) | S (CONNECT_WAIT), ON (CONNECTED), IF (connected), TO (VERIFY), NO_MORE },
  { S (CONNECT) | S (CONNECT_WAIT), ON (CONNECTED), IF (keys_do_not_fit), TO (ASK_FORGET), DO (forget_because) },
  { S (CONNECT) | S (CONNECT_WAIT), ON (CONNECTED), IF (told_blocked), TO (ASK_UNBLOCK), NO_MORE },
  { S (CONNECT), ON (CONNECTED), IF (connect_again_helps), TO (CONNECT_WAIT), DO (pause_connect) },
  { S (CONNECT), ON (CONNECTED), IF (client_timed_out), TO (FAILED), DO (fail_connect_timeout) },
  { S (CONNECT), ON (CONNECTED), ALWAYS, TO (FAILED), DO (fail_as_told) },
  { CONNECTING, ON (DEADLINE), IF (has_sound), TO (DONE), NO_MORE },
  { S (CONNECT), ON (DEADLINE), IF (connect_try_left), TO (CONNECT_WAIT), DO (pause_connect) },
  { S (CONNECT), ON (DEADLINE), ALWAYS, TO (FAILED), DO (fail_connect_timeout) },
  { S (CONNECT_WAIT), ON (DEADLINE), ALWAYS, TO (CONNECT), NO_MORE },
  { S (VERIFY), ON (DEADLINE), IF (verify_try_left), TO (CONNECT), DO (verify_once_more) },
  { S (VERIFY), ON (DEADLINE), ALWAYS, TO (FAILED), DO (fail_no_sound_channel) },
  { CONNECTING | S (TRUST), ON (GONE), IF (is_ours), TO (FAILED), DO (fail_left_pairing_mode) },
  { CONNECTING | S (TRUST), ON (BACK), IF (chose_known), TO (KNOWN), DO (back_to_known) },
  { CONNECTING | S (TRUST), ON (BACK), IF (before_checks), TO (GET_READY), DO (back_to_checks) },
  { CONNECTING | S (TRUST), ON (BACK), ALWAYS, TO (INVITE), DO (snooze_and_start_over) },

  { S (DONE), ON (CONTINUE), ALWAYS, TO (ENDING), NO_MORE },
  { S (DONE), ON (BACK), ALWAYS, TO (ENDING), NO_MORE },
  { S (DONE), ON (DEVICE), IF (not_connected), TO (FAILED), DO (fail_connection_lost) },
  { S (DONE), ON (GONE), IF (is_ours), TO (FAILED), DO (fail_connection_lost) },

  /* what could not be had */
  { LISTENING | S (IDENTIFY) | S (FORGET), ON (DISCOVERY_STARTED), IF (told_failure), TO (FAILED), DO (fail_as_told) },
  { PAIRING | S (FOUND) | S (PAIR_WAIT), ON (AGENT_REGISTERED), IF (told_failure), TO (FAILED), DO (fail_as_told) },

  { S (FAILED), ON (REPAIR), IF (can_switch_on), TO (WAIT_RADIO), DO (switch_on) },
  { S (FAILED), ON (REPAIR), IF (repair_forgets), TO (FORGET), NO_MORE },
  { S (FAILED), ON (REPAIR), IF (repair_unblocks), TO (ASK_UNBLOCK), NO_MORE },
  { S (FAILED), ON (REPAIR), IF (repair_chooses_another), TO (ENDING), DO (keep_the_bond) },
  { S (FAILED), ON (REPAIR), IF (repair_connects), TO (CONNECT), DO (connect_afresh) },
  { S (FAILED), ON (REPAIR), IF (before_checks), TO (GET_READY), DO (pair_afresh) },
  { S (FAILED), ON (REPAIR), ALWAYS, TO (INVITE), DO (start_over) },
  { S (FAILED), ON (SOMETHING_ELSE), IF (next_cause_left), STAY, DO (next_cause) },
  { S (FAILED), ON (SOMETHING_ELSE), IF (before_checks), TO (GET_READY), DO (pair_afresh) },
  { S (FAILED), ON (SOMETHING_ELSE), ALWAYS, TO (INVITE), DO (start_over) },
  { S (FAILED), ON (BACK), IF (chose_known), TO (KNOWN), DO (back_to_known) },
  { S (FAILED), ON (BACK), IF (before_checks), TO (GET_READY), DO (back_to_checks) },
  { S (FAILED), ON (BACK), ALWAYS, TO (INVITE), DO (start_over) },
  { S (FAILED), ON (DEVICE), IF (bonded_and_has_sound), TO (DONE), NO_MORE },
  { S (FAILED), ON (RADIO), IF (failed_for_radio_and_bonded), TO (CONNECT), DO (connect_afresh) },
  { S (FAILED), ON (RADIO), IF (failed_for_radio_before_checks), TO (GET_READY), DO (radio_is_back) },
  { S (FAILED), ON (RADIO), IF (failed_for_radio), TO (INVITE), DO (radio_is_back) },
};

#define OFF HOLDFAST_WANT_OFF
#define KEEP HOLDFAST_WANT_AS_IT_WAS
#define WANT HOLDFAST_WANT_ON
#define RADIO HOLDFAST_STATE_NEEDS_RADIO
#define JUDGE HOLDFAST_STATE_REJUDGES
#define PAIRS HOLDFAST_STATE_KEEPS_PAIR
#define BOND HOLDFAST_STATE_KEEPS_BOND
#define CAUSE HOLDFAST_STATE_KEEPS_FAILURE
#define BY(rule) HOLDFAST_DEADLINE_##rule

/* Discovery is wanted until Pair has replied, so that the headset's object, which BlueZ holds only
 * for a while, is still there; then it is stopped, since searching starves sound. The agent is
 * wanted only around Pair: the less it lives, the less it can be asked about others. */
static const HoldfastStateRow state_rows[HOLDFAST_STATE_MAX] = {
  /*                             name            discovery agent traits                        deadline       ms  enter */
  [HOLDFAST_STATE_IDLE]         = { "IDLE",         OFF,  OFF,  0,                             BY (NONE),     0, NULL },
  [HOLDFAST_STATE_KNOWN]        = { "KNOWN",        OFF,  OFF,  0,                             BY (NONE),     0, NULL },
  [HOLDFAST_STATE_GET_READY]    = { "GET_READY",    OFF,  OFF,  0,                             BY (NONE),     0, NULL },
  [HOLDFAST_STATE_WAIT_RADIO]   = { "WAIT_RADIO",   OFF,  OFF,  PAIRS | BOND | CAUSE,          BY (NONE),     0, NULL },
  [HOLDFAST_STATE_ASK_WAY]      = { "ASK_WAY",      OFF,  OFF,  0,                             BY (NONE),     0, NULL },
  [HOLDFAST_STATE_INVITE]       = { "INVITE",       WANT, OFF,  RADIO | JUDGE,                 BY (WINDOW),   0, NULL },
  [HOLDFAST_STATE_LEAD_IN]      = { "LEAD_IN",      WANT, OFF,  RADIO | JUDGE,                 BY (LEAD_IN),  0, NULL },
  [HOLDFAST_STATE_HOLD]         = { "HOLD",         WANT, OFF,  RADIO | JUDGE,                 BY (STEP),     0, holdfast_machine_enter_hold },
  [HOLDFAST_STATE_LOOKING]      = { "LOOKING",      WANT, OFF,  RADIO | JUDGE,                 BY (LOOKING),  0, NULL },
  [HOLDFAST_STATE_ASK_LIGHT]    = { "ASK_LIGHT",    WANT, OFF,  RADIO | JUDGE,                 BY (WINDOW),   0, holdfast_machine_enter_ask_light },
  [HOLDFAST_STATE_IDENTIFY]     = { "IDENTIFY",     WANT, OFF,  RADIO,                         BY (WINDOW),   0, NULL },
  [HOLDFAST_STATE_FOUND]        = { "FOUND",        KEEP, WANT, RADIO,                         BY (AFTER), 1500, NULL },
  [HOLDFAST_STATE_ASK_FORGET]   = { "ASK_FORGET",   KEEP, KEEP, RADIO | BOND | CAUSE,          BY (NONE),     0, NULL },
  [HOLDFAST_STATE_ASK_UNBLOCK]  = { "ASK_UNBLOCK",  KEEP, KEEP, RADIO | BOND,                  BY (NONE),     0, holdfast_machine_enter_ask_unblock },
  [HOLDFAST_STATE_FORGET]       = { "FORGET",       WANT, KEEP, RADIO | BOND,                  BY (AFTER), 60000, holdfast_machine_enter_forget },
  [HOLDFAST_STATE_PAIR]         = { "PAIR",         KEEP, WANT, RADIO | PAIRS | BOND,          BY (PAIR),     0, NULL },
  [HOLDFAST_STATE_PAIR_WAIT]    = { "PAIR_WAIT",    KEEP, WANT, RADIO | PAIRS | BOND,          BY (PAUSE),    0, NULL },
  [HOLDFAST_STATE_ASK_PIN]      = { "ASK_PIN",      KEEP, WANT, RADIO | PAIRS | BOND,          BY (NONE),     0, NULL },
  [HOLDFAST_STATE_TRUST]        = { "TRUST",        OFF,  KEEP, RADIO | PAIRS | BOND,          BY (AFTER), 5000, holdfast_machine_enter_trust },
  [HOLDFAST_STATE_CONNECT]      = { "CONNECT",      OFF,  KEEP, RADIO | PAIRS | BOND,          BY (AFTER), 20000, holdfast_machine_enter_connect },
  [HOLDFAST_STATE_CONNECT_WAIT] = { "CONNECT_WAIT", OFF,  KEEP, RADIO | PAIRS | BOND,          BY (PAUSE),    0, NULL },
  [HOLDFAST_STATE_VERIFY]       = { "VERIFY",       OFF,  KEEP, RADIO | PAIRS | BOND,          BY (AFTER), 8000, NULL },
  [HOLDFAST_STATE_DONE]         = { "DONE",         OFF,  OFF,  RADIO | PAIRS | BOND,          BY (NONE),     0, holdfast_machine_enter_done },
  [HOLDFAST_STATE_GUIDE_DONE]   = { "GUIDE_DONE",   OFF,  OFF,  0,                             BY (NONE),     0, NULL },
  [HOLDFAST_STATE_FAILED]       = { "FAILED",       OFF,  OFF,  BOND | CAUSE,                  BY (NONE),     0, NULL },
  [HOLDFAST_STATE_ENDING]       = { "ENDING",       OFF,  OFF,  0,                             BY (AFTER), 10000, NULL },
  [HOLDFAST_STATE_ENDED]        = { "ENDED",        OFF,  OFF,  0,                             BY (NONE),     0, NULL },
};
/* clang-format on */

const HoldfastStateRow *
holdfast_machine_get_state_row (HoldfastState state)
{
  g_assert ((guint) state < HOLDFAST_STATE_MAX);

  return &state_rows[state];
}

const HoldfastRow *
holdfast_machine_find_row (const HoldfastTurn *turn, HoldfastEventKind event)
{
  guint state = 1u << turn->machine->state;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    const HoldfastRow *row = &rows[i];

    if ((row->states & state) != 0 && row->event == event
        && (row->guard == NULL || row->guard (turn)))
      return row;
  }
  return NULL;
}

void
holdfast_machine_foreach_edge (HoldfastEdgeFunc callback, gpointer user_data)
{
  g_return_if_fail (callback != NULL);

  for (HoldfastState state = 0; state < HOLDFAST_STATE_MAX; state++) {
    for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
      const HoldfastRow *row = &rows[i];
      HoldfastEdge edge = { state, row->event, row->guard_name, row->next, row->action_name };

      if ((row->states & (1u << state)) != 0)
        callback (&edge, user_data);
    }
  }
}
