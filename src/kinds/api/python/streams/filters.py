"""Bookmarks in the parameters of requests.

An API may include what is at the moment that it is asked for, or leave it out. So it is asked for
from one step earlier, the least that the parameter can tell apart.
"""

from datetime import timedelta
from typing import Dict

from kinds.api.python.moments import to_moment
from kinds.api.python.streams.incremental import Incremental, MixedBookmarks
from kinds.api.python.streams.moment_params import MomentParams


class BookmarkParam(Incremental):
    BOOKMARK_PARAM = None


class MomentFilter(BookmarkParam, MomentParams):
    """The API filters by moments."""

    def ask_from(self, params: Dict) -> None:
        if self.since and self.BOOKMARK_PARAM:
            params[self.BOOKMARK_PARAM] = self.to_param(self.step_back(to_moment(self.since)))


class PatternFilter(BookmarkParam):
    """The API filters by moments, of one pattern and with no end."""

    BOOKMARK_FORMAT = '%Y-%m-%dT%H:%M:%SZ'
    # In seconds, what the format tells apart.
    BOOKMARK_STEP = 1

    def ask_from(self, params: Dict) -> None:
        if self.since and self.BOOKMARK_PARAM:
            # A step earlier, since some APIs leave out what is at the moment itself.
            since = to_moment(self.since) - timedelta(seconds=self.BOOKMARK_STEP)
            params[self.BOOKMARK_PARAM] = since.strftime(self.BOOKMARK_FORMAT)


class SecondsFilter(BookmarkParam):
    """The API filters by moments in seconds since 1970, with no end."""

    def ask_from(self, params: Dict) -> None:
        if self.since and self.BOOKMARK_PARAM:
            # A second earlier, since some APIs leave out what is at the moment itself.
            params[self.BOOKMARK_PARAM] = max(0, int(to_moment(self.since).timestamp()) - 1)


class MillisecondsFilter(BookmarkParam):
    """The API filters by moments in milliseconds since 1970, with no end."""

    def ask_from(self, params: Dict) -> None:
        if self.since and self.BOOKMARK_PARAM:
            # A bit earlier, since some APIs leave out what is at the moment itself.
            since = int(to_moment(self.since).timestamp() * 1000)
            params[self.BOOKMARK_PARAM] = max(0, since - 1)


class CounterFilter(BookmarkParam):
    """The API filters by numbers."""

    def ask_from(self, params: Dict) -> None:
        if self.since and self.BOOKMARK_PARAM:
            # One less, since some APIs leave out the number itself.
            params[self.BOOKMARK_PARAM] = int(self.since) - 1


class MixedFilter(MomentFilter, CounterFilter, MixedBookmarks):
    """The API filters by moments in some streams, by numbers in others."""

    def ask_from(self, params: Dict) -> None:
        if self.since and self.BOOKMARK_PARAM:
            if self.COUNTER:
                # One less, since some APIs leave out the number itself.
                params[self.BOOKMARK_PARAM] = int(self.since) - 1
            else:
                params[self.BOOKMARK_PARAM] = self.to_param(self.step_back(to_moment(self.since)))
