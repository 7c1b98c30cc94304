"""JSON (RFC 8259)."""

import json

import requests

from kinds.api.python.client import ApiClient
from kinds.api.python.files import load


class Json(ApiClient):
    FORMAT = 'JSON'

    def decode(self, response: requests.Response):
        # The bytes, since JSON is UTF-8 whatever the header says.
        return parse_json(response.content)

    def decode_files(self, files):
        return map(self.decode, map(load, files))


def parse_json(text):
    return json.loads(text, parse_float=to_float, parse_constant=to_float)


def to_float(text: str) -> float:
    """Return a number that JSON can hold; NaN, infinity and what is greater than any are none."""
    number = float(text)
    if number - number != 0:
        raise OverflowError(f'the response has the number {text}, which no destination can hold')
    return number
