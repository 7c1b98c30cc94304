"""A client that has nothing to hide."""

from kinds.api.python.client import ApiClient


class NoSecrets(ApiClient):
    def start_secrets(self) -> None:
        pass

    def hide(self, text: str) -> str:
        return text
