"""Offline tests of a connector that signs its tokens, which takes a package and a key."""

from kinds.api.python.offline.base import OfflineTest


class SignedTokenTests(OfflineTest):
    def sign_tokens(self, source, api):
        source.client.request_token = api.give_token
