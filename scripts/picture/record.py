"""Plays a user's part in a pseudo-terminal as test/doors/terminal.py does, and prints what the terminal got as it came.

`record.py COLUMNS COMMAND...`, with the steps on standard input.
"""
import fcntl
import json
import os
import struct
import sys
import termios

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '../../test/doors'))
from terminal import Session  # noqa: E402


def record(columns, command, steps):
    session = Session(command)
    fcntl.ioctl(session.terminal, termios.TIOCSWINSZ, struct.pack('HHHH', 200, columns, 0, 0))
    for step in steps:
        ((action, text),) = step.items()
        if not getattr(session, action)(text):
            sys.exit(f'{step} found no match in:\n{session.shown()}')
    exit_code = session.end()
    if exit_code != 0:
        sys.exit(f'the command ended with {exit_code}:\n{session.shown()}')
    return session.text


if __name__ == '__main__':
    sys.stdout.write(record(int(sys.argv[1]), sys.argv[2:], json.load(sys.stdin)))
