"""Tokens for an assertion that the connector signs itself (RFC 7523)."""

from typing import Dict

from kinds.api.python.oauth import OAuth
from kinds.api.python.signing import Signing

TOKEN_URL = ''
TOKEN_PARAMS = {}
ALGORITHM = ''
# {key} is a configuration key.
CLAIMS = {}
TOKEN_HEADERS = {}
# Seconds that the assertion lasts.
LIFETIME = 300


class JwtGrant(Signing, OAuth):
    def request_token(self) -> Dict:
        assertion = self.sign_claims(CLAIMS, TOKEN_HEADERS, ALGORITHM, LIFETIME)
        return self.fetch_token(TOKEN_URL, TOKEN_PARAMS, assertion=assertion)
