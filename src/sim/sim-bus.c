/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim-private.h"

#define DBUS_ERROR "org.freedesktop.DBus.Error."
#define OBJECT_MANAGER "org.freedesktop.DBus.ObjectManager"
#define PEER "org.freedesktop.DBus.Peer"
#define PROPERTIES "org.freedesktop.DBus.Properties"
#define DEVICE_PATH_LENGTH (strlen (SIM_ADAPTER_PATH "/dev_XX_XX_XX_XX_XX_XX"))

/* Every message is handled by hand rather than by registered objects: so the order of replies and
 * signals is ours to say, ten thousand devices cost no registrations, and the errors are those of
 * the library that bluetoothd uses. */

typedef struct {
  const char *path;
  SimDevice *device;
  const char *interface;
} Target;

static SimClient *
sim_client_ref (SimClient *client)
{
  g_atomic_ref_count_inc (&client->refs);
  return client;
}

void
sim_client_unref (SimClient *client)
{
  if (!g_atomic_ref_count_dec (&client->refs))
    return;
  g_main_context_unref (client->context);
  g_object_unref (client->connection);
  g_free (client->agent);
  g_free (client->capability);
  g_free (client);
}

static void
sim_call_free (SimCall *call)
{
  g_object_unref (call->message);
  sim_client_unref (call->client);
  g_free (call);
}

static void
sim_call_send (SimCall *call, GDBusMessage *reply)
{
  gboolean wanted
      = (g_dbus_message_get_flags (call->message) & G_DBUS_MESSAGE_FLAGS_NO_REPLY_EXPECTED) == 0;

  /* a connection that was closed meanwhile has nobody to be told */
  if (wanted)
    g_dbus_connection_send_message (
        call->client->connection, reply, G_DBUS_SEND_MESSAGE_FLAGS_NONE, NULL, NULL);
  g_object_unref (reply);
  sim_call_free (call);
}

/* What the bus says to those whose call was not answered when the daemon died. */
static gboolean
answer_for_the_dead (SimCall *call)
{
  HoldfastSim *sim = call->client->sim;

  if (sim == NULL || sim->service)
    return FALSE;
  sim_call_send (call,
                 g_dbus_message_new_method_error_literal (
                     call->message,
                     DBUS_ERROR "NoReply",
                     "Message recipient disconnected from message bus without replying"));
  return TRUE;
}

void
sim_call_return_value (SimCall *call, GVariant *value)
{
  g_autoptr (GVariant) held = value != NULL ? g_variant_ref_sink (value) : NULL;
  GDBusMessage *reply;

  if (answer_for_the_dead (call))
    return;
  reply = g_dbus_message_new_method_reply (call->message);
  if (held != NULL)
    g_dbus_message_set_body (reply, held);
  sim_call_send (call, reply);
}

void
sim_call_return (SimCall *call)
{
  sim_call_return_value (call, NULL);
}

void
sim_call_error (SimCall *call, const char *name, const char *message)
{
  if (!g_str_equal (name, DBUS_ERROR "ServiceUnknown") && answer_for_the_dead (call))
    return;
  sim_call_send (call, g_dbus_message_new_method_error_literal (call->message, name, message));
}

void
sim_call_fail (SimCall *call, const char *error, const char *message)
{
  g_autofree char *name = g_strconcat ("org.bluez.Error.", error, NULL);

  sim_call_error (call, name, message);
}

/* Returns: (transfer none): the arguments; their signature was compared */
GVariant *
sim_call_get_body (SimCall *call)
{
  return g_dbus_message_get_body (call->message);
}

GDBusInterfaceInfo *
sim_interface_info (const char *interface)
{
  static const struct {
    const char *name;
    GDBusInterfaceInfo *(*info) (void);
  } infos[] = {
    { SIM_ADAPTER,   holdfast_bz_adapter1_interface_info         },
    { SIM_BATTERY,   holdfast_bz_battery1_interface_info         },
    { SIM_DEVICE,    holdfast_bz_device1_interface_info          },
    { SIM_MANAGER,   holdfast_bz_agent_manager1_interface_info   },
    { SIM_TRANSPORT, holdfast_bz_media_transport1_interface_info },
  };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (infos); i++) {
    if (g_strcmp0 (infos[i].name, interface) == 0)
      return infos[i].info ();
  }
  return NULL;
}

static GVariant *
get_property (HoldfastSim *sim, const Target *target, const char *name)
{
  if (g_str_equal (target->interface, SIM_ADAPTER))
    return sim_adapter_get_property (sim, name);
  if (g_str_equal (target->interface, SIM_DEVICE))
    return sim_device_get_property (target->device, name);
  if (target->device != NULL)
    return sim_part_get_property (target->device, target->interface, name);
  return NULL;
}

static GVariant *
get_properties (HoldfastSim *sim, const Target *target)
{
  static const char *const endpoint[] = { "UUID", "Codec", "Device", NULL };
  GDBusInterfaceInfo *info = sim_interface_info (target->interface);
  GVariantBuilder builder;
  GDBusPropertyInfo **property;
  guint i;

  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
  /* not in our XML, as no program of ours reads it; but bluetoothd tells it */
  for (i = 0; info == NULL && endpoint[i] != NULL; i++)
    g_variant_builder_add (&builder,
                           "{sv}",
                           endpoint[i],
                           sim_part_get_property (target->device, SIM_ENDPOINT, endpoint[i]));
  for (property = info != NULL ? info->properties : NULL; property != NULL && *property != NULL;
       property++) {
    GVariant *value = get_property (sim, target, (*property)->name);

    if (value != NULL)
      g_variant_builder_add (&builder, "{sv}", (*property)->name, value);
  }
  return g_variant_builder_end (&builder);
}

static SimDevice *
find_owner (HoldfastSim *sim, const char *path)
{
  g_autofree char *owner = g_strndup (path, DEVICE_PATH_LENGTH);

  if (!sim->present)
    return NULL; /* known, and without an object */
  return g_hash_table_lookup (sim->devices, owner);
}

/* Returns: (array zero-terminated=1): the interfaces at @path, and @ret_device whose object it is
 */
static GStrv
list_interfaces (HoldfastSim *sim, const char *path, SimDevice **ret_device)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  SimDevice *device = NULL;

  if (g_str_equal (path, "/org/bluez")) {
    g_strv_builder_add (builder, SIM_MANAGER);
  } else if (g_str_equal (path, SIM_ADAPTER_PATH) && sim->present) {
    g_strv_builder_add (builder, SIM_ADAPTER);
  } else if ((device = find_owner (sim, path)) != NULL) {
    g_autofree char *endpoint = sim_device_endpoint_path (device);
    g_autofree char *transport = sim_device_transport_path (device);

    if (g_str_equal (path, device->path)) {
      g_strv_builder_add (builder, SIM_DEVICE);
      if (device->battery)
        g_strv_builder_add (builder, SIM_BATTERY);
    } else if (device->endpoint && g_str_equal (path, endpoint)) {
      g_strv_builder_add (builder, SIM_ENDPOINT);
    } else if (device->transport && g_str_equal (path, transport)) {
      g_strv_builder_add (builder, SIM_TRANSPORT);
    }
  }
  if (ret_device != NULL)
    *ret_device = device;
  return g_strv_builder_end (builder);
}

static GVariant *
describe (HoldfastSim *sim, const char *path, const char *only)
{
  GVariantBuilder builder;
  SimDevice *device;
  g_auto (GStrv) interfaces = list_interfaces (sim, path, &device);
  guint i;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{sa{sv}}"));
  for (i = 0; interfaces[i] != NULL; i++) {
    Target target = { path, device, interfaces[i] };

    if (only == NULL || g_str_equal (only, interfaces[i]))
      g_variant_builder_add (&builder, "{s@a{sv}}", interfaces[i], get_properties (sim, &target));
  }
  return g_variant_builder_end (&builder);
}

static void
add_object (GVariantBuilder *builder, HoldfastSim *sim, const char *path)
{
  g_variant_builder_add (builder, "{o@a{sa{sv}}}", path, describe (sim, path, NULL));
}

static GVariant *
get_managed_objects (HoldfastSim *sim)
{
  GVariantBuilder builder;
  GHashTableIter iter;
  gpointer value;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{oa{sa{sv}}}"));
  add_object (&builder, sim, "/org/bluez");
  if (sim->present)
    add_object (&builder, sim, SIM_ADAPTER_PATH);
  g_hash_table_iter_init (&iter, sim->devices);
  while (sim->present && g_hash_table_iter_next (&iter, NULL, &value)) {
    SimDevice *device = value;

    add_object (&builder, sim, device->path);
    if (device->endpoint) {
      g_autofree char *endpoint = sim_device_endpoint_path (device);

      add_object (&builder, sim, endpoint);
    }
    if (device->transport) {
      g_autofree char *transport = sim_device_transport_path (device);

      add_object (&builder, sim, transport);
    }
  }
  return g_variant_new ("(@a{oa{sa{sv}}})", g_variant_builder_end (&builder));
}

void
sim_emit (HoldfastSim *sim,
          const char *path,
          const char *interface,
          const char *signal,
          GVariant *parameters)
{
  g_autoptr (GVariant) held = g_variant_ref_sink (parameters);
  guint i;

  if (!sim->service)
    return;
  /* a connection that is closing has nobody to be told */
  for (i = 0; i < sim->clients->len; i++) {
    SimClient *client = g_ptr_array_index (sim->clients, i);

    g_dbus_connection_emit_signal (client->connection, NULL, path, interface, signal, held, NULL);
  }
}

/* One PropertiesChanged with the present values of the named properties; those that have none are
 * invalidated. */
void
sim_emit_changed (HoldfastSim *sim, const char *path, const char *interface, ...)
{
  GVariantBuilder changed;
  GVariantBuilder invalidated;
  Target target = { path, NULL, interface };
  g_auto (GStrv) interfaces = list_interfaces (sim, path, &target.device);
  const char *name;
  va_list names;

  if (!g_strv_contains ((const char *const *) interfaces, interface))
    return;
  g_variant_builder_init (&changed, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_init (&invalidated, G_VARIANT_TYPE_STRING_ARRAY);
  va_start (names, interface);
  while ((name = va_arg (names, const char *)) != NULL) {
    GVariant *value = get_property (sim, &target, name);

    if (value != NULL)
      g_variant_builder_add (&changed, "{sv}", name, value);
    else
      g_variant_builder_add (&invalidated, "s", name);
  }
  va_end (names);
  sim_emit (sim,
            path,
            PROPERTIES,
            "PropertiesChanged",
            g_variant_new ("(s@a{sv}@as)",
                           interface,
                           g_variant_builder_end (&changed),
                           g_variant_builder_end (&invalidated)));
}

void
sim_emit_added (HoldfastSim *sim, const char *path)
{
  sim_emit_interface_added (sim, path, NULL);
}

void
sim_emit_interface_added (HoldfastSim *sim, const char *path, const char *interface)
{
  if (sim->clients->len == 0)
    return;
  sim_emit (sim,
            "/",
            OBJECT_MANAGER,
            "InterfacesAdded",
            g_variant_new ("(o@a{sa{sv}})", path, describe (sim, path, interface)));
}

void
sim_emit_removed (HoldfastSim *sim, const char *path, const char *const *interfaces)
{
  sim_emit (
      sim, "/", OBJECT_MANAGER, "InterfacesRemoved", g_variant_new ("(o^as)", path, interfaces));
}

/* libdbus's words for what nothing answers to. */
static void
answer_unknown (HoldfastSim *sim, SimCall *call, gboolean object_exists)
{
  const char *signature = g_dbus_message_get_signature (call->message);
  const char *interface = g_dbus_message_get_interface (call->message);
  g_autofree char *text
      = g_strdup_printf ("Method \"%s\" with signature \"%s\" on interface \"%s\" doesn't exist\n",
                         g_dbus_message_get_member (call->message),
                         signature != NULL ? signature : "",
                         interface != NULL ? interface : "(null)");

  sim_call_error (
      call, object_exists ? DBUS_ERROR "UnknownMethod" : DBUS_ERROR "UnknownObject", text);
}

static gboolean
signature_fits (SimCall *call, GDBusMethodInfo *method)
{
  const char *signature = g_dbus_message_get_signature (call->message);
  g_autoptr (GString) wanted = g_string_new (NULL);
  guint i;

  for (i = 0; method->in_args != NULL && method->in_args[i] != NULL; i++)
    g_string_append (wanted, method->in_args[i]->signature);
  return g_strcmp0 (wanted->str, signature != NULL ? signature : "") == 0;
}

static void
set_property (
    HoldfastSim *sim, SimCall *call, const Target *target, const char *name, GVariant *value)
{
  GDBusPropertyInfo *property
      = g_dbus_interface_info_lookup_property (sim_interface_info (target->interface), name);

  if (property == NULL) {
    g_autofree char *text = g_strdup_printf ("No such property '%s'", name);

    sim_call_error (call, DBUS_ERROR "InvalidArgs", text);
  } else if ((property->flags & G_DBUS_PROPERTY_INFO_FLAGS_WRITABLE) == 0) {
    g_autofree char *text = g_strdup_printf ("Property '%s' is not writable", name);

    sim_call_error (call, DBUS_ERROR "PropertyReadOnly", text);
  } else if (!g_variant_is_of_type (value, G_VARIANT_TYPE (property->signature))) {
    g_autofree char *text = g_strdup_printf ("Invalid signature for '%s'", name);

    sim_call_error (call, DBUS_ERROR "InvalidSignature", text);
  } else if (g_str_equal (target->interface, SIM_ADAPTER)) {
    sim_adapter_set (sim, call, name, value);
  } else if (g_str_equal (target->interface, SIM_DEVICE)) {
    sim_device_set (target->device, call, name, value);
  } else {
    sim_call_return (call); /* Volume, Delay: taken, without effect */
  }
}

static void
properties_call (HoldfastSim *sim,
                 SimCall *call,
                 const char *path,
                 const char *const *interfaces,
                 SimDevice *device)
{
  const char *member = g_dbus_message_get_member (call->message);
  const char *signature = g_dbus_message_get_signature (call->message);
  GVariant *body = sim_call_get_body (call);
  Target target = { path, device, NULL };
  const char *name = NULL;
  g_autoptr (GVariant) value = NULL;

  if (g_str_equal (member, "GetAll") && g_strcmp0 (signature, "s") == 0)
    g_variant_get (body, "(&s)", &target.interface);
  else if (g_str_equal (member, "Get") && g_strcmp0 (signature, "ss") == 0)
    g_variant_get (body, "(&s&s)", &target.interface, &name);
  else if (g_str_equal (member, "Set") && g_strcmp0 (signature, "ssv") == 0)
    g_variant_get (body, "(&s&sv)", &target.interface, &name, &value);
  if (target.interface == NULL) {
    answer_unknown (sim, call, TRUE);
  } else if (!g_strv_contains (interfaces, target.interface)) {
    g_autofree char *text = g_strdup_printf ("No such interface '%s'", target.interface);

    sim_call_error (call, DBUS_ERROR "InvalidArgs", text);
  } else if (value != NULL) {
    set_property (sim, call, &target, name, value);
  } else if (name == NULL) {
    sim_call_return_value (call, g_variant_new ("(@a{sv})", get_properties (sim, &target)));
  } else {
    GVariant *present = get_property (sim, &target, name);
    g_autofree char *text = g_strdup_printf ("No such property '%s'", name);

    if (present != NULL)
      sim_call_return_value (call, g_variant_new ("(v)", present));
    else
      sim_call_error (call, DBUS_ERROR "InvalidArgs", text);
  }
}

static void
method_call (HoldfastSim *sim, SimCall *call, const char *const *interfaces, SimDevice *device)
{
  const char *interface = g_dbus_message_get_interface (call->message);
  const char *member = g_dbus_message_get_member (call->message);
  GDBusInterfaceInfo *info = sim_interface_info (interface);
  GDBusMethodInfo *method = NULL;

  if (info != NULL && g_strv_contains (interfaces, interface))
    method = g_dbus_interface_info_lookup_method (info, member);
  if (method == NULL || !signature_fits (call, method))
    answer_unknown (sim, call, interfaces[0] != NULL);
  else if (g_str_equal (interface, SIM_ADAPTER))
    sim_adapter_call (sim, call, member);
  else if (g_str_equal (interface, SIM_DEVICE))
    sim_device_call (device, call, member);
  else if (g_str_equal (interface, SIM_MANAGER))
    sim_manager_call (sim, call, member);
  else
    answer_unknown (sim, call, TRUE);
}

static void
handle (SimCall *call)
{
  HoldfastSim *sim = call->client->sim;
  const char *path = g_dbus_message_get_path (call->message);
  const char *interface = g_dbus_message_get_interface (call->message);
  SimDevice *device = NULL;
  g_auto (GStrv) interfaces = NULL;

  if (sim == NULL || !sim->service) {
    sim_call_error (call,
                    DBUS_ERROR "ServiceUnknown",
                    "The name org.bluez was not provided by any .service files");
    return;
  }
  if (g_strcmp0 (interface, OBJECT_MANAGER) == 0 && g_str_equal (path, "/")
      && g_strcmp0 (g_dbus_message_get_member (call->message), "GetManagedObjects") == 0) {
    sim_call_return_value (call, get_managed_objects (sim));
    return;
  }
  interfaces = list_interfaces (sim, path, &device);
  if (g_strcmp0 (interface, PROPERTIES) == 0 && interfaces[0] != NULL)
    properties_call (sim, call, path, (const char *const *) interfaces, device);
  else
    method_call (sim, call, (const char *const *) interfaces, device);
}

static gboolean
deliver (gpointer user_data)
{
  SimCall *call = user_data;
  HoldfastSim *sim = call->client->sim;

  if (sim != NULL)
    g_object_ref (sim);
  handle (call);
  g_clear_object (&sim);
  return G_SOURCE_REMOVE;
}

/* Runs in the connection's thread: hands calls over to the caller's main context, in order. */
static GDBusMessage *
filter (GDBusConnection *connection, GDBusMessage *message, gboolean incoming, gpointer user_data)
{
  SimClient *client = user_data;
  g_autoptr (GSource) source = NULL;
  SimCall *call;

  if (!incoming || g_dbus_message_get_message_type (message) != G_DBUS_MESSAGE_TYPE_METHOD_CALL
      || g_strcmp0 (g_dbus_message_get_interface (message), PEER) == 0)
    return message;
  call = g_new (SimCall, 1);
  call->client = sim_client_ref (client);
  call->message = message;
  source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_static_name (source, "holdfast-sim-call");
  g_source_set_callback (source, deliver, call, NULL);
  g_source_attach (source, client->context);
  return NULL;
}

static void
closed (GDBusConnection *connection, gboolean remote, GError *error, gpointer user_data)
{
  SimClient *client = user_data;

  if (client->sim != NULL)
    g_ptr_array_remove (client->sim->clients, client);
}

/* @connection: has not begun to read yet */
SimClient *
sim_client_new (HoldfastSim *sim, GDBusConnection *connection)
{
  SimClient *client = g_new0 (SimClient, 1);

  g_atomic_ref_count_init (&client->refs);
  client->sim = sim;
  client->context = g_main_context_ref (sim->context);
  client->connection = g_object_ref (connection);
  client->scan = SIM_SCAN_AUTO;
  client->filter = g_dbus_connection_add_filter (
      connection, filter, sim_client_ref (client), (GDestroyNotify) sim_client_unref);
  /* plain: the client outlives its handler, see sim_client_drop() */
  client->closed = g_signal_connect (connection, "closed", G_CALLBACK (closed), client);
  return client;
}

static void
end_calls_of (SimClient *client)
{
  g_autoptr (GPtrArray) devices = g_hash_table_get_values_as_ptr_array (client->sim->devices);
  guint i;

  for (i = 0; i < devices->len; i++) {
    SimDevice *device = g_ptr_array_index (devices, i);

    if (device->pair_call != NULL && device->pair_call->client == client && !device->keyed)
      sim_pairing_end (device, "AuthenticationCanceled", "Authentication Canceled");
    else if (device->asked == client)
      sim_pairing_end (device, "AuthenticationFailed", "Authentication Failed");
  }
}

/* The program left the bus: what it asked for ends. */
void
sim_client_drop (SimClient *client)
{
  HoldfastSim *sim = client->sim;

  if (sim->devices != NULL) {
    end_calls_of (client);
    g_clear_pointer (&client->agent, g_free);
    if (client->discovering)
      sim_discovery_stop (sim, client, NULL);
  }
  client->sim = NULL;
  g_clear_signal_handler (&client->closed, client->connection);
  g_dbus_connection_remove_filter (client->connection, client->filter);
  g_dbus_connection_close (client->connection, NULL, NULL, NULL);
  sim_client_unref (client);
}
