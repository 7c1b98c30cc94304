import unittest
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from threading import Event
from uuid import UUID

from singer.schema import Schema
from sql.support import connected, source_of

from kinds.sql.dialects.mssql.dialect import SqlServer
from kinds.sql.dialects.snowflake.dialect import Snowflake
from kinds.sql.python.dbapi import DbApiSource, within


class DbApiTest(unittest.TestCase):
    def to_json(self, value, *types, **schema):
        return source_of(DbApiSource)._to_json(value, Schema(type=['null', *types], **schema))

    def test_values_are_as_json_has_them(self):
        self.assertIs(self.to_json(True, 'boolean'), True)
        self.assertEqual(self.to_json(Decimal('1.10'), 'number'), Decimal('1.10'))
        self.assertEqual(repr(self.to_json(Decimal('3'), 'integer')), '3')
        for none in (None, float('nan'), Decimal('Infinity')):
            self.assertIsNone(self.to_json(none, 'number'))
        self.assertEqual(self.to_json(date(2024, 2, 29), 'string'), '2024-02-29')
        self.assertEqual(self.to_json(time(1, 2), 'string'), '01:02:00')
        zone = timezone(timedelta(hours=2))
        moment = datetime(2024, 1, 1, 10, tzinfo=zone)
        for value, text in (
            (moment, '2024-01-01T08:00:00+00:00'),
            (datetime(2024, 1, 1, 10, 0, 0, 5000), '2024-01-01T10:00:00.005000+00:00'),
            (date(2024, 2, 29), '2024-02-29T00:00:00+00:00'),
        ):
            self.assertEqual(self.to_json(value, 'string', format='date-time'), text)
        with self.assertRaisesRegex(ValueError, '^0044-03-15 BC is no moment of the years 1 to 9'):
            self.to_json('0044-03-15 BC', 'string', format='date-time')
        self.assertEqual(self.to_json(memoryview(b'\xde\xad'), 'string'), '3q0=')
        self.assertEqual(self.to_json(UUID(int=1), 'string')[-1], '1')

    def test_integers_have_the_64_bits_that_destinations_have(self):
        for value in (2**63 - 1, -(2**63), Decimal(2**63 - 1)):
            self.assertEqual(self.to_json(value, 'integer'), value)
        for value in (2**63, -(2**63) - 1, Decimal(2**64)):
            with self.assertRaisesRegex(
                ValueError, f'^{value} is no integer of 64 bits, .* string'
            ):
                self.to_json(value, 'integer')
            self.assertEqual(self.to_json(value, 'string'), str(value))
            self.assertEqual(self.to_json(value, 'number'), value)
        self.assertEqual(self.to_json(Decimal('1e400'), 'number'), Decimal('1e400'))

    def test_json_comes_as_objects_with_exact_numbers(self):
        self.assertEqual(self.to_json('{"a": 1.10}', 'object'), {'a': Decimal('1.10')})
        self.assertEqual(self.to_json('[1]', 'array'), [1])
        for text in ('"a"', '1', 'not JSON'):
            self.assertEqual(self.to_json(text, 'object'), text)
        self.assertEqual(self.to_json('{}', 'string'), '{}')

    def test_rows_come_one_by_one_and_the_cursor_is_closed(self):
        source, cursor = connected(SqlServer, {'SELECT': [(n,) for n in range(2500)]})
        rows = source._rows('SELECT ?', [1])
        self.assertEqual(next(rows), (0,))
        self.assertEqual([len(cursor.left), cursor.closed], [1500, False])
        rows.close()
        self.assertTrue(cursor.closed)
        self.assertEqual(cursor.asked, [('SELECT ?', [1])])

    def test_a_session_begins_before_a_statement(self):
        source, cursor = connected(Snowflake, {})
        list(source._rows("SELECT '%%', %s", ["it's"]))
        statements = [statement for statement, _ in cursor.asked]
        self.assertEqual(statements, ["ALTER SESSION SET TIMEZONE = 'UTC'", "SELECT '%', 'it''s'"])

    def test_connecting_ends_with_an_error_or_in_time(self):
        self.assertEqual(within(5, lambda: 'connection'), 'connection')
        with self.assertRaises(ZeroDivisionError):
            within(5, lambda: 1 / 0)
        waits = Event()
        self.addCleanup(waits.set)
        with self.assertRaisesRegex(TimeoutError, 'has not answered within 0.01 seconds'):
            within(0.01, waits.wait)
