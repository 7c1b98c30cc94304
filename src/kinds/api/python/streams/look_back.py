"""Streams that read again what was late."""

from datetime import timedelta

from kinds.api.python.moments import to_moment
from kinds.api.python.streams.incremental import Incremental


class LookBack(Incremental):
    LOOKBACK = 0

    def look_back(self) -> None:
        if self.since and self.LOOKBACK:
            since = to_moment(self.since) - timedelta(seconds=self.LOOKBACK)
            self.since = since.isoformat()
