"""Tokens for a refresh token (RFC 6749, section 6)."""

from typing import Dict

from kinds.api.auth.oauth2_refresh_token.rotation import Rotation
from kinds.api.python.basic_auth import BasicAuth

TOKEN_URL = ''
TOKEN_PARAMS = {}


class BasicRotatingToken(Rotation, BasicAuth):
    def request_token(self) -> Dict:
        client_auth = self.basic_auth(self.config['client_id'], self.config['client_secret'])
        return self.rotate(TOKEN_URL, TOKEN_PARAMS, client_auth)
