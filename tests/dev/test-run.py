#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""./dev run and exec: build quietly, find Bluetooth or offer practice, say what a person can do."""
import os
import pathlib
import pty
import select
import shutil
import subprocess
import sys


sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import tap  # noqa: E402
from place import DEADLINE, Place  # noqa: E402

BUILD_TOOLS = '''[ "$1" != setup ] || { mkdir -p "$2"; echo >"$2/build.ninja"; }
[ "$1" != devenv ] || { shift 5; exec "$@"; }
echo much that nobody wants to read'''


class Bench(Place):
    """Everything is here; the built program is a stand-in that tells how it was called."""

    def __enter__(self):
        super().__enter__()
        self.tool('meson', BUILD_TOOLS)
        self.tool('ninja', 'echo [1/1] much that nobody wants to read')
        self.tool('holdfastctl', 'echo "holdfastctl $* renderer=$GSK_RENDERER"')
        self.tool('holdfast', 'echo "holdfast $* renderer=$GSK_RENDERER"')
        self.real('gdbus')
        self.tool('python3', 'exit 1')
        return self

    def environment(self, extra):
        return super().environment({'HOLDFAST_DEV': 'host', **extra})

    def talk(self, *args, answer='', **extra):
        """Runs ./dev on a terminal of its own, types an answer to its question. Returns (status, all it said)."""
        ours, theirs = pty.openpty()
        process = subprocess.Popen([str(self.project / 'dev'), *args], env=self.environment(extra), stdin=theirs,
                                   stdout=theirs, stderr=theirs, cwd=self.project, start_new_session=True)
        os.close(theirs)
        said = ''
        try:
            while True:
                ready, _, _ = select.select([ours], [], [], DEADLINE)
                assert ready, f'waited {DEADLINE} s for more than: {said}'
                try:
                    piece = os.read(ours, 4096).decode()
                except OSError:
                    piece = ''
                if not piece:
                    break
                said += piece
                if answer and said.rstrip().endswith('[Y/n]'):
                    os.write(ours, (answer + '\n').encode())
                    answer = ''
            return process.wait(timeout=DEADLINE), said.replace('\r', '')
        finally:
            process.kill()
            os.close(ours)


def test_exec_says_nothing_of_its_own():
    with Bench() as place:
        status, said, out = place.dev('exec', 'holdfastctl', 'list')
        assert (status, said, out) == (0, '', 'holdfastctl list renderer=\n'), (said, out)


def test_exec_gives_the_status_of_the_command():
    with Bench() as place:
        assert place.dev('exec', 'sh', '-c', 'exit 7')[0] == 7


def test_exec_passes_words_as_they_are():
    with Bench() as place:
        place.tool('show', 'printf "<%s>" "$@"')
        assert place.dev('exec', 'show', 'a b', '*', '', '$HOME')[2] == '<a b><*><><$HOME>'


def test_a_build_that_fails_is_shown():
    with Bench() as place:
        place.tool('ninja', 'echo "fact.c:1: error: no"; exit 1')
        status, said, out = place.dev('exec', 'holdfastctl', 'list')
        assert (status, out) == (1, '')
        assert 'fact.c:1: error: no' in said and said.splitlines()[-1].startswith('dev: It does not build'), said


def test_a_set_up_that_fails_is_shown():
    with Bench() as place:
        place.tool('meson', 'echo "ERROR: no compiler"; exit 1')
        status, said, _ = place.dev('exec', 'holdfastctl', 'list')
        assert status == 1 and 'ERROR: no compiler' in said
        place.tool('meson', BUILD_TOOLS)
        assert place.dev('exec', 'holdfastctl', 'list')[0] == 0


def test_run_without_a_screen():
    with Bench() as place:
        status, said, out = place.dev('run', DISPLAY='', WAYLAND_DISPLAY='', XDG_RUNTIME_DIR='/nonexistent')
        assert (status, out, len(said.splitlines())) == (1, '', 1), said
        assert 'screen' in said and './dev run' in said and 'holdfastctl' in said, said
        assert place.calls('holdfast') == []


def test_run_opens_the_window():
    with Bench() as place:
        place.tool('python3', 'exit 0')
        for words in ([], ['--pair=WH-1000XM4'], ['--simulate', '--fault=pin']):
            assert place.talk('run', *words, DISPLAY=':7') == (0, ' '.join(['holdfast', *words]) + ' ' * (not words) + ' renderer=\n')


def test_a_graphics_card_that_fails_is_done_without():
    with Bench() as place:
        status, said = place.talk('run', '--simulate', DISPLAY=':7')
        assert said.endswith('renderer=cairo\n') and len(said.splitlines()) == 2, said
        assert said.startswith('dev: The graphics card'), said
        place.tool('python3', 'exit 0')
        assert place.talk('run', '--simulate', DISPLAY=':7') == (0, 'holdfast --simulate renderer=\n')
        place.tool('python3', 'exit 1')
        chosen = place.talk('run', '--simulate', DISPLAY=':7', GSK_RENDERER='ngl')
        assert chosen == (0, 'holdfast --simulate renderer=ngl\n'), chosen


def test_the_real_look_at_the_graphics_card():
    with Bench() as place:
        place.real('python3')
        gl_works = [sys.executable, str(place.project / '.dev/gl-works.py')]
        nowhere = {**os.environ, 'DISPLAY': ':12345', 'WAYLAND_DISPLAY': ''}
        assert subprocess.run(gl_works, env=nowhere, stderr=subprocess.DEVNULL, timeout=DEADLINE).returncode == 1
        display = subprocess.Popen(['Xvfb', '-displayfd', '1', '-screen', '0', '320x240x24'], stdout=subprocess.PIPE,
                                   stderr=subprocess.DEVNULL, text=True)
        try:
            number = ':' + display.stdout.readline().strip()
            here = {**os.environ, 'DISPLAY': number, 'GDK_BACKEND': 'x11'}
            without = {**here, 'GDK_DISABLE': 'gl'}
            assert subprocess.run(gl_works, env=here, timeout=DEADLINE).returncode == 0
            assert subprocess.run(gl_works, env=without, stderr=subprocess.DEVNULL, timeout=DEADLINE).returncode == 1
        finally:
            display.terminate()
            display.wait(timeout=DEADLINE)


def test_shell_opens_even_when_it_does_not_build():
    with Bench() as place:
        shutil.copy(shutil.which('true'), place.top / 'true')
        place.dev('exec', 'sh', '-c', ':')
        place.tool('ninja', 'echo "fact.c:1: error: no"; exit 1')
        place.tool('bash-was', '')
        status, said, _ = place.dev('shell')
        assert status == 0 and 'It does not build' in said, said


def host_that_tests(place):
    for tool in ('dbus-daemon', 'xdg-dbus-proxy', 'Xvfb'):
        place.tool(tool, '')
    place.good_tools()
    place.tool('python3', '[ "$1" != -c ] || exit "${NO_MOCK:-0}"; for word; do [ "$word" != boom ] || exit 1; done')


def test_on_a_new_host_rig_and_lint_still_run_in_the_root():
    with Bench() as place:
        host_that_tests(place)
        status, said, _ = place.dev('test')
        assert status == 0, said
        here, = [line for line in place.calls('python3') if 'test.py' in line]
        there, = [line for line in place.calls('bwrap') if ' test ' in line]
        assert here.endswith('--not rig --not lint'), here
        assert there.endswith('--suite rig --suite lint'), there
        tally, = {line.split('--tally ')[1].split()[0] for line in (here, there)}
        assert not pathlib.Path(tally).exists()


def test_on_a_new_host_one_suite_runs_where_it_belongs():
    for name, in_root in (('core', False), ('rig', True), ('lint', True)):
        with Bench() as place:
            host_that_tests(place)
            assert place.dev('test', name)[0] == 0
            assert bool([line for line in place.calls('bwrap') if line.endswith(f'test {name}')]) == in_root
            assert bool([line for line in place.calls('python3') if line.endswith(name)]) != in_root
            assert place.dev('test', '--long', name)[0] == 0
            assert bool([line for line in place.calls('bwrap') if line.endswith(f'--long {name}')]) == in_root


def test_a_new_host_without_the_test_tools_uses_the_root():
    with Bench() as place:
        host_that_tests(place)
        status, said, _ = place.dev('test', NO_MOCK='1')
        assert status == 0 and 'lacks some tools' in said, said
        assert [line for line in place.calls('bwrap') if line.endswith(' test')], place.calls('bwrap')


def test_a_failure_on_the_host_is_not_lost():
    with Bench() as place:
        host_that_tests(place)
        assert place.dev('test', 'boom')[0] == 1
        assert place.dev('test', '--long')[0] == 0


def test_new_enough_is_what_pkg_config_says():
    with Bench() as place:
        for tool in ('cc', 'gdbus-codegen', 'msgfmt', 'blueprint-compiler'):
            place.tool(tool, '')
        place.good_tools()
        place.tool('python3', '')
        for verdict, enters in (('exit 0', False), ('exit 1', True)):
            place.tool('pkg-config', verdict)
            answer = place.dev('exec', 'holdfastctl', 'list', HOLDFAST_DEV=None)
            assert (answer[2] == 'inside\n') == enters, answer
        asked, = {line for line in place.calls('pkg-config')}
        for floor in ('glib-2.0 >= 2.84', 'gtk4 >= 4.18', 'libadwaita-1 >= 1.7'):
            assert floor in asked, asked


def test_inside_it_is_not_asked_where_to_work():
    with Bench() as place:
        place.good_tools()
        status, said, out = place.dev('exec', 'holdfastctl', 'list', HOLDFAST_DEV=None, HOLDFAST_INSIDE='abc')
        assert (status, said, out) == (0, '', 'holdfastctl list renderer=\n'), (said, out)
        assert list((place.cache / 'build').glob('checkout-*/abc')), list((place.cache / 'build').iterdir())


sys.exit(tap.run(globals()))
