"""A fake API that gives tokens to those who log in."""

from kinds.api.python.offline.fake_tokens import FakeGrants

PASSWORD_FIELD = 'password'
TOKEN_PATH = ()


class FakeLogin(FakeGrants):
    def answer(self, request):
        if PASSWORD_FIELD in self.read_params(request):
            body = self.give_token()['access_token']
            for key in reversed(TOKEN_PATH):
                body = {key: body}
            return 200, body, {}
        return self.answer_records(request)
