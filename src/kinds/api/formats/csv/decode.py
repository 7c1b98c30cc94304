"""CSV with a header line (RFC 4180)."""

import csv
import io

import requests

from kinds.api.python.files import MAX_LINE, batch, read_lines
from kinds.api.python.text_format import TextFormat

DELIMITER = ','


class Csv(TextFormat):
    FORMAT = 'CSV'

    def decode(self, response: requests.Response):
        # By itself, csv takes no field of more than 131,072 characters.
        csv.field_size_limit(2**31 - 1)
        lines = io.StringIO(self.read_text(response), newline='')
        try:
            return list(csv.DictReader(lines, strict=True, delimiter=DELIMITER))
        except csv.Error as error:
            raise ValueError(str(error)) from error

    def decode_files(self, files):
        """Yield the records of files with the same header, some at a time."""
        csv.field_size_limit(MAX_LINE)
        header = None
        for file in files:
            lines = read_lines(file, self.find_encoding(file), newline='')
            rows = csv.DictReader(lines, strict=True, delimiter=DELIMITER)
            header = header or rows.fieldnames
            if rows.fieldnames and set(rows.fieldnames) != set(header):
                others = set(rows.fieldnames) ^ set(header)
                message = 'not it and the files before it alike have the columns'
                raise ValueError(f'{message} {sorted(others)!r:.200}')
            yield from batch(rows)
