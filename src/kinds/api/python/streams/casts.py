"""Columns whose values get the types of the schema."""

import json
import re
from decimal import Decimal
from typing import Dict, List

from kinds.api.python.stream import BaseStream

INTEGER = re.compile(r'|[+-]?[0-9]+(\.0*)?')
NUMBER = re.compile(r'|[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,3})?')


class Casts(BaseStream):
    # What makes values of a column.
    CASTS = {}

    def cast(self, rows: List[Dict]) -> None:
        for row in rows:
            for column, convert in self.CASTS.items():
                if row.get(column) is not None:
                    row[column] = convert(row[column], column)


def cast_integer(value, column: str):
    if isinstance(value, str) and INTEGER.fullmatch(value.strip()):
        return int(value.partition('.')[0]) if value.strip() else None
    if isinstance(value, (bool, str, list, dict)) or value != int(value):
        raise ValueError(f'{column} is {value!r:.80}, no integer')
    return int(value)


def cast_number(value, column: str):
    if isinstance(value, str) and NUMBER.fullmatch(value.strip()):
        return float(value) if value.strip() else None
    if isinstance(value, (bool, str, list, dict)):
        raise ValueError(f'{column} is {value!r:.80}, no number')
    return value


def cast_decimal(value, column: str):
    if isinstance(value, str) and NUMBER.fullmatch(value.strip()):
        return Decimal(value.strip()) if value.strip() else None
    return cast_number(value, column)


def cast_boolean(value, column: str):
    text = str(value).strip().lower()
    if text in ('true', '1', 'yes'):
        return True
    if text in ('false', '0', 'no'):
        return False
    if text:
        raise ValueError(f'{column} is {value!r:.80}, neither true nor false')
    return None


def cast_text(value, column: str) -> str:
    if isinstance(value, (str, Decimal)):
        return str(value)
    return json.dumps(value, default=float)
