"""Runs a command in a pseudo-terminal and plays a user's part: `terminal.py COMMAND...`.

The steps are read from standard input as JSON, a list of objects that each have one key:
expect    wait until this text shows, after what was found before
send      press these keys
wait      read for so many seconds
choose    press the down arrow until the choice with this text is marked, then enter
What happened is printed as JSON: the exit code, the whole text, and the step that found no match.
"""
import fcntl
import json
import os
import pty
import re
import select
import struct
import sys
import termios
import time

PATIENCE = 20
# So wide that no line is broken, where a test doesn't say it.
COLUMNS = int(os.environ.get('TERMINAL_COLUMNS', '400'))
CONTROLS = re.compile(r'\x1b(?:\[[0-9;?]*[ -/]*[@-~]|\][^\x07]*\x07|[=>78])')


class Session:
    def __init__(self, command):
        self.text, self.found, self.exit_code = '', 0, None
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            os.execvp(command[0], command)
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack('HHHH', 60, COLUMNS, 0, 0))

    def read(self, seconds):
        """Add what the command has written; tell whether it may write more."""
        if not select.select([self.terminal], [], [], seconds)[0]:
            return True
        try:
            data = os.read(self.terminal, 65536)
        except OSError:
            data = b''
        self.text += data.decode('utf-8', 'replace')
        return data != b''

    def shown(self):
        return CONTROLS.sub('', self.text)

    def expect(self, text, patience=PATIENCE):
        limit = time.monotonic() + patience
        while True:
            at = self.shown().find(text, self.found)
            if at >= 0:
                self.found = at + len(text)
                return True
            if time.monotonic() > limit or not self.read(0.1):
                at = self.shown().find(text, self.found)
                self.found = at + len(text) if at >= 0 else self.found
                return at >= 0

    def send(self, keys):
        os.write(self.terminal, keys.encode())
        return True

    def wait(self, seconds):
        limit = time.monotonic() + seconds
        while time.monotonic() < limit:
            self.read(0.1)
        return True

    def choose(self, text):
        for _ in range(30):
            limit = time.monotonic() + PATIENCE
            while '\u276f' not in self.shown()[self.found:] and time.monotonic() < limit:
                self.read(0.1)
            self.read(0.05)
            marked = self.shown()[self.found:].rsplit('\u276f', 1)[-1].split('\n')[0]
            if text in marked:
                return self.send('\r')
            self.found = len(self.shown())
            self.send('\x1b[B')
        return False

    def end(self):
        limit = time.monotonic() + PATIENCE
        while self.read(0.1) and time.monotonic() < limit:
            pass
        if time.monotonic() >= limit:
            os.kill(self.pid, 9)
        status = os.waitpid(self.pid, 0)[1]
        return os.waitstatus_to_exitcode(status)


def play(command, steps):
    session = Session(command)
    failed = None
    for step in steps:
        ((action, text),) = step.items()
        if not getattr(session, action)(text):
            failed = step
            session.send('\x03')
            break
    exit_code = session.end()
    return {'exitCode': exit_code, 'text': session.shown(), 'failed': failed}


if __name__ == '__main__':
    print(json.dumps(play(sys.argv[1:], json.load(sys.stdin))))
