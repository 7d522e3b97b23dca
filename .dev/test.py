#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Builds and runs the tests, then says what was slow, what failed and how many there were.

Two builds are tested: the full one, and the guide that has neither Bluetooth nor sound.
Called by `./dev test`, which says how to use it.
"""
import argparse
import contextlib
import fcntl
import json
import os
import pathlib
import re
import subprocess
import sys
import time

GUIDE_OPTIONS = ['-Dbluetooth=disabled', '-Daudio=disabled']
# The same in both builds, so the guide need not repeat them.
ONCE = ['lint', 'dev', 'rig']
WARM_SECONDS = 15 * 60
COLD_SECONDS = WARM_SECONDS + 10 * 60
CASE = re.compile(r'^\s*(not ok|ok)\b\s*(\d*)\s*(?:- )?(.*?)(?:\s+#\s*(SKIP)\b\s*(.*))?$', re.I)


def run_to_log(command, log):
    """Runs quietly; on failure shows what was said. Returns whether it worked."""
    with open(log, 'wb') as out:
        status = subprocess.run(command, stdout=out, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)
    if status.returncode != 0:
        sys.stdout.write(pathlib.Path(log).read_text(errors='replace'))
    return status.returncode == 0


@contextlib.contextmanager
def building(folder):
    """One at a time builds in a folder, `./dev exec` included."""
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / 'lock', 'w') as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def set_up(source, build, options):
    """Configures a build folder once. Returns (worked, was new)."""
    if (build / 'build.ninja').exists():
        return True, False
    subprocess.run(['rm', '-rf', str(build)], check=True)
    build.parent.mkdir(parents=True, exist_ok=True)
    return run_to_log(['meson', 'setup', str(build), str(source), *options], build.parent / 'setup.log'), True


def introspect(build, what):
    answer = subprocess.run(['meson', 'introspect', str(build), '--' + what],
                            stdout=subprocess.PIPE, check=True, stdin=subprocess.DEVNULL)
    return json.loads(answer.stdout)


def suites_of(test):
    """meson says 'holdfast:core' where meson.build says 'core'."""
    return [suite.split(':')[-1] for suite in test['suite']]


def chosen(tests, names, only, without):
    """The tests that NAME or the suites choose: a suite, a test, or a part of a test's name."""
    result = [t for t in tests if not only or set(only) & set(suites_of(t))]
    result = [t for t in result if not set(without) & set(suites_of(t))]
    if not names:
        return result
    exact = [t for t in result if t['name'] in names or set(names) & set(suites_of(t))]
    return exact or [t for t in result if any(name in t['name'] for name in names)]


def files_needed(build, tests):
    """What ninja must make for these tests and nothing else."""
    targets = {t['id']: t for t in introspect(build, 'targets')}
    files = set()
    for test in tests:
        for dependency in test.get('depends', []):
            files.update(targets[dependency]['filename'] if dependency in targets else [])
    return sorted(os.path.relpath(f, build) for f in files)


def plain(name):
    """meson's 'holdfast:core / timeline' in fewer words."""
    return name.split(':', 1)[-1]


def cases_of(result):
    """Yields (verdict, name, reason of a skip) for each case of one test's result."""
    name, verdict = plain(result['name']), result['result']
    cases = []
    if 'stdout' in result:
        for line in result['stdout'].splitlines():
            match = CASE.match(line)
            # Cases within cases are indented; the outer line sums them up.
            if match and not line.startswith((' ', '\t')):
                ok, _, case, mark, reason = match.groups()
                kind = 'skipped' if (mark or '').upper() == 'SKIP' else 'passed' if ok.lower() == 'ok' else 'failed'
                cases.append((kind, f'{name}: {case}', (reason or '').strip()))
    if verdict in ('OK', 'EXPECTEDFAIL') and not cases:
        return [('passed', name, '')]
    if verdict in ('SKIP', 'IGNORED') and not cases:
        said = (result.get('stdout') or result.get('stderr') or '').strip().splitlines()
        return [('skipped', name, said[-1].removeprefix('1..0 # SKIP').strip() if said else 'no reason given')]
    if verdict not in ('OK', 'SKIP', 'EXPECTEDFAIL', 'IGNORED') and not any(c[0] == 'failed' for c in cases):
        cases.append(('failed', f'{name}: {verdict.lower()}', ''))
    return cases


def allowed_skips(source):
    """Each line of docs/skipped.md that begins with '- ' is a reason that is known and accepted."""
    file = source / 'docs/skipped.md'
    if not file.exists():
        return set()
    return {line[2:].strip() for line in file.read_text().splitlines() if line.startswith('- ')}


class Tally:
    """Counts over both builds and, when tests run in two places, over both places."""

    def __init__(self):
        self.counts = {'passed': 0, 'failed': 0, 'skipped': 0}
        self.slow = []
        self.failures = []

    def load(self, file):
        if file and os.path.getsize(file):
            with open(file) as stream:
                self.__dict__.update(json.load(stream))

    def save(self, file):
        with open(file, 'w') as stream:
            json.dump(self.__dict__, stream)

    def count(self, verdict, name, note=''):
        self.counts[verdict] += 1
        if verdict == 'failed':
            self.failures.append(f'{name} {note}'.strip())

    def add(self, label, result, skips):
        self.slow.append([result['duration'], label + plain(result['name'])])
        for verdict, name, reason in cases_of(result):
            if verdict == 'skipped' and reason not in skips:
                self.count('failed', label + name, f'(skipped, and docs/skipped.md does not list: {reason})')
            else:
                self.count(verdict, label + name)

    def say(self):
        print('\nThe ten slowest:')
        for seconds, name in sorted(self.slow, reverse=True)[:10]:
            print(f'  {seconds:7.2f} s  {name}')
        print(f'  {sum(s for s, _ in self.slow):7.2f} s  all {len(self.slow)} test programs, one after another')
        if self.failures:
            print('\nFailed:')
            for failure in self.failures:
                print(f'  {failure}')
        skipped = f', {self.counts["skipped"]} skipped' if self.counts['skipped'] else ''
        print(f'\n{self.counts["passed"]} passed, {self.counts["failed"]} failed{skipped}', flush=True)


def build_one(args, tally, label, build, options, names):
    """Configures and builds what the chosen tests need. Returns (the tests or None, whether the build is new)."""
    worked, new = set_up(args.source, build, options)
    # meson.build may have changed since; the list of tests must be today's.
    if not worked or not run_to_log(['ninja', '-C', str(build), 'build.ninja'], build.parent / 'regenerate.log'):
        tally.count('failed', label + 'set-up of the build')
        return None, new
    tests = chosen(introspect(build, 'tests'), names, args.suite, args.without + (ONCE if options else []))
    if not tests:
        return [], new
    if not options and any('detect_leaks=0' in t['env'].get('ASAN_OPTIONS', '') for t in tests):
        print('dev: LeakSanitizer is not allowed to work here, so leaks are not looked for', flush=True)
    started = time.monotonic()
    print(f'dev: building {label.strip(": ") or "all"}', flush=True)
    wanted = files_needed(build, tests) if names else []
    if not run_to_log(['ninja', '-C', str(build), *wanted], build.parent / 'build.log'):
        tally.count('failed', label + 'build')
        return None, new
    print(f'dev: built in {time.monotonic() - started:.1f} s', flush=True)
    return tests, new


def test_one_build(args, tally, label, build, options, names):
    """Configures, builds, runs. Returns (whether there was anything to do, whether the build is new)."""
    with building(build.parent):
        tests, new = build_one(args, tally, label, build, options, names)
    if not tests:
        return tests is None, new
    # A set-up renames the log.
    log = build / ('meson-logs/testlog-long.json' if args.long else 'meson-logs/testlog.json')
    log.unlink(missing_ok=True)
    command = ['meson', 'test', '-C', str(build), '--no-rebuild', '--print-errorlogs']
    # Slow machines are no failure; a test that hangs is, a little later.
    command += ['--setup', 'long'] if args.long else ['--timeout-multiplier', '3']
    subprocess.run(command + sorted({t['name'] for t in tests}), stdin=subprocess.DEVNULL)
    results = [json.loads(line) for line in log.read_text().splitlines()] if log.exists() else []
    skips = allowed_skips(args.source)
    for result in results:
        tally.add(label, result, skips)
    if len(results) < len(tests):
        tally.count('failed', f'{label}{len(tests) - len(results)} tests did not run')
    return True, new


def judge_time(tally, took, new):
    """The whole must stay quick enough to be used; a first build may take longer."""
    limit = COLD_SECONDS if new else WARM_SECONDS
    tally.count('passed' if took <= limit else 'failed', 'time budget', f'({took:.0f} s, and {limit} s are allowed)')


def main():
    parser = argparse.ArgumentParser(prog='./dev test', description='Runs the tests.')
    parser.add_argument('source', type=pathlib.Path, help=argparse.SUPPRESS)
    parser.add_argument('build', type=pathlib.Path, help=argparse.SUPPRESS)
    parser.add_argument('name', nargs='*', metavar='NAME', help='a suite, a test, or a part of its name')
    parser.add_argument('--long', action='store_true', help='the patient version of each test')
    parser.add_argument('--suite', action='append', default=[], help='only this suite')
    parser.add_argument('--not', dest='without', action='append', default=[], help=argparse.SUPPRESS)
    parser.add_argument('--tally', help=argparse.SUPPRESS)
    args = parser.parse_args()

    started = time.monotonic()
    tally = Tally()
    tally.load(args.tally)
    known, new = test_one_build(args, tally, '', args.build / 'full', [], args.name)
    if not args.name and not args.suite:
        more, guide_new = test_one_build(args, tally, 'guide: ', args.build / 'guide', GUIDE_OPTIONS, [])
        known, new = known or more, new or guide_new
        if not args.long:
            judge_time(tally, time.monotonic() - started, new)
    if not known:
        tests = introspect(args.build / 'full', 'tests')
        suites = sorted({s for t in tests for s in suites_of(t)})
        print(f'dev: no suite or test is named {" ".join(args.name + args.suite)}; the suites: {" ".join(suites)}')
        return 2
    tally.say()
    if args.tally:
        tally.save(args.tally)
    return 1 if tally.counts['failed'] else 0


if __name__ == '__main__':
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
