"""What databases call things otherwise than others."""

import unittest
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from types import SimpleNamespace
from uuid import UUID

from sql.support import Stream, connected, set_constants, source_of

from kinds.sql.dialects.clickhouse.dialect import ClickHouse, unwrapped
from kinds.sql.dialects.duckdb.dialect import DuckDB
from kinds.sql.dialects.mssql.dialect import SqlServer
from kinds.sql.dialects.mysql.dialect import MySQL, time_text
from kinds.sql.dialects.oracle.dialect import Oracle, result_type
from kinds.sql.dialects.postgresql.dialect import PostgreSQL
from kinds.sql.dialects.redshift.dialect import Redshift
from kinds.sql.dialects.snowflake.dialect import Snowflake, catalogue_type
from kinds.sql.dialects.trino.dialect import Trino


def described(column_type, **schema):
    return SimpleNamespace(**{'format': None, 'description': column_type, 'type': [], **schema})


MOMENT = {'format': 'date-time'}


class DialectTest(unittest.TestCase):
    def page(self, cls, columns='a', key=(), **query):
        stream = Stream({column: 'string' for column in columns}, key)
        source, _ = connected(cls, {}, user='u')
        statement, values = source._select(stream, list(columns), {}, query)
        return statement.split(' FROM ', 1)[1], values

    def test_pages(self):
        place = {'_limit': 5, '_offset': 10}
        self.assertEqual(
            self.page(MySQL, **place), ('`rows` ORDER BY MD5(`a`) LIMIT %s OFFSET %s', [5, 10])
        )
        statement, values = self.page(SqlServer, key='a', **place)
        self.assertEqual(
            statement, '"dbo"."rows" ORDER BY "a" OFFSET ? ROWS FETCH NEXT ? ROWS ONLY'
        )
        self.assertEqual(values, [10, 5])
        statement, values = self.page(Oracle, key='a', **place)
        self.assertEqual(
            statement, '"U"."rows" ORDER BY "a" OFFSET :v ROWS FETCH NEXT :v ROWS ONLY'
        )
        self.assertEqual(values, [10, 5])
        for cls, page in (
            (Snowflake, 'LIMIT 5 OFFSET 10'),
            (Trino, 'OFFSET 10 LIMIT 5'),
            (ClickHouse, 'LIMIT 5 OFFSET 10'),
        ):
            statement, values = self.page(cls, key='a', **place)
            self.assertEqual([statement.split('ORDER BY "a" ')[1], values], [page, []])

    def test_pages_without_a_limit(self):
        self.assertEqual(self.page(Snowflake)[0][-19:], 'LIMIT NULL OFFSET 0')
        self.assertEqual(self.page(Trino)[0][-18:], 'OFFSET 0 LIMIT ALL')
        self.assertEqual(self.page(DuckDB)[1], [2**63 - 1, 0])

    def test_postgresql_counts_rows_in_the_index_of_a_key(self):
        first = 'SELECT "a" FROM "public"."rows" ORDER BY "a" LIMIT 1 OFFSET %s'
        statement, values = self.page(PostgreSQL, key='a', _limit=5, _offset=10)
        self.assertEqual(
            statement, f'"public"."rows" WHERE ("a") >= ({first}) ORDER BY "a" LIMIT %s'
        )
        self.assertEqual(values, [10, 5])
        place = '"public"."rows" ORDER BY'
        page = 'LIMIT %s OFFSET %s'
        self.assertEqual(self.page(PostgreSQL, key='a')[0], f'{place} "a" {page}')
        self.assertEqual(self.page(PostgreSQL, _offset=1)[0], f'{place} "a"::text {page}')

    def test_names(self):
        for cls, name in (
            (PostgreSQL, '"a""%%"'),
            (MySQL, '`a"%%`'),
            (SqlServer, '"a""%"'),
            (Snowflake, '"a""%%"'),
        ):
            self.assertEqual(source_of(cls)._quote('a"%'), name)

    def test_texts_in_statements(self):
        text = "it's 5% \\"
        for cls, literal in (
            (MySQL, f"_utf8mb4 X'{text.encode().hex()}'"),
            (Snowflake, "'it''s 5% \\\\'"),
            (ClickHouse, "'it\\'s 5% \\\\'"),
        ):
            self.assertEqual(source_of(cls)._literal(text), literal)
        self.assertEqual(source_of(Snowflake)._literal(b'\xde'), "TO_BINARY('de', 'HEX')")
        self.assertEqual(source_of(ClickHouse)._literal(date(2024, 1, 2)), "toDate32('2024-01-02')")
        self.assertEqual(
            source_of(ClickHouse)._literal(datetime(2024, 1, 2)),
            "toDateTime64('2024-01-02 00:00:00', 6, 'UTC')",
        )

    def test_what_is_selected_and_sorted_by(self):
        for cls, column_type, selected, sorted_by in (
            (SqlServer, 'geometry', '"a".AsTextZM()', 'CAST("a" AS varbinary(max))'),
            (SqlServer, 'text', '"a"', 'CAST(CAST("a" AS nvarchar(max)) AS varbinary(max))'),
            (Oracle, 'LONG', '"a"', 'NULL'),
            (Oracle, 'CLOB', '"a"', 'DBMS_LOB.SUBSTR("a", 1000, 1)'),
            (Snowflake, 'VARIANT', 'TO_JSON("a")', 'TO_JSON("a")'),
            (Trino, 'array(bigint)', *['JSON_FORMAT(CAST("a" AS JSON))'] * 2),
            (ClickHouse, 'Map(String, UInt8)', 'toJSONString("a")', 'toJSONString("a")'),
        ):
            source, schema = source_of(cls), described(column_type)
            self.assertEqual(source._expression('a', schema), selected)
            self.assertEqual(source._sortable('a', schema), sorted_by)
        array = described(None, type=['null', 'array'])
        self.assertEqual(source_of(PostgreSQL)._expression('a', array), 'to_json("a")')
        moment = described(None, **MOMENT)
        infinite = 'CASE WHEN isfinite("a") THEN "a" END'
        self.assertEqual(source_of(DuckDB)._expression('a', moment), infinite)

    def test_schemas_of_columns(self):
        for cls, column_type, schema in (
            (PostgreSQL, 'integer[]', {'type': ['object', 'array', 'string']}),
            (PostgreSQL, 'numeric', {'type': ['null', 'number']}),
            (PostgreSQL, 'date', {'type': ['null', 'string'], 'format': 'date-time'}),
            (PostgreSQL, 'bytea', {'type': ['string'], 'description': 'bytea'}),
            (DuckDB, 'STRUCT(a INTEGER)', {'type': ['object', 'array', 'string']}),
            (DuckDB, 'INTEGER[][]', {'type': ['object', 'array', 'string']}),
            (MySQL, 'enum', {'type': ['string'], 'description': 'enum'}),
            (SqlServer, 'bit', {'type': ['boolean'], 'description': 'bit'}),
        ):
            self.assertEqual(source_of(cls)._column_schema(column_type, False), schema)
        for cls, column_type, *types in (
            (Trino, 'array(array(bigint))', 'object', 'array', 'string'),
            (Trino, 'decimal(9,2)', 'number'),
            (ClickHouse, 'Array(Nullable(UInt8))', 'object', 'array', 'string'),
        ):
            schema = source_of(cls)._column_schema(column_type, True)
            self.assertEqual(schema, {'type': ['null', *types], 'description': column_type})

    def test_bookmarks_as_they_are_compared(self):
        moment = '2024-01-01T10:00:00.007000+02:00'
        for cls, schema, value, compared in (
            (PostgreSQL, described('bytea'), '3q0=', b'\xde\xad'),
            (
                SqlServer,
                described('datetime', **MOMENT),
                moment,
                datetime(2024, 1, 1, 8, 0, 0, 6666),
            ),
            (MySQL, described(None, **MOMENT), '2024-01-01T10:00:00+00:00', '2024-01-01T10:00:00'),
            (Snowflake, described('DATE', **MOMENT), '2024-01-01T00:00:00+00:00', '2024-01-01'),
            (Redshift, described('date', **MOMENT), '2024-01-01T00:00:00+00:00', '2024-01-01'),
            (Oracle, described('DATE', **MOMENT), '2024-01-01', datetime(2024, 1, 1)),
            (Oracle, described('RAW'), '3q0=', b'\xde\xad'),
            (ClickHouse, described('Date', **MOMENT), '2024-01-01', date(2024, 1, 1)),
            (
                Trino,
                described('timestamp(9)', **MOMENT),
                '2024-01-01',
                datetime(2023, 12, 31, 23, 59, 59, 999999),
            ),
            (Trino, described('time(3)'), '10:00:00', time(10)),
            (Trino, described('uuid'), str(UUID(int=5)), UUID(int=5)),
            (Snowflake, described('BINARY'), '3q0=', b'\xde\xad'),
        ):
            self.assertEqual(source_of(cls)._parameter(value, schema), compared)
        with self.assertRaisesRegex(Exception, 'A column of the type enum can be no bookmark'):
            source_of(MySQL)._parameter('a', described('enum'))

    def test_types_as_the_catalogue_has_them(self):
        self.assertEqual(unwrapped('LowCardinality(Nullable(String))'), 'String')
        self.assertEqual(unwrapped('SimpleAggregateFunction(sum, UInt8)'), 'UInt8')
        self.assertEqual(catalogue_type('NUMBER(38,0)'), 'INTEGER')
        self.assertEqual(catalogue_type('NUMBER(38,2)'), 'NUMBER')
        self.assertEqual(catalogue_type('VARCHAR(5)'), 'TEXT')
        number, text = (SimpleNamespace(name=f'DB_TYPE_{name}') for name in ('NUMBER', 'VARCHAR'))
        self.assertEqual(result_type(number, None, None, 38, 0), 'INTEGER')
        self.assertEqual(result_type(number, None, None, 0, -127), 'NUMBER')
        self.assertEqual(result_type(text, 5, 5, None, None), 'VARCHAR2')

    def test_values_of_mysql(self):
        self.assertEqual(time_text(-timedelta(hours=100, microseconds=5)), '-100:00:00.000005')
        source = source_of(MySQL)
        text, moment = described('set', type=['string']), described(None, type=['string'], **MOMENT)
        self.assertEqual(source._to_json({'b', 'a'}, text), 'a,b')
        document = source._to_json('{"a": 1.10}', described('json', type=['object']))
        self.assertEqual(document, {'a': Decimal('1.10')})
        self.assertEqual(source._to_json(bytearray(b'\xde\xad'), text), '3q0=')
        self.assertEqual(source._to_json(date(2024, 1, 2), moment), '2024-01-02T00:00:00+00:00')
        self.assertIsNone(source._to_json(None, moment))
        unsigned = described(None, type=['integer'])
        with self.assertRaisesRegex(ValueError, f'^{2**64 - 1} is no integer of 64 bits'):
            source._to_json(2**64 - 1, unsigned)
        self.assertEqual(source._to_json(2**64 - 1, text), str(2**64 - 1))

    def test_sql_server_counts_beyond_an_int(self):
        source, cursor = connected(SqlServer, {'SELECT count_big(*)': [(5,)]})
        self.assertEqual(source.count_records(Stream({'a': 'integer'})), 5)

    def test_a_password_of_sql_server_may_have_a_semicolon(self):
        set_constants(self, SqlServer, REQUIRED=[])
        settings = {'host': 'h', 'port': 1433, 'database': 'd', 'password': 'a;b}'}
        connection = source_of(SqlServer, **settings).build_connection()
        self.assertEqual(connection.settings['PWD'], 'a;b}')
        self.assertEqual(connection.settings['SERVER'], 'tcp:h,1433')
