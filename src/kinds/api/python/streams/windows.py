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
            params[self.BOOKMARK_END_PARAM] = self.to_param(to_moment(self.until, '_end_date'))


class Windows(End, Checkpoints):
    WINDOW_DAYS = None
    # Between which bookmarks the rows of a window are.
    window = (None, None)
    # True while everything up to the greatest bookmark so far has been read.
    complete = False

    def each_window(self, params: Dict) -> Generator[Dict, None, None]:
        """Yield the parameters for each of the times that the API answers for at once.

        They overlap by a step, since some APIs leave out what is at either end.
        """
        if not self.WINDOW_DAYS:
            self.window = (self.since and self.read_bookmark(self.since), None)
            yield params
            return
        start = to_moment(self.since or self.client.config['start_date'], 'start_date')
        if start.year < 1000:
            raise ValueError('start_date is before the year 1000, where no windows begin')
        end = to_moment(self.until, '_end_date') if self.until else datetime.now(timezone.utc)
        while True:
            first = self.step_back(start)
            # Whole steps, since the API must get each border exactly as it is.
            first -= timedelta(seconds=first.timestamp() % max(1, self.BOOKMARK_STEP))
            stop = min(first + timedelta(days=self.WINDOW_DAYS), end)
            is_last = stop >= end
            self.window = (start.isoformat(), None if is_last else stop.isoformat())
            yield {
                **params,
                self.BOOKMARK_PARAM: self.to_param(first),
                self.BOOKMARK_END_PARAM: self.to_param(stop),
            }
            if is_last:
                return
            start = stop

    def drop_old(self, rows: List[Dict]) -> List[Dict]:
        """Return the rows of the window, and those without a bookmark."""
        return [row for row in rows if self.is_in_window(row.get(self.REPLICATION_KEY))]

    def is_in_window(self, value) -> bool:
        if value in (None, ''):
            return True
        first, end = self.window
        bookmark = self.to_bookmark(value)
        return (not first or bookmark >= first) and (not end or bookmark < end)

    def end_window(self) -> Generator[List[Dict], None, None]:
        # What follows has greater bookmarks.
        self.complete = bool(self.WINDOW_DAYS)
        yield []
        self.complete = False
