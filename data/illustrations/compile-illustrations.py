#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Turns an illustration into what the program draws from: plain lines, all transforms worked out.

    compile-illustrations.py picture STYLE.css IN.svg OUT      one illustration
    compile-illustrations.py palettes STYLE.css OUT            the colours
    compile-illustrations.py preview STYLE.css IN.svg OUT.svg [PALETTE [VIEW [WORD...]]]
                                                               an SVG to look at, colours put in

README.md beside this file says what an illustration may contain. Everything else is refused here, so
that nothing is left out of a picture silently.
"""
import math
import pathlib
import re
import sys
import xml.etree.ElementTree as ElementTree

SVG = '{http://www.w3.org/2000/svg}'
HREF = '{http://www.w3.org/1999/xlink}href'
PALETTES = {
    '': 'light',
    '(prefers-color-scheme: dark)': 'dark',
    '(prefers-contrast: more)': 'contrast',
    '(prefers-contrast: more) and (prefers-color-scheme: dark)': 'contrast-dark',
}
INITIAL = {'fill': 'none', 'stroke': 'none', 'stroke-width': '1', 'stroke-linecap': 'butt',
           'stroke-linejoin': 'miter', 'opacity': '1', 'stroke-dasharray': 'none'}
KNOWN_ATTRIBUTES = {
    'id', 'class', 'transform', 'd', 'x', 'y', 'x1', 'y1', 'x2', 'y2', 'cx', 'cy', 'r', 'rx', 'ry', 'width',
    'height', 'href', HREF, 'clip-path', 'stroke-width', 'opacity', 'role',
    'data-id', 'data-also', 'data-if', 'data-moves', 'data-side', 'viewBox',
}
CIRCLE = 0.5522847498


class Refused(Exception):
    pass


# ---- Numbers, transforms, paths ------------------------------------------------------------------


def number(value):
    text = f'{value:.2f}'.rstrip('0').rstrip('.')
    return '0' if text in ('-0', '') else text


def numbers(values):
    return ' '.join(number(v) for v in values)


def multiply(m, n):
    return (m[0] * n[0] + m[2] * n[1], m[1] * n[0] + m[3] * n[1], m[0] * n[2] + m[2] * n[3],
            m[1] * n[2] + m[3] * n[3], m[0] * n[4] + m[2] * n[5] + m[4], m[1] * n[4] + m[3] * n[5] + m[5])


IDENTITY = (1, 0, 0, 1, 0, 0)


def transform_of(text):
    matrix = IDENTITY
    for name, inside in re.findall(r'(\w+)\s*\(([^)]*)\)', text or ''):
        v = [float(x) for x in re.findall(r'[-+.\deE]+', inside)]
        if name == 'translate':
            step = (1, 0, 0, 1, v[0], v[1] if len(v) > 1 else 0)
        elif name == 'scale':
            step = (v[0], 0, 0, v[1] if len(v) > 1 else v[0], 0, 0)
        elif name == 'rotate':
            c, s = math.cos(math.radians(v[0])), math.sin(math.radians(v[0]))
            step = (c, s, -s, c, 0, 0)
            if len(v) == 3:
                step = multiply(multiply((1, 0, 0, 1, v[1], v[2]), step), (1, 0, 0, 1, -v[1], -v[2]))
        elif name == 'matrix':
            step = tuple(v)
        else:
            raise Refused(f'transform {name}')
        matrix = multiply(matrix, step)
    return matrix


def apply(m, x, y):
    return m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]


def scale_of(m):
    return math.sqrt(abs(m[0] * m[3] - m[1] * m[2]))


def arc_curves(x1, y1, rx, ry, turn, large, sweep, x2, y2):
    """An elliptical arc as cubic curves (SVG 1.1, appendix F.6)."""
    if rx == 0 or ry == 0 or (x1, y1) == (x2, y2):
        return [('L', [x2, y2])]
    phi = math.radians(turn)
    c, s = math.cos(phi), math.sin(phi)
    dx, dy = (x1 - x2) / 2, (y1 - y2) / 2
    px, py = c * dx + s * dy, -s * dx + c * dy
    rx, ry = abs(rx), abs(ry)
    big = px * px / (rx * rx) + py * py / (ry * ry)
    if big > 1:
        rx, ry = rx * math.sqrt(big), ry * math.sqrt(big)
    top = rx * rx * ry * ry - rx * rx * py * py - ry * ry * px * px
    factor = math.sqrt(max(0, top / (rx * rx * py * py + ry * ry * px * px))) * (-1 if large == sweep else 1)
    qx, qy = factor * rx * py / ry, -factor * ry * px / rx
    cx, cy = c * qx - s * qy + (x1 + x2) / 2, s * qx + c * qy + (y1 + y2) / 2
    start = math.atan2((py - qy) / ry, (px - qx) / rx)
    sweep_angle = math.atan2((-py - qy) / ry, (-px - qx) / rx) - start
    if sweep and sweep_angle < 0:
        sweep_angle += 2 * math.pi
    elif not sweep and sweep_angle > 0:
        sweep_angle -= 2 * math.pi
    pieces = max(1, math.ceil(abs(sweep_angle) / (math.pi / 2) - 1e-9))
    step = sweep_angle / pieces
    reach = 4 / 3 * math.tan(step / 4)
    curves = []
    for i in range(pieces):
        a, b = start + i * step, start + (i + 1) * step

        def point(angle, along):
            ex = math.cos(angle) - along * math.sin(angle)
            ey = math.sin(angle) + along * math.cos(angle)
            return c * rx * ex - s * ry * ey + cx, s * rx * ex + c * ry * ey + cy

        curves.append(('C', [*point(a, reach), *point(b, -reach), *point(b, 0)]))
    return curves


COUNTS = {'M': 2, 'L': 2, 'H': 1, 'V': 1, 'C': 6, 'S': 4, 'Q': 4, 'T': 2, 'A': 7, 'Z': 0}


def tokens_of(text):
    position = 0
    pattern = re.compile(r'\s*,?\s*([MmLlHhVvCcSsQqTtAaZz]|[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)')
    text = text.strip()
    while position < len(text):
        match = pattern.match(text, position)
        if not match:
            raise Refused(f'path: “{text[position:position + 20]}”')
        yield match[1]
        position = match.end()


def segments_of(text):
    """The path in absolute M, L, C and Z."""
    items = list(tokens_of(text))
    out, i, command = [], 0, None
    x = y = start_x = start_y = 0
    control, kind = None, None
    while i < len(items):
        if items[i].isalpha():
            command = items[i]
            i += 1
        elif command in 'Zz':
            raise Refused('path: numbers after Z')
        upper, relative = command.upper(), command.islower()
        count = COUNTS[upper]
        v = [float(t) for t in items[i:i + count]]
        if len(v) < count:
            raise Refused('path: too few numbers')
        i += count
        ox, oy = (x, y) if relative else (0, 0)
        if upper == 'Z':
            out.append(('Z', []))
            x, y, control = start_x, start_y, None
            continue
        if upper == 'H':
            v = [v[0] + ox, y]
        elif upper == 'V':
            v = [x, v[0] + oy]
        elif upper == 'A':
            v[5], v[6] = v[5] + ox, v[6] + oy
        else:
            v = [n + (ox if k % 2 == 0 else oy) for k, n in enumerate(v)]
        if upper == 'M':
            out.append(('M', v))
            start_x, start_y = v
            command = 'l' if relative else 'L'
        elif upper in 'LHV':
            out.append(('L', v))
        elif upper in 'CS':
            if upper == 'S':
                first = (2 * x - control[0], 2 * y - control[1]) if control and kind == 'C' else (x, y)
                v = [*first, *v]
            out.append(('C', v))
            control, kind = v[2:4], 'C'
        elif upper in 'QT':
            if upper == 'T':
                first = (2 * x - control[0], 2 * y - control[1]) if control and kind == 'Q' else (x, y)
                v = [*first, *v]
            qx, qy, ex, ey = v
            out.append(('C', [x + 2 / 3 * (qx - x), y + 2 / 3 * (qy - y), ex + 2 / 3 * (qx - ex), ey + 2 / 3 * (qy - ey), ex, ey]))
            control, kind = (qx, qy), 'Q'
        elif upper == 'A':
            out.extend(arc_curves(x, y, v[0], v[1], v[2], v[3] != 0, v[4] != 0, v[5], v[6]))
            v = v[5:7]
        if upper not in 'CSQT':
            control = None
        x, y = v[-2:]
    if out and out[0][0] != 'M':
        raise Refused('path: does not begin with M')
    return out


def rectangle(x, y, w, h, rx, ry):
    rx, ry = min(rx, w / 2), min(ry, h / 2)
    if rx <= 0 or ry <= 0:
        return f'M{x} {y}h{w}v{h}h{-w}z'
    return (f'M{x + rx} {y}h{w - 2 * rx}a{rx} {ry} 0 0 1 {rx} {ry}v{h - 2 * ry}a{rx} {ry} 0 0 1 {-rx} {ry}'
            f'h{-(w - 2 * rx)}a{rx} {ry} 0 0 1 {-rx} {-ry}v{-(h - 2 * ry)}a{rx} {ry} 0 0 1 {rx} {-ry}z')


def ellipse(cx, cy, rx, ry):
    return f'M{cx - rx} {cy}a{rx} {ry} 0 1 1 {2 * rx} 0a{rx} {ry} 0 1 1 {-2 * rx} 0z'


def shape_path(element):
    tag = element.tag.removeprefix(SVG)
    at = {k: float(v) for k, v in element.attrib.items() if k in ('x', 'y', 'width', 'height', 'cx', 'cy', 'r', 'rx', 'ry', 'x1', 'y1', 'x2', 'y2')}
    if tag == 'path':
        return element.get('d', '')
    if tag == 'rect':
        rx = at.get('rx', at.get('ry', 0))
        return rectangle(at.get('x', 0), at.get('y', 0), at['width'], at['height'], rx, at.get('ry', rx))
    if tag == 'circle':
        return ellipse(at.get('cx', 0), at.get('cy', 0), at['r'], at['r'])
    if tag == 'ellipse':
        return ellipse(at.get('cx', 0), at.get('cy', 0), at['rx'], at['ry'])
    if tag == 'line':
        return f'M{at["x1"]} {at["y1"]}L{at["x2"]} {at["y2"]}'
    return None


def moved(segments, m):
    for kind, v in segments:
        yield kind, [n for k in range(0, len(v), 2) for n in apply(m, v[k], v[k + 1])]


def path_text(segments):
    return ''.join(kind + numbers(v) for kind, v in segments)


def curve_extremes(p):
    """Where a cubic curve of one coordinate turns, besides its ends."""
    a, b, c = -p[0] + 3 * p[1] - 3 * p[2] + p[3], 2 * (p[0] - 2 * p[1] + p[2]), p[1] - p[0]
    if abs(a) < 1e-9:
        roots = [-c / b] if abs(b) > 1e-9 else []
    else:
        root = b * b - 4 * a * c
        roots = [] if root < 0 else [(-b + math.sqrt(root)) / (2 * a), (-b - math.sqrt(root)) / (2 * a)]
    for t in roots:
        if 0 < t < 1:
            u = 1 - t
            yield u * u * u * p[0] + 3 * u * u * t * p[1] + 3 * u * t * t * p[2] + t * t * t * p[3]


class Bounds:
    def __init__(self):
        self.box = None

    def add(self, x, y):
        b = self.box
        self.box = [x, y, x, y] if b is None else [min(b[0], x), min(b[1], y), max(b[2], x), max(b[3], y)]

    def add_segments(self, segments, grow):
        x = y = 0
        box = Bounds()
        for kind, v in segments:
            if kind == 'C':
                for turn in curve_extremes([x, v[0], v[2], v[4]]):
                    box.add(turn, v[5])
                for turn in curve_extremes([y, v[1], v[3], v[5]]):
                    box.add(v[4], turn)
            if v:
                x, y = v[-2:]
                box.add(x, y)
        if box.box:
            self.add(box.box[0] - grow, box.box[1] - grow)
            self.add(box.box[2] + grow, box.box[3] + grow)

    def text(self):
        return ','.join(number(n) for n in (self.box[0], self.box[1], self.box[2] - self.box[0], self.box[3] - self.box[1]))


# ---- The style sheet -----------------------------------------------------------------------------


class Style:
    """Custom properties for each palette, and what each class sets."""

    def __init__(self, path):
        text = re.sub(r'/\*.*?\*/', '', pathlib.Path(path).read_text(), flags=re.S)
        self.palettes = {name: {} for name in PALETTES.values()}
        self.classes = {}
        for media, inside, selector, body in re.findall(r'@media\s*([^{]*?)\s*\{((?:[^{}]*\{[^{}]*\})*)\s*\}|([^{}@]+)\{([^{}]*)\}', text):
            if media:
                if media not in PALETTES:
                    raise Refused(f'{path}: @media {media}')
                for inner, inner_body in re.findall(r'([^{}]+)\{([^{}]*)\}', inside):
                    self.rule(PALETTES[media], inner.strip(), inner_body)
            else:
                self.rule('light', selector.strip(), body)
        names = set(self.palettes['light'])
        for palette, colours in self.palettes.items():
            if set(colours) != names:
                raise Refused(f'{path}: {palette} has not the colours of light: {sorted(set(colours) ^ names)}')

    def rule(self, palette, selector, body):
        values = dict(re.findall(r'([-\w]+)\s*:\s*([^;]+?)\s*(?:;|$)', body))
        if selector == ':root':
            for key, value in values.items():
                if not re.fullmatch(r'#[0-9a-f]{6}([0-9a-f]{2})?', value):
                    raise Refused(f'{key}: {value} is no #rrggbb or #rrggbbaa')
                self.palettes[palette][key.removeprefix('--')] = value
            return
        for one in selector.split(','):
            if not re.fullmatch(r'\.[-\w]+', one.strip()):
                raise Refused(f'style sheet: {one.strip()}')
            self.classes.setdefault(one.strip()[1:], {}).update(values)

    def colour(self, value):
        if value == 'none':
            return None
        match = re.fullmatch(r'var\(--([-\w]+)\)', value)
        if not match or match[1] not in self.palettes['light']:
            raise Refused(f'{value} is no colour of the palettes')
        return match[1]


# ---- One illustration ----------------------------------------------------------------------------


class Picture:
    def __init__(self, style, path):
        self.style = style
        self.path = pathlib.Path(path)
        self.documents = {}
        root = self.document(self.path.name)
        box = [float(v) for v in root.get('viewBox', '').split()]
        if len(box) != 4 or box[:2] != [0, 0]:
            raise Refused('viewBox must be “0 0 WIDTH HEIGHT”')
        self.size = box[2:]
        self.private = {e.get('id') for defs in root.iter(SVG + 'defs') for e in defs.iter()}
        self.lines = []
        self.view = None
        self.seen = set()
        self.open_bounds = []
        for child in root:
            if child.tag == SVG + 'defs':
                continue
            if child.tag != SVG + 'g' or not child.get('id', '').startswith('view-'):
                raise Refused(f'at the top level are views only, not {child.tag.removeprefix(SVG)} {child.get("id", "")}')
            self.view = child.get('id')
            self.walk(child, IDENTITY, dict(INITIAL), '', False)
        if not self.view:
            raise Refused('no view')

    def document(self, name):
        if name not in self.documents:
            path = self.path.parent / name
            try:
                self.documents[name] = ElementTree.parse(path).getroot()
            except (ElementTree.ParseError, OSError) as error:
                raise Refused(f'{path}: {error}') from error
        return self.documents[name]

    def find(self, href, here):
        name, _, wanted = href.partition('#')
        name = name or here
        for element in self.document(name).iter():
            if element.get('id') == wanted:
                return element, name
        raise Refused(f'{href} is not there')

    def style_of(self, element, inherited):
        style = dict(inherited)
        style['opacity'] = '1'
        for name in element.get('class', '').split():
            if name != 'guide' and name not in self.style.classes:
                raise Refused(f'class {name} is not in the style sheet')
            style.update(self.style.classes.get(name, {}))
        for key in ('stroke-width', 'opacity'):
            if element.get(key):
                style[key] = element.get(key)
        style['opacity'] = str(float(style['opacity']) * float(inherited['opacity']))
        return style

    def walk(self, element, matrix, inherited, side, in_lens, here=None):
        here = here or self.path.name
        tag = element.tag.removeprefix(SVG) if isinstance(element.tag, str) else None
        if tag in (None, 'title', 'desc', 'defs', 'clipPath', 'metadata'):
            return
        for key in element.attrib:
            if key not in KNOWN_ATTRIBUTES:
                raise Refused(f'{tag} {element.get("id", "")}: attribute {key}')
        matrix = multiply(matrix, transform_of(element.get('transform')))
        style = self.style_of(element, inherited)
        name = element.get('data-id')
        if not name and here == self.path.name and element.get('id') not in self.private:
            name = element.get('id')
        side = element.get('data-side') or side
        if name and name.endswith('-'):
            name = name + side if side else None
        in_lens = in_lens or bool(name and re.fullmatch(r'lens(-\d)?', name))
        if in_lens and name and not name.startswith('lens'):
            name = 'lens-' + name

        guide = 'guide' in element.get('class', '').split()
        if tag == 'line' and guide:
            ends = [*apply(matrix, float(element.get('x1')), float(element.get('y1'))),
                    *apply(matrix, float(element.get('x2')), float(element.get('y2')))]
            self.take_name(name)
            self.lines.append(f'= {name} {numbers([*ends, float(style["stroke-width"]) * scale_of(matrix)])}')
            return

        opened = self.begin(element, name, matrix, side, here)
        if tag in ('g', 'symbol', 'svg'):
            for child in element:
                self.walk(child, matrix, style, side, in_lens, here)
        elif tag == 'use':
            target, there = self.find(element.get('href') or element.get(HREF), here)
            placed = multiply(matrix, (1, 0, 0, 1, float(element.get('x', 0)), float(element.get('y', 0))))
            self.walk_used(target, placed, style, side, in_lens, there)
        else:
            text = shape_path(element)
            if text is None:
                raise Refused(f'element {tag}')
            self.draw(list(moved(segments_of(text), matrix)), style, matrix, guide)
        if opened:
            self.end()

    def walk_used(self, target, matrix, style, side, in_lens, there):
        """What is used outside defs keeps its ids only in a lens: there a prefix tells them apart."""
        if in_lens or target.get('id') in self.private or there != self.path.name:
            self.walk(target, matrix, style, side, in_lens, there)
            return
        copy = ElementTree.fromstring(ElementTree.tostring(target))
        for element in copy.iter():
            element.attrib.pop('id', None)
        self.walk(copy, matrix, style, side, in_lens, there)

    def take_name(self, name):
        if not name or not re.fullmatch(r'[a-z0-9-]+', name):
            raise Refused(f'id “{name}”')
        if (self.view, name) in self.seen:
            raise Refused(f'{self.view}: id {name} is there twice')
        self.seen.add((self.view, name))

    def begin(self, element, name, matrix, side, here):
        words = []
        clip = element.get('clip-path')
        if clip:
            target, _ = self.find(re.fullmatch(r'url\((.*)\)', clip)[1], here)
            circle = next(iter(target))
            if circle.tag != SVG + 'circle':
                raise Refused('a clip is one circle')
            x, y = apply(matrix, float(circle.get('cx', 0)), float(circle.get('cy', 0)))
            words.append(f'clip={number(x)},{number(y)},{number(float(circle.get("r")) * scale_of(matrix))}')
        for key in ('if', 'also', 'moves'):
            value = element.get(f'data-{key}')
            if key == 'also' and value:
                value = ' '.join(('lens-' if name.startswith('lens-') else '') + (word + side if word.endswith('-') else word)
                                 for word in value.split()) if name else None
            if value:
                if key == 'moves':
                    v = [float(n) for n in value.split()]
                    if len(v) != 4:
                        raise Refused('data-moves wants “dx dy turn scale”')
                    zero = apply(matrix, 0, 0)
                    dx, dy = (b - a for a, b in zip(zero, apply(matrix, v[0], v[1])))
                    turn = v[2] * (-1 if matrix[0] * matrix[3] - matrix[1] * matrix[2] < 0 else 1)
                    value = ','.join(number(n) for n in (dx, dy, turn, v[3]))
                elif not re.fullmatch(r'[a-z0-9 -]+', value):
                    raise Refused(f'data-{key}: {value}')
                words.append(f'{key}={value.replace(" ", ",")}')
        if not name and not words:
            return False
        if name:
            self.take_name(name)
        self.open_bounds.append((len(self.lines), Bounds(), bool(clip)))
        self.lines.append(['(', name or '-', *words])
        if clip:
            for _, bounds, _ in self.open_bounds:
                bounds.add(x - scale_of(matrix) * float(circle.get('r')), y - scale_of(matrix) * float(circle.get('r')))
                bounds.add(x + scale_of(matrix) * float(circle.get('r')), y + scale_of(matrix) * float(circle.get('r')))
        return True

    def end(self):
        index, bounds, _ = self.open_bounds.pop()
        words = self.lines[index]
        if bounds.box is None:
            raise Refused(f'{words[1]} is empty')
        self.lines[index] = ' '.join([*words[:2], 'box=' + bounds.text(), *words[2:]])
        self.lines.append(')')

    def draw(self, segments, style, matrix, guide):
        fill, stroke = self.style.colour(style['fill']), self.style.colour(style['stroke'])
        width = float(style['stroke-width']) * scale_of(matrix)
        grow = width / 2 if stroke and not guide else 0
        for _, bounds, clipped in reversed(self.open_bounds):
            if not clipped:
                bounds.add_segments(segments, grow)
            if clipped or guide:
                break
        if guide:
            return
        opacity = number(float(style['opacity']))
        text = path_text(segments)
        if fill:
            self.lines.append(f'f {fill} {opacity} {text}')
        if stroke:
            dash = style['stroke-dasharray']
            dash = '-' if dash == 'none' else ','.join(number(float(n) * scale_of(matrix)) for n in dash.replace(',', ' ').split())
            self.lines.append(f's {stroke} {opacity} {number(width)} {style["stroke-linecap"]} {style["stroke-linejoin"]} {dash} {text}')
        if not fill and not stroke:
            raise Refused(f'a shape without fill and stroke: {text[:40]}')

    def text(self):
        return '\n'.join([f'holdfast-illustration 1 {numbers(self.size)}', *self.lines, ''])


# ---- What can be asked for -----------------------------------------------------------------------


def preview(style, picture, palette, view, words):
    colours = style.palettes[palette]
    page = {'light': '#fafafb', 'dark': '#222226', 'contrast': '#ffffff', 'contrast-dark': '#000000'}[palette]
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {numbers(picture.size)}">', f'<rect width="100%" height="100%" fill="{page}"/>']
    skip = depth = clips = 0
    for line in picture.lines:
        if line.startswith('('):
            depth += 1
            parts = dict(p.split('=', 1) for p in line.split()[2:])
            name = line.split()[1]
            hidden = ('if' in parts and not set(parts['if'].split(',')) & set(words)) or (name.startswith('view-') and view and name != view)
            if not skip and hidden:
                skip = depth
            clip = ''
            if 'clip' in parts:
                clips += 1
                x, y, r = parts['clip'].split(',')
                out.append(f'<clipPath id="c{clips}"><circle cx="{x}" cy="{y}" r="{r}"/></clipPath>')
                clip = f' clip-path="url(#c{clips})"'
            out.append(f'<g{clip}>')
        elif line.startswith(')'):
            out.append('</g>')
            if skip == depth:
                skip = 0
            depth -= 1
        elif skip:
            continue
        elif line.startswith('f '):
            _, colour, opacity, d = line.split(' ', 3)
            out.append(f'<path fill="{colours[colour]}" opacity="{opacity}" d="{d}"/>')
        elif line.startswith('s '):
            _, colour, opacity, width, cap, join, dash, d = line.split(' ', 7)
            dashes = '' if dash == '-' else f' stroke-dasharray="{dash}"'
            out.append(f'<path fill="none" stroke="{colours[colour]}" opacity="{opacity}" stroke-width="{width}" stroke-linecap="{cap}" stroke-linejoin="{join}"{dashes} d="{d}"/>')
    return '\n'.join([*out, '</svg>', ''])


def main(arguments):
    try:
        if arguments[:1] == ['picture'] and len(arguments) == 4:
            style = Style(arguments[1])
            pathlib.Path(arguments[3]).write_text(Picture(style, arguments[2]).text())
        elif arguments[:1] == ['palettes'] and len(arguments) == 3:
            style = Style(arguments[1])
            lines = [f'{palette} {name} {value}' for palette, colours in style.palettes.items() for name, value in colours.items()]
            pathlib.Path(arguments[2]).write_text('\n'.join(['holdfast-palettes 1', *lines, '']))
        elif arguments[:1] == ['preview'] and len(arguments) >= 4:
            style = Style(arguments[1])
            rest = arguments[4:] + ['light', ''][len(arguments[4:]):]
            pathlib.Path(arguments[3]).write_text(preview(style, Picture(style, arguments[2]), rest[0], rest[1], rest[2:]))
        else:
            print(__doc__)
            return 2
    except Refused as error:
        print(f'{arguments[2]}: {error}', file=sys.stderr)
        return 1
    return 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
