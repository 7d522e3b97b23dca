/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "terminal.h"

#include <errno.h>
#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* Wider lines are hard to read; narrower windows are honoured. In characters. */
#define WIDEST 78
#define NARROWEST 20

/* A line that a person types is short; more is noise from a pipe. In bytes. */
#define LONGEST_LINE 1024

struct _HoldfastTerminal {
  GObject parent_instance;

  gboolean input_is_tty;
  gboolean output_is_tty;
  guint source;
  GString *pending;
  char *live;
};

enum {
  LINE,
  CLOSED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (HoldfastTerminal, holdfast_terminal, G_TYPE_OBJECT)

#define ZERO_WIDTH_NON_JOINER 0x200c
#define ZERO_WIDTH_JOINER 0x200d
#define FIRST_STRONG_ISOLATE 0x2068
#define POP_DIRECTIONAL_ISOLATE 0x2069

/* Control characters, and characters that are not seen but change what is. */
static gboolean
is_unseen (gunichar c)
{
  GUnicodeType type = g_unichar_type (c);

  return type == G_UNICODE_CONTROL || type == G_UNICODE_FORMAT || type == G_UNICODE_LINE_SEPARATOR
         || type == G_UNICODE_PARAGRAPH_SEPARATOR;
}

char *
holdfast_terminal_clean (const char *untrusted, gboolean keep_lines)
{
  g_autofree char *valid = NULL;
  GString *clean = NULL;

  g_return_val_if_fail (untrusted != NULL, NULL);

  valid = g_utf8_make_valid (untrusted, -1);
  clean = g_string_new (NULL);
  for (const char *at = valid; *at != '\0'; at = g_utf8_next_char (at)) {
    gunichar c = g_utf8_get_char (at);

    if (c == '\n')
      g_string_append_c (clean, keep_lines ? '\n' : ' ');
    else if (c == '\t')
      g_string_append_c (clean, ' ');
    else if (!is_unseen (c) || c == FIRST_STRONG_ISOLATE || c == POP_DIRECTIONAL_ISOLATE
             || c == ZERO_WIDTH_NON_JOINER || c == ZERO_WIDTH_JOINER)
      g_string_append_unichar (clean, c);
  }
  return g_string_free (clean, FALSE);
}

char *
holdfast_terminal_escape_json (const char *json)
{
  GString *escaped = NULL;

  g_return_val_if_fail (json != NULL, NULL);

  escaped = g_string_new (NULL);
  for (const char *at = json; *at != '\0'; at = g_utf8_next_char (at)) {
    gunichar c = g_utf8_get_char (at);

    /* Line ends are the layout; within a string they are escaped already. */
    if (c == '\n' || !is_unseen (c))
      g_string_append_unichar (escaped, c);
    else if (c < 0x10000)
      g_string_append_printf (escaped, "\\u%04x", c);
    else
      g_string_append_printf (escaped,
                              "\\u%04x\\u%04x",
                              0xd800 + ((c - 0x10000) >> 10),
                              0xdc00 + ((c - 0x10000) & 0x3ff));
  }
  return g_string_free (escaped, FALSE);
}

void
holdfast_terminal_warn (const char *text)
{
  g_autofree char *clean = holdfast_terminal_clean (text, FALSE);

  g_printerr ("%s\n", g_strchomp (clean));
}

static void
take_line (HoldfastTerminal *self)
{
  g_autofree char *line = g_utf8_make_valid (self->pending->str, (gssize) self->pending->len);

  g_string_truncate (self->pending, 0);
  g_signal_emit (self, signals[LINE], 0, g_strstrip (line));
}

static gboolean
readable_cb (gint fd, GIOCondition condition, gpointer user_data)
{
  g_autoptr (HoldfastTerminal) self = g_object_ref (user_data);
  char buffer[256];
  gssize n = read (fd, buffer, sizeof buffer);

  if (n < 0 && (errno == EINTR || errno == EAGAIN))
    return G_SOURCE_CONTINUE;
  if (n <= 0) {
    self->source = 0;
    g_signal_emit (self, signals[CLOSED], 0);
    return G_SOURCE_REMOVE;
  }

  for (gssize i = 0; i < n; i++) {
    if (buffer[i] == '\n')
      take_line (self);
    else if (self->pending->len < LONGEST_LINE)
      g_string_append_c (self->pending, buffer[i]);
  }
  return self->source != 0 ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

void
holdfast_terminal_listen (HoldfastTerminal *self)
{
  g_return_if_fail (HOLDFAST_IS_TERMINAL (self));

  if (self->source == 0)
    self->source = g_unix_fd_add (STDIN_FILENO, G_IO_IN | G_IO_HUP, readable_cb, self);
}

gboolean
holdfast_terminal_is_interactive (HoldfastTerminal *self)
{
  g_return_val_if_fail (HOLDFAST_IS_TERMINAL (self), FALSE);

  return self->input_is_tty && self->output_is_tty;
}

static glong
get_width (HoldfastTerminal *self)
{
  struct winsize size = { 0 };

  if (!self->output_is_tty || ioctl (STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
    return WIDEST;
  return CLAMP (size.ws_col, NARROWEST, WIDEST);
}

static void
hide_live (HoldfastTerminal *self)
{
  if (self->live != NULL)
    fputs ("\r\033[K", stdout);
}

static void
show_live (HoldfastTerminal *self)
{
  g_autofree char *cut = NULL;

  if (self->live == NULL)
    return;
  cut = g_utf8_substring (self->live, 0, MIN (g_utf8_strlen (self->live, -1), get_width (self)));
  printf ("\r\033[K%s", cut);
  fflush (stdout);
}

void
holdfast_terminal_print_line (HoldfastTerminal *self, const char *text)
{
  g_autofree char *clean = NULL;

  g_return_if_fail (HOLDFAST_IS_TERMINAL (self));
  g_return_if_fail (text != NULL);

  clean = holdfast_terminal_clean (text, TRUE);
  hide_live (self);
  printf ("%s\n", clean);
  show_live (self);
  fflush (stdout);
}

/* Prints words from a first column on, and the lines that follow below them. */
static void
print_wrapped (HoldfastTerminal *self, const char *text, const char *first, int indent)
{
  g_autofree char *clean = holdfast_terminal_clean (text, TRUE);
  g_auto (GStrv) words = g_strsplit (clean, " ", -1);
  glong width = get_width (self) - indent;
  glong column = 0;

  hide_live (self);
  fputs (first, stdout);
  for (guint i = 0; words[i] != NULL; i++) {
    glong length = g_utf8_strlen (words[i], -1);

    if (column > 0 && column + 1 + length > width) {
      printf ("\n%*s", indent, "");
      column = 0;
    }
    printf ("%s%s", column > 0 ? " " : "", words[i]);
    column += length + (column > 0 ? 1 : 0);
  }
  putchar ('\n');
  show_live (self);
  fflush (stdout);
}

void
holdfast_terminal_say (HoldfastTerminal *self, const char *text)
{
  g_return_if_fail (HOLDFAST_IS_TERMINAL (self));
  g_return_if_fail (text != NULL);

  print_wrapped (self, text, "", 0);
}

void
holdfast_terminal_say_item (HoldfastTerminal *self, const char *text)
{
  g_return_if_fail (HOLDFAST_IS_TERMINAL (self));
  g_return_if_fail (text != NULL);

  print_wrapped (self, text, "  • ", 4);
}

void
holdfast_terminal_print_keys (HoldfastTerminal *self, GPtrArray *labels)
{
  g_autoptr (GString) line = g_string_new ("[ ");

  for (guint i = 0; i < labels->len; i++)
    g_string_append_printf (
        line, "%s%s", i > 0 ? "   " : "", (const char *) g_ptr_array_index (labels, i));
  g_string_append (line, " ]");
  if (labels->len > 0)
    holdfast_terminal_print_line (self, line->str);
}

void
holdfast_terminal_set_live (HoldfastTerminal *self, const char *text)
{
  g_return_if_fail (HOLDFAST_IS_TERMINAL (self));

  if (!self->output_is_tty || g_strcmp0 (self->live, text) == 0)
    return;
  hide_live (self);
  g_clear_pointer (&self->live, g_free);
  self->live = text != NULL ? holdfast_terminal_clean (text, FALSE) : NULL;
  show_live (self);
  fflush (stdout);
}

const char *
holdfast_answer_get_letter (gboolean yes)
{
  /* Translators: the letter that means "yes" on the keyboard, in lower case */
  const char *yes_letter = C_ ("keyboard answer", "y");
  /* Translators: the letter that means "no" on the keyboard, in lower case */
  const char *no_letter = C_ ("keyboard answer", "n");

  return yes ? yes_letter : no_letter;
}

gboolean
holdfast_line_is (const char *line, const char *wanted)
{
  g_autofree char *folded_line = g_utf8_casefold (line, -1);
  g_autofree char *folded_wanted = g_utf8_casefold (wanted, -1);

  return g_str_equal (folded_line, folded_wanted);
}

gboolean
holdfast_answer_is (gboolean yes, const char *line)
{
  return holdfast_line_is (line, holdfast_answer_get_letter (yes));
}

static void
holdfast_terminal_finalize (GObject *object)
{
  HoldfastTerminal *self = HOLDFAST_TERMINAL (object);

  holdfast_terminal_set_live (self, NULL);
  g_clear_handle_id (&self->source, g_source_remove);
  g_string_free (self->pending, TRUE);
  g_free (self->live);

  G_OBJECT_CLASS (holdfast_terminal_parent_class)->finalize (object);
}

static void
holdfast_terminal_class_init (HoldfastTerminalClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = holdfast_terminal_finalize;

  signals[LINE] = g_signal_new ("line",
                                HOLDFAST_TYPE_TERMINAL,
                                G_SIGNAL_RUN_LAST,
                                0,
                                NULL,
                                NULL,
                                NULL,
                                G_TYPE_NONE,
                                1,
                                G_TYPE_STRING);
  signals[CLOSED] = g_signal_new (
      "closed", HOLDFAST_TYPE_TERMINAL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
holdfast_terminal_init (HoldfastTerminal *self)
{
  self->input_is_tty = isatty (STDIN_FILENO) == 1;
  self->output_is_tty = isatty (STDOUT_FILENO) == 1;
  self->pending = g_string_new (NULL);
}

HoldfastTerminal *
holdfast_terminal_new (void)
{
  return g_object_new (HOLDFAST_TYPE_TERMINAL, NULL);
}
