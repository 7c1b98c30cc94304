"""Headers, parameters and fields of the body that are configured."""

from typing import Dict

from kinds.api.python.client import ApiClient

# What each request gets, by its parts; {key} is a configuration key.
CREDENTIALS = {}


class Custom(ApiClient):
    def authenticate(self, request: Dict) -> None:
        """Add credentials to the arguments of a request: to its headers, params or json."""
        for part, texts in CREDENTIALS.items():
            values = {name: text.format_map(self.config) for name, text in texts.items()}
            request[part] = {**(request[part] or {}), **values}
