# SPDX-License-Identifier: GPL-3.0-or-later
"""One bluetoothd of the rig, seen over D-Bus. No file descriptor crosses into a guest."""
import time

from gi.repository import Gio, GLib

ADAPTER, DEVICE, MEDIA = 'org.bluez.Adapter1', 'org.bluez.Device1', 'org.bluez.Media1'
AGENTS, TRANSPORT = 'org.bluez.AgentManager1', 'org.bluez.MediaTransport1'
PROPERTIES, MANAGER = 'org.freedesktop.DBus.Properties', 'org.freedesktop.DBus.ObjectManager'
PATH = '/org/bluez/hci0'
SINK, SOURCE = '0000110b-0000-1000-8000-00805f9b34fb', '0000110a-0000-1000-8000-00805f9b34fb'
AGENT_PATH, ENDPOINT_PATH = '/rig/agent', '/rig/sbc'
CALL_SECONDS = 60

AGENT_XML = '''<node><interface name="org.bluez.Agent1">
<method name="Release"/><method name="Cancel"/>
<method name="RequestPinCode"><arg type="o" direction="in"/><arg type="s" direction="out"/></method>
<method name="DisplayPinCode"><arg type="o" direction="in"/><arg type="s" direction="in"/></method>
<method name="RequestPasskey"><arg type="o" direction="in"/><arg type="u" direction="out"/></method>
<method name="DisplayPasskey"><arg type="o" direction="in"/><arg type="u" direction="in"/><arg type="q" direction="in"/></method>
<method name="RequestConfirmation"><arg type="o" direction="in"/><arg type="u" direction="in"/></method>
<method name="RequestAuthorization"><arg type="o" direction="in"/></method>
<method name="AuthorizeService"><arg type="o" direction="in"/><arg type="s" direction="in"/></method>
</interface></node>'''
ENDPOINT_XML = '''<node><interface name="org.bluez.MediaEndpoint1">
<method name="SetConfiguration"><arg type="o" direction="in"/><arg type="a{sv}" direction="in"/></method>
<method name="SelectConfiguration"><arg type="ay" direction="in"/><arg type="ay" direction="out"/></method>
<method name="ClearConfiguration"><arg type="o" direction="in"/></method>
<method name="Release"/></interface></node>'''
# SBC: everything it can, and 44.1 kHz joint stereo, 16 blocks, 8 bands, bitpool 2 to 53.
SBC_CAPABILITIES, SBC_CHOICE = bytes([0xff, 0xff, 2, 64]), bytes([0x21, 0x15, 2, 53])


def spin(seconds, condition=lambda: None):
    """Runs the main loop until condition() is true or the time is over; returns its value.

    The condition is looked at every 10 ms, not after each of the thousands of signals that a crowd causes.
    """
    context, deadline = GLib.MainContext.default(), time.monotonic() + seconds
    woken = []
    wake = GLib.timeout_add(10, lambda: woken.append(True) or True)
    try:
        while True:
            value = condition()
            if value or time.monotonic() > deadline:
                return value
            woken.clear()
            while not woken:
                context.iteration(True)
    finally:
        GLib.source_remove(wake)


class Bluez:
    """A connection to one bluetoothd, with an agent and an audio endpoint when asked for."""

    def __init__(self, name, address):
        self.name, self.objects, self.changes = name, {}, []
        self.calls, self.open_calls, self.transports = [], [], {}
        self.pin, self.answer = '0000', 'accept'
        self.exported, self.capability, self.endpoint_uuid = {}, None, None
        flags = Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION
        self.bus = Gio.DBusConnection.new_for_address_sync(address, flags, None, None)
        self.bus.signal_subscribe('org.bluez', MANAGER, None, None, None, 0, self._objects_changed)
        self.bus.signal_subscribe('org.bluez', PROPERTIES, 'PropertiesChanged', None, None, 0, self._properties_changed)
        self.bus.signal_subscribe('org.freedesktop.DBus', 'org.freedesktop.DBus', 'NameOwnerChanged', None, 'org.bluez', 0,
                                  self._owner_changed)
        self.refresh()

    def refresh(self):
        self.objects = self.call('/', MANAGER, 'GetManagedObjects')[0]

    def close(self):
        self.bus.close_sync(None)

    # --- what it tells

    def _owner_changed(self, _bus, _sender, _path, _interface, _signal, parameters):
        _name, _old, new = parameters.unpack()
        if not new:
            self.objects, self.transports = {}, {}
            self.capability = self.endpoint_uuid = None

    def _objects_changed(self, _bus, _sender, _path, _interface, signal, parameters):
        path, what = parameters.unpack()
        if signal == 'InterfacesAdded':
            self.objects.setdefault(path, {}).update(what)
        else:
            for interface in what:
                self.objects.get(path, {}).pop(interface, None)
            if not self.objects.get(path):
                self.objects.pop(path, None)
        self.changes.append((signal, path, what))

    def _properties_changed(self, _bus, _sender, path, _interface, _signal, parameters):
        interface, changed, invalidated = parameters.unpack()
        known = self.objects.get(path, {}).get(interface)
        # It may come after the object is gone, and must not bring it back.
        if known is not None:
            known.update(changed)
            for key in invalidated:
                known.pop(key, None)
        self.changes.append(('PropertiesChanged', path, changed))

    def adapter(self):
        return self.objects.get(PATH, {}).get(ADAPTER, {})

    def devices(self):
        return {path: interfaces[DEVICE] for path, interfaces in self.objects.items() if DEVICE in interfaces}

    def find(self, **properties):
        """The path of a device with these properties, or None."""
        for path, device in self.devices().items():
            if all(device.get(key) == value for key, value in properties.items()):
                return path
        return None

    # --- what it is told

    def call(self, path, interface, method, arguments=None, seconds=CALL_SECONDS):
        """Waits for the reply and keeps the main loop running, so that agents of this very program can answer."""
        replies = []
        self.bus.call('org.bluez', path, interface, method, arguments, None, 0, int(seconds * 1000), None,
                      lambda _bus, result: replies.append(result))
        spin(seconds + 1, lambda: replies)
        return self.bus.call_finish(replies[0]).unpack()

    def attempt(self, *arguments, **keywords):
        """'ok', or the error's name and message without their common beginnings."""
        try:
            self.call(*arguments, **keywords)
            return 'ok'
        except GLib.Error as error:
            name = Gio.DBusError.get_remote_error(error) or 'local'
            return f'{name.removeprefix("org.bluez.Error.")}: {error.message.split(": ", 1)[-1]}'

    def set(self, path, interface, **properties):
        for key, value in properties.items():
            self.call(path, PROPERTIES, 'Set', GLib.Variant('(ssv)', (interface, key, value)))

    def remove_all(self):
        """Forgets every device. There may be thousands, and the bus lets one program wait for 128 replies at a time."""
        todo, waiting = list(self.devices()), set()

        def more():
            while todo and len(waiting) < 64:
                path = todo.pop()
                waiting.add(path)
                self.bus.call('org.bluez', PATH, ADAPTER, 'RemoveDevice', GLib.Variant('(o)', (path,)), None, 0, CALL_SECONDS * 1000, None,
                              lambda _bus, _result, p=path: waiting.remove(p))
            return not todo and not waiting
        spin(CALL_SECONDS, more)

    def discover(self, on=True, transport='bredr', **filters):
        if not on:
            return self.attempt(PATH, ADAPTER, 'StopDiscovery')
        filters['Transport'] = GLib.Variant('s', transport)
        answer = self.attempt(PATH, ADAPTER, 'SetDiscoveryFilter', GLib.Variant('(a{sv})', (filters,)))
        return answer if answer != 'ok' else self.attempt(PATH, ADAPTER, 'StartDiscovery')

    # --- what it asks

    def _export(self, path, xml, answer):
        if path not in self.exported:
            info = Gio.DBusNodeInfo.new_for_xml(xml).interfaces[0]
            self.exported[path] = self.bus.register_object(path, info, answer, None, None)

    def _agent_called(self, _bus, _sender, _path, _interface, method, parameters, invocation):
        self.calls.append((method, *parameters.unpack()))
        if method in ('Release', 'Cancel'):
            invocation.return_value(None)
        elif self.answer == 'hang':
            self.open_calls.append(invocation)
        elif self.answer == 'reject':
            invocation.return_dbus_error('org.bluez.Error.Rejected', 'no')
        elif method == 'RequestPinCode':
            invocation.return_value(GLib.Variant('(s)', (self.pin,)))
        elif method == 'RequestPasskey':
            invocation.return_value(GLib.Variant('(u)', (0,)))
        else:
            invocation.return_value(None)

    def end_open_calls(self):
        while self.open_calls:
            self.open_calls.pop().return_dbus_error('org.bluez.Error.Canceled', 'it is too late')

    def agent(self, capability):
        """Registers the default agent of this daemon, or changes what it can show."""
        if capability == self.capability:
            return
        self._export(AGENT_PATH, AGENT_XML, self._agent_called)
        if self.capability:
            self.call('/org/bluez', AGENTS, 'UnregisterAgent', GLib.Variant('(o)', (AGENT_PATH,)))
        self.call('/org/bluez', AGENTS, 'RegisterAgent', GLib.Variant('(os)', (AGENT_PATH, capability)))
        self.call('/org/bluez', AGENTS, 'RequestDefaultAgent', GLib.Variant('(o)', (AGENT_PATH,)))
        self.capability = capability

    def _endpoint_called(self, _bus, _sender, _path, _interface, method, parameters, invocation):
        arguments = parameters.unpack()
        if method == 'SelectConfiguration':
            invocation.return_value(GLib.Variant('(ay)', (SBC_CHOICE,)))
            return
        if method == 'SetConfiguration':
            self.transports[arguments[0]] = arguments[1]
        elif method == 'ClearConfiguration':
            self.transports.pop(arguments[0], None)
        invocation.return_value(None)

    def endpoint(self, uuid):
        """An SBC endpoint: SINK makes a headset, SOURCE is what a sound server gives a computer, None takes it away."""
        if uuid == self.endpoint_uuid:
            return
        if self.endpoint_uuid:
            self.call(PATH, MEDIA, 'UnregisterEndpoint', GLib.Variant('(o)', (ENDPOINT_PATH,)))
            self.transports.clear()
        if uuid:
            self._export(ENDPOINT_PATH, ENDPOINT_XML, self._endpoint_called)
            self.call(PATH, MEDIA, 'RegisterEndpoint', GLib.Variant('(oa{sv})', (ENDPOINT_PATH, {
                'UUID': GLib.Variant('s', uuid), 'Codec': GLib.Variant('y', 0),
                'Capabilities': GLib.Variant('ay', SBC_CAPABILITIES)})))
        self.endpoint_uuid = uuid
