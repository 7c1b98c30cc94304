"""A fake API that expects credentials in a header."""

from kinds.api.python.offline.base import FakeApi

CREDENTIALS = {}


class FakeHeader(FakeApi):
    def check_credentials(self, request):
        assert CREDENTIALS.items() <= request.headers.items(), 'The credentials are wrong'
