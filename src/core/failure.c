/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "failure.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Longer than anything BlueZ says; what is longer is not searched to its end. */
#define MESSAGE_MAX 512

#define ON(operation) (1u << HOLDFAST_OPERATION_##operation)
#define ON_ANY (ON (DISCOVERY) | ON (PAIR) | ON (CONNECT) | ON (POWER) | ON (OTHER))
/* Calls to a headset's object, and calls to the computer's own Bluetooth object. */
#define ON_DEVICE (ON (PAIR) | ON (CONNECT) | ON (OTHER))
#define ON_ADAPTER (ON (DISCOVERY) | ON (POWER))

#define BLUEZ "org.bluez.Error."
#define DBUS "org.freedesktop.DBus.Error."
/* How GDBus spells a GIOErrorEnum in an error name; the digits are the enum's value. */
#define GIO "org.gtk.GDBus.UnmappedGError.Quark._g_2dio_2derror_2dquark.Code"

/**
 * ErrorRow:
 * @operations: mask of ON()
 * @name: (nullable): D-Bus error name, the last character may be '*'; NULL for any. BLUEZ "*" fits
 * a missing name as well
 * @text: (nullable): words that the message must hold, in lower case; NULL for any message
 *
 * The first row that fits decides. Rows with a text stand before all rows with a name alone.
 */
typedef struct {
  guint operations;
  const char *name;
  const char *text;
  HoldfastFailure cause;
} ErrorRow;

/* One row a line, however long. */
/* clang-format off */
static const ErrorRow error_rows[] = {
  /* Connecting over classic Bluetooth: bluez src/error.h, doc/errors.txt. */
  { ON_ANY, NULL, "br-connection-already-connected", HOLDFAST_FAILURE_ALREADY_CONNECTED },
  { ON (PAIR), NULL, "br-connection-page-timeout", HOLDFAST_FAILURE_LEFT_PAIRING_MODE },
  { ON_ANY, NULL, "br-connection-page-timeout", HOLDFAST_FAILURE_OUT_OF_RANGE },
  { ON_ANY, NULL, "br-connection-profile-unavailable", HOLDFAST_FAILURE_SOUND_NOT_READY },
  { ON_ANY, NULL, "br-connection-sdp-search", HOLDFAST_FAILURE_NO_SOUND_CHANNEL },
  { ON_ANY, NULL, "br-connection-create-socket", HOLDFAST_FAILURE_SOUND_SLOT_TAKEN },
  { ON_ANY, NULL, "br-connection-invalid-argument", HOLDFAST_FAILURE_UNKNOWN },
  { ON_ANY, NULL, "br-connection-invalid-arguments", HOLDFAST_FAILURE_UNKNOWN },
  { ON_ANY, NULL, "br-connection-adapter-not-powered", HOLDFAST_FAILURE_POWERED_OFF },
  { ON_ANY, NULL, "br-connection-not-supported", HOLDFAST_FAILURE_ADAPTER_TROUBLE },
  { ON_ANY, NULL, "br-connection-bad-socket", HOLDFAST_FAILURE_ADAPTER_TROUBLE },
  { ON_ANY, NULL, "br-connection-memory-allocation", HOLDFAST_FAILURE_UNKNOWN },
  { ON_ANY, NULL, "br-connection-busy", HOLDFAST_FAILURE_BUSY },
  { ON_ANY, NULL, "br-connection-concurrent-connection-limit", HOLDFAST_FAILURE_TOO_MANY_LINKS },
  { ON_ANY, NULL, "br-connection-timeout", HOLDFAST_FAILURE_CONNECT_TIMEOUT },
  { ON_ANY, NULL, "br-connection-refused", HOLDFAST_FAILURE_CONNECT_REFUSED },
  { ON_ANY, NULL, "br-connection-aborted-by-remote", HOLDFAST_FAILURE_CONNECT_ABORTED },
  { ON_ANY, NULL, "br-connection-aborted-by-local", HOLDFAST_FAILURE_INTERRUPTED },
  { ON_ANY, NULL, "br-connection-lmp-protocol-error", HOLDFAST_FAILURE_ADAPTER_TROUBLE },
  { ON_ANY, NULL, "br-connection-canceled", HOLDFAST_FAILURE_INTERRUPTED },
  { ON_ANY, NULL, "br-connection-key-missing", HOLDFAST_FAILURE_KEY_MISSING },
  { ON_ANY, NULL, "br-connection-unknown", HOLDFAST_FAILURE_UNKNOWN },

  /* The same over LE. */
  { ON_ANY, NULL, "le-connection-already-connected", HOLDFAST_FAILURE_ALREADY_CONNECTED },
  { ON_ANY, NULL, "le-connection-invalid-arguments", HOLDFAST_FAILURE_UNKNOWN },
  { ON_ANY, NULL, "le-connection-adapter-not-powered", HOLDFAST_FAILURE_POWERED_OFF },
  { ON_ANY, NULL, "le-connection-not-supported", HOLDFAST_FAILURE_NO_SOUND_CHANNEL },
  { ON_ANY, NULL, "le-connection-bad-socket", HOLDFAST_FAILURE_ADAPTER_TROUBLE },
  { ON_ANY, NULL, "le-connection-memory-allocation", HOLDFAST_FAILURE_UNKNOWN },
  { ON_ANY, NULL, "le-connection-busy", HOLDFAST_FAILURE_BUSY },
  { ON_ANY, NULL, "le-connection-refused", HOLDFAST_FAILURE_CONNECT_REFUSED },
  { ON_ANY, NULL, "le-connection-create-socket", HOLDFAST_FAILURE_ADAPTER_TROUBLE },
  { ON_ANY, NULL, "le-connection-timeout", HOLDFAST_FAILURE_CONNECT_TIMEOUT },
  { ON_ANY, NULL, "le-connection-concurrent-connection-limit", HOLDFAST_FAILURE_TOO_MANY_LINKS },
  { ON_ANY, NULL, "le-connection-abort-by-remote", HOLDFAST_FAILURE_CONNECT_ABORTED },
  { ON_ANY, NULL, "le-connection-abort-by-local", HOLDFAST_FAILURE_INTERRUPTED },
  { ON_ANY, NULL, "le-connection-link-layer-protocol-error", HOLDFAST_FAILURE_ADAPTER_TROUBLE },
  { ON_ANY, NULL, "le-connection-gatt-browsing", HOLDFAST_FAILURE_NO_SOUND_CHANNEL },
  { ON_ANY, NULL, "le-connection-key-missing", HOLDFAST_FAILURE_KEY_MISSING },
  { ON_ANY, NULL, "le-connection-unknown", HOLDFAST_FAILURE_UNKNOWN },

  /* BlueZ before 5.62 put the words of strerror() there, and some paths still do. */
  { ON (PAIR), BLUEZ "*", "host is down", HOLDFAST_FAILURE_LEFT_PAIRING_MODE },
  { ON_ANY, BLUEZ "*", "host is down", HOLDFAST_FAILURE_OUT_OF_RANGE },
  { ON_ANY, BLUEZ "*", "protocol not available", HOLDFAST_FAILURE_SOUND_NOT_READY },
  { ON (CONNECT), BLUEZ "*", "input/output error", HOLDFAST_FAILURE_SOUND_SLOT_TAKEN },
  { ON_ANY, BLUEZ "*", "input/output error", HOLDFAST_FAILURE_ADAPTER_TROUBLE },
  { ON (PAIR), BLUEZ "*", "connection refused", HOLDFAST_FAILURE_REJECTED },
  { ON_ANY, BLUEZ "*", "connection refused", HOLDFAST_FAILURE_CONNECT_REFUSED },
  { ON (PAIR), BLUEZ "*", "connection timed out", HOLDFAST_FAILURE_NO_ANSWER },
  { ON_ANY, BLUEZ "*", "connection timed out", HOLDFAST_FAILURE_CONNECT_TIMEOUT },
  { ON (PAIR), BLUEZ "*", "connection reset by peer", HOLDFAST_FAILURE_INTERRUPTED },
  { ON_ANY, BLUEZ "*", "connection reset by peer", HOLDFAST_FAILURE_CONNECT_ABORTED },
  { ON_ANY, BLUEZ "*", "software caused connection abort", HOLDFAST_FAILURE_INTERRUPTED },
  { ON (PAIR) | ON (DISCOVERY),
   BLUEZ "*",
   "operation already in progress",                                                                                   HOLDFAST_FAILURE_OTHER_PROGRAM     },
  { ON_ANY, BLUEZ "*", "operation already in progress", HOLDFAST_FAILURE_BUSY },
  { ON_ANY, BLUEZ "*", "device or resource busy", HOLDFAST_FAILURE_BUSY },
  { ON_ANY, BLUEZ "*", "resource temporarily unavailable", HOLDFAST_FAILURE_BUSY },
  /* The kernel refuses an unencrypted channel: the keys do not fit. The bus says AccessDenied. */
  { ON_DEVICE, BLUEZ "*", "permission denied", HOLDFAST_FAILURE_STALE_BOND },
  { ON_ADAPTER, BLUEZ "*", "permission denied", HOLDFAST_FAILURE_ADAPTER_TROUBLE },
  { ON_ANY,
   BLUEZ "*",
   "transport endpoint is already connected",                                                                         HOLDFAST_FAILURE_ALREADY_CONNECTED },
  { ON_ANY, BLUEZ "*", "invalid exchange", HOLDFAST_FAILURE_KEY_MISSING },
  { ON_ANY, BLUEZ "*", "too many links", HOLDFAST_FAILURE_TOO_MANY_LINKS },
  { ON_ANY, BLUEZ "*", "no route to host", HOLDFAST_FAILURE_POWERED_OFF },
  { ON_ANY, BLUEZ "*", "network is down", HOLDFAST_FAILURE_POWERED_OFF },
  { ON_ANY, BLUEZ "*", "operation not possible due to rf-kill", HOLDFAST_FAILURE_BLOCKED },
  { ON_ANY, BLUEZ "*", "no such device", HOLDFAST_FAILURE_NO_ADAPTER },
  { ON_ANY, BLUEZ "*", "protocol error", HOLDFAST_FAILURE_ADAPTER_TROUBLE },
  { ON_ANY, BLUEZ "*", "file descriptor in bad state", HOLDFAST_FAILURE_ADAPTER_TROUBLE },

  /* What BlueZ adds in words of its own. */
  { ON (PAIR), BLUEZ "*", "page timeout", HOLDFAST_FAILURE_LEFT_PAIRING_MODE },
  { ON_ANY, BLUEZ "*", "page timeout", HOLDFAST_FAILURE_OUT_OF_RANGE },
  { ON_ANY, BLUEZ "*", "already paired", HOLDFAST_FAILURE_ALREADY_PAIRED },
  { ON_ANY, BLUEZ "*", "already connected", HOLDFAST_FAILURE_ALREADY_CONNECTED },
  { ON_DEVICE, BLUEZ "*", "not paired", HOLDFAST_FAILURE_STALE_BOND },
  { ON_ANY, BLUEZ "*", "not connected", HOLDFAST_FAILURE_CONNECTION_LOST },
  { ON_ANY, BLUEZ "*", "no agent available", HOLDFAST_FAILURE_INTERRUPTED },
  { ON_ANY, BLUEZ "*", "no discovery started", HOLDFAST_FAILURE_CANCELLED },
  { ON_ANY, BLUEZ "*", "blocked through rfkill", HOLDFAST_FAILURE_BLOCKED },

  /* The bus and GDBus: texts. */
  { ON_ANY, DBUS "NoReply", "message recipient disconnected", HOLDFAST_FAILURE_NO_SERVICE },
  { ON_ANY, NULL, "timeout was reached", HOLDFAST_FAILURE_CLIENT_TIMEOUT },
  { ON_ANY, NULL, "operation was cancelled", HOLDFAST_FAILURE_CANCELLED },
  { ON_ANY, NULL, "the connection is closed", HOLDFAST_FAILURE_NO_BUS },

  /* From here on the name alone. */
  { ON_ANY, BLUEZ "BREDR.ProfileUnavailable", NULL, HOLDFAST_FAILURE_SOUND_NOT_READY },
  { ON_ANY, BLUEZ "AuthenticationFailed", NULL, HOLDFAST_FAILURE_STALE_BOND },
  { ON_ANY, BLUEZ "AuthenticationRejected", NULL, HOLDFAST_FAILURE_REJECTED },
  { ON_ANY, BLUEZ "AuthenticationTimeout", NULL, HOLDFAST_FAILURE_NO_ANSWER },
  { ON_ANY, BLUEZ "AuthenticationCanceled", NULL, HOLDFAST_FAILURE_INTERRUPTED },
  { ON (PAIR), BLUEZ "ConnectionAttemptFailed", NULL, HOLDFAST_FAILURE_LEFT_PAIRING_MODE },
  { ON_ANY, BLUEZ "ConnectionAttemptFailed", NULL, HOLDFAST_FAILURE_OUT_OF_RANGE },
  { ON (PAIR) | ON (DISCOVERY), BLUEZ "InProgress", NULL, HOLDFAST_FAILURE_OTHER_PROGRAM },
  { ON_ANY, BLUEZ "InProgress", NULL, HOLDFAST_FAILURE_BUSY },
  { ON (PAIR), BLUEZ "AlreadyExists", NULL, HOLDFAST_FAILURE_ALREADY_PAIRED },
  { ON_ANY, BLUEZ "AlreadyExists", NULL, HOLDFAST_FAILURE_BUSY },
  { ON_ANY, BLUEZ "AlreadyConnected", NULL, HOLDFAST_FAILURE_ALREADY_CONNECTED },
  { ON_ANY, BLUEZ "NotConnected", NULL, HOLDFAST_FAILURE_CONNECTION_LOST },
  { ON_ANY, BLUEZ "NotReady", NULL, HOLDFAST_FAILURE_POWERED_OFF },
  { ON_ANY, BLUEZ "Blocked", NULL, HOLDFAST_FAILURE_BLOCKED },
  { ON (CONNECT), BLUEZ "NotAvailable", NULL, HOLDFAST_FAILURE_SOUND_NOT_READY },
  { ON_ANY, BLUEZ "NotAvailable", NULL, HOLDFAST_FAILURE_BUSY },
  { ON_ANY, BLUEZ "NotSupported", NULL, HOLDFAST_FAILURE_ADAPTER_TROUBLE },
  { ON_ADAPTER, BLUEZ "DoesNotExist", NULL, HOLDFAST_FAILURE_NO_ADAPTER },
  { ON_ANY, BLUEZ "DoesNotExist", NULL, HOLDFAST_FAILURE_LEFT_PAIRING_MODE },
  { ON_ANY, BLUEZ "NoSuchAdapter", NULL, HOLDFAST_FAILURE_NO_ADAPTER },
  { ON_ANY, BLUEZ "NotAuthorized", NULL, HOLDFAST_FAILURE_ACCESS_DENIED },
  { ON_ANY, BLUEZ "NotPermitted", NULL, HOLDFAST_FAILURE_ACCESS_DENIED },
  { ON_ANY, BLUEZ "AgentNotAvailable", NULL, HOLDFAST_FAILURE_INTERRUPTED },
  { ON_ANY, BLUEZ "Rejected", NULL, HOLDFAST_FAILURE_REJECTED },
  { ON_ANY, BLUEZ "Canceled", NULL, HOLDFAST_FAILURE_CANCELLED },
  { ON_ANY, BLUEZ "InvalidArguments", NULL, HOLDFAST_FAILURE_UNKNOWN },
  { ON_ADAPTER, BLUEZ "Failed", NULL, HOLDFAST_FAILURE_ADAPTER_TROUBLE },
  { ON_ANY, BLUEZ "Failed", NULL, HOLDFAST_FAILURE_UNKNOWN },

  { ON_ANY, DBUS "NoReply", NULL, HOLDFAST_FAILURE_CLIENT_TIMEOUT },
  { ON_ANY, DBUS "Timeout", NULL, HOLDFAST_FAILURE_CLIENT_TIMEOUT },
  { ON_ANY, DBUS "TimedOut", NULL, HOLDFAST_FAILURE_CLIENT_TIMEOUT },
  { ON_ANY, DBUS "ServiceUnknown", NULL, HOLDFAST_FAILURE_NO_SERVICE },
  { ON_ANY, DBUS "NameHasNoOwner", NULL, HOLDFAST_FAILURE_NO_SERVICE },
  { ON_ANY, DBUS "Spawn.*", NULL, HOLDFAST_FAILURE_NO_SERVICE },
  { ON_ANY, "org.freedesktop.systemd1.*", NULL, HOLDFAST_FAILURE_NO_SERVICE },
  { ON_ANY, DBUS "AccessDenied", NULL, HOLDFAST_FAILURE_ACCESS_DENIED },
  { ON_ANY, DBUS "InteractiveAuthorizationRequired", NULL, HOLDFAST_FAILURE_ACCESS_DENIED },
  { ON_ANY, DBUS "AuthFailed", NULL, HOLDFAST_FAILURE_NO_BUS },
  { ON_ANY, DBUS "Disconnected", NULL, HOLDFAST_FAILURE_NO_BUS },
  { ON_ANY, DBUS "NoServer", NULL, HOLDFAST_FAILURE_NO_BUS },
  { ON_ANY, DBUS "NoNetwork", NULL, HOLDFAST_FAILURE_NO_BUS },
  { ON_ANY, DBUS "BadAddress", NULL, HOLDFAST_FAILURE_NO_BUS },
  { ON_ANY, DBUS "FileNotFound", NULL, HOLDFAST_FAILURE_NO_BUS },
  { ON_ANY, DBUS "IOError", NULL, HOLDFAST_FAILURE_NO_BUS },
  { ON_ANY, DBUS "LimitsExceeded", NULL, HOLDFAST_FAILURE_BUSY },
  /* An object that went away answers with any of these, by the age of bluetoothd. */
  { ON_ADAPTER, DBUS "UnknownObject", NULL, HOLDFAST_FAILURE_NO_ADAPTER },
  { ON_ANY, DBUS "UnknownObject", NULL, HOLDFAST_FAILURE_LEFT_PAIRING_MODE },
  { ON_ADAPTER, DBUS "UnknownInterface", NULL, HOLDFAST_FAILURE_NO_ADAPTER },
  { ON_ANY, DBUS "UnknownInterface", NULL, HOLDFAST_FAILURE_LEFT_PAIRING_MODE },
  { ON_ADAPTER, DBUS "UnknownMethod", NULL, HOLDFAST_FAILURE_NO_ADAPTER },
  { ON_ANY, DBUS "UnknownMethod", NULL, HOLDFAST_FAILURE_LEFT_PAIRING_MODE },
  { ON_ANY, DBUS "UnknownProperty", NULL, HOLDFAST_FAILURE_UNKNOWN },
  { ON_ANY, DBUS "PropertyReadOnly", NULL, HOLDFAST_FAILURE_UNKNOWN },
  { ON_ANY, DBUS "InvalidArgs", NULL, HOLDFAST_FAILURE_UNKNOWN },
  { ON_ANY, DBUS "InvalidSignature", NULL, HOLDFAST_FAILURE_UNKNOWN },
  { ON_ANY, DBUS "NotSupported", NULL, HOLDFAST_FAILURE_UNKNOWN },
  { ON_ANY, DBUS "NoMemory", NULL, HOLDFAST_FAILURE_UNKNOWN },
  { ON_ANY, DBUS "Failed", NULL, HOLDFAST_FAILURE_UNKNOWN },

  { ON_ANY, GIO "18", NULL, HOLDFAST_FAILURE_NO_BUS }, /* CLOSED */
  { ON_ANY, GIO "19", NULL, HOLDFAST_FAILURE_CANCELLED }, /* CANCELLED */
  { ON_ANY, GIO "24", NULL, HOLDFAST_FAILURE_CLIENT_TIMEOUT }, /* TIMED_OUT */
  { ON_ANY, GIO "39", NULL, HOLDFAST_FAILURE_NO_BUS }, /* CONNECTION_REFUSED */
  { ON_ANY, GIO "44", NULL, HOLDFAST_FAILURE_NO_BUS }, /* BROKEN_PIPE */
};
/* clang-format on */

/**
 * CauseRow:
 * @word: stable, for machines
 * @exit_status: stable, for scripts; never given to another cause
 * @title: N_()
 * @sentence: N_()
 */
typedef struct {
  const char *word;
  int exit_status;
  HoldfastRepair repair;
  HoldfastFailure next;
  const char *title;
  const char *sentence;
} CauseRow;

/* clang-format off */
/* Translators: the titles and sentences below are read by people who do not know computers.
 * "Headphones" stands for earbuds as well. Please use everyday words. */
static const CauseRow cause_rows[HOLDFAST_FAILURE_MAX] = {
  [HOLDFAST_FAILURE_NONE] = {
    "none", 0, HOLDFAST_REPAIR_NONE, HOLDFAST_FAILURE_NONE,
    NULL, NULL,
  },
  [HOLDFAST_FAILURE_NO_SERVICE] = {
    "no-service", 10, HOLDFAST_REPAIR_SHOW_HELP, HOLDFAST_FAILURE_NO_ADAPTER,
    N_("Bluetooth is not running"),
    N_("The part of this computer that looks after Bluetooth is not running. Restart the computer. If that does not help, ask whoever looks after it to start the “bluetooth” service."),
  },
  [HOLDFAST_FAILURE_ACCESS_DENIED] = {
    "access-denied", 11, HOLDFAST_REPAIR_SHOW_HELP, HOLDFAST_FAILURE_SANDBOX,
    N_("You are not allowed to use Bluetooth here"),
    N_("This computer does not let you use its Bluetooth. Ask whoever looks after it to allow it for you."),
  },
  [HOLDFAST_FAILURE_SANDBOX] = {
    "sandbox", 12, HOLDFAST_REPAIR_SHOW_HELP, HOLDFAST_FAILURE_NO_SERVICE,
    N_("This program is not allowed to use Bluetooth"),
    N_("Bluetooth was taken away from this program. Give it back in the program's permissions, then open it again."),
  },
  [HOLDFAST_FAILURE_NO_BUS] = {
    "no-bus", 13, HOLDFAST_REPAIR_SHOW_HELP, HOLDFAST_FAILURE_SANDBOX,
    N_("This computer's Bluetooth cannot be reached"),
    N_("This program cannot talk to the rest of the computer. Close it and open it again. If that does not help, restart the computer."),
  },
  [HOLDFAST_FAILURE_NO_ADAPTER] = {
    "no-adapter", 14, HOLDFAST_REPAIR_TRY_AGAIN, HOLDFAST_FAILURE_BLOCKED,
    N_("No Bluetooth found in this computer"),
    N_("This computer seems to have no Bluetooth. A small Bluetooth stick for the USB port adds it. Plug it in whenever you like: it is noticed by itself."),
  },
  [HOLDFAST_FAILURE_ADAPTER_GONE] = {
    "adapter-gone", 50, HOLDFAST_REPAIR_TRY_AGAIN, HOLDFAST_FAILURE_ADAPTER_TROUBLE,
    N_("The Bluetooth that you chose is gone"),
    N_("The Bluetooth hardware that you chose was unplugged, and no other is used in its place. Plug it in again: it is noticed by itself."),
  },
  [HOLDFAST_FAILURE_BLOCKED] = {
    "blocked", 15, HOLDFAST_REPAIR_UNBLOCK, HOLDFAST_FAILURE_BLOCKED_HARD,
    N_("Bluetooth is held off"),
    N_("Bluetooth is switched off by airplane mode, or was switched off in the settings."),
  },
  [HOLDFAST_FAILURE_BLOCKED_HARD] = {
    "blocked-hard", 16, HOLDFAST_REPAIR_SHOW_HELP, HOLDFAST_FAILURE_ADAPTER_TROUBLE,
    N_("A switch on the computer keeps Bluetooth off"),
    N_("Look for a small switch on the edge of the computer, or a key with an airplane or an antenna on it, and switch Bluetooth on there."),
  },
  [HOLDFAST_FAILURE_POWERED_OFF] = {
    "powered-off", 17, HOLDFAST_REPAIR_TURN_ON, HOLDFAST_FAILURE_BLOCKED,
    N_("Bluetooth is off"),
    N_("This computer's Bluetooth is switched off."),
  },
  [HOLDFAST_FAILURE_ADAPTER_TROUBLE] = {
    "adapter-trouble", 18, HOLDFAST_REPAIR_TRY_AGAIN, HOLDFAST_FAILURE_NONE,
    N_("This computer's Bluetooth has trouble"),
    N_("This computer's Bluetooth did not do what it was asked to. Switch Bluetooth off and on again in the settings, or restart the computer, then try again."),
  },
  [HOLDFAST_FAILURE_SOUND_NOT_READY] = {
    "sound-not-ready", 19, HOLDFAST_REPAIR_SHOW_HELP, HOLDFAST_FAILURE_INACTIVE_SEAT,
    N_("Sound is not ready for Bluetooth"),
    N_("This computer's sound system is not ready for Bluetooth headphones. Log out and in again. If that does not help, ask whoever looks after this computer to install Bluetooth sound."),
  },
  [HOLDFAST_FAILURE_INACTIVE_SEAT] = {
    "inactive-seat", 20, HOLDFAST_REPAIR_TRY_AGAIN, HOLDFAST_FAILURE_NONE,
    N_("Another person is using this computer's sound"),
    N_("Sound goes to whoever sits at the screen. Log in there, or ask the other person to log out, then try again."),
  },

  [HOLDFAST_FAILURE_NOT_SEEN] = {
    "not-seen", 21, HOLDFAST_REPAIR_HOLD_AGAIN, HOLDFAST_FAILURE_UNSEEN_IN_PAIRING,
    N_("The headphones did not appear"),
    N_("Every way we know was tried and the headphones did not appear. Charge them for ten minutes, take out any cable, and try once more."),
  },
  [HOLDFAST_FAILURE_UNSEEN_IN_PAIRING] = {
    "unseen-in-pairing", 22, HOLDFAST_REPAIR_TRY_AGAIN, HOLDFAST_FAILURE_OTHER_PROGRAM,
    N_("Ready, but not heard"),
    N_("The light says that the headphones are ready, but this computer does not hear them. Bring them right beside the computer and move other wireless things away."),
  },
  [HOLDFAST_FAILURE_LEFT_PAIRING_MODE] = {
    "left-pairing-mode", 23, HOLDFAST_REPAIR_HOLD_AGAIN, HOLDFAST_FAILURE_OUT_OF_RANGE,
    N_("The headphones stopped listening"),
    N_("The headphones were there and stopped listening before the pairing was done. That happens when their time runs out. Hold the button again."),
  },
  [HOLDFAST_FAILURE_OUT_OF_RANGE] = {
    "out-of-range", 24, HOLDFAST_REPAIR_CONNECT_AGAIN, HOLDFAST_FAILURE_CONNECT_REFUSED,
    N_("The headphones do not answer"),
    N_("They may be switched off or too far away. Switch them on, bring them close to the computer, and try again."),
  },
  [HOLDFAST_FAILURE_IMPOSTOR] = {
    "impostor", 25, HOLDFAST_REPAIR_HOLD_AGAIN, HOLDFAST_FAILURE_NOT_SEEN,
    N_("This does not behave like headphones"),
    N_("Something answered to that name, but it does not behave like headphones. It was left alone."),
  },

  [HOLDFAST_FAILURE_STALE_BOND] = {
    "stale-bond", 26, HOLDFAST_REPAIR_FORGET_AND_PAIR, HOLDFAST_FAILURE_INTERRUPTED,
    N_("The headphones and this computer remember each other wrongly"),
    N_("They were paired before, and one of the two has forgotten it. Forgetting the old pairing and making a new one helps."),
  },
  [HOLDFAST_FAILURE_KEY_MISSING] = {
    "key-missing", 27, HOLDFAST_REPAIR_FORGET_AND_PAIR, HOLDFAST_FAILURE_REJECTED,
    N_("The headphones have forgotten this computer"),
    N_("They were reset, or paired with many other devices since. This computer has to forget them too, then you pair them afresh."),
  },
  [HOLDFAST_FAILURE_WRONG_PIN] = {
    "wrong-pin", 28, HOLDFAST_REPAIR_TRY_AGAIN, HOLDFAST_FAILURE_STALE_BOND,
    N_("The number did not match"),
    N_("The headphones wanted another number. Sony headphones usually take 0000."),
  },
  [HOLDFAST_FAILURE_REJECTED] = {
    "rejected", 29, HOLDFAST_REPAIR_HOLD_AGAIN, HOLDFAST_FAILURE_STALE_BOND,
    N_("The headphones refused"),
    N_("They may be busy with a phone or another computer. Switch Bluetooth off on those, then hold the button again."),
  },
  [HOLDFAST_FAILURE_NO_ANSWER] = {
    "no-answer", 30, HOLDFAST_REPAIR_HOLD_AGAIN, HOLDFAST_FAILURE_REJECTED,
    N_("The headphones did not answer in time"),
    N_("They answered once and then fell silent. Hold the button again."),
  },
  [HOLDFAST_FAILURE_INTERRUPTED] = {
    "interrupted", 31, HOLDFAST_REPAIR_TRY_AGAIN, HOLDFAST_FAILURE_OTHER_PROGRAM,
    N_("The connection was interrupted"),
    N_("The connection broke off in the middle. Keep the headphones close to the computer and try again."),
  },
  [HOLDFAST_FAILURE_OTHER_PROGRAM] = {
    "other-program", 32, HOLDFAST_REPAIR_TRY_AGAIN, HOLDFAST_FAILURE_ADAPTER_TROUBLE,
    N_("Another program is using Bluetooth"),
    N_("Another program on this computer is searching or pairing right now. Close other Bluetooth windows and try again."),
  },
  [HOLDFAST_FAILURE_DEVICE_BLOCKED] = {
    "device-blocked", 33, HOLDFAST_REPAIR_UNBLOCK_DEVICE, HOLDFAST_FAILURE_STALE_BOND,
    N_("This computer was told to ignore these headphones"),
    N_("Somebody blocked these headphones on this computer. They can be allowed again."),
  },
  [HOLDFAST_FAILURE_NOT_STORED] = {
    "not-stored", 34, HOLDFAST_REPAIR_FORGET_AND_PAIR, HOLDFAST_FAILURE_ADAPTER_TROUBLE,
    N_("The pairing was not kept"),
    N_("The headphones are paired, but only until they are switched off: this computer could not keep the pairing. Pairing once more may help."),
  },

  [HOLDFAST_FAILURE_CONNECT_REFUSED] = {
    "connect-refused", 35, HOLDFAST_REPAIR_CONNECT_AGAIN, HOLDFAST_FAILURE_KEY_MISSING,
    N_("The headphones are busy"),
    N_("They are probably connected to a phone or another computer. Switch Bluetooth off there for a minute, then connect again."),
  },
  [HOLDFAST_FAILURE_CONNECT_TIMEOUT] = {
    "connect-timeout", 36, HOLDFAST_REPAIR_CONNECT_AGAIN, HOLDFAST_FAILURE_OUT_OF_RANGE,
    N_("Connecting took too long"),
    N_("The headphones did not finish connecting. Keep them switched on and close to the computer, and try again."),
  },
  [HOLDFAST_FAILURE_CONNECT_ABORTED] = {
    "connect-aborted", 37, HOLDFAST_REPAIR_CONNECT_AGAIN, HOLDFAST_FAILURE_CONNECT_REFUSED,
    N_("The headphones hung up"),
    N_("They ended the connection or switched themselves off. Switch them on and connect again."),
  },
  [HOLDFAST_FAILURE_BUSY] = {
    "busy", 38, HOLDFAST_REPAIR_TRY_AGAIN, HOLDFAST_FAILURE_OTHER_PROGRAM,
    N_("Bluetooth is busy"),
    N_("Something else is being connected right now. Wait a few seconds and try again."),
  },
  [HOLDFAST_FAILURE_TOO_MANY_LINKS] = {
    "too-many-links", 39, HOLDFAST_REPAIR_CONNECT_AGAIN, HOLDFAST_FAILURE_SOUND_SLOT_TAKEN,
    N_("Too many Bluetooth devices at once"),
    N_("This computer cannot hold another Bluetooth connection. Switch off a device you do not need, then connect again."),
  },
  [HOLDFAST_FAILURE_SOUND_SLOT_TAKEN] = {
    "sound-slot-taken", 40, HOLDFAST_REPAIR_FREE_SOUND, HOLDFAST_FAILURE_SOUND_NOT_READY,
    N_("Other headphones are using Bluetooth sound"),
    N_("Another headset or speaker is connected to this computer and has its Bluetooth sound."),
  },
  [HOLDFAST_FAILURE_NO_SOUND_CHANNEL] = {
    "no-sound-channel", 41, HOLDFAST_REPAIR_CONNECT_AGAIN, HOLDFAST_FAILURE_LE_AUDIO_MODE,
    N_("Connected, but without sound"),
    N_("The headphones are connected, but the way for music did not open. Connecting once more usually helps."),
  },
  [HOLDFAST_FAILURE_LE_AUDIO_MODE] = {
    "le-audio-mode", 42, HOLDFAST_REPAIR_SHOW_HELP, HOLDFAST_FAILURE_SOUND_SLOT_TAKEN,
    N_("The headphones are set to LE Audio"),
    N_("LE Audio is a newer way of sending sound, and this computer cannot use it yet. In Sony's app on your phone, switch LE Audio off, then pair again."),
  },
  [HOLDFAST_FAILURE_CONNECTION_LOST] = {
    "connection-lost", 43, HOLDFAST_REPAIR_CONNECT_AGAIN, HOLDFAST_FAILURE_OUT_OF_RANGE,
    N_("The connection was lost"),
    N_("The headphones were connected and are not any more. Bring them close to the computer and connect again."),
  },

  [HOLDFAST_FAILURE_ALREADY_PAIRED] = {
    "already-paired", 44, HOLDFAST_REPAIR_CONNECT_AGAIN, HOLDFAST_FAILURE_STALE_BOND,
    N_("Already paired"),
    N_("This computer and these headphones are paired already. They only have to connect."),
  },
  [HOLDFAST_FAILURE_ALREADY_CONNECTED] = {
    "already-connected", 45, HOLDFAST_REPAIR_CONNECT_AGAIN, HOLDFAST_FAILURE_NO_SOUND_CHANNEL,
    N_("Already connected"),
    N_("The headphones are connected to this computer already."),
  },
  [HOLDFAST_FAILURE_CANCELLED] = {
    "cancelled", 46, HOLDFAST_REPAIR_TRY_AGAIN, HOLDFAST_FAILURE_NONE,
    N_("Stopped"),
    N_("You stopped before the end. You can begin again at any time."),
  },
  [HOLDFAST_FAILURE_CLIENT_TIMEOUT] = {
    "client-timeout", 47, HOLDFAST_REPAIR_TRY_AGAIN, HOLDFAST_FAILURE_NO_ANSWER,
    N_("No answer from this computer's Bluetooth"),
    N_("This computer's Bluetooth did not say how it went. Try again."),
  },
  [HOLDFAST_FAILURE_NO_CLASSIC_BLUETOOTH] = {
    "no-classic-bluetooth", 48, HOLDFAST_REPAIR_CHOOSE_ANOTHER, HOLDFAST_FAILURE_NONE,
    N_("This model connects in another way"),
    N_("These headphones cannot be paired with this computer. Use the cable or the USB stick that came with them."),
  },
  [HOLDFAST_FAILURE_UNKNOWN] = {
    "unknown", 49, HOLDFAST_REPAIR_TRY_AGAIN, HOLDFAST_FAILURE_INTERRUPTED,
    N_("It did not work, and no reason was given"),
    N_("This computer's Bluetooth gave no reason. Trying again often helps."),
  },
};

static const struct {
  const char *word;
  const char *label;
} repair_rows[HOLDFAST_REPAIR_MAX] = {
  [HOLDFAST_REPAIR_NONE] = { "none",            NULL                            },
  /* Translators: the following are words on buttons. */
  [HOLDFAST_REPAIR_TRY_AGAIN] = { "try-again",       N_ ("Try again")                },
  [HOLDFAST_REPAIR_HOLD_AGAIN] = { "hold-again",      N_ ("Hold the button again")    },
  [HOLDFAST_REPAIR_FORGET_AND_PAIR] = { "forget-and-pair", N_ ("Forget and pair again")    },
  [HOLDFAST_REPAIR_TURN_ON] = { "turn-on",         N_ ("Turn Bluetooth on")        },
  [HOLDFAST_REPAIR_UNBLOCK] = { "unblock",         N_ ("Turn Bluetooth on")        },
  [HOLDFAST_REPAIR_UNBLOCK_DEVICE] = { "unblock-device",  N_ ("Allow these headphones")   },
  [HOLDFAST_REPAIR_CONNECT_AGAIN] = { "connect-again",   N_ ("Connect again")            },
  [HOLDFAST_REPAIR_FREE_SOUND] = { "free-sound",      N_ ("Disconnect the other one") },
  [HOLDFAST_REPAIR_SHOW_HELP] = { "show-help",       N_ ("That is done, try again")              },
  [HOLDFAST_REPAIR_CHOOSE_ANOTHER] = { "choose-another",  N_ ("Choose another model")     },
};
/* clang-format on */

static gboolean
is_word_char (char c)
{
  return g_ascii_isalnum (c) || c == '-' || c == '_';
}

/* Whole words only: "br-connection-refused" is not found in "br-connection-refused-2". */
static gboolean
holds_words (const char *message, const char *words)
{
  size_t length = strlen (words);

  for (const char *hit = strstr (message, words); hit != NULL; hit = strstr (hit + 1, words)) {
    if ((hit == message || !is_word_char (hit[-1])) && !is_word_char (hit[length]))
      return TRUE;
  }
  return FALSE;
}

static gboolean
name_fits (const char *name, const char *pattern)
{
  size_t length = strlen (pattern);

  /* A text that came without a name is BlueZ's, if it is anyone's. */
  if (name == NULL)
    return g_str_equal (pattern, BLUEZ "*");
  if (pattern[length - 1] == '*')
    return strncmp (name, pattern, length - 1) == 0;
  return g_str_equal (name, pattern);
}

static const ErrorRow *
find_error (HoldfastOperation operation, const char *error_name, const char *message)
{
  g_autofree char *found_name = NULL;
  g_autofree char *text = NULL;

  if (message == NULL)
    message = "";
  if (g_str_has_prefix (message, "GDBus.Error:")) {
    const char *name = message + strlen ("GDBus.Error:");
    size_t length = strcspn (name, ": ");

    if (error_name == NULL)
      error_name = found_name = g_strndup (name, length);
    message = name + length;
  }
  text = g_ascii_strdown (message, (gssize) strnlen (message, MESSAGE_MAX));

  for (guint i = 0; i < G_N_ELEMENTS (error_rows); i++) {
    const ErrorRow *row = &error_rows[i];

    if ((row->operations & (1u << operation)) != 0
        && (row->name == NULL || name_fits (error_name, row->name))
        && (row->text == NULL || holds_words (text, row->text)))
      return row;
  }
  return NULL;
}

HoldfastFailure
holdfast_failure_from_bluez (HoldfastOperation operation,
                             const char *error_name,
                             const char *message)
{
  const ErrorRow *row;

  g_return_val_if_fail (operation <= HOLDFAST_OPERATION_OTHER, HOLDFAST_FAILURE_UNKNOWN);

  row = find_error (operation, error_name, message);
  return row != NULL ? row->cause : HOLDFAST_FAILURE_UNKNOWN;
}

gboolean
holdfast_failure_has_row (HoldfastOperation operation, const char *error_name, const char *message)
{
  g_return_val_if_fail (operation <= HOLDFAST_OPERATION_OTHER, FALSE);

  return find_error (operation, error_name, message) != NULL;
}

static const CauseRow *
cause_of (HoldfastFailure self)
{
  g_return_val_if_fail ((guint) self < HOLDFAST_FAILURE_MAX, &cause_rows[HOLDFAST_FAILURE_UNKNOWN]);

  return &cause_rows[self];
}

const char *
holdfast_failure_get_sentence (HoldfastFailure self)
{
  const char *sentence = cause_of (self)->sentence;

  return sentence != NULL ? _ (sentence) : "";
}

const char *
holdfast_failure_get_title (HoldfastFailure self)
{
  const char *title = cause_of (self)->title;

  return title != NULL ? _ (title) : "";
}

HoldfastRepair
holdfast_failure_get_repair (HoldfastFailure self)
{
  return cause_of (self)->repair;
}

HoldfastFailure
holdfast_failure_get_next (HoldfastFailure self)
{
  return cause_of (self)->next;
}

const char *
holdfast_failure_to_string (HoldfastFailure self)
{
  return cause_of (self)->word;
}

int
holdfast_failure_get_exit_status (HoldfastFailure self)
{
  return cause_of (self)->exit_status;
}

const char *
holdfast_repair_get_label (HoldfastRepair self)
{
  g_return_val_if_fail ((guint) self < HOLDFAST_REPAIR_MAX, "");

  return repair_rows[self].label != NULL ? _ (repair_rows[self].label) : "";
}

const char *
holdfast_repair_to_string (HoldfastRepair self)
{
  g_return_val_if_fail ((guint) self < HOLDFAST_REPAIR_MAX, NULL);

  return repair_rows[self].word;
}
