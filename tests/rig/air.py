#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""air.py RUN [NAME=ADDRESS]... - the air of the rig: one emulated controller a guest, all within earshot.

Listens on RUN/hci.NAME (H4, QEMU connects) and RUN/air.ctl. A line there is a command, answered by one line:
  vanish NAME | return NAME        the radio is dead (links end by the supervision time-out), or alive again
  unplug NAME                      the controller is gone until its host resets it
  name NAME TEXT                   the name heard on the air (percent-encoded), whatever bluetoothd wrote
  class NAME 0xHEX                 the class heard in inquiry, likewise
  legacy NAME on|off               a set from before 2.1: no EIR, no simple pairing, a PIN
  rssi NAME DBM                    how strong it is received
  next NAME page|auth|encrypt 0xHEX  the next of these that NAME starts ends with this HCI status
  set supervision|page|lmp|inquiry SECONDS
  neighbour on NAME ADDRESS 0xCLASS RSSI | neighbour off ADDRESS
  crowd N                          N devices that can be seen
  twin on NAME ADDRESS [TEXT] | twin off ADDRESS   the LE face of NAME
  clear                            all of this as at the start
  part                             links end now, as if the other side had ended them
  radio NAME                       what NAME's radio is doing, as key=value
  links | log | unknown            links that stand / the last HCI commands and events / commands not understood
Needs nothing but Python, and no Bluetooth in the host's kernel.
"""
import asyncio
import os
import sys
import urllib.parse

from hci import Controller
from radio import DEFAULTS, ENDED_BY_OTHER, Air, Ghost, Twin, crowd

GUESTS = ['pc=00:1B:DC:00:00:01', 'headset=38:18:4C:00:00:42']


def text(word):
    return urllib.parse.unquote_to_bytes('' if word == '%' else word)


def yes(value):
    return 'yes' if value else 'no'


def vanish(air, name):
    air.radios[name].alive = False
    air.radios[name].lose_links()


def part(air):
    for link in list(air.links()):
        link.drop({link.a: ENDED_BY_OTHER, link.b: ENDED_BY_OTHER})


def set_time(air, key, seconds):
    if key not in DEFAULTS:
        raise ValueError(f'no time is called {key}')
    air.times[key] = float(seconds)


def force(air, name, event, status):
    if event not in ('page', 'auth', 'encrypt'):
        raise ValueError(f'no event is called {event}')
    air.radios[name].forced[event] = int(status, 0)


def neighbour(air, switch, *words):
    if switch == 'on':
        name, address, device_class, rssi = words
        air.ghosts[address.upper()] = Ghost(text(name), address, int(device_class, 0), int(rssi))
    else:
        air.ghosts.pop(words[0].upper(), None)


def set_crowd(air, count):
    air.crowd[:] = crowd(int(count))


def twin(air, switch, *words):
    if switch == 'on':
        name, address, *label = words
        air.twins[address.upper()] = Twin(air.radios[name], text(label[0]) if label else None, address)
    else:
        air.twins.pop(words[0].upper(), None)


def radio(air, name):
    r = air.radios[name]
    return (f'alive={yes(r.alive)} plugged={yes(r.online())} discoverable={yes(r.scan & 1)} connectable={yes(r.scan & 2)} '
            f'inquiry={yes(r.inquiry)} le-scan={yes(r.le_scanning and r.le_active)} paging={yes(r.paging)}')


def links(air):
    return ' '.join(f'{k.a.name}-{k.b.name}{"/le" if k.le else ""}' for k in air.links()) or 'none'


VERBS = {
    'vanish': vanish,
    'return': lambda air, name: setattr(air.radios[name], 'alive', True),
    'unplug': lambda air, name: air.radios[name].unplug(),
    'name': lambda air, name, word: setattr(air.radios[name], 'air_name', text(word)[:248]),
    'class': lambda air, name, value: setattr(air.radios[name], 'air_class', int(value, 0).to_bytes(3, 'little')),
    'legacy': lambda air, name, switch: setattr(air.radios[name], 'legacy', switch == 'on'),
    'rssi': lambda air, name, dbm: setattr(air.radios[name], 'rssi', max(-127, min(20, int(dbm)))),
    'next': force,
    'set': set_time,
    'neighbour': neighbour,
    'crowd': set_crowd,
    'twin': twin,
    'part': part,
    'clear': lambda air: air.clear(),
    'radio': radio,
    'links': links,
    'log': lambda air: ' | '.join(air.log),
    'unknown': lambda air: ' '.join(sorted({line.split()[-1] for line in air.log if ' ! ' in line})) or 'none',
}


async def control(air, reader, writer):
    while words := (await reader.readline()).decode(errors='replace').split():
        try:
            answer = VERBS[words[0]](air, *words[1:])
            answer = answer if isinstance(answer, str) else 'ok'
        except (KeyError, TypeError, ValueError, OverflowError) as error:
            answer = f'error {error!r}'
        writer.write(answer.encode() + b'\n')
        await writer.drain()
    writer.close()


async def main():
    run, air = sys.argv[1], Air()
    for word in sys.argv[2:] or GUESTS:
        name, address = word.split('=')
        air.radios[name] = Controller(air, name, address)
        await asyncio.start_unix_server(air.radios[name].serve, os.path.join(run, f'hci.{name}'))
    server = await asyncio.start_unix_server(lambda r, w: control(air, r, w), os.path.join(run, 'air.ctl'))
    print('air ready', flush=True)
    await server.serve_forever()


if __name__ == '__main__':
    asyncio.run(main())
