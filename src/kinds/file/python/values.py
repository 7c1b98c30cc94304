"""Columns of types that destinations hold in one form alone."""

import re
from datetime import timezone
from typing import Dict, Generator

from kinds.file.python.moments import parse_iso
from kinds.file.python.source import FileSource
from mage_integrations.utils.schema_helpers import extract_selected_columns

# A moment as JSON Schema has it.
RFC_3339 = re.compile(r'\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)')


class Typed(FileSource):
    def get_selected(self, stream) -> Dict:
        """Return the schemas of the columns that are written."""
        columns = stream.schema.properties
        return {name: columns[name] for name in extract_selected_columns(stream.metadata)}


class Integers(Typed):
    def check_integers(self, rows, stream) -> Generator[Dict, None, None]:
        columns = self.get_selected(stream).items()
        names = [name for name, column in columns if 'integer' in (column.type or ())]
        for row in rows:
            for name in names:
                value = row.get(name)
                if isinstance(value, int) and not -(2**63) <= value < 2**63:
                    place = f'{stream.tap_stream_id}: {name} is {value}'
                    hint = 'leave the column out, or make it a string in the answers'
                    raise ValueError(f'{place}, no integer of 64 bits: {hint}')
            yield row


class DateTimes(Typed):
    def complete_moments(self, rows, stream) -> Generator[Dict, None, None]:
        """Give moments the form of their schema: what has no offset is in UTC, a date midnight."""
        columns = self.get_selected(stream).items()
        place = f'{stream.tap_stream_id}: '
        names = [name for name, column in columns if column.format == 'date-time']
        for row in rows:
            yield {**row, **{name: to_date_time(row.get(name), place + name) for name in names}}


class NestedDateTimes(DateTimes):
    """Some of them stand in objects."""

    def complete_moments(self, rows, stream) -> Generator[Dict, None, None]:
        """Give moments the form of their schema: what has no offset is in UTC, a date midnight."""
        columns = self.get_selected(stream)
        for row in rows:
            yield complete_object(row, columns, f'{stream.tap_stream_id}: ')


def complete_object(record: Dict, columns: Dict, path: str) -> Dict:
    completed = dict(record)
    for name, column in columns.items():
        value = record.get(name)
        if column.format == 'date-time' and name in record:
            completed[name] = to_date_time(value, path + name)
        if column.properties and isinstance(value, dict):
            completed[name] = complete_object(value, column.properties, f'{path}{name}.')
    return completed


def to_date_time(text, place: str):
    """Return a moment as it is where it has an offset, else in UTC; an error names its place."""
    try:
        moment = parse_iso(text) if text else None
    except (TypeError, ValueError, OverflowError):
        raise ValueError(f'{place} is {text!r}, no moment in ISO 8601') from None
    if moment is None or RFC_3339.fullmatch(text):
        return text or None
    return moment.replace(tzinfo=moment.tzinfo or timezone.utc).isoformat()
