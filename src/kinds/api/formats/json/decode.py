"""JSON (RFC 8259)."""

import requests

from kinds.api.python.client import ApiClient


class Json(ApiClient):
    FORMAT = 'JSON'

    def decode(self, response: requests.Response):
        return response.json()
