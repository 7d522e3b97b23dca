/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "watch.h"

#include "names.h"

#include <string.h>

/* BlueZ answers for all it knows at once; a machine in trouble takes its time. */
#define OBJECTS_TIMEOUT_MS 25000

struct _HoldfastWatch {
  GDBusConnection *connection;
  char *bus_name;
  const HoldfastWatchFuncs *funcs;
  GObject *user_data; /* not owned: it owns the watch */

  HoldfastServiceState state;
  gboolean hidden; /* by the sandbox we are in */
  char *owner;
  GCancellable *cancellable;       /* for as long as the watch lives */
  GCancellable *owner_cancellable; /* for as long as this owner lives */
  guint owner_subscription;
  guint subscriptions[4];
  guint n_subscriptions;
  gulong closed_handler;
};

/* Whoever is told may drop the last reference to whom the watch belongs, and with it the watch. */
#define hold_during_callback(self)                                                                 \
  G_GNUC_UNUSED g_autoptr (GObject) held = g_object_ref ((self) -> user_data)

static void
set_state (HoldfastWatch *self, HoldfastServiceState state)
{
  HoldfastServiceState before = self->state;

  if (state == before)
    return;
  self->state = state;
  self->funcs->state_changed (before, self->user_data);
}

static void
interfaces_added_cb (GDBusConnection *connection,
                     const char *sender,
                     const char *object,
                     const char *interface,
                     const char *signal,
                     GVariant *parameters,
                     gpointer user_data)
{
  HoldfastWatch *self = user_data;
  hold_during_callback (self);
  g_autoptr (GVariant) interfaces = NULL;
  const char *path;

  /* Before the objects were told there is nothing to add to; they will hold this one. */
  if (self->state != HOLDFAST_SERVICE_STATE_PRESENT
      || !g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(oa{sa{sv}})")))
    return;
  g_variant_get (parameters, "(&o@a{sa{sv}})", &path, &interfaces);
  self->funcs->interfaces_added (path, interfaces, self->user_data);
}

static void
interfaces_removed_cb (GDBusConnection *connection,
                       const char *sender,
                       const char *object,
                       const char *interface,
                       const char *signal,
                       GVariant *parameters,
                       gpointer user_data)
{
  HoldfastWatch *self = user_data;
  hold_during_callback (self);
  g_autofree const char **interfaces = NULL;
  const char *path;

  if (self->state != HOLDFAST_SERVICE_STATE_PRESENT
      || !g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(oas)")))
    return;
  g_variant_get (parameters, "(&o^a&s)", &path, &interfaces);
  self->funcs->interfaces_removed (path, interfaces, self->user_data);
}

static void
properties_changed_cb (GDBusConnection *connection,
                       const char *sender,
                       const char *object,
                       const char *interface,
                       const char *signal,
                       GVariant *parameters,
                       gpointer user_data)
{
  HoldfastWatch *self = user_data;
  hold_during_callback (self);
  g_autoptr (GVariant) changed = NULL;
  g_autofree const char **invalidated = NULL;
  const char *name;

  if (self->state != HOLDFAST_SERVICE_STATE_PRESENT
      || !g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(sa{sv}as)")))
    return;
  g_variant_get (parameters, "(&s@a{sv}^a&s)", &name, &changed, &invalidated);
  self->funcs->properties_changed (object, name, changed, invalidated, self->user_data);
}

static void
disconnected_cb (GDBusConnection *connection,
                 const char *sender,
                 const char *object,
                 const char *interface,
                 const char *signal,
                 GVariant *parameters,
                 gpointer user_data)
{
  HoldfastWatch *self = user_data;
  hold_during_callback (self);
  g_autoptr (GVariant) reason = NULL;

  /* The reason is the first of its arguments; how many follow is not ours to judge. */
  if (self->state != HOLDFAST_SERVICE_STATE_PRESENT
      || !g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(s*)")))
    return;
  reason = g_variant_get_child_value (parameters, 0);
  self->funcs->disconnected (object, g_variant_get_string (reason, NULL), self->user_data);
}

static void
unsubscribe (HoldfastWatch *self)
{
  if (self->owner_cancellable)
    g_cancellable_cancel (self->owner_cancellable);
  g_clear_object (&self->owner_cancellable);
  while (self->n_subscriptions)
    g_dbus_connection_signal_unsubscribe (self->connection,
                                          self->subscriptions[--self->n_subscriptions]);
}

static void
subscribe (HoldfastWatch *self, const char *interface, const char *signal, GDBusSignalCallback func)
{
  g_assert (self->n_subscriptions < G_N_ELEMENTS (self->subscriptions));
  self->subscriptions[self->n_subscriptions++]
      = g_dbus_connection_signal_subscribe (self->connection,
                                            self->owner,
                                            interface,
                                            signal,
                                            NULL,
                                            NULL,
                                            G_DBUS_SIGNAL_FLAGS_NONE,
                                            func,
                                            self,
                                            NULL);
}

static void
set_absent (HoldfastWatch *self)
{
  set_state (self, self->hidden ? HOLDFAST_SERVICE_STATE_HIDDEN : HOLDFAST_SERVICE_STATE_ABSENT);
}

/* Whoever is not there, and whoever may not be asked. */
static void
set_failed (HoldfastWatch *self, const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CLOSED))
    set_state (self, HOLDFAST_SERVICE_STATE_CLOSED);
  else if (g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_ACCESS_DENIED))
    set_state (self, HOLDFAST_SERVICE_STATE_DENIED);
  else
    set_absent (self);
}

static void ask_objects (HoldfastWatch *self);

static void
objects_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  HoldfastWatch *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply
      = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  g_autoptr (GVariant) objects = NULL;
  g_autoptr (GObject) held = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return; /* the watch, or this owner, is gone */
  held = g_object_ref (self->user_data);
  if (error) {
    g_debug ("BlueZ does not tell its objects: %s", error->message);
    set_failed (self, error);
    /* It is there and only slow, so it may answer yet. 25 s lie between two questions. */
    if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
      ask_objects (self);
    return;
  }

  objects = g_variant_get_child_value (reply, 0);
  set_state (self, HOLDFAST_SERVICE_STATE_PRESENT);
  if (self->state == HOLDFAST_SERVICE_STATE_PRESENT)
    self->funcs->objects (objects, self->user_data);
}

static void
ask_objects (HoldfastWatch *self)
{
  g_dbus_connection_call (self->connection,
                          self->bus_name,
                          "/",
                          DBUS_OBJECT_MANAGER,
                          "GetManagedObjects",
                          NULL,
                          G_VARIANT_TYPE ("(a{oa{sa{sv}}})"),
                          G_DBUS_CALL_FLAGS_NO_AUTO_START,
                          OBJECTS_TIMEOUT_MS,
                          self->owner_cancellable,
                          objects_cb,
                          self);
}

/* Subscribes first, so that nothing falls between the answer and the first signal. */
static void
begin (HoldfastWatch *self, const char *owner)
{
  unsubscribe (self);
  set_state (self, HOLDFAST_SERVICE_STATE_STARTING);
  g_set_str (&self->owner, owner);
  self->owner_cancellable = g_cancellable_new ();
  subscribe (self, DBUS_OBJECT_MANAGER, "InterfacesAdded", interfaces_added_cb);
  subscribe (self, DBUS_OBJECT_MANAGER, "InterfacesRemoved", interfaces_removed_cb);
  subscribe (self, DBUS_PROPERTIES, "PropertiesChanged", properties_changed_cb);
  subscribe (self, BZ_DEVICE, "Disconnected", disconnected_cb);
  ask_objects (self);
}

static void
end (HoldfastWatch *self)
{
  unsubscribe (self);
  g_clear_pointer (&self->owner, g_free);
}

static void
owner_changed_cb (GDBusConnection *connection,
                  const char *sender,
                  const char *object,
                  const char *interface,
                  const char *signal,
                  GVariant *parameters,
                  gpointer user_data)
{
  HoldfastWatch *self = user_data;
  hold_during_callback (self);
  const char *after;

  if (self->state == HOLDFAST_SERVICE_STATE_CLOSED
      || !g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(sss)")))
    return;
  g_variant_get (parameters, "(&s&s&s)", NULL, NULL, &after);
  end (self);
  if (*after) {
    begin (self, self->bus_name ? after : NULL);
  } else {
    set_absent (self);
  }
}

static void
owner_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  HoldfastWatch *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply
      = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  g_autoptr (GObject) held = NULL;
  const char *owner;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return; /* the watch is gone */
  held = g_object_ref (self->user_data);
  if (self->state != HOLDFAST_SERVICE_STATE_STARTING || self->owner)
    return; /* NameOwnerChanged was quicker */
  if (error) {
    set_failed (self, error);
    return;
  }
  g_variant_get (reply, "(&s)", &owner);
  begin (self, owner);
}

static void
closed_cb (GDBusConnection *connection, gboolean by_peer, GError *error, HoldfastWatch *self)
{
  hold_during_callback (self);

  end (self);
  set_state (self, HOLDFAST_SERVICE_STATE_CLOSED);
}

static void
flatpak_info_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  HoldfastWatch *self = user_data;
  g_autofree char *contents = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  if (g_file_load_contents_finish (G_FILE (source), result, &contents, &length, NULL, &error))
    self->hidden = holdfast_watch_hides (contents, length, self->bus_name);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return; /* the watch is gone */

  if (self->state == HOLDFAST_SERVICE_STATE_CLOSED)
    return;
  /* Asking for the owner does not start the service, unlike a call to it would. */
  g_dbus_connection_call (self->connection,
                          DBUS_NAME,
                          DBUS_PATH,
                          DBUS_NAME,
                          "GetNameOwner",
                          g_variant_new ("(s)", self->bus_name),
                          G_VARIANT_TYPE ("(s)"),
                          G_DBUS_CALL_FLAGS_NONE,
                          OBJECTS_TIMEOUT_MS,
                          self->cancellable,
                          owner_cb,
                          self);
}

HoldfastWatch *
holdfast_watch_new (GDBusConnection *connection,
                    const char *bus_name,
                    const HoldfastWatchFuncs *funcs,
                    GObject *user_data)
{
  HoldfastWatch *self = g_new0 (HoldfastWatch, 1);

  self->connection = g_object_ref (connection);
  self->bus_name = g_strdup (bus_name);
  self->funcs = funcs;
  self->user_data = user_data;
  self->cancellable = g_cancellable_new ();
  /* Disconnected in free; the connection outlives us. */
  self->closed_handler = g_signal_connect (connection, "closed", G_CALLBACK (closed_cb), self);
  /* A peer has no bus that tells who comes and goes; one that plays a service with restarts tells
   * it by the same signal. */
  self->owner_subscription = g_dbus_connection_signal_subscribe (connection,
                                                                 bus_name ? DBUS_NAME : NULL,
                                                                 DBUS_NAME,
                                                                 "NameOwnerChanged",
                                                                 DBUS_PATH,
                                                                 bus_name ? bus_name : BZ_NAME,
                                                                 G_DBUS_SIGNAL_FLAGS_NONE,
                                                                 owner_changed_cb,
                                                                 self,
                                                                 NULL);
  if (bus_name) {
    g_autoptr (GFile) file = g_file_new_for_path ("/.flatpak-info");

    g_file_load_contents_async (file, self->cancellable, flatpak_info_cb, self);
  } else {
    begin (self, NULL);
  }

  return self;
}

void
holdfast_watch_free (HoldfastWatch *self)
{
  end (self);
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  g_dbus_connection_signal_unsubscribe (self->connection, self->owner_subscription);
  g_signal_handler_disconnect (self->connection, self->closed_handler);
  g_object_unref (self->connection);
  g_free (self->bus_name);
  g_free (self);
}

HoldfastServiceState
holdfast_watch_get_state (HoldfastWatch *self)
{
  return self->state;
}

const char *
holdfast_watch_get_owner (HoldfastWatch *self)
{
  return self->owner;
}

gboolean
holdfast_watch_hides (const char *flatpak_info, gsize length, const char *bus_name)
{
  g_autoptr (GKeyFile) info = g_key_file_new ();
  g_auto (GStrv) sockets = NULL;
  g_auto (GStrv) names = NULL;

  if (!g_key_file_load_from_data (info, flatpak_info, length, G_KEY_FILE_NONE, NULL))
    return FALSE;
  sockets = g_key_file_get_string_list (info, "Context", "sockets", NULL, NULL);
  if (sockets && g_strv_contains ((const char *const *) sockets, "system-bus"))
    return FALSE; /* all of it */

  names = g_key_file_get_keys (info, "System Bus Policy", NULL, NULL);
  for (char **name = names; name && *name; name++) {
    g_autofree char *policy = g_key_file_get_string (info, "System Bus Policy", *name, NULL);
    gsize stem = strlen (*name);
    gboolean fits = g_str_equal (*name, bus_name);

    /* "org.bluez.*" means org.bluez too. */
    if (g_str_has_suffix (*name, ".*") && strncmp (*name, bus_name, stem - 2) == 0
        && (bus_name[stem - 2] == '\0' || bus_name[stem - 2] == '.'))
      fits = TRUE;
    if (fits && (g_strcmp0 (policy, "talk") == 0 || g_strcmp0 (policy, "own") == 0))
      return FALSE;
  }
  return TRUE;
}
