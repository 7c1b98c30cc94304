"""A token that is configured."""

from typing import Dict

from kinds.api.python.client import ApiClient


class Bearer(ApiClient):
    def authenticate(self, request: Dict) -> None:
        """Add credentials to the arguments of a request: to its headers, params or json."""
        request['headers']['Authorization'] = f'Bearer {self.config["access_token"]}'
