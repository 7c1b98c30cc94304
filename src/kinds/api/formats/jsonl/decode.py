"""JSON Lines: each line is a record."""

import requests

from kinds.api.formats.json.decode import parse_json
from kinds.api.python.text_format import TextFormat


class JsonLines(TextFormat):
    FORMAT = 'JSON Lines'

    def decode(self, response: requests.Response):
        return [parse_json(line) for line in self.read_text(response).split('\n') if line.strip()]
