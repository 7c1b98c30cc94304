"""Acme Archive: What Acme keeps in Vertica, by Vertica's own driver."""

import json
import re
from base64 import b64decode, b64encode
from contextlib import closing, contextmanager
from copy import copy
from datetime import date, datetime, time, timezone
from decimal import Decimal
from fnmatch import fnmatchcase
from importlib import import_module
from itertools import islice
from math import inf, isfinite, nextafter
from operator import itemgetter
from queue import Empty, SimpleQueue
from sys import maxsize
from threading import Thread
from typing import Dict, Generator, List

from dateutil.parser import isoparse
from singer.schema import Schema

from mage_integrations.connections.sql.base import Connection
from mage_integrations.sources.base import main
from mage_integrations.sources.catalog import Catalog
from mage_integrations.sources.constants import (
    REPLICATION_METHOD_FULL_TABLE,
    UNIQUE_CONFLICT_METHOD_UPDATE,
)
from mage_integrations.sources.sql.base import Source
from mage_integrations.sources.sql.constants import PredicateOperator
from mage_integrations.sources.sql.utils import predicate_operator_uuid_to_comparison_operator
from mage_integrations.utils.schema_helpers import extract_selected_columns

# The module of the driver.
DRIVER = 'vertica_python'

# One row per column: its table, name and type, whether it may be null, and its positions in the
# primary key and in a unique constraint where they are known. NUL stands for a value.
DISCOVER_QUERY = (
    'SELECT c.table_name, c.column_name, c.data_type, c.is_nullable, '
    'k.ordinal_position\nFROM v_catalog.columns AS c\nLEFT JOIN '
    'v_catalog.primary_keys AS k\n    ON k.table_schema = c.table_schema AND '
    'k.table_name = c.table_name AND k.column_name = c.column_name\nWHERE '
    'c.table_schema = \x00\nORDER BY c.table_name, c.ordinal_position'
)

JSON_TYPES = {
    **dict.fromkeys(['int', 'integer', 'tinyint', 'smallint', 'mediumint', 'bigint'], 'integer'),
    **dict.fromkeys(['int2', 'int4', 'int8', 'byteint', 'serial', 'bigserial'], 'integer'),
    **dict.fromkeys(['decimal', 'dec', 'numeric', 'number', 'money', 'decfloat'], 'number'),
    **dict.fromkeys(['float', 'float4', 'float8', 'double', 'real'], 'number'),
    **dict.fromkeys(['json', 'jsonb', 'array', 'map', 'struct', 'row', 'object'], 'object'),
    **dict.fromkeys(['bool', 'boolean'], 'boolean'),
}
DATETIME_TYPES = ('date', 'datetime', 'timestamp', 'timestamptz', 'timestampltz', 'seconddate')
BINARY_TYPES = ('binary', 'varbinary', 'blob', 'bytea', 'bytes', 'image', 'raw', 'varbyte')


class DatabaseConnection(Connection):
    def __init__(self, arguments, **kwargs):
        super().__init__(**kwargs)
        self.arguments = arguments

    def build_connection(self):
        # Without the driver, Mage still lists the source.
        return import_module(DRIVER).connect(**self.arguments)


# What no connection can do without.
REQUIRED = ['host', 'database', 'username', 'schema']


class AcmeArchive(Source):
    @property
    def connection_settings(self) -> Dict:
        config = self.config or {}
        missing = [key for key in REQUIRED if not config.get(key)]
        if missing:
            raise Exception(f'The configuration has no {" and no ".join(missing)}')
        return {**config, 'port': port_number('port', config.get('port') or 5433)}

    def build_connection(self) -> DatabaseConnection:
        settings = {
            'port': 5433,
            'password': None,
            'tables': None,
            'exclude_tables': None,
            **{key: value for key, value in self.connection_settings.items() if value is not None},
        }
        arguments = {
            'host': settings['host'],
            'port': settings['port'],
            'database': settings['database'],
            'user': settings['username'],
            'password': settings['password'],
            'connection_timeout': 5,
        }
        return DatabaseConnection(
            {name: value for name, value in arguments.items() if value is not None}
        )

    @property
    def catalogue_values(self) -> List:
        return [self.connection_settings.get('schema')] * 1

    def test_connection(self) -> None:
        with self._cursor():
            pass

    def build_table_name(self, stream) -> str:
        schema = self.connection_settings.get('schema')
        table = quote(stream.tap_stream_id)
        return f'{quote(schema)}.{table}' if schema else table

    def discover(self, streams: List[str] = None) -> Catalog:
        rows = (described(*row) for row in self._rows(DISCOVER_QUERY, self.catalogue_values))
        columns = {}
        for table, *column in rows:
            columns.setdefault(table, []).append(column)
        included, excluded = self._names('tables') or ['*'], self._names('exclude_tables')
        entries = [
            self._catalog_entry(stream_id, described)
            for stream_id, described in columns.items()
            if (not streams or stream_id in streams)
            and matches(stream_id, included)
            and not matches(stream_id, excluded)
        ]
        return Catalog(entries)

    def count_records(self, stream, bookmarks: Dict = None, query: Dict = None, **kwargs) -> int:
        where, values = self._where(stream, bookmarks or {})
        table = self.build_table_name(stream)
        ((count,),) = self._rows(f'SELECT count(*) FROM {table}{where}', values)
        return count

    def load_data(
        self,
        stream,
        bookmarks: Dict = None,
        query: Dict = None,
        **kwargs,
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
            stateless.replication_method = REPLICATION_METHOD_FULL_TABLE
            super().write_records(stateless, others, properties)
            rows = [row for row in rows if all(row[column] is not None for column in columns)]
        return super().write_records(stream, rows, properties)

    def _names(self, key):
        names = str((self.config or {}).get(key) or '').split(',')
        return [name.strip() for name in names if name.strip()]

    def _catalog_entry(self, stream_id, columns):
        properties = {
            name: column_schema(column_type, nullable)
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
        types = [stream.schema.properties[column].type for column in columns]
        rows = self._rows(*self._select(stream, columns, bookmarks, query))
        limit = query.get('_limit') or None
        records = (dict(zip(columns, map(to_json, row, types))) for row in rows)
        record = {}
        for record in islice(records, limit):
            yield record
        start = [bookmarks.get(column) for column in bookmark_columns]
        last = [record.get(column) for column in bookmark_columns]
        for record in records:
            bookmark = [record[column] for column in bookmark_columns]
            if last not in (bookmark, start) and None not in last:
                break
            last = bookmark
            yield record

    def _select(self, stream, columns, bookmarks, query):
        expressions = map(quote, columns)
        bookmark_columns = self._get_bookmark_properties_for_stream(stream)
        key = stream.key_properties or stream.unique_constraints or []
        order = [quote(column) for column in dict.fromkeys([*bookmark_columns, *key])]
        order = ', '.join(order or [quote(column) for column in columns])
        selected, table = ', '.join(expressions), self.build_table_name(stream)
        where, values = self._where(stream, bookmarks, query.get('_limit'))
        statement = f'SELECT {selected} FROM {table}{where} ORDER BY {order}'
        if bookmark_columns:
            return statement, values
        limit, offset = query.get('_limit') or maxsize, query.get('_offset') or 0
        return f'{statement} LIMIT {limit} OFFSET {offset}', []

    @contextmanager
    def _cursor(self):
        with closing(within(6, self.build_connection().build_connection)) as connection:
            with closing(connection.cursor()) as cursor:
                cursor.execute("SET TIME ZONE TO 'UTC'")
                yield cursor

    def _rows(self, statement, values):
        with self._cursor() as cursor:
            cursor.execute(*bound(statement, values))
            while rows := cursor.fetchmany(1000):
                yield from rows

    def _where(self, stream, bookmarks, limit=None):
        """
        Rows since the bookmark, compared as one value if it has several columns.

        Those without a bookmark, which would keep databases from going on where it stands in an
        index, are left out where there is a limit.
        """
        columns = self._get_bookmark_properties_for_stream(stream)
        quoted = [quote(column) for column in columns]
        known = ' AND '.join(f'{column} IS NOT NULL' for column in quoted)
        unknown = ' OR '.join(f'{column} IS NULL' for column in quoted)
        values = [bookmarks.get(column) for column in columns]
        if None in values or not columns:
            return f' WHERE {known}' if known and limit else '', []
        # Mage keeps a decimal as the nearest float, which may be greater.
        values = [nextafter(value, -inf) if isinstance(value, float) else value for value in values]
        properties = stream.schema.properties
        values = [parameter(value, properties[name]) for name, value in zip(columns, values)]
        operators = stream.bookmark_property_operators or {}
        operator = predicate_operator_uuid_to_comparison_operator(
            operators.get(columns[0]) or PredicateOperator.GREATER_THAN_OR_EQUALS
        )
        since, given = f'{quoted[-1]} {operator} \0', values[-1:]
        for column, value in zip(quoted[-2::-1], values[-2::-1]):
            equal = f'{column} = \0 AND {since}'
            since = f'({column} {operator[0]} \0 OR {equal})'
            given = [value, value, *given]
        where = f'{since} AND {known}' if limit else f'{since} OR {unknown}'
        return f' WHERE {where}', given


def port_number(key, value):
    if not str(value).isdecimal() or not 0 < int(value) < 65536:
        raise Exception(f'The {key} has to be a number from 1 to 65535, not {value}')
    return int(value)


def matches(name, patterns):
    return any(fnmatchcase(name, pattern) for pattern in patterns)


def quote(name):
    return '"' + name.replace('"', '""') + '"'


def to_json(value, types=()):
    """A value as JSON holds it: times in ISO 8601, bytes in base64, no NaN, JSON as objects."""
    if value is None or isinstance(value, int):
        return value
    if isinstance(value, str):
        return load_json(value) if 'object' in types or 'array' in types else value
    if isinstance(value, (float, Decimal)):
        if not isfinite(value):
            return None
        return int(value) if 'integer' in types else value
    if isinstance(value, (date, time)):
        zoned = isinstance(value, datetime) and value.tzinfo
        return (value.astimezone(timezone.utc) if zoned else value).isoformat()
    if isinstance(value, (bytes, bytearray, memoryview)):
        return b64encode(value).decode()
    if isinstance(value, dict):
        return {str(key): to_json(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [to_json(part) for part in value]
    return str(value)


def load_json(text):
    """Objects and arrays with their numbers exact; a lone string or number stays text."""
    try:
        value = json.loads(text, parse_float=Decimal)
    except ValueError:
        return text
    return value if isinstance(value, (dict, list)) else text


def within(seconds, connect):
    """A connection, or an error after so many seconds, before Mage gives up on it."""
    outcomes = SimpleQueue()

    def attempt():
        try:
            outcomes.put((connect(), None))
        except Exception as error:
            outcomes.put((None, error))

    Thread(target=attempt, daemon=True).start()
    try:
        connection, error = outcomes.get(timeout=seconds)
    except Empty:
        raise TimeoutError(f'The database has not answered within {seconds} seconds') from None
    if error:
        raise error
    return connection


def described(table, column, column_type, null, primary=None, unique=None):
    """A column, whatever words the catalogue has for what may be null."""
    nullable = str(null).strip().lower() in ('1', 'true', 'yes', 'y')
    return table, column, str(column_type), nullable, primary or 0, unique or 0


def column_schema(column_type, nullable):
    """The first word of a type tells what it is."""
    null = ['null'] if nullable else []
    word = re.match(r'\w*', column_type.lower()).group()
    if word in DATETIME_TYPES:
        return {'type': [*null, 'string'], 'format': 'date-time'}
    if word in BINARY_TYPES:
        return {'type': [*null, 'string'], 'description': word}
    return {'type': [*null, JSON_TYPES.get(word, 'string')]}


def parameter(value, schema):
    """A bookmark as the driver binds it: dates, times and bytes are no text."""
    if schema.description in BINARY_TYPES:
        return b64decode(value)
    if schema.format != 'date-time':
        return value
    moment = isoparse(value)
    return moment if 'T' in value else moment.date()


def bound(statement, values):
    """What the driver takes, in its own style of parameters: NUL stands for each."""
    if not values:
        return (statement,)
    style, parts = import_module(DRIVER).paramstyle, statement.split('\0')
    if style in ('format', 'pyformat'):
        return '%s'.join(part.replace('%', '%%') for part in parts), tuple(values)
    if style == 'qmark':
        return '?'.join(parts), tuple(values)
    names = [
        str(number) if style == 'numeric' else f'v{number}' for number, _ in enumerate(values, 1)
    ]
    text = ''.join(f'{part}:{name}' for part, name in zip(parts, names)) + parts[-1]
    return text, tuple(values) if style == 'numeric' else dict(zip(names, values))


if __name__ == '__main__':
    main(AcmeArchive)
