from file.support import FileTest, Stream

from kinds.file.python.incremental_keys import IncrementalKeys
from kinds.file.python.keys import Keys, find_newest

MOMENT = {'type': ['null', 'string'], 'format': 'date-time'}


class KeysTest(FileTest):
    def kept(self, source_class, rows, key_properties=('id',), **kwargs):
        self.register(key_properties=list(key_properties))
        stream = Stream({'id': 'integer', 'at': MOMENT})
        stream.replication_key = None
        stream.bookmark_properties = ['at']
        source = self.source(source_class)
        source.load_rows = lambda stream, **kwargs: iter(rows)
        return list(source.keep_newest(source.load_rows(stream), stream, **kwargs))

    def test_the_last_row_of_a_key_is_kept_in_its_place(self):
        rows = [{'id': 1, 'n': 1}, {'id': 2, 'n': 2}, {'id': 1, 'n': 3}]
        self.assertEqual(self.kept(Keys, rows), rows[1:])

    def test_the_newest_row_of_a_key_is_kept_wherever_it_stands(self):
        rows = [
            {'id': 1, 'at': '2024-01-02T00:00:00+02:00'},
            {'id': 1, 'at': '2024-01-01T12:00:00Z'},
            {'id': 2, 'at': None},
            {'id': 1, 'at': None},
            {'id': 2, 'at': '2024-01-01'},
        ]
        self.assertEqual(self.kept(IncrementalKeys, rows), [rows[0], rows[4]])

    def test_rows_without_keys_and_samples_are_as_they_are(self):
        rows = [{'id': 1}, {'id': 1}]
        self.assertEqual(self.kept(Keys, rows, key_properties=()), rows)
        self.assertEqual(self.kept(Keys, rows, sample_data=True), rows)

    def test_a_row_without_its_key_ends_the_run(self):
        with self.assertRaisesRegex(ValueError, 'a row has no id, which is its key'):
            self.kept(Keys, [{'id': None}])

    def test_files_that_change_meanwhile_end_the_run(self):
        readings = [[{'id': 1}, {'id': 2}], [{'id': 1}]]
        self.register(key_properties=['id'])
        stream = Stream({'id': 'integer'})
        source = self.source(Keys)
        source.load_rows = lambda stream, **kwargs: iter(readings.pop(0))
        with self.assertRaisesRegex(ValueError, 'rows: the files changed while they were read'):
            list(source.keep_newest(source.load_rows(stream), stream))

    def test_positions_are_found_in_order(self):
        versions = [('a', 2), ('b', None), ('a', 1), ('b', None), ('c', 1)]
        self.assertEqual(list(find_newest(versions)), [('a', 0), ('b', 3), ('c', 4)])
