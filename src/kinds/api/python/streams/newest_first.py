"""Streams that an API gives from the newest record on."""

from typing import Dict, Generator, List

from kinds.api.python.streams.incremental import Incremental


class NewestFirst(Incremental):
    """Pages of records that are older than the bookmark are followed by no newer ones."""

    NEWEST_FIRST = False

    def new_pages(self, params: Dict) -> Generator[List[Dict], None, None]:
        self.last, self.in_order, self.is_known = None, self.NEWEST_FIRST, False
        for records in self.get_pages(params):
            yield records
            # Here the page has been read.
            if self.is_known:
                return

    def note_age(self, rows: List[Dict]) -> None:
        """Note whether what follows is older than the bookmark.

        That is so where all rows up to here came in order, and none of the last page is new.
        """
        since = self.since and self.read_bookmark(self.since)
        bookmarks = [self.get_last([row.get(self.REPLICATION_KEY)]) for row in rows]
        for bookmark in bookmarks:
            if bookmark is None or (self.last is not None and bookmark > self.last):
                self.in_order = False
            self.last = bookmark
        is_old = bool(since and bookmarks) and all(each and each < since for each in bookmarks)
        self.is_known = self.in_order and is_old
