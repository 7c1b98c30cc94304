import unittest

from sql.support import Stream, connected, source_of

from kinds.sql.dialects.duckdb.dialect import DuckDB
from kinds.sql.dialects.mssql.dialect import SqlServer
from kinds.sql.dialects.oracle.dialect import Oracle

ROWS = [('dbo', 't', 'id', 'int', False, 1, 1), ('a.b', 't', 'id', 'int', True, 0, 0)]


class SchemasTest(unittest.TestCase):
    def table(self, name, **config):
        return source_of(DuckDB, **config).build_table_name(Stream({}, name=name))

    def test_streams_have_their_schema_in_their_name_where_there_are_several(self):
        source, _ = connected(SqlServer, {'\nSELECT': ROWS[:1]})
        self.assertEqual([stream.tap_stream_id for stream in source.discover().streams], ['t'])
        source, _ = connected(SqlServer, {'\nSELECT': ROWS}, schema='dbo, a.b')
        names = [stream.tap_stream_id for stream in source.discover().streams]
        self.assertEqual(names, ['dbo.t', 'a.b.t'])

    def test_a_stream_is_of_the_schema_with_the_longest_name(self):
        self.assertEqual(self.table('a.b'), '"main"."a.b"')
        self.assertEqual(self.table('a.b', schema='x'), '"x"."a.b"')
        self.assertEqual(self.table('a.b.t"', schema='a, a.b'), '"a.b"."t"""')
        with self.assertRaisesRegex(Exception, 'The stream t is of none of the schemas'):
            self.table('t', schema='a, b')

    def test_a_schema_that_is_not_there_is_an_error(self):
        source, cursor = connected(SqlServer, {'SELECT name': [('dbo',)]}, schema='dbo,sales')
        with self.assertRaisesRegex(Exception, 'The database has no schema "sales"'):
            source.test_connection()
        self.assertTrue(cursor.closed)

    def test_the_schema_of_oracle_is_that_of_the_user(self):
        source = source_of(Oracle, host='h', user='me')
        self.assertEqual(source.schemas, ['ME'])
