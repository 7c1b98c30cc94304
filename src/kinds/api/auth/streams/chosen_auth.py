"""Streams that are authenticated otherwise than the connector, which has several schemes."""

from typing import Dict

from kinds.api.auth.choice.choice import AuthChoice
from kinds.api.auth.streams.stream_auth import StreamAuth


class ChosenAuth(AuthChoice, StreamAuth):
    def authenticate(self, request: Dict) -> None:
        """Add credentials to the arguments of a request: to its headers, params or json."""
        getattr(self, f'authenticate_by_{self.auth or self.config["auth_type"]}')(request)
