"""A fake API that expects the newest token."""

from kinds.api.python.offline.base import FakeApi

TOKEN_HEADER = 'Authorization'
TOKEN_VALUE = 'Bearer {}'


class FakeTokens(FakeApi):
    # How many tokens it has given.
    tokens = 0

    def give_token(self):
        """Return a new token, the only one that is good from then on."""
        self.tokens += 1
        return {'access_token': f'token-{self.tokens}', 'expires_in': 3600}

    def check_credentials(self, request):
        expected = TOKEN_VALUE.format(f'token-{self.tokens}')
        assert request.headers.get(TOKEN_HEADER) == expected, 'The credentials are wrong'
