"""A fake API that expects credentials among the parameters of a request, or in its body."""

from kinds.api.python.offline.base import FakeApi

AUTH_PARAM = ''
CREDENTIALS = ''


class FakeParam(FakeApi):
    def check_credentials(self, request):
        assert self.read_params(request).get(AUTH_PARAM) == CREDENTIALS, 'The credentials are wrong'
