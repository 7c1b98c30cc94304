"""A log-in whose answer has a token in a cookie."""

from typing import Dict

from kinds.api.python.token_requests import TokenRequests

LOGIN_URL = ''
LOGIN_METHOD = 'post'
# What the log-in has; {key} is a configuration key.
LOGIN_REQUEST = {}
ANSWER_COOKIE = ''
# How long a token lasts.
EXPIRES = {}


class CookieLogin(TokenRequests):
    def request_token(self) -> Dict:
        """Return a new token for what is configured."""
        response = self.ask_for_token(LOGIN_METHOD, LOGIN_URL, LOGIN_REQUEST, self.config)
        # It may be that of a redirect.
        answers = (response, *reversed(response.history))
        found = (answer.cookies.get(ANSWER_COOKIE) for answer in answers)
        return self.keep_token(response, next(filter(None, found), None), **EXPIRES)
