/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>
#include <time.h>

#include "catalogue.h"

/* What the facts file says of each model, kept apart from the catalogue's own files. */
enum {
  COLUMN_NAME,
  COLUMN_FORM,
  COLUMN_CONTROL,
  COLUMN_CONTROL_KIND,
  COLUMN_START,
  COLUMN_START_KIND,
  COLUMN_SECONDS,
  COLUMN_SECONDS_KIND,
  COLUMN_GATE,
  COLUMN_MULTIPOINT,
  COLUMN_MULTIPOINT_KIND,
  COLUMN_JACK,
  COLUMN_JACK_KIND,
  COLUMN_RESET,
  COLUMN_RESET_KIND,
  COLUMN_RESET_SECONDS,
  COLUMN_RESET_SECONDS_KIND,
  N_COLUMNS,
};

static HoldfastCatalogue *
load (void)
{
  g_autoptr (GError) error = NULL;
  HoldfastCatalogue *catalogue = holdfast_catalogue_new (&error);

  g_assert_no_error (error);
  return catalogue;
}

static HoldfastHeadset *
find (HoldfastCatalogue *catalogue, const char *id)
{
  HoldfastHeadset *headset = holdfast_catalogue_find (catalogue, id);

  if (headset == NULL)
    g_error ("no headset %s", id);
  return headset;
}

static const HoldfastGesture *
get_way (HoldfastHeadset *headset, guint index)
{
  GPtrArray *ways = holdfast_headset_get_pairing_ways (headset);

  if (index >= ways->len)
    g_error ("%s has %u ways only", holdfast_headset_get_id (headset), ways->len);
  return g_ptr_array_index (ways, index);
}

static GPtrArray *
read_rows (const char *name, guint n_columns)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "core", name, NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++) {
    GStrv row;

    if (*lines[i] == '\0' || *lines[i] == '#')
      continue;
    row = g_strsplit (lines[i], ",", -1);
    g_assert_cmpuint (g_strv_length (row), ==, n_columns);
    g_ptr_array_add (rows, row);
  }
  return rows;
}

static void
check_value (HoldfastHeadset *headset,
             const char *group,
             const char *key,
             const char *value,
             const char *kind)
{
  const HoldfastFact *fact = holdfast_headset_find_fact (headset, group, key);
  const char *seen = fact != NULL ? fact->value : "-";
  const char *seen_kind = fact != NULL ? holdfast_fact_kind_to_string (fact->kind) : "unknown";

  if (g_strcmp0 (seen, value) != 0 || g_strcmp0 (seen_kind, kind) != 0)
    g_error ("%s: [%s] %s: is %s (%s), the facts say %s (%s)",
             holdfast_headset_get_id (headset),
             group,
             key,
             seen,
             seen_kind,
             value,
             kind);
}

static void
check_seconds (HoldfastHeadset *headset, const char *group, const char *seconds, const char *kind)
{
  g_autofree char *ms
      = g_str_equal (seconds, "-") ? g_strdup ("-") : g_strconcat (seconds, "000", NULL);

  check_value (headset, group, "hold-usual-ms", ms, kind);
}

static void
check_form (HoldfastHeadset *headset, const char *form)
{
  const char *expected = "over-ear";

  if (strstr (form, "earbuds") != NULL)
    expected = "earbuds";
  else if (g_str_has_prefix (form, "neckband"))
    expected = "neckband";
  else if (g_str_equal (form, "on-ear"))
    expected = "on-ear";
  g_assert_true (
      g_str_has_suffix (holdfast_form_to_string (holdfast_headset_get_form (headset)), expected));
}

static void
check_reset (HoldfastHeadset *headset, const char *controls, const char *kind)
{
  g_auto (GStrv) names = g_strsplit (controls, "+", -1);
  const HoldfastFact *first = holdfast_headset_find_fact (headset, "factory-reset", "control");

  check_value (headset,
               "factory-reset",
               "control2",
               names[1] != NULL ? names[1] : "-",
               names[1] != NULL ? kind : "unknown");
  /* The facts call every button that switches on and off "power". */
  if (g_str_equal (names[0], "power") && g_str_has_prefix (first->value, "power"))
    g_assert_cmpstr (holdfast_fact_kind_to_string (first->kind), ==, kind);
  else
    check_value (headset, "factory-reset", "control", names[0], kind);
}

static void
check_model (HoldfastCatalogue *catalogue, GStrv row)
{
  HoldfastHeadset *headset = find (catalogue, row[COLUMN_NAME]);

  g_assert_cmpstr (holdfast_headset_get_name (headset), ==, row[COLUMN_NAME]);
  check_form (headset, row[COLUMN_FORM]);
  check_value (headset, "pair", "control", row[COLUMN_CONTROL], row[COLUMN_CONTROL_KIND]);
  check_value (headset, "pair", "start", row[COLUMN_START], row[COLUMN_START_KIND]);
  g_assert_cmpstr (
      holdfast_gate_to_string (holdfast_headset_get_gate (headset)), ==, row[COLUMN_GATE]);
  check_value (
      headset, "bluetooth", "multipoint", row[COLUMN_MULTIPOINT], row[COLUMN_MULTIPOINT_KIND]);
  check_value (headset, "connectors", "jack", row[COLUMN_JACK], row[COLUMN_JACK_KIND]);
  check_reset (headset, row[COLUMN_RESET], row[COLUMN_RESET_KIND]);
  check_seconds (
      headset, "factory-reset", row[COLUMN_RESET_SECONDS], row[COLUMN_RESET_SECONDS_KIND]);

  /* The one exception: where the article's 7 s outrank the 5 s that are only recalled (C07). */
  if (g_str_equal (row[COLUMN_NAME], "WH-1000XM5")) {
    check_seconds (headset, "pair", "7", "article");
    check_value (headset, "pair", "hold-other-ms", "5000", "recalled");
    g_assert_cmpstr (row[COLUMN_SECONDS], ==, "5");
  } else {
    check_seconds (headset, "pair", row[COLUMN_SECONDS], row[COLUMN_SECONDS_KIND]);
  }
}

static void
test_equals_the_facts (void)
{
  g_autoptr (HoldfastCatalogue) catalogue = load ();
  g_autoptr (GPtrArray) rows = read_rows ("models.csv", N_COLUMNS);

  g_assert_cmpuint (rows->len, ==, 46);
  g_assert_cmpuint (g_list_model_get_n_items (holdfast_catalogue_get_models (catalogue)), ==, 46);
  for (guint i = 0; i < rows->len; i++)
    check_model (catalogue, g_ptr_array_index (rows, i));
}

/* Every gesture of every model, families' stand-ins included, as a person would perform it. */
static void
check_way (HoldfastHeadset *headset, const HoldfastGesture *way)
{
  const HoldfastStep *hold = holdfast_gesture_get_last_hold (way);
  const HoldfastGesture *reset = holdfast_headset_get_factory_reset (headset);
  gboolean is_earbud;

  g_assert_nonnull (hold);
  g_assert_true (hold == holdfast_gesture_get_step (way, holdfast_gesture_get_n_steps (way) - 1));
  g_assert_false (hold->only_if_on);
  g_assert_cmpint (hold->control, !=, HOLDFAST_CONTROL_NONE);
  g_assert_cmpuint (hold->earliest_ms, >=, 500);
  g_assert_cmpuint (hold->earliest_ms, <=, hold->usual_ms);
  g_assert_cmpuint (hold->usual_ms, <=, hold->longest_ms);
  g_assert_nonnull (way->light);
  g_assert_true (hold->light == way->light);
  g_assert_cmpuint (holdfast_timeline_count_flashes_per_second (way->light), <=, 3);
  g_assert_cmpuint (way->window_ms, ==, 5 * 60 * 1000);
  g_assert_cmpint (way->evidence, !=, HOLDFAST_FACT_UNKNOWN);
  g_assert_false (way->erases_pairings);

  is_earbud = hold->control == HOLDFAST_CONTROL_CASE_BUTTON
              || hold->control == HOLDFAST_CONTROL_EARBUD_TOUCH
              || hold->control == HOLDFAST_CONTROL_EARBUD_BUTTON;
  if (is_earbud)
    g_assert_cmpuint (hold->longest_ms, <=, 10000);
  if (reset == NULL)
    g_assert_cmpuint (hold->longest_ms, <=, 8000);
  else if (holdfast_gesture_get_last_hold (reset)->control == hold->control
           && holdfast_gesture_get_last_hold (reset)->control2 == hold->control2
           && reset->start == way->start)
    g_assert_cmpuint (
        hold->longest_ms + 2000, <=, holdfast_gesture_get_last_hold (reset)->earliest_ms);
}

static void
check_headset (HoldfastHeadset *headset)
{
  GPtrArray *ways = holdfast_headset_get_pairing_ways (headset);
  GPtrArray *facts = holdfast_headset_get_facts (headset);

  for (guint i = 0; i < ways->len; i++)
    check_way (headset, g_ptr_array_index (ways, i));
  for (guint i = 0; i < facts->len; i++) {
    const HoldfastFact *fact = g_ptr_array_index (facts, i);

    g_assert_cmpstr (fact->source, !=, "");
    g_assert_cmpint (fact->kind, !=, HOLDFAST_FACT_UNKNOWN);
    g_assert_null (strstr (fact->source, "file id"));
    /* What we drew ourselves is never called anything else. */
    g_assert_cmpint (fact->kind == HOLDFAST_FACT_ILLUSTRATION,
                     ==,
                     g_str_equal (fact->key, "light") || g_str_equal (fact->key, "picture"));
  }
}

static void
test_every_gesture_is_safe (void)
{
  g_autoptr (HoldfastCatalogue) catalogue = load ();
  GListModel *lists[]
      = { holdfast_catalogue_get_models (catalogue), holdfast_catalogue_get_families (catalogue) };

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++) {
    for (guint j = 0; j < g_list_model_get_n_items (lists[i]); j++) {
      g_autoptr (HoldfastHeadset) headset = g_list_model_get_item (lists[i], j);

      check_headset (headset);
    }
  }
}

static void
test_gate (void)
{
  g_autoptr (HoldfastCatalogue) catalogue = load ();
  GListModel *models = holdfast_catalogue_get_models (catalogue);
  guint counts[HOLDFAST_GATE_MAX] = { 0 };

  for (guint i = 0; i < g_list_model_get_n_items (models); i++) {
    g_autoptr (HoldfastHeadset) headset = g_list_model_get_item (models, i);
    GPtrArray *ways = holdfast_headset_get_pairing_ways (headset);

    counts[holdfast_headset_get_gate (headset)]++;
    g_assert_nonnull (holdfast_headset_find_fact (headset, "headset", "gate"));
    /* Plain words stand on more than memory. */
    for (guint j = 0; j < ways->len; j++) {
      const HoldfastGesture *way = g_ptr_array_index (ways, j);

      if (holdfast_headset_get_gate (headset) == HOLDFAST_GATE_SHOW)
        g_assert_cmpint (way->evidence, <=, HOLDFAST_FACT_SECONDARY);
      if (way->from_family)
        g_assert_cmpint (holdfast_headset_get_gate (headset), ==, HOLDFAST_GATE_HOLD_BACK);
    }
  }
  g_assert_cmpuint (counts[HOLDFAST_GATE_SHOW], ==, 1);
  g_assert_cmpuint (counts[HOLDFAST_GATE_CHECK_FIRST], ==, 20);
  g_assert_cmpuint (counts[HOLDFAST_GATE_HOLD_BACK], ==, 23);
  g_assert_cmpuint (counts[HOLDFAST_GATE_NO_BLUETOOTH], ==, 2);
}

static void
check_steps (const HoldfastGesture *gesture, const HoldfastStep *steps, guint n_steps)
{
  g_assert_cmpuint (holdfast_gesture_get_n_steps (gesture), ==, n_steps);
  for (guint i = 0; i < n_steps; i++) {
    const HoldfastStep *step = holdfast_gesture_get_step (gesture, i);

    g_assert_cmpstr (
        holdfast_action_to_string (step->action), ==, holdfast_action_to_string (steps[i].action));
    g_assert_cmpint (step->control, ==, steps[i].control);
    g_assert_cmpint (step->control2, ==, steps[i].control2);
    g_assert_cmpuint (step->earliest_ms, ==, steps[i].earliest_ms);
    g_assert_cmpuint (step->usual_ms, ==, steps[i].usual_ms);
    g_assert_cmpuint (step->longest_ms, ==, steps[i].longest_ms);
    g_assert_cmpint (step->only_if_on, ==, steps[i].only_if_on);
  }
}

#define SWITCH_OFF(button)                                                                         \
  { .action = HOLDFAST_ACTION_HOLD,                                                                \
    .control = button,                                                                             \
    .earliest_ms = 2000,                                                                           \
    .usual_ms = 2000,                                                                              \
    .longest_ms = 3000,                                                                            \
    .only_if_on = TRUE },                                                                          \
  {                                                                                                \
    .action = HOLDFAST_ACTION_WAIT, .earliest_ms = 2000, .usual_ms = 2000, .longest_ms = 2000,     \
    .only_if_on = TRUE                                                                             \
  }
#define HOLD(button, earliest, usual, longest)                                                     \
  { .action = HOLDFAST_ACTION_HOLD,                                                                \
    .control = button,                                                                             \
    .earliest_ms = earliest,                                                                       \
    .usual_ms = usual,                                                                             \
    .longest_ms = longest }
#define PLAIN(what) { .action = HOLDFAST_ACTION_##what }

/* clang-format off */
static const HoldfastStep xm4_steps[] = {
  PLAIN (UNPLUG_CABLE), PLAIN (UNPLUG_USB), SWITCH_OFF (HOLDFAST_CONTROL_POWER),
  HOLD (HOLDFAST_CONTROL_POWER, 7000, 7000, 10000),
};
static const HoldfastStep xm5_steps[] = {
  PLAIN (UNPLUG_CABLE), PLAIN (UNPLUG_USB), SWITCH_OFF (HOLDFAST_CONTROL_POWER),
  HOLD (HOLDFAST_CONTROL_POWER, 5000, 7000, 10000),
};
static const HoldfastStep xm4_reset_steps[] = {
  PLAIN (UNPLUG_CABLE), PLAIN (UNPLUG_USB), SWITCH_OFF (HOLDFAST_CONTROL_POWER),
  { .action = HOLDFAST_ACTION_HOLD, .control = HOLDFAST_CONTROL_POWER,
    .control2 = HOLDFAST_CONTROL_CUSTOM, .earliest_ms = 7000, .usual_ms = 7000,
    .longest_ms = 10000 },
};
static const HoldfastStep xm4_restart_steps[] = {
  PLAIN (UNPLUG_CABLE), PLAIN (PLUG_USB),
  { .action = HOLDFAST_ACTION_PRESS, .control = HOLDFAST_CONTROL_POWER,
    .control2 = HOLDFAST_CONTROL_CUSTOM },
};
static const HoldfastStep xm4_first_steps[] = {
  PLAIN (UNPLUG_CABLE), PLAIN (UNPLUG_USB),
  { .action = HOLDFAST_ACTION_PRESS, .control = HOLDFAST_CONTROL_POWER },
};
static const HoldfastStep wf_xm5_steps[] = {
  PLAIN (BUDS_IN_CASE), PLAIN (OPEN_LID), HOLD (HOLDFAST_CONTROL_CASE_BUTTON, 5000, 5000, 7500),
};
static const HoldfastStep wf_xm3_steps[] = {
  PLAIN (BUDS_OUT), PLAIN (WEAR), HOLD (HOLDFAST_CONTROL_EARBUD_TOUCH, 7000, 7000, 10000),
};
static const HoldfastStep xb700_steps[] = {
  PLAIN (UNPLUG_CABLE), PLAIN (UNPLUG_USB), SWITCH_OFF (HOLDFAST_CONTROL_POWER),
  HOLD (HOLDFAST_CONTROL_POWER, 7000, 7000, 8000),
};
static const HoldfastStep ch510_steps[] = {
  PLAIN (UNPLUG_USB), SWITCH_OFF (HOLDFAST_CONTROL_POWER_PLAY),
  HOLD (HOLDFAST_CONTROL_POWER_PLAY, 7000, 7000, 10000),
};
static const HoldfastStep fit_steps[] = {
  HOLD (HOLDFAST_CONTROL_CASE_BUTTON, 5000, 5000, 7500),
};
static const HoldfastStep h9_steps[] = {
  HOLD (HOLDFAST_CONTROL_BLUETOOTH, 5000, 5000, 7500),
};
/* clang-format on */

static void
test_steps (void)
{
  g_autoptr (HoldfastCatalogue) catalogue = load ();
  HoldfastHeadset *xm4 = find (catalogue, "wh-1000xm4");

  check_steps (get_way (xm4, 0), xm4_steps, G_N_ELEMENTS (xm4_steps));
  check_steps (
      holdfast_headset_get_factory_reset (xm4), xm4_reset_steps, G_N_ELEMENTS (xm4_reset_steps));
  check_steps (
      holdfast_headset_get_restart (xm4), xm4_restart_steps, G_N_ELEMENTS (xm4_restart_steps));
  check_steps (
      holdfast_headset_get_first_time (xm4), xm4_first_steps, G_N_ELEMENTS (xm4_first_steps));
  check_steps (get_way (find (catalogue, "wh-1000xm5"), 0), xm5_steps, G_N_ELEMENTS (xm5_steps));
  check_steps (
      get_way (find (catalogue, "wf-1000xm5"), 0), wf_xm5_steps, G_N_ELEMENTS (wf_xm5_steps));
  check_steps (
      get_way (find (catalogue, "wf-1000xm3"), 0), wf_xm3_steps, G_N_ELEMENTS (wf_xm3_steps));
  check_steps (get_way (find (catalogue, "wh-xb700"), 0), xb700_steps, G_N_ELEMENTS (xb700_steps));
  check_steps (get_way (find (catalogue, "wh-ch510"), 0), ch510_steps, G_N_ELEMENTS (ch510_steps));
  check_steps (get_way (find (catalogue, "linkbuds-fit"), 0), fit_steps, G_N_ELEMENTS (fit_steps));
  check_steps (get_way (find (catalogue, "inzone-h9"), 0), h9_steps, G_N_ELEMENTS (h9_steps));
}

static void
test_only_factory_reset_erases (void)
{
  g_autoptr (HoldfastCatalogue) catalogue = load ();
  HoldfastHeadset *xm4 = find (catalogue, "wh-1000xm4");

  g_assert_true (holdfast_headset_get_factory_reset (xm4)->erases_pairings);
  g_assert_false (holdfast_headset_get_restart (xm4)->erases_pairings);
  g_assert_false (holdfast_headset_get_first_time (xm4)->erases_pairings);
  g_assert_cmpint (
      holdfast_headset_get_factory_reset (xm4)->light_seen, ==, HOLDFAST_LIGHT_BLUE_FOUR);
  g_assert_cmpint (holdfast_headset_get_restart (xm4)->kind, ==, HOLDFAST_GESTURE_RESTART);
}

/* What has no classic Bluetooth has no way into pairing mode, whatever its line does. */
static void
test_without_bluetooth (void)
{
  static const struct {
    const char *id;
    HoldfastRadioKind radio;
    HoldfastGate gate;
  } rows[] = {
    { "inzone-h3",   HOLDFAST_RADIO_WIRED,         HOLDFAST_GATE_NO_BLUETOOTH },
    { "inzone-h5",   HOLDFAST_RADIO_USB_DONGLE,    HOLDFAST_GATE_NO_BLUETOOTH },
    { "inzone-buds", HOLDFAST_RADIO_LE_AUDIO_ONLY, HOLDFAST_GATE_HOLD_BACK    },
  };
  g_autoptr (HoldfastCatalogue) catalogue = load ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    HoldfastHeadset *headset = find (catalogue, rows[i].id);

    g_assert_cmpint (holdfast_headset_get_radio (headset), ==, rows[i].radio);
    g_assert_cmpint (holdfast_headset_get_gate (headset), ==, rows[i].gate);
    g_assert_cmpuint (holdfast_headset_get_pairing_ways (headset)->len, ==, 0);
    g_assert_null (holdfast_headset_get_first_time (headset));
    g_assert_null (holdfast_headset_get_factory_reset (headset));
  }
}

/* Nothing is made up: the family's way, under the family's name; or none at all. */
static void
test_unknown_control (void)
{
  static const struct {
    const char *id;
    guint n_ways;
    HoldfastControl control;
  } rows[] = {
    { "wh-1000xx",     1, HOLDFAST_CONTROL_POWER       },
    { "wf-1000xm6",    2, HOLDFAST_CONTROL_CASE_BUTTON },
    { "linkbuds-uc",   1, HOLDFAST_CONTROL_CASE_BUTTON },
    { "linkbuds-clip", 1, HOLDFAST_CONTROL_CASE_BUTTON },
    { "inzone-h9-ii",  1, HOLDFAST_CONTROL_BLUETOOTH   },
    { "pulse-elite",   0, HOLDFAST_CONTROL_NONE        },
    { "pulse-explore", 0, HOLDFAST_CONTROL_NONE        },
  };
  g_autoptr (HoldfastCatalogue) catalogue = load ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    HoldfastHeadset *headset = find (catalogue, rows[i].id);
    GPtrArray *ways = holdfast_headset_get_pairing_ways (headset);

    g_assert_cmpint (holdfast_headset_get_radio (headset), ==, HOLDFAST_RADIO_CLASSIC);
    g_assert_cmpuint (ways->len, ==, rows[i].n_ways);
    g_assert_null (holdfast_headset_find_fact (headset, "pair", "control"));
    for (guint j = 0; j < ways->len; j++)
      g_assert_true (get_way (headset, j)->from_family);
    if (ways->len > 0) {
      g_assert_cmpint (
          holdfast_gesture_get_last_hold (get_way (headset, 0))->control, ==, rows[i].control);
      g_assert_nonnull (holdfast_headset_get_guide (headset));
    }
  }
}

static void
check_question (HoldfastHeadset *headset,
                HoldfastQuestion question,
                HoldfastControl control_if_yes,
                HoldfastControl control_if_no)
{
  guint n_yes = 0;
  guint n_no = 0;

  g_assert_cmpint (holdfast_headset_get_question (headset), ==, question);
  for (guint i = 0; i < holdfast_headset_get_pairing_ways (headset)->len; i++) {
    const HoldfastGesture *way = get_way (headset, i);

    g_assert_cmpint (way->question, ==, question);
    g_assert_cmpint (holdfast_gesture_get_last_hold (way)->control,
                     ==,
                     way->question_answer ? control_if_yes : control_if_no);
    if (way->question_answer)
      n_yes++;
    else
      n_no++;
  }
  g_assert_cmpuint (n_yes, ==, 1);
  g_assert_cmpuint (n_no, ==, 1);
}

/* Where sources conflict badly nothing is decided for the person: both ways, and a question. */
static void
test_questions (void)
{
  g_autoptr (HoldfastCatalogue) catalogue = load ();
  GListModel *models = holdfast_catalogue_get_models (catalogue);
  guint n_questions = 0;

  check_question (find (catalogue, "wf-1000xm4"),
                  HOLDFAST_QUESTION_CASE_BUTTON,
                  HOLDFAST_CONTROL_CASE_BUTTON,
                  HOLDFAST_CONTROL_EARBUD_TOUCH);
  check_question (find (catalogue, "wf-1000xm6"),
                  HOLDFAST_QUESTION_CASE_BUTTON,
                  HOLDFAST_CONTROL_CASE_BUTTON,
                  HOLDFAST_CONTROL_EARBUD_TOUCH);
  check_question (find (catalogue, "wh-ch520"),
                  HOLDFAST_QUESTION_BLUETOOTH_BUTTON,
                  HOLDFAST_CONTROL_BLUETOOTH,
                  HOLDFAST_CONTROL_POWER_PAIR);
  check_question (find (catalogue, "wh-ch720n"),
                  HOLDFAST_QUESTION_BLUETOOTH_BUTTON,
                  HOLDFAST_CONTROL_BLUETOOTH,
                  HOLDFAST_CONTROL_POWER);
  for (guint i = 0; i < g_list_model_get_n_items (models); i++) {
    g_autoptr (HoldfastHeadset) headset = g_list_model_get_item (models, i);

    if (holdfast_headset_get_question (headset) != HOLDFAST_QUESTION_NONE)
      n_questions++;
  }
  g_assert_cmpuint (n_questions, ==, 4);
}

static void
test_families_stand_in (void)
{
  g_autoptr (HoldfastCatalogue) catalogue = load ();
  GListModel *families = holdfast_catalogue_get_families (catalogue);

  g_assert_cmpuint (g_list_model_get_n_items (families), ==, 9);
  for (guint i = 0; i < g_list_model_get_n_items (families); i++) {
    g_autoptr (HoldfastHeadset) family = g_list_model_get_item (families, i);
    GPtrArray *ways = holdfast_headset_get_pairing_ways (family);

    g_assert_true (holdfast_headset_is_family (family));
    g_assert_true (g_str_has_prefix (holdfast_headset_get_id (family), "family-"));
    g_assert_cmpint (holdfast_headset_get_gate (family), ==, HOLDFAST_GATE_HOLD_BACK);
    g_assert_true (ways->len > 0 || g_str_equal (holdfast_headset_get_id (family), "family-pulse"));
    for (guint j = 0; j < ways->len; j++)
      g_assert_true (get_way (family, j)->from_family);
    /* A stand-in is nobody's name. */
    g_assert_null (holdfast_catalogue_match_name (catalogue, holdfast_headset_get_name (family)));
  }
  g_assert_null (holdfast_catalogue_find (catalogue, "family-sony"));
  g_assert_cmpstr (holdfast_headset_get_id (holdfast_catalogue_find (catalogue, "linkbuds s")),
                   ==,
                   "linkbuds-s");
  g_assert_cmpstr (holdfast_headset_get_id (holdfast_catalogue_find (catalogue, "Wh 1000xm4")),
                   ==,
                   "wh-1000xm4");
  g_assert_null (holdfast_catalogue_find (catalogue, ""));
}

static void
test_details (void)
{
  g_autoptr (HoldfastCatalogue) catalogue = load ();
  HoldfastHeadset *xm4 = find (catalogue, "WH-1000XM4");
  const HoldfastFact *fact = holdfast_headset_find_fact (xm4, "pair", "hold-usual-ms");

  g_assert_cmpstr (holdfast_headset_get_id (xm4), ==, "wh-1000xm4");
  g_assert_cmpstr (holdfast_headset_get_family (xm4), ==, "family-wh-1000x");
  g_assert_false (holdfast_headset_is_family (xm4));
  g_assert_cmpint (holdfast_headset_get_form (xm4), ==, HOLDFAST_FORM_OVER_EAR);
  g_assert_cmphex (holdfast_headset_get_pnp_product (xm4), ==, 0x0d58);
  g_assert_cmpint (holdfast_headset_has_jack (xm4), ==, HOLDFAST_TRISTATE_YES);
  g_assert_cmpint (holdfast_headset_cable_blocks_pairing (xm4), ==, HOLDFAST_TRISTATE_YES);
  g_assert_cmpint (holdfast_headset_usb_blocks_pairing (xm4), ==, HOLDFAST_TRISTATE_YES);
  g_assert_cmpint (holdfast_headset_get_multipoint (xm4), ==, HOLDFAST_MULTIPOINT_TWO);
  g_assert_cmpint (holdfast_headset_is_multipoint_on_as_sold (xm4), ==, HOLDFAST_TRISTATE_NO);
  g_assert_cmpuint (holdfast_headset_get_memory_size (xm4), ==, 8);
  g_assert_cmpuint (holdfast_headset_get_year (xm4), ==, 2020);
  g_assert_true (g_strv_contains (holdfast_headset_get_codecs (xm4), "LDAC"));
  g_assert_true (g_strv_contains (holdfast_headset_get_other_names (xm4), "XM4"));
  g_assert_cmpint (get_way (xm4, 0)->voice, ==, HOLDFAST_VOICE_BLUETOOTH_PAIRING);
  g_assert_cmpint (get_way (xm4, 0)->evidence, ==, HOLDFAST_FACT_SONY);
  g_assert_cmpint (get_way (xm4, 0)->place, ==, HOLDFAST_PLACE_LEFT_CUP_REAR);
  g_assert_cmpint (get_way (xm4, 0)->light_place, ==, HOLDFAST_PLACE_BESIDE_CONTROL);

  g_assert_cmpint (fact->kind, ==, HOLDFAST_FACT_SONY);
  g_assert_cmpint (fact->confidence, ==, HOLDFAST_CONFIDENCE_HIGH);
  g_assert_false (fact->inherited);
  g_assert_nonnull (strstr (fact->source, "https://www.sony.com/"));
  g_assert_true (holdfast_headset_find_fact (xm4, "bluetooth", "memory")->inherited);
  g_assert_cmpint (
      holdfast_headset_find_fact (xm4, "pair", "hold-longest-ms")->kind, ==, HOLDFAST_FACT_DERIVED);
  g_assert_null (holdfast_headset_find_fact (xm4, "pair", "nonsense"));
}

/* A value that is not known stays so, even where the family has one. */
static void
test_unknown_stays_unknown (void)
{
  g_autoptr (HoldfastCatalogue) catalogue = load ();

  g_assert_cmpint (holdfast_headset_usb_blocks_pairing (find (catalogue, "wh-1000xm6")),
                   ==,
                   HOLDFAST_TRISTATE_UNKNOWN);
  g_assert_cmpint (holdfast_headset_cable_blocks_pairing (find (catalogue, "wi-1000xm2")),
                   ==,
                   HOLDFAST_TRISTATE_UNKNOWN);
  g_assert_null (holdfast_headset_find_fact (find (catalogue, "wh-1000xx"), "pair", "voice"));
  g_assert_cmpuint (holdfast_headset_get_memory_size (find (catalogue, "inzone-h9")), ==, 0);
}

static void
test_order (void)
{
  g_autoptr (HoldfastCatalogue) catalogue = load ();
  GListModel *models = holdfast_catalogue_get_models (catalogue);
  g_autoptr (HoldfastHeadset) first = g_list_model_get_item (models, 0);
  g_autoptr (HoldfastHeadset) last
      = g_list_model_get_item (models, g_list_model_get_n_items (models) - 1);
  int shelf = HOLDFAST_FORM_OVER_EAR;

  g_assert_cmpstr (holdfast_headset_get_id (first), ==, "wh-1000xx");
  g_assert_cmpint (holdfast_headset_get_form (last), >=, HOLDFAST_FORM_GAMING_OVER_EAR);
  for (guint i = 0; i < g_list_model_get_n_items (models); i++) {
    g_autoptr (HoldfastHeadset) headset = g_list_model_get_item (models, i);
    int form = holdfast_headset_get_form (headset);

    form = form == HOLDFAST_FORM_ON_EAR ? HOLDFAST_FORM_OVER_EAR
                                        : MIN (form, (int) HOLDFAST_FORM_GAMING_OVER_EAR);
    g_assert_cmpint (form, >=, shelf);
    shelf = form;
  }
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double first = *(const double *) a;
  double second = *(const double *) b;

  return (first > second) - (first < second);
}

static void
test_load_time (void)
{
  double ms[15];

  for (guint i = 0; i < G_N_ELEMENTS (ms); i++) {
    clock_t began = clock ();
    g_autoptr (HoldfastCatalogue) catalogue = load ();

    ms[i] = (double) (clock () - began) * 1000 / CLOCKS_PER_SEC;
  }
  qsort (ms, G_N_ELEMENTS (ms), sizeof ms[0], compare_doubles);
  g_test_message ("46 models and 10 families load in %.1f ms (median of %u, fastest %.1f ms)",
                  ms[G_N_ELEMENTS (ms) / 2],
                  (guint) G_N_ELEMENTS (ms),
                  ms[0]);
  /* Of the processor's time, with sanitizers. The fastest, as only that tells about the program. */
  g_assert_cmpfloat (ms[0], <, 250);
}

/* Every file of the folder is in the program: one that is not in the list would be missing. */
static void
test_every_file_is_built_in (void)
{
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "..", "data", "headsets", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &error);
  const char *name;
  guint n_files = 0;

  g_assert_no_error (error);
  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_strconcat ("/io/github/holdfast/Holdfast/headsets/", name, NULL);
    g_autofree char *on_disk = g_build_filename (folder, name, NULL);
    g_autoptr (GBytes) built_in = NULL;
    g_autofree char *text = NULL;
    gsize length;

    if (!g_str_has_suffix (name, ".headset"))
      continue;
    built_in = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, &error);
    g_assert_no_error (error);
    g_file_get_contents (on_disk, &text, &length, &error);
    g_assert_no_error (error);
    g_assert_cmpmem (text, length, g_bytes_get_data (built_in, NULL), g_bytes_get_size (built_in));
    g_assert_true (g_str_has_prefix (text, "# SPDX-License-Identifier: CC0-1.0\n"));
    n_files++;
  }
  g_assert_cmpuint (n_files, ==, 56);
}

/* Whatever is asked first, all of it is there. */
static void
test_put_off (void)
{
  g_autoptr (HoldfastCatalogue) whole = holdfast_catalogue_new (NULL);
  guint n_models = g_list_model_get_n_items (holdfast_catalogue_get_models (whole));
  guint n_families = g_list_model_get_n_items (holdfast_catalogue_get_families (whole));
  g_autoptr (HoldfastCatalogue) by_id = holdfast_catalogue_new_put_off ();
  g_autoptr (HoldfastCatalogue) by_name = holdfast_catalogue_new_put_off ();
  g_autoptr (HoldfastCatalogue) by_list = holdfast_catalogue_new_put_off ();
  g_autoptr (HoldfastCatalogue) by_family = holdfast_catalogue_new_put_off ();
  g_autoptr (HoldfastCatalogue) unused = holdfast_catalogue_new_put_off ();

  g_assert_nonnull (holdfast_catalogue_find (by_id, "wh-1000xm4"));
  g_assert_nonnull (holdfast_catalogue_match_name (by_name, "LE_WH-1000XM4"));
  g_assert_cmpuint (
      g_list_model_get_n_items (holdfast_catalogue_get_models (by_list)), ==, n_models);
  g_assert_cmpuint (
      g_list_model_get_n_items (holdfast_catalogue_get_families (by_family)), ==, n_families);
  g_assert_cmpuint (g_list_model_get_n_items (holdfast_catalogue_get_models (by_id)), ==, n_models);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/catalogue/put-off", test_put_off);
  g_test_add_func ("/core/catalogue/equals-the-facts", test_equals_the_facts);
  g_test_add_func ("/core/catalogue/every-gesture-is-safe", test_every_gesture_is_safe);
  g_test_add_func ("/core/catalogue/gate", test_gate);
  g_test_add_func ("/core/catalogue/steps", test_steps);
  g_test_add_func ("/core/catalogue/only-factory-reset-erases", test_only_factory_reset_erases);
  g_test_add_func ("/core/catalogue/without-bluetooth", test_without_bluetooth);
  g_test_add_func ("/core/catalogue/unknown-control", test_unknown_control);
  g_test_add_func ("/core/catalogue/questions", test_questions);
  g_test_add_func ("/core/catalogue/families-stand-in", test_families_stand_in);
  g_test_add_func ("/core/catalogue/details", test_details);
  g_test_add_func ("/core/catalogue/unknown-stays-unknown", test_unknown_stays_unknown);
  g_test_add_func ("/core/catalogue/order", test_order);
  g_test_add_func ("/core/catalogue/load-time", test_load_time);
  g_test_add_func ("/core/catalogue/every-file-is-built-in", test_every_file_is_built_in);

  return g_test_run ();
}
