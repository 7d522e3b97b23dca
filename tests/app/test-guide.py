#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A build without Bluetooth has nothing to practise with, and says so. Prints TAP.

    test-guide.py HOLDFAST      on a screen
"""
import os
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import tap  # noqa: E402

HOLDFAST = sys.argv[1]
DEADLINE = 60  # seconds for one thing to happen, sanitizers and a busy machine included
# What GTK keeps when it ends is not ours; what we lose is found by the tests of the pages.
SURROUNDINGS = {**os.environ, 'ASAN_OPTIONS': os.environ.get('ASAN_OPTIONS', '') + ':detect_leaks=0'}


def run(*words):
    return subprocess.run([HOLDFAST, *words], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=DEADLINE,
                          env=SURROUNDINGS, check=False)


def test_practice_is_refused_with_one_line():
    for words in (['--simulate'], ['--simulate', '--pair=WH-1000XM4'], ['--fault=weak', '--pair=WH-1000XM4']):
        result = run(*words)
        assert result.returncode == 2, f'{words} ended with {result.returncode}: {result.stderr[-2000:]}'
        assert result.stderr.splitlines() == ['This build has no simulated headphones.'], result.stderr


def test_practice_is_not_offered():
    result = run('--help')
    assert result.returncode == 0 and '--pair' in result.stdout, result
    assert '--simulate' not in result.stdout and '--fault' not in result.stdout, result.stdout


if __name__ == '__main__':
    sys.exit(tap.run(globals()))
