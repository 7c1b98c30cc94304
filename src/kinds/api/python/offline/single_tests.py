"""Streams with bookmarks, some of which have a single record."""

from kinds.api.python.offline.incremental_tests import INCREMENTAL, IncrementalTests
from kinds.api.python.registry import STREAMS


class SingleTests(IncrementalTests):
    def test_delivers_records_without_a_bookmark(self):
        for name in INCREMENTAL:
            with self.subTest(name):
                stream, records = STREAMS[name], self.build_records(name)
                if stream.REPLICATION_KEY not in stream.KEY_PROPERTIES:
                    records[0][stream.REPLICATION_KEY] = None
                result = self.read(name, records)
                self.assertEqual(result.records, records)
                if records[-1][stream.REPLICATION_KEY] is None:
                    self.assertIsNone(result.state)
                    continue
                last = result.state['bookmarks'][name][stream.REPLICATION_KEY]
                self.assertEqual(last, self.get_bookmark(stream, len(records)))
