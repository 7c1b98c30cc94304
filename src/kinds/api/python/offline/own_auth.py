"""Offline tests of streams that are authenticated otherwise than the connector."""

from unittest.mock import patch

from kinds.api.python.offline.base import OfflineTest
from kinds.api.python.registry import STREAMS


class OwnAuths(OfflineTest):
    def setUp(self):
        # The fake API knows the connector's authentication, so that all streams are read by it.
        for stream in STREAMS.values():
            patched = patch.object(stream, 'AUTH', None)
            patched.start()
            self.addCleanup(patched.stop)
