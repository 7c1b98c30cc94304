"""Parameters in the bodies of requests; there, b inside a is a.b, the first of a list a is a.0."""

import json
from urllib.parse import parse_qsl, urlsplit

from kinds.api.python.offline.base import FakeApi


class BodyParams(FakeApi):
    def read_params(self, request):
        """Return the parameters of a request; in its body, b inside a is a.b."""
        params = dict(parse_qsl(urlsplit(request.url).query))
        if request.headers.get('Content-Type') == 'application/json':
            params.update(flatten(json.loads(request.body)))
        return params


def flatten(body, prefix=''):
    """Yield the values of a body, as text and with their paths."""
    for key, value in enumerate(body) if isinstance(body, list) else body.items():
        if isinstance(value, (dict, list)):
            yield from flatten(value, f'{prefix}{key}.')
        else:
            yield f'{prefix}{key}', str(value)
