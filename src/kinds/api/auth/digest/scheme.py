"""User name and password by HTTP digest (RFC 7616): the password itself is never sent."""

from typing import Dict
from urllib.parse import urlsplit

from requests.auth import HTTPDigestAuth

from kinds.api.python.client import ApiClient


class HostDigest(HTTPDigestAuth):
    """Answers the challenges of the host that a request is for, and of none it is sent on to."""

    def __call__(self, r):
        self.host = urlsplit(r.url).netloc
        return super().__call__(r)

    def handle_401(self, r, **kwargs):
        if urlsplit(r.url).netloc != self.host:
            return r
        return super().handle_401(r, **kwargs)


class Digest(ApiClient):
    digest = None

    def authenticate(self, request: Dict) -> None:
        """Add credentials to the arguments of a request: to its headers, params or json."""
        # Kept, since it knows the server's last challenge.
        self.digest = self.digest or HostDigest(self.config['username'], self.config['password'])
        request['auth'] = self.digest
