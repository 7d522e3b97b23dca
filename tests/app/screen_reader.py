# SPDX-License-Identifier: GPL-3.0-or-later
"""The window as a screen reader has it: by roles and names alone, and by a keyboard and a pointer.

Needs a screen, a session bus and an accessibility bus of its own: tests/with-screen.py --with-accessibility.
"""
import os
import re
import subprocess
import time

import gi

gi.require_version('Atspi', '2.0')
from gi.repository import Atspi, GLib  # noqa: E402

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


def listen():
    """Takes in what programs have told since; without it what was looked at once stays as it was."""
    context, woken = GLib.MainContext.default(), []
    wake = GLib.timeout_add(50, lambda: woken.append(True) or True)
    while not woken:
        context.iteration(True)
    GLib.source_remove(wake)


def description_of(node):
    """Its own words, and those of what describes it."""
    relations = [r for r in node.get_relation_set() if r.get_relation_type() == Atspi.RelationType.DESCRIBED_BY]
    others = [r.get_target(index).get_name() for r in relations for index in range(r.get_n_targets())]
    return ' '.join([node.get_description() or '', *others])


class Program:
    """One run of the window."""

    def __init__(self, holdfast, *words, environment=None):
        self.command, self.environment = [holdfast, *words], environment or {}

    def __enter__(self):
        # GTK's bridge to screen readers keeps what is on its way when the program ends; what we lose
        # ourselves is found by the tests of the pages.
        surroundings = {**os.environ, **self.environment, 'ASAN_OPTIONS': os.environ.get('ASAN_OPTIONS', '') + ':detect_leaks=0'}
        self.process = subprocess.Popen(self.command, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
                                        env=surroundings)
        return self

    def __exit__(self, kind, *_):
        self.process.terminate()
        _, errors = self.process.communicate(timeout=DEADLINE)
        if kind is None:
            # Asked to end, it lets its session undo what it began, and ends well.
            assert self.process.returncode == 0, f'ended with {self.process.returncode}: {errors[-3000:]}'
            assert 'Sanitizer' not in errors and not re.search(r'CRITICAL|(Gtk|Adwaita|GLib\S*)-WARNING', errors), errors[-3000:]

    def root(self):
        desktop = Atspi.get_desktop(0)
        for index in range(desktop.get_child_count()):
            application = desktop.get_child_at_index(index)
            if application is not None and application.get_process_id() == self.process.pid:
                return application
        return None

    def find(self, roles, name, described=''):
        """The first that is shown with a role and a name, and these words in its description; None if there is none now."""
        root = self.root()
        try:
            for node in descendants(root) if root is not None else ():
                if role_of(node) in roles and node.get_name() == name and is_shown(node) and (not described or described in description_of(node)):
                    return node
        except GLib.Error:
            pass  # something went while we looked
        return None

    def tell(self):
        root = self.root()
        lines = [f'{role_of(n)}: {n.get_name()}' for n in descendants(root) if is_shown(n) and n.get_name()] if root else []
        return '\n'.join(lines)

    def until(self, what, condition):
        """Waits for condition() to be true and returns its value; says what there was instead."""
        end = time.monotonic() + DEADLINE
        while time.monotonic() < end:
            value = condition()
            if value:
                return value
            assert self.process.poll() is None, f'ended with {self.process.returncode} before {what}: {self.process.stderr.read()[-2000:]}'
            listen()
        raise AssertionError(f'waited {DEADLINE} s for {what}; there was:\n{self.tell()}')

    def wait(self, roles, name, described=''):
        """Waits for what has a role and a name, and these words in its description."""
        return self.until(f'{name!r} {described}', lambda: self.find(roles, name, described))

    def end(self):
        """Waits until it has ended by itself."""
        self.process.wait(DEADLINE)

    def heading(self, name):
        return self.wait(('heading',), name)

    def press(self, name, described=''):
        button = self.wait(BUTTONS, name, described)
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
            listen()
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
