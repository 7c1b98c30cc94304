"""Moments as files have them."""

from datetime import datetime

from dateutil.parser import isoparse


def parse_iso(text: str) -> datetime:
    try:
        # Many times faster than dateutil, which takes the forms that older Pythons refuse.
        return datetime.fromisoformat(text.replace('Z', '+00:00'))
    except (AttributeError, ValueError):
        return isoparse(text)
