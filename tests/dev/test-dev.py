#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""./dev makes its build environment whole or not at all, and says in one sentence what is in the way."""
import os
import pathlib
import re
import select
import signal
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import tap  # noqa: E402
from place import DEADLINE, Place  # noqa: E402


def one_sentence(said):
    assert len(said.splitlines()) == 1, said
    assert said.startswith('dev: '), said


def last_sentence(said, *words):
    one_sentence(said.splitlines()[-1])
    for word in words:
        assert word in said.splitlines()[-1], f'"{word}" is not in: {said}'


def test_alone_it_lists_its_verbs():
    with Place() as place:
        status, said, out = place.dev()
        assert (status, said) == (0, ''), said
        verbs = re.findall(r'^    (\w+(?: \| \w+)*)\)', (place.project / 'dev').read_text().split('\nmain() {')[1], re.M)
        verbs = [verb for group in verbs for verb in group.split(' | ') if verb != 'help']
        assert set(verbs) >= {'run', 'test', 'exec', 'shell', 'format', 'clean', 'bench'}, verbs
        for verb in verbs:
            assert re.search(rf'^  {verb}\b', out, re.M), verb
        assert not place.cache.exists()


def test_unknown_verb():
    with Place() as place:
        status, said, out = place.dev('fly')
        assert (status, out) == (2, '')
        one_sentence(said)
        assert "'fly'" in said


def test_exec_needs_a_command():
    with Place() as place:
        status, said, _ = place.dev('exec')
        assert status == 1
        one_sentence(said)


def test_wrong_choice_of_place():
    with Place() as place:
        status, said, _ = place.dev('exec', 'thing', HOLDFAST_DEV='moon')
        assert status == 1
        one_sentence(said)
        assert place.calls() == []


def test_missing_tools_are_one_apt_line():
    with Place() as place:
        place.as_user(1000)
        place.tool('apt-get', 'exit 1')
        status, said, _ = place.dev('exec', 'thing')
        assert status == 1
        one_sentence(said)
        assert re.search(r'sudo apt-get install mmdebstrap bubblewrap uidmap\b', said), said
        assert place.calls('apt-get') == []
        place.nothing_half_made()


def test_missing_tools_without_apt_are_named():
    with Place() as place:
        place.as_user(1000)
        status, said, _ = place.dev('exec', 'thing')
        assert status == 1
        one_sentence(said)
        assert 'apt-get' not in said and 'mmdebstrap bubblewrap uidmap' in said, said


def test_root_installs_what_is_missing():
    with Place() as place:
        place.good_tools()
        for tool in ('mmdebstrap', 'bwrap'):
            (place.tools / tool).rename(place.top / tool)
        place.tool('apt-get', f'[ "$2" != -y ] || mv "{place.top}/mmdebstrap" "{place.top}/bwrap" "{place.tools}"')
        status, said, out = place.dev('exec', 'thing')
        assert (status, out) == (0, 'inside\n'), said
        update, install = place.calls('apt-get')
        assert update.endswith('update') and install.split()[-2:] == ['mmdebstrap', 'bubblewrap'], install


def test_failed_installation_is_said():
    with Place() as place:
        place.as_user(0)
        place.tool('apt-get', 'echo "E: no such thing" >&2; exit 100')
        status, said, _ = place.dev('exec', 'thing')
        assert status == 1
        last_sentence(said, 'failed', 'install.log')
        assert 'no such thing' in (place.cache / 'install.log').read_text()


def test_no_namespaces():
    with Place() as place:
        place.good_tools()
        place.tool('bwrap', 'echo "bwrap: Creating new namespace failed" >&2; exit 1')
        status, said, _ = place.dev('exec', 'thing')
        assert status == 1
        one_sentence(said)
        assert 'namespaces' in said
        assert place.calls('mmdebstrap') == []
        place.nothing_half_made()


def test_no_sub_ids():
    with Place() as place:
        place.good_tools()
        place.as_user(4123456)
        place.tool('newuidmap', '')
        status, said, _ = place.dev('exec', 'thing')
        if 'sub-ids' not in said and any(line.startswith(('root:', '4123456:')) for line in open('/etc/subuid')):
            raise tap.Skip('this account has sub-ids')
        assert status == 1
        one_sentence(said)
        assert '--add-subuids' in said
        place.nothing_half_made()


def test_too_little_space():
    with Place() as place:
        place.good_tools()
        place.tool('df', 'echo "Filesystem 1024-blocks Used Available Capacity Mounted"; echo "/dev/x 9 9 3145727 1% /"')
        status, said, _ = place.dev('exec', 'thing')
        assert status == 1
        one_sentence(said)
        assert '3 GB' in said and '3071 MB' in said, said
        assert place.calls('mmdebstrap') == []
        place.nothing_half_made()
        place.tool('df', 'echo "Filesystem 1024-blocks Used Available Capacity Mounted"; echo "/dev/x 9 9 3145728 1% /"')
        assert place.dev('exec', 'thing')[0] == 0


def fails_to_make(body, *words):
    with Place() as place:
        place.good_tools()
        place.tool('mmdebstrap', body.format(tar=place.tar(), work='$TMPDIR'))
        status, said, out = place.dev('exec', 'thing')
        assert (status, out) == (1, ''), (status, out)
        assert len(said.splitlines()) == 2, said
        last_sentence(said, 'make-root.log', *words)
        place.nothing_half_made()


def test_interrupted_download():
    fails_to_make('mkdir -p {work}/mmdebstrap.x/y; head -c 30000 {tar}; echo "E: Failed to fetch x  Connection reset" >&2; exit 100',
                  'download was cut off', 'nothing of it was kept')


def test_killed_half_way():
    fails_to_make('head -c 30000 {tar}; kill -9 $$', 'nothing of it was kept')


def test_archive_that_ends_early():
    fails_to_make('head -c 30000 {tar}', 'nothing of it was kept')


def test_old_keyring():
    fails_to_make('echo "W: The following signatures could not be verified: NO_PUBKEY 0123" >&2; exit 100', 'keyring')


def test_disk_fills_up():
    fails_to_make('echo "tar: write error: No space left on device" >&2; exit 1', 'disk filled up')


def test_failure_without_a_known_reason():
    fails_to_make('echo "E: something new" >&2; exit 1', 'failed')


def wait_for_line(process, words):
    """Reads the errors of a process until a line has the words, with a deadline."""
    said = ''
    while words not in said:
        ready, _, _ = select.select([process.stderr], [], [], DEADLINE)
        assert ready, f'waited {DEADLINE} s for "{words}", and heard: {said}'
        piece = os.read(process.stderr.fileno(), 4096).decode()
        assert piece, f'it ended before "{words}", and said: {said}'
        said += piece
    return said


def blocking(place):
    """mmdebstrap that writes half, tells through one pipe that it did, and waits on another to go on."""
    os.mkfifo(place.top / 'there')
    os.mkfifo(place.top / 'go')
    place.tool('mmdebstrap', f'mkdir "$TMPDIR/mmdebstrap.x"; head -c 30000 "{place.tar()}"; echo half >"{place.top}/there"; '
               f'read x <"{place.top}/go"; rmdir "$TMPDIR/mmdebstrap.x"; tail -c +30001 "{place.tar()}"')


def wait_until_half(place):
    """Opens the pipe without blocking, so that a script that dies early is a failure and no hang."""
    fd = os.open(place.top / 'there', os.O_RDWR | os.O_NONBLOCK)
    ready, _, _ = select.select([fd], [], [], DEADLINE)
    assert ready, f'waited {DEADLINE} s for the making to be half done'
    assert os.read(fd, 100) == b'half\n'
    os.close(fd)


def stopped_by(signal_number, everyone):
    with Place() as place:
        place.good_tools()
        blocking(place)
        process = place.start('exec', 'thing')
        wait_until_half(place)
        assert len(place.roots()) == 1 and place.roots()[0].endswith('.tmp')
        if everyone:
            os.killpg(process.pid, signal_number)
        else:
            process.send_signal(signal_number)
        _, said = process.communicate(timeout=DEADLINE)
        assert process.returncode == 130, (process.returncode, said)
        last_sentence(said.strip(), 'nothing half-made was kept')
        place.nothing_half_made()


def test_ctrl_c():
    stopped_by(signal.SIGINT, True)


def test_terminated():
    stopped_by(signal.SIGTERM, False)


def test_terminal_closed():
    stopped_by(signal.SIGHUP, True)


def test_killed_run_is_cleaned_up_by_the_next():
    with Place() as place:
        place.good_tools()
        blocking(place)
        process = place.start('exec', 'thing')
        wait_until_half(place)
        process.kill()
        process.wait(timeout=DEADLINE)
        assert len(place.roots()) == 1 and list(place.work.iterdir())
        # What it had started sees its pipes end.
        fd = os.open(place.top / 'go', os.O_RDWR | os.O_NONBLOCK)
        os.write(fd, b'\n')
        process.communicate(timeout=DEADLINE)
        os.close(fd)
        place.good_tools()
        status, said, out = place.dev('exec', 'thing')
        assert (status, out) == (0, 'inside\n'), said
        assert len(place.roots()) == 1 and not place.roots()[0].endswith('.tmp'), place.roots()
        assert list(place.work.iterdir()) == []


def test_two_at_once_make_one():
    with Place() as place:
        place.good_tools()
        blocking(place)
        first = place.start('exec', 'thing')
        wait_until_half(place)
        second = place.start('exec', 'thing')
        wait_for_line(second, 'waiting for it')
        with open(place.top / 'go', 'w') as go:
            go.write('go\n')
        for process in (first, second):
            out, said = process.communicate(timeout=DEADLINE)
            assert (process.returncode, out) == (0, 'inside\n'), said
        assert len(place.calls('mmdebstrap')) == 1, place.calls('mmdebstrap')
        assert len(place.roots()) == 1


def test_made_once_and_reused():
    with Place() as place:
        place.good_tools()
        status, said, out = place.dev('exec', 'thing')
        assert (status, out) == (0, 'inside\n'), said
        key, = place.roots()
        assert (place.cache / 'roots' / key / 'etc/holdfast-root').read_text().strip() == key
        assert not any((place.cache / 'roots' / key / 'dev').iterdir())
        status, said, out = place.dev('exec', 'thing')
        assert (status, said, out) == (0, '', 'inside\n')
        assert len(place.calls('mmdebstrap')) == 1


def test_key_follows_the_package_list_and_the_recipe():
    with Place() as place:
        place.good_tools()
        for change in ('', '.dev/packages', '.dev/make-root'):
            if change:
                with open(place.project / change, 'a') as file:
                    file.write('# one more\n')
            status, said, _ = place.dev('exec', 'thing')
            assert status == 0, said
            assert ('An older one' in said) == bool(change), said
        assert len(place.roots()) == 3 and len(set(place.roots())) == 3
        assert len(place.calls('mmdebstrap')) == 3


def test_ready_made_root():
    with Place() as place:
        place.good_tools()
        status, said, _ = place.dev('exec', 'thing', HOLDFAST_ROOT=str(place.top / 'nowhere'))
        assert status == 1
        one_sentence(said)
        assert place.dev('exec', 'thing')[0] == 0
        made = place.cache / 'roots' / place.roots()[0]
        made.rename(place.top / 'mine')
        status, said, out = place.dev('exec', 'thing', HOLDFAST_ROOT=str(place.top / 'mine'))
        assert (status, said, out) == (0, '', 'inside\n')
        assert len(place.calls('mmdebstrap')) == 1


def test_cache_that_cannot_be_written():
    with Place() as place:
        place.good_tools()
        (place.top / 'cache').write_text('a file is in the way')
        status, said, _ = place.dev('exec', 'thing')
        assert status == 1
        last_sentence(said, 'cannot be written')


def test_clean():
    with Place() as place:
        place.good_tools()
        assert place.dev('exec', 'thing')[0] == 0
        builds = place.cache / 'build'
        (builds / 'other-00000000').mkdir()
        (place.cache / 'roots/0123456789ab').mkdir()
        status, said, _ = place.dev('clean')
        assert status == 0, said
        assert len(place.roots()) == 1 and (builds / 'other-00000000').exists()
        assert place.dev('clean', '--everything')[0] == 1
        status, said, _ = place.dev('clean', '--all')
        assert status == 0, said
        assert place.roots() == [] and not builds.exists() and not (place.cache / 'home').exists()


sys.exit(tap.run(globals()))
