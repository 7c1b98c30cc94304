"""Tokens that the connector signs itself (RFC 7519)."""

from typing import Dict

from kinds.api.python.signing import Signing

ALGORITHM = ''
# {key} is a configuration key.
CLAIMS = {}
TOKEN_HEADERS = {}
# Seconds that a token lasts.
LIFETIME = 300


class Jwt(Signing):
    def request_token(self) -> Dict:
        token = self.sign_claims(CLAIMS, TOKEN_HEADERS, ALGORITHM, LIFETIME)
        return {'access_token': token, 'expires_in': LIFETIME}
