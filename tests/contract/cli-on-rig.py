#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""cli-on-rig.py HOLDFASTCTL - the terminal program against real bluetoothd, as TAP. Run it with with-rig.

It pairs and connects the headset; however it is ended, it leaves no search, no agent and no half-made pairing, and takes
nobody's good one away. Looked at from a second client of the same bluetoothd, which asks it for nothing.
"""
import json
import os
import queue
import signal
import subprocess
import sys
import threading

from on_rig import BUS, HEADSET, HOLD_SECONDS, LONG, PC, TESTS, assert_clean_without_pairing, device, fresh, has_agent, neighbour
from on_rig import nothing_runs, paired, same, spin, tap, until, world

CTL = sys.argv[1]
OK, NEEDS_ANSWER, CANCELLED = 0, 3, 130


class Run:
    """holdfastctl pair WH-1000XM4 --json, with nobody at the keyboard."""

    def __init__(self, *words, prefix=()):
        environment = {**os.environ, 'DBUS_SYSTEM_BUS_ADDRESS': BUS}
        self.process = subprocess.Popen([*prefix, CTL, 'pair', 'WH-1000XM4', '--json', '--lead-in=0', '--timeout=60', *words],
                                        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                                        env=environment)
        self.lines, self.events, self.errors = queue.Queue(), [], []
        self.readers = [threading.Thread(target=self.read), threading.Thread(target=self.read_errors)]
        for reader in self.readers:
            reader.start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        for reader in self.readers:
            reader.join()
        self.process.stdout.close()
        self.process.stderr.close()

    def read(self):
        for line in self.process.stdout:
            self.lines.put(line)

    def read_errors(self):
        self.errors.extend(self.process.stderr)

    def take(self):
        while not self.lines.empty():
            self.events.append(json.loads(self.lines.get()))

    def states(self):
        self.take()
        return [event['state'] for event in self.events]

    def wait_for(self, state, seconds=LONG):
        until(f'{state}; so far {self.states()}', lambda: state in self.states() or self.process.poll() is not None, seconds)
        assert state in self.states(), f'ended without {state}: {self.states()} {"".join(self.errors)[-2000:]}'

    def end(self, status, seconds=LONG):
        until(f'the end; so far {self.states()}', lambda: self.process.poll() is not None, seconds)
        for reader in self.readers:
            reader.join()
        text = ''.join(self.errors)
        assert 'Sanitizer' not in text, text[-3000:]
        same(f'exit status, after {self.states()} {text[-1000:]}', self.process.returncode, status)
        return self.states()

    def hold(self):
        """The person's hand: pairing mode after a hold."""
        self.wait_for('HOLD')
        spin(HOLD_SECONDS)
        same('seen before pairing mode', self.states()[-1], 'HOLD')
        world('pairing-mode on')


def pair_and_connect(prefix=()):
    with Run(prefix=prefix) as run:
        run.hold()
        run.wait_for('PAIR')
        states = run.end(OK)
    same('states', [s for s in states if s in ('FOUND', 'PAIR', 'TRUST', 'CONNECT', 'DONE', 'FAILED')],
         ['FOUND', 'PAIR', 'TRUST', 'CONNECT', 'DONE'])
    last = run.events[-1]['device']
    same('the device', (last['address'], last['paired'], last['trusted'], last['connected'], last['music']),
         (HEADSET, True, True, True, True))
    known = device()
    same('on the bus', (known['Paired'], known['Trusted'], known['Connected']), (True, True, True))
    state = world('state')
    same('at the headset', (state['paired'], state['connected'], state['transport']), ('yes', 'yes', 'yes'))
    nothing_runs()


def test_pairs_and_connects():
    fresh()
    pair_and_connect()


def test_pairs_and_connects_through_the_proxy():
    fresh()
    # Inside another with-rig its rig is used; the program gets the proxy's bus instead of ours.
    shell = 'DBUS_SYSTEM_BUS_ADDRESS=$HOLDFAST_RIG_PC_BUS exec "$@"'
    pair_and_connect(prefix=[str(TESTS / 'rig/with-rig'), '--proxy', 'sh', '-c', shell, 'sh'])


def test_known_headset_is_connected_without_a_hold():
    fresh()
    pair_and_connect()
    world('disconnect')
    world('pairing-mode off')
    until('the link to end', lambda: not device().get('Connected'))
    with Run() as run:
        states = run.end(OK)
    assert 'HOLD' not in states and 'PAIR' not in states, states
    same('at the headset', world('state')['transport'], 'yes')
    nothing_runs()


def interrupted_in(state, number=signal.SIGINT, status=CANCELLED):
    fresh()
    with Run() as run:
        if state == 'HOLD':
            run.wait_for('HOLD')
            until('the search', lambda: PC.adapter().get('Discovering'))
        else:
            run.hold()
            run.wait_for(state)
        run.process.send_signal(number)
        run.end(status)
    assert_clean_without_pairing()
    return run


def test_interrupted_while_holding():
    interrupted_in('HOLD')


def test_terminated_while_holding():
    interrupted_in('HOLD', signal.SIGTERM)


def test_killed_while_holding():
    interrupted_in('HOLD', signal.SIGKILL, -signal.SIGKILL)


def test_interrupted_when_found():
    interrupted_in('FOUND')


def test_interrupted_when_pairing_begins():
    interrupted_in('PAIR')


def test_interrupted_when_paired():
    interrupted_in('TRUST')


def test_interrupted_while_connecting():
    interrupted_in('CONNECT')


def ended_while_pair_is_open(number, status):
    """A set that wants a PIN keeps a Pair open for about ten seconds."""
    fresh()
    world('legacy on')
    world('pin 7777')
    with Run() as run:
        run.hold()
        run.wait_for('PAIR')
        until('the link', lambda: device().get('Connected'))
        same('agent while pairing', bool(has_agent()), True)
        run.process.send_signal(number)
        run.end(status)
    assert_clean_without_pairing()


def test_interrupted_while_pair_is_open():
    ended_while_pair_is_open(signal.SIGINT, CANCELLED)


def test_killed_while_pair_is_open():
    ended_while_pair_is_open(signal.SIGKILL, -signal.SIGKILL)


def test_good_pairing_survives_an_interrupt():
    fresh()
    pair_and_connect()
    world('disconnect')
    until('the link to end', lambda: not device().get('Connected'))
    world('vanish')
    with Run() as run:
        run.wait_for('CONNECT')
        run.process.send_signal(signal.SIGINT)
        run.end(CANCELLED)
    nothing_runs()
    known = device()
    same('still paired and trusted', (known['Paired'], known['Trusted']), (True, True))
    world('return')


def test_left_pairing_mode_is_told():
    fresh()
    world('set page 1')
    with Run() as run:
        run.hold()
        run.wait_for('FOUND')
        world('pairing-mode off')
        run.wait_for('FAILED')
        run.take()
        failures = {event.get('failure') for event in run.events if event['state'] == 'FAILED'}
        assert failures <= {'left-pairing-mode', 'out-of-range'}, failures
        until('the end', lambda: run.process.poll() is not None, LONG)
        assert run.process.returncode >= 10, run.process.returncode
    assert_clean_without_pairing()


def test_neighbour_before_the_hold_is_not_paired():
    fresh()
    neighbour('on')
    with Run() as run:
        states = run.end(NEEDS_ANSWER)
    assert 'IDENTIFY' in states and 'PAIR' not in states, states
    assert_clean_without_pairing()


def test_neighbour_beside_ours_is_not_paired():
    fresh()
    with Run() as run:
        run.wait_for('HOLD')
        spin(HOLD_SECONDS)
        neighbour('on')
        world('pairing-mode on')
        states = run.end(NEEDS_ANSWER)
    # Whichever was heard first may have been taken for ours for a moment: it is not paired before both were looked at.
    assert 'PAIR' not in states, states
    assert_clean_without_pairing()


def test_ours_is_paired_beside_a_neighbour_with_consent():
    fresh()
    neighbour('on')
    with Run(f'--address={HEADSET}') as run:
        run.wait_for('HOLD')
        world('pairing-mode on')
        run.end(OK)
    same('what the PC is paired with', paired(), [HEADSET])
    nothing_runs()


sys.exit(tap.run(globals()))
