# SPDX-License-Identifier: GPL-3.0-or-later
"""A language in which every translated text can be told from one that is not: each letter has an
accent, each text is about 40 percent longer and stands in brackets. Made from the sources."""
import pathlib
import re
import shutil
import subprocess

TOP = pathlib.Path(__file__).resolve().parents[1]

# What meson's preset 'glib' gives xgettext.
ARGUMENTS = ['--from-code=UTF-8', '--add-comments', '--keyword=_', '--keyword=N_', '--keyword=C_:1c,2',
             '--keyword=NC_:1c,2', '--keyword=g_dcgettext:2', '--keyword=g_dngettext:2,3',
             '--keyword=g_dpgettext2:2c,3', '--flag=N_:1:pass-c-format', '--flag=C_:2:pass-c-format',
             '--flag=NC_:2:pass-c-format', '--flag=g_dngettext:2:pass-c-format',
             '--flag=g_strdup_printf:1:c-format', '--flag=g_string_append_printf:2:c-format',
             '--flag=g_error_new:3:c-format', '--flag=g_set_error:4:c-format', '--flag=g_print:1:c-format',
             '--flag=g_printerr:1:c-format']

DIRECTIVE = re.compile(r'%(?:\d+\$)?[-+ #0]*\d*(?:\.\d+)?(?:hh|h|ll|l|z)?[diouxXeEfgGcsp]|%%')
# What a translator leaves as it is, besides directives.
MARKUP = re.compile(r'</?[a-z]+(?: [^<>]*)?>|&[a-z]+;')
KEPT = re.compile(f'{DIRECTIVE.pattern}|{MARKUP.pattern}')

OPEN, CLOSE = '⟦', '⟧'
ACCENTS = str.maketrans('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ',
                        'áƀçðéƒĝĥíĵķļɱñóþɋŕšţúṽŵẋýžÁɃÇÐÉƑĜĤÍĴĶĻṀÑÓÞɊŔŠŢÚṼŴẊÝŽ')


class Message:
    def __init__(self):
        self.comments, self.references, self.flags = [], [], []
        self.context, self.id, self.plural = None, '', None


def files():
    return [line for line in (TOP / 'po/POTFILES').read_text().splitlines() if line and not line.startswith('#')]


def extract(xgettext):
    return subprocess.run([xgettext, *ARGUMENTS, '-o', '-', *files()], cwd=TOP, capture_output=True, text=True)


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


def distort(text):
    """Longer, accented, in brackets; directives, markup and the underscores of mnemonics stay."""
    parts, last = [], 0
    for match in KEPT.finditer(text):
        parts += [text[last:match.start()].translate(ACCENTS), match[0]]
        last = match.end()
    parts.append(text[last:].translate(ACCENTS))
    return f'{OPEN}{"".join(parts)}{padding(len(text))}{CLOSE}'


def padding(length):
    """A short text becomes a longer word, as in German; a long one gets more words."""
    dots = (length * 2 + 4) // 5
    if length <= 12:
        return '·' * dots
    return ''.join(' ' + '·' * min(6, dots - begin) for begin in range(0, dots, 6))


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


def install(folder, messages, msgfmt):
    """Puts the language below a folder: po/ to bind the text domain to, locale/ for LOCPATH. Returns
    the environment that a program needs to speak it."""
    catalogue = folder / 'po/eo/LC_MESSAGES'
    catalogue.mkdir(parents=True, exist_ok=True)
    (folder / 'eo.po').write_text(write_po(messages))
    answer = subprocess.run([msgfmt, '--check', '-o', catalogue / 'holdfast.mo', folder / 'eo.po'], capture_output=True, text=True)
    assert answer.returncode == 0, answer.stderr
    # The C library looks for translations in a locale of another name than C; this one is a copy.
    shutil.copytree('/usr/lib/locale/C.utf8', folder / 'locale/eo.utf8', dirs_exist_ok=True)
    return environment(folder)


def environment(folder):
    return {'LOCPATH': str(folder / 'locale'), 'LC_ALL': 'eo.UTF-8', 'LANGUAGE': 'eo', 'HOLDFAST_TEST_LANGUAGE': str(folder / 'po')}
