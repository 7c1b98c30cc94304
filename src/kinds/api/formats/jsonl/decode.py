"""JSON Lines: each line is a record."""

from typing import Callable, Generator, Iterable

import requests

from kinds.api.formats.json.decode import parse_json
from kinds.api.python.files import batch, read_lines
from kinds.api.python.text_format import TextFormat


class JsonLines(TextFormat):
    FORMAT = 'JSON Lines'

    def decode(self, response: requests.Response):
        return [parse_json(line) for line in self.read_text(response).split('\n') if line.strip()]

    def decode_files(self, files):
        for file in files:
            yield from batch(
                parse_lines(read_lines(file, self.find_encoding(file), '\n'), parse_json)
            )


def parse_lines(lines: Iterable[str], parse: Callable) -> Generator:
    """Yield the records of lines; an error names the line."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield parse(line)
        except ValueError:
            raise ValueError(f'line {number} is no JSON, but {line!r:.100}') from None
