"""Bookmarks that are moments in a form of their own, in some streams."""

from datetime import datetime, timezone
from typing import Dict, List

from kinds.file.python.incremental import Incremental, to_comparable, to_moment
from kinds.file.python.source import STREAMS


class ValueFormats(Incremental):
    def read_moments(self, last: List, keys: List[str], stream, place: str) -> List:
        """Return the bookmark of a state with moments for those that have a form of their own."""
        if not STREAMS[stream.tap_stream_id].get('value_format'):
            return last
        return [None if value is None else to_moment(value, place) for value in last]

    def get_position(self, row: Dict, keys: List[str], columns: Dict, stream) -> List:
        """Return the bookmark of a row as it compares with others."""
        form = STREAMS[stream.tap_stream_id].get('value_format')
        place = f'{stream.tap_stream_id}: '
        if form:
            return [parse_as(row.get(key), form, place + key) for key in keys]
        return [to_comparable(row.get(key), columns[key], place + key) for key in keys]


def parse_as(value, form: str, place: str):
    """Return the moment in UTC of a value; None if there is none, and an error names the place.

    The form is iso, epoch, epoch_ms or a pattern of strptime, without an offset in UTC.
    """
    if value is None:
        return None
    if form == 'iso':
        return to_moment(value, place)
    try:
        if form in ('epoch', 'epoch_ms'):
            seconds = float(value) / (1000 if form == 'epoch_ms' else 1)
            return datetime.fromtimestamp(seconds, timezone.utc)
        moment = datetime.strptime(str(value), form)
        return moment.replace(tzinfo=moment.tzinfo or timezone.utc).astimezone(timezone.utc)
    except (TypeError, ValueError, OverflowError, OSError):
        raise ValueError(f'{place} is {value!r}, not of the value_format {form}') from None
