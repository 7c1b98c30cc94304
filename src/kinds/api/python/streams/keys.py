"""Streams whose records have keys; each comes once in a run, since destinations take none twice."""

import sqlite3
from functools import cached_property
from operator import itemgetter
from typing import Dict, List

from kinds.api.python.stream import BaseStream
from kinds.api.python.streams.incremental import Incremental


class Keys(BaseStream):
    @cached_property
    def seen(self) -> sqlite3.Cursor:
        """The keys that have come, in a temporary file, so that memory stays flat."""
        seen = sqlite3.connect('').execute('PRAGMA cache_size = -500')
        seen.execute('CREATE TABLE keys (key PRIMARY KEY, version) WITHOUT ROWID')
        return seen

    def check_keys(self, rows: List[Dict]) -> None:
        for row in rows:
            if None in map(row.get, self.KEY_PROPERTIES):
                names = ', '.join(key for key in self.KEY_PROPERTIES if row.get(key) is None)
                raise ValueError(f'a record has no value in {names}, of {", ".join(row)}')

    def drop_repeats(self, rows: List[Dict]) -> List[Dict]:
        """Return of each key that comes for the first time in the run its newest row."""
        if not self.KEY_PROPERTIES:
            return rows
        newest, key_of = {}, itemgetter(*self.KEY_PROPERTIES)
        for row in rows:
            key = repr(key_of(row))
            row = self.choose_newer(row, newest.get(key))
            newest[key] = row
        return [row for key, row in newest.items() if self.is_first(key, row)]

    def choose_newer(self, row: Dict, earlier: Dict) -> Dict:
        """Return the newer one of two rows; without bookmarks, that is the later."""
        return row

    def is_first(self, key: str, row: Dict) -> bool:
        """Note a key, and tell whether it has not come before."""
        self.seen.execute('INSERT OR IGNORE INTO keys (key) VALUES (?)', (key,))
        return self.seen.rowcount > 0


class IncrementalKeys(Keys, Incremental):
    """Bookmarks tell which row is the newer one."""

    # The least bookmark of rows that came after an older one of their key had been written.
    held = None

    def choose_newer(self, row: Dict, earlier: Dict) -> Dict:
        """Return the newer one of two rows, or the one that there is."""
        if earlier is None:
            return row
        known, version = self.get_version(earlier), self.get_version(row)
        is_older = known is not None and (version is None or version < known)
        return earlier if is_older else row

    def get_version(self, row: Dict):
        return self.get_last([row.get(self.REPLICATION_KEY)])

    def is_first(self, key: str, row: Dict) -> bool:
        """Note a key, and tell whether it has not come before; a newer row is held back."""
        value = row.get(self.REPLICATION_KEY)
        known = None if value is None else str(value)
        self.seen.execute('INSERT OR IGNORE INTO keys VALUES (?, ?)', (key, known))
        if self.seen.rowcount > 0:
            return True
        self.seen.execute('SELECT version FROM keys WHERE key = ?', (key,))
        known, version = self.get_last(self.seen.fetchone()), self.get_version(row)
        if version is not None and (known is None or version > known):
            self.held = version if self.held is None else min(version, self.held)
        return False

    def get_state(self):
        """Return the bookmark that the next run goes on from, which brings what was held back."""
        if self.greatest is None or self.held is None:
            return self.greatest
        return min(self.greatest, self.held)


class ChildKeys(IncrementalKeys):
    """Each parent has a bookmark of its own."""

    def forget_held(self) -> None:
        self.held = None
