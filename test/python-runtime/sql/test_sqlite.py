from sql.support import SqliteTest, Stream, source_of

from kinds.sql.dialects.sqlite.dialect import SQLite, json_moment, stored_moment, value_type


class SQLiteTest(SqliteTest):
    def test_a_file_that_is_not_there_is_an_error(self):
        with self.assertRaisesRegex(FileNotFoundError, 'There is no SQLite database at '):
            source_of(SQLite, path='nowhere.db').test_connection()
        self.source('').test_connection()

    def test_values_are_as_json_has_them(self):
        source = self.source(
            'CREATE TABLE t (id INTEGER PRIMARY KEY, bin BLOB, f REAL, yes BOOLEAN, any);'
            "INSERT INTO t VALUES (1, X'DEAD', 9e999, 1, 1.5), (2, NULL, 1.5, NULL, X'00')"
        )
        first, second = self.read(source, self.stream(source, 't'))
        self.assertEqual(list(first.values()), [1, '3q0=', None, True, '1.5'])
        self.assertEqual(list(second.values()), [2, None, 1.5, None, 'AA=='])

    def test_a_value_of_another_type_than_its_column_is_an_error_with_its_place(self):
        for column_type, value in (('INTEGER', "'x'"), ('REAL', "'x'"), ('BOOLEAN', '7')):
            source = self.source(
                f'DROP TABLE IF EXISTS t; CREATE TABLE t (a {column_type});'
                f'INSERT INTO t VALUES ({value})'
            )
            with self.assertRaisesRegex(ValueError, f'^t, column a: {value} is no '):
                self.read(source, self.stream(source, 't'))

    def test_moments_are_those_of_json_schema(self):
        for stored, text in (
            ('2024-02-29', '2024-02-29T00:00:00+00:00'),
            ('2024-02-29 10:30', '2024-02-29T10:30:00+00:00'),
            ('2024-02-29 10:30:05.5', '2024-02-29T10:30:05.5+00:00'),
            ('2024-02-29T10:30:05', '2024-02-29T10:30:05Z'),
            ('2024-02-29T10:30:05+00:00', '2024-02-29T10:30:05Z'),
            ('2024-02-29 10:30:05Z', '2024-02-29T10:30:05+00:00'),
            ('2024-02-29 10:30:05 -05:00', '2024-02-29T10:30:05-05:00'),
        ):
            self.assertEqual(json_moment(stored), text)
        for stored in ('2024-02-30', '2024-1-2', '29.02.2024', '2024', 'now', '', 1706745600, 2.5):
            with self.assertRaisesRegex(ValueError, 'is no moment such as 2024-01-31 23:59:59'):
                json_moment(stored)

    def test_a_moment_goes_on_from_what_is_stored(self):
        moments = (
            *('2024-01-01', '2024-01-01 00:00', '2024-01-02 10:00', '2024-01-02 10:00:00'),
            *('2024-01-02 10:00:00.000', '2024-01-02 10:00:00.5', '2024-01-02 10:00:01Z'),
            *('2024-01-03T10:00', '2024-01-03T10:00:00.5', '2024-01-03T10:00:01+00:00'),
            '2024-01-04 10:00-05:00',
        )
        for stored in moments:
            found = stored_moment(json_moment(stored))
            self.assertLessEqual(found, stored)
            earlier = [moment for moment in moments if moment < stored[:16].removesuffix(' 00:00')]
            self.assertEqual([moment for moment in earlier if moment >= found], [])
        for state in ('2024-01-01', '2024-01-01 10:00:00', '2024-01-01T10:00:00'):
            self.assertEqual(stored_moment(state), state)

    def test_names_stay_names(self):
        source = self.source('CREATE TABLE "a` b" ("x` y" INTEGER); INSERT INTO "a` b" VALUES (1)')
        self.assertEqual(self.read(source, self.stream(source, 'a` b')), [{'x` y': 1}])

    def test_bytes_go_on_from_bytes(self):
        stream = Stream({'bin': {'type': ['string'], 'description': 'BLOB'}}, [], ['bin'])
        self.assertEqual(self.source('')._where(stream, {'bin': '3q0='})[1], [b'\xde\xad'])

    def test_the_type_of_an_expression_is_that_of_its_values(self):
        self.assertEqual(value_type('integer,null'), 'INTEGER')
        self.assertEqual(value_type('integer,real'), 'REAL')
        self.assertEqual(value_type('integer,text'), '')
        self.assertEqual(value_type(None), '')
