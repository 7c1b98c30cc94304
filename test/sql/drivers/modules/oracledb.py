"""The driver that describes columns by objects for types."""
from types import SimpleNamespace

import driver_double

defaults = SimpleNamespace(fetch_decimals=False, fetch_lobs=True)


class Cursor(driver_double.Cursor):
    def execute(self, statement, values=()):
        super().execute(statement, values)
        self.description = [
            (name, SimpleNamespace(name=db_type), *others)
            for name, db_type, *others in self.description or ()
        ]
        return self


def connect(*arguments, **named):
    connection = driver_double.connect(*arguments, **named)
    connection.cursors = Cursor
    return connection
