/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "clock.h"
#include "holdfast-test.h"

#define SECOND G_USEC_PER_SEC

typedef struct {
  HoldfastClock *clock;
  GString *log;
  guint alarm;
  gint64 began_us; /* what the log's times are counted from */
} Fixture;

typedef struct {
  Fixture *fixture;
  const char *name;
} Note;

static void
note_cb (gpointer user_data)
{
  Note *note = user_data;
  Fixture *fixture = note->fixture;

  g_string_append_printf (fixture->log,
                          "%s@%" G_GINT64_FORMAT " ",
                          note->name,
                          (holdfast_clock_get_now_us (fixture->clock) - fixture->began_us)
                              / SECOND);
}

static void
again_cb (gpointer user_data)
{
  Note *note = user_data;
  HoldfastClock *clock = note->fixture->clock;

  note_cb (note);
  note->fixture->alarm = holdfast_clock_set_alarm (
      clock, holdfast_clock_get_now_us (clock) + 2 * SECOND, again_cb, note);
}

static void
clear_cb (gpointer user_data)
{
  Note *note = user_data;

  note_cb (note);
  holdfast_clock_clear_alarm (note->fixture->clock, &note->fixture->alarm);
}

static void
set_up_manual (Fixture *fixture, gconstpointer data)
{
  fixture->clock = holdfast_manual_clock_new ();
  fixture->log = g_string_new (NULL);
}

static void
set_up_system (Fixture *fixture, gconstpointer data)
{
  fixture->clock = holdfast_clock_new_system ();
  fixture->log = g_string_new (NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_string_free (fixture->log, TRUE);
  if (fixture->clock)
    holdfast_test_assert_finalize (fixture->clock);
}

static void
test_manual_order (Fixture *fixture, gconstpointer data)
{
  HoldfastManualClock *manual = HOLDFAST_MANUAL_CLOCK (fixture->clock);
  Note a = { fixture, "a" }, b = { fixture, "b" }, c = { fixture, "c" };

  g_assert_cmpint (holdfast_clock_get_now_us (fixture->clock), ==, SECOND);
  g_assert_cmpint (holdfast_manual_clock_get_next_alarm_us (manual), ==, G_MAXINT64);

  holdfast_clock_set_alarm (fixture->clock, 5 * SECOND, note_cb, &a);
  holdfast_clock_set_alarm (fixture->clock, 3 * SECOND, note_cb, &b);
  holdfast_clock_set_alarm (fixture->clock, 5 * SECOND, note_cb, &c);
  g_assert_cmpint (holdfast_manual_clock_get_next_alarm_us (manual), ==, 3 * SECOND);

  holdfast_manual_clock_advance (manual, 2 * SECOND - 1);
  g_assert_cmpstr (fixture->log->str, ==, "");
  holdfast_manual_clock_advance (manual, 1);
  g_assert_cmpstr (fixture->log->str, ==, "b@3 ");
  holdfast_manual_clock_advance (manual, 60 * SECOND);
  g_assert_cmpstr (fixture->log->str, ==, "b@3 a@5 c@5 ");
  g_assert_cmpint (holdfast_clock_get_now_us (fixture->clock), ==, 63 * SECOND);
  holdfast_manual_clock_advance (manual, 60 * SECOND);
  g_assert_cmpstr (fixture->log->str, ==, "b@3 a@5 c@5 ");
}

static void
test_manual_again (Fixture *fixture, gconstpointer data)
{
  HoldfastManualClock *manual = HOLDFAST_MANUAL_CLOCK (fixture->clock);
  Note a = { fixture, "a" };

  again_cb (&a);
  holdfast_manual_clock_advance (manual, 5 * SECOND);
  g_assert_cmpstr (fixture->log->str, ==, "a@1 a@3 a@5 ");
  holdfast_clock_clear_alarm (fixture->clock, &fixture->alarm);
  g_assert_cmpuint (fixture->alarm, ==, 0);
  holdfast_manual_clock_advance (manual, 5 * SECOND);
  g_assert_cmpstr (fixture->log->str, ==, "a@1 a@3 a@5 ");
}

static void
test_manual_late (Fixture *fixture, gconstpointer data)
{
  HoldfastManualClock *manual = HOLDFAST_MANUAL_CLOCK (fixture->clock);
  Note a = { fixture, "a" };

  holdfast_manual_clock_advance (manual, 9 * SECOND);
  holdfast_clock_set_alarm (fixture->clock, 2 * SECOND, note_cb, &a);
  g_assert_cmpstr (fixture->log->str, ==, "");
  holdfast_manual_clock_advance (manual, 0);
  g_assert_cmpstr (fixture->log->str, ==, "a@10 ");
}

static void
test_manual_clear (Fixture *fixture, gconstpointer data)
{
  HoldfastManualClock *manual = HOLDFAST_MANUAL_CLOCK (fixture->clock);
  Note a = { fixture, "a" }, b = { fixture, "b" };

  /* One alarm clears another that is due in the same step. */
  holdfast_clock_set_alarm (fixture->clock, 2 * SECOND, clear_cb, &a);
  fixture->alarm = holdfast_clock_set_alarm (fixture->clock, 2 * SECOND, note_cb, &b);
  holdfast_manual_clock_advance (manual, 9 * SECOND);
  g_assert_cmpstr (fixture->log->str, ==, "a@2 ");
  g_assert_cmpuint (fixture->alarm, ==, 0);

  holdfast_clock_clear_alarm (fixture->clock, &fixture->alarm); /* 0 is allowed */
}

static void
test_manual_sleep (Fixture *fixture, gconstpointer data)
{
  HoldfastManualClock *manual = HOLDFAST_MANUAL_CLOCK (fixture->clock);

  g_assert_cmpint (holdfast_clock_get_asleep_us (fixture->clock), ==, 0);
  holdfast_manual_clock_sleep (manual, 300 * SECOND);
  g_assert_cmpint (holdfast_clock_get_asleep_us (fixture->clock), ==, 300 * SECOND);
  g_assert_cmpint (holdfast_clock_get_now_us (fixture->clock), ==, SECOND);
}

static void
flag_cb (gpointer user_data)
{
  gboolean *called = user_data;

  g_assert_false (*called);
  *called = TRUE;
}

static void
test_system_alarm (Fixture *fixture, gconstpointer data)
{
  gint64 start = holdfast_clock_get_now_us (fixture->clock);
  gboolean late = FALSE, soon = FALSE, never = FALSE;
  guint alarm = holdfast_clock_set_alarm (fixture->clock, start + 20000, flag_cb, &never);

  g_assert_cmpuint (alarm, !=, 0);
  holdfast_clock_set_alarm (fixture->clock, start + 30000, flag_cb, &soon);
  holdfast_clock_set_alarm (fixture->clock, -5, flag_cb, &late);
  g_assert_false (late);
  holdfast_clock_clear_alarm (fixture->clock, &alarm);
  g_assert_cmpuint (alarm, ==, 0);

  holdfast_test_wait_true (&late, "an alarm in the past");
  holdfast_test_wait_true (&soon, "an alarm in 30 ms");
  g_assert_cmpint (holdfast_clock_get_now_us (fixture->clock), >=, start + 30000);
  g_assert_false (never);
}

static void
drop_cb (gpointer user_data)
{
  Fixture *fixture = user_data;

  g_clear_object (&fixture->clock);
}

static gboolean
is_dropped (gpointer user_data)
{
  Fixture *fixture = user_data;

  return fixture->clock == NULL;
}

static void
test_system_dropped (Fixture *fixture, gconstpointer data)
{
  gboolean never = FALSE;

  /* An alarm may drop the clock; the clock takes its other alarms along. */
  holdfast_clock_set_alarm (fixture->clock, 1, drop_cb, fixture);
  holdfast_clock_set_alarm (fixture->clock, 2, flag_cb, &never);
  holdfast_test_wait (
      is_dropped, fixture, HOLDFAST_TEST_DEADLINE_MS, "the alarm that drops the clock");
  holdfast_test_settle ();
  g_assert_false (never);
}

static void
test_system_context (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  gboolean called = FALSE;

  g_main_context_push_thread_default (context);
  holdfast_clock_set_alarm (fixture->clock, 1, flag_cb, &called);
  g_main_context_pop_thread_default (context);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_false (called);

  g_main_context_push_thread_default (context);
  holdfast_test_wait_true (&called, "the alarm in the context it was set in");
  g_main_context_pop_thread_default (context);
}

static void
test_system_asleep (Fixture *fixture, gconstpointer data)
{
  gint64 asleep = holdfast_clock_get_asleep_us (fixture->clock);

  g_assert_cmpint (asleep, >=, 0);
  /* Nobody suspends the machine between two lines; the two clocks are read a moment apart. */
  g_assert_cmpint (ABS (holdfast_clock_get_asleep_us (fixture->clock) - asleep), <, SECOND);
}

static gboolean
has_logged (gpointer user_data)
{
  Fixture *fixture = user_data;

  return strstr (fixture->log->str, "c@20") != NULL;
}

/* Twenty seconds in one, in order, each on time; and then time goes as it did. */
static void
test_system_hurried (Fixture *fixture, gconstpointer data)
{
  gint64 real_us = g_get_monotonic_time ();
  gint64 base_us = holdfast_clock_get_now_us (fixture->clock);
  Note notes[] = {
    { fixture, "a" },
    { fixture, "b" },
    { fixture, "c" }
  };
  static const gint64 due[] = { 1, 2, 20 };
  guint alarms[G_N_ELEMENTS (notes)];
  gint64 ahead_us = 0;

  fixture->began_us = base_us;
  for (guint i = G_N_ELEMENTS (notes); i > 0; i--)
    alarms[i - 1] = holdfast_clock_set_alarm (
        fixture->clock, base_us + due[i - 1] * SECOND, note_cb, &notes[i - 1]);
  g_assert_cmpuint (alarms[0], !=, alarms[1]);
  holdfast_clock_hurry (fixture->clock, TRUE);
  holdfast_test_wait (has_logged, fixture, HOLDFAST_TEST_DEADLINE_MS, "twenty hurried seconds");
  holdfast_clock_hurry (fixture->clock, FALSE);
  g_assert_cmpstr (fixture->log->str, ==, "a@1 b@2 c@20 ");
  g_assert_cmpint (g_get_monotonic_time () - real_us, <, 10 * SECOND);

  ahead_us = holdfast_clock_get_now_us (fixture->clock) - g_get_monotonic_time ();
  holdfast_test_settle ();
  g_assert_cmpint (
      ABS (holdfast_clock_get_now_us (fixture->clock) - g_get_monotonic_time () - ahead_us),
      <,
      SECOND / 10);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define add(path, set_up, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)
  add ("/clock/manual/order", set_up_manual, test_manual_order);
  add ("/clock/manual/again", set_up_manual, test_manual_again);
  add ("/clock/manual/late", set_up_manual, test_manual_late);
  add ("/clock/manual/clear", set_up_manual, test_manual_clear);
  add ("/clock/manual/sleep", set_up_manual, test_manual_sleep);
  add ("/clock/system/alarm", set_up_system, test_system_alarm);
  add ("/clock/system/dropped", set_up_system, test_system_dropped);
  add ("/clock/system/context", set_up_system, test_system_context);
  add ("/clock/system/hurried", set_up_system, test_system_hurried);
  add ("/clock/system/asleep", set_up_system, test_system_asleep);
#undef add

  return g_test_run ();
}
