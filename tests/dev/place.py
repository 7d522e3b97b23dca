# SPDX-License-Identifier: GPL-3.0-or-later
"""A checkout with a copy of ./dev, a cache and a PATH of its own, where tools can be replaced or absent."""
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile

TOP = pathlib.Path(__file__).resolve().parent.parent.parent
DEADLINE = 60
# What ./dev itself uses and any Linux has. The tools it looks for are not among these.
ORDINARY = '''awk bash basename cat chmod cp cut date df dirname env find flock getent grep head id kill ls mkdir
mktemp mv printf ps rm sed sh sha256sum sort stat tail tar touch tr uname wc xargs'''.split()


def hear_signals():
    """A shell cannot trap what was ignored when it began, as SIGHUP is under nohup."""
    for number in (signal.SIGHUP, signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)


class Place:
    """Used as a context: everything in it is removed at the end."""

    def __enter__(self):
        self.top = pathlib.Path(tempfile.mkdtemp(prefix='holdfast-dev-', dir='/var/tmp'))
        self.project = self.top / 'checkout'
        self.cache = self.top / 'cache/holdfast'
        self.work = self.top / 'work'
        self.tools = self.top / 'tools'
        self.home = self.top / 'home'
        for folder in (self.project, self.work, self.tools, self.home):
            folder.mkdir()
        shutil.copy(TOP / 'dev', self.project)
        shutil.copytree(TOP / '.dev', self.project / '.dev')
        for tool in ORDINARY:
            if found := shutil.which(tool):
                (self.tools / tool).symlink_to(found)
        return self

    def __exit__(self, *_):
        subprocess.run(['chmod', '-R', 'u+rwX', str(self.top)], stderr=subprocess.DEVNULL)
        shutil.rmtree(self.top)

    def tool(self, name, body):
        """Replaces a tool by a shell script; every call is noted in calls ()."""
        path = self.tools / name
        path.unlink(missing_ok=True)
        path.write_text(f'#!/bin/sh\nprintf "%s\\n" "{name} $*" >>"{self.top}/calls"\n{body}\n')
        path.chmod(0o755)

    def real(self, *names):
        for name in names:
            path = self.tools / name
            path.unlink(missing_ok=True)
            path.symlink_to(shutil.which(name))

    def calls(self, name=''):
        file = self.top / 'calls'
        return [line for line in file.read_text().splitlines() if line.startswith(name)] if file.exists() else []

    def as_user(self, number):
        real = shutil.which('id')
        self.tool('id', f'[ "$*" = -u ] && echo {number} || exec {real} "$@"')

    def environment(self, extra):
        env = {'PATH': str(self.tools), 'HOME': str(self.home), 'XDG_CACHE_HOME': str(self.top / 'cache'),
               'TMPDIR': str(self.work), 'HOLDFAST_DEV': 'root'}
        env.update(extra)
        return {name: value for name, value in env.items() if value is not None}

    def start(self, *args, cwd=None, stdin=subprocess.DEVNULL, **extra):
        return subprocess.Popen([str(self.project / 'dev'), *args], env=self.environment(extra), stdin=stdin,
                                cwd=cwd or self.project, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                                start_new_session=True, preexec_fn=hear_signals)

    def dev(self, *args, **extra):
        """Runs ./dev to its end. Returns (status, what it said on stderr, its stdout)."""
        process = self.start(*args, **extra)
        out, err = process.communicate(timeout=DEADLINE)
        return process.returncode, err.strip(), out

    def good_tools(self):
        """Stand-ins with which a root is made at once, and entering it prints 'inside'."""
        self.as_user(0)
        self.tool('mmdebstrap', f'exec cat "{self.tar()}"')
        self.tool('bwrap', 'case " $* " in *" true "*) ;; *) echo inside ;; esac')

    def tar(self):
        """A root in small, as mmdebstrap would write it."""
        path = self.top / 'root.tar'
        if not path.exists():
            root = self.top / 'small-root'
            for folder in ('usr/bin', 'etc', 'var/lib/dpkg', 'var/cache/holdfast', 'dev'):
                (root / folder).mkdir(parents=True)
            (root / 'etc/passwd').write_text('root:x:0:0:root:/root:/bin/bash\n')
            (root / 'etc/group').write_text('root:x:0:\n')
            (root / 'var/cache/holdfast/linux-image.deb').write_text('a kernel')
            (root / 'usr/bin/thing').write_bytes(os.urandom(60000))
            subprocess.run(['tar', '-C', str(root), '-cf', str(path), '.'], check=True)
        return path

    def roots(self):
        """What is below the cache's folder of build environments."""
        folder = self.cache / 'roots'
        return sorted(p.name for p in folder.iterdir()) if folder.exists() else []

    def nothing_half_made(self):
        assert self.roots() == [], self.roots()
        assert list(self.work.iterdir()) == [], list(self.work.iterdir())
        assert not (self.cache / 'work-folder').exists()
