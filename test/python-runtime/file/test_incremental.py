from decimal import Decimal

from file.support import FileTest, Stream

from kinds.file.python.incremental import Incremental, to_comparable

MOMENT = {'type': ['null', 'string'], 'format': 'date-time'}


class IncrementalTest(FileTest):
    def stream(self, column, *keys):
        stream = Stream({'at': column, 'id': 'integer'})
        stream.replication_key = None
        stream.bookmark_properties = list(keys) or ['at']
        return stream

    def new(self, column, rows, bookmarks):
        source = self.source(Incremental)
        values = [{'at': row} for row in rows]
        selected = source.select_new(values, self.stream(column), bookmarks=bookmarks)
        return [row['at'] for row in selected]

    def test_rows_from_the_bookmark_are_new(self):
        self.assertEqual(self.new('integer', [1, 2, 3], {'at': 2}), [2, 3])
        self.assertEqual(self.new('string', ['a', 'b'], {'at': 'b'}), ['b'])
        self.assertEqual(self.new('integer', [1, 2], None), [1, 2])

    def test_rows_without_a_bookmark_are_new(self):
        self.assertEqual(self.new('integer', [None, 1], {'at': 2}), [None])

    def test_moments_compare_as_such(self):
        rows = ['2024-01-01T01:30:00+02:00', '2024-01-01T00:00:00.5', '2024-01-01']
        self.assertEqual(self.new(MOMENT, rows, {'at': '2024-01-01T00:00:00Z'}), rows[1:])

    def test_decimals_compare_as_states_have_them(self):
        self.assertEqual(to_comparable(Decimal('0.1'), {}), 0.1)
        self.assertIsNone(to_comparable(None, MOMENT))

    def test_the_bookmark_of_the_answers_can_be_overridden(self):
        self.register(replication_method='INCREMENTAL', replication_key='at')
        schema = self.stream('integer').schema
        entry = self.source(Incremental).build_catalog_entry('rows', schema)
        self.assertEqual(entry.replication_method, 'INCREMENTAL')
        self.assertEqual(entry.bookmark_properties, ['at'])
        self.register()
        entry = self.source(Incremental).build_catalog_entry('rows', schema)
        self.assertEqual(entry.replication_method, 'FULL_TABLE')
        self.assertFalse(entry.bookmark_properties)
