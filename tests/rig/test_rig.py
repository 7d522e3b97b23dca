#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test_rig.py [NAME...] - what real bluetoothd answers, case by case, as TAP. Run it with with-rig.

These are the facts that the program's error table and the simulator rest on. A case that fails after an update of
BlueZ is news for both.
"""
import os
import socket
import sys
import time
import traceback
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from gi.repository import GLib  # noqa: E402

from bus import DEVICE, SINK, Bluez, spin  # noqa: E402
from sockets import ask, guest_log, guest_shell  # noqa: E402

NAME, ADDRESS, TWIN = 'WH-1000XM4', '38:18:4C:00:00:42', 'C0:11:22:33:44:55'
RUN = Path(os.environ.get('HOLDFAST_RIG_RUN', ''))
PAGE_TIMEOUT = 'ConnectionAttemptFailed: Page Timeout'
CANCELED = 'AuthenticationCanceled: Authentication Canceled'
FAILED = 'AuthenticationFailed: Authentication Failed'
REJECTED = 'AuthenticationRejected: Authentication Rejected'
TIMEOUT = 'AuthenticationTimeout: Authentication Timeout'
CASES = []


class Failure(Exception):
    """The rig did something else than expected."""


def case(function):
    CASES.append(function)
    return function


def same(what, got, wanted):
    if got != wanted:
        raise Failure(f'{what}: got {got!r}, wanted {wanted!r}')


def until(what, condition, seconds=20):
    value = spin(seconds, condition)
    if not value:
        raise Failure(f'waited {seconds} s for {what}')
    return value


class Client:
    """The world's protocol, without stopping our own main loop: our agent may be asked meanwhile."""

    def __init__(self, path):
        self.path, self.socket = path, None

    def connect(self):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.connect(self.path)
        self.socket.setblocking(False)

    def ask(self, line):
        if not self.socket:
            self.connect()
        self.socket.sendall(line.encode() + b'\n')
        answer = b''

        def whole():
            nonlocal answer
            try:
                answer += self.socket.recv(65536)
            except BlockingIOError:
                pass
            return answer.endswith(b'\n')
        try:
            until(f'the answer to {line!r}', whole, 30)
        except Failure:
            # A late answer must not be taken for the one to the next question.
            self.socket.close()
            self.socket = None
            raise
        return answer.decode().rstrip('\n')

    def do(self, *lines):
        for line in lines:
            same(line, self.ask(line), 'ok')

    def state(self):
        return dict(word.split('=') for word in self.ask('state').split()[1:])


class Pc:
    """The program under test, reduced to its calls."""

    def __init__(self):
        self.bluez = Bluez('program', os.environ['HOLDFAST_RIG_PC_BUS'])
        self.path = None

    def start(self, capability='KeyboardDisplay'):
        self.bluez.end_open_calls()
        self.bluez.answer, self.bluez.pin = 'accept', '0000'
        self.bluez.agent(capability)
        self.bluez.calls.clear()
        self.path = None

    def find(self, seconds=20, transport='bredr', **properties):
        properties = properties or {'Address': ADDRESS}
        same('StartDiscovery', self.bluez.discover(transport=transport), 'ok')
        self.path = until(f'{properties} to be found', lambda: self.bluez.find(**properties), seconds)
        same('StopDiscovery', self.bluez.discover(False), 'ok')
        return self.properties()

    def properties(self):
        return self.bluez.devices().get(self.path, {})

    def do(self, method, seconds=30):
        return self.bluez.attempt(self.path, DEVICE, method, seconds=seconds)

    def music(self, seconds=30):
        return self.bluez.attempt(self.path, DEVICE, 'ConnectProfile', GLib.Variant('(s)', (SINK,)), seconds=seconds)

    def methods(self):
        return [call[0] for call in self.bluez.calls]

    def soon(self, seconds, function):
        GLib.timeout_add(int(seconds * 1000), lambda: (function(), False)[1])


def ready(pc, world, capability='KeyboardDisplay'):
    """In pairing mode and found."""
    world.do('pairing-mode on')
    pc.start(capability)
    return pc.find()


def paired(pc, world):
    ready(pc, world)
    same('Pair', pc.do('Pair'), 'ok')


def compare(pc, world):
    """Both sides can show a number."""
    world.do('io DisplayYesNo')
    ready(pc, world, 'DisplayYesNo')


@case
def just_works(pc, world):
    world.do('pairing-mode on')
    pc.start()
    begin = time.monotonic()
    device = pc.find()
    seen = time.monotonic() - begin
    print(f'# seen after {seen:.2f} s')
    same('seen within 2 s', seen <= 2, True)
    same('name, class, kind', (device['Name'], device['Class'], device['Icon']), (NAME, 0x240404, 'audio-headset'))
    same('Pair', pc.do('Pair'), 'ok')
    same('agent calls', pc.methods(), [])
    same('music', pc.music(), 'ok')
    until('services', lambda: pc.properties().get('ServicesResolved'))
    same('identity', pc.properties()['Modalias'], 'bluetooth:v054Cp0D58d0452')
    until('the transport at the headset', lambda: world.state()['transport'] == 'yes')
    same('transports here', [p for p, i in pc.bluez.objects.items() if 'org.bluez.MediaTransport1' in i], [pc.path + '/sep1/fd0'])


@case
def numeric_comparison(pc, world):
    compare(pc, world)
    same('Pair', pc.do('Pair'), 'ok')
    same('agent calls', pc.methods(), ['RequestConfirmation'])
    same('questions at the headset', world.state()['agent-calls'], '1')


@case
def headset_says_no(pc, world):
    compare(pc, world)
    world.do('agent reject')
    same('Pair', pc.do('Pair'), FAILED)
    same('Paired', pc.properties().get('Paired'), False)


@case
def person_says_no(pc, world):
    compare(pc, world)
    pc.bluez.answer = 'reject'
    same('Pair', pc.do('Pair'), FAILED)
    same('Paired', pc.properties().get('Paired'), False)


@case
def cancelled(pc, world):
    compare(pc, world)
    world.do('agent hang')
    answers = []
    pc.soon(1, lambda: answers.append(pc.do('CancelPairing')))
    same('Pair', pc.do('Pair'), CANCELED)
    until('the answer to CancelPairing', lambda: answers)
    same('CancelPairing', answers, ['ok'])
    # Asked once, and told that it is over.
    until('two calls at the headset', lambda: world.state()['agent-calls'] == '2')


@case
def nobody_answers(pc, world):
    compare(pc, world)
    world.do('agent hang', 'set lmp 3')
    same('Pair', pc.do('Pair'), TIMEOUT)


def legacy(pc, world, wanted, typed):
    world.do('legacy on', f'pin {wanted}')
    ready(pc, world)
    pc.bluez.pin = typed
    return pc.do('Pair', 60)


@case
def pin_0000_is_tried_unasked(pc, world):
    same('Pair', legacy(pc, world, '0000', '-'), 'ok')
    same('agent calls', pc.methods(), [])
    same('LegacyPairing', pc.properties()['LegacyPairing'], True)


@case
def pin_typed_right(pc, world):
    same('Pair', legacy(pc, world, '7777', '7777'), 'ok')
    same('agent calls', pc.methods(), ['RequestPinCode'])


@case
def pin_typed_wrong(pc, world):
    same('Pair', legacy(pc, world, '7777', '9999'), FAILED)


@case
def left_pairing_mode(pc, world):
    ready(pc, world)
    world.do('set page 1', 'pairing-mode off')
    same('Pair', pc.do('Pair'), PAGE_TIMEOUT)


@case
def refuses_to_be_paired(pc, world):
    ready(pc, world)
    world.do('pairable off')
    same('Pair', pc.do('Pair'), REJECTED)


@case
def vanished_before_pair(pc, world):
    ready(pc, world)
    world.do('set page 1', 'vanish')
    same('Pair', pc.do('Pair'), PAGE_TIMEOUT)


@case
def vanished_while_asked(pc, world):
    compare(pc, world)
    world.do('agent hang', 'set supervision 1')
    pc.soon(1, lambda: ask(RUN / 'air.ctl', 'vanish headset'))
    same('Pair', pc.do('Pair'), CANCELED)


@case
def vanished_while_connected(pc, world):
    paired(pc, world)
    same('music', pc.music(), 'ok')
    world.do('set supervision 1', 'set page 1', 'vanish')
    until('the link to be lost', lambda: not pc.properties().get('Connected'))
    same('music', pc.music(), 'Failed: br-connection-page-timeout')
    world.do('return')
    first = pc.music()
    print(f'# music again: {first}')
    until('music again', lambda: pc.music() in ('ok', 'AlreadyConnected: Already Connected'), 15)
    until('Connected', lambda: pc.properties().get('Connected'))


@case
def status_of_authentication(pc, world):
    answers = {0x05: FAILED, 0x06: FAILED,
               0x18: REJECTED, 0x22: TIMEOUT,
               0x08: TIMEOUT}
    for status, wanted in answers.items():
        world.do('reset', f'next auth {status:#04x}')
        ready(pc, world)
        same(f'Pair, HCI status {status:#04x}', pc.do('Pair'), wanted)


@case
def status_of_paging(pc, world):
    answers = {0x04: PAGE_TIMEOUT, 0x0d: CANCELED, 0x09: CANCELED,
               0x0f: REJECTED, 0x10: TIMEOUT}
    for status, wanted in answers.items():
        world.do('reset', f'next page {status:#04x}')
        ready(pc, world)
        same(f'Pair, HCI status {status:#04x}', pc.do('Pair'), wanted)


@case
def headset_forgot(pc, world):
    paired(pc, world)
    pc.do('Disconnect')
    world.do('forget headset')
    same('Connect in pairing mode', pc.do('Connect'), 'Failed: br-connection-key-missing')
    same('Paired', pc.properties()['Paired'], True)
    until('the link to end', lambda: world.state()['connected'] == 'no')
    world.do('set page 1', 'pairing-mode off')
    same('Connect out of pairing mode', pc.do('Connect'), 'Failed: br-connection-page-timeout')


@case
def computer_forgot(pc, world):
    paired(pc, world)
    pc.do('Disconnect')
    pc.bluez.remove_all()
    pc.find()
    same('Pair again', pc.do('Pair'), 'ok')


@case
def paired_already(pc, world):
    paired(pc, world)
    same('Pair', pc.do('Pair'), 'AlreadyExists: Already Exists')


@case
def headset_calls_by_itself(pc, world):
    paired(pc, world)
    pc.do('Disconnect')
    until('the link to end', lambda: world.state()['connected'] == 'no')
    world.do('pairing-mode off', 'connect')
    until('Connected', lambda: pc.properties().get('Connected'))
    same('who was asked', set(pc.methods()), {'AuthorizeService'})
    world.do('disconnect')
    until('not Connected', lambda: not pc.properties().get('Connected'))


def fast_pair_data(pc):
    device = pc.bluez.devices().get(pc.bluez.find(Address=TWIN), {})
    return bytes(device.get('ServiceData', {}).get('0000fe2c-0000-1000-8000-00805f9b34fb', b''))


@case
def le_twin_in_pairing_mode(pc, world):
    pc.start()
    world.do('le-twin on', 'pairing-mode on')
    same('StartDiscovery', pc.bluez.discover(transport='auto'), 'ok')
    until('the model id', lambda: fast_pair_data(pc) == b'\x01\xee\xb4', 15)
    until('the classic one', lambda: pc.bluez.find(Address=ADDRESS), 15)
    until("the twin's name", lambda: pc.bluez.find(Name=f'LE_{NAME}'))
    device = pc.bluez.devices()[pc.bluez.find(Address=TWIN)]
    same('twin', (device['AddressType'], device.get('Class'), bytes(device['AdvertisingFlags'])), ('random', None, b'\x02'))
    same('StopDiscovery', pc.bluez.discover(False), 'ok')


@case
def le_twin_out_of_pairing_mode(pc, world):
    """On, but not ready: its flags say that it cannot be discovered, which bluetoothd minds when nobody filters."""
    pc.start()
    world.do('le-twin on')
    same('StartDiscovery', pc.bluez.discover(transport='auto'), 'ok')
    path = until('the object', lambda: pc.bluez.find(Address=TWIN))
    # By then the LE turn is over, and nothing more was told.
    until('the classic turn', lambda: 'inquiry=yes' in ask(RUN / 'air.ctl', 'radio pc'))
    device = pc.bluez.devices()[path]
    same('what is known with auto', [key for key in ('RSSI', 'ServiceData', 'AdvertisingFlags') if key in device], [])
    same('StopDiscovery', pc.bluez.discover(False), 'ok')
    for transport, filters in (('auto', {'RSSI': GLib.Variant('n', -127)}), ('auto', {'DuplicateData': GLib.Variant('b', True)}), ('le', {})):
        pc.bluez.remove_all()
        same('StartDiscovery', pc.bluez.discover(transport=transport, **filters), 'ok')
        until(f'the account key filter with {transport} and {list(filters)}', lambda: len(fast_pair_data(pc)) == 8)
        same('StopDiscovery', pc.bluez.discover(False), 'ok')
    same('the classic one', pc.bluez.find(Address=ADDRESS), None)
    pc.bluez.remove_all()
    world.do('pairing-mode on')
    same('StartDiscovery', pc.bluez.discover(transport='bredr'), 'ok')
    until('the classic one', lambda: pc.bluez.find(Address=ADDRESS))
    same('StopDiscovery', pc.bluez.discover(False), 'ok')
    same('the twin with bredr', pc.bluez.find(Address=TWIN), None)


@case
def le_twin_of_the_same_radio(pc, world):
    """Here the twin is the headset's own kernel, which can be paired: the wrong choice succeeds, and brings no music."""
    script = ('btmgmt -i 0 power off; btmgmt -i 0 static-addr C0:11:22:33:44:66; '
              'echo {0} >/sys/kernel/debug/bluetooth/hci0/force_static_address; btmgmt -i 0 power on; {1}')
    guest_shell(RUN / 'headset.shell', script.format('Y', 'btmgmt -i 0 add-adv -c -g -n 1'))
    world.do('pairable on')
    try:
        pc.start()
        pc.find(transport='le', Address='C0:11:22:33:44:66')
        same('Pair', pc.do('Pair'), 'ok')
        same('Paired', pc.properties()['Paired'], True)
        # bluetoothd does not even say no (30 s were tried): a limit of our own has to.
        same('music', pc.music(5), 'local: Timeout was reached')
    finally:
        guest_shell(RUN / 'headset.shell', 'btmgmt -i 0 clr-adv; ' + script.format('N', 'true'))


@case
def same_model_twice(pc, world):
    pc.start()
    world.do(f'neighbour on {NAME} 38:18:4C:00:00:43 0x240404 -88', f'neighbour on %3Cb%3E%26%E2%80%AE 38:18:4C:00:00:44 0x002540 -70',
             'pairing-mode on', 'set rssi -40', 'set page 1')
    same('StartDiscovery', pc.bluez.discover(), 'ok')
    until('three devices', lambda: len(pc.bluez.devices()) == 3)
    same('StopDiscovery', pc.bluez.discover(False), 'ok')
    found = {d['Address']: (d['Name'], d['Class']) for d in pc.bluez.devices().values()}
    same('devices', found, {ADDRESS: (NAME, 0x240404), '38:18:4C:00:00:43': (NAME, 0x240404),
                            '38:18:4C:00:00:44': ('<b>&\u202e', 0x002540)})
    pc.path = pc.bluez.find(Address='38:18:4C:00:00:43')
    same('Pair', pc.do('Pair'), PAGE_TIMEOUT)


@case
def nearness(pc, world):
    pc.start()
    world.do('pairing-mode on', 'set rssi -81')
    same('StartDiscovery', pc.bluez.discover(), 'ok')
    # On a busy computer the object may come first and its strength with the next answer.
    until('its strength', lambda: [d.get('RSSI') for d in pc.bluez.devices().values()] == [-81])
    same('StopDiscovery', pc.bluez.discover(False), 'ok')


@case
def crowd(pc, world):
    pc.start()
    # The simulator does thousands; here each of them is real work for an emulated processor.
    world.do('crowd 300', 'pairing-mode on')
    same('StartDiscovery', pc.bluez.discover(), 'ok')
    begin = time.monotonic()
    until('the headset in the crowd', lambda: pc.bluez.find(Address=ADDRESS), 60)
    until('all of them', lambda: len(pc.bluez.devices()) == 301, 60)
    print(f'# all seen after {time.monotonic() - begin:.1f} s')
    same('StopDiscovery', pc.bluez.discover(False), 'ok')


@case
def hostile_name(pc, world):
    world.do('name %3Cb%3E%07%25n%E2%80%AE' + 'A' * 200, 'pairing-mode on')
    pc.start()
    same('name', pc.find()['Name'], '<b>\x07%n\u202e' + 'A' * 200)
    # Too long for the answer to an inquiry: bluetoothd keeps the name it had before, even from before RemoveDevice ...
    pc.bluez.remove_all()
    world.do('name ' + 'B' * 400)
    same('name', pc.find()['Name'], '<b>\x07%n\u202e' + 'A' * 200)
    # ... and asks for the whole one when the link stands.
    same('Pair', pc.do('Pair'), 'ok')
    until('248 characters', lambda: pc.properties().get('Name') == 'B' * 248)


@case
def no_sound_server(pc, world):
    paired(pc, world)
    pc.do('Disconnect')
    until('the link to end', lambda: world.state()['connected'] == 'no')
    world.do('sound off')
    until('no 110a', lambda: not any(u.startswith('0000110a') for u in pc.bluez.adapter()['UUIDs']))
    same('music', pc.music(), 'Failed: br-connection-profile-unavailable')
    world.do('sound on')
    same('music', pc.music(), 'ok')


@case
def bluetoothd_restarts(pc, world):
    paired(pc, world)
    world.do('restart-bluetoothd')
    pc.bluez.refresh()
    same('still paired', pc.properties().get('Paired'), True)
    until('music', lambda: pc.music() == 'ok', 15)


@case
def adapter_unplugged(pc, world):
    paired(pc, world)
    world.do('adapter unplug')
    until('no adapter, no device', lambda: not pc.bluez.adapter() and not pc.bluez.devices())
    world.do('adapter plug')
    until('it is there again, and paired', lambda: pc.properties().get('Paired'))


@case
def adapter_switched_off(pc, world):
    ready(pc, world)
    world.do('adapter off')
    same('StartDiscovery', pc.bluez.discover(), 'NotReady: Resource Not Ready')
    # What was only found, and not paired, is gone with the power.
    until('no device', lambda: not pc.bluez.devices())
    world.do('adapter on')


@case
def reset_tells_of_a_leak(pc, world):
    pc.start()
    same('StartDiscovery', pc.bluez.discover(), 'ok')
    same('reset', world.ask('reset'), 'error discovering')
    same('StopDiscovery', pc.bluez.discover(False), 'ok')


def numbered(pc, world, number, function):
    begin = time.monotonic()
    try:
        world.do('reset')
        function(pc, world)
        error = None
    except (Failure, GLib.Error, OSError, KeyError, IndexError) as caught:
        error = caught
    print(f'{"not ok" if error else "ok"} {number} {function.__name__} # {time.monotonic() - begin:.1f} s', flush=True)
    if error:
        print(''.join(f'# {line}\n' for line in traceback.format_exception(error)[-1].splitlines()), end='')
        for role in ('pc', 'headset'):
            print(''.join(f'# {role}: {line}\n' for line in guest_log(RUN, role).splitlines()), end='')
        print(''.join(f'# air: {line}\n' for line in ask(RUN / 'air.ctl', 'log').split(' | ')[-60:]), end='', flush=True)
        pc.bluez.discover(False)
    return not error


def no_unknown_commands(_pc, _world):
    same('commands the air does not know', ask(RUN / 'air.ctl', 'unknown'), 'none')


def main():
    names = sys.argv[1:]
    cases = [c for c in CASES if not names or c.__name__ in names] + [no_unknown_commands]
    world, pc = Client(os.environ['HOLDFAST_RIG_WORLD']), Pc()
    print(f'1..{len(cases)}', flush=True)
    results = [numbered(pc, world, n, c) for n, c in enumerate(cases, 1)]
    sys.exit(0 if all(results) else 1)


if __name__ == '__main__':
    main()
