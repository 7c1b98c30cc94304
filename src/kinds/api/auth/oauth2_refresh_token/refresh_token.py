"""Tokens for a refresh token (RFC 6749, section 6)."""

from typing import Dict

from kinds.api.auth.oauth2_refresh_token.refreshes import Refreshes

TOKEN_URL = ''
TOKEN_PARAMS = {}


class RefreshToken(Refreshes):
    def request_token(self) -> Dict:
        return self.refresh_token(TOKEN_URL, TOKEN_PARAMS)
