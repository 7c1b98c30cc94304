"""A fake API that has records where the streams look for them."""

from kinds.api.python.offline.base import FakeApi, put


class FakePaths(FakeApi):
    def wrap(self, body):
        """Return a body that has the records where the stream looks for them."""
        body = self.to_object(body)
        body = self.to_map(body)
        body = self.to_columns(body)
        body = self.to_items(body)
        for key in reversed(self.stream.RECORDS_PATH):
            body = {key: body}
            body = self.to_list(body, key)
        self.add_names(body)
        self.add_success(body)
        self.add_keys(body)
        return body

    def to_object(self, body):
        return body

    def to_map(self, body):
        return body

    def to_columns(self, body):
        return body

    def to_items(self, body):
        return body

    def to_list(self, body, key):
        return body

    def add_names(self, body):
        """Give a response the names of columns."""

    def add_success(self, body):
        """Give a response what says that it is none of a failure."""

    def add_keys(self, body):
        """Give a response the columns of keys that it has around records."""


class FakeSuccess(FakePaths):
    def add_success(self, body):
        for path, value in self.stream.SUCCESS_WHEN.items():
            if body is not None:
                put(body, path, value)


class FakeKeys(FakePaths):
    def add_keys(self, body):
        for column, path in self.stream.FROM_RESPONSE.items():
            if column in self.stream.KEY_PROPERTIES and body is not None:
                put(body, path, '1')


class FakeObjects(FakePaths):
    def to_object(self, body):
        if self.stream.RECORDS_IN != 'object':
            return body
        return body[0] if body else None


class FakeMaps(FakePaths):
    def to_map(self, body):
        if self.stream.RECORDS_IN != 'map':
            return body
        entries = {f'key-{number}': record for number, record in enumerate(body)}
        entries = self.take_keys(entries)
        entries = self.to_map_values(entries)
        return entries

    def take_keys(self, entries):
        return entries

    def to_map_values(self, entries):
        return entries


class FakeMapKeys(FakeMaps):
    def take_keys(self, entries):
        """Return a map by the column that takes the keys."""
        column = self.stream.MAP_KEY
        if not column:
            return entries
        return {
            record[column]: {name: value for name, value in record.items() if name != column}
            for record in entries.values()
        }


class FakeMapValues(FakeMapKeys):
    def to_map_values(self, entries):
        column = self.stream.MAP_VALUE
        return {key: record[column] for key, record in entries.items()} if column else entries


class FakeColumnLists(FakePaths):
    def to_columns(self, body):
        if self.stream.RECORDS_IN != 'columns':
            return body
        return {column: [record[column] for record in body] for column in body[0]} if body else {}


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
        self.order_names()
        rows = [[record.get(name) for name in self.names] for record in body]
        rows = self.add_header(rows)
        return rows

    def order_names(self):
        """Have the columns in the order that the stream says."""

    def add_header(self, rows):
        return rows

    def write_names(self, names):
        return names

    def add_names(self, body):
        if self.stream.RECORDS_IN == 'rows' and self.stream.COLUMNS_PATH:
            names = self.names
            names = self.write_names(names)
            put(body, self.stream.COLUMNS_PATH, names)


class FakeObjectHeaders(FakeRows):
    def write_names(self, names):
        """Return the objects that have the names of columns inside of them."""
        if not self.stream.NAME_PATH:
            return names
        headers = [{} for _ in names]
        for header, name in zip(headers, names):
            put(header, self.stream.NAME_PATH, name)
        return headers


class FakeOwnNames(FakeRows):
    def order_names(self):
        self.names = self.stream.COLUMN_NAMES or self.names


class FakeHeaderRows(FakeRows):
    def add_header(self, rows):
        return [self.names, *rows] if self.stream.HEADER_ROW and rows else rows


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
