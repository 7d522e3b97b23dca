#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the made-up language for the program as it is built.

    make-language.py XGETTEXT MSGFMT FOLDER STAMP DEPFILE
"""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import made_up_language  # noqa: E402

xgettext, msgfmt, folder, stamp, depfile = sys.argv[1:]
pot = made_up_language.extract(xgettext)
assert pot.returncode == 0, pot.stderr
made_up_language.install(pathlib.Path(folder), made_up_language.parse(pot.stdout), msgfmt)
sources = [str(made_up_language.TOP / name) for name in ['po/POTFILES', *made_up_language.files()]]
pathlib.Path(stamp).write_text('')
pathlib.Path(depfile).write_text(f'{stamp}: {" ".join(sources)}\n')
