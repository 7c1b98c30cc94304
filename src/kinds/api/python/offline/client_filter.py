"""What is read again, where the connector filters."""

from kinds.api.python.offline.incremental_tests import IncrementalTests


class ClientFilter(IncrementalTests):
    def check_kept(self, stream, records, result):
        self.assertEqual(result.records, records[-1:])
