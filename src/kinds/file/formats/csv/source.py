"""Files of comma-separated values, with the names of the columns in the first line."""

import csv
from decimal import Decimal
from json import JSONDecoder
from typing import Dict, Generator

from dateutil.parser import isoparse

from kinds.file.python.source import STREAMS, FileSource

DECODER = JSONDecoder(parse_float=Decimal)
JSON_TYPES = {
    'array': [list],
    'boolean': [bool],
    'integer': [int],
    'number': [int, Decimal],
    'object': [dict],
}
# How the files are read, unless the configuration says otherwise.
CSV_OPTIONS = {}


class Csv(FileSource):
    def read_file(
        self, path: str, stream, delimiter: str = ',', encoding: str = 'utf-8-sig'
    ) -> Generator[Dict, None, None]:
        """Yield the rows of a file; an error names the file, the line and what is wrong there."""
        # By itself, csv takes no field of more than 131,072 characters.
        csv.field_size_limit(2**31 - 1)
        with open(path, encoding=encoding, newline='') as file:
            # Strict, since a quote that is never closed would swallow the rest of the file.
            lines = csv.reader(file, delimiter=delimiter, strict=True)
            try:
                yield from self.parse_rows(lines, stream)
            except UnicodeDecodeError as error:
                raise ValueError(f'{path} is not in {file.encoding}: {error}') from error
            except (csv.Error, ValueError) as error:
                raise ValueError(f'{path}, line {lines.line_num}: {error}') from error

    def parse_rows(self, lines, stream) -> Generator[Dict, None, None]:
        """Yield the lines below the header as rows with all columns of the stream's schema."""
        columns = stream.schema.to_dict()['properties']
        header = next(lines, [])
        names = [name for name in header if name in columns]
        keys = STREAMS[stream.tap_stream_id]['key_properties']
        if not names or not set(keys) <= set(names) or len(names) > len(set(names)):
            raise ValueError(f'the header {header} does not fit the columns {list(columns)}')
        for fields in filter(None, lines):
            if len(fields) != len(header):
                raise ValueError(f'{len(fields)} fields where the header has {len(header)}')
            row = dict(zip(header, fields))
            yield {name: convert(name, row.get(name), columns[name]) for name in columns}


class CsvOptions(Csv):
    def read_rows(self, stream) -> Generator[Dict, None, None]:
        options = {key: self.config.get(key) or value for key, value in CSV_OPTIONS.items()}
        for path in self.find_files(stream.tap_stream_id):
            yield from self.read_file(path, stream, **options)


def convert(name: str, text: str, column: Dict):
    """Return the exact value of a field by its column's schema; None if it is empty."""
    if not text:
        return None
    kind = next(kind for kind in column['type'] if kind != 'null')
    try:
        if kind == 'string':
            if column.get('format') == 'date-time':
                isoparse(text)
            return text
        value = DECODER.decode(text.lower() if kind == 'boolean' else text)
        if type(value) in JSON_TYPES[kind]:
            return value
        raise ValueError
    except ValueError as error:
        expected = column.get('format', kind)
        raise ValueError(f'column {name}: {text!r} is not of type {expected}') from error
