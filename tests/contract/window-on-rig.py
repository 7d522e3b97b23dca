#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""window-on-rig.py HOLDFAST - the window against real bluetoothd, as TAP. Run it with with-screen.py --with-accessibility and with-rig.

A person who reads the screen pairs the headset; closed in the middle, the window leaves nothing behind; and a neighbour's headset
is never paired without that person's click, whenever it appears. Driven by roles and names alone; what came of it is looked at from
a second client of the same bluetoothd.
"""
import sys

from on_rig import BUS, HEADSET, HOLD_SECONDS, NEIGHBOUR, PC, TESTS, assert_clean_without_pairing, device, fresh, has_agent, neighbour
from on_rig import nothing_runs, paired, same, spin, tap, until, world

sys.path.insert(0, str(TESTS / 'app'))
import screen_reader  # noqa: E402
from screen_reader import BUTTONS, Atspi  # noqa: E402

# How long nobody answers a question: a Pair that was begun without an answer would be done by then.
UNANSWERED_SECONDS = 5
# Names are set apart from the text around them.
ROW = '\u2068WH-1000XM4\u2069'
# Longer than Holdfast allows slow fingers after a hold (HOLDFAST_AFTER_HOLD_US).
AFTER_SECONDS = 6


class Window(screen_reader.Program):
    """holdfast --pair=WH-1000XM4"""

    def __init__(self):
        super().__init__(sys.argv[1], '--pair=WH-1000XM4', environment={'DBUS_SYSTEM_BUS_ADDRESS': BUS})

    def get_ready(self):
        self.heading('Get ready')
        self.until('Continue to be possible', lambda: self.wait(BUTTONS, 'Continue').get_state_set().contains(Atspi.StateType.SENSITIVE))
        self.press('Continue')

    def hold(self):
        """All but the hand at the headset, which is the world's."""
        self.get_ready()
        self.heading('Take them in your hands')
        until('the search', lambda: PC.adapter().get('Discovering'))
        self.press('I am holding now')
        self.heading('Hold now')
        spin(HOLD_SECONDS)
        assert self.find(('heading',), 'Hold now'), f'seen before pairing mode:\n{self.tell()}'

    def is_asked(self):
        """It is asked whose it is, and nobody answers."""
        self.heading('Is this yours?')
        spin(UNANSWERED_SECONDS, paired)
        assert self.find(('heading',), 'Is this yours?'), f'nobody answered, and there was:\n{self.tell()}'
        same('paired unasked', paired(), [])
        same('connected unasked', [d['Address'] for d in PC.devices().values() if d.get('Connected')], [])

    def known(self, state):
        """Home's row of the headset, in this state."""
        return self.wait(('list item',), ROW, state)


def assert_connected():
    known = device()
    same('on the bus', (known['Paired'], known['Trusted'], known['Connected']), (True, True, True))
    state = world('state')
    same('at the headset', (state['paired'], state['connected'], state['transport']), ('yes', 'yes', 'yes'))
    nothing_runs()


def test_pairs_and_home_connects():
    fresh()
    with Window() as window:
        window.hold()
        world('pairing-mode on')
        window.heading('Connected')
        assert_connected()
        window.press('Finish')
        window.heading('Pair your Sony headphones')
        window.known('Connected.')

        # Switched off, and on again: it calls by itself.
        world('pairing-mode off')
        world('disconnect')
        window.known('Not connected.')
        world('connect')
        window.known('Connected.')

        # And from there.
        world('disconnect')
        window.known('Not connected.')
        window.press(f'Connect {ROW}')
        window.heading('Connected')
        assert_connected()
        window.press('Finish')
        window.heading('Pair your Sony headphones')
    nothing_runs()
    same('still paired', paired(), [HEADSET])


def test_closed_in_the_hold():
    fresh()
    with Window() as window:
        window.hold()
        window.press('Close')
        window.end()
    assert_clean_without_pairing()


def test_closed_while_pairing():
    """A set that wants a PIN keeps a Pair open for about ten seconds."""
    fresh()
    world('legacy on')
    world('pin 7777')
    with Window() as window:
        window.hold()
        world('pairing-mode on')
        window.heading('Pairing')
        until('the link', lambda: device().get('Connected'))
        same('agent while pairing', bool(has_agent()), True)
        window.press('Close')
        window.end()
    assert_clean_without_pairing()


def test_neighbour_before_the_hold():
    fresh()
    neighbour('on')
    with Window() as window:
        window.get_ready()
        window.is_asked()
        world('pairing-mode on')
        window.press('Yes, it is mine', HEADSET[-5:])
        window.heading('Connected')
        same('what the PC is paired with', paired(), [HEADSET])
    nothing_runs()


def test_neighbour_during_the_hold():
    fresh()
    with Window() as window:
        window.hold()
        neighbour('on')
        world('pairing-mode on')
        window.is_asked()
        for address in (HEADSET, NEIGHBOUR):
            window.wait(BUTTONS, 'Yes, it is mine', address[-5:])
    assert_clean_without_pairing()


def test_neighbour_after_the_hold():
    """Ours never comes. Theirs is far away at first, and then as near as ours would be, and alone."""
    fresh()
    with Window() as window:
        window.hold()
        window.heading('Let go now')
        spin(AFTER_SECONDS)
        neighbour('on', -80)
        window.is_asked()
        neighbour('on', -45)
        until('the neighbour to be near', lambda: device(NEIGHBOUR).get('RSSI', -127) >= -50)
        window.is_asked()
        window.press('No, not mine')
        window.heading('Let go now')
    assert_clean_without_pairing()


sys.exit(tap.run(globals()))
