/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "machine-fixture.h"

#include <string.h>

/* Every state against every event, written down in machine-matrix.txt. A state that does different
 * things for different reasons is there several times. */

#define TO_GET_READY "+0 RADIO ok;+0 BEGIN"
#define TO_INVITE TO_GET_READY ";+1 CONTINUE;+1 DISCOVERY_STARTED ok"
#define TO_HOLD TO_INVITE ";+5 HOLDING_NOW"
#define TO_LAST_HOLD TO_HOLD ";due DEADLINE;due DEADLINE"
#define TO_LOOKING TO_LAST_HOLD ";due DEADLINE"
#define TO_ASK_LIGHT TO_LOOKING ";due DEADLINE"
#define TO_SECOND_SLOW TO_ASK_LIGHT ";+1 ANSWER_LIGHT slow" AGAIN_TO_ASK_LIGHT
#define TO_FOUND TO_LAST_HOLD ";+6 VERDICT certain device=1 new;+0 AGENT_REGISTERED ok"
#define TO_STALE TO_LAST_HOLD ";+6 VERDICT certain device=1 paired new;+0 AGENT_REGISTERED ok"
#define TO_BLOCKED TO_LAST_HOLD ";+6 VERDICT certain device=1 blocked new;+0 AGENT_REGISTERED ok"
#define TO_PAIR TO_FOUND ";due DEADLINE"
#define TO_TRUST TO_PAIR ";+1 DEVICE device=1 paired;+0 PAIRED ok;+0 DISCOVERY_STOPPED"
#define TO_CONNECT TO_TRUST ";+0 TRUSTED ok"
#define TO_KNOWN "+0 RADIO ok;+0 KNOWN_DEVICE device=1 paired;+0 BEGIN"
#define AGAIN_TO_ASK_LIGHT ";+5 HOLDING_NOW;due DEADLINE;due DEADLINE;due DEADLINE;due DEADLINE"

typedef enum {
  PLAIN,
  GUIDE,  /* no radio at all */
  UNSURE, /* which way it is must be asked */
} Kind;

/* One row a line, however long. */
/* clang-format off */
static const struct {
  HoldfastState state;
  const char *how;
  Kind kind;
  const char *script;
} places[] = {
  { HOLDFAST_STATE_IDLE, "at first", PLAIN, "" },
  { HOLDFAST_STATE_IDLE, "a headset is known", PLAIN, "+0 KNOWN_DEVICE device=1 paired" },
  { HOLDFAST_STATE_KNOWN, "", PLAIN, TO_KNOWN },
  { HOLDFAST_STATE_KNOWN, "and blocked", PLAIN, TO_KNOWN ";+0 DEVICE device=1 paired,blocked" },
  { HOLDFAST_STATE_GET_READY, "radio ready", PLAIN, TO_GET_READY },
  { HOLDFAST_STATE_GET_READY, "radio off", PLAIN, "+0 RADIO powered-off;+0 BEGIN" },
  { HOLDFAST_STATE_GET_READY, "way unsure", UNSURE, TO_GET_READY },
  { HOLDFAST_STATE_GET_READY, "known, pair again", PLAIN, TO_KNOWN ";+0 PAIR_AGAIN" },
  { HOLDFAST_STATE_GET_READY, "guide", GUIDE, "+0 BEGIN" },
  { HOLDFAST_STATE_WAIT_RADIO, "in the hold", PLAIN, TO_HOLD ";+1 RADIO powered-off" },
  { HOLDFAST_STATE_WAIT_RADIO, "connecting", PLAIN, TO_CONNECT ";+1 RADIO powered-off" },
  { HOLDFAST_STATE_WAIT_RADIO, "known", PLAIN, TO_KNOWN ";+1 RADIO no-adapter;+1 CONTINUE" },
  { HOLDFAST_STATE_WAIT_RADIO, "pairing", PLAIN, TO_PAIR ";+1 RADIO no-service" },
  { HOLDFAST_STATE_ASK_WAY, "", UNSURE, TO_GET_READY ";+1 CONTINUE" },
  { HOLDFAST_STATE_INVITE, "starting to listen", PLAIN, TO_GET_READY ";+1 CONTINUE" },
  { HOLDFAST_STATE_INVITE, "listening", PLAIN, TO_INVITE },
  { HOLDFAST_STATE_INVITE, "way unsure", UNSURE, TO_GET_READY ";+1 CONTINUE;+1 ANSWER_WAY no;+1 DISCOVERY_STARTED ok" },
  { HOLDFAST_STATE_INVITE, "bonded, the radio was away", PLAIN, TO_CONNECT ";+1 RADIO no-service;+0 GONE device=1;+0 CONNECTED no-service;+0 RADIO ok;+0 DISCOVERY_STARTED ok" },
  { HOLDFAST_STATE_LEAD_IN, "", PLAIN, TO_INVITE ";+5 START" },
  { HOLDFAST_STATE_LEAD_IN, "after a slip", PLAIN, TO_LAST_HOLD ";+1 AGAIN" },
  { HOLDFAST_STATE_HOLD, "first step", PLAIN, TO_HOLD },
  { HOLDFAST_STATE_HOLD, "last step, before the earliest mark", PLAIN, TO_LAST_HOLD },
  { HOLDFAST_STATE_HOLD, "last step, after the earliest mark", PLAIN, TO_LAST_HOLD ";+6 VERDICT nothing" },
  { HOLDFAST_STATE_HOLD, "a step that takes its time", PLAIN, TO_SECOND_SLOW ";+1 ANSWER_LIGHT slow;+1 HOLDING_NOW;due DEADLINE" },
  { HOLDFAST_STATE_HOLD, "last step, guide", GUIDE, "+0 BEGIN;+1 CONTINUE;+1 HOLDING_NOW;due DEADLINE;due DEADLINE;+6 MINE" },
  { HOLDFAST_STATE_LOOKING, "", PLAIN, TO_LOOKING },
  { HOLDFAST_STATE_LOOKING, "come nearer", PLAIN, TO_ASK_LIGHT ";+1 ANSWER_LIGHT pairs" },
  { HOLDFAST_STATE_ASK_LIGHT, "for the first time", PLAIN, TO_ASK_LIGHT },
  { HOLDFAST_STATE_ASK_LIGHT, "was slow, a way is left", PLAIN, TO_SECOND_SLOW },
  { HOLDFAST_STATE_ASK_LIGHT, "was slow, no way is left", UNSURE, TO_GET_READY ";+1 CONTINUE;+1 ANSWER_WAY no;+1 DISCOVERY_STARTED ok" AGAIN_TO_ASK_LIGHT ";+1 ANSWER_LIGHT slow" AGAIN_TO_ASK_LIGHT },
  { HOLDFAST_STATE_ASK_LIGHT, "paired by its light already", PLAIN, TO_ASK_LIGHT ";+1 ANSWER_LIGHT pairs;due DEADLINE" },
  { HOLDFAST_STATE_ASK_LIGHT, "guide", GUIDE, "+0 BEGIN;+1 CONTINUE;+5 HOLDING_NOW;due DEADLINE;due DEADLINE;due DEADLINE" },
  { HOLDFAST_STATE_IDENTIFY, "before the hold", PLAIN, TO_INVITE ";+1 VERDICT ask device=1" },
  { HOLDFAST_STATE_IDENTIFY, "looking", PLAIN, TO_LOOKING ";+1 VERDICT ask device=1" },
  { HOLDFAST_STATE_IDENTIFY, "paired", PLAIN, TO_LOOKING ";+1 VERDICT ask device=1 paired" },
  { HOLDFAST_STATE_IDENTIFY, "blocked", PLAIN, TO_LOOKING ";+1 VERDICT ask device=1 blocked" },
  { HOLDFAST_STATE_FOUND, "", PLAIN, TO_FOUND },
  { HOLDFAST_STATE_FOUND, "paired", PLAIN, TO_STALE },
  { HOLDFAST_STATE_FOUND, "blocked", PLAIN, TO_BLOCKED },
  { HOLDFAST_STATE_ASK_FORGET, "in pairing mode", PLAIN, TO_STALE ";due DEADLINE" },
  { HOLDFAST_STATE_ASK_FORGET, "known, and it forgot us", PLAIN, TO_KNOWN ";+1 CONTINUE;+1 CONNECTED key-missing" },
  { HOLDFAST_STATE_ASK_UNBLOCK, "", PLAIN, TO_BLOCKED ";due DEADLINE" },
  { HOLDFAST_STATE_ASK_UNBLOCK, "asked for", PLAIN, TO_BLOCKED ";due DEADLINE;+1 CONTINUE" },
  { HOLDFAST_STATE_ASK_UNBLOCK, "bonded, asked for", PLAIN, TO_CONNECT ";+1 CONNECTED device-blocked;+1 CONTINUE" },
  { HOLDFAST_STATE_FORGET, "removing", PLAIN, TO_STALE ";due DEADLINE;+1 CONTINUE" },
  { HOLDFAST_STATE_FORGET, "removing, known", PLAIN, TO_KNOWN ";+1 CONTINUE;+1 CONNECTED key-missing;+1 CONTINUE" },
  { HOLDFAST_STATE_FORGET, "removed", PLAIN, TO_STALE ";due DEADLINE;+1 CONTINUE;+1 REMOVED ok" },
  { HOLDFAST_STATE_PAIR, "the agent is not there yet", PLAIN, TO_LOOKING ";+1 VERDICT ask device=1;+1 MINE device=1" },
  { HOLDFAST_STATE_PAIR, "", PLAIN, TO_PAIR },
  { HOLDFAST_STATE_PAIR, "and paired", PLAIN, TO_PAIR ";+1 DEVICE device=1 paired" },
  { HOLDFAST_STATE_PAIR, "the flag is missing", PLAIN, TO_PAIR ";+1 PAIRED ok" },
  { HOLDFAST_STATE_PAIR, "second try", PLAIN, TO_PAIR ";+1 PAIRED interrupted;due DEADLINE" },
  { HOLDFAST_STATE_PAIR_WAIT, "", PLAIN, TO_PAIR ";+1 PAIRED interrupted" },
  { HOLDFAST_STATE_ASK_PIN, "while Pair is out", PLAIN, TO_PAIR ";+1 PIN_ASKED" },
  { HOLDFAST_STATE_ASK_PIN, "it was wrong", PLAIN, TO_PAIR ";+1 PAIRED wrong-pin" },
  { HOLDFAST_STATE_TRUST, "", PLAIN, TO_TRUST },
  { HOLDFAST_STATE_CONNECT, "first try", PLAIN, TO_CONNECT },
  { HOLDFAST_STATE_CONNECT, "second try", PLAIN, TO_CONNECT ";+1 CONNECTED connect-refused;due DEADLINE" },
  { HOLDFAST_STATE_CONNECT, "known", PLAIN, TO_KNOWN ";+1 CONTINUE" },
  { HOLDFAST_STATE_CONNECT_WAIT, "", PLAIN, TO_CONNECT ";+1 CONNECTED connect-refused" },
  { HOLDFAST_STATE_CONNECT_WAIT, "Connect is still out", PLAIN, TO_CONNECT ";due DEADLINE" },
  { HOLDFAST_STATE_VERIFY, "", PLAIN, TO_CONNECT ";+1 CONNECTED ok" },
  { HOLDFAST_STATE_VERIFY, "second try", PLAIN, TO_CONNECT ";+1 CONNECTED ok;due DEADLINE;+1 CONNECTED ok" },
  { HOLDFAST_STATE_DONE, "", PLAIN, TO_CONNECT ";+1 DEVICE device=1 paired,connected,transport" },
  { HOLDFAST_STATE_GUIDE_DONE, "", GUIDE, "+0 BEGIN;+1 CONTINUE;+5 HOLDING_NOW;due DEADLINE;due DEADLINE;due DEADLINE;+1 ANSWER_LIGHT pairs" },
  { HOLDFAST_STATE_FAILED, "hold again", PLAIN, TO_PAIR ";+1 PAIRED left-pairing-mode" },
  { HOLDFAST_STATE_FAILED, "forget and pair", PLAIN, TO_PAIR ";+1 PAIRED stale-bond" },
  { HOLDFAST_STATE_FAILED, "try again", PLAIN, TO_PAIR ";+1 PAIRED unknown" },
  { HOLDFAST_STATE_FAILED, "switch on", PLAIN, TO_PAIR ";+1 PAIRED powered-off" },
  { HOLDFAST_STATE_FAILED, "connect again", PLAIN, TO_CONNECT ";+1 CONNECTED sound-slot-taken" },
  { HOLDFAST_STATE_FAILED, "known", PLAIN, TO_KNOWN ";+1 CONTINUE;+1 CONNECTED out-of-range" },
  { HOLDFAST_STATE_FAILED, "no cause left", PLAIN, TO_GET_READY ";+1 CONTINUE;+1 DISCOVERY_STARTED adapter-trouble" },
  { HOLDFAST_STATE_FAILED, "another model", PLAIN, TO_PAIR ";+1 PAIRED no-classic-bluetooth" },
  { HOLDFAST_STATE_ENDING, "pairing", PLAIN, TO_PAIR ";+1 CANCEL" },
  { HOLDFAST_STATE_ENDING, "paired by us", PLAIN, TO_CONNECT ";+1 CANCEL" },
  { HOLDFAST_STATE_ENDED, "", PLAIN, "+0 CANCEL" },
};
/* clang-format on */

/* Kinds that are not here have one form. "*": once for every cause; "+": for every cause on the
 * computer's side. */
static const struct {
  HoldfastEventKind kind;
  const char *words;
} forms[] = {
  { HOLDFAST_EVENT_ANSWER_WAY,        "yes"                                 },
  { HOLDFAST_EVENT_ANSWER_WAY,        "no"                                  },
  { HOLDFAST_EVENT_ANSWER_LIGHT,      "pairs"                               },
  { HOLDFAST_EVENT_ANSWER_LIGHT,      "slow"                                },
  { HOLDFAST_EVENT_ANSWER_LIGHT,      "solid"                               },
  { HOLDFAST_EVENT_ANSWER_LIGHT,      "red"                                 },
  { HOLDFAST_EVENT_ANSWER_LIGHT,      "dark"                                },
  { HOLDFAST_EVENT_ANSWER_LIGHT,      "voice"                               },
  { HOLDFAST_EVENT_MINE,              ""                                    },
  { HOLDFAST_EVENT_MINE,              "device=1"                            },
  { HOLDFAST_EVENT_NOT_MINE,          "device=1"                            },
  { HOLDFAST_EVENT_RADIO,             "+"                                   },
  { HOLDFAST_EVENT_KNOWN_DEVICE,      "device=3 paired"                     },
  { HOLDFAST_EVENT_VERDICT,           "nothing"                             },
  { HOLDFAST_EVENT_VERDICT,           "hint device=1"                       },
  { HOLDFAST_EVENT_VERDICT,           "certain device=1 new"                },
  { HOLDFAST_EVENT_VERDICT,           "certain device=2 new"                },
  { HOLDFAST_EVENT_VERDICT,           "ask device=1"                        },
  { HOLDFAST_EVENT_VERDICT,           "ask device=2 familiar"               },
  { HOLDFAST_EVENT_VERDICT,           "ask device=2 candidates=2 new"       },
  { HOLDFAST_EVENT_VERDICT,           "offer device=2 new"                  },
  { HOLDFAST_EVENT_DEVICE,            "device=1"                            },
  { HOLDFAST_EVENT_DEVICE,            "device=1 paired"                     },
  { HOLDFAST_EVENT_DEVICE,            "device=1 paired,connected"           },
  { HOLDFAST_EVENT_DEVICE,            "device=1 paired,connected,transport" },
  { HOLDFAST_EVENT_DEVICE,            "device=2 paired,connected,transport" },
  { HOLDFAST_EVENT_GONE,              "device=1"                            },
  { HOLDFAST_EVENT_GONE,              "device=2"                            },
  { HOLDFAST_EVENT_DISCOVERY_STARTED, "+"                                   },
  { HOLDFAST_EVENT_AGENT_REGISTERED,  "+"                                   },
  { HOLDFAST_EVENT_PAIRED,            "*"                                   },
  { HOLDFAST_EVENT_TRUSTED,           "ok"                                  },
  { HOLDFAST_EVENT_TRUSTED,           "unknown"                             },
  { HOLDFAST_EVENT_CONNECTED,         "*"                                   },
  { HOLDFAST_EVENT_REMOVED,           "ok"                                  },
  { HOLDFAST_EVENT_REMOVED,           "left-pairing-mode"                   },
  { HOLDFAST_EVENT_REMOVED,           "unknown"                             },
  { HOLDFAST_EVENT_UNBLOCKED,         "ok"                                  },
  { HOLDFAST_EVENT_UNBLOCKED,         "unknown"                             },
  { HOLDFAST_EVENT_POWERED,           "+"                                   },
};

/* Outcomes of one kind of event, and the words that lead to each, in the order of first sight. */
typedef struct {
  GPtrArray *outcomes; /* of char * */
  GPtrArray *words;    /* of GString * */
} Group;

static void
free_words (gpointer data)
{
  g_string_free (data, TRUE);
}

static void
group_init (Group *group)
{
  group->outcomes = g_ptr_array_new_with_free_func (g_free);
  group->words = g_ptr_array_new_with_free_func (free_words);
}

static void
group_clear (Group *group)
{
  g_ptr_array_unref (group->outcomes);
  g_ptr_array_unref (group->words);
}

static void
group_add (Group *group, const char *words, const char *outcome)
{
  guint index;

  if (!g_ptr_array_find_with_equal_func (group->outcomes, outcome, g_str_equal, &index)) {
    index = group->outcomes->len;
    g_ptr_array_add (group->outcomes, g_strdup (outcome));
    g_ptr_array_add (group->words, g_string_new (NULL));
  }
  if (*words != '\0') {
    GString *list = g_ptr_array_index (group->words, index);

    g_string_append_printf (list, "%s%s", list->len > 0 ? " | " : "", words);
  }
}

/* "because=no-answer" under "no-answer" reads "because=told". */
static char *
make_general (const char *outcome, HoldfastFailure failure)
{
  g_autofree char *because = NULL;
  const char *found;

  if (failure == HOLDFAST_FAILURE_NONE)
    return g_strdup (outcome);
  because = g_strdup_printf ("because=%s ", holdfast_failure_to_string (failure));
  found = strstr (outcome, because);
  if (found == NULL)
    return g_strdup (outcome);
  return g_strdup_printf (
      "%.*sbecause=told %s", (int) (found - outcome), outcome, found + strlen (because));
}

static gboolean
lets_go_early (const MachineFixture *place, const HoldfastEvent *event)
{
  return place->machine.state == HOLDFAST_STATE_HOLD && place->machine.step == 3
         && event->kind == HOLDFAST_EVENT_CONTINUE;
}

static void
try_event (const MachineFixture *place, const char *text, const char *words, Group *group)
{
  MachineFixture fixture = *place;
  HoldfastEvent event;
  gint64 now_us = place->now_us + 100000;
  gboolean changed;
  g_autofree char *described = NULL;
  g_autofree char *spaced = NULL;
  g_autofree char *outcome = NULL;

  machine_fixture_parse_event (text, "matrix", &event);
  if (event.kind == HOLDFAST_EVENT_DEADLINE) {
    if (place->machine.deadline_us == G_MAXINT64)
      return;
    now_us = MAX (place->now_us, place->machine.deadline_us);
  }
  changed = machine_fixture_step (&fixture, &event, now_us);

  /* An intent that the page may offer does something, and one that does something is offered; but
   * for letting go early. */
  if (event.kind <= HOLDFAST_EVENT_PIN && changed && !lets_go_early (place, &event))
    g_assert_true (holdfast_machine_accepts (&place->machine, event.kind));
  if (!changed && fixture.effects == 0) {
    group_add (group, words, "nothing");
    return;
  }
  described = machine_fixture_describe (&fixture);
  spaced = g_strconcat (described, " ", NULL);
  outcome = make_general (spaced, event.failure);
  g_strchomp (outcome);
  group_add (group, words, outcome);
}

static void
try_causes (const MachineFixture *place, HoldfastEventKind kind, HoldfastFailure last, Group *group)
{
  for (HoldfastFailure failure = 0; failure <= last; failure++) {
    const char *word
        = failure == HOLDFAST_FAILURE_NONE ? "ok" : holdfast_failure_to_string (failure);
    g_autofree char *text = g_strdup_printf ("%s %s", holdfast_event_to_string (kind), word);

    try_event (place, text, word, group);
  }
}

static void
try_kind (const MachineFixture *place, HoldfastEventKind kind, GString *told, GString *nothing)
{
  const char *name = holdfast_event_to_string (kind);
  gboolean has_forms = FALSE;
  Group group;

  group_init (&group);
  for (guint i = 0; i < G_N_ELEMENTS (forms); i++) {
    if (forms[i].kind != kind)
      continue;
    has_forms = TRUE;
    if (g_str_equal (forms[i].words, "*")) {
      try_causes (place, kind, HOLDFAST_FAILURE_MAX - 1, &group);
    } else if (g_str_equal (forms[i].words, "+")) {
      try_causes (place, kind, HOLDFAST_FAILURE_INACTIVE_SEAT, &group);
    } else {
      g_autofree char *text = g_strdup_printf ("%s %s", name, forms[i].words);

      try_event (place, text, forms[i].words, &group);
    }
  }
  if (!has_forms)
    try_event (place, name, "", &group);

  for (guint i = 0; i < group.outcomes->len; i++) {
    const char *outcome = g_ptr_array_index (group.outcomes, i);
    const GString *words = g_ptr_array_index (group.words, i);

    if (!g_str_equal (outcome, "nothing"))
      g_string_append_printf (
          told, "%s%s%s -> %s\n", name, words->len > 0 ? " " : "", words->str, outcome);
    else if (group.outcomes->len == 1)
      g_string_append_printf (nothing, " %s", name);
    else
      g_string_append_printf (nothing, " (%s %s)", name, words->str);
  }
  group_clear (&group);
}

static void
run_script (MachineFixture *fixture, const char *script, const char *where)
{
  g_auto (GStrv) lines = g_strsplit (script, ";", -1);

  for (guint i = 0; lines[i] != NULL && lines[i][0] != '\0'; i++)
    machine_fixture_happens (fixture, lines[i], where);
}

static void
reach (MachineFixture *fixture, guint place)
{
  const char *where = holdfast_state_to_string (places[place].state);

  machine_fixture_restart (fixture,
                           places[place].kind == GUIDE,
                           places[place].kind == UNSURE ? HOLDFAST_QUESTION_CASE_BUTTON
                                                        : HOLDFAST_QUESTION_NONE,
                           3 * G_USEC_PER_SEC);
  run_script (fixture, places[place].script, where);
  if (fixture->machine.state != places[place].state)
    g_error ("%s, %s: the script leads to %s",
             where,
             places[place].how,
             holdfast_state_to_string (fixture->machine.state));
}

static void
test_matrix (void)
{
  g_autoptr (GString) told = g_string_new (
      "# Every state against every event: what the machine makes of it, and what it asks for.\n"
      "# Made by tests/core/test-machine.c. \"because=told\": the cause that came with the "
      "event.\n");
  gboolean seen[HOLDFAST_STATE_MAX] = { FALSE };
  MachineFixture fixture;

  machine_fixture_init (&fixture);
  for (guint i = 0; i < G_N_ELEMENTS (places); i++) {
    g_autoptr (GString) nothing = g_string_new (NULL);

    reach (&fixture, i);
    seen[places[i].state] = TRUE;
    g_string_append_printf (told,
                            "\n== %s%s%s\n",
                            holdfast_state_to_string (places[i].state),
                            places[i].how[0] != '\0' ? ": " : "",
                            places[i].how);
    for (HoldfastEventKind kind = 0; kind < HOLDFAST_EVENT_MAX; kind++)
      try_kind (&fixture, kind, told, nothing);
    g_string_append_printf (told, "nothing:%s\n", nothing->str);
  }
  for (HoldfastState state = 0; state < HOLDFAST_STATE_MAX; state++)
    g_assert_true (seen[state]);
  machine_fixture_clear (&fixture);
  machine_fixture_compare ("machine-matrix.txt", told->str);
}

/* The table as docs see it. */

typedef struct {
  guint n_edges;
  gboolean leads_to[HOLDFAST_STATE_MAX];
  gboolean leads_out[HOLDFAST_STATE_MAX];
  HoldfastState state;
  gboolean closed[HOLDFAST_EVENT_MAX + 1];
} Edges;

static void
look_at_edge (const HoldfastEdge *edge, gpointer user_data)
{
  Edges *edges = user_data;

  edges->n_edges++;
  g_assert_cmpint (edge->state, <, HOLDFAST_STATE_MAX);
  g_assert_cmpint (edge->event, <=, HOLDFAST_EVENT_MAX);
  if (edge->state != edges->state) {
    memset (edges->closed, 0, sizeof edges->closed);
    edges->state = edge->state;
  }
  /* An edge behind one that always holds would never be taken. */
  g_assert_false (edges->closed[edge->event]);
  if (edge->guard == NULL)
    edges->closed[edge->event] = TRUE;
  if (edge->next == HOLDFAST_STATE_MAX)
    return;
  edges->leads_to[edge->next] = TRUE;
  if (edge->next != edge->state)
    edges->leads_out[edge->state] = TRUE;
}

static void
test_edges (void)
{
  Edges edges = { .state = HOLDFAST_STATE_MAX };

  holdfast_machine_foreach_edge (look_at_edge, &edges);
  g_assert_cmpuint (edges.n_edges, >, HOLDFAST_STATE_MAX);
  for (HoldfastState state = 0; state < HOLDFAST_STATE_MAX; state++) {
    HoldfastStateRules rules;

    holdfast_state_get_rules (state, &rules);
    g_assert_cmpstr (rules.name, ==, holdfast_state_to_string (state));
    g_assert_true (rules.deadline != NULL || rules.deadline_ms > 0);
    g_assert_true (state == HOLDFAST_STATE_IDLE || edges.leads_to[state]);
    g_assert_true (state == HOLDFAST_STATE_ENDED || edges.leads_out[state]);
  }
}

/* The longest mark says "let go now" whatever the catalogue says, or does not say. */
static void
test_gestures_without_numbers (void)
{
  const HoldfastAction actions[] = { HOLDFAST_ACTION_HOLD, HOLDFAST_ACTION_WAIT };
  const HoldfastEvent holding = { .kind = HOLDFAST_EVENT_HOLDING_NOW };
  const HoldfastEvent deadline = { .kind = HOLDFAST_EVENT_DEADLINE };

  for (guint n_steps = 0; n_steps < 4; n_steps++) {
    for (guint pattern = 0; pattern < 1u << n_steps; pattern++) {
      MachineFixture fixture;
      HoldfastGesture *gesture = holdfast_gesture_new ("bare", HOLDFAST_GESTURE_PAIR);

      for (guint i = 0; i < n_steps; i++) {
        HoldfastStep step = { .action = actions[(pattern >> i) & 1] };

        holdfast_gesture_add_step (gesture, &step);
      }
      machine_fixture_init (&fixture);
      g_ptr_array_set_size (fixture.ways, 0);
      g_ptr_array_add (fixture.ways, gesture);
      machine_fixture_happens (&fixture, "+0 BEGIN", "bare");
      machine_fixture_happens (&fixture, "+0 CONTINUE", "bare");
      machine_fixture_step (&fixture, &holding, 0);
      for (guint i = 0; i <= n_steps && fixture.machine.state == HOLDFAST_STATE_HOLD; i++) {
        g_assert_cmpint (fixture.machine.deadline_us, !=, G_MAXINT64);
        machine_fixture_step (&fixture, &deadline, fixture.machine.deadline_us);
      }
      g_assert_cmpint (fixture.machine.state, ==, HOLDFAST_STATE_LOOKING);
      g_assert_cmpint (fixture.now_us, <=, 20 * G_USEC_PER_SEC);
      machine_fixture_clear (&fixture);
    }
  }
}

static void
test_no_ways (void)
{
  HoldfastMachineConfig config = { NULL, HOLDFAST_QUESTION_NONE, FALSE, 0 };
  MachineFixture fixture;

  machine_fixture_init (&fixture);
  holdfast_machine_init (&fixture.machine, &config);
  machine_fixture_happens (&fixture, "+0 BEGIN", "no ways");
  machine_fixture_happens (&fixture, "+0 CONTINUE", "no ways");
  machine_fixture_happens (&fixture, "+0 HOLDING_NOW", "no ways");
  g_assert_cmpint (fixture.machine.state, ==, HOLDFAST_STATE_LOOKING);
  g_assert_null (holdfast_machine_get_gesture (&fixture.machine));
  machine_fixture_happens (&fixture, "due DEADLINE", "no ways");
  machine_fixture_happens (&fixture, "+0 ANSWER_LIGHT slow", "no ways");
  machine_fixture_happens (&fixture, "+0 HOLDING_NOW", "no ways");
  machine_fixture_happens (&fixture, "due DEADLINE", "no ways");
  machine_fixture_happens (&fixture, "+0 ANSWER_LIGHT slow", "no ways");
  g_assert_cmpint (fixture.machine.failure, ==, HOLDFAST_FAILURE_NOT_SEEN);
  machine_fixture_clear (&fixture);
}

/* What the radio hears in its first seconds was there before, however soon the hold began. */
static void
test_hold_begins_when_heard (void)
{
  MachineFixture fixture;
  gint64 second = G_USEC_PER_SEC;

  machine_fixture_init (&fixture);
  machine_fixture_happens (&fixture, "+0 BEGIN", "heard");
  machine_fixture_happens (&fixture, "+0 CONTINUE", "heard");
  machine_fixture_happens (&fixture, "+1 HOLDING_NOW", "heard");
  g_assert_cmpint (fixture.machine.hold_began_us, ==, 1 * second);
  machine_fixture_happens (&fixture, "+1 DISCOVERY_STARTED ok", "heard");
  g_assert_cmpint (fixture.machine.hold_began_us, ==, 5 * second);
  g_assert_true ((fixture.effects & HOLDFAST_EFFECT_REJUDGE) != 0);
  machine_fixture_happens (&fixture, "+1 BACK", "heard");
  g_assert_cmpint (fixture.machine.hold_began_us, ==, -1);
  machine_fixture_happens (&fixture, "+1 START", "heard");
  g_assert_cmpint (fixture.machine.hold_began_us, ==, 5 * second);
  machine_fixture_happens (&fixture, "+1 BACK", "heard");
  machine_fixture_happens (&fixture, "+4 START", "heard");
  g_assert_cmpint (fixture.machine.hold_began_us, ==, 9 * second);
  machine_fixture_clear (&fixture);
}

/* The end of the hold is kept for the detector, and a hold that is done again is a hold of its own.
 */
static void
test_hold_ends (void)
{
  MachineFixture fixture;
  gint64 ended_us;

  machine_fixture_init (&fixture);
  run_script (&fixture, TO_HOLD, "ends");
  g_assert_cmpint (fixture.machine.hold_ended_us, ==, -1);
  run_script (&fixture, "due DEADLINE;due DEADLINE;due DEADLINE", "ends");
  g_assert_cmpint (fixture.machine.state, ==, HOLDFAST_STATE_LOOKING);
  ended_us = fixture.now_us;
  g_assert_cmpint (fixture.machine.hold_ended_us, ==, ended_us);
  run_script (&fixture, "due DEADLINE;+1 ANSWER_LIGHT pairs", "ends");
  g_assert_cmpint (fixture.machine.state, ==, HOLDFAST_STATE_LOOKING);
  g_assert_cmpint (fixture.machine.hold_ended_us, ==, ended_us);
  run_script (&fixture, "+7 AGAIN", "ends");
  g_assert_cmpint (fixture.machine.state, ==, HOLDFAST_STATE_LEAD_IN);
  g_assert_cmpint (fixture.machine.hold_began_us, ==, fixture.now_us);
  g_assert_cmpint (fixture.machine.hold_ended_us, ==, -1);
  machine_fixture_clear (&fixture);

  /* A question in the middle of the hold ends it, however long it stays unanswered. */
  machine_fixture_init (&fixture);
  run_script (&fixture, TO_HOLD ";+4 VERDICT ask device=1 new", "ends");
  g_assert_cmpint (fixture.machine.state, ==, HOLDFAST_STATE_IDENTIFY);
  ended_us = fixture.now_us;
  g_assert_cmpint (fixture.machine.hold_ended_us, ==, ended_us);
  run_script (&fixture, "+120 VERDICT nothing", "ends");
  g_assert_cmpint (fixture.machine.state, ==, HOLDFAST_STATE_LOOKING);
  g_assert_cmpint (fixture.machine.hold_ended_us, ==, ended_us);
  machine_fixture_clear (&fixture);

  /* A question before the hold: there was none at all. */
  machine_fixture_init (&fixture);
  run_script (&fixture, "+0 BEGIN;+0 CONTINUE;+1 START;+1 VERDICT ask device=1 new", "ends");
  g_assert_cmpint (fixture.machine.state, ==, HOLDFAST_STATE_IDENTIFY);
  run_script (&fixture, "+2 VERDICT nothing", "ends");
  g_assert_cmpint (fixture.machine.state, ==, HOLDFAST_STATE_INVITE);
  g_assert_cmpint (fixture.machine.hold_began_us, ==, -1);
  g_assert_cmpint (fixture.machine.hold_ended_us, ==, -1);
  machine_fixture_clear (&fixture);

  /* Nothing is held: it ends when the person is asked what came of it. */
  machine_fixture_init (&fixture);
  g_ptr_array_set_size (fixture.ways, 0);
  run_script (&fixture, "+0 BEGIN;+0 CONTINUE;+1 HOLDING_NOW", "ends");
  g_assert_cmpint (fixture.machine.state, ==, HOLDFAST_STATE_LOOKING);
  g_assert_cmpint (fixture.machine.hold_ended_us, ==, -1);
  run_script (&fixture, "due DEADLINE", "ends");
  g_assert_cmpint (fixture.machine.hold_ended_us, ==, fixture.now_us);
  machine_fixture_clear (&fixture);
}

/* The finger may still be down: the longest mark must not begin anew under it. */
static void
check_lets_go_first (MachineFixture *fixture, guint step)
{
  gint64 began_us;

  g_assert_cmpint (fixture->machine.state, ==, HOLDFAST_STATE_LEAD_IN);
  g_assert_cmpint (fixture->machine.deadline_us - fixture->now_us, ==, 3 * G_USEC_PER_SEC);
  /* Nor may a second press of the same key. */
  g_assert_false (holdfast_machine_accepts (&fixture->machine, HOLDFAST_EVENT_HOLDING_NOW));
  g_assert_false (holdfast_machine_accepts (&fixture->machine, HOLDFAST_EVENT_CONTINUE));
  machine_fixture_happens (fixture, "+0.1 HOLDING_NOW", "let go");
  machine_fixture_happens (fixture, "+0.1 AGAIN", "let go");
  machine_fixture_happens (fixture, "+0.1 CONTINUE", "let go");
  g_assert_cmpint (fixture->machine.state, ==, HOLDFAST_STATE_LEAD_IN);

  machine_fixture_happens (fixture, "due DEADLINE", "let go");
  began_us = fixture->now_us;
  g_assert_cmpint (fixture->machine.state, ==, HOLDFAST_STATE_HOLD);
  g_assert_cmpuint (fixture->machine.step, ==, step);
  g_assert_cmpint (fixture->machine.step_began_us, ==, began_us);
}

static void
test_again_lets_go_first (void)
{
  MachineFixture fixture;

  machine_fixture_init (&fixture);
  machine_fixture_restart (&fixture, FALSE, HOLDFAST_QUESTION_NONE, 0);
  run_script (&fixture, TO_HOLD ";+0.5 AGAIN", "let go");
  check_lets_go_first (&fixture, 1);
  run_script (&fixture, "due DEADLINE;due DEADLINE;+9 AGAIN", "let go");
  check_lets_go_first (&fixture, 3);
  run_script (&fixture, "due DEADLINE;+1 AGAIN", "let go");
  check_lets_go_first (&fixture, 3);
  run_script (&fixture, "due DEADLINE;due DEADLINE;+1 AGAIN", "let go");
  check_lets_go_first (&fixture, 3);

  /* A new beginning is the whole way, and as quick as the person set it. */
  run_script (&fixture, "+1 BACK;+1 START", "let go");
  g_assert_cmpint (fixture.machine.deadline_us, ==, fixture.now_us);
  g_assert_true (holdfast_machine_accepts (&fixture.machine, HOLDFAST_EVENT_HOLDING_NOW));
  machine_fixture_happens (&fixture, "due DEADLINE", "let go");
  g_assert_cmpuint (fixture.machine.step, ==, 1);
  machine_fixture_clear (&fixture);
}

/* After a removal nothing is certain for having come after the hold: only the address counts. */
static void
test_forgetting_ends_the_hold (void)
{
  MachineFixture fixture;

  machine_fixture_init (&fixture);
  run_script (&fixture, TO_STALE ";due DEADLINE;+1 CONTINUE", "forget");
  g_assert_cmpint (fixture.machine.hold_began_us, >=, 0);
  run_script (&fixture, "+1 REMOVED ok", "forget");
  g_assert_cmpint (fixture.machine.state, ==, HOLDFAST_STATE_FORGET);
  g_assert_cmpint (fixture.machine.hold_began_us, ==, -1);
  run_script (&fixture, "+1 VERDICT certain device=2 new", "forget");
  g_assert_cmpint (fixture.machine.state, ==, HOLDFAST_STATE_IDENTIFY);
  machine_fixture_clear (&fixture);

  machine_fixture_init (&fixture);
  run_script (&fixture, TO_STALE ";due DEADLINE;+1 CONTINUE;+1 REMOVED ok", "forget");
  run_script (&fixture, "+1 VERDICT certain device=2 new familiar", "forget");
  g_assert_cmpint (fixture.machine.state, ==, HOLDFAST_STATE_PAIR);
  machine_fixture_clear (&fixture);
}

/* What is offered in a hold can be pressed at once and any time, or it is not offered. */
static void
test_continue_in_hold (void)
{
  const struct {
    const char *script;
    gboolean accepts;
  } rows[] = {
    { TO_HOLD,                                                                        TRUE  }, /* only if it is on */
    { TO_HOLD ";due DEADLINE",                                                        FALSE },
    { TO_LAST_HOLD,                                                                   FALSE },
    { TO_LAST_HOLD ";+6 VERDICT nothing",                                             FALSE },
    { TO_SECOND_SLOW ";+1 ANSWER_LIGHT slow;+1 HOLDING_NOW",                          FALSE },
    { TO_SECOND_SLOW ";+1 ANSWER_LIGHT slow;+1 HOLDING_NOW;due DEADLINE",             TRUE  }, /* the lid */
    { TO_SECOND_SLOW ";+1 ANSWER_LIGHT slow;+1 HOLDING_NOW;due DEADLINE;+1 CONTINUE", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    MachineFixture fixture;

    machine_fixture_init (&fixture);
    run_script (&fixture, rows[i].script, "continue");
    g_assert_cmpint (fixture.machine.state, ==, HOLDFAST_STATE_HOLD);
    g_assert_cmpint (
        holdfast_machine_accepts (&fixture.machine, HOLDFAST_EVENT_CONTINUE), ==, rows[i].accepts);
    machine_fixture_clear (&fixture);
  }
}

/* Who only wants to pair once more has no pairing that failed. */
static void
test_cause_of_forgetting (void)
{
  const char *const found = ";+1 CONTINUE;+1 DISCOVERY_STARTED ok;+9 HOLDING_NOW;due DEADLINE;"
                            "due DEADLINE;+6 VERDICT certain device=1 paired new;due DEADLINE";
  g_autofree char *again = g_strconcat (TO_KNOWN ";+1 PAIR_AGAIN", found, NULL);
  g_autofree char *first = g_strconcat (TO_GET_READY, found, NULL);
  MachineFixture fixture;

  machine_fixture_init (&fixture);
  run_script (&fixture, again, "cause");
  g_assert_cmpint (fixture.machine.state, ==, HOLDFAST_STATE_ASK_FORGET);
  g_assert_cmpint (fixture.machine.failure, ==, HOLDFAST_FAILURE_NONE);
  machine_fixture_clear (&fixture);

  machine_fixture_init (&fixture);
  run_script (&fixture, first, "cause");
  g_assert_cmpint (fixture.machine.state, ==, HOLDFAST_STATE_ASK_FORGET);
  g_assert_cmpint (fixture.machine.failure, ==, HOLDFAST_FAILURE_STALE_BOND);
  machine_fixture_clear (&fixture);
}

static void
test_early_deadline (void)
{
  MachineFixture fixture;
  HoldfastEvent deadline = { .kind = HOLDFAST_EVENT_DEADLINE };

  machine_fixture_init (&fixture);
  machine_fixture_happens (&fixture, "+0 BEGIN", "early");
  machine_fixture_happens (&fixture, "+0 CONTINUE", "early");
  machine_fixture_happens (&fixture, "+0 START", "early");
  g_assert_false (machine_fixture_step (&fixture, &deadline, fixture.machine.deadline_us - 1));
  g_assert_cmpint (fixture.machine.state, ==, HOLDFAST_STATE_LEAD_IN);
  g_assert_true (machine_fixture_step (&fixture, &deadline, fixture.machine.deadline_us));
  g_assert_cmpint (fixture.machine.state, ==, HOLDFAST_STATE_HOLD);
  machine_fixture_clear (&fixture);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/machine/matrix", test_matrix);
  g_test_add_func ("/core/machine/edges", test_edges);
  g_test_add_func ("/core/machine/gestures-without-numbers", test_gestures_without_numbers);
  g_test_add_func ("/core/machine/no-ways", test_no_ways);
  g_test_add_func ("/core/machine/hold-begins-when-heard", test_hold_begins_when_heard);
  g_test_add_func ("/core/machine/hold-ends", test_hold_ends);
  g_test_add_func ("/core/machine/again-lets-go-first", test_again_lets_go_first);
  g_test_add_func ("/core/machine/forgetting-ends-the-hold", test_forgetting_ends_the_hold);
  g_test_add_func ("/core/machine/continue-in-hold", test_continue_in_hold);
  g_test_add_func ("/core/machine/cause-of-forgetting", test_cause_of_forgetting);
  g_test_add_func ("/core/machine/early-deadline", test_early_deadline);

  return g_test_run ();
}
