"""Databases whose types have types in them, such as `array(bigint)`: the first word counts."""

import re

from kinds.sql.python.dbapi import DbApiSource


class NestedTypes(DbApiSource):
    def _expression(self, column, schema):
        word = re.match(r'\w+', schema.description or 'unknown').group()
        return self.EXPRESSIONS.get(word, '{}').format(self._quote(column))

    def _column_schema(self, column_type, nullable):
        """The type that the database has is the description, which reading goes by as well."""
        word = re.match(r'\w+', column_type).group()
        types = self._types(self.JSON_TYPES.get(word, 'string'), nullable)
        schema = {'type': types, 'description': column_type}
        return {**schema, 'format': 'date-time'} if word in self.DATETIME_TYPES else schema
