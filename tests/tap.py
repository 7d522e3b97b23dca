# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs a module's functions named test_* and writes TAP. Each raises to fail; Skip says why it cannot run."""
import sys
import traceback


class Skip(Exception):
    """Raised by a test that cannot run here; its text is the reason."""


def run(names):
    """names: the module's globals (). Returns the exit status."""
    tests = [(name, function) for name, function in names.items() if name.startswith('test_')]
    print(f'1..{len(tests)}', flush=True)
    failed = 0
    for number, (name, function) in enumerate(tests, 1):
        case = name.removeprefix('test_').replace('_', '-')
        try:
            function()
            print(f'ok {number} {case}', flush=True)
        except Skip as reason:
            print(f'ok {number} {case} # SKIP {reason}', flush=True)
        except BaseException:
            failed += 1
            for line in traceback.format_exc().splitlines():
                print('# ' + line)
            print(f'not ok {number} {case}', flush=True)
    sys.stdout.flush()
    return 1 if failed else 0
