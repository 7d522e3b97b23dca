#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""./dev with the real tools, outside any build environment, as root and as an ordinary person.

    on-host.py          as root, on a machine that may be changed: an account is made and removed again

`.ci/run` calls it after `./dev test`, so root's build environment is there already. The ordinary
person's is made here, for real, after one attempt that is interrupted.
"""
import contextlib
import os
import pathlib
import pty
import pwd
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import tap  # noqa: E402

TOP = pathlib.Path(__file__).resolve().parent.parent.parent
ACCOUNT = 'holdfast-ci'
MAKING = 15 * 60
DEADLINE = 120
NOWHERE = 'unix:path=/nonexistent'


def hear_signals():
    """Whoever calls this in the background ignores them, and that is inherited."""
    for number in (signal.SIGHUP, signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)


class Person:
    """Somebody with a checkout, a home and a cache of their own."""

    def __init__(self, name, project, cache=None):
        entry = pwd.getpwnam(name)
        self.name, self.uid, self.gid, self.project = name, entry.pw_uid, entry.pw_gid, project
        self.home = pathlib.Path(entry.pw_dir)
        self.cache = cache or self.home / '.cache'
        self.cache_is_set = cache is not None

    def popen(self, *args, env=None, cwd=None, **more):
        own = {'PATH': '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin', 'HOME': str(self.home), 'HOLDFAST_DEV': 'root',
               'DBUS_SYSTEM_BUS_ADDRESS': NOWHERE, **(env or {})}
        if self.cache_is_set:
            own['XDG_CACHE_HOME'] = str(self.cache)
        return subprocess.Popen(list(map(str, args)), env=own, cwd=cwd or self.project, user=self.uid, group=self.gid,
                                extra_groups=[], start_new_session=True, text=True, preexec_fn=hear_signals,
                                **{'stdin': subprocess.DEVNULL, 'stdout': subprocess.PIPE, 'stderr': subprocess.PIPE, **more})

    def dev(self, *args, timeout=DEADLINE, **more):
        """Runs ./dev to its end. Returns (status, stdout, stderr)."""
        process = self.popen(self.project / 'dev', *args, **more)
        try:
            out, err = process.communicate(timeout=timeout)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            raise AssertionError(f'waited {timeout} s for ./dev {" ".join(map(str, args))}')
        return process.returncode, out, err

    def talk(self, *args, answer='', **more):
        """Runs ./dev on a terminal of its own and types an answer to its question."""
        ours, theirs = pty.openpty()
        os.chown(os.ttyname(theirs), self.uid, self.gid)
        process = self.popen(self.project / 'dev', *args, stdin=theirs, stdout=theirs, stderr=theirs, **more)
        os.close(theirs)
        said = ''
        with contextlib.suppress(OSError):
            while True:
                ready, _, _ = select.select([ours], [], [], DEADLINE)
                assert ready, f'waited {DEADLINE} s for more than: {said}'
                piece = os.read(ours, 4096).decode(errors='replace')
                if not piece:
                    break
                said += piece
                if answer and said.rstrip().endswith('[Y/n]'):
                    os.write(ours, (answer + '\n').encode())
                    answer = ''
        os.close(ours)
        return process.wait(timeout=DEADLINE), said.replace('\r', '')

    def folder(self):
        """A folder of the person's, in their home, that goes away with the context."""
        path = pathlib.Path(tempfile.mkdtemp(prefix='desktop-', dir=self.home))
        os.chown(path, self.uid, self.gid)
        return path


def until(condition, what, deadline=DEADLINE):
    end, pause = time.monotonic() + deadline, threading.Event()
    while not condition():
        assert time.monotonic() < end, f'waited {deadline} s for {what}'
        pause.wait(0.1)


@contextlib.contextmanager
def desktop(person):
    """A desktop outside the sandbox of the command under test. Gives its folder and environment."""
    folder = person.folder()
    for name in ('run', 'config'):
        (folder / name).mkdir(mode=0o700)
        os.chown(folder / name, person.uid, person.gid)
    process = person.popen(person.project / 'dev', 'exec', 'python3', person.project / 'tests/dev/desktop.py', folder,
                           cwd=folder, stdin=subprocess.PIPE)
    ready, _, _ = select.select([process.stdout], [], [], DEADLINE)
    line = process.stdout.readline() if ready else ''
    if not line.startswith('ready '):
        process.kill()
        raise AssertionError(f'no desktop, only "{line}": {process.communicate()[1]}')
    try:
        yield folder, {'XDG_RUNTIME_DIR': str(folder / 'run'), 'XDG_CONFIG_HOME': str(folder / 'config'),
                       'XAUTHORITY': str(folder / 'xauthority'), 'DISPLAY': line.split()[1],
                       'DBUS_SYSTEM_BUS_ADDRESS': f'unix:path={folder}/bus',
                       'DBUS_SESSION_BUS_ADDRESS': f'unix:path={folder}/bus'}
    finally:
        process.communicate(timeout=DEADLINE)
        shutil.rmtree(folder)


def sees_itself(person):
    status, out, err = person.dev('exec', 'sh', '-c', 'id -u; id -g; id -un; pwd; touch made-here; exit 5')
    assert (status, err) == (5, ''), (status, err)
    assert out.split('\n')[:4] == [str(person.uid), str(person.gid), person.name, str(person.project)], out
    made = (person.project / 'made-here')
    assert (made.stat().st_uid, made.stat().st_gid) == (person.uid, person.gid)
    made.unlink()


def builds_and_runs(person):
    status, out, err = person.dev('exec', 'holdfastctl', 'list', timeout=MAKING)
    assert status == 0 and 'WH-1000XM4' in out, (status, out, err)
    status, out, err = person.dev('test', 'timeline', timeout=MAKING)
    assert status == 0 and out.splitlines()[-1].endswith('passed, 0 failed'), (out, err)


def says_what_to_do_without_a_screen(person):
    status, out, err = person.dev('run', env={'DISPLAY': '', 'WAYLAND_DISPLAY': '', 'XDG_RUNTIME_DIR': '/nonexistent'})
    assert status == 1 and 'Holdfast needs a screen' in err and len(err.splitlines()) == 1, (status, out, err)


def talks_to_the_bus_outside(person):
    with desktop(person) as (_, env):
        status, out, err = person.dev('exec', 'gdbus', 'call', '--system', '--dest', 'org.bluez', '--object-path', '/',
                                      '--method', 'org.freedesktop.DBus.ObjectManager.GetManagedObjects', env=env)
        assert status == 0 and 'a-mock-outside' in out, (out, err)
        status, out, err = person.dev('exec', 'holdfastctl', 'status', env=env)
        assert status == 0 and 'WH-1000XM4' in out, (status, out, err)
        status, out, err = person.dev('exec', 'gdbus', 'call', '--session', '--dest', 'org.freedesktop.DBus', '--object-path', '/',
                                      '--method', 'org.freedesktop.DBus.NameHasOwner', 'org.bluez', env=env)
        assert (status, out) == (0, '(true,)\n'), (out, err)


def looks_like_the_person_wants(person):
    with desktop(person) as (_, env):
        for key, value in (('color-scheme', "'prefer-dark'"), ('text-scaling-factor', '1.5')):
            answer = person.dev('exec', 'gsettings', 'get', 'org.gnome.desktop.interface', key, env=env)
            assert answer[:2] == (0, value + '\n'), answer
        opens = ['exec', 'python3', '-c', 'import gi, sys; gi.require_version("Gtk", "4.0"); from gi.repository import Gtk, Gdk\n'
                 'Gtk.init_check(); sys.exit(0 if Gdk.Display.get_default() else 1)']
        assert person.dev(*opens, env=env)[0] == 0
        assert person.dev(*opens, env={**env, 'XAUTHORITY': '/nonexistent'})[0] == 1


def reaches_sockets_and_cookie(person):
    folder = person.folder()
    sockets = []
    try:
        for name in ('run/wayland-0', 'run/pulse/native', 'run/pipewire-0'):
            path = folder / name
            path.parent.mkdir(exist_ok=True, parents=True)
            sockets.append(socket.socket(socket.AF_UNIX))
            sockets[-1].bind(str(path))
            sockets[-1].listen()
        (folder / 'config/pulse').mkdir(parents=True)
        (folder / 'config/pulse/cookie').write_text('a cookie')
        subprocess.run(['chown', '-R', f'{person.uid}:{person.gid}', str(folder)], check=True)
        env = {'XDG_RUNTIME_DIR': str(folder / 'run'), 'XDG_CONFIG_HOME': str(folder / 'config')}
        status, out, err = person.dev('exec', 'python3', '-c', '''
import os, socket
for name in ("wayland-0", "pulse/native", "pipewire-0"):
    socket.socket(socket.AF_UNIX).connect(os.environ["XDG_RUNTIME_DIR"] + "/" + name)
print(open(os.environ["PULSE_COOKIE"]).read())''', env=env)
        assert (status, out) == (0, 'a cookie\n'), err
    finally:
        for each in sockets:
            each.close()
        shutil.rmtree(folder)


def has_the_locale(person, locale):
    status, out, err = person.dev('exec', 'python3', '-c', 'import locale; print(locale.setlocale(locale.LC_ALL, ""))',
                                  env={'LANG': locale})
    assert (status, out, err) == (0, locale + '\n', ''), (out, err)


def work_folders():
    """What the person has outside the cache while an environment is made."""
    return [p for p in pathlib.Path('/var/tmp').glob('holdfast.*') if p.stat().st_uid == user.uid]


def refused(*words, env=None, command=()):
    """Tries to make an environment in a cache of its own, where it cannot be; nothing may be left there."""
    cache = pathlib.Path((env or {}).get('XDG_CACHE_HOME') or user.home / 'elsewhere')
    process = user.popen(*command, user.project / 'dev', 'exec', 'true', env={'XDG_CACHE_HOME': str(cache), **(env or {})})
    out, err = process.communicate(timeout=MAKING)
    last = (err.strip().splitlines() or [''])[-1]
    assert process.returncode == 1 and out == '', (process.returncode, out, err)
    assert last.startswith('dev: ') and all(word in last for word in words), err
    assert os.listdir(cache / 'holdfast/roots') == []
    assert work_folders() == [], work_folders()


def test_a_mirror_that_refuses():
    refused('download was cut off', 'nothing of it was kept', env={'HOLDFAST_MIRROR': 'http://127.0.0.1:1/debian'})


def test_no_user_namespaces():
    without = ('echo 0 >/proc/sys/user/max_user_namespaces && '
               'exec setpriv --ambient-caps -all --inh-caps -all "$@"')
    refused('namespaces of their own', command=('unshare', '--map-current-user', '--keep-caps', 'sh', '-c', without, 'sh'))


def test_a_full_disk():
    small = user.home / 'small'
    small.mkdir()
    subprocess.run(['mount', '-t', 'tmpfs', '-o', f'size=100m,uid={user.uid},mode=0700', 'tmpfs', str(small)], check=True)
    try:
        refused('needs 3 GB', '100 MB', env={'XDG_CACHE_HOME': str(small)})
    finally:
        subprocess.run(['umount', str(small)], check=True)


def test_an_interrupted_making_leaves_nothing():
    process = user.popen(user.project / 'dev', 'exec', 'true')
    log = user.cache / 'holdfast/make-root.log'
    until(lambda: process.poll() is not None or (log.exists() and 'downloading packages' in log.read_text()),
          'the download to begin', MAKING)
    os.killpg(process.pid, signal.SIGINT)
    _, err = process.communicate(timeout=DEADLINE)
    assert process.returncode == 130 and 'nothing half-made was kept' in err, (process.returncode, err)
    assert not os.listdir(user.cache / 'holdfast/roots')
    assert work_folders() == [], work_folders()


def test_a_person_makes_the_build_environment():
    status, out, err = user.dev('exec', 'true', timeout=MAKING)
    assert status == 0, err
    assert 'ready after' in err, err
    made, = (user.cache / 'holdfast/roots').iterdir()
    others = subprocess.run(['find', str(made), '!', '-user', user.name, '-print', '-quit'], stdout=subprocess.PIPE, text=True)
    assert others.stdout == '', others.stdout
    assert (made / 'var/cache/holdfast/linux-image.deb').stat().st_size > 1_000_000
    assert work_folders() == [], work_folders()


def add(check, *args):
    for person in (root, user):
        label = 'root' if person is root else 'person'
        globals()[f'test_{label}_{check.__name__}{"_" + args[0] if args else ""}'] = lambda p=person: check(p, *args)


def test_root_gets_a_locale_made():
    has_the_locale(root, 'fr_FR.UTF-8')


def test_zz_clean_leaves_nothing():
    status, _, err = user.dev('clean', '--all')
    assert status == 0, err
    left = [p for p in (user.cache / 'holdfast').rglob('*') if p.name not in ('roots', 'lock')]
    assert left == [], left[:5]


if os.getuid() != 0:
    sys.exit('on-host.py makes an account for its tests, so it must be run as root.')
subprocess.run(['userdel', '-r', ACCOUNT], stderr=subprocess.DEVNULL)
subprocess.run(['useradd', '-m', '-s', '/bin/bash', ACCOUNT], check=True)
try:
    home = pathlib.Path(pwd.getpwnam(ACCOUNT).pw_dir)
    shutil.copytree(TOP, home / 'holdfast', symlinks=True, ignore=shutil.ignore_patterns('.git', 'build*', '__pycache__'))
    subprocess.run(['chown', '-R', f'{ACCOUNT}:', str(home)], check=True)
    root = Person('root', TOP, pathlib.Path(os.environ.get('XDG_CACHE_HOME') or '/root/.cache'))
    user = Person(ACCOUNT, home / 'holdfast')
    for each in (sees_itself, builds_and_runs, says_what_to_do_without_a_screen, talks_to_the_bus_outside,
                 looks_like_the_person_wants, reaches_sockets_and_cookie):
        add(each)
    add(has_the_locale, 'ar_EG.UTF-8')
    # Last, after all else was tried.
    globals()['test_clean'] = globals().pop('test_zz_clean_leaves_nothing')
    sys.exit(tap.run(globals()))
finally:
    subprocess.run(['userdel', '-r', ACCOUNT], stderr=subprocess.DEVNULL)
