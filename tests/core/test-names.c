/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "catalogue.h"

typedef struct {
  HoldfastCatalogue *catalogue;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;

  fixture->catalogue = holdfast_catalogue_new (&error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  g_clear_object (&fixture->catalogue);
}

static void
check_match (Fixture *fixture, const char *name, const char *id)
{
  HoldfastHeadset *headset = holdfast_catalogue_match_name (fixture->catalogue, name);
  const char *found = headset != NULL ? holdfast_headset_get_id (headset) : NULL;

  if (g_strcmp0 (found, id) != 0)
    g_error ("“%s” matches %s, not %s",
             name,
             found != NULL ? found : "nothing",
             id != NULL ? id : "nothing");
}

/* Names that were really seen on the air, by the sources of the facts. */
static void
test_real_names (Fixture *fixture, gconstpointer user_data)
{
  static const struct {
    const char *name;
    const char *id;
  } rows[] = {
    { "WH-1000XM4",                   "wh-1000xm4"    },
    { "LE_WH-1000XM4",                "wh-1000xm4"    },
    { "LE-WH-1000XM3",                "wh-1000xm3"    },
    { "WH-1000XM4C",                  "wh-1000xm4"    },
    { "John's WF-C710N",              "wf-c710n"      },
    { "John’s WF-C710N",              "wf-c710n"      },
    { "LE_Åse Bø sin WF-C710N",       "wf-c710n"      },
    { "WF-C710N von Jürgen",          "wf-c710n"      },
    { "WH-H910N (h.ear)",             "wh-h910n"      },
    { "WH-H900N (h.ear)",             "wh-h900n"      },
    { "LE_WH-H900N (h.ear)",          "wh-h900n"      },
    { "ULT WEAR",                     "wh-ult900n"    },
    { "LE_ULT WEAR",                  "wh-ult900n"    },
    { "Sony ULT",                     "wh-ult900n"    },
    { "1000X THE COLLEXION",          "wh-1000xx"     },
    { "LE_1000X THE COLLEXION",       "wh-1000xx"     },
    { "LinkBuds",                     "linkbuds"      },
    { "LE_LinkBuds",                  "linkbuds"      },
    { "LinkBuds S",                   "linkbuds-s"    },
    { "LE_LinkBuds S",                "linkbuds-s"    },
    { "LinkBuds Fit",                 "linkbuds-fit"  },
    { "LinkBuds Open",                "linkbuds-open" },
    { "LinkBuds UC",                  "linkbuds-uc"   },
    { "LinkBuds Clip",                "linkbuds-clip" },
    { "Maria's LinkBuds S",           "linkbuds-s"    },
    { "INZONE H9",                    "inzone-h9"     },
    { "INZONE H9 II",                 "inzone-h9-ii"  },
    { "INZONE Buds",                  "inzone-buds"   },
    { "Float Run",                    "float-run"     },
    { "PULSE Elite wireless headset", "pulse-elite"   },
    { "wh-1000xm5",                   "wh-1000xm5"    },
    { "  WH-1000XM5  ",               "wh-1000xm5"    },
    { "WI-C100",                      "wi-c100"       },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    check_match (fixture, rows[i].name, rows[i].id);
}

static void
test_not_ours (Fixture *fixture, gconstpointer user_data)
{
  static const char *const names[] = {
    "WH-1000XM50", "XWH-1000XM5",
    "WH-1000XM",   "WH-1000XM4CX",
    "ÅWH-1000XM4", "WH-1000XM4Å",
    "WH-CH5200",   "LinkBuds X",
    "My LinkBuds", "LinkBuds Sport",
    "LinkBudsS",   "LE_LinkBuds Pro",
    "INZONE",      "INZONE H5",
    "INZONE H3",   "ULT",
    "WEAR",        "Sony",
    "SRS-XB13",    "Bose QC45",
    "AirPods",     "LE_",
    "LE-",         "",
    " ",           "88-C9-E8-00-00-0F",
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    check_match (fixture, names[i], NULL);
  check_match (fixture, NULL, NULL);
}

/* Whatever another person's device calls itself. */
static void
test_hostile_names (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *long_letters = g_strnfill (400, 'W');
  g_autofree char *long_name = g_strconcat (long_letters, " WH-1000XM4", NULL);
  g_autofree char *long_digits = g_strconcat ("WH-1000XM4", long_letters, NULL);
  g_autofree char *huge = g_strnfill (4 * 1024 * 1024, '-');
  g_autoptr (GString) dashes = g_string_new (NULL);

  for (guint i = 0; i < 1000; i++)
    g_string_append (dashes, "WH-1000XM5x ");

  check_match (fixture, long_name, "wh-1000xm4");
  check_match (fixture, long_digits, NULL);
  check_match (fixture, huge, NULL);
  check_match (fixture, dashes->str, NULL);
  check_match (fixture, "<b>WH-1000XM4</b>&amp;", "wh-1000xm4");
  check_match (fixture, "%s%n%s WH-1000XM4 %n", "wh-1000xm4");
  check_match (fixture, "\xe2\x80\xaeWH-1000XM4", "wh-1000xm4");
  check_match (fixture,
               "\xe2\x80\xae"
               "4MX0001-HW",
               NULL);
  check_match (fixture, "WH-1000\xe2\x80\xaeXM4", NULL);
  check_match (fixture, "\x1b[31mWH-1000XM4\x1b[0m", NULL);
  check_match (fixture, "\x1b]0;x\x07WH-1000XM4\n\n", "wh-1000xm4");
  check_match (fixture, "\xff\xfe WH-1000XM4 \xc3", "wh-1000xm4");
  check_match (fixture, "\xc3", NULL);
  check_match (fixture, "WH-1000XM4\xe2\x80", "wh-1000xm4");
  check_match (fixture, "WF-1000XM4 WH-1000XM4C", "wh-1000xm4");
}

static void
test_twin (void)
{
  g_assert_true (holdfast_name_is_low_energy_twin ("LE_WH-1000XM4"));
  g_assert_true (holdfast_name_is_low_energy_twin ("LE-WH-1000XM4"));
  g_assert_false (holdfast_name_is_low_energy_twin ("WH-1000XM4"));
  g_assert_false (holdfast_name_is_low_energy_twin ("LEA"));
  g_assert_false (holdfast_name_is_low_energy_twin (""));
}

/* Every name that the files list leads back to its model, plain and as the LE twin. */
static void
test_own_names (Fixture *fixture, gconstpointer user_data)
{
  GListModel *models = holdfast_catalogue_get_models (fixture->catalogue);
  guint n_names = 0;

  for (guint i = 0; i < g_list_model_get_n_items (models); i++) {
    g_autoptr (HoldfastHeadset) headset = g_list_model_get_item (models, i);
    const char *const *names = holdfast_headset_get_bluetooth_names (headset);

    for (guint j = 0; names[j] != NULL; j++) {
      g_autofree char *twin = g_strconcat ("LE_", names[j], NULL);

      check_match (fixture, names[j], holdfast_headset_get_id (headset));
      check_match (fixture, twin, holdfast_headset_get_id (headset));
      n_names++;
    }
    g_assert_true (holdfast_catalogue_find (fixture->catalogue, holdfast_headset_get_id (headset))
                   == headset);
    g_assert_true (holdfast_catalogue_find (fixture->catalogue, holdfast_headset_get_name (headset))
                   == headset);
  }
  g_assert_cmpuint (n_names, >=, 44);
}

static void
check_search (Fixture *fixture, const char *text, const char *first, guint least)
{
  g_autoptr (GPtrArray) found = holdfast_catalogue_search (fixture->catalogue, text);

  if (found->len < least
      || (first != NULL
          && !g_str_equal (holdfast_headset_get_id (g_ptr_array_index (found, 0)), first)))
    g_error ("“%s” finds %u, first %s",
             text,
             found->len,
             found->len > 0 ? holdfast_headset_get_id (g_ptr_array_index (found, 0)) : "none");
}

static void
test_search (Fixture *fixture, gconstpointer user_data)
{
  static const struct {
    const char *text;
    const char *first;
    guint least;
  } rows[] = {
    { "xm5",           "wh-1000xm5",    2  },
    { "XM5",           "wh-1000xm5",    2  },
    { "1000x m5",      "wh-1000xm5",    2  },
    { "1000xm4",       "wh-1000xm4",    2  },
    { "wh1000xm4",     "wh-1000xm4",    1  },
    { "WH 1000 XM 4",  "wh-1000xm4",    1  },
    { "ch 520",        "wh-ch520",      1  },
    { "ch-520",        "wh-ch520",      1  },
    { "sony wh-ch520", "wh-ch520",      1  },
    { "Sony LinkBuds", "linkbuds",      6  },
    { "linkbuds",      "linkbuds",      6  },
    { "linkbuds s",    "linkbuds-s",    1  },
    { "open linkbuds", "linkbuds-open", 1  },
    { "yy",            NULL,            0  },
    { "wf-ls900n",     "linkbuds-s",    1  },
    { "ult wear",      "wh-ult900n",    1  },
    { "sony ult",      "wh-ult900n",    1  },
    { "float",         "float-run",     1  },
    { "inzone",        NULL,            6  },
    { "wf",            NULL,            10 },
    { "wfc7OON",       "wf-c700n",      1  },
    { "WH-lOOOXM4",    "wh-1000xm4",    1  },
    { "",              NULL,            46 },
    { "   ",           NULL,            46 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    check_search (fixture, rows[i].text, rows[i].first, rows[i].least);
}

static void
test_search_finds_nothing (Fixture *fixture, gconstpointer user_data)
{
  static const char *const texts[] = {
    "airpods", "xm9", "sony airpods", "---", "☃", "<&>", "%%", "\xff", "wh-1000xm50",
  };
  g_autofree char *huge = g_strnfill (1024 * 1024, 'x');
  g_autoptr (GPtrArray) none = holdfast_catalogue_search (fixture->catalogue, huge);

  g_assert_cmpuint (none->len, ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (GPtrArray) found = holdfast_catalogue_search (fixture->catalogue, texts[i]);

    if (found->len > 0)
      g_error ("“%s” finds %s", texts[i], holdfast_headset_get_id (g_ptr_array_index (found, 0)));
  }
}

static void
test_product (Fixture *fixture, gconstpointer user_data)
{
  g_assert_cmpstr (
      holdfast_headset_get_id (holdfast_catalogue_match_product (fixture->catalogue, 0x0d58)),
      ==,
      "wh-1000xm4");
  g_assert_null (holdfast_catalogue_match_product (fixture->catalogue, 0));
  /* A PlayStation controller has Sony's vendor number too. */
  g_assert_null (holdfast_catalogue_match_product (fixture->catalogue, 0x09cc));
}

static void
test_find (Fixture *fixture, gconstpointer user_data)
{
  static const struct {
    const char *id;
    const char *found;
  } rows[] = {
    { "wh-1000xm4",      "wh-1000xm4"      },
    { "WH-1000XM4",      "wh-1000xm4"      },
    { "Wh-1000xM4",      "wh-1000xm4"      },
    { "XM4",             "wh-1000xm4"      },
    { "LinkBuds S",      "linkbuds-s"      },
    { "linkbuds-s",      "linkbuds-s"      },
    { "Sony ULT",        "wh-ult900n"      },
    { "family-linkbuds", "family-linkbuds" },
    { "WH-1000XM",       NULL              },
    { "",                NULL              },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    HoldfastHeadset *headset = holdfast_catalogue_find (fixture->catalogue, rows[i].id);

    g_assert_cmpstr (headset != NULL ? holdfast_headset_get_id (headset) : NULL, ==, rows[i].found);
  }
}

#define ADD(path, func) g_test_add ("/core/names/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("real-names", test_real_names);
  ADD ("not-ours", test_not_ours);
  ADD ("hostile-names", test_hostile_names);
  g_test_add_func ("/core/names/twin", test_twin);
  ADD ("own-names", test_own_names);
  ADD ("search", test_search);
  ADD ("search-finds-nothing", test_search_finds_nothing);
  ADD ("product", test_product);
  ADD ("find", test_find);

  return g_test_run ();
}
