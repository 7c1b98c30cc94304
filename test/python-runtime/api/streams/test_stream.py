from api.streams.support import StreamTest, response

from kinds.api.pagination.none.none import Whole
from kinds.api.python.streams.columns import Conversions, TextColumns, to_bool
from kinds.api.python.streams.keys import Keys
from kinds.api.python.streams.records import (
    ColumnLists,
    ElementPaths,
    ElementWalk,
    FromResponse,
    MapKeys,
    Maps,
    MapValues,
    Objects,
    OmittedLists,
    RecordFilter,
    SuccessWhen,
    Walk,
)
from kinds.api.python.streams.requests import (
    BodyParams,
    BodyPlaceholders,
    EmptyStatuses,
    EmptyStatusesOfBodies,
    OptionalBodies,
    OptionalParams,
    ParamPlaceholders,
    UrlPlaceholders,
)


class RecordsTest(StreamTest):
    def rows(self, features, answer, **constants):
        return self.read(features, [answer], **constants)[1]

    def test_a_response_has_the_records_at_a_path_or_is_the_list_itself(self):
        self.assertEqual(self.rows([], [{'id': 1}]), [[{'id': 1}]])
        answer = {'data': {'items': [{'id': 1}]}}
        rows = self.rows([], answer, RECORDS_PATH=('data', 'items'))
        self.assertEqual(rows, [[{'id': 1}]])

    def test_nothing_is_an_empty_page(self):
        for answer, path in (None, ()), (None, ('data',)), ({'data': None}, ('data',)), ([], ()):
            self.assertEqual(self.rows([], answer, RECORDS_PATH=path), [[]])

    def test_what_is_elsewhere_or_no_list_is_an_error(self):
        for answer, message in (
            ({'items': []}, r"items: the response has no data.items: {'items': \[\]}"),
            ({'data': None}, "items: the response has no data.items: {'data': None}"),
            ({'data': {'items': {'a': 1}}}, "items: the response has no list, but {'a': 1}"),
            ([], 'items: the response has no data.items: '),
            ({'message': 'No such list'}, 'items: the response has no data.items: No such list'),
        ):
            with self.assertRaisesRegex(RuntimeError, f'^{message}$'):
                self.rows([], answer, RECORDS_PATH=('data', 'items'))

    def test_transform_makes_rows_and_may_change_the_record(self):
        class Renamed(Whole):
            def transform(self, record):
                record['id'] = record.pop('key')
                return record

        self.assertEqual(self.rows([Renamed], [{'key': 1}]), [[{'id': 1}]])

    def test_get_records_may_be_overridden(self):
        class Lists(Whole):
            def get_records(self, response):
                return [dict(zip(response['names'], values)) for values in response['values']]

        answer = {'names': ['id', 'name'], 'values': [[1, 'a'], [2, 'b']]}
        rows = [[{'id': 1, 'name': 'a'}, {'id': 2, 'name': 'b'}]]
        self.assertEqual(self.rows([Lists], answer), rows)

    def test_one_object_is_a_list_of_it(self):
        constants = {'RECORDS_PATH': ('a',), 'RECORDS_IN': 'object'}
        self.assertEqual(self.rows([Objects], {'a': {'id': 1}}, **constants), [[{'id': 1}]])
        self.assertEqual(self.rows([Objects], {'a': None}, **constants), [[]])
        self.assertEqual(self.rows([Objects], [{'id': 1}]), [[{'id': 1}]])

    def test_a_map_has_records_by_their_keys(self):
        answer = {'a': {'id': 1}, 'b': {'id': 2}}
        rows = [[{'id': 1}, {'id': 2}]]
        self.assertEqual(self.rows([Maps], answer, RECORDS_IN='map'), rows)
        self.assertEqual(self.rows([MapKeys], answer, RECORDS_IN='map'), rows)
        rows = self.rows([MapKeys], answer, RECORDS_IN='map', MAP_KEY='key')
        self.assertEqual(rows, [[{'id': 1, 'key': 'a'}, {'id': 2, 'key': 'b'}]])

    def test_a_map_may_have_values_by_their_keys(self):
        known = {'RECORDS_IN': 'map', 'MAP_KEY': 'key'}
        answer = {'a': 1, 'b': None}
        rows = [[{'n': 1, 'key': 'a'}, {'n': None, 'key': 'b'}]]
        self.assertEqual(self.rows([MapValues], answer, **known, MAP_VALUE='n'), rows)
        rows = [[{'id': 1, 'key': 'a'}]]
        self.assertEqual(self.rows([MapValues], {'a': {'id': 1}}, **known), rows)
        with self.assertRaisesRegex(RuntimeError, 'record 1 of a page is 1, no object'):
            self.rows([MapValues], answer, **known)
        self.assertEqual(self.rows([MapValues], [{'id': 1}]), [[{'id': 1}]])

    def test_each_column_may_have_a_list_of_its_values(self):
        known = {'RECORDS_IN': 'columns'}
        rows = [[{'id': 1, 'a': 'x'}, {'id': 2, 'a': None}]]
        answer = {'id': [1, 2], 'a': ['x', None], 'unit': 'm'}
        self.assertEqual(self.rows([ColumnLists], answer, **known), rows)
        for nothing in {}, None, {'id': []}:
            self.assertEqual(self.rows([ColumnLists], nothing, **known), [[]])
        with self.assertRaisesRegex(RuntimeError, 'different numbers of values'):
            self.rows([ColumnLists], {'id': [1, 2], 'a': [1]}, **known)
        with self.assertRaisesRegex(RuntimeError, 'the response has no lists of values'):
            self.rows([ColumnLists], {'id': 1}, **known)
        self.assertEqual(self.rows([ColumnLists], [{'id': 1}]), [[{'id': 1}]])

    def test_a_path_may_go_through_every_item(self):
        answer = {'groups': [{'items': [{'id': 1}]}, {'items': None}, {'items': [{'id': 2}]}]}
        path = ('groups', '*', 'items')
        rows = [[{'id': 1}, {'id': 2}]]
        self.assertEqual(self.rows([Walk], answer, RECORDS_PATH=path), rows)
        answer = {'a': {'1': [{'id': 1}]}, 'b': [[{'id': 0}], [{'id': 2}]]}
        self.assertEqual(self.rows([Walk], answer, RECORDS_PATH=('*', '1')), rows)
        self.assertEqual(self.rows([Walk], {'a': [[]]}, RECORDS_PATH=('a', '7')), [[]])
        with self.assertRaisesRegex(RuntimeError, 'items: the response has no b in the path'):
            self.rows([Walk], {'a': {}}, RECORDS_PATH=('a', 'b'))

    def test_an_element_of_its_own_is_a_list_of_it(self):
        path = {'RECORDS_PATH': ('root', 'item')}
        answer = {'root': {'item': {'id': '1'}}}
        self.assertEqual(self.rows([ElementPaths], answer, **path), [[{'id': '1'}]])
        answer = {'root': {'item': [{'id': '1'}, {'id': '2'}]}}
        self.assertEqual(self.rows([ElementPaths], answer, **path), [[{'id': '1'}, {'id': '2'}]])
        for answer in {'root': None}, {'root': {}}, {'root': {'item': None}}:
            self.assertEqual(self.rows([ElementPaths], answer, **path), [[]])

    def test_a_root_that_is_another_or_a_path_that_leads_astray_is_an_error(self):
        for path, answer, message in (
            (('root', 'item'), {'fault': {}}, "the response has no root: {'fault': {}}"),
            (('root',), {'html': 'Sign in'}, 'the response has no root: '),
            (('root', 'list', 'item'), {'root': {'items': {}}}, 'the response has no root.list: '),
            (('root', 'item'), {'root': 'text'}, ''),
        ):
            if message:
                with self.assertRaisesRegex(RuntimeError, f'^items: {message}'):
                    self.rows([ElementPaths], answer, RECORDS_PATH=path)
            else:
                self.assertEqual(self.rows([ElementPaths], answer, RECORDS_PATH=path), [[]])

    def test_an_element_may_be_left_out_at_the_end_of_several_places(self):
        path = {'RECORDS_PATH': ('root', 'group', '*', 'item')}
        groups = [{'item': {'id': '1'}}, {'name': 'b'}, None, {'item': [{'id': '2'}]}]
        rows = self.rows([ElementWalk], {'root': {'group': groups}}, **path)
        self.assertEqual(rows, [[{'id': '1'}, {'id': '2'}]])
        answer = {'root': {'group': {'item': [{'id': '1'}, {'id': '2'}]}}}
        self.assertEqual(self.rows([ElementWalk], answer, **path), rows)
        with self.assertRaisesRegex(RuntimeError, 'has no item in the path to the records'):
            self.rows([ElementWalk], {'root': {'group': {'other': [{'id': '1'}]}}}, **path)
        with self.assertRaisesRegex(RuntimeError, 'has no root in the path to the records'):
            self.rows([ElementWalk], {'fault': 'denied'}, **path)

    def test_a_failure_with_status_200_is_told_in_the_words_of_the_api(self):
        path = {'RECORDS_PATH': ('data',)}
        for answer, message in (
            ({'ok': False, 'error': 'thread_not_found', 'data': None}, 'thread_not_found'),
            ({'success': False, 'data': [{'id': 1}], 'message': 'no'}, 'no'),
            ({'data': None, 'error': 'no access'}, 'no access'),
            ({'data': [], 'errors': [{'message': 'quota'}]}, 'quota'),
            ({'data': [], 'status': 'ERROR', 'message': 'no view'}, 'no view'),
        ):
            for features in [], [Walk], [ElementPaths]:
                with self.assertRaisesRegex(RuntimeError, f'^items: the API says: {message}$'):
                    self.rows(features, answer, **path)
        for answer in {'data': [], 'errors': []}, {'data': [], 'ok': True, 'error': None}:
            self.assertEqual(self.rows([], answer, **path), [[]])
        answer = {'data': [{'id': 1}], 'errors': [{'message': 'partly'}]}
        self.assertEqual(self.rows([], answer, **path), [[{'id': 1}]])

    def test_a_response_may_have_a_flag_of_its_own(self):
        flag = {'RECORDS_PATH': ('data',), 'SUCCESS_WHEN': {('meta', 'code'): 0}}
        for code in 0, '0':
            answer = {'data': [{'id': 1}], 'meta': {'code': code}}
            self.assertEqual(self.rows([SuccessWhen], answer, **flag), [[{'id': 1}]])
        self.assertEqual(self.rows([SuccessWhen], None, **flag), [[]])
        for answer in (
            {'data': [], 'meta': {'code': 7}, 'msg': 'limit'},
            {'data': [], 'msg': 'limit'},
        ):
            with self.assertRaisesRegex(RuntimeError, '^items: meta.code is not 0: limit$'):
                self.rows([SuccessWhen], answer, **flag)

    def test_a_list_may_be_left_out_where_the_answers_say_so(self):
        path = {'RECORDS_PATH': ('data', 'runs'), 'OMITS_EMPTY': True}
        for answer in {}, {'data': {}}, {'data': {'runs': []}}, None:
            self.assertEqual(self.rows([OmittedLists], answer, **path), [[]])
        answer = {'data': {'runs': [{'id': 1}]}}
        self.assertEqual(self.rows([OmittedLists], answer, **path), [[{'id': 1}]])
        with self.assertRaisesRegex(RuntimeError, 'has no data.runs, but a list at items$'):
            self.rows([OmittedLists], {'items': [{'id': 1}]}, **path)
        with self.assertRaisesRegex(RuntimeError, 'the response has no data.runs'):
            self.rows([OmittedLists], {}, **{**path, 'OMITS_EMPTY': False})

    def test_columns_come_from_around_the_records(self):
        answer = {'meta': {'at': 'now'}, 'data': [{'id': 1}, {'id': 2, 'at': 'then'}]}
        paths = {'at': ('meta', 'at'), 'by': ('meta', 'by')}
        rows = self.rows([FromResponse], answer, RECORDS_PATH=('data',), FROM_RESPONSE=paths)
        row = {'at': 'now', 'by': None}
        self.assertEqual(rows, [[{'id': 1, **row}, {'id': 2, **row}]])

    def test_only_records_with_the_values_are_kept(self):
        answer = [{'id': 1, 'type': 'a'}, {'id': 2, 'type': 'b'}, {'id': 3}]
        rows = self.rows([RecordFilter], answer, RECORD_FILTER={'type': 'a'})
        self.assertEqual(rows, [[{'id': 1, 'type': 'a'}]])

    def test_text_gets_the_types_of_the_schema(self):
        answer = [{'id': '1', 'price': '', 'paid': ' Yes '}, {'id': '2', 'price': '1.5'}]
        types = {'id': int, 'price': float, 'paid': to_bool}
        rows = self.rows([Conversions], answer, CONVERSIONS=types)
        first = {'id': 1, 'price': None, 'paid': True}
        self.assertEqual(rows, [[first, {'id': 2, 'price': 1.5, 'paid': None}]])

    def test_what_is_of_several_types_is_written_as_text(self):
        answer = [{'a': 'text'}, {'a': {'b': 1}}, {'a': [True]}, {'a': None}, {}]
        rows = self.rows([TextColumns], answer, TEXT_COLUMNS=('a',))
        self.assertEqual(
            rows, [[{'a': 'text'}, {'a': '{"b": 1}'}, {'a': '[true]'}, {'a': None}, {}]]
        )

    def test_what_is_no_record_or_has_no_key_is_an_error_with_the_stream(self):
        key = {'KEY_PROPERTIES': ['id', 'at']}
        for features, answer, message in (
            ([], [{'id': 1}, 'a'], "record 2 of a page is 'a', no object"),
            ([], [{'id': 1}, [2]], r'record 2 of a page is \[2\], no object'),
            ([MapKeys], {'a': 5}, 'record 1 of a page is 5, no object'),
            ([Keys], [{'id': 1, 'AT': 2}], 'a record has no value in at, of id, AT'),
            ([Keys], [{'id': None}], 'a record has no value in id, at, of id'),
        ):
            constants = {**key, 'RECORDS_IN': 'map', 'MAP_KEY': 'key'}
            with self.assertRaisesRegex(RuntimeError, f'^items: {message}$'):
                self.rows(features, answer, **constants)
        self.assertEqual(self.rows([Keys], [{'id': 0, 'at': ''}], **key), [[{'id': 0, 'at': ''}]])

    def test_whatever_goes_wrong_names_the_stream_once(self):
        class Broken(Whole):
            def transform(self, record):
                return 1 / 0

        with self.assertRaisesRegex(RuntimeError, '^items: division by zero$'):
            self.rows([Broken], [{'id': 1}])


class RequestsTest(StreamTest):
    def asked(self, features, **constants):
        config = {'region': 'eu', 'team': 'a b'}
        stream = self.stream(features, [[]], config, **constants)
        list(stream.load_data())
        return stream.client.urls[0], stream.client.asked[0]

    def test_a_stream_is_asked_for_at_its_path_with_its_parameters(self):
        asked = self.asked([], PARAMS={'limit': 2})
        self.assertEqual(asked, ('https://acme.test/items', {'limit': 2}))

    def test_placeholders_stand_for_the_configuration(self):
        url, params = self.asked(
            [UrlPlaceholders, ParamPlaceholders],
            BASE_URL='https://{region}.acme.test',
            PATH='teams/{team}',
            PARAMS={'team': '{team} {{x}}', 'limit': 2},
        )
        self.assertEqual(url, 'https://eu.acme.test/teams/a b')
        self.assertEqual(params, {'team': 'a b {x}', 'limit': 2})

    def test_bodies_have_placeholders_and_parameters(self):
        body = {'query': 'query {{}}', 'variables': {'team': '{team}'}}
        _, asked = self.asked(
            [BodyPlaceholders, BodyParams],
            METHOD='post',
            BODY=body,
            PARAMS={'variables.first': 2, 'page': 1},
            BODY_PARAMS=('variables.first',),
        )
        variables = {'team': 'a b', 'first': 2}
        sent = {'query': 'query {}', 'variables': variables}
        self.assertEqual(asked, {'method': 'post', 'params': {'page': 1}, 'body': sent})
        self.assertEqual(body['variables'], {'team': '{team}'})

    def test_what_has_no_value_is_left_out(self):
        texts = {'a': '{team}', 'b': '{none}', 'c': 'x {none} {team}', 'd': '{{none}}', 'e': 2}
        filled = {'a': 'a b', 'd': '{none}', 'e': 2}
        self.assertEqual(self.asked([OptionalParams], PARAMS=texts)[1], filled)
        body = {'deep': [texts, ['{none}', '{team}', None]], 'empty': {'b': '{none}'}}
        _, asked = self.asked([OptionalBodies], METHOD='post', BODY=body)
        self.assertEqual(asked['body'], {'deep': [filled, ['a b', None]], 'empty': {}})

    def test_other_streams_are_asked_for_by_get(self):
        _, asked = self.asked([BodyPlaceholders, BodyParams], PARAMS={'a': 1})
        self.assertEqual(asked, {'method': 'get', 'params': {'a': 1}, 'body': None})

    def test_statuses_that_mean_no_records_give_none(self):
        for features in [EmptyStatuses], [EmptyStatusesOfBodies]:
            answers = [response({'message': 'none'}, status_code=404)]
            self.assertEqual(self.read(features, answers, EMPTY_STATUSES=(404,))[1], [[]])
