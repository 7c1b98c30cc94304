"""
The source that every connector of a database is made of. A dialect derives from it, and says what
its database does otherwise; what connectors have only if their answers ask for it is a feature.
"""

from copy import copy
from itertools import islice
from math import inf, nextafter
from typing import Dict, Generator, List

from kinds.sql.python.discovery import Discovery
from mage_integrations.sources.sql.constants import PredicateOperator
from mage_integrations.sources.sql.utils import predicate_operator_uuid_to_comparison_operator
from mage_integrations.utils.schema_helpers import extract_selected_columns


class SqlSource(Discovery):
    PLACEHOLDER = '%s'

    def count_records(self, stream, bookmarks: Dict = None, query: Dict = None, **kwargs) -> int:
        where, values = self._where(stream, bookmarks or {})
        table = self._relation(stream)
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

    def _relation(self, stream):
        return self.build_table_name(stream)

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
        rows = self._streamed(*self._select(stream, columns, bookmarks, query))
        rows = self._skipped(rows, bookmark_columns, query)
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

    def _streamed(self, statement, values):
        return self._rows(statement, values)

    def _skipped(self, rows, bookmark_columns, query):
        return rows

    def _select(self, stream, columns, bookmarks, query):
        properties = stream.schema.properties
        selected = ', '.join(self._expression(column, properties[column]) for column in columns)
        bookmark_columns = self._get_bookmark_properties_for_stream(stream)
        key = stream.key_properties or stream.unique_constraints or []
        order = [self._quote(column) for column in dict.fromkeys([*bookmark_columns, *key])]
        order = order or [self._sortable(column, properties[column]) for column in columns]
        order = f'ORDER BY {", ".join(order)}'
        where, values = self._where(stream, bookmarks, query.get('_limit'))
        select = f'SELECT {selected} FROM {self._relation(stream)}'
        if bookmark_columns:
            return f'{select}{where} {order}', values
        return self._page(stream, select, order, query.get('_limit'), query.get('_offset') or 0)

    def _page(self, stream, select, order, limit, offset):
        """A statement of rows in order, from an offset on, up to a limit or None; its values."""
        raise NotImplementedError

    def _rows(self, statement, values):
        """The rows of a statement, as the database gives them, one after the other."""
        raise NotImplementedError

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
        return self._quote(column)

    def _sortable(self, column, schema):
        return self._expression(column, schema)

    def _parameter(self, value, schema):
        """A bookmark as it is compared."""
        raise NotImplementedError

    def _to_json(self, value, schema):
        """A value as JSON holds it, in a column of this schema."""
        raise NotImplementedError
