"""The newest refresh token, which an API may replace at each use."""

from typing import Dict

from kinds.api.python.oauth import OAuth


class Refreshes(OAuth):
    newest_refresh_token = None

    def refresh_token(self, url: str, params: Dict, client_auth=None) -> Dict:
        token = self.newest_refresh_token or self.config['refresh_token']
        answer = self.fetch_token(url, params, client_auth, refresh_token=token)
        # Some APIs replace it.
        self.newest_refresh_token = answer.get('refresh_token') or token
        self.secrets.add(self.newest_refresh_token)
        return answer
