"""Streams that are authenticated otherwise than the connector."""

from copy import copy
from typing import Dict

from kinds.api.python.client import ApiClient

STREAM_AUTHS = ()


class StreamAuth(ApiClient):
    # How the streams of this client are authenticated; None: as the connector is.
    auth = None

    def start_clients(self) -> None:
        """Make a client for each of the other schemes: it has a token of its own, and shares the rest."""  # noqa: E501
        self.clients = {None: self}
        for auth in STREAM_AUTHS:
            self.clients[auth] = copy(self)
            self.clients[auth].auth = auth

    def authenticate(self, request: Dict) -> None:
        """Add credentials to the arguments of a request: to its headers, params or json."""
        getattr(self, f'authenticate_by_{self.auth or "connector"}')(request)
