"""Several schemes, of which some get tokens, and the others have nothing to renew."""

from typing import Dict

import requests

from kinds.api.python.tokens import Tokens


class OptionalTokens(Tokens):
    def renew_token(self, response, method: str, url: str, request: Dict) -> requests.Response:
        """Send a request again, once and with a new token, where the last one was refused.

        It was revoked, or didn't last as long as it said.
        """
        if response.status_code != 401 or self.token is None:
            return response
        self.token_expires = 0
        self.authenticate(request)
        return self.send(method, url, **request)
