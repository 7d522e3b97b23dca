/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "speak.h"

void
speak_for_each_headset (HoldfastCatalogue *catalogue,
                        void (*function) (HoldfastCatalogue *, HoldfastHeadset *, gpointer),
                        gpointer user_data)
{
  GListModel *lists[]
      = { holdfast_catalogue_get_models (catalogue), holdfast_catalogue_get_families (catalogue) };

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++) {
    guint n_items = g_list_model_get_n_items (lists[i]);

    for (guint j = 0; j < n_items; j++) {
      g_autoptr (HoldfastHeadset) headset = g_list_model_get_item (lists[i], j);

      function (catalogue, headset, user_data);
    }
  }
}

void
speak_for_each_gesture (HoldfastHeadset *headset,
                        void (*function) (HoldfastHeadset *, const HoldfastGesture *, gpointer),
                        gpointer user_data)
{
  GPtrArray *ways = holdfast_headset_get_pairing_ways (headset);
  const HoldfastGesture *others[] = {
    holdfast_headset_get_first_time (headset),
    holdfast_headset_get_restart (headset),
    holdfast_headset_get_factory_reset (headset),
  };

  for (guint i = 0; i < ways->len; i++)
    function (headset, g_ptr_array_index (ways, i), user_data);
  for (guint i = 0; i < G_N_ELEMENTS (others); i++) {
    if (others[i] != NULL)
      function (headset, others[i], user_data);
  }
}

static void
append_line (GString *text, const char *indent, const char *line)
{
  if (line != NULL && *line != '\0')
    g_string_append_printf (text, "%s%s\n", indent, line);
}

typedef struct {
  HoldfastCatalogue *catalogue;
  GString *text;
} Speaker;

static void
speak_gesture (HoldfastHeadset *headset, const HoldfastGesture *gesture, gpointer user_data)
{
  Speaker *speaker = user_data;
  g_auto (GStrv) lines = holdfast_gesture_get_lines (speaker->catalogue, headset, gesture);

  g_string_append_printf (speaker->text,
                          "\n  %s (%s): %s\n",
                          gesture->id,
                          holdfast_start_state_get_label (gesture->start),
                          holdfast_gesture_kind_get_title (gesture->kind));
  if (gesture->question != HOLDFAST_QUESTION_NONE)
    g_string_append_printf (speaker->text,
                            "    %s %s:\n",
                            holdfast_question_get_text (gesture->question),
                            gesture->question_answer ? "Yes" : "No");
  if (gesture->kind == HOLDFAST_GESTURE_RESTART || gesture->kind == HOLDFAST_GESTURE_FACTORY_RESET)
    append_line (speaker->text, "    ", holdfast_gesture_kind_get_sentence (gesture->kind));
  for (guint i = 0; lines[i] != NULL; i++)
    append_line (speaker->text, "    ", lines[i]);
  if (gesture->light != NULL) {
    g_autofree char *drawn = holdfast_light_describe (gesture->light);

    g_string_append_printf (speaker->text, "    (drawn: %s)\n", drawn);
  }
}

static void
speak_checks (Speaker *speaker, HoldfastHeadset *headset)
{
  GPtrArray *ways = holdfast_headset_get_pairing_ways (headset);
  /* Before the question was answered, if there is one. */
  gboolean known
      = ways->len > 0 && holdfast_headset_get_question (headset) == HOLDFAST_QUESTION_NONE;
  const HoldfastGesture *way = known ? g_ptr_array_index (ways, 0) : NULL;
  gboolean any = FALSE;

  for (int i = 0; i < HOLDFAST_PERSON_CHECK_MAX; i++) {
    if (!holdfast_person_check_applies ((HoldfastPersonCheck) i, headset, way))
      continue;
    if (!any)
      g_string_append (speaker->text, "\n  Before:\n");
    any = TRUE;
    append_line (
        speaker->text, "    ", holdfast_person_check_get_sentence ((HoldfastPersonCheck) i));
  }
}

static void
speak_headset (HoldfastCatalogue *catalogue, HoldfastHeadset *headset, gpointer user_data)
{
  Speaker *speaker = user_data;
  g_autofree char *no_bluetooth = holdfast_headset_get_no_bluetooth_sentence (headset);
  g_autofree char *no_way = holdfast_headset_get_no_way_sentence (headset);

  g_string_append_printf (speaker->text,
                          "\n== %s: %s, %s\n",
                          holdfast_headset_get_title (headset),
                          holdfast_form_get_label (holdfast_headset_get_form (headset)),
                          holdfast_gate_get_label (holdfast_headset_get_gate (headset)));
  append_line (speaker->text, "  ", no_bluetooth);
  append_line (speaker->text, "  ", holdfast_headset_get_no_bluetooth_note (headset));
  append_line (speaker->text, "  ", no_way);
  append_line (speaker->text, "  ", holdfast_headset_get_multipoint_sentence (headset));
  append_line (speaker->text, "  ", holdfast_headset_get_multipoint_setting_sentence (headset));
  speak_checks (speaker, headset);
  speak_for_each_gesture (headset, speak_gesture, speaker);
}

static void
speak_states (GString *text)
{
  g_string_append (text, "== States\n");
  for (int i = 0; i < HOLDFAST_STATE_MAX; i++)
    g_string_append_printf (text,
                            "  %s: %s\n",
                            holdfast_state_get_title ((HoldfastState) i),
                            holdfast_state_get_sentence ((HoldfastState) i));
  g_string_append (text, "\n== Without a radio\n");
  for (int i = 0; i < HOLDFAST_STATE_MAX; i++) {
    HoldfastMachine machine = { .state = (HoldfastState) i, .config.guide = TRUE };
    const char *sentence = holdfast_machine_get_sentence (&machine);

    if (g_strcmp0 (sentence, holdfast_state_get_sentence ((HoldfastState) i)) != 0)
      g_string_append_printf (
          text, "  %s: %s\n", holdfast_state_get_title ((HoldfastState) i), sentence);
  }
  g_string_append (text, "\n== Hints\n");
  for (int i = 0; i < HOLDFAST_HINT_MAX; i++)
    append_line (text, "  ", holdfast_hint_get_sentence ((HoldfastHint) i));
  g_string_append (text, "\n== Calls\n");
  for (int i = 0; i < HOLDFAST_CUE_MAX; i++)
    append_line (text, "  ", holdfast_cue_get_sentence ((HoldfastCue) i));
  g_string_append (text, "\n== Buttons\n");
  for (int i = 0; i < HOLDFAST_EVENT_MAX; i++)
    append_line (text, "  ", holdfast_intent_get_label ((HoldfastEventKind) i));
  g_string_append_printf (text, "\n== %s\n", holdfast_light_question_get_text ());
  for (int i = 0; i < HOLDFAST_LIGHT_ANSWER_MAX; i++)
    append_line (text, "  ", holdfast_light_answer_get_label ((HoldfastLightAnswer) i));
  g_string_append (text, "\n== Questions\n");
  for (int i = HOLDFAST_QUESTION_NONE + 1; i < HOLDFAST_QUESTION_MAX; i++)
    g_string_append_printf (text,
                            "  %s %s\n",
                            holdfast_question_get_text ((HoldfastQuestion) i),
                            holdfast_question_get_hint ((HoldfastQuestion) i));
}

static void
speak_labels (GString *text)
{
  static const gint16 strengths[] = { -40, -60, -75, -90 };

  g_string_append (text, "\n== Controls\n");
  for (int i = HOLDFAST_CONTROL_NONE + 1; i < HOLDFAST_CONTROL_MAX; i++) {
    append_line (text, "  ", holdfast_control_get_label ((HoldfastControl) i));
    append_line (text, "    ", holdfast_control_get_sign ((HoldfastControl) i));
  }
  g_string_append (text, "\n== Places\n");
  for (int i = 0; i < HOLDFAST_PLACE_MAX; i++) {
    append_line (text, "  ", holdfast_place_get_sentence ((HoldfastPlace) i));
    append_line (text, "    ", holdfast_light_place_get_sentence ((HoldfastPlace) i));
  }
  g_string_append (text, "\n== Evidence\n");
  for (int i = 0; i < HOLDFAST_FACT_KIND_MAX; i++)
    append_line (text, "  ", holdfast_fact_kind_get_label ((HoldfastFactKind) i));
  for (int i = 0; i <= HOLDFAST_CONFIDENCE_HIGH; i++)
    append_line (text, "  ", holdfast_confidence_get_label ((HoldfastConfidence) i));
  g_string_append (text, "\n== Distances\n");
  for (guint i = 0; i < G_N_ELEMENTS (strengths); i++)
    append_line (text, "  ", holdfast_nearness_to_words (TRUE, strengths[i]));
  append_line (text, "  ", holdfast_nearness_to_words (FALSE, 0));
}

static void
speak_composed (GString *text)
{
  HoldfastSighting sighting = { .address = "00:11:22:33:44:55", .has_rssi = TRUE, .rssi = -60 };
  g_autofree char *nameless = NULL;
  g_autofree char *named = NULL;

  g_string_append (text, "\n== Whose is it\n");
  nameless = holdfast_sighting_describe (&sighting);
  append_line (text, "  ", nameless);
  g_strlcpy (sighting.name, "12", sizeof sighting.name);
  sighting.address[0] = '\0';
  named = holdfast_sighting_describe (&sighting);
  append_line (text, "  ", named);
  for (guint i = 0; i < 4; i++) {
    g_autofree char *question = holdfast_identify_question (
        i == 1 ? HOLDFAST_VERDICT_OFFER : HOLDFAST_VERDICT_ASK, i == 2 ? "" : "12", i == 3 ? 2 : 1);

    append_line (text, "  ", question);
  }
  g_string_append (text, "\n== Times\n");
  for (guint i = 0; i < 3; i++) {
    g_autofree char *seconds = holdfast_seconds_to_words (i);
    g_autofree char *left = holdfast_window_left_to_words ((gint64) i * 60 * G_USEC_PER_SEC);

    append_line (text, "  ", seconds);
    append_line (text, "  ", left);
  }
}

static void
speak_failures (GString *text)
{
  g_string_append (text, "\n== Causes\n");
  for (int i = HOLDFAST_FAILURE_NONE + 1; i < HOLDFAST_FAILURE_MAX; i++) {
    HoldfastFailure failure = (HoldfastFailure) i;

    g_string_append_printf (text,
                            "  %s (%d): %s. %s [%s] then %s\n",
                            holdfast_failure_to_string (failure),
                            holdfast_failure_get_exit_status (failure),
                            holdfast_failure_get_title (failure),
                            holdfast_failure_get_sentence (failure),
                            holdfast_repair_get_label (holdfast_failure_get_repair (failure)),
                            holdfast_failure_to_string (holdfast_failure_get_next (failure)));
  }
}

char *
speak_everything (HoldfastCatalogue *catalogue)
{
  Speaker speaker = { catalogue, g_string_new (NULL) };

  speak_states (speaker.text);
  speak_labels (speaker.text);
  speak_composed (speaker.text);
  speak_failures (speaker.text);
  speak_for_each_headset (catalogue, speak_headset, &speaker);
  return g_string_free_and_steal (speaker.text);
}
