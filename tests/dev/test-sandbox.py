#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What ./dev asks of bubblewrap: all of a person's desktop when it is there, nothing of it for tests."""
import pathlib
import socket
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import tap  # noqa: E402
from place import Place  # noqa: E402


class Box:
    """The arguments of one call of bubblewrap, taken apart."""

    def __init__(self, arguments):
        self.binds, self.env, self.flags, self.chdir = {}, {}, set(), None
        rest = iter(arguments)
        for word in rest:
            if word in ('--bind', '--ro-bind', '--dev-bind'):
                source, target = next(rest), next(rest)
                self.binds[target] = (word, source)
            elif word == '--setenv':
                name = next(rest)
                self.env[name] = next(rest)
            elif word in ('--perms', '--dir', '--tmpfs', '--dev', '--proc'):
                next(rest)
            elif word == '--symlink':
                next(rest), next(rest)
            elif word == '--chdir':
                self.chdir = next(rest)
            elif word == '--':
                self.command = list(rest)
            else:
                self.flags.add(word)

    def shows(self, target, how='--bind', source=None):
        assert self.binds.get(str(target)) == (how, str(source or target)), (target, self.binds.get(str(target)))


class Desktop(Place):
    """A place whose person has a desktop; its sockets are real ones that nobody answers."""

    def __enter__(self):
        super().__enter__()
        self.good_tools()
        self.tool('bwrap', f'case " $* " in *" true "*) ;; *) printf "%s\\n" "$@" >"{self.top}/box" ;; esac')
        self.run = self.top / 'run'
        self.sockets = []
        for name in ('wayland-7', 'bus', 'pulse/native', 'pipewire-0', 'at-spi/bus_0'):
            self.socket(self.run / name)
        for name in ('.config/dconf/user', '.config/gtk-4.0/settings.ini', '.config/pulse/cookie', '.fonts/a.ttf',
                     '.local/share/themes/T/index.theme', '.Xauthority', '.ssh/id', 'work/here'):
            path = self.home / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text('x')
        return self

    def __exit__(self, *_):
        for each in self.sockets:
            each.close()
        super().__exit__()

    def socket(self, path):
        path.parent.mkdir(parents=True, exist_ok=True)
        self.sockets.append(socket.socket(socket.AF_UNIX))
        self.sockets[-1].bind(str(path))
        return path

    def box(self, *args, **extra):
        env = {'XDG_RUNTIME_DIR': str(self.run), 'WAYLAND_DISPLAY': 'wayland-7', 'DISPLAY': ':7', 'LANG': 'de_DE.UTF-8'}
        status, said, _ = self.dev(*args, **{**env, **extra})
        assert status == 0, said
        return Box((self.top / 'box').read_text().splitlines())


def test_person_gets_the_desktop():
    with Desktop() as place:
        box = place.box('exec', 'thing', '--flag')
        home = place.cache / 'home'
        for name in ('wayland-7', 'bus', 'pulse', 'pipewire-0', 'at-spi'):
            box.shows(place.run / name)
        box.shows('/tmp')
        box.shows(home / '.config/dconf', '--ro-bind', place.home / '.config/dconf')
        box.shows(home / '.config/gtk-4.0', '--ro-bind', place.home / '.config/gtk-4.0')
        box.shows(home / '.config/pulse/cookie', '--ro-bind', place.home / '.config/pulse/cookie')
        box.shows(home / '.local/share/fonts', '--ro-bind', place.home / '.fonts')
        box.shows(home / '.local/share/themes', '--ro-bind', place.home / '.local/share/themes')
        box.shows(place.home / '.Xauthority', '--ro-bind')
        for host, inside in (('/usr/share/fonts', '/usr/local/share/fonts'), ('/usr/share/icons', '/run/host/share/icons')):
            if pathlib.Path(host).exists():
                box.shows(inside, '--ro-bind', host)
        if pathlib.Path('/dev/dri').exists():
            box.shows('/dev/dri', '--dev-bind')
        if pathlib.Path('/run/dbus/system_bus_socket').exists():
            box.shows('/run/dbus/system_bus_socket')
        assert box.env['XAUTHORITY'] == str(place.home / '.Xauthority')
        assert box.env['PULSE_COOKIE'] == str(home / '.config/pulse/cookie')
        assert (box.env['DISPLAY'], box.env['WAYLAND_DISPLAY'], box.env['LANG']) == (':7', 'wayland-7', 'de_DE.UTF-8')
        assert box.env['XDG_RUNTIME_DIR'] == str(place.run)
        assert '/run/host/share' in box.env['XDG_DATA_DIRS'].split(':')
        assert box.command == [str(place.project / 'dev'), 'exec', 'thing', '--flag'], box.command


def test_addresses_in_the_environment_are_followed():
    with Desktop() as place:
        session, system, access, pulse = (place.socket(place.top / f'else/{n}') for n in ('session', 'system', 'a11y', 'pulse'))
        box = place.box('shell', DBUS_SESSION_BUS_ADDRESS=f'unix:path={session},guid=00', PULSE_SERVER=f'unix:{pulse}',
                        DBUS_SYSTEM_BUS_ADDRESS=f'unix:path=/nonexistent;unix:path={system}',
                        AT_SPI_BUS_ADDRESS=f'unix:path={access}')
        for path in (session, system, access, pulse):
            box.shows(path)
        assert box.env['DBUS_SYSTEM_BUS_ADDRESS'] == f'unix:path=/nonexistent;unix:path={system}'


def test_uid_is_kept_and_home_is_not():
    with Desktop() as place:
        box = place.box('exec', 'thing', SECRET_TOKEN='x', LD_LIBRARY_PATH='/x', HOLDFAST_TEST_LONG='1')
        assert '--uid' not in box.flags and '--unshare-user' not in box.flags
        assert '--clearenv' in box.flags and '--unshare-net' not in box.flags
        assert box.env['HOME'] == str(place.cache / 'home')
        assert str(place.home) not in box.binds and str(place.home / '.ssh') not in box.binds
        for name in ('SECRET_TOKEN', 'LD_LIBRARY_PATH', 'HOLDFAST_DEV', 'XDG_CACHE_HOME'):
            assert name not in box.env, name
        assert box.env['HOLDFAST_TEST_LONG'] == '1'
        assert '/' not in box.binds


def test_without_a_desktop():
    with Place() as place:
        place.good_tools()
        place.tool('bwrap', f'case " $* " in *" true "*) ;; *) printf "%s\\n" "$@" >"{place.top}/box" ;; esac')
        status, said, _ = place.dev('exec', 'thing')
        assert status == 0, said
        box = Box((place.top / 'box').read_text().splitlines())
        for name in ('DISPLAY', 'WAYLAND_DISPLAY', 'XAUTHORITY', 'PULSE_COOKIE', 'DBUS_SESSION_BUS_ADDRESS'):
            assert name not in box.env, name


def test_where_one_stands():
    with Desktop() as place:
        assert place.box('exec', 'thing', cwd=place.project / '.dev').chdir == str(place.project / '.dev')
        mine = place.box('exec', 'thing', cwd=place.home / 'work')
        assert mine.chdir == str(place.home / 'work') and mine.binds[mine.chdir][0] == '--bind'
        assert place.box('exec', 'thing', cwd='/usr').chdir == str(place.project)


def test_tests_get_nothing_of_the_person():
    with Desktop() as place:
        box = place.box('test', 'core')
        inside = {str(place.cache / 'build'), str(place.cache / 'home'), str(place.project),
                  '/usr', '/etc', '/etc/passwd', '/etc/group', '/var/cache/holdfast/linux-image.deb', '/var/lib/dpkg'}
        assert set(box.binds) == inside, set(box.binds) ^ inside
        assert {'--unshare-net', '--unshare-pid', '--clearenv'} <= box.flags
        for name in ('DISPLAY', 'WAYLAND_DISPLAY', 'DBUS_SESSION_BUS_ADDRESS', 'XAUTHORITY'):
            assert name not in box.env, name
        assert box.env['LANG'] == 'C.UTF-8'
        assert box.command == [str(place.project / 'dev'), 'test', 'core']


def test_names_of_the_person_inside():
    with Desktop() as place:
        place.box('exec', 'thing')
        names = (place.cache / 'home/.passwd').read_text()
        assert names.startswith('root:x:0:0:')
        for line in names.splitlines()[1:]:
            assert line.split(':')[5] == str(place.cache / 'home'), line


sys.exit(tap.run(globals()))
