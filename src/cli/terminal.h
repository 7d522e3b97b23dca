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

/* All that is printed is cleaned, see holdfast_terminal_clean(). */

/** Prints one paragraph, wrapped to the width of the terminal. */
void holdfast_terminal_say (HoldfastTerminal *self, const char *text);
/** The same for one item of a list. */
void holdfast_terminal_say_item (HoldfastTerminal *self, const char *text);
/** Prints a line without wrapping it. */
void holdfast_terminal_print_line (HoldfastTerminal *self, const char *text);

/** Prints what can be typed now: "[ Enter: go on   q: stop ]". @labels: (element-type utf8) */
void holdfast_terminal_print_keys (HoldfastTerminal *self, GPtrArray *labels);

/**
 * holdfast_terminal_warn:
 *
 * Prints a sentence to standard error, as one line, cleaned: it may hold what somebody typed, what
 * a file is called, or what came from the air.
 */
void holdfast_terminal_warn (const char *text);

/**
 * holdfast_terminal_clean:
 * @untrusted: any bytes
 * @keep_lines: TRUE if line ends are meant; they become blanks otherwise
 *
 * Takes out whatever a terminal would act upon, and what turns text around; isolated names stay so.
 *
 * Returns: (transfer full): valid UTF-8
 */
char *holdfast_terminal_clean (const char *untrusted, gboolean keep_lines);

/** Returns: (transfer full): JSON in which nothing invisible is left: it became \uXXXX */
char *holdfast_terminal_escape_json (const char *json);

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
