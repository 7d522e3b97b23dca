#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is typed after holdfast: what it refuses, and where --until gets to. Prints TAP.

    test-commands.py HOLDFAST DEBUGGING.md      on a screen
"""
import os
import pathlib
import re
import selectors
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import tap  # noqa: E402

HOLDFAST, DOCUMENT = sys.argv[1:]
DEADLINE = 60  # seconds for one thing to happen, sanitizers and a busy machine included
# What GTK keeps when it ends is not ours; what we lose is found by the tests of the pages.
SURROUNDINGS = {**os.environ, 'ASAN_OPTIONS': os.environ.get('ASAN_OPTIONS', '') + ':detect_leaks=0'}


def refused(*words):
    """Ends at once with one line; returns it."""
    result = subprocess.run([HOLDFAST, *words], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=DEADLINE,
                            env=SURROUNDINGS, check=False)
    assert result.returncode == 2, f'{words} ended with {result.returncode}: {result.stderr[-2000:]}'
    lines = [line for line in result.stderr.splitlines() if line]
    assert len(lines) == 1, f'{words} said {lines}'
    return lines[0]


def assert_calm(errors):
    """Nothing that a developer would have to look into."""
    bad = [line for line in errors.splitlines() if re.search('CRITICAL|WARNING|Sanitizer', line)]
    assert not bad, bad[:5]


def read_until(process, pattern):
    """What it said up to a line with @pattern."""
    said = ''
    end = time.monotonic() + DEADLINE
    with selectors.DefaultSelector() as selector:
        selector.register(process.stderr, selectors.EVENT_READ)
        while not re.search(pattern, said):
            assert selector.select(timeout=max(0, end - time.monotonic())), f'waited {DEADLINE} s for {pattern}; it said {said!r}'
            part = os.read(process.stderr.fileno(), 4096).decode()
            assert part, f'ended before {pattern}; it said {said!r}'
            said += part
    return said


def run_until_told(words, pattern):
    with subprocess.Popen([HOLDFAST, *words], stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, env=SURROUNDINGS) as process:
        try:
            said = read_until(process, pattern)
            process.terminate()
            said += process.communicate(timeout=DEADLINE)[1].decode()
        finally:
            process.kill()
    assert process.returncode == 0, f'{words} ended with {process.returncode}: {said[-2000:]}'
    assert_calm(said)


def test_unknown_names_are_listed():
    line = refused('--simulate', '--pair=WH-1000XM4', '--until=dance')
    assert 'dance' in line and 'GET_READY' in line and 'ENDED' in line, line
    line = refused('--fault=dance')
    assert 'dance' in line and 'no-adapter' in line and 'ignored' in line, line
    line = refused('--flow=dance')
    assert 'dance' in line and 'home' in line, line
    assert 'dance' in refused('--pair=dance')


def test_until_is_for_practice():
    assert '--simulate' in refused('--pair=WH-1000XM4', '--until=HOLD')
    assert '--pair' in refused('--simulate', '--until=HOLD')


def test_until_is_a_developers_option():
    for option, wanted in (('--help', False), ('--help-develop', True)):
        result = subprocess.run([HOLDFAST, option], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=DEADLINE,
                                env=SURROUNDINGS, check=True)
        assert ('--until' in result.stdout) == wanted, result.stdout


def test_no_way_is_told():
    run_until_told(['--simulate', '--pair=WH-1000XM4', '--fault=reject', '--until=done'], 'DONE: not reached; .* FAILED')


def test_documented_commands():
    """All ways are tried by the test of the rehearsal; here three of them, by what people type."""
    text = pathlib.Path(DOCUMENT).read_text(encoding='utf-8')
    commands = dict(re.findall(r'^\| `(\w+)` \| `holdfast (.*?)` \|', text, re.M))
    for state in ('WAIT_RADIO', 'ASK_PIN', 'DONE'):
        run_until_told(commands[state].split(), f'{state}: reached')


if __name__ == '__main__':
    sys.exit(tap.run(globals()))
