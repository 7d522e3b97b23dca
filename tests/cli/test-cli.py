#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""holdfastctl as its users meet it: at a terminal, in a pipe, in a script. Prints TAP.

test-cli.py HOLDFASTCTL   runs every case; cases that wait for a hold run side by side.
"""
import concurrent.futures
import json
import os
import pty
import select
import signal
import subprocess
import sys
import tempfile
import time

CTL = sys.argv[1]
END_OF_INPUT = '\x04'  # Ctrl-D on an empty line
DEADLINE = 90  # seconds for one command, sanitizers and a busy machine included
CASES = []


def case(fn):
    CASES.append(fn)
    return fn


def run(*words, env=None, seconds=DEADLINE, stdin=subprocess.DEVNULL):
    """Runs the command to its end; returns (status, output, errors)."""
    done = subprocess.run([CTL, *words], stdin=stdin, capture_output=True, text=True, timeout=seconds,
                          env={**os.environ, **(env or {})})
    if 'Sanitizer' in done.stderr or done.returncode < 0:
        raise AssertionError(f'{words}: {done.returncode}\n{done.stderr[-3000:]}')
    return done.returncode, done.stdout, done.stderr


def expect(what, got, wanted):
    if got != wanted:
        raise AssertionError(f'{what}: {got!r}, expected {wanted!r}')


def expect_in(what, part, whole):
    if part not in whole:
        raise AssertionError(f'{what}: {part!r} is not in {whole!r}')


def pair_json(*words, model='WH-1000XM4', status=0):
    """Runs an unattended simulated pairing; returns its states and its events."""
    got, out, err = run('pair', model, '--json', '--lead-in=0', *words)
    events = [json.loads(line) for line in out.splitlines()]
    states = [e['state'] for e in events]
    if got != status:
        raise AssertionError(f'{words}: exit {got}, expected {status}; states {states}; {err}')
    return states, events


class Person:
    """Somebody at a terminal: reads the screen and types."""

    def __init__(self, *words, env=None):
        self.seen = ''
        self.read_to = 0
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.environ.update(env or {})
            os.environ['TERM'] = 'xterm'
            os.execv(CTL, [CTL, *words])

    def read_until(self, text, seconds=DEADLINE):
        end = time.monotonic() + seconds
        while text not in self.seen[self.read_to:]:
            left = end - time.monotonic()
            if left <= 0:
                raise AssertionError(f'waited {seconds} s for {text!r}; the screen: {self.seen[-1500:]}')
            ready, _, _ = select.select([self.fd], [], [], left)
            if not ready:
                continue
            try:
                data = os.read(self.fd, 4096)
            except OSError:
                data = b''
            if not data:
                raise AssertionError(f'the program ended before {text!r}; the screen: {self.seen[-1500:]}')
            self.seen += data.decode(errors='replace')
        self.read_to = self.seen.index(text, self.read_to) + len(text)

    def type(self, text):
        os.write(self.fd, text.encode())

    def status(self, seconds=DEADLINE):
        """Reads to the end and returns the exit status."""
        end = time.monotonic() + seconds
        while True:
            ready, _, _ = select.select([self.fd], [], [], max(0, end - time.monotonic()))
            if not ready:
                os.kill(self.pid, signal.SIGKILL)
                raise AssertionError(f'waited {seconds} s for the end; the screen: {self.seen[-1500:]}')
            try:
                data = os.read(self.fd, 4096)
            except OSError:
                data = b''
            if not data:
                break
            self.seen += data.decode(errors='replace')
        os.close(self.fd)
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])


# --- lists and facts

@case
def list_json():
    status, out, _ = run('list', '--json')
    models = json.loads(out)
    expect('status', status, 0)
    expect('models', len(models), 46)
    expect('ids are unique', len({m['id'] for m in models}), 46)
    for m in models:
        for key in ('id', 'name', 'form', 'radio', 'gate', 'ways', 'other_names', 'bluetooth_names', 'guide'):
            expect_in(m['id'], key, m)
        if m['radio'] == 'classic':
            assert m['gate'] != 'no-bluetooth', m
        else:
            expect(m['id'] + ' ways', m['ways'], 0)


@case
def list_words():
    _, out, _ = run('list')
    expect('lines', len(out.splitlines()), 46)
    expect_in('list', 'WH-1000XM4', out)


@case
def show_xm4():
    status, out, _ = run('show', 'xm4 headphones')
    if status == 2:
        status, out, _ = run('show', 'WH-1000XM4')
    expect('status', status, 0)
    expect_in('HOLD', '7 seconds', out)
    expect_in('evidence', 'Sony says', out)


@case
def show_without_bluetooth():
    for model in ('INZONE H3', 'INZONE H5', 'INZONE Buds'):
        status, out, _ = run('show', model)
        expect(model, status, 0)
        assert 'Hold' not in out, out
        status, out, _ = run('pair', model)
        assert status >= 10, (model, status)
        assert out.strip(), model


@case
def unknown_model():
    status, _, err = run('show', 'WH-9999')
    expect('status', status, 2)
    expect_in('sentence', 'WH-9999', err)
    status, _, err = run('show', b'\xff\xfe<b>&'.decode(errors='surrogateescape'))
    expect('status', status, 2)


@case
def usage():
    expect('no command', run()[0], 2)
    expect('unknown command', run('frobnicate')[0], 2)
    expect('help', run('--help')[0], 0)
    expect('version', run('--version')[0], 0)
    expect('unknown option', run('list', '--frobnicate')[0], 2)
    expect('unknown fault', run('pair', 'WH-1000XM4', '--simulate=nonsense')[0], 2)
    expect('two models', run('pair', 'WH-1000XM4', 'WH-1000XM5')[0], 2)
    expect('no model', run('pair', '--json')[0], 2)


@case
def check_files():
    status, out, _ = run('check')
    expect('built-in', status, 0)
    expect_in('count', '46', out)
    with tempfile.TemporaryDirectory() as folder:
        bad = os.path.join(folder, 'mine.headset')
        with open(bad, 'w') as f:
            f.write('[headset]\nsource=article\nname=Mine\nfrobnicate=1\n')
        status, _, err = run('check', bad)
        expect('bad', status, 1)
        expect_in('names the file', 'mine.headset', err)
        expect_in('names the key', 'frobnicate', err)
        with open(bad, 'wb') as f:
            f.write(bytes(range(256)) * 64)
        status, _, err = run('check', bad)
        expect('binary', status, 1)
        expect_in('names the file', 'mine.headset', err)
        expect('missing', run('check', os.path.join(folder, 'none'))[0], 1)


@case
def check_refuses_what_is_large():
    with tempfile.TemporaryDirectory() as folder:
        large = os.path.join(folder, 'large.headset')
        with open(large, 'wb') as f:
            f.truncate(64 * 1024 + 1)
        status, _, err = run('check', large)
        expect('large', status, 1)
        expect_in('says why', '64 KiB', err)
        expect_in('names the file', 'large.headset', err)
    status, _, err = run('check', '/dev/zero')
    expect('endless', status, 1)
    expect_in('says why', '64 KiB', err)


HOSTILE = '\x1b[31m\x9b2J\u202ex\u2028\x07\x7f\nforged: good'


def expect_clean(what, text):
    dirt = [c for c in text if c != '\n' and (ord(c) < 32 or 0x7f <= ord(c) < 0xa0 or c in '\u202e\u2028')]
    expect(what, dirt, [])


@case
def hostile_words_and_names_are_cleaned():
    for words in (('show', HOSTILE), ('pair', HOSTILE), (HOSTILE,), ('list', '--' + HOSTILE),
                  ('pair', 'WH-1000XM4', '--simulate=' + HOSTILE), ('check', HOSTILE),
                  ('pair', 'WH-1000XM4', '--simulate', '--adapter=' + HOSTILE)):
        status, out, err = run(*words)
        assert status != 0, words
        expect_clean(f'{words} output', out)
        expect_clean(f'{words} errors', err)
        assert '\nforged' not in out + err, (words, out, err)
    with tempfile.TemporaryDirectory() as folder:
        own = os.path.join(folder, 'holdfast', 'headsets')
        os.makedirs(own)
        with open(os.path.join(own, HOSTILE.replace('/', '') + '.headset'), 'wb') as f:
            f.write(b'\0\1\x1b[2J')
        status, out, err = run('list', env={'XDG_DATA_HOME': folder})
        expect('status', status, 0)
        assert err, 'nothing is said of the file'
        expect_clean('own file', err)
        assert '\nforged' not in err, err


@case
def own_files_cannot_hurt():
    with tempfile.TemporaryDirectory() as folder:
        own = os.path.join(folder, 'holdfast', 'headsets')
        os.makedirs(own)
        with open(os.path.join(own, 'junk.headset'), 'wb') as f:
            f.write(b'\0\1\2' * 1000)
        status, out, err = run('list', '--json', env={'XDG_DATA_HOME': folder})
        expect('status', status, 0)
        expect('models', len(json.loads(out)), 46)
        expect_in('says which', 'junk.headset', err)


# --- no Bluetooth

@case
def no_bus():
    nowhere = {'DBUS_SYSTEM_BUS_ADDRESS': 'unix:path=/nonexistent/bus'}
    status, out, _ = run('pair', 'WH-1000XM4', '--json', env=nowhere)
    expect('one event', json.loads(out), {'state': 'ENDED', 'failure': 'no-bus'})
    for words in (('pair', 'WH-1000XM4'), ('pair', 'WH-1000XM4', '--json'), ('status',), ('remove', 'x', '--yes')):
        status, out, err = run(*words, env=nowhere)
        assert status >= 10, (words, status)
        assert (out + err).strip(), words
    person = Person('pair', 'WH-1000XM4', env=nowhere)
    person.read_until('simulated')
    person.type('n\n')
    assert person.status() >= 10
    person = Person('pair', 'WH-1000XM4', env=nowhere)
    person.read_until('simulated')
    person.type(END_OF_INPUT)
    assert person.status() >= 10


@case
def json_without_bluetooth():
    status, out, err = run('pair', 'inzone-h5', '--json')
    assert status >= 10, (status, err)
    expect('one event', json.loads(out), {'state': 'ENDED', 'failure': 'no-classic-bluetooth'})


@case
def adapter_that_is_not_there():
    """The one that was named, or none."""
    wanted = run('pair', 'WH-1000XM4', '--json', '--simulate=no-adapter', '--timeout=1')[0]
    status, out, err = run('pair', 'WH-1000XM4', '--json', '--simulate', '--adapter=hci9')
    expect('status', status, wanted)
    expect('one event', json.loads(out), {'state': 'ENDED', 'failure': 'no-adapter'})
    expect_in('sentence', 'hci9', err)
    status, out, err = run('pair', 'WH-1000XM4', '--simulate', '--adapter=00:00:00:00:00:09')
    expect('status', status, wanted)
    expect_in('sentence', '00:00:00:00:00:09', err)


# --- simulated pairings, unattended

@case
def pairs():
    states, events = pair_json('--simulate')
    for wanted in ('GET_READY', 'INVITE', 'HOLD', 'FOUND', 'PAIR', 'TRUST', 'CONNECT', 'DONE', 'ENDED'):
        expect_in('state', wanted, states)
    assert states.index('HOLD') < states.index('FOUND'), states
    done = next(e for e in events if e['state'] == 'DONE')
    for flag in ('paired', 'trusted', 'connected', 'music'):
        expect(flag, done['device'][flag], True)


@case
def pairs_every_kind():
    for model in ('LinkBuds S', 'WF-1000XM3', 'WH-CH510', 'WI-1000XM2'):
        states, _ = pair_json('--simulate', model=model)
        expect_in(model, 'DONE', states)


SURVIVED = ('reject-once', 'interrupted', 'refuse-once', 'le-first', 'reply-first', 'no-answer-once')


def add_fault(fault, check):
    def fn():
        check(fault)
    fn.__name__ = 'fault_' + fault.replace('-', '_')
    CASES.append(fn)


def survives(fault):
    states, _ = pair_json('--simulate=' + fault)
    expect_in(fault, 'DONE', states)


# Never heard: past the hold and a look around is enough.
UNHEARD = {'not-pairing': 15, 'cable': 15, 'no-adapter': 2, 'no-service': 2, 'off': 2, 'blocked': 2}


def fails(fault):
    status, out, err = run('pair', 'WH-1000XM4', '--json', '--lead-in=0', '--simulate=' + fault, f'--timeout={UNHEARD.get(fault, 45)}')
    states = [json.loads(line)['state'] for line in out.splitlines()]
    assert status >= 10, (fault, status, states, err)
    assert 'DONE' not in states, (fault, states)
    expect('ends', states[-1], 'ENDED')


def needs_answer(fault):
    status, out, _ = run('pair', 'WH-1000XM4', '--json', '--lead-in=0', '--simulate=' + fault, '--timeout=60')
    states = [json.loads(line)['state'] for line in out.splitlines()]
    expect(fault, status, 3)
    assert 'PAIR' not in states or fault == 'pin', (fault, states)
    expect('ends', states[-1], 'ENDED')


for name in ('reject-once', 'interrupted', 'refuse-once', 'le-first', 'reply-first'):
    add_fault(name, survives)
for name in ('no-service', 'no-adapter', 'off', 'blocked', 'reject', 'auth-failed', 'vanish', 'refuse',
             'not-pairing', 'cable', 'no-sound', 'numeric', 'stale-bond'):
    add_fault(name, fails)
for name in ('weak', 'neighbour', 'pin'):
    add_fault(name, needs_answer)


@case
def stale_bond_with_consent():
    states, _ = pair_json('--simulate=stale-bond', '--forget')
    expect_in('asked', 'ASK_FORGET', states)
    expect_in('DONE', 'DONE', states)


@case
def json_stays_json_while_debugging():
    status, out, err = run('pair', 'WH-1000XM4', '--json', '--lead-in=0', '--simulate', env={'G_MESSAGES_DEBUG': 'all'})
    expect('status', status, 0)
    expect('ends', [json.loads(line)['state'] for line in out.splitlines()][-1], 'ENDED')
    expect_in('said elsewhere', 'GET_READY', err)


@case
def not_stored_is_told():
    """It works, until the headset is switched off: success, and a word about it."""
    _, events = pair_json('--simulate=not-stored')
    done = next(e for e in events if e['state'] == 'DONE')
    expect('warning', done['warning'], 'not-stored')
    status, out, _ = run('pair', 'WH-1000XM4', '--lead-in=0', '--simulate=not-stored')
    expect('status', status, 0)
    expect_in('sentence', 'could not keep the pairing', ' '.join(out.split()))


@case
def timeout_lets_connecting_finish():
    """The time is for listening: found in 8 s, refused once, connected in 14 s."""
    states, _ = pair_json('--simulate=refuse-once', '--timeout=12')
    expect_in('connected', 'DONE', states)


# --- leaving

@case
def interrupted_anywhere():
    for stage in ('INVITE', 'HOLD', 'FOUND'):
        child = subprocess.Popen([CTL, 'pair', 'WH-1000XM4', '--json', '--lead-in=1', '--simulate'], text=True,
                                 stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        states = []
        for line in child.stdout:
            states.append(json.loads(line)['state'])
            if states[-1] == stage:
                child.send_signal(signal.SIGINT)
        child.wait(DEADLINE)
        err = child.stderr.read()
        child.stderr.close()
        child.stdout.close()
        assert 'Sanitizer' not in err, err
        expect(stage, child.returncode, 130)
        expect(stage, states[-1], 'ENDED')


@case
def interrupted_twice():
    """The second time does not wait for anybody, and frees nothing twice."""
    child = subprocess.Popen([CTL, 'pair', 'WH-1000XM4', '--json', '--lead-in=0', '--simulate'], text=True,
                             stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    for line in child.stdout:
        if json.loads(line)['state'] == 'PAIR':
            os.kill(child.pid, signal.SIGSTOP)  # both are there when it looks
            os.kill(child.pid, signal.SIGINT)
            os.kill(child.pid, signal.SIGTERM)
            os.kill(child.pid, signal.SIGCONT)
    _, err = child.communicate(timeout=DEADLINE)
    assert 'Sanitizer' not in err, err
    expect('status', child.returncode, 130)


# --- a person

@case
def guided():
    person = Person('pair', 'WH-1000XM4', '--simulate', '--lead-in=1')
    person.read_until('Simulated')
    person.read_until('Enter')
    person.type('\n')
    person.read_until('Enter: start')
    person.type('\n')
    person.read_until('Hold')
    person.read_until('Sound can go to them now')
    person.type('\n')
    expect('status', person.status(), 0)


@case
def guided_tells_of_the_case_after_the_question():
    """Two ways, one with the earbuds in the case and one without: nothing of either before it is known."""
    person = Person('pair', 'WF-1000XM4', '--guide', '--lead-in=0')
    person.read_until('Enter: go on')
    assert 'out of the case' not in person.seen and 'in the case' not in person.seen, person.seen
    person.type('\n')
    person.read_until('y: yes')
    person.type('y\n')
    person.read_until('Enter: start')
    expect_in('the way with the case', 'into the case', person.seen)
    person.type('q\n')
    expect('status', person.status(), 130)


@case
def guided_asks_the_model():
    person = Person('pair', '--simulate')
    person.read_until('Which headphones')
    person.type('xm5\n')
    person.read_until('WF-1000XM5')
    person.type('wh-1000xm4\n')
    person.read_until('Enter')
    person.type('q\n')
    expect('status', person.status(), 130)


@case
def guided_by_eye():
    person = Person('pair', 'WH-1000XM4', '--guide', '--lead-in=0')
    person.read_until('Enter: go on')
    person.type('\n')
    person.read_until('Enter: start')
    person.type('\n')
    person.read_until('6  ')
    person.type('1\n')
    person.read_until('Enter: close')
    person.type('\n')
    expect('status', person.status(), 0)


@case
def guided_ends_with_its_input():
    for words in (('pair',), ('pair', 'WH-1000XM4', '--simulate'), ('pair', 'WH-1000XM4', '--guide')):
        person = Person(*words)
        person.read_until('Enter')
        person.type(END_OF_INPUT)
        expect(f'{words}', person.status(), 130)


@case
def guided_chooses_by_number():
    """Two headsets ask for it: only a number answers, and it stays with its headset."""
    person = Person('pair', 'WH-1000XM4', '--simulate=neighbour', '--lead-in=0')
    person.read_until('Enter: go on')
    person.type('\n')
    person.read_until('Enter: start')
    person.type('\n')
    person.read_until('the number of yours')
    person.type('y\n')
    person.read_until('the number of yours')
    person.type('9\n')
    person.read_until('the number of yours')
    assert 'paired and connected' not in person.seen, person.seen
    person.type('n\n')
    person.read_until('Enter')
    person.type('q\n')
    expect('status', person.status(), 130)


@case
def guided_pin_or_stop():
    """At the question for a PIN the keys that are shown are keys."""
    person = Person('pair', 'WH-1000XM4', '--simulate=pin', '--lead-in=0')
    person.read_until('Enter: go on')
    person.type('\n')
    person.read_until('Enter: start')
    person.type('\n')
    person.read_until('the number, then Enter')
    person.type('b\n')
    person.read_until('Enter: start')
    person.type('q\n')
    expect('status', person.status(), 130)


def main():
    guide_only = '--guide-only' in sys.argv
    cases = [c for c in CASES if not guide_only or c.__name__ in GUIDE_ONLY]
    failed = 0
    print(f'1..{len(cases)}')
    with concurrent.futures.ThreadPoolExecutor(6) as pool:
        jobs = [(c, pool.submit(c)) for c in cases]
        for n, (c, job) in enumerate(jobs, 1):
            try:
                job.result()
                print(f'ok {n} {c.__name__}', flush=True)
            except Exception as e:  # each case's trouble is its own
                failed += 1
                print(f'not ok {n} {c.__name__}')
                for line in f'{type(e).__name__}: {e}'.splitlines():
                    print('#', line)
                sys.stdout.flush()
    return 1 if failed else 0


GUIDE_ONLY = ('list_json', 'list_words', 'show_xm4', 'show_without_bluetooth', 'unknown_model', 'check_files',
              'own_files_cannot_hurt', 'check_refuses_what_is_large', 'json_without_bluetooth', 'guided_by_eye',
              'guided_tells_of_the_case_after_the_question')

if __name__ == '__main__':
    sys.exit(main())
