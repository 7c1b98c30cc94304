"""Lists whose items are no objects."""

from typing import Dict, List

from kinds.api.python.streams.records import RecordsIn


class Rows(RecordsIn):
    """In some streams, records are lists, and the response has the names of their columns."""

    COLUMNS_PATH = ()

    def name_items(self, records, response) -> List[Dict]:
        return self.name_rows(records, response) if self.RECORDS_IN == 'rows' else records

    def name_rows(self, records, response) -> List[Dict]:
        if response is None:
            # No content (204) has no rows either.
            return []
        names = self.look_up(response, self.COLUMNS_PATH)
        names = self.name_headers(names)
        names = self.own_names(names)
        names = self.first_row(names, records)
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            place, found = self.spell(self.COLUMNS_PATH), self.said(names)
            raise ValueError(f'the response has no list of names of columns at {place}: {found}')
        if len(set(names)) < len(names):
            raise ValueError(f'the response names a column twice: {", ".join(names)[:200]}')
        records = self.below_header(records, len(names))
        for row in records or []:
            if not isinstance(row, list) or len(row) != len(names):
                raise ValueError(f'a row is {row!r:.80}, where there are {len(names)} columns')
        return [dict(zip(names, row)) for row in records or []]

    def name_headers(self, names):
        """Return the names that the response has inside of objects."""
        return names

    def own_names(self, names):
        """Return the names that the stream itself has for columns."""
        return names

    def first_row(self, names, records):
        """Return the names that stand in the first row."""
        return names

    def below_header(self, records, width):
        """Return the rows without the one that has the names."""
        return records


class ObjectHeaders(Rows):
    """In some streams, the response has an object for each column, which has its name."""

    NAME_PATH = ()

    def name_headers(self, names):
        if not self.NAME_PATH or not isinstance(names, list):
            return names
        return [self.look_up(each, self.NAME_PATH) for each in names]


class OwnNames(Rows):
    """In some streams, no response has the names of the columns."""

    COLUMN_NAMES = ()

    def own_names(self, names):
        return list(self.COLUMN_NAMES) or names


class HeaderRows(Rows):
    """In some streams, the first row has the names of the columns."""

    HEADER_ROW = False

    def first_row(self, names, records):
        if not self.HEADER_ROW:
            return names
        first = (records or [[]])[0]
        if not isinstance(first, list) or not all(isinstance(name, str) for name in first):
            raise ValueError(f'the first row has no names of columns: {self.said(first)}')
        return first

    def below_header(self, records, width):
        """Return the rows below the first; what they lack at their end is null."""
        if not self.HEADER_ROW:
            return records
        return [
            row + [None] * (width - len(row)) if isinstance(row, list) else row
            for row in (records or [])[1:]
            if row != []
        ]


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
