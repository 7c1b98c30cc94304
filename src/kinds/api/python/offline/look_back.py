"""Streams some of which read again what the API shows late."""

from datetime import timedelta

from kinds.api.python.offline.base import to_moment
from kinds.api.python.offline.incremental_tests import Moments


class LookBack(Moments):
    def look_back(self, since, stream):
        return since - timedelta(seconds=stream.LOOKBACK)

    def get_new(self, records, stream):
        since = to_moment(len(records)) - timedelta(seconds=stream.LOOKBACK)
        numbered = enumerate(records, 1)
        return [row for number, row in numbered if to_moment(number) >= since]
