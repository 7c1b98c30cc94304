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
from math import inf, nextafter
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
from mage_integrations.sources.constants import UNIQUE_CONFLICT_METHOD_UPDATE
from mage_integrations.sources.sql.base import Source
from mage_integrations.sources.sql.constants import PredicateOperator
from mage_integrations.sources.sql.utils import predicate_operator_uuid_to_comparison_operator
from mage_integrations.utils.schema_helpers import extract_selected_columns

# What is said of a part of a value.
PART = Schema(type=[])

# The module of the driver, and the arguments of its connect.
DRIVER = 'vertica_python'
CONNECT = {
    'host': '{host}',
    'port': '{port}',
    'database': '{database}',
    'user': '{username}',
    'password': '{password}',
    'connection_timeout': 5,
}

# One row per column: its table, name and type, whether it may be null, and its positions in the
# primary key and in a unique constraint where they are known. NUL stands for a value.
DISCOVER_QUERY = (
    'SELECT c.table_name, c.column_name, c.data_type, c.is_nullable, '
    'k.ordinal_position\nFROM v_catalog.columns AS c\nLEFT JOIN '
    'v_catalog.primary_keys AS k\n    ON k.table_schema = c.table_schema AND '
    'k.table_name = c.table_name AND k.column_name = c.column_name\nWHERE '
    'c.table_schema = \x00\nORDER BY c.table_name, c.ordinal_position'
)

# What stands for what isn't configured, and statements at the beginning of each session.
DEFAULTS = {'port': 5433, 'password': None}
SESSION = ["SET TIME ZONE TO 'UTC'"]


class DatabaseConnection(Connection):
    def __init__(self, arguments, **kwargs):
        super().__init__(**kwargs)
        self.arguments = arguments

    def build_connection(self):
        # Without the driver, Mage still lists the source.
        return import_module(DRIVER).connect(**self.arguments)


class AcmeArchive(Source):
    # What no connection can do without.
    REQUIRED = ['host', 'database', 'username', 'schema']
    JSON_TYPES = {
        **dict.fromkeys(['int', 'integer', 'tinyint', 'smallint', 'mediumint'], 'integer'),
        **dict.fromkeys(['bigint', 'int2', 'int4', 'int8', 'byteint'], 'integer'),
        **dict.fromkeys(['serial', 'bigserial'], 'integer'),
        **dict.fromkeys(['decimal', 'dec', 'numeric', 'number', 'decfloat'], 'number'),
        **dict.fromkeys(['float', 'float4', 'float8', 'double', 'real'], 'number'),
        **dict.fromkeys(['json', 'jsonb', 'array', 'map', 'struct', 'row', 'object'], 'object'),
        **dict.fromkeys(['bool', 'boolean'], 'boolean'),
    }
    DATETIME_TYPES = ('date', 'datetime', 'timestamp', 'timestamptz', 'timestampltz', 'seconddate')
    BINARY_TYPES = ('binary', 'varbinary', 'blob', 'bytea', 'bytes', 'image', 'raw', 'varbyte')
    # A character that no name has: how the driver marks a value is known when it is loaded.
    PLACEHOLDER = '\0'
    DEFAULT_PORT = 5433

    @property
    def connection_settings(self) -> Dict:
        config = self.config or {}
        missing = [key for key in self.REQUIRED if not config.get(key)]
        if missing:
            raise Exception(f'The configuration has no {" and no ".join(missing)}')
        return {**config, 'port': port_number('port', config.get('port') or self.DEFAULT_PORT)}

    def build_connection(self) -> DatabaseConnection:
        arguments = CONNECT
        arguments = self._configured(arguments)
        return DatabaseConnection(arguments)

    def _configured(self, arguments):
        """The arguments with what is configured for each `{key}`, without those that are None."""
        given = {key: value for key, value in self.connection_settings.items() if value is not None}
        filled = {name: filled_in(text, {**DEFAULTS, **given}) for name, text in arguments.items()}
        return {name: value for name, value in filled.items() if value is not None}

    def test_connection(self) -> None:
        with self._cursor():
            pass

    def build_table_name(self, stream) -> str:
        schema = self.connection_settings.get('schema')
        table = self._quote(stream.tap_stream_id)
        return f'{self._quote(schema)}.{table}' if schema else table

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
        schema = self.connection_settings.get('schema')
        for row in self._rows(DISCOVER_QUERY, [schema] * DISCOVER_QUERY.count('\0')):
            yield described(*row)

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
        return '"' + name.replace('"', '""') + '"'

    def _column_schema(self, column_type, nullable):
        """The first word of a type tells what it is."""
        word = re.match(r'\w*', column_type.lower()).group()
        types = self._types(self.JSON_TYPES.get(word, 'string'), nullable)
        if word in self.DATETIME_TYPES:
            return {'type': types, 'format': 'date-time'}
        return {'type': types, **({'description': word} if word in self.BINARY_TYPES else {})}

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
        return f'{select} {order} LIMIT {limit or maxsize} OFFSET {offset}', []

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
        """Columns compared as one value where the database itself can't do that."""
        since, given = f'{columns[-1]} {operator} {self.PLACEHOLDER}', values[-1:]
        for column, value in zip(columns[-2::-1], values[-2::-1]):
            equal = f'{column} = {self.PLACEHOLDER} AND {since}'
            since = f'({column} {operator[0]} {self.PLACEHOLDER} OR {equal})'
            given = [value, value, *given]
        return since, given

    def _expression(self, column, schema):
        return self._quote(column)

    def _parameter(self, value, schema):
        """A bookmark as the driver binds it: dates, times and bytes are no text."""
        if schema.description in self.BINARY_TYPES:
            return b64decode(value)
        if schema.format != 'date-time':
            return value
        moment = in_utc(value)
        return moment if moment.time() else moment.date()

    def _to_json(self, value, schema):
        """A value as JSON holds it: times in ISO 8601, bytes in base64, no NaN, JSON as objects."""
        value = self._typed(value, schema)
        if value is None or isinstance(value, (bool, dict, list)):
            return value
        if schema.format:
            return date_time(value)
        if isinstance(value, str):
            return load_json(value) if {'object', 'array'} & set(schema.type) else value
        if isinstance(value, (int, float, Decimal)):
            return number(value, schema.type) if Decimal(value).is_finite() else None
        if isinstance(value, (date, time)):
            return value.isoformat()
        if isinstance(value, (bytes, bytearray, memoryview)):
            return b64encode(value).decode()
        return str(value)

    def _typed(self, value, schema):
        """A value of the type that the schema has, where the driver has another one."""
        if isinstance(value, dict):
            return {str(key): self._to_json(part, PART) for key, part in value.items()}
        if isinstance(value, (list, tuple)):
            return [self._to_json(part, PART) for part in value]
        if 'boolean' in schema.type and value in (0, 1):
            return bool(value)
        if value is not None and 'string' not in schema.type:
            return as_declared(value, schema.type)
        if not schema.format or not isinstance(value, str):
            return value
        try:
            return isoparse(value)
        except ValueError:
            return value

    @contextmanager
    def _cursor(self):
        with closing(within(6, self.build_connection().build_connection)) as connection:
            with closing(connection.cursor()) as cursor:
                self._begin_session(cursor)
                yield cursor

    def _begin_session(self, cursor):
        for statement in SESSION:
            cursor.execute(statement)


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


def as_declared(value, types):
    """A number or a truth value where the column has those; some databases keep anything there."""
    try:
        if 'number' in types or 'integer' in types:
            found = Decimal(value) if isinstance(value, str) else value + 0
            if 'number' in types or found == int(found):
                return found
            raise TypeError
    except (ArithmeticError, TypeError, ValueError):
        raise ValueError(f'{value!r} is no {types[-1]}, as the column has') from None
    if 'boolean' in types and not isinstance(value, bool):
        raise ValueError(f'{value!r} is no {types[-1]}, as the column has')
    return value


def described(table, column, column_type, null, primary=None, unique=None):
    """A column, whatever words the catalogue has for what may be null."""
    nullable = str(null).strip().lower() in ('1', 'true', 'yes', 'y')
    return table, column, str(column_type), nullable, primary or 0, unique or 0


def bound(statement, values):
    """What the driver takes, in its own style of parameters: NUL stands for each."""
    if not values:
        return (statement,)
    style, parts = import_module(DRIVER).paramstyle, statement.split('\0')
    if style in ('format', 'pyformat'):
        return '%s'.join(part.replace('%', '%%') for part in parts), tuple(values)
    if style == 'qmark':
        return '?'.join(parts), tuple(values)
    numbers = range(1, len(values) + 1)
    names = [str(number) if style == 'numeric' else f'v{number}' for number in numbers]
    text = ''.join(f'{part}:{name}' for part, name in zip(parts, names)) + parts[-1]
    return text, tuple(values) if style == 'numeric' else dict(zip(names, values))


def filled_in(text, settings):
    """A value with what is configured; `{key}` alone stands for its value, whatever its type."""
    if not isinstance(text, str):
        return text
    key = text[1:-1]
    return settings[key] if text == f'{{{key}}}' and key in settings else text.format_map(settings)


def port_number(key, value):
    if not str(value).isdecimal() or not 0 < int(value) < 65536:
        raise Exception(f'The {key} has to be a number from 1 to 65535, not {value}')
    return int(value)


def in_utc(text):
    """The moment that a bookmark names, as the session has it: in UTC, without a zone."""
    moment = isoparse(text)
    return moment.astimezone(timezone.utc).replace(tzinfo=None) if moment.tzinfo else moment


def date_time(value):
    """A moment as JSON Schema has it: dates are midnights, and what has no zone counts as UTC."""
    if not isinstance(value, date):
        raise ValueError(
            f'{value} is no moment of the years 1 to 9999: '
            'choose string as the type of the column in Mage, or leave it out'
        )
    if not isinstance(value, datetime):
        value = datetime.combine(value, time())
    moment = value.astimezone(timezone.utc) if value.tzinfo else value.replace(tzinfo=timezone.utc)
    return moment.isoformat()


def number(value, types):
    """A number of a column of these types: an integer has 64 bits, and what is to be text is."""
    if 'integer' in types:
        value = int(value)
        if not -(2**63) <= value < 2**63:
            raise ValueError(
                f'{value} is no integer of 64 bits, as destinations have them: '
                'choose string as the type of the column in Mage, or leave it out'
            )
    return str(value) if 'string' in types else value


if __name__ == '__main__':
    main(AcmeArchive)
