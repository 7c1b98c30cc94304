"""Offline tests of a connector that gets tokens."""

from kinds.api.python.offline.base import OfflineTest
from kinds.api.python.registry import STREAMS


class TokenTests(OfflineTest):
    def test_gets_another_token_when_one_has_expired(self):
        for name in STREAMS:
            with self.subTest(name):
                records = self.build_records(name)
                result = self.read(name, records, first=(401, {}))
                self.assertEqual(result.records, records)
                self.assertEqual(result.api.tokens, 2)
