"""Where responses have records, and in which form."""

from typing import Dict, List

from kinds.api.python.stream import BaseStream, dig


class RecordsIn(BaseStream):
    RECORDS_IN = 'list'


class Objects(RecordsIn):
    """In some streams, a response has one record and no list."""

    def from_object(self, found):
        return [found] if self.RECORDS_IN == 'object' and isinstance(found, dict) else found


class Maps(RecordsIn):
    """In some streams, a response has records by their keys."""

    def from_map(self, found):
        return (
            list(found.values()) if self.RECORDS_IN == 'map' and isinstance(found, dict) else found
        )


class MapKeys(Maps):
    MAP_KEY = None

    def from_map(self, found):
        if self.RECORDS_IN != 'map' or not isinstance(found, dict):
            return found
        if not self.MAP_KEY:
            return list(found.values())
        return [
            {**record, self.MAP_KEY: key} if isinstance(record, dict) else record
            for key, record in found.items()
        ]


class ToList(BaseStream):
    def to_list(self, found) -> List[Dict]:
        found = self.from_object(found)
        found = self.from_map(found)
        found = self.from_element(found)
        if not isinstance(found, (list, type(None))):
            raise ValueError(f'the response has {type(found).__name__}, no list')
        return found or []

    def from_element(self, found):
        """Return the one element of a name as a list of it."""
        return found


class Elements(ToList):
    """Responses are XML, in which a list of one is no list."""

    def from_element(self, found):
        return [found] if isinstance(found, dict) else found


class ElementPaths(Elements):
    def get_records(self, response) -> List[Dict]:
        """Return the list of records in a response.

        An element without records has no children, or isn't there.
        """
        self.note_columns(response)
        return self.to_list(dig(response, self.RECORDS_PATH))


class Walk(ToList):
    """Some paths lead to several places."""

    def get_records(self, response) -> List[Dict]:
        """Return the list of records in a response; no content (204) and null are an empty list."""
        self.note_columns(response)
        ends = walk(response, self.RECORDS_PATH)
        return [record for end in ends for record in self.to_list(end)]


class FromResponse(BaseStream):
    """Some columns come from what a response has around the records."""

    FROM_RESPONSE = {}
    columns = {}

    def note_columns(self, response) -> None:
        paths = self.FROM_RESPONSE.items()
        self.columns = {column: dig(response, path) for column, path in paths}

    def add_columns(self, records: List[Dict]) -> List[Dict]:
        return [{**record, **self.columns} for record in records]


class RecordFilter(BaseStream):
    RECORD_FILTER = {}

    def drop_others(self, records: List[Dict]) -> List[Dict]:
        wanted = self.RECORD_FILTER.items()
        return [
            record
            for record in records
            if all(record.get(field) == value for field, value in wanted)
        ]


def walk(value, path):
    """Yield what stands at the ends of a path; * is every item, a number is one of them."""
    if not path:
        yield value
        return
    key, *rest = path
    if key == '*':
        for item in value.values() if isinstance(value, dict) else value or []:
            yield from walk(item, rest)
    elif isinstance(value, list) and key.isdigit():
        yield from walk(value[int(key)] if int(key) < len(value) else None, rest)
    elif isinstance(value, dict) and key in value:
        yield from walk(value[key], rest)
    elif value is not None:
        raise ValueError(f'the response has no {key} in the path to the records')
