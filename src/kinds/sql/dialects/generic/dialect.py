"""Any database with a driver of Python's DB-API; what is said of the driver are values here."""

import re
from base64 import b64decode
from datetime import date
from decimal import Decimal
from importlib import import_module
from sys import maxsize

from dateutil.parser import isoparse
from singer.schema import Schema

from kinds.sql.python.dbapi import DbApiSource
from kinds.sql.python.moments import in_utc
from mage_integrations.connections.sql.base import Connection

# What is said of a part of a value.
PART = Schema(type=[])

# The module of the driver, and the arguments of its connect.
DRIVER = 'sqlite3'
CONNECT = {}

# One row per column: its table, name and type, whether it may be null, and its positions in the
# primary key and in a unique constraint where they are known. NUL stands for a value.
DISCOVER_QUERY = ''

# What a column of a saved query is by its values; what is nothing of these is text.
VALUE_TYPES = (
    ('boolean', bool),
    ('integer', int),
    ('number', (float, Decimal)),
    ('timestamp', date),
    ('bytes', (bytes, bytearray, memoryview)),
    ('object', (dict, list, tuple)),
)


class DatabaseConnection(Connection):
    def __init__(self, arguments, **kwargs):
        super().__init__(**kwargs)
        self.arguments = arguments

    def build_connection(self):
        # Without the driver, Mage still lists the source.
        return import_module(DRIVER).connect(**self.arguments)


class AnyDatabase(DbApiSource):
    # A character that no name has: how the driver marks a value is known when it is loaded.
    PLACEHOLDER = '\0'
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
    # The query that tells the columns of another one by its first rows.
    SAMPLE_QUERY = 'SELECT * FROM {} LIMIT 1000'

    def build_connection(self) -> DatabaseConnection:
        arguments = CONNECT
        arguments = self._configured(arguments)
        return DatabaseConnection(arguments)

    def _configured(self, arguments):
        return arguments

    def test_connection(self) -> None:
        with self._cursor():
            pass

    def build_table_name(self, stream) -> str:
        schema = self.connection_settings.get('schema')
        table = self._quote(stream.tap_stream_id)
        return f'{self._quote(schema)}.{table}' if schema else table

    def _columns(self):
        schema = self.connection_settings.get('schema')
        for row in self._rows(DISCOVER_QUERY, [schema] * DISCOVER_QUERY.count('\0')):
            yield described(*row)

    def _described(self, query):
        """A column has the type of its first values, or without any what the driver knows of it."""
        driver = import_module(DRIVER)
        with self._cursor() as cursor:
            cursor.execute(self.SAMPLE_QUERY.format(query))
            columns = [column[:2] for column in cursor.description]
            rows = cursor.fetchmany(1000)
        values = zip(*rows) if rows else [()] * len(columns)
        return [
            (name, value_type(found, code) or code_type(driver, code))
            for (name, code), found in zip(columns, values)
        ]

    def _page(self, stream, select, order, limit, offset):
        return f'{select} {order} LIMIT {limit or maxsize} OFFSET {offset}', []

    def _rows(self, statement, values):
        with self._cursor() as cursor:
            cursor.execute(*bound(statement, values))
            while rows := cursor.fetchmany(1000):
                yield from rows

    def _expression(self, column, schema):
        return self._quote(column)

    def _column_schema(self, column_type, nullable):
        """The first word of a type tells what it is."""
        word = re.match(r'\w*', column_type.lower()).group()
        types = self._types(self.JSON_TYPES.get(word, 'string'), nullable)
        if word in self.DATETIME_TYPES:
            return {'type': types, 'format': 'date-time'}
        return {'type': types, **({'description': word} if word in self.BINARY_TYPES else {})}

    def _parameter(self, value, schema):
        """A bookmark as the driver binds it: dates, times and bytes are no text."""
        if schema.description in self.BINARY_TYPES:
            return b64decode(value)
        if schema.format != 'date-time':
            return value
        moment = in_utc(value)
        return moment if moment.time() else moment.date()

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


def value_type(values, code):
    """The type that values have in common, or None without any."""
    words = {
        next((word for word, classes in VALUE_TYPES if isinstance(value, classes)), 'text')
        for value in values
        if value is not None
    }
    if 'object' in words:
        return 'object'
    # Where the driver tells no types of columns, later numbers may have decimal places.
    if words == {'integer', 'number'} or words == {'integer'} and code is None:
        return 'number'
    return words.pop() if len(words) == 1 else 'text' if words else None


def code_type(driver, code):
    """The type that the driver has for a column, in the few words of the DB-API."""
    known = (('number', 'NUMBER'), ('timestamp', 'DATETIME'))
    return next((name for name, kind in known if getattr(driver, kind, ...) == code), 'text')


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
