from decimal import Decimal
from unittest.mock import patch

from file.support import FileTest, Stream

from kinds.file.python.incremental import Incremental, to_comparable
from kinds.file.python.value_formats import ValueFormats
from mage_integrations.sources.base import Source

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
        self.assertEqual(to_comparable(Decimal('0.1'), {}, 'at'), 0.1)
        self.assertIsNone(to_comparable(None, MOMENT, 'at'))

    def test_what_is_no_moment_is_an_error_with_its_place(self):
        message = "^the bookmark of rows in the state is '2024-13-01', no moment in ISO 8601"
        with self.assertRaisesRegex(ValueError, message):
            self.new(MOMENT, [], {'at': '2024-13-01'})
        with self.assertRaisesRegex(ValueError, "^rows: at is 'soon', no moment in ISO 8601"):
            self.new(MOMENT, ['soon'], None)

    def state(self, source, column, *values):
        rows = [{'at': value} for value in values]
        stream = self.stream(column)
        stream.metadata, stream.replication_key = [], 'at'
        with patch.object(Source, 'write_records', return_value={}):
            return source.write_records(stream, rows)['max_bookmark']

    def test_the_state_is_the_greatest_moment_in_utc(self):
        values = '2024-01-01T01:30:00+02:00', '2024-01-01T00:00:00Z', None
        found = self.state(self.source(Incremental), MOMENT, *values)
        self.assertEqual(found, ['2024-01-01T00:00:00+00:00'])
        self.assertEqual(self.state(self.source(Incremental), 'integer', 2, 10, None), [10])
        self.assertEqual(self.state(self.source(Incremental), 'integer', None), [])

    def test_moments_of_a_form_of_their_own_compare_as_such(self):
        for form, values in (
            ('%d/%m/%Y', ['12/01/2024', '01/02/2024', '13/01/2024']),
            ('epoch', ['1705017600', 1706745600, '1705104000']),
            ('epoch_ms', ['1705017600000', 1706745600000, '1705104000000']),
            ('iso', ['2024-01-12', '2024-02-01', '2024-01-13']),
        ):
            self.register(value_format=form)
            source = self.source(ValueFormats)
            stream = self.stream('string')
            rows = [{'at': value} for value in values]
            bookmarks = {'at': '2024-01-13T00:00:00+00:00'}
            selected = list(source.select_new(rows, stream, bookmarks=bookmarks))
            self.assertEqual(selected, rows[1:])
            state = self.state(source, 'string', *values, None)
            self.assertEqual(state, ['2024-02-01T00:00:00+00:00'])
            with self.assertRaisesRegex(ValueError, "^rows: at is 'soon', "):
                list(source.select_new([{'at': 'soon'}], stream))
            with self.assertRaisesRegex(ValueError, "^the bookmark of rows in the state is '13"):
                list(source.select_new(rows, stream, bookmarks={'at': '13/01/2024'}))
        self.register()
        rows = [{'at': 'a'}, {'at': 'b'}]
        selected = self.source(ValueFormats).select_new(
            rows, self.stream('string'), bookmarks={'at': 'b'}
        )
        self.assertEqual(list(selected), rows[1:])

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
