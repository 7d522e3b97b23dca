# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of whole programs on the rig share: the hand at the headset, and a second client of the same bluetoothd, which looks
and asks it for nothing. Run them with with-rig.
"""
import os
import sys
from pathlib import Path

TESTS = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(TESTS), str(TESTS / 'rig')]
import tap  # noqa: E402
from bus import Bluez, spin  # noqa: E402
from sockets import ask  # noqa: E402

HEADSET, NEIGHBOUR = '38:18:4C:00:00:42', '12:34:56:78:9A:BC'
BUS, WORLD = os.environ['HOLDFAST_RIG_PC_BUS'], os.environ['HOLDFAST_RIG_WORLD']
PC = Bluez('pc', BUS)
# What is heard in the first 3 s of listening may have been there before; a hold takes longer than that anyway.
HOLD_SECONDS = 4
SOON, LONG = 10, 60


def same(what, got, wanted):
    assert got == wanted, f'{what}: {got!r}, wanted {wanted!r}'


def until(what, condition, seconds=SOON):
    value = spin(seconds, condition)
    assert value, f'waited {seconds} s for {what}'
    return value


def world(line):
    answer = ask(WORLD, line)
    assert answer.split(' ')[0] == 'ok', f'the world answered {answer!r} to {line!r}'
    return dict(word.split('=') for word in answer.split(' ')[1:])


def device(address=HEADSET):
    path = PC.find(Address=address)
    return PC.devices()[path] if path else {}


def has_agent():
    """bluetoothd lets the kernel keep keys only while somebody has an agent, and shows it by this property."""
    return PC.adapter().get('Pairable')


def paired():
    return [known['Address'] for known in PC.devices().values() if known.get('Paired')]


def nothing_runs():
    until('the search to end', lambda: not PC.adapter().get('Discovering'))
    until('the agent to be gone', lambda: not has_agent())
    until("the PC's radio to be quiet", lambda: world('state')['discovering'] == 'no')


def fresh():
    world('reset')
    until('the PC to have forgotten', lambda: not PC.devices())
    same('an agent before we begin', bool(has_agent()), False)


def assert_clean_without_pairing():
    nothing_runs()
    # RemoveDevice is answered a moment before the object goes.
    until('the half-made pairing to be gone', lambda: not paired())
    until('the link to end', lambda: world('state')['connected'] == 'no', 20)


def neighbour(word, rssi=-45):
    world(f'neighbour {word} WH-1000XM4 {NEIGHBOUR} 0x240404 {rssi}' if word == 'on' else f'neighbour {word} {NEIGHBOUR}')
