"""The base class of SQL sources: discovery and pages of rows by generated queries."""
from time import sleep

from singer.schema import Schema

from mage_integrations.sources.base import Source as BaseSource
from mage_integrations.sources.catalog import Catalog, CatalogEntry
from mage_integrations.sources.constants import (
    BATCH_FETCH_LIMIT,
    BATCH_FETCH_LIMIT_KEY,
    COLUMN_FORMAT_DATETIME,
    COLUMN_FORMAT_UUID,
    COLUMN_TYPE_BOOLEAN,
    COLUMN_TYPE_INTEGER,
    COLUMN_TYPE_NULL,
    COLUMN_TYPE_NUMBER,
    COLUMN_TYPE_OBJECT,
    COLUMN_TYPE_STRING,
    REPLICATION_METHOD_FULL_TABLE,
    REPLICATION_METHOD_LOG_BASED,
    SUBBATCH_FETCH_LIMIT_KEY,
    UNIQUE_CONFLICT_METHOD_UPDATE,
)
from mage_integrations.sources.sql.utils import (
    build_comparison_statement,
    column_type_mapping,
    predicate_operator_uuid_to_comparison_operator,
    wrap_column_in_quotes,
)
from mage_integrations.sources.utils import get_standard_metadata
from mage_integrations.utils.schema_helpers import extract_selected_columns, filter_columns

ORDERED_TYPES = (
    COLUMN_TYPE_BOOLEAN, COLUMN_TYPE_INTEGER, COLUMN_TYPE_NUMBER, COLUMN_TYPE_STRING,
)

# The first word found anywhere in a column's type decides: an interval is an integer.
TYPES_BY_WORD = (
    (('bool',), {'type': COLUMN_TYPE_BOOLEAN}),
    (('int',), {'type': COLUMN_TYPE_INTEGER}),
    (
        ('double', 'float', 'numeric', 'decimal', 'real', 'number'),
        {'type': COLUMN_TYPE_NUMBER},
    ),
    (
        ('timestamp', 'date'),
        {'type': COLUMN_TYPE_STRING, 'format': COLUMN_FORMAT_DATETIME},
    ),
    (('json', 'variant'), {'type': COLUMN_TYPE_OBJECT, 'properties': {}}),
    (('uuid',), {'type': COLUMN_TYPE_STRING, 'format': COLUMN_FORMAT_UUID}),
)


class Source(BaseSource):
    @property
    def fetch_limit(self):
        config = self.config or {}
        return (
            config.get(SUBBATCH_FETCH_LIMIT_KEY)
            or config.get(BATCH_FETCH_LIMIT_KEY)
            or BATCH_FETCH_LIMIT
        )

    @property
    def table_prefix(self):
        return ''

    def build_connection(self):
        raise Exception('Subclasses must implement the build_connection method.')

    def discover(self, streams=None):
        """Rows of table, default, key, column, type, nullable make the catalog."""
        tables = {}
        for row in self.build_connection().load(self.build_discover_query(streams=streams)):
            tables.setdefault(row[0], []).append(row)
        return Catalog([self.__entry(table, rows) for table, rows in tables.items()])

    def __entry(self, stream_id, rows):
        properties = {}
        keys = []
        for _, _, key, column, data_type, nullable in rows:
            column, key, nullable = map(_text, (column, key, nullable))
            # Primary key and unique columns make one key together.
            if key is not None and ('PRI' in key or key == 'UNIQUE'):
                keys.append(column)
            properties[column] = _column_schema(_text(data_type.lower()), nullable == 'YES')
        schema = Schema.from_dict({'properties': properties, 'type': 'object'})
        return CatalogEntry(
            key_properties=keys,
            metadata=get_standard_metadata(
                key_properties=keys,
                replication_method=REPLICATION_METHOD_FULL_TABLE,
                schema=schema.to_dict(),
                stream_id=stream_id,
                valid_replication_keys=[],
            ),
            replication_method=REPLICATION_METHOD_FULL_TABLE,
            schema=schema,
            stream=stream_id,
            tap_stream_id=stream_id,
            unique_conflict_method=UNIQUE_CONFLICT_METHOD_UPDATE,
            unique_constraints=keys,
        )

    def build_discover_query(self, schema, streams=None):
        # `discover` never passes the schema, so every source has its own query.
        query = (
            'SELECT TABLE_NAME, COLUMN_DEFAULT, COLUMN_KEY, COLUMN_NAME, DATA_TYPE, IS_NULLABLE\n'
            f"FROM information_schema.columns WHERE table_schema = '{schema}'"
        )
        if streams:
            names = ', '.join(f"'{name}'" for name in streams)
            query = f'{query} AND TABLE_NAME IN ({names})'
        return query

    def count_records(self, stream, bookmarks=None, query=None, **kwargs):
        if self._replication_method(stream, bookmarks=bookmarks) == REPLICATION_METHOD_LOG_BASED:
            return 1
        statement = self.__select(
            stream, ['COUNT(*) AS number_of_records'], bookmarks, query or {},
        )
        self.logger.info(f'Counting records for {stream.tap_stream_id} started.')
        return self.build_connection().load(f'{statement}\n')[0][0]

    def load_data(self, stream, bookmarks=None, query=None, **kwargs):
        """Pages of rows until one is short or `_limit` rows are read, a second between them."""
        query = query or {}
        if self._replication_method(stream, bookmarks=bookmarks) == REPLICATION_METHOD_LOG_BASED:
            yield from self.load_data_from_logs(
                stream, bookmarks=bookmarks, query=query, **kwargs,
            )
            return
        limit = self.fetch_limit
        most = query.get('_limit')
        read = 0
        while True:
            if read:
                sleep(1)
            offset = query.get('_offset', 0) + read
            rows = self.__page(stream, bookmarks, query, limit, offset)
            yield self._convert_to_rows(extract_selected_columns(stream.metadata), rows)
            read += limit
            if len(rows) < limit or (most is not None and read >= most):
                break
        if not most:
            self._after_load_data(stream)

    def load_data_from_logs(self, stream, bookmarks=None, query=None, **kwargs):
        raise Exception('Subclasses must implement the load_data_from_logs method.')

    def __page(self, stream, bookmarks, query, limit, offset):
        columns = extract_selected_columns(stream.metadata)
        order = self.update_column_names(self.__order(stream, columns))
        statement = self.__select(stream, self.update_column_names(columns), bookmarks, query)
        return self.build_connection().load('\n'.join([
            statement,
            self._order_by_query_string(order) if order else '',
            self._limit_query_string(limit, offset, order_by_columns=order),
        ]))

    def __order(self, stream, columns):
        """Bookmark, key and unique columns; where there are none, all that can be ordered."""
        order = dict.fromkeys([
            *(self._get_bookmark_properties_for_stream(stream) or []),
            *(stream.key_properties or []),
            *(stream.unique_constraints or []),
        ])
        return list(order) or filter_columns(
            columns, stream.schema.to_dict()['properties'], ORDERED_TYPES,
        )

    def __select(self, stream, columns, bookmarks, query):
        statement = '\n'.join([
            'SELECT', '\n, '.join(columns), f'FROM {self.build_table_name(stream)}',
        ])
        properties = stream.schema.to_dict()['properties']
        where = [
            self._build_comparison_statement(
                column, value, properties, operator=self.__operator(stream, column),
            )
            for column, value in (bookmarks or {}).items()
            if column in self._get_bookmark_properties_for_stream(stream) and value is not None
        ]
        # A value of the query that has a column's name is a filter.
        selected = extract_selected_columns(stream.metadata)
        where += [
            self._build_comparison_statement(column, value, properties)
            for column, value in query.items() if column in selected
        ]
        return f"{statement}\nWHERE {' AND '.join(where)}" if where else statement

    def __operator(self, stream, column):
        chosen = (stream.bookmark_property_operators or {}).get(column)
        if chosen:
            return predicate_operator_uuid_to_comparison_operator(chosen)
        return '>' if column in (stream.unique_constraints or []) else '>='

    def update_column_names(self, columns):
        return columns

    def test_connection(self):
        connection = self.build_connection()
        connection.close_connection(connection.build_connection())

    def column_type_mapping(self, column_type, column_format=None):
        return column_type_mapping(column_type, column_format)

    def convert_datetime(self, val):
        return val

    def build_table_name(self, stream):
        return f'{self.table_prefix}{stream.tap_stream_id}'

    def wrap_column_in_quotes(self, column):
        return wrap_column_in_quotes(column)

    def _after_load_data(self, stream):
        pass

    def _limit_query_string(self, limit, offset, order_by_columns=None):
        return f'LIMIT {limit} OFFSET {offset}'

    def _order_by_query_string(self, order_by_columns):
        return f"ORDER BY {', '.join(order_by_columns)}"

    def _replication_method(self, stream, bookmarks=None):
        return stream.replication_method

    def _build_comparison_statement(self, col, val, properties, operator='='):
        return build_comparison_statement(
            col,
            val,
            properties,
            self.column_type_mapping,
            operator=operator,
            column_cleaned=self.wrap_column_in_quotes(col),
            convert_datetime_func=self.convert_datetime,
        )

    def _convert_to_rows(self, columns, rows_temp):
        return [dict(zip(columns, row)) for row in rows_temp]


def _column_schema(data_type, nullable):
    found = next(
        (schema for words, schema in TYPES_BY_WORD if any(word in data_type for word in words)),
        {'type': COLUMN_TYPE_STRING},
    )
    null = [COLUMN_TYPE_NULL] if nullable else []
    return {**found, 'type': [*null, found['type']]}


def _text(value):
    if type(value) is bytes:
        try:
            return value.decode('utf-8')
        except UnicodeDecodeError:
            pass
    return value
