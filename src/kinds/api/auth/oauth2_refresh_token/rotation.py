"""Refresh tokens that are good for one use: the newest is kept in a file."""

import hashlib
import json
import os
from typing import Dict

from kinds.api.auth.oauth2_refresh_token.refreshes import Refreshes


class Rotation(Refreshes):
    def rotate(self, url: str, params: Dict, client_auth=None) -> Dict:
        """Return a new access token, and keep the refresh token that comes with it.

        Each refresh token is good for one use, so the newest is kept in `token_file` beside the
        digest of the configured one: a token that is configured anew replaces it.
        """
        path = self.config.get('token_file')
        if not path:
            self.logger.info('Without a token_file, no later run can use the new refresh token')
            return self.refresh_token(url, params, client_auth)
        # Imported where it is used, since Windows lacks it.
        import fcntl

        with open(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), 'r+') as file:
            # Two runs at the same time must not use the same token.
            fcntl.flock(file, fcntl.LOCK_EX)
            kept = json.loads(file.read() or '{}')
            given = hashlib.sha256(self.config['refresh_token'].encode()).hexdigest()
            if kept.get('given') == given:
                self.newest_refresh_token = kept['newest']
            answer = self.refresh_token(url, params, client_auth)
            file.seek(0)
            file.truncate()
            json.dump({'given': given, 'newest': self.newest_refresh_token}, file)
        return answer
