from unittest import TestCase
from unittest.mock import patch

import requests

from kinds.api.formats.csv.decode import Csv
from kinds.api.formats.json.decode import Json
from kinds.api.formats.json.encoded import EncodedJson
from kinds.api.formats.jsonl.decode import JsonLines
from kinds.api.formats.xml.decode import Xml
from kinds.api.python.encoded_text import EncodedText
from kinds.api.python.graphql import GraphQL


def answer(content, content_type):
    response = requests.Response()
    response.status_code, response.url = 200, 'https://a.test/items?key=x'
    response.headers['Content-Type'] = content_type
    response.encoding = requests.utils.get_encoding_from_headers(response.headers)
    response._content = content if isinstance(content, bytes) else content.encode()
    return response


class FormatsTest(TestCase):
    def parse(self, scheme, content, content_type='text/plain'):
        return scheme({}).parse(answer(content, content_type))

    def test_json_lines(self):
        self.assertEqual(
            self.parse(JsonLines, '{"a": "é"}\r\n\n{"a": "\u2028"}\n'),
            [{'a': 'é'}, {'a': '\u2028'}],
        )

    def test_csv(self):
        self.assertEqual(
            self.parse(Csv, '\ufeffa,b\r\n1,"x\n""y"""\r\n'.encode()), [{'a': '1', 'b': 'x\n"y"'}]
        )
        self.assertEqual(self.parse(Csv, 'a,b\n'), [])

    def test_csv_with_a_long_field(self):
        text = 'x' * 200_000
        self.assertEqual(self.parse(Csv, f'a\n{text}\n'), [{'a': text}])

    def test_csv_in_another_encoding(self):
        found = self.parse(Csv, 'a\né\n'.encode('latin-1'), 'text/csv; charset=latin-1')
        self.assertEqual(found, [{'a': 'é'}])

    def test_xml(self):
        text = '<r xmlns="urn:x" n="1"><i><a> é </a></i><i/><b id="2">t</b></r>'
        self.assertEqual(
            self.parse(Xml, text), {'r': {'n': '1', 'i': [{'a': 'é'}, None], 'b': {'id': '2'}}}
        )

    def test_json_is_utf_8_whatever_the_header_says(self):
        for kind in 'text/plain', 'application/json; charset=iso-8859-1', 'text/html':
            self.assertEqual(self.parse(Json, '{"a": "café"}', kind), {'a': 'café'})
        self.assertEqual(self.parse(GraphQL, '{"a": "café"}'), {'a': 'café'})
        self.assertEqual(self.parse(Json, '\ufeff["é"]'), ['é'])
        self.assertEqual(self.parse(Json, '["é"]'.encode('utf-16')), ['é'])

    def test_bytes_of_another_encoding_are_an_error_with_their_place(self):
        for scheme, text in (
            (Json, '["é"]'),
            (GraphQL, '["é"]'),
            (JsonLines, '["é"]'),
            (Csv, 'a\né'),
            (Xml, '<a>é</a>'),
        ):
            place = text.index('é')
            with self.subTest(scheme.__name__):
                message = rf'https://a.test/items answered in no utf-8.*: byte {place} is 0xe9'
                with self.assertRaisesRegex(ValueError, message):
                    self.parse(scheme, text.encode('latin-1'))

    def test_an_encoding_of_the_answers_is_that_of_the_responses(self):
        with patch('kinds.api.formats.json.encoded.ENCODING', 'cp1252'):
            self.assertEqual(self.parse(EncodedJson, '["é€"]'.encode('cp1252')), ['é€'])
        with patch('kinds.api.python.encoded_text.ENCODING', 'cp1252'):
            for scheme, text, found in (
                (Csv, 'a\né€', [{'a': 'é€'}]),
                (JsonLines, '["é€"]', [['é€']]),
                (Xml, '<a>é€</a>', {'a': 'é€'}),
            ):
                encoded = type('Encoded', (EncodedText, scheme), {})
                content = text.encode('cp1252')
                kind = 'text/plain; charset=utf-8'
                self.assertEqual(self.parse(encoded, content, kind), found)

    def test_xml_may_tell_its_encoding_itself(self):
        text = '<?xml version="1.0" encoding="ISO-8859-1"?><a>é</a>'
        self.assertEqual(self.parse(Xml, text.encode('latin-1')), {'a': 'é'})

    def test_numbers_that_no_destination_can_hold_are_an_error(self):
        for number in 'NaN', 'Infinity', '-Infinity', '1e999', '-1E999':
            for scheme in Json, JsonLines, GraphQL:
                message = f'the response has the number {number}, which no destination can hold'
                with self.assertRaisesRegex(OverflowError, message):
                    self.parse(scheme, f'{{"a": [{number}]}}')
        self.assertEqual(self.parse(Json, '[1.5, 1e308, -0.0]'), [1.5, 1e308, 0])

    def test_what_is_of_another_format_is_told(self):
        for scheme, name, text in (
            (JsonLines, 'JSON Lines', '{'),
            (Csv, 'CSV', 'a\n"b'),
            (Xml, 'XML', '<a>'),
        ):
            module = scheme.__module__
            with self.subTest(module):
                with self.assertRaisesRegex(
                    ValueError, 'https://a.test/items answered with text/plain'
                ):
                    self.parse(scheme, text)
                with self.assertRaisesRegex(ValueError, 'text/html, not .*: Log in$'):
                    self.parse(scheme, '<p>Log in</p>', 'text/html')
