"""Moments as APIs write them."""

from datetime import datetime, timezone

from dateutil.parser import parse


def to_moment(value) -> datetime:
    """Return the moment in UTC that a text, without a time zone in UTC, or a number stands for.

    Numbers are seconds since 1970, or milliseconds where they are too large for that.
    """
    if isinstance(value, (int, float)):
        return datetime.fromtimestamp(value / 1000 if value > 1e11 else value, timezone.utc)
    try:
        # Many times faster than dateutil, which takes every other form.
        moment = datetime.fromisoformat(value.replace('Z', '+00:00'))
    except ValueError:
        moment = parse(value)
    return moment.replace(tzinfo=moment.tzinfo or timezone.utc).astimezone(timezone.utc)
