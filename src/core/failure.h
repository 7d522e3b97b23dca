/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * HoldfastFailure:
 *
 * Every cause the program can name. Each has a sentence, a repair and a next most likely cause.
 */
typedef enum {
  HOLDFAST_FAILURE_NONE,

  /* the computer's side, in the order of the checks */
  HOLDFAST_FAILURE_NO_SERVICE,    /* bluetoothd is not running */
  HOLDFAST_FAILURE_ACCESS_DENIED, /* the bus policy refuses */
  HOLDFAST_FAILURE_SANDBOX,       /* the name is not visible in this sandbox */
  HOLDFAST_FAILURE_NO_BUS,        /* there is no system bus to ask */
  HOLDFAST_FAILURE_NO_ADAPTER,
  HOLDFAST_FAILURE_ADAPTER_GONE, /* the one that was asked for was unplugged */
  HOLDFAST_FAILURE_BLOCKED,      /* airplane mode, soft */
  HOLDFAST_FAILURE_BLOCKED_HARD, /* a switch on the computer */
  HOLDFAST_FAILURE_POWERED_OFF,
  HOLDFAST_FAILURE_ADAPTER_TROUBLE, /* the hardware does not do as told */
  HOLDFAST_FAILURE_SOUND_NOT_READY, /* no sound service has registered with Bluetooth */
  HOLDFAST_FAILURE_INACTIVE_SEAT,   /* another person uses this computer's sound */

  /* not seen */
  HOLDFAST_FAILURE_NOT_SEEN,          /* every way tried, nothing appeared */
  HOLDFAST_FAILURE_UNSEEN_IN_PAIRING, /* its light says pairing mode, the radio sees nothing */
  HOLDFAST_FAILURE_LEFT_PAIRING_MODE, /* it stopped listening: page time-out, object gone */
  HOLDFAST_FAILURE_OUT_OF_RANGE,
  HOLDFAST_FAILURE_IMPOSTOR, /* it does not behave like headphones */

  /* pairing */
  HOLDFAST_FAILURE_STALE_BOND,  /* one side remembers what the other forgot */
  HOLDFAST_FAILURE_KEY_MISSING, /* the headset forgot this computer */
  HOLDFAST_FAILURE_WRONG_PIN,
  HOLDFAST_FAILURE_REJECTED,       /* busy with another device, or refused */
  HOLDFAST_FAILURE_NO_ANSWER,      /* answered once, then silent */
  HOLDFAST_FAILURE_INTERRUPTED,    /* another program, or the link dropped */
  HOLDFAST_FAILURE_OTHER_PROGRAM,  /* another program is pairing or searching */
  HOLDFAST_FAILURE_DEVICE_BLOCKED, /* this computer was told to ignore it */
  HOLDFAST_FAILURE_NOT_STORED,     /* paired, but the key was not kept */

  /* connecting */
  HOLDFAST_FAILURE_CONNECT_REFUSED, /* the headset refused: busy with a phone */
  HOLDFAST_FAILURE_CONNECT_TIMEOUT,
  HOLDFAST_FAILURE_CONNECT_ABORTED, /* the headset hung up or switched off */
  HOLDFAST_FAILURE_BUSY,
  HOLDFAST_FAILURE_TOO_MANY_LINKS,
  HOLDFAST_FAILURE_SOUND_SLOT_TAKEN, /* another headset holds Bluetooth sound */
  HOLDFAST_FAILURE_NO_SOUND_CHANNEL, /* connected, but no transport for music appeared */
  HOLDFAST_FAILURE_LE_AUDIO_MODE,
  HOLDFAST_FAILURE_CONNECTION_LOST, /* it was connected and is not any more */

  /* and the rest */
  HOLDFAST_FAILURE_ALREADY_PAIRED,    /* not a fault: AlreadyExists */
  HOLDFAST_FAILURE_ALREADY_CONNECTED, /* not a fault */
  HOLDFAST_FAILURE_CANCELLED,         /* by us */
  HOLDFAST_FAILURE_CLIENT_TIMEOUT,    /* our call got no answer; the truth is in the properties */
  HOLDFAST_FAILURE_NO_CLASSIC_BLUETOOTH, /* this model cannot: wired, dongle or LE Audio only */
  HOLDFAST_FAILURE_UNKNOWN,
  HOLDFAST_FAILURE_MAX,
} HoldfastFailure;

/**
 * HoldfastRepair:
 *
 * What a button does about it. The session carries it out.
 */
typedef enum {
  HOLDFAST_REPAIR_NONE,
  HOLDFAST_REPAIR_TRY_AGAIN,       /* the same step once more */
  HOLDFAST_REPAIR_HOLD_AGAIN,      /* back to the hold */
  HOLDFAST_REPAIR_FORGET_AND_PAIR, /* remove our pairing, pair afresh */
  HOLDFAST_REPAIR_TURN_ON,         /* switch Bluetooth on */
  HOLDFAST_REPAIR_UNBLOCK,         /* end airplane mode, then switch on */
  HOLDFAST_REPAIR_UNBLOCK_DEVICE,
  HOLDFAST_REPAIR_CONNECT_AGAIN,
  HOLDFAST_REPAIR_FREE_SOUND,     /* disconnect the other headset */
  HOLDFAST_REPAIR_SHOW_HELP,      /* words only: what an administrator or owner must do */
  HOLDFAST_REPAIR_CHOOSE_ANOTHER, /* another model */
  HOLDFAST_REPAIR_MAX,
} HoldfastRepair;

/**
 * HoldfastOperation: which call an error came from; the same text means different things.
 */
typedef enum {
  HOLDFAST_OPERATION_DISCOVERY,
  HOLDFAST_OPERATION_PAIR,
  HOLDFAST_OPERATION_CONNECT,
  HOLDFAST_OPERATION_POWER,
  HOLDFAST_OPERATION_OTHER,
} HoldfastOperation;

/**
 * holdfast_failure_from_bluez:
 * @operation: what was asked
 * @error_name: (nullable): D-Bus error name, such as "org.bluez.Error.Failed"
 * @message: (nullable): its text, such as "br-connection-page-timeout"; any case, with or without
 *   a leading "GDBus.Error:...:"
 *
 * Names the cause behind an error of BlueZ or of D-Bus, old and new spellings alike.
 *
 * Texts decide before names; a name without a known text has a row of its own.
 * Source: bluez doc/errors.txt, src/error.h; the table is complete, tests/core/bluez-errors.txt
 * is retyped from it.
 *
 * Returns: a cause; HOLDFAST_FAILURE_UNKNOWN for what no table knows
 */
HoldfastFailure holdfast_failure_from_bluez (HoldfastOperation operation,
                                             const char *error_name,
                                             const char *message);

/** Returns: FALSE if no row of the table knows this error: worth a line in the log */
gboolean
holdfast_failure_has_row (HoldfastOperation operation, const char *error_name, const char *message);

/** Returns: (transfer none): what a person is told, translated; one or two plain sentences */
const char *holdfast_failure_get_sentence (HoldfastFailure self);
/** Returns: (transfer none): a few words for a title, translated */
const char *holdfast_failure_get_title (HoldfastFailure self);
/** Returns: the repair on the primary button */
HoldfastRepair holdfast_failure_get_repair (HoldfastFailure self);
/** Returns: the next most likely cause behind the same symptoms; NONE when there is none left */
HoldfastFailure holdfast_failure_get_next (HoldfastFailure self);
/** Returns: (transfer none): stable machine-readable word, such as "left-pairing-mode" */
const char *holdfast_failure_to_string (HoldfastFailure self);
/** Returns: exit status of the terminal program, 0 for NONE, 10 or more otherwise */
int holdfast_failure_get_exit_status (HoldfastFailure self);
/** Returns: (transfer none): words on the repair's button, translated */
const char *holdfast_repair_get_label (HoldfastRepair self);
const char *holdfast_repair_to_string (HoldfastRepair self);

G_END_DECLS
