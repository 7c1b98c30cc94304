"""Streams that go on from a bookmark."""

from typing import Dict, List

from kinds.api.python.moments import SURE, parse_as, to_counter, to_moment
from kinds.api.python.stream import BaseStream


class Incremental(BaseStream):
    """What all streams with bookmarks have in common, whatever a bookmark is."""

    REPLICATION_METHOD = 'FULL_TABLE'
    REPLICATION_KEY = None
    since = None
    # The greatest bookmark that has come.
    greatest = None

    def get_state(self):
        """Return the bookmark that the next run goes on from."""
        return self.greatest

    def drop_old(self, rows: List[Dict]) -> List[Dict]:
        """Return the rows from `since` on; one without a bookmark may be of then."""
        if not self.since:
            return rows
        since = self.read_bookmark(self.since)
        return [
            row
            for row in rows
            if row.get(self.REPLICATION_KEY) in (None, '')
            or self.to_bookmark(row[self.REPLICATION_KEY]) >= since
        ]

    def note_bookmarks(self, rows: List[Dict]) -> None:
        """Note the greatest bookmark; a row without one leaves it as it is."""
        last = self.get_last(row.get(self.REPLICATION_KEY) for row in rows)
        if last is not None:
            self.greatest = last if self.greatest is None else max(self.greatest, last)

    @classmethod
    def to_bookmark(cls, value):
        """Return a value of the column as bookmarks are written and compare."""
        raise NotImplementedError

    @classmethod
    def read_bookmark(cls, value, place: str = 'the bookmark'):
        """Return a bookmark of a state, or a start, in that form; an error names the place."""
        raise NotImplementedError

    @classmethod
    def get_last(cls, values):
        """Return the greatest bookmark among values as states have it, None where there is none."""
        bookmarks = [cls.to_bookmark(value) for value in values if value not in (None, '')]
        return max(bookmarks, default=None)


class MomentBookmarks(Incremental):
    @classmethod
    def read_bookmark(cls, value, place: str = 'the bookmark'):
        """Return a bookmark of a state, or a start, in that form; an error names the place."""
        moment = to_moment(value, place)
        # Some APIs have the year 1 for none at all, and no format writes it.
        return moment.isoformat() if moment.year > 999 else None


class Moments(MomentBookmarks):
    """Bookmarks are moments."""

    @classmethod
    def to_bookmark(cls, value) -> str:
        """Return a moment in the one format in which bookmarks compare as text: ISO 8601 in UTC."""
        return to_moment(value, f'{cls.REPLICATION_KEY}, without a value_format,').isoformat()

    @classmethod
    def get_last(cls, values):
        """Return the greatest bookmark among values as states have it, None where there is none."""
        values = [value for value in values if value not in (None, '')]
        texts = [str(value) for value in values]
        if len(set(map(len, texts))) == 1 and all(map(SURE.fullmatch, texts)):
            values = [max(texts)]
        return max(map(cls.to_bookmark, values), default=None)


class FormattedMoments(MomentBookmarks):
    """Some streams have moments of a form of their own."""

    # What their values are: iso, epoch, epoch_ms or a pattern of strptime.
    VALUE_FORMAT = None

    @classmethod
    def to_bookmark(cls, value) -> str:
        """Return a moment in the one format in which bookmarks compare as text: ISO 8601 in UTC."""
        if cls.VALUE_FORMAT:
            return parse_as(value, cls.VALUE_FORMAT, cls.REPLICATION_KEY).isoformat()
        return to_moment(value, f'{cls.REPLICATION_KEY}, without a value_format,').isoformat()


class Counters(Incremental):
    """Bookmarks are numbers such as ids."""

    @classmethod
    def to_bookmark(cls, value) -> int:
        return to_counter(value, cls.REPLICATION_KEY)

    @classmethod
    def read_bookmark(cls, value, place: str = 'the bookmark') -> int:
        """Return the bookmark of a state; an error names the place."""
        return to_counter(value, place)


class MixedBookmarks(Incremental):
    """Bookmarks are moments in some streams, numbers in others."""

    # True where the bookmark is a number such as an id, and no moment.
    COUNTER = False

    @classmethod
    def to_bookmark(cls, value):
        """Return a bookmark as it compares with others: a number, or a moment's text in UTC."""
        key = cls.REPLICATION_KEY
        if cls.COUNTER:
            return to_counter(value, key)
        return to_moment(value, f'{key}, without a value_format,').isoformat()

    @classmethod
    def read_bookmark(cls, value, place: str = 'the bookmark'):
        """Return a bookmark of a state, or a start, in that form; an error names the place."""
        if cls.COUNTER:
            return to_counter(value, place)
        moment = to_moment(value, place)
        # Some APIs have the year 1 for none at all, and no format writes it.
        return moment.isoformat() if moment.year > 999 else None


class FormattedMixed(MixedBookmarks):
    """Some streams have moments of a form of their own."""

    # What their values are: iso, epoch, epoch_ms or a pattern of strptime.
    VALUE_FORMAT = None

    @classmethod
    def to_bookmark(cls, value):
        """Return a bookmark as it compares with others: a number, or a moment's text in UTC."""
        key = cls.REPLICATION_KEY
        if cls.VALUE_FORMAT:
            return parse_as(value, cls.VALUE_FORMAT, key).isoformat()
        if cls.COUNTER:
            return to_counter(value, key)
        return to_moment(value, f'{key}, without a value_format,').isoformat()
