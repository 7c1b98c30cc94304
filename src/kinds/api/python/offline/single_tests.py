"""Streams with bookmarks, some of which have a single record."""

from kinds.api.python.offline.incremental_tests import INCREMENTAL, IncrementalTests
from kinds.api.python.registry import STREAMS


class SingleTests(IncrementalTests):
    def test_delivers_one_record_without_a_bookmark(self):
        for name in INCREMENTAL:
            with self.subTest(name):
                stream, records = STREAMS[name], self.build_records(name)
                if stream.RECORDS_IN == 'object':
                    records[0][stream.REPLICATION_KEY] = None
                    result = self.read(name, records)
                    self.assertEqual((result.records, result.state), (records, None))

    def leave_out_objects(self, names):
        return [name for name in names if STREAMS[name].RECORDS_IN != 'object']
