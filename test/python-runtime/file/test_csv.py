from decimal import Decimal

from file.support import FileTest, Stream

from kinds.file.formats.csv.source import Csv, CsvOptions, convert

MOMENT = {'type': ['null', 'string'], 'format': 'date-time'}


class CsvTest(FileTest):
    def rows(self, content, columns, **options):
        self.register()
        path = self.write('a.csv', content)
        return list(self.source(Csv).read_file(path, Stream(columns), **options))

    def test_lines_become_rows_with_all_columns_of_the_schema(self):
        content = '\ufeffname,extra,id\r\n"two\r\nlines",x,1\r\n\r\n,,2\r\n'
        columns = {'id': 'integer', 'name': 'string', 'more': 'string'}
        rows = [
            {'id': 1, 'name': 'two\r\nlines', 'more': None},
            {'id': 2, 'name': None, 'more': None},
        ]
        self.assertEqual(self.rows(content, columns), rows)

    def test_a_field_may_be_long(self):
        text = 'x' * 200_000
        self.assertEqual(self.rows(f'id\n{text}\n', {'id': 'string'}), [{'id': text}])

    def test_delimiter_and_encoding_are_options(self):
        rows = self.rows(
            'id;name\n1;Å'.encode('cp1252'),
            {'id': 'integer', 'name': 'string'},
            delimiter=';',
            encoding='cp1252',
        )
        self.assertEqual(rows, [{'id': 1, 'name': 'Å'}])

    def test_errors_name_file_and_line(self):
        faults = {
            'name\n': r"a\.csv, line 1: the header \['name'\] does not fit the columns \['id'\]",
            '': r'a\.csv, line 0: the header \[\] does not fit',
            'id,id\n': 'does not fit',
            'id\n1\n2,3\n': r'a\.csv, line 3: 2 fields where the header has 1$',
            'id\nx\n': r"a\.csv, line 2: column id: 'x' is not of type integer$",
            'id\n"1\n': r'a\.csv, line 2: unexpected end of data$',
            b'id\n\xff': r'a\.csv is not in utf-8-sig: ',
        }
        for content, message in faults.items():
            with self.subTest(content), self.assertRaisesRegex(ValueError, message):
                self.rows(content, {'id': 'integer'})

    def test_values_have_the_type_of_their_column(self):
        values = [
            ('integer', '9007199254740993', 9007199254740993),
            ('number', '1.10', Decimal('1.10')),
            ('number', '3', 3),
            ('boolean', 'TRUE', True),
            ('array', '[1]', [1]),
            ('object', '{}', {}),
            ('string', '01', '01'),
            ('integer', '', None),
        ]
        for kind, text, value in values:
            with self.subTest(text):
                converted = convert('a', text, {'type': ['null', kind]})
                self.assertEqual((converted, type(converted)), (value, type(value)))
        self.assertEqual(convert('a', '2024-01-03 09:12Z', MOMENT), '2024-01-03 09:12Z')

    def test_values_of_another_type_are_errors(self):
        for kind, text in [
            ('integer', '1.0'),
            ('integer', 'true'),
            ('boolean', '1'),
            ('object', '[]'),
        ]:
            with self.subTest(text), self.assertRaisesRegex(ValueError, f'not of type {kind}'):
                convert('a', text, {'type': ['null', kind]})
        with self.assertRaisesRegex(ValueError, 'not of type date-time'):
            convert('a', 'yesterday', MOMENT)


class CsvOptionsTest(FileTest):
    def test_the_configuration_comes_before_what_the_answers_say(self):
        from kinds.file.formats.csv import source

        class Given(CsvOptions):
            def find_files(self, stream_id):
                return ['a.csv']

            def read_file(self, path, stream, **options):
                yield options

        source.CSV_OPTIONS.update({'delimiter': ';', 'encoding': 'cp1252'})
        self.addCleanup(source.CSV_OPTIONS.clear)
        rows = self.source(Given, delimiter='|', encoding='').read_rows(Stream({}))
        self.assertEqual(list(rows), [{'delimiter': '|', 'encoding': 'cp1252'}])
