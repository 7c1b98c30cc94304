"""Tokens for a client's ID and secret (RFC 6749, section 4.4)."""

from typing import Dict

from kinds.api.python.oauth import OAuth

TOKEN_URL = ''
TOKEN_PARAMS = {}


class ClientCredentials(OAuth):
    def request_token(self) -> Dict:
        return self.fetch_token(TOKEN_URL, TOKEN_PARAMS)
