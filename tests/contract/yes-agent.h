/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fixture.h"

G_BEGIN_DECLS

/**
 * YesAgent:
 *
 * An agent of the test's own which says yes to everything. Ours refuses numeric comparison at once;
 * with this one a pairing stays open for as long as the headset does not answer.
 */
typedef struct _YesAgent YesAgent;

/** Returns: (nullable): registered on the fixture's connection; NULL failed the test */
YesAgent *yes_agent_new (Fixture *fixture);
/** Unregisters, unless the bus is gone. */
void yes_agent_free (YesAgent *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (YesAgent, yes_agent_free)

/** Returns: how many questions were asked */
guint yes_agent_get_asked (YesAgent *self);
/** Returns: how often it was told that the question is void */
guint yes_agent_get_cancelled (YesAgent *self);

G_END_DECLS
