"""JSON in an encoding that it mustn't have."""

import requests

from kinds.api.formats.json.decode import parse_json
from kinds.api.python.client import ApiClient
from kinds.api.python.files import load

ENCODING = ''


class EncodedJson(ApiClient):
    FORMAT = 'JSON'

    def decode(self, response: requests.Response):
        return parse_json(response.content.decode(ENCODING))

    def decode_files(self, files):
        return map(self.decode, map(load, files))
