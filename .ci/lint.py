#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The project's own rules, each a small function that yields what breaks it.

    .ci/lint.py RULE [FOLDER]      one rule, for the checkout FOLDER (default: this one)
    .ci/lint.py --list             the rules

Each is a test of `./dev test lint`; tests/lint/test-lint.py shows each of them failing on a bad sample.
"""
import pathlib
import re
import subprocess
import sys

# ---- The layers, as the architecture has them ----------------------------------------------------

# layer: the other layers it may use
LAYERS = {
    'core': set(),
    'clock': set(),
    'bluez': {'clock'},
    'audio': {'core', 'clock'},
    'sim': {'core', 'clock'},
    'session': {'core', 'clock', 'bluez', 'audio'},
    'widgets': {'core', 'clock'},
    'pages': {'core', 'clock', 'session', 'widgets'},
    'world': {'core', 'clock', 'bluez', 'session', 'sim'},
    'app': {'core', 'clock', 'bluez', 'audio', 'session', 'sim', 'world', 'widgets', 'pages'},
    'cli': {'core', 'clock', 'bluez', 'audio', 'session', 'sim', 'world'},
}
# The protocol generated from our XML is shared by the real client and the simulated other end.
SHARED_GENERATED = {'bluez': {'sim'}}

WITH_GTK = {'widgets', 'pages', 'app'}
WITH_SYSTEM = {'bluez', 'audio', 'sim'}
WITH_PULSE = {'audio'}
PORTABLE = {'core', 'session', 'widgets', 'pages'}

GTK = re.compile(r'<(gtk|gdk|gsk|adwaita|libadwaita|graphene|pango)\b')
PULSE = re.compile(r'<pulse/')
GIO_UNIX = re.compile(r'<gio/(gunix|gdesktopappinfo|gfiledescriptorbased)')
SYSTEM_HEADER = re.compile(r'<(unistd|termios|fcntl|poll|signal|pwd|grp|dlfcn|glib-unix|sys/\w+|linux/\w+|netinet/\w+)\.h>')
DEVICE_PATH = re.compile(r'"/(dev|sys|proc)/')
INCLUDE = re.compile(r'^\s*#\s*include\s+(?:"([^"]+)"|(<[^>]+>))')

# ---- Reading the checkout ------------------------------------------------------------------------


class Checkout:
    def __init__(self, top):
        self.top = pathlib.Path(top).resolve()

    def files(self, *patterns, under=('.',)):
        """Files of the checkout in a stable order, without builds and history."""
        found = set()
        for folder in under:
            for pattern in patterns:
                found.update((self.top / folder).rglob(pattern))
        for path in sorted(found):
            parts = path.relative_to(self.top).parts
            if path.is_file() and not any(p.startswith('build') or p in ('.git', '__pycache__', '.cache') for p in parts):
                yield path

    def name(self, path):
        return path.relative_to(self.top).as_posix()

    def layer(self, path):
        parts = path.relative_to(self.top).parts
        return parts[1] if parts[0] == 'src' and len(parts) > 2 else None

    def meson_text(self, folder):
        file = folder / 'meson.build'
        return file.read_text() if file.exists() else ''


def lines_of(path):
    return enumerate(path.read_text(errors='replace').splitlines(), 1)


def code_lines(path):
    """Lines of C without comments, so that prose may name what code may not use."""
    text = path.read_text(errors='replace')

    def blank(match):
        return match[0] if match[0].startswith(('"', "'")) else '\n' * match[0].count('\n')

    text = re.sub(r'"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'|/\*.*?\*/|//[^\n]*', blank, text, flags=re.S)
    return enumerate(text.splitlines(), 1)


# ---- The rules -----------------------------------------------------------------------------------


def owner_of(checkout, header):
    """The layer a quoted header belongs to, and whether it is generated. (None, False) for config.h."""
    owners = sorted({checkout.layer(p) for p in checkout.files(pathlib.PurePath(header).name, under=('src',))})
    if owners:
        return owners, False
    stem = pathlib.PurePath(header).stem
    made = [layer for layer in LAYERS if stem in checkout.meson_text(checkout.top / 'src' / layer)]
    return made, True


def rule_layers(checkout):
    """Each layer includes only the layers below it."""
    for path in checkout.files('*.c', '*.h', under=('src',)):
        layer = checkout.layer(path)
        if layer not in LAYERS:
            yield f'{checkout.name(path)}: src/{layer} is no layer'
            continue
        for number, line in code_lines(path):
            match = INCLUDE.match(line)
            if not match or not match[1] or match[1] == 'config.h':
                continue
            owners, generated = owner_of(checkout, match[1])
            if not owners:
                yield f'{checkout.name(path)}:{number}: no layer has {match[1]}'
            allowed = LAYERS[layer] | {layer}
            if generated:
                allowed |= {owner for owner, users in SHARED_GENERATED.items() if layer in users}
            if owners and not set(owners) & allowed:
                yield f'{checkout.name(path)}:{number}: {layer} may not include {match[1]} of {owners[0]}'
            if len(owners) > 1:
                yield f'{checkout.name(path)}:{number}: {match[1]} is in {" and ".join(owners)}: give one another name'
        yield from layer_libraries(checkout, path, layer)


def layer_libraries(checkout, path, layer):
    """The libraries of a layer, told from its meson.build; once a layer, with its first file."""
    if path != next(iter(checkout.files('*.c', '*.h', under=('src/' + layer,)))):
        return
    allowed = LAYERS[layer] | {layer}
    for number, line in lines_of(path.parent / 'meson.build') if (path.parent / 'meson.build').exists() else ():
        for used in re.findall(r'\b(\w+)_dep\b', line):
            if used in LAYERS and used not in allowed:
                yield f'src/{layer}/meson.build:{number}: {layer} may not link {used}'
            if used in ('gtk', 'adwaita', 'libadwaita') and layer not in WITH_GTK:
                yield f'src/{layer}/meson.build:{number}: {layer} may not link GTK'
            if used == 'pulse' and layer not in WITH_PULSE:
                yield f'src/{layer}/meson.build:{number}: {layer} may not link libpulse'
            if used == 'gio_unix' and layer not in WITH_SYSTEM:
                yield f'src/{layer}/meson.build:{number}: {layer} may not link gio-unix'


def rule_portable(checkout):
    """GTK only in the window's layers; system headers, sound and device files only behind their layers."""
    for path in checkout.files('*.c', '*.h', under=('src',)):
        layer = checkout.layer(path)
        for number, line in code_lines(path):
            where = f'{checkout.name(path)}:{number}'
            include = INCLUDE.match(line)
            header = (include[2] or '') if include else ''
            if GTK.match(header) and layer not in WITH_GTK:
                yield f'{where}: GTK in {layer}'
            if PULSE.match(header) and layer not in WITH_PULSE:
                yield f'{where}: libpulse in {layer}'
            if GIO_UNIX.match(header) and layer not in WITH_SYSTEM:
                yield f'{where}: gio-unix in {layer}'
            if SYSTEM_HEADER.match(header) and layer in PORTABLE:
                yield f'{where}: {header} in {layer}, which every platform builds'
            if DEVICE_PATH.search(line) and layer not in WITH_SYSTEM:
                yield f'{where}: a system file in {layer}'


CLOCK = re.compile(r'\b(g_get_monotonic_time|g_get_real_time|g_timeout_(add|source)\w*|g_date_time_new_now\w*|clock_gettime|gettimeofday|time) \(')
BLOCKING = re.compile(r'\b(\w+_sync|g_main_context_iteration|g_thread_join|g_cond_wait\w*|system|popen|waitpid) \(')
NESTED = re.compile(r'\b(g_main_loop_run|g_application_run) \(')
SLEEP = re.compile(r'\b(g_usleep|usleep|nanosleep|clock_nanosleep|sleep) \(')
SLEEP_ELSEWHERE = re.compile(r'\btime\.sleep\(|^\s*sleep\s+[0-9.]')


def rule_waiting(checkout):
    """Nothing blocks, nothing sleeps, and only the clock knows what time it is."""
    for path in checkout.files('*.c', '*.h', under=('src', 'tests')):
        in_source = checkout.layer(path) is not None
        for number, line in code_lines(path):
            where = f'{checkout.name(path)}:{number}'
            if SLEEP.search(line):
                yield f'{where}: sleeps; wait for the thing itself, with a deadline'
            if not in_source:
                continue
            if CLOCK.search(line) and checkout.layer(path) != 'clock':
                yield f'{where}: asks the time or sets a timer outside src/clock'
            if BLOCKING.search(line):
                yield f'{where}: blocks'
            if NESTED.search(line) and path.name != 'main.c':
                yield f'{where}: a main loop outside main.c'
    for path in checkout.files('*.py', '*.sh', under=('tests', '.dev', '.ci')):
        # The test of this rule has the words in its samples.
        if path.name == 'test-lint.py':
            continue
        for number, line in lines_of(path):
            if SLEEP_ELSEWHERE.search(line):
                yield f'{checkout.name(path)}:{number}: sleeps; wait for the thing itself, with a deadline'


UNFINISHED = re.compile(r'\b(TO' r'DO|FIX' r'ME|X' r'XX|HA' r'CK)\b')
# Hosts of package registries: builds name packages, and the tools know where they are.
REGISTRY = re.compile(r'\b(deb|security|ftp|snapshot|archive)[.](debian|ubuntu)[.](org|com)|[.]npmjs[.]|\bpypi[.]|pythonhosted[.]|\bcrates[.]io|proxy[.]golang', re.I)
TEXT = ('*.c', '*.h', '*.py', '*.sh', '*.md', '*.build', '*.blp', '*.xml', '*.in', '*.headset', '*.options', 'dev', 'make-root', 'packages', 'run')


def rule_words(checkout):
    """Nothing unfinished is marked and left, and no registry's address is written down."""
    for path in checkout.files(*TEXT):
        for number, line in lines_of(path):
            if UNFINISHED.search(line):
                yield f'{checkout.name(path)}:{number}: unfinished: {line.strip()[:60]}'
            if REGISTRY.search(line):
                yield f'{checkout.name(path)}:{number}: the address of a registry'


def rule_format(checkout):
    """C is as clang-format leaves it (`./dev format`)."""
    files = [str(p) for p in checkout.files('*.c', '*.h', under=('src', 'tests'))]
    if not files:
        return
    answer = subprocess.run(['clang-format', '--dry-run', '--ferror-limit=1', *files], stdin=subprocess.DEVNULL,
                            stderr=subprocess.PIPE, text=True, cwd=checkout.top)
    for line in answer.stderr.splitlines():
        match = re.match(r'(.*?):(\d+):\d+: (warning|error): code should be clang-formatted', line)
        if match:
            name = checkout.name(pathlib.Path(match[1]).resolve())
            yield f'{name}:{match[2]}: not formatted; ./dev format does it'
        elif 'error' in line:
            yield line
    if answer.returncode != 0 and not answer.stderr:
        yield f'clang-format ended with {answer.returncode}'


TRANSLATED = re.compile(r'\b(_|N_|C_|NC_|Q_|ngettext|g_dngettext|g_dpgettext2?) ?\(\s*"')


def rule_potfiles(checkout):
    """po/POTFILES names exactly the files with sentences, in order."""
    listed = [line for _, line in lines_of(checkout.top / 'po/POTFILES') if line and not line.startswith('#')]
    if listed != sorted(set(listed)):
        yield 'po/POTFILES: not sorted, or a file twice'
    holding = set()
    for path in checkout.files('*.c', '*.h', '*.blp', under=('src', 'ui')):
        if any(TRANSLATED.search(line) for _, line in code_lines(path)):
            holding.add(checkout.name(path))
    holding.update(checkout.name(p) for p in checkout.files('*.desktop.in', '*.metainfo.xml.in', '*.gschema.xml', under=('data',)))
    for name in sorted(holding - set(listed)):
        yield f'po/POTFILES: {name} has sentences and is not listed'
    for name in sorted(set(listed) - holding):
        yield f'po/POTFILES: {name} has no sentence, or is not there'


def rule_listed(checkout):
    """Every source file is built, and every test is run."""
    for path in checkout.files('*.c', under=('src', 'tests')):
        text = checkout.meson_text(path.parent)
        names = {path.name, path.stem.removeprefix('test-')}
        if not any(f"'{name}'" in text for name in names):
            yield f'{checkout.name(path)}: its meson.build does not name it'
    for path in checkout.files('test-*.py', 'test-*.sh', under=('tests',)):
        if f"'{path.name}'" not in checkout.meson_text(path.parent):
            yield f'{checkout.name(path)}: its meson.build does not name it'


def rule_licences(checkout):
    """Every source names its licence in its first lines; drawings theirs; headset facts are free of any."""
    scripts = ('dev', 'make-root', 'run')
    for path in checkout.files('*.c', '*.h', '*.py', '*.sh', *scripts):
        if 'SPDX-License-Identifier: GPL-3.0-or-later' not in '\n'.join(l for _, l in list(lines_of(path))[:4]):
            yield f'{checkout.name(path)}:1: no licence'
    for path in checkout.files('*.svg', '*.css', under=('data/illustrations',)):
        if 'SPDX-License-Identifier: CC-BY-SA-4.0' not in '\n'.join(l for _, l in list(lines_of(path))[:4]):
            yield f'{checkout.name(path)}:1: no licence'
    for path in checkout.files('*.headset', under=('data/headsets',)):
        if 'SPDX-License-Identifier: CC0-1.0' not in '\n'.join(l for _, l in list(lines_of(path))[:4]):
            yield f'{checkout.name(path)}:1: no licence'


def rule_shell(checkout):
    """Scripts are as shellcheck wants them."""
    scripts = list(checkout.files('*.sh', 'make-root', under=('tests', '.dev', '.ci')))
    scripts += [p for p in (checkout.top / 'dev', checkout.top / '.ci/run') if p.exists()]
    if not scripts:
        return
    answer = subprocess.run(['shellcheck', '--format=gcc', *map(str, scripts)], stdin=subprocess.DEVNULL,
                            stdout=subprocess.PIPE, text=True, cwd=checkout.top)
    for line in answer.stdout.splitlines():
        yield line.replace(f'{checkout.top}/', '')


RULES = {name.removeprefix('rule_'): function for name, function in list(globals().items()) if name.startswith('rule_')}


def main():
    if len(sys.argv) < 2 or sys.argv[1] not in [*RULES, '--list']:
        print(__doc__)
        return 2
    if sys.argv[1] == '--list':
        for name, rule in RULES.items():
            print(f'{name:10} {rule.__doc__}')
        return 0
    top = sys.argv[2] if len(sys.argv) > 2 else pathlib.Path(__file__).parent.parent
    broken = list(RULES[sys.argv[1]](Checkout(top)))
    for line in broken:
        print(line)
    return 1 if broken else 0


if __name__ == '__main__':
    sys.exit(main())
