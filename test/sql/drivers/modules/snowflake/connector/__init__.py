"""The driver that is asked for the columns of its last result."""
import driver_double


class Cursor(driver_double.Cursor):
    def execute(self, statement, values=()):
        if statement == 'DESCRIBE RESULT LAST_QUERY_ID()':
            driver_double.log(event='execute', statement=statement, values=[])
            self.rows = iter([tuple(column) for column in self.description])
            return self
        return super().execute(statement, values)


def connect(**arguments):
    connection = driver_double.connect(**arguments)
    connection.cursors = Cursor
    return connection
