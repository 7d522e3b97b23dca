#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The whole pairing flow by roles and names alone, as a screen reader has them. Prints TAP.

    test-accessible.py HOLDFAST      on a screen, a session bus and an accessibility bus of its own
"""
import os
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import screen_reader  # noqa: E402
import tap  # noqa: E402
from screen_reader import BUTTONS, Atspi  # noqa: E402

HOLDFAST = sys.argv[1]


class Program(screen_reader.Program):
    """One run of the window this test is about."""

    def __init__(self, *words):
        super().__init__(HOLDFAST, *words)


def test_pair_by_keyboard():
    with Program('--simulate', '--pair=WH-1000XM4') as program:
        program.heading('Get ready')
        program.take_keyboard()
        program.wait_focus('Continue')
        program.keys('key', 'Return')
        program.heading('Take them in your hands')
        program.wait_focus('Start')
        program.keys('key', 'space')
        program.heading('Hold now')
        program.tab_to('Power button')
        program.keys('keydown', 'space')
        try:
            program.heading('Connected')
        finally:
            program.keys('keyup', 'space')
        program.tab_to('Finish')
        program.keys('key', 'Return')
        program.heading('Pair your Sony headphones')


def test_a_finger_holds_and_lets_go():
    with Program('--simulate', '--pair=WH-1000XM4') as program:
        program.heading('Get ready')
        button = program.wait(BUTTONS, 'Power button')
        program.take_keyboard()
        box = button.get_extents(Atspi.CoordType.WINDOW)
        program.keys('mousemove', str(box.x + box.width // 2), str(box.y + box.height // 2), 'mousedown', '1')
        program.wait_state('Power button', Atspi.StateType.PRESSED, True)
        program.keys('mouseup', '1')
        program.wait_state('Power button', Atspi.StateType.PRESSED, False)


def test_escape_goes_back():
    with Program('--simulate', '--pair=WH-1000XM4') as program:
        program.heading('Get ready')
        program.take_keyboard()
        program.wait_focus('Continue')
        program.keys('key', 'Return')
        program.heading('Take them in your hands')
        program.keys('key', 'Escape')
        program.heading('Get ready')
        program.keys('key', 'Escape')
        program.heading('Pair your Sony headphones')


def test_tab_goes_round():
    """From the last button on to what is at the top, and through all that is on the page."""
    with Program('--fault=neighbour', '--pair=WH-1000XM4') as program:
        program.heading('Get ready')
        program.take_keyboard()
        program.wait_focus('Continue')
        for name in ('Power button', 'Back', 'Main menu', 'Bluetooth is ready', 'Continue'):
            program.tab_to(name)
        program.keys('key', 'Return')
        program.heading('Is this yours?')
        # Cancel takes the menu's place where there is no room for both.
        for name in ('Back', 'Cancel', 'Yes, it is mine', 'No, not mine'):
            program.tab_to(name)


def test_pair_by_roles_and_names():
    with Program('--simulate', '--pair=WH-1000XM4') as program:
        program.heading('Get ready')
        program.press('Continue')
        program.heading('Take them in your hands')
        program.press('I am holding now')
        program.heading('Hold now')
        # The simulated headphones' own button; pressed once it is held.
        program.press('Power button')
        program.heading('Connected')
        program.press('Finish')
        program.heading('Pair your Sony headphones')


def test_choose_and_go_back():
    with Program('--simulate', '--flow=pair') as program:
        program.heading('Which headphones do you have?')
        program.press('Back')
        program.heading('Pair your Sony headphones')
        program.press('Pair headphones')
        program.heading('Which headphones do you have?')


def test_cancel_in_the_hold():
    with Program('--simulate', '--pair=WH-1000XM4') as program:
        program.press('Continue')
        program.press('I am holding now')
        program.heading('Hold now')
        program.press('Cancel')
        program.heading('Pair your Sony headphones')


def test_a_neighbour_is_asked_about():
    with Program('--fault=neighbour', '--pair=WH-1000XM4') as program:
        program.press('Continue')
        program.heading('Is this yours?')
        program.press('No, not mine')
        program.heading('Take them in your hands')


def test_no_bluetooth_offers_practice():
    with Program() as program:
        program.heading('Pair your Sony headphones')
        row = program.wait(('list item', 'button', 'push button'), 'Practise with simulated headphones')
        assert row is not None


def test_wired_model_says_so():
    with Program('--simulate', '--pair=INZONE H3') as program:
        program.heading('This model connects in another way')


# Choosing a model.

def test_interview_by_names():
    with Program('--simulate', '--flow=pair') as program:
        program.press("I'm not sure which I have")
        program.heading('What do they look like?')
        program.press('In the ears')
        program.heading('Is there a button on the charging case?')
        program.press('No button')
        program.heading('Is one of these words on them?')
        program.press('1000X')
        program.heading('Look for their name')
        program.press("I can't find a name: go on")
        program.heading('Get ready')
        # It was answered on the way, so it is not asked again.
        program.press('Continue')
        program.heading('Take them in your hands')


def test_interview_goes_back_to_the_names():
    with Program('--simulate', '--flow=pair') as program:
        program.press("I'm not sure which I have")
        program.press('Around the neck')
        program.heading('Look for their name')
        program.take_keyboard()
        program.keys('key', 'Escape')
        program.heading('What do they look like?')
        program.wait_focus('Around the neck')
        program.keys('key', 'Return')
        program.press('Choose its name')
        program.heading('Which headphones do you have?')
        program.wait(('label',), 'Neckband only: 5 models.')
        program.press('WI-C100')
        program.heading('Get ready')


def test_another_model_is_a_family():
    with Program('--simulate', '--flow=pair') as program:
        program.press('Another Sony model')
        program.press('Gaming headset')
        program.press('PULSE')
        program.heading('Get ready')


def test_search_by_keyboard():
    with Program('--simulate', '--flow=pair') as program:
        program.heading('Which headphones do you have?')
        program.take_keyboard()
        # Typed on a card, it still searches; Escape clears it first, and then goes back.
        program.tab_to('WH-1000XX')
        program.keys('type', 'inzone')
        program.wait(('label',), '6 models. Enter takes INZONE H9 II.')
        program.keys('key', 'Escape')
        program.wait(('label',), '46 models')
        program.keys('key', 'Escape')
        program.heading('Pair your Sony headphones')
        program.press('Pair headphones')
        program.heading('Which headphones do you have?')
        program.wait_focus('Search for your headphones')
        program.keys('type', 'xm5')
        program.keys('key', 'Return')
        program.heading('Get ready')
        # And Escape on a card clears as well.
        program.keys('key', 'Escape')
        program.wait(('label',), '2 models. Enter takes WH-1000XM5.')
        program.tab_to('WF-1000XM5')
        program.keys('key', 'Escape')
        program.wait(('label',), '46 models')
        program.heading('Which headphones do you have?')


if __name__ == '__main__':
    # What cannot be counted on is said at once, not by six cases that wait.
    assert os.environ.get('DBUS_SESSION_BUS_ADDRESS'), 'no session bus'
    sys.exit(tap.run(globals()))
