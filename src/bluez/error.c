/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "error.h"

#include "names.h"

gboolean
holdfast_bluez_error_is (const GError *error, const char *name)
{
  g_autofree char *remote = error ? g_dbus_error_get_remote_error (error) : NULL;

  return g_strcmp0 (remote, name) == 0;
}

gboolean
holdfast_bluez_error_is_gone (const GError *error)
{
  /* An object that is gone answers with any of these, by the age of bluetoothd. */
  return holdfast_bluez_error_is (error, DBUS_ERROR "UnknownObject")
         || holdfast_bluez_error_is (error, DBUS_ERROR "UnknownInterface")
         || holdfast_bluez_error_is (error, DBUS_ERROR "UnknownMethod")
         || holdfast_bluez_error_is (error, DBUS_ERROR "ServiceUnknown")
         || holdfast_bluez_error_is (error, DBUS_ERROR "NameHasNoOwner")
         || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CLOSED);
}
