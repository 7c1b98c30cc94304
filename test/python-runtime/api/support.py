"""What the unit tests of clients share."""

import unittest
from unittest.mock import patch

from api.server import Server


class Log:
    """The one method of Mage's logger that a client uses."""

    def __init__(self):
        self.lines = []

    def info(self, message):
        self.lines.append(message)


class ServedTest(unittest.TestCase):
    """A test with a server, and with a clock that only sleeping moves."""

    def setUp(self):
        self.server = Server()
        self.addCleanup(self.server.close)
        self.log = Log()
        self.waits = []
        sleep = patch('time.sleep', self.waits.append)
        sleep.start()
        self.addCleanup(sleep.stop)

    def client(self, features, config=None, constants=None, **kwargs):
        """A client of some features, in whose modules constants have other values."""
        for path, value in (constants or {}).items():
            patched = patch(path, value)
            patched.start()
            self.addCleanup(patched.stop)
        cls = type('Client', tuple(features), {})
        return cls(config or {}, self.log, **kwargs)

    def get(self, client, path='/items', **kwargs):
        return client.make_request(f'{self.server.url}{path}', **kwargs)
