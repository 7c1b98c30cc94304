"""Moments as databases compare them, and as JSON has them."""

from datetime import date, datetime, time, timezone

from dateutil.parser import isoparse


def in_utc(text):
    """The moment that a bookmark names, as the session has it: in UTC, without a zone."""
    moment = isoparse(text)
    return moment.astimezone(timezone.utc).replace(tzinfo=None) if moment.tzinfo else moment


def date_time(value):
    """A moment as JSON Schema has it: dates are midnights, and what has no zone counts as UTC."""
    if not isinstance(value, date):
        raise ValueError(
            f'{value} is no moment of the years 1 to 9999: '
            'choose string as the type of the column in Mage, or leave it out'
        )
    if not isinstance(value, datetime):
        value = datetime.combine(value, time())
    moment = value.astimezone(timezone.utc) if value.tzinfo else value.replace(tzinfo=timezone.utc)
    return moment.isoformat()
