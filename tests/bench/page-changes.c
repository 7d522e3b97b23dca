/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How long it takes from what asks for another page to the first frame with that page in it.
 *
 *     page-changes            the walks
 *     page-changes WALK       walks through the program's window, and prints a line a change of
 * page: from, to, milliseconds
 *
 * What asks is the press of a button, or the session's step into another state. The frame is over
 * when the screen says that it has drawn it. Every page is new to the process when it is first
 * shown, as it is to a person. A page that slides in is counted from its first sliver; the slide
 * itself is not.
 */

#include "config.h"

#include <adwaita.h>

#include "flow.h"
#include "holdfast-test.h"
#include "window-fixture.h"

typedef struct {
  const char *name;
  const char *model;
  const char *fault; /* NULL for none */
  gboolean breaks;   /* the radio goes away and comes back */
} Walk;

static const Walk walks[] = {
  { "good",        "wh-1000xm4", NULL,          FALSE },
  { "earbuds",     "linkbuds-s", NULL,          FALSE },
  { "two-ways",    "wf-1000xm4", NULL,          FALSE },
  { "weak",        "wh-1000xm4", "weak",        FALSE },
  { "pin",         "wh-1000xm4", "pin",         FALSE },
  { "not-pairing", "wh-1000xm4", "not-pairing", FALSE },
  { "stale-bond",  "wh-1000xm4", "stale-bond",  FALSE },
  { "reject",      "wh-1000xm4", "reject",      FALSE },
  { "no-radio",    "wh-1000xm4", NULL,          TRUE  },
};

typedef struct {
  const Walk *walk;
  WindowFixture window;
  HoldfastPage *page; /* on the screen */
  gint64 asked_us;    /* 0 unless another is on its way */
  gboolean over;
} Walker;

static gboolean
is_in_sight (Walker *self, HoldfastPage *page)
{
  graphene_rect_t bounds;
  graphene_rect_t seen;
  graphene_rect_t window
      = GRAPHENE_RECT_INIT (0,
                            0,
                            gtk_widget_get_width (GTK_WIDGET (self->window.window)),
                            gtk_widget_get_height (GTK_WIDGET (self->window.window)));

  return gtk_widget_get_mapped (GTK_WIDGET (page))
         && gtk_widget_compute_bounds (GTK_WIDGET (page), GTK_WIDGET (self->window.window), &bounds)
         && graphene_rect_intersection (&bounds, &window, &seen) && seen.size.width >= 1;
}

static void
drawn_cb (Walker *self)
{
  HoldfastPage *page = holdfast_wizard_get_page (self->window.wizard);

  if (page == self->page || !is_in_sight (self, page))
    return;
  gdk_display_sync (gdk_display_get_default ());
  if (self->asked_us != 0)
    g_print ("%s %s %.2f\n",
             self->page != NULL ? G_OBJECT_TYPE_NAME (self->page) : "-",
             G_OBJECT_TYPE_NAME (page),
             (double) (g_get_monotonic_time () - self->asked_us) / G_TIME_SPAN_MILLISECOND);
  g_set_object (&self->page, page);
  self->asked_us = 0;
}

static void
ask (Walker *self)
{
  if (self->asked_us == 0)
    self->asked_us = g_get_monotonic_time ();
}

static gboolean
is_drawn (gpointer walker)
{
  Walker *self = walker;

  return holdfast_wizard_get_page (self->window.wizard) == self->page;
}

/* What was pressed may lead nowhere yet. */
static void
see (Walker *self)
{
  holdfast_test_wait (is_drawn, self, HOLDFAST_TEST_DEADLINE_MS, "the next page in a frame");
  self->asked_us = 0;
}

static void
stepped_cb (HoldfastSession *session, const HoldfastStepRecord *record, Walker *self)
{
  GType type = holdfast_flow_get_page_type (record->to);

  if (type != G_TYPE_NONE && type != G_OBJECT_TYPE (self->page))
    ask (self);
}

static void
press (Walker *self, HoldfastPageButton button)
{
  ask (self);
  window_fixture_press (&self->window, button);
}

static void
answer (Walker *self, HoldfastEventKind intent, int arg)
{
  ask (self);
  holdfast_session_send_answer (window_fixture_get_session (&self->window), intent, arg);
}

static void
break_radio (Walker *self)
{
  HoldfastSim *sim = holdfast_world_get_sim (self->window.world);
  g_autofree char *off = holdfast_sim_command (sim, "adapter off");
  g_autofree char *on = NULL;

  window_fixture_await_state (&self->window, HOLDFAST_STATE_WAIT_RADIO);
  see (self);
  on = holdfast_sim_command (sim, "adapter on");
  window_fixture_await_state (&self->window, HOLDFAST_STATE_INVITE);
  see (self);
  self->over = TRUE;
}

static void
say_it_is_mine (Walker *self, HoldfastSession *session)
{
  g_autoptr (GArray) candidates = holdfast_session_get_candidates (session);

  g_assert_cmpuint (candidates->len, >, 0);
  ask (self);
  holdfast_session_send_device (
      session, HOLDFAST_EVENT_MINE, g_array_index (candidates, HoldfastSighting, 0).id);
}

/* Does what a person would who wants to get on. */
static void
go_on (Walker *self)
{
  HoldfastSession *session = window_fixture_get_session (&self->window);
  const HoldfastMachine *machine = holdfast_session_get_machine (session);
  HoldfastState state = machine->state;

  if (state == HOLDFAST_STATE_INVITE && self->walk->breaks)
    break_radio (self);
  else if (state == HOLDFAST_STATE_ASK_WAY)
    answer (self, HOLDFAST_EVENT_ANSWER_WAY, TRUE);
  else if (state == HOLDFAST_STATE_KNOWN)
    answer (self, HOLDFAST_EVENT_PAIR_AGAIN, 0);
  else if (state == HOLDFAST_STATE_IDENTIFY)
    say_it_is_mine (self, session);
  else if (state == HOLDFAST_STATE_ASK_PIN) {
    ask (self);
    g_assert_true (holdfast_session_send_pin (session, "7777"));
  } else if (state == HOLDFAST_STATE_GET_READY || state == HOLDFAST_STATE_INVITE
             || state == HOLDFAST_STATE_ASK_FORGET || state == HOLDFAST_STATE_DONE
             || (state == HOLDFAST_STATE_HOLD
                 && holdfast_machine_accepts (machine, HOLDFAST_EVENT_CONTINUE)))
    press (self, HOLDFAST_PAGE_BUTTON_PRIMARY);
  else if (state == HOLDFAST_STATE_ASK_LIGHT || state == HOLDFAST_STATE_FAILED)
    self->over = TRUE;
}

static void
walk (Walker *self)
{
  gint64 until_us = holdfast_clock_get_now_us (self->window.clock) + 240 * G_USEC_PER_SEC;

  see (self);
  press (self, HOLDFAST_PAGE_BUTTON_PRIMARY);
  see (self);
  ask (self);
  holdfast_window_pair (self->window.window, self->window.model);
  g_signal_connect (
      window_fixture_get_session (&self->window), "stepped", G_CALLBACK (stepped_cb), self);
  window_fixture_help (&self->window);
  see (self);
  while (!self->over && window_fixture_get_session (&self->window) != NULL) {
    if (holdfast_clock_get_now_us (self->window.clock) > until_us)
      g_error ("the walk %s has no end", self->walk->name);
    go_on (self);
    window_fixture_settle (&self->window);
    see (self);
    window_fixture_advance (&self->window, G_USEC_PER_SEC / 10);
    see (self);
  }
}

static void
list_walks (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (walks); i++)
    g_print ("%s\n", walks[i].name);
}

int
main (int argc, char **argv)
{
  Walker self = { 0 };

  if (argc < 2) {
    list_walks ();
    return 0;
  }
  for (guint i = 0; i < G_N_ELEMENTS (walks); i++)
    if (g_str_equal (walks[i].name, argv[1]))
      self.walk = &walks[i];
  if (self.walk == NULL)
    g_error ("there is no walk %s", argv[1]);
  window_fixture_open (&self.window,
                       self.walk->model,
                       self.walk->fault != NULL ? holdfast_sim_fault_from_string (self.walk->fault)
                                                : HOLDFAST_SIM_FAULT_NONE);
  g_signal_connect_swapped (self.window.frames, "after-paint", G_CALLBACK (drawn_cb), &self);
  walk (&self);
  g_signal_handlers_disconnect_by_data (self.window.frames, &self);
  g_clear_object (&self.page);
  window_fixture_close (&self.window);
  return 0;
}
