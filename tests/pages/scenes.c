/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "scenes.h"

#include "dialogs.h"
#include "helping-hand.h"
#include "holdfast-test.h"

#define STEP_US (250 * 1000)
#define LONGEST_US (240 * G_USEC_PER_SEC)

typedef struct Row Row;

struct Row {
  const char *name;
  const char *model; /* (nullable): no session */
  const char *fault; /* (nullable); "guide": no radio */
  HoldfastState until;
  void (*more) (Scene *self, const Row *row);
  int arg;
};

static HoldfastSession *
get_session (Scene *self)
{
  return holdfast_wizard_get_session (holdfast_window_get_wizard (self->window));
}

static const HoldfastMachine *
get_machine (Scene *self)
{
  return holdfast_session_get_machine (get_session (self));
}

static void
settle (Scene *self)
{
  HoldfastClient *client = self->world != NULL ? holdfast_world_get_client (self->world) : NULL;

  if (client != NULL)
    holdfast_test_settle_connection (holdfast_client_get_connection (client));
  holdfast_test_settle ();
}

static void
advance (Scene *self, gint64 by_us)
{
  holdfast_manual_clock_advance (HOLDFAST_MANUAL_CLOCK (self->clock), by_us);
  settle (self);
}

static void
tell (Scene *self, const char *line)
{
  g_autofree char *answer = holdfast_sim_command (holdfast_world_get_sim (self->world), line);

  g_assert_cmpstr (answer, ==, "ok");
  settle (self);
}

/* ---- How a person gets on ----------------------------------------------------------------------
 */

static void
go_on (Scene *self)
{
  const HoldfastMachine *machine = get_machine (self);
  HoldfastSession *session = get_session (self);

  if (machine->state == HOLDFAST_STATE_KNOWN)
    holdfast_session_send (session, HOLDFAST_EVENT_PAIR_AGAIN);
  else if (machine->state == HOLDFAST_STATE_ASK_WAY)
    holdfast_session_send_answer (session, HOLDFAST_EVENT_ANSWER_WAY, TRUE);
  else if (machine->state == HOLDFAST_STATE_INVITE)
    holdfast_session_send (session, HOLDFAST_EVENT_START);
  else if (machine->state == HOLDFAST_STATE_GET_READY || machine->state == HOLDFAST_STATE_ASK_FORGET
           || (machine->state == HOLDFAST_STATE_HOLD
               && holdfast_machine_accepts (machine, HOLDFAST_EVENT_CONTINUE)))
    holdfast_session_send (session, HOLDFAST_EVENT_CONTINUE);
}

static void
go_on_until (Scene *self, HoldfastState state)
{
  gint64 until_us = holdfast_clock_get_now_us (self->clock) + LONGEST_US;

  settle (self);
  while (get_machine (self)->state != state) {
    if (holdfast_clock_get_now_us (self->clock) >= until_us)
      g_error ("%s: waited in vain for %s, and it is %s",
               self->name,
               holdfast_state_to_string (state),
               holdfast_state_to_string (get_machine (self)->state));
    go_on (self);
    if (get_machine (self)->state != state)
      advance (self, STEP_US);
  }
}

/* Into the last hold, and some milliseconds of it. */
static void
hold_for (Scene *self, guint milliseconds)
{
  const HoldfastGesture *gesture = NULL;
  gint64 over_us = 0;

  go_on_until (self, HOLDFAST_STATE_HOLD);
  gesture = holdfast_machine_get_gesture (get_machine (self));
  while (holdfast_gesture_get_step (gesture, get_machine (self)->step)
         != holdfast_gesture_get_last_hold (gesture)) {
    go_on (self);
    g_assert_cmpint (get_machine (self)->state, ==, HOLDFAST_STATE_HOLD);
    if (holdfast_gesture_get_step (gesture, get_machine (self)->step)
        != holdfast_gesture_get_last_hold (gesture))
      advance (self, STEP_US);
  }
  over_us = holdfast_clock_get_now_us (self->clock) - get_machine (self)->step_began_us;
  advance (self, milliseconds * 1000 - over_us);
  g_assert_cmpint (get_machine (self)->state, ==, HOLDFAST_STATE_HOLD);
}

static const HoldfastStep *
get_last_hold (Scene *self)
{
  return holdfast_gesture_get_last_hold (holdfast_machine_get_gesture (get_machine (self)));
}

static void
hold_early (Scene *self, const Row *row)
{
  hold_for (self, 1200);
}

static void
hold_usual (Scene *self, const Row *row)
{
  hold_for (self, get_last_hold (self)->usual_ms + 500);
}

static void
hold_longest (Scene *self, const Row *row)
{
  hold_for (self, get_last_hold (self)->longest_ms - 300);
}

/* The first step of several, which ask for more than a hold. */
static void
hold_first_step (Scene *self, const Row *row)
{
  settle (self);
}

static void
wait_a_second (Scene *self, const Row *row)
{
  advance (self, G_USEC_PER_SEC);
  g_assert_cmpint (get_machine (self)->state, ==, row->until);
}

/* ---- What may be in the way --------------------------------------------------------------------
 */

static void
lose_adapter (Scene *self, const Row *row)
{
  tell (self, row->arg != 0 ? "adapter unplug" : "adapter off");
  g_assert_cmpint (get_machine (self)->state, ==, HOLDFAST_STATE_WAIT_RADIO);
}

static void
answer_light (Scene *self, const Row *row)
{
  holdfast_session_send_answer (get_session (self), HOLDFAST_EVENT_ANSWER_LIGHT, row->arg);
  settle (self);
  if (get_machine (self)->state == HOLDFAST_STATE_ASK_LIGHT)
    g_error ("%s: that answer leads nowhere", self->name);
}

static void
block_device (Scene *self, const Row *row)
{
  tell (self, "property Blocked true");
  go_on_until (self, HOLDFAST_STATE_ASK_UNBLOCK);
}

/* States that pass too quickly to be caught, and causes that the simulator has not: the page is
 * told that it is so. */
static void
pretend (Scene *self, HoldfastState state, HoldfastFailure failure)
{
  HoldfastPage *page = holdfast_wizard_get_page (holdfast_window_get_wizard (self->window));
  HoldfastMachine machine = *get_machine (self);

  machine.state = state;
  machine.failure = failure;
  HOLDFAST_PAGE_GET_CLASS (page)->update (page, &machine);
}

static void
pretend_state (Scene *self, const Row *row)
{
  pretend (self, (HoldfastState) row->arg, HOLDFAST_FAILURE_NONE);
}

static void
pretend_failure (Scene *self, const Row *row)
{
  pretend (self, HOLDFAST_STATE_FAILED, (HoldfastFailure) row->arg);
}

static void
forget_at_once (Scene *self, const Row *row)
{
  go_on_until (self, HOLDFAST_STATE_FORGET);
}

/* ---- Pages without a session -------------------------------------------------------------------
 */

static GtkWidget *
find_widget (GtkWidget *widget, GType type)
{
  if (g_type_is_a (G_OBJECT_TYPE (widget), type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find_widget (child, type);

    if (found != NULL)
      return found;
  }
  return NULL;
}

static void
choose (Scene *self, const Row *row)
{
  static const char *const searches[] = { NULL, "xm4", "no such thing" };
  HoldfastPage *page = NULL;
  GtkWidget *search = NULL;

  holdfast_window_pair (self->window, NULL);
  if (searches[row->arg] == NULL)
    return;
  page = holdfast_wizard_get_page (holdfast_window_get_wizard (self->window));
  search = find_widget (GTK_WIDGET (page), GTK_TYPE_SEARCH_ENTRY);
  g_assert_nonnull (search);
  gtk_editable_set_text (GTK_EDITABLE (search), searches[row->arg]);
  /* It would wait for more to be typed. */
  g_signal_emit_by_name (search, "search-changed");
}

static GtkWidget *
find_card (GtkWidget *widget)
{
  GtkWidget *found = gtk_widget_has_css_class (widget, "card") ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); found == NULL && child != NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_card (child);
  return found;
}

/* The first card is for who is not sure. */
static void
interview (Scene *self, const Row *row)
{
  HoldfastWizard *wizard = holdfast_window_get_wizard (self->window);
  HoldfastPage *page = NULL;

  choose (self, row);
  page = holdfast_wizard_get_page (wizard);
  g_signal_emit_by_name (find_card (GTK_WIDGET (page)), "clicked");
  g_assert_true (holdfast_wizard_get_page (wizard) != page);
}

static void
notice (Scene *self, const Row *row)
{
  static const char *const models[] = { "INZONE H3", "INZONE Buds" };

  holdfast_window_pair (self->window, holdfast_catalogue_find (self->catalogue, models[row->arg]));
}

static void
about (Scene *self, const Row *row)
{
  holdfast_about_dialog_present (GTK_WIDGET (self->window));
}

static void
shortcuts (Scene *self, const Row *row)
{
  holdfast_shortcuts_dialog_present (GTK_WIDGET (self->window));
}

/* ---- Practice ----------------------------------------------------------------------------------
 */

static gboolean
has_session (gpointer user_data)
{
  return get_session (user_data) != NULL;
}

static void
practise (Scene *self, const Row *row)
{
  static const char *const models[] = { "WH-1000XM4", "LinkBuds S" };
  HoldfastHeadset *model = holdfast_catalogue_find (self->catalogue, models[row->arg & 1]);

  g_assert_nonnull (model);
  holdfast_window_practise (self->window, 0);
  holdfast_window_pair (self->window, model);
  holdfast_test_wait (has_session, self, HOLDFAST_TEST_DEADLINE_MS, "a session to practise");
  go_on_until (self, (row->arg & 2) != 0 ? HOLDFAST_STATE_HOLD : HOLDFAST_STATE_INVITE);
}

/* ---- The scenes --------------------------------------------------------------------------------
 */

#define STATE(name) HOLDFAST_STATE_##name
#define FAILURE(name) HOLDFAST_FAILURE_##name
#define XM4 "wh-1000xm4"   /* over the ear, one button */
#define CASE "linkbuds-s"  /* earbuds, a button on the case */
#define TOUCH "wf-1000xm4" /* earbuds, and a question about the case */
#define NECK "wi-1000xm2"  /* a neckband */
#define GAMING "inzone-h9" /* a Bluetooth button beside the one for power */
#define FAMILY "family-wh" /* not sure which */

static const Row rows[] = {
  { "home", NULL, "", STATE (IDLE), NULL },
  { "home-known", NULL, "stale-bond", STATE (IDLE), NULL },
  { "home-guide", NULL, "guide", STATE (IDLE), NULL },
  { "home-no-adapter", NULL, "no-adapter", STATE (IDLE), NULL },
  { "choose", NULL, "", STATE (IDLE), choose, 0 },
  { "choose-search", NULL, "", STATE (IDLE), choose, 1 },
  { "choose-nothing", NULL, "", STATE (IDLE), choose, 2 },
  { "interview", NULL, "", STATE (IDLE), interview, 0 },
  { "notice", NULL, "", STATE (IDLE), notice, 0 },
  { "notice-le-audio", NULL, "", STATE (IDLE), notice, 1 },
  { "about", NULL, "", STATE (IDLE), about },
  { "shortcuts", NULL, "", STATE (IDLE), shortcuts },
  { "known", XM4, "stale-bond", STATE (KNOWN), NULL },
  { "get-ready", XM4, NULL, STATE (GET_READY), NULL },
  { "get-ready-case", CASE, NULL, STATE (GET_READY), NULL },
  { "get-ready-off", XM4, "off", STATE (GET_READY), NULL },
  { "get-ready-blocked", XM4, "blocked", STATE (GET_READY), NULL },
  { "get-ready-no-sound", XM4, "no-sound", STATE (GET_READY), NULL },
  { "get-ready-no-adapter", XM4, "no-adapter", STATE (GET_READY), NULL },
  { "get-ready-no-service", XM4, "no-service", STATE (GET_READY), NULL },
  { "wait-radio-off", XM4, NULL, STATE (INVITE), lose_adapter, 0 },
  { "wait-radio-unplugged", XM4, NULL, STATE (INVITE), lose_adapter, 1 },
  { "ask-way", TOUCH, NULL, STATE (ASK_WAY), NULL },
  { "invite", XM4, NULL, STATE (INVITE), NULL },
  { "invite-case", CASE, NULL, STATE (INVITE), NULL },
  { "invite-touch", TOUCH, NULL, STATE (INVITE), NULL },
  { "invite-neckband", NECK, NULL, STATE (INVITE), NULL },
  { "invite-gaming", GAMING, NULL, STATE (INVITE), NULL },
  { "invite-family", FAMILY, NULL, STATE (INVITE), NULL },
  { "invite-guide", XM4, "guide", STATE (INVITE), NULL },
  { "invite-time-left",
   XM4, "not-pairing",
   STATE (ASK_LIGHT),
   answer_light, HOLDFAST_LIGHT_ANSWER_PAIRS },
  { "invite-hint-phone",
   XM4, "not-pairing",
   STATE (ASK_LIGHT),
   answer_light, HOLDFAST_LIGHT_ANSWER_SOLID },
  { "invite-hint-charge",
   XM4, "not-pairing",
   STATE (ASK_LIGHT),
   answer_light, HOLDFAST_LIGHT_ANSWER_RED },
  { "invite-hint-nothing",
   XM4, "not-pairing",
   STATE (ASK_LIGHT),
   answer_light, HOLDFAST_LIGHT_ANSWER_NOTHING },
  { "lead-in", XM4, NULL, STATE (LEAD_IN), wait_a_second },
  { "lead-in-case", CASE, NULL, STATE (LEAD_IN), wait_a_second },
  { "hold-early", XM4, NULL, STATE (LEAD_IN), hold_early },
  { "hold-usual", XM4, NULL, STATE (LEAD_IN), hold_usual },
  { "hold-longest", XM4, NULL, STATE (LEAD_IN), hold_longest },
  { "hold-case-early", CASE, NULL, STATE (LEAD_IN), hold_early },
  { "hold-case-usual", CASE, NULL, STATE (LEAD_IN), hold_usual },
  { "hold-touch-early", TOUCH, NULL, STATE (LEAD_IN), hold_early },
  { "hold-neckband-early", NECK, NULL, STATE (LEAD_IN), hold_early },
  { "hold-neckband-longest", NECK, NULL, STATE (LEAD_IN), hold_longest },
  { "hold-gaming-step-1", GAMING, NULL, STATE (HOLD), hold_first_step },
  { "hold-gaming-usual", GAMING, NULL, STATE (LEAD_IN), hold_usual },
  { "looking", XM4, "not-pairing", STATE (LOOKING), wait_a_second },
  { "looking-case", CASE, "not-pairing", STATE (LOOKING), wait_a_second },
  { "ask-light", XM4, "not-pairing", STATE (ASK_LIGHT), NULL },
  { "identify", XM4, "weak", STATE (IDENTIFY), NULL },
  { "identify-several", XM4, "neighbour", STATE (IDENTIFY), NULL },
  { "found", XM4, NULL, STATE (FOUND), wait_a_second },
  { "found-case", CASE, NULL, STATE (FOUND), wait_a_second },
  { "ask-forget", XM4, "stale-bond", STATE (ASK_FORGET), NULL },
  { "ask-unblock", XM4, NULL, STATE (FOUND), block_device },
  { "forget", XM4, "stale-bond", STATE (ASK_FORGET), forget_at_once },
  { "pair", XM4, NULL, STATE (PAIR), NULL },
  { "pair-wait", XM4, "reject-once", STATE (PAIR_WAIT), NULL },
  { "ask-pin", XM4, "pin", STATE (ASK_PIN), NULL },
  { "trust", XM4, NULL, STATE (CONNECT), pretend_state, STATE (TRUST) },
  { "connect", XM4, NULL, STATE (CONNECT), NULL },
  { "connect-wait", XM4, "refuse-once", STATE (CONNECT_WAIT), NULL },
  { "verify", XM4, NULL, STATE (CONNECT), pretend_state, STATE (VERIFY) },
  { "done", XM4, NULL, STATE (DONE), NULL },
  { "done-case", CASE, NULL, STATE (DONE), NULL },
  { "done-not-stored", XM4, "not-stored", STATE (DONE), NULL },
  { "failed-not-seen", XM4, "reject", STATE (FAILED), pretend_failure, FAILURE (NOT_SEEN) },
  { "failed-rejected", XM4, "reject", STATE (FAILED), NULL },
  { "failed-refused", XM4, "refuse", STATE (FAILED), NULL },
  { "failed-old-pairing", XM4, "auth-failed", STATE (FAILED), NULL },
  { "failed-no-sound", XM4, "no-sound", STATE (FAILED), NULL },
  { "practice", NULL, "", STATE (IDLE), practise, 0 },
  { "practice-case", NULL, "", STATE (IDLE), practise, 1 },
  { "practice-hold", NULL, "", STATE (IDLE), practise, 2 },
};

guint
scenes_get_n (void)
{
  return G_N_ELEMENTS (rows);
}

const char *
scenes_get_name (guint index)
{
  g_assert_cmpuint (index, <, G_N_ELEMENTS (rows));

  return rows[index].name;
}

static void
open_world (Scene *self, const Row *row)
{
  HoldfastWorldOptions options = { .clock = self->clock };
  GAsyncResult *result = NULL;
  g_autoptr (GAsyncResult) owned = NULL;
  g_autoptr (GError) error = NULL;

  if (g_strcmp0 (row->fault, "guide") != 0) {
    options.simulate
        = holdfast_catalogue_find (self->catalogue, row->model != NULL ? row->model : XM4);
    options.faults = row->fault != NULL ? holdfast_sim_fault_from_string (row->fault) : 0;
  }
  holdfast_world_open_async (&options, NULL, holdfast_test_result_cb, &result);
  owned = holdfast_test_wait_result (&result, "the world of a scene");
  self->world = holdfast_world_open_finish (owned, &error);
  g_assert_no_error (error);
}

/* The person's own hand, where nothing is to be found too early. */
static gboolean
wants_hand (const Row *row)
{
  return row->until != HOLDFAST_STATE_LEAD_IN && row->until != HOLDFAST_STATE_HOLD
         && row->until != HOLDFAST_STATE_INVITE;
}

static void
play (Scene *self, const Row *row)
{
  HoldfastHeadset *model = holdfast_catalogue_find (self->catalogue, row->model);
  HoldfastSim *sim = holdfast_world_get_sim (self->world);

  g_assert_nonnull (model);
  holdfast_window_pair (self->window, model);
  if (sim != NULL && wants_hand (row))
    self->hand
        = G_OBJECT (holdfast_helping_hand_new (get_session (self), holdfast_sim_get_headset (sim)));
  go_on_until (self, row->until);
}

Scene *
scene_new (guint index, HoldfastCatalogue *catalogue)
{
  Scene *self = g_new0 (Scene, 1);
  const Row *row = NULL;

  g_assert_cmpuint (index, <, G_N_ELEMENTS (rows));
  row = &rows[index];
  self->name = row->name;
  self->catalogue = g_object_ref (catalogue);
  self->clock = holdfast_manual_clock_new ();
  self->window = holdfast_window_new (NULL, catalogue, self->clock);
  gtk_window_set_default_size (GTK_WINDOW (self->window), 360, 720);
  gtk_window_present (GTK_WINDOW (self->window));
  /* A border for screens that cannot draw shadows. */
  gtk_widget_remove_css_class (GTK_WIDGET (self->window), "solid-csd");
  open_world (self, row);
  settle (self);
  holdfast_window_set_world (self->window, self->world);
  if (row->model != NULL)
    play (self, row);
  if (row->more != NULL)
    row->more (self, row);
  settle (self);
  return self;
}

static gboolean
has_ended (gpointer user_data)
{
  return get_session (user_data) == NULL;
}

void
scene_free (Scene *self)
{
  if (get_session (self) != NULL) {
    holdfast_session_send (get_session (self), HOLDFAST_EVENT_CANCEL);
    /* A call that is out may take its time. */
    for (gint64 us = 0; !has_ended (self) && us < LONGEST_US; us += STEP_US)
      advance (self, STEP_US);
    holdfast_test_wait (has_ended, self, HOLDFAST_TEST_DEADLINE_MS, "the session to end");
  }
  g_clear_object (&self->hand);
  gtk_window_destroy (GTK_WINDOW (self->window));
  holdfast_test_settle ();
  holdfast_test_assert_finalize (self->world);
  g_clear_object (&self->clock);
  g_clear_object (&self->catalogue);
  g_free (self);
}
