"""Conditions of records, which streams have as expressions of these methods.

A field that is missing is as one that is null: it is equal to nothing else, neither less nor
more, and contains nothing.
"""

import operator
from decimal import Decimal
from typing import Dict, List

from kinds.api.python.stream import BaseStream
from kinds.api.python.streams.shape import Shape, put_column

ORDERS = {'<': operator.lt, '<=': operator.le, '>': operator.gt, '>=': operator.ge}


class Conditions(BaseStream):
    def is_equal(self, record: Dict, path, value) -> bool:
        return is_same(self.look_up(record, path), value)

    def is_in(self, record: Dict, path, values) -> bool:
        found = self.look_up(record, path)
        return any(is_same(found, value) for value in values)

    def compares(self, record: Dict, path, sign: str, value) -> bool:
        found = self.look_up(record, path)
        if found is None:
            return False
        if isinstance(found, (bool, list, dict)) or isinstance(found, str) != isinstance(
            value, str
        ):
            raise ValueError(self.explain(path, found, f'{sign} {value!r}'))
        return ORDERS[sign](found, like(found, value))

    def contains(self, record: Dict, path, value) -> bool:
        found = self.look_up(record, path)
        if found is None:
            return False
        if isinstance(found, list):
            return any(is_same(item, value) for item in found)
        if not isinstance(found, str) or not isinstance(value, str):
            raise ValueError(self.explain(path, found, f'contains {value!r}'))
        return value in found

    def explain(self, path, found, test: str) -> str:
        return f'{self.spell(path)} is {found!r:.80}, to which {test} has no meaning'


class KeptRecords(Conditions):
    def keep_wanted(self, records: List[Dict]) -> List[Dict]:
        return [record for record in records if self.keeps(record)]

    def keeps(self, record: Dict) -> bool:
        return True


class DeletedRecords(Conditions, Shape):
    # The column that tells whether a record is deleted.
    DELETED_COLUMN = None

    def mark_deleted(self, row: Dict, record: Dict) -> Dict:
        if not self.DELETED_COLUMN:
            return row
        marked = dict(row)
        put_column(marked, self.DELETED_COLUMN, self.is_deleted(record))
        return marked

    def is_deleted(self, record: Dict) -> bool:
        return False


def is_same(found, value) -> bool:
    # To Python, 1 is True.
    return isinstance(found, bool) == isinstance(value, bool) and found == like(found, value)


def like(found, value):
    """Return a value as it compares with an exact decimal."""
    return Decimal(str(value)) if isinstance(found, Decimal) and isinstance(value, float) else value
