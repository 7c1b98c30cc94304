import unittest
from datetime import datetime, timedelta, timezone
from types import SimpleNamespace

from kinds.api.python.clock import Clock
from kinds.api.python.moments import Moment
from kinds.api.python.streams.configured_numbers import ConfiguredNumbers
from kinds.api.python.streams.texts import (
    EmptyTexts,
    FormTexts,
    HeaderTexts,
    ParentTexts,
    TextBodies,
    Typed,
    fill_texts,
)

MOMENT = Moment(2024, 2, 29, 12, 30, 1, 999999, timezone.utc)


class Client:
    """A client that keeps what it is asked for."""

    def __init__(self, **config):
        self.config, self.asked = config, []

    def request(self, url, **arguments):
        self.asked.append((url, arguments))
        return SimpleNamespace(status_code=404)


class MomentTest(unittest.TestCase):
    def test_is_written_in_any_format(self):
        for form, expected in [
            ('%d.%m.%Y %H:%M', '29.02.2024 12:30'),
            ('epoch', '1709209801'),
            ('epoch_ms', '1709209801999'),
            ('epoch_us', '1709209801999999'),
        ]:
            self.assertEqual(format(MOMENT, form), expected)

    def test_is_no_negative_number(self):
        self.assertEqual(format(Moment(1969, 1, 1, tzinfo=timezone.utc), 'epoch'), '0')

    def test_counts_in_utc(self):
        east = Moment(1970, 1, 1, 2, tzinfo=timezone(timedelta(hours=1)))
        self.assertEqual(format(east, 'epoch'), '3600')


class FillTest(unittest.TestCase):
    def test_fills_what_has_names_and_leaves_the_rest(self):
        text = {'{a}': ['{a}/{m:%Y}', 1, None, True, {'b': '{{a}}'}]}
        filled = fill_texts(text, {'a': '{b}', 'm': MOMENT})
        self.assertEqual(filled, {'{b}': ['{b}/2024', 1, None, True, {'b': '{a}'}]})

    def test_keeps_types(self):
        values = {'page': 3, 'cursor': ['x'], 'm': MOMENT}
        texts = [Typed('{page}'), Typed('{cursor}'), Typed('{m:epoch}')]
        self.assertEqual(fill_texts(texts, values), [3, ['x'], 1709209801])


class StreamTest(unittest.TestCase):
    def stream(self, features=(TextBodies,), url='https://a.test/{zone}', **constants):
        constants = {'BASE_URL': 'https://a.test', 'PATH': '{zone}', **constants}
        stream = type('Stream', features, constants)(Client(zone='eu'))
        stream.url = url
        return stream


class TextsTest(StreamTest):
    def test_puts_what_stands_for_a_place_into_texts_alone(self):
        stream = self.stream(TEXTS={'q': '{offset}-{zone}', 'none': '{since}'})
        stream.request({'{offset}': 5, 'own': '{x}'})
        params = {'q': '5-eu', 'own': '{x}'}
        asked = {'method': 'get', 'params': params, 'body': None}
        self.assertEqual(stream.client.asked, [('https://a.test/eu', asked)])

    def test_follows_an_address_as_it_is(self):
        stream = self.stream(url='https://a.test/{x}?q=1', TEXTS={'q': '{zone}'})
        stream.request({})
        asked = {'method': 'get', 'params': {}, 'body': None}
        self.assertEqual(stream.client.asked, [('https://a.test/{x}?q=1', asked)])

    def test_sends_a_body_again_to_the_next_address(self):
        stream = self.stream(
            BODY={'a': '{page}'}, TEXTS={'b.0': '{since}', 'c': 'd'}, BODY_PARAMS=('b.0', 'own')
        )
        first = {'{page}': 1, '{since}': 's', 'own': 2, 'query': 3}
        stream.note_body(first)
        stream.url = 'https://a.test/next'
        stream.request(stream.add_body({}))
        asked = {'method': 'get', 'params': {}, 'body': {'a': '1', 'b': ['s'], 'own': 2}}
        self.assertEqual(stream.client.asked, [('https://a.test/next', asked)])

    def test_quotes_fields_of_parents_in_addresses_alone(self):
        stream = self.stream((ParentTexts, TextBodies), TEXTS={'q': '{id}'}, PATH='{id}')
        stream.parent, stream.url = {'id': 'a/b?{c}'}, 'https://a.test/{id}'
        stream.request({})
        [(url, asked)] = stream.client.asked
        self.assertEqual(
            (url, asked['params']), ('https://a.test/a%2Fb%3F%7Bc%7D', {'q': 'a/b?{c}'})
        )

    def test_marks_a_status_that_means_no_records(self):
        stream = self.stream((EmptyTexts,), EMPTY_STATUSES=(404,))
        self.assertEqual(stream.request({}).status_code, 204)
        self.assertEqual(self.stream((EmptyTexts,)).request({}).status_code, 404)


class ClockTest(unittest.TestCase):
    def test_is_now_in_utc(self):
        client = type('Client', (Clock,), {})({'a': 'b'})
        self.assertEqual(client.config['a'], 'b')
        for name in ('today', 'now'):
            self.assertLess(abs(client.config[name] - datetime.now(timezone.utc)).seconds, 60)


class PartsTest(StreamTest):
    def test_puts_fields_into_forms_by_their_names(self):
        for kind, body in [('form', {'a.b': 1}), ('json', {'a': {'b': 1}})]:
            constants = {'BODY': {}, 'BODY_AS': kind, 'BODY_PARAMS': ('a.b',)}
            stream = self.stream((FormTexts,), **constants)
            stream.request({'a.b': 1})
            [(_, asked)] = stream.client.asked
            self.assertEqual((asked['body'], asked['form']), (body, kind == 'form'))

    def test_leaves_out_a_header_whose_name_stands_for_nothing(self):
        headers = {'A': '{zone}', 'B': '{since}'}
        stream = self.stream((HeaderTexts, TextBodies), HEADERS=headers)
        stream.request({})
        [(_, asked)] = stream.client.asked
        self.assertEqual(asked['headers'], {'A': 'eu'})


class NumbersTest(unittest.TestCase):
    def test_come_from_the_configuration_unless_they_are_too_small(self):
        constants = {'WINDOW_DAYS': 30, 'NUMBERS': {'WINDOW_DAYS': ('days', 2)}}
        kind = type('Stream', (ConfiguredNumbers,), constants)
        stream = kind(Client(days=2))
        stream.take_numbers()
        self.assertEqual((stream.WINDOW_DAYS, kind.WINDOW_DAYS), (2, 30))
        with self.assertRaisesRegex(ValueError, 'days is 1 in the configuration, but has to be 2'):
            kind(Client(days=1)).take_numbers()
