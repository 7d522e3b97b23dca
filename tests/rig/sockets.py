# SPDX-License-Identifier: GPL-3.0-or-later
"""The unix sockets of a running rig: lines to ask, and a shell in a guest."""
import socket

LOG_LINES = 80


def ask(path, line, seconds=30):
    """One line to a control socket, and its answer."""
    with socket.socket(socket.AF_UNIX) as s:
        s.settimeout(seconds)
        s.connect(str(path))
        s.sendall(line.encode() + b'\n')
        with s.makefile(encoding='utf-8') as answers:
            return answers.readline().rstrip('\n')


def guest_shell(path, script, seconds=15):
    """Runs a script in a guest and returns what it printed."""
    with socket.socket(socket.AF_UNIX) as s:
        s.settimeout(seconds)
        s.connect(str(path))
        s.sendall(f'{script}\nexit\n'.encode())
        out = b''
        while data := s.recv(65536):
            out += data
    return out.decode(errors='replace')


def guest_log(run, role, lines=LOG_LINES):
    """The end of what the guest's daemons said."""
    try:
        return guest_shell(f'{run}/{role}.shell', f'tail -n {lines} /run/rig/log')
    except OSError as error:
        return str(error)
