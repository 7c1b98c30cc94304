from sql.support import SqliteTest, set_constants

TABLES = """
CREATE TABLE keyed (a INTEGER, b TEXT NOT NULL, c REAL, PRIMARY KEY (c, a));
CREATE TABLE unique_only (x INTEGER, y INTEGER NOT NULL UNIQUE);
CREATE TABLE keyless (a INTEGER);
CREATE VIEW keyed_view AS SELECT * FROM keyed;
"""


class DiscoveryTest(SqliteTest):
    def names(self, streams=None, **config):
        catalog = self.source('', **config).discover(streams)
        return [entry.tap_stream_id for entry in catalog.streams]

    def test_keys_are_in_their_order_and_a_unique_constraint_stands_in(self):
        entries = {entry.tap_stream_id: entry for entry in self.source(TABLES).discover().streams}
        keyed, only = entries['keyed'], entries['unique_only']
        self.assertEqual([keyed.key_properties, keyed.unique_constraints], [['c', 'a'], ['c', 'a']])
        self.assertEqual([only.key_properties, only.unique_constraints], [[], ['y']])
        self.assertEqual(entries['keyless'].unique_constraints, [])
        self.assertEqual(keyed.schema.properties['b'].type, ['string'])
        self.assertEqual(keyed.schema.properties['a'].type, ['integer'])
        self.assertEqual(keyed.replication_method, 'FULL_TABLE')

    def test_patterns_choose_tables(self):
        self.source(TABLES)
        self.assertEqual(self.names(tables='keyed*'), ['keyed', 'keyed_view'])
        self.assertEqual(self.names(tables='key*', exclude_tables='*less, *_view'), ['keyed'])
        self.assertEqual(self.names(['keyless', 'nowhere']), ['keyless'])
        self.assertEqual(self.names(['keyless'], exclude_tables='keyless'), [])

    def test_what_is_missing_is_said_at_once(self):
        source = self.source('')
        set_constants(self, self.sources, REQUIRED=['host', 'user', 'path'])
        with self.assertRaisesRegex(Exception, 'The configuration has no host and no user$'):
            source.discover()
