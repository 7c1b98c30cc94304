"""A fake API that gives tokens as OAuth 2 does."""

from kinds.api.python.offline.fake_tokens import FakeGrants


class FakeOAuth(FakeGrants):
    def answer(self, request):
        if 'grant_type=' in str(request.body):
            return 200, self.give_token(), {}
        return self.answer_records(request)
