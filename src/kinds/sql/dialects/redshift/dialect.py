"""Amazon Redshift."""

from kinds.sql.python.completed_statements import CompletedStatements
from kinds.sql.python.declared_keys import DeclaredKeys

# One row per column of a key: its table, the key, the column and its position.
KEYS_QUERY = """
SELECT parts.table_name, parts.constraint_name, parts.column_name, parts.ordinal_position
FROM information_schema.table_constraints AS found
JOIN information_schema.key_column_usage AS parts
    ON parts.constraint_schema = found.constraint_schema
    AND parts.constraint_name = found.constraint_name
    AND parts.table_name = found.table_name
WHERE found.table_schema = %s AND found.constraint_type LIKE %s
"""

# The types of a saved query's columns by the numbers that the driver tells; all others are text.
RESULT_TYPES = {
    **{16: 'boolean', 20: 'bigint', 21: 'smallint', 23: 'integer', 26: 'oid'},
    **{700: 'real', 701: 'double precision', 1700: 'numeric'},
    **{1082: 'date', 1114: 'timestamp without time zone', 1184: 'timestamp with time zone'},
    **{3000: 'geometry', 3001: 'geography', 4000: 'super', 6551: 'varbyte'},
}


class Redshift(CompletedStatements, DeclaredKeys):
    SCHEMAS_QUERY = 'SELECT nspname FROM pg_namespace'
    DEFAULT_SCHEMA = 'public'
    # One row per column: its table, name and type, and whether it may be null.
    COLUMNS_QUERY = """
    SELECT table_name, column_name, data_type, is_nullable = 'YES'
    FROM svv_columns
    WHERE table_schema = %s
    ORDER BY table_name, ordinal_position
    """

    JSON_TYPES = {
        **dict.fromkeys(['smallint', 'integer', 'bigint', 'oid'], 'integer'),
        **dict.fromkeys(['numeric', 'real', 'double precision'], 'number'),
        'boolean': 'boolean',
        'super': 'object',
    }
    DATETIME_TYPES = ('date', 'timestamp without time zone', 'timestamp with time zone')

    # What is selected for columns that JSON has no type for.
    EXPRESSIONS = {
        'geography': 'ST_AsText({})',
        'geometry': 'ST_AsText({})',
        'super': 'JSON_SERIALIZE({})',
        'varbyte': 'TO_HEX({})',
    }

    def build_connection(self):
        # Without the driver, Mage still lists the source.
        from mage_integrations.connections.redshift import Redshift

        settings = self.connection_settings
        return Redshift(
            host=settings['host'],
            port=settings['port'],
            database=settings['database'],
            user=settings['user'],
            password=settings.get('password'),
            verbose=0 if self.discover_mode or self.discover_streams_mode else 1,
        )

    def _begin_session(self, cursor):
        cursor.execute("SET TimeZone TO 'UTC'")

    def _keys(self, schema, kind):
        return self._rows(KEYS_QUERY, [schema, f'{kind}%'])

    def _described(self, query):
        with self._cursor() as cursor:
            cursor.execute(f'SELECT * FROM {query} LIMIT 0' % ())
            columns = [column[:2] for column in cursor.description]
            return [(name, RESULT_TYPES.get(code, 'character varying')) for name, code in columns]

    def _page(self, stream, select, order, limit, offset):
        return f'{select} {order} LIMIT {limit or "ALL"} OFFSET {offset}', []

    def _streamed(self, statement, values):
        """The driver would take all rows into memory: these stay with the server until fetched."""
        with self._cursor() as cursor:
            complete = statement % tuple(map(self._literal, values))
            cursor.execute(f'DECLARE streamed CURSOR FOR {complete}')
            while rows := cursor.execute('FETCH FORWARD 1000 FROM streamed').fetchall():
                yield from rows

    def _literal(self, value):
        """A number or a text; in hexadecimal, a backslash is one whatever it means elsewhere."""
        if isinstance(value, bytes):
            return f"FROM_HEX('{value.hex()}')"
        if not isinstance(value, str):
            return value
        if '\\' in value:
            return f"FROM_VARBYTE(FROM_HEX('{value.encode().hex()}'), 'utf-8')"
        return "'" + value.replace("'", "''") + "'"

    def _parameter(self, value, schema):
        """A bookmark as it is compared: a date has no time, bytes are no text."""
        if schema.description == 'date':
            return value[:10]
        return bytes.fromhex(value) if schema.description == 'varbyte' else value
