"""Columns of types that destinations hold in one form alone."""

import re
from datetime import timezone
from typing import Dict, List

from kinds.api.python.moments import SURE, parse_iso
from kinds.api.python.stream import BaseStream

# A moment as JSON Schema has it.
RFC_3339 = re.compile(r'\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)')


class Typed(BaseStream):
    # The schemas of the columns that are written.
    schema = {}


class Integers(Typed):
    def check_integers(self, rows: List[Dict]) -> None:
        for name, column in self.schema.items():
            for row in rows if 'integer' in (column.type or ()) else ():
                value = row.get(name)
                if isinstance(value, int) and not -(2**63) <= value < 2**63:
                    hint = f'leave the column out, or answer text_columns: [{name}]'
                    raise ValueError(f'{name} is {value}, no integer of 64 bits: {hint}')


class DateTimes(Typed):
    def complete_moments(self, rows: List[Dict]) -> None:
        """Give moments the form of their schema: what has no offset is in UTC, a date midnight."""
        for name, column in self.schema.items():
            for row in rows if column.format == 'date-time' else ():
                if name in row:
                    row[name] = to_date_time(row[name], name)


class NestedDateTimes(DateTimes):
    """Some of them stand in objects."""

    def complete_moments(self, rows: List[Dict]) -> None:
        """Give moments the form of their schema: what has no offset is in UTC, a date midnight."""
        for row in rows:
            self.complete_object(row, self.schema, '')

    def complete_object(self, record: Dict, columns: Dict, path: str) -> None:
        for name, column in columns.items():
            value = record.get(name)
            if column.format == 'date-time' and name in record:
                record[name] = to_date_time(value, path + name)
            if column.properties and isinstance(value, dict):
                self.complete_object(value, column.properties, f'{path}{name}.')


def to_date_time(value, place: str):
    """Return a moment as it is where it has an offset, else in UTC; an error names its place."""
    if isinstance(value, str) and SURE.fullmatch(value):
        return value
    try:
        moment = parse_iso(value) if value else None
    except (AttributeError, ValueError):
        raise ValueError(f'{place} is {value!r}, no moment in ISO 8601') from None
    if moment is None or RFC_3339.fullmatch(value):
        return value or None
    return moment.replace(tzinfo=moment.tzinfo or timezone.utc).isoformat()
