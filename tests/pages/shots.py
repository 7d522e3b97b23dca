#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Draws every page of the window in light and dark, at a telephone's size and at a computer's, into a
folder, with sheets and an index.html to look at all of them.

    ./dev shots [--out FOLDER] [--high-contrast] [--text=200] [--rtl] [--pseudo] [NAME...]

NAME is a page or the beginning of one: hold, get-ready-off. Each option adds its variants.
"""
import argparse
import html
import os
import pathlib
import subprocess
import sys

TESTS = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(TESTS))
import made_up_language  # noqa: E402

# The same for everybody who draws them, so that two pictures can be compared.
SURROUNDINGS = {'GSETTINGS_BACKEND': 'memory', 'GIO_USE_VFS': 'local', 'G_DEBUG': 'fatal-criticals', 'LC_ALL': 'C.UTF-8',
                'LANGUAGE': 'C', 'TZ': 'UTC', 'DBUS_SESSION_BUS_ADDRESS': 'unix:path=/nonexistent/session-bus',
                'DBUS_SYSTEM_BUS_ADDRESS': 'unix:path=/nonexistent/system-bus'}
OWN = ('GTK_', 'GDK_', 'GSK_', 'ADW_', 'LC_', 'G_MESSAGES', 'FC_')


def runs(args):
    """(prefix of the folders, words for the program, surroundings) of each variant."""
    yield '', [], {}
    if args.high_contrast:
        yield 'contrast-', [], {'ADW_DEBUG_HIGH_CONTRAST': '1'}
    if args.text:
        yield f'text{args.text}-', [f'--text={args.text}'], {}
    if args.rtl:
        yield 'rtl-', ['--rtl'], {}
    if args.pseudo:
        yield 'pseudo-', [], made_up_language.environment(args.build / 'tests/pages/language')


def draw(args, prefix, words, surroundings):
    env = {name: value for name, value in os.environ.items() if not name.startswith(OWN)}
    env.update(SURROUNDINGS, GSETTINGS_SCHEMA_DIR=str(args.build / 'data'),
               ASAN_OPTIONS=os.environ.get('ASAN_OPTIONS', '') + ':detect_leaks=0', **surroundings)
    return subprocess.run([sys.executable, TESTS / 'with-screen.py', args.build / 'tests/pages/page-shots', args.out,
                           prefix, *words, *args.name], env=env, check=False).returncode


def write_index(out):
    lines = ['<!doctype html><meta charset="utf-8"><title>Holdfast</title>',
             '<style>body{font-family:sans-serif;background:#666;color:#fff}img{height:420px;margin:4px;vertical-align:top}'
             'figure{display:inline-block;margin:4px}</style>']
    for folder in sorted(f for f in out.iterdir() if f.is_dir()):
        lines.append(f'<h2>{html.escape(folder.name)}</h2>')
        for picture in sorted(folder.glob('*.png')):
            if not picture.name.startswith('_'):
                path = html.escape(f'{folder.name}/{picture.name}')
                lines.append(f'<figure><figcaption>{html.escape(picture.stem)}</figcaption><a href="{path}"><img loading="lazy" src="{path}"></a></figure>')
    (out / 'index.html').write_text('\n'.join(lines) + '\n')


def main():
    parser = argparse.ArgumentParser(prog='./dev shots', description='Draws every page of the window, to look at.')
    parser.add_argument('build', type=pathlib.Path, help=argparse.SUPPRESS)
    parser.add_argument('name', nargs='*', metavar='NAME', help='a page, or the beginning of the names of some')
    parser.add_argument('--out', type=pathlib.Path, metavar='FOLDER', help='where to; below the build folder if not given')
    parser.add_argument('--high-contrast', action='store_true', help='with high contrast, too')
    parser.add_argument('--text', type=int, metavar='PERCENT', help='with larger texts, too: 200')
    parser.add_argument('--rtl', action='store_true', help='from right to left, too')
    parser.add_argument('--pseudo', action='store_true', help='in a made-up language with longer words, too')
    args = parser.parse_args()
    args.out = (args.out or args.build / 'shots').absolute()
    args.out.mkdir(parents=True, exist_ok=True)
    for prefix, words, surroundings in runs(args):
        status = draw(args, prefix, words, surroundings)
        if status != 0:
            return status
    write_index(args.out)
    print(f'dev: {args.out / "index.html"} shows them all')
    return 0


if __name__ == '__main__':
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
