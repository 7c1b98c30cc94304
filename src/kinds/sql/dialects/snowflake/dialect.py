"""Snowflake."""

from base64 import b64decode

from kinds.sql.python.completed_statements import CompletedStatements
from kinds.sql.python.declared_keys import DeclaredKeys


class Snowflake(CompletedStatements, DeclaredKeys):
    SCHEMAS_QUERY = 'SELECT SCHEMA_NAME FROM INFORMATION_SCHEMA.SCHEMATA'
    DEFAULT_SCHEMA = 'PUBLIC'
    # One row per column: its table, name and type, and whether it may be null.
    COLUMNS_QUERY = """
    SELECT
        TABLE_NAME,
        COLUMN_NAME,
        CASE WHEN DATA_TYPE = 'NUMBER' AND NUMERIC_SCALE = 0 THEN 'INTEGER' ELSE DATA_TYPE END,
        IS_NULLABLE = 'YES'
    FROM INFORMATION_SCHEMA.COLUMNS
    WHERE TABLE_SCHEMA = %s
    ORDER BY TABLE_NAME, ORDINAL_POSITION
    """

    JSON_TYPES = {
        **dict.fromkeys(['NUMBER', 'FLOAT', 'DECFLOAT'], 'number'),
        **dict.fromkeys(['VARIANT', 'OBJECT', 'ARRAY', 'MAP', 'VECTOR'], 'object'),
        'INTEGER': 'integer',
        'BOOLEAN': 'boolean',
    }
    DATETIME_TYPES = ('DATE', 'TIMESTAMP_NTZ', 'TIMESTAMP_LTZ', 'TIMESTAMP_TZ')

    # What is selected for columns of these types; by itself, Snowflake shows `undefined` in arrays.
    EXPRESSIONS = {
        'ARRAY': 'TO_JSON({})',
        'GEOGRAPHY': 'ST_ASWKT({})',
        'GEOMETRY': 'ST_ASWKT({})',
        'MAP': 'TO_JSON(CAST({} AS OBJECT))',
        'OBJECT': 'TO_JSON({})',
        'VARIANT': 'TO_JSON({})',
        'VECTOR': 'TO_JSON(CAST({} AS ARRAY))',
    }

    def build_connection(self):
        # Without the driver, Mage still lists the source.
        from mage_integrations.connections.snowflake import Snowflake

        settings = self.connection_settings
        return Snowflake(
            account=settings['account'],
            database=settings['database'],
            schema=self.schemas[0],
            username=settings['username'],
            warehouse=settings.get('warehouse'),
            password=settings.get('password'),
            private_key_file=settings.get('private_key_file'),
            private_key_file_pwd=settings.get('private_key_file_pwd'),
            role=settings.get('role'),
        )

    def _begin_session(self, cursor):
        cursor.execute("ALTER SESSION SET TIMEZONE = 'UTC'")

    def _keys(self, schema, kind):
        place = f'{self._quote(self.connection_settings["database"])}.{self._quote(schema)}'
        for row in self._rows(f'SHOW {kind} KEYS IN SCHEMA {place}', []):
            _, _, _, table, column, position, key, *_ = row
            yield table, key, column, position

    def _described(self, query):
        with self._cursor() as cursor:
            cursor.execute(f'SELECT * FROM {query} LIMIT 0' % ())
            # The driver itself knows fewer types.
            cursor.execute('DESCRIBE RESULT LAST_QUERY_ID()')
            return [(column[0], catalogue_type(column[1])) for column in cursor.fetchall()]

    def _page(self, stream, select, order, limit, offset):
        return f'{select} {order} LIMIT {limit or "NULL"} OFFSET {offset}', []

    def _literal(self, value):
        """A number, bytes, or a text, in which Snowflake takes a backslash for an escape."""
        if isinstance(value, bytes):
            return f"TO_BINARY('{value.hex()}', 'HEX')"
        if not isinstance(value, str):
            return value
        return "'" + value.replace('\\', '\\\\').replace("'", "''") + "'"

    def _parameter(self, value, schema):
        """A bookmark as it is compared: a date has no time, bytes are no text."""
        if schema.description == 'DATE':
            return value[:10]
        return b64decode(value) if schema.description == 'BINARY' else value


def catalogue_type(found):
    """The type of a result's column as the catalogue has it: without sizes, and `INTEGER` apart."""
    word, _, size = found.partition('(')
    if word == 'NUMBER' and size.endswith(',0)'):
        return 'INTEGER'
    return 'TEXT' if word == 'VARCHAR' else word
