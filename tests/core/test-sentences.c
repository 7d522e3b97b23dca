/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "speak.h"

#include <string.h>

/* What is spoken for every model, compared with a file that people can read.
 * HOLDFAST_TEST_GOLDEN=write writes that file anew; look at the difference before it is committed.
 */

static HoldfastCatalogue *
load_catalogue (void)
{
  g_autoptr (GError) error = NULL;
  HoldfastCatalogue *catalogue = holdfast_catalogue_new (&error);

  g_assert_no_error (error);
  return catalogue;
}

static void
test_golden (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "core", "sentences.golden", NULL);
  g_autoptr (HoldfastCatalogue) catalogue = load_catalogue ();
  g_autofree char *spoken = speak_everything (catalogue);
  g_autofree char *golden = NULL;
  g_auto (GStrv) spoken_lines = g_strsplit (spoken, "\n", -1);
  g_auto (GStrv) golden_lines = NULL;
  g_autoptr (GError) error = NULL;

  if (g_strcmp0 (g_getenv ("HOLDFAST_TEST_GOLDEN"), "write") == 0) {
    g_file_set_contents (path, spoken, -1, &error);
    g_assert_no_error (error);
  }
  g_file_get_contents (path, &golden, NULL, &error);
  g_assert_no_error (error);
  golden_lines = g_strsplit (golden, "\n", -1);
  for (guint i = 0; spoken_lines[i] != NULL && golden_lines[i] != NULL; i++) {
    if (!g_str_equal (spoken_lines[i], golden_lines[i]))
      g_test_message ("sentences.golden:%u; HOLDFAST_TEST_GOLDEN=write writes it anew", i + 1);
    g_assert_cmpstr (spoken_lines[i], ==, golden_lines[i]);
  }
  g_assert_cmpuint (g_strv_length (spoken_lines), ==, g_strv_length (golden_lines));
}

/* --- Honesty --- */

static gboolean
is_strong (HoldfastHeadset *headset, const char *group, const char *key)
{
  const HoldfastFact *fact = holdfast_headset_find_fact (headset, group, key);

  return fact != NULL
         && (fact->kind == HOLDFAST_FACT_SONY || fact->kind == HOLDFAST_FACT_SECONDARY);
}

/* The value of a way, or of the first way where a further one has none. */
static gboolean
is_strong_of (HoldfastHeadset *headset, const HoldfastGesture *gesture, const char *key)
{
  if (gesture->from_family)
    return FALSE;
  if (gesture->kind == HOLDFAST_GESTURE_PAIR
      && holdfast_headset_find_fact (headset, gesture->id, key) == NULL)
    return is_strong (headset, "pair", key);
  return is_strong (headset, gesture->id, key);
}

static gboolean
sounds_unsure (const char *sentence)
{
  static const char *const doubts[] = {
    "On most of these",  "Try ",        "most likely", "may say",  "usually",
    "As far as we know", "not checked", "not sure",    "probably", "do not know",
  };

  for (guint i = 0; i < G_N_ELEMENTS (doubts); i++) {
    if (strstr (sentence, doubts[i]) != NULL)
      return TRUE;
  }
  return FALSE;
}

static gboolean
has_digit (const char *text)
{
  return strpbrk (text, "0123456789") != NULL;
}

static void
check_step (HoldfastHeadset *headset, const HoldfastGesture *gesture, guint index)
{
  const HoldfastStep *step = holdfast_gesture_get_step (gesture, index);
  g_autofree char *sentence = holdfast_step_get_sentence (headset, gesture, index);
  g_autofree char *number = g_strdup_printf (" %u second", (step->usual_ms + 500) / 1000);

  g_assert_cmpstr (sentence, !=, "");
  if (step->action == HOLDFAST_ACTION_HOLD && !step->only_if_on) {
    /* The usual time, and neither of the two we worked out. */
    g_assert_nonnull (strstr (sentence, number));
    g_assert_true (sounds_unsure (sentence) || is_strong_of (headset, gesture, "hold-usual-ms"));
  } else {
    g_assert_false (has_digit (sentence));
  }
  if (step->action != HOLDFAST_ACTION_HOLD && step->action != HOLDFAST_ACTION_PRESS)
    return;
  if (sounds_unsure (sentence))
    return;
  g_assert_cmpint (holdfast_headset_get_gate (headset), ==, HOLDFAST_GATE_SHOW);
  g_assert_false (gesture->from_family);
  if (gesture->kind != HOLDFAST_GESTURE_FIRST_TIME)
    g_assert_true (is_strong_of (headset, gesture, "control"));
}

static void
check_gesture (HoldfastHeadset *headset, const HoldfastGesture *gesture, gpointer user_data)
{
  guint *n_checked = user_data;
  const char *end = holdfast_gesture_get_end_sentence (headset, gesture);
  const char *voice = holdfast_gesture_get_voice_sentence (headset, gesture);
  g_autofree char *window = holdfast_gesture_get_window_sentence (headset, gesture);
  g_auto (GStrv) lines = holdfast_gesture_get_lines (NULL, headset, gesture);

  g_test_message ("%s %s", holdfast_headset_get_id (headset), gesture->id);
  for (guint i = 0; i < holdfast_gesture_get_n_steps (gesture); i++)
    check_step (headset, gesture, i);
  g_assert_true (sounds_unsure (end) || gesture->light_seen == HOLDFAST_LIGHT_UNKNOWN
                 || is_strong_of (headset, gesture, "light-seen"));
  g_assert_true (voice == NULL || sounds_unsure (voice)
                 || is_strong_of (headset, gesture, "voice"));
  g_assert_true (window == NULL || sounds_unsure (window)
                 || is_strong_of (headset, gesture, "window-ms"));

  /* Where the gate holds back, the very first line says so, and the last one is the guide. */
  if (gesture->from_family || holdfast_headset_get_gate (headset) == HOLDFAST_GATE_HOLD_BACK) {
    g_assert_true (sounds_unsure (lines[0]));
    g_assert_nonnull (strstr (lines[g_strv_length (lines) - 1], " guide is here: https://"));
  }
  (*n_checked)++;
}

static void
check_headset (HoldfastCatalogue *catalogue, HoldfastHeadset *headset, gpointer user_data)
{
  g_autofree char *no_bluetooth = holdfast_headset_get_no_bluetooth_sentence (headset);
  const char *multipoint = holdfast_headset_get_multipoint_sentence (headset);
  const char *setting = holdfast_headset_get_multipoint_setting_sentence (headset);

  g_assert_true (no_bluetooth == NULL || sounds_unsure (no_bluetooth)
                 || is_strong (headset, "bluetooth", "radio"));
  g_assert_true (multipoint == NULL || sounds_unsure (multipoint)
                 || is_strong (headset, "bluetooth", "multipoint"));
  g_assert_true (setting == NULL || sounds_unsure (setting)
                 || is_strong (headset, "bluetooth", "multipoint-as-sold"));
  speak_for_each_gesture (headset, check_gesture, user_data);
}

static void
test_weak_values_sound_unsure (void)
{
  g_autoptr (HoldfastCatalogue) catalogue = load_catalogue ();
  guint n_checked = 0;

  speak_for_each_headset (catalogue, check_headset, &n_checked);
  g_assert_cmpuint (n_checked, >, 100);
}

static char *
first_way_text (HoldfastCatalogue *catalogue, const char *id)
{
  HoldfastHeadset *headset = holdfast_catalogue_find (catalogue, id);
  GPtrArray *ways;
  g_auto (GStrv) lines = NULL;

  g_assert_nonnull (headset);
  ways = holdfast_headset_get_pairing_ways (headset);
  g_assert_cmpuint (ways->len, >, 0);
  lines = holdfast_gesture_get_lines (catalogue, headset, g_ptr_array_index (ways, 0));
  return g_strjoinv (" ", lines);
}

/* One model of each gate, word for word where it matters. */
static void
test_gates (void)
{
  static const struct {
    const char *id;
    const char *said;
    const char *never;
  } rows[] = {
    { "wh-1000xm4",  "Hold the power button for about 7 seconds.",                                  "On most"    },
    { "wh-1000xm5",  "On most of these, hold the power button for about 7 seconds.",                " Hold the"  },
    { "wf-1000xm5",
     "On most of these, hold the button on the charging case for about 5 seconds.",                 " Hold the"  },
    { "wf-1000xm3",
     "On most of these, touch the outer sides of both earbuds and stay there for about 7 seconds.", " Touch the" },
    { "wh-1000xm6",  "We are not sure for this model. Try this.",                                   " Hold the"  },
    { "linkbuds-uc",
     "This is the usual way of LinkBuds earbuds, not checked for this model.",                      " Hold the"  },
  };
  g_autoptr (HoldfastCatalogue) catalogue = load_catalogue ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *text = first_way_text (catalogue, rows[i].id);

    g_test_message ("%s: %s", rows[i].id, text);
    g_assert_nonnull (strstr (text, rows[i].said));
    g_assert_null (strstr (text, rows[i].never));
  }
}

static HoldfastHeadset *
add_headset (HoldfastCatalogue *catalogue, const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;

  holdfast_catalogue_add_file (catalogue, "wh-test.headset", bytes, &error);
  g_assert_no_error (error);
  return holdfast_catalogue_find (catalogue, "wh-test");
}

/* Sony's word for the light of this model says nothing about the family's way to get there. */
static void
test_family_way_is_never_certain (void)
{
  g_autoptr (HoldfastCatalogue) catalogue = load_catalogue ();
  HoldfastHeadset *headset = add_headset (catalogue,
                                          "[headset]\n"
                                          "source=recalled\nconfidence=high\n"
                                          "name=WH-TEST\nfamily=family-wh-1000x\n"
                                          "gate=hold-back\n"
                                          "[pair]\n"
                                          "source=https://helpguide.sony.net/test\n"
                                          "confidence=high\n"
                                          "light-seen=blue-double\nvoice=pairing\n"
                                          "window-ms=300000\n");
  const HoldfastGesture *way = g_ptr_array_index (holdfast_headset_get_pairing_ways (headset), 0);
  g_autofree char *window = holdfast_gesture_get_window_sentence (headset, way);

  g_assert_true (way->from_family);
  g_assert_true (is_strong (headset, "pair", "light-seen"));
  g_assert_true (sounds_unsure (holdfast_gesture_get_end_sentence (headset, way)));
  g_assert_true (sounds_unsure (holdfast_gesture_get_voice_sentence (headset, way)));
  g_assert_true (sounds_unsure (window));
}

/* And when a model's own guide says all of it, nothing is hedged. */
static void
test_sony_is_certain (void)
{
  g_autoptr (HoldfastCatalogue) catalogue = load_catalogue ();
  HoldfastHeadset *headset = add_headset (catalogue,
                                          "[headset]\n"
                                          "source=recalled\nconfidence=high\n"
                                          "name=WH-TEST\nfamily=family-wh-1000x\n"
                                          "gate=show\ncontrols=power\n"
                                          "[pair]\n"
                                          "source=https://helpguide.sony.net/test\n"
                                          "confidence=high\n"
                                          "control=power\nstart=on\nhold-usual-ms=5000\n"
                                          "light-seen=blue-double\nvoice=pairing\n"
                                          "window-ms=300000\n");
  const HoldfastGesture *way = g_ptr_array_index (holdfast_headset_get_pairing_ways (headset), 0);
  g_auto (GStrv) lines = holdfast_gesture_get_lines (catalogue, headset, way);

  for (guint i = 0; lines[i] != NULL; i++) {
    g_test_message ("%s", lines[i]);
    g_assert_false (sounds_unsure (lines[i]));
  }
  g_assert_true (
      g_strv_contains ((const char *const *) lines, "Hold the power button for about 5 seconds."));
  g_assert_true (g_strv_contains ((const char *const *) lines, "A voice in them says “Pairing”."));
  g_assert_true (
      g_strv_contains ((const char *const *) lines, "They stay ready for about 5 minutes."));
}

/* The table of titles and the families' files say the same; a model is called by its name. */
static void
test_titles (void)
{
  g_autoptr (HoldfastCatalogue) catalogue = load_catalogue ();
  GListModel *lists[]
      = { holdfast_catalogue_get_models (catalogue), holdfast_catalogue_get_families (catalogue) };

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++) {
    for (guint j = 0; j < g_list_model_get_n_items (lists[i]); j++) {
      g_autoptr (HoldfastHeadset) headset = g_list_model_get_item (lists[i], j);

      g_assert_cmpstr (
          holdfast_headset_get_title (headset), ==, holdfast_headset_get_name (headset));
    }
  }
}

static gboolean
check_of (HoldfastCatalogue *catalogue, const char *id, HoldfastPersonCheck check, int way)
{
  HoldfastHeadset *headset = holdfast_catalogue_find (catalogue, id);

  return holdfast_person_check_applies (
      check,
      headset,
      way < 0 ? NULL
              : g_ptr_array_index (holdfast_headset_get_pairing_ways (headset), (guint) way));
}

/* While it is not known which way it will be, only what all ways want is asked for. */
static void
test_checks_before_the_question (void)
{
  g_autoptr (HoldfastCatalogue) catalogue = load_catalogue ();

  g_assert_true (check_of (catalogue, "wf-1000xm4", HOLDFAST_PERSON_CHECK_OUT_OF_CASE, 0)
                 != check_of (catalogue, "wf-1000xm4", HOLDFAST_PERSON_CHECK_OUT_OF_CASE, 1));
  g_assert_false (check_of (catalogue, "wf-1000xm4", HOLDFAST_PERSON_CHECK_OUT_OF_CASE, -1));
  g_assert_false (check_of (catalogue, "wf-1000xm4", HOLDFAST_PERSON_CHECK_IN_CASE, -1));
  g_assert_true (check_of (catalogue, "wf-1000xm4", HOLDFAST_PERSON_CHECK_NEAR, -1));
  g_assert_true (check_of (catalogue, "linkbuds-s", HOLDFAST_PERSON_CHECK_IN_CASE, 0));
  g_assert_true (check_of (catalogue, "linkbuds-s", HOLDFAST_PERSON_CHECK_IN_CASE, -1));
  /* No Bluetooth, nothing to be looked after. */
  g_assert_false (check_of (catalogue, "inzone-h3", HOLDFAST_PERSON_CHECK_NEAR, -1));
}

/* What the article says and nobody can show. */
static void
test_refused_statements (void)
{
  static const char *const refused[] = {
    "%",         "percent",       "monthly",     "40 ms",   "50 ms", "120 ms",    "200 ms",
    "latency",   "200 customers", "Mississippi", "exactly", "LE_WH", "always",    "firmware",
    "15 models", "2-3 minutes",   "Bluetooth 4", "female",  "kHz",   "guarantee",
  };
  g_autoptr (HoldfastCatalogue) catalogue = load_catalogue ();
  g_autofree char *spoken = speak_everything (catalogue);

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++) {
    g_test_message ("%s", refused[i]);
    g_assert_null (strstr (spoken, refused[i]));
  }
}

/* --- Pieces --- */

static void
test_lights (void)
{
  static const struct {
    const char *timeline;
    const char *words;
  } rows[] = {
    { "blue:150 off:150 blue:150 off:850",                                    "blue, twice, pause, twice, again and again" },
    { "off:100 blue:150 off:150 blue:150 off:750",                            "blue, twice, pause, twice, again and again" },
    { "blue:250 off:250 blue:250 off:250 blue:250 off:250 blue:250 off:2250",
     "blue, 4 times, pause, again and again"                                                                               },
    { "blue:400 off:600",                                                     "blue, flashing"                             },
    { "red:500 off:500",                                                      "red, flashing"                              },
    { "blue:200 off:4800",                                                    "blue, one flash now and then"               },
    { "blue:500 orange:500",                                                  "blue and orange in turn"                    },
    { "blue:500 off:100 orange:500 off:100",                                  "blue and orange in turn"                    },
    { "white:1000",                                                           "white, without a break"                     },
    { "off:1000",                                                             "dark"                                       },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (HoldfastTimeline) timeline = holdfast_timeline_parse (rows[i].timeline, &error);
    g_autofree char *words = NULL;

    g_assert_no_error (error);
    words = holdfast_light_describe (timeline);
    g_assert_cmpstr (words, ==, rows[i].words);
  }
}

static void
test_nearness (void)
{
  static const struct {
    gboolean has_rssi;
    gint16 rssi;
    const char *words;
  } rows[] = {
    { TRUE,  -30,        "very near"          },
    { TRUE,  -50,        "very near"          },
    { TRUE,  -51,        "near"               },
    { TRUE,  -65,        "near"               },
    { TRUE,  -66,        "a few steps away"   },
    { TRUE,  -80,        "a few steps away"   },
    { TRUE,  -81,        "far away"           },
    { TRUE,  G_MININT16, "far away"           },
    { FALSE, -30,        "distance not known" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpstr (
        holdfast_nearness_to_words (rows[i].has_rssi, rows[i].rssi), ==, rows[i].words);
}

static void
test_identify (void)
{
  static const struct {
    HoldfastVerdictKind kind;
    const char *name;
    guint n_candidates;
    const char *question;
  } rows[] = {
    { HOLDFAST_VERDICT_ASK,
     "WH-1000XM4",                          1,
     "“\342\201\250WH-1000XM4\342\201\251” is ready. Is it yours?"                        },
    { HOLDFAST_VERDICT_OFFER,
     "Bob's %s\ncans",                      1,
     "Something appeared: “\342\201\250Bob's %s cans\342\201\251”. Is it yours?"          },
    { HOLDFAST_VERDICT_OFFER,
     "\n",                                  1,
     "Something appeared that does not tell its name. Is it yours?"                       },
    { HOLDFAST_VERDICT_ASK,   "WH-1000XM4", 3, "3 devices are ready. Which one is yours?" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *question
        = holdfast_identify_question (rows[i].kind, rows[i].name, rows[i].n_candidates);

    g_assert_cmpstr (question, ==, rows[i].question);
  }
}

static void
test_sighting (void)
{
  HoldfastSighting sighting = {
    .address = "38:18:4C:00:00:42",
    .name = "LE_\033[2JXM4",
    .has_rssi = TRUE,
    .rssi = -44,
  };
  g_autofree char *with_address = holdfast_sighting_describe (&sighting);
  g_autofree char *without = NULL;

  g_assert_cmpstr (
      with_address, ==, "\342\201\250LE_[2JXM4\342\201\251, very near, number ending in 00:42");
  sighting.address[0] = '\0';
  without = holdfast_sighting_describe (&sighting);
  g_assert_cmpstr (without, ==, "\342\201\250LE_[2JXM4\342\201\251, very near");
}

#define SOON "Less than a minute left. When the light stops flashing, begin the hold again."

static void
test_times (void)
{
  static const struct {
    gint64 left_us;
    const char *words;
  } rows[] = {
    { -5,                            SOON                               },
    { 0,                             SOON                               },
    { 59 * G_USEC_PER_SEC,           SOON                               },
    { 60 * G_USEC_PER_SEC,           "Ready for about 1 more minute."   },
    { (gint64) 299 * G_USEC_PER_SEC, "Ready for about 4 more minutes."  },
    { G_MAXINT64,                    "Ready for about 60 more minutes." },
  };
  g_autofree char *one = holdfast_seconds_to_words (1);
  g_autofree char *seven = holdfast_seconds_to_words (7);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *words = holdfast_window_left_to_words (rows[i].left_us);

    g_assert_cmpstr (words, ==, rows[i].words);
  }
  g_assert_cmpstr (one, ==, "1 second");
  g_assert_cmpstr (seven, ==, "7 seconds");
}

static void
test_every_value_has_words (void)
{
  for (int i = HOLDFAST_CONTROL_NONE + 1; i < HOLDFAST_CONTROL_MAX; i++)
    g_assert_cmpstr (holdfast_control_get_label ((HoldfastControl) i), !=, "");
  for (int i = HOLDFAST_PLACE_UNKNOWN + 1; i < HOLDFAST_PLACE_MAX; i++) {
    g_assert_nonnull (holdfast_place_get_sentence ((HoldfastPlace) i));
    g_assert_nonnull (holdfast_light_place_get_sentence ((HoldfastPlace) i));
  }
  for (int i = 0; i < HOLDFAST_STATE_MAX; i++) {
    g_assert_cmpstr (holdfast_state_get_title ((HoldfastState) i), !=, "");
    g_assert_cmpstr (holdfast_state_get_sentence ((HoldfastState) i), !=, "");
  }
  for (int i = HOLDFAST_HINT_NONE + 1; i < HOLDFAST_HINT_MAX; i++)
    g_assert_cmpstr (holdfast_hint_get_sentence ((HoldfastHint) i), !=, "");
  for (int i = 0; i < HOLDFAST_FACT_KIND_MAX; i++)
    g_assert_cmpstr (holdfast_fact_kind_get_label ((HoldfastFactKind) i), !=, "");
  g_assert_cmpstr (
      holdfast_fact_kind_get_label (HOLDFAST_FACT_RECALLED), ==, "recalled, not checked");
  for (int i = 0; i < HOLDFAST_FORM_MAX; i++)
    g_assert_cmpstr (holdfast_form_get_label ((HoldfastForm) i), !=, "");
  for (int i = 0; i < HOLDFAST_START_MAX; i++)
    g_assert_cmpstr (holdfast_start_state_get_label ((HoldfastStartState) i), !=, "");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/sentences/golden", test_golden);
  g_test_add_func ("/core/sentences/weak-values-sound-unsure", test_weak_values_sound_unsure);
  g_test_add_func ("/core/sentences/gates", test_gates);
  g_test_add_func ("/core/sentences/family-way-is-never-certain", test_family_way_is_never_certain);
  g_test_add_func ("/core/sentences/sony-is-certain", test_sony_is_certain);
  g_test_add_func ("/core/sentences/titles", test_titles);
  g_test_add_func ("/core/sentences/checks-before-the-question", test_checks_before_the_question);
  g_test_add_func ("/core/sentences/refused-statements", test_refused_statements);
  g_test_add_func ("/core/sentences/lights", test_lights);
  g_test_add_func ("/core/sentences/nearness", test_nearness);
  g_test_add_func ("/core/sentences/identify", test_identify);
  g_test_add_func ("/core/sentences/sighting", test_sighting);
  g_test_add_func ("/core/sentences/times", test_times);
  g_test_add_func ("/core/sentences/every-value-has-words", test_every_value_has_words);

  return g_test_run ();
}
