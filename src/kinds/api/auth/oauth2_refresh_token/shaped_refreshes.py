"""The newest refresh token, by requests that are put together of texts."""

from typing import Dict

from kinds.api.auth.oauth2_refresh_token.refreshes import Refreshes
from kinds.api.python.token_requests import TokenRequests


class ShapedRefreshes(Refreshes, TokenRequests):
    def refresh_token(self, url: str, request: Dict, answer: Dict) -> Dict:
        token = self.newest_refresh_token or self.config['refresh_token']
        values = {**self.config, 'refresh_token': token}
        response = self.ask_for_token('post', url, request, values)
        path = answer['token']
        kept = self.keep_token(response, self.token_at(response, path), **answer['expires'])
        # Some APIs replace it.
        newest = self.token_at(response, (*path[:-1], 'refresh_token'))
        self.newest_refresh_token = newest or token
        self.secrets.add(self.newest_refresh_token)
        return kept
