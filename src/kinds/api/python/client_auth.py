"""Requests for tokens with basic authentication."""

from typing import Dict

from kinds.api.python.basic_auth import BasicAuth
from kinds.api.python.token_requests import TokenRequests


class ClientAuth(TokenRequests, BasicAuth):
    """Some requests for tokens have basic authentication."""

    def add_client_auth(self, request: Dict) -> Dict:
        if 'auth' not in request:
            return request
        return {**request, 'auth': self.basic_auth(*request['auth'])}
