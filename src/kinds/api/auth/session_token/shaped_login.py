"""A log-in of its own wording, whose answer has a token."""

from typing import Dict

from kinds.api.python.token_requests import TokenRequests

LOGIN_URL = ''
LOGIN_METHOD = 'post'
# What the log-in has; {key} is a configuration key.
LOGIN_REQUEST = {}
TOKEN_PATH = ()
# How long a token lasts.
EXPIRES = {}


class ShapedLogin(TokenRequests):
    def request_token(self) -> Dict:
        """Return a new token for what is configured."""
        response = self.ask_for_token(LOGIN_METHOD, LOGIN_URL, LOGIN_REQUEST, self.config)
        return self.keep_token(response, self.token_at(response, TOKEN_PATH), **EXPIRES)
