"""JSON in an encoding that it mustn't have, whose decimals keep all of their digits."""

import requests

from kinds.api.formats.json.exact import parse_exact
from kinds.api.python.client import ApiClient
from kinds.api.python.files import load

ENCODING = ''


class ExactEncodedJson(ApiClient):
    FORMAT = 'JSON'

    def decode(self, response: requests.Response):
        return parse_exact(response.content.decode(ENCODING))

    def decode_files(self, files):
        return map(self.decode, map(load, files))
