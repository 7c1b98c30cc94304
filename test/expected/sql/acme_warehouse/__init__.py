"""Acme Warehouse: Tables and views of the Acme data warehouse."""

import json
from base64 import b64decode, b64encode
from contextlib import closing
from copy import copy
from datetime import date, datetime, time, timezone
from decimal import Decimal
from fnmatch import fnmatchcase
from functools import partial
from itertools import islice
from math import inf, isfinite, nextafter
from operator import itemgetter
from sys import maxsize
from typing import Dict, Generator, List

from psycopg2 import DataError, extensions, extras
from singer import metadata
from singer.schema import Schema

from mage_integrations.connections.postgresql import PostgreSQL as PostgreSQLConnection
from mage_integrations.sources.base import main
from mage_integrations.sources.catalog import Catalog
from mage_integrations.sources.constants import UNIQUE_CONFLICT_METHOD_UPDATE
from mage_integrations.sources.sql.base import Source
from mage_integrations.sources.sql.constants import PredicateOperator
from mage_integrations.sources.sql.utils import predicate_operator_uuid_to_comparison_operator
from mage_integrations.utils.schema_helpers import extract_selected_columns

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


class AcmeWarehouse(Source):
    # What no connection can do without.
    REQUIRED = ['host', 'database', 'username']
    JSON_TYPES = {
        **dict.fromkeys(['smallint', 'integer', 'bigint', 'oid'], 'integer'),
        **dict.fromkeys(['numeric', 'real', 'double precision'], 'number'),
        **dict.fromkeys(['json', 'jsonb'], 'object'),
        'boolean': 'boolean',
    }
    DATETIME_TYPES = ('date', 'timestamp without time zone', 'timestamp with time zone')
    SCHEMAS_QUERY = 'SELECT nspname FROM pg_namespace'
    DEFAULT_SCHEMA = 'public'
    DEFAULT_PORT = 5432

    @property
    def connection_settings(self) -> Dict:
        config = self.config or {}
        missing = [key for key in self.REQUIRED if not config.get(key)]
        if missing:
            raise Exception(f'The configuration has no {" and no ".join(missing)}')
        return {**config, 'port': port_number('port', config.get('port') or self.DEFAULT_PORT)}

    def build_connection(self) -> PostgreSQLConnection:
        settings = self.connection_settings
        options = {key: settings[key] for key in ('sslmode', 'sslrootcert') if settings.get(key)}
        return PostgreSQLConnection(
            host=settings.get('host'),
            port=settings.get('port'),
            database=settings.get('database'),
            username=settings.get('username'),
            password=settings.get('password'),
            connection_factory=partial(open_connection, **options),
        )

    def build_table_name(self, stream) -> str:
        schema, table = self.schemas[0], stream.tap_stream_id
        if len(self.schemas) > 1:
            found = [name for name in self.schemas if table.startswith(f'{name}.')]
            if not found:
                raise Exception(f'The stream {table} is of none of the schemas {self.schemas}')
            schema = max(found, key=len)
            table = table[len(schema) + 1 :]
        return f'{self._quote(schema)}.{self._quote(table)}'

    @property
    def schemas(self) -> List[str]:
        return self._names('schema') or [self.DEFAULT_SCHEMA]

    def test_connection(self) -> None:
        known = {name for (name,) in self._rows(self.SCHEMAS_QUERY, [])}
        for schema in self.schemas:
            if schema not in known:
                raise Exception(f'The database has no schema "{schema}"')

    def discover(self, streams: List[str] = None) -> Catalog:
        columns = {}
        for stream_id, *column in self._columns():
            columns.setdefault(stream_id, []).append(column)
        included, excluded = self._names('tables') or ['*'], self._names('exclude_tables')
        entries = [
            self._catalog_entry(stream_id, described)
            for stream_id, described in columns.items()
            if (not streams or stream_id in streams)
            and self._matches(stream_id, included)
            and not self._matches(stream_id, excluded)
        ]
        return Catalog(entries)

    def _columns(self):
        for schema, table, *column in self._catalogue():
            yield f'{schema}.{table}' if len(self.schemas) > 1 else table, *column

    def _catalogue(self):
        return self._rows(DISCOVER_QUERY, [self.schemas])

    def _names(self, key):
        names = str((self.config or {}).get(key) or '').split(',')
        return [name.strip() for name in names if name.strip()]

    def _matches(self, name, patterns):
        return any(fnmatchcase(name, pattern) for pattern in patterns)

    def _catalog_entry(self, stream_id, columns):
        properties = {
            name: self._column_schema(column_type, nullable)
            for name, column_type, nullable, _, _ in columns
        }
        primary_key, unique_key = (
            [column[0] for column in sorted(columns, key=itemgetter(position)) if column[position]]
            for position in (3, 4)
        )
        return self.build_catalog_entry(
            stream_id,
            Schema.from_dict({'type': 'object', 'properties': properties}),
            key_properties=primary_key,
            unique_constraints=primary_key or unique_key,
            unique_conflict_method=UNIQUE_CONFLICT_METHOD_UPDATE,
        )

    def _quote(self, name):
        """An SQL identifier; `%` is doubled because psycopg2 looks for placeholders everywhere."""
        return '"' + name.replace('"', '""').replace('%', '%%') + '"'

    def _column_schema(self, column_type, nullable):
        if column_type in self.DATETIME_TYPES:
            return {'type': ['null', 'string'], 'format': 'date-time'}
        array = 'object' if column_type.endswith('[]') else 'string'
        schema = {'type': self._types(self.JSON_TYPES.get(column_type, array), nullable)}
        return {**schema, 'description': column_type} if column_type == 'bytea' else schema

    def _types(self, json_type, nullable):
        """
        The types of a column, of which destinations take the first: JSON may be of any type, and
        lone strings and numbers in it stay JSON text. A number that JSON has none for is null.
        """
        types = ['object', 'array', 'string'] if json_type == 'object' else [json_type]
        return ['null', *types] if nullable or json_type == 'number' else types

    def count_records(self, stream, bookmarks: Dict = None, query: Dict = None, **kwargs) -> int:
        where, values = self._where(stream, bookmarks or {})
        table = self.build_table_name(stream)
        ((count,),) = self._rows(f'SELECT count(*) FROM {table}{where}', values)
        return count

    def load_data(
        self, stream, bookmarks: Dict = None, query: Dict = None, **kwargs
    ) -> Generator[List[Dict], None, None]:
        records = self._records(stream, bookmarks or {}, query or {})
        while True:
            page = list(islice(records, self.fetch_limit))
            yield page
            if len(page) < self.fetch_limit:
                break

    def write_records(self, stream, rows: List[Dict], properties: Dict = None) -> Dict:
        """Rows without a bookmark are written as well, but leave the state as it is."""
        columns = self._get_bookmark_properties_for_stream(stream)
        others = [row for row in rows if any(row[column] is None for column in columns)]
        if others:
            stateless = copy(stream)
            stateless.replication_method = 'FULL_TABLE'
            super().write_records(stateless, others, properties)
            rows = [row for row in rows if all(row[column] is not None for column in columns)]
        return super().write_records(stream, rows, properties)

    def _records(self, stream, bookmarks, query):
        """
        One query with an open cursor: memory stays flat, and no row moves between pages.

        Mage starts the next incremental batch from the last bookmark of this one. So this one goes
        on after `_limit` to the end of the rows that share a bookmark, and of a later one than it
        started from. Rows without a bookmark are left to the last batch, which has no `_limit`.
        """
        bookmark_columns = self._get_bookmark_properties_for_stream(stream)
        columns = extract_selected_columns(stream.metadata) or list(stream.schema.properties)
        columns += [column for column in bookmark_columns if column not in columns]
        rows = self._rows(*self._select(stream, columns, bookmarks, query))
        records = (self._record(stream, columns, row) for row in rows)
        record = {}
        for record in islice(records, query.get('_limit') or None):
            yield record
        start = [bookmarks.get(column) for column in bookmark_columns]
        last = [record.get(column) for column in bookmark_columns]
        for record in records:
            bookmark = [record[column] for column in bookmark_columns]
            if last not in (bookmark, start) and None not in last:
                break
            last = bookmark
            yield record

    def _record(self, stream, columns, row):
        """A row as its schema has it; an error names the column whose value no schema can have."""
        record = {}
        for column, value in zip(columns, row):
            try:
                record[column] = self._to_json(value, stream.schema.properties[column])
            except ValueError as error:
                raise ValueError(f'{stream.tap_stream_id}, column {column}: {error}') from error
        return record

    def _select(self, stream, columns, bookmarks, query):
        properties = stream.schema.properties
        selected = ', '.join(self._expression(column, properties[column]) for column in columns)
        bookmark_columns = self._get_bookmark_properties_for_stream(stream)
        key = stream.key_properties or stream.unique_constraints or []
        order = [self._quote(column) for column in dict.fromkeys([*bookmark_columns, *key])]
        order = order or [self._sortable(column, properties[column]) for column in columns]
        order = f'ORDER BY {", ".join(order)}'
        where, values = self._where(stream, bookmarks, query.get('_limit'))
        select = f'SELECT {selected} FROM {self.build_table_name(stream)}'
        if bookmark_columns:
            return f'{select}{where} {order}', values
        return self._page(stream, select, order, query.get('_limit'), query.get('_offset') or 0)

    def _page(self, stream, select, order, limit, offset):
        limit, key = limit or maxsize, stream.key_properties or stream.unique_constraints
        enforced = metadata.to_map(stream.metadata).get((), {}).get('table-key-properties')
        if offset and key and key == enforced:
            # The rows before these are counted in the index of the key, instead of being read.
            columns, table = ', '.join(map(self._quote, key)), self.build_table_name(stream)
            first = f'SELECT {columns} FROM {table} {order} LIMIT 1 OFFSET %s'
            return f'{select} WHERE ({columns}) >= ({first}) {order} LIMIT %s', [offset, limit]
        return f'{select} {order} LIMIT %s OFFSET %s', [limit, offset]

    def _rows(self, statement, values):
        with closing(self.build_connection().build_connection()) as connection:
            with connection.cursor('rows') as cursor:
                cursor.execute(statement, values)
                while rows := cursor.fetchmany(2000):
                    yield from rows

    def _where(self, stream, bookmarks, limit=None):
        """
        Rows since the bookmark, compared as one value if it has several columns.

        Those without a bookmark, which would keep databases from going on where it stands in an
        index, are left out where there is a limit.
        """
        columns = self._get_bookmark_properties_for_stream(stream)
        quoted = [self._quote(column) for column in columns]
        known = ' AND '.join(f'{column} IS NOT NULL' for column in quoted)
        unknown = ' OR '.join(f'{column} IS NULL' for column in quoted)
        values = [bookmarks.get(column) for column in columns]
        if None in values or not columns:
            return f' WHERE {known}' if known and limit else '', []
        # Mage keeps a decimal as the nearest float, which may be greater.
        values = [nextafter(value, -inf) if isinstance(value, float) else value for value in values]
        properties = stream.schema.properties
        values = [self._parameter(value, properties[name]) for name, value in zip(columns, values)]
        operators = stream.bookmark_property_operators or {}
        operator = predicate_operator_uuid_to_comparison_operator(
            operators.get(columns[0]) or PredicateOperator.GREATER_THAN_OR_EQUALS
        )
        since, values = self._since(quoted, operator, values)
        where = f'{since} AND {known}' if limit else f'{since} OR {unknown}'
        return f' WHERE {where}', values

    def _since(self, columns, operator, values):
        return f'({", ".join(columns)}) {operator} ({", ".join(["%s"] * len(values))})', values

    def _expression(self, column, schema):
        """What is selected for a column: psycopg2 doesn't know the elements of every array."""
        name = self._quote(column)
        return f'to_json({name})' if 'array' in schema.type else name

    def _sortable(self, column, schema):
        return f'{self._quote(column)}::text'

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


def port_number(key, value):
    if not str(value).isdecimal() or not 0 < int(value) < 65536:
        raise Exception(f'The {key} has to be a number from 1 to 65535, not {value}')
    return int(value)


def date_time(value):
    """A moment as JSON Schema has it: dates are midnights, and what has no zone counts as UTC."""
    if not isinstance(value, date):
        raise ValueError(
            f'{value} is no moment of the years 1 to 9999: '
            'choose string as the type of the column in Mage, or leave it out'
        )
    if not isinstance(value, datetime):
        value = datetime.combine(value, time())
    moment = value.astimezone(timezone.utc) if value.tzinfo else value.replace(tzinfo=timezone.utc)
    return moment.isoformat()


if __name__ == '__main__':
    main(AcmeWarehouse)
