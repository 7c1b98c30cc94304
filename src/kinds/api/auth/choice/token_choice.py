"""Several schemes, some of which get tokens."""

from typing import Dict

from kinds.api.python.tokens import Tokens


class TokenChoice(Tokens):
    def request_token(self) -> Dict:
        return getattr(self, f'request_token_by_{self.config["auth_type"]}')()
