"""What the unit tests of streams share: a client that answers without a network."""

import unittest
from types import SimpleNamespace

from kinds.api.pagination.none.none import Whole


def response(data, url='https://acme.test/items', **kwargs):
    """Return as much of a response as streams look at."""
    known = {'status_code': 200, 'headers': {}, 'links': {}, 'history': []}
    return SimpleNamespace(data=data, url=url, **{**known, **kwargs})


class FakeClient:
    """Gives the answers in turn, and keeps what was asked."""

    def __init__(self, answers, config=None):
        self.answers = iter(answers)
        self.config = config or {}
        self.keys = {}
        self.urls = []
        self.asked = []

    def request(self, url, params=None, **kwargs):
        self.urls.append(url)
        self.asked.append({'params': params, **kwargs} if kwargs else params)
        answer = next(self.answers)
        return answer if isinstance(answer, SimpleNamespace) else response(answer, url)

    def parse(self, response):
        return None if response.status_code == 204 else response.data

    def hide(self, text):
        return text


class StreamTest(unittest.TestCase):
    maxDiff = None
    # The pagination of streams that have no other.
    pagination = (Whole,)

    def stream(self, features, answers, config=None, **constants):
        """Return a stream of some features, whose client gives these answers."""
        known = {'BASE_URL': 'https://acme.test', 'TABLE': 'items', 'PATH': 'items'}
        cls = type('Items', (*features, *self.pagination), {**known, **constants})
        return cls(FakeClient(answers, config))

    def read(self, features, answers, since=None, **constants):
        """Return stream and rows, page by page."""
        stream = self.stream(features, answers, **constants)
        if since is not None:
            stream.since = since
        return stream, list(stream.load_data())
