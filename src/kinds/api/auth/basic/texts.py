"""User name and password with each request (RFC 7617), as texts of the configuration."""

from typing import Dict

from kinds.api.python.basic_auth import BasicAuth

# {key} is a configuration key.
USERNAME = '{username}'
PASSWORD = '{password}'


class BasicTexts(BasicAuth):
    def authenticate(self, request: Dict) -> None:
        """Add credentials to the arguments of a request: to its headers, params or json."""
        username, password = (text.format_map(self.config) for text in (USERNAME, PASSWORD))
        request['auth'] = self.basic_auth(username, password)
