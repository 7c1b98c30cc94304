"""DuckDB, of which Mage has neither a connection nor the driver."""

import json
import re
from base64 import b64decode, b64encode
from contextlib import closing
from datetime import date, time
from decimal import Decimal
from math import isfinite
from pathlib import Path
from sys import maxsize

from singer.schema import Schema

from kinds.sql.python.moments import date_time
from kinds.sql.python.numbers import number
from kinds.sql.python.schemas import Schemas
from mage_integrations.connections.sql.base import Connection

# One row per column: its schema, table, name and type, whether it may be null, its position in the
# primary key and in a unique constraint. A unique constraint of nullable columns doesn't identify a
# row.
DISCOVER_QUERY = """
WITH described AS (
    SELECT *
    FROM duckdb_columns()
    WHERE database_name = current_database() AND list_contains(?, schema_name) AND NOT internal
), keys AS (
    SELECT table_oid, constraint_type, constraint_column_names AS names
    FROM duckdb_constraints()
    WHERE database_name = current_database() AND constraint_type IN ('PRIMARY KEY', 'UNIQUE')
), unique_keys AS (
    SELECT table_oid, min(names) AS names
    FROM keys
    WHERE constraint_type = 'UNIQUE' AND NOT EXISTS (
        SELECT 1
        FROM described
        WHERE table_oid = keys.table_oid AND is_nullable AND list_contains(names, column_name)
    )
    GROUP BY table_oid
)
SELECT
    described.schema_name,
    described.table_name,
    described.column_name,
    described.data_type,
    described.is_nullable,
    COALESCE(list_position(primary_keys.names, described.column_name), 0),
    COALESCE(list_position(unique_keys.names, described.column_name), 0)
FROM described
LEFT JOIN keys AS primary_keys
    ON primary_keys.table_oid = described.table_oid
    AND primary_keys.constraint_type = 'PRIMARY KEY'
LEFT JOIN unique_keys ON unique_keys.table_oid = described.table_oid
ORDER BY described.schema_name, described.table_name, described.column_index
"""


# What is said of a part of a value.
PART = Schema(type=[])


class DuckDBConnection(Connection):
    """Opens a database file, which has to exist, for reading only."""

    def __init__(self, path, **kwargs):
        super().__init__(**kwargs)
        self.path = Path(path)

    def build_connection(self):
        # Without the driver, Mage still lists the source.
        import duckdb

        if not self.path.is_file():
            raise FileNotFoundError(f'There is no DuckDB database at {self.path.resolve()}')
        connection = duckdb.connect(str(self.path), read_only=True)
        connection.execute("SET TimeZone = 'UTC'")
        return connection


class DuckDB(Schemas):
    PLACEHOLDER = '?'
    SCHEMAS_QUERY = 'SELECT schema_name FROM duckdb_schemas()'
    DEFAULT_SCHEMA = 'main'
    JSON_TYPES = {
        **dict.fromkeys(['TINYINT', 'SMALLINT', 'INTEGER', 'BIGINT', 'HUGEINT'], 'integer'),
        **dict.fromkeys(['UTINYINT', 'USMALLINT', 'UINTEGER', 'UBIGINT', 'UHUGEINT'], 'integer'),
        **dict.fromkeys(['DECIMAL', 'FLOAT', 'DOUBLE'], 'number'),
        **dict.fromkeys(['JSON', 'LIST', 'MAP', 'STRUCT'], 'object'),
        'BOOLEAN': 'boolean',
    }
    DATETIME_TYPES = ('DATE', 'TIMESTAMP', 'TIMESTAMP_S', 'TIMESTAMP_MS', 'TIMESTAMP_NS')

    def build_connection(self) -> DuckDBConnection:
        return DuckDBConnection(self.connection_settings['path'])

    def _catalogue(self):
        return self._rows(DISCOVER_QUERY, [self.schemas])

    def _described(self, query):
        return [column[:2] for column in self._rows(f'DESCRIBE SELECT * FROM {query}', [])]

    def _page(self, stream, select, order, limit, offset):
        return f'{select} {order} LIMIT ? OFFSET ?', [limit or maxsize, offset]

    def _rows(self, statement, values):
        with closing(self.build_connection().build_connection()) as connection:
            cursor = connection.execute(statement, values)
            while rows := cursor.fetchmany(1000):
                yield from rows

    def _expression(self, column, schema):
        """What is selected: no infinite dates, bytes in base64, and other types as text."""
        name = self._quote(column)
        if schema.format:
            return f'CASE WHEN isfinite({name}) THEN {name} END'
        if 'object' in schema.type or 'string' not in schema.type:
            return name
        blob = f"WHEN 'BLOB' THEN base64({name}::VARCHAR::BLOB)"
        return f'CASE typeof({name}) {blob} ELSE {name}::VARCHAR END'

    def _sortable(self, column, schema):
        return f'{self._quote(column)}::VARCHAR'

    def _column_schema(self, column_type, nullable):
        word = 'LIST' if column_type.endswith(']') else re.match(r'\w*', column_type).group()
        if word in self.DATETIME_TYPES:
            return {'type': ['null', 'string'], 'format': 'date-time'}
        schema = {'type': self._types(self.JSON_TYPES.get(word, 'string'), nullable)}
        return {**schema, 'description': word} if word == 'BLOB' else schema

    def _parameter(self, value, schema):
        """A bookmark as it is compared: bytes are no text."""
        return b64decode(value) if schema.description == 'BLOB' else value

    def _to_json(self, value, schema):
        """A value as JSON holds it: times in ISO 8601, bytes in base64, no NaN, JSON as objects."""
        if value is None or isinstance(value, bool):
            return value
        if schema.format:
            return date_time(value)
        if isinstance(value, str):
            return load_json(value) if 'object' in schema.type else value
        if isinstance(value, (int, float, Decimal)):
            return number(value, schema.type) if isfinite(value) else None
        if isinstance(value, (date, time)):
            return value.isoformat()
        if isinstance(value, bytes):
            return b64encode(value).decode()
        if isinstance(value, dict):
            return {str(key): self._to_json(part, PART) for key, part in value.items()}
        if isinstance(value, (list, tuple)):
            return [self._to_json(part, PART) for part in value]
        return str(value)


def load_json(text):
    """Objects and arrays with their numbers exact; a lone string or number stays JSON text."""
    value = json.loads(text, parse_float=Decimal)
    return value if isinstance(value, (dict, list)) else text
