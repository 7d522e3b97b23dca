/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the files of the simulated BlueZ share. Nobody outside src/sim includes this.
 *
 * sim-bus.c        connections, calls, properties and signals, as bluetoothd's D-Bus library does
 * it sim-adapter.c    Adapter1, AgentManager1 sim-discovery.c  what is on the air, when the adapter
 * hears it, how long it is remembered sim-device.c     Device1's data, and what hangs below it
 * sim-pairing.c    Pair, CancelPairing and the questions to agents
 * sim-connect.c    links, Connect, ConnectProfile, Disconnect, transports
 * sim-fault.c      what can go wrong: its words, and how the world is made so
 * sim-command.c    the protocol of tests/contract/README.md
 */

#include "bluez-generated.h"

#include "sim.h"

G_BEGIN_DECLS

#define SIM_ADAPTER_PATH "/org/bluez/hci0"
#define SIM_ADAPTER_ADDRESS "00:AA:01:00:00:42"
#define SIM_HEADSET_ADDRESS "38:18:4C:00:00:42"
#define SIM_TWIN_ADDRESS "C0:11:22:33:44:55"
#define SIM_NEIGHBOUR_ADDRESS "38:18:4C:77:77:77"
#define SIM_HEADSET_CLASS 0x240404

#define SIM_ADAPTER "org.bluez.Adapter1"
#define SIM_AGENT "org.bluez.Agent1"
#define SIM_BATTERY "org.bluez.Battery1"
#define SIM_DEVICE "org.bluez.Device1"
#define SIM_ENDPOINT "org.bluez.MediaEndpoint1"
#define SIM_MANAGER "org.bluez.AgentManager1"
#define SIM_TRANSPORT "org.bluez.MediaTransport1"

#define SIM_MS G_GINT64_CONSTANT (1000)

typedef struct _SimClient SimClient;
typedef struct _SimDevice SimDevice;

typedef enum {
  SIM_SCAN_BREDR = 1 << 0,
  SIM_SCAN_LE = 1 << 1,
  SIM_SCAN_AUTO = SIM_SCAN_BREDR | SIM_SCAN_LE,
} SimScan;

/* One program that talks to us. A peer has no bus name: who calls is known by the connection. */
struct _SimClient {
  gatomicrefcount refs;
  HoldfastSim *sim; /* NULL once it is gone; main thread only */
  GMainContext *context;
  GDBusConnection *connection;
  guint filter;
  gulong closed;

  gboolean discovering;
  SimScan scan;
  gboolean duplicates;
  gboolean conditions; /* on strength */

  char *agent; /* path, or NULL */
  char *capability;
  gboolean agent_is_default;
};

/* A call that was made and must be answered once. */
typedef struct {
  SimClient *client;
  GDBusMessage *message;
} SimCall;

typedef enum {
  SIM_AIR_HEADSET,
  SIM_AIR_TWIN,
  SIM_AIR_NEIGHBOUR,
  SIM_AIR_CROWD, /* one entry for all of them */
} SimAirKind;

/* Something that can be heard. */
typedef struct {
  SimAirKind kind;
  char address[18];
  char *name;
  guint32 class_of_device;
  gint16 rssi;
  gboolean on_air;
  gboolean heard; /* in this discovery */
  gint64 due_us;  /* when it will be heard; G_MAXINT64 for never */
  guint n_members;
  guint n_heard;
} SimAir;

typedef void (*SimDeviceFunc) (SimDevice *device);

/* What bluetoothd knows of one device. */
struct _SimDevice {
  HoldfastSim *sim;
  SimAirKind kind;
  char address[18];
  char *path;
  char *name;  /* or NULL */
  char *alias; /* or NULL, when the person gave none */
  guint32 class_of_device;
  gboolean has_rssi;
  gint16 rssi;
  gboolean paired;
  gboolean bonded;
  gboolean trusted;
  gboolean blocked;
  gboolean legacy;
  gboolean connected;
  gboolean services_resolved;
  gboolean browsed; /* services were read once: Modalias is known */
  gboolean fast_pair_discoverable;
  gboolean withheld; /* only its address was told so far */
  gboolean temporary;
  gint64 last_seen_us;

  SimCall *pair_call;
  SimCall *connect_call;
  GPtrArray *disconnect_calls; /* SimCall; RemoveDevice among them */
  gboolean going;              /* RemoveDevice waits for the link's end */
  gboolean pairing;            /* a pairing dialogue runs, ours or a connection's */
  gboolean keyed;              /* and there is a key: the services are being read */
  guint pin_tries;
  GCancellable *asking; /* an agent is asked */
  SimClient *asked;     /* whose agent */
  guint pairing_alarm;
  SimDeviceFunc pairing_next;
  guint connect_alarm;
  SimDeviceFunc connect_next;
  const char *connect_uuid; /* interned */
  guint link_alarm;         /* idle links end, dead links are noticed, Disconnect takes its time */
  const char *link_reason;
  guint after_alarm; /* battery, services, late name */
  SimDeviceFunc after_next;

  gboolean endpoint;
  gboolean transport;
  guint transport_number;
  gboolean battery;
  GHashTable *overrides; /* property name to a GVariant of any type, or NULL */
};

typedef enum {
  SIM_ANSWER_ACCEPT,
  SIM_ANSWER_REJECT,
  SIM_ANSWER_HANG,
} SimAnswer;

struct _HoldfastSim {
  GObject parent_instance;

  HoldfastClock *clock;
  HoldfastHeadset *model;
  HoldfastVirtualHeadset *headset;
  HoldfastSimFaults faults;
  HoldfastSimFaults spent; /* those of the once kind that were shown */
  GMainContext *context;
  GPtrArray *clients;
  GHashTable *devices; /* path to SimDevice */

  /* the daemon */
  gboolean service;
  guint service_alarm;
  guint n_services;

  /* the adapter */
  gboolean present;
  gboolean powered;
  gboolean blocked;
  const char *power_state;
  gboolean sound;
  char *alias;
  gboolean discovering;

  /* the air */
  SimScan scan;
  gboolean filtered;
  gboolean duplicates;
  gboolean plain; /* somebody discovers without any condition */
  gint64 cycle_began_us;
  GPtrArray *airs;
  guint sighting_alarm;
  guint repeat_alarm;
  guint expiry_alarm;
  guint n_transports;

  /* the headset, as far as the radio goes */
  gboolean radio;
  gboolean kept_in_pairing; /* by command: no window, no end by a pairing */
  gboolean pairable;
  gboolean legacy;
  gboolean display;
  SimAnswer answer;
  guint agent_calls;
  char *pin;
  char *name;
  char *twin_name; /* NULL: made of the headset's name */
  gboolean twin;
  guint32 class_of_device;
  gint16 rssi;
  int next_auth; /* HCI status, or -1 */
  int next_page;
  int next_encrypt;
  gint64 supervision_us;
  gint64 page_us;
  gint64 dialogue_us;
};

/* sim-bus.c */
SimClient *sim_client_new (HoldfastSim *sim, GDBusConnection *connection);
void sim_client_unref (SimClient *client);
void sim_client_drop (SimClient *client);
void sim_call_return (SimCall *call);
void sim_call_return_value (SimCall *call, GVariant *value);
void sim_call_error (SimCall *call, const char *name, const char *message);
/* @error: without org.bluez.Error. */
void sim_call_fail (SimCall *call, const char *error, const char *message);
GVariant *sim_call_get_body (SimCall *call);
void sim_emit (HoldfastSim *sim,
               const char *path,
               const char *interface,
               const char *signal,
               GVariant *parameters);
void sim_emit_changed (HoldfastSim *sim, const char *path, const char *interface, ...)
    G_GNUC_NULL_TERMINATED;
void sim_emit_added (HoldfastSim *sim, const char *path);
void sim_emit_interface_added (HoldfastSim *sim, const char *path, const char *interface);
void sim_emit_removed (HoldfastSim *sim, const char *path, const char *const *interfaces);
GDBusInterfaceInfo *sim_interface_info (const char *interface);

/* sim-adapter.c */
GVariant *sim_adapter_get_property (HoldfastSim *sim, const char *name);
void sim_adapter_call (HoldfastSim *sim, SimCall *call, const char *method);
void sim_adapter_set (HoldfastSim *sim, SimCall *call, const char *name, GVariant *value);
void sim_manager_call (HoldfastSim *sim, SimCall *call, const char *method);
void sim_adapter_set_powered (HoldfastSim *sim, gboolean powered);
void sim_adapter_set_present (HoldfastSim *sim, gboolean present);
void sim_adapter_set_sound (HoldfastSim *sim, gboolean sound);
/* Returns: (nullable): whose agent answers for a call of @client */
SimClient *sim_find_agent (HoldfastSim *sim, SimClient *client);

/* sim-discovery.c */
void sim_discovery_start (HoldfastSim *sim, SimClient *client, SimCall *call);
void sim_discovery_stop (HoldfastSim *sim, SimClient *client, SimCall *call);
void sim_discovery_refilter (HoldfastSim *sim);
void sim_discovery_end (HoldfastSim *sim);
SimAir *sim_air_add (HoldfastSim *sim,
                     SimAirKind kind,
                     const char *address,
                     const char *name,
                     guint32 class_of_device,
                     gint16 rssi);
SimAir *sim_air_find (HoldfastSim *sim, SimAirKind kind, const char *address);
void sim_air_free (SimAir *air);
void sim_air_set (HoldfastSim *sim, SimAir *air, gboolean on_air);
void sim_crowd_set (HoldfastSim *sim, SimAir *crowd, guint n_members);
/* The headset changed: who is heard now? */
void sim_air_update (HoldfastSim *sim);

/* sim-expiry.c */
void sim_expiry_update (HoldfastSim *sim);

/* sim-device.c */
SimDevice *sim_device_new (HoldfastSim *sim, SimAirKind kind, const char *address);
void sim_device_free (SimDevice *device);
void sim_device_remove (SimDevice *device);
void sim_device_hide (SimDevice *device);
SimDevice *sim_device_find (HoldfastSim *sim, const char *address);
SimDevice *sim_device_find_kind (HoldfastSim *sim, SimAirKind kind);
gboolean sim_device_is_low_energy (SimDevice *device);
GVariant *sim_device_get_property (SimDevice *device, const char *name);
GVariant *sim_part_get_property (SimDevice *device, const char *interface, const char *name);
char *sim_device_endpoint_path (SimDevice *device);
char *sim_device_transport_path (SimDevice *device);
void sim_device_call (SimDevice *device, SimCall *call, const char *method);
void sim_device_set (SimDevice *device, SimCall *call, const char *name, GVariant *value);
void sim_device_set_temporary (SimDevice *device, gboolean temporary);
void sim_device_bond (SimDevice *device);
void sim_device_after (SimDevice *device, gint64 in_ms, SimDeviceFunc next);

/* g_variant_unref() that takes NULL */
void sim_variant_clear (GVariant *value);

/* sim-pairing.c */
void sim_pair (SimDevice *device, SimCall *call);
void sim_cancel_pairing (SimDevice *device, SimCall *call);
/* A connection without a key makes one. sim_connect_paired() is called when it did. */
void sim_pairing_start (SimDevice *device);
/* Ends a dialogue with an error, if one runs. */
void sim_pairing_end (SimDevice *device, const char *error, const char *message);
void sim_ask (SimDevice *device,
              SimClient *agent,
              const char *method,
              GVariant *parameters,
              void (*answered) (SimDevice *device, GVariant *value));
void sim_ask_no_more (SimDevice *device);

/* sim-connect.c */
void sim_connect (SimDevice *device, SimCall *call, const char *uuid);
void sim_connect_paired (SimDevice *device);
void sim_connect_end (SimDevice *device, const char *error, const char *message);
void sim_disconnect (SimDevice *device, SimCall *call);
gboolean sim_headset_hears (SimDevice *device);
void sim_link_up (SimDevice *device);
/* @reason: the end of org.bluez.Reason.* */
void sim_link_down (SimDevice *device, const char *reason);
void sim_link_down_in (SimDevice *device, gint64 in_us, const char *reason);
void sim_transport_down (SimDevice *device);
/* Returns: what became of it, NULL if the link stands */
const char *sim_headset_connects (HoldfastSim *sim);
const char *sim_bredr_error (int hci_status);

/* sim-service.c */
void sim_service_stop (HoldfastSim *sim);
void sim_service_start (HoldfastSim *sim);
/* It dies, and is started again by whoever watches over it. */
void sim_service_restart (HoldfastSim *sim);

/* sim.c */
gboolean sim_has_fault (HoldfastSim *sim, HoldfastSimFaults fault);
/* It was to happen once, and did. */
void sim_spend_fault (HoldfastSim *sim, HoldfastSimFaults fault);
void sim_reset (HoldfastSim *sim);

/* sim-fault.c */
void sim_apply_faults (HoldfastSim *sim, HoldfastSimFaults which);
void sim_fault_is_over (HoldfastSim *sim, HoldfastSimFaults fault);

G_END_DECLS
