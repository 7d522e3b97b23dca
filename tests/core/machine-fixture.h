/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "machine.h"

G_BEGIN_DECLS

/**
 * MachineFixture:
 * @now_us: the time of the last event
 * @effects: what the last event asked for
 *
 * A machine with two ways made by hand: "switch it off, wait, hold 7 s", and "both in the case,
 * lid open, hold the case's button 5 s", of which the second answers yes to the question.
 */
typedef struct {
  HoldfastMachine machine;
  GPtrArray *ways;
  gint64 now_us;
  HoldfastEffects effects;
} MachineFixture;

void machine_fixture_init (MachineFixture *self);
void machine_fixture_clear (MachineFixture *self);

/** Begins anew, with what a story or a test sets. */
void machine_fixture_restart (MachineFixture *self,
                              gboolean guide,
                              HoldfastQuestion question,
                              gint64 lead_in_us);

/** Takes one event; checks what holds after every step of every session. */
gboolean machine_fixture_step (MachineFixture *self, const HoldfastEvent *event, gint64 now_us);

/**
 * machine_fixture_parse_event:
 * @text: "VERDICT certain device=1 candidates=2 paired new", "PAIRED interrupted",
 *   "DEVICE device=1 paired,connected", "ANSWER_LIGHT slow", ...
 *
 * Fails the test, naming @where, if @text is none.
 */
void machine_fixture_parse_event (const char *text, const char *where, HoldfastEvent *ret_event);

/**
 * machine_fixture_happens:
 * @text: "+1.5 VERDICT certain device=1", so many seconds later, or "due DEADLINE"
 */
void machine_fixture_happens (MachineFixture *self, const char *text, const char *where);

/** Returns: (transfer full): "HOLD step=1 until=+2.0 do START_DISCOVERY|REJUDGE" */
char *machine_fixture_describe (const MachineFixture *self);

/** Returns: (transfer full): "VERDICT certain device=1", the form that is parsed */
char *machine_fixture_event_to_text (const HoldfastEvent *event);

/**
 * machine_fixture_compare:
 * @name: file in the folder of the tests
 * @text: what it should hold
 *
 * Compares a golden file, or writes it if HOLDFAST_TEST_GOLDEN is "write".
 */
void machine_fixture_compare (const char *name, const char *text);

G_END_DECLS
