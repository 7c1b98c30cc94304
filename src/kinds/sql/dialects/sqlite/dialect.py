"""SQLite, whose driver is in Python's standard library."""

import re
import sqlite3
from base64 import b64decode, b64encode
from contextlib import closing
from datetime import date
from math import isfinite
from pathlib import Path
from sys import maxsize

from kinds.sql.python.source import SqlSource
from mage_integrations.connections.sql.base import Connection

# One row per column: its table, name and type, whether it may be null, its position in the primary
# key and in a unique index. A unique index of nullable columns doesn't identify a row.
DISCOVER_QUERY = r"""
SELECT
    tables.name,
    columns.name,
    columns.type,
    NOT (columns."notnull" OR columns.pk),
    columns.pk,
    COALESCE(unique_key.seqno + 1, 0)
FROM sqlite_master AS tables
JOIN pragma_table_xinfo(tables.name) AS columns
LEFT JOIN pragma_index_info((
    SELECT indexes.name
    FROM pragma_index_list(tables.name) AS indexes
    WHERE indexes."unique" AND NOT indexes.partial AND NOT EXISTS (
        SELECT 1
        FROM pragma_index_info(indexes.name) AS parts
        LEFT JOIN pragma_table_xinfo(tables.name) AS part ON part.cid = parts.cid
        WHERE part."notnull" IS NOT 1
    )
    ORDER BY indexes.name
    LIMIT 1
)) AS unique_key ON unique_key.cid = columns.cid
WHERE tables.type IN ('table', 'view')
    AND tables.name NOT LIKE 'sqlite\_%' ESCAPE '\'
    AND columns.hidden <> 1
ORDER BY tables.name, columns.cid
"""


# The forms of moments that SQLite itself knows.
MOMENT = re.compile(
    r'(\d{4}-\d\d-\d\d)'
    r'(?:([T ])((?:[01]\d|2[0-3]):[0-5]\d)(:[0-5]\d(?:\.\d+)?)?)? ?(Z|[+-]\d\d:\d\d)?'
)
CLASSES = {'integer': int, 'number': (int, float), 'boolean': ()}
ADVICE = 'choose string as the type of the column in Mage, or leave it out'


class SQLiteConnection(Connection):
    """Opens a database file, which has to exist, for reading only."""

    def __init__(self, path, **kwargs):
        super().__init__(**kwargs)
        self.path = Path(path)

    def build_connection(self):
        if not self.path.is_file():
            raise FileNotFoundError(f'There is no SQLite database at {self.path.resolve()}')
        return sqlite3.connect(f'{self.path.resolve().as_uri()}?mode=ro', uri=True)


class SQLite(SqlSource):
    JSON_TYPES = {
        **dict.fromkeys(['INT', 'INTEGER', 'TINYINT', 'SMALLINT', 'MEDIUMINT'], 'integer'),
        **dict.fromkeys(['BIGINT', 'INT2', 'INT4', 'INT8', 'UNSIGNED'], 'integer'),
        **dict.fromkeys(['REAL', 'DOUBLE', 'FLOAT', 'NUM', 'NUMERIC', 'DECIMAL'], 'number'),
        **dict.fromkeys(['BOOL', 'BOOLEAN'], 'boolean'),
    }
    DATETIME_TYPES = ('DATE', 'DATETIME', 'TIMESTAMP')

    def build_connection(self) -> SQLiteConnection:
        return SQLiteConnection(self.connection_settings['path'])

    def test_connection(self) -> None:
        # SQLite reads the file only when it is asked something.
        list(self._rows('SELECT 1 FROM sqlite_master', []))

    def _columns(self):
        return self._rows(DISCOVER_QUERY, [])

    def _described(self, query):
        """A column without a declared type gets the type that all its values have."""
        with closing(self.build_connection().build_connection()) as connection:
            # A view of this connection alone, since only of views SQLite tells the columns' types.
            connection.execute(f'CREATE TEMP VIEW `saved query` AS SELECT * FROM {query}')
            types = dict(
                connection.execute("SELECT name, type FROM pragma_table_xinfo('saved query')")
            )
            untyped = [name for name, column_type in types.items() if not column_type]
            if untyped:
                kinds = (f'group_concat(DISTINCT typeof({self._quote(name)}))' for name in untyped)
                found = connection.execute(f'SELECT {", ".join(kinds)} FROM `saved query`')
                types.update(zip(untyped, map(value_type, found.fetchone())))
            return list(types.items())

    def _page(self, stream, select, order, limit, offset):
        return f'{select} {order} LIMIT ? OFFSET ?', [limit or maxsize, offset]

    def _rows(self, statement, values):
        with closing(self.build_connection().build_connection()) as connection:
            yield from connection.execute(statement, values)

    def _since(self, columns, operator, values):
        return f'({", ".join(columns)}) {operator} ({", ".join(["?"] * len(values))})', values

    def _quote(self, name):
        """An SQL identifier. In double quotes, SQLite would take an unknown column for a string."""
        return '`' + name.replace('`', '``') + '`'

    def _column_schema(self, column_type, nullable):
        """SQLite keeps types as they were written, such as NVARCHAR(160): the first word counts."""
        word = re.match(r'\w*', column_type.upper()).group()
        schema = {'type': self._types(self.JSON_TYPES.get(word, 'string'), nullable)}
        if word in self.DATETIME_TYPES:
            return {**schema, 'format': 'date-time'}
        return {**schema, 'description': word} if word == 'BLOB' else schema

    def _parameter(self, value, schema):
        """A bookmark as it is compared: a moment as it is stored, and bytes, which are no text."""
        if schema.format:
            return stored_moment(value)
        return b64decode(value) if schema.description == 'BLOB' else value

    def _to_json(self, value, schema):
        """A value as JSON holds it: bytes in base64, no infinity, and booleans for 0 and 1."""
        if value is None or isinstance(value, float) and not isfinite(value):
            return None
        if schema.format:
            return json_moment(value)
        if 'string' in schema.type:
            return b64encode(value).decode() if isinstance(value, bytes) else str(value)
        if 'boolean' in schema.type and value in (0, 1):
            return bool(value)
        json_type = schema.type[-1]
        if isinstance(value, CLASSES[json_type]):
            return value
        raise ValueError(f'{value!r} is no {json_type}: {ADVICE}')


def json_moment(value):
    """A stored moment as JSON Schema has it; in UTC, a Z tells that a T stands in it."""
    try:
        day, separator, minutes, seconds, zone = MOMENT.fullmatch(str(value)).groups()
        date.fromisoformat(day)
    except (AttributeError, ValueError):
        raise ValueError(f'{value!r} is no moment such as 2024-01-31 23:59:59: {ADVICE}') from None
    if zone in (None, 'Z', '+00:00'):
        zone = 'Z' if separator == 'T' else '+00:00'
    return f'{day}T{minutes or "00:00"}{seconds or ":00"}{zone}'


def stored_moment(text):
    """The least that may be stored for a moment: SQLite compares texts, and a day is one too."""
    match = re.fullmatch(r'(.{10})T(.{5}):([\d.]+)(Z|[+-].{5})', text)
    if not match:
        return text
    day, minutes, seconds, zone = match.groups()
    seconds = seconds.rstrip('0').rstrip('.') if '.' in seconds else seconds
    time = minutes if seconds == '00' else f'{minutes}:{seconds}'
    return day if time == '00:00' else f'{day}{"T" if zone == "Z" else " "}{time}'


def value_type(kinds):
    """The type of a column whose values are of these kinds, as in `integer,null`."""
    known = set((kinds or '').split(',')) - {'', 'null'}
    if not known or known - {'integer', 'real'}:
        return ''
    return 'REAL' if 'real' in known else 'INTEGER'
