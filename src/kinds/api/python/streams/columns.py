"""Columns whose values aren't what the API gives."""

import json
from decimal import Decimal
from typing import Dict, List

from kinds.api.python.stream import BaseStream


class Conversions(BaseStream):
    """Responses have nothing but text."""

    CONVERSIONS = {}

    def convert(self, rows: List[Dict]) -> None:
        for row in rows:
            for column, convert in self.CONVERSIONS.items():
                value = row.get(column)
                row[column] = None if value in (None, '') else convert(value)


class TextColumns(BaseStream):
    TEXT_COLUMNS = ()

    def write_as_text(self, rows: List[Dict]) -> None:
        for row in rows:
            for column in self.TEXT_COLUMNS:
                if not isinstance(row.get(column), (str, type(None))):
                    row[column] = json.dumps(row[column])


class ExactTextColumns(TextColumns):
    """Decimals keep all of their digits, but for those inside of objects and lists."""

    def write_as_text(self, rows: List[Dict]) -> None:
        for row in rows:
            for column in self.TEXT_COLUMNS:
                value = row.get(column)
                if isinstance(value, Decimal):
                    row[column] = str(value)
                elif not isinstance(value, (str, type(None))):
                    row[column] = json.dumps(value, default=float)


def to_bool(text: str) -> bool:
    return text.strip().lower() in ('true', 't', 'yes', 'y', '1')
