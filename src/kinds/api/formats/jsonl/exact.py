"""JSON Lines whose decimals keep all of their digits."""

import requests

from kinds.api.formats.json.exact import parse_exact
from kinds.api.formats.jsonl.decode import parse_lines
from kinds.api.python.files import batch, read_lines
from kinds.api.python.text_format import TextFormat


class ExactJsonLines(TextFormat):
    FORMAT = 'JSON Lines'

    def decode(self, response: requests.Response):
        return [parse_exact(line) for line in self.read_text(response).split('\n') if line.strip()]

    def decode_files(self, files):
        for file in files:
            yield from batch(
                parse_lines(read_lines(file, self.find_encoding(file), '\n'), parse_exact)
            )
