"""A fake API that gives tokens in a header."""

from kinds.api.python.offline.fake_tokens import FakeGrants

ANSWER_HEADER = ''


class FakeHeaders(FakeGrants):
    def answer(self, request):
        if self.has_token(request):
            return self.answer_records(request)
        return 200, {}, {ANSWER_HEADER: self.give_token()['access_token']}
