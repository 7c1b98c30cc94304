"""Tokens for a client's ID and secret (RFC 6749, section 4.4)."""

from typing import Dict

from kinds.api.python.basic_auth import BasicAuth
from kinds.api.python.oauth import OAuth

TOKEN_URL = ''
TOKEN_PARAMS = {}


class BasicClientCredentials(OAuth, BasicAuth):
    def request_token(self) -> Dict:
        client_auth = self.basic_auth(self.config['client_id'], self.config['client_secret'])
        return self.fetch_token(TOKEN_URL, TOKEN_PARAMS, client_auth)
