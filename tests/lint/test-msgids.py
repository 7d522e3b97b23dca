#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What translators get: taken out of the sources cleanly, explained where it must be, in words that
people know; and a made-up language in which every sentence there is comes back translated.

    test-msgids.py XGETTEXT MSGFMT SAY-EVERYTHING
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unicodedata

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import tap  # noqa: E402

XGETTEXT, MSGFMT, SAY_EVERYTHING = sys.argv[1:4]
TOP = pathlib.Path(__file__).resolve().parents[2]

# What meson's preset 'glib' gives xgettext.
ARGUMENTS = ['--from-code=UTF-8', '--add-comments', '--keyword=_', '--keyword=N_', '--keyword=C_:1c,2',
             '--keyword=NC_:1c,2', '--keyword=g_dcgettext:2', '--keyword=g_dngettext:2,3',
             '--keyword=g_dpgettext2:2c,3', '--flag=N_:1:pass-c-format', '--flag=C_:2:pass-c-format',
             '--flag=NC_:2:pass-c-format', '--flag=g_dngettext:2:pass-c-format',
             '--flag=g_strdup_printf:1:c-format', '--flag=g_string_append_printf:2:c-format',
             '--flag=g_error_new:3:c-format', '--flag=g_set_error:4:c-format', '--flag=g_print:1:c-format',
             '--flag=g_printerr:1:c-format']

# Words that a person of seventy would have to look up, and statements that nobody can show. The
# terminal program speaks to people who look after computers as well: it may name what it does.
BANNED = re.compile(r'\b(adapters?|controller|discover\w*|discoverable|bond(s|ed|ing)?|profiles?|sinks?|agents?|daemons?'
                    r'|codecs?|latency|milliseconds?|rfkill|dbus|d-bus|bluez|bluetoothd|rssi|dbm|uuid|hci\w*|a2dp'
                    r'|firmware|protocol|transport|modalias|percent|statistics?|monthly)\b|%%|[0-9] ?(%|ms\b)', re.I)
TECHNICAL = ('src/cli/',)
DIRECTIVE = re.compile(r'%(?:\d+\$)?[-+ #0]*\d*(?:\.\d+)?(?:hh|h|ll|l|z)?[diouxXeEfgGcsp]|%%')


class Message:
    def __init__(self):
        self.comments, self.references, self.flags = [], [], []
        self.context, self.id, self.plural = None, '', None


def extract():
    files = [line for line in (TOP / 'po/POTFILES').read_text().splitlines() if line and not line.startswith('#')]
    answer = subprocess.run([XGETTEXT, *ARGUMENTS, '-o', '-', *files], cwd=TOP, capture_output=True, text=True)
    return answer


def unquote(text):
    return re.sub(r'\\(.)', lambda m: {'n': '\n', 't': '\t'}.get(m[1], m[1]), text[1:-1])


def parse(pot):
    messages = []
    for block in pot.split('\n\n'):
        message, field = Message(), None
        for line in block.splitlines():
            if line.startswith('#.'):
                message.comments.append(line[2:].strip())
            elif line.startswith('#:'):
                message.references += line[2:].split()
            elif line.startswith('#,'):
                message.flags += [flag.strip() for flag in line[2:].split(',')]
            elif line.startswith('"') and field:
                setattr(message, field, getattr(message, field) + unquote(line))
            else:
                match = re.match(r'(msgctxt|msgid_plural|msgid|msgstr(?:\[\d\])?) (".*")$', line)
                if match:
                    field = {'msgctxt': 'context', 'msgid': 'id', 'msgid_plural': 'plural'}.get(match[1])
                    if field:
                        setattr(message, field, unquote(match[2]))
        if message.id:
            messages.append(message)
    return messages


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

OPEN, CLOSE = '⟦', '⟧'


def distort(text):
    """Longer, accented, in brackets; directives stay."""
    parts, last = [], 0
    for match in DIRECTIVE.finditer(text):
        parts += [accent(text[last:match.start()]), match[0]]
        last = match.end()
    parts.append(accent(text[last:]))
    body = ''.join(parts)
    return f'{OPEN}{body}{"·" * (len(text) // 3)}{CLOSE}'


def accent(text):
    return ''.join(unicodedata.normalize('NFC', c + '\u0301') if c in 'aeiouyAEIOUY' else c for c in text)


def quote(text):
    return '"' + text.replace('\\', '\\\\').replace('"', '\\"').replace('\n', '\\n').replace('\t', '\\t') + '"'


def write_po(messages):
    lines = ['msgid ""', 'msgstr ""', '"Language: eo\\n"', '"MIME-Version: 1.0\\n"', '"Content-Type: text/plain; charset=UTF-8\\n"',
             '"Content-Transfer-Encoding: 8bit\\n"', '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"',
             '"Project-Id-Version: holdfast\\n"', '"PO-Revision-Date: 2000-01-01 00:00+0000\\n"', '"Last-Translator: nobody\\n"',
             '"Language-Team: none\\n"', '']
    for m in messages:
        if 'c-format' in m.flags:
            lines.append('#, c-format')
        if m.context is not None:
            lines.append(f'msgctxt {quote(m.context)}')
        lines.append(f'msgid {quote(m.id)}')
        if m.plural is not None:
            lines += [f'msgid_plural {quote(m.plural)}', f'msgstr[0] {quote(distort(m.id))}', f'msgstr[1] {quote(distort(m.plural))}']
        else:
            lines.append(f'msgstr {quote(distort(m.id))}')
        lines.append('')
    return '\n'.join(lines)


def speak(folder):
    """What the program says in the made-up language, and in English."""
    catalogue = folder / 'po/eo/LC_MESSAGES'
    catalogue.mkdir(parents=True)
    (folder / 'eo.po').write_text(write_po(get_messages()))
    answer = subprocess.run([MSGFMT, '--check', '-o', catalogue / 'holdfast.mo', folder / 'eo.po'], capture_output=True, text=True)
    assert answer.returncode == 0, answer.stderr
    # The C library looks for translations in a locale of another name than C; this one is a copy.
    shutil.copytree('/usr/lib/locale/C.utf8', folder / 'locale/eo.utf8')
    environment = dict(os.environ, LOCPATH=str(folder / 'locale'), LC_ALL='eo.UTF-8', LANGUAGE='eo')
    translated = subprocess.run([SAY_EVERYTHING, folder / 'po'], env=environment, capture_output=True, text=True, check=True).stdout
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
