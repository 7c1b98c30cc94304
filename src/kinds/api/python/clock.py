"""The beginning of a run, which texts have beside the configuration."""

from datetime import timezone
from typing import Dict

from kinds.api.python.client import ApiClient
from kinds.api.python.moments import Moment


class Clock(ApiClient):
    def add_clock(self, config: Dict) -> Dict:
        now = Moment.now(timezone.utc)
        return {**config, 'today': now, 'now': now}
