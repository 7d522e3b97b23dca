# SPDX-License-Identifier: GPL-3.0-or-later
"""The host's side of an emulated dual-mode controller: HCI commands over H4, for a Linux host of 2024 and later.

Enough for pairing and for setting up music; no voice links, no Secure Connections, no change of roles.
"""
import asyncio
import struct

from radio import ACCEPT_TIMEOUT, ALREADY_EXISTS, LINK_LOST, Link, Pair, Radio, later

FEATURES = bytes([0xa7, 0x00, 0x00, 0x42, 0x40, 0x00, 0x0b, 0x81])
UNKNOWN_CONNECTION, INVALID, NOT_ALLOWED = 0x02, 0x01, 0x0c
COMMANDS = {}
# Written and never looked at: event masks, time-outs, filters, scan parameters.
PLAIN = {0x0c01, 0x0c05, 0x0c0a, 0x0c12, 0x0c16, 0x0c18, 0x0c1c, 0x0c1e, 0x0c20, 0x0c22, 0x0c26, 0x0c2f, 0x0c33, 0x0c3a,
         0x0c43, 0x0c45, 0x0c47, 0x0c5b, 0x0c63, 0x080f, 0x1802, 0x2001, 0x2010, 0x2011, 0x2012}
# Always the same answer: versions, buffers, supported commands and states, defaults.
READS = {
    0x1001: struct.pack('<BHBHH', 6, 0, 6, 0x05f1, 0),
    0x1002: bytes([0] * 5 + [0x10] + [0] * 58),
    0x1003: FEATURES,
    0x1005: struct.pack('<HBHH', 1021, 64, 8, 0),
    0x080e: b'\0\0',
    0x0c0d: b'\0\0\0\0', 0x0c1b: struct.pack('<HH', 0x800, 0x12), 0x0c23: b'\0\0\0', 0x0c25: b'\x60\0',
    0x0c38: b'\1', 0x0c39: b'\1\x33\x8b\x9e', 0x0c46: b'\0', 0x0c58: b'\0',
    0x2002: struct.pack('<HB', 251, 8), 0x2003: bytes(8), 0x2007: b'\0', 0x200f: b'\x08',
    0x2018: b'\1\2\3\4\5\6\7\x08', 0x201c: b'\xff\xff\xff\xff\xff\x03\0\0',
}


class Controller(Radio):
    """A radio with a host: a guest's kernel at the other end of a serial line."""

    writer = None
    plugged = True

    def online(self):
        return self.writer is not None and self.plugged

    async def serve(self, reader, writer):
        if self.writer:
            writer.close()
            return
        self.writer = writer
        self.reset()
        try:
            while True:
                await self.packet(reader)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        self.writer = None
        self.unplug()

    async def packet(self, reader):
        kind = (await reader.readexactly(1))[0]
        if kind == 1:
            opcode, size = struct.unpack('<HB', await reader.readexactly(3))
            self.command(opcode, await reader.readexactly(size))
        elif kind == 2:
            handle, size = struct.unpack('<HH', await reader.readexactly(4))
            self.acl(handle, await reader.readexactly(size))
        elif kind == 3:
            _handle, size = struct.unpack('<HB', await reader.readexactly(3))
            await reader.readexactly(size)

    def unplug(self):
        """Nothing more for the host until it resets the controller; the others notice that the links are dead."""
        self.plugged = False
        self.reset()
        for link in list(self.links.values()):
            self.links.pop(link.handle)
            later(self.air.times['supervision'], link.drop, {link.peer(self): LINK_LOST})

    def send(self, data):
        if self.online():
            self.writer.write(data)

    def event(self, code, data):
        self.air.log.append(f'{self.name} > {code:02x} {data[:40].hex()}')
        self.send(bytes([4, code, len(data)]) + data)

    def complete(self, opcode, data=b'\0'):
        self.event(0x0e, struct.pack('<BH', 1, opcode) + data)

    def status(self, opcode, status=0):
        self.event(0x0f, struct.pack('<BBH', status, 1, opcode))

    def acl(self, word, data):
        handle, boundary = word & 0xfff, (word >> 12) & 3
        link = self.links.get(handle)
        self.event(0x13, struct.pack('<BHH', 1, handle, 1))
        if link and self.alive and link.peer(self).alive:
            # A host sends 'first, not flushable'; a controller delivers 'first, flushable'.
            word = handle | ((2 if boundary == 0 else boundary) << 12)
            link.peer(self).send(b'\2' + struct.pack('<HH', word, len(data)) + data)

    def command(self, opcode, p):
        self.air.log.append(f'{self.name} < {opcode:04x} {p[:40].hex()}')
        if opcode in COMMANDS:
            COMMANDS[opcode](self, opcode, p)
        elif opcode in READS:
            self.complete(opcode, b'\0' + READS[opcode])
        elif opcode in PLAIN:
            self.complete(opcode)
        else:
            self.air.log.append(f'{self.name} ! unknown {opcode:04x}')
            self.complete(opcode, bytes([INVALID]))

    def features(self, page):
        if page == 0:
            return FEATURES
        return bytes([int(bool(self.simple_pairing())) | self.le_host << 1 if page == 1 else 0] + [0] * 7)


def command(*opcodes):
    def decorate(function):
        for opcode in opcodes:
            COMMANDS[opcode] = function
        return function
    return decorate


def stores(opcode, attribute, pick):
    """A command that only sets something."""
    def run(n, op, p):
        setattr(n, attribute, pick(p))
        n.complete(op)
    COMMANDS[opcode] = run


def tells(opcode, pick):
    """A command that only reads something."""
    COMMANDS[opcode] = lambda n, op, _p: n.complete(op, b'\0' + pick(n))


stores(0x0c13, 'local_name', lambda p: p)
stores(0x0c1a, 'scan', lambda p: p[0])
stores(0x0c24, 'device_class', lambda p: p)
stores(0x0c52, 'eir', lambda p: p[1:241])
stores(0x0c56, 'ssp', lambda p: p[0])
stores(0x0c6d, 'le_host', lambda p: p[0])
stores(0x2005, 'random_address', lambda p: p)
stores(0x2006, 'adv_param', lambda p: p)
stores(0x2008, 'adv_data', lambda p: p[1:1 + p[0]])
stores(0x2009, 'rsp_data', lambda p: p[1:1 + p[0]])
stores(0x200a, 'advertising', lambda p: bool(p[0]))
stores(0x200b, 'le_active', lambda p: p[0])
tells(0x1009, lambda n: n.address)
tells(0x0c14, lambda n: n.local_name)
tells(0x0c19, lambda n: bytes([n.scan]))
tells(0x0c55, lambda n: bytes([n.ssp]))


@command(0x0c03)
def _reset(n, op, _p):
    for link in list(n.links.values()):
        link.drop({link.peer(n): LINK_LOST})
    n.reset()
    n.plugged = True
    n.complete(op)


@command(0x1004)
def _local_features(n, op, p):
    n.complete(op, bytes([0, p[0], 1]) + (FEATURES if p[0] == 0 else bytes([n.ssp | n.le_host << 1 if p[0] == 1 else 0] + [0] * 7)))


@command(0x0401)
def _inquiry(n, op, p):
    n.status(op)
    end = asyncio.get_running_loop().time() + p[3] * 1.28
    n.inquiry = later(n.air.times['inquiry'], n.inquire, end, set())


@command(0x0402)
def _inquiry_cancel(n, op, _p):
    if n.inquiry:
        n.inquiry.cancel()
        n.inquiry = None
    n.complete(op)


@command(0x0419)
def _name_request(n, op, p):
    address = p[:6]
    n.status(op)

    def done(status):
        n.name_request = None
        other = n.air.by_address(address)
        name = other.heard_name() if other and not status else b''
        n.event(0x07, bytes([status]) + address + name[:248].ljust(248, b'\0'))
    n.name_request = n.page(address, done)


@command(0x041a)
def _name_cancel(n, op, p):
    pending = n.name_request
    n.complete(op, bytes([0 if pending else NOT_ALLOWED]) + p[:6])
    if pending:
        pending.cancel()
        n.name_request = None
        n.event(0x07, bytes([UNKNOWN_CONNECTION]) + p[:6] + bytes(248))


def connected(n, status, handle, address):
    n.event(0x03, struct.pack('<BH', status, handle) + address + b'\1\0')


def stop_paging(n, address):
    """Ends a page of this address without a word; says whether there was one."""
    if not n.paging or n.paged != address:
        return False
    n.paging.cancel()
    n.paging = n.paged = None
    return True


@command(0x0405)
def _create(n, op, p):
    address = p[:6]
    if n.link_to(address):
        n.status(op, ALREADY_EXISTS)
        return
    n.status(op)

    def paged(status):
        other = n.air.by_address(address)
        if status or not n.hears(other):
            n.paging = n.paged = None
            connected(n, status or 0x04, 0, address)
            return
        # The other host now accepts, rejects, or says nothing.
        other.event(0x04, n.address + n.heard_class() + b'\1')
        n.paging = later(n.air.times['page'], unanswered)

    def unanswered():
        n.paging = n.paged = None
        connected(n, ACCEPT_TIMEOUT, 0, address)
    n.paging, n.paged = n.page(address, paged), address


@command(0x0408)
def _create_cancel(n, op, p):
    pending = stop_paging(n, p[:6])
    n.complete(op, bytes([0 if pending else UNKNOWN_CONNECTION]) + p[:6])
    if pending:
        connected(n, UNKNOWN_CONNECTION, 0, p[:6])


@command(0x0409)
def _accept(n, op, p):
    caller = n.air.by_address(p[:6])
    if caller is None or not stop_paging(caller, n.address):
        # The caller gave up in between.
        n.status(op)
        connected(n, ACCEPT_TIMEOUT, 0, p[:6])
        return
    n.status(op)
    # Two that page each other get one link, not two.
    stop_paging(n, caller.address)
    link = Link(caller, n)
    connected(n, 0, link.handle, caller.address)
    connected(caller, 0, link.handle, n.address)


@command(0x040a)
def _reject(n, op, p):
    n.status(op)
    caller = n.air.by_address(p[:6])
    connected(n, p[6], 0, p[:6])
    if caller and stop_paging(caller, n.address):
        connected(caller, p[6], 0, n.address)


@command(0x0406)
def _disconnect(n, op, p):
    handle, reason = struct.unpack('<HB', p)
    link = n.links.get(handle)
    n.status(op, 0 if link else UNKNOWN_CONNECTION)
    if link:
        link.drop({n: 0x16, link.peer(n): reason})


def linked(function):
    """A status, then function(controller, link, parameters), for commands that begin with a handle."""
    def run(n, op, p):
        link = n.links.get(struct.unpack('<H', p[:2])[0])
        n.status(op, 0 if link else UNKNOWN_CONNECTION)
        if link and link.peer(n).alive and n.alive:
            function(n, link, p)
    return run


@command(0x041b)
@linked
def _remote_features(n, k, _p):
    n.event(0x0b, struct.pack('<BH', 0, k.handle) + FEATURES)


@command(0x041c)
@linked
def _remote_extended_features(n, k, p):
    n.event(0x23, struct.pack('<BHBB', 0, k.handle, p[2], 1) + k.peer(n).features(p[2]))


@command(0x041d)
@linked
def _remote_version(n, k, _p):
    n.event(0x0c, struct.pack('<BHBHH', 0, k.handle, 6, 0x05f1, 0))


@command(0x041f)
@linked
def _clock_offset(n, k, _p):
    n.event(0x1c, struct.pack('<BHH', 0, k.handle, 0))


@command(0x040f)
@linked
def _packet_type(n, k, p):
    n.event(0x1d, struct.pack('<BH', 0, k.handle) + p[2:4])


@command(0x0411)
@linked
def _authenticate(n, k, _p):
    forced = n.forced.pop('auth', None)
    if forced is not None:
        n.event(0x06, struct.pack('<BH', forced, k.handle))
    elif k.pair:
        # Both at once: LMP Error Transaction Collision, the host tries again.
        n.event(0x06, struct.pack('<BH', 0x23, k.handle))
    else:
        k.pair = Pair(k, n)


@command(0x0413)
@linked
def _encrypt(n, k, p):
    status = n.forced.pop('encrypt', 0)
    for each in (n, k.peer(n)):
        each.event(0x08, struct.pack('<BHB', status, k.handle, 0 if status else p[2]))


@command(0x0803, 0x0804)
@linked
def _sniff(n, k, _p):
    for each in (n, k.peer(n)):
        each.event(0x14, struct.pack('<BHBH', 0, k.handle, 0, 0))


def pairing(opcode, function):
    """An answer of the host in an authentication; too late is no error, the other side may just have left."""
    def run(n, op, p):
        n.complete(op, b'\0' + p[:6])
        link = n.link_to(p[:6])
        if link and link.pair and n.alive and link.peer(n).alive:
            function(link.pair, n, p[6:])
    COMMANDS[opcode] = run


pairing(0x040b, lambda k, n, p: k.link_key(n, p[:16]))
pairing(0x040c, lambda k, n, p: k.link_key(n, None))
pairing(0x040d, lambda k, n, p: k.pin_code(n, p[1:1 + p[0]]))
pairing(0x040e, lambda k, n, p: k.pin_code(n, None))
pairing(0x042b, lambda k, n, p: k.io_capability(n, p[:3]))
pairing(0x0434, lambda k, n, p: k.io_refused(n, p[0]))
pairing(0x042c, lambda k, n, p: k.confirm(n, True))
pairing(0x042d, lambda k, n, p: k.confirm(n, False))


@command(0x080d, 0x080c, 0x0c37, 0x0c28)
def _for_handle(n, op, p):
    n.complete(op, b'\0' + p[:2])


@command(0x1405, 0x0c2d)
def _rssi(n, op, p):
    n.complete(op, b'\0' + p[:2] + struct.pack('b', 0))


@command(0x1408)
def _key_size(n, op, p):
    n.complete(op, b'\0' + p[:2] + b'\x10')


@command(0x0809)
def _role(n, op, p):
    link = n.links.get(struct.unpack('<H', p[:2])[0])
    n.complete(op, b'\0' + p[:2] + bytes([0 if link and link.a is n else 1]))


@command(0x080b)
def _switch(n, op, _p):
    n.status(op, 0x21)


# --- LE, legacy advertising


@command(0x200c)
def _le_scan(n, op, p):
    if n.le_scanning:
        n.le_scanning.cancel()
        n.le_scanning = None
    n.complete(op)
    if p[0]:
        n.le_no_duplicates = p[1]
        n.le_scanning = later(0.1, n.scan_le, set())


@command(0x200d)
def _le_create(n, op, p):
    n.status(op)
    n.le_target = (p[5], p[6:12])
    n.le_connect()


@command(0x200e)
def _le_cancel(n, op, _p):
    if not n.le_target:
        n.complete(op, bytes([NOT_ALLOWED]))
        return
    kind, address = n.le_target
    n.le_target = None
    n.complete(op)
    n.event(0x3e, struct.pack('<BBHBB', 1, UNKNOWN_CONNECTION, 0, 0, kind) + address + bytes(7))


@command(0x2013)
@linked
def _le_update(n, k, p):
    for each in (n, k.peer(n)):
        each.event(0x3e, struct.pack('<BBH', 3, 0, k.handle) + p[4:10])


@command(0x2016)
@linked
def _le_features(n, k, _p):
    n.event(0x3e, struct.pack('<BBH', 4, 0, k.handle) + bytes(8))


@command(0x2019)
@linked
def _le_encrypt(n, k, p):
    k.ltk = p[12:28]
    k.peer(n).event(0x3e, struct.pack('<BH', 5, k.handle) + p[2:12])


@command(0x201a)
def _le_key(n, op, p):
    n.complete(op, b'\0' + p[:2])
    link = n.links.get(struct.unpack('<H', p[:2])[0])
    if link:
        status = 0 if link.ltk == p[2:18] else 0x06
        for each in (link.a, link.b):
            each.event(0x08, struct.pack('<BHB', status, link.handle, 0 if status else 1))


@command(0x201b)
def _le_no_key(n, op, p):
    n.complete(op, b'\0' + p[:2])
    link = n.links.get(struct.unpack('<H', p[:2])[0])
    if link:
        link.a.event(0x08, struct.pack('<BHB', 0x06, link.handle, 0))
