"""A fake API that expects credentials in a header."""

from kinds.api.python.offline.base import FakeApi

AUTH_HEADER = 'Authorization'
CREDENTIALS = ''


class FakeHeader(FakeApi):
    def check_credentials(self, request):
        assert request.headers.get(AUTH_HEADER) == CREDENTIALS, 'The credentials are wrong'
