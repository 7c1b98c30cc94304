"""Tokens that the connector signs itself (RFC 7519)."""

import time
from typing import Dict

from kinds.api.python.tokens import Tokens

ALGORITHM = ''
# {key} is a configuration key.
CLAIMS = {}
TOKEN_HEADERS = {}
# Seconds that a token lasts.
LIFETIME = 300


class Jwt(Tokens):
    def request_token(self) -> Dict:
        """Return a token that is signed here, with `private_key`."""
        # Imported where it is used, so that Mage lists this source without the package, too.
        import jwt

        now = int(time.time())
        claims = {name: value.format_map(self.config) for name, value in CLAIMS.items()}
        headers = {name: value.format_map(self.config) for name, value in TOKEN_HEADERS.items()}
        # A form has one line, so the line breaks of a PEM file may be written as \n.
        key = self.config['private_key'].replace('\\n', '\n')
        claims = {**claims, 'iat': now, 'exp': now + LIFETIME}
        return {
            'access_token': jwt.encode(claims, key, ALGORITHM, headers),
            'expires_in': LIFETIME,
        }
