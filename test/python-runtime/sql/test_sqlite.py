from sql.support import SqliteTest, Stream, source_of

from kinds.sql.dialects.sqlite.dialect import SQLite, value_type


class SQLiteTest(SqliteTest):
    def test_a_file_that_is_not_there_is_an_error(self):
        with self.assertRaisesRegex(FileNotFoundError, 'There is no SQLite database at '):
            source_of(SQLite, path='nowhere.db').test_connection()
        self.source('').test_connection()

    def test_values_are_as_json_has_them(self):
        source = self.source(
            'CREATE TABLE t (id INTEGER PRIMARY KEY, bin BLOB, f REAL, yes BOOLEAN, at DATETIME);'
            "INSERT INTO t VALUES (1, X'DEAD', 9e999, 1, '2024-01-01'), (2, NULL, 1.5, 7, 3)"
        )
        first, second = self.read(source, self.stream(source, 't'))
        self.assertEqual(list(first.values()), [1, '3q0=', None, True, '2024-01-01'])
        self.assertEqual(list(second.values()), [2, None, 1.5, 7, 3])

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
