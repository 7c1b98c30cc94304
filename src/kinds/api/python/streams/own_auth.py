"""Streams that are authenticated otherwise than the connector."""

from kinds.api.python.client import ApiClient
from kinds.api.python.stream import BaseStream


class OwnAuth(BaseStream):
    # None: as the connector is.
    AUTH = None

    def choose_client(self, client: ApiClient) -> ApiClient:
        return client.clients[self.AUTH]
