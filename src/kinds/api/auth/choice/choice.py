"""Several schemes, of which `auth_type` in the configuration names one."""

from typing import Dict

from kinds.api.python.client import ApiClient

# What each kind of authentication needs; `auth_type` in the configuration says which it is.
AUTH_KEYS = {}


class AuthChoice(ApiClient):
    def check_config(self) -> None:
        auth_type = self.config['auth_type']
        if auth_type not in AUTH_KEYS:
            raise ValueError(f'auth_type must be one of {", ".join(AUTH_KEYS)}')
        missing = [key for key in AUTH_KEYS[auth_type] if key not in self.config]
        if missing:
            raise ValueError(f'The configuration lacks {", ".join(missing)}')

    def authenticate(self, request: Dict) -> None:
        """Add credentials to the arguments of a request: to its headers, params or json."""
        getattr(self, f'authenticate_by_{self.config["auth_type"]}')(request)
