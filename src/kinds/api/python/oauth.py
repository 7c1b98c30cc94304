"""Token requests of OAuth 2."""

from typing import Dict

from kinds.api.python.tokens import Tokens


class OAuth(Tokens):
    def fetch_token(self, url: str, params: Dict, client_auth=None, **grant) -> Dict:
        """Return the answer to a token request (RFC 6749); {key} is a configuration key."""
        data = {name: value.format_map(self.config) for name, value in params.items()}
        response = self.send(
            'post',
            url.format_map(self.config),
            data={**grant, **data},
            headers={'Accept': 'application/json'},
            auth=client_auth,
        )
        self.check(response)
        try:
            answer = response.json()
        except ValueError:
            answer = None
        if not isinstance(answer, dict) or not answer.get('access_token'):
            url = response.url.partition('?')[0]
            raise ValueError(self.hide(f'{url} gave no access token: {self.explain(response)}'))
        return answer
