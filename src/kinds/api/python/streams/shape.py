"""Records whose columns aren't the fields of the API's records.

Fields are taken out, objects become columns, fields get other names, and other columns are added,
in this order.
"""

import re
from typing import Dict, Iterator, List, Tuple

from kinds.api.python.placeholders import leave_out
from kinds.api.python.stream import BaseStream, fill
from kinds.api.python.streams.parents import Parents
from kinds.api.python.streams.texts import Texts


class Shape(BaseStream):
    def shape(self, records: List[Dict]) -> List[Dict]:
        return [self.shape_record(record) for record in records]

    def shape_record(self, record: Dict) -> Dict:
        """Return a record of the API with the columns of the stream."""
        row = record
        row = self.remove_fields(row)
        row = self.flatten(row)
        row = self.name_fields(row)
        row = self.take_fields(row, record)
        row = self.add_values(row)
        row = self.convert_moments(row)
        row = self.mark_deleted(row, record)
        return row

    def remove_fields(self, row: Dict) -> Dict:
        """Return a record without the fields that are no columns."""
        return row

    def flatten(self, row: Dict) -> Dict:
        """Return a record in which the fields of objects are columns."""
        return row

    def name_fields(self, row: Dict) -> Dict:
        """Return a record with the names of columns."""
        return row

    def take_fields(self, row: Dict, record: Dict) -> Dict:
        """Return a record with columns from inside of it."""
        return row

    def add_values(self, row: Dict) -> Dict:
        """Return a record with columns that it has nothing of."""
        return row

    def convert_moments(self, row: Dict) -> Dict:
        """Return a record whose moments have another form."""
        return row

    def mark_deleted(self, row: Dict, record: Dict) -> Dict:
        """Return a record with a column that tells whether it is deleted."""
        return row


class Removed(Shape):
    REMOVE = ()

    def remove_fields(self, row: Dict) -> Dict:
        for path in self.REMOVE:
            row = without(row, path)
        return row


class Flattened(Shape):
    # The fields whose objects become columns; * for all.
    FLATTEN = ()
    SEPARATOR = '_'

    def flatten(self, row: Dict) -> Dict:
        flat = {}
        for field, value in row.items():
            if isinstance(value, dict) and ('*' in self.FLATTEN or field in self.FLATTEN):
                for column, inner in self.spread(field, value):
                    put_column(flat, column, inner)
            else:
                put_column(flat, field, value)
        return flat

    def spread(self, path: str, value) -> Iterator[Tuple[str, object]]:
        """Yield what is inside of an object, with the names of columns."""
        if not isinstance(value, dict):
            yield path, value
            return
        for key, inner in value.items():
            yield from self.spread(f'{path}{self.SEPARATOR}{key}', inner)


class Renamed(Shape):
    RENAME = {}

    def name_fields(self, row: Dict) -> Dict:
        named = {}
        for field, value in row.items():
            put_column(named, self.to_column(field), value)
        return named

    def to_column(self, field: str) -> str:
        return self.RENAME.get(field, field)


class CasedNames(Renamed):
    # How names are written: lower or snake.
    NAMES = None

    def to_column(self, field: str) -> str:
        if field in self.RENAME or not self.NAMES:
            return self.RENAME.get(field, field)
        return field.lower() if self.NAMES == 'lower' else to_snake(field)


class FieldColumns(Shape):
    COLUMNS = {}

    def take_fields(self, row: Dict, record: Dict) -> Dict:
        taken = dict(row)
        for column, path in self.COLUMNS.items():
            put_column(taken, column, self.look_up(record, path))
        return taken


class ValueColumns(Shape):
    VALUES = {}

    def add_values(self, row: Dict) -> Dict:
        added = dict(row)
        for column, value in self.VALUES.items():
            put_column(added, column, value)
        return added


class FilledColumns(Shape):
    """Some values have {names} of configuration keys; without one of these there is no value."""

    VALUES = {}

    def add_values(self, row: Dict) -> Dict:
        added, values = dict(row), self.client.config
        for column, value in fill(leave_out(self.VALUES, values), values).items():
            put_column(added, column, value)
        return added


class ParentColumns(FilledColumns, Parents):
    """Some have those of fields of parents, too."""

    def add_values(self, row: Dict) -> Dict:
        added, values = dict(row), {**self.client.config, **self.parent}
        for column, value in fill(leave_out(self.VALUES, values), values).items():
            put_column(added, column, value)
        return added


class WindowColumns(FilledColumns, Texts):
    """Some have the moments between which the API was asked for records."""

    def note_asked(self, params: Dict) -> None:
        _, self.asked = self.take_values(params)

    def add_values(self, row: Dict) -> Dict:
        added, values = dict(row), self.asked
        for column, value in fill(leave_out(self.VALUES, values), values).items():
            put_column(added, column, value)
        return added


def put_column(row: Dict, column: str, value) -> None:
    """Put a value into a column; refuse another one that is there."""
    known = row.get(column)
    if known is None:
        row[column] = value
    elif value is not None and value != known:
        fault = f'two values would be the column {column}: {known!r:.80} and {value!r:.80}'
        raise ValueError(f'{fault}; rename or remove one of the fields')


def without(value, path):
    """Return a copy of a record without what stands at a path."""
    key, *rest = path
    if not isinstance(value, dict) or key not in value:
        return value
    if rest:
        return {**value, key: without(value[key], rest)}
    return {other: item for other, item in value.items() if other != key}


def to_snake(name: str) -> str:
    words = re.sub('(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])', '_', name)
    return re.sub(r'[\W_]+', '_', words).rstrip('_').lower() or name
