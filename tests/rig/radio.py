# SPDX-License-Identifier: GPL-3.0-or-later
"""What happens between the emulated controllers: links, authentications, and devices that are only seen.

An Air holds Radios (one a guest, driven by hci.py), Ghosts (devices which answer inquiry and nothing else) and
Twins (LE advertisers). Statuses and times are those of the Bluetooth Core Specification.
"""
import asyncio
import collections
import random
import struct

DEFAULTS = {'supervision': 3.0, 'page': 5.12, 'lmp': 30.0, 'inquiry': 0.6}
TICK = 0.3                # s between two looks for devices that answer an inquiry
CROWD_A_TICK = 60         # the emulated serial line and bluetoothd are not drowned
AUDIO_MAJOR = 0x04
PAGE_TIMEOUT, AUTH_FAILURE, KEY_MISSING, LINK_LOST, ALREADY_EXISTS, ENDED_BY_OTHER = 0x04, 0x05, 0x06, 0x08, 0x0b, 0x13
ACCEPT_TIMEOUT, PAIRING_NOT_ALLOWED, LMP_TIMEOUT = 0x10, 0x18, 0x22


def later(seconds, function, *args):
    return asyncio.get_running_loop().call_later(seconds, function, *args)


def parse_address(text):
    """Bytes in the order of HCI: the last one first."""
    address = bytes.fromhex(text.replace(':', ''))
    if len(address) != 6:
        raise ValueError(f'{text} is not an address')
    return address[::-1]


def ad(kind, data):
    """One field of EIR or advertising data."""
    return bytes([len(data) + 1, kind]) + data


def ad_name(name, room):
    """A name field: complete where it fits into `room` bytes, shortened where not."""
    return ad(0x09, name) if len(name) + 2 <= room else ad(0x08, name[:room - 2])


def ad_fields(data):
    """Splits EIR data into (kind, bytes)."""
    while data and data[0]:
        yield data[1], data[2:1 + data[0]]
        data = data[1 + data[0]:]


class Air:
    def __init__(self):
        self.times = dict(DEFAULTS)
        self.radios, self.ghosts, self.crowd, self.twins = {}, {}, [], {}
        self.log = collections.deque(maxlen=400)

    def clear(self):
        """As at the start, except for what the guests' own kernels wrote into their controllers."""
        self.times = dict(DEFAULTS)
        self.ghosts.clear()
        self.crowd.clear()
        self.twins.clear()
        for radio in self.radios.values():
            radio.clear()

    def by_address(self, address):
        return next((r for r in self.radios.values() if r.address == address), None)

    def links(self):
        return [k for r in self.radios.values() for k in r.links.values() if k.a is r]


class Ghost:
    """A device in pairing mode that can be seen and not reached."""

    def __init__(self, name, address, device_class, rssi):
        self.address, self.rssi, self.legacy = parse_address(address), rssi, False
        self.device_class = device_class.to_bytes(3, 'little')
        eir = b''
        if (device_class >> 8) & 0x1f == AUDIO_MAJOR:
            eir = ad(0x03, struct.pack('<3H', 0x110b, 0x110c, 0x111e))
        self.eir = (eir + ad_name(name, 240 - len(eir))).ljust(240, b'\0')

    def heard_eir(self):
        return self.eir


def crowd(count):
    for n in range(count):
        address = '02:00:00:' + ':'.join(f'{b:02x}' for b in n.to_bytes(3, 'big'))
        yield Ghost(f'crowd-{n}'.encode(), address, (0x5a020c, 0x002540)[n % 2], -60 - n % 35)


class Twin:
    """The LE face of a headset: always there, with Fast Pair's model id only while the headset is in pairing mode."""

    def __init__(self, owner, name, address):
        self.owner, self.name, self.address = owner, name, parse_address(address)

    def name_now(self):
        return self.name if self.name is not None else b'LE_' + self.owner.heard_name()

    def data(self):
        if self.owner.scan & 1:
            return ad(0x01, b'\x02') + ad(0x16, b'\x2c\xfe\x01\xee\xb4')
        # An account key filter: 'I am on, and those I know may recognise me.'
        return ad(0x01, b'\x00') + ad(0x16, b'\x2c\xfe\x00\x40\xa1\xb2\xc3\xd4\x11\x5c')

    def response(self):
        return ad_name(self.name_now(), 31)


class Link:
    count = 0

    def __init__(self, a, b, le=False):
        Link.count += 1
        # Handles differ from link to link, so that a late command for a dead link finds nothing.
        self.a, self.b, self.le, self.handle = a, b, le, 0x40 + Link.count % 0x800
        self.pair, self.ltk = None, None
        for radio in (a, b):
            radio.links[self.handle] = self

    def peer(self, radio):
        return self.b if radio is self.a else self.a

    def drop(self, reasons):
        """reasons: {radio: reason}; a radio that is not named hears nothing."""
        if self.pair:
            self.pair.abandon()
        for radio in (self.a, self.b):
            if radio.links.pop(self.handle, None) and radio in reasons:
                radio.event(0x05, struct.pack('<BHB', 0, self.handle, reasons[radio]))


class Pair:
    """One authentication on a link, from its initiator's Authentication Requested on."""

    def __init__(self, link, initiator):
        self.link, self.initiator, self.responder = link, initiator, link.peer(initiator)
        self.key, self.io, self.pin, self.confirmed, self.done = {}, {}, {}, {}, False
        self.timer = later(initiator.air.times['lmp'], self.end, LMP_TIMEOUT)
        initiator.event(0x17, self.responder.address)

    def abandon(self):
        self.done = True
        self.timer.cancel()
        self.link.pair = None

    def end(self, status, simple=False):
        if self.done:
            return
        self.abandon()
        both = (self.initiator, self.responder)
        if simple or self.io:
            for radio in both:
                if self.link.handle in radio.links:
                    radio.event(0x36, bytes([status]) + self.link.peer(radio).address)
        if status == 0 and not self.key:
            key = random.randbytes(16)
            for radio in both:
                radio.event(0x18, self.link.peer(radio).address + key + bytes([self.key_type()]))
        if self.link.handle in self.initiator.links:
            self.initiator.event(0x06, struct.pack('<BH', status, self.link.handle))

    def key_type(self):
        """Combination, unauthenticated or authenticated, after what both can show and ask for."""
        if not self.io:
            return 0x00
        mine, theirs = self.io[self.initiator], self.io[self.responder]
        just_works = 3 in (mine[0], theirs[0]) or not (mine[2] | theirs[2]) & 1
        return 0x04 if just_works else 0x05

    def link_key(self, radio, key):
        if radio is self.initiator and key is None:
            self.key.clear()
            simple = self.initiator.simple_pairing() and self.responder.simple_pairing()
            self.initiator.event(0x31 if simple else 0x16, self.responder.address)
        elif radio is self.initiator:
            self.key[radio] = key
            self.responder.event(0x17, self.initiator.address)
        elif key is None:
            self.end(KEY_MISSING)
        else:
            self.key[radio] = key
            self.end(0 if self.key.get(self.initiator) == key else AUTH_FAILURE)

    def io_capability(self, radio, value):
        self.io[radio] = value
        self.link.peer(radio).event(0x32, radio.address + bytes(value))
        if radio is self.initiator:
            self.responder.event(0x31, self.initiator.address)
        else:
            number = struct.pack('<I', random.randrange(1000000))
            for each in (self.initiator, self.responder):
                each.event(0x33, self.link.peer(each).address + number)

    def io_refused(self, _radio, reason):
        self.end(reason, True)

    def confirm(self, radio, yes):
        self.confirmed[radio] = yes
        if not yes:
            self.end(AUTH_FAILURE)
        elif len(self.confirmed) == 2:
            self.end(0)

    def pin_code(self, radio, pin):
        if pin is None:
            self.end(KEY_MISSING if radio is self.initiator else PAIRING_NOT_ALLOWED)
            return
        self.pin[radio] = pin
        if radio is self.initiator:
            self.responder.event(0x16, self.initiator.address)
        else:
            self.end(0 if pin == self.pin.get(self.initiator) else AUTH_FAILURE)


class Radio:
    """A controller's radio; hci.Controller adds the host's side."""

    def __init__(self, air, name, address):
        self.air, self.name, self.address = air, name, parse_address(address)
        self.links = {}
        self.clear()
        self.reset()

    def clear(self):
        """What a test has set."""
        self.alive, self.legacy, self.rssi, self.forced = True, False, -50, {}
        self.air_class = self.air_name = None

    def reset(self):
        """What the host has set: HCI Reset."""
        for task in ('inquiry', 'name_request', 'paging', 'le_scanning'):
            if getattr(self, task, None):
                getattr(self, task).cancel()
            setattr(self, task, None)
        self.paged = None
        self.local_name, self.device_class, self.eir = bytes(248), bytes(3), bytes(240)
        self.scan = self.ssp = self.le_host = 0
        self.advertising, self.adv_param, self.adv_data, self.rsp_data = False, bytes(15), b'', b''
        self.random_address, self.le_active, self.le_no_duplicates, self.le_target = bytes(6), 1, 1, None

    def simple_pairing(self):
        return self.ssp and not self.legacy

    def heard_name(self):
        return self.air_name if self.air_name is not None else self.local_name.split(b'\0')[0]

    def heard_class(self):
        return self.air_class or self.device_class

    def heard_eir(self):
        if self.air_name is None:
            return self.eir
        rest = b''.join(ad(kind, data) for kind, data in ad_fields(self.eir) if kind not in (0x08, 0x09))
        return (rest + ad_name(self.air_name, 240 - len(rest))).ljust(240, b'\0')

    def hears(self, other):
        return other is not None and self.alive and other.alive and other.online()

    def lose_links(self):
        """The radio died: both sides notice after the supervision time-out."""
        for link in list(self.links.values()):
            later(self.air.times['supervision'], self.lost, link)

    def lost(self, link):
        # The radio may be back by then: the link lives on, as it does after a short shadow.
        if link.handle in self.links and not (self.alive and link.peer(self).alive):
            link.drop({link.peer(self): LINK_LOST, self: LINK_LOST})

    def link_to(self, address, le=False):
        return next((k for k in self.links.values() if k.peer(self).address == address and k.le == le), None)

    # --- classic

    def report(self, device, device_class):
        rssi = struct.pack('b', device.rssi)
        head = b'\1' + device.address + b'\1\0' + device_class + b'\0\0' + rssi
        if device.legacy:
            self.event(0x22, head)
        else:
            self.event(0x2f, head + device.heard_eir())

    def inquire(self, end, told):
        for other in self.air.radios.values():
            if other is not self and other not in told and self.hears(other) and other.scan & 1:
                told.add(other)
                self.report(other, other.heard_class())
        for ghost in self.air.ghosts.values():
            if self.alive and ghost not in told:
                told.add(ghost)
                self.report(ghost, ghost.device_class)
        fresh = [g for g in self.air.crowd if g not in told][:CROWD_A_TICK] if self.alive else []
        for ghost in fresh:
            told.add(ghost)
            self.report(ghost, ghost.device_class)
        if asyncio.get_running_loop().time() >= end:
            self.inquiry = None
            self.event(0x01, b'\0')
        else:
            self.inquiry = later(TICK, self.inquire, end, told)

    def page(self, address, answered):
        """answered(status) once the page is answered, or not."""
        other = self.air.by_address(address)
        forced = self.forced.pop('page', None)
        if forced is not None:
            return later(0.1, answered, forced)
        reached = self.link_to(address) or self.hears(other) and other.scan & 2
        return later(0.05 if reached else self.air.times['page'], answered, 0 if reached else PAGE_TIMEOUT)

    # --- LE, legacy advertising

    def adverts(self):
        """(kind, address type, address, data, response, rssi) of all that can be heard."""
        for other in self.air.radios.values():
            if other is not self and other.advertising and self.hears(other):
                own = other.adv_param[5] & 1
                yield other.adv_param[4], own, other.random_address if own else other.address, other.adv_data, other.rsp_data, other.rssi
        for twin in self.air.twins.values():
            if twin.owner is not self and self.hears(twin.owner):
                yield 0, 1, twin.address, twin.data(), twin.response(), twin.owner.rssi

    def scan_le(self, told):
        for kind, own, address, data, response, rssi in self.adverts():
            for event, payload in ((kind, data), (4, response)):
                if event == 4 and not (self.le_active and kind in (0, 2)):
                    continue
                if self.le_no_duplicates and (address, event, payload) in told:
                    continue
                told.add((address, event, payload))
                self.event(0x3e, bytes([2, 1, event, own]) + address + bytes([len(payload)]) + payload + struct.pack('b', rssi))
        self.le_scanning = later(0.25, self.scan_le, told)

    def le_connect(self):
        """Twins are not among those that can be reached: only a guest has a host to answer."""
        if not self.le_target:
            return
        kind, address = self.le_target
        for other in self.air.radios.values():
            own = other.adv_param[5] & 1
            theirs = other.random_address if own else other.address
            if other is self or not other.advertising or other.adv_param[4] != 0 or not self.hears(other):
                continue
            if theirs == address and own == kind & 1:
                link = Link(self, other, True)
                self.le_target, other.advertising = None, False
                for radio, role, peer_kind, peer in ((self, 0, kind, address), (other, 1, 0, self.address)):
                    radio.event(0x3e, struct.pack('<BBHBB', 1, 0, link.handle, role, peer_kind) + peer + struct.pack('<HHHB', 24, 0, 42, 0))
                return
        later(0.2, self.le_connect)
