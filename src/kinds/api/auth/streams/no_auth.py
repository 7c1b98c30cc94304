"""Requests that nothing authenticates, beside others that something does."""

from typing import Dict

from kinds.api.python.client import ApiClient


class NoAuth(ApiClient):
    def authenticate(self, request: Dict) -> None:
        """Send a request as it is."""
