#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""world.py RUN SOCKET - the hand at the rig's headset, for the protocol of tests/contract/README.md.

Speaks to the headset's bluetoothd (its agent, its A2DP sink), to the air, and to the PC's bluetoothd only as a sound
server does (an A2DP source) and as another program on the same computer would (power, forgetting devices).
"""
import os
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from gi.repository import Gio, GLib  # noqa: E402

from bus import ADAPTER, DEVICE, PATH, SINK, SOURCE, Bluez, spin  # noqa: E402
from sockets import ask, guest_shell  # noqa: E402

CAPABILITIES = ('pairable vanish pin agent faults timing headset-forgets headset-connects le-twin neighbour transport '
                'clients bluetoothd-restart adapter-power adapter-unplug')
TWIN, HEADSET_CLASS = 'C0:11:22:33:44:55', '0x240404'
SETTLE_SECONDS = 12
FORGET_ROUNDS = 3
LEAK_SECONDS = 5
CROWD = 100
KILL_SECONDS = 3


class WorldError(Exception):
    """The answer is `error` and this text."""


def switch(word):
    if word not in ('on', 'off'):
        raise WorldError(f'{word} is neither on nor off')
    return word == 'on'


def one_of(word, *words):
    if word not in words:
        raise WorldError(f'{word} is none of {" ".join(words)}')
    return word


def yes(value):
    return 'yes' if value else 'no'


class World:
    def __init__(self, run):
        self.run = Path(run)
        self.pc = Bluez('pc', f'unix:path={run}/pc.bus')
        self.headset = Bluez('headset', f'unix:path={run}/headset.bus')
        self.lost = False

    # --- helpers

    def air(self, line):
        answer = ask(self.run / 'air.ctl', line)
        if answer.startswith('error') or not answer:
            raise WorldError(f'the air does not do {line!r}: {answer}')
        return answer

    def radio(self, name):
        return dict(word.split('=') for word in self.air(f'radio {name}').split())

    def until(self, what, condition, seconds=SETTLE_SECONDS):
        value = spin(seconds, condition)
        if not value:
            raise WorldError(f'waited {seconds} s for {what}')
        return value

    def linked(self):
        return 'headset-pc' in self.air('links').split() or 'pc-headset' in self.air('links').split()

    def pc_device(self):
        """The computer, as the headset knows it."""
        return next(iter(self.headset.devices()), None)

    def discovering(self):
        radio = self.radio('pc')
        return 'yes' in (radio['inquiry'], radio['le-scan']) or self.pc.adapter().get('Discovering', False)

    def pc_ready(self):
        """The PC's daemon has a powered adapter again, and a sound server."""
        self.until("the PC's adapter to be powered", lambda: self.pc.adapter().get('Powered'))
        self.pc.endpoint(SOURCE)

    # --- verbs

    def capabilities(self):
        return CAPABILITIES

    def reset(self):
        self.air('clear')
        self.air(f'class headset {HEADSET_CLASS}')
        if not self.pc.adapter():
            self.adapter('plug')
        if not self.pc.adapter().get('Powered'):
            self.adapter('on')
        self.headset.end_open_calls()
        self.headset.pin, self.headset.answer = '0000', 'accept'
        self.pairing_mode('off')
        # RemoveDevice of a connected device lets 2 s pass for a polite end.
        self.air('part')
        self.until('the links to end', lambda: not any(d.get('Connected') for n in (self.pc, self.headset) for d in n.devices().values()))
        if self.lost:
            # It wants to call the lost device by itself, and 5.82 crashes if that is removed meanwhile (policy.c, reconnect_timeout).
            self.restart_bluetoothd()
            self.lost = False
        self.forget_all()
        self.headset.agent('NoInputNoOutput')
        self.headset.endpoint(SINK)
        self.pc.endpoint(SOURCE)
        self.until('the links to end', lambda: self.air('links') == 'none')
        self.headset.calls.clear()
        if not spin(LEAK_SECONDS, lambda: not self.discovering()):
            raise WorldError('discovering')

    def forget_all(self):
        """On both sides. What bluetoothd hears of a link's end after RemoveDevice makes the device anew, so it is looked at twice."""
        def forgotten():
            return not self.pc.devices() and not self.headset.devices()
        for _ in range(FORGET_ROUNDS):
            self.forget_devices()
            self.headset.remove_all()
            if spin(SETTLE_SECONDS / FORGET_ROUNDS, forgotten) and not spin(0.1, lambda: not forgotten()):
                return
        raise WorldError(f'still known: {" ".join([*self.pc.devices(), *self.headset.devices()])}')

    def forget_devices(self):
        """One by one or, after a crowd, by a restart: the daemon keeps nobody whom it only saw."""
        seen = [path for path, device in self.pc.devices().items() if not device.get('Paired') and not device.get('Connected')]
        if len(seen) > CROWD:
            for path in seen:
                del self.pc.objects[path]
            self.pc.remove_all()
            self.restart_bluetoothd()
            # An inquiry which the late daemon had asked for goes on in the kernel.
            guest_shell(self.run / 'pc.shell', 'btmgmt -i 0 stop-find -b')
            self.until('the last inquiry to end', lambda: self.radio('pc')['inquiry'] == 'no')
        else:
            self.pc.remove_all()

    def state(self):
        headset, adapter, path = self.radio('headset'), self.pc.adapter(), self.pc_device()
        values = {
            'present': headset['alive'], 'discoverable': headset['discoverable'], 'connectable': headset['connectable'],
            'pairable': yes(self.headset.adapter().get('Pairable')),
            'paired': yes(path and self.headset.devices()[path].get('Paired')),
            'connected': yes(self.linked()), 'transport': yes(self.headset.transports),
            'agent-calls': len(self.headset.calls), 'discovering': yes(self.discovering()),
            'sound': yes(self.pc.endpoint_uuid), 'powered': yes(adapter.get('Powered')) if adapter else 'absent',
        }
        return ' '.join(f'{key}={value}' for key, value in values.items())

    def pairing_mode(self, word):
        on = switch(word)
        self.headset.set(PATH, ADAPTER, Pairable=GLib.Variant('b', on), Discoverable=GLib.Variant('b', on))
        self.until(f'pairing mode to be {word}', lambda: self.headset.adapter().get('Pairable') == on
                   and self.radio('headset')['discoverable'] == yes(on))

    def pairable(self, word):
        on = switch(word)
        self.headset.set(PATH, ADAPTER, Pairable=GLib.Variant('b', on))
        self.until(f'pairable to be {word}', lambda: self.headset.adapter().get('Pairable') == on)

    def pin(self, digits):
        if not re.fullmatch('[0-9]{1,16}', digits):
            raise WorldError(f'{digits} is no PIN')
        self.headset.pin = digits

    def io(self, capability):
        self.headset.agent(one_of(capability, 'NoInputNoOutput', 'DisplayYesNo'))

    def agent(self, answer):
        self.headset.answer = one_of(answer, 'accept', 'reject', 'hang')

    def next(self, event, status):
        self.air(f'next pc {event} {status}')

    def set(self, key, value):
        self.air(f'rssi headset {value}' if key == 'rssi' else f'set {key} {value}')

    def vanish(self):
        self.lost = self.lost or any(device.get('Paired') and device.get('Connected') for device in self.pc.devices().values())
        self.air('vanish headset')

    def forget(self, whom):
        one_of(whom, 'headset')
        self.headset.remove_all()
        self.until('the headset to forget', lambda: not self.headset.devices())

    def connect(self):
        path = self.pc_device()
        if not path:
            raise WorldError('the headset knows no computer')
        answer = self.headset.attempt(path, DEVICE, 'Connect', seconds=SETTLE_SECONDS)
        if answer != 'ok':
            raise WorldError(answer)

    def disconnect(self):
        path = self.pc_device()
        if path:
            self.headset.attempt(path, DEVICE, 'Disconnect', seconds=SETTLE_SECONDS)
        self.until('the link to end', lambda: not self.linked())

    def le_twin(self, word, name=None):
        label = f' {name}' if name else ''
        self.air(f'twin on headset {TWIN}{label}' if switch(word) else f'twin off {TWIN}')

    def neighbour(self, word, *words):
        switch(word)
        self.air(' '.join(['neighbour', word, *words]))

    def sound(self, word):
        self.pc.endpoint(SOURCE if switch(word) else None)

    def restart_bluetoothd(self):
        sound = self.pc.endpoint_uuid
        gone = []
        watch = self.pc.bus.signal_subscribe('org.freedesktop.DBus', 'org.freedesktop.DBus', 'NameOwnerChanged', None, 'org.bluez', 0,
                                             lambda *_: gone.append(True))
        guest_shell(self.run / 'pc.shell', 'killall bluetoothd')
        if not spin(KILL_SECONDS, lambda: gone):
            # It may have a crowd's news to work off before it looks at signals.
            guest_shell(self.run / 'pc.shell', 'killall -9 bluetoothd')
        self.until('bluetoothd to end', lambda: gone)
        self.pc.bus.signal_unsubscribe(watch)
        self.until("the PC's adapter to be powered", lambda: self.pc.adapter().get('Powered'))
        self.pc.endpoint(sound)

    def adapter(self, word):
        if one_of(word, 'on', 'off', 'unplug', 'plug') in ('on', 'off'):
            on = switch(word)
            self.pc.set(PATH, ADAPTER, Powered=GLib.Variant('b', on))
            self.until(f"the PC's adapter to be {word}", lambda: self.pc.adapter().get('Powered') == on)
        elif word == 'unplug':
            self.air('unplug pc')
            guest_shell(self.run / 'pc.shell', 'touch /run/rig/btattach.away; killall btattach')
            self.until("the PC's adapter to be gone", lambda: not self.pc.adapter())
            # bluetoothd let go of the endpoint with the adapter.
            self.pc.endpoint_uuid = None
        else:
            guest_shell(self.run / 'pc.shell', 'rm -f /run/rig/btattach.away')
            self.pc_ready()

    def execute(self, line):
        words = line.split(' ')
        verb, arguments = words[0], words[1:]
        if verb in ('property', 'advance'):
            return 'error not here'
        passed = {'return': 'return headset', 'class': 'class headset', 'name': 'name headset',
                  'legacy': 'legacy headset', 'crowd': 'crowd'}
        own = {'capabilities', 'reset', 'state', 'vanish', 'pairing-mode', 'pairable', 'pin', 'io', 'agent', 'next', 'set', 'forget', 'connect',
               'disconnect', 'le-twin', 'neighbour', 'sound', 'restart-bluetoothd', 'adapter'}
        try:
            if verb in passed:
                self.air(' '.join([passed[verb], *arguments]))
                return 'ok'
            if verb not in own:
                return 'error unknown verb'
            answer = getattr(self, verb.replace('-', '_'))(*arguments)
            return f'ok {answer}' if answer else 'ok'
        except (WorldError, TypeError, ValueError, OSError) as error:
            return f'error {error}'
        except GLib.Error as error:
            return f'error {error.message}'


class Server:
    """Lines from any number of clients, carried out one after the other."""

    def __init__(self, world, path):
        self.world, self.lines = world, []
        self.service = Gio.SocketService()
        if os.path.exists(path):
            os.unlink(path)
        self.service.add_address(Gio.UnixSocketAddress.new(path), Gio.SocketType.STREAM, Gio.SocketProtocol.DEFAULT, None)
        self.service.connect('incoming', self.incoming)

    def incoming(self, _service, connection, _source):
        reader = Gio.DataInputStream.new(connection.get_input_stream())
        self.read(connection, reader)
        return True

    def read(self, connection, reader):
        reader.read_line_async(GLib.PRIORITY_DEFAULT, None, lambda r, result: self.line(connection, r, result))

    def line(self, connection, reader, result):
        try:
            data, _length = reader.read_line_finish(result)
        except GLib.Error:
            data = None
        if data is None:
            connection.close_async(GLib.PRIORITY_DEFAULT, None, None)
        else:
            self.lines.append((connection, reader, bytes(data).decode(errors='replace')))

    def serve(self):
        context = GLib.MainContext.default()
        while True:
            while not self.lines:
                context.iteration(True)
            connection, reader, line = self.lines.pop(0)
            answer = self.world.execute(line).replace('\n', ' ')
            try:
                connection.get_output_stream().write_all(f'{answer}\n'.encode(), None)
            except GLib.Error:
                continue
            self.read(connection, reader)


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    world = World(sys.argv[1])
    for daemon in (world.pc, world.headset):
        # The rig is gone, or its guest: nobody is left to answer for.
        daemon.bus.connect('closed', lambda *_: os._exit(1))
    world.reset()
    server = Server(world, sys.argv[2])
    print('world ready', flush=True)
    server.serve()


if __name__ == '__main__':
    main()
