"""A token that is put together of the configuration."""

from typing import Dict

from kinds.api.python.client import ApiClient

# {key} is a configuration key.
BEARER_TOKEN = '{access_token}'


class BearerText(ApiClient):
    def authenticate(self, request: Dict) -> None:
        """Add credentials to the arguments of a request: to its headers, params or json."""
        request['headers']['Authorization'] = f'Bearer {BEARER_TOKEN.format_map(self.config)}'
