"""A fake API of which some streams need no credentials."""

from kinds.api.python.offline.base import FakeApi


class NoCredentials(FakeApi):
    def check_credentials(self, request):
        assert 'Authorization' not in request.headers, 'No credentials are expected'
