/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-bluez.h"

#include "bluez-generated.h"

struct _FakeBluez {
  GDBusConnection *connection;
  GHashTable *objects; /* path → GVariant a{sa{sv}} */
  GPtrArray *paths;    /* in the order they came */
  GHashTable *answers; /* method → Answer */
  GQueue held;         /* GDBusMethodInvocation */
  GString *log;
  char *agent;
  guint registered[4];
  guint n_registered;
};

typedef struct {
  char *error_name;
  char *message;
} Answer;

static const char manager_xml[]
    = "<node><interface name='org.freedesktop.DBus.ObjectManager'>"
      "<method name='GetManagedObjects'>"
      "<arg name='objects' type='a{oa{sa{sv}}}' direction='out'/></method>"
      "<method name='Sync'/>" /* the test's own */
      "</interface></node>";

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  g_free (answer->error_name);
  g_free (answer->message);
  g_free (answer);
}

static GVariant *
get_objects (FakeBluez *self)
{
  GVariantBuilder builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("(a{oa{sa{sv}}})"));

  g_variant_builder_open (&builder, G_VARIANT_TYPE ("a{oa{sa{sv}}}"));
  for (guint i = 0; i < self->paths->len; i++) {
    const char *path = g_ptr_array_index (self->paths, i);

    g_variant_builder_add (
        &builder, "{o@a{sa{sv}}}", path, (GVariant *) g_hash_table_lookup (self->objects, path));
  }
  g_variant_builder_close (&builder);
  return g_variant_builder_end (&builder);
}

static void
carry_out (FakeBluez *self, GDBusMethodInvocation *invocation)
{
  const char *method = g_dbus_method_invocation_get_method_name (invocation);
  Answer *answer = g_hash_table_lookup (self->answers, method);

  if (answer && answer->error_name && g_str_equal (answer->error_name, FAKE_HOLD)) {
    g_queue_push_tail (&self->held, invocation);
  } else if (answer && answer->error_name && g_str_equal (answer->error_name, FAKE_CLOSE)) {
    g_dbus_connection_close (self->connection, NULL, NULL, NULL);
    g_object_unref (invocation);
  } else if (answer && answer->error_name) {
    g_dbus_method_invocation_return_dbus_error (invocation, answer->error_name, answer->message);
  } else if (g_str_equal (method, "GetManagedObjects")) {
    g_dbus_method_invocation_return_value (invocation, get_objects (self));
  } else {
    g_dbus_method_invocation_return_value (invocation, NULL);
  }
}

static void
method_call_cb (GDBusConnection *connection,
                const char *sender,
                const char *path,
                const char *interface,
                const char *method,
                GVariant *parameters,
                GDBusMethodInvocation *invocation,
                gpointer user_data)
{
  FakeBluez *self = user_data;
  g_autofree char *text = g_variant_print (parameters, FALSE);

  if (g_str_equal (method, "Sync")) {
    g_dbus_method_invocation_return_value (invocation, NULL);
    return;
  }
  g_string_append (self->log, method);
  if (g_variant_n_children (parameters))
    g_string_append (self->log, text);
  g_string_append_c (self->log, ' ');
  if (g_str_equal (method, "RegisterAgent")) {
    g_free (self->agent);
    g_variant_get (parameters, "(os)", &self->agent, NULL);
  }
  carry_out (self, invocation);
}

static const GDBusInterfaceVTable vtable = { .method_call = method_call_cb };

static void export (FakeBluez *self, const char *path, GDBusInterfaceInfo *info)
{
  g_autoptr (GError) error = NULL;

  self->registered[self->n_registered++] = g_dbus_connection_register_object (
      self->connection, path, info, &vtable, self, NULL, &error);
  g_assert_no_error (error);
}

static char **
enumerate_cb (GDBusConnection *connection, const char *sender, const char *path, gpointer user_data)
{
  return g_new0 (char *, 1);
}

static GDBusInterfaceInfo **
introspect_cb (GDBusConnection *connection,
               const char *sender,
               const char *path,
               const char *node,
               gpointer user_data)
{
  GDBusInterfaceInfo **infos = g_new0 (GDBusInterfaceInfo *, 2);

  infos[0] = g_dbus_interface_info_ref (node ? holdfast_bz_device1_interface_info ()
                                             : holdfast_bz_adapter1_interface_info ());
  return infos;
}

static const GDBusInterfaceVTable *
dispatch_cb (GDBusConnection *connection,
             const char *sender,
             const char *path,
             const char *interface,
             const char *node,
             gpointer *out_user_data,
             gpointer user_data)
{
  *out_user_data = user_data;
  return &vtable;
}

static const GDBusSubtreeVTable subtree = {
  .enumerate = enumerate_cb,
  .introspect = introspect_cb,
  .dispatch = dispatch_cb,
};

FakeBluez *
fake_bluez_new (GDBusConnection *connection)
{
  static const char *const adapters[] = { FAKE_HCI, FAKE_HCI1 };
  FakeBluez *self = g_new0 (FakeBluez, 1);
  g_autoptr (GDBusNodeInfo) manager = g_dbus_node_info_new_for_xml (manager_xml, NULL);

  self->connection = g_object_ref (connection);
  self->objects
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_variant_unref);
  self->paths = g_ptr_array_new_with_free_func (g_free);
  self->answers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, answer_free);
  self->log = g_string_new (NULL);
  g_queue_init (&self->held);

  export (self, "/", manager->interfaces[0]);
  export (self, "/org/bluez", holdfast_bz_agent_manager1_interface_info ());
  for (guint i = 0; i < G_N_ELEMENTS (adapters); i++) {
    g_autoptr (GError) error = NULL;

    self->registered[self->n_registered++]
        = g_dbus_connection_register_subtree (connection,
                                              adapters[i],
                                              &subtree,
                                              G_DBUS_SUBTREE_FLAGS_DISPATCH_TO_UNENUMERATED_NODES,
                                              self,
                                              NULL,
                                              &error);
    g_assert_no_error (error);
  }
  return self;
}

void
fake_bluez_free (FakeBluez *self)
{
  for (guint i = 0; i < 2; i++)
    g_dbus_connection_unregister_object (self->connection, self->registered[i]);
  for (guint i = 2; i < 4; i++)
    g_dbus_connection_unregister_subtree (self->connection, self->registered[i]);
  g_queue_clear_full (&self->held, g_object_unref);
  g_hash_table_unref (self->objects);
  g_ptr_array_unref (self->paths);
  g_hash_table_unref (self->answers);
  g_string_free (self->log, TRUE);
  g_free (self->agent);
  g_object_unref (self->connection);
  g_free (self);
}

GDBusConnection *
fake_bluez_get_connection (FakeBluez *self)
{
  return self->connection;
}

const char *
fake_bluez_get_log (FakeBluez *self)
{
  return self->log->str;
}

void
fake_bluez_clear_log (FakeBluez *self)
{
  g_string_truncate (self->log, 0);
}

void
fake_bluez_emit (FakeBluez *self,
                 const char *path,
                 const char *interface,
                 const char *signal,
                 GVariant *parameters)
{
  /* A closed connection is what some tests are about. */
  g_dbus_connection_emit_signal (self->connection, NULL, path, interface, signal, parameters, NULL);
}

static GVariant *
parse (const char *type, const char *text)
{
  g_autoptr (GError) error = NULL;
  GVariant *value = g_variant_parse (G_VARIANT_TYPE (type), text, NULL, NULL, &error);

  g_assert_no_error (error);
  return value;
}

void
fake_bluez_add (FakeBluez *self, const char *path, const char *text)
{
  GVariant *interfaces = parse ("a{sa{sv}}", text);

  if (!g_hash_table_contains (self->objects, path))
    g_ptr_array_add (self->paths, g_strdup (path));
  g_hash_table_replace (self->objects, g_strdup (path), interfaces);
  fake_bluez_emit (self,
                   "/",
                   "org.freedesktop.DBus.ObjectManager",
                   "InterfacesAdded",
                   g_variant_new ("(o@a{sa{sv}})", path, interfaces));
}

void
fake_bluez_remove (FakeBluez *self, const char *path)
{
  GVariant *interfaces = g_hash_table_lookup (self->objects, path);
  GVariantBuilder names = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_STRING_ARRAY);
  GVariantIter iter;
  const char *name;
  guint index;

  g_assert_nonnull (interfaces);
  g_variant_iter_init (&iter, interfaces);
  while (g_variant_iter_next (&iter, "{&s@a{sv}}", &name, NULL))
    g_variant_builder_add (&names, "s", name);
  fake_bluez_emit (self,
                   "/",
                   "org.freedesktop.DBus.ObjectManager",
                   "InterfacesRemoved",
                   g_variant_new ("(oas)", path, &names));
  g_hash_table_remove (self->objects, path);
  g_assert_true (g_ptr_array_find_with_equal_func (self->paths, path, g_str_equal, &index));
  g_ptr_array_remove_index_fast (self->paths, index);
}

void
fake_bluez_forget (FakeBluez *self)
{
  g_hash_table_remove_all (self->objects);
  g_ptr_array_set_size (self->paths, 0);
}

static void
emit_changed (FakeBluez *self,
              const char *path,
              const char *interface,
              GVariant *changed,
              const char *const *invalidated)
{
  fake_bluez_emit (self,
                   path,
                   "org.freedesktop.DBus.Properties",
                   "PropertiesChanged",
                   g_variant_new ("(s@a{sv}^as)", interface, changed, invalidated));
}

void
fake_bluez_change (FakeBluez *self, const char *path, const char *interface, const char *text)
{
  g_autoptr (GVariant) changed = parse ("a{sv}", text);
  const char *none[] = { NULL };

  emit_changed (self, path, interface, changed, none);
}

void
fake_bluez_invalidate (FakeBluez *self,
                       const char *path,
                       const char *interface,
                       const char *property)
{
  const char *invalidated[] = { property, NULL };

  emit_changed (self, path, interface, g_variant_new ("a{sv}", NULL), invalidated);
}

void
fake_bluez_emit_owner (FakeBluez *self, const char *before, const char *after)
{
  fake_bluez_emit (self,
                   "/org/freedesktop/DBus",
                   "org.freedesktop.DBus",
                   "NameOwnerChanged",
                   g_variant_new ("(sss)", "org.bluez", before, after));
}

void
fake_bluez_answer (FakeBluez *self, const char *method, const char *error_name, const char *message)
{
  Answer *answer = g_new (Answer, 1);

  answer->error_name = g_strdup (error_name);
  answer->message = g_strdup (message ? message : "");
  g_hash_table_replace (self->answers, g_strdup (method), answer);
}

void
fake_bluez_let_go (FakeBluez *self)
{
  guint n = g_queue_get_length (&self->held);

  for (guint i = 0; i < n; i++)
    carry_out (self, g_queue_pop_head (&self->held));
}

const char *
fake_bluez_get_agent (FakeBluez *self)
{
  return self->agent;
}

static void
text_cb (GDBusConnection *connection,
         const char *sender,
         const char *path,
         const char *interface,
         const char *method,
         GVariant *parameters,
         GDBusMethodInvocation *invocation,
         gpointer user_data)
{
  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(s)", "text"));
}

guint
fake_bluez_register_text (GDBusConnection *connection, GDBusInterfaceInfo *info)
{
  static const GDBusInterfaceVTable text_vtable = { .method_call = text_cb };
  g_autoptr (GError) error = NULL;
  guint id
      = g_dbus_connection_register_object (connection, "/", info, &text_vtable, NULL, NULL, &error);

  g_assert_no_error (error);
  return id;
}
