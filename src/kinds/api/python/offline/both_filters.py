"""Streams some of which the API filters."""

from kinds.api.python.offline.incremental_tests import IncrementalTests


class BothFilters(IncrementalTests):
    def check_resumed(self, stream, records, result):
        check = self.check_asked if stream.BOOKMARK_PARAM else self.check_kept
        check(stream, records, result)
