#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Plays a person's desktop, for on-host.py: a bus with a mock BlueZ, a screen, a settings file.

    desktop.py FOLDER     everything is made below FOLDER; "ready DISPLAY" is printed when all is there,
                          and it ends when its standard input does
"""
import os
import pathlib
import subprocess
import sys

import dbus
import dbusmock


def main():
    folder = pathlib.Path(sys.argv[1])
    address = f'unix:path={folder}/bus'
    running = [subprocess.Popen(['dbus-daemon', '--session', '--nofork', '--nopidfile', '--print-address',
                                 f'--address={address}'], stdout=subprocess.PIPE, text=True)]
    running[0].stdout.readline()
    os.environ['DBUS_SYSTEM_BUS_ADDRESS'] = os.environ['DBUS_SESSION_BUS_ADDRESS'] = address
    mock, bluez = dbusmock.DBusTestCase.spawn_server_template('bluez5', {}, stdout=subprocess.DEVNULL)
    running.append(mock)
    bluez.AddAdapter('hci0', 'a-mock-outside', dbus_interface='org.bluez.Mock')
    path = bluez.AddDevice('hci0', '88:C9:E8:00:00:01', 'WH-1000XM4', dbus_interface='org.bluez.Mock')
    bluez.PairDevice('hci0', '88:C9:E8:00:00:01', dbus_interface='org.bluez.Mock')
    # The mock pairs a telephone; this makes it headphones.
    dbus.SystemBus().get_object('org.bluez', path).UpdateProperties(
        'org.bluez.Device1', {'Class': dbus.UInt32(0x240404), 'Icon': 'audio-headset'}, dbus_interface=dbusmock.MOCK_IFACE)

    settings = {**os.environ, 'XDG_CONFIG_HOME': str(folder / 'config'), 'XDG_RUNTIME_DIR': str(folder / 'run')}
    for key, value in (('color-scheme', 'prefer-dark'), ('text-scaling-factor', '1.5')):
        subprocess.run(['gsettings', 'set', 'org.gnome.desktop.interface', key, value], env=settings, check=True)

    # The screen number is not known before, and X looks up its cookie by number; this one fits all.
    cookie = os.urandom(16)
    subprocess.run(['xauth', '-f', str(folder / 'xauthority'), 'source', '-'], input=f'add :0 . {cookie.hex()}\n',
                   text=True, check=True, stderr=subprocess.DEVNULL)
    running.append(subprocess.Popen(['Xvfb', '-displayfd', '1', '-auth', str(folder / 'xauthority'), '-nolisten', 'tcp'],
                                    stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True))
    number = running[-1].stdout.readline().strip()
    subprocess.run(['xauth', '-f', str(folder / 'xauthority'), 'source', '-'],
                   input=f'add :{number} . {cookie.hex()}\n', text=True, check=True, stderr=subprocess.DEVNULL)
    print(f'ready :{number}', flush=True)
    sys.stdin.read()
    for process in reversed(running):
        process.terminate()
        process.wait(timeout=30)


if __name__ == '__main__':
    main()
