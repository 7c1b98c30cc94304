"""A fake API that takes a request without a token for one that asks for a token."""

from kinds.api.python.offline.fake_tokens import FakeGrants

TOKEN_PATH = ()


class FakeAnswers(FakeGrants):
    def answer(self, request):
        if self.has_token(request):
            return self.answer_records(request)
        body = self.give_token()['access_token']
        for key in reversed(TOKEN_PATH):
            # As long a list as a position needs.
            body = [body] * max(key + 1, -key) if isinstance(key, int) else {key: body}
        return 200, body, {}
