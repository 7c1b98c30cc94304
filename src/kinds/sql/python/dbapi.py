"""Databases whose driver is one of Python's DB-API."""

import json
from base64 import b64encode
from contextlib import closing, contextmanager
from datetime import date, time
from decimal import Decimal
from queue import Empty, SimpleQueue
from threading import Thread

from kinds.sql.python.moments import date_time
from kinds.sql.python.numbers import number
from kinds.sql.python.source import SqlSource


class DbApiSource(SqlSource):
    # What is selected for columns of a type, where that isn't the column itself.
    EXPRESSIONS = {}

    @contextmanager
    def _cursor(self):
        with closing(within(6, self.build_connection().build_connection)) as connection:
            with closing(connection.cursor()) as cursor:
                self._begin_session(cursor)
                yield cursor

    def _begin_session(self, cursor):
        pass

    def _rows(self, statement, values):
        with self._cursor() as cursor:
            cursor.execute(statement, values)
            while rows := cursor.fetchmany(1000):
                yield from rows

    def _expression(self, column, schema):
        return self.EXPRESSIONS.get(schema.description, '{}').format(self._quote(column))

    def _column_schema(self, column_type, nullable):
        """The type that the database has is the description, which reading goes by as well."""
        types = self._types(self.JSON_TYPES.get(column_type, 'string'), nullable)
        schema = {'type': types, 'description': column_type}
        return {**schema, 'format': 'date-time'} if column_type in self.DATETIME_TYPES else schema

    def _to_json(self, value, schema):
        """A value as JSON holds it: times in ISO 8601, bytes in base64, no NaN, JSON as objects."""
        value = self._typed(value, schema)
        if value is None or isinstance(value, (bool, dict, list)):
            return value
        if schema.format:
            return date_time(value)
        if isinstance(value, str):
            return load_json(value) if {'object', 'array'} & set(schema.type) else value
        if isinstance(value, (int, float, Decimal)):
            return number(value, schema.type) if Decimal(value).is_finite() else None
        if isinstance(value, (date, time)):
            return value.isoformat()
        if isinstance(value, (bytes, bytearray, memoryview)):
            return b64encode(value).decode()
        return str(value)

    def _typed(self, value, schema):
        """A value of the type that the schema has, where the driver has another one."""
        return value


def load_json(text):
    """Objects and arrays with their numbers exact; a lone string or number stays text."""
    try:
        value = json.loads(text, parse_float=Decimal)
    except ValueError:
        return text
    return value if isinstance(value, (dict, list)) else text


def within(seconds, connect):
    """A connection, or an error after so many seconds, before Mage gives up on it."""
    outcomes = SimpleQueue()

    def attempt():
        try:
            outcomes.put((connect(), None))
        except Exception as error:
            outcomes.put((None, error))

    Thread(target=attempt, daemon=True).start()
    try:
        connection, error = outcomes.get(timeout=seconds)
    except Empty:
        raise TimeoutError(f'The database has not answered within {seconds} seconds') from None
    if error:
        raise error
    return connection
