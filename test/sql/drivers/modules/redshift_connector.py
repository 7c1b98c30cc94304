"""The driver takes whole results into memory; what is declared stays with the server until it is fetched."""
import re

import driver_double


class Cursor(driver_double.Cursor):
    def execute(self, statement, values=()):
        if declared := re.match(r'DECLARE \w+ CURSOR FOR (.*)', statement, re.DOTALL):
            super().execute(declared[1], values)
            self.kept, self.rows = self.rows, iter(())
            return self
        if fetched := re.fullmatch(r'FETCH FORWARD (\d+) FROM \w+', statement):
            driver_double.log(event='execute', statement=statement, values=[])
            self.rows = iter([row for _, row in zip(range(int(fetched[1])), self.kept)])
            return self
        return super().execute(statement, values)


def connect(**arguments):
    connection = driver_double.connect(**arguments)
    connection.cursors = Cursor
    return connection
