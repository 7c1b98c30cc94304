"""Moments as databases compare them."""

from datetime import timezone

from dateutil.parser import isoparse


def in_utc(text):
    """The moment that a bookmark names, as the session has it: in UTC, without a zone."""
    moment = isoparse(text)
    return moment.astimezone(timezone.utc).replace(tzinfo=None) if moment.tzinfo else moment
