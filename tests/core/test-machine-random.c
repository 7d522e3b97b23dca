/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "machine-fixture.h"
#include "machine-private.h"

#include <string.h>

/* A million random events a run, against a world that keeps its own books. The world never looks at
 * the machine's private fields, so a wrong idea in the machine is not a wrong idea here. */

#define N_EVENTS 1000000
#define N_DEVICES 6 /* 1 to 5; 0 is none */
#define N_REMEMBERED 30
#define MAX_STEPS 400
#define NEVER_LONGER_US (10 * G_USEC_PER_SEC)

typedef enum {
  HELD_NOT,
  HELD_ASKED,
  HELD,
  HELD_LET_GO,
} Held;

typedef struct {
  HoldfastEvent event;
  gint64 now_us;
  HoldfastState state;
  HoldfastEffects effects;
} Remembered;

/**
 * World:
 * @paired_out: the device of our Pair that has no reply yet
 * @service_died: since that Pair went out
 * @bond_away: a half-made pairing of ours lost its object with the radio; what is known next is it
 * @may_pair: who was claimed, or certain
 * @ours: whose pairing this session made
 * @kept: whose pairing of ours played music: it is not half-made any more
 * @consented: whose pairing the person said may go
 */
typedef struct {
  guint64 random;
  guint64 seed;
  MachineFixture fixture;
  HoldfastState before;
  gboolean radio_ok;
  gboolean hardware_ok;
  Held discovery;
  Held agent;
  guint pair_out;
  gboolean service_died;
  gboolean bond_away;
  guint connect_out;
  guint remove_out;
  gboolean trust_out;
  gboolean unblock_out;
  gboolean power_out;
  HoldfastDeviceFlags flags[N_DEVICES];
  gboolean may_pair[N_DEVICES];
  gboolean ours[N_DEVICES];
  gboolean kept[N_DEVICES];
  gboolean consented[N_DEVICES];
  guint64 visits[HOLDFAST_STATE_MAX];
  guint64 n_effects[32];
  Remembered ring[N_REMEMBERED];
  guint n_ring;
} World;

static guint
pick (World *world, guint n)
{
  /* xorshift64*: the same everywhere, and fast. */
  world->random ^= world->random >> 12;
  world->random ^= world->random << 25;
  world->random ^= world->random >> 27;
  return (guint) ((world->random * G_GUINT64_CONSTANT (2685821657736338717)) >> 33) % n;
}

static gboolean
chance (World *world, guint percent)
{
  return pick (world, 100) < percent;
}

static void
tell_and_stop (World *world, const char *what)
{
  for (guint i = world->n_ring > N_REMEMBERED ? world->n_ring - N_REMEMBERED : 0; i < world->n_ring;
       i++) {
    const Remembered *step = &world->ring[i % N_REMEMBERED];
    g_autofree char *event = machine_fixture_event_to_text (&step->event);
    g_autofree char *effects = holdfast_effects_to_string (step->effects);

    g_printerr ("# %10.3f %s -> %s %s\n",
                (double) step->now_us / G_USEC_PER_SEC,
                event,
                holdfast_state_to_string (step->state),
                effects);
  }
  g_error ("%s; HOLDFAST_TEST_SEED=%" G_GUINT64_FORMAT, what, world->seed);
}

#define HOLDS(world, condition)                                                                    \
  G_STMT_START                                                                                     \
  {                                                                                                \
    if (!(condition))                                                                              \
      tell_and_stop (world, #condition);                                                           \
  }                                                                                                \
  G_STMT_END

static void
begin_session (World *world)
{
  gboolean guide = chance (world, 5);

  machine_fixture_restart (&world->fixture,
                           guide,
                           chance (world, 20) ? HOLDFAST_QUESTION_CASE_BUTTON
                                              : HOLDFAST_QUESTION_NONE,
                           pick (world, 4) * G_USEC_PER_SEC);
  world->radio_ok = TRUE;
  world->hardware_ok = TRUE;
  world->discovery = HELD_NOT;
  world->agent = HELD_NOT;
  world->bond_away = FALSE;
  world->pair_out = 0;
  world->connect_out = 0;
  world->remove_out = 0;
  world->trust_out = FALSE;
  world->unblock_out = FALSE;
  world->power_out = FALSE;
  memset (world->flags, 0, sizeof world->flags);
  memset (world->may_pair, 0, sizeof world->may_pair);
  memset (world->ours, 0, sizeof world->ours);
  memset (world->kept, 0, sizeof world->kept);
  memset (world->consented, 0, sizeof world->consented);
  if (chance (world, 30))
    world->flags[1] = HOLDFAST_DEVICE_PAIRED;
  world->n_ring = 0;
}

static guint
pick_device (World *world)
{
  return 1 + pick (world, N_DEVICES - 1);
}

static HoldfastFailure
pick_failure (World *world)
{
  return 1 + pick (world, HOLDFAST_FAILURE_MAX - 1);
}

static void
fill_verdict (World *world, HoldfastEvent *event)
{
  HoldfastVerdict *verdict = &event->verdict;

  verdict->kind = pick (world, HOLDFAST_VERDICT_OFFER + 1);
  if (verdict->kind == HOLDFAST_VERDICT_NOTHING)
    return;
  verdict->device = pick_device (world);
  verdict->n_candidates = 1 + pick (world, 3);
  verdict->paired = (world->flags[verdict->device] & HOLDFAST_DEVICE_PAIRED) != 0;
  verdict->blocked = (world->flags[verdict->device] & HOLDFAST_DEVICE_BLOCKED) != 0;
  verdict->new_since_hold = chance (world, 50);
  verdict->familiar = !verdict->paired && chance (world, 30);
}

static void
fill_anything (World *world, HoldfastEvent *event)
{
  memset (event, 0, sizeof *event);
  event->kind = pick (world, HOLDFAST_EVENT_MAX);
  switch ((int) event->kind) {
  case HOLDFAST_EVENT_VERDICT:
    fill_verdict (world, event);
    break;
  case HOLDFAST_EVENT_ANSWER_LIGHT:
    event->arg = (int) pick (world, HOLDFAST_LIGHT_ANSWER_MAX);
    break;
  case HOLDFAST_EVENT_ANSWER_WAY:
    event->arg = (int) pick (world, 2);
    break;
  case HOLDFAST_EVENT_DEVICE:
    event->device = pick_device (world);
    event->flags = pick (world, 32);
    break;
  case HOLDFAST_EVENT_KNOWN_DEVICE:
    event->device = pick_device (world);
    event->flags = world->flags[event->device] | HOLDFAST_DEVICE_PAIRED;
    break;
  case HOLDFAST_EVENT_GONE:
    event->device = pick_device (world);
    break;
  case HOLDFAST_EVENT_MINE:
  case HOLDFAST_EVENT_NOT_MINE:
    event->device = pick (world, N_DEVICES);
    event->flags = world->flags[event->device];
    break;
  case HOLDFAST_EVENT_RADIO:
    event->failure = chance (world, 70) ? HOLDFAST_FAILURE_NONE
                                        : 1 + pick (world, HOLDFAST_FAILURE_INACTIVE_SEAT);
    break;
  default:
    event->failure = chance (world, 60) ? HOLDFAST_FAILURE_NONE : pick_failure (world);
    break;
  }
}

static const HoldfastFailure often_of_pair[] = {
  HOLDFAST_FAILURE_INTERRUPTED,    HOLDFAST_FAILURE_REJECTED,  HOLDFAST_FAILURE_OTHER_PROGRAM,
  HOLDFAST_FAILURE_ALREADY_PAIRED, HOLDFAST_FAILURE_WRONG_PIN, HOLDFAST_FAILURE_STALE_BOND,
};

static const HoldfastFailure often_of_connect[] = {
  HOLDFAST_FAILURE_CONNECT_REFUSED,
  HOLDFAST_FAILURE_KEY_MISSING,
  HOLDFAST_FAILURE_ALREADY_CONNECTED,
  HOLDFAST_FAILURE_DEVICE_BLOCKED,
};

static gboolean
fill_reply (World *world, HoldfastEvent *event, guint failing_percent)
{
  HoldfastEventKind replies[8];
  guint n = 0;

  if (world->discovery == HELD_ASKED)
    replies[n++] = HOLDFAST_EVENT_DISCOVERY_STARTED;
  if (world->discovery == HELD_LET_GO)
    replies[n++] = HOLDFAST_EVENT_DISCOVERY_STOPPED;
  if (world->agent == HELD_ASKED)
    replies[n++] = HOLDFAST_EVENT_AGENT_REGISTERED;
  if (world->agent == HELD_LET_GO)
    replies[n++] = HOLDFAST_EVENT_AGENT_GONE;
  if (world->pair_out != 0)
    replies[n++] = HOLDFAST_EVENT_PAIRED;
  if (world->connect_out != 0)
    replies[n++] = HOLDFAST_EVENT_CONNECTED;
  if (world->remove_out != 0)
    replies[n++] = HOLDFAST_EVENT_REMOVED;
  if (world->trust_out)
    replies[n++] = HOLDFAST_EVENT_TRUSTED;
  if (n < G_N_ELEMENTS (replies) && world->unblock_out)
    replies[n++] = HOLDFAST_EVENT_UNBLOCKED;
  if (n < G_N_ELEMENTS (replies) && world->power_out)
    replies[n++] = HOLDFAST_EVENT_POWERED;
  if (n == 0)
    return FALSE;
  memset (event, 0, sizeof *event);
  event->kind = replies[pick (world, n)];
  if (!chance (world, failing_percent))
    return TRUE;
  if (event->kind == HOLDFAST_EVENT_PAIRED && chance (world, 70))
    event->failure = often_of_pair[pick (world, G_N_ELEMENTS (often_of_pair))];
  else if (event->kind == HOLDFAST_EVENT_CONNECTED && chance (world, 70))
    event->failure = often_of_connect[pick (world, G_N_ELEMENTS (often_of_connect))];
  else
    event->failure = pick_failure (world);
  return TRUE;
}

/* What a person or the world would do next, so that the far states are reached. */
static void
fill_natural (World *world, HoldfastEvent *event)
{
  const HoldfastMachine *machine = &world->fixture.machine;

  memset (event, 0, sizeof *event);
  switch (machine->state) {
  case HOLDFAST_STATE_IDLE:
    event->kind = chance (world, 70) ? HOLDFAST_EVENT_BEGIN : HOLDFAST_EVENT_KNOWN_DEVICE;
    event->device = event->kind == HOLDFAST_EVENT_KNOWN_DEVICE ? 1 : 0;
    break;
  case HOLDFAST_STATE_KNOWN:
    event->kind = chance (world, 60) ? HOLDFAST_EVENT_CONTINUE : HOLDFAST_EVENT_PAIR_AGAIN;
    break;
  case HOLDFAST_STATE_WAIT_RADIO:
    event->kind = chance (world, 70) ? HOLDFAST_EVENT_RADIO : HOLDFAST_EVENT_REPAIR;
    break;
  case HOLDFAST_STATE_ASK_WAY:
    event->kind = HOLDFAST_EVENT_ANSWER_WAY;
    event->arg = (int) pick (world, 2);
    break;
  case HOLDFAST_STATE_INVITE:
    event->kind = chance (world, 50) ? HOLDFAST_EVENT_START : HOLDFAST_EVENT_HOLDING_NOW;
    break;
  case HOLDFAST_STATE_ASK_LIGHT:
    event->kind = HOLDFAST_EVENT_ANSWER_LIGHT;
    event->arg = (int) pick (world, HOLDFAST_LIGHT_ANSWER_MAX);
    break;
  case HOLDFAST_STATE_IDENTIFY:
    event->kind = chance (world, 80) ? HOLDFAST_EVENT_MINE : HOLDFAST_EVENT_NOT_MINE;
    event->device = machine->verdict.device;
    event->flags = world->flags[event->device];
    break;
  case HOLDFAST_STATE_PAIR:
    event->kind = chance (world, 10) ? HOLDFAST_EVENT_PIN_ASKED : HOLDFAST_EVENT_DEVICE;
    event->device = machine->device;
    event->flags = HOLDFAST_DEVICE_PAIRED;
    break;
  case HOLDFAST_STATE_ASK_PIN:
    event->kind = HOLDFAST_EVENT_PIN;
    break;
  case HOLDFAST_STATE_CONNECT:
  case HOLDFAST_STATE_VERIFY:
    event->kind = HOLDFAST_EVENT_DEVICE;
    event->device = machine->device;
    event->flags = HOLDFAST_DEVICE_PAIRED | HOLDFAST_DEVICE_CONNECTED
                   | (chance (world, 10) ? HOLDFAST_DEVICE_UNSTORED : 0)
                   | (chance (world, 60) ? HOLDFAST_DEVICE_TRANSPORT : 0);
    break;
  case HOLDFAST_STATE_FAILED:
    event->kind = chance (world, 70) ? HOLDFAST_EVENT_REPAIR : HOLDFAST_EVENT_SOMETHING_ELSE;
    break;
  case HOLDFAST_STATE_DONE:
    event->kind = chance (world, 50) ? HOLDFAST_EVENT_CONTINUE : HOLDFAST_EVENT_DEVICE;
    event->device = machine->device;
    event->flags = HOLDFAST_DEVICE_PAIRED;
    break;
  case HOLDFAST_STATE_LEAD_IN:
  case HOLDFAST_STATE_HOLD:
  case HOLDFAST_STATE_LOOKING:
  case HOLDFAST_STATE_FORGET:
    event->kind = HOLDFAST_EVENT_VERDICT;
    fill_verdict (world, event);
    break;
  case HOLDFAST_STATE_GET_READY:
  case HOLDFAST_STATE_FOUND:
  case HOLDFAST_STATE_ASK_FORGET:
  case HOLDFAST_STATE_ASK_UNBLOCK:
  case HOLDFAST_STATE_PAIR_WAIT:
  case HOLDFAST_STATE_TRUST:
  case HOLDFAST_STATE_CONNECT_WAIT:
  case HOLDFAST_STATE_GUIDE_DONE:
  case HOLDFAST_STATE_ENDING:
  case HOLDFAST_STATE_ENDED:
    event->kind = HOLDFAST_EVENT_CONTINUE;
    break;
  case HOLDFAST_STATE_MAX:
    g_assert_not_reached ();
  }
  if (event->kind == HOLDFAST_EVENT_KNOWN_DEVICE)
    event->flags = world->flags[event->device] | HOLDFAST_DEVICE_PAIRED;
}

static gint64
choose_event (World *world, HoldfastEvent *event)
{
  const MachineFixture *fixture = &world->fixture;
  gint64 now_us = fixture->now_us + (gint64) pick (world, 400) * 1000;
  guint dice = pick (world, 100);

  if (dice < 35 && fill_reply (world, event, 35))
    return now_us;
  if (dice < 50 && fixture->machine.deadline_us != G_MAXINT64) {
    memset (event, 0, sizeof *event);
    event->kind = HOLDFAST_EVENT_DEADLINE;
    return MAX (fixture->now_us, fixture->machine.deadline_us);
  }
  if (dice < 88)
    fill_natural (world, event);
  else
    fill_anything (world, event);
  /* Leaving ends a session; too often, and nothing far is seen. */
  if (event->kind == HOLDFAST_EVENT_CANCEL && !chance (world, 40))
    event->kind = HOLDFAST_EVENT_BACK;
  return now_us;
}

static gboolean
service_is_gone (HoldfastFailure failure)
{
  return failure >= HOLDFAST_FAILURE_NO_SERVICE && failure <= HOLDFAST_FAILURE_NO_BUS;
}

/* What the event says, and what the person allowed by it. */
static void
world_before (World *world, const HoldfastEvent *event)
{
  const HoldfastMachine *machine = &world->fixture.machine;
  gboolean says_yes
      = event->kind == HOLDFAST_EVENT_CONTINUE || event->kind == HOLDFAST_EVENT_REPAIR;

  world->before = machine->state;
  if (event->kind == HOLDFAST_EVENT_DEVICE || event->kind == HOLDFAST_EVENT_KNOWN_DEVICE)
    world->flags[event->device] = event->flags;
  if (event->kind == HOLDFAST_EVENT_GONE) {
    world->flags[event->device] = 0;
    if (!world->radio_ok && world->ours[event->device] && !world->kept[event->device])
      world->bond_away = TRUE;
  }
  if (event->kind == HOLDFAST_EVENT_KNOWN_DEVICE && world->bond_away) {
    world->bond_away = FALSE;
    world->ours[event->device] = TRUE;
    world->kept[event->device] = FALSE;
  }
  if (event->kind == HOLDFAST_EVENT_RADIO && !machine->config.guide) {
    world->radio_ok = event->failure == HOLDFAST_FAILURE_NONE
                      || event->failure == HOLDFAST_FAILURE_SOUND_NOT_READY
                      || event->failure == HOLDFAST_FAILURE_INACTIVE_SEAT;
    world->hardware_ok = world->radio_ok || event->failure > HOLDFAST_FAILURE_POWERED_OFF;
    if (!world->hardware_ok && world->discovery == HELD)
      world->discovery = HELD_NOT;
    if (service_is_gone (event->failure)) {
      if (world->agent == HELD)
        world->agent = HELD_NOT;
      world->service_died = TRUE;
    }
  }
  if (event->kind == HOLDFAST_EVENT_MINE && machine->state == HOLDFAST_STATE_IDENTIFY)
    world->may_pair[event->device] = TRUE;
  if (event->kind == HOLDFAST_EVENT_VERDICT && holdfast_state_is_listening (machine->state)
      && (machine->state == HOLDFAST_STATE_FORGET
              ? event->verdict.familiar
              : event->verdict.kind == HOLDFAST_VERDICT_CERTAIN))
    world->may_pair[event->verdict.device] = TRUE;
  if ((says_yes && machine->state == HOLDFAST_STATE_ASK_FORGET)
      || (event->kind == HOLDFAST_EVENT_REPAIR && machine->state == HOLDFAST_STATE_FAILED
          && holdfast_failure_get_repair (machine->failure) == HOLDFAST_REPAIR_FORGET_AND_PAIR))
    world->consented[machine->device] = TRUE;
}

/* Replies, stray ones included: a stray one is a reply if something is out. */
static void
world_replies (World *world, const HoldfastEvent *event)
{
  gboolean ok = event->failure == HOLDFAST_FAILURE_NONE;

  switch ((int) event->kind) {
  case HOLDFAST_EVENT_DISCOVERY_STARTED:
    if (world->discovery == HELD_ASKED)
      world->discovery = ok && world->hardware_ok ? HELD : HELD_NOT;
    break;
  case HOLDFAST_EVENT_DISCOVERY_STOPPED:
    if (world->discovery != HELD_ASKED)
      world->discovery = HELD_NOT;
    break;
  case HOLDFAST_EVENT_AGENT_REGISTERED:
    if (world->agent == HELD_ASKED)
      world->agent = ok && !service_is_gone (world->fixture.machine.radio) ? HELD : HELD_NOT;
    break;
  case HOLDFAST_EVENT_AGENT_GONE:
    if (world->agent != HELD_ASKED)
      world->agent = HELD_NOT;
    break;
  case HOLDFAST_EVENT_PAIRED:
    if (event->failure == HOLDFAST_FAILURE_ALREADY_PAIRED)
      world->ours[world->pair_out] = FALSE;
    else if (ok)
      world->ours[world->pair_out] = TRUE;
    world->pair_out = 0;
    break;
  case HOLDFAST_EVENT_CONNECTED:
    world->connect_out = 0;
    break;
  case HOLDFAST_EVENT_REMOVED:
    if (ok || event->failure == HOLDFAST_FAILURE_LEFT_PAIRING_MODE)
      world->ours[world->remove_out] = FALSE;
    else if (event->failure == HOLDFAST_FAILURE_NO_SERVICE && world->ours[world->remove_out]
             && !world->kept[world->remove_out])
      world->bond_away = TRUE;
    world->remove_out = 0;
    break;
  case HOLDFAST_EVENT_TRUSTED:
    world->trust_out = FALSE;
    break;
  case HOLDFAST_EVENT_UNBLOCKED:
    world->unblock_out = FALSE;
    break;
  case HOLDFAST_EVENT_POWERED:
    world->power_out = FALSE;
    break;
  default:
    break;
  }
}

static void
check_pairing_effects (World *world, HoldfastEffects effects)
{
  const HoldfastMachine *machine = &world->fixture.machine;

  if ((effects & HOLDFAST_EFFECT_CANCEL_PAIRING) != 0) {
    HOLDS (world, world->pair_out != 0);
    HOLDS (world, machine->pair_device == world->pair_out);
    HOLDS (world, !world->service_died);
  }
  if ((effects & HOLDFAST_EFFECT_REMOVE) != 0) {
    guint device = machine->remove_device;

    HOLDS (world, world->remove_out == 0);
    HOLDS (world, device > 0 && device < N_DEVICES);
    HOLDS (world, world->consented[device] || (world->ours[device] && !world->kept[device]));
    world->consented[device] = FALSE;
    world->remove_out = device;
  }
  if ((effects & HOLDFAST_EFFECT_PAIR) != 0) {
    HOLDS (world, world->pair_out == 0);
    HOLDS (world, machine->state == HOLDFAST_STATE_PAIR);
    HOLDS (world, machine->device != 0 && machine->pair_device == machine->device);
    HOLDS (world, world->may_pair[machine->device]);
    HOLDS (world, world->agent == HELD);
    HOLDS (world, world->radio_ok);
    world->pair_out = machine->device;
    world->service_died = FALSE;
    world->ours[machine->device] = TRUE;
    world->kept[machine->device] = FALSE;
  }
  if ((effects & HOLDFAST_EFFECT_CONNECT) != 0) {
    HOLDS (world, world->connect_out == 0);
    HOLDS (world, world->discovery == HELD_NOT);
    HOLDS (world, machine->device != 0);
    world->connect_out = machine->device;
  }
}

static void
check_resource_effects (World *world, HoldfastEffects effects)
{
  if ((effects & HOLDFAST_EFFECT_STOP_DISCOVERY) != 0) {
    HOLDS (world, world->discovery == HELD || world->discovery == HELD_ASKED);
    HOLDS (world, (effects & HOLDFAST_EFFECT_START_DISCOVERY) == 0);
    world->discovery = HELD_LET_GO;
  }
  if ((effects & HOLDFAST_EFFECT_START_DISCOVERY) != 0) {
    HOLDS (world, world->discovery == HELD_NOT);
    HOLDS (world, world->radio_ok);
    world->discovery = HELD_ASKED;
  }
  if ((effects & HOLDFAST_EFFECT_UNREGISTER_AGENT) != 0) {
    HOLDS (world, world->agent == HELD || world->agent == HELD_ASKED);
    HOLDS (world, (effects & HOLDFAST_EFFECT_REGISTER_AGENT) == 0);
    world->agent = HELD_LET_GO;
  }
  if ((effects & HOLDFAST_EFFECT_REGISTER_AGENT) != 0) {
    HOLDS (world, world->agent == HELD_NOT);
    world->agent = HELD_ASKED;
  }
  world->trust_out = world->trust_out || (effects & HOLDFAST_EFFECT_TRUST) != 0;
  world->unblock_out = world->unblock_out || (effects & HOLDFAST_EFFECT_UNBLOCK) != 0;
  if ((effects & HOLDFAST_EFFECT_POWER_ON) != 0) {
    HOLDS (world, !world->power_out);
    world->power_out = TRUE;
  }
}

static void
check_state (World *world)
{
  const HoldfastMachine *machine = &world->fixture.machine;
  HoldfastState state = machine->state;
  gboolean has_cause = state == HOLDFAST_STATE_FAILED || state == HOLDFAST_STATE_WAIT_RADIO
                       || state == HOLDFAST_STATE_ASK_FORGET;

  HOLDS (world, has_cause || machine->failure == HOLDFAST_FAILURE_NONE);
  /* A pairing is forgotten because it failed, or because the person asked to pair again. */
  HOLDS (world,
         !has_cause || state == HOLDFAST_STATE_ASK_FORGET
             || machine->failure != HOLDFAST_FAILURE_NONE);
  if (state == HOLDFAST_STATE_DONE && world->before != HOLDFAST_STATE_DONE) {
    HoldfastDeviceFlags both = HOLDFAST_DEVICE_CONNECTED | HOLDFAST_DEVICE_TRANSPORT;

    HOLDS (world, (world->flags[machine->device] & both) == both);
    world->kept[machine->device] = TRUE;
  }
  /* What the hand does not do any more has an end, but where nothing is held. */
  if (machine->hold_began_us >= 0 && state != HOLDFAST_STATE_HOLD && state != HOLDFAST_STATE_LEAD_IN
      && holdfast_machine_get_first_step (machine) >= 0)
    HOLDS (world, machine->hold_ended_us >= 0);
  if (state == HOLDFAST_STATE_ENDED) {
    HOLDS (world, world->discovery == HELD_NOT || world->discovery == HELD_LET_GO);
    HOLDS (world, world->agent == HELD_NOT || world->agent == HELD_LET_GO);
  }
  if (state == HOLDFAST_STATE_HOLD && machine->deadline_us != G_MAXINT64)
    HOLDS (world, machine->deadline_us - machine->step_began_us <= NEVER_LONGER_US);
  if (machine->config.guide) {
    HOLDS (world, world->discovery == HELD_NOT && world->agent == HELD_NOT);
    HOLDS (world, world->pair_out == 0 && world->connect_out == 0);
  }
}

/* Whatever happened, the person has a way on, and it leads somewhere. */
static void
check_no_dead_end (World *world)
{
  const HoldfastMachine *machine = &world->fixture.machine;
  HoldfastMachine copy = *machine;
  HoldfastEvent back = { .kind = HOLDFAST_EVENT_BACK };
  HoldfastEvent cancel = { .kind = HOLDFAST_EVENT_CANCEL };
  HoldfastEffects effects;

  if (machine->state == HOLDFAST_STATE_ENDED)
    return;
  HOLDS (world, holdfast_machine_accepts (machine, HOLDFAST_EVENT_CANCEL));
  holdfast_machine_step (&copy, &cancel, world->fixture.now_us, &effects);
  HOLDS (world, copy.state == HOLDFAST_STATE_ENDING || copy.state == HOLDFAST_STATE_ENDED);
  if (machine->state == HOLDFAST_STATE_ENDING)
    return;
  HOLDS (world, holdfast_machine_accepts (machine, HOLDFAST_EVENT_BACK));
  copy = *machine;
  holdfast_machine_step (&copy, &back, world->fixture.now_us, &effects);
  HOLDS (world, copy.state != machine->state);
}

static void
check_longest_mark (World *world, const HoldfastEvent *event, guint step, gboolean was_timed)
{
  const HoldfastMachine *machine = &world->fixture.machine;

  if (world->before == HOLDFAST_STATE_HOLD && event->kind == HOLDFAST_EVENT_DEADLINE && was_timed)
    HOLDS (world, machine->state != HOLDFAST_STATE_HOLD || machine->step == step + 1);
}

static void
take_step (World *world)
{
  MachineFixture *fixture = &world->fixture;
  HoldfastEvent event;
  gint64 now_us = choose_event (world, &event);
  guint step = fixture->machine.step;
  gboolean was_timed = now_us >= fixture->machine.deadline_us;
  Remembered *remembered;

  world_before (world, &event);
  holdfast_machine_step (&fixture->machine, &event, now_us, &fixture->effects);
  fixture->now_us = now_us;

  remembered = &world->ring[world->n_ring++ % N_REMEMBERED];
  remembered->event = event;
  remembered->now_us = now_us;
  remembered->state = fixture->machine.state;
  remembered->effects = fixture->effects;
  world->visits[fixture->machine.state]++;
  for (guint i = 0; i < G_N_ELEMENTS (world->n_effects); i++)
    world->n_effects[i] += (fixture->effects >> i) & 1;

  HOLDS (world, fixture->machine.deadline_us >= now_us);
  world_replies (world, &event);
  check_pairing_effects (world, fixture->effects);
  check_resource_effects (world, fixture->effects);
  check_state (world);
  check_no_dead_end (world);
  check_longest_mark (world, &event, step, was_timed);
}

static void
run (guint64 seed)
{
  World *world = g_new0 (World, 1);
  guint n_events = 0;
  guint n_sessions = 0;
  gint64 begin_us = g_get_monotonic_time ();
  gint64 took_us;

  world->seed = seed;
  world->random = seed * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15) + 1;
  machine_fixture_init (&world->fixture);
  while (n_events < N_EVENTS) {
    guint after_the_end = 5; /* late replies */

    begin_session (world);
    n_sessions++;
    for (guint i = 0; i < MAX_STEPS && after_the_end > 0; i++, n_events++) {
      take_step (world);
      if (world->fixture.machine.state == HOLDFAST_STATE_ENDED)
        after_the_end--;
    }
  }
  took_us = MAX (1, g_get_monotonic_time () - begin_us);
  g_test_message ("seed %" G_GUINT64_FORMAT ": %u events in %u sessions, %.0f events a second",
                  seed,
                  n_events,
                  n_sessions,
                  (double) n_events * G_USEC_PER_SEC / (double) took_us);

  for (HoldfastState state = 0; state < HOLDFAST_STATE_MAX; state++) {
    g_test_message (
        "%12s %8" G_GUINT64_FORMAT, holdfast_state_to_string (state), world->visits[state]);
    /* Fewer than this, and the checks above say little about the state. */
    if (world->visits[state] < N_EVENTS / 2000)
      g_error ("%s was hardly visited", holdfast_state_to_string (state));
  }
  for (guint i = 0; i <= 12; i++) {
    if (world->n_effects[i] < N_EVENTS / 2000) {
      g_autofree char *effect = holdfast_effects_to_string (1u << i);

      g_error ("%s was hardly asked for", effect);
    }
  }
  machine_fixture_clear (&world->fixture);
  g_free (world);
}

static void
test_million (void)
{
  const char *seed = g_getenv ("HOLDFAST_TEST_SEED");

  run (seed != NULL ? g_ascii_strtoull (seed, NULL, 10) : 1);
}

static void
test_many_seeds (void)
{
  if (g_getenv ("HOLDFAST_TEST_LONG") == NULL)
    return;
  for (guint64 seed = 2; seed <= 25; seed++)
    run (seed);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/machine/random/million", test_million);
  g_test_add_func ("/core/machine/random/many-seeds", test_many_seeds);

  return g_test_run ();
}
