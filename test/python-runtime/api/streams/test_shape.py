from decimal import Decimal

from api.streams.support import StreamTest

from kinds.api.python.streams.casts import (
    Casts,
    cast_boolean,
    cast_integer,
    cast_number,
    cast_text,
)
from kinds.api.python.streams.epochs import (
    Epochs,
    from_dotnet,
    from_epoch,
    from_epoch_ms,
    from_rfc2822,
    to_epoch,
    to_epoch_ms,
)
from kinds.api.python.streams.items import (
    HeaderRows,
    ObjectHeaders,
    OwnNames,
    Rows,
    RowsAndValues,
    Values,
)
from kinds.api.python.streams.paths import Steps
from kinds.api.python.streams.records import Walk
from kinds.api.python.streams.shape import (
    CasedNames,
    FieldColumns,
    FilledColumns,
    Flattened,
    ParentColumns,
    Removed,
    Renamed,
    ValueColumns,
    to_snake,
)


class ShapeTest(StreamTest):
    def rows(self, features, records, **constants):
        _, batches = self.read(features, [records], **constants)
        return [row for batch in batches for row in batch]

    def fails(self, features, records, message, **constants):
        with self.assertRaisesRegex(RuntimeError, message):
            self.read(features, [records], **constants)

    def test_moments_become_numbers_and_numbers_moments(self):
        for convert, value, expected in (
            (from_epoch, 0, '1970-01-01T00:00:00+00:00'),
            (from_epoch, '-1', '1969-12-31T23:59:59+00:00'),
            (from_epoch, 1704067200.25, '2024-01-01T00:00:00.250000+00:00'),
            (from_epoch, Decimal('1704067200.25'), '2024-01-01T00:00:00.250000+00:00'),
            (from_epoch_ms, 1704067200123, '2024-01-01T00:00:00.123000+00:00'),
            (from_epoch_ms, '1704067200123', '2024-01-01T00:00:00.123000+00:00'),
            (from_rfc2822, 'Mon, 01 Jan 2024 00:00:00 +0000', '2024-01-01T00:00:00+00:00'),
            (from_rfc2822, '1 Jan 2024 01:00:00 +0100', '2024-01-01T01:00:00+01:00'),
            (from_rfc2822, 'Mon, 01 Jan 2024 00:00:00 GMT', '2024-01-01T00:00:00+00:00'),
            (from_rfc2822, 'Mon, 01 Jan 2024 00:00:00 -0000', '2024-01-01T00:00:00+00:00'),
            (from_dotnet, '/Date(1704067200123)/', '2024-01-01T00:00:00.123000+00:00'),
            (from_dotnet, '/Date(-1000+0100)/', '1969-12-31T23:59:59+00:00'),
            (from_dotnet, '', None),
            (to_epoch, '2024-01-01T01:00:00.9+01:00', 1704067200),
            (to_epoch, '1969-12-31T23:59:59.5Z', -1),
            (to_epoch_ms, '2024-01-01T00:00:00.123', 1704067200123),
            (to_epoch_ms, '', None),
            (from_epoch, None, None),
        ):
            (row,) = self.rows([Epochs], [{'at': value}], CONVERT={'at': convert})
            self.assertEqual(row, {'at': expected})
        self.assertEqual(self.rows([Epochs], [{}], CONVERT={'at': to_epoch}), [{}])

    def test_what_is_no_moment_is_not_converted(self):
        for convert, value, message in (
            (from_epoch, True, 'at is True, no number since 1970'),
            (from_epoch, 'soon', "at is 'soon', no number since 1970"),
            (from_epoch, float('nan'), 'no number since 1970'),
            (from_epoch, [1], 'no number since 1970'),
            (from_epoch_ms, 10**30, 'no number since 1970'),
            (from_rfc2822, 'soon', "at is 'soon', no moment of RFC 2822"),
            (from_rfc2822, 5, 'at is 5, no moment of RFC 2822'),
            (from_rfc2822, 'Mon, 41 Jan 2024 00:00:00 GMT', 'no moment of RFC 2822'),
            (from_dotnet, '/Date(soon)/', 'no moment as .NET writes it'),
            (from_dotnet, '/Date(1' + '0' * 40 + ')/', 'no number since 1970'),
            (to_epoch, 1704067200, 'at is 1704067200, no moment in ISO 8601'),
            (to_epoch_ms, 'soon', "at is 'soon', no moment in ISO 8601"),
        ):
            self.fails([Epochs], [{'at': value}], message, CONVERT={'at': convert})

    def test_columns_come_from_inside_of_records(self):
        record = {'id': 1, 'attributes': {'at': 'x', 'tags': [{'k': 'a', 'v': 5}]}}
        columns = {'at': ('attributes', 'at'), 'none': ('attributes', 'no', 'no')}
        (row,) = self.rows([FieldColumns], [record], COLUMNS=columns)
        self.assertEqual(row, {**record, 'at': 'x', 'none': None})
        columns = {'five': ('attributes', 'tags', ('k', 'a'), 'v')}
        (row,) = self.rows([Steps, FieldColumns], [record], COLUMNS=columns)
        self.assertEqual(row['five'], 5)

    def test_columns_may_have_one_value(self):
        values = {'kind': 'deal', 'weight': 0}
        self.assertEqual(
            self.rows([ValueColumns], [{'id': 1}], VALUES=values), [{'id': 1, **values}]
        )

    def test_values_have_configuration_and_parents(self):
        known = {'VALUES': {'region': '{region}', 'none': '{other}', 'weight': 1}}
        stream = self.stream([FilledColumns], [[{'id': 1}]], {'region': 'eu'}, **known)
        self.assertEqual(list(stream.load_data()), [[{'id': 1, 'region': 'eu', 'weight': 1}]])
        stream = self.stream(
            [ParentColumns], [], {'region': 'eu'}, VALUES={'Of': '{region}-{team}'}
        )
        stream.parent = {'team': 7}
        self.assertEqual(stream.shape([{'id': 1}]), [{'id': 1, 'Of': 'eu-7'}])

    def test_objects_become_columns(self):
        record = {'id': 1, 'a': {'b': {'c': 2}, 'd': [{}]}, 'e': {'f': 3}}
        (row,) = self.rows([Flattened], [record], FLATTEN=('*',))
        self.assertEqual(row, {'id': 1, 'a_b_c': 2, 'a_d': [{}], 'e_f': 3})
        (row,) = self.rows(
            [Flattened], [record, {'id': 2, 'a': None}][:1], FLATTEN=('a',), SEPARATOR='.'
        )
        self.assertEqual(row, {'id': 1, 'a.b.c': 2, 'a.d': [{}], 'e': {'f': 3}})

    def test_fields_get_other_names(self):
        record = {'ID': 1, 'createdAt': 'x', 'HTTPCode2x': 3}
        (row,) = self.rows([Renamed], [record], RENAME={'ID': 'id'})
        self.assertEqual(row, {'id': 1, 'createdAt': 'x', 'HTTPCode2x': 3})
        (row,) = self.rows([CasedNames], [record], RENAME={'ID': 'Key'}, NAMES='lower')
        self.assertEqual(row, {'Key': 1, 'createdat': 'x', 'httpcode2x': 3})
        (row,) = self.rows([CasedNames], [record], NAMES='snake')
        self.assertEqual(row, {'id': 1, 'created_at': 'x', 'http_code2x': 3})
        self.assertEqual(self.rows([CasedNames], [record]), [record])
        names = {
            'Amount ($)': 'amount',
            '_id': '_id',
            'a--b': 'a_b',
            '$': '$',
            'ÉtatCivil': 'état_civil',
        }
        self.assertEqual({name: to_snake(name) for name in names}, names)

    def test_fields_are_taken_out(self):
        record = {'id': 1, 'a': {'b': 2, 'c': 3}, 'd': None}
        (row,) = self.rows([Removed], [record], REMOVE=(('a', 'b'), ('d',), ('e', 'f')))
        self.assertEqual(row, {'id': 1, 'a': {'c': 3}})
        self.assertEqual(record['a'], {'b': 2, 'c': 3})

    def test_all_of_it_in_one_order(self):
        record = {'Id': 1, 'Info': {'At': 'x', 'No': 1}, 'Old': 2}
        features = [Removed, Flattened, CasedNames, FieldColumns, ValueColumns]
        (row,) = self.rows(
            features,
            [record],
            REMOVE=(('Info', 'No'),),
            FLATTEN=('Info',),
            RENAME={'Info_At': 'at'},
            NAMES='lower',
            COLUMNS={'No': ('Info', 'No')},
            VALUES={'Kind': 'x'},
        )
        self.assertEqual(row, {'id': 1, 'at': 'x', 'old': 2, 'No': 1, 'Kind': 'x'})

    def test_two_values_of_a_column_are_an_error(self):
        message = '^items: two values would be the column a: {} and {}; rename or remove one'
        for features, record, constants in (
            ([CasedNames], {'A': 1, 'a': 2}, {'NAMES': 'lower'}),
            ([Renamed], {'a': 1, 'b': 2}, {'RENAME': {'b': 'a'}}),
            ([FieldColumns], {'a': 1, 'b': {'a': 2}}, {'COLUMNS': {'a': ('b', 'a')}}),
            ([ValueColumns], {'a': 1}, {'VALUES': {'a': 2}}),
        ):
            self.fails(features, [record], message.format(1, 2), **constants)
        self.assertEqual(self.rows([CasedNames], [{'A': 1, 'a': 1}], NAMES='lower'), [{'a': 1}])
        self.assertEqual(self.rows([CasedNames], [{'A': None, 'a': 1}], NAMES='lower'), [{'a': 1}])
        self.fails(
            [Flattened], [{'a_b': 1, 'a': {'b': 2}}], 'the column a_b: 1 and 2', FLATTEN=('*',)
        )

    def test_rows_have_columns_beside_them(self):
        known = {'RECORDS_IN': 'rows', 'RECORDS_PATH': ('rows',), 'COLUMNS_PATH': ('columns',)}
        answer = {'columns': ['id', 'a'], 'rows': [[1, 2], [3, None]]}
        rows = [{'id': 1, 'a': 2}, {'id': 3, 'a': None}]
        for features in [Rows], [RowsAndValues], [Steps, Rows, Walk]:
            self.assertEqual(self.rows(features, answer, **known), rows)
        self.assertEqual(self.rows([Rows], {'columns': [], 'rows': None}, **known), [])
        self.assertEqual(self.rows([Rows], [{'id': 1}]), [{'id': 1}])
        for columns, message in (
            (['id'], r'a row is \[1, 2\], where there are 1 columns'),
            (['id', 'id'], 'the response names a column twice: id, id'),
            ([1, 2], r'no list of names of columns at columns: 1; 2|\\[1, 2\\]'),
            (None, 'the response has no list of names of columns at columns: None'),
        ):
            self.fails([Rows], {**answer, 'columns': columns}, message, **known)
        self.fails([Rows], {**answer, 'rows': [{'id': 1}]}, "a row is {'id': 1}, where", **known)

    def test_the_first_row_may_be_a_header(self):
        known = {'RECORDS_IN': 'rows', 'HEADER_ROW': True}
        rows = [['id', 'a'], [1, 2], [], [3]]
        wanted = [{'id': 1, 'a': 2}, {'id': 3, 'a': None}]
        self.assertEqual(self.rows([HeaderRows], rows, **known), wanted)
        self.assertEqual(self.rows([HeaderRows], [], **known), [])
        self.assertEqual(self.rows([HeaderRows], [['id', 'a']], **known), [])
        for rows, message in (
            ([[1], [2]], 'the first row has no names of columns'),
            ([{'id': 1}], 'the first row has no names of columns'),
            ([['id'], [1, 2]], r'a row is \[1, 2\], where there are 1 columns'),
            ([['id'], 1], 'a row is 1, where there are 1 columns'),
            ([['id', 'id'], [1, 2]], 'names a column twice: id, id'),
        ):
            self.fails([HeaderRows], rows, message, **known)

    def test_names_of_columns_may_be_told_or_in_objects(self):
        known = {'RECORDS_IN': 'rows', 'RECORDS_PATH': ('rows',)}
        answer = {'fields': [{'name': 'id'}, {'name': 'a'}], 'rows': [[1, 2]]}
        places = {'COLUMNS_PATH': ('fields',), 'NAME_PATH': ('name',)}
        wanted = [{'id': 1, 'a': 2}]
        self.assertEqual(self.rows([ObjectHeaders], answer, **known, **places), wanted)
        names = {'COLUMN_NAMES': ('id', 'a')}
        self.assertEqual(self.rows([OwnNames], answer, **known, **names), wanted)
        message = 'no list of names of columns at fields'
        for fields in None, [{}], [{'name': 1}]:
            self.fails([ObjectHeaders], {**answer, 'fields': fields}, message, **known, **places)

    def test_values_are_records_of_one_column(self):
        for features in [Values], [RowsAndValues]:
            rows = self.rows(features, ['a', 'b'], RECORDS_IN='values', VALUE_COLUMN='user')
            self.assertEqual(rows, [{'user': 'a'}, {'user': 'b'}])
            self.assertEqual(self.rows(features, [{'id': 1}]), [{'id': 1}])

    def test_values_get_the_types_of_the_schema(self):
        casts = {'n': cast_integer, 'x': cast_number, 'b': cast_boolean, 't': cast_text}
        records = [
            {'n': '12', 'x': '-1.5e3', 'b': 'TRUE', 't': 7},
            {'n': 3.0, 'x': 2, 'b': 0, 't': True},
            {'n': ' ', 'x': '', 'b': '', 't': ''},
            {'n': '4.00', 'x': '.5', 'b': False, 't': [1, 'é']},
        ]
        rows = [
            {'n': 12, 'x': -1500.0, 'b': True, 't': '7'},
            {'n': 3, 'x': 2, 'b': False, 't': 'true'},
            {'n': None, 'x': None, 'b': None, 't': ''},
            {'n': 4, 'x': 0.5, 'b': False, 't': '[1, "\\u00e9"]'},
        ]
        self.assertEqual(self.rows([Casts], records, CASTS=casts), rows)
        self.assertIs(rows[0]['b'], True)

    def test_values_that_cannot_have_them_are_an_error(self):
        for convert, values, message in (
            (cast_integer, ('1.5', 1.5, True, '1e3', 'x', '١'), 'a is .*, no integer'),
            (cast_number, ('1,5', 'NaN', 'inf', True, [], {}), 'a is .*, no number'),
            (cast_boolean, ('x', 2, [], 'on'), 'a is .*, neither true nor false'),
        ):
            for value in values:
                with self.subTest(f'{convert.__name__}({value!r})'):
                    self.fails([Casts], [{'a': value}], message, CASTS={'a': convert})
        self.fails([Casts], [{'a': []}], r'a is \[\], no integer', CASTS={'a': cast_integer})
