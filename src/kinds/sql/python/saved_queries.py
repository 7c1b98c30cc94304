"""Saved queries, which are streams beside the tables."""

from pathlib import Path

from kinds.sql.python.source import SqlSource

# Saved queries, which are streams beside the tables; each is a file in queries/.
STREAMS = {}


class SavedQueries(SqlSource):
    def _with_queries(self, entries, streams):
        for entry in entries:
            if entry.tap_stream_id in STREAMS:
                raise Exception(
                    f'{entry.tap_stream_id} is a saved query and a table too: '
                    'give the query another name, or name the table in exclude_tables'
                )
        queries = [name for name in STREAMS if not streams or name in streams]
        return entries + [self._query_entry(name) for name in queries]

    def _query_entry(self, name):
        """The columns are those of the result, its key and its bookmark are given."""
        key = STREAMS[name]['key_properties']
        bookmark = STREAMS[name].get('replication_key')
        try:
            described = self._described(self._read_query(name))
        except Exception as error:
            raise Exception(f'The saved query {name} fails: {error}') from error
        columns = [column for column, _ in described]
        for column in columns:
            if columns.count(column) > 1:
                raise Exception(f'The saved query {name} has several columns {column}')
        for column in [*key, *([bookmark] if bookmark else [])]:
            if column not in columns:
                raise Exception(f'The saved query {name} has no column {column}, but {columns}')
        rows = [
            (column, column_type, True, key.index(column) + 1 if column in key else 0, 0)
            for column, column_type in described
        ]
        entry = self._catalog_entry(name, rows)
        # As an argument it would override the bookmark that the user chooses later.
        if bookmark:
            entry.bookmark_properties = [bookmark]
        return entry

    def get_forced_replication_method(self, stream_id: str) -> str:
        return STREAMS.get(stream_id, {}).get('replication_method', 'FULL_TABLE')

    def _relation(self, stream):
        """What is read: a table by its name, or the result of a saved query."""
        name = stream.tap_stream_id
        return self._read_query(name) if name in STREAMS else self.build_table_name(stream)

    def _read_query(self, name):
        """A saved query as a statement takes it in the place of a table."""
        query = (Path(__file__).parent / 'queries' / f'{name}.sql').read_text(encoding='utf-8')
        query = self._escaped(query)
        return '(\n' + query.rstrip('; \t\r\n') + '\n) saved_query'

    def _enforced(self, key, stream):
        return [] if stream.tap_stream_id in STREAMS else key
