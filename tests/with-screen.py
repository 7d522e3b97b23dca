#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs a command on an X screen of its own, which ends with it.

    with-screen.py [--size WIDTHxHEIGHT] [--with-accessibility] COMMAND...

--with-accessibility gives it a session bus of its own too, on which screen readers' bus is started.
Widgets look the same everywhere: no desktop's settings, portals or themes; the cairo renderer.
"""
import os
import subprocess
import sys

SURROUNDINGS = {
    'GDK_BACKEND': 'x11',
    'GDK_DEBUG': 'no-portals',
    # The cairo renderer needs none, and Mesa keeps memory that nothing points at.
    'GDK_DISABLE': 'gl,vulkan',
    'GSK_RENDERER': 'cairo',
    'ADW_DISABLE_PORTAL': '1',
    'GTK_A11Y': 'test',
    'GTK_IM_MODULE': 'gtk-im-context-simple',
}


def main():
    words = sys.argv[1:]
    size = '1600x1200'
    if words[:1] == ['--size']:
        size, words = words[1], words[2:]
    surroundings = SURROUNDINGS
    if words[:1] == ['--with-accessibility']:
        words = ['dbus-run-session', '--', *words[1:]]
        surroundings = {**SURROUNDINGS, 'GTK_A11Y': 'atspi'}
    screen = subprocess.Popen(['Xvfb', '-displayfd', '1', '-screen', '0', f'{size}x24', '-nolisten', 'tcp', '-noreset'],
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        number = screen.stdout.readline().strip()
        if not number:
            print('Bail out! Xvfb did not start')
            return 1
        env = {**surroundings, **os.environ, 'DISPLAY': f':{number}'}
        env.pop('WAYLAND_DISPLAY', None)
        if surroundings is not SURROUNDINGS:
            env.pop('AT_SPI_BUS_ADDRESS', None)
        return subprocess.run(words, env=env, check=False).returncode
    finally:
        screen.terminate()
        screen.wait(timeout=30)


if __name__ == '__main__':
    status = main()
    # A program that died of a signal must not look like one that ended.
    sys.exit(status if status >= 0 else 128 - status)
