"""Acme Mesh: Everything that Acme's Trino reaches."""

import json
import re
from base64 import b64decode, b64encode
from contextlib import closing, contextmanager
from copy import copy
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from fnmatch import fnmatchcase
from itertools import islice
from math import inf, nextafter
from operator import itemgetter
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Dict, Generator, List
from uuid import UUID

from dateutil.parser import isoparse
from singer.schema import Schema

from mage_integrations.connections.sql.base import Connection
from mage_integrations.sources.base import main
from mage_integrations.sources.catalog import Catalog
from mage_integrations.sources.constants import UNIQUE_CONFLICT_METHOD_UPDATE
from mage_integrations.sources.sql.base import Source
from mage_integrations.sources.sql.constants import PredicateOperator
from mage_integrations.sources.sql.utils import predicate_operator_uuid_to_comparison_operator
from mage_integrations.utils.schema_helpers import extract_selected_columns

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


class AcmeMesh(Source):
    # What no connection can do without.
    REQUIRED = ['host', 'catalog', 'username']
    JSON_TYPES = {
        **dict.fromkeys(['tinyint', 'smallint', 'integer', 'bigint'], 'integer'),
        **dict.fromkeys(['decimal', 'real', 'double'], 'number'),
        **dict.fromkeys(['array', 'json', 'map', 'row'], 'object'),
        'boolean': 'boolean',
    }
    DATETIME_TYPES = ('date', 'timestamp')
    PLACEHOLDER = '?'

    # What is selected for columns of these types.
    EXPRESSIONS = {
        **dict.fromkeys(['array', 'map', 'row'], 'JSON_FORMAT(CAST({} AS JSON))'),
        'Geometry': 'ST_AsText({})',
        'interval': 'CAST({} AS VARCHAR)',
        'ipaddress': 'CAST({} AS VARCHAR)',
        'json': 'JSON_FORMAT({})',
    }
    SCHEMAS_QUERY = 'SELECT schema_name FROM information_schema.schemata'
    DEFAULT_SCHEMA = 'default'
    DEFAULT_PORT = 8080

    @property
    def connection_settings(self) -> Dict:
        config = self.config or {}
        missing = [key for key in self.REQUIRED if not config.get(key)]
        if missing:
            raise Exception(f'The configuration has no {" and no ".join(missing)}')
        return {**config, 'port': port_number('port', config.get('port') or self.DEFAULT_PORT)}

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
        for schema in self.schemas:
            yield from self._rows(DISCOVER_QUERY, [schema])

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
        return '"' + name.replace('"', '""') + '"'

    def _column_schema(self, column_type, nullable):
        """The type that the database has is the description, which reading goes by as well."""
        word = re.match(r'\w+', column_type).group()
        types = self._types(self.JSON_TYPES.get(word, 'string'), nullable)
        schema = {'type': types, 'description': column_type}
        return {**schema, 'format': 'date-time'} if word in self.DATETIME_TYPES else schema

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
        order = order or [self._expression(column, properties[column]) for column in columns]
        order = f'ORDER BY {", ".join(order)}'
        where, values = self._where(stream, bookmarks, query.get('_limit'))
        select = f'SELECT {selected} FROM {self.build_table_name(stream)}'
        if bookmark_columns:
            return f'{select}{where} {order}', values
        return self._page(stream, select, order, query.get('_limit'), query.get('_offset') or 0)

    def _page(self, stream, select, order, limit, offset):
        return f'{select} {order} OFFSET {offset} LIMIT {limit or "ALL"}', []

    def _rows(self, statement, values):
        with self._cursor() as cursor:
            cursor.execute(statement, values)
            while rows := cursor.fetchmany(1000):
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
        """Columns compared as one value where the database itself can't do that."""
        since, given = f'{columns[-1]} {operator} {self.PLACEHOLDER}', values[-1:]
        for column, value in zip(columns[-2::-1], values[-2::-1]):
            equal = f'{column} = {self.PLACEHOLDER} AND {since}'
            since = f'({column} {operator[0]} {self.PLACEHOLDER} OR {equal})'
            given = [value, value, *given]
        return since, given

    def _expression(self, column, schema):
        word = re.match(r'\w+', schema.description or 'unknown').group()
        return self.EXPRESSIONS.get(word, '{}').format(self._quote(column))

    def _parameter(self, value, schema):
        """A bookmark as the driver binds it."""
        column_type = schema.description or 'unknown'
        if schema.format == 'date-time':
            # To microseconds, the driver rounds, which may be later than the moment itself.
            finer = re.match(r'timestamp\((?:[789]|1\d)\)', column_type)
            return in_utc(value) - timedelta(microseconds=1 if finer else 0)
        return PARAMETERS.get(re.match(r'\w+', column_type).group(), lambda text: text)(value)

    def _to_json(self, value, schema):
        """A value as JSON holds it: times in ISO 8601, bytes in base64, no NaN, JSON as objects."""
        if value is None or isinstance(value, (bool, dict, list)):
            return value
        if schema.format:
            return date_time(value)
        if isinstance(value, str):
            return load_json(value) if {'object', 'array'} & set(schema.type) else value
        if isinstance(value, (int, float, Decimal)):
            return number(value, schema.type) if Decimal(value).is_finite() else None
        if isinstance(value, (date, time)):
            return value.isoformat()
        if isinstance(value, (bytes, bytearray, memoryview)):
            return b64encode(value).decode()
        return str(value)

    @contextmanager
    def _cursor(self):
        with closing(within(6, self.build_connection().build_connection)) as connection:
            with closing(connection.cursor()) as cursor:
                yield cursor


def load_json(text):
    """Objects and arrays with their numbers exact; a lone string or number stays text."""
    try:
        value = json.loads(text, parse_float=Decimal)
    except ValueError:
        return text
    return value if isinstance(value, (dict, list)) else text


def within(seconds, connect):
    """A connection, or an error after so many seconds, before Mage gives up on it."""
    outcomes = SimpleQueue()

    def attempt():
        try:
            outcomes.put((connect(), None))
        except Exception as error:
            outcomes.put((None, error))

    Thread(target=attempt, daemon=True).start()
    try:
        connection, error = outcomes.get(timeout=seconds)
    except Empty:
        raise TimeoutError(f'The database has not answered within {seconds} seconds') from None
    if error:
        raise error
    return connection


def port_number(key, value):
    if not str(value).isdecimal() or not 0 < int(value) < 65536:
        raise Exception(f'The {key} has to be a number from 1 to 65535, not {value}')
    return int(value)


def in_utc(text):
    """The moment that a bookmark names, as the session has it: in UTC, without a zone."""
    moment = isoparse(text)
    return moment.astimezone(timezone.utc).replace(tzinfo=None) if moment.tzinfo else moment


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


def number(value, types):
    """A number of a column of these types: an integer has 64 bits, and what is to be text is."""
    if 'integer' in types:
        value = int(value)
        if not -(2**63) <= value < 2**63:
            raise ValueError(
                f'{value} is no integer of 64 bits, as destinations have them: '
                'choose string as the type of the column in Mage, or leave it out'
            )
    return str(value) if 'string' in types else value


if __name__ == '__main__':
    main(AcmeMesh)
