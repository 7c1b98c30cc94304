"""A start that is some days ago unless one is configured."""

from datetime import datetime, timedelta, timezone
from typing import Dict

from kinds.api.python.client import ApiClient

# How many days before a run incremental streams begin, where no start is configured.
START_DAYS_AGO = 0


class StartDaysAgo(ApiClient):
    def add_start(self, config: Dict) -> Dict:
        start = datetime.now(timezone.utc) - timedelta(days=START_DAYS_AGO)
        return {'start_date': start.date().isoformat(), **config}
