#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each rule passes on a small good checkout and fails, with the right words, on each bad sample."""
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import tap  # noqa: E402

LINT = sys.argv[1]
TOP = pathlib.Path(LINT).resolve().parent.parent
LICENCE = '/* SPDX-License-Identifier: GPL-3.0-or-later */\n'
SCRIPT = '#!/bin/sh\n# SPDX-License-Identifier: GPL-3.0-or-later\n'

GOOD = {
    'src/core/fact.h': LICENCE + '#pragma once\n\n#include <glib.h>\n',
    'src/core/fact.c': LICENCE + '#include "config.h"\n\n#include "fact.h"\n\n/* sleep (3) and "TO" do */\n',
    'src/core/meson.build': "sources = files('fact.c')\ncore_dep = declare_dependency(dependencies: [gio_dep])\n",
    'src/clock/clock.c': LICENCE + '#include <glib.h>\n\ngint64\nnow (void)\n{\n  return g_get_monotonic_time ();\n}\n',
    'src/clock/clock.h': LICENCE + '#pragma once\n',
    'src/clock/meson.build': "files('clock.c')\n",
    'src/bluez/client.h': LICENCE + '#pragma once\n\n#include <gio/gunixfdlist.h>\n\n#include "org-bluez.h"\n',
    'src/bluez/meson.build': "gnome.gdbus_codegen('org-bluez')\ndeclare_dependency(dependencies: [gio_unix_dep])\n",
    'src/sim/sim.h': LICENCE + '#pragma once\n\n#include "fact.h"\n#include "org-bluez.h"\n',
    'src/sim/meson.build': 'declare_dependency(dependencies: [core_dep])\n',
    'src/session/session.h': LICENCE + '#pragma once\n\n#include "clock.h"\n#include "client.h"\n#include "fact.h"\n',
    'src/session/meson.build': 'declare_dependency(dependencies: [core_dep, clock_dep])\n',
    'src/cli/main.c': LICENCE + '#include <glib/gi18n.h>\n\n#include "sim.h"\n\nconst char *\nhello (void)\n{\n  return _ ("Hello");\n}\n',
    'src/cli/meson.build': "executable('holdfastctl', 'main.c')\n",
    'tests/core/test-fact.c': LICENCE,
    'tests/core/meson.build': "foreach name : ['fact']\nendforeach\n",
    'tests/dev/test-dev.py': '#!/usr/bin/env python3\n# SPDX-License-Identifier: GPL-3.0-or-later\n',
    'tests/dev/meson.build': "files('test-dev.py')\n",
    'data/headsets/a.headset': '# SPDX-License-Identifier: CC0-1.0\n[Headset]\n',
    'data/illustrations/a.svg': '<!-- SPDX-License-Identifier: CC-BY-SA-4.0 -->\n<svg/>\n',
    'po/POTFILES': 'src/cli/main.c\n',
    'dev': SCRIPT + 'echo hello\n',
}

# rule, file, its text (or what is added to the good one, after '+'), what must be said
BAD = [
    ('layers', 'src/core/fact.c', '+#include "client.h"\n', 'src/core/fact.c:7: core may not include client.h of bluez'),
    ('layers', 'src/core/fact.c', '+#include "clock.h"\n', 'core may not include clock.h of clock'),
    ('layers', 'src/bluez/client.h', '+#include "fact.h"\n', 'bluez may not include fact.h of core'),
    ('layers', 'src/sim/sim.h', '+#include "client.h"\n', 'sim may not include client.h of bluez'),
    ('layers', 'src/session/session.h', '+#include "sim.h"\n', 'session may not include sim.h of sim'),
    ('layers', 'src/session/session.h', '+#include "nowhere.h"\n', 'no layer has nowhere.h'),
    ('layers', 'src/bluez/fact.h', LICENCE, 'fact.h is in bluez and core'),
    ('layers', 'src/misc/thing.c', LICENCE, 'src/misc is no layer'),
    ('layers', 'src/core/meson.build', '+declare_dependency(dependencies: [bluez_dep])\n', 'core may not link bluez'),
    ('layers', 'src/session/meson.build', '+x = [gtk_dep]\n', 'session may not link GTK'),
    ('layers', 'src/session/meson.build', '+x = [pulse_dep]\n', 'session may not link libpulse'),
    ('layers', 'src/core/meson.build', '+x = [gio_unix_dep]\n', 'core may not link gio-unix'),
    ('portable', 'src/session/session.h', '+#include <gtk/gtk.h>\n', 'session.h:7: GTK in session'),
    ('portable', 'src/cli/main.c', '+#include <adwaita.h>\n', 'GTK in cli'),
    ('portable', 'src/session/session.h', '+#include <pulse/pulseaudio.h>\n', 'libpulse in session'),
    ('portable', 'src/session/session.h', '+#include <gio/gunixfdlist.h>\n', 'gio-unix in session'),
    ('portable', 'src/core/fact.c', '+#include <unistd.h>\n', '<unistd.h> in core'),
    ('portable', 'src/core/fact.c', '+#include <sys/socket.h>\n', '<sys/socket.h> in core'),
    ('portable', 'src/cli/main.c', '+static const char *p = "/dev/rfkill";\n', 'a system file in cli'),
    ('waiting', 'src/session/session.c', LICENCE + 'int x = g_dbus_connection_call_sync (c);\n', 'session.c:2: blocks'),
    ('waiting', 'src/session/session.c', LICENCE + 'g_timeout_add_seconds (1, f, NULL);\n', 'outside src/clock'),
    ('waiting', 'src/core/fact.c', '+x = g_get_real_time ();\n', 'outside src/clock'),
    ('waiting', 'src/session/session.c', LICENCE + 'g_main_loop_run (loop);\n', 'a main loop outside main.c'),
    ('waiting', 'src/session/session.c', LICENCE + 'g_main_context_iteration (NULL, TRUE);\n', 'blocks'),
    ('waiting', 'src/session/session.c', LICENCE + 'g_usleep (5);\n', 'sleeps'),
    ('waiting', 'tests/core/test-fact.c', '+usleep (5);\n', 'sleeps'),
    ('waiting', 'tests/dev/test-dev.py', '+import time\ntime.sleep(1)\n', 'test-dev.py:4: sleeps'),
    ('waiting', 'tests/dev/wait.sh', SCRIPT + '  sleep 2\n', 'wait.sh:3: sleeps'),
    ('words', 'src/core/fact.c', '+/* TO' + 'DO: later */\n', 'unfinished'),
    ('words', 'docs/a.md', 'FIX' + 'ME\n', 'docs/a.md:1: unfinished'),
    ('words', '.ci/run', '+mirror=http://deb.' + 'debian.org/debian\n', 'the address of a registry'),
    ('words', 'docs/a.md', 'see pypi' + '.org\n', 'the address of a registry'),
    ('format', 'src/core/fact.c', '+int  x( void ){return 1;}\n', 'src/core/fact.c:7: not formatted'),
    ('potfiles', 'src/core/fact.c', '+const char *x = N_("Hello");\n', 'src/core/fact.c has sentences and is not listed'),
    ('potfiles', 'po/POTFILES', '+src/core/fact.c\n', 'src/core/fact.c has no sentence'),
    ('potfiles', 'po/POTFILES', '+src/bluez/zzz.c\nsrc/audio/a.c\n', 'not sorted'),
    ('potfiles', 'data/x.desktop.in', '[Desktop Entry]\n', 'data/x.desktop.in has sentences'),
    ('listed', 'src/core/extra.c', LICENCE, 'src/core/extra.c: its meson.build does not name it'),
    ('listed', 'tests/core/test-extra.c', LICENCE, 'tests/core/test-extra.c: its meson.build'),
    ('listed', 'tests/rig/test-extra.py', '', 'tests/rig/test-extra.py: its meson.build'),
    ('licences', 'src/core/extra.h', '#pragma once\n', 'src/core/extra.h:1: no licence'),
    ('licences', 'tests/dev/extra.py', 'print(1)\n', 'tests/dev/extra.py:1: no licence'),
    ('licences', 'dev', '#!/bin/sh\n', 'dev:1: no licence'),
    ('licences', 'data/illustrations/b.svg', '<svg/>\n', 'b.svg:1: no licence'),
    ('licences', 'data/headsets/b.headset', '[Headset]\n', 'b.headset:1: no licence'),
    ('shell', 'dev', '+cd $1\n', 'SC2086'),
]


def make(folder, changed=None, text=''):
    files = dict(GOOD)
    if changed:
        files[changed] = files.get(changed, '') + text[1:] if text.startswith('+') else text
    for name, content in files.items():
        path = pathlib.Path(folder) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
    (pathlib.Path(folder) / '.clang-format').write_bytes((TOP / '.clang-format').read_bytes())


def lint(rule, folder):
    return subprocess.run([sys.executable, LINT, rule, folder], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          text=True, stdin=subprocess.DEVNULL, timeout=60)


def add(rule, changed, text, wanted, number):
    def test():
        with tempfile.TemporaryDirectory() as folder:
            make(folder, changed, text)
            answer = lint(rule, folder)
            assert answer.returncode == 1, f'status {answer.returncode}: {answer.stdout}'
            assert wanted in answer.stdout, f'"{wanted}" is not in: {answer.stdout}'
    globals()[f'test_{rule}_{number}_{changed}'] = test


def add_good(rule):
    def test():
        with tempfile.TemporaryDirectory() as folder:
            make(folder)
            answer = lint(rule, folder)
            assert answer.returncode == 0, answer.stdout
    globals()[f'test_{rule}_good'] = test


RULES = [line.split()[0] for line in lint('--list', '.').stdout.splitlines()]
for each in RULES:
    add_good(each)
for index, sample in enumerate(BAD, 1):
    add(*sample, index)


def test_every_rule_has_a_bad_sample():
    assert set(RULES) == {rule for rule, *_ in BAD}, RULES


def test_every_rule_is_a_test():
    text = (TOP / 'tests/lint/meson.build').read_text()
    assert all(f"'{rule}'" in text for rule in RULES), RULES


sys.exit(tap.run(globals()))
