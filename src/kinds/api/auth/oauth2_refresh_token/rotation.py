"""Refresh tokens that are good for one use: the newest is kept in a file."""

import hashlib
import json
import os
from pathlib import Path
from typing import Dict

from kinds.api.auth.oauth2_refresh_token.refreshes import Refreshes


class Rotation(Refreshes):
    def rotate(self, url: str, params: Dict, client_auth=None) -> Dict:
        """Return a new access token, and keep the refresh token that comes with it.

        Each refresh token is good for one use, so the newest is kept in a file beside the digest
        of the configured one: a token that is configured anew replaces it. Where it can't be kept
        it isn't used, since it would be lost.
        """
        # Imported where it is used, since Windows lacks it.
        import fcntl

        given = hashlib.sha256(self.config['refresh_token'].encode()).hexdigest()
        path = self.token_path(given)
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            fault = f'The refresh token cannot be kept in {path}: {error.strerror}'
            raise ValueError(f'{fault}; configure a token_file that can be written') from None
        with open(descriptor, 'r+') as file:
            # Two runs at the same time must not use the same token.
            fcntl.flock(file, fcntl.LOCK_EX)
            kept = read_token(path, file.read())
            if kept.get('given') == given:
                self.newest_refresh_token = kept['newest']
            answer = self.refresh_token(url, params, client_auth)
            file.seek(0)
            file.write(json.dumps({'given': given, 'newest': self.newest_refresh_token}))
            file.truncate()
        return answer

    def token_path(self, given: str) -> Path:
        """Return the file that the newest token is kept in."""
        if 'token_file' in self.config:
            return Path(self.config['token_file']).expanduser()
        # Where Mage keeps its data, which it keeps from run to run.
        folder = os.getenv('MAGE_DATA_DIR', '')
        # It may be a bucket as well, or be meant from a folder that isn't always the same.
        folder = Path(folder if os.path.isabs(folder) else '~/.mage_data').expanduser()
        return folder / 'refresh_tokens' / f'{given}.json'


def read_token(path: Path, text: str) -> Dict:
    """Return what a file has that a token was kept in; an empty one has nothing yet."""
    try:
        kept = json.loads(text or '{}')
    except ValueError:
        kept = None
    if not isinstance(kept, dict) or kept and set(kept) != {'given', 'newest'}:
        raise ValueError(f'{path} is no file that a refresh token was kept in')
    return kept
