"""Tokens for a refresh token (RFC 6749, section 6), by requests that are put together of texts."""

from typing import Dict

from kinds.api.auth.oauth2_refresh_token.rotation import Rotation
from kinds.api.auth.oauth2_refresh_token.shaped_refreshes import ShapedRefreshes

TOKEN_URL = ''
# What the request has; {key} is a configuration key.
TOKEN_REQUEST = {}
# Where its answer has the token, and how long that lasts.
TOKEN_ANSWER = {}


class ShapedRotatingToken(ShapedRefreshes, Rotation):
    def request_token(self) -> Dict:
        return self.rotate(TOKEN_URL, TOKEN_REQUEST, TOKEN_ANSWER)
