"""A fake API that expects several credentials: headers, and parameters or fields of the body."""

from kinds.api.python.offline.base import FakeApi

AUTH_HEADERS = {}
AUTH_PARAMS = {}


class FakeCredentials(FakeApi):
    def check_credentials(self, request):
        assert AUTH_HEADERS.items() <= request.headers.items(), 'The credentials are wrong'
        params = self.read_params(request)
        assert AUTH_PARAMS.items() <= params.items(), 'The credentials are wrong'
