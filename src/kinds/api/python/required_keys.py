"""A configuration that lacks a key is refused before the first request."""

from kinds.api.python.client import ApiClient

REQUIRED_KEYS = ()


class RequiredKeys(ApiClient):
    def check_config(self) -> None:
        missing = [key for key in REQUIRED_KEYS if key not in self.config]
        if missing:
            raise ValueError(f'The configuration lacks {", ".join(missing)}')
