#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""holdfastctl status and remove on a private system bus, beside a BlueZ that may die of RemoveDevice. Prints TAP.

    test-remove.py HOLDFASTCTL
    test-remove.py --serve ADDRESS FILE answers|dies|dies-late   the BlueZ, which knows one headset as long as FILE exists
"""
import json
import os
import pathlib
import select
import subprocess
import sys
import tempfile

from gi.repository import Gio, GLib

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import tap  # noqa: E402

DEADLINE = 60  # seconds for anything here, sanitizers and a busy machine included
HCI, HEADSET = '/org/bluez/hci0', '/org/bluez/hci0/dev_38_18_4C_00_00_42'
NAME, ADDRESS = 'WH-1000XM4', '38:18:4C:00:00:42'
XML = '''<node>
  <interface name="org.freedesktop.DBus.ObjectManager">
    <method name="GetManagedObjects"><arg type="a{oa{sa{sv}}}" direction="out"/></method>
  </interface>
  <interface name="org.bluez.Adapter1">
    <method name="RemoveDevice"><arg type="o" direction="in"/></method>
  </interface>
</node>'''


def serve(address, known, manner):
    bus = Gio.DBusConnection.new_for_address_sync(
        address, Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION)
    known = pathlib.Path(known)

    def objects():
        text, strings = (lambda v: GLib.Variant('s', v)), (lambda v: GLib.Variant('as', v))
        found = {HCI: {'org.bluez.Adapter1': {'Address': text('00:00:00:00:00:01'), 'Powered': GLib.Variant('b', True),
                                              'UUIDs': strings(['0000110a-0000-1000-8000-00805f9b34fb'])}}}
        if known.exists():
            found[HEADSET] = {'org.bluez.Device1': {
                'Address': text(ADDRESS), 'Name': text(NAME), 'Adapter': GLib.Variant('o', HCI),
                'Class': GLib.Variant('u', 0x240404), 'Paired': GLib.Variant('b', True)}}
        return GLib.Variant('(a{oa{sa{sv}}})', (found,))

    def called(_bus, _sender, _path, _interface, method, _arguments, invocation):
        if method == 'GetManagedObjects':
            return invocation.return_value(objects())
        if manner == 'dies':
            os._exit(1)
        known.unlink()
        if manner == 'dies-late':
            os._exit(1)
        return invocation.return_value(None)

    for path, interface in zip(('/', HCI), Gio.DBusNodeInfo.new_for_xml(XML).interfaces):
        bus.register_object(path, interface, called, None, None)
    Gio.bus_own_name_on_connection(bus, 'org.bluez', Gio.BusNameOwnerFlags.NONE, lambda *_: print('ready', flush=True), None)
    GLib.MainLoop().run()


class World:
    """A bus, and at most one BlueZ on it."""

    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory()
        self.known = os.path.join(self.folder.name, 'known')
        pathlib.Path(self.known).touch()
        self.bus = Gio.TestDBus.new(Gio.TestDBusFlags.NONE)
        self.bus.up()
        self.service = None
        return self

    def __exit__(self, *_):
        if self.service:
            self.service.kill()
            self.service.wait(DEADLINE)
            self.service.stdout.close()
        self.bus.stop()
        self.folder.cleanup()

    def start(self, manner):
        if self.service:
            self.service.stdout.close()
        self.service = subprocess.Popen([sys.executable, __file__, '--serve', self.bus.get_bus_address(), self.known, manner],
                                        stdout=subprocess.PIPE)
        ready, _, _ = select.select([self.service.stdout], [], [], DEADLINE)
        assert ready and self.service.stdout.readline() == b'ready\n', 'the service did not start'

    def spawn(self, *words):
        return subprocess.Popen([sys.argv[1], *words], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                text=True, env=dict(os.environ, DBUS_SYSTEM_BUS_ADDRESS=self.bus.get_bus_address()))

    def run(self, *words):
        return finish(self.spawn(*words))

    def remove_and_crash(self, manner):
        """The service dies of it and is started again; returns what holdfastctl made of that."""
        self.start(manner)
        child = self.spawn('remove', NAME, '--yes')
        self.service.wait(DEADLINE)
        self.start('answers')
        return finish(child)


def finish(child):
    try:
        out, err = child.communicate(timeout=DEADLINE)
    except subprocess.TimeoutExpired:
        child.kill()
        child.communicate()
        raise
    assert 'Sanitizer' not in err, err
    return child.returncode, out, err


def expect_forgotten(world, answer):
    status, out, err = answer
    assert (status, out) == (0, 'Forgotten. They can be paired again any time.\n'), answer
    assert not os.path.exists(world.known)
    assert json.loads(world.run('status', '--json')[1]) == []


def test_status():
    with World() as world:
        world.start('answers')
        status, out, err = world.run('status', '--json')
        assert status == 0, err
        assert [(h['name'], h['address'], h['model'], h['connected']) for h in json.loads(out)] == [
            (NAME, ADDRESS, 'wh-1000xm4', False)], out


def test_remove():
    with World() as world:
        world.start('answers')
        expect_forgotten(world, world.run('remove', NAME, '--yes'))


def test_remove_asks():
    with World() as world:
        world.start('answers')
        status, _, err = world.run('remove', NAME)
        assert status == 3, (status, err)
        assert os.path.exists(world.known)


def test_service_dies_and_still_knows_it():
    with World() as world:
        expect_forgotten(world, world.remove_and_crash('dies'))


def test_service_dies_when_it_is_gone():
    with World() as world:
        expect_forgotten(world, world.remove_and_crash('dies-late'))


def test_only_the_adapter_that_was_named():
    with World() as world:
        world.start('answers')
        assert world.run('status', '--adapter=hci0')[0] == 0
        status, _, err = world.run('remove', NAME, '--yes', '--adapter=hci1')
        assert status >= 10 and 'hci1' in err, (status, err)
        assert os.path.exists(world.known)


if __name__ == '__main__':
    if sys.argv[1] == '--serve':
        serve(*sys.argv[2:])
    else:
        sys.exit(tap.run(dict(globals())))
