"""Lists whose items are no objects."""

from typing import Dict, List

from kinds.api.python.streams.records import RecordsIn


class Rows(RecordsIn):
    """In some streams, records are lists, and the response has the names of their columns."""

    COLUMNS_PATH = ()

    def name_items(self, records, response) -> List[Dict]:
        return self.name_rows(records, response) if self.RECORDS_IN == 'rows' else records

    def name_rows(self, records, response) -> List[Dict]:
        names = self.look_up(response, self.COLUMNS_PATH)
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            place, found = self.spell(self.COLUMNS_PATH), self.said(names)
            raise ValueError(f'the response has no list of names of columns at {place}: {found}')
        if len(set(names)) < len(names):
            raise ValueError(f'the response names a column twice: {", ".join(names)[:200]}')
        for row in records or []:
            if not isinstance(row, list) or len(row) != len(names):
                raise ValueError(f'a row is {row!r:.80}, where there are {len(names)} columns')
        return [dict(zip(names, row)) for row in records or []]


class Values(RecordsIn):
    """In some streams, records are values of one column."""

    VALUE_COLUMN = 'value'

    def name_items(self, records, response) -> List[Dict]:
        return self.name_values(records) if self.RECORDS_IN == 'values' else records

    def name_values(self, records) -> List[Dict]:
        return [{self.VALUE_COLUMN: value} for value in records or []]


class RowsAndValues(Rows, Values):
    def name_items(self, records, response) -> List[Dict]:
        if self.RECORDS_IN == 'rows':
            return self.name_rows(records, response)
        return self.name_values(records) if self.RECORDS_IN == 'values' else records
