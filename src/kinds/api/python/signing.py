"""Tokens that the connector signs itself (RFC 7519)."""

import time
from typing import Dict

from kinds.api.python.tokens import Tokens


class Signing(Tokens):
    def sign_claims(self, claims: Dict, headers: Dict, algorithm: str, lifetime: int) -> str:
        """Return a token that is signed with `private_key`; {key} is a configuration key."""
        # Imported where it is used, so that Mage lists this source without the package, too.
        import jwt

        now = int(time.time())
        claims = {name: value.format_map(self.config) for name, value in claims.items()}
        headers = {name: value.format_map(self.config) for name, value in headers.items()}
        # A form has one line, so the line breaks of a PEM file may be written as \n.
        key = self.config['private_key'].replace('\\n', '\n')
        return jwt.encode({**claims, 'iat': now, 'exp': now + lifetime}, key, algorithm, headers)
