"""A fake API that has records where the streams look for them."""

from kinds.api.python.offline.base import FakeApi


class FakePaths(FakeApi):
    def wrap(self, body):
        """Return a body that has the records where the stream looks for them."""
        body = self.to_object(body)
        body = self.to_map(body)
        for key in reversed(self.stream.RECORDS_PATH):
            body = {key: body}
            body = self.to_items(body, key)
        return body

    def to_object(self, body):
        return body

    def to_map(self, body):
        return body

    def to_items(self, body, key):
        return body


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
    def to_items(self, body, key):
        """Return lists where a path has *, a position, or a field with a value."""
        if key == '*':
            return [body[key]]
        if isinstance(key, tuple):
            return [{**body[key], key[0]: key[1]}]
        if isinstance(key, str) and not key.isdigit():
            return body
        index = int(key)
        return [[]] * index + [body[key]] + [[]] * (-1 - index)
