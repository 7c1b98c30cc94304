"""Tokens for credentials (RFC 6749, section 4), by requests that are put together of texts."""

from typing import Dict

from kinds.api.python.token_requests import TokenRequests

TOKEN_URL = ''
# What the request has; {key} is a configuration key.
TOKEN_REQUEST = {}
# Where its answer has the token, and how long that lasts.
TOKEN_PATH = ()
EXPIRES = {}


class ShapedGrant(TokenRequests):
    def request_token(self) -> Dict:
        response = self.ask_for_token('post', TOKEN_URL, TOKEN_REQUEST, self.config)
        return self.keep_token(response, self.token_at(response, TOKEN_PATH), **EXPIRES)
