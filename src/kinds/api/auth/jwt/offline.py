"""Offline tests of a connector that signs its tokens, which takes a package and a key."""

from kinds.api.python.offline.base import OfflineTest


class SignedTokenTests(OfflineTest):
    def sign_tokens(self, client, api):
        client.request_token = api.give_token


class SignedGrantTests(OfflineTest):
    def sign_tokens(self, client, api):
        client.sign_claims = lambda *claims: 'signed'
