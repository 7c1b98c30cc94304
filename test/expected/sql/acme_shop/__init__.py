"""Acme Shop: The orders that Acme's shop keeps in a SQLite file."""

import re
import sqlite3
from base64 import b64decode, b64encode
from contextlib import closing
from copy import copy
from datetime import date
from fnmatch import fnmatchcase
from itertools import islice
from math import inf, isfinite, nextafter
from operator import itemgetter
from pathlib import Path
from sys import maxsize
from typing import Dict, Generator, List

from singer.schema import Schema

from mage_integrations.connections.sql.base import Connection
from mage_integrations.sources.base import main
from mage_integrations.sources.catalog import Catalog
from mage_integrations.sources.constants import UNIQUE_CONFLICT_METHOD_UPDATE
from mage_integrations.sources.sql.base import Source
from mage_integrations.sources.sql.constants import PredicateOperator
from mage_integrations.sources.sql.utils import predicate_operator_uuid_to_comparison_operator
from mage_integrations.utils.schema_helpers import extract_selected_columns

# One row per column: its table, name and type, whether it may be null, its position in the primary
# key and in a unique index. A unique index of nullable columns doesn't identify a row.
DISCOVER_QUERY = r"""
SELECT
    tables.name,
    columns.name,
    columns.type,
    NOT (columns."notnull" OR columns.pk),
    columns.pk,
    COALESCE(unique_key.seqno + 1, 0)
FROM sqlite_master AS tables
JOIN pragma_table_xinfo(tables.name) AS columns
LEFT JOIN pragma_index_info((
    SELECT indexes.name
    FROM pragma_index_list(tables.name) AS indexes
    WHERE indexes."unique" AND NOT indexes.partial AND NOT EXISTS (
        SELECT 1
        FROM pragma_index_info(indexes.name) AS parts
        LEFT JOIN pragma_table_xinfo(tables.name) AS part ON part.cid = parts.cid
        WHERE part."notnull" IS NOT 1
    )
    ORDER BY indexes.name
    LIMIT 1
)) AS unique_key ON unique_key.cid = columns.cid
WHERE tables.type IN ('table', 'view')
    AND tables.name NOT LIKE 'sqlite\_%' ESCAPE '\'
    AND columns.hidden <> 1
ORDER BY tables.name, columns.cid
"""


# The forms of moments that SQLite itself knows.
MOMENT = re.compile(
    r'(\d{4}-\d\d-\d\d)'
    r'(?:([T ])((?:[01]\d|2[0-3]):[0-5]\d)(:[0-5]\d(?:\.\d+)?)?)? ?(Z|[+-]\d\d:\d\d)?'
)
CLASSES = {'integer': int, 'number': (int, float), 'boolean': ()}
ADVICE = 'choose string as the type of the column in Mage, or leave it out'


class SQLiteConnection(Connection):
    """Opens a database file, which has to exist, for reading only."""

    def __init__(self, path, **kwargs):
        super().__init__(**kwargs)
        self.path = Path(path)

    def build_connection(self):
        if not self.path.is_file():
            raise FileNotFoundError(f'There is no SQLite database at {self.path.resolve()}')
        return sqlite3.connect(f'{self.path.resolve().as_uri()}?mode=ro', uri=True)


class AcmeShop(Source):
    # What no connection can do without.
    REQUIRED = ['path']
    JSON_TYPES = {
        **dict.fromkeys(['INT', 'INTEGER', 'TINYINT', 'SMALLINT', 'MEDIUMINT'], 'integer'),
        **dict.fromkeys(['BIGINT', 'INT2', 'INT4', 'INT8', 'UNSIGNED'], 'integer'),
        **dict.fromkeys(['REAL', 'DOUBLE', 'FLOAT', 'NUM', 'NUMERIC', 'DECIMAL'], 'number'),
        **dict.fromkeys(['BOOL', 'BOOLEAN'], 'boolean'),
    }
    DATETIME_TYPES = ('DATE', 'DATETIME', 'TIMESTAMP')

    @property
    def connection_settings(self) -> Dict:
        config = self.config or {}
        missing = [key for key in self.REQUIRED if not config.get(key)]
        if missing:
            raise Exception(f'The configuration has no {" and no ".join(missing)}')
        return config

    def build_connection(self) -> SQLiteConnection:
        return SQLiteConnection(self.connection_settings['path'])

    def test_connection(self) -> None:
        # SQLite reads the file only when it is asked something.
        list(self._rows('SELECT 1 FROM sqlite_master', []))

    def build_table_name(self, stream) -> str:
        return self._quote(stream.tap_stream_id)

    def discover(self, streams: List[str] = None) -> Catalog:
        columns = {}
        for stream_id, *column in self._columns():
            columns.setdefault(stream_id, []).append(column)
        included, excluded = self._names('tables') or ['*'], self._names('exclude_tables')
        entries = [
            self._catalog_entry(stream_id, described)
            for stream_id, described in columns.items()
            if (not streams or stream_id in streams)
            and self._matches(stream_id, included)
            and not self._matches(stream_id, excluded)
        ]
        return Catalog(entries)

    def _columns(self):
        return self._rows(DISCOVER_QUERY, [])

    def _names(self, key):
        names = str((self.config or {}).get(key) or '').split(',')
        return [name.strip() for name in names if name.strip()]

    def _matches(self, name, patterns):
        return any(fnmatchcase(name, pattern) for pattern in patterns)

    def _catalog_entry(self, stream_id, columns):
        properties = {
            name: self._column_schema(column_type, nullable)
            for name, column_type, nullable, _, _ in columns
        }
        primary_key, unique_key = (
            [column[0] for column in sorted(columns, key=itemgetter(position)) if column[position]]
            for position in (3, 4)
        )
        return self.build_catalog_entry(
            stream_id,
            Schema.from_dict({'type': 'object', 'properties': properties}),
            key_properties=primary_key,
            unique_constraints=primary_key or unique_key,
            unique_conflict_method=UNIQUE_CONFLICT_METHOD_UPDATE,
        )

    def _quote(self, name):
        """An SQL identifier. In double quotes, SQLite would take an unknown column for a string."""
        return '`' + name.replace('`', '``') + '`'

    def _column_schema(self, column_type, nullable):
        """SQLite keeps types as they were written, such as NVARCHAR(160): the first word counts."""
        word = re.match(r'\w*', column_type.upper()).group()
        schema = {'type': self._types(self.JSON_TYPES.get(word, 'string'), nullable)}
        if word in self.DATETIME_TYPES:
            return {**schema, 'format': 'date-time'}
        return {**schema, 'description': word} if word == 'BLOB' else schema

    def _types(self, json_type, nullable):
        """
        The types of a column, of which destinations take the first: JSON may be of any type, and
        lone strings and numbers in it stay JSON text. A number that JSON has none for is null.
        """
        types = ['object', 'array', 'string'] if json_type == 'object' else [json_type]
        return ['null', *types] if nullable or json_type == 'number' else types

    def count_records(self, stream, bookmarks: Dict = None, query: Dict = None, **kwargs) -> int:
        where, values = self._where(stream, bookmarks or {})
        table = self.build_table_name(stream)
        ((count,),) = self._rows(f'SELECT count(*) FROM {table}{where}', values)
        return count

    def load_data(
        self, stream, bookmarks: Dict = None, query: Dict = None, **kwargs
    ) -> Generator[List[Dict], None, None]:
        records = self._records(stream, bookmarks or {}, query or {})
        while True:
            page = list(islice(records, self.fetch_limit))
            yield page
            if len(page) < self.fetch_limit:
                break

    def write_records(self, stream, rows: List[Dict], properties: Dict = None) -> Dict:
        """Rows without a bookmark are written as well, but leave the state as it is."""
        columns = self._get_bookmark_properties_for_stream(stream)
        others = [row for row in rows if any(row[column] is None for column in columns)]
        if others:
            stateless = copy(stream)
            stateless.replication_method = 'FULL_TABLE'
            super().write_records(stateless, others, properties)
            rows = [row for row in rows if all(row[column] is not None for column in columns)]
        return super().write_records(stream, rows, properties)

    def _records(self, stream, bookmarks, query):
        """
        One query with an open cursor: memory stays flat, and no row moves between pages.

        Mage starts the next incremental batch from the last bookmark of this one. So this one goes
        on after `_limit` to the end of the rows that share a bookmark, and of a later one than it
        started from. Rows without a bookmark are left to the last batch, which has no `_limit`.
        """
        bookmark_columns = self._get_bookmark_properties_for_stream(stream)
        columns = extract_selected_columns(stream.metadata) or list(stream.schema.properties)
        columns += [column for column in bookmark_columns if column not in columns]
        rows = self._rows(*self._select(stream, columns, bookmarks, query))
        records = (self._record(stream, columns, row) for row in rows)
        record = {}
        for record in islice(records, query.get('_limit') or None):
            yield record
        start = [bookmarks.get(column) for column in bookmark_columns]
        last = [record.get(column) for column in bookmark_columns]
        for record in records:
            bookmark = [record[column] for column in bookmark_columns]
            if last not in (bookmark, start) and None not in last:
                break
            last = bookmark
            yield record

    def _record(self, stream, columns, row):
        """A row as its schema has it; an error names the column whose value no schema can have."""
        record = {}
        for column, value in zip(columns, row):
            try:
                record[column] = self._to_json(value, stream.schema.properties[column])
            except ValueError as error:
                raise ValueError(f'{stream.tap_stream_id}, column {column}: {error}') from error
        return record

    def _select(self, stream, columns, bookmarks, query):
        properties = stream.schema.properties
        selected = ', '.join(self._expression(column, properties[column]) for column in columns)
        bookmark_columns = self._get_bookmark_properties_for_stream(stream)
        key = stream.key_properties or stream.unique_constraints or []
        order = [self._quote(column) for column in dict.fromkeys([*bookmark_columns, *key])]
        order = order or [self._expression(column, properties[column]) for column in columns]
        order = f'ORDER BY {", ".join(order)}'
        where, values = self._where(stream, bookmarks, query.get('_limit'))
        select = f'SELECT {selected} FROM {self.build_table_name(stream)}'
        if bookmark_columns:
            return f'{select}{where} {order}', values
        return self._page(stream, select, order, query.get('_limit'), query.get('_offset') or 0)

    def _page(self, stream, select, order, limit, offset):
        return f'{select} {order} LIMIT ? OFFSET ?', [limit or maxsize, offset]

    def _rows(self, statement, values):
        with closing(self.build_connection().build_connection()) as connection:
            yield from connection.execute(statement, values)

    def _where(self, stream, bookmarks, limit=None):
        """
        Rows since the bookmark, compared as one value if it has several columns.

        Those without a bookmark, which would keep databases from going on where it stands in an
        index, are left out where there is a limit.
        """
        columns = self._get_bookmark_properties_for_stream(stream)
        quoted = [self._quote(column) for column in columns]
        known = ' AND '.join(f'{column} IS NOT NULL' for column in quoted)
        unknown = ' OR '.join(f'{column} IS NULL' for column in quoted)
        values = [bookmarks.get(column) for column in columns]
        if None in values or not columns:
            return f' WHERE {known}' if known and limit else '', []
        # Mage keeps a decimal as the nearest float, which may be greater.
        values = [nextafter(value, -inf) if isinstance(value, float) else value for value in values]
        properties = stream.schema.properties
        values = [self._parameter(value, properties[name]) for name, value in zip(columns, values)]
        operators = stream.bookmark_property_operators or {}
        operator = predicate_operator_uuid_to_comparison_operator(
            operators.get(columns[0]) or PredicateOperator.GREATER_THAN_OR_EQUALS
        )
        since, values = self._since(quoted, operator, values)
        where = f'{since} AND {known}' if limit else f'{since} OR {unknown}'
        return f' WHERE {where}', values

    def _since(self, columns, operator, values):
        return f'({", ".join(columns)}) {operator} ({", ".join(["?"] * len(values))})', values

    def _expression(self, column, schema):
        return self._quote(column)

    def _parameter(self, value, schema):
        """A bookmark as it is compared: a moment as it is stored, and bytes, which are no text."""
        if schema.format:
            return stored_moment(value)
        return b64decode(value) if schema.description == 'BLOB' else value

    def _to_json(self, value, schema):
        """A value as JSON holds it: bytes in base64, no infinity, and booleans for 0 and 1."""
        if value is None or isinstance(value, float) and not isfinite(value):
            return None
        if schema.format:
            return json_moment(value)
        if 'string' in schema.type:
            return b64encode(value).decode() if isinstance(value, bytes) else str(value)
        if 'boolean' in schema.type and value in (0, 1):
            return bool(value)
        json_type = schema.type[-1]
        if isinstance(value, CLASSES[json_type]):
            return value
        raise ValueError(f'{value!r} is no {json_type}: {ADVICE}')


def json_moment(value):
    """A stored moment as JSON Schema has it; in UTC, a Z tells that a T stands in it."""
    try:
        day, separator, minutes, seconds, zone = MOMENT.fullmatch(str(value)).groups()
        date.fromisoformat(day)
    except (AttributeError, ValueError):
        raise ValueError(f'{value!r} is no moment such as 2024-01-31 23:59:59: {ADVICE}') from None
    if zone in (None, 'Z', '+00:00'):
        zone = 'Z' if separator == 'T' else '+00:00'
    return f'{day}T{minutes or "00:00"}{seconds or ":00"}{zone}'


def stored_moment(text):
    """The least that may be stored for a moment: SQLite compares texts, and a day is one too."""
    match = re.fullmatch(r'(.{10})T(.{5}):([\d.]+)(Z|[+-].{5})', text)
    if not match:
        return text
    day, minutes, seconds, zone = match.groups()
    seconds = seconds.rstrip('0').rstrip('.') if '.' in seconds else seconds
    time = minutes if seconds == '00' else f'{minutes}:{seconds}'
    return day if time == '00:00' else f'{day}{"T" if zone == "Z" else " "}{time}'


if __name__ == '__main__':
    main(AcmeShop)
