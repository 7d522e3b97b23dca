#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""dbusmock-world COMMAND... - runs a command beside python-dbusmock's bluez5, and passes its exit status on.

The command gets `--bus ADDRESS --world SOCKET` in addition: a private bus with the mock on it, and the protocol of README.md,
as far as that template goes. What the template does by itself is left as it is; what this file adds is only what the air
would do: a headset that is seen while somebody searches, and not any more.
"""
import ctypes
import json
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import unquote

from gi.repository import Gio, GLib

CAPABILITIES = 'le-twin neighbour bluetoothd-restart adapter-unplug bluez-property'
ADAPTER, DEVICE, MOCK = 'org.bluez.Adapter1', 'org.bluez.Device1', 'org.freedesktop.DBus.Mock'
BLUEZ, PROPERTIES, MANAGER = 'org.bluez.Mock', 'org.freedesktop.DBus.Properties', 'org.freedesktop.DBus.ObjectManager'
HCI, HCI_PATH = 'hci0', '/org/bluez/hci0'
HEADSET, TWIN = '38:18:4C:00:00:42', 'C0:11:22:33:44:55'
FAST_PAIR = '0000fe2c-0000-1000-8000-00805f9b34fb'
SERVICES = [f'0000{short}-0000-1000-8000-00805f9b34fb' for short in ('110b', '110c', '110e', '111e', '1200')]
START_SECONDS, CALL_SECONDS, LEAK_SECONDS = 15, 10, 5
PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None)


class WorldError(Exception):
    """The answer is `error` and this text."""


def die_with_parent():
    LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def path_of(address):
    return f'{HCI_PATH}/dev_{address.replace(":", "_")}'


def switch(word):
    if word not in ('on', 'off'):
        raise WorldError(f'{word} is neither on nor off')
    return word == 'on'


def text_of(word):
    return '' if word == '%' else unquote(word)


def heard(name):
    """A controller keeps the first 248 bytes."""
    return name.encode()[:248].decode(errors='ignore')


def variant_of(value):
    """A JSON value as D-Bus would carry it: right in form, whatever it should have been."""
    if isinstance(value, bool):
        return GLib.Variant('b', value)
    if isinstance(value, int):
        return GLib.Variant('i', value)
    if isinstance(value, str):
        return GLib.Variant('s', value)
    if isinstance(value, list):
        return GLib.Variant('av', [variant_of(item) for item in value])
    raise WorldError(f'{value!r} is no value here')


class Bus:
    """A private bus, the mock on it, and our own connection."""

    def __init__(self, run):
        self.address = f'unix:path={run}/bus'
        self.log = open(run / 'mock.log', 'wb')
        self.daemon = subprocess.Popen(['dbus-daemon', '--session', '--nofork', '--nopidfile', f'--address={self.address}', '--print-address'],
                                       stdout=subprocess.PIPE, stderr=self.log, preexec_fn=die_with_parent)
        if not self.daemon.stdout.readline():
            raise WorldError('dbus-daemon did not start')
        flags = Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION
        self.connection = Gio.DBusConnection.new_for_address_sync(self.address, flags, None, None)
        self.mock = None

    def has_owner(self):
        answer = self.connection.call_sync('org.freedesktop.DBus', '/', 'org.freedesktop.DBus', 'NameHasOwner',
                                           GLib.Variant('(s)', ('org.bluez',)), None, 0, CALL_SECONDS * 1000, None)
        return answer.unpack()[0]

    def until(self, what, condition, seconds):
        """Runs the main loop until it is so: our own watchers work meanwhile."""
        late = []
        timer = GLib.timeout_add(int(seconds * 1000), lambda: late.append(True))
        tick = GLib.timeout_add(20, lambda: True)
        while not condition():
            if late:
                GLib.source_remove(tick)
                raise WorldError(f'waited {seconds} s for {what}')
            GLib.MainContext.default().iteration(True)
        if not late:
            GLib.source_remove(timer)
        GLib.source_remove(tick)

    def start_mock(self):
        environment = {**os.environ, 'DBUS_SYSTEM_BUS_ADDRESS': self.address, 'DBUS_SESSION_BUS_ADDRESS': self.address}
        self.mock = subprocess.Popen(['/usr/bin/python3', '-m', 'dbusmock', '--template', 'bluez5'], stdin=subprocess.DEVNULL,
                                     stdout=self.log, stderr=self.log, env=environment, preexec_fn=die_with_parent)
        self.until('the mock', self.has_owner, START_SECONDS)

    def stop_mock(self):
        self.mock.kill()
        self.mock.wait()
        self.until('the mock to be gone', lambda: not self.has_owner(), CALL_SECONDS)

    def call(self, path, interface, method, arguments=None):
        return self.connection.call_sync('org.bluez', path, interface, method, arguments, None, 0, CALL_SECONDS * 1000, None).unpack()

    def stop(self):
        for process in (self.mock, self.daemon):
            if process:
                process.kill()
                process.wait()


class World:
    def __init__(self, bus):
        self.bus = bus
        self.bus.start_mock()
        self.start_values()
        self.add_adapter()
        for interface, member, callback in ((PROPERTIES, 'PropertiesChanged', self.changed), (MANAGER, 'InterfacesRemoved', self.removed)):
            bus.connection.signal_subscribe('org.bluez', interface, member, None, None, 0, callback)

    def start_values(self):
        self.name, self.device_class, self.rssi = 'WH-1000XM4', 0x240404, -50
        self.pairing, self.twin, self.others, self.stored = False, None, {}, False

    # --- the mock's control interface

    def objects(self):
        return self.bus.call('/', MANAGER, 'GetManagedObjects')[0]

    def adapter_property(self, key):
        return self.objects().get(HCI_PATH, {}).get(ADAPTER, {}).get(key)

    def add_adapter(self):
        self.bus.call('/', BLUEZ, 'AddAdapter', GLib.Variant('(ss)', (HCI, 'computer')))
        uuids = [*self.adapter_property('UUIDs'), '0000110a-0000-1000-8000-00805f9b34fb']
        self.update(HCI_PATH, ADAPTER, UUIDs=GLib.Variant('as', uuids))

    def update(self, path, interface, **values):
        self.bus.call(path, MOCK, 'UpdateProperties', GLib.Variant('(sa{sv})', (interface, values)))

    def show_headset(self, known):
        """A new object, or a new signal strength of a known one. Only AddDevice makes one that can be paired."""
        path = path_of(HEADSET)
        if path not in known:
            self.bus.call('/', BLUEZ, 'AddDevice', GLib.Variant('(sss)', (HCI, HEADSET, self.name)))
        self.update(path, DEVICE, Class=GLib.Variant('u', self.device_class), RSSI=GLib.Variant('n', self.rssi),
                    UUIDs=GLib.Variant('as', SERVICES), Modalias=GLib.Variant('s', 'bluetooth:v054Cp0D58d0452'),
                    Icon=GLib.Variant('s', 'audio-headset'), Name=GLib.Variant('s', self.name), Alias=GLib.Variant('s', self.name))

    def show(self, known, address, name, **values):
        """Anything else, which is only looked at."""
        path = path_of(address)
        values.update(Address=GLib.Variant('s', address), Name=GLib.Variant('s', name), Alias=GLib.Variant('s', name),
                      Adapter=GLib.Variant('o', HCI_PATH), Paired=GLib.Variant('b', False), Connected=GLib.Variant('b', False))
        if path in known:
            for key, value in values.items():
                # UpdateProperties of the mock takes no dictionary.
                self.bus.call(path, PROPERTIES, 'Set', GLib.Variant('(ssv)', (DEVICE, key, value)))
            return
        self.bus.call('/', MOCK, 'AddObject', GLib.Variant('(ssa{sv}a(ssss))', (path, DEVICE, values, [])))
        arguments = [GLib.Variant('o', path), GLib.Variant('a{sa{sv}}', {DEVICE: values})]
        self.bus.call('/', MOCK, 'EmitSignal', GLib.Variant('(sssav)', (MANAGER, 'InterfacesAdded', 'oa{sa{sv}}', arguments)))

    # --- the air

    def searching(self):
        return bool(self.adapter_property('Discovering'))

    def answer_inquiry(self):
        """Whatever is in pairing mode is seen by whoever searches."""
        if not self.searching():
            return
        known = self.objects()
        transport = (self.adapter_property('DiscoveryFilter') or {}).get('Transport', 'auto')
        if self.pairing and transport != 'le':
            self.show_headset(known)
        if self.twin is not None and transport != 'bredr':
            data = bytes.fromhex('01eeb4') if self.pairing else bytes.fromhex('00461a2b3c4d01')
            self.show(known, TWIN, self.twin or f'LE_{self.name}', AddressType=GLib.Variant('s', 'random'),
                      RSSI=GLib.Variant('n', self.rssi), ServiceData=GLib.Variant('a{sv}', {FAST_PAIR: GLib.Variant('ay', data)}),
                      AdvertisingFlags=GLib.Variant('ay', bytes([0x02 if self.pairing else 0x04])))
        for address, (name, device_class, rssi) in self.others.items() if transport != 'le' else ():
            self.show(known, address, name, AddressType=GLib.Variant('s', 'public'), Class=GLib.Variant('u', device_class),
                      RSSI=GLib.Variant('n', rssi))

    def fall_silent(self):
        """BlueZ takes back every signal strength when the last search ends."""
        for path, interfaces in self.objects().items():
            if DEVICE in interfaces:
                arguments = [GLib.Variant('s', DEVICE), GLib.Variant('a{sv}', {}), GLib.Variant('as', ['RSSI'])]
                self.bus.call(path, MOCK, 'EmitSignal',
                              GLib.Variant('(sssav)', (PROPERTIES, 'PropertiesChanged', 'sa{sv}as', arguments)))

    def quietly(self, act, *arguments):
        """What the air does by itself; the device, or the mock, may go while it is spoken of."""
        try:
            act(*arguments)
        except GLib.Error as error:
            if 'UnknownObject' not in error.message and 'ServiceUnknown' not in error.message:
                raise

    def changed(self, _connection, _sender, path, _interface, _member, arguments):
        interface, values, _gone = arguments.unpack()
        if interface == ADAPTER and 'Discovering' in values:
            self.quietly(self.answer_inquiry if values['Discovering'] else self.fall_silent)
        elif interface == DEVICE and values.get('Paired') is True and path == path_of(HEADSET):
            # The template has just made a telephone of it.
            self.quietly(lambda: self.update(path, DEVICE, UUIDs=GLib.Variant('as', SERVICES), LegacyPairing=GLib.Variant('b', False)))

    def removed(self, _connection, _sender, _path, _interface, _member, arguments):
        """What still answers is seen again in the next inquiry."""
        path, _interfaces = arguments.unpack()

        def next_inquiry():
            if path not in self.objects():
                self.answer_inquiry()
        if path == path_of(HEADSET):
            GLib.timeout_add(500, lambda: self.quietly(next_inquiry))

    # --- verbs

    def capabilities(self):
        return CAPABILITIES

    def reset(self):
        self.start_values()
        if HCI_PATH not in self.objects():
            self.add_adapter()
        for path, interfaces in self.objects().items():
            if DEVICE in interfaces:
                self.bus.call(HCI_PATH, ADAPTER, 'RemoveDevice', GLib.Variant('(o)', (path,)))
        try:
            self.bus.until('no search', lambda: not self.searching(), LEAK_SECONDS)
        except WorldError as error:
            raise WorldError('discovering') from error

    def state(self):
        powered = self.adapter_property('Powered')
        values = {'present': 'yes', 'discoverable': 'yes' if self.pairing else 'no', 'pairable': 'yes' if self.pairing else 'no',
                  'discovering': 'yes' if self.searching() else 'no', 'sound': 'yes',
                  'powered': 'absent' if powered is None else 'yes' if powered else 'no'}
        return ' '.join(f'{key}={value}' for key, value in values.items())

    def pairing_mode(self, word):
        self.pairing = switch(word)
        self.answer_inquiry()

    def set_class(self, word):
        self.device_class = int(word, 16)

    def set_name(self, word):
        self.name = heard(text_of(word))

    def le_twin(self, word, name='%'):
        self.twin = text_of(name) if switch(word) else None
        self.answer_inquiry()

    def neighbour(self, word, *words):
        if switch(word):
            name, address, device_class, rssi = words
            self.others[address] = (heard(text_of(name)), int(device_class, 16), int(rssi))
            self.answer_inquiry()
        else:
            self.others.pop(words[0], None)

    def crowd(self, number):
        self.others = {address: other for address, other in self.others.items() if not address.startswith('02:00:00:')}
        for i in range(int(number)):
            self.others[f'02:00:00:{i >> 16:02X}:{i >> 8 & 255:02X}:{i & 255:02X}'] = (f'crowd-{i}', (0x5a020c, 0x002540)[i % 2], -70)
        self.answer_inquiry()

    def store(self):
        """What bluetoothd keeps on disk of the headset."""
        self.stored = self.objects().get(path_of(HEADSET), {}).get(DEVICE, {}).get('Paired')

    def restore(self):
        self.add_adapter()
        if self.stored:
            self.bus.call('/', BLUEZ, 'AddDevice', GLib.Variant('(sss)', (HCI, HEADSET, self.name)))
            self.bus.call('/', BLUEZ, 'PairDevice', GLib.Variant('(ss)', (HCI, HEADSET)))

    def restart_bluetoothd(self):
        self.store()
        self.bus.stop_mock()
        self.bus.start_mock()
        self.restore()

    def adapter(self, word):
        if word == 'unplug':
            self.store()
            self.bus.call('/', BLUEZ, 'RemoveAdapterWithDevices', GLib.Variant('(s)', (HCI,)))
        elif word == 'plug':
            self.restore()
        else:
            raise WorldError('not here')

    def property(self, key, text):
        self.update(path_of(HEADSET), DEVICE, **{key: variant_of(json.loads(text))})

    def execute(self, line):
        verb, *words = line.split(' ')
        verbs = {'capabilities': self.capabilities, 'reset': self.reset, 'state': self.state, 'pairing-mode': self.pairing_mode,
                 'class': self.set_class, 'name': self.set_name, 'le-twin': self.le_twin, 'neighbour': self.neighbour,
                 'crowd': self.crowd, 'restart-bluetoothd': self.restart_bluetoothd, 'adapter': self.adapter, 'property': self.property}
        beyond = ('pairable', 'vanish', 'return', 'legacy', 'pin', 'io', 'agent', 'next', 'set', 'forget', 'connect', 'disconnect',
                  'sound', 'advance')
        if verb not in verbs:
            return 'error not here' if verb in beyond else 'error unknown verb'
        try:
            answer = verbs[verb](*words)
        except (WorldError, TypeError, ValueError) as error:
            return f'error {error}'
        except GLib.Error as error:
            return f'error {error.message}'
        return f'ok {answer}' if answer else 'ok'


class Server:
    """Lines from any number of clients, carried out one after the other."""

    def __init__(self, world, path):
        self.world, self.busy, self.waiting = world, False, []
        self.service = Gio.SocketService()
        self.service.add_address(Gio.UnixSocketAddress.new(str(path)), Gio.SocketType.STREAM, Gio.SocketProtocol.DEFAULT, None)
        self.service.connect('incoming', self.incoming)

    def incoming(self, _service, connection, _source):
        self.read(connection, Gio.DataInputStream.new(connection.get_input_stream()))
        return True

    def read(self, connection, reader):
        reader.read_line_async(GLib.PRIORITY_DEFAULT, None, self.line, connection)

    def line(self, reader, result, connection):
        try:
            data, _length = reader.read_line_finish(result)
        except GLib.Error:
            data = None
        if data is None:
            connection.close_async(GLib.PRIORITY_DEFAULT, None, None)
            return
        self.waiting.append((connection, reader, bytes(data).decode(errors='replace')))
        # A verb that waits runs the main loop, in which another client's line may arrive.
        while self.waiting and not self.busy:
            self.busy = True
            connection, reader, line = self.waiting.pop(0)
            answer = self.world.execute(line).replace('\n', ' ')
            self.busy = False
            try:
                connection.get_output_stream().write_all(f'{answer}\n'.encode(), None)
            except GLib.Error:
                continue
            self.read(connection, reader)


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with tempfile.TemporaryDirectory(prefix='holdfast-mock.') as folder:
        bus = Bus(Path(folder))
        try:
            server = Server(World(bus), Path(folder) / 'world')
            loop, status = GLib.MainLoop(), []
            command = subprocess.Popen([*sys.argv[1:], '--bus', bus.address, '--world', f'{folder}/world'], preexec_fn=die_with_parent)

            def ended(_pid, wait_status):
                status.append(os.waitstatus_to_exitcode(wait_status))
                loop.quit()
            GLib.child_watch_add(GLib.PRIORITY_DEFAULT, command.pid, ended)
            loop.run()
            del server
        finally:
            bus.stop()
        if status[0]:
            print((Path(folder) / 'mock.log').read_text(errors='replace')[-4000:], file=sys.stderr)
    sys.exit(128 - status[0] if status[0] < 0 else status[0])


if __name__ == '__main__':
    main()
