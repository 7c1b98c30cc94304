from api.streams.support import StreamTest

from kinds.api.python.streams.requests import BodyParams


class BodyParamsTest(StreamTest):
    def body(self, name, body):
        constants = {'METHOD': 'post', 'BODY': body, 'BODY_PARAMS': (name,)}
        stream = self.stream([BodyParams], [[]], PARAMS={name: 5}, **constants)
        list(stream.load_data())
        (asked,) = stream.client.asked
        self.assertEqual(asked['params'], {})
        return asked['body']

    def test_dots_lead_into_objects_and_numbers_into_lists(self):
        self.assertEqual(self.body('a.b', {}), {'a': {'b': 5}})
        self.assertEqual(self.body('a.0.b', {}), {'a': [{'b': 5}]})
        self.assertEqual(self.body('a.0', {'a': {}}), {'a': {'0': 5}})
        filters = {'groups': [{'filters': [{'name': 'at', 'value': 1}]}]}
        found = self.body('groups.0.filters.0.value', filters)
        self.assertEqual(found, {'groups': [{'filters': [{'name': 'at', 'value': 5}]}]})
        self.assertEqual(self.body('groups.1.name', filters)['groups'][1], {'name': 5})
        self.assertEqual(filters['groups'][0]['filters'][0]['value'], 1)

    def test_what_has_no_place_is_an_error_that_names_the_parameter(self):
        for name, body, what in (
            ('a.2', {'a': []}, '2 is none of a list'),
            ('a.x', {'a': []}, 'x is none of a list'),
            ('a.b', {'a': 7}, 'no b in 7'),
        ):
            message = f'items: the body has no place for the parameter {name}: {what}'
            with self.assertRaisesRegex(RuntimeError, message):
                self.body(name, body)
