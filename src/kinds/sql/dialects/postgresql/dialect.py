"""PostgreSQL, and what speaks its protocol and has its catalogue."""

import json
from base64 import b64decode, b64encode
from contextlib import closing
from datetime import date
from decimal import Decimal
from functools import partial
from math import isfinite
from sys import maxsize

from psycopg2 import DataError, extensions, extras
from singer import metadata

from kinds.sql.python.moments import date_time
from kinds.sql.python.schemas import Schemas
from mage_integrations.connections.postgresql import PostgreSQL as PostgreSQLConnection

# One row per column: its schema, table, name and type, whether it may be null, its position in the
# primary key and in a unique constraint. A domain counts as the type beneath it, partitions are
# read through their table, and a unique constraint of nullable columns doesn't identify a row.
DISCOVER_QUERY = """
WITH RECURSIVE types AS (
    SELECT oid, oid AS base, typnotnull FROM pg_type WHERE typtype <> 'd'
    UNION ALL
    SELECT domains.oid, types.base, types.typnotnull OR domains.typnotnull
    FROM types
    JOIN pg_type AS domains ON domains.typbasetype = types.oid AND domains.typtype = 'd'
)
SELECT
    schemas.nspname,
    tables.relname,
    columns.attname,
    format_type(types.base, NULL),
    NOT (columns.attnotnull OR types.typnotnull),
    COALESCE(array_position(primary_key.conkey, columns.attnum), 0),
    COALESCE(array_position(unique_key.conkey, columns.attnum), 0)
FROM pg_class AS tables
JOIN pg_namespace AS schemas ON schemas.oid = tables.relnamespace
JOIN pg_attribute AS columns ON columns.attrelid = tables.oid
JOIN types ON types.oid = columns.atttypid
LEFT JOIN pg_constraint AS primary_key
    ON primary_key.conrelid = tables.oid AND primary_key.contype = 'p'
LEFT JOIN LATERAL (
    SELECT conkey
    FROM pg_constraint
    WHERE conrelid = tables.oid AND contype = 'u' AND NOT EXISTS (
        SELECT 1 FROM pg_attribute
        WHERE attrelid = conrelid AND attnum = ANY (conkey) AND NOT attnotnull
    )
    ORDER BY conname
    LIMIT 1
) AS unique_key ON TRUE
WHERE schemas.nspname = ANY (%s)
    AND tables.relkind IN ('r', 'p', 'v', 'm', 'f')
    AND NOT tables.relispartition
    AND columns.attnum > 0
    AND NOT columns.attisdropped
ORDER BY schemas.nspname, tables.relname, columns.attnum
"""

# Of what stays text, psycopg2 itself would make 30 days of an interval's month, and midnight of
# 24:00; it would also write the six types of ranges in its own way.
RANGES = (3904, 3906, 3908, 3910, 3912, 3926)
TEXTS = extensions.new_type(
    (*extensions.INTERVAL.values, *extensions.TIME.values, *RANGES), 'TEXT', extensions.UNICODE
)


class PostgreSQL(Schemas):
    SCHEMAS_QUERY = 'SELECT nspname FROM pg_namespace'
    DEFAULT_SCHEMA = 'public'
    JSON_TYPES = {
        **dict.fromkeys(['smallint', 'integer', 'bigint', 'oid'], 'integer'),
        **dict.fromkeys(['numeric', 'real', 'double precision'], 'number'),
        **dict.fromkeys(['json', 'jsonb'], 'object'),
        'boolean': 'boolean',
    }
    DATETIME_TYPES = ('date', 'timestamp without time zone', 'timestamp with time zone')

    def build_connection(self) -> PostgreSQLConnection:
        settings = self.connection_settings
        options = {key: settings[key] for key in ('sslmode', 'sslrootcert') if settings.get(key)}
        settings = self._by_its_name(settings, options)
        return PostgreSQLConnection(
            host=settings.get('host'),
            port=settings.get('port'),
            database=settings.get('database'),
            username=settings.get('username'),
            password=settings.get('password'),
            connection_factory=partial(open_connection, **options),
        )

    def _by_its_name(self, settings, options):
        return settings

    def _catalogue(self):
        return self._rows(DISCOVER_QUERY, [self.schemas])

    def _described(self, query):
        with closing(self.build_connection().build_connection()) as connection:
            with connection.cursor() as cursor:
                cursor.execute(f'SELECT * FROM {query} LIMIT 0', [])
                columns = cursor.description
                types = ', '.join(['format_type(%s, NULL)'] * len(columns))
                cursor.execute(f'SELECT {types}', [column.type_code for column in columns])
                return list(zip((column.name for column in columns), cursor.fetchone()))

    def _page(self, stream, select, order, limit, offset):
        limit, key = limit or maxsize, stream.key_properties or stream.unique_constraints
        enforced = metadata.to_map(stream.metadata).get((), {}).get('table-key-properties')
        enforced = self._enforced(enforced, stream)
        if offset and key and key == enforced:
            # The rows before these are counted in the index of the key, instead of being read.
            columns, table = ', '.join(map(self._quote, key)), self._relation(stream)
            first = f'SELECT {columns} FROM {table} {order} LIMIT 1 OFFSET %s'
            return f'{select} WHERE ({columns}) >= ({first}) {order} LIMIT %s', [offset, limit]
        return f'{select} {order} LIMIT %s OFFSET %s', [limit, offset]

    def _rows(self, statement, values):
        with closing(self.build_connection().build_connection()) as connection:
            with connection.cursor('rows') as cursor:
                cursor.execute(statement, values)
                while rows := cursor.fetchmany(2000):
                    yield from rows

    def _since(self, columns, operator, values):
        return f'({", ".join(columns)}) {operator} ({", ".join(["%s"] * len(values))})', values

    def _escaped(self, query):
        return query.replace('%', '%%')

    def _quote(self, name):
        """An SQL identifier; `%` is doubled because psycopg2 looks for placeholders everywhere."""
        return '"' + name.replace('"', '""').replace('%', '%%') + '"'

    def _expression(self, column, schema):
        """What is selected for a column: psycopg2 doesn't know the elements of every array."""
        name = self._quote(column)
        return f'to_json({name})' if 'array' in schema.type else name

    def _sortable(self, column, schema):
        return f'{self._quote(column)}::text'

    def _column_schema(self, column_type, nullable):
        if column_type in self.DATETIME_TYPES:
            return {'type': ['null', 'string'], 'format': 'date-time'}
        array = 'object' if column_type.endswith('[]') else 'string'
        schema = {'type': self._types(self.JSON_TYPES.get(column_type, array), nullable)}
        return {**schema, 'description': column_type} if column_type == 'bytea' else schema

    def _parameter(self, value, schema):
        """A bookmark as it is compared: bytes are no text."""
        return b64decode(value) if schema.description == 'bytea' else value

    def _to_json(self, value, schema):
        """A value as JSON holds it: dates in ISO 8601, bytes in base64, no NaN."""
        if value is None:
            return None
        if schema.format:
            return date_time(value)
        if isinstance(value, (str, int, dict, list)):
            return value
        if isinstance(value, Decimal):
            return value if value.is_finite() else None
        if isinstance(value, float):
            return value if isfinite(value) else None
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(value, memoryview):
            return b64encode(value).decode()
        return str(value)


def open_connection(dsn, **options):
    """
    A connection with times in UTC and exact values. It gives up after five seconds, since Mage
    waits for ten; libpq by itself waits for minutes. The server is to wait for an hour, whatever
    its own limit, for a destination that takes its time.
    """
    connection = extensions.connection(extensions.make_dsn(dsn, connect_timeout=5, **options))
    with connection.cursor() as cursor:
        cursor.execute("SET TIME ZONE 'UTC'; SET idle_in_transaction_session_timeout = '1h'")
    for typecaster in (extensions.PYDATE, extensions.PYDATETIME, extensions.PYDATETIMETZ):
        extensions.register_type(finite(typecaster), connection)
    extensions.register_type(TEXTS, connection)
    extras.register_default_json(connection, loads=load_json)
    extras.register_default_jsonb(connection, loads=load_json)
    return connection


def finite(typecaster):
    """Infinite dates are null, as numbers are, and dates that Python has none for stay text."""

    def read(text, cursor):
        try:
            return None if text in ('infinity', '-infinity') else typecaster(text, cursor)
        except (DataError, ValueError):
            return text

    return extensions.new_type(typecaster.values, 'FINITE', read)


def load_json(text):
    """Objects and arrays with their numbers exact; a lone string or number stays JSON text."""
    value = json.loads(text, parse_float=Decimal)
    return value if isinstance(value, (dict, list)) else text
