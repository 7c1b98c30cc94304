"""A fake API that has records where the streams look for them."""

from kinds.api.python.offline.base import FakeApi, put


class FakePaths(FakeApi):
    def wrap(self, body):
        """Return a body that has the records where the stream looks for them."""
        body = self.to_object(body)
        body = self.to_map(body)
        body = self.to_items(body)
        for key in reversed(self.stream.RECORDS_PATH):
            body = {key: body}
            body = self.to_list(body, key)
        self.add_names(body)
        return body

    def to_object(self, body):
        return body

    def to_map(self, body):
        return body

    def to_items(self, body):
        return body

    def to_list(self, body, key):
        return body

    def add_names(self, body):
        """Give a response the names of columns."""


class FakeObjects(FakePaths):
    def to_object(self, body):
        if self.stream.RECORDS_IN != 'object':
            return body
        return body[0] if body else None


class FakeMaps(FakePaths):
    def to_map(self, body):
        if self.stream.RECORDS_IN != 'map':
            return body
        return {f'key {number}': record for number, record in enumerate(body)}


class FakeItems(FakePaths):
    def to_list(self, body, key):
        """Return lists where a path has *, a position, or a field with a value."""
        if key == '*':
            return [body[key]]
        if isinstance(key, tuple):
            return [{**body[key], key[0]: key[1]}]
        if isinstance(key, str) and not key.isdigit():
            return body
        index = int(key)
        return [[]] * index + [body[key]] + [[]] * (-1 - index)


class FakeRows(FakePaths):
    names = ()

    def to_items(self, body):
        return self.to_rows(body)

    def to_rows(self, body):
        if self.stream.RECORDS_IN != 'rows':
            return body
        self.names = list(body[0]) if body else []
        return [list(record.values()) for record in body]

    def add_names(self, body):
        if self.stream.RECORDS_IN == 'rows':
            put(body, self.stream.COLUMNS_PATH, self.names)


class FakeValues(FakePaths):
    def to_items(self, body):
        return self.to_values(body)

    def to_values(self, body):
        if self.stream.RECORDS_IN != 'values':
            return body
        return [record[self.stream.VALUE_COLUMN] for record in body]


class FakeRowsAndValues(FakeRows, FakeValues):
    def to_items(self, body):
        return self.to_values(self.to_rows(body))
