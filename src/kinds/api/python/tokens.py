"""Tokens that are asked for, kept while they are good, and asked for again."""

import time
from typing import Dict

import requests

from kinds.api.python.client import ApiClient


class Tokens(ApiClient):
    token = None
    token_expires = 0

    def renew_token(self, response, method: str, url: str, request: Dict) -> requests.Response:
        """Send a request again, once and with a new token, where the last one was refused.

        It was revoked, or didn't last as long as it said.
        """
        if response.status_code != 401:
            return response
        self.token_expires = 0
        self.authenticate(request)
        return self.send(method, url, **request)

    def get_token(self) -> str:
        """Return the token, a new one shortly before the last one expires."""
        if time.monotonic() >= self.token_expires:
            answer = self.request_token()
            self.token = answer['access_token']
            self.secrets.add(str(self.token))
            # Some APIs tell no lifetime, or 0 for no end; where that is wrong, a 401 tells.
            self.token_expires = time.monotonic() + 0.9 * float(answer.get('expires_in') or 3600)
        return self.token

    def request_token(self) -> Dict:
        """Return the answer to a request for a token: `access_token` and perhaps `expires_in`."""
        raise NotImplementedError
