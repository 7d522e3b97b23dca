/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#define BZ_NAME "org.bluez"
#define BZ_ADAPTER "org.bluez.Adapter1"
#define BZ_DEVICE "org.bluez.Device1"
#define BZ_AGENT_MANAGER "org.bluez.AgentManager1"
#define BZ_BATTERY "org.bluez.Battery1"
#define BZ_TRANSPORT "org.bluez.MediaTransport1"
#define BZ_ERROR "org.bluez.Error."

#define DBUS_NAME "org.freedesktop.DBus"
#define DBUS_PATH "/org/freedesktop/DBus"
#define DBUS_OBJECT_MANAGER "org.freedesktop.DBus.ObjectManager"
#define DBUS_PROPERTIES "org.freedesktop.DBus.Properties"
#define DBUS_ERROR "org.freedesktop.DBus.Error."
