/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Shared by the machine's own files; nobody else includes it. */

#include "machine.h"

G_BEGIN_DECLS

/** Seconds in microseconds. */
#define HOLDFAST_MACHINE_SECONDS(n) ((gint64) (n) * G_USEC_PER_SEC)

/* A name may come 3 s late, and an inquiry takes about as long to hear what is there already. */
#define HOLDFAST_MACHINE_HEARING_US HOLDFAST_MACHINE_SECONDS (3)

/**
 * HoldfastTurn:
 * @removed: the device a REMOVED reply was about, else 0
 *
 * One step while it is being taken.
 */
typedef struct {
  HoldfastMachine *machine;
  const HoldfastEvent *event;
  gint64 now_us;
  HoldfastEffects effects;
  guint removed;
} HoldfastTurn;

typedef gboolean (*HoldfastGuardFunc) (const HoldfastTurn *turn);
typedef void (*HoldfastActionFunc) (HoldfastTurn *turn);

/**
 * HoldfastRow:
 * @states: mask of 1 << HoldfastState
 * @event: HOLDFAST_EVENT_MAX: at once
 * @next: HOLDFAST_STATE_MAX: the state stays, and is not entered again
 *
 * One row of the table; the first that fits is taken. @action runs before @next is entered.
 */
typedef struct {
  guint states;
  HoldfastEventKind event;
  const char *guard_name;
  HoldfastGuardFunc guard;
  HoldfastState next;
  const char *action_name;
  HoldfastActionFunc action;
} HoldfastRow;

typedef enum {
  HOLDFAST_WANT_OFF,
  HOLDFAST_WANT_AS_IT_WAS,
  HOLDFAST_WANT_ON,
} HoldfastWant;

typedef enum {
  HOLDFAST_DEADLINE_NONE,
  HOLDFAST_DEADLINE_AFTER,   /* deadline_ms after the state was entered */
  HOLDFAST_DEADLINE_LEAD_IN, /* as configured */
  HOLDFAST_DEADLINE_STEP,    /* when the running step of the gesture is over */
  HOLDFAST_DEADLINE_LOOKING, /* 15 s, 30 s when asked to come nearer, none left to a guide */
  HOLDFAST_DEADLINE_WINDOW,  /* when the headset leaves pairing mode */
  HOLDFAST_DEADLINE_PAIR,    /* 150 s, or 10 s once only the Paired flag is missing */
  HOLDFAST_DEADLINE_PAUSE,   /* as long as the cause asks for */
} HoldfastDeadlineRule;

typedef enum {
  HOLDFAST_STATE_NEEDS_RADIO = 1 << 0,
  HOLDFAST_STATE_REJUDGES = 1 << 1,   /* the detector is asked when it is entered */
  HOLDFAST_STATE_KEEPS_PAIR = 1 << 2, /* a Pair that is out is let be */
  HOLDFAST_STATE_KEEPS_BOND = 1 << 3, /* a pairing we made, still without sound, is let be */
  HOLDFAST_STATE_KEEPS_FAILURE = 1 << 4,
} HoldfastStateTraits;

/**
 * HoldfastStateRow: what holds in a state, whatever edge led there.
 */
typedef struct {
  const char *name;
  HoldfastWant discovery;
  HoldfastWant agent;
  HoldfastStateTraits traits;
  HoldfastDeadlineRule deadline;
  guint deadline_ms;
  HoldfastActionFunc enter;
} HoldfastStateRow;

const HoldfastStateRow *holdfast_machine_get_state_row (HoldfastState state);
/** Returns: (nullable): the row to take, none if the event means nothing here */
const HoldfastRow *holdfast_machine_find_row (const HoldfastTurn *turn, HoldfastEventKind event);

/** Returns: FALSE if the event has nothing to say to the table */
gboolean holdfast_machine_settle (HoldfastTurn *turn);
void holdfast_machine_set_discovery (HoldfastTurn *turn, HoldfastResource resource);

/**
 * holdfast_machine_has_radio:
 *
 * Sound that is not ready stops nothing on the way: pairing does not need it, and connecting says
 * so by itself.
 *
 * Returns: TRUE if there is a radio to work with
 */
gboolean holdfast_machine_has_radio (const HoldfastMachine *self);

/* The gesture in use. */

/** Returns: index of the first step that counts, or -1 if nothing is held */
int holdfast_machine_get_first_step (const HoldfastMachine *self);
/** Returns: index of the last HOLD step, or -1 */
int holdfast_machine_get_last_step (const HoldfastMachine *self);
/** Returns: how long the running step takes, in microseconds, or -1 if the person says when */
gint64 holdfast_machine_get_step_length_us (const HoldfastMachine *self);
/** Returns: TRUE if a way is left that was not tried; its index in @ret_way */
gboolean holdfast_machine_find_untried_way (const HoldfastMachine *self, guint *ret_way);

/* What is done on entering a state. */

void holdfast_machine_enter_ask_unblock (HoldfastTurn *turn);
void holdfast_machine_enter_hold (HoldfastTurn *turn);
void holdfast_machine_end_hold (HoldfastTurn *turn);
void holdfast_machine_enter_ask_light (HoldfastTurn *turn);
void holdfast_machine_enter_forget (HoldfastTurn *turn);
void holdfast_machine_enter_trust (HoldfastTurn *turn);
void holdfast_machine_enter_connect (HoldfastTurn *turn);
void holdfast_machine_enter_done (HoldfastTurn *turn);

/* The conditions and actions of the table, named in it. */

/* clang-format off */
#define HOLDFAST_MACHINE_GUARDS(X) \
  X (all_released) X (already_paired) X (already_paired_in_pairing_mode) \
  X (asked_and_paired) X (asked_while_looking) X (before_checks) X (bonded) X (bonded_by_us) X (bonded_and_has_sound) \
  X (can_switch_on) X (chose_known) X (client_timed_out) X (connect_again_helps) \
  X (connect_try_left) X (connected) X (failed_but_paired) \
  X (failed_for_radio) X (failed_for_radio_and_bonded) X (failed_for_radio_before_checks) \
  X (flag_came) X (flag_never_came) X (guide_and_nothing_to_hold) \
  X (guide_lets_go_after_earliest) X (guide_on_last_step) X (guide_says_it_pairs) X (half_made) X (hands_are_free) \
  X (has_old_pairing) X (has_sound) X (is_any_question) X (is_blocked) X (is_certain) \
  X (is_certain_as_before) X (is_hint) X (is_new_question) X (is_ours) X (is_question) \
  X (is_seen_again) X (is_something_else) X (keys_do_not_fit) X (known_headset) \
  X (lets_go_after_earliest) X (mine_has_old_pairing) X (mine_is_blocked) X (names_a_device) \
  X (next_cause_left) X (not_asked_for_afresh) X (not_connected) X (nothing_begun) X (nothing_to_hold) \
  X (on_last_step) X (ours_and_no_pair_out) X (ours_before_checks) X (pair_again_helps) \
  X (pair_is_out) X (paired_by_another) X (pairing_is_lost) X (radio_lost) X (radio_ready) X (radio_usable) X (radio_usable_and_bonded) X (radio_usable_and_bonded_by_us) \
  X (radio_usable_before_checks) X (ready_and_way_is_unsure) X (removal_failed) X (removed) \
  X (removed_before_checks) X (removed_before_hold) X (repair_chooses_another) \
  X (repair_connects) X (repair_forgets) X (repair_unblocks) X (says_it_pairs) \
  X (says_it_pairs_again) X (says_nothing_lights) X (says_red) X (says_slow) X (says_solid) \
  X (says_the_same_again) X (says_the_same_and_way_left) X (step_waits_for_person) \
  X (succeeded) X (succeeded_and_paired) X (told_blocked) X (told_failure) \
  X (unblock_failed) X (unblocked) X (unblocked_and_bonded) X (verify_try_left) \
  X (way_is_unsure) X (window_is_over) X (wrong_pin)

#define HOLDFAST_MACHINE_ACTIONS(X) \
  X (ask_for_pairing) X (ask_whose) X (await_flag) X (back_to_checks) X (back_to_known) \
  X (begin_hold) X (begin_hold_now) X (begin_step) X (choose_known) X (choose_way) X (clear_hint) \
  X (connect_afresh) X (use_existing_pairing) X (connect_known) X (drop_device) X (fail_as_told) \
  X (fail_connect_timeout) X (fail_connection_lost) X (fail_left_pairing_mode) \
  X (fail_no_answer) X (fail_no_sound_channel) X (fail_not_seen) X (fail_not_stored) \
  X (fail_unseen_in_pairing) X (forget_because) X (forget_stale) X (give_pin) \
  X (go_on_looking) X (hint_cable_or_charge) X (hint_charge) X (hint_come_nearer) \
  X (hint_phone_has_it) X (hint_start_from_off) X (keep_the_bond) X (last_hold_again) \
  X (leave_question) X (lose_device) X (lose_pairing) X (make_known) X (mine) X (mine_to_forget) X (next_cause) X (next_step) \
  X (next_way) X (note_hint) X (note_known) X (offer_known) X (pair_afresh) X (pair_once_more) X (paired_by_us) \
  X (pass_checks) X (pause) X (pause_connect) X (radio_is_back) X (radio_is_gone) \
  X (see_again) X (seen_again) X (send_unblock) X (snooze_and_start_over) \
  X (start_over) X (step_again) X (switch_on) X (take_device) X (unblocked) X (verify_once_more) X (wake) \
  X (wake_in_forget) X (window_is_over) X (wrong_pin)
/* clang-format on */

#define HOLDFAST_MACHINE_DECLARE_GUARD(name)                                                       \
  gboolean holdfast_machine_if_##name (const HoldfastTurn *turn);
#define HOLDFAST_MACHINE_DECLARE_ACTION(name) void holdfast_machine_do_##name (HoldfastTurn *turn);

HOLDFAST_MACHINE_GUARDS (HOLDFAST_MACHINE_DECLARE_GUARD)
HOLDFAST_MACHINE_ACTIONS (HOLDFAST_MACHINE_DECLARE_ACTION)

/** Returns: TRUE if connecting is what remains to be done, and the headset is there */
gboolean holdfast_machine_is_bonded_and_here (const HoldfastTurn *turn);

/** No headset is chosen any more. */
void holdfast_machine_forget_choice (HoldfastMachine *self);
/** Asks for RemoveDevice of @device; the caller has the person's consent, or it is our own bond. */
void holdfast_machine_request_removal (HoldfastMachine *self, guint device);
/** Asks for RemoveDevice of what our own Pair made of @device. */
void holdfast_machine_undo_bond (HoldfastMachine *self, guint device);
/** Our Pair made a pairing with @device. */
void holdfast_machine_mark_bond (HoldfastMachine *self, guint device);

G_END_DECLS
