"""MySQL, MariaDB and what speaks their protocol."""

import json
from base64 import b64decode, b64encode
from datetime import date, timedelta
from decimal import Decimal
from sys import maxsize

from mysql.connector import FieldType

from kinds.sql.python.moments import date_time
from kinds.sql.python.numbers import number
from kinds.sql.python.source import SqlSource
from mage_integrations.connections.mysql import MySQL as MySQLConnection

# One row per column: its table, name and type, whether it may be null, its position in the primary
# key and in a unique index. A unique index of nullable columns or of expressions doesn't identify a
# row. Only MariaDB executes what is in /*M! */: its JSON columns are text with a check.
DISCOVER_QUERY = """
SELECT
    columns.TABLE_NAME,
    columns.COLUMN_NAME,
    CAST(
        /*M!100222 IF(checks.CHECK_CLAUSE IS NULL, */ columns.DATA_TYPE /*M!100222 , 'json') */
        AS CHAR(64)
    ),
    columns.IS_NULLABLE = 'YES',
    COALESCE(indexed.PRIMARY_POSITION, 0),
    COALESCE(indexed.UNIQUE_POSITION, 0)
FROM information_schema.COLUMNS AS columns
LEFT JOIN (
    SELECT
        TABLE_NAME,
        COLUMN_NAME,
        MAX(IF(INDEX_NAME = 'PRIMARY', SEQ_IN_INDEX, 0)) AS PRIMARY_POSITION,
        MAX(IF(INDEX_NAME = UNIQUE_INDEX, SEQ_IN_INDEX, 0)) AS UNIQUE_POSITION
    FROM information_schema.STATISTICS
    LEFT JOIN (
        SELECT TABLE_NAME, MIN(INDEX_NAME) AS UNIQUE_INDEX
        FROM (
            SELECT TABLE_NAME, INDEX_NAME
            FROM information_schema.STATISTICS
            WHERE TABLE_SCHEMA = DATABASE() AND NOT NON_UNIQUE AND INDEX_NAME <> 'PRIMARY'
            GROUP BY TABLE_NAME, INDEX_NAME
            HAVING NOT MAX(NULLABLE = 'YES' OR COLUMN_NAME IS NULL)
        ) AS unique_indexes
        GROUP BY TABLE_NAME
    ) AS first_unique USING (TABLE_NAME)
    WHERE TABLE_SCHEMA = DATABASE()
    GROUP BY TABLE_NAME, COLUMN_NAME
) AS indexed USING (TABLE_NAME, COLUMN_NAME)
/*M!100222
LEFT JOIN (
    SELECT TABLE_NAME, CONSTRAINT_NAME, MAX(CHECK_CLAUSE) AS CHECK_CLAUSE
    FROM information_schema.CHECK_CONSTRAINTS
    WHERE CONSTRAINT_SCHEMA = DATABASE() AND CHECK_CLAUSE REGEXP '^json_valid[(]`[^`]*`[)]$'
    GROUP BY TABLE_NAME, CONSTRAINT_NAME
) AS checks ON (checks.TABLE_NAME, CONSTRAINT_NAME) = (columns.TABLE_NAME, columns.COLUMN_NAME)
*/
WHERE columns.TABLE_SCHEMA = DATABASE()
ORDER BY columns.TABLE_NAME, columns.ORDINAL_POSITION
"""
# The driver gives up connecting after five seconds, since Mage waits for ten. Its compiled part
# would read a result to the end even where a batch ends before. The server waits an hour, not a
# minute, for a destination that takes its time.
SESSION = {
    'connection_timeout': 5,
    'time_zone': '+00:00',
    'use_pure': True,
    'init_command': 'SET SESSION net_write_timeout = 3600',
}

# Types of a result that have another name than those of a table.
FIELD_TYPES = {
    **dict.fromkeys(['TINY', 'SHORT', 'INT24', 'LONG', 'LONGLONG'], 'int'),
    'NEWDECIMAL': 'decimal',
}


class MySQL(SqlSource):
    JSON_TYPES = {
        **dict.fromkeys(['tinyint', 'smallint', 'mediumint', 'int', 'bigint'], 'integer'),
        **dict.fromkeys(['bit', 'year'], 'integer'),
        **dict.fromkeys(['decimal', 'float', 'double'], 'number'),
        'json': 'object',
    }
    DATETIME_TYPES = ('date', 'datetime', 'timestamp')
    BINARY_TYPES = ('binary', 'varbinary', 'tinyblob', 'blob', 'mediumblob', 'longblob')
    # Values that are compared in another order than they are sorted in.
    UNSORTED = ('enum', 'set', 'json')

    def build_connection(self) -> MySQLConnection:
        settings = self.connection_settings
        authority = settings.get('ssl_ca')
        checks = {'ssl_ca': authority, 'ssl_verify_cert': True, 'ssl_verify_identity': True}
        checks = self._checked_by_name(checks, settings)
        return MySQLConnection(
            host=settings.get('host'),
            port=settings.get('port'),
            database=settings.get('database'),
            username=settings.get('username'),
            password=settings.get('password'),
            conn_kwargs={**SESSION, **(checks if authority else {})},
        )

    def _checked_by_name(self, checks, settings):
        return checks

    def _columns(self):
        return self._rows(DISCOVER_QUERY, [])

    def _described(self, query):
        server = self.build_connection()
        connection = server.build_connection()
        try:
            cursor = connection.cursor(buffered=True)
            cursor.execute(f'SELECT * FROM {query} LIMIT 0' % ())
            columns = ((column[0], FieldType.get_info(column[1])) for column in cursor.description)
            return [(name, FIELD_TYPES.get(found, found.lower())) for name, found in columns]
        finally:
            server.close_connection(connection)

    def _page(self, stream, select, order, limit, offset):
        return f'{select} {order} LIMIT %s OFFSET %s', [limit or maxsize, offset]

    def _rows(self, statement, values):
        server = self.build_connection()
        connection = server.build_connection()
        try:
            cursor = connection.cursor()
            cursor.execute(statement % tuple(map(self._literal, values)))
            yield from cursor
        finally:
            server.close_connection(connection)

    def _since(self, columns, operator, values):
        return f'({", ".join(columns)}) {operator} ({", ".join(["%s"] * len(values))})', values

    def _escaped(self, query):
        return query.replace('%', '%%')

    def _quote(self, name):
        """An SQL identifier; `%` is doubled because statements are completed by Python's `%`."""
        return '`' + name.replace('`', '``').replace('%', '%%') + '`'

    def _literal(self, value):
        """A number, or hexadecimal: the driver would look for `%s` in identifiers too."""
        if isinstance(value, bytes):
            return f"X'{value.hex()}'"
        return f"_utf8mb4 X'{value.encode().hex()}'" if isinstance(value, str) else value

    def _sortable(self, column, schema):
        # A text itself would be sorted by its first kilobyte, whatever its case.
        return f'MD5({self._quote(column)})'

    def _column_schema(self, column_type, nullable):
        if column_type in self.DATETIME_TYPES:
            return {'type': ['null', 'string'], 'format': 'date-time'}
        is_special = column_type in self.BINARY_TYPES or column_type in self.UNSORTED
        described = {'description': column_type} if is_special else {}
        types = self._types(self.JSON_TYPES.get(column_type, 'string'), nullable)
        return {'type': types, **described}

    def _parameter(self, value, schema):
        """A bookmark as it is compared: bytes are no text."""
        if schema.description in self.UNSORTED:
            raise Exception(f'A column of the type {schema.description} can be no bookmark')
        if schema.format:
            return value.removesuffix('+00:00')
        return b64decode(value) if schema.description in self.BINARY_TYPES else value

    def _to_json(self, value, schema):
        """A value as JSON holds it: dates in ISO 8601, bytes in base64, JSON with exact numbers."""
        if value is not None and schema.format:
            return date_time(value)
        if isinstance(value, (int, float, Decimal)):
            return number(value, schema.type)
        if isinstance(value, str) and 'object' in schema.type:
            document = json.loads(value, parse_float=Decimal)
            return document if isinstance(document, (dict, list)) else value
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(value, timedelta):
            return time_text(value)
        if isinstance(value, (bytes, bytearray)):
            return b64encode(value).decode()
        if isinstance(value, set):
            return ','.join(sorted(value))
        return value


def time_text(value):
    """A time of MySQL's, which may be negative or longer than a day, as MySQL writes it."""
    hours, rest = divmod(abs(value), timedelta(hours=1))
    minutes, rest = divmod(rest, timedelta(minutes=1))
    fraction = f'.{rest.microseconds:06}' if rest.microseconds else ''
    sign = '-' if value < timedelta() else ''
    return f'{sign}{hours:02}:{minutes:02}:{rest.seconds:02}{fraction}'
