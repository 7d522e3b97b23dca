/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "machine.h"

G_BEGIN_DECLS

/* What may be typed in a pairing at a terminal, state by state. */

/**
 * holdfast_pair_keys_get_labels:
 *
 * Returns: (transfer full) (element-type utf8): "Enter: go on", "q: stop": what can be typed now,
 * in the order of the prompt
 */
GPtrArray *holdfast_pair_keys_get_labels (const HoldfastMachine *machine);

/**
 * holdfast_pair_keys_find:
 * @line: what was typed, without its end
 * @ret_intent: (out): what is meant by it
 * @ret_answer: (out): and the answer that goes with it, or 0
 *
 * Returns: TRUE if @line is a key that means something now
 */
gboolean holdfast_pair_keys_find (const HoldfastMachine *machine,
                                  const char *line,
                                  HoldfastEventKind *ret_intent,
                                  int *ret_answer);

/** Returns: (transfer full): "y: @meaning", with the letter of the person's language */
char *holdfast_pair_keys_describe_answer (gboolean yes, const char *meaning);

G_END_DECLS
