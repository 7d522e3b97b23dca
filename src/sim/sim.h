/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "clock.h"
#include "headset.h"
#include "virtual-headset.h"

G_BEGIN_DECLS

/**
 * HoldfastSimFault: what can be made to go wrong, by name on the command line.
 *
 * Each behaves as real bluetoothd showed; liberties are listed in docs/simulator.md.
 */
typedef enum {
  HOLDFAST_SIM_FAULT_NONE = 0,
  HOLDFAST_SIM_FAULT_NO_SERVICE = 1 << 0,      /* "no-service" */
  HOLDFAST_SIM_FAULT_NO_ADAPTER = 1 << 1,      /* "no-adapter" */
  HOLDFAST_SIM_FAULT_OFF = 1 << 2,             /* "off": not powered */
  HOLDFAST_SIM_FAULT_BLOCKED = 1 << 3,         /* "blocked": airplane mode */
  HOLDFAST_SIM_FAULT_NO_SOUND = 1 << 4,        /* "no-sound": no 110a on the adapter */
  HOLDFAST_SIM_FAULT_CABLE = 1 << 5,           /* "cable": jack plugged in, no pairing mode */
  HOLDFAST_SIM_FAULT_STALE_BOND = 1 << 6,      /* "stale-bond": we have a key, it forgot */
  HOLDFAST_SIM_FAULT_REJECT = 1 << 7,          /* "reject": AuthenticationRejected */
  HOLDFAST_SIM_FAULT_REJECT_ONCE = 1 << 8,     /* "reject-once" */
  HOLDFAST_SIM_FAULT_AUTH_FAILED = 1 << 9,     /* "auth-failed" */
  HOLDFAST_SIM_FAULT_NO_ANSWER = 1 << 10,      /* "no-answer": AuthenticationTimeout */
  HOLDFAST_SIM_FAULT_INTERRUPTED = 1 << 11,    /* "interrupted": AuthenticationCanceled, once */
  HOLDFAST_SIM_FAULT_VANISH = 1 << 12,         /* "vanish": gone when Pair is called */
  HOLDFAST_SIM_FAULT_REFUSE_ONCE = 1 << 13,    /* "refuse-once": br-connection-refused, then ok */
  HOLDFAST_SIM_FAULT_REFUSE = 1 << 14,         /* "refuse" */
  HOLDFAST_SIM_FAULT_CONNECT_HANGS = 1 << 15,  /* "connect-hangs": 46 s, then an error */
  HOLDFAST_SIM_FAULT_LE_FIRST = 1 << 16,       /* "le-first": Connect brings only LE */
  HOLDFAST_SIM_FAULT_NEIGHBOUR = 1 << 17,      /* "neighbour": another one in pairing mode */
  HOLDFAST_SIM_FAULT_PIN = 1 << 18,            /* "pin": wants 7777 */
  HOLDFAST_SIM_FAULT_NUMERIC = 1 << 19,        /* "numeric": asks for a confirmation */
  HOLDFAST_SIM_FAULT_REPLY_FIRST = 1 << 20,    /* "reply-first": Pair's reply before Paired */
  HOLDFAST_SIM_FAULT_WEAK = 1 << 21,           /* "weak": far away */
  HOLDFAST_SIM_FAULT_NOT_PAIRING = 1 << 22,    /* "not-pairing": only ever its LE side */
  HOLDFAST_SIM_FAULT_UNKNOWN_OBJECT = 1 << 23, /* "unknown-object": Connect after Pair */
  HOLDFAST_SIM_FAULT_NOT_STORED = 1 << 24,     /* "not-stored": a key for one connection only */
  HOLDFAST_SIM_FAULT_REMOVE_CRASHES = 1 << 25, /* "remove-crashes": before anything is removed */
  HOLDFAST_SIM_FAULT_CRASH_AFTER_REMOVE = 1 << 26, /* "crash-after-remove": gone, unanswered */
  HOLDFAST_SIM_FAULT_IGNORED = 1 << 27,            /* "ignored": Blocked, by another program */
  HOLDFAST_SIM_FAULT_NO_TRANSPORT = 1 << 28, /* "no-transport": connected, nothing for music */
} HoldfastSimFaults;

/**
 * HoldfastSimFaultGroup: where a person meets it.
 */
typedef enum {
  HOLDFAST_SIM_FAULT_GROUP_COMPUTER,
  HOLDFAST_SIM_FAULT_GROUP_HEADPHONES,
  HOLDFAST_SIM_FAULT_GROUP_PAIRING,
  HOLDFAST_SIM_FAULT_GROUP_CONNECTING,
  HOLDFAST_SIM_FAULT_GROUP_MAX,
} HoldfastSimFaultGroup;

/**
 * HoldfastSimFaultWords:
 * @name: on the command line
 * @title: what a person meets, to be translated
 * @detail: what comes of it, to be translated
 *
 * One row of the table of faults.
 */
typedef struct {
  HoldfastSimFaults fault;
  const char *name;
  HoldfastSimFaultGroup group;
  const char *title;
  const char *detail;
} HoldfastSimFaultWords;

/** Returns: (transfer none) (array length=ret_n): all faults, group by group */
const HoldfastSimFaultWords *holdfast_sim_get_fault_words (guint *ret_n);

/** Returns: the fault of that name, NONE if there is none such */
HoldfastSimFaults holdfast_sim_fault_from_string (const char *text);
/** Returns: (transfer none) (array zero-terminated=1): all names */
const char *const *holdfast_sim_get_fault_names (void);

/**
 * HoldfastSim:
 *
 * A world to practise in: a simulated BlueZ with one adapter, and a virtual headset near it. It is
 * a D-Bus peer at the other end of a socketpair and runs in the caller's main context.
 *
 * Signals: "faults-changed" (): see holdfast_sim_get_faults()
 */
#define HOLDFAST_TYPE_SIM (holdfast_sim_get_type ())
G_DECLARE_FINAL_TYPE (HoldfastSim, holdfast_sim, HOLDFAST, SIM, GObject)

/**
 * holdfast_sim_new:
 * @clock: (transfer none): shared with the session, so five minutes pass in no time
 * @model: (transfer none): what headset is near
 * @faults: what goes wrong
 *
 * Returns: (transfer full)
 */
HoldfastSim *holdfast_sim_new (HoldfastClock *clock,
                               HoldfastHeadset *model,
                               HoldfastSimFaults faults) G_GNUC_WARN_UNUSED_RESULT;

/**
 * holdfast_sim_connect_async:
 *
 * Opens one more client connection, for holdfast_client_new_async() with a NULL bus name. Several
 * clients may be connected at once, as on a bus; each has its own discovery and agent.
 */
void holdfast_sim_connect_async (HoldfastSim *self,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
GDBusConnection *holdfast_sim_connect_finish (HoldfastSim *self,
                                              GAsyncResult *result,
                                              GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * holdfast_sim_accept:
 * @connection: (transfer none): from a GDBusServer of the caller, made with
 *   %G_DBUS_CONNECTION_FLAGS_DELAY_MESSAGE_PROCESSING
 *
 * Takes in one more client from elsewhere, as a program of its own.
 */
void holdfast_sim_accept (HoldfastSim *self, GDBusConnection *connection);

/** Returns: (transfer none): the headset in this world */
HoldfastVirtualHeadset *holdfast_sim_get_headset (HoldfastSim *self);

/** Returns: (transfer none): the headset's own, on its classic side */
const char *holdfast_sim_get_headset_address (HoldfastSim *self);

/** The world is made as @faults say: those alone go wrong from now on, and those once again. */
void holdfast_sim_set_faults (HoldfastSim *self, HoldfastSimFaults faults);

/**
 * holdfast_sim_set_fault:
 * @fault: one or more
 *
 * Begins or ends @fault at once, and leaves everything else as it has come to be. What counts when
 * a call comes counts from the next call on.
 */
void holdfast_sim_set_fault (HoldfastSim *self, HoldfastSimFaults fault, gboolean on);

/** Returns: what goes wrong now. One that was to happen once and did is none any more, nor is one
 * that somebody has put right: switched Bluetooth on, unplugged the cable. */
HoldfastSimFaults holdfast_sim_get_faults (HoldfastSim *self);

/**
 * holdfast_sim_command:
 * @line: one line of the protocol in tests/contract/README.md
 *
 * Returns: (transfer full): the answer's line, without line end
 */
char *holdfast_sim_command (HoldfastSim *self, const char *line);

G_END_DECLS
