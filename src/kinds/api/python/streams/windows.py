"""Streams that end where the run does, in windows where the API answers for no longer a time."""

from datetime import datetime, timedelta, timezone
from typing import Dict, Generator, List

from kinds.api.python.moments import to_moment
from kinds.api.python.streams.checkpoints import Checkpoints
from kinds.api.python.streams.filters import BookmarkParam
from kinds.api.python.streams.moment_params import MomentParams


class End(BookmarkParam, MomentParams):
    BOOKMARK_END_PARAM = None
    # The end of the run, up to which records are read.
    until = None

    def ask_until(self, params: Dict) -> None:
        if self.until and self.BOOKMARK_END_PARAM:
            params[self.BOOKMARK_END_PARAM] = self.to_param(to_moment(self.until))


class Windows(End, Checkpoints):
    WINDOW_DAYS = None
    # True while everything up to the greatest bookmark so far has been read.
    complete = False

    def each_window(self, params: Dict) -> Generator[Dict, None, None]:
        """Yield the parameters for each of the times that the API answers for at once."""
        if not self.WINDOW_DAYS:
            yield params
            return
        start = to_moment(self.since or self.client.config['start_date'])
        end = to_moment(self.until) if self.until else datetime.now(timezone.utc)
        while True:
            stop = min(start + timedelta(days=self.WINDOW_DAYS), end)
            yield {
                **params,
                self.BOOKMARK_PARAM: self.to_param(start),
                self.BOOKMARK_END_PARAM: self.to_param(stop),
            }
            if stop >= end:
                return
            start = stop

    def end_window(self) -> Generator[List[Dict], None, None]:
        # What follows has greater bookmarks.
        self.complete = bool(self.WINDOW_DAYS)
        yield []
        self.complete = False
