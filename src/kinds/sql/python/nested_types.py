"""Databases whose types have types in them, such as `array(bigint)`: the first word counts."""

import re

from kinds.sql.python.dbapi import DbApiSource


class NestedTypes(DbApiSource):
    # An array that isn't one of arrays, and the first word of what is in it.
    ARRAY = re.compile('')

    def _expression(self, column, schema):
        word = re.match(r'\w+', schema.description or 'unknown').group()
        return self.EXPRESSIONS.get(word, '{}').format(self._quote(column))

    def _column_schema(self, column_type, nullable):
        """The type that the database has is the description, which reading goes by as well."""
        word = re.match(r'\w+', column_type).group()
        listed = self.ARRAY.fullmatch(column_type)
        json_type = 'array' if listed else self.JSON_TYPES.get(word, 'string')
        types = [*(['null'] if nullable else []), json_type]
        schema = {'type': types, 'description': column_type}
        if listed:
            return {**schema, 'items': {'type': ['null', self.JSON_TYPES.get(listed[1], 'string')]}}
        return {**schema, 'format': 'date-time'} if word in self.DATETIME_TYPES else schema
