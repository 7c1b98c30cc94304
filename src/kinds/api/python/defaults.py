"""What stands for keys that are not configured."""

from typing import Dict

from kinds.api.python.client import ApiClient

DEFAULTS = {}


class Defaults(ApiClient):
    def add_defaults(self, config: Dict) -> Dict:
        return {**DEFAULTS, **config}
