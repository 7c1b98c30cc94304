from unittest import TestCase

import requests

from kinds.api.formats.csv.decode import Csv
from kinds.api.formats.jsonl.decode import JsonLines
from kinds.api.formats.xml.decode import Xml


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
