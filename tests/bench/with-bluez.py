#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs a command where the session's bus has a BlueZ with one adapter on it, and is the system's bus too.

    with-bluez.py COMMAND...

A start is measured where Bluetooth works, as it does for most people.
"""
import os
import subprocess
import sys

import dbus

DEADLINE = 30


def main():
    mock = subprocess.Popen([sys.executable, '-m', 'dbusmock', '--session', '--template', 'bluez5'],
                            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    try:
        bus = dbus.SessionBus()
        if not wait_for_name(bus, mock):
            print('with-bluez: the simulated BlueZ did not come', file=sys.stderr)
            return 1
        bluez = dbus.Interface(bus.get_object('org.bluez', '/org/bluez'), 'org.bluez.Mock')
        bluez.AddAdapter('hci0', 'bench')
        env = {**os.environ, 'DBUS_SYSTEM_BUS_ADDRESS': os.environ['DBUS_SESSION_BUS_ADDRESS']}
        return subprocess.run(sys.argv[1:], env=env, check=False).returncode
    finally:
        mock.terminate()
        mock.wait(timeout=DEADLINE)


def wait_for_name(bus, mock):
    """Returns whether org.bluez is there; not if its program ended or the deadline passed."""
    for _ in range(DEADLINE * 10):
        if bus.name_has_owner('org.bluez'):
            return True
        try:
            mock.wait(timeout=0.1)
            return False
        except subprocess.TimeoutExpired:
            pass
    return False


if __name__ == '__main__':
    sys.exit(main())
