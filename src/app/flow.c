/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "flow.h"

#include "ask-light-page.h"
#include "ask-way-page.h"
#include "confirm-page.h"
#include "connect-page.h"
#include "done-page.h"
#include "failed-page.h"
#include "get-ready-page.h"
#include "hold-page.h"
#include "identify-page.h"
#include "pin-page.h"
#include "wait-page.h"

typedef GType (*TypeFunc) (void);

static const TypeFunc types[HOLDFAST_STATE_MAX] = {
  [HOLDFAST_STATE_IDLE] = NULL,
  [HOLDFAST_STATE_KNOWN] = holdfast_confirm_page_get_type,
  [HOLDFAST_STATE_GET_READY] = holdfast_get_ready_page_get_type,
  [HOLDFAST_STATE_WAIT_RADIO] = holdfast_wait_page_get_type,
  [HOLDFAST_STATE_ASK_WAY] = holdfast_ask_way_page_get_type,
  [HOLDFAST_STATE_INVITE] = holdfast_hold_page_get_type,
  [HOLDFAST_STATE_LEAD_IN] = holdfast_hold_page_get_type,
  [HOLDFAST_STATE_HOLD] = holdfast_hold_page_get_type,
  [HOLDFAST_STATE_LOOKING] = holdfast_hold_page_get_type,
  [HOLDFAST_STATE_ASK_LIGHT] = holdfast_ask_light_page_get_type,
  [HOLDFAST_STATE_IDENTIFY] = holdfast_identify_page_get_type,
  [HOLDFAST_STATE_FOUND] = holdfast_hold_page_get_type,
  [HOLDFAST_STATE_ASK_FORGET] = holdfast_confirm_page_get_type,
  [HOLDFAST_STATE_ASK_UNBLOCK] = holdfast_confirm_page_get_type,
  [HOLDFAST_STATE_FORGET] = holdfast_connect_page_get_type,
  [HOLDFAST_STATE_PAIR] = holdfast_connect_page_get_type,
  [HOLDFAST_STATE_PAIR_WAIT] = holdfast_connect_page_get_type,
  [HOLDFAST_STATE_ASK_PIN] = holdfast_pin_page_get_type,
  [HOLDFAST_STATE_TRUST] = holdfast_connect_page_get_type,
  [HOLDFAST_STATE_CONNECT] = holdfast_connect_page_get_type,
  [HOLDFAST_STATE_CONNECT_WAIT] = holdfast_connect_page_get_type,
  [HOLDFAST_STATE_VERIFY] = holdfast_connect_page_get_type,
  [HOLDFAST_STATE_DONE] = holdfast_done_page_get_type,
  [HOLDFAST_STATE_GUIDE_DONE] = holdfast_done_page_get_type,
  [HOLDFAST_STATE_FAILED] = holdfast_failed_page_get_type,
  [HOLDFAST_STATE_ENDING] = NULL,
  [HOLDFAST_STATE_ENDED] = NULL,
};

GType
holdfast_flow_get_page_type (HoldfastState state)
{
  g_return_val_if_fail ((guint) state < HOLDFAST_STATE_MAX, G_TYPE_NONE);

  return types[state] != NULL ? types[state]() : G_TYPE_NONE;
}
