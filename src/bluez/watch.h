/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "client.h"

G_BEGIN_DECLS

/**
 * HoldfastWatch:
 *
 * What org.bluez says of itself: whether it is there, its objects, its signals. No state but that;
 * what the objects mean is the client's business.
 *
 * Everything is told in the order BlueZ said it. Nothing is told after holdfast_watch_free().
 */
typedef struct _HoldfastWatch HoldfastWatch;

typedef struct {
  /** It left @before for what holdfast_watch_get_state() tells. Objects are gone unless it is
   * PRESENT; those that were there then have been told before. */
  void (*state_changed) (HoldfastServiceState before, gpointer user_data);
  /** @objects: a{oa{sa{sv}}}, all there are at this moment */
  void (*objects) (GVariant *objects, gpointer user_data);
  /** @interfaces: a{sa{sv}} */
  void (*interfaces_added) (const char *path, GVariant *interfaces, gpointer user_data);
  void (*interfaces_removed) (const char *path, const char *const *interfaces, gpointer user_data);
  /** @changed: a{sv} */
  void (*properties_changed) (const char *path,
                              const char *interface,
                              GVariant *changed,
                              const char *const *invalidated,
                              gpointer user_data);
  void (*disconnected) (const char *path, const char *reason, gpointer user_data);
} HoldfastWatchFuncs;

/**
 * holdfast_watch_new:
 * @user_data: (transfer none): what the functions get; owns the watch
 *
 * Tells nothing before the first turn of the main context.
 */
HoldfastWatch *holdfast_watch_new (GDBusConnection *connection,
                                   const char *bus_name,
                                   const HoldfastWatchFuncs *funcs,
                                   GObject *user_data);
void holdfast_watch_free (HoldfastWatch *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HoldfastWatch, holdfast_watch_free)

HoldfastServiceState holdfast_watch_get_state (HoldfastWatch *self);
/** Returns: (nullable): unique name of the service; NULL on a peer-to-peer connection */
const char *holdfast_watch_get_owner (HoldfastWatch *self);

/**
 * holdfast_watch_hides:
 * @flatpak_info: contents of /.flatpak-info
 *
 * Returns: TRUE if a sandbox so described lets @bus_name of the system bus not be seen
 */
gboolean holdfast_watch_hides (const char *flatpak_info, gsize length, const char *bus_name);

G_END_DECLS
