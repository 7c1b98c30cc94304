"""A log-in that gives a token."""

from typing import Dict

from kinds.api.python.tokens import Tokens

LOGIN_URL = ''
LOGIN_METHOD = 'post'
# Where the log-in has user name and password: in its json or its params.
LOGIN_IN = 'json'
USERNAME_FIELD = 'username'
PASSWORD_FIELD = 'password'
TOKEN_PATH = ()
TOKEN_HEADER = 'Authorization'
TOKEN_VALUE = 'Bearer {}'
# Seconds that a token lasts.
LIFETIME = 3600


class SessionToken(Tokens):
    def authenticate(self, request: Dict) -> None:
        """Add credentials to the arguments of a request: to its headers, params or json."""
        request['headers'][TOKEN_HEADER] = TOKEN_VALUE.format(self.get_token())

    def request_token(self) -> Dict:
        """Return a new token for user name and password."""
        url = LOGIN_URL.format_map(self.config)
        login = {USERNAME_FIELD: self.config['username'], PASSWORD_FIELD: self.config['password']}
        response = self.send(LOGIN_METHOD, url, **{LOGIN_IN: login})
        self.check(response)
        try:
            token = response.json()
        except ValueError:
            token = None
        for key in TOKEN_PATH:
            token = token.get(key) if isinstance(token, dict) else None
        if not token:
            raise ValueError(self.hide(f'{url} gave no token: {self.explain(response)}'))
        return {'access_token': token, 'expires_in': LIFETIME}
