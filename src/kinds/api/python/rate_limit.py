"""No more requests than the API allows."""

import time
from collections import deque

from kinds.api.python.client import ApiClient

# The most requests that the API allows in that many seconds.
CALLS = 1
PERIOD = 1


class RateLimit(ApiClient):
    def start_rate_limit(self) -> None:
        self.calls = deque(maxlen=CALLS)

    def keep_rate_limit(self) -> None:
        """Wait until one more request is allowed."""
        if len(self.calls) == CALLS:
            time.sleep(max(0, self.calls[0] + PERIOD - time.monotonic()))
        self.calls.append(time.monotonic())
