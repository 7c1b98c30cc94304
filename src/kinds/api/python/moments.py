"""Moments as APIs write them."""

import re
from datetime import datetime, timedelta, timezone

from dateutil.parser import isoparser

# Surely a moment, since every month has such a day. It is in UTC, and compares as text with others
# of its length. To look for this takes a fraction of the time that parsing does.
SURE = re.compile(
    r'[12]\d{3}-(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])T([01]\d|2[0-3])(:[0-5]\d){2}(\.\d+)?Z',
    re.ASCII,
)


def to_moment(value, place: str = 'the bookmark') -> datetime:
    """Return the moment in UTC that a value stands for; an error names its place.

    It is text in ISO 8601, without an offset in UTC, or a number since 1970: in seconds, or in
    milliseconds or less where it is too large for that.
    """
    try:
        if isinstance(value, str) and value[4:5] == '-':
            moment = parse_iso(value)
        else:
            moment = parse_number(value)
        moment = moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)
        return moment.astimezone(timezone.utc)
    except (TypeError, ValueError, OverflowError, OSError):
        message = f'{place} is {value!r}, neither ISO 8601 nor a number since 1970'
        raise ValueError(message) from None


def parse_iso(text: str) -> datetime:
    try:
        # Many times faster than dateutil, which takes the forms that older Pythons refuse.
        return datetime.fromisoformat(text.replace('Z', '+00:00'))
    except ValueError:
        return isoparser().isoparse(text)


def parse_number(value) -> datetime:
    # So few digits in text might as well be a date.
    if isinstance(value, str) and not re.fullmatch(r'-?\d{9,}(\.\d+)?', value):
        raise ValueError('no number since 1970')
    number = float(value)
    while 1e11 < abs(number) < 1e20:
        number /= 1000
    return datetime.fromtimestamp(number, timezone.utc)


def parse_as(value, form: str, place: str) -> datetime:
    """Return the moment in UTC of a value of a known form; an error names its place.

    It is epoch, epoch_ms, iso or a pattern of strptime, without an offset in UTC.
    """
    try:
        if form in ('epoch', 'epoch_ms'):
            seconds = float(value) / (1000 if form == 'epoch_ms' else 1)
            return datetime.fromtimestamp(seconds, timezone.utc)
        text = str(value)
        moment = parse_iso(text) if form == 'iso' else datetime.strptime(text, form)
        return moment.replace(tzinfo=moment.tzinfo or timezone.utc).astimezone(timezone.utc)
    except (TypeError, ValueError, OverflowError, OSError):
        message = f'{place} is {value!r}, not of the value_format {form}'
        raise ValueError(message) from None


def to_counter(value, place: str = 'the bookmark') -> int:
    try:
        return int(value)
    except (TypeError, ValueError, OverflowError):
        raise ValueError(f'{place} is {value!r}, no whole number') from None


# Microseconds in one of the units that count from 1970.
UNITS = {'epoch': 1_000_000, 'epoch_ms': 1000, 'epoch_us': 1}


class Moment(datetime):
    """A moment that texts have in any format: a pattern of strftime, or a number since 1970."""

    def __format__(self, form: str) -> str:
        if form not in UNITS:
            return super().__format__(form)
        since = self - datetime(1970, 1, 1, tzinfo=timezone.utc)
        return str(max(0, since // timedelta(microseconds=UNITS[form])))
