"""A fake API that takes a request without a token for one that asks for a token."""

from kinds.api.python.offline.fake_tokens import FakeTokens

TOKEN_HEADER = 'Authorization'
TOKEN_PATH = ()
ANSWER_HEADER = ''
ANSWER_COOKIE = ''


class FakeAnswers(FakeTokens):
    def answer(self, request):
        if has_token(request, self.tokens):
            return self.answer_records(request)
        body = self.give_token()['access_token']
        for key in reversed(TOKEN_PATH):
            # As long a list as a position needs.
            body = [body] * max(key + 1, -key) if isinstance(key, int) else {key: body}
        return 200, body, {}


class FakeHeaders(FakeTokens):
    def answer(self, request):
        if has_token(request, self.tokens):
            return self.answer_records(request)
        return 200, {}, {ANSWER_HEADER: self.give_token()['access_token']}


class FakeCookies(FakeTokens):
    def answer(self, request):
        if has_token(request, self.tokens):
            return self.answer_records(request)
        self.give_token()
        return 200, {}, {}

    def complete(self, response):
        if not has_token(response.request, self.tokens):
            response.cookies.set(ANSWER_COOKIE, f'token-{self.tokens}')


def has_token(request, tokens):
    return tokens > 0 and f'token-{tokens}' in request.headers.get(TOKEN_HEADER, '')
