#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Measures what the window promises about speed, in an optimised build, and says whether it is kept.

Called by `./dev bench`. What is measured and how is in docs/performance.md.
"""
import argparse
import importlib.util
import json
import math
import os
import pathlib
import statistics
import subprocess
import sys
import time

OPTIONS = ['-Dbuildtype=release', '-Db_sanitize=none']
TOOLS = ['empty-window', 'first-frame', 'page-changes', 'sighting']
# How often a promise that does not look kept is measured once more.
ATTEMPTS = 3
# From here on the short form measures nothing again.
QUICK_SECONDS = 60
WATCHDOG = 300

START_RATIO = 1.25
PAGE_MS = 100.0
# One may have begun when the signal came; the next must say so.
LATE_FRAMES = 1


class Trouble(Exception):
    """Something could not be measured at all."""


def median(values):
    return statistics.median(values)


def percentile(values, percent):
    """The smallest value that is at least as large as PERCENT of them."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(len(ordered) * percent / 100) - 1)]


# ---- From what the tools print to figures --------------------------------------------------------


def read_rounds(text):
    """Lines of numbers, one column a program. Returns the columns."""
    rows = [[float(word) for word in line.split()] for line in text.splitlines() if line.strip()]
    if not rows or len({len(row) for row in rows}) != 1:
        raise Trouble(f'these are no rounds: {text!r}')
    return [list(column) for column in zip(*rows)]


def read_changes(text):
    """Lines of FROM TO MILLISECONDS. Returns (from, to): [milliseconds]."""
    changes = {}
    for line in text.splitlines():
        words = line.split()
        if len(words) != 3:
            raise Trouble(f'this is no change of page: {line!r}')
        changes.setdefault((words[0], words[1]), []).append(float(words[2]))
    return changes


def short(page):
    """HoldfastGetReadyPage in fewer letters."""
    return page.removeprefix('Holdfast').removesuffix('Page')


def judge_start(empty, own):
    ratio = median(own) / median(empty)
    return {'name': 'start', 'goal': f'first frame within {START_RATIO} times that of an empty window',
            'ratio': round(ratio, 3), 'limit': START_RATIO, 'kept': ratio <= START_RATIO,
            'empty_ms': round(median(empty), 1), 'holdfast_ms': round(median(own), 1), 'rounds': len(own)}


def judge_pages(changes):
    """The slowest of the medians decides; each is the median of first times in a process."""
    rows = [{'from': short(a), 'to': short(b), 'median_ms': round(median(times), 1),
             'longest_ms': round(max(times), 1), 'times': len(times)} for (a, b), times in changes.items()]
    rows.sort(key=lambda row: -row['median_ms'])
    if not rows:
        raise Trouble('no page was seen to change')
    slowest = rows[0]['median_ms']
    return {'name': 'pages', 'goal': f'every next page is in a frame within {PAGE_MS:.0f} ms',
            'ratio': round(slowest / PAGE_MS, 3), 'limit': 1.0, 'kept': slowest < PAGE_MS,
            'slowest_ms': slowest, 'changes': rows}


def judge_sighting(times, late):
    """A thread that is not let run for a while may make one round in twenty late; the test app/let-go
    counts without threads."""
    frames = int(percentile(late, 95))
    return {'name': 'sighting', 'goal': '“let go” is in the next frame after the signal',
            'ratio': frames, 'limit': LATE_FRAMES, 'kept': frames <= LATE_FRAMES,
            'p50_ms': round(percentile(times, 50), 1), 'p99_ms': round(percentile(times, 99), 1), 'rounds': len(times)}


# ---- Measuring -----------------------------------------------------------------------------------


class Bench:
    def __init__(self, source, build):
        self.source, self.build = source, build
        self.env = {**os.environ, 'GSETTINGS_SCHEMA_DIR': str(build / 'data'), 'GSETTINGS_BACKEND': 'memory',
                    'LC_ALL': 'C.UTF-8', 'LANGUAGE': 'C', 'GIO_USE_VFS': 'local', 'G_DEBUG': 'fatal-criticals',
                    'HOME': str(build / 'home'), 'XDG_DATA_HOME': str(build / 'home/data'),
                    'XDG_CONFIG_HOME': str(build / 'home/config'), 'XDG_CACHE_HOME': str(build / 'home/cache')}
        (build / 'home').mkdir(exist_ok=True)

    def tool(self, name):
        return str(self.build / 'tests/bench' / name)

    def run(self, *words):
        try:
            done = subprocess.run(words, env=self.env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                  stderr=subprocess.PIPE, text=True, timeout=WATCHDOG)
        except subprocess.TimeoutExpired:
            raise Trouble(f'waited {WATCHDOG} s for {" ".join(words)}')
        if done.returncode != 0:
            raise Trouble(f'{" ".join(words)} ended with {done.returncode}: {done.stdout}{done.stderr}')
        return done.stdout

    def on_screen(self, *words):
        return self.run(str(self.source / 'tests/with-screen.py'), *words)

    def start(self, rounds):
        """Both programs on a screen and buses of their own, with a simulated BlueZ: as on a desktop."""
        # What the buses' own programs print comes in between.
        out = self.build / 'start'
        self.on_screen('--with-accessibility', sys.executable, str(self.source / 'tests/bench/with-bluez.py'),
                       'sh', '-c', 'exec "$@" >"$0"', str(out), self.tool('first-frame'), str(rounds + 1),
                       self.tool('empty-window'), str(self.build / 'src/app/holdfast'))
        # The first round fills the computer's caches.
        return [column[1:] for column in read_rounds(out.read_text())]

    def pages(self, times):
        changes = {}
        for _ in range(times):
            for walk in self.run(self.tool('page-changes')).split():
                for change, values in read_changes(self.on_screen(self.tool('page-changes'), walk)).items():
                    changes.setdefault(change, []).extend(values)
        return changes

    def sighting(self, rounds):
        times, late = read_rounds(self.on_screen(self.tool('sighting'), str(rounds)))
        return times, late


def insist(measure, judge, first, more, join, may_go_on=lambda: True):
    """Measures, and again when a promise does not look kept: a busy machine is no broken promise, and
    a broken promise stays one. A ratio of two programs is judged by all samples together (JOIN); a number
    of milliseconds by the best of the attempts, since other people's work can only make it larger."""
    samples = measure(first)
    verdict = judge(samples)
    for _ in range(ATTEMPTS):
        if verdict['kept'] or not may_go_on():
            break
        again = measure(more)
        if join:
            samples = join(samples, again)
            verdict = judge(samples)
        else:
            verdict = min(verdict, judge(again), key=lambda each: each['ratio'])
    return verdict


def join_columns(old, new):
    return [a + b for a, b in zip(old, new)]


def measure_all(bench, quick):
    few = {'start': (15, 25), 'pages': (2, 2), 'sighting': (20, 40)}
    many = {'start': (40, 40), 'pages': (9, 9), 'sighting': (200, 100)}
    counts = few if quick else many
    until = time.monotonic() + (QUICK_SECONDS if quick else math.inf)

    def may_go_on():
        return time.monotonic() < until

    yield insist(bench.start, lambda columns: judge_start(*columns), *counts['start'], join_columns, may_go_on)
    yield insist(bench.sighting, lambda columns: judge_sighting(*columns), *counts['sighting'], None, may_go_on)
    yield insist(bench.pages, judge_pages, *counts['pages'], None, may_go_on)


# ---- Saying --------------------------------------------------------------------------------------


def lines_of(verdict):
    mark = 'PASS' if verdict['kept'] else 'FAIL'
    if verdict['name'] == 'start':
        yield f'{mark}  {verdict["ratio"]:6.2f}  (at most {START_RATIO})  start: {verdict["goal"]}'
        yield (f'              holdfast {verdict["holdfast_ms"]:.1f} ms, empty window {verdict["empty_ms"]:.1f} ms; '
               f'medians of {verdict["rounds"]} rounds in turn')
    elif verdict['name'] == 'pages':
        yield f'{mark}  {verdict["ratio"]:6.2f}  (below 1)       pages: {verdict["goal"]}'
        for row in verdict['changes']:
            yield (f'      {row["median_ms"] / PAGE_MS:6.2f}  {row["from"]:>10} → {row["to"]:<10} {row["median_ms"]:6.1f} ms, '
                   f'longest {row["longest_ms"]:.1f} ms of {row["times"]}')
    else:
        yield f'{mark}  {verdict["ratio"]:6d}  (at most {LATE_FRAMES})     sighting: {verdict["goal"]}'
        yield (f'              frames between that still said something else, in 95 of 100; p50 {verdict["p50_ms"]:.1f} ms, p99 {verdict["p99_ms"]:.1f} ms '
               f'of {verdict["rounds"]} sightings')


def say(verdicts, took):
    for verdict in verdicts:
        for line in lines_of(verdict):
            print(line)
    kept = sum(verdict['kept'] for verdict in verdicts)
    print(f'Measured in {took:.0f} s.\n\n{kept} passed, {len(verdicts) - kept} failed', flush=True)


# ---- Building ------------------------------------------------------------------------------------


def load_builder(source):
    """.dev/test.py knows how a build folder is made and kept to one at a time."""
    sys.dont_write_bytecode = True
    spec = importlib.util.spec_from_file_location('builder', source / '.dev/test.py')
    builder = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(builder)
    return builder


def build_tools(source, build):
    builder = load_builder(source)
    with builder.building(build.parent):
        if not builder.set_up(source, build, OPTIONS)[0]:
            raise Trouble('the optimised build could not be set up')
        wanted = ['src/app/holdfast', 'data/gschemas.compiled', *('tests/bench/' + tool for tool in TOOLS)]
        started = time.monotonic()
        print('dev: building for speed', flush=True)
        if not builder.run_to_log(['ninja', '-C', str(build), *wanted], build.parent / 'build.log'):
            raise Trouble('the optimised build does not build')
        print(f'dev: built in {time.monotonic() - started:.1f} s', flush=True)


def main():
    parser = argparse.ArgumentParser(prog='./dev bench', description='Measures what the window promises about speed.')
    parser.add_argument('source', type=pathlib.Path, help=argparse.SUPPRESS)
    parser.add_argument('build', type=pathlib.Path, help=argparse.SUPPRESS)
    parser.add_argument('--quick', action='store_true', help='fewer rounds; more only where a promise seems broken')
    parser.add_argument('--json', metavar='FILE', type=pathlib.Path, help='write the figures here too')
    args = parser.parse_args()

    build = args.build / 'bench'
    try:
        build_tools(args.source, build)
        started = time.monotonic()
        verdicts = list(measure_all(Bench(args.source, build), args.quick))
    except Trouble as trouble:
        print(f'dev: {trouble}\n\n0 passed, 1 failed')
        return 1
    say(verdicts, time.monotonic() - started)
    for file in filter(None, [build / 'bench.json', args.json]):
        file.write_text(json.dumps({'promises': verdicts}, indent=2, ensure_ascii=False) + '\n')
    return 0 if all(verdict['kept'] for verdict in verdicts) else 1


if __name__ == '__main__':
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
