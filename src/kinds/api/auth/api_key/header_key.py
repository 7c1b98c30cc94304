"""A key that is configured, in a header, a request parameter or a field of the body."""

from typing import Dict

from kinds.api.python.client import ApiClient

KEY_NAME = ''
KEY_VALUE = '{api_key}'


class HeaderKey(ApiClient):
    def authenticate(self, request: Dict) -> None:
        """Add credentials to the arguments of a request: to its headers, params or json."""
        request['headers'][KEY_NAME] = KEY_VALUE.format_map(self.config)
