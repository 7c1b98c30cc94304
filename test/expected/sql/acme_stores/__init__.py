"""Acme Stores: What the stores of Acme sell, in a database that a bastion host leads to."""

import json
from atexit import register
from base64 import b64decode, b64encode
from copy import copy
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from fnmatch import fnmatchcase
from io import StringIO
from itertools import islice
from math import inf, nextafter
from operator import itemgetter
from os.path import isfile
from sys import maxsize
from threading import Thread
from typing import Dict, Generator, List

from paramiko import ECDSAKey, Ed25519Key, RSAKey, SSHException
from singer.schema import Schema
from sshtunnel import SSHTunnelForwarder

from mage_integrations.connections.mysql import MySQL as MySQLConnection
from mage_integrations.sources.base import main
from mage_integrations.sources.catalog import Catalog
from mage_integrations.sources.constants import UNIQUE_CONFLICT_METHOD_UPDATE
from mage_integrations.sources.sql.base import Source
from mage_integrations.sources.sql.constants import PredicateOperator
from mage_integrations.sources.sql.utils import predicate_operator_uuid_to_comparison_operator
from mage_integrations.utils.schema_helpers import extract_selected_columns

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


class AcmeStores(Source):
    # What no connection can do without.
    REQUIRED = ['host', 'database', 'username']
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
    DEFAULT_PORT = 3306
    REQUIRED_FOR_SSH = ['ssh_host', 'ssh_username']
    tunnel = None

    @property
    def connection_settings(self) -> Dict:
        config = self.config or {}
        method = config.get('connection_method') or 'ssh_tunnel'
        if method not in ('direct', 'ssh_tunnel'):
            raise Exception(f'The connection_method has to be direct or ssh_tunnel, not {method}')
        through_ssh = method == 'ssh_tunnel'
        required = self.REQUIRED + self.REQUIRED_FOR_SSH if through_ssh else self.REQUIRED
        missing = [key for key in required if not config.get(key)]
        if missing:
            raise Exception(f'The configuration has no {" and no ".join(missing)}')
        settings = {**config, 'port': port_number('port', config.get('port') or self.DEFAULT_PORT)}
        if not through_ssh:
            return settings
        if not (self.tunnel and self.tunnel.is_active):
            self.tunnel = open_tunnel(settings)
        host, port = self.tunnel.local_bind_address
        return {**settings, 'host': host, 'port': port}

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
        """At the end of a tunnel the server has another name than in its certificate."""
        return {**checks, 'ssl_verify_identity': settings['host'] == self.config['host']}

    def build_table_name(self, stream) -> str:
        return self._quote(stream.tap_stream_id)

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
        return self._rows(DISCOVER_QUERY, [])

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
        """An SQL identifier; `%` is doubled because statements are completed by Python's `%`."""
        return '`' + name.replace('`', '``').replace('%', '%%') + '`'

    def _literal(self, value):
        """A number, or hexadecimal: the driver would look for `%s` in identifiers too."""
        if isinstance(value, bytes):
            return f"X'{value.hex()}'"
        return f"_utf8mb4 X'{value.encode().hex()}'" if isinstance(value, str) else value

    def _column_schema(self, column_type, nullable):
        if column_type in self.DATETIME_TYPES:
            return {'type': ['null', 'string'], 'format': 'date-time'}
        is_special = column_type in self.BINARY_TYPES or column_type in self.UNSORTED
        described = {'description': column_type} if is_special else {}
        types = self._types(self.JSON_TYPES.get(column_type, 'string'), nullable)
        return {'type': types, **described}

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
        return self._quote(column)

    def _sortable(self, column, schema):
        # A text itself would be sorted by its first kilobyte, whatever its case.
        return f'MD5({self._quote(column)})'

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


def port_number(key, value):
    if not str(value).isdecimal() or not 0 < int(value) < 65536:
        raise Exception(f'The {key} has to be a number from 1 to 65535, not {value}')
    return int(value)


def open_tunnel(settings):
    """
    A way through the SSH server to the database, from any free port of this machine: Mage's own
    tunnels listen at the database's port, where something else may listen.
    """
    host, user = settings['ssh_host'], settings['ssh_username']
    port = port_number('ssh_port', settings.get('ssh_port') or 22)
    tunnel = SSHTunnelForwarder(
        (host, port),
        ssh_username=user,
        ssh_password=settings.get('ssh_password') or None,
        ssh_pkey=private_key(settings['ssh_pkey']) if settings.get('ssh_pkey') else None,
        remote_bind_address=(settings['host'], settings['port']),
        local_bind_address=('127.0.0.1', 0),
        allow_agent=False,
        host_pkey_directories=[],
        mute_exceptions=True,
    )
    # It would wait longer for a server that doesn't answer than Mage does.
    start = Thread(target=tunnel.start, daemon=True)
    start.start()
    start.join(5)
    if start.is_alive() or not tunnel.is_active:
        raise Exception(f'The SSH server {host}:{port} cannot be reached, or refuses {user}')
    register(tunnel.stop)
    return tunnel


def private_key(given):
    """A private key of any kind, given as its text or as the name of its file."""
    if isfile(given):
        with open(given, encoding='utf-8') as file:
            given = file.read()
    for kind in (RSAKey, ECDSAKey, Ed25519Key):
        try:
            return kind.from_private_key(StringIO(given))
        except SSHException:
            continue
    raise Exception('The ssh_pkey is no private key without a passphrase, and no file with one')


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
    main(AcmeStores)
