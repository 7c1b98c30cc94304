"""Acme Events: What happened in Acme's shop, as JSON Lines."""

import json
import os
import re
import sqlite3
from datetime import datetime, timezone
from decimal import Decimal
from glob import escape, glob
from itertools import islice
from typing import Dict, Generator, Iterable, List

from dateutil.parser import isoparse

from mage_integrations.sources.base import Source, main
from mage_integrations.utils.schema_helpers import extract_selected_columns

# A moment as JSON Schema has it.
RFC_3339 = re.compile(r'\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)')
BATCH_SIZE = 1000

# One entry for each file in schemas/. A path is a glob pattern below the folder base_path.
STREAMS = {
    'events': {
        'path': 'events/**/*.jsonl',
        'key_properties': ['event_id'],
    },
}


class AcmeEvents(Source):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        # An empty configuration is None to Mage, which then fails in a run.
        self.config = self.config or {}

    def build_catalog_entry(self, stream_id: str, schema, **kwargs):
        """Give the entry the stream's keys: Mage upserts by the unique constraints."""
        keys = STREAMS[stream_id]['key_properties']
        return super().build_catalog_entry(
            stream_id,
            schema,
            key_properties=keys,
            unique_conflict_method='UPDATE',
            unique_constraints=keys,
            **kwargs,
        )

    def test_connection(self) -> None:
        """Open the files of every stream; an error says which are missing or not readable."""
        for stream_id in STREAMS:
            for path in self.find_files(stream_id):
                open(path, 'rb').close()

    def load_data(self, stream, **kwargs) -> Generator[List[Dict], None, None]:
        """Yield the rows in batches, at least one: a sample is the first of them."""
        rows = self.load_rows(stream, **kwargs)
        rows = self.keep_newest(rows, stream, **kwargs)
        rows = self.check_integers(rows, stream)
        rows = self.complete_moments(rows, stream)
        while True:
            batch = list(islice(rows, BATCH_SIZE))
            yield batch
            if len(batch) < BATCH_SIZE:
                return

    def load_rows(self, stream, **kwargs):
        rows = self.read_rows(stream)
        return rows

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

    def check_integers(self, rows, stream) -> Generator[Dict, None, None]:
        columns = self.get_selected(stream).items()
        names = [name for name, column in columns if 'integer' in (column.type or ())]
        for row in rows:
            for name in names:
                value = row.get(name)
                if isinstance(value, int) and not -(2**63) <= value < 2**63:
                    place = f'{stream.tap_stream_id}: {name} is {value}'
                    hint = 'leave the column out, or make it a string in the answers'
                    raise ValueError(f'{place}, no integer of 64 bits: {hint}')
            yield row

    def complete_moments(self, rows, stream) -> Generator[Dict, None, None]:
        """Give moments the form of their schema: what has no offset is in UTC, a date midnight."""
        columns = self.get_selected(stream).items()
        place = f'{stream.tap_stream_id}: '
        names = [name for name, column in columns if column.format == 'date-time']
        for row in rows:
            yield {**row, **{name: to_date_time(row.get(name), place + name) for name in names}}

    def read_rows(self, stream) -> Generator[Dict, None, None]:
        for path in self.find_files(stream.tap_stream_id):
            yield from self.read_file(path, stream)

    def find_files(self, stream_id: str) -> List[str]:
        """Return the stream's files in the order of their names.

        Raises FileNotFoundError where there is none, since missing data would go unnoticed.
        """
        base_path = self.config.get('base_path') or ''
        path = STREAMS[stream_id]['path']
        pattern = os.path.join(escape(base_path), path)
        found = sorted(filter(os.path.isfile, glob(pattern, recursive=True)), key=len, reverse=True)
        if not found:
            raise FileNotFoundError(f'Stream {stream_id}: no file matches {pattern}')
        # By links, one file may have several names, and a folder that has itself any number.
        return sorted({os.path.realpath(path): path for path in found}.values())

    def read_file(self, path: str, stream) -> Generator[Dict, None, None]:
        """Yield the record of each line; an error names the file, the line and what is wrong."""
        with open(path, 'rb') as lines:
            for number, line in enumerate(lines, 1):
                if not line.strip():
                    continue
                try:
                    record = json.loads(line, parse_float=Decimal, parse_constant=refuse_constant)
                except ValueError as error:
                    raise ValueError(f'{path}, line {number}: {error}') from error
                if not isinstance(record, dict):
                    raise ValueError(f'{path}, line {number}: not a JSON object')
                yield record

    def get_selected(self, stream) -> Dict:
        """Return the schemas of the columns that are written."""
        columns = stream.schema.properties
        return {name: columns[name] for name in extract_selected_columns(stream.metadata)}


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


def to_date_time(text, place: str):
    """Return a moment as it is where it has an offset, else in UTC; an error names its place."""
    try:
        moment = parse_iso(text) if text else None
    except (TypeError, ValueError, OverflowError):
        raise ValueError(f'{place} is {text!r}, no moment in ISO 8601') from None
    if moment is None or RFC_3339.fullmatch(text):
        return text or None
    return moment.replace(tzinfo=moment.tzinfo or timezone.utc).isoformat()


def refuse_constant(name: str) -> None:
    """Refuse NaN and Infinity, which Python reads all the same."""
    raise ValueError(f'{name} is no number of JSON')


def parse_iso(text: str) -> datetime:
    try:
        # Many times faster than dateutil, which takes the forms that older Pythons refuse.
        return datetime.fromisoformat(text.replace('Z', '+00:00'))
    except (AttributeError, ValueError):
        return isoparse(text)


if __name__ == '__main__':
    main(AcmeEvents)
