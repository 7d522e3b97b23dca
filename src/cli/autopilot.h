/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "session.h"

G_BEGIN_DECLS

/**
 * HoldfastConsent: what the person allowed beforehand, on the command line.
 * @address: (nullable): "this one is mine", answers "Is this yours?"
 * @forget: pair afresh, and remove the old pairing when it has to go
 */
typedef struct {
  const char *address;
  gboolean forget;
} HoldfastConsent;

/**
 * HoldfastAutopilot:
 *
 * Presses the primary button where nobody sits at the keyboard: in scripts, over pipes, with
 * --json. Answers questions only as far as the person consented beforehand.
 *
 * Signals: "stuck" (): a question that it may not answer, or a failure; the session should end.
 */
#define HOLDFAST_TYPE_AUTOPILOT (holdfast_autopilot_get_type ())
G_DECLARE_FINAL_TYPE (HoldfastAutopilot, holdfast_autopilot, HOLDFAST, AUTOPILOT, GObject)

HoldfastAutopilot *holdfast_autopilot_new (HoldfastSession *session,
                                           const HoldfastConsent *consent);

G_END_DECLS
