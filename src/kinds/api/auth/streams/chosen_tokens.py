"""Streams with authentication of their own, beside several schemes, some of which get tokens."""

from typing import Dict

from kinds.api.auth.choice.optional_tokens import OptionalTokens
from kinds.api.auth.streams.chosen_auth import ChosenAuth


class ChosenTokens(ChosenAuth, OptionalTokens):
    def request_token(self) -> Dict:
        return getattr(self, f'request_token_by_{self.auth or self.config["auth_type"]}')()
