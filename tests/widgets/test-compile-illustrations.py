#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the converter of illustrations makes of good drawings, and how it refuses bad ones."""
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import tap  # noqa: E402

CONVERTER = pathlib.Path(sys.argv[1]).resolve()
STYLE = """:root { --shell: #404040; --print: #ffffff }
@media (prefers-color-scheme: dark) { :root { --shell: #808080; --print: #ffffff } }
@media (prefers-contrast: more) { :root { --shell: #000000; --print: #ffffff } }
@media (prefers-contrast: more) and (prefers-color-scheme: dark) { :root { --shell: #ffffff; --print: #000000 } }
.shell { fill: var(--shell) }
.print { fill: none; stroke: var(--print); stroke-width: 2; stroke-linecap: round }
"""
GOOD = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 80">
<defs><g id="knob"><rect class="shell" data-id="touch-" width="10" height="10"/></g><clipPath id="c"><circle cx="5" cy="5" r="5"/></clipPath></defs>
<g id="view-main">
<g id="thing" transform="translate(10 20) scale(2)"><path class="shell" d="m0 0h10v10h-10z"/></g>
<use href="#knob" data-side="left" transform="translate(50 0) scale(-1 1)"/>
<circle id="led" class="shell" cx="70" cy="40" r="5"/>
<path class="print" transform="scale(3)" d="M0 0Q5 5 10 0T20 0A5 5 0 0 1 30 0"/>
<g id="bud-left" data-moves="-4 2 10 1.5" transform="scale(2)"><rect class="shell" width="5" height="5"/></g>
<g id="lens"><g clip-path="url(#c)"><use href="#thing"/></g></g>
<line id="press-thing" class="guide" x1="0" y1="0" x2="30" y2="40" stroke-width="7"/>
</g>
</svg>
"""


def convert(picture, style=STYLE, mode='picture'):
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder)
        (path / 's.css').write_text(style)
        (path / 'p.svg').write_text(picture)
        words = ['s.css', 'p.svg', 'out'] if mode == 'picture' else ['s.css', 'out']
        answer = subprocess.run([sys.executable, CONVERTER, mode, *words], cwd=folder, stdin=subprocess.DEVNULL,
                                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=60)
        out = path / 'out'
        return answer.returncode, answer.stdout, out.read_text() if out.exists() else None


def expect_refused(old, new, wanted):
    assert old in GOOD, old
    status, said, out = convert(GOOD.replace(old, new, 1))
    assert status == 1 and out is None, (status, said)
    assert 'p.svg' in said and wanted in said, said


def test_good():
    status, said, out = convert(GOOD)
    assert status == 0, said
    lines = out.splitlines()
    assert lines[0] == 'holdfast-illustration 1 100 80', lines[0]
    assert '( thing box=10,20,20,20' in lines, out
    assert 'f shell 1 M10 20L30 20L30 40L10 40Z' in lines, out
    assert '( touch-left box=40,0,10,10' in lines, out
    assert '( led box=65,35,10,10' in lines, out
    assert '( bud-left box=0,0,10,10 moves=-8,4,10,1.5' in lines, out
    assert '( lens-thing box=10,20,20,20' in lines, out
    assert '= press-thing 0 0 30 40 7' in lines, out
    # Width follows the scale; curves of all kinds become cubic ones.
    stroke = next(line for line in lines if line.startswith('s '))
    assert stroke.startswith('s print 1 6 round miter - M0 0C'), stroke
    assert set(filter(str.isalpha, stroke.split('-', 1)[1])) <= set('MLCZ'), stroke


def test_palettes():
    status, said, out = convert(GOOD, mode='palettes')
    assert status == 0, said
    assert 'light shell #404040' in out and 'contrast-dark print #000000' in out, out


def test_refused():
    expect_refused('<svg', '<svgx', 'p.svg')
    expect_refused('viewBox="0 0 100 80"', '', 'viewBox')
    expect_refused('id="view-main"', 'id="main"', 'views only')
    expect_refused('class="shell" cx', 'class="shiny" cx', 'shiny')
    expect_refused('class="shell" cx', 'fill="red" cx', 'attribute fill')
    expect_refused('<circle id', '<text/><circle id', 'text')
    expect_refused('id="led"', 'id="thing"', 'twice')
    expect_refused('id="led"', 'id="LED!"', 'LED!')
    expect_refused('href="#thing"', 'href="#nothing"', 'is not there')
    expect_refused('href="#thing"', 'href="other.svg#thing"', 'other.svg')
    expect_refused('d="m0 0h10v10h-10z"', 'd="m0 0h10v10hello"', 'path')
    expect_refused('d="m0 0h10v10h-10z"', 'd="h10"', 'path')
    expect_refused('d="m0 0h10v10h-10z"', 'd="m0"', 'too few')
    expect_refused('scale(2)"><path', 'skewX(2)"><path', 'skewX')
    expect_refused('-4 2 10 1.5', '-4 2', 'data-moves')
    expect_refused('<path class="shell" d="m0 0h10v10h-10z"/>', '', 'is empty')


def test_style_is_whole():
    for old, new, wanted in (('--print: #000000', '', 'contrast-dark'), ('#808080', 'grey', 'grey'),
                             ('fill: var(--shell)', 'fill: #123456', '#123456'), ('more) {', 'less) {', 'less')):
        assert old in STYLE
        status, said, _ = convert(GOOD, STYLE.replace(old, new, 1))
        assert status == 1 and wanted in said, (wanted, said)


sys.exit(tap.run(globals()))
