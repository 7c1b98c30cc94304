"""Drivers whose statements the connector completes with values itself."""

from kinds.sql.python.dbapi import DbApiSource


class CompletedStatements(DbApiSource):
    def _rows(self, statement, values):
        with self._cursor() as cursor:
            cursor.execute(statement % tuple(map(self._literal, values)))
            while rows := cursor.fetchmany(1000):
                yield from rows

    def _literal(self, value):
        """A value as SQL has it."""
        raise NotImplementedError

    def _quote(self, name):
        """An SQL identifier; `%` is doubled because statements are completed by Python's `%`."""
        return '"' + name.replace('"', '""').replace('%', '%%') + '"'

    def _escaped(self, query):
        return query.replace('%', '%%')
