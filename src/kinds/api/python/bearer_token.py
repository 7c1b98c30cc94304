"""Tokens that are sent as bearer tokens (RFC 6750)."""

from typing import Dict

from kinds.api.python.tokens import Tokens


class BearerToken(Tokens):
    def authenticate(self, request: Dict) -> None:
        """Add credentials to the arguments of a request: to its headers, params or json."""
        request['headers']['Authorization'] = f'Bearer {self.get_token()}'
