/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * FakeBluez:
 *
 * The other end of a D-Bus connection, which says and answers whatever a test tells it to, however
 * wrong. Behaves like nothing: for behaviour there is the simulated BlueZ.
 *
 * Records the calls it gets: "StartDiscovery ", "SetDiscoveryFilter({'Transport': <'bredr'>...}) ".
 */
typedef struct _FakeBluez FakeBluez;

#define FAKE_HCI "/org/bluez/hci0"
#define FAKE_HCI1 "/org/bluez/hci1"
#define FAKE_DEVICE FAKE_HCI "/dev_38_18_4C_00_00_42"

FakeBluez *fake_bluez_new (GDBusConnection *connection);
void fake_bluez_free (FakeBluez *self);

GDBusConnection *fake_bluez_get_connection (FakeBluez *self);
/** Returns: (transfer none): the calls so far */
const char *fake_bluez_get_log (FakeBluez *self);
void fake_bluez_clear_log (FakeBluez *self);

/** @text: a GVariant of type a{sa{sv}} in text form. Tells InterfacesAdded. */
void fake_bluez_add (FakeBluez *self, const char *path, const char *text);
/** Tells InterfacesRemoved, with all the interfaces it was added with. */
void fake_bluez_remove (FakeBluez *self, const char *path);
/** As the service looks after a restart: no objects. Tells nothing. */
void fake_bluez_forget (FakeBluez *self);
/** @text: a GVariant of type a{sv} in text form. Tells PropertiesChanged, remembers nothing. */
void fake_bluez_change (FakeBluez *self, const char *path, const char *interface, const char *text);
void fake_bluez_invalidate (FakeBluez *self,
                            const char *path,
                            const char *interface,
                            const char *property);
void fake_bluez_emit (FakeBluez *self,
                      const char *path,
                      const char *interface,
                      const char *signal,
                      GVariant *parameters);
/** Plays the bus that tells of a restart, on a peer-to-peer connection. */
void fake_bluez_emit_owner (FakeBluez *self, const char *before, const char *after);

#define FAKE_HOLD "hold"   /* no answer until fake_bluez_let_go() */
#define FAKE_CLOSE "close" /* closes the connection instead of answering */

/**
 * fake_bluez_answer:
 * @method: such as "Pair"; "Set" for properties
 * @error_name: (nullable): NULL for success, FAKE_HOLD, FAKE_CLOSE, or a D-Bus error
 */
void fake_bluez_answer (FakeBluez *self,
                        const char *method,
                        const char *error_name,
                        const char *message);
/** Answers what was held: as fake_bluez_answer() says for it now. */
void fake_bluez_let_go (FakeBluez *self);

/** Returns: (transfer none) (nullable): where the agent was registered last */
const char *fake_bluez_get_agent (FakeBluez *self);

/** Answers GetManagedObjects on another connection with a text, whatever it should be. */
guint fake_bluez_register_text (GDBusConnection *connection, GDBusInterfaceInfo *info);

#define FAKE_ADAPTER                                                                               \
  "{'org.bluez.Adapter1': {'Address': <'00:1A:7D:DA:71:13'>, 'Alias': <'computer'>, "              \
  "'Powered': <true>, 'PowerState': <'on'>, 'Discovering': <false>, "                              \
  "'UUIDs': <['0000110A-0000-1000-8000-00805f9b34fb']>}}"

#define FAKE_HEADSET                                                                               \
  "{'org.bluez.Device1': {'Address': <'38:18:4C:00:00:42'>, 'AddressType': <'public'>, "           \
  "'Name': <'WH-1000XM4'>, 'Alias': <'WH-1000XM4'>, 'Class': <uint32 0x240404>, "                  \
  "'Paired': <false>, 'Trusted': <false>, 'Blocked': <false>, 'Connected': <false>, "              \
  "'LegacyPairing': <false>, 'ServicesResolved': <false>, "                                        \
  "'Adapter': <objectpath '/org/bluez/hci0'>, "                                                    \
  "'UUIDs': <['0000110B-0000-1000-8000-00805F9B34FB']>}}"

G_END_DECLS
