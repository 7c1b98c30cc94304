"""A log-in whose answer has a token in a header."""

from typing import Dict

from kinds.api.python.token_requests import TokenRequests

LOGIN_URL = ''
LOGIN_METHOD = 'post'
# What the log-in has; {key} is a configuration key.
LOGIN_REQUEST = {}
ANSWER_HEADER = ''
# How long a token lasts.
EXPIRES = {}


class HeaderLogin(TokenRequests):
    def request_token(self) -> Dict:
        """Return a new token for what is configured."""
        response = self.ask_for_token(LOGIN_METHOD, LOGIN_URL, LOGIN_REQUEST, self.config)
        return self.keep_token(response, response.headers.get(ANSWER_HEADER), **EXPIRES)
