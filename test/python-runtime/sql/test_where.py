import unittest

from sql.support import Stream, source_of

from kinds.sql.dialects.sqlite.dialect import SQLite
from kinds.sql.dialects.trino.dialect import Trino

COLUMNS = {'a': 'integer', 'b': 'number', 'c': 'string'}


class WhereTest(unittest.TestCase):
    def where(self, cls, bookmarks, limit=None, **values):
        stream = Stream(COLUMNS, ['a'], bookmarks)
        return source_of(cls)._where(stream, values, limit)

    def test_columns_are_compared_as_one_value(self):
        since = '(`a`, `c`) >= (?, ?) OR `a` IS NULL OR `c` IS NULL'
        self.assertEqual(self.where(SQLite, ['a', 'c'], a=1, c='x'), (f' WHERE {since}', [1, 'x']))

    def test_where_rows_cannot_be_compared_it_is_spelled_out(self):
        where, values = self.where(Trino, ['a', 'b', 'c'], limit=5, a=1, b=2, c='x')
        inner = '("b" > ? OR "b" = ? AND "c" >= ?)'
        known = '"a" IS NOT NULL AND "b" IS NOT NULL AND "c" IS NOT NULL'
        self.assertEqual(where, f' WHERE ("a" > ? OR "a" = ? AND {inner}) AND {known}')
        self.assertEqual(values, [1, 1, 2, 2, 'x'])

    def test_without_a_bookmark_only_a_limit_leaves_out_rows(self):
        self.assertEqual(self.where(SQLite, ['a']), ('', []))
        self.assertEqual(self.where(SQLite, ['a'], limit=1), (' WHERE `a` IS NOT NULL', []))
        self.assertEqual(self.where(SQLite, ['a', 'b'], a=1), ('', []))
        self.assertEqual(self.where(SQLite, [], limit=1), ('', []))

    def test_a_decimal_that_became_a_greater_float_is_read_again(self):
        [value] = self.where(SQLite, ['b'], b=0.1)[1]
        self.assertLess(value, 0.1)
        self.assertGreater(value, 0.0999999999)

    def test_a_user_may_choose_what_compares(self):
        stream = Stream(COLUMNS, ['a'], ['a'])
        stream.bookmark_property_operators = {'a': 'GREATER_THAN'}
        self.assertEqual(
            source_of(SQLite)._where(stream, {'a': 1})[0], ' WHERE (`a`) > (?) OR `a` IS NULL'
        )
