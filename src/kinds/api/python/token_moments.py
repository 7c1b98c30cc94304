"""Tokens that say at which moment they expire."""

import time

from kinds.api.python.moments import to_moment
from kinds.api.python.token_requests import TokenRequests


class TokenMoments(TokenRequests):
    """Some answers have the moment at which a token expires."""

    def to_seconds(self, value, unit) -> float:
        if unit is None:
            return to_moment(value).timestamp() - time.time()
        return float(value) * unit
