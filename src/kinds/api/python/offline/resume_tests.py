"""What is read again from a state on."""

from datetime import timedelta

from kinds.api.python.offline.base import to_moment
from kinds.api.python.offline.incremental_tests import IncrementalTests, Moments


class ServerFilter(IncrementalTests):
    def check_asked(self, stream, records, result):
        asked = result.api.requests[0].get(stream.BOOKMARK_PARAM)
        self.assertEqual(asked, self.get_asked(stream, len(records)))


class ClientFilter(IncrementalTests):
    def check_kept(self, stream, records, result):
        self.assertEqual(result.records, records[-1:])


class BothFilters(IncrementalTests):
    def check_resumed(self, stream, records, result):
        check = self.check_asked if stream.BOOKMARK_PARAM else self.check_kept
        check(stream, records, result)


class LookBack(Moments):
    def look_back(self, since, stream):
        return since - timedelta(seconds=stream.LOOKBACK)


class ClientLookBack(LookBack, ClientFilter):
    def check_kept(self, stream, records, result):
        since = self.look_back(to_moment(len(records)), stream)
        numbered = enumerate(records, 1)
        new = [row for number, row in numbered if to_moment(number) >= since]
        self.assertEqual(result.records, new)
