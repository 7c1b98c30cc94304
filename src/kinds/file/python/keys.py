"""Keys that come once in a run, since destinations take none twice at a time."""

import json
import sqlite3
from typing import Dict, Generator, Iterable

from kinds.file.python.source import STREAMS, FileSource


class Keys(FileSource):
    def keep_newest(self, rows, stream, **kwargs) -> Generator[Dict, None, None]:
        """Yield of each key its newest row, the last one of several; the files are read twice."""
        keys = STREAMS[stream.tap_stream_id]['key_properties']
        if kwargs.get('sample_data') or not keys:
            yield from rows
            return
        newest = find_newest((key_of(row, keys), self.version_of(row, stream)) for row in rows)
        key, place = next(newest, (None, None))
        for position, row in enumerate(self.load_rows(stream, **kwargs)):
            if position == place and key_of(row, keys) == key:
                yield row
                key, place = next(newest, (None, None))
        if key is not None:
            raise ValueError(f'{stream.tap_stream_id}: the files changed while they were read')

    def version_of(self, row: Dict, stream):
        return None


def key_of(row: Dict, keys) -> str:
    missing = [key for key in keys if row.get(key) is None]
    if missing:
        raise ValueError(f'a row has no {", ".join(missing)}, which is its key: {row}')
    return json.dumps([row[key] for key in keys], default=str)


def find_newest(versions: Iterable) -> Generator:
    """Yield each key and the position of its newest version, in order.

    They are sorted in a file, so that memory stays flat however many there are.
    """
    database = sqlite3.connect('')
    database.execute('CREATE TABLE newest (key PRIMARY KEY, version, place) WITHOUT ROWID')
    database.executemany(
        'INSERT INTO newest VALUES (?, ?, ?) ON CONFLICT (key) DO UPDATE '
        'SET version = excluded.version, place = excluded.place '
        'WHERE version IS NULL OR excluded.version >= version',
        ((key, version, place) for place, (key, version) in enumerate(versions)),
    )
    yield from database.execute('SELECT key, place FROM newest ORDER BY place')
