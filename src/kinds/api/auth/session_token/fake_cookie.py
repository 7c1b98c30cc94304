"""A fake API that gives tokens as cookies."""

from kinds.api.python.offline.fake_tokens import FakeGrants

ANSWER_COOKIE = ''


class FakeCookies(FakeGrants):
    def answer(self, request):
        if self.has_token(request):
            return self.answer_records(request)
        self.give_token()
        return 200, {}, {}

    def complete(self, response):
        if not self.has_token(response.request):
            response.cookies.set(ANSWER_COOKIE, f'token-{self.tokens}')
