"""Databases that tell of columns and of keys by statements of their own."""

from kinds.sql.python.dbapi import DbApiSource
from kinds.sql.python.schemas import Schemas


class DeclaredKeys(DbApiSource, Schemas):
    # One row per column: its table, name and type, and whether it may be null.
    COLUMNS_QUERY = ''

    def _catalogue(self):
        """Columns, with their places in the primary key and in a unique one without nulls."""
        for schema in self.schemas:
            columns = list(self._rows(self.COLUMNS_QUERY, [schema]))
            nullable = {(table, column) for table, column, _, null in columns if null}
            primary_key, unique_key = self._keys(schema, 'PRIMARY'), self._keys(schema, 'UNIQUE')
            first, second = positions(primary_key), positions(unique_key, nullable)
            for table, column, *described in columns:
                place = table, column
                yield schema, *place, *described, first.get(place, 0), second.get(place, 0)

    def _keys(self, schema, kind):
        """A row for each column of a key: its table, the key, the column and its position."""
        raise NotImplementedError


def positions(keys, unfit=frozenset()):
    """The place of each column in the first key of its table that has no unfit column."""
    found, places = {}, {}
    for table, key, column, position in keys:
        found.setdefault((table, key), {})[table, column] = position
    # Later keys are overwritten by earlier ones.
    best = {
        key[0]: columns
        for key, columns in sorted(found.items(), reverse=True)
        if not unfit & columns.keys()
    }
    for columns in best.values():
        places.update(columns)
    return places
