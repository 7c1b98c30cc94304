"""Headers in which {key} stands for a configuration key."""

from typing import Dict

from kinds.api.python.client import ApiClient


class ConfiguredHeaders(ApiClient):
    def fill_headers(self, request: Dict) -> None:
        for name, value in request['headers'].items():
            request['headers'][name] = value.format_map(self.config)
