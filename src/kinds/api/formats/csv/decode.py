"""CSV with a header line (RFC 4180)."""

import csv
import io

import requests

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
