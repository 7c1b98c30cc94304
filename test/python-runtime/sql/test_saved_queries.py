from pathlib import Path
from unittest.mock import patch

from sql.support import SqliteTest, Stream, connected

from kinds.sql.dialects.postgresql.dialect import PostgreSQL
from kinds.sql.dialects.sqlite.dialect import SQLite
from kinds.sql.python.saved_queries import STREAMS, SavedQueries

TABLES = "CREATE TABLE t (id INTEGER, at TEXT); INSERT INTO t VALUES (1, 'a'), (2, 'b'), (3, NULL)"


class QueriedSQLite(SQLite, SavedQueries):
    pass


class QueriedPostgreSQL(PostgreSQL, SavedQueries):
    pass


class SavedQueriesTest(SqliteTest):
    sources = QueriedSQLite

    def register(self, query, **settings):
        """Make `saved` the only saved query."""
        for patcher in (
            patch.dict(STREAMS, {'saved': {'key_properties': ['id'], **settings}}, clear=True),
            patch.object(Path, 'read_text', lambda path, encoding: query),
        ):
            patcher.start()
            self.addCleanup(patcher.stop)

    def test_a_query_is_a_stream_beside_the_tables(self):
        query = 'SELECT id, at, id * 0.5 AS half FROM t;'
        self.register(query, replication_method='INCREMENTAL', replication_key='at')
        source = self.source(TABLES)
        self.assertEqual(
            [entry.tap_stream_id for entry in source.discover().streams], ['t', 'saved']
        )
        [entry] = source.discover(['saved']).streams
        types = {name: column.type for name, column in entry.schema.properties.items()}
        nullable = {'id': 'integer', 'at': 'string', 'half': 'number'}
        self.assertEqual(types, {name: ['null', kind] for name, kind in nullable.items()})
        self.assertEqual(entry.key_properties, ['id'])
        self.assertEqual(
            (entry.replication_method, entry.bookmark_properties), ('INCREMENTAL', ['at'])
        )
        self.assertEqual([row['id'] for row in self.read(source, entry, {'at': 'b'})], [3, 2])
        self.assertEqual(source.count_records(entry, bookmarks={'at': 'b'}), 2)

    def test_without_a_bookmark_it_is_read_as_a_whole(self):
        self.register('SELECT id FROM t')
        source = self.source(TABLES)
        [entry] = source.discover(['saved']).streams
        self.assertEqual(entry.replication_method, 'FULL_TABLE')
        self.assertEqual(self.read(source, entry, _limit=1, _offset=1), [{'id': 2}])
        self.assertEqual(
            self.read(source, self.stream(source, 't'), _limit=1), [{'id': 1, 'at': 'a'}]
        )

    def test_what_is_wrong_with_a_query_is_said(self):
        for query, settings, message in (
            ('SELECT * FROM nowhere', {}, 'The saved query saved fails: no such table: nowhere'),
            ('SELECT at FROM t', {}, r"has no column id, but \['at'\]"),
            ('SELECT id FROM t', {'replication_key': 'at'}, 'has no column at'),
        ):
            self.register(query, **settings)
            with self.assertRaisesRegex(Exception, message):
                self.source('CREATE TABLE IF NOT EXISTS t (id, at)').discover()

    def test_a_table_of_that_name_is_an_error_unless_it_is_left_out(self):
        self.register('SELECT 1 AS id')
        with self.assertRaisesRegex(Exception, 'saved is a saved query and a table too'):
            self.source('CREATE TABLE saved (id INTEGER)').discover()
        [entry] = self.source('', exclude_tables='saved').discover().streams
        self.assertEqual(entry.tap_stream_id, 'saved')

    def test_a_percent_sign_is_doubled_where_the_driver_looks_for_marks(self):
        self.register("SELECT '5%' AS id")
        self.assertEqual(
            self.source('')._read_query('saved'), "(\nSELECT '5%' AS id\n) saved_query"
        )
        source, _ = connected(QueriedPostgreSQL, {})
        self.assertIn("'5%%'", source._read_query('saved'))

    def test_rows_of_a_query_are_not_looked_for_by_its_key(self):
        self.register('SELECT id FROM t')
        source, _ = connected(QueriedPostgreSQL, {})
        for name, sought in (('saved', False), ('rows', True)):
            stream = Stream({'id': 'integer'}, ['id'], name=name)
            statement, _ = source._select(stream, ['id'], {}, {'_offset': 5})
            self.assertEqual('WHERE ("id") >= (' in statement, sought)
