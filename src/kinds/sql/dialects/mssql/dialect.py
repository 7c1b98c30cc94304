"""Microsoft SQL Server and Azure SQL."""

from base64 import b64decode
from datetime import timedelta
from sys import maxsize
from typing import Dict

from kinds.sql.python.dbapi import DbApiSource
from kinds.sql.python.moments import in_utc
from kinds.sql.python.schemas import Schemas
from mage_integrations.connections.sql.base import Connection

# One row per column: its schema, table, name and type, whether it may be null, its position in the
# primary key and in a unique index. An alias counts as the type beneath it, and a unique index of
# nullable columns or of some rows only doesn't identify a row.
DISCOVER_QUERY = """
SELECT
    schemas.name,
    tables.name,
    columns.name,
    COALESCE(TYPE_NAME(columns.system_type_id), TYPE_NAME(columns.user_type_id)),
    columns.is_nullable,
    COALESCE(primary_key.key_ordinal, 0),
    COALESCE(unique_key.key_ordinal, 0)
FROM sys.objects AS tables
JOIN sys.schemas AS schemas ON schemas.schema_id = tables.schema_id
JOIN sys.columns AS columns ON columns.object_id = tables.object_id
LEFT JOIN sys.indexes AS primary_index
    ON primary_index.object_id = tables.object_id AND primary_index.is_primary_key = 1
LEFT JOIN sys.index_columns AS primary_key
    ON primary_key.object_id = tables.object_id
    AND primary_key.index_id = primary_index.index_id
    AND primary_key.column_id = columns.column_id
OUTER APPLY (
    SELECT TOP 1 indexes.index_id
    FROM sys.indexes AS indexes
    WHERE indexes.object_id = tables.object_id
        AND indexes.is_unique = 1
        AND indexes.is_primary_key = 0
        AND indexes.is_disabled = 0
        AND indexes.has_filter = 0
        AND NOT EXISTS (
            SELECT 1
            FROM sys.index_columns AS parts
            JOIN sys.columns AS part
                ON part.object_id = parts.object_id AND part.column_id = parts.column_id
            WHERE parts.object_id = indexes.object_id
                AND parts.index_id = indexes.index_id
                AND parts.key_ordinal > 0
                AND part.is_nullable = 1
        )
    ORDER BY indexes.name
) AS unique_index
LEFT JOIN sys.index_columns AS unique_key
    ON unique_key.object_id = tables.object_id
    AND unique_key.index_id = unique_index.index_id
    AND unique_key.column_id = columns.column_id
WHERE schemas.name = ? AND tables.type IN ('U', 'V') AND tables.is_ms_shipped = 0
ORDER BY schemas.name, tables.name, columns.column_id
"""

# One row per column of a saved query: its name and type, and what the server has against it.
DESCRIBE_QUERY = """
SELECT name, COALESCE(TYPE_NAME(system_type_id), TYPE_NAME(user_type_id)), error_message
FROM sys.dm_exec_describe_first_result_set(?, NULL, 0)
ORDER BY column_ordinal
"""


class DatabaseConnection(Connection):
    """Mage's own connection leaves out the port, and has neither a time limit nor TLS options."""

    def __init__(self, settings, **kwargs):
        super().__init__(**kwargs)
        self.settings = settings

    def build_connection(self):
        # Without the driver, Mage still lists the source.
        import pyodbc

        # In braces, a password may have a semicolon.
        given = {key: str(value) for key, value in self.settings.items() if value}
        braced = {key: value.replace('}', '}}') for key, value in given.items()}
        text = ''.join(f'{key}={{{value}}};' for key, value in braced.items())
        # Mage waits for ten seconds.
        return pyodbc.connect(text, timeout=5, autocommit=True)


class SqlServer(DbApiSource, Schemas):
    PLACEHOLDER = '?'
    SCHEMAS_QUERY = 'SELECT name FROM sys.schemas'
    DEFAULT_SCHEMA = 'dbo'
    JSON_TYPES = {
        **dict.fromkeys(['tinyint', 'smallint', 'int', 'bigint'], 'integer'),
        **dict.fromkeys(['decimal', 'numeric', 'money', 'smallmoney', 'float', 'real'], 'number'),
        'bit': 'boolean',
        'json': 'object',
    }
    DATETIME_TYPES = ('date', 'datetime', 'datetime2', 'smalldatetime', 'datetimeoffset')
    BINARY_TYPES = ('binary', 'varbinary', 'timestamp')

    # What is selected for columns of types that the driver doesn't know.
    EXPRESSIONS = {
        'datetimeoffset': "CAST(SWITCHOFFSET({}, '+00:00') AS datetime2)",
        'geography': '{}.AsTextZM()',
        'geometry': '{}.AsTextZM()',
        'hierarchyid': '{}.ToString()',
        'json': 'CAST({} AS nvarchar(max))',
        'sql_variant': 'CONVERT(nvarchar(4000), {}, 126)',
        'vector': 'CAST({} AS nvarchar(max))',
    }

    def build_connection(self) -> DatabaseConnection:
        settings = self.connection_settings
        return DatabaseConnection(
            {
                'DRIVER': settings.get('driver') or 'ODBC Driver 18 for SQL Server',
                'SERVER': f'tcp:{settings["host"]},{settings["port"]}',
                'DATABASE': settings['database'],
                'UID': settings.get('username'),
                'PWD': settings.get('password'),
                'Authentication': settings.get('authentication'),
                'Encrypt': settings.get('encrypt') or 'yes',
                'TrustServerCertificate': settings.get('trust_server_certificate') or 'no',
            }
        )

    def _catalogue(self):
        for schema in self.schemas:
            yield from self._rows(DISCOVER_QUERY, [schema])

    def _described(self, query):
        columns = list(self._rows(DESCRIBE_QUERY, [f'SELECT * FROM {query}']))
        for _, _, error in columns:
            if error:
                raise Exception(error)
        return [column[:2] for column in columns]

    def count_records(self, stream, bookmarks: Dict = None, query: Dict = None, **kwargs) -> int:
        where, values = self._where(stream, bookmarks or {})
        table = self._relation(stream)
        ((count,),) = self._rows(f'SELECT count_big(*) FROM {table}{where}', values)
        return count

    def _page(self, stream, select, order, limit, offset):
        return f'{select} {order} OFFSET ? ROWS FETCH NEXT ? ROWS ONLY', [offset, limit or maxsize]

    def _sortable(self, column, schema):
        """The bytes of a column, since texts differ in more than what they are sorted by."""
        text = 'CAST({} AS nvarchar(max))' if schema.description in ('text', 'ntext') else '{}'
        return f'CAST({text.format(self._quote(column))} AS varbinary(max))'

    def _parameter(self, value, schema):
        """A bookmark as the driver binds it."""
        if schema.format == 'date-time':
            moment = in_utc(value)
            # A datetime that is shown with 7 milliseconds is at 6 and two thirds.
            early = timedelta(microseconds=334 if moment.microsecond % 10_000 == 7_000 else 0)
            return moment - early
        return b64decode(value) if schema.description in self.BINARY_TYPES else value
