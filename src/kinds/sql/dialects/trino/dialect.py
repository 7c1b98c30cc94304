"""Trino."""

import re
from base64 import b64decode
from contextlib import closing
from datetime import time, timedelta
from uuid import UUID

from kinds.sql.python.moments import in_utc
from kinds.sql.python.nested_types import NestedTypes
from kinds.sql.python.schemas import Schemas
from mage_integrations.connections.sql.base import Connection

# One row per column: its schema, table, name and type, and whether it may be null. Trino knows
# of no keys.
DISCOVER_QUERY = """
SELECT table_schema, table_name, column_name, data_type, is_nullable = 'YES', 0, 0
FROM information_schema.columns
WHERE table_schema = ?
ORDER BY table_name, ordinal_position
"""

# What makes a value of such a column of its text.
PARAMETERS = {'time': time.fromisoformat, 'uuid': UUID, 'varbinary': b64decode}


class DatabaseConnection(Connection):
    """Mage's own connection checks no certificate, and has no time limit."""

    def __init__(self, password, **arguments):
        super().__init__()
        self.password = password
        self.arguments = arguments

    def build_connection(self):
        # Without the driver, Mage still lists the source.
        from trino.auth import BasicAuthentication
        from trino.dbapi import connect

        auth = BasicAuthentication(self.arguments['user'], self.password) if self.password else None
        connection = connect(auth=auth, **self.arguments)
        # The driver doesn't connect before it is asked something.
        with closing(connection.cursor()) as cursor:
            cursor.execute('SELECT 1')
            cursor.fetchall()
        return connection


class Trino(NestedTypes, Schemas):
    PLACEHOLDER = '?'
    SCHEMAS_QUERY = 'SELECT schema_name FROM information_schema.schemata'
    DEFAULT_SCHEMA = 'default'
    JSON_TYPES = {
        **dict.fromkeys(['tinyint', 'smallint', 'integer', 'bigint'], 'integer'),
        **dict.fromkeys(['decimal', 'real', 'double'], 'number'),
        **dict.fromkeys(['array', 'json', 'map', 'row'], 'object'),
        'boolean': 'boolean',
    }
    DATETIME_TYPES = ('date', 'timestamp')

    # What is selected for columns of these types.
    EXPRESSIONS = {
        **dict.fromkeys(['array', 'map', 'row'], 'JSON_FORMAT(CAST({} AS JSON))'),
        'Geometry': 'ST_AsText({})',
        'interval': 'CAST({} AS VARCHAR)',
        'ipaddress': 'CAST({} AS VARCHAR)',
        'json': 'JSON_FORMAT({})',
    }

    def build_connection(self) -> DatabaseConnection:
        settings = self.connection_settings
        secure = bool(settings.get('password')) or settings.get('ssl') in (True, 'true', 'yes')
        checked = settings.get('verify') not in (False, 'false', 'no')
        return DatabaseConnection(
            settings.get('password'),
            host=settings['host'],
            port=settings['port'],
            user=settings['username'],
            catalog=settings['catalog'],
            schema=self.schemas[0],
            http_scheme='https' if secure else 'http',
            verify=(settings.get('ssl_ca') or True) if checked else False,
            timezone='UTC',
        )

    def _catalogue(self):
        for schema in self.schemas:
            yield from self._rows(DISCOVER_QUERY, [schema])

    def _described(self, query):
        with self._cursor() as cursor:
            cursor.execute(f'SELECT * FROM {query} LIMIT 0')
            return [tuple(column[:2]) for column in cursor.description]

    def _page(self, stream, select, order, limit, offset):
        return f'{select} {order} OFFSET {offset} LIMIT {limit or "ALL"}', []

    def _parameter(self, value, schema):
        """A bookmark as the driver binds it."""
        column_type = schema.description or 'unknown'
        if schema.format == 'date-time':
            # To microseconds, the driver rounds, which may be later than the moment itself.
            finer = re.match(r'timestamp\((?:[789]|1\d)\)', column_type)
            return in_utc(value) - timedelta(microseconds=1 if finer else 0)
        return PARAMETERS.get(re.match(r'\w+', column_type).group(), lambda text: text)(value)
