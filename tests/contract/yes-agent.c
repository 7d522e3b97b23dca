/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "yes-agent.h"

#include <string.h>

#define YES_PATH "/io/github/holdfast/contract/yes"

static const char interface_xml[]
    = "<node><interface name='org.bluez.Agent1'>"
      "<method name='Release'/><method name='Cancel'/>"
      "<method name='RequestConfirmation'>"
      "<arg type='o' direction='in'/><arg type='u' direction='in'/></method>"
      "<method name='RequestAuthorization'><arg type='o' direction='in'/></method>"
      "<method name='AuthorizeService'>"
      "<arg type='o' direction='in'/><arg type='s' direction='in'/></method>"
      "</interface></node>";

struct _YesAgent {
  Fixture *fixture;
  guint registration;
  guint asked;
  guint cancelled;
};

static void
method_cb (GDBusConnection *bus,
           const char *sender,
           const char *path,
           const char *interface,
           const char *method,
           GVariant *arguments,
           GDBusMethodInvocation *invocation,
           gpointer user_data)
{
  YesAgent *self = user_data;

  if (strcmp (method, "Cancel") == 0)
    self->cancelled++;
  else if (strcmp (method, "Release") != 0)
    self->asked++;
  g_dbus_method_invocation_return_value (invocation, NULL);
}

YesAgent *
yes_agent_new (Fixture *fixture)
{
  static const GDBusInterfaceVTable vtable = { .method_call = method_cb };
  g_autoptr (GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (interface_xml, NULL);
  g_autoptr (YesAgent) self = g_new0 (YesAgent, 1);
  Call *call;

  g_assert (node != NULL);
  self->fixture = fixture;
  self->registration = g_dbus_connection_register_object (
      fixture->bus, YES_PATH, node->interfaces[0], &vtable, self, NULL, NULL);
  g_assert (self->registration != 0);
  call = raw_call (fixture,
                   "/org/bluez",
                   "org.bluez.AgentManager1",
                   "RegisterAgent",
                   g_variant_new ("(os)", YES_PATH, "DisplayYesNo"));
  return expect (fixture, call, "ok", SOON_SECONDS) ? g_steal_pointer (&self) : NULL;
}

void
yes_agent_free (YesAgent *self)
{
  if (!g_dbus_connection_is_closed (self->fixture->bus)) {
    Call *call = raw_call (self->fixture,
                           "/org/bluez",
                           "org.bluez.AgentManager1",
                           "UnregisterAgent",
                           g_variant_new ("(o)", YES_PATH));

    /* Where its registration failed, or the daemon restarted, there is nothing to unregister. */
    reached (self->fixture, call->done, SOON_SECONDS);
  }
  g_dbus_connection_unregister_object (self->fixture->bus, self->registration);
  g_free (self);
}

guint
yes_agent_get_asked (YesAgent *self)
{
  return self->asked;
}

guint
yes_agent_get_cancelled (YesAgent *self)
{
  return self->cancelled;
}
