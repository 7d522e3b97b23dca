/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>
#include <sys/stat.h>

#include <glib/gstdio.h>

#include "catalogue-private.h"

/* A file that is right, from which each test makes one that is wrong in one way. */
static const char good[] = "# A headset of a person's own\n"
                           "[headset]\n"
                           "source=recalled\n"
                           "name=WH-TEST1\n"
                           "form=over-ear\n"
                           "gate=check-first\n"
                           "controls=power;custom\n"
                           "\n"
                           "[bluetooth]\n"
                           "source=https://example.org/wh-test1\n"
                           "radio=classic\n"
                           "names=WH-TEST1\n"
                           "\n"
                           "[connectors]\n"
                           "source=My own headset, 2026-01-31\n"
                           "jack=yes\n"
                           "\n"
                           "[pair]\n"
                           "source=recalled\n"
                           "control=power\n"
                           "start=off\n"
                           "hold-usual-ms=7000\n"
                           "light=blue:150 off:150 blue:150 off:850\n"
                           "light.source=illustration\n"
                           "\n"
                           "[factory-reset]\n"
                           "source=recalled\n"
                           "control=power\n"
                           "control2=custom\n"
                           "start=off\n"
                           "hold-usual-ms=7000\n";

static HoldfastCatalogue *
load (void)
{
  g_autoptr (GError) error = NULL;
  HoldfastCatalogue *catalogue = holdfast_catalogue_new (&error);

  g_assert_no_error (error);
  return catalogue;
}

static guint
count (HoldfastCatalogue *catalogue)
{
  return g_list_model_get_n_items (holdfast_catalogue_get_models (catalogue));
}

static char *
replace (const char *text, const char *from, const char *to)
{
  g_autoptr (GString) changed = g_string_new (text);

  if (g_string_replace (changed, from, to, 1) != 1)
    g_error ("“%s” is not in the file", from);
  return g_string_free (g_steal_pointer (&changed), FALSE);
}

static gboolean
add (HoldfastCatalogue *catalogue, const char *name, const char *text, GError **error)
{
  g_autoptr (GBytes) contents = g_bytes_new (text, strlen (text));

  return holdfast_catalogue_add_file (catalogue, name, contents, error);
}

static void
test_good_file (void)
{
  g_autoptr (HoldfastCatalogue) catalogue = load ();
  g_autoptr (GError) error = NULL;
  HoldfastHeadset *headset;
  const HoldfastGesture *way;

  g_assert_true (add (catalogue, "wh-test1.headset", good, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count (catalogue), ==, 47);

  headset = holdfast_catalogue_find (catalogue, "wh-test1");
  g_assert_nonnull (headset);
  g_assert_true (holdfast_catalogue_match_name (catalogue, "LE_WH-TEST1") == headset);
  g_assert_cmpint (holdfast_headset_find_fact (headset, "bluetooth", "radio")->kind,
                   ==,
                   HOLDFAST_FACT_SECONDARY);
  g_assert_cmpstr (holdfast_headset_find_fact (headset, "connectors", "jack")->source,
                   ==,
                   "My own headset, 2026-01-31");
  way = g_ptr_array_index (holdfast_headset_get_pairing_ways (headset), 0);
  g_assert_cmpuint (holdfast_gesture_get_last_hold (way)->longest_ms, ==, 10000);
}

/* The file that docs/headsets.md shows. */
static void
test_example_of_the_docs (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "docs", "headsets.md", NULL);
  g_autoptr (HoldfastCatalogue) catalogue = load ();
  g_autofree char *text = NULL;
  g_autofree char *example = NULL;
  g_autoptr (GError) error = NULL;
  const char *begin;
  const char *end;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  begin = strstr (text, "```ini\n");
  g_assert_nonnull (begin);
  begin += strlen ("```ini\n");
  end = strstr (begin, "```");
  g_assert_nonnull (end);
  example = g_strndup (begin, end - begin);

  g_assert_true (add (catalogue, "wh-new1.headset", example, &error));
  g_assert_no_error (error);
  g_assert_nonnull (holdfast_catalogue_find (catalogue, "WH-NEW1"));
}

/* The row says what is wrong, and which words the message must hold: file, group and key. */
static const struct {
  const char *what;
  const char *from;
  const char *to;
  int code;
  const char *message;
} bad_files[] = {
  { "no source of the value or its group",
   "[factory-reset]\nsource=recalled\n",      "[factory-reset]\n",
   HOLDFAST_CATALOGUE_ERROR_NO_SOURCE,                                                                                                                       "[factory-reset] control: has no source"                   },
  { "a source that nobody can look up",
   "source=https://example.org/wh-test1\n",   "source=a friend\n",
   HOLDFAST_CATALOGUE_ERROR_NO_SOURCE,                                                                                                                       "[bluetooth] radio: “a friend”"                            },
  { "an address without a host",
   "https://example.org/wh-test1",            "https://",
   HOLDFAST_CATALOGUE_ERROR_NO_SOURCE,                                                                                                                       "[bluetooth] radio: "                                      },
  { "a title with an impossible date",
   "My own headset, 2026-01-31",              "My own headset, yesterday",
   HOLDFAST_CATALOGUE_ERROR_NO_SOURCE,                                                                                                                       "[connectors] jack: "                                      },
  { "an empty source",
   "source=https://example.org/wh-test1\n",   "source=\n",
   HOLDFAST_CATALOGUE_ERROR_NO_SOURCE,                                                                                                                       "[bluetooth] radio: the source is empty"                   },
  { "an unknown key",
   "radio=classic\n",                         "radio=classic\ncolour=black\n",
   HOLDFAST_CATALOGUE_ERROR_UNKNOWN_KEY,                                                                                                                     "[bluetooth] colour: unknown key"                          },
  { "a key of another group",
   "jack=yes\n",                              "jack=yes\ncontrol=power\n",
   HOLDFAST_CATALOGUE_ERROR_UNKNOWN_KEY,                                                                                                                     "[connectors] control: unknown key"                        },
  { "an unknown group",
   "[connectors]",                            "[plugs]",
   HOLDFAST_CATALOGUE_ERROR_UNKNOWN_KEY,                                                                                                                     "[plugs]: unknown group"                                   },
  { "a way too many",
   "[connectors]",                            "[pair-10]",
   HOLDFAST_CATALOGUE_ERROR_UNKNOWN_KEY,                                                                                                                     "[pair-10]: unknown group"                                 },
  { "a note about nothing",
   "radio=classic\n",                         "radio=classic\nversion.note=5.0\n",
   HOLDFAST_CATALOGUE_ERROR_UNKNOWN_KEY,                                                                                                                     "[bluetooth] version.note: "                               },
  { "an unknown remark",
   "radio=classic\n",                         "radio=classic\nradio.colour=black\n",
   HOLDFAST_CATALOGUE_ERROR_UNKNOWN_KEY,                                                                                                                     "[bluetooth] radio.colour: unknown key"                    },
  { "a translated key",
   "name=WH-TEST1\n",                         "name=WH-TEST1\nname[de]=WH-TEST1\n",
   HOLDFAST_CATALOGUE_ERROR_UNKNOWN_KEY,                                                                                                                     "[headset] name[de]: "                                     },
  { "an unknown confidence",
   "radio=classic\n",                         "radio=classic\nradio.confidence=great\n",
   HOLDFAST_CATALOGUE_ERROR_VALUE,                                                                                                                           "[bluetooth] radio: confidence"                            },
  { "a time that is no number",
   "hold-usual-ms=7000\nlight",               "hold-usual-ms=long\nlight",
   HOLDFAST_CATALOGUE_ERROR_VALUE,                                                                                                                           "[pair] hold-usual-ms: “long” is not a whole number"       },
  { "a time below zero",
   "hold-usual-ms=7000\nlight",               "hold-usual-ms=-7000\nlight",
   HOLDFAST_CATALOGUE_ERROR_VALUE,                                                                                                                           "[pair] hold-usual-ms: "                                   },
  { "seconds in place of milliseconds",
   "hold-usual-ms=7000\nlight",               "hold-usual-ms=7\nlight",
   HOLDFAST_CATALOGUE_ERROR_VALUE,                                                                                                                           "[pair] hold-usual-ms: “7” is not a whole number from 500" },
  { "a time beyond all patience",
   "hold-usual-ms=7000\nlight",               "hold-usual-ms=70000\nlight",
   HOLDFAST_CATALOGUE_ERROR_VALUE,                                                                                                                           "[pair] hold-usual-ms: "                                   },
  { "a time that no computer holds",
   "hold-usual-ms=7000\nlight",               "hold-usual-ms=99999999999999999999999\nlight",
   HOLDFAST_CATALOGUE_ERROR_VALUE,                                                                                                                           "[pair] hold-usual-ms: "                                   },
  { "earliest after usual",
   "hold-usual-ms=7000\nlight",               "hold-usual-ms=7000\nhold-earliest-ms=7500\nlight",
   HOLDFAST_CATALOGUE_ERROR_VALUE,                                                                                                                           "[pair] hold-earliest-ms: must not be later"               },
  { "longest before usual",
   "hold-usual-ms=7000\nlight",               "hold-usual-ms=7000\nhold-longest-ms=6500\nlight",
   HOLDFAST_CATALOGUE_ERROR_VALUE,                                                                                                                           "[pair] hold-longest-ms: must not be earlier"              },
  { "a weaker source that decides",
   "hold-usual-ms=7000\nlight",               "hold-usual-ms=7000\nhold-other-ms=5000\nhold-other-ms.source=article\nlight",
   HOLDFAST_CATALOGUE_ERROR_VALUE,                                                                                                                           "[pair] hold-other-ms: has a stronger source"              },
  { "a light of four flashes a second",
   "light=blue:150 off:150 blue:150 off:850", "light=blue:125 off:125",
   HOLDFAST_CATALOGUE_ERROR_UNSAFE,                                                                                                                          "[pair] light: light flashes 4"                            },
  { "a light of no colour",
   "light=blue:150",                          "light=mauve:150",
   HOLDFAST_CATALOGUE_ERROR_VALUE,                                                                                                                           "[pair] light: “mauve”"                                    },
  { "a control it does not have",
   "control=power\nstart",                    "control=bluetooth\nstart",
   HOLDFAST_CATALOGUE_ERROR_VALUE,                                                                                                                           "[pair] control: is not among the controls"                },
  { "a second control it does not have",
   "control2=custom",                         "control2=nc-ambient",
   HOLDFAST_CATALOGUE_ERROR_VALUE,                                                                                                                           "[factory-reset] control2: is not among the controls"      },
  { "one control held twice",
   "control2=custom",                         "control2=power",
   HOLDFAST_CATALOGUE_ERROR_VALUE,                                                                                                                           "[factory-reset] control2: is the same"                    },
  { "a control nobody knows",
   "control=power\nstart",                    "control=lever\nstart",
   HOLDFAST_CATALOGUE_ERROR_VALUE,                                                                                                                           "[pair] control: “lever” is not one of power, "            },
  { "headphones with a charging case",
   "controls=power;custom",                   "controls=power;custom;case-button",
   HOLDFAST_CATALOGUE_ERROR_VALUE,                                                                                                                           "[headset] controls: only earbuds"                         },
  { "a blocked jack that is not there",
   "jack=yes",                                "jack=no\ncable-blocks=yes",
   HOLDFAST_CATALOGUE_ERROR_VALUE,                                                                                                                           "[connectors] cable-blocks: "                              },
  { "a question without an answer",
   "start=off\nhold-usual-ms=7000\nlight",    "start=off\nquestion=case-button\nhold-usual-ms=7000\nlight",
   HOLDFAST_CATALOGUE_ERROR_VALUE,                                                                                                                           "[pair] question: "                                        },
  { "plain words for what is only recalled",
   "gate=check-first",                        "gate=show",
   HOLDFAST_CATALOGUE_ERROR_VALUE,                                                                                                                           "[headset] gate: cannot be “show”"                         },
  { "a radio and no Bluetooth",
   "gate=check-first",                        "gate=no-bluetooth",
   HOLDFAST_CATALOGUE_ERROR_VALUE,                                                                                                                           "[headset] gate: does not go with the radio"               },
  { "no name",
   "name=WH-TEST1\n",                         "",
   HOLDFAST_CATALOGUE_ERROR_VALUE,                                                                                                                           "[headset] name: is missing"                               },
  { "no form",
   "form=over-ear\n",                         "",
   HOLDFAST_CATALOGUE_ERROR_VALUE,                                                                                                                           "[headset] form: is missing"                               },
  { "no gate",
   "gate=check-first\n",                      "",
   HOLDFAST_CATALOGUE_ERROR_VALUE,                                                                                                                           "[headset] gate: is missing"                               },
  { "no radio",
   "radio=classic\n",                         "",
   HOLDFAST_CATALOGUE_ERROR_VALUE,                                                                                                                           "[bluetooth] radio: is missing"                            },
  { "an empty name",
   "name=WH-TEST1\n",                         "name=\n",
   HOLDFAST_CATALOGUE_ERROR_VALUE,                                                                                                                           "[headset] name: "                                         },
  { "a way that knows nothing",
   "[factory-reset]",                         "[pair-2]\nsource=recalled\nplace=left-cup\n"
    "[factory-reset]",                                                                                  HOLDFAST_CATALOGUE_ERROR_VALUE,
   "[pair-2]: a further way needs"                                                                                                                                                                                      },
  { "a guide that is no address",
   "name=WH-TEST1\n",                         "name=WH-TEST1\nguide=the drawer\n",
   HOLDFAST_CATALOGUE_ERROR_VALUE,                                                                                                                           "[headset] guide: "                                        },
  { "a guide that runs something",
   "name=WH-TEST1\n",                         "name=WH-TEST1\nguide=file:///bin/sh\n",
   HOLDFAST_CATALOGUE_ERROR_VALUE,                                                                                                                           "[headset] guide: "                                        },
  { "a product that is no hexadecimal number",
   "names=WH-TEST1\n",                        "names=WH-TEST1\nproduct=0DZ8\n",
   HOLDFAST_CATALOGUE_ERROR_VALUE,                                                                                                                           "[bluetooth] product: "                                    },
  { "a name twice in a list",
   "names=WH-TEST1\n",                        "names=WH-TEST1;WH-TEST1\n",
   HOLDFAST_CATALOGUE_ERROR_VALUE,                                                                                                                           "[bluetooth] names: "                                      },
  { "an id that is a path",
   "[headset]\nsource=recalled\n",            "[headset]\nsource=recalled\nid=../../etc\n",
   HOLDFAST_CATALOGUE_ERROR_VALUE,                                                                                                                           "[headset] id: "                                           },
  { "a family that is not there",
   "form=over-ear\n",                         "form=over-ear\nfamily=family-none\n",
   HOLDFAST_CATALOGUE_ERROR_FAMILY,                                                                                                                          "[headset] family: there is no “family-none”"              },
  { "a model that calls itself a family",
   "form=over-ear\n",                         "form=over-ear\nid=family-wh\n",
   HOLDFAST_CATALOGUE_ERROR_FAMILY,                                                                                                                          "[headset] id: "                                           },
  { "another model's name",
   "name=WH-TEST1\n",                         "name=WH-1000XM4\n",
   HOLDFAST_CATALOGUE_ERROR_DUPLICATE,                                                                                                                       "[headset] name: “wh1000xm4” is a name of wh-1000xm4"      },
  { "another model's name on the air",
   "names=WH-TEST1\n",                        "names=wh 1000 xm4\n",
   HOLDFAST_CATALOGUE_ERROR_DUPLICATE,                                                                                                                       "is a name of wh-1000xm4"                                  },
  { "another model's product",
   "names=WH-TEST1\n",                        "names=WH-TEST1\nproduct=0D58\n",
   HOLDFAST_CATALOGUE_ERROR_DUPLICATE,                                                                                                                       "[bluetooth] product: 0D58 is wh-1000xm4 already"          },
  { "a key twice",
   "jack=yes\n",                              "jack=yes\n jack = no\n",
   HOLDFAST_CATALOGUE_ERROR_DUPLICATE,                                                                                                                       "[connectors] jack: the key is there twice"                },
  { "a group twice",
   "[factory-reset]",                         "[pair]",
   HOLDFAST_CATALOGUE_ERROR_DUPLICATE,                                                                                                                       "[pair]: the group is there twice"                         },
  { "a line that is nothing",
   "radio=classic\n",                         "radio=classic\nand so on\n",
   HOLDFAST_CATALOGUE_ERROR_SYNTAX,                                                                                                                          "not a key file"                                           },
  { "a value before any group",
   "[headset]\nsource=recalled\n",            "name=x\n[headset]\n",
   HOLDFAST_CATALOGUE_ERROR_SYNTAX,                                                                                                                          "not a key file"                                           },
  { "a control character",
   "name=WH-TEST1\n",                         "name=WH\x1b[31m-TEST1\n",
   HOLDFAST_CATALOGUE_ERROR_SYNTAX,                                                                                                                          "U+001B"                                                   },
  { "a text that turns around",
   "name=WH-TEST1\n",                         "name=WH\xe2\x80\xae-TEST1\n",
   HOLDFAST_CATALOGUE_ERROR_SYNTAX,                                                                                                                          "U+202E"                                                   },
  { "no UTF-8",
   "name=WH-TEST1\n",                         "name=WH\xff-TEST1\n",
   HOLDFAST_CATALOGUE_ERROR_SYNTAX,                                                                                                                          "UTF-8"                                                    },
};

static void
test_bad_files (void)
{
  g_autoptr (HoldfastCatalogue) catalogue = load ();

  for (guint i = 0; i < G_N_ELEMENTS (bad_files); i++) {
    g_autofree char *text = replace (good, bad_files[i].from, bad_files[i].to);
    g_autoptr (GError) error = NULL;

    g_test_message ("%s", bad_files[i].what);
    g_assert_false (add (catalogue, "wh-test1.headset", text, &error));
    g_test_message ("  %s", error->message);
    g_assert_error (error, HOLDFAST_CATALOGUE_ERROR, bad_files[i].code);
    g_assert_true (g_str_has_prefix (error->message, "wh-test1.headset: "));
    g_assert_nonnull (strstr (error->message, bad_files[i].message));
    g_assert_cmpuint (count (catalogue), ==, 46);
  }
}

/* Gestures by which somebody could erase their headset while they mean to pair it. */
static void
test_unsafe_holds (void)
{
  static const struct {
    const char *from;
    const char *to;
    const char *message;
  } rows[] = {
    /* The same buttons from the same state erase at 7 s: 5 s is the most, so 7 s cannot be. */
    { "control2=custom\nstart",                           "start",                  "[pair] hold-usual-ms: 7000 ms" },
    /* From a state that nobody knows it could be the same. */
    { "control2=custom\nstart=off\n",                     "",                       "[pair] hold-usual-ms: 7000 ms" },
    /* Nobody knows what erases it: 8 s is the most. */
    { "[factory-reset]\nsource=recalled\ncontrol=power\ncontrol2=custom\nstart=off\n"
      "hold-usual-ms=7000\n",                        "hold-longest-ms=8500\n",
     "[pair] hold-longest-ms: 8500 ms"                                                                              },
    /* It is known what, but not when. */
    { "control2=custom\nstart=off\nhold-usual-ms=7000\n",
     "start=off\n\n[notes]\nsource=recalled\n"
      "quirk=none\n",                                                               NULL                            },
  };
  g_autoptr (HoldfastCatalogue) catalogue = load ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *text = replace (good, rows[i].from, rows[i].to);
    g_autoptr (GError) error = NULL;
    gboolean added = add (catalogue, "wh-test1.headset", text, &error);

    if (rows[i].message == NULL) {
      HoldfastHeadset *headset = holdfast_catalogue_find (catalogue, "wh-test1");
      const HoldfastGesture *way;

      g_assert_no_error (error);
      g_assert_true (added);
      way = g_ptr_array_index (holdfast_headset_get_pairing_ways (headset), 0);
      g_assert_cmpuint (holdfast_gesture_get_last_hold (way)->longest_ms, ==, 8000);
      continue;
    }
    g_assert_error (error, HOLDFAST_CATALOGUE_ERROR, HOLDFAST_CATALOGUE_ERROR_UNSAFE);
    g_assert_nonnull (strstr (error->message, rows[i].message));
  }
}

static void
test_earbud_limit (void)
{
  g_autofree char *earbuds = replace (good, "form=over-ear", "form=earbuds");
  g_autofree char *controls
      = replace (earbuds, "controls=power;custom", "controls=power;custom;case-button");
  g_autofree char *ten = replace (controls,
                                  "control=power\nstart=off\nhold-usual-ms=7000",
                                  "control=case-button\nstart=in-case\nhold-usual-ms=10000");
  g_autofree char *more = replace (ten, "hold-usual-ms=10000", "hold-usual-ms=10001");
  g_autoptr (HoldfastCatalogue) catalogue = load ();
  g_autoptr (GError) error = NULL;
  HoldfastHeadset *headset;

  g_assert_false (add (catalogue, "wf-test1.headset", more, &error));
  g_assert_error (error, HOLDFAST_CATALOGUE_ERROR, HOLDFAST_CATALOGUE_ERROR_UNSAFE);
  g_clear_error (&error);

  g_assert_true (add (catalogue, "wf-test1.headset", ten, &error));
  g_assert_no_error (error);
  headset = holdfast_catalogue_find (catalogue, "wf-test1");
  g_assert_cmpuint (holdfast_gesture_get_last_hold (
                        g_ptr_array_index (holdfast_headset_get_pairing_ways (headset), 0))
                        ->longest_ms,
                    ==,
                    10000);
}

/* The rule itself, at its edges. */
static void
test_rule (void)
{
  static const HoldfastErasing two_buttons
      = { TRUE, HOLDFAST_CONTROL_POWER, HOLDFAST_CONTROL_CUSTOM, HOLDFAST_START_OFF, 7000 };
  static const HoldfastErasing same = {
    TRUE, HOLDFAST_CONTROL_CASE_BUTTON, HOLDFAST_CONTROL_NONE, HOLDFAST_START_IN_CASE, 12000
  };
  static const HoldfastErasing same_soon
      = { TRUE, HOLDFAST_CONTROL_CASE_BUTTON, HOLDFAST_CONTROL_NONE, HOLDFAST_START_IN_CASE, 1500 };
  static const HoldfastErasing same_some_time
      = { TRUE, HOLDFAST_CONTROL_POWER_PLAY, HOLDFAST_CONTROL_NONE, HOLDFAST_START_ANY, 0 };
  static const HoldfastErasing unknown = { 0 };
  const HoldfastControl power = HOLDFAST_CONTROL_POWER;
  const HoldfastControl button = HOLDFAST_CONTROL_CASE_BUTTON;
  const HoldfastControl none = HOLDFAST_CONTROL_NONE;
  guint earliest;
  guint longest;

  g_assert_cmpuint (
      holdfast_hold_get_limit (power, none, HOLDFAST_START_OFF, &two_buttons), >=, 60000);
  g_assert_cmpuint (
      holdfast_hold_get_limit (power, HOLDFAST_CONTROL_CUSTOM, HOLDFAST_START_OFF, &two_buttons),
      ==,
      5000);
  g_assert_cmpuint (
      holdfast_hold_get_limit (HOLDFAST_CONTROL_CUSTOM, power, HOLDFAST_START_OFF, &two_buttons),
      ==,
      5000);
  g_assert_cmpuint (
      holdfast_hold_get_limit (button, none, HOLDFAST_START_IN_CASE, &two_buttons), ==, 10000);
  g_assert_cmpuint (
      holdfast_hold_get_limit (button, none, HOLDFAST_START_IN_CASE, &same), ==, 10000);
  g_assert_cmpuint (
      holdfast_hold_get_limit (button, none, HOLDFAST_START_UNKNOWN, &same_soon), ==, 0);
  g_assert_cmpuint (
      holdfast_hold_get_limit (button, none, HOLDFAST_START_ON, &same_soon), ==, 10000);
  g_assert_cmpuint (
      holdfast_hold_get_limit (power, none, HOLDFAST_START_OFF, &same_some_time), ==, 8000);
  g_assert_cmpuint (holdfast_hold_get_limit (power, none, HOLDFAST_START_OFF, &unknown), ==, 8000);
  g_assert_cmpuint (
      holdfast_hold_get_limit (button, none, HOLDFAST_START_IN_CASE, &unknown), ==, 8000);

  g_assert_true (holdfast_hold_derive (7000, 5000, 60000, &earliest, &longest));
  g_assert_cmpuint (earliest, ==, 5000);
  g_assert_cmpuint (longest, ==, 10000);
  g_assert_true (holdfast_hold_derive (5000, 0, 8000, &earliest, &longest));
  g_assert_cmpuint (earliest, ==, 5000);
  g_assert_cmpuint (longest, ==, 7500);
  g_assert_true (holdfast_hold_derive (8000, 0, 8000, &earliest, &longest));
  g_assert_cmpuint (longest, ==, 8000);
  g_assert_false (holdfast_hold_derive (8001, 0, 8000, &earliest, &longest));
}

static GHashTable *
read_own_files (void)
{
  GHashTable *files
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
  g_auto (GStrv) names = NULL;
  g_autoptr (HoldfastCatalogue) catalogue = load ();

  g_assert_nonnull (catalogue);
  names
      = g_resources_enumerate_children (HOLDFAST_HEADSETS_PATH, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  for (guint i = 0; names[i] != NULL; i++) {
    g_autofree char *path = g_strconcat (HOLDFAST_HEADSETS_PATH "/", names[i], NULL);

    g_hash_table_insert (files,
                         g_strdup (names[i]),
                         g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL));
  }
  return files;
}

static void
put (GHashTable *files, const char *name, const char *text)
{
  g_hash_table_insert (files, g_strdup (name), g_bytes_new (text, strlen (text)));
}

/* What is wrong in our own files stops the load: all or nothing. */
static void
test_bad_catalogues (void)
{
  static const struct {
    const char *name;
    const char *text;
    int code;
    const char *message;
  } rows[] = {
    { "family-a.headset",
     "[headset]\nsource=recalled\nname=A\nfamily=family-b\n",  HOLDFAST_CATALOGUE_ERROR_FAMILY,
     "there is no “family-b”"                       },
    { "family-a.headset",
     "[headset]\nsource=recalled\nname=A\nfamily=family-a\n",  HOLDFAST_CATALOGUE_ERROR_FAMILY,
     "“family-a” inherits from itself"              },
    { "sources.ini",
     "[x]\nkind=sony\naddress=nowhere\n",                      HOLDFAST_CATALOGUE_ERROR_NO_SOURCE,
     "sources.ini: [x] address: "                   },
    { "sources.ini",
     "[x]\nkind=secondary\ntitle=A book\n",                    HOLDFAST_CATALOGUE_ERROR_NO_SOURCE,
     "sources.ini: [x] address: "                   },
    { "sources.ini",
     "[x]\nkind=recalled\naddress=https://example.org/\n",     HOLDFAST_CATALOGUE_ERROR_VALUE,
     "sources.ini: [x] kind: "                      },
    { "sources.ini",
     "[x]\nkind=sony\naddress=https://example.org/\npage=3\n", HOLDFAST_CATALOGUE_ERROR_UNKNOWN_KEY,
     "sources.ini: [x] page: "                      },
    { "wh-ch520.headset",
     "[headset]\nsource=recalled\nname=A\n",                   HOLDFAST_CATALOGUE_ERROR_VALUE,
     "wh-ch520.headset: [headset] form: is missing" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GHashTable) files = read_own_files ();
    g_autoptr (GError) error = NULL;

    put (files, rows[i].name, rows[i].text);
    g_assert_null (holdfast_catalogue_new_from_files (files, &error));
    g_assert_error (error, HOLDFAST_CATALOGUE_ERROR, rows[i].code);
    g_assert_nonnull (strstr (error->message, rows[i].message));
  }
}

static void
test_family_circle (void)
{
  g_autoptr (GHashTable) files = read_own_files ();
  g_autoptr (GError) error = NULL;

  put (files, "family-a.headset", "[headset]\nsource=recalled\nname=A\nfamily=family-b\n");
  put (files, "family-b.headset", "[headset]\nsource=recalled\nname=B\nfamily=family-c\n");
  put (files, "family-c.headset", "[headset]\nsource=recalled\nname=C\nfamily=family-a\n");
  g_assert_null (holdfast_catalogue_new_from_files (files, &error));
  g_assert_error (error, HOLDFAST_CATALOGUE_ERROR, HOLDFAST_CATALOGUE_ERROR_FAMILY);
  g_assert_nonnull (strstr (error->message, "inherits from itself"));
}

static void
test_no_sources (void)
{
  g_autoptr (GHashTable) files = read_own_files ();
  g_autoptr (GError) error = NULL;

  g_hash_table_remove (files, "sources.ini");
  g_assert_null (holdfast_catalogue_new_from_files (files, &error));
  g_assert_error (error, HOLDFAST_CATALOGUE_ERROR, HOLDFAST_CATALOGUE_ERROR_NO_SOURCE);
}

static void
test_binary_and_huge (void)
{
  g_autoptr (HoldfastCatalogue) catalogue = load ();
  static const guint8 elf[] = { 0x7f, 'E', 'L', 'F', 2, 1, 1, 0, 0, 0, 0, 0xff, 0xfe, '\n', '=' };
  g_autoptr (GBytes) binary = g_bytes_new_static (elf, sizeof elf);
  g_autoptr (GBytes) zeros = g_bytes_new_static ("[headset]\n\0\0\0", 13);
  g_autoptr (GBytes) empty = g_bytes_new_static ("", 0);
  g_autoptr (GBytes) huge
      = g_bytes_new_take (g_strnfill (10 * 1024 * 1024, '\n'), 10 * 1024 * 1024);
  GBytes *files[] = { binary, zeros, empty, huge };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_false (holdfast_catalogue_add_file (catalogue, "x.headset", files[i], &error));
    g_assert_error (error, HOLDFAST_CATALOGUE_ERROR, HOLDFAST_CATALOGUE_ERROR_SYNTAX);
    g_assert_true (g_str_has_prefix (error->message, "x.headset: "));
  }
  g_assert_cmpuint (count (catalogue), ==, 46);
}

static void
test_own_file_replaces (void)
{
  g_autoptr (HoldfastCatalogue) catalogue = load ();
  g_autoptr (GError) error = NULL;
  g_autofree char *named = replace (good, "name=WH-TEST1", "name=WH-1000XM4");
  g_autofree char *text = replace (named, "names=WH-TEST1", "names=WH-1000XM4");
  HoldfastHeadset *headset;

  g_assert_true (add (catalogue, "wh-1000xm4.headset", text, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count (catalogue), ==, 46);
  headset = holdfast_catalogue_find (catalogue, "wh-1000xm4");
  g_assert_cmpint (holdfast_headset_get_gate (headset), ==, HOLDFAST_GATE_CHECK_FIRST);
  g_assert_true (holdfast_catalogue_match_name (catalogue, "WH-1000XM4") == headset);
}

/* A hostile file name must not reach a terminal through a message. */
static void
test_hostile_file_name (void)
{
  g_autoptr (HoldfastCatalogue) catalogue = load ();
  g_autoptr (GError) error = NULL;

  g_assert_false (add (catalogue, "\x1b[2J%s%n<b>\xff.headset", good, &error));
  g_assert_error (error, HOLDFAST_CATALOGUE_ERROR, HOLDFAST_CATALOGUE_ERROR_VALUE);
  g_assert_null (strchr (error->message, '\x1b'));
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
}

static GBytes *
mutate (GRand *rand, GBytes *original)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  guint n_changes = g_rand_int_range (rand, 1, 8);

  g_byte_array_append (bytes, g_bytes_get_data (original, NULL), g_bytes_get_size (original));
  for (guint i = 0; i < n_changes && bytes->len > 1; i++) {
    guint at = g_rand_int_range (rand, 0, bytes->len);
    guint to = g_rand_int_range (rand, 0, bytes->len);
    guint8 byte = g_rand_int_range (rand, 0, 256);

    switch (g_rand_int_range (rand, 0, 6)) {
    case 0:
      bytes->data[at] = byte;
      break;
    case 1:
      bytes->data[at] = "[]=;.:\n#0 "[byte % 10];
      break;
    case 2:
      g_byte_array_remove_range (bytes, MIN (at, to), MAX (at, to) - MIN (at, to));
      break;
    case 3:
      g_byte_array_set_size (bytes, at + 1);
      break;
    case 4: {
      g_autofree guint8 *copy = g_memdup2 (bytes->data + MIN (at, to), MAX (at, to) - MIN (at, to));

      if (copy != NULL)
        g_byte_array_append (bytes, copy, MAX (at, to) - MIN (at, to));
      break;
    }
    default:
      if (g_ascii_isdigit (bytes->data[at]))
        bytes->data[at] = '0' + byte % 10;
      break;
    }
  }
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

/* Whatever is in a file: it is refused with words, or the headset that comes out is sound. */
static void
check_added (HoldfastCatalogue *catalogue)
{
  GListModel *models = holdfast_catalogue_get_models (catalogue);

  for (guint i = 0; i < g_list_model_get_n_items (models); i++) {
    g_autoptr (HoldfastHeadset) headset = g_list_model_get_item (models, i);
    GPtrArray *ways = holdfast_headset_get_pairing_ways (headset);

    for (guint j = 0; j < ways->len; j++) {
      const HoldfastStep *hold = holdfast_gesture_get_last_hold (g_ptr_array_index (ways, j));

      g_assert_cmpuint (hold->earliest_ms, <=, hold->usual_ms);
      g_assert_cmpuint (hold->usual_ms, <=, hold->longest_ms);
      g_assert_cmpuint (hold->longest_ms, <=, 63000);
      if (hold->light != NULL)
        g_assert_cmpuint (holdfast_timeline_count_flashes_per_second (hold->light), <=, 3);
    }
  }
}

static void
test_fuzz (void)
{
  guint n_rounds = g_getenv ("HOLDFAST_TEST_LONG") != NULL ? 100000 : 4000;
  g_autoptr (GRand) rand = g_rand_new_with_seed (20261122);
  g_autoptr (GHashTable) files = read_own_files ();
  g_autoptr (GList) names = g_list_sort (g_hash_table_get_keys (files), (GCompareFunc) strcmp);
  g_autoptr (HoldfastCatalogue) catalogue = load ();
  guint n_added = 0;

  for (guint i = 0; i < n_rounds; i++) {
    const char *name = g_list_nth_data (names, g_rand_int_range (rand, 0, g_list_length (names)));
    g_autoptr (GBytes) contents = mutate (rand, g_hash_table_lookup (files, name));
    g_autoptr (GError) error = NULL;

    /* Under its own name, so that what is still right takes the place of the right one. */
    if (holdfast_catalogue_add_file (catalogue, name, contents, &error)) {
      n_added++;
    } else {
      g_assert_nonnull (error);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      g_assert_true (error->domain == HOLDFAST_CATALOGUE_ERROR);
    }
    if (i % 500 == 0)
      check_added (catalogue);
  }
  check_added (catalogue);
  g_test_message ("%u files, %u of them still right", n_rounds, n_added);
  g_assert_cmpuint (n_added, <, n_rounds);
  g_assert_cmpuint (n_added, >, n_rounds / 50);
}

typedef struct {
  GMainLoop *loop;
  gboolean done;
  gboolean result;
  GPtrArray *problems;
  GError *error;
} Loaded;

static void
on_loaded (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Loaded *loaded = user_data;

  loaded->result = holdfast_catalogue_load_folder_finish (
      HOLDFAST_CATALOGUE (object), result, &loaded->problems, &loaded->error);
  loaded->done = TRUE;
  g_main_loop_quit (loaded->loop);
}

static gboolean
on_deadline (gpointer user_data)
{
  g_error ("waited 60 s for a folder of headset files to be loaded");
  return G_SOURCE_REMOVE;
}

static void
load_folder (HoldfastCatalogue *catalogue,
             const char *path,
             GCancellable *cancellable,
             Loaded *loaded)
{
  g_autoptr (GFile) folder = g_file_new_for_path (path);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  guint deadline = g_timeout_add_seconds (60, on_deadline, NULL);

  loaded->loop = loop;
  holdfast_catalogue_load_folder_async (catalogue, folder, cancellable, on_loaded, loaded);
  if (!loaded->done)
    g_main_loop_run (loop);
  g_source_remove (deadline);
}

static void
write_file (const char *folder, const char *name, const char *text, gssize length)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, length, &error);
  g_assert_no_error (error);
}

static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);

    g_assert_cmpint (g_remove (path), ==, 0);
  }
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static void
test_folder (void)
{
  g_autoptr (HoldfastCatalogue) catalogue = load ();
  g_autofree char *folder = g_dir_make_tmp ("holdfast-XXXXXX", NULL);
  g_autofree char *huge = g_strnfill (10 * 1024 * 1024, 'x');
  g_autofree char *pipe = g_build_filename (folder, "pipe.headset", NULL);
  g_autofree char *below = g_build_filename (folder, "folder.headset", NULL);
  Loaded loaded = { 0 };

  write_file (folder, "wh-test1.headset", good, -1);
  write_file (folder, "bad.headset", "[headset]\nname=X\n", -1);
  write_file (folder,
              "binary.headset",
              "\x7f"
              "ELF\0\xff\xfe",
              7);
  write_file (folder, "huge.headset", huge, -1);
  write_file (folder, "empty.headset", "", 0);
  write_file (folder, "notes.txt", "not for us", -1);
  write_file (folder, ".hidden.headset", "not for us", -1);
  g_assert_cmpint (g_mkdir (below, 0700), ==, 0);
  /* Nobody will ever write to it: whoever opens it waits for ever. */
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);

  load_folder (catalogue, folder, NULL, &loaded);
  g_assert_no_error (loaded.error);
  g_assert_true (loaded.result);
  g_assert_cmpuint (count (catalogue), ==, 47);
  g_assert_nonnull (holdfast_catalogue_find (catalogue, "wh-test1"));
  g_assert_cmpuint (loaded.problems->len, ==, 4);
  g_assert_cmpstr (
      g_ptr_array_index (loaded.problems, 0), ==, "bad.headset: [headset] name: has no source");
  g_assert_true (g_str_has_prefix (g_ptr_array_index (loaded.problems, 1), "binary.headset: "));
  g_assert_true (g_str_has_prefix (g_ptr_array_index (loaded.problems, 2), "empty.headset: "));
  g_assert_cmpstr (
      g_ptr_array_index (loaded.problems, 3), ==, "huge.headset: larger than 65536 bytes");
  g_ptr_array_unref (loaded.problems);
  g_assert_cmpint (g_rmdir (below), ==, 0);
  remove_folder (folder);
}

static void
test_folder_of_a_thousand (void)
{
  g_autoptr (HoldfastCatalogue) catalogue = load ();
  g_autofree char *folder = g_dir_make_tmp ("holdfast-XXXXXX", NULL);
  Loaded loaded = { 0 };

  for (guint i = 0; i < 1010; i++) {
    g_autofree char *name = g_strdup_printf ("x%u.headset", i);

    write_file (folder, name, "x", 1);
  }
  load_folder (catalogue, folder, NULL, &loaded);
  g_assert_no_error (loaded.error);
  g_assert_cmpuint (loaded.problems->len, ==, 1000);
  g_assert_cmpuint (count (catalogue), ==, 46);
  g_ptr_array_unref (loaded.problems);
  remove_folder (folder);
}

static void
test_no_folder (void)
{
  g_autoptr (HoldfastCatalogue) catalogue = load ();
  Loaded loaded = { 0 };

  load_folder (catalogue, "/nonexistent/headsets", NULL, &loaded);
  g_assert_no_error (loaded.error);
  g_assert_true (loaded.result);
  g_assert_null (loaded.problems);
}

static void
test_folder_that_is_a_file (void)
{
  g_autoptr (HoldfastCatalogue) catalogue = load ();
  g_autofree char *folder = g_dir_make_tmp ("holdfast-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "file", NULL);
  Loaded loaded = { 0 };

  write_file (folder, "file", "x", 1);
  load_folder (catalogue, path, NULL, &loaded);
  g_assert_error (loaded.error, G_IO_ERROR, G_IO_ERROR_NOT_DIRECTORY);
  g_assert_false (loaded.result);
  g_clear_error (&loaded.error);
  remove_folder (folder);
}

static void
test_folder_cancelled (void)
{
  g_autoptr (HoldfastCatalogue) catalogue = load ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Loaded loaded = { 0 };

  g_cancellable_cancel (cancellable);
  load_folder (catalogue, "/nonexistent/headsets", cancellable, &loaded);
  g_assert_error (loaded.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (loaded.result);
  g_clear_error (&loaded.error);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/catalogue-lint/good-file", test_good_file);
  g_test_add_func ("/core/catalogue-lint/example-of-the-docs", test_example_of_the_docs);
  g_test_add_func ("/core/catalogue-lint/bad-files", test_bad_files);
  g_test_add_func ("/core/catalogue-lint/unsafe-holds", test_unsafe_holds);
  g_test_add_func ("/core/catalogue-lint/earbud-limit", test_earbud_limit);
  g_test_add_func ("/core/catalogue-lint/rule", test_rule);
  g_test_add_func ("/core/catalogue-lint/bad-catalogues", test_bad_catalogues);
  g_test_add_func ("/core/catalogue-lint/family-circle", test_family_circle);
  g_test_add_func ("/core/catalogue-lint/no-sources", test_no_sources);
  g_test_add_func ("/core/catalogue-lint/binary-and-huge", test_binary_and_huge);
  g_test_add_func ("/core/catalogue-lint/own-file-replaces", test_own_file_replaces);
  g_test_add_func ("/core/catalogue-lint/hostile-file-name", test_hostile_file_name);
  g_test_add_func ("/core/catalogue-lint/fuzz", test_fuzz);
  g_test_add_func ("/core/catalogue-lint/folder", test_folder);
  g_test_add_func ("/core/catalogue-lint/folder-of-a-thousand", test_folder_of_a_thousand);
  g_test_add_func ("/core/catalogue-lint/no-folder", test_no_folder);
  g_test_add_func ("/core/catalogue-lint/folder-that-is-a-file", test_folder_that_is_a_file);
  g_test_add_func ("/core/catalogue-lint/folder-cancelled", test_folder_cancelled);

  return g_test_run ();
}
