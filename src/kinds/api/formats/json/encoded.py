"""JSON in an encoding that it mustn't have."""

import requests

from kinds.api.formats.json.decode import Json, parse_json

ENCODING = ''


class EncodedJson(Json):
    def decode(self, response: requests.Response):
        return parse_json(response.content.decode(ENCODING))
