"""Acme Exports: Customers and orders from the nightly CSV exports of Acme's shop."""

import csv
import json
import os
import sqlite3
from copy import copy
from datetime import datetime, timezone
from decimal import Decimal
from glob import escape, glob
from itertools import islice
from json import JSONDecoder
from typing import Dict, Generator, Iterable, List

from dateutil.parser import isoparse

from mage_integrations.sources.base import Source, main

DECODER = JSONDecoder(parse_float=Decimal)
JSON_TYPES = {
    'array': [list],
    'boolean': [bool],
    'integer': [int],
    'number': [int, Decimal],
    'object': [dict],
}
BATCH_SIZE = 1000

# One entry for each file in schemas/. A path is a glob pattern below the folder base_path.
STREAMS = {
    'customers': {
        'path': 'customers.csv',
        'key_properties': ['customer_id'],
    },
    'orders': {
        'path': 'orders-*.csv',
        'key_properties': ['order_id'],
        'replication_method': 'INCREMENTAL',
        'replication_key': 'updated_at',
    },
}


class AcmeExports(Source):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        # An empty configuration is None to Mage, which then fails in a run.
        self.config = self.config or {}

    def build_catalog_entry(self, stream_id: str, schema, **kwargs):
        """Give the entry the stream's keys: Mage upserts by the unique constraints."""
        settings = STREAMS[stream_id]
        entry = super().build_catalog_entry(
            stream_id,
            schema,
            key_properties=settings['key_properties'],
            replication_method=settings.get('replication_method'),
            unique_conflict_method='UPDATE',
            unique_constraints=settings['key_properties'],
            **kwargs,
        )
        # As an argument of super() it would override the bookmark that the user chooses later.
        if 'replication_key' in settings:
            entry.bookmark_properties = [settings['replication_key']]
        return entry

    def test_connection(self) -> None:
        """Open the files of every stream; an error says which are missing or not readable."""
        for stream_id in STREAMS:
            for path in self.find_files(stream_id):
                open(path, 'rb').close()

    def load_data(self, stream, **kwargs) -> Generator[List[Dict], None, None]:
        """Yield the rows in batches, at least one: a sample is the first of them."""
        rows = self.load_rows(stream, **kwargs)
        rows = self.keep_newest(rows, stream, **kwargs)
        while True:
            batch = list(islice(rows, BATCH_SIZE))
            yield batch
            if len(batch) < BATCH_SIZE:
                return

    def load_rows(self, stream, **kwargs):
        rows = self.read_rows(stream)
        rows = self.select_new(rows, stream, **kwargs)
        return rows

    def select_new(self, rows, stream, bookmarks: Dict = None, **kwargs):
        """Yield the rows at or after the bookmark, and those that have none."""
        keys = self._get_bookmark_properties_for_stream(stream)
        columns = stream.schema.to_dict()['properties']
        place = f'the bookmark of {stream.tap_stream_id} in the state'
        last = [to_comparable((bookmarks or {}).get(key), columns[key], place) for key in keys]
        for row in rows:
            position = self.get_position(row, keys, columns, stream)
            if None in last or None in position or position >= last:
                yield row

    def get_position(self, row: Dict, keys: List[str], columns: Dict, stream) -> List:
        """Return the bookmark of a row as it compares with others."""
        place = f'{stream.tap_stream_id}: '
        return [to_comparable(row.get(key), columns[key], place + key) for key in keys]

    def write_records(self, stream, rows: List[Dict], properties: Dict = None) -> Dict:
        """Write all rows; the state gets their greatest bookmark, even if some have none."""
        # The base class compares all bookmarks, and fails where there is none.
        without_state = copy(stream)
        without_state.replication_method = 'FULL_TABLE'
        result = super().write_records(without_state, rows, properties)
        keys = self._get_bookmark_properties_for_stream(stream)
        columns = stream.schema.to_dict()['properties']
        positions = [self.get_position(row, keys, columns, stream) for row in rows]
        last = max((position for position in positions if None not in position), default=[])
        # Moments compare as text in one form alone.
        result['max_bookmark'] = [
            value.isoformat() if isinstance(value, datetime) else value for value in last
        ]
        return result

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
        """Return the bookmark of a row as it compares with others."""
        columns = stream.schema.to_dict()['properties']
        keys = self._get_bookmark_properties_for_stream(stream)
        for value in self.get_position(row, keys, columns, stream):
            return value.isoformat() if isinstance(value, datetime) else value
        return None

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

    def read_file(
        self, path: str, stream, delimiter: str = ',', encoding: str = 'utf-8-sig'
    ) -> Generator[Dict, None, None]:
        """Yield the rows of a file; an error names the file, the line and what is wrong there."""
        # By itself, csv takes no field of more than 131,072 characters.
        csv.field_size_limit(2**31 - 1)
        with open(path, encoding=encoding, newline='') as file:
            # Strict, since a quote that is never closed would swallow the rest of the file.
            lines = csv.reader(file, delimiter=delimiter, strict=True)
            try:
                yield from self.parse_rows(lines, stream)
            except UnicodeDecodeError as error:
                raise ValueError(f'{path} is not in {file.encoding}: {error}') from error
            except (csv.Error, ValueError) as error:
                raise ValueError(f'{path}, line {lines.line_num}: {error}') from error

    def parse_rows(self, lines, stream) -> Generator[Dict, None, None]:
        """Yield the lines below the header as rows with all columns of the stream's schema."""
        columns = stream.schema.to_dict()['properties']
        header = next(lines, [])
        names = [name for name in header if name in columns]
        keys = STREAMS[stream.tap_stream_id]['key_properties']
        if not names or not set(keys) <= set(names) or len(names) > len(set(names)):
            raise ValueError(f'the header {header} does not fit the columns {list(columns)}')
        for fields in filter(None, lines):
            if len(fields) != len(header):
                raise ValueError(f'{len(fields)} fields where the header has {len(header)}')
            row = dict(zip(header, fields))
            yield {name: convert(name, row.get(name), columns[name]) for name in columns}


def convert(name: str, text: str, column: Dict):
    """Return the exact value of a field by its column's schema; None if it is empty."""
    if not text:
        return None
    kind = next(kind for kind in column['type'] if kind != 'null')
    try:
        if kind == 'string':
            if column.get('format') == 'date-time':
                isoparse(text)
            return text
        value = DECODER.decode(text.lower() if kind == 'boolean' else text)
        if type(value) in JSON_TYPES[kind]:
            return value
        raise ValueError
    except ValueError as error:
        expected = column.get('format', kind)
        raise ValueError(f'column {name}: {text!r} is not of type {expected}') from error


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


def to_comparable(value, column: Dict, place: str):
    """Return a bookmark as what compares: a date-time as a moment, a decimal as states have it.

    An error names the place.
    """
    if value is not None and column.get('format') == 'date-time':
        return to_moment(value, place)
    return float(value) if isinstance(value, Decimal) else value


def to_moment(value, place: str) -> datetime:
    try:
        moment = isoparse(value)
        return moment.replace(tzinfo=moment.tzinfo or timezone.utc).astimezone(timezone.utc)
    except (TypeError, ValueError, OverflowError):
        raise ValueError(f'{place} is {value!r}, no moment in ISO 8601') from None


if __name__ == '__main__':
    # Files promise no order: the state is the greatest bookmark of a run, not the last one.
    main(AcmeExports, is_sorted=False)
