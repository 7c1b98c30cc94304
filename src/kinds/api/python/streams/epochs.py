"""Columns whose moments have another form in the API than in the stream."""

import re
from datetime import datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from typing import Dict

from kinds.api.python.moments import parse_iso
from kinds.api.python.streams.shape import Shape

EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)


class Epochs(Shape):
    # What makes the moments of a column.
    CONVERT = {}

    def convert_moments(self, row: Dict) -> Dict:
        converted = dict(row)
        for column, convert in self.CONVERT.items():
            if column in row:
                value = row[column]
                converted[column] = None if value in (None, '') else convert(value, column)
        return converted


def from_epoch(value, column: str) -> str:
    """Return the moment that a number of seconds since 1970 stands for, in ISO 8601."""
    return to_iso(value, 1, column)


def from_epoch_ms(value, column: str) -> str:
    """Return the moment that a number of milliseconds since 1970 stands for, in ISO 8601."""
    return to_iso(value, 1000, column)


def from_rfc2822(value, column: str) -> str:
    """Return a moment such as Mon, 01 Jan 2024 12:00:00 +0000 in ISO 8601."""
    try:
        moment = parsedate_to_datetime(value)
        return moment.replace(tzinfo=moment.tzinfo or timezone.utc).isoformat()
    except (AttributeError, IndexError, TypeError, ValueError):
        raise ValueError(f'{column} is {value!r:.80}, no moment of RFC 2822') from None


def from_dotnet(value, column: str) -> str:
    """Return a moment such as /Date(1704110400000+0000)/ in ISO 8601."""
    found = re.fullmatch(r'/Date\((-?\d+)([+-]\d{4})?\)/', str(value))
    if not found:
        raise ValueError(f'{column} is {value!r:.80}, no moment as .NET writes it')
    return to_iso(found[1], 1000, column)


def to_epoch(value, column: str) -> int:
    """Return the whole seconds from 1970 to a moment in ISO 8601."""
    return count_units(value, timedelta(seconds=1), column)


def to_epoch_ms(value, column: str) -> int:
    """Return the whole milliseconds from 1970 to a moment in ISO 8601."""
    return count_units(value, timedelta(milliseconds=1), column)


def to_iso(value, units: int, column: str) -> str:
    try:
        if isinstance(value, bool):
            raise ValueError('no number')
        number = int(value) if str(value).lstrip('-').isdigit() else float(value)
        return (EPOCH + number * timedelta(seconds=1) / units).isoformat()
    except (TypeError, ValueError, OverflowError):
        raise ValueError(f'{column} is {value!r:.80}, no number since 1970') from None


def count_units(value, unit: timedelta, column: str) -> int:
    """Return the units from 1970 to a moment, which is in UTC where it has no offset."""
    try:
        moment = parse_iso(value)
    except (AttributeError, TypeError, ValueError):
        raise ValueError(f'{column} is {value!r:.80}, no moment in ISO 8601') from None
    return (moment.replace(tzinfo=moment.tzinfo or timezone.utc) - EPOCH) // unit
