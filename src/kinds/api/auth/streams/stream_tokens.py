"""Streams that are authenticated otherwise than the connector, some of them by tokens."""

from typing import Dict

from kinds.api.auth.choice.optional_tokens import OptionalTokens
from kinds.api.auth.streams.stream_auth import StreamAuth


class StreamTokens(StreamAuth, OptionalTokens):
    def request_token(self) -> Dict:
        return getattr(self, f'request_token_by_{self.auth or "connector"}')()
