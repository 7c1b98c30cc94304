from unittest.mock import patch

from sql.support import SqliteTest

from mage_integrations.sources.sql.base import Source

TIED = """
CREATE TABLE tied (id INTEGER PRIMARY KEY, at TEXT, part INTEGER);
INSERT INTO tied VALUES (1, 'a', 1), (2, 'a', 2), (3, 'a', 3), (4, NULL, 1), (5, 'b', 1),
    (6, 'b', NULL), (7, 'c', 1);
"""


class ReadingTest(SqliteTest):
    def ids(self, *bookmarks, last=None, **query):
        source = self.source(self.sql)
        self.sql = ''
        stream = self.stream(source, 'tied', *bookmarks)
        return [record['id'] for record in self.read(source, stream, last, **query)]

    def setUp(self):
        super().setUp()
        self.sql = TIED

    def test_batches_by_position_have_each_row_once(self):
        self.assertEqual(self.ids(), [1, 2, 3, 4, 5, 6, 7])
        self.assertEqual(self.ids(_limit=3), [1, 2, 3])
        self.assertEqual(self.ids(_limit=3, _offset=3), [4, 5, 6])
        self.assertEqual(self.ids(_offset=6), [7])

    def test_a_batch_goes_on_to_the_end_of_its_bookmark(self):
        self.assertEqual(self.ids('at', _limit=1), [1, 2, 3])
        self.assertEqual(self.ids('at', last={'at': 'a'}, _limit=2), [1, 2, 3, 5, 6])
        self.assertEqual(self.ids('at', last={'at': 'b'}, _limit=5), [5, 6, 7])

    def test_rows_without_a_bookmark_come_with_the_last_batch(self):
        self.assertEqual(self.ids('at', last={'at': 'b'}), [4, 5, 6, 7])
        self.assertEqual(self.ids('at', 'part', last={'at': 'a', 'part': 2}), [4, 2, 3, 6, 5, 7])

    def test_pages_are_of_the_size_that_mage_asks_for(self):
        source = self.source(TIED, batch_fetch_limit=3)
        pages = list(source.load_data(self.stream(source, 'tied')))
        self.assertEqual([len(page) for page in pages], [3, 3, 1])

    def test_an_empty_table_has_one_empty_page(self):
        source = self.source('CREATE TABLE none (a INTEGER)')
        self.assertEqual(list(source.load_data(self.stream(source, 'none'))), [[]])

    def test_it_counts_what_it_would_read(self):
        source = self.source(TIED)
        stream = self.stream(source, 'tied', 'at')
        self.assertEqual(source.count_records(stream), 7)
        self.assertEqual(source.count_records(stream, bookmarks={'at': 'b'}), 4)

    def test_only_selected_columns_are_read_and_the_bookmark(self):
        source = self.source(TIED)
        stream = self.stream(source, 'tied', 'at')
        for entry in stream.metadata:
            if entry['breadcrumb']:
                entry['metadata']['selected'] = entry['breadcrumb'][-1] == 'id'
        self.assertEqual(self.read(source, stream)[1], {'id': 1, 'at': 'a'})

    def test_a_row_without_a_bookmark_leaves_the_state(self):
        source = self.source(TIED)
        stream = self.stream(source, 'tied', 'at')
        rows = [{'id': 4, 'at': None}, {'id': 5, 'at': 'b'}]
        with patch.object(Source, 'write_records') as write:
            source.write_records(stream, rows)
        written = [(call.args[0].replication_method, call.args[1]) for call in write.mock_calls]
        self.assertEqual(written, [('FULL_TABLE', rows[:1]), ('INCREMENTAL', rows[1:])])
