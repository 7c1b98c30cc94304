"""Bookmarks in the parameters of requests, or where the API has no filter, on our side."""

from typing import Dict, List

from kinds.api.python.moments import to_moment
from kinds.api.python.streams.incremental import Incremental, MixedBookmarks
from kinds.api.python.streams.moment_params import MomentParams


class BookmarkParam(Incremental):
    BOOKMARK_PARAM = None


class MomentFilter(BookmarkParam, MomentParams):
    """The API filters by moments."""

    def ask_from(self, params: Dict) -> None:
        if self.since and self.BOOKMARK_PARAM:
            params[self.BOOKMARK_PARAM] = self.to_param(to_moment(self.since))


class PatternFilter(BookmarkParam):
    """The API filters by moments, of one pattern and with no end."""

    BOOKMARK_FORMAT = '%Y-%m-%dT%H:%M:%SZ'

    def ask_from(self, params: Dict) -> None:
        if self.since and self.BOOKMARK_PARAM:
            params[self.BOOKMARK_PARAM] = to_moment(self.since).strftime(self.BOOKMARK_FORMAT)


class SecondsFilter(BookmarkParam):
    """The API filters by moments in seconds since 1970, with no end."""

    def ask_from(self, params: Dict) -> None:
        if self.since and self.BOOKMARK_PARAM:
            params[self.BOOKMARK_PARAM] = int(to_moment(self.since).timestamp())


class MillisecondsFilter(BookmarkParam):
    """The API filters by moments in milliseconds since 1970, with no end."""

    def ask_from(self, params: Dict) -> None:
        if self.since and self.BOOKMARK_PARAM:
            params[self.BOOKMARK_PARAM] = int(to_moment(self.since).timestamp() * 1000)


class CounterFilter(BookmarkParam):
    """The API filters by numbers."""

    def ask_from(self, params: Dict) -> None:
        if self.since and self.BOOKMARK_PARAM:
            params[self.BOOKMARK_PARAM] = int(self.since)


class MixedFilter(MomentFilter, CounterFilter, MixedBookmarks):
    """The API filters by moments in some streams, by numbers in others."""

    def ask_from(self, params: Dict) -> None:
        if self.since and self.BOOKMARK_PARAM:
            if self.COUNTER:
                params[self.BOOKMARK_PARAM] = int(self.since)
            else:
                params[self.BOOKMARK_PARAM] = self.to_param(to_moment(self.since))


class ClientFilter(Incremental):
    """The API has no filter."""

    def drop_old(self, rows: List[Dict]) -> List[Dict]:
        return [row for row in rows if not self.since or self.is_new(row)]

    def is_new(self, row: Dict) -> bool:
        """Tell whether a row is from `since` or later; one without a bookmark may be."""
        value = row.get(self.REPLICATION_KEY)
        return value in (None, '') or self.to_bookmark(value) >= self.to_bookmark(self.since)


class PartialFilter(ClientFilter, BookmarkParam):
    """The API has a filter for some streams."""

    def drop_old(self, rows: List[Dict]) -> List[Dict]:
        if self.BOOKMARK_PARAM or not self.since:
            return rows
        return [row for row in rows if self.is_new(row)]
