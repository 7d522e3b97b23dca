#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The whole pairing flow by roles and names alone, as a screen reader has them. Prints TAP.

    test-accessible.py HOLDFAST      on a screen, a session bus and an accessibility bus of its own
"""
import os
import pathlib
import subprocess
import sys
import time

import gi

gi.require_version('Atspi', '2.0')
from gi.repository import Atspi, GLib  # noqa: E402

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import tap  # noqa: E402

HOLDFAST = sys.argv[1]
DEADLINE = 60  # seconds for one thing to appear, sanitizers and a busy machine included
BUTTONS = ('button', 'push button', 'toggle button')


def descendants(node):
    """All below a node that are shown; nodes may go while we look."""
    for index in range(node.get_child_count()):
        child = node.get_child_at_index(index)
        if child is None:
            continue
        yield child
        yield from descendants(child)


def role_of(node):
    return node.get_role_name()


def is_shown(node):
    return node.get_state_set().contains(Atspi.StateType.SHOWING)


class Program:
    """One run of the window."""

    def __init__(self, *words):
        self.words = words

    def __enter__(self):
        # GTK's bridge to screen readers keeps what is on its way when the program ends; what we lose
        # ourselves is found by the tests of the pages.
        surroundings = {**os.environ, 'ASAN_OPTIONS': os.environ.get('ASAN_OPTIONS', '') + ':detect_leaks=0'}
        self.process = subprocess.Popen([HOLDFAST, *self.words], stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
                                        env=surroundings)
        return self

    def __exit__(self, kind, *_):
        self.process.terminate()
        _, errors = self.process.communicate(timeout=DEADLINE)
        if kind is None:
            # Asked to end, it lets its session undo what it began, and ends well.
            assert self.process.returncode == 0, f'ended with {self.process.returncode}: {errors[-3000:]}'
            assert 'Sanitizer' not in errors and 'CRITICAL' not in errors, errors[-3000:]

    def root(self):
        desktop = Atspi.get_desktop(0)
        for index in range(desktop.get_child_count()):
            application = desktop.get_child_at_index(index)
            if application is not None and application.get_process_id() == self.process.pid:
                return application
        return None

    def find(self, roles, name):
        """The first that is shown with a role and a name; None if there is none now."""
        root = self.root()
        try:
            for node in descendants(root) if root is not None else ():
                if role_of(node) in roles and node.get_name() == name and is_shown(node):
                    return node
        except GLib.Error:
            pass  # something went while we looked
        return None

    def tell(self):
        root = self.root()
        lines = [f'{role_of(n)}: {n.get_name()}' for n in descendants(root) if is_shown(n) and n.get_name()] if root else []
        return '\n'.join(lines)

    def wait(self, roles, name):
        """Waits for what has a role and a name; says what there was instead."""
        end = time.monotonic() + DEADLINE
        context = GLib.MainContext.default()
        while time.monotonic() < end:
            node = self.find(roles, name)
            if node is not None:
                return node
            assert self.process.poll() is None, f'ended with {self.process.returncode} before {name!r}: {self.process.stderr.read()[-2000:]}'
            wake = GLib.timeout_add(50, lambda: True)
            context.iteration(True)
            GLib.source_remove(wake)
        raise AssertionError(f'waited {DEADLINE} s for {name!r}; there was:\n{self.tell()}')

    def heading(self, name):
        return self.wait(('heading',), name)

    def press(self, name):
        button = self.wait(BUTTONS, name)
        assert button.get_n_actions() > 0, f'{name!r} cannot be pressed'
        button.do_action(0)


    # What follows is a keyboard, and nothing else.

    def keys(self, *words):
        subprocess.run(['xdotool', *words], check=True, timeout=DEADLINE)

    def take_keyboard(self):
        """There is no window manager here, so the window is given the keyboard by hand."""
        found = subprocess.run(['xdotool', 'search', '--sync', '--onlyvisible', '--name', 'Holdfast'], check=True,
                               timeout=DEADLINE, stdout=subprocess.PIPE, text=True)
        self.keys('windowfocus', found.stdout.split()[0])

    def focused(self):
        root = self.root()
        try:
            for node in descendants(root) if root is not None else ():
                if node.get_state_set().contains(Atspi.StateType.FOCUSED) and is_shown(node):
                    return node.get_name()
        except GLib.Error:
            pass  # something went while we looked
        return None

    def tab_to(self, name):
        """Tabs on until what has this name has the focus; once around is enough."""
        been = []
        for _ in range(40):
            been.append(self.focused())
            if been[-1] == name:
                return
            self.keys('key', 'Tab')
        raise AssertionError(f'Tab does not reach {name!r}; it came by {been}')

    def wait_state(self, name, state, wanted):
        """Waits until it is so, and then a little more: it must also stay so."""
        end = time.monotonic() + DEADLINE
        seen = 0
        while seen < 5:
            node = self.wait(BUTTONS, name)
            seen = seen + 1 if node.get_state_set().contains(state) == wanted else 0
            assert time.monotonic() < end, f'waited {DEADLINE} s for {name!r} to be {state} {wanted}'

    def wait_focus(self, name):
        end = time.monotonic() + DEADLINE
        while self.focused() != name:
            assert time.monotonic() < end, f'waited {DEADLINE} s for the focus on {name!r}; it is on {self.focused()!r}'


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
