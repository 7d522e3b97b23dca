/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "autopilot.h"

struct _HoldfastAutopilot {
  GObject parent_instance;

  HoldfastSession *session;
  char *address;
  gboolean forget;
};

enum {
  STUCK,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (HoldfastAutopilot, holdfast_autopilot, G_TYPE_OBJECT)

static void
identify (HoldfastAutopilot *self)
{
  g_autoptr (GArray) candidates = holdfast_session_get_candidates (self->session);

  for (guint i = 0; self->address != NULL && i < candidates->len; i++) {
    const HoldfastSighting *candidate = &g_array_index (candidates, HoldfastSighting, i);

    if (g_ascii_strcasecmp (candidate->address, self->address) == 0) {
      holdfast_session_send_device (self->session, HOLDFAST_EVENT_MINE, candidate->id);
      return;
    }
  }
  if (self->address == NULL)
    g_signal_emit (self, signals[STUCK], 0);
}

static void
press_primary (HoldfastAutopilot *self)
{
  const HoldfastMachine *machine = holdfast_session_get_machine (self->session);

  switch (machine->state) {
  case HOLDFAST_STATE_KNOWN:
    holdfast_session_send (self->session,
                           self->forget ? HOLDFAST_EVENT_PAIR_AGAIN : HOLDFAST_EVENT_CONTINUE);
    break;
  case HOLDFAST_STATE_GET_READY:
    if (holdfast_machine_accepts (machine, HOLDFAST_EVENT_CONTINUE))
      holdfast_session_send (self->session, HOLDFAST_EVENT_CONTINUE);
    else
      g_signal_emit (self, signals[STUCK], 0);
    break;
  case HOLDFAST_STATE_INVITE:
    holdfast_session_send (self->session, HOLDFAST_EVENT_START);
    break;
  case HOLDFAST_STATE_HOLD:
    /* A step without a time, such as opening the lid: nobody else can say that it is done. */
    if (holdfast_machine_accepts (machine, HOLDFAST_EVENT_CONTINUE))
      holdfast_session_send (self->session, HOLDFAST_EVENT_CONTINUE);
    break;
  case HOLDFAST_STATE_IDENTIFY:
    identify (self);
    break;
  case HOLDFAST_STATE_ASK_FORGET:
    if (self->forget)
      holdfast_session_send (self->session, HOLDFAST_EVENT_CONTINUE);
    else
      g_signal_emit (self, signals[STUCK], 0);
    break;
  case HOLDFAST_STATE_ASK_WAY:
  case HOLDFAST_STATE_ASK_UNBLOCK:
  case HOLDFAST_STATE_ASK_PIN:
  case HOLDFAST_STATE_FAILED:
  case HOLDFAST_STATE_GUIDE_DONE:
    g_signal_emit (self, signals[STUCK], 0);
    break;
  case HOLDFAST_STATE_DONE:
    holdfast_session_send (self->session, HOLDFAST_EVENT_CONTINUE);
    break;
  case HOLDFAST_STATE_IDLE:
  case HOLDFAST_STATE_WAIT_RADIO: /* it may come back, and then this goes on */
  case HOLDFAST_STATE_LEAD_IN:
  case HOLDFAST_STATE_LOOKING:
  case HOLDFAST_STATE_ASK_LIGHT: /* nobody watches the light; go on listening */
  case HOLDFAST_STATE_FOUND:
  case HOLDFAST_STATE_FORGET:
  case HOLDFAST_STATE_PAIR:
  case HOLDFAST_STATE_PAIR_WAIT:
  case HOLDFAST_STATE_TRUST:
  case HOLDFAST_STATE_CONNECT:
  case HOLDFAST_STATE_CONNECT_WAIT:
  case HOLDFAST_STATE_VERIFY:
  case HOLDFAST_STATE_ENDING:
  case HOLDFAST_STATE_ENDED:
  case HOLDFAST_STATE_MAX:
    break;
  }
}

static void
holdfast_autopilot_finalize (GObject *object)
{
  HoldfastAutopilot *self = HOLDFAST_AUTOPILOT (object);

  g_clear_object (&self->session);
  g_free (self->address);

  G_OBJECT_CLASS (holdfast_autopilot_parent_class)->finalize (object);
}

static void
holdfast_autopilot_class_init (HoldfastAutopilotClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = holdfast_autopilot_finalize;

  signals[STUCK] = g_signal_new (
      "stuck", HOLDFAST_TYPE_AUTOPILOT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
holdfast_autopilot_init (HoldfastAutopilot *self)
{
}

HoldfastAutopilot *
holdfast_autopilot_new (HoldfastSession *session, const HoldfastConsent *consent)
{
  HoldfastAutopilot *self = g_object_new (HOLDFAST_TYPE_AUTOPILOT, NULL);

  self->session = g_object_ref (session);
  self->address = g_strdup (consent->address);
  self->forget = consent->forget;
  g_signal_connect_object (session, "changed", G_CALLBACK (press_primary), self, G_CONNECT_SWAPPED);
  return self;
}
