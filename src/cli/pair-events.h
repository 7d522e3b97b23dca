/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli.h"
#include "session.h"

G_BEGIN_DECLS

/**
 * HoldfastPairEvents:
 *
 * A session as JSON, one object a line, for scripts and support: "state" whenever the state or what
 * belongs to it changes. Fields are documented in docs/debugging.md.
 */
#define HOLDFAST_TYPE_PAIR_EVENTS (holdfast_pair_events_get_type ())
G_DECLARE_FINAL_TYPE (HoldfastPairEvents, holdfast_pair_events, HOLDFAST, PAIR_EVENTS, GObject)

HoldfastPairEvents *holdfast_pair_events_new (HoldfastSession *session, HoldfastCli *cli);

/** Prints the one event of a session that cannot begin. */
void holdfast_pair_events_print_end (HoldfastCli *cli, HoldfastFailure failure);

G_END_DECLS
