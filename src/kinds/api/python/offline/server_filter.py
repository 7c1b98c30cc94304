"""What is asked for again, where the API filters."""

from kinds.api.python.offline.incremental_tests import IncrementalTests


class ServerFilter(IncrementalTests):
    def check_asked(self, stream, records, result):
        params = result.api.read_params(result.api.requests[0])
        self.assertEqual(params.get(stream.BOOKMARK_PARAM), self.get_asked(stream, len(records)))


class PartialFilter(ServerFilter):
    """The API filters some streams."""

    def check_asked(self, stream, records, result):
        if stream.BOOKMARK_PARAM:
            params = result.api.read_params(result.api.requests[0])
            asked = self.get_asked(stream, len(records))
            self.assertEqual(params.get(stream.BOOKMARK_PARAM), asked)
