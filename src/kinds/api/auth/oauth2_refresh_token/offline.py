"""Offline tests of a connector that keeps its refresh token."""

from tempfile import TemporaryDirectory

from kinds.api.python.offline.base import OfflineTest


class KeptTokenTests(OfflineTest):
    def sign_tokens(self, client, api):
        folder = TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        client.config['token_file'] = f'{folder.name}/token.json'
