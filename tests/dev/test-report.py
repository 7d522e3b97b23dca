#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What ./dev test counts, prints and refuses, from results as meson writes them."""
import contextlib
import importlib.util
import io
import pathlib
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import tap  # noqa: E402

TOP = pathlib.Path(__file__).resolve().parent.parent.parent
sys.dont_write_bytecode = True
spec = importlib.util.spec_from_file_location('report', TOP / '.dev/test.py')
report = importlib.util.module_from_spec(spec)
spec.loader.exec_module(report)


def result(stdout, verdict='OK', name='holdfast:core / fact', duration=1.0, **more):
    return {'name': name, 'result': verdict, 'duration': duration, 'stdout': stdout, **more}


def counted(*results, skips=()):
    tally = report.Tally()
    for each in results:
        tally.add('', each, set(skips))
    return tally


def said(tally):
    with contextlib.redirect_stdout(io.StringIO()) as out:
        tally.say()
    return out.getvalue()


def test_cases_are_counted():
    tally = counted(result('1..2\nok 1 /core/a\nok 2 /core/b\n'), result('anything', name='holdfast:lint / words'))
    assert tally.counts == {'passed': 3, 'failed': 0, 'skipped': 0}, tally.counts
    assert said(tally).splitlines()[-1] == '3 passed, 0 failed'


def test_cases_within_cases_count_once():
    tally = counted(result('    ok 1 inner\n    not ok 2 inner # SKIP x\nok 1 outer\n1..1\n'))
    assert tally.counts == {'passed': 1, 'failed': 0, 'skipped': 0}, tally.counts


def test_failed_case_is_named():
    tally = counted(result('ok 1 /core/a\nnot ok 2 /core/b\n', 'FAIL'))
    assert tally.counts['failed'] == 1
    assert 'core / fact: /core/b' in said(tally)


def test_crash_after_good_cases_fails():
    for verdict in ('ERROR', 'FAIL', 'TIMEOUT', 'INTERRUPT', 'UNEXPECTEDPASS'):
        tally = counted(result('ok 1 /core/a\n', verdict))
        assert tally.counts == {'passed': 1, 'failed': 1, 'skipped': 0}, (verdict, tally.counts)


def test_skip_counts_as_failure():
    tally = counted(result('ok 1 /core/a # SKIP no screen here\n1..1\n', 'SKIP'))
    assert tally.counts == {'passed': 0, 'failed': 1, 'skipped': 0}, tally.counts
    assert 'no screen here' in said(tally)


def test_skip_of_one_case_among_good_ones_counts_as_failure():
    tally = counted(result('ok 1 /core/a\nok 2 /core/b # SKIP no screen here\n1..2\n'))
    assert tally.counts['failed'] == 1


def test_skip_of_a_whole_test_counts_as_failure():
    for each in (result('1..0 # SKIP no screen here\n', 'SKIP'), result('no screen here\n', 'SKIP')):
        tally = counted(each)
        assert tally.counts['failed'] == 1 and 'no screen here' in said(tally), said(tally)
        assert counted(each, skips=['no screen here']).counts['skipped'] == 1


def test_accepted_skip():
    tally = counted(result('ok 1 /core/a # SKIP no screen here\n1..1\n', 'SKIP'), skips=['no screen here'])
    assert tally.counts == {'passed': 0, 'failed': 0, 'skipped': 1}, tally.counts
    assert said(tally).splitlines()[-1] == '0 passed, 0 failed, 1 skipped'


def test_accepted_skips_are_whole_lines():
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder)
        assert report.allowed_skips(source) == set()
        (source / 'docs').mkdir()
        (source / 'docs/skipped.md').write_text('# Skipped\n\nno screen here\n\n- no radio here\n')
        assert report.allowed_skips(source) == {'no radio here'}


def test_the_ten_slowest():
    tally = counted(*(result('ok 1 a\n', name=f'holdfast:core / t{n}', duration=float(n)) for n in range(1, 13)))
    lines = said(tally).splitlines()
    at = lines.index('The ten slowest:')
    names = [line.split()[-1] for line in lines[at + 1:at + 11]]
    assert names == [f't{n}' for n in range(12, 2, -1)], names
    assert '78.00 s' in lines[at + 11], lines[at + 11]


def test_two_places_are_added():
    with tempfile.NamedTemporaryFile() as file:
        first = counted(result('ok 1 a\n', duration=5.0))
        first.save(file.name)
        second = report.Tally()
        second.load(file.name)
        second.add('', result('not ok 1 b\n', 'FAIL', duration=6.0), set())
        assert second.counts == {'passed': 1, 'failed': 1, 'skipped': 0}
        assert len(second.slow) == 2


TESTS = [{'name': 'machine', 'suite': ['holdfast:core']}, {'name': 'machine-events', 'suite': ['holdfast:core']},
         {'name': 'client', 'suite': ['holdfast:bluez']}, {'name': 'rig', 'suite': ['holdfast:rig']}]


def names(*args):
    return [t['name'] for t in report.chosen(TESTS, *args)]


def test_choosing():
    assert names([], [], []) == ['machine', 'machine-events', 'client', 'rig']
    assert names(['core'], [], []) == ['machine', 'machine-events']
    assert names(['machine'], [], []) == ['machine']
    assert names(['events'], [], []) == ['machine-events']
    assert names(['nothing'], [], []) == []
    assert names([], ['rig', 'bluez'], []) == ['client', 'rig']
    assert names([], [], ['rig', 'core']) == ['client']


def test_time_budget():
    for seconds, new, wanted in ((899, False, 'passed'), (901, False, 'failed'), (1499, True, 'passed'), (1501, True, 'failed')):
        tally = report.Tally()
        report.judge_time(tally, seconds, new)
        assert tally.counts[wanted] == 1, (seconds, new, tally.counts)


sys.exit(tap.run(globals()))
