"""Streams some of which read again what the API shows late."""

from datetime import timedelta

from kinds.api.python.offline.incremental_tests import Moments


class LookBack(Moments):
    def look_back(self, since, stream):
        return since - timedelta(seconds=stream.LOOKBACK)
