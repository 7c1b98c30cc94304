"""A client that has nothing to hide."""

from kinds.api.python.client import ApiClient


class NoSecrets(ApiClient):
    def hide(self, text: str) -> str:
        return text
