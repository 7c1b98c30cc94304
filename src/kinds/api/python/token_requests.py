"""Requests for tokens that are put together of texts, and what their answers have."""

from typing import Dict

import requests

from kinds.api.python.places import find
from kinds.api.python.tokens import Tokens


class TokenRequests(Tokens):
    def ask_for_token(self, method: str, url: str, request: Dict, values: Dict):
        """Return the answer to a request for a token; {key} in its texts is one of the values."""
        request = fill_texts(request, values)
        request = self.add_client_auth(request)
        response = self.send(method, url.format_map(values), **request)
        self.check(response)
        return response

    def add_client_auth(self, request: Dict) -> Dict:
        return request

    def token_at(self, response: requests.Response, path):
        return find(answer_of(response), path)

    def keep_token(self, response, token, expires=(), unit=1, lifetime=None) -> Dict:
        """Return a token as `request_token` does, with the seconds that its answer says it lasts.

        They stand at a path, in a unit; where they don't, it is the lifetime.
        """
        url = response.url.partition('?')[0]
        if token in (None, '') or isinstance(token, (bool, dict, list)):
            raise ValueError(self.hide(f'{url} gave no token: {self.explain(response)}'))
        said = find(answer_of(response), expires) if expires else None
        if said not in (None, ''):
            try:
                lifetime = self.to_seconds(said, unit)
            except (TypeError, ValueError):
                place = '.'.join(str(step) for step in expires)
                fault = f'{url} says by {place} {said!r} how long the token lasts'
                raise ValueError(self.hide(f'{fault}; see the answer expires_as')) from None
        return {'access_token': token, 'expires_in': lifetime}

    def to_seconds(self, value, unit) -> float:
        return float(value) * unit


def fill_texts(value, values: Dict):
    """Return a copy in which the {keys} in texts are replaced by what they stand for."""
    if isinstance(value, str):
        return value.format_map(values)
    if isinstance(value, list):
        return [fill_texts(item, values) for item in value]
    if isinstance(value, dict):
        return {key: fill_texts(item, values) for key, item in value.items()}
    return value


def answer_of(response: requests.Response):
    try:
        return response.json()
    except ValueError:
        return None
