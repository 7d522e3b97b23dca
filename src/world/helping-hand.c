/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "helping-hand.h"

struct _HoldfastHelpingHand {
  GObject parent_instance;

  HoldfastSession *session;
  HoldfastVirtualHeadset *headset;
  HoldfastControl pressed[2];
};

G_DEFINE_FINAL_TYPE (HoldfastHelpingHand, holdfast_helping_hand, G_TYPE_OBJECT)

static void
let_go (HoldfastHelpingHand *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->pressed); i++) {
    if (self->pressed[i] != HOLDFAST_CONTROL_NONE)
      holdfast_virtual_headset_release (self->headset, self->pressed[i]);
    self->pressed[i] = HOLDFAST_CONTROL_NONE;
  }
}

static void
press (HoldfastHelpingHand *self, const HoldfastStep *step)
{
  if (self->pressed[0] == step->control && self->pressed[1] == step->control2)
    return;
  let_go (self);
  self->pressed[0] = step->control;
  self->pressed[1] = step->control2;
  for (guint i = 0; i < G_N_ELEMENTS (self->pressed); i++)
    if (self->pressed[i] != HOLDFAST_CONTROL_NONE)
      holdfast_virtual_headset_press (self->headset, self->pressed[i]);
}

/* What the "get ready" page asks the person to see to. A cable is left in: people overlook it,
 * until they are asked to look for one. */
static void
get_ready (HoldfastHelpingHand *self, const HoldfastGesture *gesture)
{
  for (guint i = 0; gesture != NULL && i < holdfast_gesture_get_n_steps (gesture); i++) {
    HoldfastAction action = holdfast_gesture_get_step (gesture, i)->action;

    if (action != HOLDFAST_ACTION_UNPLUG_CABLE)
      holdfast_virtual_headset_act (self->headset, action);
  }
}

static void
changed_cb (HoldfastSession *session, HoldfastHelpingHand *self)
{
  const HoldfastMachine *machine = holdfast_session_get_machine (session);
  const HoldfastGesture *gesture = holdfast_machine_get_gesture (machine);
  const HoldfastStep *step = NULL;

  if (machine->state == HOLDFAST_STATE_LEAD_IN)
    get_ready (self, gesture);
  if (machine->state == HOLDFAST_STATE_INVITE && machine->hint == HOLDFAST_HINT_CABLE_OR_CHARGE)
    holdfast_virtual_headset_set_cable (self->headset, FALSE);

  if (machine->state == HOLDFAST_STATE_HOLD && gesture != NULL)
    step = holdfast_gesture_get_step (gesture, machine->step);
  if (step == NULL || step->action != HOLDFAST_ACTION_HOLD
      || (step->only_if_on
          && holdfast_virtual_headset_get_mode (self->headset) == HOLDFAST_VIRTUAL_OFF
          && self->pressed[0] == HOLDFAST_CONTROL_NONE))
    let_go (self);
  else
    press (self, step);
}

static void
holdfast_helping_hand_finalize (GObject *object)
{
  HoldfastHelpingHand *self = HOLDFAST_HELPING_HAND (object);

  let_go (self);
  g_clear_object (&self->session);
  g_clear_object (&self->headset);

  G_OBJECT_CLASS (holdfast_helping_hand_parent_class)->finalize (object);
}

static void
holdfast_helping_hand_class_init (HoldfastHelpingHandClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = holdfast_helping_hand_finalize;
}

static void
holdfast_helping_hand_init (HoldfastHelpingHand *self)
{
}

HoldfastHelpingHand *
holdfast_helping_hand_new (HoldfastSession *session, HoldfastVirtualHeadset *headset)
{
  HoldfastHelpingHand *self = g_object_new (HOLDFAST_TYPE_HELPING_HAND, NULL);

  self->session = g_object_ref (session);
  self->headset = g_object_ref (headset);
  g_signal_connect_object (session, "changed", G_CALLBACK (changed_cb), self, 0);
  return self;
}
