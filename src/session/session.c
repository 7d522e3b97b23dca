/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "session.h"

/* A headset in pairing mode is seen soonest on the classic side alone (1 s against 5.5 s); the LE
 * side tells "on, but not in pairing mode yet". So short turns of both, only while nobody holds. */
#define CLASSIC_TURN_US (12 * G_USEC_PER_SEC)
#define BOTH_TURN_US (6 * G_USEC_PER_SEC)

/* Shorter jumps of the sleeping time are measuring noise. */
#define SLEPT_US (2 * G_USEC_PER_SEC)

struct _HoldfastSession {
  GObject parent_instance;

  HoldfastCatalogue *catalogue;
  HoldfastHeadset *headset;
  HoldfastRadio *radio;
  HoldfastClock *clock;
  HoldfastDetector *detector;
  HoldfastMachine machine;
  GPtrArray *ways; /* (nullable): those that an answer left; borrowed from the headset */

  GArray *queue; /* of HoldfastEvent: events that came while one was being worked on */
  gboolean working;
  gboolean changed;
  gboolean rejudge;
  gint64 rejudge_us;
  HoldfastListening listening;
  guint freeing;       /* disconnects of other headsets that are under way */
  char *bond_address;  /* whom this session paired */
  char *known_address; /* whom the person chose among those that are known; NULL for any */
  guint alarm;
  gint64 asleep_us;
  GCancellable *cancellable;
};

enum {
  CHANGED,
  STEPPED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (HoldfastSession, holdfast_session, G_TYPE_OBJECT)

static void session_feed (HoldfastSession *self, const HoldfastEvent *event);

/* A call that is out does not keep the session: whoever lets go of it in the middle of a Pair must
 * have that Pair cancelled now, and not when it has ended. */
typedef struct {
  GWeakRef session;
  HoldfastEventKind reply;
  guint device;
} Reply;

static void
reply_free (Reply *reply)
{
  g_weak_ref_clear (&reply->session);
  g_free (reply);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Reply, reply_free)

static void
verb_done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Reply) reply = user_data;
  g_autoptr (HoldfastSession) self = g_weak_ref_get (&reply->session);
  HoldfastEvent event = { .kind = reply->reply, .device = reply->device };

  event.failure = holdfast_radio_run_finish (HOLDFAST_RADIO (source), result, NULL);
  if (self != NULL)
    session_feed (self, &event);
}

static void
ask_radio (
    HoldfastSession *self, HoldfastVerb verb, guint device, int arg, HoldfastEventKind reply_kind)
{
  Reply *reply = NULL;

  /* The machine asks a guide for nothing. */
  g_assert (self->radio != NULL);

  reply = g_new0 (Reply, 1);
  g_weak_ref_init (&reply->session, self);
  reply->reply = reply_kind;
  reply->device = device;
  holdfast_radio_run_async (self->radio, verb, device, arg, self->cancellable, verb_done_cb, reply);
}

/* While somebody holds, and while it is asked whose headset it is, nearness decides. */
static gboolean
nearness_counts (HoldfastState state)
{
  return state != HOLDFAST_STATE_INVITE && state != HOLDFAST_STATE_ASK_LIGHT;
}

static HoldfastListening
wanted_listening (HoldfastSession *self, gint64 now_us, gint64 *ret_until_us)
{
  HoldfastState state = self->machine.state;
  HoldfastListening packets
      = nearness_counts (state) ? HOLDFAST_LISTENING_EVERY_PACKET : HOLDFAST_LISTENING_CLASSIC;
  gint64 cycle_us = CLASSIC_TURN_US + BOTH_TURN_US;
  gint64 since_us = now_us - self->machine.entered_us;
  gint64 began_us = now_us - since_us % cycle_us;

  *ret_until_us = G_MAXINT64;
  if (state != HOLDFAST_STATE_INVITE && state != HOLDFAST_STATE_LOOKING
      && state != HOLDFAST_STATE_ASK_LIGHT)
    return packets;

  if (since_us % cycle_us < CLASSIC_TURN_US) {
    *ret_until_us = began_us + CLASSIC_TURN_US;
    return packets;
  }
  *ret_until_us = began_us + cycle_us;
  return packets | HOLDFAST_LISTENING_BOTH;
}

static void
listening_changed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  /* The old filter still listens: nothing is lost, and the next turn tries again. */
  holdfast_radio_run_finish (HOLDFAST_RADIO (source), result, NULL);
}

static gint64
update_listening (HoldfastSession *self, gint64 now_us)
{
  gint64 until_us = G_MAXINT64;
  HoldfastListening wanted = HOLDFAST_LISTENING_CLASSIC;

  if (self->radio == NULL || self->machine.discovery != HOLDFAST_RESOURCE_ON
      || !holdfast_state_is_listening (self->machine.state))
    return G_MAXINT64;

  wanted = wanted_listening (self, now_us, &until_us);
  if (wanted != self->listening) {
    self->listening = wanted;
    holdfast_radio_run_async (self->radio,
                              HOLDFAST_VERB_START_DISCOVERY,
                              0,
                              wanted,
                              self->cancellable,
                              listening_changed_cb,
                              NULL);
  }
  return until_us;
}

static void
start_discovery (HoldfastSession *self, gint64 now_us)
{
  gint64 until_us = 0;

  self->listening = wanted_listening (self, now_us, &until_us);
  ask_radio (
      self, HOLDFAST_VERB_START_DISCOVERY, 0, self->listening, HOLDFAST_EVENT_DISCOVERY_STARTED);
}

static guint
device_of (const HoldfastMachine *machine, HoldfastEffects effect)
{
  if (effect == HOLDFAST_EFFECT_CANCEL_PAIRING || effect == HOLDFAST_EFFECT_PAIR)
    return machine->pair_device;
  if (effect == HOLDFAST_EFFECT_REMOVE)
    return machine->remove_device;
  return machine->device;
}

static void
carry_out (HoldfastSession *self, HoldfastEffects effects, gint64 now_us)
{
  static const struct {
    HoldfastEffects effect;
    HoldfastVerb verb;
    HoldfastEventKind reply;
  } table[] = {
    { HOLDFAST_EFFECT_CANCEL_PAIRING,
     HOLDFAST_VERB_CANCEL_PAIRING,                                      HOLDFAST_EVENT_PAIRING_CANCELLED },
    { HOLDFAST_EFFECT_STOP_DISCOVERY,
     HOLDFAST_VERB_STOP_DISCOVERY,                                      HOLDFAST_EVENT_DISCOVERY_STOPPED },
    { HOLDFAST_EFFECT_UNREGISTER_AGENT, HOLDFAST_VERB_UNREGISTER_AGENT, HOLDFAST_EVENT_AGENT_GONE        },
    { HOLDFAST_EFFECT_REMOVE,           HOLDFAST_VERB_REMOVE,           HOLDFAST_EVENT_REMOVED           },
    { HOLDFAST_EFFECT_POWER_ON,         HOLDFAST_VERB_POWER_ON,         HOLDFAST_EVENT_POWERED           },
    { HOLDFAST_EFFECT_REGISTER_AGENT,
     HOLDFAST_VERB_REGISTER_AGENT,                                      HOLDFAST_EVENT_AGENT_REGISTERED  },
    { HOLDFAST_EFFECT_UNBLOCK,          HOLDFAST_VERB_UNBLOCK,          HOLDFAST_EVENT_UNBLOCKED         },
    { HOLDFAST_EFFECT_PAIR,             HOLDFAST_VERB_PAIR,             HOLDFAST_EVENT_PAIRED            },
    { HOLDFAST_EFFECT_TRUST,            HOLDFAST_VERB_TRUST,            HOLDFAST_EVENT_TRUSTED           },
    { HOLDFAST_EFFECT_CONNECT,          HOLDFAST_VERB_CONNECT,          HOLDFAST_EVENT_CONNECTED         },
  };

  if (self->radio != NULL)
    holdfast_radio_set_agent_device (self->radio, self->machine.device);

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (effects & table[i].effect)
      ask_radio (
          self, table[i].verb, device_of (&self->machine, table[i].effect), 0, table[i].reply);

  if (effects & HOLDFAST_EFFECT_START_DISCOVERY)
    start_discovery (self, now_us);
  if (effects & HOLDFAST_EFFECT_RESET_DETECTOR)
    holdfast_detector_reset (self->detector);
  if (effects & HOLDFAST_EFFECT_REJUDGE)
    self->rejudge = TRUE;
}

static void
step (HoldfastSession *self, const HoldfastEvent *event)
{
  HoldfastEffects effects = 0;
  gint64 now_us = holdfast_clock_get_now_us (self->clock);
  HoldfastStepRecord record = {
    .now_us = now_us,
    .event = *event,
    .from = self->machine.state,
  };
  gboolean changed = holdfast_machine_step (&self->machine, event, now_us, &effects);

  record.to = self->machine.state;
  record.effects = effects;
  g_debug ("%s + %s -> %s",
           holdfast_state_to_string (record.from),
           holdfast_event_to_string (event->kind),
           holdfast_state_to_string (record.to));
  carry_out (self, effects, now_us);
  g_signal_emit (self, signals[STEPPED], 0, &record);
  self->changed |= changed;
}

/* Asks the detector, and tells the machine when the answer is another one, or was asked for. */
static void
judge (HoldfastSession *self)
{
  HoldfastEvent event = { .kind = HOLDFAST_EVENT_VERDICT };
  gint64 now_us = holdfast_clock_get_now_us (self->clock);
  gboolean asked = self->rejudge;

  self->rejudge = FALSE;
  self->rejudge_us = G_MAXINT64;
  if (!holdfast_state_is_listening (self->machine.state))
    return;

  holdfast_detector_set_hold_ended (self->detector, self->machine.hold_ended_us);
  self->rejudge_us = holdfast_detector_judge (
      self->detector, self->machine.hold_began_us, now_us, &event.verdict);
  if (asked || !holdfast_verdict_equal (&event.verdict, &self->machine.verdict)) {
    event.device = event.verdict.device;
    step (self, &event);
  }
}

static void alarm_cb (gpointer user_data);

static void
set_alarm (HoldfastSession *self)
{
  gint64 now_us = holdfast_clock_get_now_us (self->clock);
  gint64 at_us = MIN (self->machine.deadline_us, self->rejudge_us);

  at_us = MIN (at_us, update_listening (self, now_us));
  holdfast_clock_clear_alarm (self->clock, &self->alarm);
  if (at_us != G_MAXINT64)
    self->alarm = holdfast_clock_set_alarm (self->clock, at_us, alarm_cb, self);
}

static void
notice_sleep (HoldfastSession *self)
{
  HoldfastEvent event = { .kind = HOLDFAST_EVENT_RESUMED };
  gint64 asleep_us = holdfast_clock_get_asleep_us (self->clock);

  if (asleep_us - self->asleep_us > SLEPT_US)
    step (self, &event);
  self->asleep_us = asleep_us;
}

static void
work (HoldfastSession *self)
{
  do {
    while (self->queue->len > 0) {
      HoldfastEvent next = g_array_index (self->queue, HoldfastEvent, 0);

      g_array_remove_index (self->queue, 0);
      step (self, &next);
    }
    judge (self);
  } while (self->queue->len > 0 || self->rejudge);
}

/* Works on @event and on all that comes of it. Events may arrive while listeners run: they wait in
 * the queue, so that a step never begins inside another, and "changed" tells of settled states
 * only. */
static void
session_feed (HoldfastSession *self, const HoldfastEvent *event)
{
  g_autoptr (HoldfastSession) keep = g_object_ref (self);

  if (event != NULL)
    g_array_append_val (self->queue, *event);
  if (self->working)
    return;

  self->working = TRUE;
  notice_sleep (self);
  do {
    work (self);
    if (self->changed) {
      self->changed = FALSE;
      g_signal_emit (self, signals[CHANGED], 0);
    }
  } while (self->queue->len > 0);
  self->working = FALSE;
  set_alarm (self);
}

static void
alarm_cb (gpointer user_data)
{
  HoldfastSession *self = user_data;
  HoldfastEvent event = { .kind = HOLDFAST_EVENT_DEADLINE };

  self->alarm = 0;
  if (holdfast_clock_get_now_us (self->clock) >= self->machine.deadline_us)
    session_feed (self, &event);
  else
    session_feed (self, NULL);
}

static HoldfastDeviceFlags
flags_of (const HoldfastSighting *sighting)
{
  HoldfastDeviceFlags flags = 0;

  if (sighting->paired)
    flags |= HOLDFAST_DEVICE_PAIRED;
  if (sighting->unstored)
    flags |= HOLDFAST_DEVICE_UNSTORED;
  if (sighting->connected)
    flags |= HOLDFAST_DEVICE_CONNECTED;
  if (sighting->transport)
    flags |= HOLDFAST_DEVICE_TRANSPORT;
  if (sighting->blocked)
    flags |= HOLDFAST_DEVICE_BLOCKED;
  return flags;
}

typedef struct {
  HoldfastSession *session;
  guint device;
  HoldfastDeviceFlags flags;
} KnownSearch;

static gboolean
is_known_headset (HoldfastSession *self, const HoldfastSighting *sighting)
{
  if (self->bond_address != NULL && g_str_equal (self->bond_address, sighting->address))
    return TRUE;
  if (self->known_address != NULL)
    return g_str_equal (self->known_address, sighting->address);
  return holdfast_sighting_is_model (sighting, self->catalogue, self->headset);
}

static void
find_known_cb (const HoldfastSighting *sighting, gpointer user_data)
{
  KnownSearch *search = user_data;
  HoldfastSession *self = search->session;

  if (!sighting->paired || !is_known_headset (self, sighting))
    return;
  /* So that it is known for the same headset should its pairing have to be removed. */
  holdfast_detector_observe (self->detector, sighting, holdfast_clock_get_now_us (self->clock));
  if (search->device != 0 && !sighting->connected)
    return;
  search->device = sighting->id;
  search->flags = flags_of (sighting);
}

/* Into the queue: whether the radio is ready, and whom this computer already knows. */
static void
tell_radio (HoldfastSession *self)
{
  HoldfastEvent event = { .kind = HOLDFAST_EVENT_RADIO };
  KnownSearch search = { .session = self };

  event.failure = holdfast_radio_get_readiness (self->radio);
  g_array_append_val (self->queue, event);
  holdfast_radio_foreach (self->radio, find_known_cb, &search);
  if (search.device == 0)
    return;
  event = (HoldfastEvent) {
    .kind = HOLDFAST_EVENT_KNOWN_DEVICE,
    .device = search.device,
    .flags = search.flags,
  };
  g_array_append_val (self->queue, event);
}

static void
readiness_changed_cb (HoldfastRadio *radio, HoldfastSession *self)
{
  if (self->machine.state == HOLDFAST_STATE_IDLE
      || holdfast_radio_get_readiness (radio) == self->machine.radio)
    return;
  tell_radio (self);
  session_feed (self, NULL);
}

static void
sighted_cb (HoldfastRadio *radio, const HoldfastSighting *sighting, HoldfastSession *self)
{
  holdfast_detector_observe (self->detector, sighting, holdfast_clock_get_now_us (self->clock));
  if (holdfast_state_is_listening (self->machine.state))
    session_feed (self, NULL);
}

static gboolean
concerns_machine (HoldfastSession *self, guint device)
{
  const HoldfastMachine *machine = &self->machine;

  return device == machine->device || device == machine->known_device
         || device == machine->bond_device || device == machine->pair_device
         || device == machine->remove_device;
}

/* Ids end with the service that gave them; an address stays. */
static void
remember_bond (HoldfastSession *self, const HoldfastSighting *sighting)
{
  if (sighting->paired && self->machine.made_bond)
    g_set_str (&self->bond_address, sighting->address);
}

static void
device_changed_cb (HoldfastRadio *radio, const HoldfastSighting *sighting, HoldfastSession *self)
{
  HoldfastEvent event = { .kind = HOLDFAST_EVENT_DEVICE, .device = sighting->id };

  /* Also what is only remembered: the detector knows a headset again whose pairing was removed. */
  if (sighting->paired)
    holdfast_detector_observe (self->detector, sighting, holdfast_clock_get_now_us (self->clock));
  event.flags = flags_of (sighting);
  if (sighting->id == self->machine.device) {
    remember_bond (self, sighting);
    if (event.flags != self->machine.flags)
      session_feed (self, &event);
  } else if (concerns_machine (self, sighting->id)) {
    session_feed (self, &event);
  }
}

static void
gone_cb (HoldfastRadio *radio, guint device, HoldfastSession *self)
{
  HoldfastEvent event = { .kind = HOLDFAST_EVENT_GONE, .device = device };

  /* All devices go with the service. That is the service's doing, not the headset's: say so first,
   * or the pairing would count as lost. */
  readiness_changed_cb (radio, self);
  holdfast_detector_lose (self->detector, device, holdfast_clock_get_now_us (self->clock));
  if (concerns_machine (self, device))
    session_feed (self, &event);
  else if (holdfast_state_is_listening (self->machine.state))
    session_feed (self, NULL);
}

static void
pin_requested_cb (HoldfastRadio *radio, HoldfastSession *self)
{
  HoldfastEvent event = { .kind = HOLDFAST_EVENT_PIN_ASKED };

  event.device = self->machine.device;
  session_feed (self, &event);
}

static void
agent_lost_cb (HoldfastRadio *radio, HoldfastSession *self)
{
  HoldfastEvent event = { .kind = HOLDFAST_EVENT_AGENT_GONE };

  session_feed (self, &event);
}

/* All in one go, so that nobody who listens acts on the first event without the others. */
static void
begin (HoldfastSession *self)
{
  HoldfastEvent event = { .kind = HOLDFAST_EVENT_BEGIN };

  g_array_append_val (self->queue, event);
  if (self->radio != NULL)
    tell_radio (self);
  session_feed (self, NULL);
}

typedef struct {
  HoldfastSession *session;
  guint own;
} Freeing;

static void
freed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HoldfastSession) self = user_data;
  HoldfastEvent event = { .kind = HOLDFAST_EVENT_REPAIR };

  /* One that does not let go is found out by the next try. */
  holdfast_radio_run_finish (HOLDFAST_RADIO (source), result, NULL);
  if (--self->freeing == 0)
    session_feed (self, &event);
}

static void
free_other_cb (const HoldfastSighting *sighting, gpointer user_data)
{
  Freeing *freeing = user_data;
  HoldfastSession *self = freeing->session;

  if (!sighting->transport || sighting->id == freeing->own)
    return;
  self->freeing++;
  holdfast_radio_run_async (self->radio,
                            HOLDFAST_VERB_DISCONNECT,
                            sighting->id,
                            0,
                            self->cancellable,
                            freed_cb,
                            g_object_ref (self));
}

/* The person pressed "disconnect the other one": that first, and then the repair itself. Returns
 * FALSE if there is nothing to wait for. */
static gboolean
free_sound (HoldfastSession *self)
{
  Freeing freeing = { .session = self, .own = self->machine.device };

  if (self->machine.state != HOLDFAST_STATE_FAILED
      || holdfast_failure_get_repair (self->machine.failure) != HOLDFAST_REPAIR_FREE_SOUND)
    return FALSE;
  if (self->freeing == 0)
    holdfast_radio_foreach (self->radio, free_other_cb, &freeing);
  return self->freeing > 0;
}

void
holdfast_session_send (HoldfastSession *self, HoldfastEventKind intent)
{
  holdfast_session_send_answer (self, intent, 0);
}

void
holdfast_session_send_answer (HoldfastSession *self, HoldfastEventKind intent, int answer)
{
  HoldfastEvent event = { .kind = intent, .arg = answer };

  g_return_if_fail (HOLDFAST_IS_SESSION (self));

  if (intent == HOLDFAST_EVENT_BEGIN) {
    begin (self);
    return;
  }
  if (intent == HOLDFAST_EVENT_CANCEL && self->machine.state == HOLDFAST_STATE_ASK_PIN)
    holdfast_radio_refuse_pin (self->radio);
  if (intent == HOLDFAST_EVENT_REPAIR && self->radio != NULL && free_sound (self))
    return;
  session_feed (self, &event);
}

void
holdfast_session_send_device (HoldfastSession *self, HoldfastEventKind intent, guint device)
{
  HoldfastEvent event = { .kind = intent, .device = device };
  HoldfastSighting sighting;

  g_return_if_fail (HOLDFAST_IS_SESSION (self));

  if (intent == HOLDFAST_EVENT_NOT_MINE)
    holdfast_detector_refuse (self->detector, device);
  if (self->radio != NULL && holdfast_radio_get_sighting (self->radio, device, &sighting))
    event.flags = flags_of (&sighting);
  session_feed (self, &event);
}

gboolean
holdfast_session_send_pin (HoldfastSession *self, const char *pin)
{
  g_return_val_if_fail (HOLDFAST_IS_SESSION (self), FALSE);
  g_return_val_if_fail (pin != NULL, FALSE);

  if (self->machine.state != HOLDFAST_STATE_ASK_PIN || !holdfast_radio_give_pin (self->radio, pin))
    return FALSE;

  holdfast_session_send (self, HOLDFAST_EVENT_PIN);
  return TRUE;
}

/* The machine is half way: release what it holds, and do not wait for the answers. */
static void
release_at_once (HoldfastSession *self)
{
  const HoldfastMachine *machine = &self->machine;

  if (machine->pair_pending && !machine->pair_abandoned)
    holdfast_radio_run_async (
        self->radio, HOLDFAST_VERB_CANCEL_PAIRING, machine->pair_device, 0, NULL, NULL, NULL);
  if (machine->made_bond && !machine->keep_bond)
    holdfast_radio_run_async (
        self->radio, HOLDFAST_VERB_REMOVE, machine->bond_device, 0, NULL, NULL, NULL);
  if (machine->discovery == HOLDFAST_RESOURCE_ON
      || machine->discovery == HOLDFAST_RESOURCE_STARTING)
    holdfast_radio_run_async (self->radio, HOLDFAST_VERB_STOP_DISCOVERY, 0, 0, NULL, NULL, NULL);
  if (machine->agent == HOLDFAST_RESOURCE_ON || machine->agent == HOLDFAST_RESOURCE_STARTING)
    holdfast_radio_run_async (self->radio, HOLDFAST_VERB_UNREGISTER_AGENT, 0, 0, NULL, NULL, NULL);
}

static void
holdfast_session_dispose (GObject *object)
{
  HoldfastSession *self = HOLDFAST_SESSION (object);

  if (self->clock != NULL)
    holdfast_clock_clear_alarm (self->clock, &self->alarm);
  g_cancellable_cancel (self->cancellable);
  if (self->radio != NULL)
    release_at_once (self);
  g_clear_object (&self->radio);
  g_clear_object (&self->clock);
  g_clear_object (&self->headset);
  g_clear_object (&self->catalogue);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->detector, holdfast_detector_free);
  g_clear_pointer (&self->queue, g_array_unref);
  g_clear_pointer (&self->ways, g_ptr_array_unref);
  g_clear_pointer (&self->bond_address, g_free);
  g_clear_pointer (&self->known_address, g_free);

  G_OBJECT_CLASS (holdfast_session_parent_class)->dispose (object);
}

static void
holdfast_session_class_init (HoldfastSessionClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = holdfast_session_dispose;

  signals[CHANGED] = g_signal_new (
      "changed", HOLDFAST_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[STEPPED] = g_signal_new ("stepped",
                                   HOLDFAST_TYPE_SESSION,
                                   G_SIGNAL_RUN_LAST,
                                   0,
                                   NULL,
                                   NULL,
                                   NULL,
                                   G_TYPE_NONE,
                                   1,
                                   G_TYPE_POINTER);
}

static void
holdfast_session_init (HoldfastSession *self)
{
  self->queue = g_array_new (FALSE, FALSE, sizeof (HoldfastEvent));
  self->cancellable = g_cancellable_new ();
  self->rejudge_us = G_MAXINT64;
}

HoldfastSession *
holdfast_session_new (HoldfastCatalogue *catalogue,
                      HoldfastHeadset *headset,
                      HoldfastRadio *radio,
                      HoldfastClock *clock)
{
  HoldfastSession *self = NULL;
  HoldfastMachineConfig config = { 0 };

  g_return_val_if_fail (HOLDFAST_IS_CATALOGUE (catalogue), NULL);
  g_return_val_if_fail (HOLDFAST_IS_HEADSET (headset), NULL);
  g_return_val_if_fail (radio == NULL || HOLDFAST_IS_RADIO (radio), NULL);
  g_return_val_if_fail (HOLDFAST_IS_CLOCK (clock), NULL);

  self = g_object_new (HOLDFAST_TYPE_SESSION, NULL);
  self->catalogue = g_object_ref (catalogue);
  self->headset = g_object_ref (headset);
  self->clock = g_object_ref (clock);
  self->asleep_us = holdfast_clock_get_asleep_us (clock);
  self->detector = holdfast_detector_new (catalogue, headset);
  config.ways = holdfast_headset_get_pairing_ways (headset);
  config.question = holdfast_headset_get_question (headset);
  config.guide = radio == NULL;
  config.lead_in_us = 3 * G_USEC_PER_SEC;
  holdfast_machine_init (&self->machine, &config);
  if (radio == NULL)
    return self;

  self->radio = g_object_ref (radio);
  g_signal_connect_object (radio, "readiness-changed", G_CALLBACK (readiness_changed_cb), self, 0);
  g_signal_connect_object (radio, "sighted", G_CALLBACK (sighted_cb), self, 0);
  g_signal_connect_object (radio, "device-changed", G_CALLBACK (device_changed_cb), self, 0);
  g_signal_connect_object (radio, "gone", G_CALLBACK (gone_cb), self, 0);
  g_signal_connect_object (radio, "pin-requested", G_CALLBACK (pin_requested_cb), self, 0);
  g_signal_connect_object (radio, "agent-lost", G_CALLBACK (agent_lost_cb), self, 0);
  return self;
}

void
holdfast_session_set_known_address (HoldfastSession *self, const char *address)
{
  g_return_if_fail (HOLDFAST_IS_SESSION (self));
  g_return_if_fail (self->machine.state == HOLDFAST_STATE_IDLE);

  g_set_str (&self->known_address, address);
}

void
holdfast_session_set_lead_in_us (HoldfastSession *self, gint64 lead_in_us)
{
  g_return_if_fail (HOLDFAST_IS_SESSION (self));
  g_return_if_fail (lead_in_us >= 0);

  self->machine.config.lead_in_us = lead_in_us;
}

void
holdfast_session_set_case_button (HoldfastSession *self, HoldfastTristate case_button)
{
  GPtrArray *all;
  gboolean answer = case_button == HOLDFAST_TRISTATE_YES;

  g_return_if_fail (HOLDFAST_IS_SESSION (self));
  g_return_if_fail (case_button != HOLDFAST_TRISTATE_UNKNOWN);
  g_return_if_fail (self->machine.state == HOLDFAST_STATE_IDLE);

  all = self->machine.config.ways;
  if (self->machine.config.question != HOLDFAST_QUESTION_CASE_BUTTON || self->ways != NULL)
    return;
  self->ways = g_ptr_array_new ();
  for (guint i = 0; i < all->len; i++) {
    const HoldfastGesture *way = g_ptr_array_index (all, i);

    if (way->question != HOLDFAST_QUESTION_CASE_BUTTON || way->question_answer == answer)
      g_ptr_array_add (self->ways, (gpointer) way);
  }
  self->machine.config.ways = self->ways;
  self->machine.config.question = HOLDFAST_QUESTION_NONE;
}

const HoldfastMachine *
holdfast_session_get_machine (HoldfastSession *self)
{
  g_return_val_if_fail (HOLDFAST_IS_SESSION (self), NULL);

  return &self->machine;
}

HoldfastState
holdfast_session_get_state (HoldfastSession *self)
{
  g_return_val_if_fail (HOLDFAST_IS_SESSION (self), HOLDFAST_STATE_IDLE);

  return self->machine.state;
}

HoldfastHeadset *
holdfast_session_get_headset (HoldfastSession *self)
{
  g_return_val_if_fail (HOLDFAST_IS_SESSION (self), NULL);

  return self->headset;
}

HoldfastClock *
holdfast_session_get_clock (HoldfastSession *self)
{
  g_return_val_if_fail (HOLDFAST_IS_SESSION (self), NULL);

  return self->clock;
}

HoldfastRadio *
holdfast_session_get_radio (HoldfastSession *self)
{
  g_return_val_if_fail (HOLDFAST_IS_SESSION (self), NULL);

  return self->radio;
}

GArray *
holdfast_session_get_candidates (HoldfastSession *self)
{
  g_return_val_if_fail (HOLDFAST_IS_SESSION (self), NULL);

  return holdfast_detector_get_candidates (
      self->detector, self->machine.hold_began_us, holdfast_clock_get_now_us (self->clock));
}

gboolean
holdfast_session_get_device (HoldfastSession *self, HoldfastSighting *ret_sighting)
{
  g_return_val_if_fail (HOLDFAST_IS_SESSION (self), FALSE);
  g_return_val_if_fail (ret_sighting != NULL, FALSE);

  return self->radio != NULL && self->machine.device != 0
         && holdfast_radio_get_sighting (self->radio, self->machine.device, ret_sighting);
}
