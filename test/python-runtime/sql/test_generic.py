import re
import sqlite3
import unittest
from datetime import date, datetime
from decimal import Decimal

from singer.schema import Schema
from sql.support import SqliteTest, Stream, connected, set_constants, source_of

from kinds.sql.dialects.generic import dialect, options
from kinds.sql.dialects.generic.dialect import AnyDatabase, bound, code_type, described, value_type

CATALOGUE = """
SELECT t.name, c.name, c.type, NOT (c."notnull" OR c.pk), c.pk
FROM sqlite_master AS t JOIN pragma_table_info(t.name) AS c ORDER BY t.name, c.cid
"""


class Sqlite(options.ConfiguredArguments, options.Session):
    """SQLite by what answers would say of it."""


class AnyDatabaseTest(SqliteTest):
    sources = Sqlite

    def setUp(self):
        super().setUp()
        connect = {'database': '{path}', 'check_same_thread': False, 'timeout': '{wait}'}
        set_constants(self, dialect, CONNECT=connect, DISCOVER_QUERY=CATALOGUE)
        set_constants(self, options, DEFAULTS={'wait': 5, 'unset': None}, SESSION=['SELECT 1'])

    def test_tables_are_read_by_any_driver(self):
        source = self.source(
            'CREATE TABLE t (id INTEGER PRIMARY KEY, at DATE); INSERT INTO t VALUES '
            "(1, '2024-01-01'), (3, '2024-01-02 10:00')"
        )
        source.test_connection()
        stream = self.stream(source, 't', 'id')
        self.assertEqual(stream.key_properties, ['id'])
        row = {'id': 3, 'at': '2024-01-02T10:00:00+00:00'}
        self.assertEqual(self.read(source, stream, {'id': 2}), [row])
        full = self.stream(source, 't')
        self.assertEqual(self.read(source, full, _limit=1, _offset=1), [row])

    def test_values_of_drivers_are_as_json_has_them(self):
        source, types = source_of(AnyDatabase), ['object', 'array', 'string']
        for value, expected, schema in (
            ({1: (float('inf'), b'a')}, {'1': [None, 'YQ==']}, Schema(type=types)),
            (
                [date(2024, 1, 2), Decimal('1.10')],
                ['2024-01-02', Decimal('1.10')],
                Schema(type=types),
            ),
            (1, True, Schema(type=['boolean'])),
        ):
            self.assertEqual(repr(source._to_json(value, schema)), repr(expected))

    def test_columns_of_numbers_and_truth_values_have_nothing_else(self):
        source = source_of(AnyDatabase)
        for value, expected, word in (
            ('12.50', Decimal('12.50'), 'number'),
            ('7', 7, 'integer'),
            (Decimal('7'), 7, 'integer'),
            (True, 1, 'integer'),
            (None, None, 'number'),
            (0, False, 'boolean'),
        ):
            found = source._to_json(value, Schema(type=['null', word]))
            self.assertEqual(repr(found), repr(expected))
        for value, word in (
            ('n/a', 'number'),
            (b'5', 'number'),
            (date(2024, 1, 2), 'integer'),
            (1.5, 'integer'),
            ('Infinity', 'integer'),
            (7, 'boolean'),
            ('yes', 'boolean'),
        ):
            message = re.escape(f'{value!r} is no {word}, as the column has')
            with self.assertRaisesRegex(ValueError, message):
                source._to_json(value, Schema(type=['null', word]))
        self.assertEqual(source._to_json('n/a', Schema(type=['null', 'number', 'string'])), 'n/a')

    def test_arguments_are_filled_in(self):
        for text, filled in (
            ('{path}', self.path),
            ('{wait}', 5),
            ('{unset}', 'left out'),
            ('a{wait}', 'a5'),
            ('{{path}}', '{path}'),
            (7, 7),
        ):
            set_constants(self, dialect, CONNECT={'argument': text})
            arguments = self.source('').build_connection().arguments
            self.assertEqual(arguments.get('argument', 'left out'), filled)


class OptionsTest(unittest.TestCase):
    def select(self, cls, **query):
        source, _ = connected(cls, {})
        return source._select(Stream({'a`]': 'integer'}), ['a`]'], {}, query)[0]

    def test_names_and_pages(self):
        self.assertEqual(
            self.select(options.Backticks, _limit=5),
            'SELECT `a``]` FROM `rows` ORDER BY `a``]` LIMIT 5 OFFSET 0',
        )
        self.assertEqual(self.select(options.Brackets)[:14], 'SELECT [a`]]] ')
        page = 'OFFSET 2 ROWS FETCH NEXT 5 ROWS ONLY'
        self.assertIn(page, self.select(options.OffsetFetch, _limit=5, _offset=2))

    def test_rows_are_skipped_where_no_statement_can_be_cut(self):
        rows = [(number,) for number in range(10)]
        source, cursor = connected(options.SkippedRows, {'SELECT': rows})
        stream = Stream({'a': 'integer'})
        [page] = source.load_data(stream, query={'_limit': 3, '_offset': 4})
        self.assertEqual([record['a'] for record in page], [4, 5, 6])
        [page] = source.load_data(stream, query={'_offset': 8})
        self.assertEqual([record['a'] for record in page], [8, 9])
        self.assertEqual(cursor.asked[0], ('SELECT "a" FROM "rows" ORDER BY "a"', ()))

    def test_a_schema_stands_before_a_table(self):
        source = source_of(AnyDatabase, schema='s')
        self.assertEqual(source.build_table_name(Stream({})), '"s"."rows"')
        source, cursor = connected(AnyDatabase, {}, schema='s')
        set_constants(self, dialect, DISCOVER_QUERY='SELECT \0, \0')
        source.discover()
        self.assertEqual(cursor.asked, [('SELECT ?, ?', ('s', 's'))])


class DriverTest(unittest.TestCase):
    def test_values_are_marked_as_the_driver_wants(self):
        statement, values = "SELECT '5%', \0, \0", [1, 2]
        for style, expected in (
            ('qmark', ("SELECT '5%', ?, ?", (1, 2))),
            ('format', ("SELECT '5%%', %s, %s", (1, 2))),
            ('numeric', ("SELECT '5%', :1, :2", (1, 2))),
            ('named', ("SELECT '5%', :v1, :v2", {'v1': 1, 'v2': 2})),
        ):
            set_constants(self, sqlite3, paramstyle=style)
            self.assertEqual(bound(statement, values), expected)
        self.assertEqual(bound(statement, []), (statement,))

    def test_catalogues_have_many_words_for_what_may_be_null(self):
        for word in (1, 'YES', ' y', 'true', True):
            self.assertEqual(described('t', 'c', 'int', word), ('t', 'c', 'int', True, 0, 0))
        self.assertEqual(described('t', 'c', 'int', 'NO', 2)[3:], (False, 2, 0))

    def test_the_type_of_a_column_is_that_of_its_values(self):
        for values, code, word in (
            ([1, 2], 5, 'integer'),
            ([1, 2], None, 'number'),
            ([1, 2.5], 5, 'number'),
            ([datetime.min, date.min], 5, 'timestamp'),
            ([None, b'a'], 5, 'bytes'),
            ([{}, 'a'], 5, 'object'),
            ([1, 'a'], 5, 'text'),
            ([None], 5, None),
        ):
            self.assertEqual(value_type(values, code), word)

    def test_without_values_the_driver_may_know_the_type(self):
        class Driver:
            NUMBER, DATETIME = 1, 2

        self.assertEqual(
            [code_type(Driver, code) for code in (1, 2, 3)], ['number', 'timestamp', 'text']
        )
        self.assertEqual(code_type(sqlite3, None), 'text')
