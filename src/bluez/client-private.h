/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client.h"
#include "clock.h"
#include "device-list.h"
#include "watch.h"

G_BEGIN_DECLS

/* What client.c (the object), objects.c (what is there) and verbs.c (what is asked for) share. */
struct _HoldfastClient {
  GObject parent_instance;

  GDBusConnection *connection;
  char *bus_name;
  HoldfastClock *clock;
  HoldfastWatch *watch;
  GTask *init_task;
  GSource *init_cancel;

  GListStore *adapters;
  HoldfastAdapter *adapter; /* in use */
  char *only;               /* (nullable): address or "hciN" of the only one that may be used */
  gboolean found_only;      /* it was there once */

  GHashTable *devices;    /* path → HoldfastDevice, of all adapters */
  GHashTable *by_id;      /* id → HoldfastDevice, not owned */
  GHashTable *transports; /* path → HoldfastDevice, not owned */
  HoldfastDeviceList *list;

  /* Our discovery. The path is set from when StartDiscovery is sent until it is known to be over.
   */
  char *discovery_path;
  gboolean discovering;   /* BlueZ said so */
  guint discovery_serial; /* grows when a discovery, running or in the making, is to end */

  GHashTable *pairing; /* path → PendingPair */
};

/**
 * PendingPair:
 * @calls: how many Pair calls for the device wait for their answer
 * @had_bond: it was paired before: those calls will fail, and CancelPairing would remove the bond
 */
typedef struct {
  guint calls;
  gboolean had_bond;
} PendingPair;

enum {
  HOLDFAST_CLIENT_PROP_SERVICE_STATE = 1,
  HOLDFAST_CLIENT_PROP_ADAPTER,
  HOLDFAST_CLIENT_N_PROPS,
};

enum {
  HOLDFAST_CLIENT_SIGHTED,
  HOLDFAST_CLIENT_DEVICE_CHANGED,
  HOLDFAST_CLIENT_DEVICE_REMOVED,
  HOLDFAST_CLIENT_DISCONNECTED,
  HOLDFAST_CLIENT_N_SIGNALS,
};

extern GParamSpec *holdfast_client_props[HOLDFAST_CLIENT_N_PROPS];
extern guint holdfast_client_signals[HOLDFAST_CLIENT_N_SIGNALS];

/** How the client takes what the watch tells. */
extern const HoldfastWatchFuncs holdfast_client_watch_funcs;

/** BlueZ answered for the first time, whatever it was. */
void holdfast_client_finish_init (HoldfastClient *self);
void holdfast_client_choose_adapter (HoldfastClient *self);

/** BlueZ said that our discovery on @discovery_path runs. */
void holdfast_client_discovery_began (HoldfastClient *self);
/** One is about to begin where none was: nothing is sighted yet. */
void holdfast_client_discovery_opens (HoldfastClient *self);
/** It is over, or to be over: nothing is sighted from here on. Keeps @discovery_path. */
void holdfast_client_discovery_ends (HoldfastClient *self);

/** Sends what needs no answer, for when nobody is left to get it. */
void holdfast_client_send (HoldfastClient *self,
                           const char *path,
                           const char *interface,
                           const char *method);

/** Returns: (nullable): unique name of BlueZ; NULL on a peer-to-peer connection */
const char *holdfast_client_get_owner (HoldfastClient *self);

G_END_DECLS
