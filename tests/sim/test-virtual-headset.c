/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "catalogue.h"
#include "holdfast-test.h"
#include "virtual-headset.h"

#define MS G_GINT64_CONSTANT (1000)

typedef struct {
  HoldfastCatalogue *catalogue;
  HoldfastClock *clock;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->catalogue = holdfast_catalogue_new (&error);
  g_assert_no_error (error);
  fixture->clock = holdfast_manual_clock_new ();
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  /* no alarm is left behind */
  g_assert_cmpint (holdfast_manual_clock_get_next_alarm_us (HOLDFAST_MANUAL_CLOCK (fixture->clock)),
                   ==,
                   G_MAXINT64);
  g_assert_finalize_object (fixture->catalogue);
  g_assert_finalize_object (fixture->clock);
}

static HoldfastVirtualHeadset *
new_headset (Fixture *fixture, const char *id)
{
  HoldfastHeadset *model = holdfast_catalogue_find (fixture->catalogue, id);

  g_assert_nonnull (model);
  return holdfast_virtual_headset_new (fixture->clock, model);
}

static void
advance (Fixture *fixture, gint64 by_ms)
{
  holdfast_manual_clock_advance (HOLDFAST_MANUAL_CLOCK (fixture->clock), by_ms * MS);
}

#define assert_mode(headset, mode)                                                                 \
  g_assert_cmpint (holdfast_virtual_headset_get_mode (headset), ==, HOLDFAST_VIRTUAL_##mode)

/* Into the state that a gesture starts from, as a hand would bring it there. */
static void
bring_to_start (HoldfastVirtualHeadset *headset, HoldfastStartState start)
{
  switch (start) {
  case HOLDFAST_START_OFF:
  case HOLDFAST_START_ANY:
  case HOLDFAST_START_UNKNOWN:
    holdfast_virtual_headset_set_mode (headset, HOLDFAST_VIRTUAL_OFF);
    break;
  case HOLDFAST_START_ON:
    holdfast_virtual_headset_set_mode (headset, HOLDFAST_VIRTUAL_ON);
    break;
  case HOLDFAST_START_IN_CASE:
    holdfast_virtual_headset_set_in_case (headset, TRUE);
    holdfast_virtual_headset_set_lid_open (headset, TRUE);
    break;
  case HOLDFAST_START_OUT_OF_CASE:
    holdfast_virtual_headset_set_in_case (headset, FALSE);
    break;
  case HOLDFAST_START_CHARGING:
    holdfast_virtual_headset_set_charging (headset, TRUE);
    break;
  case HOLDFAST_START_MAX:
    g_assert_not_reached ();
  }
}

/* The opposite of what @start asks for. Returns: FALSE if there is none */
static gboolean
bring_elsewhere (HoldfastVirtualHeadset *headset, HoldfastStartState start)
{
  switch (start) {
  case HOLDFAST_START_OFF:
    holdfast_virtual_headset_set_mode (headset, HOLDFAST_VIRTUAL_ON);
    return TRUE;
  case HOLDFAST_START_ON:
    holdfast_virtual_headset_set_mode (headset, HOLDFAST_VIRTUAL_OFF);
    return TRUE;
  case HOLDFAST_START_IN_CASE:
    holdfast_virtual_headset_set_in_case (headset, FALSE);
    return TRUE;
  case HOLDFAST_START_OUT_OF_CASE:
    holdfast_virtual_headset_set_in_case (headset, TRUE);
    return TRUE;
  case HOLDFAST_START_CHARGING:
  case HOLDFAST_START_ANY:
  case HOLDFAST_START_UNKNOWN:
  case HOLDFAST_START_MAX:
    break;
  }
  return FALSE;
}

typedef gint64 (*HowLong) (const HoldfastStep *step);

static gint64
usual (const HoldfastStep *step)
{
  return step->usual_ms;
}

static gint64
half (const HoldfastStep *step)
{
  return step->usual_ms / 2;
}

static gint64
longest (const HoldfastStep *step)
{
  return step->longest_ms;
}

/* Does the steps of @gesture; the last hold as long as @how_long says, the others as usual. */
static void
perform (Fixture *fixture,
         HoldfastVirtualHeadset *headset,
         const HoldfastGesture *gesture,
         HowLong how_long)
{
  const HoldfastStep *last = holdfast_gesture_get_last_hold (gesture);

  for (guint i = 0; i < holdfast_gesture_get_n_steps (gesture); i++) {
    const HoldfastStep *step = holdfast_gesture_get_step (gesture, i);

    if (step->only_if_on && holdfast_virtual_headset_get_mode (headset) == HOLDFAST_VIRTUAL_OFF)
      continue;
    if (step->action == HOLDFAST_ACTION_HOLD || step->action == HOLDFAST_ACTION_PRESS) {
      holdfast_virtual_headset_press (headset, step->control);
      holdfast_virtual_headset_press (headset, step->control2);
      if (step->action == HOLDFAST_ACTION_HOLD)
        advance (fixture, step == last ? how_long (step) : usual (step));
      holdfast_virtual_headset_release (headset, step->control2);
      holdfast_virtual_headset_release (headset, step->control);
    } else if (step->action == HOLDFAST_ACTION_WAIT) {
      advance (fixture, step->earliest_ms);
    } else {
      holdfast_virtual_headset_act (headset, step->action);
    }
  }
}

typedef void (*EachWay) (Fixture *fixture, HoldfastHeadset *model, const HoldfastGesture *way);

static void
for_each_way (Fixture *fixture, EachWay each)
{
  GListModel *models = holdfast_catalogue_get_models (fixture->catalogue);
  guint n_ways = 0;

  for (guint i = 0; i < g_list_model_get_n_items (models); i++) {
    g_autoptr (HoldfastHeadset) model = g_list_model_get_item (models, i);
    GPtrArray *ways = holdfast_headset_get_pairing_ways (model);

    for (guint j = 0; j < ways->len; j++) {
      const HoldfastGesture *way = g_ptr_array_index (ways, j);

      g_test_message ("%s %s", holdfast_headset_get_id (model), way->id);
      each (fixture, model, way);
      n_ways++;
    }
  }
  g_test_message ("%u models, %u ways", g_list_model_get_n_items (models), n_ways);
  g_assert_cmpuint (n_ways, >=, 40);
}

static void
usual_time_pairs (Fixture *fixture, HoldfastHeadset *model, const HoldfastGesture *way)
{
  g_autoptr (HoldfastVirtualHeadset) headset = holdfast_virtual_headset_new (fixture->clock, model);

  bring_to_start (headset, way->start);
  perform (fixture, headset, way, usual);
  assert_mode (headset, PAIRING);
  g_assert_nonnull (holdfast_virtual_headset_get_light (headset));
  g_assert_cmpuint (holdfast_virtual_headset_count_remembered (headset), ==, 1);
}

static void
test_usual_time (Fixture *fixture, gconstpointer data)
{
  for_each_way (fixture, usual_time_pairs);
}

static void
half_the_time_does_not (Fixture *fixture, HoldfastHeadset *model, const HoldfastGesture *way)
{
  g_autoptr (HoldfastVirtualHeadset) headset = holdfast_virtual_headset_new (fixture->clock, model);

  bring_to_start (headset, way->start);
  perform (fixture, headset, way, half);
  g_assert_cmpint (holdfast_virtual_headset_get_mode (headset), !=, HOLDFAST_VIRTUAL_PAIRING);
  advance (fixture, 60000);
  g_assert_cmpint (holdfast_virtual_headset_get_mode (headset), !=, HOLDFAST_VIRTUAL_PAIRING);
}

static void
test_half_the_time (Fixture *fixture, gconstpointer data)
{
  for_each_way (fixture, half_the_time_does_not);
}

/* Only the last hold, from a state that the way does not start from. */
static void
wrong_start_does_not (Fixture *fixture, HoldfastHeadset *model, const HoldfastGesture *way)
{
  g_autoptr (HoldfastVirtualHeadset) headset = holdfast_virtual_headset_new (fixture->clock, model);
  const HoldfastStep *last = holdfast_gesture_get_last_hold (way);
  GPtrArray *ways = holdfast_headset_get_pairing_ways (model);

  /* where another way of the same model is the same hold from there, it is right */
  for (guint i = 0; i < ways->len; i++) {
    const HoldfastGesture *other = g_ptr_array_index (ways, i);

    if (other->start != way->start
        && holdfast_gesture_get_last_hold (other)->control == last->control)
      return;
  }
  if (!bring_elsewhere (headset, way->start))
    return;
  holdfast_virtual_headset_press (headset, last->control);
  holdfast_virtual_headset_press (headset, last->control2);
  advance (fixture, last->longest_ms);
  holdfast_virtual_headset_release (headset, last->control2);
  holdfast_virtual_headset_release (headset, last->control);
  g_assert_cmpint (holdfast_virtual_headset_get_mode (headset), !=, HOLDFAST_VIRTUAL_PAIRING);
}

static void
test_wrong_start (Fixture *fixture, gconstpointer data)
{
  for_each_way (fixture, wrong_start_does_not);
}

static void
longest_mark_keeps_pairings (Fixture *fixture, HoldfastHeadset *model, const HoldfastGesture *way)
{
  g_autoptr (HoldfastVirtualHeadset) headset = holdfast_virtual_headset_new (fixture->clock, model);

  bring_to_start (headset, way->start);
  perform (fixture, headset, way, longest);
  assert_mode (headset, PAIRING);
  advance (fixture, 10000);
  g_assert_cmpuint (holdfast_virtual_headset_count_remembered (headset), ==, 1);
}

static void
test_longest_mark (Fixture *fixture, gconstpointer data)
{
  for_each_way (fixture, longest_mark_keeps_pairings);
}

static void
invisible_hand_pairs (Fixture *fixture, HoldfastHeadset *model, const HoldfastGesture *way)
{
  g_autoptr (HoldfastVirtualHeadset) headset = holdfast_virtual_headset_new (fixture->clock, model);

  bring_to_start (headset, way->start);
  if (way->start == HOLDFAST_START_OFF)
    holdfast_virtual_headset_set_mode (headset, HOLDFAST_VIRTUAL_ON); /* it switches off itself */
  holdfast_virtual_headset_perform (headset, way);
  advance (fixture, 60000);
  assert_mode (headset, PAIRING);
}

static void
test_invisible_hand (Fixture *fixture, gconstpointer data)
{
  for_each_way (fixture, invisible_hand_pairs);
}

static void
test_factory_reset (Fixture *fixture, gconstpointer data)
{
  GListModel *models = holdfast_catalogue_get_models (fixture->catalogue);
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (models); i++) {
    g_autoptr (HoldfastHeadset) model = g_list_model_get_item (models, i);
    const HoldfastGesture *reset = holdfast_headset_get_factory_reset (model);
    g_autoptr (HoldfastVirtualHeadset) headset = NULL;

    if (reset == NULL || holdfast_gesture_get_last_hold (reset) == NULL
        || holdfast_gesture_get_last_hold (reset)->usual_ms == 0)
      continue;
    g_test_message ("%s", holdfast_headset_get_id (model));
    headset = holdfast_virtual_headset_new (fixture->clock, model);
    bring_to_start (headset, reset->start);
    perform (fixture, headset, reset, usual);
    g_assert_cmpuint (holdfast_virtual_headset_count_remembered (headset), ==, 0);
    advance (fixture, 5000);
    /* it comes back as new */
    assert_mode (headset, PAIRING);
    n++;
  }
  g_assert_cmpuint (n, >=, 10);
}

static void
hold (Fixture *fixture, HoldfastVirtualHeadset *headset, HoldfastControl control, gint64 ms)
{
  holdfast_virtual_headset_press (headset, control);
  advance (fixture, ms);
  holdfast_virtual_headset_release (headset, control);
}

static void
test_power (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HoldfastVirtualHeadset) headset = new_headset (fixture, "wh-1000xm4");

  assert_mode (headset, OFF);
  hold (fixture, headset, HOLDFAST_CONTROL_POWER, 500);
  assert_mode (headset, OFF);
  hold (fixture, headset, HOLDFAST_CONTROL_POWER, 2000);
  assert_mode (headset, ON);
  hold (fixture, headset, HOLDFAST_CONTROL_POWER, 2000);
  assert_mode (headset, OFF);
  /* a control that it does not have */
  hold (fixture, headset, HOLDFAST_CONTROL_CASE_BUTTON, 9000);
  assert_mode (headset, OFF);
  /* held from on, it only switches off */
  holdfast_virtual_headset_set_mode (headset, HOLDFAST_VIRTUAL_ON);
  hold (fixture, headset, HOLDFAST_CONTROL_POWER, 9000);
  assert_mode (headset, OFF);
}

static void
test_window (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HoldfastVirtualHeadset) headset = new_headset (fixture, "wh-1000xm4");

  hold (fixture, headset, HOLDFAST_CONTROL_POWER, 7000);
  assert_mode (headset, PAIRING);
  advance (fixture, 299999);
  assert_mode (headset, PAIRING);
  advance (fixture, 1);
  assert_mode (headset, OFF);
}

static void
test_first_time (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HoldfastVirtualHeadset) headset = new_headset (fixture, "wh-1000xm4");
  g_autoptr (HoldfastVirtualHeadset) earbuds = new_headset (fixture, "wf-1000xm5");

  holdfast_virtual_headset_forget_all (headset);
  hold (fixture, headset, HOLDFAST_CONTROL_POWER, 2000);
  assert_mode (headset, PAIRING);

  holdfast_virtual_headset_forget_all (earbuds);
  holdfast_virtual_headset_set_lid_open (earbuds, TRUE);
  assert_mode (earbuds, ON);
  holdfast_virtual_headset_set_in_case (earbuds, FALSE);
  assert_mode (earbuds, PAIRING);
  holdfast_virtual_headset_set_in_case (earbuds, TRUE);
  holdfast_virtual_headset_set_lid_open (earbuds, FALSE);
  assert_mode (earbuds, OFF);
}

static void
test_obstacles (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HoldfastVirtualHeadset) headset = new_headset (fixture, "wh-1000xm4");

  holdfast_virtual_headset_set_cable (headset, TRUE);
  hold (fixture, headset, HOLDFAST_CONTROL_POWER, 7000);
  assert_mode (headset, ON);
  holdfast_virtual_headset_set_cable (headset, FALSE);
  holdfast_virtual_headset_set_mode (headset, HOLDFAST_VIRTUAL_OFF);

  holdfast_virtual_headset_set_charging (headset, TRUE);
  hold (fixture, headset, HOLDFAST_CONTROL_POWER, 7000);
  assert_mode (headset, OFF);
  holdfast_virtual_headset_set_charging (headset, FALSE);

  holdfast_virtual_headset_set_battery (headset, 4);
  hold (fixture, headset, HOLDFAST_CONTROL_POWER, 7000);
  assert_mode (headset, OFF);
  g_assert_nonnull (holdfast_virtual_headset_get_light (headset));
  holdfast_virtual_headset_set_battery (headset, 5);
  hold (fixture, headset, HOLDFAST_CONTROL_POWER, 7000);
  assert_mode (headset, PAIRING);
}

/* Two fingers, one of which slips: neither pairs nor erases. */
static void
test_slip (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HoldfastVirtualHeadset) headset = new_headset (fixture, "wh-1000xm4");

  holdfast_virtual_headset_press (headset, HOLDFAST_CONTROL_POWER);
  holdfast_virtual_headset_press (headset, HOLDFAST_CONTROL_CUSTOM);
  advance (fixture, 3000);
  holdfast_virtual_headset_release (headset, HOLDFAST_CONTROL_CUSTOM);
  advance (fixture, 9000);
  holdfast_virtual_headset_release (headset, HOLDFAST_CONTROL_POWER);
  assert_mode (headset, OFF);
  g_assert_cmpuint (holdfast_virtual_headset_count_remembered (headset), ==, 1);
}

static void
test_memory (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HoldfastVirtualHeadset) headset = new_headset (fixture, "wh-1000xm4");

  holdfast_virtual_headset_forget_all (headset);
  for (guint i = 0; i < 8; i++) {
    g_autofree char *address = g_strdup_printf ("00:00:00:00:00:%02u", i);

    holdfast_virtual_headset_remember (headset, address);
  }
  g_assert_cmpuint (holdfast_virtual_headset_count_remembered (headset), ==, 8);
  /* used again: the newest now */
  holdfast_virtual_headset_remember (headset, "00:00:00:00:00:00");
  holdfast_virtual_headset_remember (headset, "00:00:00:00:00:08");
  g_assert_cmpuint (holdfast_virtual_headset_count_remembered (headset), ==, 8);
  g_assert_true (holdfast_virtual_headset_remembers (headset, "00:00:00:00:00:00"));
  g_assert_false (holdfast_virtual_headset_remembers (headset, "00:00:00:00:00:01"));
  g_assert_true (holdfast_virtual_headset_remembers (headset, "00:00:00:00:00:02"));
}

static void
note (HoldfastVirtualHeadset *headset, const char *phrase, gpointer log)
{
  g_string_append_printf (log, "%s; ", phrase);
}

static void
test_voice (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HoldfastVirtualHeadset) headset = new_headset (fixture, "wh-1000xm4");
  g_autoptr (GString) log = g_string_new (NULL);

  g_signal_connect (headset, "spoke", G_CALLBACK (note), log);
  hold (fixture, headset, HOLDFAST_CONTROL_POWER, 7000);
  advance (fixture, 300000);
  g_assert_cmpstr (log->str, ==, "Power on; Bluetooth pairing; Power off; ");
}

static void
test_phone (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HoldfastVirtualHeadset) headset = new_headset (fixture, "wh-1000xm4");

  holdfast_virtual_headset_set_mode (headset, HOLDFAST_VIRTUAL_ON);
  holdfast_virtual_headset_set_phone (headset, TRUE);
  holdfast_virtual_headset_set_mode (headset, HOLDFAST_VIRTUAL_PAIRING);
  g_assert_false (holdfast_virtual_headset_has_phone (headset));
}

#define add(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add ("/virtual-headset/usual-time", test_usual_time);
  add ("/virtual-headset/half-the-time", test_half_the_time);
  add ("/virtual-headset/wrong-start", test_wrong_start);
  add ("/virtual-headset/longest-mark", test_longest_mark);
  add ("/virtual-headset/invisible-hand", test_invisible_hand);
  add ("/virtual-headset/factory-reset", test_factory_reset);
  add ("/virtual-headset/power", test_power);
  add ("/virtual-headset/window", test_window);
  add ("/virtual-headset/first-time", test_first_time);
  add ("/virtual-headset/obstacles", test_obstacles);
  add ("/virtual-headset/slip", test_slip);
  add ("/virtual-headset/memory", test_memory);
  add ("/virtual-headset/voice", test_voice);
  add ("/virtual-headset/phone", test_phone);

  return g_test_run ();
}
