from types import SimpleNamespace

from file.support import FileTest
from singer.schema import Schema

from kinds.file.python.values import DateTimes, Integers, NestedDateTimes

MOMENT = {'type': ['null', 'string'], 'format': 'date-time'}
COLUMNS = {
    'id': {'type': ['null', 'integer']},
    'text': {'type': ['null', 'string']},
    'at': MOMENT,
    'data': {'type': ['null', 'object'], 'properties': {'in': {'properties': {'at': MOMENT}}}},
}


class ValuesTest(FileTest):
    def rows(self, feature, *records, selected=tuple(COLUMNS)):
        class Source(feature):
            def read_rows(self, stream):
                yield from records

        stream = SimpleNamespace(
            tap_stream_id='rows',
            schema=Schema.from_dict({'properties': COLUMNS}),
            metadata=[
                {'breadcrumb': ['properties', name], 'metadata': {'selected': name in selected}}
                for name in COLUMNS
            ],
        )
        self.register()
        return [row for batch in self.source(Source).load_data(stream) for row in batch]

    def test_integers_of_64_bits_and_all_else_come_as_they_are(self):
        rows = [{'id': 2**63 - 1, 'text': 2**70}, {'id': -(2**63), 'other': 2**70}, {'id': '5'}, {}]
        self.assertEqual(self.rows(Integers, *rows), rows)

    def test_an_integer_of_more_is_told_where_it_is_written(self):
        row = {'id': 2**63}
        with self.assertRaisesRegex(ValueError, f'^rows: id is {2**63}, no integer of 64 bits'):
            self.rows(Integers, row)
        self.assertEqual(self.rows(Integers, row, selected=['text']), [row])

    def test_moments_get_the_form_of_their_schema(self):
        for text, moment in (
            ('2024-01-31T10:00:00Z', '2024-01-31T10:00:00Z'),
            ('2024-01-31', '2024-01-31T00:00:00+00:00'),
            ('2024-01-31 10:00', '2024-01-31T10:00:00+00:00'),
            ('2024-01-31 10:00:00+02', '2024-01-31T10:00:00+02:00'),
            ('', None),
            (None, None),
        ):
            self.assertEqual(self.rows(DateTimes, {'at': text, 'x': 1}), [{'at': moment, 'x': 1}])

    def test_what_is_no_moment_is_told_where_it_is_written(self):
        for value in '31/01/2024', '2024-02-30T10:00:00Z', 1706659200, ['x']:
            with self.assertRaises(ValueError) as caught:
                self.rows(DateTimes, {'at': value})
            self.assertEqual(str(caught.exception), f'rows: at is {value!r}, no moment in ISO 8601')
        row = {'at': 'x'}
        self.assertEqual(self.rows(DateTimes, row, selected=['id']), [row])

    def test_so_are_those_of_objects(self):
        rows = [{'data': {'in': {'at': '2024-01-31'}, 'at': 'x'}, 'at': '2024-02-01'}, {'data': 5}]
        day = '2024-01-31T00:00:00+00:00'
        self.assertEqual(
            self.rows(NestedDateTimes, *rows),
            [
                {'data': {'in': {'at': day}, 'at': 'x'}, 'at': '2024-02-01T00:00:00+00:00'},
                {'data': 5},
            ],
        )
        with self.assertRaisesRegex(ValueError, "rows: data.in.at is 'soon', no moment"):
            self.rows(NestedDateTimes, {'data': {'in': {'at': 'soon'}}})
