#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What translators get: taken out of the sources cleanly, explained where it must be, in words that
people know; and a made-up language in which every sentence there is comes back translated.

    test-msgids.py XGETTEXT MSGFMT SAY-EVERYTHING
"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import made_up_language  # noqa: E402
import tap  # noqa: E402
from made_up_language import CLOSE, DIRECTIVE, OPEN, distort, parse  # noqa: E402

XGETTEXT, MSGFMT, SAY_EVERYTHING = sys.argv[1:4]
TOP = pathlib.Path(__file__).resolve().parents[2]

# Words that a person of seventy would have to look up, and statements that nobody can show. The
# terminal program speaks to people who look after computers as well: it may name what it does.
BANNED = re.compile(r'\b(adapters?|controller|discover\w*|discoverable|bond(s|ed|ing)?|profiles?|sinks?|agents?|daemons?'
                    r'|codecs?|latency|milliseconds?|rfkill|dbus|d-bus|bluez|bluetoothd|rssi|dbm|uuid|hci\w*|a2dp'
                    r'|firmware|protocol|transport|modalias|percent|statistics?|monthly)\b|%%|[0-9] ?(%|ms\b)', re.I)
TECHNICAL = ('src/cli/',)


def extract():
    return made_up_language.extract(XGETTEXT)


def get_messages():
    messages = parse(extract().stdout)
    assert len(messages) > 150, len(messages)
    return messages


def test_xgettext_is_clean():
    answer = extract()
    assert answer.returncode == 0, answer.stderr
    # It takes Blueprint for C, which is right for its marked strings, and says so.
    said = [line for line in answer.stderr.splitlines() if "extension 'blp' is unknown; will try C" not in line]
    assert not said, said


def test_each_format_is_explained():
    bare = [f'{m.references}: {m.id}' for m in get_messages() if DIRECTIVE.search(m.id) and not any('Translators:' in c for c in m.comments)]
    assert not bare, '\n'.join(bare)


def test_formats_are_marked():
    unmarked = [m.id for m in get_messages() if DIRECTIVE.search(m.id) and 'c-format' not in m.flags]
    assert not unmarked, '\n'.join(unmarked)


def test_plain_words():
    found = []
    for message in get_messages():
        if all(r.startswith(TECHNICAL) for r in message.references):
            continue
        for text in filter(None, (message.id, message.plural)):
            match = BANNED.search(text)
            if match:
                found.append(f'“{match[0]}” in {message.references}: {text}')
    assert not found, '\n'.join(found)


def test_plain_words_catches():
    for text in ('No adapter', 'Discovering', 'the bond', '30 % of failures', 'LDAC codec', '40 ms', '90% of all', 'an agent'):
        assert BANNED.search(text), text
    for text in ('Bluetooth stick', 'the headphones', 'about 5 minutes', 'Seconds'):
        assert not BANNED.search(text), text


def test_typography():
    """Quotes are curly, dashes and dots are one character, nothing begins or ends with a blank."""
    found = [f'{m.references}: {t}' for m in get_messages() for t in filter(None, (m.id, m.plural))
             if '"' in t or '...' in t or ' - ' in t or '--' in t.replace('--', '', t.count(' --')) or t != t.strip() or '  ' in t]
    assert not found, '\n'.join(found)


# ---- The made-up language ------------------------------------------------------------------------

def speak(folder):
    """What the program says in the made-up language, and in English."""
    language = made_up_language.install(folder, get_messages(), MSGFMT)
    translated = subprocess.run([SAY_EVERYTHING, folder / 'po'], env={**os.environ, **language}, capture_output=True, text=True,
                                check=True).stdout
    english = subprocess.run([SAY_EVERYTHING], env=dict(os.environ, LC_ALL='C.UTF-8'), capture_output=True, text=True, check=True).stdout
    return translated, english


def strip_translated(text):
    while True:
        shorter = re.sub(f'{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}', '', text)
        if shorter == text:
            return text
        text = shorter


def test_made_up_language():
    with tempfile.TemporaryDirectory() as folder:
        translated, english = speak(pathlib.Path(folder))
    assert translated.count('\n') == english.count('\n')
    # The headings of the test's own, ids, models' names and addresses stand outside of sentences.
    own = re.compile(r'^== [^:]*|^  Before:|^  [a-z0-9-]+ \(|\(drawn: | then [a-z-]+$| (Yes|No):$|https://\S+')
    escaped = []
    for line in translated.splitlines():
        if re.search(r'[A-Za-z]{2}', own.sub('', strip_translated(line))):
            escaped.append(line.strip())
    assert not escaped, '\n'.join(escaped[:20])
    assert english.count('Hold the power button for about 7 seconds.') == 1
    assert distort('Pairing') in translated
    # Kinds of headphones stand inside sentences, where they would not be missed.
    kinds = re.findall(r'^name=(.*)', '\n'.join(f.read_text() for f in families()), re.M)
    assert len(kinds) >= 9, kinds
    for kind in kinds:
        assert distort(kind) in translated, kind


def families():
    files = sorted((TOP / 'data/headsets').glob('family-*.headset'))
    return [f for f in files if not re.search(r'^abstract=yes', f.read_text(), re.M)]


if __name__ == '__main__':
    sys.exit(tap.run(dict(globals())))
