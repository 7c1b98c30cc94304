"""Acme Reports: Stock and price reports of each warehouse, as JSON."""

import json
import os
import re
import sqlite3
from copy import copy
from datetime import datetime, timezone
from decimal import Decimal
from glob import escape, glob
from itertools import islice
from typing import Dict, Generator, Iterable, List

from dateutil.parser import isoparse

from mage_integrations.sources.base import Source, main
from mage_integrations.utils.schema_helpers import extract_selected_columns

DEFAULTS = {'warehouse': 'north'}

# A moment as JSON Schema has it.
RFC_3339 = re.compile(r'\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)')
BATCH_SIZE = 1000

# One entry for each file in schemas/. A path is a glob pattern below the folder base_path.
STREAMS = {
    'prices': {
        'path': 'reports/{warehouse}/prices.json',
        'key_properties': ['sku'],
    },
    'stock': {
        'path': 'reports/{warehouse}/stock-*.json',
        'records_path': ['report', 'items'],
        'key_properties': ['sku', 'counted_at'],
        'replication_method': 'INCREMENTAL',
        'replication_key': 'counted_at',
        'text_columns': ['shelf'],
    },
}


class AcmeReports(Source):
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
        rows = self.check_integers(rows, stream)
        rows = self.complete_moments(rows, stream)
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
        text_columns = STREAMS[stream.tap_stream_id].get('text_columns', [])
        for path in self.find_files(stream.tap_stream_id):
            for row in self.read_file(path, stream):
                yield {**row, **{column: to_text(row.get(column)) for column in text_columns}}

    def find_files(self, stream_id: str) -> List[str]:
        """Return the stream's files in the order of their names.

        Raises FileNotFoundError where there is none, since missing data would go unnoticed.
        """
        base_path = self.config.get('base_path') or ''
        path = STREAMS[stream_id]['path']
        path = self.fill(path, stream_id)
        pattern = os.path.join(escape(base_path), path)
        found = sorted(filter(os.path.isfile, glob(pattern, recursive=True)), key=len, reverse=True)
        if not found:
            raise FileNotFoundError(f'Stream {stream_id}: no file matches {pattern}')
        # By links, one file may have several names, and a folder that has itself any number.
        return sorted({os.path.realpath(path): path for path in found}.values())

    def fill(self, path: str, stream_id: str) -> str:
        """Return the path with the configuration's values; {key} stands for that of a key."""
        config = {key: value for key, value in self.config.items() if value}
        try:
            return path.format_map({**DEFAULTS, **config})
        except KeyError as error:
            raise ValueError(f'Stream {stream_id}: the configuration lacks {error}') from error

    def read_file(self, path: str, stream) -> List[Dict]:
        """Return the records of a file; an error names the file and what is wrong in it."""
        with open(path, 'rb') as file:
            try:
                records = json.load(file, parse_float=Decimal, parse_constant=refuse_constant)
            except ValueError as error:
                raise ValueError(f'{path}: {error}') from error
        records_path = STREAMS[stream.tap_stream_id].get('records_path', [])
        for key in records_path:
            records = records.get(key) if isinstance(records, dict) else None
        # An object that has nothing of the stream is no record: its records are elsewhere in it.
        columns = stream.schema.to_dict()['properties']
        if isinstance(records, dict) and not columns.keys().isdisjoint(records):
            records = [records]
        if not isinstance(records, list) or not all(isinstance(item, dict) for item in records):
            place = f' at {records_path}' if records_path else ''
            raise ValueError(f'{path}: no records of {stream.tap_stream_id}{place}')
        return records

    def get_selected(self, stream) -> Dict:
        """Return the schemas of the columns that are written."""
        columns = stream.schema.properties
        return {name: columns[name] for name in extract_selected_columns(stream.metadata)}


def to_text(value) -> str:
    """Return a value of a column that holds several types: text as it is, all else as JSON."""
    if value is None or isinstance(value, str):
        return value
    return str(value) if isinstance(value, Decimal) else json.dumps(value, default=float)


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
        moment = parse_iso(value)
        return moment.replace(tzinfo=moment.tzinfo or timezone.utc).astimezone(timezone.utc)
    except (TypeError, ValueError, OverflowError):
        raise ValueError(f'{place} is {value!r}, no moment in ISO 8601') from None


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
    # Files promise no order: the state is the greatest bookmark of a run, not the last one.
    main(AcmeReports, is_sorted=False)
