"""Tokens that are sent in a header, in a form of its own."""

from typing import Dict

from kinds.api.python.tokens import Tokens

TOKEN_HEADER = 'Authorization'
TOKEN_VALUE = 'Bearer {}'


class TokenHeader(Tokens):
    def authenticate(self, request: Dict) -> None:
        """Add credentials to the arguments of a request: to its headers, params or json."""
        request['headers'][TOKEN_HEADER] = TOKEN_VALUE.format(self.get_token())
