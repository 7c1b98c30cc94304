"""Basic authentication (RFC 7617)."""

from base64 import b64encode
from typing import Tuple

from kinds.api.python.client import ApiClient


class BasicAuth(ApiClient):
    def basic_auth(self, user, password) -> Tuple[bytes, bytes]:
        """Return both for `auth` of a request, and have no message tell what they are sent as."""
        # As bytes, since text could only have the characters of Latin 1.
        pair = (str(user).encode(), str(password).encode())
        self.secrets.add(b64encode(b':'.join(pair)).decode())
        return pair
