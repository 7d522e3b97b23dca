/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "display-name.h"

#include <string.h>

#define FSI "\342\201\250"
#define PDI "\342\201\251"
#define RLO "\342\200\256"
#define ZWJ "\342\200\215"
#define ZWNJ "\342\200\214"
#define ACUTE "\314\201"
#define REPLACEMENT "\357\277\275"

static void
test_names (void)
{
  static const struct {
    const char *name;
    const char *clean;
  } rows[] = {
    { "WH-1000XM4",                                        "WH-1000XM4"                        },
    { "John's WF-C710N",                                   "John's WF-C710N"                   },
    { "WH-H910N (h.ear)",                                  "WH-H910N (h.ear)"                  },
    { NULL,                                                ""                                  },
    { "",                                                  ""                                  },
    { " \t\n ",                                            ""                                  },
    { "  two\n\n  lines\r\n",                              "two lines"                         },
    { "\033[31mred\033[0m\007",                            "[31mred[0m"                        },
    { "C1 \302\233 31m \302\205 next",                     "C1 31m next"                       },
    { "a\177b",                                            "ab"                                },
    { "<b>&amp;%s%n",                                      "<b>&amp;%s%n"                      },
    /* Overrides, embeddings, isolates, marks: dropped. */
    { RLO "4MX0001-HW",                                    "4MX0001-HW"                        },
    { "a\342\201\246b\342\201\251c\342\200\217d\330\234e", "abcde"                             },
    { "\357\273\277WH\302\255-1000\342\201\240XM4",        "WH-1000XM4"                        },
    /* Blank letters are blanks, alone they are nothing. */
    { "\343\205\244",                                      ""                                  },
    { "a\342\240\200\343\205\244b",                        "a b"                               },
    { "no\302\240break\342\200\250line",                   "no break line"                     },
    /* Marks: none before a letter, few on one. */
    { ACUTE "a",                                           "a"                                 },
    { "e" ACUTE "e",                                       "e" ACUTE "e"                       },
    { "a" ACUTE ACUTE ACUTE ACUTE ACUTE ACUTE,             "a" ACUTE ACUTE ACUTE ACUTE         },
    /* Joiners hold two together and stand nowhere else. */
    { ZWJ "a" ZWJ ZWJ "b" ZWJ,                             "a" ZWJ "b"                         },
    { "a " ZWNJ "b",                                       "a b"                               },
    /* Not UTF-8, noncharacters, private use. */
    { "a\377b",                                            "a" REPLACEMENT "b"                 },
    { "a\357\277\277b\356\200\200c",                       "a" REPLACEMENT "b" REPLACEMENT "c" },
    /* A tag sequence hides text. */
    { "a\363\240\201\201\363\240\201\277b",                "ab"                                },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *clean = holdfast_clean_name (rows[i].name);
    g_autofree char *shown = holdfast_display_name (rows[i].name);
    g_autofree char *expected = *rows[i].clean != '\0' ? g_strconcat (FSI, rows[i].clean, PDI, NULL)
                                                       : g_strdup ("no name");

    g_assert_cmpstr (clean, ==, rows[i].clean);
    g_assert_cmpstr (shown, ==, expected);
  }
}

static char *
repeat (const char *text, guint n)
{
  GString *string = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append (string, text);
  return g_string_free_and_steal (string);
}

static void
test_cut (void)
{
  static const char *const characters[] = {
    "x",
    "e" ACUTE,
    /* A family of three, a flag, a thumb with a skin tone, a Hangul syllable in parts. */
    "\360\237\221\251" ZWJ "\360\237\221\251" ZWJ "\360\237\221\247",
    "\360\237\207\251\360\237\207\252",
    "\360\237\221\215\360\237\217\275",
    "\341\204\200\341\205\241\341\206\250",
    /* Devanagari "ki", with a vowel sign that takes room. */
    "\340\244\225\340\244\277",
  };

  for (guint i = 0; i < G_N_ELEMENTS (characters); i++) {
    g_autofree char *fits = repeat (characters[i], HOLDFAST_NAME_VISIBLE);
    g_autofree char *too_long = repeat (characters[i], HOLDFAST_NAME_VISIBLE + 1);
    g_autofree char *part = repeat (characters[i], HOLDFAST_NAME_VISIBLE - 1);
    g_autofree char *expected = g_strconcat (part, "\342\200\246", NULL);
    g_autofree char *clean_fits = holdfast_clean_name (fits);
    g_autofree char *clean_long = holdfast_clean_name (too_long);

    g_assert_cmpstr (clean_fits, ==, fits);
    g_assert_cmpstr (clean_long, ==, expected);
  }
}

static void
test_cut_at_blank (void)
{
  g_autofree char *x = repeat ("x", HOLDFAST_NAME_VISIBLE - 2);
  g_autofree char *name = g_strconcat (x, " and more", NULL);
  g_autofree char *expected = g_strconcat (x, "\342\200\246", NULL);
  g_autofree char *clean = holdfast_clean_name (name);
  g_autofree char *blanks = g_strnfill (10000, ' ');
  g_autofree char *padded = g_strconcat (x, blanks, NULL);
  g_autofree char *clean_padded = holdfast_clean_name (padded);

  g_assert_cmpstr (clean, ==, expected);
  g_assert_cmpstr (clean_padded, ==, x);
}

/* What must hold for every name there is. */
static void
check_any (const char *name)
{
  g_autofree char *clean = holdfast_clean_name (name);
  g_autofree char *again = holdfast_clean_name (clean);
  g_autofree char *shown = holdfast_display_name (name);
  guint n_visible = 0;

  g_assert_true (g_utf8_validate (clean, -1, NULL));
  g_assert_cmpstr (again, ==, clean);
  for (const char *at = clean; *at != '\0'; at = g_utf8_next_char (at)) {
    gunichar c = g_utf8_get_char (at);

    g_assert_false (g_unichar_iscntrl (c));
    g_assert_true (g_unichar_isprint (c) || g_unichar_iszerowidth (c));
    g_assert_true (c != '\n' && (!g_unichar_isspace (c) || c == ' '));
    /* Of what turns text around, nothing is left. */
    g_assert_false ((c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || c == 0x200e
                    || c == 0x200f || c == 0x061c);
    n_visible += c == ' ' || !g_unichar_iszerowidth (c) ? 1 : 0;
  }
  /* One character of a reader may be a few joined ones. */
  g_assert_cmpuint (n_visible, <=, HOLDFAST_NAME_VISIBLE * 10);
  g_assert_false (g_str_has_prefix (clean, " ") || g_str_has_suffix (clean, " "));
  g_assert_null (strstr (clean, "  "));
  if (*clean != '\0') {
    g_assert_true (g_str_has_prefix (shown, FSI));
    g_assert_true (g_str_has_suffix (shown, PDI));
  }
  g_assert_cmpstr (shown, !=, "");
}

static void
append_nasty (GString *text, GRand *rand)
{
  static const gunichar nasty[] = {
    0x09,   0x0a,   0x1b,   0x7f,   0x85,   0xa0,   0xad,    0x300,    0x34f,   0x61c,   0x115f,
    0x1160, 0x11a8, 0x180e, 0x200b, 0x200c, 0x200d, 0x200e,  0x200f,   0x2028,  0x2029,  0x202a,
    0x202e, 0x2060, 0x2066, 0x2068, 0x2069, 0x2800, 0x3164,  0xfe0f,   0xfeff,  0xfff9,  0xfffc,
    0xffff, 0xe000, 0x0915, 0x094d, 0x05d0, 0x0627, 0x1f1e6, 0x1f3fd,  0x1f469, 0xe0041, 0xe007f,
    ' ',    'x',    '<',    '&',    '%',    0x4e2d, 0x1f600, 0x10ffff,
  };

  switch (g_rand_int_range (rand, 0, 4)) {
  case 0:
    g_string_append_c (text, (char) g_rand_int_range (rand, 1, 256));
    break;
  case 1: {
    gunichar c = (gunichar) g_rand_int_range (rand, 1, 0x110000);

    if (g_unichar_validate (c))
      g_string_append_unichar (text, c);
    break;
  }
  default:
    g_string_append_unichar (text, nasty[g_rand_int_range (rand, 0, G_N_ELEMENTS (nasty))]);
    break;
  }
}

static void
test_fuzz (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (0x5eed);
  guint n_names = g_getenv ("HOLDFAST_TEST_LONG") != NULL ? 2000000 : 20000;

  for (guint i = 0; i < n_names; i++) {
    g_autoptr (GString) text = g_string_new (NULL);
    gint32 length = g_rand_int_range (rand, 0, i % 100 == 0 ? 2000 : 90);

    for (gint32 j = 0; j < length; j++)
      append_nasty (text, rand);
    check_any (text->str);
  }
}

/* Each character that has a name, and some of the rest: alone, and twice between letters. */
static void
test_every_character (void)
{
  for (gunichar c = 1; c < 0x110000; c += c < 0x20000 ? 1 : 61) {
    char encoded[7] = { 0 };
    char name[24];

    if (!g_unichar_validate (c))
      continue;
    g_unichar_to_utf8 (c, encoded);
    g_snprintf (name, sizeof name, "a%s%sb", encoded, encoded);
    check_any (name);
    if (c < 0x3000)
      check_any (encoded);
  }
}

static void
test_address_tail (void)
{
  static const struct {
    const char *address;
    const char *tail;
  } rows[] = {
    { "38:18:4C:00:00:42",    "00:42" },
    { "38:18:4c:00:ab:cd",    "ab:cd" },
    { NULL,                   ""      },
    { "",                     ""      },
    { "38:18:4C:00:00:4",     ""      },
    { "38:18:4C:00:00:42:00", ""      },
    { "38-18-4C-00-00-42",    ""      },
    { "38:18:4C:00:00:\033[", ""      },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *tail = holdfast_address_tail (rows[i].address);

    g_assert_cmpstr (tail, ==, rows[i].tail);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/display-name/names", test_names);
  g_test_add_func ("/core/display-name/cut", test_cut);
  g_test_add_func ("/core/display-name/cut-at-blank", test_cut_at_blank);
  g_test_add_func ("/core/display-name/fuzz", test_fuzz);
  g_test_add_func ("/core/display-name/every-character", test_every_character);
  g_test_add_func ("/core/display-name/address-tail", test_address_tail);

  return g_test_run ();
}
