"""Headers in which {key} stands for a configuration key."""

from typing import Dict

from kinds.api.python.client import ApiClient
from kinds.api.python.placeholders import leave_out


class ConfiguredHeaders(ApiClient):
    def fill_headers(self, request: Dict) -> None:
        for name, value in request['headers'].items():
            request['headers'][name] = value.format_map(self.config)


class OptionalHeaders(ConfiguredHeaders):
    """Some keys need not be configured: headers that have them are left out."""

    def fill_headers(self, request: Dict) -> None:
        headers = leave_out(request['headers'], self.config)
        request['headers'] = {
            name: value.format_map(self.config) for name, value in headers.items()
        }
