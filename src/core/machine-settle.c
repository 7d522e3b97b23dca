/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "machine-private.h"

/* What an event says about the world, whatever the state. Replies settle what they reply to even
 * when they come late, after a cancel or in another state. */

static gboolean
service_is_gone (HoldfastFailure radio)
{
  return radio == HOLDFAST_FAILURE_NO_SERVICE || radio == HOLDFAST_FAILURE_ACCESS_DENIED
         || radio == HOLDFAST_FAILURE_SANDBOX || radio == HOLDFAST_FAILURE_NO_BUS;
}

/* BlueZ ends all discovery when the hardware goes, and forgets agents only with itself. */
static gboolean
discovery_is_gone (HoldfastFailure radio)
{
  return service_is_gone (radio) || radio == HOLDFAST_FAILURE_NO_ADAPTER
         || radio == HOLDFAST_FAILURE_ADAPTER_GONE || radio == HOLDFAST_FAILURE_BLOCKED
         || radio == HOLDFAST_FAILURE_BLOCKED_HARD || radio == HOLDFAST_FAILURE_POWERED_OFF;
}

void
holdfast_machine_set_discovery (HoldfastTurn *turn, HoldfastResource resource)
{
  HoldfastMachine *self = turn->machine;

  if (resource == HOLDFAST_RESOURCE_ON && self->discovery != HOLDFAST_RESOURCE_ON) {
    self->discovery_on_us = turn->now_us;
    if (self->hold_began_us >= 0) {
      self->hold_began_us = MAX (self->hold_began_us, turn->now_us + HOLDFAST_MACHINE_HEARING_US);
      if (holdfast_state_is_listening (self->state))
        turn->effects |= HOLDFAST_EFFECT_REJUDGE;
    }
  } else if (resource != HOLDFAST_RESOURCE_ON) {
    self->discovery_on_us = -1;
  }
  self->discovery = resource;
}

/* Calls that are out get their reply, if only from the bus, so what is between two states waits for
 * it. A Pair that died with the service must not be cancelled: the next service may hold a good
 * bond, which CancelPairing without a pending Pair would delete. */
static void
settle_radio (HoldfastTurn *turn)
{
  HoldfastMachine *self = turn->machine;

  self->radio = turn->event->failure;
  if (discovery_is_gone (self->radio) && self->discovery == HOLDFAST_RESOURCE_ON)
    holdfast_machine_set_discovery (turn, HOLDFAST_RESOURCE_OFF);
  if (service_is_gone (self->radio)) {
    if (self->agent == HOLDFAST_RESOURCE_ON)
      self->agent = HOLDFAST_RESOURCE_OFF;
    self->pair_pending = FALSE;
  }
}

static void
settle_discovery (HoldfastTurn *turn)
{
  HoldfastMachine *self = turn->machine;

  if (turn->event->kind == HOLDFAST_EVENT_DISCOVERY_STOPPED) {
    if (self->discovery != HOLDFAST_RESOURCE_STARTING)
      holdfast_machine_set_discovery (turn, HOLDFAST_RESOURCE_OFF);
  } else if (self->discovery == HOLDFAST_RESOURCE_STARTING) {
    gboolean on = turn->event->failure == HOLDFAST_FAILURE_NONE && !discovery_is_gone (self->radio);

    holdfast_machine_set_discovery (turn, on ? HOLDFAST_RESOURCE_ON : HOLDFAST_RESOURCE_OFF);
  }
}

static void
settle_agent (HoldfastTurn *turn)
{
  HoldfastMachine *self = turn->machine;

  if (turn->event->kind == HOLDFAST_EVENT_AGENT_GONE) {
    if (self->agent != HOLDFAST_RESOURCE_STARTING)
      self->agent = HOLDFAST_RESOURCE_OFF;
  } else if (self->agent == HOLDFAST_RESOURCE_STARTING) {
    gboolean on = turn->event->failure == HOLDFAST_FAILURE_NONE && !service_is_gone (self->radio);

    self->agent = on ? HOLDFAST_RESOURCE_ON : HOLDFAST_RESOURCE_OFF;
  }
}

static gboolean
settle_paired (HoldfastTurn *turn)
{
  HoldfastMachine *self = turn->machine;
  gboolean ok = turn->event->failure == HOLDFAST_FAILURE_NONE;
  gboolean abandoned = self->pair_abandoned;
  guint device = self->pair_device;

  if (!self->pair_due)
    return FALSE;
  self->pair_due = FALSE;
  self->pair_pending = FALSE;
  self->pair_abandoned = FALSE;
  self->pair_device = 0;
  if (turn->event->failure == HOLDFAST_FAILURE_ALREADY_PAIRED && self->bond_device == device)
    self->made_bond = FALSE; /* so the flag that was seen was of an older pairing */

  if (abandoned) {
    /* Too late to be cancelled: a pairing nobody wants any more does not stay. Unless that headset
     * was chosen again meanwhile. */
    if (ok && device == self->device)
      holdfast_machine_mark_bond (self, device);
    else if (ok)
      holdfast_machine_undo_bond (self, device);
    return FALSE;
  }
  if (self->state == HOLDFAST_STATE_PAIR || self->state == HOLDFAST_STATE_ASK_PIN)
    return TRUE;
  if (ok && device == self->device && !self->made_bond && !self->keep_bond)
    holdfast_machine_mark_bond (self, device);
  return FALSE;
}

static gboolean
settle_connected (HoldfastTurn *turn)
{
  HoldfastMachine *self = turn->machine;
  guint device = self->connect_device;

  if (!self->connecting)
    return FALSE;
  self->connecting = FALSE;
  self->connect_device = 0;
  if (device != self->device)
    return FALSE;
  /* The reply to an earlier try says something new only if it is a yes. */
  return self->state != HOLDFAST_STATE_CONNECT || self->connect_asked
         || turn->event->failure == HOLDFAST_FAILURE_NONE;
}

/* bluetoothd died before it answered: the half-made pairing may still be on disk. If it is, it
 * comes back under another id, and has to go then. */
static void
settle_undone (HoldfastTurn *turn)
{
  HoldfastMachine *self = turn->machine;

  if (self->undoing != turn->removed)
    return;
  self->undoing = 0;
  if (turn->event->failure != HOLDFAST_FAILURE_NO_SERVICE || self->made_bond)
    return;
  self->made_bond = TRUE;
  self->keep_bond = FALSE;
  self->bond_device = 0;
}

static gboolean
settle_removed (HoldfastTurn *turn)
{
  HoldfastMachine *self = turn->machine;
  HoldfastFailure failure = turn->event->failure;

  if (!self->removing)
    return FALSE;
  self->removing = FALSE;
  turn->removed = self->remove_device;
  self->remove_device = self->remove_next;
  self->remove_next = 0;
  settle_undone (turn);
  if (failure == HOLDFAST_FAILURE_NONE || failure == HOLDFAST_FAILURE_LEFT_PAIRING_MODE) {
    if (self->bond_device == turn->removed)
      self->made_bond = FALSE;
    if (self->known_device == turn->removed)
      self->known_device = 0;
  }
  return TRUE;
}

static void
settle_device (HoldfastTurn *turn)
{
  HoldfastMachine *self = turn->machine;
  const HoldfastEvent *event = turn->event;
  HoldfastDeviceFlags flags = event->kind == HOLDFAST_EVENT_GONE ? 0 : event->flags;

  if (event->device == 0)
    return;
  if (event->device == self->device) {
    self->flags = flags;
    if ((flags & HOLDFAST_DEVICE_PAIRED) != 0)
      self->unstored = (flags & HOLDFAST_DEVICE_UNSTORED) != 0;
  }
  if (event->device == self->known_device)
    self->known_flags = flags;
  if (event->kind == HOLDFAST_EVENT_GONE) {
    if (event->device == self->known_device)
      self->known_device = 0;
    if (event->device == self->bond_device) {
      /* With the radio goes every object; what is paired is on disk, and comes back. */
      if (holdfast_machine_has_radio (self))
        self->made_bond = FALSE;
      self->bond_device = 0;
    }
  }
}

/* Our bond is back under its new id. Of two it is not known which is ours: then neither is, since
 * what is ours may be removed. */
static void
settle_known (HoldfastTurn *turn)
{
  HoldfastMachine *self = turn->machine;

  if (turn->event->device != 0 && self->made_bond && self->bond_device == 0 && !self->knows_another)
    self->bond_device = turn->event->device;
}

static void
settle_verdict (HoldfastTurn *turn)
{
  HoldfastMachine *self = turn->machine;
  const HoldfastVerdict *verdict = &turn->event->verdict;

  self->verdict = *verdict;
  if (self->window_began_us < 0 && verdict->device != 0 && verdict->device != self->snoozed
      && (verdict->kind == HOLDFAST_VERDICT_CERTAIN || verdict->kind == HOLDFAST_VERDICT_ASK)
      && holdfast_state_is_listening (self->state))
    self->window_began_us = turn->now_us;
}

gboolean
holdfast_machine_settle (HoldfastTurn *turn)
{
  HoldfastMachine *self = turn->machine;

  /* Nothing comes from a radio that is not there. */
  if (self->config.guide && turn->event->kind >= HOLDFAST_EVENT_RADIO
      && turn->event->kind < HOLDFAST_EVENT_RESUMED)
    return FALSE;

  switch (turn->event->kind) {
  case HOLDFAST_EVENT_RADIO:
    settle_radio (turn);
    return TRUE;
  case HOLDFAST_EVENT_DISCOVERY_STARTED:
  case HOLDFAST_EVENT_DISCOVERY_STOPPED:
    settle_discovery (turn);
    return TRUE;
  case HOLDFAST_EVENT_AGENT_REGISTERED:
  case HOLDFAST_EVENT_AGENT_GONE:
    settle_agent (turn);
    return TRUE;
  case HOLDFAST_EVENT_PAIRED:
    return settle_paired (turn);
  case HOLDFAST_EVENT_CONNECTED:
    return settle_connected (turn);
  case HOLDFAST_EVENT_REMOVED:
    return settle_removed (turn);
  case HOLDFAST_EVENT_POWERED:
    self->powering = FALSE;
    return TRUE;
  case HOLDFAST_EVENT_DEVICE:
  case HOLDFAST_EVENT_GONE:
    settle_device (turn);
    return TRUE;
  case HOLDFAST_EVENT_KNOWN_DEVICE:
    settle_known (turn);
    return TRUE;
  case HOLDFAST_EVENT_VERDICT:
    settle_verdict (turn);
    return TRUE;
  case HOLDFAST_EVENT_DEADLINE:
    return turn->now_us >= self->deadline_us;
  case HOLDFAST_EVENT_BEGIN:
  case HOLDFAST_EVENT_CONTINUE:
  case HOLDFAST_EVENT_BACK:
  case HOLDFAST_EVENT_CANCEL:
  case HOLDFAST_EVENT_START:
  case HOLDFAST_EVENT_HOLDING_NOW:
  case HOLDFAST_EVENT_AGAIN:
  case HOLDFAST_EVENT_ANSWER_WAY:
  case HOLDFAST_EVENT_ANSWER_LIGHT:
  case HOLDFAST_EVENT_MINE:
  case HOLDFAST_EVENT_NOT_MINE:
  case HOLDFAST_EVENT_REPAIR:
  case HOLDFAST_EVENT_SOMETHING_ELSE:
  case HOLDFAST_EVENT_PAIR_AGAIN:
  case HOLDFAST_EVENT_PIN:
  case HOLDFAST_EVENT_PAIRING_CANCELLED:
  case HOLDFAST_EVENT_TRUSTED:
  case HOLDFAST_EVENT_UNBLOCKED:
  case HOLDFAST_EVENT_PIN_ASKED:
  case HOLDFAST_EVENT_RESUMED:
    return TRUE;
  case HOLDFAST_EVENT_MAX:
    break;
  }
  g_return_val_if_reached (FALSE);
}
