/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * HoldfastTerminal:
 *
 * Lines out, lines in, and one live line at the bottom that changes in place.
 *
 * Signals:
 *   "line" (const char *text): the person typed a line; valid UTF-8, blanks stripped
 *   "closed" (): standard input has ended
 */
#define HOLDFAST_TYPE_TERMINAL (holdfast_terminal_get_type ())
G_DECLARE_FINAL_TYPE (HoldfastTerminal, holdfast_terminal, HOLDFAST, TERMINAL, GObject)

HoldfastTerminal *holdfast_terminal_new (void);

/** Returns: TRUE if a person sits at both ends: standard input and output are a terminal */
gboolean holdfast_terminal_is_interactive (HoldfastTerminal *self);

/** Starts reading lines; reading is not started before, so that pipes stay untouched. */
void holdfast_terminal_listen (HoldfastTerminal *self);

/** Prints one paragraph, wrapped to the width of the terminal. */
void holdfast_terminal_say (HoldfastTerminal *self, const char *text);
/** Prints a line as it is. */
void holdfast_terminal_print_line (HoldfastTerminal *self, const char *text);

/** Prints what can be typed now: "[ Enter: go on   q: stop ]". @labels: (element-type utf8) */
void holdfast_terminal_print_keys (HoldfastTerminal *self, GPtrArray *labels);

/** Returns: (transfer none): the letter that means yes, or no, in the person's language */
const char *holdfast_answer_get_letter (gboolean yes);
/** Returns: TRUE if @line is @wanted, small or capital */
gboolean holdfast_line_is (const char *line, const char *wanted);
/** Returns: TRUE if @line is the letter for yes, or no */
gboolean holdfast_answer_is (gboolean yes, const char *line);

/**
 * holdfast_terminal_set_live:
 * @text: (nullable): NULL ends it
 *
 * Shows a line that is replaced by the next one. Where output is no terminal nothing is shown.
 */
void holdfast_terminal_set_live (HoldfastTerminal *self, const char *text);

G_END_DECLS
