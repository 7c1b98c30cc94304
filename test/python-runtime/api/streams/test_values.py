from api.streams.support import StreamTest
from singer.schema import Schema

from kinds.api.python.streams.values import DateTimes, Integers, NestedDateTimes

MOMENT = {'type': ['null', 'string'], 'format': 'date-time'}
COLUMNS = {
    'id': {'type': ['null', 'integer']},
    'text': {'type': ['null', 'string']},
    'any': {},
    'at': MOMENT,
    'data': {'type': ['null', 'object'], 'properties': {'in': {'properties': {'at': MOMENT}}}},
}


class ValuesTest(StreamTest):
    def rows(self, feature, *records):
        schema = {name: Schema.from_dict(column) for name, column in COLUMNS.items()}
        return self.read([feature], [list(records)], schema=schema)[1][0]

    def moment(self, value):
        return self.rows(DateTimes, {'at': value})[0]['at']

    def test_integers_of_64_bits_and_all_else_come_as_they_are(self):
        rows = [
            {'id': 2**63 - 1, 'text': 2**70, 'any': 2**70},
            {'id': -(2**63), 'other': 2**70},
            {'id': None},
            {'id': '5'},
            {},
        ]
        self.assertEqual(self.rows(Integers, *rows), rows)

    def test_an_integer_of_more_is_told(self):
        for value in 2**63, -(2**63) - 1:
            message = f'items: id is {value}, no integer of 64 bits: leave .*text_columns: .id'
            with self.assertRaisesRegex(RuntimeError, message):
                self.rows(Integers, {'id': 1}, {'id': value})

    def test_moments_with_an_offset_come_as_they_are(self):
        for text in '2024-01-31T10:00:00Z', '2024-01-31T10:00:00.123456789-05:30':
            self.assertEqual(self.moment(text), text)

    def test_moments_without_an_offset_are_in_utc_and_dates_midnights(self):
        for text, moment in (
            ('2024-01-31', '2024-01-31T00:00:00+00:00'),
            ('2024-01-31 10:00', '2024-01-31T10:00:00+00:00'),
            ('2024-01-31T10:00:00.5', '2024-01-31T10:00:00.500000+00:00'),
            ('2024-01-31 10:00:00+02', '2024-01-31T10:00:00+02:00'),
            ('20240131T1000Z', '2024-01-31T10:00:00+00:00'),
            ('', None),
            (None, None),
        ):
            self.assertEqual(self.moment(text), moment)
        self.assertEqual(self.rows(DateTimes, {'id': 1}, {'text': 'x'})[0]['id'], 1)

    def test_what_is_no_moment_is_told(self):
        for value in (
            '31/01/2024',
            '2024-02-30T10:00:00Z',
            '0000-00-00',
            '2٠24-01-01T00:00:00Z',
            1706659200,
            True,
            ['x'],
        ):
            with self.assertRaises(RuntimeError) as caught:
                self.moment(value)
            self.assertEqual(
                str(caught.exception), f'items: at is {value!r}, no moment in ISO 8601'
            )

    def test_so_are_those_of_objects(self):
        rows = [{'data': {'in': {'at': '2024-01-31', 'x': 1}, 'at': 'x'}, 'at': '2024-02-01'}]
        rows += [{'data': None, 'id': 5}, {'data': {'in': []}}]
        day = '2024-01-31T00:00:00+00:00'
        self.assertEqual(
            self.rows(NestedDateTimes, *rows),
            [
                {'data': {'in': {'at': day, 'x': 1}, 'at': 'x'}, 'at': '2024-02-01T00:00:00+00:00'},
                *rows[1:],
            ],
        )
        with self.assertRaisesRegex(RuntimeError, "data.in.at is 'soon', no moment"):
            self.rows(NestedDateTimes, {'data': {'in': {'at': 'soon'}}})
