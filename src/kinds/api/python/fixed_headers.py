"""Headers that have nothing of the configuration."""

from typing import Dict

from kinds.api.python.client import ApiClient


class FixedHeaders(ApiClient):
    def refuse_headers(self, headers: Dict, url: str) -> None:
        pass
