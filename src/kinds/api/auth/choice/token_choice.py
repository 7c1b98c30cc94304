"""Several schemes, some of which get tokens."""

from typing import Dict

from kinds.api.auth.choice.optional_tokens import OptionalTokens


class TokenChoice(OptionalTokens):
    def request_token(self) -> Dict:
        return getattr(self, f'request_token_by_{self.config["auth_type"]}')()
