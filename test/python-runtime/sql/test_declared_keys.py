import unittest

from sql.support import Stream, connected

from kinds.sql.dialects.redshift.dialect import Redshift
from kinds.sql.dialects.snowflake.dialect import Snowflake
from kinds.sql.python.declared_keys import positions

COLUMNS = [('t', 'a', 'integer', True), ('t', 'b', 'super', False), ('t', 'c', 'date', False)]
KEYS = [('t', 'k1', 'a', 1), ('t', 'k2', 'c', 1), ('t', 'k2', 'b', 2)]


class DeclaredKeysTest(unittest.TestCase):
    def test_the_first_key_counts_whose_columns_all_fit(self):
        self.assertEqual(positions(KEYS), {('t', 'a'): 1})
        self.assertEqual(positions(KEYS, {('t', 'a')}), {('t', 'c'): 1, ('t', 'b'): 2})
        self.assertEqual(positions([]), {})

    def test_columns_of_redshift_get_their_places(self):
        answers = {'\n    SELECT table_name': COLUMNS, '\nSELECT parts': KEYS}
        source, cursor = connected(Redshift, answers, host='h')
        [entry] = source.discover().streams
        self.assertEqual([entry.key_properties, entry.unique_constraints], [['a'], ['a']])
        types = {name: schema.type for name, schema in entry.schema.properties.items()}
        self.assertEqual(
            types, {'a': ['null', 'integer'], 'b': ['object', 'array', 'string'], 'c': ['string']}
        )
        asked = [statement for statement, _ in cursor.asked]
        self.assertEqual(sum("constraint_type LIKE 'UNIQUE%'" in each for each in asked), 1)

    def test_snowflake_shows_its_keys(self):
        shown = [(None, 'DB', 'PUBLIC', table, column, at, key) for table, key, column, at in KEYS]
        answers = {'SHOW UNIQUE': shown, '\n    SELECT': COLUMNS}
        source, cursor = connected(Snowflake, answers, database='D"B')
        [entry] = source.discover().streams
        self.assertEqual([entry.key_properties, entry.unique_constraints], [[], ['c', 'b']])
        asked = [statement for statement, _ in cursor.asked]
        self.assertIn('SHOW PRIMARY KEYS IN SCHEMA "D""B"."PUBLIC"', asked)

    def test_records_of_redshift_are_fetched_from_a_cursor_of_the_server(self):
        source, cursor = connected(Redshift, {'FETCH': []})
        stream = Stream({'v': {'type': ['string'], 'description': 'text'}}, [], ['v'])
        self.assertEqual(list(source.load_data(stream, bookmarks={'v': 'a\\b'})), [[]])
        _, (declared, _), (fetched, _) = cursor.asked
        self.assertEqual(fetched, 'FETCH FORWARD 1000 FROM streamed')
        hexadecimal = "FROM_VARBYTE(FROM_HEX('615c62'), 'utf-8')"
        start = 'DECLARE streamed CURSOR FOR SELECT "v" FROM "public"."rows" WHERE'
        self.assertEqual(declared, f'{start} "v" >= {hexadecimal} OR "v" IS NULL ORDER BY "v"')
