"""Offline tests of streams that take a short page for the last."""

from unittest.mock import patch

from kinds.api.python.offline.base import SIZE, OfflineTest
from kinds.api.python.registry import STREAMS


class ShortPages(OfflineTest):
    def size_pages(self):
        for stream in STREAMS.values():
            param = getattr(stream, 'PAGE_SIZE_PARAM', None)
            if param in stream.PARAMS:
                patched = patch.object(stream, 'PARAMS', {**stream.PARAMS, param: SIZE})
                patched.start()
                self.addCleanup(patched.stop)
