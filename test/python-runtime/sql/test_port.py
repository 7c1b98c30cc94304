import unittest

from sql.support import set_constants, source_of

from kinds.sql.dialects.mssql.dialect import SqlServer
from kinds.sql.python.port import Port


class SqlServerPort(SqlServer, Port):
    pass


class PortTest(unittest.TestCase):
    def setUp(self):
        set_constants(self, SqlServerPort, REQUIRED=['host'], DEFAULT_PORT=1433)

    def port(self, value):
        return source_of(SqlServerPort, host='h', port=value).connection_settings['port']

    def test_it_is_a_number_and_has_a_default(self):
        self.assertEqual([self.port(None), self.port('99'), self.port(1)], [1433, 99, 1])
        for wrong in ('0', 65536, 'x', '-1', ' 5'):
            with self.assertRaisesRegex(Exception, 'The port has to be a number from 1 to 65535'):
                self.port(wrong)

    def test_without_a_default_it_has_to_be_there(self):
        set_constants(self, SqlServerPort, DEFAULT_PORT=None)
        with self.assertRaisesRegex(Exception, 'The port has to be a number'):
            self.port(None)

    def test_what_is_missing_is_said(self):
        with self.assertRaisesRegex(Exception, 'The configuration has no host$'):
            source_of(SqlServerPort).connection_settings
