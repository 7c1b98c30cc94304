from decimal import Decimal

from file.support import FileTest, Stream

from kinds.file.formats.csv.source import Csv
from kinds.file.formats.json.source import Json
from kinds.file.formats.jsonl.source import JsonLines


class JsonTest(FileTest):
    def rows(self, content, **settings):
        self.register(**settings)
        path = self.write('a.json', content)
        return self.source(Json).read_file(path, Stream({'id': 'integer'}))

    def test_a_file_is_a_list_of_records_or_one(self):
        self.assertEqual(self.rows('\ufeff[{"id": 1.10}, {}]'), [{'id': Decimal('1.10')}, {}])
        self.assertEqual(self.rows('{"id": 1, "more": 2}'), [{'id': 1, 'more': 2}])
        self.assertEqual(self.rows('[]'), [])

    def test_records_are_found_at_their_path(self):
        path = ['result', 'items']
        rows = self.rows('{"result": {"items": [{"id": 1}]}}', records_path=path)
        self.assertEqual(rows, [{'id': 1}])
        for content in ['{"result": {}}', '{"result": [1]}', '[]', '{"result": {"items": [1]}}']:
            message = r"a\.json: no records of rows at \['result', 'items'\]$"
            with self.subTest(content), self.assertRaisesRegex(ValueError, message):
                self.rows(content, records_path=path)

    def test_errors_name_the_file(self):
        for content in ['[1]', '3', '{"items": [{"id": 1}]}']:
            with (
                self.subTest(content),
                self.assertRaisesRegex(ValueError, r'a\.json: no records of rows$'),
            ):
                self.rows(content)
        with self.assertRaisesRegex(ValueError, r'a\.json: Expecting value'):
            self.rows('')


class JsonLinesTest(FileTest):
    def rows(self, content):
        return list(self.source(JsonLines).read_file(self.write('a.jsonl', content), None))

    def test_each_line_is_a_record(self):
        self.assertEqual(
            self.rows('{"id": 1.10}\n\n {"id": 2}'), [{'id': Decimal('1.10')}, {'id': 2}]
        )

    def test_errors_name_file_and_line(self):
        with self.assertRaisesRegex(ValueError, r'a\.jsonl, line 2: Expecting'):
            self.rows('{}\n{"id"\n')
        with self.assertRaisesRegex(ValueError, r'a\.jsonl, line 1: not a JSON object$'):
            self.rows('[1]\n')


class NumbersTest(FileTest):
    def test_numbers_that_json_does_not_have_are_an_error_with_their_place(self):
        self.register()
        for number in 'NaN', 'Infinity', '-Infinity':
            message = f'{number} is no number of JSON'
            lines = self.write('a.jsonl', f'{{"id": 1}}\n{{"id": {number}}}\n')
            rows = self.source(JsonLines).read_file(lines, Stream({'id': 'number'}))
            with self.assertRaisesRegex(ValueError, f'a.jsonl, line 2: {message}'):
                list(rows)
            document = self.write('a.json', f'[{{"id": {number}}}]')
            with self.assertRaisesRegex(ValueError, f'a.json: {message}'):
                self.source(Json).read_file(document, Stream({'id': 'number'}))
            table = self.write('a.csv', f'id\n{number}\n')
            with self.assertRaisesRegex(ValueError, f"a.csv, line 2: column id: '{number}' is not"):
                list(self.source(Csv).read_file(table, Stream({'id': 'number'})))
        document = self.write('a.json', '[{"id": 19.990000000000000001}, {"id": 1e400}]')
        rows = self.source(Json).read_file(document, Stream({'id': 'number'}))
        self.assertEqual([str(row['id']) for row in rows], ['19.990000000000000001', '1E+400'])
