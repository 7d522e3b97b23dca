#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The window is closed in the middle of a session while BlueZ answers nothing. Prints TAP.

    test-closing.py HOLDFAST      on a screen; it starts a bus of its own, with a BlueZ that hangs
"""
import os
import pathlib
import signal
import subprocess
import sys
import time

import gi

gi.require_version('Gio', '2.0')
from gi.repository import Gio, GLib  # noqa: E402

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import tap  # noqa: E402

HOLDFAST = sys.argv[1]
DEADLINE = 60  # seconds for one thing to happen, sanitizers and a busy machine included
ENDING = 10  # what a session takes to end at most when nobody answers, as docs/architecture.md says
FLUSH = 1  # what the words take at most
SLACK = 8  # a process that ends on a busy machine

INTERFACES = """<node>
  <interface name="org.freedesktop.DBus.ObjectManager">
    <method name="GetManagedObjects"><arg type="a{oa{sa{sv}}}" direction="out"/></method>
  </interface>
  <interface name="org.bluez.AgentManager1">
    <method name="RegisterAgent"><arg type="o" direction="in"/><arg type="s" direction="in"/></method>
    <method name="UnregisterAgent"><arg type="o" direction="in"/></method>
  </interface>
  <interface name="org.bluez.Adapter1">
    <method name="StartDiscovery"/>
    <method name="StopDiscovery"/>
    <method name="SetDiscoveryFilter"><arg type="a{sv}" direction="in"/></method>
  </interface>
</node>"""

ADAPTER = {
    'Address': GLib.Variant('s', '00:AA:01:00:00:42'),
    'AddressType': GLib.Variant('s', 'public'),
    'Name': GLib.Variant('s', 'computer'),
    'Alias': GLib.Variant('s', 'computer'),
    'Class': GLib.Variant('u', 0x6C010C),
    'Powered': GLib.Variant('b', True),
    'PowerState': GLib.Variant('s', 'on'),
    'Discovering': GLib.Variant('b', False),
    'UUIDs': GLib.Variant('as', ['0000110a-0000-1000-8000-00805f9b34fb']),
}


def wait(condition, what):
    """Turns the main context until it is so."""
    context = GLib.MainContext.default()
    end = time.monotonic() + DEADLINE
    while not condition():
        assert time.monotonic() < end, f'waited {DEADLINE} s for {what}'
        wake = GLib.timeout_add(20, lambda: True)
        context.iteration(True)
        GLib.source_remove(wake)


class HangingBluez:
    """A bus with a BlueZ on it that begins what it is asked for, and never answers when that should end."""

    def __enter__(self):
        self.calls = []
        self.kept = []  # the calls that wait for an answer; dropped, each would get an error
        self.daemon = subprocess.Popen(['dbus-daemon', '--session', '--nofork', '--print-address'], stdin=subprocess.DEVNULL,
                                       stdout=subprocess.PIPE, text=True)
        self.address = self.daemon.stdout.readline().strip()
        assert self.address, 'dbus-daemon did not start'
        flags = Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION
        self.connection = Gio.DBusConnection.new_for_address_sync(self.address, flags, None, None)
        info = Gio.DBusNodeInfo.new_for_xml(INTERFACES)
        for path, interface in zip(('/', '/org/bluez', '/org/bluez/hci0'), info.interfaces):
            self.connection.register_object_with_closures2(path, interface, self.call, None, None)
        got = []
        Gio.bus_own_name_on_connection(self.connection, 'org.bluez', Gio.BusNameOwnerFlags.NONE, lambda *_: got.append(1), None)
        wait(lambda: got, 'the name org.bluez')
        return self

    def __exit__(self, *_):
        self.connection.set_exit_on_close(False)
        self.connection.close_sync(None)
        self.daemon.terminate()
        self.daemon.wait(timeout=DEADLINE)
        self.daemon.stdout.close()

    def call(self, _connection, _sender, _path, _interface, method, _arguments, invocation):
        self.calls.append(method)
        if method == 'GetManagedObjects':
            objects = {'/org/bluez': {'org.bluez.AgentManager1': {}}, '/org/bluez/hci0': {'org.bluez.Adapter1': ADAPTER}}
            invocation.return_value(GLib.Variant('(a{oa{sa{sv}}})', (objects,)))
        elif method == 'StopDiscovery':
            self.kept.append(invocation)
        else:
            invocation.return_value(None)


def key(name):
    # There is no window manager here, so the window is given the keyboard by hand.
    found = subprocess.run(['xdotool', 'search', '--sync', '--onlyvisible', '--name', 'Holdfast'], check=True, timeout=DEADLINE,
                           stdout=subprocess.PIPE, text=True)
    subprocess.run(['xdotool', 'windowfocus', '--sync', found.stdout.split()[0], 'key', name], check=True, timeout=DEADLINE)


def run_closed_by(*signals, bus_hangs=False):
    """Closes the window while it listens; returns how long the program took to end. BlueZ is told in any case."""
    with HangingBluez() as bluez:
        surroundings = {**os.environ, 'DBUS_SYSTEM_BUS_ADDRESS': bluez.address,
                        'ASAN_OPTIONS': os.environ.get('ASAN_OPTIONS', '') + ':detect_leaks=0'}
        with subprocess.Popen([HOLDFAST, '--pair=WH-1000XM4'], stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
                              env=surroundings) as process:
            try:
                wait(lambda: 'GetManagedObjects' in bluez.calls, 'the program to look at Bluetooth')

                def listens():
                    if 'StartDiscovery' not in bluez.calls:
                        key('Return')  # Continue, which has the focus once its page is there
                    return 'StartDiscovery' in bluez.calls

                wait(listens, 'the session to listen')
                if bus_hangs:
                    bluez.daemon.send_signal(signal.SIGSTOP)
                began = time.monotonic()
                for number in signals:
                    process.send_signal(number)
                wait(lambda: process.poll() is not None, 'the program to end')
                took = time.monotonic() - began
                bluez.daemon.send_signal(signal.SIGCONT)
                wait(lambda: 'StopDiscovery' in bluez.calls, 'BlueZ to be told')
                errors = process.stderr.read()
            finally:
                process.kill()
                bluez.daemon.send_signal(signal.SIGCONT)
        assert process.returncode == 0, f'ended with {process.returncode}: {errors[-2000:]}'
        assert 'Sanitizer' not in errors and 'CRITICAL' not in errors and 'WARNING' not in errors, errors[-2000:]
        return took


def test_closed_once_it_waits_for_a_while():
    took = run_closed_by(signal.SIGTERM)
    assert ENDING - 1 < took < ENDING + FLUSH + SLACK, f'took {took:.1f} s'


def test_closed_twice_it_ends_and_has_said_so():
    # Both are there before the first word is out.
    took = run_closed_by(signal.SIGTERM, signal.SIGINT)
    assert took < FLUSH + SLACK, f'took {took:.1f} s'


def test_closed_twice_it_ends_although_the_bus_hangs():
    took = run_closed_by(signal.SIGTERM, signal.SIGINT, bus_hangs=True)
    assert took < FLUSH + SLACK, f'took {took:.1f} s'


if __name__ == '__main__':
    sys.exit(tap.run(globals()))
