"""Streams that are authenticated otherwise than the connector, which has several schemes, some with tokens."""  # noqa: E501

from typing import Dict

from kinds.api.auth.streams.chosen_auth import ChosenAuth
from kinds.api.python.tokens import Tokens


class ChosenTokens(ChosenAuth, Tokens):
    def request_token(self) -> Dict:
        return getattr(self, f'request_token_by_{self.auth or self.config["auth_type"]}')()
