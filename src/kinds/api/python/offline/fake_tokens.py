"""A fake API that expects the newest token."""

from kinds.api.python.offline.base import FakeApi

TOKEN_HEADER = 'Authorization'
TOKEN_VALUE = 'Bearer {}'


class FakeGrants(FakeApi):
    # How many tokens it has given.
    tokens = 0

    def give_token(self):
        """Return a new token, the only one that is good from then on."""
        self.tokens += 1
        return {'access_token': f'token-{self.tokens}', 'expires_in': 3600}

    def has_token(self, request):
        return self.tokens > 0 and f'token-{self.tokens}' in str(request.headers)


class FakeTokens(FakeGrants):
    def check_credentials(self, request):
        expected = TOKEN_VALUE.format(f'token-{self.tokens}')
        assert request.headers.get(TOKEN_HEADER) == expected, 'The credentials are wrong'
