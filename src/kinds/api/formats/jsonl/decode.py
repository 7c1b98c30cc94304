"""JSON Lines: each line is a record."""

import json

import requests

from kinds.api.python.text_format import TextFormat


class JsonLines(TextFormat):
    FORMAT = 'JSON Lines'

    def decode(self, response: requests.Response):
        return [json.loads(line) for line in self.read_text(response).split('\n') if line.strip()]
