/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "terminal.h"

typedef struct {
  const char *untrusted;
  const char *line;  /* as one line */
  const char *lines; /* NULL: the same */
} Cleaned;

static const Cleaned cleaned[] = {
  { "WH-1000XM4",                                "WH-1000XM4",                   NULL                 },
  { "",                                          "",                             NULL                 },
  /* colours, a title, a bell, backspaces */
  { "\033[31mred\033[0m",                        "[31mred[0m",                   NULL                 },
  { "\033]0;title\a\b\b",                        "]0;title",                     NULL                 },
  { "a\177b\rc\vd",                              "abcd",                         NULL                 },
  /* C1: U+009B is an escape sequence's beginning, U+0085 a line's end */
  { "x\302\2332Jy\302\205z",                     "x2Jyz",                        NULL                 },
  /* turned around, and marked */
  { "\342\200\256drow\342\200\254",              "drow",                         NULL                 },
  { "a\342\200\216b\342\200\217c",               "abc",                          NULL                 },
  { "a\342\201\246b\342\201\247c",               "abc",                          NULL                 },
  { "a\342\200\250b\342\200\251c\357\273\277d",  "abcd",                         NULL                 },
  /* isolated on purpose by holdfast_display_name() */
  { "\342\201\250name\342\201\251",              "\342\201\250name\342\201\251", NULL                 },
  { "forged\nfile: good",                        "forged file: good",            "forged\nfile: good" },
  { "a\tb",                                      "a b",                          NULL                 },
  /* no UTF-8 at all, and a raw C1 byte */
  { "a\377b\233c",                               "a\357\277\275b\357\277\275c",  NULL                 },
  { "\346\227\245\346\234\254 \360\237\216\247",
   "\346\227\245\346\234\254 \360\237\216\247",                                  NULL                 },
};

static void
test_clean (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cleaned); i++) {
    g_autofree char *line = holdfast_terminal_clean (cleaned[i].untrusted, FALSE);
    g_autofree char *lines = holdfast_terminal_clean (cleaned[i].untrusted, TRUE);

    g_assert_cmpstr (line, ==, cleaned[i].line);
    g_assert_cmpstr (lines, ==, cleaned[i].lines != NULL ? cleaned[i].lines : cleaned[i].line);
  }
}

/* Every character goes through JSON and comes back; none that is not seen stays as it is. */
static void
test_json (void)
{
  g_autoptr (GString) all = g_string_new (NULL);
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (JsonNode) back = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *raw = NULL;
  g_autofree char *escaped = NULL;

  for (gunichar c = 1; c < 0x3000; c++)
    g_string_append_unichar (all, c);
  g_string_append_unichar (all, 0xfeff);
  g_string_append_unichar (all, 0xe0041); /* a tag */
  g_string_append_unichar (all, 0x1f3a7); /* a picture of headphones */

  node = json_node_init_string (json_node_alloc (), all->str);
  raw = json_to_string (node, FALSE);
  escaped = holdfast_terminal_escape_json (raw);

  for (const char *at = escaped; *at != '\0'; at = g_utf8_next_char (at)) {
    gunichar c = g_utf8_get_char (at);
    GUnicodeType type = g_unichar_type (c);

    if (type == G_UNICODE_CONTROL || type == G_UNICODE_FORMAT || type == G_UNICODE_LINE_SEPARATOR
        || type == G_UNICODE_PARAGRAPH_SEPARATOR)
      g_error ("U+%04X is in the JSON as it is", c);
  }
  g_assert_nonnull (strstr (escaped, "\\u202e"));
  g_assert_nonnull (strstr (escaped, "\\udb40\\udc41"));
  g_assert_nonnull (strstr (escaped, "\360\237\216\247"));

  back = json_from_string (escaped, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (json_node_get_string (back), ==, all->str);
}

static void
test_warn (void)
{
  if (g_test_subprocess ()) {
    holdfast_terminal_warn ("\033[2Jno model \342\200\256x\302\233\nforged\n");
    return;
  }
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
  g_test_trap_assert_stderr ("[2Jno model x forged\n");
  g_test_trap_assert_stderr_unmatched ("*\033*");
}

static void
test_answers (void)
{
  g_assert_true (holdfast_answer_is (TRUE, "y"));
  g_assert_true (holdfast_answer_is (TRUE, "Y"));
  g_assert_false (holdfast_answer_is (TRUE, "yes"));
  g_assert_false (holdfast_answer_is (TRUE, ""));
  g_assert_true (holdfast_answer_is (FALSE, "n"));
  g_assert_false (holdfast_answer_is (FALSE, "y"));
  /* a language whose letter is not ASCII */
  g_assert_true (holdfast_line_is ("\320\224", "\320\264"));
  g_assert_false (holdfast_line_is ("", "\320\264"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/cli/terminal/clean", test_clean);
  g_test_add_func ("/cli/terminal/json", test_json);
  g_test_add_func ("/cli/terminal/warn", test_warn);
  g_test_add_func ("/cli/terminal/answers", test_answers);

  return g_test_run ();
}
