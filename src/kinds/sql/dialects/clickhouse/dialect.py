"""ClickHouse, by its own protocol."""

import re
from contextlib import closing
from datetime import date, datetime
from sys import maxsize

from kinds.sql.python.completed_statements import CompletedStatements
from kinds.sql.python.dbapi import within
from kinds.sql.python.moments import in_utc
from kinds.sql.python.nested_types import NestedTypes
from mage_integrations.connections.sql.base import Connection

# One row per column: its table, name and type, and whether it may be null. Primary keys of
# ClickHouse aren't unique, so they are no keys; the states of aggregations aren't values.
DISCOVER_QUERY = """
SELECT
    table,
    name,
    type,
    match(type, '^(LowCardinality[(]|SimpleAggregateFunction[(][a-zA-Z]+, )?Nullable[(]'),
    0,
    0
FROM system.columns
WHERE database = currentDatabase()
    AND NOT startsWith(type, 'AggregateFunction(')
    AND NOT startsWith(table, '.inner')
ORDER BY table, position
"""

WRAPPER = re.compile(r'(?:LowCardinality|Nullable|SimpleAggregateFunction\(\w+,)\W(.*)\)')

# How JSON is written, and for how long the server waits for a destination that takes its time.
SETTINGS = {
    'output_format_json_quote_64bit_integers': 0,
    'output_format_json_quote_decimals': 0,
    'output_format_json_quote_denormals': 0,
    'send_timeout': 3600,
}


class DatabaseConnection(Connection):
    """A connection by ClickHouse's own protocol."""

    def __init__(self, **arguments):
        super().__init__()
        self.arguments = arguments

    def build_connection(self):
        # Without the driver, Mage still lists the source.
        from clickhouse_driver.dbapi import connect

        connection = connect(**self.arguments, connect_timeout=5, settings=SETTINGS)
        # The driver doesn't connect before it is asked something.
        with closing(connection.cursor()) as cursor:
            cursor.execute('SELECT 1')
        return connection


class ClickHouse(CompletedStatements, NestedTypes):
    JSON_TYPES = {
        **{f'Int{bits}': 'integer' for bits in (8, 16, 32, 64, 128, 256)},
        **{f'UInt{bits}': 'integer' for bits in (8, 16, 32, 64, 128, 256)},
        **dict.fromkeys(['Decimal', 'Float32', 'Float64', 'BFloat16'], 'number'),
        **dict.fromkeys(['Array', 'JSON', 'Map', 'Tuple', 'Variant', 'Dynamic'], 'object'),
        'Bool': 'boolean',
    }
    DATETIME_TYPES = ('Date', 'Date32', 'DateTime', 'DateTime64')

    # What is selected for columns of these types. The driver would round to microseconds.
    EXPRESSIONS = {
        **dict.fromkeys(['DateTime', 'DateTime64'], "toDateTime64(toTimeZone({}, 'UTC'), 6)"),
        **dict.fromkeys(
            ['Array', 'JSON', 'Map', 'Tuple', 'Variant', 'Dynamic'], 'toJSONString({})'
        ),
        **dict.fromkeys(['Point', 'Ring', 'LineString', 'Polygon'], 'toJSONString({})'),
        **dict.fromkeys(['MultiLineString', 'MultiPolygon'], 'toJSONString({})'),
    }

    def build_connection(self) -> DatabaseConnection:
        settings = self.connection_settings
        return DatabaseConnection(
            host=settings['host'],
            port=settings['port'],
            database=settings.get('database') or 'default',
            user=settings.get('username') or 'default',
            password=settings.get('password') or '',
            secure=settings.get('secure') in (True, 'true', 'yes'),
            verify=settings.get('verify') not in (False, 'false', 'no'),
            ca_certs=settings.get('ssl_ca') or None,
        )

    def test_connection(self) -> None:
        list(self._rows('SELECT 1', []))

    def _columns(self):
        for row in self._rows(DISCOVER_QUERY, []):
            yield *row[:2], unwrapped(row[2]), *row[3:]

    def _described(self, query):
        columns = self._rows(f'DESCRIBE TABLE (SELECT * FROM {query})', [])
        return [(column[0], unwrapped(column[1])) for column in columns]

    def _page(self, stream, select, order, limit, offset):
        return f'{select} {order} LIMIT {limit or maxsize} OFFSET {offset}', []

    def _rows(self, statement, values):
        with closing(within(6, self.build_connection().build_connection)) as connection:
            with closing(connection.cursor()) as cursor:
                cursor.set_stream_results(True, 1000)
                cursor.execute(statement % tuple(map(self._literal, values)))
                while rows := cursor.fetchmany(1000):
                    yield from rows

    def _literal(self, value):
        """A number, a moment or a text, in which ClickHouse takes a backslash for an escape."""
        if isinstance(value, datetime):
            return f"toDateTime64('{value}', 6, 'UTC')"
        if isinstance(value, date):
            return f"toDate32('{value}')"
        if isinstance(value, str):
            return "'" + value.replace('\\', '\\\\').replace("'", "\\'") + "'"
        return value

    def _parameter(self, value, schema):
        """A bookmark as what it is compared as."""
        if schema.format != 'date-time':
            return value
        moment = in_utc(value)
        return moment if (schema.description or '').startswith('DateTime') else moment.date()


def unwrapped(column_type):
    """The type without what only says how it is stored, and whether it may be null."""
    while wrapped := WRAPPER.fullmatch(column_type):
        column_type = wrapped[1].strip()
    return column_type
