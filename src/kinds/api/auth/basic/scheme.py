"""User name and password with each request (RFC 7617)."""

from typing import Dict

from kinds.api.python.client import ApiClient


class Basic(ApiClient):
    def authenticate(self, request: Dict) -> None:
        """Add credentials to the arguments of a request: to its headers, params or json."""
        # As bytes, since text could only have the characters of Latin 1.
        user, password = self.config['username'], self.config.get('password', '')
        request['auth'] = (str(user).encode(), str(password).encode())
