"""Offline tests of streams that are authenticated otherwise than the connector.

Methods end with the name of a scheme, that of the connector with `connector`.
"""

from kinds.api.python.offline.base import FakeApi, OfflineTest
from kinds.api.python.registry import STREAMS

# The schemes that get tokens; None is the connector's.
TOKEN_AUTHS = ()


class OwnTokenTests(OfflineTest):
    def test_gets_another_token_when_one_has_expired(self):
        for name in (name for name, stream in STREAMS.items() if stream.AUTH in TOKEN_AUTHS):
            with self.subTest(name):
                records = self.build_records(name)
                result = self.read(name, records, first=(401, {}))
                self.assertEqual(result.records, records)
                self.assertEqual(result.api.tokens, 2)


class OwnSignatures(OfflineTest):
    def sign_tokens(self, client, api):
        auth = api.stream.AUTH
        sign = getattr(self, f'sign_tokens_by_{auth or "connector"}', None)
        if sign:
            sign(client.clients[auth], api)


class OwnCredentials(FakeApi):
    def check_credentials(self, request):
        """Fail where a request lacks what authenticates it."""
        getattr(self, f'check_credentials_by_{self.stream.AUTH or "connector"}')(request)


class OwnAnswers(FakeApi):
    def answer(self, request):
        name = f'answer_by_{self.stream.AUTH or "connector"}'
        return getattr(self, name, self.answer_records)(request)


class OwnCompletions(FakeApi):
    def complete(self, response):
        complete = getattr(self, f'complete_by_{self.stream.AUTH or "connector"}', None)
        if complete:
            complete(response)
