"""User name and password with each request (RFC 7617)."""

from typing import Dict

from kinds.api.python.basic_auth import BasicAuth


class Basic(BasicAuth):
    def authenticate(self, request: Dict) -> None:
        """Add credentials to the arguments of a request: to its headers, params or json."""
        password = self.config.get('password', '')
        request['auth'] = self.basic_auth(self.config['username'], password)
