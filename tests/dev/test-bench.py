#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What ./dev bench makes of the numbers its tools print."""
import contextlib
import importlib.util
import io
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import tap  # noqa: E402

TOP = pathlib.Path(__file__).resolve().parent.parent.parent
sys.dont_write_bytecode = True
spec = importlib.util.spec_from_file_location('bench', TOP / '.dev/bench.py')
bench = importlib.util.module_from_spec(spec)
spec.loader.exec_module(bench)


def refused(function, *args):
    try:
        function(*args)
    except bench.Trouble as trouble:
        return str(trouble)
    raise AssertionError(f'{args} were taken')


def said(verdicts):
    with contextlib.redirect_stdout(io.StringIO()) as out:
        bench.say(verdicts, 1.0)
    return out.getvalue()


def test_rounds_become_columns():
    assert bench.read_rounds('1.5 2\n3 4\n') == [[1.5, 3], [2, 4]]
    for text in ('', '1 2\n3\n'):
        assert 'no rounds' in refused(bench.read_rounds, text)


def test_changes_are_gathered_by_pages():
    text = 'HoldfastHomePage HoldfastChoosePage 10.0\nHoldfastHomePage HoldfastChoosePage 20.0\n'
    assert bench.read_changes(text) == {('HoldfastHomePage', 'HoldfastChoosePage'): [10.0, 20.0]}
    assert 'no change of page' in refused(bench.read_changes, 'ERROR: something\n')


def test_percentiles():
    assert bench.percentile([3, 1, 2], 50) == 2
    assert bench.percentile(list(range(1, 101)), 99) == 99
    assert bench.percentile([7], 99) == 7


def test_start_is_kept_at_the_limit_and_not_above():
    assert bench.judge_start([100.0], [125.0])['kept']
    broken = bench.judge_start([100.0], [126.0])
    assert not broken['kept'] and broken['ratio'] == 1.26
    # The middle counts, whatever a busy moment made of one of them.
    assert bench.judge_start([100, 100, 100], [110, 110, 900])['kept']


def test_the_slowest_page_decides():
    changes = {('HoldfastA', 'HoldfastBPage'): [10, 300, 20], ('HoldfastBPage', 'HoldfastC'): [99, 99, 99]}
    verdict = bench.judge_pages(changes)
    assert verdict['kept'] and verdict['slowest_ms'] == 99
    assert [row['from'] for row in verdict['changes']] == ['B', 'A']
    changes['x', 'y'] = [100]
    assert not bench.judge_pages(changes)['kept']
    assert 'no page' in refused(bench.judge_pages, {})


def test_one_late_frame_may_have_begun_before():
    assert bench.judge_sighting([5.0] * 20, [1] * 20)['kept']
    assert bench.judge_sighting([5.0] * 20, [0] * 19 + [7])['kept']
    assert not bench.judge_sighting([5.0] * 20, [0] * 18 + [2, 2])['kept']


def test_a_busy_moment_is_no_broken_promise():
    asked = []

    def measure(rounds):
        asked.append(rounds)
        return ([100] * rounds, [150 if len(asked) == 1 else 110] * rounds)

    verdict = bench.insist(measure, lambda columns: bench.judge_start(*columns), 2, 8, bench.join_columns)
    assert verdict['kept'] and asked == [2, 8] and verdict['rounds'] == 10


def test_a_broken_promise_stays_one():
    asked = []

    def measure(rounds):
        asked.append(rounds)
        return {('a', 'b'): [150.0 - len(asked)] * rounds}

    verdict = bench.insist(measure, bench.judge_pages, 2, 3, None)
    assert not verdict['kept'] and asked == [2, 3, 3, 3]
    assert verdict['slowest_ms'] == 146, 'the best attempt is told'


def test_one_quiet_moment_is_enough_for_milliseconds():
    times = iter([150.0, 160.0, 90.0])
    verdict = bench.insist(lambda rounds: {('a', 'b'): [next(times)]}, bench.judge_pages, 1, 1, None)
    assert verdict['kept'] and verdict['slowest_ms'] == 90


def test_when_time_is_up_nothing_is_measured_again():
    verdict = bench.insist(lambda rounds: {('a', 'b'): [150.0]}, bench.judge_pages, 1, 1, None, lambda: False)
    assert not verdict['kept']


def test_ratios_come_first_and_the_count_last():
    lines = said([bench.judge_start([100.0], [110.0]), bench.judge_pages({('HoldfastHomePage', 'HoldfastDonePage'): [150.0]}),
                  bench.judge_sighting([5.0], [0])]).splitlines()
    assert lines[0].split()[:2] == ['PASS', '1.10'], lines
    assert lines[2].split()[:2] == ['FAIL', '1.50'], lines
    assert lines[3].split()[:4] == ['1.50', 'Home', '→', 'Done'], lines
    assert lines[-1] == '2 passed, 1 failed'


if __name__ == '__main__':
    sys.exit(tap.run(globals()))
