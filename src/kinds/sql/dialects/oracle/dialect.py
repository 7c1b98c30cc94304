"""Oracle Database."""

from base64 import b64decode
from sys import maxsize
from typing import List

from kinds.sql.python.dbapi import DbApiSource
from kinds.sql.python.moments import in_utc
from kinds.sql.python.schemas import Schemas

# One row per column: its schema, table, name and type, whether it may be null, its position in the
# primary key and in a unique constraint. A unique constraint of nullable columns doesn't identify a
# row. Files outside the database and types that users have defined aren't read.
DISCOVER_QUERY = """
WITH described AS (
    SELECT
        OWNER,
        TABLE_NAME,
        COLUMN_NAME,
        COLUMN_ID,
        CASE
            WHEN DATA_TYPE = 'NUMBER' AND DATA_SCALE = 0 THEN 'INTEGER'
            ELSE REGEXP_REPLACE(DATA_TYPE, '[(][0-9]+[)]', '')
        END AS COLUMN_TYPE,
        CASE WHEN NULLABLE = 'Y' THEN 1 ELSE 0 END AS IS_NULLABLE
    FROM ALL_TAB_COLUMNS
    WHERE OWNER = :v
        AND (DATA_TYPE_OWNER IS NULL OR DATA_TYPE IN ('XMLTYPE', 'SDO_GEOMETRY'))
        AND DATA_TYPE <> 'BFILE'
        AND TABLE_NAME NOT LIKE 'BIN$%'
), key_columns AS (
    SELECT
        found.TABLE_NAME,
        found.CONSTRAINT_NAME,
        found.CONSTRAINT_TYPE,
        parts.COLUMN_NAME,
        parts.POSITION
    FROM ALL_CONSTRAINTS found
    JOIN ALL_CONS_COLUMNS parts
        ON parts.OWNER = found.OWNER AND parts.CONSTRAINT_NAME = found.CONSTRAINT_NAME
    WHERE found.OWNER = :v
        AND found.CONSTRAINT_TYPE IN ('P', 'U')
        AND found.STATUS = 'ENABLED'
), unique_keys AS (
    SELECT TABLE_NAME, MIN(CONSTRAINT_NAME) AS CONSTRAINT_NAME
    FROM (
        SELECT key_columns.TABLE_NAME, key_columns.CONSTRAINT_NAME
        FROM key_columns
        JOIN described
            ON described.TABLE_NAME = key_columns.TABLE_NAME
            AND described.COLUMN_NAME = key_columns.COLUMN_NAME
        WHERE key_columns.CONSTRAINT_TYPE = 'U'
        GROUP BY key_columns.TABLE_NAME, key_columns.CONSTRAINT_NAME
        HAVING MAX(described.IS_NULLABLE) = 0
    ) sound
    GROUP BY TABLE_NAME
)
SELECT
    described.OWNER,
    described.TABLE_NAME,
    described.COLUMN_NAME,
    described.COLUMN_TYPE,
    described.IS_NULLABLE,
    COALESCE(primary_key.POSITION, 0),
    COALESCE(unique_key.POSITION, 0)
FROM described
LEFT JOIN key_columns primary_key
    ON primary_key.TABLE_NAME = described.TABLE_NAME
    AND primary_key.COLUMN_NAME = described.COLUMN_NAME
    AND primary_key.CONSTRAINT_TYPE = 'P'
LEFT JOIN unique_keys ON unique_keys.TABLE_NAME = described.TABLE_NAME
LEFT JOIN key_columns unique_key
    ON unique_key.TABLE_NAME = described.TABLE_NAME
    AND unique_key.COLUMN_NAME = described.COLUMN_NAME
    AND unique_key.CONSTRAINT_NAME = unique_keys.CONSTRAINT_NAME
ORDER BY described.TABLE_NAME, described.COLUMN_ID
"""

# The types of a saved query's columns that the driver calls otherwise than the catalogue.
RESULT_TYPES = {
    'INTERVAL_DS': 'INTERVAL DAY TO SECOND',
    'INTERVAL_YM': 'INTERVAL YEAR TO MONTH',
    'LONG_NVARCHAR': 'LONG',
    'LONG_RAW': 'LONG RAW',
    'NVARCHAR': 'NVARCHAR2',
    'TIMESTAMP_LTZ': 'TIMESTAMP WITH LOCAL TIME ZONE',
    'TIMESTAMP_TZ': 'TIMESTAMP WITH TIME ZONE',
    'VARCHAR': 'VARCHAR2',
}
UNREAD_TYPES = ('BFILE', 'CURSOR', 'OBJECT')


class Oracle(DbApiSource, Schemas):
    PLACEHOLDER = ':v'
    SCHEMAS_QUERY = 'SELECT USERNAME FROM ALL_USERS'
    JSON_TYPES = {
        **dict.fromkeys(['NUMBER', 'FLOAT', 'BINARY_FLOAT', 'BINARY_DOUBLE'], 'number'),
        'INTEGER': 'integer',
        'BOOLEAN': 'boolean',
        'JSON': 'object',
    }
    ZONED_TYPES = ('TIMESTAMP WITH TIME ZONE', 'TIMESTAMP WITH LOCAL TIME ZONE')
    DATETIME_TYPES = ('DATE', 'TIMESTAMP', *ZONED_TYPES)
    LARGE_TYPES = ('CLOB', 'NCLOB', 'BLOB', 'JSON', 'SDO_GEOMETRY', 'VECTOR', 'XMLTYPE')
    LONG_TYPES = ('LONG', 'LONG RAW')

    # What is selected for types that the driver doesn't know, or whose zone it leaves out.
    EXPRESSIONS = {
        **dict.fromkeys(ZONED_TYPES, 'SYS_EXTRACT_UTC({})'),
        'INTERVAL DAY TO SECOND': 'TO_CHAR({})',
        'INTERVAL YEAR TO MONTH': 'TO_CHAR({})',
        'JSON': 'JSON_SERIALIZE({} RETURNING CLOB)',
        'SDO_GEOMETRY': 'SDO_UTIL.TO_WKTGEOMETRY({})',
        'VECTOR': 'FROM_VECTOR({} RETURNING CLOB)',
        'XMLTYPE': 'XMLSERIALIZE(CONTENT {} AS CLOB)',
    }

    def build_connection(self):
        # Without the driver, Mage still lists the source.
        import oracledb

        from mage_integrations.connections.oracledb import OracleDB

        oracledb.defaults.fetch_decimals = True
        oracledb.defaults.fetch_lobs = False
        settings = self.connection_settings
        options = {
            'transport_connect_timeout': 5,
            'ssl_server_dn_match': settings.get('ssl_server_dn_match'),
            'wallet_location': settings.get('wallet_location'),
        }
        given = '&'.join(f'{key}={value}' for key, value in options.items() if value)
        return OracleDB(
            host=f'{settings.get("protocol") or "tcp"}://{settings["host"]}',
            port=settings['port'],
            service=f'{settings["service"]}?{given}',
            user=settings['user'],
            password=settings.get('password'),
            mode=settings.get('mode'),
            verbose=0 if self.discover_mode or self.discover_streams_mode else 1,
        )

    @property
    def schemas(self) -> List[str]:
        return self._names('schema') or [str(self.connection_settings['user']).upper()]

    def _begin_session(self, cursor):
        cursor.execute("ALTER SESSION SET TIME_ZONE = 'UTC'")
        cursor.execute('ALTER SESSION SET NLS_SORT = BINARY NLS_COMP = BINARY')

    def _catalogue(self):
        for schema in self.schemas:
            yield from self._rows(DISCOVER_QUERY, [schema] * 2)

    def _described(self, query):
        with self._cursor() as cursor:
            cursor.execute(f'SELECT * FROM {query} WHERE 1 = 0')
            columns = [(column[0], result_type(*column[1:6])) for column in cursor.description]
            return [column for column in columns if column[1] not in UNREAD_TYPES]

    def _page(self, stream, select, order, limit, offset):
        page = f'{order} OFFSET :v ROWS FETCH NEXT :v ROWS ONLY'
        return f'{select} {page}', [offset, limit or maxsize]

    def _sortable(self, column, schema):
        """Oracle sorts by nothing large, and by nothing of a LONG."""
        if schema.description in self.LONG_TYPES:
            return 'NULL'
        if schema.description in self.LARGE_TYPES:
            return f'DBMS_LOB.SUBSTR({self._expression(column, schema)}, 1000, 1)'
        return self._quote(column)

    def _parameter(self, value, schema):
        """A bookmark as the driver binds it."""
        if schema.format == 'date-time':
            return in_utc(value)
        return b64decode(value) if schema.description == 'RAW' else value


def result_type(db_type, display_size, internal_size, precision, scale):
    """The type of a result's column as the catalogue has it."""
    name = db_type.name.replace('DB_TYPE_', '')
    # Without a precision, the scale of an expression says nothing.
    if name == 'NUMBER' and precision and scale == 0:
        return 'INTEGER'
    return RESULT_TYPES.get(name, name)
